/* suppress.c: what an attentive reader can work out from what is shown. */
#include "suppress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define S MENTOR_SUPPRESSED

enum { K = 5 };

#define assert_cells(got, ...)                                                                                         \
	do {                                                                                                           \
		const int64_t want_[] = { __VA_ARGS__ };                                                               \
		for (size_t i_ = 0; i_ < sizeof(want_) / sizeof(*want_); i_++)                                         \
			assert_int_equal((got)[i_], want_[i_]);                                                        \
	} while (0)

static void the_threshold_is_never_below_three(void **state)
{
	(void)state;
	assert_int_equal(suppress_threshold(MENTOR_NONE), 3);
	assert_int_equal(suppress_threshold(1), 3);
	assert_int_equal(suppress_threshold(10), 10);
}

static void counts_below_the_threshold_are_hidden_and_zero_is_not(void **state)
{
	(void)state;
	assert_int_equal(suppress_count(0, K), 0);
	assert_int_equal(suppress_count(1, K), S);
	assert_int_equal(suppress_count(4, K), S);
	assert_int_equal(suppress_count(5, K), 5);
}

static void means_are_rounded_to_hundredths_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(suppress_ratio(17, 6), 283);
	assert_int_equal(suppress_ratio(-17, 6), -283);
	assert_int_equal(suppress_ratio(1, 8), 13);
	assert_int_equal(suppress_ratio(-1, 8), -13);
	assert_int_equal(suppress_ratio(0, 8), 0);
}

static void nobody_answering_leaves_no_mean(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 0, 0 };
	struct suppress_summary got;
	suppress_answers(counts, 3, 1, K, &got);
	assert_int_equal(got.n, 0);
	assert_int_equal(got.mean, MENTOR_NONE);
	assert_int_equal(got.median, MENTOR_NONE);
	assert_false(got.suppressed);
	assert_cells(counts, 0, 0, 0);
}

static void fewer_than_the_threshold_leave_nothing(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 0, 4 };
	struct suppress_summary got;
	suppress_answers(counts, 3, 1, K, &got);
	assert_int_equal(got.n, S);
	assert_int_equal(got.mean, S);
	assert_int_equal(got.median, S);
	assert_true(got.suppressed);
	assert_cells(counts, S, S, S);
}

static void mean_and_median_are_those_of_the_answers(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 6, 0, 6, 0 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.n, 12);
	assert_int_equal(got.mean, 300);
	assert_int_equal(got.median, 300);
	assert_false(got.suppressed);
	assert_cells(counts, 0, 6, 0, 6, 0);
}

static void one_small_answer_hides_every_count(void **state)
{
	(void)state;
	/* shown as 0, 0, 0 and two hidden, these could only be one four and four fives */
	int64_t counts[] = { 0, 0, 0, 1, 4 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.n, 5);
	assert_int_equal(got.mean, S);
	assert_int_equal(got.median, S);
	assert_true(got.suppressed);
	assert_cells(counts, S, S, S, S, S);
}

static void a_mean_well_inside_the_scale_stays_without_its_counts(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 0, 1, 5, 6 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.n, 12);
	assert_int_equal(got.mean, 442);
	assert_int_equal(got.median, S);
	assert_cells(counts, S, S, S, S, S);
}

static void a_mean_up_to_k_points_from_an_end_goes_with_the_counts(void **state)
{
	(void)state;
	int64_t near[] = { 4, 3, 1 }, far[] = { 3, 4, 1 }, top[] = { 1, 3, 4 };
	struct suppress_summary got;
	suppress_answers(near, 3, 1, K, &got);
	assert_int_equal(got.mean, S);
	suppress_answers(far, 3, 1, K, &got);
	assert_int_equal(got.mean, 175);
	suppress_answers(top, 3, 1, K, &got);
	assert_int_equal(got.mean, S);
}

static void a_mean_beside_its_counts_is_shown_wherever_it_lies(void **state)
{
	(void)state;
	int64_t counts[] = { 7, 5 }, same[] = { 0, 0, 5 };
	struct suppress_summary got;
	suppress_answers(counts, 2, 0, K, &got);
	assert_int_equal(got.mean, 42);
	assert_cells(counts, 7, 5);
	suppress_answers(same, 3, 1, K, &got);
	assert_int_equal(got.mean, 300);
	assert_int_equal(got.median, 300);
	assert_cells(same, 0, 0, 5);
}

