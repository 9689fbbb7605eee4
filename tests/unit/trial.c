/* trial.c (test): a proposal with some things changed. */
#include "support_match.h"

/** What was told, a line each. */
struct said {
	size_t n;
	char lines[32][120];
	enum mentor_status stop; /* what to answer */
};

static enum mentor_status note(void *arg, const char *part, const void *record)
{
	struct said *s = arg;
	assert_true(s->n < 32);
	char *line = s->lines[s->n++];
	if (strcmp(part, "pairs") == 0) {
		const struct mentor_match_difference *d = record;
		snprintf(line, sizeof(s->lines[0]), "%s %s-%s %d", d->change, d->mentor_name, d->mentee_name, (int)d->score);
	} else if (strcmp(part, "people") == 0) {
		const struct mentor_match_turn *t = record;
		snprintf(line, sizeof(s->lines[0]), "%s %s %s", t->change, t->name, t->role == MENTOR_ROLE_MENTOR ? "mentor" : "mentee");
	} else {
		const struct mentor_match_outcome *o = record;
		snprintf(line, sizeof(s->lines[0]), "%s %d pairs, left %d and %d, %d points", o->proposal, (int)o->pairs, (int)o->mentors_left,
		    (int)o->mentees_left, (int)o->score);
	}
	return s->stop;
}

static void expect(const struct said *s, size_t i, const char *line)
{
	if (i >= s->n)
		fail_msg("there is no line %zu: %s", i, line);
	assert_string_equal(s->lines[i], line);
}

static enum mentor_status try(struct world *w, struct said *s, const struct mentor_match_change *changes, size_t n)
{
	uint64_t before = support_fingerprint(w->m);
	memset(s, 0, sizeof(*s));
	enum mentor_status status = mentor_match_what_if(w->m, w->cohort, changes, n, note, s);
	assert_int_equal(before, support_fingerprint(w->m));
	return status;
}

/* ann 1, bob 2 mentor; cat 3, dan 4 are mentored; eve 5, who mentors, is left over. */
static struct world *five(void)
{
	static const struct someone eve[] = { { "eve", "mentor", "D", "1", NULL, "x", 0 }, { 0 } };
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_add_all(w, eve);
	world_propose(w);
	return w;
}

static void without_changes_it_says_what_proposing_anew_would_do(void **state)
{
	struct world *w = five();
	struct said s;
	(void)state;
	assert_int_equal(try(w, &s, NULL, 0), MENTOR_OK);
	expect(&s, 0, "present 2 pairs, left 1 and 0, 12000 points");
	expect(&s, 1, "tried 2 pairs, left 1 and 0, 12000 points");
	assert_int_equal(s.n, 2);
	support_sql(w->m, "DELETE FROM pair");
	assert_int_equal(try(w, &s, NULL, 0), MENTOR_OK);
	expect(&s, 0, "gained ann-cat 6000");
	expect(&s, 2, "matched ann mentor");
	mentor_free(w->m);
}

static void one_more_place_gives_somebody_a_partner(void **state)
{
	struct world *w = five();
	struct said s;
	const struct mentor_match_change c = { .kind = MENTOR_MATCH_PLACES, .person = 3, .places = 2 };
	(void)state;
	assert_int_equal(try(w, &s, &c, 1), MENTOR_OK);
	expect(&s, 0, "gained eve-cat 1000");
	expect(&s, 1, "matched eve mentor");
	expect(&s, 2, "present 2 pairs, left 1 and 0, 12000 points");
	expect(&s, 3, "tried 3 pairs, left 0 and 0, 13000 points");
	mentor_free(w->m);
}

static void someone_taken_out_is_neither_matched_nor_left_over(void **state)
{
	struct world *w = five();
	struct said s;
	int64_t n = 0;
	const struct mentor_match_change c = { .kind = MENTOR_MATCH_WITHOUT_PERSON, .person = 1 };
	(void)state;
	assert_int_equal(try(w, &s, &c, 1), MENTOR_OK);
	expect(&s, 0, "lost ann-cat 6000");
	expect(&s, 1, "gained eve-cat 1000");
	expect(&s, 2, "matched eve mentor");
	expect(&s, 3, "present 2 pairs, left 1 and 0, 12000 points");
	expect(&s, 4, "tried 2 pairs, left 0 and 0, 7000 points");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(try(w, &s, &c, 1), MENTOR_OK); /* a published pair ends with it, and the place is free */
	expect(&s, 0, "gained eve-cat 1000");
	expect(&s, 1, "matched eve mentor");
	expect(&s, 2, "present 0 pairs, left 1 and 0, 0 points");
	mentor_free(w->m);
}

