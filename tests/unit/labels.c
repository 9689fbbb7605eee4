/* labels.c (test): what programmes call their people, and texts with room for it. */
#include "support.h"

#include "labels.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

/* Imports the programme `slug` with these labels (NULL: none) and makes its cohort of the same name; returns its number. */
static int64_t cohort_with(struct mentor *m, const char *slug, const char *labels)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct mentor_cohort cohort;
	const char *change = NULL;
	int64_t id = 0;
	mentor_buf_fmt(&text,
	    "programme: %s\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We talk. }\n",
	    slug);
	if (labels)
		mentor_buf_fmt(&text, "labels: %s\n", labels);
	assert_int_equal(mentor_programme_import(m, "demo.yaml", text.data, text.len, &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = slug;
	assert_int_equal(mentor_cohort_add(m, slug, &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	mentor_buf_free(&text);
	return id;
}

static void expect(struct mentor *m, int64_t cohort, const char *labels)
{
	struct mentor_labels l = { NULL };
	char line[256];
	assert_int_equal(mentor_labels(m, cohort, &l), MENTOR_OK);
	snprintf(line, sizeof(line), "%s/%s/%s/%s", l.mentor, l.mentors, l.mentee, l.mentees);
	assert_string_equal(line, labels);
}

static const char learners[] = "{ mentor: guide, mentors: guides, mentee: learner, mentees: learners }";
static const char usual[] = "mentor/mentors/mentee/mentees";

static void a_cohort_has_the_labels_of_its_programme(void **state)
{
	struct mentor *m = support_store();
	(void)state;
	expect(m, cohort_with(m, "plain", NULL), usual);
	expect(m, cohort_with(m, "other", learners), "guide/guides/learner/learners");
	mentor_free(m);
}

static void a_cohort_keeps_the_labels_it_was_made_with(void **state)
{
	struct mentor *m = support_store();
	int64_t first = cohort_with(m, "other", learners);
	(void)state;
	support_sql(m, "UPDATE cohort SET slug = 'former'");
	int64_t second = cohort_with(m, "other", "{ mentor: elder, mentors: elders }");
	expect(m, first, "guide/guides/learner/learners");
	expect(m, second, "elder/elders/mentee/mentees");
	mentor_free(m);
}

static void several_cohorts_have_common_labels_when_all_agree(void **state)
{
	struct mentor *m = support_store();
	(void)state;
	expect(m, 0, usual);
	cohort_with(m, "one", learners);
	expect(m, 0, "guide/guides/learner/learners");
	cohort_with(m, "two", learners);
	expect(m, 0, "guide/guides/learner/learners");
	cohort_with(m, "three", "{ mentor: guide, mentors: guides, mentee: learner, mentees: pupils }");
	expect(m, 0, usual);
	mentor_free(m);
}

static void sides_of_one_name_are_told_apart(void **state)
{
	struct mentor *m = support_store();
	(void)state;
	expect(m, cohort_with(m, "peers", "{ mentor: partner, mentors: partners, mentee: Partner, mentees: peers }"),
	    "first partner/partners/second Partner/peers");
	expect(m, cohort_with(m, "same", "{ mentor: ally, mentors: allies, mentee: ally, mentees: allies }"),
	    "first ally/first allies/second ally/second allies");
	mentor_free(m);
}

static void an_unknown_cohort_is_not_found(void **state)
{
	struct mentor *m = support_store();
	struct mentor_labels l = { .mentor = "kept" };
	(void)state;
	assert_int_equal(mentor_labels(m, 7, &l), MENTOR_NOT_FOUND);
	assert_string_equal(l.mentor, "kept");
	mentor_free(m);
}

static void words_become_labels_and_others_stay(void **state)
{
	const struct mentor_labels l = { .mentor = "guide", .mentees = "learners" };
	(void)state;
	assert_string_equal(mentor_labels_word(&l, "mentor"), "guide");
	assert_string_equal(mentor_labels_word(&l, "mentees"), "learners");
	assert_string_equal(mentor_labels_word(&l, "mentee"), "mentee");
	assert_string_equal(mentor_labels_word(&l, "either"), "either");
	assert_string_equal(mentor_labels_word(&l, ""), "");
}

static void marks_in_a_text_become_labels_once(void **state)
{
	const struct mentor_labels l = { "{mentee}", "guides", "learner", "learners" };
	static const struct {
		const char *text, *filled;
	} rows[] = {
		{ "", "" },
		{ "no marks", "no marks" },
		{ "{mentee}", "learner" },
		{ "most {mentors} and {mentees} now", "most guides and learners now" },
		{ "the {mentor} signed", "the {mentee} signed" }, /* a label is no mark */
		{ "{either}", "either" },
		{ "{mentee", "learner" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		mentor_buf_labels(&b, rows[i].text, &l);
		assert_string_equal(mentor_buf_text(&b), rows[i].filled);
		mentor_buf_free(&b);
	}
}

static void an_article_goes_by_the_first_letter(void **state)
{
	(void)state;
	assert_string_equal(labels_article("mentor"), "a");
	assert_string_equal(labels_article("ally"), "an");
	assert_string_equal(labels_article("Elder"), "an");
	assert_string_equal(labels_article(""), "a");
}

static void a_failure_at_any_call_is_told_and_leaves_the_output(void **state)
{
	struct mentor *m = support_store();
	int64_t cohorts[] = { 0, cohort_with(m, "one", learners) };
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		bool reached = true;
		for (long n = 1; reached; n++) {
			struct mentor_labels l = { .mentor = "kept" };
			support_calls = 0;
			support_fail_at = n;
			enum mentor_status status = mentor_labels(m, cohorts[i], &l);
			reached = support_calls >= n;
			support_fail_at = 0;
			assert_int_equal(status != MENTOR_OK, reached);
			assert_string_equal(l.mentor, reached ? "kept" : "guide");
		}
	}
	mentor_free(m);
}

/* ---- running out of memory ----
 * The allocator below stands before the C library's. Sanitizers bring their own, so there this test is left out. */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_ALLOCATOR 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define OWN_ALLOCATOR 0
#endif
#endif
#ifndef OWN_ALLOCATOR
#define OWN_ALLOCATOR 1
#endif

#if OWN_ALLOCATOR
static long allocation_fails_at, allocations;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool no_memory(void)
{
	return allocation_fails_at && ++allocations == allocation_fails_at;
}

MENTOR_API void *malloc(size_t size)
{
	return no_memory() ? NULL : __libc_malloc(size);
}

MENTOR_API void *calloc(size_t n, size_t size)
{
	return no_memory() ? NULL : __libc_calloc(n, size);
}

MENTOR_API void *realloc(void *old, size_t size)
{
	return no_memory() ? NULL : __libc_realloc(old, size);
}

/* All four labels, or a failure that says so: a label that is lost must not come out as something else. */
static void survive_without_memory(bool all)
{
	bool reached = true;
	for (long n = 1; reached; n++) {
		struct mentor *m = support_store();
		struct mentor_labels l = { .mentor = "kept" };
		int64_t cohort =
		    cohort_with(m, "same", "{ mentor: ally, mentors: allies, mentee: ally, mentees: allies }");
		allocations = 0;
		allocation_fails_at = n;
		enum mentor_status status = mentor_labels(m, all ? 0 : cohort, &l);
		reached = allocations >= n;
		allocation_fails_at = 0;
		if (status)
			assert_string_equal(mentor_error(m)->message, "not enough memory");
		assert_string_equal(l.mentor, status ? "kept" : "first ally");
		if (!status)
			assert_string_equal(l.mentees, "second allies");
		mentor_free(m);
	}
}

static void labels_survive_without_memory_at_every_allocation(void **state)
{
	(void)state;
	survive_without_memory(false);
	survive_without_memory(true);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cohort_has_the_labels_of_its_programme),
		cmocka_unit_test(a_cohort_keeps_the_labels_it_was_made_with),
		cmocka_unit_test(several_cohorts_have_common_labels_when_all_agree),
		cmocka_unit_test(sides_of_one_name_are_told_apart),
		cmocka_unit_test(an_unknown_cohort_is_not_found),
		cmocka_unit_test(words_become_labels_and_others_stay),
		cmocka_unit_test(marks_in_a_text_become_labels_once),
		cmocka_unit_test(an_article_goes_by_the_first_letter),
		cmocka_unit_test(a_failure_at_any_call_is_told_and_leaves_the_output),
#if OWN_ALLOCATOR
		cmocka_unit_test(labels_survive_without_memory_at_every_allocation),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