static void the_share_of_yes_is_withheld_with_the_small_side(void **state)
{
	(void)state;
	int64_t counts[] = { 1, 8 };
	struct suppress_summary got;
	suppress_answers(counts, 2, 0, K, &got);
	assert_int_equal(got.n, 9);
	assert_int_equal(got.mean, S);
	assert_cells(counts, S, S);
}

static void changes_are_shown_together_or_not_at_all(void **state)
{
	(void)state;
	int64_t large[] = { 7, 5, 0 }, small[] = { 7, 5, 0 }, others[] = { 7, 5, 0 };
	assert_true(suppress_changes(large, 5, true, K));
	assert_cells(large, 7, 5, 0);
	assert_false(suppress_changes(small, 4, true, K));
	assert_cells(small, S, S, S);
	assert_false(suppress_changes(others, 5, false, K));
	assert_cells(others, S, S, S);
}

/* ---- the attack: a reader who knows the program tries every outcome and keeps those that print what was printed ---- */

enum { PEOPLE = 12, ANSWERS = 5, CELLS = 9, PRINTED = 2 * (ANSWERS + 2) + 4, GROUPS = 1 << CELLS };

struct outcome {
	int64_t printed[PRINTED];
	int64_t truth[CELLS];
};

/* Writes down everything that is printed about one outcome of a scale of so many answers. */
typedef void print_fn(struct outcome *o, size_t answers, int64_t k);

struct attack {
	struct outcome *outcomes;
	size_t n, room;
	size_t answers, cells; /* cells: how many numbers an outcome is made of */
	int64_t k;
	print_fn *print;
	int64_t pinned; /* groups of 1 to k-1 people that are the same in all outcomes that print the same */
};

static int64_t totals[2]; /* outcomes tried, sets of outcomes that print the same */

static void print_side(int64_t *printed, const int64_t *counts, size_t answers, int64_t k)
{
	struct suppress_summary got;
	memcpy(printed, counts, answers * sizeof(*counts));
	suppress_answers(printed, answers, 1, k, &got);
	printed[answers] = got.mean;
	printed[answers + 1] = got.median;
}

static void print_answers(struct outcome *o, size_t answers, int64_t k)
{
	print_side(o->printed, o->truth, answers, k);
}

/* The truth is a table: its row the answer before, its column the answer after. */
static void print_change(struct outcome *o, size_t answers, int64_t k)
{
	int64_t before[ANSWERS] = { 0 }, after[ANSWERS] = { 0 }, moves[3] = { 0 }, least = INT64_MAX, sum = 0, n = 0;
	for (size_t i = 0; i < answers * answers; i++) {
		size_t from = i / answers, to = i % answers;
		int64_t people = o->truth[i];
		before[from] += people;
		after[to] += people;
		moves[to > from ? 0 : to == from ? 1 : 2] += people;
		sum += ((int64_t)to - (int64_t)from) * people;
		n += people;
		least = people > 0 && people < least ? people : least;
	}
	int64_t *second = o->printed + answers + 2, *third = second + answers + 2;
	print_side(o->printed, before, answers, k);
	print_side(second, after, answers, k);
	suppress_changes(moves, least, true, k);
	memcpy(third, moves, sizeof(moves));
	third[3] = o->printed[answers] == S || second[answers] == S ? S : suppress_ratio(sum, n);
}

/* Of choices to tick the truth is a table of sets: cell 5 is the people who ticked choices 0 and 2. */
static void count_ticks(const struct outcome *o, size_t choices, int64_t *counts, int64_t *ret_people)
{
	*ret_people = 0;
	memset(counts, 0, choices * sizeof(*counts));
	for (size_t set = 0; set < (size_t)1 << choices; set++) {
		*ret_people += o->truth[set];
		for (size_t i = 0; i < choices; i++)
			counts[i] += (set >> i & 1) ? o->truth[set] : 0;
	}
}

