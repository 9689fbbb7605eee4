/* ticket.c: tokens that let people answer a stage of a survey once: given out, looked up, used up. Only fingerprints are kept. */
#include "ticket.h"

#include "hash.h"
#include "objection.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

const char ticket_header[] = "Token";

#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_ticket, member)
/* clang-format off */
const struct mentor_field mentor_survey_ticket_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, TEXT(change), .help = "issued; unchanged: the person has a token, and it is not known here; answered" },
	{ "person", MENTOR_TYPE_REF, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_survey_ticket, person), .entity = "person", .help = "who may answer" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "name of the person" },
	{ "email", MENTOR_TYPE_EMAIL, 0, TEXT(email), .help = "where the token is to be sent" },
	{ "token", MENTOR_TYPE_TEXT, 0, TEXT(token), .help = "the token, which is shown only now" },
	{ "link", MENTOR_TYPE_TEXT, 0, TEXT(link), .help = "--link with the token in it" },
	{ 0 },
};
/* clang-format on */
#undef TEXT

enum { TOKEN_LETTERS = 20, GROUP = 4, TOKEN_SIZE = TOKEN_LETTERS + TOKEN_LETTERS / GROUP };

/* Letters and digits that nobody mixes up: 31 of them, so 99 bits together. */
static void make_token(char token[TOKEN_SIZE])
{
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
	int64_t bits = 0;
	size_t at = 0;
	for (int i = 0; i < TOKEN_LETTERS; i++) {
		if (i % 10 == 0)
			bits = hash_random();
		if (i > 0 && i % GROUP == 0)
			token[at++] = '-';
		token[at++] = letters[(size_t)bits % (sizeof(letters) - 1)];
		bits /= (int64_t)sizeof(letters) - 1;
	}
	token[at] = '\0';
}

/* What is kept of a token; false when it is too long to be one. */
static bool fingerprint(const char *token, char hex[HASH_HEX])
{
	char plain[2 * TOKEN_LETTERS];
	size_t n = 0;
	for (const char *p = token; *p; p++) {
		bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
		if (!letter)
			continue;
		if (n == sizeof(plain))
			return false;
		plain[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 'a' - 'A' : *p);
	}
	hash_hex(plain, n, hex);
	return true;
}

