/* score.c: what assessors give applications for the programme's criteria, and the ranking that comes of it. */
#include "csv.h"
#include "enrolment.h"
#include "record.h"
#include "selection.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const state_words[] = { "applied", "accepted", "waiting", "declined", "withdrawn", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_ranking, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_ranking, member)
const struct mentor_field mentor_ranking_fields[] = {
	{ "place", MENTOR_TYPE_INT, 0, NUMBER(place), .help = "among the applications for the role, the best first; of equals the earlier application" },
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who applied" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "name of the person" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_WIDE, TEXT(email), .help = "the person's address" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(role), .choices = enrolment_roles, .help = "what the person applies to be" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = state_words, .help = "where the application stands" },
	{ "assessors", MENTOR_TYPE_INT, 0, NUMBER(assessors), .help = "how many have scored it" },
	{ "average", MENTOR_TYPE_CENTI, 0, NUMBER(average), .heading = "average %", .help = "mean of the assessors' weighted totals, in per cent of the most" },
	{ "spread", MENTOR_TYPE_CENTI, 0, NUMBER(spread), .help = "the highest of these totals minus the lowest, in per cent points" },
	{ "complete", MENTOR_TYPE_BOOL, 0, NUMBER(complete), .help = "whether every assessor has scored every criterion" },
	{ "applied_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(applied_on), .heading = "applied", .help = "day of the application" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_criterion, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_criterion, member)
const struct mentor_field mentor_criterion_fields[] = {
	{ "criterion", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(criterion), .help = "name of the criterion in the programme" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(text), .help = "what is looked for" },
	{ "answer", MENTOR_TYPE_NOTE, 0, TEXT(answer), .help = "the answer of the application that it judges" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "assessors", .help = "how many have scored it" },
	{ "average", MENTOR_TYPE_CENTI, 0, NUMBER(average), .help = "mean of the points" },
	{ "lowest", MENTOR_TYPE_INT, 0, NUMBER(lowest), .help = "fewest points" },
	{ "highest", MENTOR_TYPE_INT, 0, NUMBER(highest), .help = "most points" },
	{ "most", MENTOR_TYPE_INT, 0, NUMBER(most), .heading = "of", .help = "the highest score there can be" },
	{ "weight", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(weight), .help = "how much it counts" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

/* ---- criteria ---- */

/* Whether it judges applications for the role; whoever takes either role is judged by those of both. */
static bool judges(const struct def_criterion *c, int64_t role)
{
	if (role == MENTOR_ROLE_FACILITATOR)
		return false;
	return c->audience == DEF_BOTH || role == MENTOR_ROLE_EITHER || (c->audience == DEF_MENTORS) == (role == MENTOR_ROLE_MENTOR);
}

static const struct def_criterion *find_criterion(const struct definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_criteria; i++)
		if (strcmp(d->criteria[i].slug, name) == 0)
			return &d->criteria[i];
	return NULL;
}

/* "did you mean", or all that there are for the role; NULL for headings, which have a hint of their own. */
static void name_criteria(struct mentor_buf *b, const struct definition *d, int64_t role, const char *name)
{
	const char *names[64] = { 0 };
	for (size_t i = 0, n = 0; i < d->n_criteria && n < 63; i++)
		if (role == MENTOR_NONE || judges(&d->criteria[i], role))
			names[n++] = d->criteria[i].slug;
	const char *near = mentor_nearest(name, names);
	if (near)
		mentor_buf_fmt(b, "did you mean '%s'?", near);
	for (size_t i = 0; !near && names[i]; i++)
		mentor_buf_fmt(b, "%s%s", i ? ", " : "there are: ", names[i]);
}

/* The whole number from 0 to the most of the criterion. */
static bool read_points(const struct def_criterion *c, const char *text, int64_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 9 || text[digits])
		return false;
	*ret = strtol(text, NULL, 10);
	return *ret <= c->most;
}

/* ---- recording ---- */

/* One mark, resolved. */
struct mark {
	const struct def_criterion *criterion;
	int64_t points;
};

/* Whether something was recorded before, and whether anything is other now. */
struct done {
	bool known, changed;
};

static enum mentor_status store_mark(struct mentor *m, int64_t enrolment, const struct mark *mark, const char *assessor, struct done *done)
{
	int64_t old = 0;
	enum mentor_status status = db_value(m, "SELECT points FROM score WHERE enrolment_id = $1 AND criterion = $2 AND assessor = $3",
	    DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(mark->criterion->slug), DB_TEXT(assessor)), MENTOR_NONE, &old);
	if (status)
		return status;
	done->known = done->known || old != MENTOR_NONE;
	if (old == mark->points)
		return MENTOR_OK;
	done->changed = true;
	return db_run(m,
	    "INSERT INTO score (enrolment_id, criterion, assessor, points, scored_on) VALUES ($1, $2, $3, $4, $5) "
	    "ON CONFLICT (enrolment_id, criterion, assessor) DO UPDATE SET points = excluded.points, scored_on = excluded.scored_on",
	    DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(mark->criterion->slug), DB_TEXT(assessor), DB_NUMBER(mark->points), DB_TEXT(m->today)));
}

