/* relax.c (test): what would help someone left over, against trying everything. */
#include "support_match.h"

#include <stdlib.h>

static const char two_rules[] = "programme: demo\n"
				"title: Demo mentoring\n"
				"contact:\n"
				"  email: team@example.org\n"
				"application:\n"
				"  columns:\n"
				"    email: { header: Email }\n"
				"    name: { header: Name }\n"
				"    role: { header: Role }\n"
				"    topics: { header: Topics, many: yes }\n"
				"matching:\n"
				"  rules:\n"
				"    other-directorate: { rule: different, field: directorate }\n"
				"    other-grade: { rule: different, field: grade }\n"
				"  scores:\n"
				"    topics: { score: overlap, field: topics, weight: high }\n"
				"contract:\n"
				"  purpose: We learn from each other.\n";

static const char *const rules[] = { "other-directorate", "other-grade" };
enum { SIDE = 4, EVERYBODY = 2 * SIDE, MOST_HELP = 16 };

/** A small cohort as the test knows it: people 0 to 3 mentor, 4 to 7 are mentored; person i has number i + 1. */
struct small {
	struct world *w;
	char names[EVERYBODY][16];
	struct someone people[EVERYBODY];
	bool waits[EVERYBODY];
	unsigned broken[SIDE][SIDE]; /* 1, 2: the rules; 4: kept apart */
	bool pinned[SIDE][SIDE];
	int places[EVERYBODY];
	int partners[EVERYBODY]; /* proposed */
};

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 16;
}

static void make_small(struct small *s, uint32_t seed, bool open)
{
	static const char *const directorates[] = { "A", "B", "C" }, *const grades[] = { "1", "2", "3" }, *const topics[] = { "a", "ab", "bc", "c" };
	memset(s, 0, sizeof(*s));
	s->w = world_new_of(two_rules);
	for (int i = 0; i < EVERYBODY; i++) {
		snprintf(s->names[i], sizeof(s->names[i]), "p%d", i);
		s->people[i] = (struct someone){ s->names[i], i < SIDE ? "mentor" : "mentee", directorates[random_next(&seed) % 3],
			grades[random_next(&seed) % 3], NULL, topics[random_next(&seed) % 4], random_next(&seed) % 4 == 0 ? 2 : 1 };
		if (open && i % 2 == 0)
			s->people[i].role = "either";
		s->places[i] = (int)s->people[i].places;
		s->waits[i] = random_next(&seed) % 5 == 0;
		world_add(s->w, &s->people[i]);
		if (s->waits[i]) {
			char sql[120];
			snprintf(sql, sizeof(sql), "UPDATE enrolment SET state = 'waiting' WHERE person_id = %d", i + 1);
			support_sql(s->w->m, sql);
		}
	}
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++) {
			const struct someone *a = &s->people[i], *b = &s->people[SIDE + j];
			bool apart = random_next(&seed) % 6 == 0;
			const char *change = NULL;
			s->broken[i][j] = (strcmp(a->directorate, b->directorate) == 0 ? 1 : 0) | (strcmp(a->grade, b->grade) == 0 ? 2 : 0) | (apart ? 4 : 0);
			if (apart)
				assert_int_equal(mentor_match_avoid(s->w->m, i + 1, SIDE + j + 1, false, NULL, &change), MENTOR_OK);
		}
}

static enum mentor_status note_proposed(void *arg, const struct mentor_match_row *row)
{
	struct small *s = arg;
	if (strcmp(row->change, "removed") == 0)
		return MENTOR_OK;
	s->partners[row->mentor - 1]++;
	s->partners[row->mentee - 1]++;
	return MENTOR_OK;
}

static int64_t propose(struct small *s)
{
	struct mentor_match_sink sink = { note_proposed, NULL, s, NULL };
	struct mentor_match_summary summary;
	memset(s->partners, 0, sizeof(s->partners));
	assert_int_equal(mentor_match_propose(s->w->m, s->w->cohort, &sink, &summary), MENTOR_OK);
	return summary.pairs;
}