static void print_ticks(struct outcome *o, size_t choices, int64_t k)
{
	int64_t people;
	count_ticks(o, choices, o->printed, &people);
	suppress_ticks(o->printed, choices, people, k);
}

/* A rule that is known to fail: those who did not tick a choice are forgotten. */
static void print_ticks_carelessly(struct outcome *o, size_t choices, int64_t k)
{
	int64_t people;
	count_ticks(o, choices, o->printed, &people);
	for (size_t i = 0; i < choices; i++)
		o->printed[i] = suppress_count(o->printed[i], k);
}

/* Of one choice out of several: the counts, and that something is withheld. */
static void print_choices(struct outcome *o, size_t answers, int64_t k)
{
	struct suppress_summary got;
	memcpy(o->printed, o->truth, answers * sizeof(*o->truth));
	suppress_answers(o->printed, answers, 0, k, &got);
	o->printed[answers] = got.suppressed;
}

/* A rule that is known to fail: only the small cells themselves are hidden. */
static void print_carelessly(struct outcome *o, size_t answers, int64_t k)
{
	for (size_t i = 0; i < answers; i++)
		o->printed[i] = suppress_count(o->truth[i], k);
}

static void every_outcome(struct attack *a, int64_t *truth, size_t at, int64_t left)
{
	if (at + 1 < a->cells) {
		for (truth[at] = 0; truth[at] <= left; truth[at]++)
			every_outcome(a, truth, at + 1, left - truth[at]);
		return;
	}
	truth[at] = left;
	if (a->n == a->room) {
		a->room = a->room ? 2 * a->room : 1024;
		a->outcomes = realloc(a->outcomes, a->room * sizeof(*a->outcomes));
		assert_non_null(a->outcomes);
	}
	struct outcome *o = &a->outcomes[a->n++];
	memset(o, 0, sizeof(*o));
	memcpy(o->truth, truth, a->cells * sizeof(*truth));
	a->print(o, a->answers, a->k);
}

static int by_print(const void *one, const void *other)
{
	const struct outcome *a = one, *b = other;
	return memcmp(a->printed, b->printed, sizeof(a->printed));
}

static int64_t group_size(const struct outcome *o, size_t group)
{
	int64_t people = 0;
	for (size_t i = 0; group >> i; i++)
		people += (group >> i & 1) ? o->truth[i] : 0;
	return people;
}

/* Groups are all unions of cells but that of everybody, whose number is paperwork. */
static int64_t count_pinned(const struct outcome *o, size_t n, size_t cells, int64_t k)
{
	size_t groups[GROUPS], open = 0;
	for (size_t g = 1; g + 1 < (size_t)1 << cells; g++)
		if (suppress_count(group_size(o, g), k) == S)
			groups[open++] = g;
	for (size_t i = 1; i < n && open > 0; i++) {
		size_t kept = 0;
		for (size_t g = 0; g < open; g++)
			if (group_size(&o[i], groups[g]) == group_size(o, groups[g]))
				groups[kept++] = groups[g];
		open = kept;
	}
	return (int64_t)open;
}

/* Of exactly n people: how many responded is known. */
static int64_t attack(size_t answers, size_t cells, int64_t n, int64_t k, print_fn *print)
{
	struct attack a = { .answers = answers, .cells = cells, .k = k, .print = print };
	int64_t truth[CELLS] = { 0 };
	every_outcome(&a, truth, 0, n);
	qsort(a.outcomes, a.n, sizeof(*a.outcomes), by_print);
	for (size_t i = 0, end; i < a.n; i = end) {
		for (end = i + 1; end < a.n && by_print(&a.outcomes[i], &a.outcomes[end]) == 0;)
			end++;
		a.pinned += count_pinned(&a.outcomes[i], end - i, cells, k);
		totals[1]++;
	}
	totals[0] += (int64_t)a.n;
	free(a.outcomes);
	return a.pinned;
}

static void the_attack_finds_what_a_careless_rule_gives_away(void **state)
{
	(void)state;
	assert_true(attack(5, 5, 5, K, print_carelessly) > 0);
}