static const char *change_word(const struct done *done)
{
	return !done->changed ? "unchanged" : done->known ? "updated" : "added";
}

static enum mentor_status fail_criterion(struct mentor *m, const struct definition *d, const struct mentor_enrolment *e, const char *name)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const struct def_criterion *known = find_criterion(d, name);
	name_criteria(&hint, d, e->role, name);
	enum mentor_status status = known ? fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "'%s' judges other applications than that of %s", name, e->name) :
					    fail(m, MENTOR_NOT_FOUND, hint.len ? mentor_buf_text(&hint) : "criteria stand in the programme file",
						"the programme has no criterion '%s'", name);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status resolve(struct mentor *m, const struct definition *d, const struct mentor_enrolment *e, const struct mentor_points *given,
    struct mark *ret)
{
	ret->criterion = find_criterion(d, given->criterion);
	if (!ret->criterion || !judges(ret->criterion, e->role))
		return fail_criterion(m, d, e, given->criterion);
	if (!read_points(ret->criterion, given->points, &ret->points))
		return fail(m, MENTOR_INVALID, NULL, "'%s' is not a whole number from 0 to %" PRId64 ", the most for '%s'", given->points,
		    ret->criterion->most, given->criterion);
	return MENTOR_OK;
}

static enum mentor_status score(struct mentor *m, int64_t enrolment, const struct mentor_points *points, size_t n, const char *assessor,
    struct done *done)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	const struct mentor_enrolment *e = record;
	if (!status)
		status = programme_of_cohort(m, e->cohort_id, &d);
	for (size_t i = 0; !status && i < n; i++) {
		struct mark mark = { NULL, 0 };
		status = resolve(m, d, e, &points[i], &mark);
		if (!status)
			status = store_mark(m, enrolment, &mark, assessor ? assessor : m->actor, done);
	}
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_enrol_score(struct mentor *m, int64_t enrolment, const struct mentor_points *points, size_t n, const char *assessor,
    const char **ret_change)
{
	struct done done = { false, false };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = score(m, enrolment, points, n, assessor, &done);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = change_word(&done);
	return status;
}

/* ---- a file of scores ---- */

/* One row of the file, read and checked. */
struct row {
	struct row *next;
	int64_t enrolment, person;
	const char *name, *assessor;
	struct mark *marks;
	size_t n_marks;
	long number;
};

struct import {
	struct mentor *m;
	int64_t cohort;
	const struct definition *d;
	const char *assessor; /* where the file names none */
	struct csv csv;
	struct arena memory;
	long email, by, name;		      /* columns; -1: none */
	const struct def_criterion **columns; /* what each column of the file judges; NULL: nothing */
	struct row *first, **end;
	size_t n_rows;
};

