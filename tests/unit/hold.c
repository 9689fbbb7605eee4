/* hold.c (test): people and pairs on hold: from when to when, and that saying it again changes nothing. */
#include "support_remind.h"

static enum mentor_status add_hold(void *arg, const void *record)
{
	const struct mentor_hold *h = record;
	mentor_buf_fmt(arg, "%s %s-%s by %s\n", h->name, h->held_on, h->until_on ? h->until_on : "", h->held_by);
	return MENTOR_OK;
}

static void expect(struct mentor *m, const char *expected)
{
	struct mentor_buf found = MENTOR_BUF_INIT;
	assert_int_equal(mentor_remind_holds(m, add_hold, &found), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&found), expected);
	mentor_buf_free(&found);
}

static void hold(struct mentor *m, int64_t person, int64_t pair, bool held, const char *until, bool changes)
{
	bool changed = !changes;
	assert_int_equal(mentor_remind_hold(m, person, pair, held, until, &changed), MENTOR_OK);
	assert_int_equal(changed, changes);
}

static void a_hold_lasts_until_its_day_or_until_released(void **state)
{
	struct mentor *m = support_reminders("");
	(void)state;
	hold(m, 1, 0, true, "2026-05-20", true);
	hold(m, 1, 0, true, "2026-05-20", false);
	hold(m, 0, 2, true, NULL, true);
	expect(m, "Ann 2026-05-01-2026-05-20 by admin\nCat and Dan 2026-05-01- by admin\n");
	hold(m, 1, 0, true, "2026-06-20", true);
	assert_int_equal(mentor_set_now(m, "2026-06-21"), MENTOR_OK);
	expect(m, "Cat and Dan 2026-05-01- by admin\n");
	hold(m, 1, 0, false, NULL, false); /* it is over by itself */
	hold(m, 0, 2, false, NULL, true);
	hold(m, 0, 2, false, NULL, false);
	expect(m, "");
	hold(m, 1, 0, true, NULL, true);
	expect(m, "Ann 2026-06-21- by admin\n");
	mentor_free(m);
}

static void a_hold_is_of_somebody_and_not_past(void **state)
{
	struct mentor *m = support_reminders("");
	bool changed = false;
	(void)state;
	assert_int_equal(mentor_remind_hold(m, 1, 0, true, "2026-04-30", &changed), MENTOR_INVALID);
	assert_int_equal(mentor_remind_hold(m, 99, 0, true, NULL, &changed), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_remind_hold(m, 0, 99, true, NULL, &changed), MENTOR_NOT_FOUND);
	assert_false(changed);
	expect(m, "");
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hold_lasts_until_its_day_or_until_released),
		cmocka_unit_test(a_hold_is_of_somebody_and_not_past),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
