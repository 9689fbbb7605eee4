/* facilitator.c (test): who may run events, who has, and what providers still run. */
#include "support_event.h"

#include "field.h"

#include <stdio.h>

static enum mentor_status try(struct mentor *m, int64_t event, int64_t person, const char *override)
{
	const char *change = "untouched";
	enum mentor_status status = mentor_event_assign(m, event, person, false, override, &change);
	if (status)
		assert_string_equal(change, "untouched");
	return status;
}

static const char *assign(struct mentor *m, int64_t event, int64_t person, bool off, const char *override)
{
	const char *change = NULL;
	if (mentor_event_assign(m, event, person, off, override, &change))
		fail_msg("%s", mentor_error(m)->message);
	return change;
}

static void only_facilitators_who_had_the_training_run_events(void **state)
{
	struct mentor *m = *state;
	support_event_failed(m, try(m, WORKSHOP, ANN, NULL), MENTOR_REFUSED, "p1 is no facilitator in the cohort 'spring'");
	support_event_failed(m, try(m, WORKSHOP, EVA, NULL), MENTOR_REFUSED, "p5 has not attended what whoever runs e7 needs: Course");
	assert_string_equal(mentor_error(m)->hint, "once p5 was there, or has caught up: mentor event attend e6 p5");
	support_attend(m, COURSE, EVA, MENTOR_STANDING_ATTENDED);
	assert_string_equal(assign(m, WORKSHOP, EVA, false, "not needed"), "assigned");
	assert_string_equal(assign(m, WORKSHOP, EVA, false, NULL), "unchanged");
	assert_int_equal(support_number(m, "SELECT count(*) FROM facilitation WHERE reason IS NULL"), 1);
	assert_string_equal(assign(m, WORKSHOP, EVA, true, NULL), "removed");
	assert_string_equal(assign(m, WORKSHOP, EVA, true, NULL), "unchanged");
}

static void a_reason_passes_over_the_training_and_is_kept(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_string_equal(assign(m, WORKSHOP, EVA, false, "Trained elsewhere"), "assigned");
	assert_int_equal(support_number(m, "SELECT count(*) FROM facilitation WHERE reason = 'Trained elsewhere'"), 1);
	support_event_failed(m, try(m, WORKSHOP, ANN, "Trained elsewhere"), MENTOR_REFUSED, "is no facilitator");
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, false, &changed), MENTOR_OK);
	support_event_failed(m, try(m, INDUCTION, EVA, "Trained elsewhere"), MENTOR_REFUSED, "is cancelled");
}

static void an_event_can_want_a_training_that_the_role_does_not(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	/* the same programme without roles.facilitator.needs */
	support_sql(m, "DROP TRIGGER revision_fixed");
	support_sql(m, "UPDATE revision SET source = replace(source, ', needs: [course]', '')");
	support_event_failed(m, try(m, WORKSHOP, EVA, NULL), MENTOR_REFUSED, "needs: Course");
	const struct mentor_event walk = { .title = "Walk", .date = "2026-03-20", .kind = 0, .audience = 2, .required = 0, .capacity = MENTOR_NONE, .mode = MENTOR_NONE };
	uint64_t given = field_bit(mentor_event_fields, "title") | field_bit(mentor_event_fields, "date") | field_bit(mentor_event_fields, "kind");
	assert_int_equal(mentor_event_add(m, 1, "walk", &walk, given, &change, &id), MENTOR_OK);
	assert_string_equal(assign(m, id, EVA, false, NULL), "assigned"); /* nothing is wanted for that */
}

static enum mentor_status note_facilitator(void *arg, const void *record)
{
	const struct mentor_facilitator *f = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%s %d %s|%s|%d %d %s;", f->name, (int)f->trained, f->lacks ? f->lacks : "-", f->may_run ? f->may_run : "-", (int)f->ahead, (int)f->has_run,
	    f->ran ? f->ran : "-");
	return MENTOR_OK;
}

static enum mentor_status note_handover(void *arg, const void *record)
{
	const struct mentor_handover *h = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%s %d/%d/%d %d/%d;", h->name, (int)h->held, (int)h->provider, (int)h->in_house, (int)h->ahead, (int)h->nobody);
	return MENTOR_OK;
}

static void facilitators_are(struct mentor *m, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_event_facilitators(m, 1, note_facilitator, note_handover, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void it_is_told_who_may_run_what_and_who_has(void **state)
{
	struct mentor *m = *state;
	facilitators_are(m, "Eve 0 Course|-|0 0 -;course 1/0/0 0/0;open 0/0/0 2/2;training 0/0/0 2/2;induction 0/0/0 1/1;workshop 0/0/0 1/1;");
	support_attend(m, COURSE, EVA, MENTOR_STANDING_ATTENDED);
	support_sql(m, "UPDATE event SET provider = 'A provider' WHERE id IN (6, 3)");
	assign(m, TRAINING_2, EVA, false, NULL);
	assign(m, WORKSHOP, EVA, false, NULL);
	support_now(m, "2026-03-20");
	facilitators_are(m, "Eve 1 -|Open session\nTraining\nInduction\nWorkshop|1 1 Training, 2026-03-19;"
			    "course 1/1/0 0/0;open 2/0/0 0/0;training 2/1/1 0/0;induction 0/0/0 1/1;workshop 0/0/0 1/0;");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_facilitators_who_had_the_training_run_events),
		TEST(a_reason_passes_over_the_training_and_is_kept),
		TEST(an_event_can_want_a_training_that_the_role_does_not),
		TEST(it_is_told_who_may_run_what_and_who_has),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