enum mentor_status ticket_find(const struct survey_view *v, const char *stage, const char *token, struct ticket *ret)
{
	char hex[HASH_HEX];
	struct db_rows *rows = NULL;
	bool found = false;
	*ret = (struct ticket){ 0 };
	if (!fingerprint(token, hex))
		return MENTOR_OK;
	enum mentor_status status = db_query(v->m,
	    "SELECT id, enrolment_id, used FROM ticket WHERE token = $1 AND cohort_id = $2 AND survey = $3 AND stage = $4",
	    DB_ARGS(DB_TEXT(hex), DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && found)
		*ret = (struct ticket){ db_number(rows, 0), db_number(rows, 1), db_number(rows, 2) == 1 };
	db_done(rows);
	return status;
}

enum mentor_status ticket_use(const struct survey_view *v, const struct ticket *t)
{
	return db_run(v->m, "UPDATE ticket SET used = 1 WHERE id = $1", DB_ARGS(DB_NUMBER(t->id)));
}

/* ---- issuing ---- */

struct issue {
	struct survey_view v;
	const char *stage, *link;
	bool again;
	mentor_record_fn *each;
	void *arg;
};

/* Numbers are random: their order would be that of the people. */
static enum mentor_status store_token(const struct issue *i, int64_t enrolment, const char *token)
{
	char hex[HASH_HEX];
	fingerprint(token, hex);
	return db_run(i->v.m,
	    "INSERT INTO ticket (id, cohort_id, survey, stage, enrolment_id, token) VALUES ($1, $2, $3, $4, $5, $6) "
	    "ON CONFLICT (cohort_id, survey, stage, enrolment_id) DO UPDATE SET token = excluded.token",
	    DB_ARGS(DB_NUMBER(hash_random()), DB_NUMBER(i->v.cohort), DB_TEXT(i->v.survey->slug), DB_TEXT(i->stage), DB_NUMBER(enrolment),
		DB_TEXT(hex)));
}

static void write_link(const char *link, const char *token, struct mentor_buf *b)
{
	static const char mark[] = "{token}";
	for (const char *at; (at = strstr(link, mark)); link = at + sizeof(mark) - 1) {
		mentor_buf_add(b, link, (size_t)(at - link));
		mentor_buf_str(b, token);
	}
	mentor_buf_str(b, link);
}

/** Somebody who is asked. */
struct invited {
	struct invited *next;
	struct mentor_survey_ticket row;
	int64_t enrolment;
	bool has_token, answered;
};

static enum mentor_status issue_one(const struct issue *i, struct invited *p)
{
	char token[TOKEN_SIZE] = "";
	struct mentor_buf link = MENTOR_BUF_INIT;
	bool fresh = !p->answered && (!p->has_token || i->again);
	enum mentor_status status = MENTOR_OK;
	if (fresh) {
		make_token(token);
		status = store_token(i, p->enrolment, token);
		p->row.token = token;
	}
	if (fresh && i->link) {
		write_link(i->link, token, &link);
		p->row.link = mentor_buf_text(&link);
	}
	p->row.change = p->answered ? "answered" : fresh ? "issued" : "unchanged";
	if (!status && link.failed)
		status = fail_memory(i->v.m);
	if (!status)
		status = i->each(i->arg, &p->row);
	mentor_buf_free(&link);
	return status;
}

static enum mentor_status list_invited(const struct issue *i, struct arena *memory, struct invited **ret)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct invited **end = ret;
	enum mentor_status status = db_query(i->v.m,
	    "SELECT e.id, e.person_id, p.name, p.email, e.role, t.id IS NOT NULL, coalesce(t.used, 0) = 1 OR EXISTS (SELECT 1 FROM response r "
	    "WHERE r.cohort_id = e.cohort_id AND r.survey = $1 AND r.stage = $2 AND r.respondent_id = e.id) FROM enrolment e "
	    "JOIN person p ON p.id = e.person_id LEFT JOIN ticket t ON t.enrolment_id = e.id AND t.survey = $1 AND t.stage = $2 "
	    "WHERE e.cohort_id = $3 AND e.state = 'accepted' AND NOT " OBJECTS("p.id", "surveys") " ORDER BY lower(p.name), p.email",
	    DB_ARGS(DB_TEXT(i->v.survey->slug), DB_TEXT(i->stage), DB_NUMBER(i->v.cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		if (!survey_asks(&i->v, i->v.survey, db_text(rows, 4)))
			continue;
		struct invited *p = arena_alloc(memory, sizeof(*p));
		if (!p)
			break;
		*p = (struct invited){ .row = { .person = db_number(rows, 1), .name = arena_strdup(memory, db_text(rows, 2)),
						.email = arena_strdup(memory, db_text(rows, 3)) },
			.enrolment = db_number(rows, 0), .has_token = db_number(rows, 5) == 1, .answered = db_number(rows, 6) == 1 };
		*end = p;
		end = &p->next;
	}
	db_done(rows);
	return !status && memory->failed ? fail_memory(i->v.m) : status;
}

enum mentor_status mentor_survey_issue(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *link, bool again,
    mentor_record_fn *each, void *arg)
{
	struct issue i = { .stage = stage, .link = link, .again = again, .each = each, .arg = arg };
	struct arena memory = ARENA_INIT;
	struct invited *people = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = survey_open_one(&i.v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&i.v, stage);
	if (!status && link && !strstr(link, "{token}"))
		status = fail(m, MENTOR_USAGE, "such as https://forms.example.org/view?t={token}", "the link has no place for the token: {token}");
	if (!status)
		status = list_invited(&i, &memory, &people);
	for (struct invited *p = people; !status && p; p = p->next)
		status = issue_one(&i, p);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&memory);
	survey_close(&i.v);
	return status ? status : ended;
}