static struct mentor_place place_of(const struct import *i, long column)
{
	return (struct mentor_place){ .file = i->csv.file, .line = i->csv.line, .row = i->csv.row,
		.field = column < 0 ? NULL : i->csv.headings[column] };
}

/* Headings are compared as people see them: without regard to case. */
static bool same_words(struct import *i, const char *a, const char *b)
{
	char *left = mentor_utf8_fold(a), *right = mentor_utf8_fold(b);
	bool same = left && right && strcmp(left, right) == 0;
	i->memory.failed = i->memory.failed || !left || !right;
	free(left);
	free(right);
	return same;
}

static const struct def_criterion *heading_criterion(struct import *i, const char *heading)
{
	for (size_t c = 0; c < i->d->n_criteria; c++)
		if (same_words(i, heading, i->d->criteria[c].slug) || same_words(i, heading, i->d->criteria[c].text))
			return &i->d->criteria[c];
	return NULL;
}

static void take_heading(struct import *i, long column)
{
	const char *heading = i->csv.headings[column];
	struct mentor_place place = { .file = i->csv.file, .line = 1, .field = heading };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	long *const known[] = { &i->email, &i->by, &i->name };
	static const char *const names[] = { "email", "assessor", "name" };
	for (size_t n = 0; n < 3; n++)
		if (*known[n] < 0 && same_words(i, heading, names[n])) {
			*known[n] = column;
			return;
		}
	i->columns[column] = heading_criterion(i, heading);
	for (long before = 0; i->columns[column] && before < column; before++)
		if (i->columns[before] == i->columns[column])
			problem_add(i->m, &place, "keep the column that counts", "the criterion has a column already");
	if (!i->columns[column]) {
		name_criteria(&hint, i->d, MENTOR_NONE, heading);
		problem_add(i->m, &place, hint.len ? mentor_buf_text(&hint) : NULL, "the programme has no such criterion");
	}
	mentor_buf_free(&hint);
}

static bool has_criteria(struct import *i)
{
	for (size_t c = 0; c < i->csv.n_headings && !i->memory.failed; c++)
		if (heading_criterion(i, i->csv.headings[c]))
			return true;
	return false;
}