/* Pins a pair or two that were proposed, and proposes anew. */
static void pin_some(struct small *s, uint32_t *seed)
{
	for (int id = 1; id <= 2; id++) {
		char sql[120];
		bool changed = false;
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM pair WHERE id = %d AND state = 'proposed'", id);
		if (random_next(seed) % 2 == 0 || support_number(s->w->m, sql) == 0)
			continue;
		assert_int_equal(mentor_match_pin(s->w->m, id, true, &changed), MENTOR_OK);
		snprintf(sql, sizeof(sql), "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentor_id WHERE p.id = %d", id);
		int64_t mentor = support_number(s->w->m, sql);
		snprintf(sql, sizeof(sql), "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentee_id WHERE p.id = %d", id);
		s->pinned[mentor - 1][support_number(s->w->m, sql) - 1 - SIDE] = true;
	}
	propose(s);
}

/* Whether the pairs from number `at` on can give everybody what is still needed, by trying each with and without. */
static bool can(const struct small *s, int at, int *need, int *room)
{
	if (at == SIDE * SIDE) {
		for (int i = 0; i < EVERYBODY; i++)
			if (need[i] > 0)
				return false;
		return true;
	}
	int i = at / SIDE, j = SIDE + at % SIDE;
	bool allowed = !s->waits[i] && !s->waits[j] && s->broken[i][j - SIDE] == 0;
	if (allowed && room[i] > 0 && room[j] > 0) {
		need[i]--;
		need[j]--;
		room[i]--;
		room[j]--;
		bool good = can(s, at + 1, need, room);
		need[i]++;
		need[j]++;
		room[i]++;
		room[j]++;
		if (good || s->pinned[i][j - SIDE])
			return good;
	}
	return !s->pinned[i][j - SIDE] && can(s, at + 1, need, room);
}

/* Whether person `who` could have a partner and everybody keep as many as now. */
static bool helps(const struct small *s, int who)
{
	int need[EVERYBODY], room[EVERYBODY];
	for (int i = 0; i < EVERYBODY; i++) {
		need[i] = s->partners[i] + (i == who);
		room[i] = s->places[i];
	}
	return can(s, 0, need, room);
}

/* The same with something changed; what is changed comes back. */
static bool changed_helps(const struct small *s, int who, const struct mentor_match_change *changes, size_t n)
{
	struct small t = *s;
	for (size_t i = 0; i < n; i++) {
		const struct mentor_match_change *c = &changes[i];
		unsigned rule = c->rule && strcmp(c->rule, rules[0]) == 0 ? 1 : 2;
		if (c->kind == MENTOR_MATCH_UNPIN)
			t.pinned[c->person - 1][c->other - 1 - SIDE] = false;
		else if (c->kind == MENTOR_MATCH_WITH_PAIR)
			t.broken[c->person - 1][c->other - 1 - SIDE] &= 4;
		else if (c->kind == MENTOR_MATCH_PLACES)
			t.places[c->person - 1] = (int)c->places;
		else if (c->kind == MENTOR_MATCH_ACCEPT)
			t.waits[c->person - 1] = false;
		for (int k = 0; c->kind == MENTOR_MATCH_WITHOUT_RULE && k < SIDE * SIDE; k++)
			t.broken[k / SIDE][k % SIDE] &= ~rule;
	}
	return helps(&t, who);
}

/** What was said would help. */
struct help {
	struct mentor_match_change changes[MOST_HELP][2];
	size_t n_changes[MOST_HELP], n;
	int64_t sure[MOST_HELP];
};

static enum mentor_status note_help(void *arg, const struct mentor_match_line *line)
{
	struct help *h = arg;
	if (line->kind != MENTOR_MATCH_HELP)
		return MENTOR_OK;
	assert_true(h->n < MOST_HELP);
	memcpy(h->changes[h->n], line->changes, line->n_changes * sizeof(*line->changes));
	for (size_t i = 0; i < line->n_changes; i++) /* the texts of a line live as long as the call */
		if (line->changes[i].rule)
			h->changes[h->n][i].rule = strcmp(line->changes[i].rule, rules[0]) == 0 ? rules[0] : rules[1];
	h->n_changes[h->n] = line->n_changes;
	h->sure[h->n++] = line->sure;
	return MENTOR_OK;
}

enum { UNPIN, EXCEPTION, PLACE, ACCEPTANCE, RULE, EXCEPTION_TO_TWO, TWO_RULES, N_KINDS };

