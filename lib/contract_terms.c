/* contract_terms.c: what a pair agrees in numbers and days, within the programme's ranges. */
#include "contract.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

const char *const contract_modes_in_words[] = { "online", "in person", "online or in person, whichever suits us both" };

enum { MODE_EITHER = 2 };

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int64_t usual(const struct def_range *range)
{
	return range->usual != MENTOR_NONE     ? range->usual
	       : range->minimum != MENTOR_NONE ? range->minimum
					       : range->maximum;
}

/* The usual terms: from the day the pair or its cohort started, whichever is later, for the months that are usual.
 * `starts_on`, when not NULL, was chosen by the pair. */
static void usual_terms(struct contract_draft *d, const char *starts_on)
{
	const struct def_contract *c = &d->programme->contract;
	const char *start = d->pair->published_on;
	int64_t day = 0, months = usual(&c->months);
	mentor_record_clear(mentor_contract_fields, &d->usual);
	d->usual.sessions = usual(&c->sessions);
	d->usual.minutes = usual(&c->minutes);
	d->usual.frequency = c->frequency;
	d->usual.mode = c->mode;
	if (d->cohort->starts_on && (!start || strcmp(d->cohort->starts_on, start) > 0))
		start = d->cohort->starts_on;
	if (starts_on)
		start = starts_on;
	if (!start || !mentor_day_parse(start, &day))
		return;
	mentor_day_format(day, d->starts);
	mentor_day_format(
	    mentor_day_last_of(day, (int)(months == MENTOR_NONE ? d->programme->cohort.months : months)), d->ends);
	d->usual.starts_on = d->starts;
	d->usual.ends_on = d->ends;
}

/* Lays the given terms over those drafted before, or over the usual ones; one given as "not set" goes back to the
 * usual one. */
void contract_merge_terms(struct contract_draft *d, const struct mentor_contract *terms, uint64_t given)
{
	usual_terms(d, given & field_bit(mentor_contract_fields, "starts_on") ? terms->starts_on : NULL);
	d->terms = d->newest ? *d->newest : d->usual;
	const struct {
		const char *name, *from, *usual, **to;
	} texts[] = {
		{ "frequency", terms->frequency, d->usual.frequency, &d->terms.frequency },
		{ "place", terms->place, NULL, &d->terms.place },
		{ "starts_on", terms->starts_on, d->usual.starts_on, &d->terms.starts_on },
		{ "ends_on", terms->ends_on, d->usual.ends_on, &d->terms.ends_on },
	};
	const struct {
		const char *name;
		int64_t from, usual, *to;
	} numbers[] = {
		{ "sessions", terms->sessions, d->usual.sessions, &d->terms.sessions },
		{ "minutes", terms->minutes, d->usual.minutes, &d->terms.minutes },
		{ "mode", terms->mode, d->usual.mode, &d->terms.mode },
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (given & field_bit(mentor_contract_fields, texts[i].name))
			*texts[i].to = texts[i].from ? texts[i].from : texts[i].usual;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (given & field_bit(mentor_contract_fields, numbers[i].name))
			*numbers[i].to = numbers[i].from != MENTOR_NONE ? numbers[i].from : numbers[i].usual;
}

void contract_range_in_words(struct mentor_buf *b, const struct def_range *range)
{
	bool low = range->minimum != MENTOR_NONE, high = range->maximum != MENTOR_NONE;
	if (low && high && range->minimum == range->maximum)
		mentor_buf_fmt(b, "exactly %" PRId64, range->minimum);
	else if (low && high)
		mentor_buf_fmt(b, "%" PRId64 " to %" PRId64, range->minimum, range->maximum);
	else if (high)
		mentor_buf_fmt(b, "at most %" PRId64, range->maximum);
	else
		mentor_buf_fmt(b, "at least %" PRId64, low ? range->minimum : 1);
}

static enum mentor_status refuse_range(
    struct mentor *m, const struct def_range *range, const char *what, const char *option, const char *instead)
{
	struct mentor_buf words = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	contract_range_in_words(&words, range);
	mentor_buf_fmt(&hint, "choose another %s", option);
	enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint),
	    "the programme allows %s %s, not %s", mentor_buf_text(&words), what, instead);
	mentor_buf_free(&words);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_count(
    struct mentor *m, int64_t value, const struct def_range *range, const char *what, const char *option)
{
	bool low = value < 1 || (range->minimum != MENTOR_NONE && value < range->minimum);
	bool high = range->maximum != MENTOR_NONE && value > range->maximum;
	if (value == MENTOR_NONE || (!low && !high))
		return MENTOR_OK;
	struct mentor_buf number = MENTOR_BUF_INIT;
	mentor_buf_fmt(&number, "%" PRId64, value);
	enum mentor_status status = refuse_range(m, range, what, option, mentor_buf_text(&number));
	mentor_buf_free(&number);
	return status;
}

/* The last day counts: 1 January to 30 June are six months. */
static enum mentor_status check_months(
    struct mentor *m, const struct mentor_contract *terms, const struct def_range *range)
{
	int64_t start = 0, end = 0;
	if (!terms->starts_on || !terms->ends_on)
		return MENTOR_OK;
	if (!mentor_day_parse(terms->starts_on, &start) || !mentor_day_parse(terms->ends_on, &end) || end < start)
		return fail(m, MENTOR_INVALID, "give --starts-on and --ends-on in order",
		    "the contract would end on %s, before it starts on %s", terms->ends_on, terms->starts_on);
	bool low = range->minimum != MENTOR_NONE && end + 1 < mentor_day_add_months(start, (int)range->minimum);
	bool high = range->maximum != MENTOR_NONE && end > mentor_day_add_months(start, (int)range->maximum);
	if (!low && !high)
		return MENTOR_OK;
	struct mentor_buf span = MENTOR_BUF_INIT;
	mentor_buf_fmt(&span, "%s to %s", terms->starts_on, terms->ends_on);
	enum mentor_status status =
	    refuse_range(m, range, "months", "--starts-on or --ends-on", mentor_buf_text(&span));
	mentor_buf_free(&span);
	return status;
}

enum mentor_status contract_check_terms(
    struct mentor *m, const struct def_contract *c, const struct mentor_contract *terms)
{
	enum mentor_status status = check_count(m, terms->sessions, &c->sessions, "sessions", "--sessions");
	if (!status)
		status = check_count(m, terms->minutes, &c->minutes, "minutes a session", "--minutes");
	if (!status)
		status = check_months(m, terms, &c->months);
	if (!status && c->mode != MODE_EITHER && terms->mode != c->mode)
		status = fail(
		    m, MENTOR_REFUSED, "leave out --mode", "in this programme pairs meet %s", contract_modes_in_words[c->mode]);
	return status;
}

bool contract_same_terms(const struct mentor_contract *a, const struct mentor_contract *b)
{
	return a->sessions == b->sessions && a->minutes == b->minutes && a->mode == b->mode &&
	       same_text(a->frequency, b->frequency) && same_text(a->place, b->place) &&
	       same_text(a->starts_on, b->starts_on) && same_text(a->ends_on, b->ends_on);
}