/* One sentence instead of one for each heading. */
static enum mentor_status refuse_file(struct import *i)
{
	struct mentor_place place = { .file = i->csv.file, .line = 1 };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	name_criteria(&hint, i->d, MENTOR_NONE, "");
	enum mentor_status status = i->memory.failed || hint.failed ? fail_memory(i->m) :
	    fail_at(i->m, MENTOR_INVALID, &place, hint.len ? mentor_buf_text(&hint) : "the programme has no criteria; they stand under criteria in its file",
		"this line does not hold the headings of a file of scores: email, and the names of criteria");
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status take_headings(struct import *i)
{
	struct mentor_place place = { .file = i->csv.file, .line = 1, .field = "email" };
	if (!has_criteria(i))
		return refuse_file(i);
	i->email = i->by = i->name = -1;
	i->columns = arena_alloc(&i->memory, (i->csv.n_headings + 1) * sizeof(const struct def_criterion *));
	for (size_t c = 0; i->columns && c < i->csv.n_headings; c++)
		take_heading(i, (long)c);
	if (i->email < 0)
		problem_add(i->m, &place, "add a column with the applicants' addresses", "this heading is missing");
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

/* A cell without the blanks around it; NULL when it is empty. */
static const char *cell(struct import *i, long column)
{
	static const char blanks[] = " \t\n";
	if (column < 0)
		return NULL;
	const char *text = i->csv.cells[column] + strspn(i->csv.cells[column], blanks);
	size_t len = strlen(text);
	while (len && strchr(blanks, text[len - 1]))
		len--;
	return len ? arena_strndup(&i->memory, text, len) : NULL;
}

static void take_mark(struct import *i, struct row *row, const struct mentor_enrolment *e, long column)
{
	const struct def_criterion *c = i->columns[column];
	struct mentor_place place = place_of(i, column);
	const char *text = c ? cell(i, column) : NULL;
	struct mark *mark = &row->marks[row->n_marks];
	if (!text)
		return;
	mark->criterion = c;
	if (!judges(c, e->role))
		problem_add(i->m, &place, "leave the cell empty", "the criterion judges other applications than that of %s", e->name);
	else if (!read_points(c, text, &mark->points))
		problem_add(i->m, &place, NULL, "\"%s\" is not a whole number from 0 to %" PRId64, text, c->most);
	else
		row->n_marks++;
}

static enum mentor_status find_applicant(struct import *i, const char *address, int64_t *ret_enrolment)
{
	int64_t person = 0;
	enum mentor_status status = record_lookup(i->m, &mentor_entity_person, address, &person);
	if (!status)
		status = db_value(i->m, "SELECT id FROM enrolment WHERE cohort_id = $1 AND person_id = $2",
		    DB_ARGS(DB_NUMBER(i->cohort), DB_NUMBER(person)), 0, ret_enrolment);
	return status;
}

static void keep_row(struct import *i, const struct mentor_enrolment *e)
{
	struct row *row = arena_alloc(&i->memory, sizeof(*row));
	const char *by = cell(i, i->by);
	if (!row)
		return;
	*row = (struct row){ .enrolment = e->id, .person = e->person_id, .name = arena_strdup(&i->memory, e->name),
		.assessor = by ? by : i->assessor, .marks = arena_alloc(&i->memory, (i->csv.n_headings + 1) * sizeof(struct mark)),
		.number = i->csv.row };
	for (size_t c = 0; row->marks && c < i->csv.n_headings; c++)
		take_mark(i, row, e, (long)c);
	*i->end = row;
	i->end = &row->next;
	i->n_rows++;
}

static enum mentor_status read_row(struct import *i)
{
	struct mentor_place place = place_of(i, i->email);
	const char *address = cell(i, i->email);
	int64_t enrolment = 0;
	void *record = NULL;
	if (i->email < 0)
		return MENTOR_OK;
	if (!address) {
		problem_add(i->m, &place, NULL, "the cell is empty");
		return MENTOR_OK;
	}
	enum mentor_status status = find_applicant(i, address, &enrolment);
	if (!status && !enrolment)
		problem_add(i->m, &place, "see: mentor enrol list", "nobody in this cohort has the address '%s'", address);
	if (status || !enrolment)
		return status;
	status = mentor_record_get(i->m, &mentor_entity_enrolment, enrolment, &record);
	if (!status)
		keep_row(i, record);
	mentor_record_free(record);
	return status;
}

static int by_applicant(const void *a, const void *b)
{
	const struct row *left = *(const struct row *const *)a, *right = *(const struct row *const *)b;
	int assessors = strcmp(left->assessor, right->assessor);
	if (left->enrolment != right->enrolment)
		return left->enrolment < right->enrolment ? -1 : 1;
	return assessors ? assessors : (left->number > right->number) - (left->number < right->number);
}

/* Of two rows of one assessor for one applicant nobody could say which counts. */
static enum mentor_status check_twice(struct import *i)
{
	const struct row **sorted = arena_alloc(&i->memory, (i->n_rows + 1) * sizeof(const struct row *));
	size_t n = 0;
	if (!sorted)
		return fail_memory(i->m);
	for (const struct row *row = i->first; row; row = row->next)
		sorted[n++] = row;
	qsort(sorted, n, sizeof(const struct row *), by_applicant);
	for (size_t r = 1; r < n; r++) {
		if (sorted[r]->enrolment != sorted[r - 1]->enrolment || strcmp(sorted[r]->assessor, sorted[r - 1]->assessor) != 0)
			continue;
		struct mentor_place place = { .file = i->csv.file, .row = sorted[r]->number, .field = i->csv.headings[i->email] };
		problem_add(i->m, &place, "keep the one that counts and remove the other", "%s has scored %s in row %ld already", sorted[r]->assessor,
		    sorted[r]->name, sorted[r - 1]->number);
	}
	return MENTOR_OK;
}

static enum mentor_status read_rows(struct import *i)
{
	bool more = true;
	enum mentor_status status = take_headings(i);
	while (!status && !(status = csv_next(&i->csv, &more)) && more) {
		if (!csv_is_blank(&i->csv))
			status = read_row(i);
		if (!status && i->memory.failed)
			status = fail_memory(i->m);
	}
	return status ? status : check_twice(i);
}

static enum mentor_status store_rows(struct import *i, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct row *row = i->first; !status && row; row = row->next) {
		struct done done = { false, false };
		for (size_t n = 0; !status && n < row->n_marks; n++)
			status = store_mark(i->m, row->enrolment, &row->marks[n], row->assessor, &done);
		const struct mentor_import_row told = { change_word(&done), row->person, row->name, row->number };
		if (!status)
			status = each(arg, &told);
	}
	return status;
}

static enum mentor_status import(struct import *i, const char *file, const char *text, size_t len, char delimiter,
    enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	problems_clear(i->m);
	enum mentor_status status = csv_open(&i->csv, i->m, file, text, len, delimiter);
	if (!status)
		status = read_rows(i);
	if (!status)
		status = problems_result(i->m, file);
	if (!status)
		status = store_rows(i, each, arg);
	csv_close(&i->csv);
	return status;
}

enum mentor_status mentor_enrol_score_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    const char *assessor, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	struct definition *d = NULL;
	struct import i = { .m = m, .cohort = cohort, .assessor = assessor ? assessor : m->actor };
	i.end = &i.first;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = programme_of_cohort(m, cohort, &d);
	i.d = d;
	if (!status && d->n_criteria == 0)
		status = fail(m, MENTOR_REFUSED, "add criteria to the programme file", "the programme has no criteria");
	if (!status)
		status = import(&i, file, text, len, delimiter, each, arg);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&i.memory);
	definition_free(d);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}

