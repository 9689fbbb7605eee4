/* proposal.c (test): proposals that are kept, compared and taken back. */
#include "support_match.h"

static enum mentor_status note_difference(void *arg, const void *record)
{
	const struct mentor_proposal_difference *d = record;
	struct world *w = arg;
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%s: %s-%s", d->in, d->mentor_name, d->mentee_name);
	return MENTOR_OK;
}

static enum mentor_status note_row(void *arg, const struct mentor_match_row *row)
{
	struct world *w = arg;
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%s m%d %s-%s", row->change, (int)row->pair, row->mentor_name, row->mentee_name);
	return MENTOR_OK;
}

static const char *save(struct world *w, const char *name)
{
	const char *change = NULL;
	assert_int_equal(mentor_proposal_save(w->m, w->cohort, name, MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL, &change), MENTOR_OK);
	return change;
}

static void a_proposal_can_be_kept_compared_and_taken_back(void **state)
{
	(void)state;
	struct world *w = world_new();
	const struct mentor_match_sink sink = { .pair = note_row, .arg = w };
	bool changed = false;
	world_add_all(w, world_four);
	world_propose(w);
	assert_string_equal(save(w, "first"), "kept");
	assert_string_equal(save(w, "first"), "unchanged");
	assert_int_equal(mentor_match_block(w->m, w->cohort, 1, 3, true, &changed), MENTOR_OK);
	world_propose(w);
	assert_string_equal(save(w, "second"), "kept");
	w->n_rows = 0;
	assert_int_equal(mentor_proposal_compare(w->m, w->cohort, "first", "current", note_difference, w), MENTOR_OK);
	assert_int_equal(w->n_rows, 4);
	assert_string_equal(w->rows[0], "first: ann-cat");
	assert_string_equal(w->rows[1], "current: ann-dan");
	assert_string_equal(w->rows[2], "first: bob-dan");
	assert_string_equal(w->rows[3], "current: bob-cat");
	w->n_rows = 0;
	assert_int_equal(mentor_proposal_compare(w->m, w->cohort, "current", "second", note_difference, w), MENTOR_OK);
	assert_int_equal(w->n_rows, 0);
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "first", &sink), MENTOR_REFUSED); /* the block stands against it */
	assert_string_equal(mentor_error(w->m)->message, "the proposal 'first' cannot be taken back");
	assert_string_equal(mentor_error(w->m)->problems[0].message, "ann and cat: it breaks the rule available: not available");
	assert_int_equal(mentor_match_block(w->m, w->cohort, 1, 3, false, &changed), MENTOR_OK);
	w->n_rows = 0;
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "first", &sink), MENTOR_OK);
	assert_string_equal(w->rows[0], "added m5 ann-cat");
	assert_string_equal(w->rows[3], "removed m4 bob-cat");
	w->n_rows = 0;
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "first", &sink), MENTOR_OK);
	assert_string_equal(w->rows[0], "unchanged m5 ann-cat");
	mentor_free(w->m);
}

static void pins_and_reasons_come_back_with_a_proposal(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, world_four);
	support_sql(w->m, "UPDATE person SET directorate = 'A'");
	assert_int_equal(mentor_match_add(w->m, w->cohort, 1, 4, "They know each other", NULL), MENTOR_OK);
	assert_string_equal(save(w, "mine"), "kept");
	assert_int_equal(mentor_match_drop(w->m, w->cohort, 1, 4, &changed), MENTOR_OK);
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "mine", NULL), MENTOR_OK);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE pinned = 1 AND override = 'They know each other'"), 1);
	mentor_free(w->m);
}

static void what_is_published_since_is_left_out(void **state)
{
	(void)state;
	struct world *w = world_new();
	const struct mentor_match_sink sink = { .pair = note_row, .arg = w };
	int64_t n = 0;
	world_add_all(w, world_four);
	world_propose(w);
	(void)save(w, "first");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	w->n_rows = 0;
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "first", &sink), MENTOR_OK);
	assert_int_equal(w->n_rows, 0);
	mentor_free(w->m);
}

static void a_name_that_is_not_there_is_not_found_and_current_is_taken(void **state)
{
	(void)state;
	struct world *w = world_new();
	const char *change = NULL;
	assert_int_equal(mentor_proposal_use(w->m, w->cohort, "none", NULL), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(w->m)->message, "there is no proposal 'none' in this cohort");
	assert_int_equal(mentor_proposal_save(w->m, w->cohort, "current", MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL, &change), MENTOR_INVALID);
	assert_int_equal(mentor_proposal_compare(w->m, w->cohort, "current", "none", note_difference, w), MENTOR_NOT_FOUND);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_proposal_can_be_kept_compared_and_taken_back),
		cmocka_unit_test(pins_and_reasons_come_back_with_a_proposal),
		cmocka_unit_test(what_is_published_since_is_left_out),
		cmocka_unit_test(a_name_that_is_not_there_is_not_found_and_current_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