static void no_small_group_follows_from_what_is_printed_of_answers(void **state)
{
	(void)state;
	memset(totals, 0, sizeof(totals));
	for (int64_t k = 3; k <= K; k++)
		for (int64_t n = 1; n <= PEOPLE; n++)
			for (size_t answers = 2; answers <= ANSWERS; answers++)
				assert_int_equal(attack(answers, answers, n, k, print_answers), 0);
	print_message("%" PRId64 " outcomes, %" PRId64 " different prints\n", totals[0], totals[1]);
}

static void no_small_group_follows_from_what_is_printed_of_choices(void **state)
{
	(void)state;
	memset(totals, 0, sizeof(totals));
	for (int64_t k = 3; k <= K; k++)
		for (int64_t n = 1; n <= PEOPLE; n++)
			for (size_t answers = 2; answers <= ANSWERS; answers++)
				assert_int_equal(attack(answers, answers, n, k, print_choices), 0);
	print_message("%" PRId64 " outcomes, %" PRId64 " different prints\n", totals[0], totals[1]);
}

static void no_small_group_follows_from_what_is_printed_of_choices_to_tick(void **state)
{
	(void)state;
	assert_true(attack(2, 4, 8, K, print_ticks_carelessly) > 0);
	memset(totals, 0, sizeof(totals));
	for (int64_t k = 3; k <= K; k++)
		for (int64_t n = 1; n <= PEOPLE; n++)
			for (size_t choices = 1; choices <= 3; choices++)
				assert_int_equal(attack(choices, (size_t)1 << choices, n, k, print_ticks), 0);
	print_message("%" PRId64 " outcomes, %" PRId64 " different prints\n", totals[0], totals[1]);
}

static void a_choice_is_withheld_with_those_who_did_not_tick_it(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 4, 5, 7, 8, 12 }, few[] = { 0, 4 }, nobody[] = { 0 };
	assert_true(suppress_ticks(counts, 6, 12, K));
	assert_cells(counts, 0, S, 5, 7, S, 12);
	assert_false(suppress_ticks(counts + 2, 2, 12, K));
	assert_true(suppress_ticks(few, 2, 4, K));
	assert_cells(few, S, S);
	assert_false(suppress_ticks(nobody, 1, 0, K));
	assert_cells(nobody, 0);
}

static void no_small_group_follows_from_what_is_printed_of_change(void **state)
{
	(void)state;
	memset(totals, 0, sizeof(totals));
	for (int64_t k = 3; k <= K; k++)
		for (int64_t n = 1; n <= PEOPLE; n++)
			for (size_t answers = 2; answers <= 3; answers++)
				assert_int_equal(attack(answers, answers * answers, n, k, print_change), 0);
	print_message("%" PRId64 " outcomes, %" PRId64 " different prints\n", totals[0], totals[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_threshold_is_never_below_three),
		cmocka_unit_test(counts_below_the_threshold_are_hidden_and_zero_is_not),
		cmocka_unit_test(means_are_rounded_to_hundredths_away_from_zero),
		cmocka_unit_test(nobody_answering_leaves_no_mean),
		cmocka_unit_test(fewer_than_the_threshold_leave_nothing),
		cmocka_unit_test(mean_and_median_are_those_of_the_answers),
		cmocka_unit_test(one_small_answer_hides_every_count),
		cmocka_unit_test(a_mean_well_inside_the_scale_stays_without_its_counts),
		cmocka_unit_test(a_mean_up_to_k_points_from_an_end_goes_with_the_counts),
		cmocka_unit_test(a_mean_beside_its_counts_is_shown_wherever_it_lies),
		cmocka_unit_test(the_share_of_yes_is_withheld_with_the_small_side),
		cmocka_unit_test(changes_are_shown_together_or_not_at_all),
		cmocka_unit_test(the_attack_finds_what_a_careless_rule_gives_away),
		cmocka_unit_test(no_small_group_follows_from_what_is_printed_of_answers),
		cmocka_unit_test(no_small_group_follows_from_what_is_printed_of_change),
		cmocka_unit_test(a_choice_is_withheld_with_those_who_did_not_tick_it),
		cmocka_unit_test(no_small_group_follows_from_what_is_printed_of_choices),
		cmocka_unit_test(no_small_group_follows_from_what_is_printed_of_choices_to_tick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
