/* contract_text.c: the words of a contract. Texts of the programme and names of people cannot make a heading: note() drops lines that would
 * underline the one above. */
#include "contract.h"

#include <inttypes.h>
#include <string.h>

/* ---- lines ---- */

static void heading(struct mentor_buf *b, const char *text, char line)
{
	mentor_buf_fmt(b, "%s%s\n", b->len ? "\n" : "", text);
	for (const char *p = text; *p; p++)
		if (((unsigned char)*p & 0xc0) != 0x80)
			mentor_buf_char(b, line);
	mentor_buf_str(b, "\n\n");
}

bool contract_is_underline(const char *line, size_t len)
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
		if (open && (item || len == 0 || contract_is_underline(line, len))) {
			mentor_buf_str(b, item ? "\n" : "\n\n");
			open = false;
		}
		if (len == 0 || contract_is_underline(line, len))
			continue;
		mentor_buf_str(b, open ? " " : "");
		mentor_buf_add(b, line, len);
		open = true;
	}
	mentor_buf_str(b, open ? "\n" : "");
}

/* ---- what is agreed ---- */

static void write_terms(struct mentor_buf *b, const struct mentor_contract *t)
{
	if (t->sessions != MENTOR_NONE)
		mentor_buf_fmt(b, "- Number of sessions: %" PRId64 "\n", t->sessions);
	if (t->minutes != MENTOR_NONE)
		mentor_buf_fmt(b, "- Length of a session: %" PRId64 " minutes\n", t->minutes);
	if (t->frequency)
		mentor_buf_fmt(b, "- How often we meet: %s\n", t->frequency);
	if (t->mode != MENTOR_NONE)
		mentor_buf_fmt(b, "- How we meet: %s\n", contract_modes_in_words[t->mode]);
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
		contract_range_in_words(b, &range);
	else
		mentor_buf_fmt(b, "about %" PRId64, range.usual);
	mentor_buf_fmt(b, " of the other's %ss", c->shadowed_meeting);
	if (bounds && range.usual != MENTOR_NONE && range.usual != range.minimum)
		mentor_buf_fmt(b, ", usually %" PRId64, range.usual);
	mentor_buf_char(b, '\n');
}

/* Boxes to tick, a line each, or room to write. */
static void write_room(struct mentor_buf *b, const struct def_term *term, const char *whose)
{
	if (term->n_choices)
		mentor_buf_fmt(b, "%s:\n", whose);
	else if (whose)
		mentor_buf_fmt(b, "%s: " CONTRACT_ROOM "\n", whose);
	else
		mentor_buf_str(b, CONTRACT_ROOM "\n");
	for (size_t i = 0; i < term->n_choices; i++)
		mentor_buf_fmt(b, CONTRACT_BOX "%s\n", term->choices[i]);
}

static void write_side(struct mentor_buf *b, const struct contract_draft *d, const struct def_term *term, enum mentor_contract_side side)
{
	static const char both[] = "Both of us";
	const char *const names[] = { d->pair->mentor_name, d->pair->mentee_name, both };
	size_t at = 0;
	const char *line = contract_said_next(&d->said, term->slug, side, &at), *next = contract_said_next(&d->said, term->slug, side, &at);
	if (!line) {
		write_room(b, term, names[side] == both && !term->n_choices ? NULL : names[side]);
		return;
	}
	mentor_buf_fmt(b, next ? "%s:\n- %s\n" : "%s: %s\n", names[side], line);
	for (; next; next = contract_said_next(&d->said, term->slug, side, &at))
		mentor_buf_fmt(b, "- %s\n", next);
}

/* What the two say beyond numbers and days; what they have not said they write on paper. */
static void write_said(struct mentor_buf *b, const struct contract_draft *d)
{
	const struct def_contract *c = &d->programme->contract;
	bool reciprocal = d->pair->arrangement == MENTOR_RECIPROCAL;
	for (size_t i = 0; i < c->n_terms; i++) {
		mentor_buf_fmt(b, "\n%s\n", c->terms[i].text);
		for (int side = MENTOR_CONTRACT_MENTOR; side <= MENTOR_CONTRACT_BOTH; side++)
			if (contract_asks(&c->terms[i], reciprocal, (enum mentor_contract_side)side))
				write_side(b, d, &c->terms[i], (enum mentor_contract_side)side);
	}
}

/* What was signed before stays in force until then, and stays on record. */
static void write_version(struct mentor_buf *b, const struct contract_draft *d)
{
	if (d->version > 1)
		mentor_buf_fmt(b, "\nThis is version %" PRId64 " of our contract. It takes the place of the one before once both of us have signed it.\n", d->version);
}

static void write_parties(struct mentor_buf *b, const struct contract_draft *d)
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
static void write_contact(struct mentor_buf *b, const struct contract_draft *d)
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

void contract_write_text(struct mentor_buf *b, const struct contract_draft *d)
{
	const struct def_contract *c = &d->programme->contract;
	struct mentor_buf title = MENTOR_BUF_INIT;
	mentor_buf_fmt(&title, "%s: contract", d->programme->title);
	heading(b, mentor_buf_text(&title), '=');
	b->failed = b->failed || title.failed;
	mentor_buf_free(&title);
	write_parties(b, d);
	write_version(b, d);
	heading(b, "Purpose", '-');
	note(b, c->purpose);
	heading(b, "What we agree", '-');
	write_terms(b, &d->terms);
	write_shadowed(b, c);
	write_said(b, d);
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