static int kind_of(const struct small *s, const struct mentor_match_change *c, size_t n)
{
	static const int kinds[] = { [MENTOR_MATCH_UNPIN] = UNPIN, [MENTOR_MATCH_PLACES] = PLACE, [MENTOR_MATCH_ACCEPT] = ACCEPTANCE };
	if (c->kind == MENTOR_MATCH_WITH_PAIR)
		return s->broken[c->person - 1][c->other - 1 - SIDE] == 3 ? EXCEPTION_TO_TWO : EXCEPTION;
	if (c->kind == MENTOR_MATCH_WITHOUT_RULE)
		return n == 2 ? TWO_RULES : RULE;
	return kinds[c->kind];
}

/* Which kinds of change help, by trying every one. */
static void try_everything(const struct small *s, int who, bool ret[N_KINDS])
{
	memset(ret, 0, N_KINDS * sizeof(*ret));
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++) {
			struct mentor_match_change c = { .kind = MENTOR_MATCH_UNPIN, .person = i + 1, .other = SIDE + j + 1 };
			ret[UNPIN] = ret[UNPIN] || (s->pinned[i][j] && changed_helps(s, who, &c, 1));
			c.kind = MENTOR_MATCH_WITH_PAIR;
			if (s->broken[i][j] && s->broken[i][j] < 4 && changed_helps(s, who, &c, 1))
				ret[s->broken[i][j] == 3 ? EXCEPTION_TO_TWO : EXCEPTION] = true;
		}
	for (int i = 0; i < EVERYBODY; i++) {
		struct mentor_match_change c = { .kind = MENTOR_MATCH_PLACES, .person = i + 1, .places = s->places[i] + 1 };
		if ((i < SIDE) == (who < SIDE))
			continue;
		ret[PLACE] = ret[PLACE] || changed_helps(s, who, &c, 1);
		c.kind = MENTOR_MATCH_ACCEPT;
		ret[ACCEPTANCE] = ret[ACCEPTANCE] || (s->waits[i] && changed_helps(s, who, &c, 1));
	}
	struct mentor_match_change both[2] = { { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = rules[0] }, { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = rules[1] } };
	ret[RULE] = changed_helps(s, who, &both[0], 1) || changed_helps(s, who, &both[1], 1);
	ret[TWO_RULES] = !ret[RULE] && changed_helps(s, who, both, 2);
	ret[EXCEPTION_TO_TWO] = ret[EXCEPTION_TO_TWO] && !ret[EXCEPTION];
}

/** What trying a change came to. */
struct tried {
	int64_t present, pairs, who;
	bool matched, left;
};

static enum mentor_status note_tried(void *arg, const char *part, const void *record)
{
	struct tried *t = arg;
	const struct mentor_match_outcome *outcome = record;
	const struct mentor_match_turn *turn = record;
	if (strcmp(part, "outcomes") == 0)
		*(strcmp(outcome->proposal, "present") == 0 ? &t->present : &t->pairs) = outcome->pairs;
	if (strcmp(part, "people") != 0)
		return MENTOR_OK;
	t->matched = t->matched || (strcmp(turn->change, "matched") == 0 && turn->person == t->who);
	t->left = t->left || strcmp(turn->change, "left over") == 0;
	return MENTOR_OK;
}

/* Does in earnest what a change says, so far as it is no new revision of the programme. */
static bool do_it(struct small *s, const struct mentor_match_change *c)
{
	char sql[120];
	bool changed = false;
	switch (c->kind) {
	case MENTOR_MATCH_UNPIN:
		assert_int_equal(mentor_match_pin(s->w->m, c->pair, false, &changed), MENTOR_OK);
		return true;
	case MENTOR_MATCH_WITH_PAIR:
		assert_int_equal(mentor_match_add(s->w->m, s->w->cohort, c->person, c->other, "agreed", NULL), MENTOR_OK);
		return true;
	case MENTOR_MATCH_PLACES:
		snprintf(sql, sizeof(sql), "UPDATE enrolment SET places = %d WHERE person_id = %d", (int)c->places, (int)c->person);
		break;
	case MENTOR_MATCH_ACCEPT:
		snprintf(sql, sizeof(sql), "UPDATE enrolment SET state = 'accepted' WHERE person_id = %d", (int)c->person);
		break;
	case MENTOR_MATCH_WITHOUT_RULE:
	case MENTOR_MATCH_WITHOUT_PERSON:
		return false;
	}
	support_sql(s->w->m, sql);
	return true;
}

