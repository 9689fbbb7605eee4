/* contract.c: what a pair agrees: terms within the programme's ranges, the text and its hash, signatures, printing. */
#include "contract.h"

#include "hash.h"
#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

enum { TEXT_COLUMNS = 78 };

static const char *const states[] = { "drafted", "part-signed", "signed", NULL };

/* How the two meet, in words; in the order of def_modes. */
static const char *const modes_in_words[] = { "online", "in person", "online or in person, whichever suits us both" };

enum { MODE_EITHER = 2 };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_contract, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_contract, member)

/* clang-format off */
const struct mentor_field mentor_contract_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "contract", .help = "the contract" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "who agrees" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentor_name), .sql = "ap.name", .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentee_name), .sql = "bp.name", .heading = "{mentee}", .help = "name of the mentee" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states,
	  .sql = "CASE WHEN t.mentor_signed_on IS NOT NULL AND t.mentee_signed_on IS NOT NULL THEN 'signed' "
		 "WHEN t.mentor_signed_on IS NOT NULL OR t.mentee_signed_on IS NOT NULL THEN 'part-signed' ELSE 'drafted' END",
	  .help = "how far it is signed" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .minimum = 1, .maximum = 10000, .help = "how many sessions" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .minimum = 1, .maximum = 1440, .help = "how long a session lasts" },
	{ "frequency", MENTOR_TYPE_TEXT, 0, TEXT(frequency), .help = "how often, in words" },
	{ "mode", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(mode), .choices = def_modes, .help = "how the two meet" },
	{ "place", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(place), .help = "where they meet" },
	{ "starts_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(starts_on), .help = "first day" },
	{ "ends_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(ends_on), .help = "last day" },
	{ "drafted_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(drafted_on), .sql = "t.drafted_on", .help = "day of the draft" },
	{ "mentor_signed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(mentor_signed_on), .sql = "t.mentor_signed_on", .heading = "{mentor} signed", .help = "day the mentor signed" },
	{ "mentee_signed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(mentee_signed_on), .sql = "t.mentee_signed_on", .heading = "{mentee} signed", .help = "day the mentee signed" },
	{ "hash", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(hash), .sql = "t.hash", .help = "BLAKE2b-256 of the text" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_DERIVED | MENTOR_WIDE, TEXT(text), .sql = "t.text", .help = "the text agreed" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_contract = {
	.name = "contract",
	.plural = "contracts",
	.letter = 'c',
	.table = "contract",
	.from = "contract t JOIN pair p ON p.id = t.pair_id JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id",
	.order = "t.id",
	.fields = mentor_contract_fields,
	.size = sizeof(struct mentor_contract),
};

static bool is_intact(const char *text, const char *hash)
{
	char hex[HASH_HEX];
	hash_hex(text, strlen(text), hex);
	return strcmp(hex, hash) == 0;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* ---- terms ---- */

/** All that a draft is made from. The records are freed by draft_free(). */
struct draft {
	struct definition *programme;
	struct mentor_pair *pair;
	struct mentor_cohort *cohort;
	struct mentor_contract *old; /* NULL: none yet */
	struct mentor_contract usual, terms;
	char starts[11], ends[11]; /* behind usual.starts_on and usual.ends_on */
};

static void draft_free(struct draft *d)
{
	definition_free(d->programme);
	mentor_record_free(d->pair);
	mentor_record_free(d->cohort);
	mentor_record_free(d->old);
}

static enum mentor_status contract_of_pair(struct mentor *m, int64_t pair, struct mentor_contract **ret)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status =
	    db_value(m, "SELECT id FROM contract WHERE pair_id = $1", DB_ARGS(DB_NUMBER(pair)), 0, &id);
	if (!status && id)
		status = mentor_record_get(m, &mentor_entity_contract, id, &record);
	if (!status)
		*ret = record;
	return status;
}

static enum mentor_status draft_load(struct mentor *m, int64_t pair, struct draft *d)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (status)
		return status;
	d->pair = record;
	status = mentor_record_get(m, &mentor_entity_cohort, d->pair->cohort_id, &record);
	if (status)
		return status;
	d->cohort = record;
	status = programme_of_cohort(m, d->pair->cohort_id, &d->programme);
	return status ? status : contract_of_pair(m, pair, &d->old);
}

static int64_t usual(const struct def_range *range)
{
	return range->usual != MENTOR_NONE     ? range->usual
	       : range->minimum != MENTOR_NONE ? range->minimum
					       : range->maximum;
}

/* The usual terms: from the day the pair or its cohort started, whichever is later, for the months that are usual.
 * `starts_on`, when not NULL, was chosen by the pair. */
static void usual_terms(struct draft *d, const char *starts_on)
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
static void merge_terms(struct draft *d, const struct mentor_contract *terms, uint64_t given)
{
	usual_terms(d, given & field_bit(mentor_contract_fields, "starts_on") ? terms->starts_on : NULL);
	d->terms = d->old ? *d->old : d->usual;
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

static void range_in_words(struct mentor_buf *b, const struct def_range *range)
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
	range_in_words(&words, range);
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
		    m, MENTOR_REFUSED, "leave out --mode", "in this programme pairs meet %s", modes_in_words[c->mode]);
	return status;
}

static bool same_terms(const struct mentor_contract *a, const struct mentor_contract *b)
{
	return a->sessions == b->sessions && a->minutes == b->minutes && a->mode == b->mode &&
	       same_text(a->frequency, b->frequency) && same_text(a->place, b->place) &&
	       same_text(a->starts_on, b->starts_on) && same_text(a->ends_on, b->ends_on);
}

/* ---- the text ----
 *
 * Lines of six kinds: a heading with a line of = (the first) or - under it, an item ("- …"), a paragraph, a term, which
 * is a paragraph with room right below it, room to write ("whose: __________"), and blank lines between. Texts of the
 * programme and names of people cannot make a heading: note() drops lines that would underline the one above. */

static const char room[] = "__________";

static void heading(struct mentor_buf *b, const char *text, char line)
{
	mentor_buf_fmt(b, "%s%s\n", b->len ? "\n" : "", text);
	for (const char *p = text; *p; p++)
		if (((unsigned char)*p & 0xc0) != 0x80)
			mentor_buf_char(b, line);
	mentor_buf_str(b, "\n\n");
}

static bool is_underline(const char *line, size_t len)
{
	size_t n = strspn(line, "=");
	if (n == 0)
		n = strspn(line, "-");
	return len > 0 && n >= len;
}

/* Takes a note in: lines of a paragraph are joined, items stay items. */
static void note(struct mentor_buf *b, const char *text)
{
	bool open = false; /* a paragraph or item is not ended yet */
	for (const char *p = text; *p;) {
		const char *line = p + strspn(p, " \t");
		size_t len = strcspn(line, "\n");
		p = line + len + (line[len] == '\n');
		while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t'))
			len--;
		bool item = len > 2 && line[0] == '-' && line[1] == ' ';
		if (open && (item || len == 0 || is_underline(line, len))) {
			mentor_buf_str(b, item ? "\n" : "\n\n");
			open = false;
		}
		if (len == 0 || is_underline(line, len))
			continue;
		mentor_buf_str(b, open ? " " : "");
		mentor_buf_add(b, line, len);
		open = true;
	}
	mentor_buf_str(b, open ? "\n" : "");
}

static void write_terms(struct mentor_buf *b, const struct mentor_contract *t)
{
	if (t->sessions != MENTOR_NONE)
		mentor_buf_fmt(b, "- Number of sessions: %" PRId64 "\n", t->sessions);
	if (t->minutes != MENTOR_NONE)
		mentor_buf_fmt(b, "- Length of a session: %" PRId64 " minutes\n", t->minutes);
	if (t->frequency)
		mentor_buf_fmt(b, "- How often we meet: %s\n", t->frequency);
	if (t->mode != MENTOR_NONE)
		mentor_buf_fmt(b, "- How we meet: %s\n", modes_in_words[t->mode]);
	if (t->place)
		mentor_buf_fmt(b, "- Where we meet: %s\n", t->place);
	if (t->starts_on) {
		mentor_buf_str(b, "- First day: ");
		mentor_day_in_words(b, t->starts_on);
		mentor_buf_char(b, '\n');
	}
	if (t->ends_on) {
		mentor_buf_str(b, "- Last day: ");
		mentor_day_in_words(b, t->ends_on);
		mentor_buf_char(b, '\n');
	}
}

/* "3 to 5 of the other's leadership meetings": the programme names one meeting, and its plural takes an s. */
static void write_shadowed(struct mentor_buf *b, const struct def_contract *c)
{
	struct def_range range = c->shadowed;
	range.minimum = range.minimum == 0 ? MENTOR_NONE : range.minimum; /* no least number is nothing to agree */
	bool bounds = range.minimum != MENTOR_NONE || range.maximum != MENTOR_NONE;
	if (!bounds && range.usual == MENTOR_NONE)
		return;
	mentor_buf_str(b, "- Each of us takes part in ");
	if (bounds)
		range_in_words(b, &range);
	else
		mentor_buf_fmt(b, "about %" PRId64, range.usual);
	mentor_buf_fmt(b, " of the other's %ss", c->shadowed_meeting);
	if (bounds && range.usual != MENTOR_NONE && range.usual != range.minimum)
		mentor_buf_fmt(b, ", usually %" PRId64, range.usual);
	mentor_buf_char(b, '\n');
}

/* What the two put in their own words, on paper. */
static void write_room(struct mentor_buf *b, const struct draft *d)
{
	const struct def_contract *c = &d->programme->contract;
	for (size_t i = 0; i < c->n_terms; i++) {
		mentor_buf_fmt(b, "\n%s\n", c->terms[i].text);
		if (c->terms[i].each)
			mentor_buf_fmt(b, "%s: %s\n%s: %s\n", d->pair->mentor_name, room, d->pair->mentee_name, room);
		else
			mentor_buf_fmt(b, "%s\n", room);
	}
}

static void write_parties(struct mentor_buf *b, const struct draft *d)
{
	const struct mentor_pair *pair = d->pair;
	const struct def_labels *labels = &d->programme->labels;
	mentor_buf_fmt(b, "This contract is between %s (%s) and %s (%s)", pair->mentor_name, labels->mentor,
	    pair->mentee_name, labels->mentee);
	if (d->programme->organisation)
		mentor_buf_fmt(b, ", who take part in a programme run by %s", d->programme->organisation);
	mentor_buf_str(b, ". ");
	if (pair->arrangement == MENTOR_RECIPROCAL)
		mentor_buf_str(b, "We work as partners: each of us learns from the other and supports the other.\n");
	else
		mentor_buf_fmt(b, "%s remains the %s throughout, and %s the %s.\n", pair->mentor_name, labels->mentor,
		    pair->mentee_name, labels->mentee);
}

/* clang-format off */
static const char confidentiality[] =
	"What we say to each other stays between us. We may both speak of it elsewhere only where the other has agreed, unless "
	"someone may come to serious harm or the law leaves no choice.\n\n";
static const char *const records[] = {
	[DEF_RECORD_MINIMAL] = "The programme records when we met, for how long and how, and never what was said.",
	[DEF_RECORD_TOPICS] = "The programme records when we met, for how long and how, and which of its topics we covered, and never what was said.",
	[DEF_RECORD_FULL] = "The programme records when we met, for how long and how, the topics we covered, and the notes that we hand in.",
};
static const char data_protection[] = " It handles our personal details under data-protection law (the UK GDPR and the Data Protection Act "
	"2018), and so do we.\n";

/* Where a programme has no words of its own: what the guides of several programmes agree on. */
static const char *const ground_rules[] = {
	"We keep what we hear to ourselves",
	"We keep the time we have agreed; either of us may move a session without blame",
	"We are honest with each other",
	"We keep an open mind",
	"Personal grievances have their own place, which is not here",
	"We trust each other, and earn that trust",
};
static const char no_fault[] =
	"A relationship may not work out, and this is all right. Either of us, or both, may end it at any time, without fault "
	"and without giving a reason. Whoever wants to go on with someone else tells the contact named below, and a new partner "
	"will be looked for.";
/* clang-format on */

static void contact_in_words(struct mentor_buf *b, const struct def_contact *c)
{
	if (c->name)
		mentor_buf_fmt(b, "%s, ", c->name);
	mentor_buf_str(b, c->email);
	if (c->phone)
		mentor_buf_fmt(b, ", telephone %s", c->phone);
}

/* The programme answers questions. A side without a contact of its own tells the programme's when it wants to end. */
static void write_contact(struct mentor_buf *b, const struct draft *d)
{
	const struct definition *p = d->programme;
	const struct def_contact *mentor = &p->roles.mentor.contact, *mentee = &p->roles.mentee.contact;
	bool own = mentor->email || mentee->email;
	mentor_buf_fmt(b, "With questions%s we turn to ",
	    own ? " or worries" : ", worries, or when one of us no longer wishes to go on,");
	contact_in_words(b, &p->contact);
	if (own) {
		mentor_buf_fmt(b, ". When one of us no longer wishes to go on, %s turns to ", d->pair->mentor_name);
		contact_in_words(b, mentor->email ? mentor : &p->contact);
		mentor_buf_fmt(b, ", and %s to ", d->pair->mentee_name);
		contact_in_words(b, mentee->email ? mentee : &p->contact);
	}
	mentor_buf_str(b, ".\n");
}

static void write_text(struct mentor_buf *b, const struct draft *d)
{
	const struct def_contract *c = &d->programme->contract;
	struct mentor_buf title = MENTOR_BUF_INIT;
	mentor_buf_fmt(&title, "%s: contract", d->programme->title);
	heading(b, mentor_buf_text(&title), '=');
	b->failed = b->failed || title.failed;
	mentor_buf_free(&title);
	write_parties(b, d);
	heading(b, "Purpose", '-');
	note(b, c->purpose);
	heading(b, "What we agree", '-');
	write_terms(b, &d->terms);
	write_shadowed(b, c);
	write_room(b, d);
	heading(b, "Ground rules", '-');
	bool own = c->n_ground_rules > 0;
	for (size_t i = 0; i < (own ? c->n_ground_rules : sizeof(ground_rules) / sizeof(*ground_rules)); i++)
		mentor_buf_fmt(b, "- %s\n", own ? c->ground_rules[i] : ground_rules[i]);
	heading(b, "Confidentiality and data protection", '-');
	mentor_buf_fmt(b, "%s%s%s", confidentiality, records[d->programme->privacy.record], data_protection);
	heading(b, "If it does not work out", '-');
	note(b, c->no_fault ? c->no_fault : no_fault);
	heading(b, "Who to turn to", '-');
	write_contact(b, d);
}

/* ---- drafting ---- */

static enum mentor_status check_pair(struct mentor *m, const struct mentor_pair *pair)
{
	if (pair->state == MENTOR_PAIR_ACTIVE)
		return MENTOR_OK;
	bool proposed = pair->state == MENTOR_PAIR_PROPOSED;
	return fail(m, MENTOR_REFUSED, proposed ? "tell the two first: mentor match publish" : NULL,
	    proposed ? "m%" PRId64 " is only proposed, so there is nothing to agree yet" : "m%" PRId64 " has ended",
	    pair->id);
}

static enum mentor_status insert_contract(
    struct mentor *m, const struct draft *d, const char *text, const char *hash, int64_t *ret_id)
{
	const struct mentor_contract *t = &d->terms;
	return db_value(m,
	    "INSERT INTO contract (pair_id, text, hash, drafted_on, sessions, minutes, frequency, mode, place, "
	    "starts_on, ends_on) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
	    DB_ARGS(DB_NUMBER(d->pair->id), DB_TEXT(text), DB_TEXT(hash), DB_TEXT(m->today), DB_NUMBER(t->sessions),
		DB_NUMBER(t->minutes), DB_TEXT(t->frequency), DB_TEXT(def_modes[t->mode]), DB_TEXT(t->place),
		DB_TEXT(t->starts_on), DB_TEXT(t->ends_on)),
	    0, ret_id);
}

static enum mentor_status update_contract(struct mentor *m, const struct draft *d, const char *text, const char *hash)
{
	const struct mentor_contract *t = &d->terms;
	return db_run(m,
	    "UPDATE contract SET text = $1, hash = $2, drafted_on = $3, sessions = $4, minutes = $5, frequency = $6, "
	    "mode = $7, place = $8, "
	    "starts_on = $9, ends_on = $10 WHERE id = $11",
	    DB_ARGS(DB_TEXT(text), DB_TEXT(hash), DB_TEXT(m->today), DB_NUMBER(t->sessions), DB_NUMBER(t->minutes),
		DB_TEXT(t->frequency), DB_TEXT(def_modes[t->mode]), DB_TEXT(t->place), DB_TEXT(t->starts_on),
		DB_TEXT(t->ends_on), DB_NUMBER(d->old->id)));
}

static enum mentor_status store(
    struct mentor *m, const struct draft *d, const char *text, const char **ret_change, int64_t *ret_id)
{
	char hash[HASH_HEX];
	hash_hex(text, strlen(text), hash);
	if (!d->old) {
		*ret_change = "added";
		return insert_contract(m, d, text, hash, ret_id);
	}
	*ret_id = d->old->id;
	*ret_change = strcmp(d->old->text, text) == 0 ? "unchanged" : "revised";
	return strcmp(d->old->text, text) == 0 ? MENTOR_OK : update_contract(m, d, text, hash);
}

static enum mentor_status write_draft(struct mentor *m, const struct draft *d, const char **ret_change, int64_t *ret_id)
{
	bool signed_by_any = d->old && d->old->state != MENTOR_CONTRACT_DRAFTED;
	if (signed_by_any && same_terms(d->old, &d->terms)) {
		*ret_change = "unchanged";
		*ret_id = d->old->id;
		return MENTOR_OK;
	}
	if (signed_by_any)
		return fail(m, MENTOR_REFUSED, NULL, "c%" PRId64 " is signed already, so its terms stay as they are",
		    d->old->id);
	struct mentor_buf text = MENTOR_BUF_INIT;
	write_text(&text, d);
	enum mentor_status status =
	    text.failed ? fail_memory(m) : store(m, d, mentor_buf_text(&text), ret_change, ret_id);
	mentor_buf_free(&text);
	return status;
}

enum mentor_status mentor_contract_draft(struct mentor *m, int64_t pair, const struct mentor_contract *terms,
    uint64_t given, const char **ret_change, int64_t *ret_id)
{
	struct draft d = { 0 };
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = draft_load(m, pair, &d);
	if (!status)
		status = check_pair(m, d.pair);
	if (!status) {
		merge_terms(&d, terms, given);
		status = contract_check_terms(m, &d.programme->contract, &d.terms);
	}
	if (!status)
		status = write_draft(m, &d, &change, &id);
	draft_free(&d);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- signing ---- */

static enum mentor_status contract_needed(struct mentor *m, int64_t pair, struct mentor_contract **ret)
{
	enum mentor_status status = contract_of_pair(m, pair, ret);
	if (status || *ret)
		return status;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "write it with: mentor contract draft m%" PRId64, pair);
	fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "m%" PRId64 " has no contract", pair);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

static enum mentor_status check_intact(struct mentor *m, const struct mentor_contract *c)
{
	if (is_intact(c->text, c->hash))
		return MENTOR_OK;
	return fail(m, MENTOR_FAILED, "the store was changed by other means; restore a backup",
	    "the text of c%" PRId64 " is not the text that was drafted", c->id);
}

static enum mentor_status sign(
    struct mentor *m, const struct mentor_contract *c, enum mentor_role side, const char *day, bool *ret_changed)
{
	bool mentor = side == MENTOR_ROLE_MENTOR;
	const char *name = mentor ? c->mentor_name : c->mentee_name,
		   *before = mentor ? c->mentor_signed_on : c->mentee_signed_on;
	if (before && day && strcmp(before, day) != 0)
		return fail(m, MENTOR_REFUSED, NULL, "%s signed c%" PRId64 " on %s already", name, c->id, before);
	if (before) {
		*ret_changed = false;
		return MENTOR_OK;
	}
	const char *on = day ? day : m->today;
	if (strcmp(on, c->drafted_on) < 0)
		return fail(m, MENTOR_REFUSED, NULL, "c%" PRId64 " was drafted on %s and cannot be signed on %s", c->id,
		    c->drafted_on, on);
	if (strcmp(on, m->today) > 0)
		return fail(m, MENTOR_REFUSED, "record the signature once it is there", "%s is in the future", on);
	enum mentor_status status = check_intact(m, c);
	if (!status)
		status = db_run(m,
		    mentor ? "UPDATE contract SET mentor_signed_on = $1 WHERE id = $2"
			   : "UPDATE contract SET mentee_signed_on = $1 WHERE id = $2",
		    DB_ARGS(DB_TEXT(on), DB_NUMBER(c->id)));
	if (!status)
		*ret_changed = true;
	return status;
}

enum mentor_status mentor_contract_sign(
    struct mentor *m, int64_t pair, enum mentor_role side, const char *day, bool *ret_changed)
{
	struct mentor_contract *contract = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	if (side != MENTOR_ROLE_MENTOR && side != MENTOR_ROLE_MENTEE)
		status = fail(m, MENTOR_USAGE, NULL, "a contract is signed by the two of its pair");
	if (!status)
		status = contract_needed(m, pair, &contract);
	if (!status)
		status = sign(m, contract, side, day, &changed);
	mentor_record_free(contract);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- printing ---- */

enum line_kind { LINE_TITLE, LINE_HEADING, LINE_ITEM, LINE_PARAGRAPH, LINE_TERM, LINE_ROOM };

/** One logical line of the text; the bytes are borrowed. */
struct line {
	enum line_kind kind;
	const char *text;
	size_t len;
};

/* How long the words in front of room to write are, ": " or nothing included; false when the line is something else. */
static bool is_room(const char *line, size_t len, size_t *ret_words)
{
	size_t wanted = sizeof(room) - 1;
	if (len < wanted || memcmp(line + len - wanted, room, wanted) != 0)
		return false;
	*ret_words = len - wanted;
	return *ret_words == 0 || (*ret_words > 2 && memcmp(line + *ret_words - 2, ": ", 2) == 0);
}

/* Takes the next logical line from *at; false at the end. Of room to write the text is whose it is. */
static bool next_line(const char **at, struct line *ret)
{
	const char *p = *at + strspn(*at, "\n");
	size_t len = strcspn(p, "\n");
	if (len == 0)
		return false;
	const char *below = p + len + (p[len] == '\n');
	size_t below_len = strcspn(below, "\n");
	if (is_underline(below, below_len)) {
		*ret = (struct line){ *below == '=' ? LINE_TITLE : LINE_HEADING, p, len };
		*at = below + below_len;
		return true;
	}
	bool item = len > 2 && p[0] == '-' && p[1] == ' ';
	size_t words = 0;
	*at = below;
	if (item)
		*ret = (struct line){ LINE_ITEM, p + 2, len - 2 };
	else if (is_room(p, len, &words))
		*ret = (struct line){ LINE_ROOM, p, words ? words - 2 : 0 };
	else
		*ret = (struct line){ is_room(below, below_len, &words) ? LINE_TERM : LINE_PARAGRAPH, p, len };
	return true;
}

/** A way to print. Each function appends; `open` says that a list is running. */
struct printer {
	void (*begin)(struct mentor_buf *b, const struct mentor_contract *c);
	void (*line)(struct mentor_buf *b, const struct line *line, bool in_list);
	void (*list_end)(struct mentor_buf *b);
	void (*signatures)(struct mentor_buf *b, const struct mentor_contract *c, const struct def_labels *labels);
};

/* -- plain text -- */

static size_t columns_of(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

static void wrap(struct mentor_buf *b, const struct line *line, const char *first, const char *next)
{
	size_t column = strlen(first);
	mentor_buf_str(b, first);
	bool fresh = true;
	for (size_t i = 0; i < line->len;) {
		const char *word = line->text + i;
		size_t len = 0;
		while (i + len < line->len && word[len] != ' ')
			len++;
		size_t width = columns_of(word, len);
		if (!fresh && column + 1 + width > TEXT_COLUMNS) {
			mentor_buf_fmt(b, "\n%s", next);
			column = strlen(next);
		} else if (!fresh) {
			mentor_buf_char(b, ' ');
			column++;
		}
		mentor_buf_add(b, word, len);
		column += width;
		fresh = false;
		i += len + 1;
	}
	mentor_buf_char(b, '\n');
}

static void underscores(struct mentor_buf *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mentor_buf_char(b, '_');
	mentor_buf_char(b, '\n');
}

/* Room on the line of the name, where it leaves some, and a line more. */
static void text_room(struct mentor_buf *b, const struct line *line)
{
	enum { LEAST = 20 };
	size_t width = line->len ? columns_of(line->text, line->len) + 2 : 0;
	if (width + LEAST > TEXT_COLUMNS) {
		wrap(b, line, "", "");
		width = 0;
	} else if (width) {
		mentor_buf_add(b, line->text, line->len);
		mentor_buf_str(b, ": ");
	}
	underscores(b, TEXT_COLUMNS - width);
	underscores(b, TEXT_COLUMNS);
}

static void text_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	if (b->len && !(in_list && line->kind == LINE_ITEM))
		mentor_buf_char(b, '\n');
	if (line->kind == LINE_ROOM) {
		text_room(b, line);
		return;
	}
	if (line->kind == LINE_ITEM) {
		wrap(b, line, "- ", "  ");
		return;
	}
	size_t from = b->len;
	wrap(b, line, "", "");
	size_t width = columns_of(b->data ? b->data + from : "", b->len - from);
	if (line->kind == LINE_PARAGRAPH || line->kind == LINE_TERM)
		return;
	for (size_t i = 1; i < width && i <= TEXT_COLUMNS; i++)
		mentor_buf_char(b, line->kind == LINE_TITLE ? '=' : '-');
	mentor_buf_char(b, '\n');
}

static void text_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	struct mentor_buf who = MENTOR_BUF_INIT;
	mentor_buf_fmt(&who, "%s (%s)", name, label);
	mentor_buf_char(b, '\n');
	wrap(b, &(struct line){ LINE_PARAGRAPH, mentor_buf_text(&who), who.len }, "", "");
	b->failed = b->failed || who.failed;
	mentor_buf_free(&who);
	if (!day) {
		mentor_buf_str(b, "Signature: ______________________________  Date: ____________________\n");
		return;
	}
	mentor_buf_str(b, "Signed on ");
	mentor_day_in_words(b, day);
	mentor_buf_char(b, '\n');
}

static void text_signatures(struct mentor_buf *b, const struct mentor_contract *c, const struct def_labels *labels)
{
	mentor_buf_str(b, "\nSignatures\n----------\n");
	text_signature(b, c->mentor_name, labels->mentor, c->mentor_signed_on);
	text_signature(b, c->mentee_name, labels->mentee, c->mentee_signed_on);
	mentor_buf_fmt(b, "\nContract c%" PRId64 ", drafted on ", c->id);
	mentor_day_in_words(b, c->drafted_on);
	mentor_buf_fmt(b, "\nFingerprint of the text (BLAKE2b-256):\n%s\n", c->hash);
}

/* -- Markdown -- */

/* Characters that mean something to Markdown get a backslash; a number in front gets one behind it. */
static void markdown_text(struct mentor_buf *b, const char *text, size_t len)
{
	size_t digits = strspn(text, "0123456789");
	for (size_t i = 0; i < len; i++) {
		bool lead = i == 0 && strchr("+-=>", text[i]);
		bool number = digits > 0 && i == digits && (text[i] == '.' || text[i] == ')');
		if (lead || number || strchr("\\`*_[]<>&#|~", text[i]))
			mentor_buf_char(b, '\\');
		mentor_buf_char(b, text[i]);
	}
}

static void markdown_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	enum { ROOM = 40 };
	static const char *const lead[] = { [LINE_TITLE] = "# ",
		[LINE_HEADING] = "## ",
		[LINE_ITEM] = "- ",
		[LINE_PARAGRAPH] = "",
		[LINE_TERM] = "### ",
		[LINE_ROOM] = "" };
	if (b->len && !(in_list && line->kind == LINE_ITEM))
		mentor_buf_char(b, '\n');
	mentor_buf_str(b, lead[line->kind]);
	markdown_text(b, line->text, line->len);
	if (line->kind == LINE_ROOM && line->len)
		mentor_buf_str(b, ": ");
	for (size_t i = 0; line->kind == LINE_ROOM && i < ROOM; i++)
		mentor_buf_str(b, "\\_");
	mentor_buf_char(b, '\n');
}

static void markdown_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	mentor_buf_str(b, "| ");
	markdown_text(b, name, strlen(name));
	mentor_buf_str(b, " | ");
	markdown_text(b, label, strlen(label));
	mentor_buf_str(b, day ? " | signed | " : " | | ");
	if (day)
		mentor_day_in_words(b, day);
	mentor_buf_str(b, day ? " |\n" : "|\n");
}

static void markdown_signatures(struct mentor_buf *b, const struct mentor_contract *c, const struct def_labels *labels)
{
	mentor_buf_str(b, "\n## Signatures\n\n| Name | Part | Signature | Date |\n| --- | --- | --- | --- |\n");
	markdown_signature(b, c->mentor_name, labels->mentor, c->mentor_signed_on);
	markdown_signature(b, c->mentee_name, labels->mentee, c->mentee_signed_on);
	mentor_buf_fmt(b, "\nContract c%" PRId64 ", drafted on ", c->id);
	mentor_day_in_words(b, c->drafted_on);
	mentor_buf_fmt(b, ". Fingerprint of the text (BLAKE2b-256): `%s`\n", c->hash);
}

/* -- HTML: one page without links, scripts or fonts from elsewhere -- */

static const char html_style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;margin:0}\n"
    "main{max-width:42rem;margin:0 auto;padding:1.5rem}\n"
    "h1{font-size:1.75rem;line-height:1.2}\n"
    "h2{font-size:1.25rem;margin:1.75rem 0 .5rem;border-bottom:1px solid #595959}\n"
    "table{width:100%;border-collapse:collapse}\n"
    "th,td{text-align:left;padding:.75rem .5rem;border-bottom:1px solid #111;vertical-align:bottom}\n"
    "td{height:2.5rem}\n"
    ".small{font-size:.875rem;color:#404040;overflow-wrap:anywhere}\n"
    "h3{font-size:1rem;margin:1.25rem 0 .25rem}\n"
    ".room{border:1px solid #595959;min-height:5rem;margin:.5rem 0;padding:.25rem .5rem;font-size:.875rem}\n"
    "@page{size:A4;margin:2cm}\n"
    "@media print{main{max-width:none;padding:0}h2,h3{break-after:avoid}table,tr,li,.room{break-inside:avoid}}\n";

static void html_escaped(struct mentor_buf *b, const char *text, size_t len)
{
	struct mentor_buf part = MENTOR_BUF_INIT;
	mentor_buf_add(&part, text, len);
	mentor_buf_html(b, mentor_buf_text(&part));
	b->failed = b->failed || part.failed;
	mentor_buf_free(&part);
}

static void html_begin(struct mentor_buf *b, const struct mentor_contract *c)
{
	mentor_buf_str(b,
	    "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Contract of ");
	mentor_buf_html(b, c->mentor_name);
	mentor_buf_str(b, " and ");
	mentor_buf_html(b, c->mentee_name);
	mentor_buf_fmt(b, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", html_style);
}

static void html_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	static const char *const tags[] = { [LINE_TITLE] = "h1",
		[LINE_HEADING] = "h2",
		[LINE_ITEM] = "li",
		[LINE_PARAGRAPH] = "p",
		[LINE_TERM] = "h3",
		[LINE_ROOM] = "div" };
	if (line->kind == LINE_ITEM && !in_list)
		mentor_buf_str(b, "<ul>\n");
	mentor_buf_fmt(b, "<%s%s>", tags[line->kind], line->kind == LINE_ROOM ? " class=\"room\"" : "");
	html_escaped(b, line->text, line->len);
	mentor_buf_str(b, line->kind == LINE_ROOM && line->len ? ":" : "");
	mentor_buf_fmt(b, "</%s>\n", tags[line->kind]);
}

static void html_list_end(struct mentor_buf *b)
{
	mentor_buf_str(b, "</ul>\n");
}

static void html_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	mentor_buf_str(b, "<tr><th scope=\"row\">");
	mentor_buf_html(b, name);
	mentor_buf_str(b, " (");
	mentor_buf_html(b, label);
	mentor_buf_fmt(b, ")</th><td>%s</td><td>", day ? "Signed" : "");
	if (day)
		mentor_day_in_words(b, day);
	mentor_buf_str(b, "</td></tr>\n");
}