/* ---- ranking ---- */

/* What one assessor has given one application so far. */
struct total {
	int64_t points, most; /* each times the weight */
	int64_t n;
};

/* Applications to be ranked, by enrolment at first. */
struct ranked {
	struct mentor_ranking r;
	int64_t enrolment, sum, lowest, highest;
};

struct ranking {
	struct mentor *m;
	const struct definition *d;
	struct arena arena;
	struct ranked *items;
	size_t n, most;
};

static int64_t rounded(int64_t part, int64_t whole)
{
	return (2 * part + whole) / (2 * whole);
}

static int64_t count_criteria(const struct definition *d, int64_t role)
{
	int64_t n = 0;
	for (size_t i = 0; i < d->n_criteria; i++)
		n += judges(&d->criteria[i], role);
	return n;
}

/* An assessor's marks are all there. */
static void close_total(struct ranked *item, const struct total *t)
{
	if (t->n == 0)
		return;
	int64_t total = rounded(10000 * t->points, t->most);
	bool first = item->r.assessors++ == 0;
	item->sum += total;
	item->lowest = first || total < item->lowest ? total : item->lowest;
	item->highest = first || total > item->highest ? total : item->highest;
	item->r.complete = (first || item->r.complete) && t->n == item->r.criteria;
}

#define RANKED "SELECT e.id, e.person_id, p.name, p.email, e.role, e.state, e.applied_on FROM enrolment e JOIN person p ON p.id = e.person_id "
#define MARKS "SELECT s.enrolment_id, s.assessor, s.criterion, s.points FROM score s JOIN enrolment e ON e.id = s.enrolment_id "
#define APPLICATIONS "WHERE e.cohort_id = $1 AND e.role <> 'facilitator' AND e.state <> 'withdrawn' "
#define ONE "WHERE e.id = $1 "

