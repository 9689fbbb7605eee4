/* labels.c: what a programme calls the people of the two sides, and texts with room for it. */
#include "labels.h"

#include "db.h"
#include "programme.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct mentor_labels usual = { "mentor", "mentors", "mentee", "mentees" };

/* ---- into texts ---- */

const char *mentor_labels_word(const struct mentor_labels *labels, const char *word)
{
	const struct {
		const char *word, *label;
	} rows[] = {
		{ usual.mentor, labels->mentor },
		{ usual.mentors, labels->mentors },
		{ usual.mentee, labels->mentee },
		{ usual.mentees, labels->mentees },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].label && strcmp(rows[i].word, word) == 0)
			return rows[i].label;
	return word;
}

/* In one go, so that a label that looks like a mark is left alone. */
void mentor_buf_labels(struct mentor_buf *b, const char *text, const struct mentor_labels *labels)
{
	const char *mark = NULL;
	for (; (mark = strchr(text, '{')); text = mark + (*mark == '}')) {
		char word[16];
		mentor_buf_add(b, text, (size_t)(mark - text));
		text = mark + 1;
		mark = text + strcspn(text, "}");
		snprintf(word, sizeof(word), "%.*s", (int)(mark - text), text);
		mentor_buf_str(b, mentor_labels_word(labels, word));
	}
	mentor_buf_str(b, text);
}

const char *labels_article(const char *label)
{
	return *label && strchr("aeiouAEIOU", *label) ? "an" : "a";
}

/* ---- out of a programme ---- */

static const char *numbered(struct mentor *m, const char *which, const char *label)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "%s %s", which, label);
	if (b.failed)
		fail_memory(m);
	const char *text = b.failed ? NULL : mentor_keep(m, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return text;
}

/* In a table nobody could tell two sides of one name apart. Names that differ in capitals only are the same on a page, where
 * headings begin with one. */
static enum mentor_status tell_apart(struct mentor *m, const char **mentor, const char **mentee)
{
	if (strcasecmp(*mentor, *mentee) != 0)
		return MENTOR_OK;
	*mentor = numbered(m, "first", *mentor);
	*mentee = *mentor ? numbered(m, "second", *mentee) : NULL;
	return *mentee ? MENTOR_OK : MENTOR_NO_MEMORY;
}

enum mentor_status labels_of(struct mentor *m, const struct definition *d, struct mentor_labels *ret)
{
	struct mentor_labels l = { d->labels.mentor, d->labels.mentors, d->labels.mentee, d->labels.mentees };
	enum mentor_status status = tell_apart(m, &l.mentor, &l.mentee);
	if (!status)
		status = tell_apart(m, &l.mentors, &l.mentees);
	if (!status)
		*ret = l;
	return status;
}

/* Copies that outlive the definition. */
static enum mentor_status keep(struct mentor *m, struct mentor_labels *l)
{
	const char **const texts[] = { &l->mentor, &l->mentors, &l->mentee, &l->mentees };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!(*texts[i] = mentor_keep(m, *texts[i])))
			return MENTOR_NO_MEMORY;
	return MENTOR_OK;
}

static bool same(const struct mentor_labels *a, const struct mentor_labels *b)
{
	return strcmp(a->mentor, b->mentor) == 0 && strcmp(a->mentors, b->mentors) == 0 &&
	       strcmp(a->mentee, b->mentee) == 0 && strcmp(a->mentees, b->mentees) == 0;
}

/* Takes in one more programme; `common` is empty before the first. */
static enum mentor_status agree(struct mentor *m, int64_t revision, struct mentor_labels *common, bool *ret_agreed)
{
	struct definition *d = NULL;
	struct mentor_labels labels = usual;
	enum mentor_status status = programme_of_revision(m, revision, &d);
	if (!status)
		status = labels_of(m, d, &labels);
	if (!status && common->mentor) {
		*ret_agreed = same(common, &labels);
	} else if (!status) {
		status = keep(m, &labels);
		*common = labels;
	}
	definition_free(d);
	return status;
}

static enum mentor_status labels_of_all(struct mentor *m, struct mentor_labels *ret)
{
	struct mentor_labels common = { NULL };
	int64_t revision = 0;
	bool agreed = true;
	enum mentor_status status = MENTOR_OK;
	do {
		status =
		    db_value(m, "SELECT revision_id FROM cohort WHERE revision_id > $1 ORDER BY revision_id LIMIT 1",
			DB_ARGS(DB_NUMBER(revision)), 0, &revision);
		if (!status && revision)
			status = agree(m, revision, &common, &agreed);
	} while (!status && revision && agreed);
	if (!status)
		*ret = agreed && common.mentor ? common : usual;
	return status;
}

enum mentor_status mentor_labels(struct mentor *m, int64_t cohort, struct mentor_labels *ret)
{
	struct definition *d = NULL;
	struct mentor_labels labels = usual;
	if (cohort == 0)
		return labels_of_all(m, ret);
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = labels_of(m, d, &labels);
	if (!status)
		status = keep(m, &labels);
	definition_free(d);
	if (!status)
		*ret = labels;
	return status;
}