static void html_signatures(struct mentor_buf *b, const struct mentor_contract *c, const struct def_labels *labels)
{
	mentor_buf_str(b,
	    "<h2>Signatures</h2>\n<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Signature</th>"
	    "<th scope=\"col\">Date</th></tr></thead>\n<tbody>\n");
	html_signature(b, c->mentor_name, labels->mentor, c->mentor_signed_on);
	html_signature(b, c->mentee_name, labels->mentee, c->mentee_signed_on);
	mentor_buf_fmt(b, "</tbody>\n</table>\n<p class=\"small\">Contract c%" PRId64 ", drafted on ", c->id);
	mentor_day_in_words(b, c->drafted_on);
	mentor_buf_fmt(b, ". Fingerprint of the text (BLAKE2b-256): %s</p>\n</main>\n</body>\n</html>\n", c->hash);
}

static const struct printer printers[] = {
	[MENTOR_CONTRACT_TEXT] = { NULL, text_line, NULL, text_signatures },
	[MENTOR_CONTRACT_MARKDOWN] = { NULL, markdown_line, NULL, markdown_signatures },
	[MENTOR_CONTRACT_HTML] = { html_begin, html_line, html_list_end, html_signatures },
};

static void print(struct mentor_buf *b, const struct printer *printer, const struct mentor_contract *c,
    const struct def_labels *labels)
{
	bool in_list = false;
	struct line line = { 0 };
	if (printer->begin)
		printer->begin(b, c);
	for (const char *at = c->text; next_line(&at, &line);) {
		if (in_list && line.kind != LINE_ITEM && printer->list_end)
			printer->list_end(b);
		printer->line(b, &line, in_list);
		in_list = line.kind == LINE_ITEM;
	}
	printer->signatures(b, c, labels); /* behind the last paragraph: no text ends with a list */
}

enum mentor_status mentor_contract_export(
    struct mentor *m, int64_t pair, enum mentor_contract_format format, struct mentor_buf *b)
{
	struct mentor_contract *contract = NULL;
	struct definition *d = NULL;
	int64_t cohort = 0;
	struct mentor_buf page = MENTOR_BUF_INIT;
	enum mentor_status status = contract_needed(m, pair, &contract);
	if (!status)
		status = check_intact(m, contract);
	if (!status)
		status = db_value(m, "SELECT cohort_id FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(pair)), 0, &cohort);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status) {
		print(&page, &printers[format], contract, &d->labels);
		if (!page.failed) /* half a page is none */
			mentor_buf_str(b, mentor_buf_text(&page));
		status = page.failed || b->failed ? fail_memory(m) : MENTOR_OK;
	}
	mentor_buf_free(&page);
	definition_free(d);
	mentor_record_free(contract);
	return status;
}

enum mentor_status contract_check_all(struct mentor *m)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT id, text, hash FROM contract ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		if (!is_intact(db_text(rows, 1), db_text(rows, 2)))
			problem_add(m, NULL, NULL, "the text of c%" PRId64 " is not the text that was drafted",
			    db_number(rows, 0));
	db_done(rows);
	return status;
}