static void someone_accepted_can_take_a_partner_or_be_left_over(void **state)
{
	struct world *w = five();
	struct said s;
	const struct mentor_match_change c = { .kind = MENTOR_MATCH_ACCEPT, .person = 5 }, cat = { .kind = MENTOR_MATCH_WITHOUT_PERSON, .person = 2 };
	(void)state;
	support_sql(w->m, "UPDATE enrolment SET state = 'waiting' WHERE person_id = 5");
	world_propose(w);
	assert_int_equal(try(w, &s, &c, 1), MENTOR_OK);
	expect(&s, 0, "left over eve mentor");
	expect(&s, 1, "present 2 pairs, left 0 and 0, 12000 points");
	expect(&s, 2, "tried 2 pairs, left 1 and 0, 12000 points");
	const struct mentor_match_change both[] = { c, cat };
	support_sql(w->m, "UPDATE person SET directorate = 'E' WHERE id = 5");
	assert_int_equal(try(w, &s, both, 2), MENTOR_OK);
	expect(&s, 0, "lost bob-dan 6000");
	expect(&s, 1, "gained eve-dan 1000");
	expect(&s, 2, "matched eve mentor");
	mentor_free(w->m);
}

static void rules_are_left_out_for_all_or_for_one_pair(void **state)
{
	struct world *w = world_new();
	struct said s;
	static const struct someone people[] = { { "ann", "mentor", "A", "1", NULL, "a", 0 }, { "bob", "mentee", "A", "1", NULL, "a", 0 }, { 0 } };
	const struct mentor_match_change rule = { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = "other-directorate" };
	const struct mentor_match_change line = { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = "no-line" };
	const struct mentor_match_change pair = { .kind = MENTOR_MATCH_WITH_PAIR, .person = 1, .other = 2 };
	(void)state;
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(try(w, &s, &rule, 1), MENTOR_OK);
	expect(&s, 0, "gained ann-bob 5000");
	assert_int_equal(try(w, &s, &pair, 1), MENTOR_OK);
	expect(&s, 0, "gained ann-bob 5000");
	assert_int_equal(try(w, &s, &line, 1), MENTOR_OK);
	expect(&s, 0, "present 0 pairs, left 1 and 1, 0 points");
	mentor_free(w->m);
}

static void who_is_kept_apart_stays_so_whatever_is_tried(void **state)
{
	struct world *w = five();
	struct said s;
	const char *change = NULL;
	const struct mentor_match_change pair = { .kind = MENTOR_MATCH_WITH_PAIR, .person = 1, .other = 3 };
	(void)state;
	assert_int_equal(mentor_match_avoid(w->m, 1, 3, false, NULL, &change), MENTOR_OK);
	assert_int_equal(try(w, &s, &pair, 1), MENTOR_OK);
	for (size_t i = 0; i < s.n; i++)
		assert_null(strstr(s.lines[i], "gained ann-cat"));
	expect(&s, 0, "lost ann-cat 6000");
	mentor_free(w->m);
}