static void check_one(struct small *s, int who, struct mentor_match_change *changes, size_t n, int64_t sure)
{
	struct tried t = { .who = who + 1 };
	const uint64_t before = support_fingerprint(s->w->m);
	assert_int_equal(mentor_match_what_if(s->w->m, s->w->cohort, changes, n, note_tried, &t), MENTOR_OK);
	assert_int_equal(before, support_fingerprint(s->w->m));
	assert_true(t.pairs > t.present);
	assert_int_equal(sure, t.matched && (!t.left || (changes[0].kind == MENTOR_MATCH_ACCEPT && sure)));
	assert_int_equal(mentor_begin(s->w->m), MENTOR_OK);
	if (do_it(s, changes)) {
		struct small then = *s;
		assert_int_equal(propose(&then), t.pairs);
		for (int i = 0; i < EVERYBODY && sure; i++)
			assert_true(then.partners[i] > 0 || (s->partners[i] == 0 && i != who));
	}
	mentor_rollback(s->w->m);
}

static void check_person(struct small *s, int who)
{
	struct help help = { .n = 0 };
	struct mentor_match_subject subject;
	bool said[N_KINDS] = { false }, tried[N_KINDS];
	int last = -1;
	assert_int_equal(mentor_match_explain_person(s->w->m, s->w->cohort, who + 1, note_help, &help, &subject), MENTOR_OK);
	if (subject.considered == 0)
		return;
	assert_false(helps(s, who));
	for (size_t i = 0; i < help.n; i++) {
		struct mentor_match_change *c = help.changes[i], as_known[2] = { c[0], c[1] };
		if (c->kind == MENTOR_MATCH_UNPIN) { /* the test knows it by its people */
			char sql[120];
			snprintf(sql, sizeof(sql), "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentor_id WHERE p.id = %d", (int)c->pair);
			as_known->person = support_number(s->w->m, sql);
			snprintf(sql, sizeof(sql), "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentee_id WHERE p.id = %d", (int)c->pair);
			as_known->other = support_number(s->w->m, sql);
		}
		int kind = kind_of(s, c, help.n_changes[i]);
		assert_true(changed_helps(s, who, as_known, help.n_changes[i]));
		assert_true(kind > last); /* the smallest first, none twice */
		said[last = kind] = true;
		check_one(s, who, c, help.n_changes[i], help.sure[i]);
	}
	try_everything(s, who, tried);
	for (int kind = 0; kind < N_KINDS; kind++)
		if (said[kind] != tried[kind])
			fail_msg("person %d, kind %d: said %d, tried %d", who, kind, said[kind], tried[kind]);
}

static void what_helps_is_what_trying_everything_finds(void **state)
{
	int explained = 0;
	(void)state;
	for (uint32_t seed = 1; seed <= 80; seed++) {
		struct small s;
		uint32_t r = seed;
		make_small(&s, seed * 7919U, false);
		propose(&s);
		pin_some(&s, &r);
		for (int who = 0; who < EVERYBODY; who++) {
			if (s.waits[who] || s.partners[who] > 0)
				continue;
			check_person(&s, who);
			explained++;
		}
		mentor_free(s.w->m);
	}
	assert_true(explained > 80);
}

static void where_sides_are_open_what_is_said_to_help_does(void **state)
{
	size_t n = 0;
	(void)state;
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct small s;
		make_small(&s, seed * 7919U, true);
		propose(&s);
		for (int who = 0; who < EVERYBODY; who++) {
			struct help help = { .n = 0 };
			struct mentor_match_subject subject;
			if (s.waits[who] || s.partners[who] > 0)
				continue;
			assert_int_equal(mentor_match_explain_person(s.w->m, s.w->cohort, who + 1, note_help, &help, &subject), MENTOR_OK);
			for (size_t i = 0; i < help.n; i++) {
				assert_int_equal(help.sure[i], 1);
				check_one(&s, who, help.changes[i], help.n_changes[i], 1);
			}
			n += help.n;
		}
		mentor_free(s.w->m);
	}
	assert_true(n > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_helps_is_what_trying_everything_finds),
		cmocka_unit_test(where_sides_are_open_what_is_said_to_help_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