static void take_application(struct ranking *k, const struct db_rows *rows)
{
	if (k->n == k->most) {
		size_t most = k->most ? 2 * k->most : 64;
		struct ranked *grown = arena_alloc(&k->arena, most * sizeof(*grown));
		if (!grown)
			return;
		if (k->n)
			memcpy(grown, k->items, k->n * sizeof(*grown));
		k->items = grown;
		k->most = most;
	}
	int64_t role = field_choice(enrolment_roles, db_text(rows, 4));
	k->items[k->n++] = (struct ranked){ .enrolment = db_number(rows, 0),
		.r = { .place = MENTOR_NONE, .person = db_number(rows, 1), .name = arena_strdup(&k->arena, db_text(rows, 2)),
		    .email = arena_strdup(&k->arena, db_text(rows, 3)), .role = role, .criteria = count_criteria(k->d, role),
		    .state = field_choice(state_words, db_text(rows, 5)), .average = MENTOR_NONE, .spread = MENTOR_NONE,
		    .applied_on = arena_strdup(&k->arena, db_text(rows, 6)) } };
}

static enum mentor_status read_applications(struct ranking *k, int64_t key, bool one)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(k->m, one ? RANKED ONE : RANKED APPLICATIONS "ORDER BY e.id", DB_ARGS(DB_NUMBER(key)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		take_application(k, rows);
		status = k->arena.failed ? fail_memory(k->m) : MENTOR_OK;
	}
	db_done(rows);
	return status;
}

static void add_mark(const struct ranking *k, const struct ranked *item, struct total *t, const struct db_rows *rows)
{
	const struct def_criterion *c = find_criterion(k->d, db_text(rows, 2));
	int64_t points = db_number(rows, 3);
	if (!c || !judges(c, item->r.role))
		return;
	t->points += c->weight * (points < c->most ? points : c->most);
	t->most += c->weight * c->most;
	t->n++;
}

