/* labels.h: what a programme calls the people of the two sides, for the other modules. */
#ifndef LABELS_H
#define LABELS_H

#include "context.h"
#include "definition.h"

/** The labels of a definition, told apart as mentor_labels() does. They live as long as the definition and the context
 * both do. */
enum mentor_status labels_of(struct mentor *m, const struct definition *d, struct mentor_labels *ret);
/** "a" or "an" before a label, of which only the spelling is known. */
const char *labels_article(const char *label);

#endif
