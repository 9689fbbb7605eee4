/* ticket.h: tokens that let people answer a stage of a survey once. */
#ifndef TICKET_H
#define TICKET_H

#include "survey.h"

/** The heading that forms of ours have for the token. */
extern const char ticket_header[];

/** Who may answer with a token. */
struct ticket {
	int64_t id, enrolment;
	bool used; /* of an anonymous survey only: elsewhere the response says so */
};
/** Looks a token up, written in any case and with or without its hyphens; id is 0 when there is none for this stage. */
enum mentor_status ticket_find(const struct survey_view *v, const char *stage, const char *token, struct ticket *ret);
/** A token of an anonymous survey has served. */
enum mentor_status ticket_use(const struct survey_view *v, const struct ticket *t);

#endif