/* Marks come by application and assessor: whenever either is another one, a total is done. */
static enum mentor_status read_marks(struct ranking *k, int64_t key, bool one)
{
	struct db_rows *rows = NULL;
	struct mentor_buf assessor = MENTOR_BUF_INIT;
	struct total total = { 0 };
	bool more = true;
	size_t at = 0;
	enum mentor_status status =
	    db_query(k->m, one ? MARKS ONE "ORDER BY e.id, s.assessor" : MARKS APPLICATIONS "ORDER BY e.id, s.assessor", DB_ARGS(DB_NUMBER(key)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		bool same = at < k->n && k->items[at].enrolment == db_number(rows, 0) && strcmp(mentor_buf_text(&assessor), db_text(rows, 1)) == 0;
		if (!same) {
			if (at < k->n)
				close_total(&k->items[at], &total);
			total = (struct total){ 0 };
			while (at < k->n && k->items[at].enrolment < db_number(rows, 0))
				at++;
			mentor_buf_clear(&assessor);
			mentor_buf_str(&assessor, db_text(rows, 1));
		}
		if (at < k->n)
			add_mark(k, &k->items[at], &total, rows);
	}
	if (!status && at < k->n)
		close_total(&k->items[at], &total);
	if (!status && assessor.failed)
		status = fail_memory(k->m);
	mentor_buf_free(&assessor);
	db_done(rows);
	return status;
}

static int best_first(const void *a, const void *b)
{
	const struct mentor_ranking *left = &((const struct ranked *)a)->r, *right = &((const struct ranked *)b)->r;
	if (left->role != right->role)
		return left->role < right->role ? -1 : 1;
	if (left->average != right->average) /* none is less than any */
		return left->average > right->average ? -1 : 1;
	int days = strcmp(left->applied_on, right->applied_on);
	return days ? days : strcmp(left->email, right->email);
}

static enum mentor_status rank(struct ranking *k, int64_t key, bool one)
{
	enum mentor_status status = read_applications(k, key, one);
	if (!status)
		status = read_marks(k, key, one);
	for (size_t i = 0; !status && i < k->n; i++) {
		struct ranked *item = &k->items[i];
		if (item->r.assessors) {
			item->r.average = rounded(item->sum, item->r.assessors);
			item->r.spread = item->highest - item->lowest;
		}
	}
	return status;
}

enum mentor_status mentor_enrol_scores(struct mentor *m, int64_t cohort, int64_t role, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct ranking k = { .m = m };
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	k.d = d;
	if (!status)
		status = rank(&k, cohort, false);
	if (!status && k.n)
		qsort(k.items, k.n, sizeof(*k.items), best_first);
	for (size_t i = 0, place = 1; !status && i < k.n; i++) {
		struct mentor_ranking *r = &k.items[i].r;
		place = i && k.items[i - 1].r.role == r->role ? place + 1 : 1;
		if (r->assessors)
			r->place = (int64_t)place;
		if (role == MENTOR_NONE || r->role == role)
			status = each(arg, r);
	}
	arena_free(&k.arena);
	definition_free(d);
	return status;
}

/* ---- one application ---- */

static enum mentor_status cohort_of(struct mentor *m, int64_t enrolment, int64_t *ret_cohort)
{
	return db_value(m, "SELECT cohort_id FROM enrolment WHERE id = $1", DB_ARGS(DB_NUMBER(enrolment)), 0, ret_cohort);
}

enum mentor_status mentor_enrol_scored(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct ranking k = { .m = m };
	int64_t cohort = 0;
	enum mentor_status status = cohort_of(m, enrolment, &cohort);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	k.d = d;
	if (!status)
		status = rank(&k, enrolment, true);
	if (!status && k.n)
		status = each(arg, &k.items[0].r);
	arena_free(&k.arena);
	definition_free(d);
	return status;
}

static enum mentor_status tell_criterion(struct mentor *m, const struct definition *d, int64_t enrolment, const struct def_criterion *c,
    mentor_record_fn *each, void *arg)
{
	struct mentor_criterion row = { .criterion = c->slug, .text = c->text, .most = c->most, .weight = c->weight,
		.average = MENTOR_NONE, .lowest = MENTOR_NONE, .highest = MENTOR_NONE };
	struct mentor_buf answer = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = false;
	const struct def_column *column = c->column ? definition_column(d, c->column) : NULL;
	enum mentor_status status = column ? selection_answer(m, enrolment, column, &answer) : MENTOR_OK;
	if (!status)
		status = db_query(m, "SELECT count(*), sum(points), min(points), max(points) FROM score WHERE enrolment_id = $1 AND criterion = $2",
		    DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(c->slug)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more && db_number(rows, 0) > 0) {
		row.n = db_number(rows, 0);
		row.average = rounded(100 * db_number(rows, 1), row.n);
		row.lowest = db_number(rows, 2);
		row.highest = db_number(rows, 3);
	}
	db_done(rows);
	row.answer = answer.len ? mentor_buf_text(&answer) : NULL;
	if (!status)
		status = each(arg, &row);
	mentor_buf_free(&answer);
	return status;
}

enum mentor_status mentor_enrol_criteria(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	const struct mentor_enrolment *e = record;
	if (!status)
		status = programme_of_cohort(m, e->cohort_id, &d);
	for (size_t i = 0; !status && i < d->n_criteria; i++)
		if (judges(&d->criteria[i], e->role))
			status = tell_criterion(m, d, enrolment, &d->criteria[i], each, arg);
	definition_free(d);
	mentor_record_free(record);
	return status;
}