static void a_pin_is_let_go_of(void **state)
{
	struct world *w = five();
	struct said s;
	const struct mentor_match_change unpin = { .kind = MENTOR_MATCH_UNPIN, .pair = 1 };
	bool changed = false;
	(void)state;
	assert_int_equal(try(w, &s, &unpin, 1), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m1 is not pinned");
	assert_int_equal(mentor_match_pin(w->m, 1, true, &changed), MENTOR_OK);
	support_sql(w->m, "DELETE FROM answer WHERE enrolment_id = 1");
	support_sql(w->m, "INSERT INTO answer (enrolment_id, question, value) VALUES (5, 'topics', 'a' || char(10) || 'b')"
			 "ON CONFLICT (enrolment_id, question) DO UPDATE SET value = answer.value || char(10) || excluded.value");
	assert_int_equal(try(w, &s, NULL, 0), MENTOR_OK);
	expect(&s, 0, "present 2 pairs, left 1 and 0, 12000 points");
	assert_int_equal(try(w, &s, &unpin, 1), MENTOR_OK);
	expect(&s, 0, "lost ann-cat 6000");
	expect(&s, 1, "gained eve-cat 4330");
	mentor_free(w->m);
}

static void what_cannot_be_tried_is_refused(void **state)
{
	static const struct {
		struct mentor_match_change change;
		enum mentor_status status;
		const char *message;
	} wrong[] = {
		{ { .kind = MENTOR_MATCH_PLACES, .person = 99 }, MENTOR_NOT_FOUND, "p99 is not in this cohort" },
		{ { .kind = MENTOR_MATCH_ACCEPT, .person = 99 }, MENTOR_NOT_FOUND, "p99 is not in this cohort" },
		{ { .kind = MENTOR_MATCH_WITHOUT_PERSON, .person = 99 }, MENTOR_NOT_FOUND, "p99 is not in this cohort" },
		{ { .kind = MENTOR_MATCH_WITH_PAIR, .person = 1, .other = 99 }, MENTOR_NOT_FOUND, "p99 is not in this cohort" },
		{ { .kind = MENTOR_MATCH_WITH_PAIR, .person = 99, .other = 1 }, MENTOR_NOT_FOUND, "p99 is not in this cohort" },
		{ { .kind = MENTOR_MATCH_WITH_PAIR, .person = 1, .other = 2 }, MENTOR_REFUSED, "ann and bob can be no pair, whatever the rules say" },
		{ { .kind = MENTOR_MATCH_ACCEPT, .person = 1 }, MENTOR_REFUSED, "ann is accepted already" },
		{ { .kind = MENTOR_MATCH_ACCEPT, .person = 6 }, MENTOR_REFUSED, "fay is a facilitator, and facilitators are not matched" },
		{ { .kind = MENTOR_MATCH_ACCEPT, .person = 7 }, MENTOR_REFUSED, "gil has withdrawn" },
		{ { .kind = MENTOR_MATCH_UNPIN, .pair = 99 }, MENTOR_NOT_FOUND, "m99 is not a pair of this cohort" },
		{ { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = "no-lines" }, MENTOR_NOT_FOUND, "the programme has no hard rule 'no-lines'" },
	};
	static const struct someone more[] = { { "fay", "facilitator", "A", NULL, NULL, NULL, 0 }, { "gil", "mentor", "A", NULL, NULL, NULL, 0 }, { 0 } };
	struct world *w = five();
	struct said s;
	(void)state;
	world_add_all(w, more);
	support_sql(w->m, "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = 7");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(try(w, &s, &wrong[i].change, 1), wrong[i].status);
		assert_string_equal(mentor_error(w->m)->message, wrong[i].message);
		assert_int_equal(s.n, 0);
	}
	assert_string_equal(mentor_error(w->m)->hint, "there are: other-directorate, no-line");
	mentor_free(w->m);
}

static enum mentor_status stop_here(void *arg, const char *part, const void *record)
{
	(void)record;
	return strcmp(part, arg) == 0 ? MENTOR_FAILED : MENTOR_OK;
}

static void who_listens_can_stop_it(void **state)
{
	struct world *w = five();
	const struct mentor_match_change c = { .kind = MENTOR_MATCH_PLACES, .person = 3, .places = 2 };
	char parts[][10] = { "pairs", "people", "outcomes" };
	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(mentor_match_what_if(w->m, w->cohort, &c, 1, stop_here, parts[i]), MENTOR_FAILED);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_changes_it_says_what_proposing_anew_would_do),
		cmocka_unit_test(one_more_place_gives_somebody_a_partner),
		cmocka_unit_test(someone_taken_out_is_neither_matched_nor_left_over),
		cmocka_unit_test(someone_accepted_can_take_a_partner_or_be_left_over),
		cmocka_unit_test(rules_are_left_out_for_all_or_for_one_pair),
		cmocka_unit_test(who_is_kept_apart_stays_so_whatever_is_tried),
		cmocka_unit_test(a_pin_is_let_go_of),
		cmocka_unit_test(what_cannot_be_tried_is_refused),
		cmocka_unit_test(who_listens_can_stop_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
