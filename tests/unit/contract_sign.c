/* contract_sign.c (test): versions of a contract: which one holds, signatures under each, taken back, and what became of them. */
#include "contract.h"
#include "field.h"
#include "support_world.h"

#include <stdio.h>
#include <stdlib.h>

static const char definition[] = "programme: demo\n"
				 "title: Demo programme\n"
				 "contact: { email: team@example.org }\n"
				 "contract:\n"
				 "  purpose: We learn.\n"
				 "  sessions: { minimum: 4, usual: 5, maximum: 6 }\n"
				 "  terms: { touch: How we keep in touch }\n";

typedef enum mentor_status write_fn(
    struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given, const char **ret_change, int64_t *ret_id);

/* With this number of sessions; 0: nothing given. */
static enum mentor_status write(struct mentor *m, write_fn *how, int64_t sessions, const char **ret_change)
{
	struct mentor_contract terms;
	int64_t id = 0;
	mentor_record_clear(mentor_contract_fields, &terms);
	terms.sessions = sessions;
	return how(m, 1, &terms, sessions ? field_bit(mentor_contract_fields, "sessions") : 0, ret_change, &id);
}

static void writes(struct mentor *m, write_fn *how, int64_t sessions, const char *expected)
{
	const char *change = NULL;
	assert_int_equal(write(m, how, sessions, &change), MENTOR_OK);
	assert_string_equal(change, expected);
}

static void refuses(struct mentor *m, write_fn *how, int64_t sessions, enum mentor_status status, const char *message, const char *hint)
{
	const char *change = NULL;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(write(m, how, sessions, &change), status);
	assert_string_equal(mentor_error(m)->message, message);
	assert_string_equal(mentor_error(m)->hint, hint);
	assert_null(change);
	assert_int_equal(support_fingerprint(m), before);
}

static void sign(struct mentor *m, enum mentor_role side, const char *day)
{
	bool changed = false;
	assert_int_equal(mentor_contract_sign(m, 1, side, day, &changed), MENTOR_OK);
	assert_true(changed);
}

static void sign_both(struct mentor *m)
{
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	sign(m, MENTOR_ROLE_MENTEE, NULL);
}

static int set_up(void **state)
{
	char text[sizeof(definition)];
	memcpy(text, definition, sizeof(text));
	*state = text;
	support_running_set_up(state);
	writes(*state, mentor_contract_draft, 0, "added");
	return 0;
}

/* "c1 in-force 5, c2 proposed 6" */
static enum mentor_status note_version(void *arg, const void *record)
{
	static const char *const standings[] = { "proposed", "in-force", "replaced" };
	const struct mentor_contract *c = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 200 - len, "%sc%d %d %s %d", len ? ", " : "", (int)c->id, (int)c->version, standings[c->standing], (int)c->sessions);
	return MENTOR_OK;
}

static void assert_versions(struct mentor *m, const char *expected)
{
	char text[200] = "";
	assert_int_equal(mentor_record_list(m, &mentor_entity_contract, NULL, 0, note_version, text), MENTOR_OK);
	assert_string_equal(text, expected);
}

static int64_t in_force(struct mentor *m)
{
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract_in_force"), 1);
	return support_number(m, "SELECT version FROM contract_in_force WHERE pair_id = 1");
}

/* ---- set ---- */

static void a_draft_is_set_within_the_range_and_a_signed_one_is_not(void **state)
{
	struct mentor *m = *state;
	writes(m, mentor_contract_set, 4, "revised");
	writes(m, mentor_contract_set, 4, "unchanged");
	refuses(m, mentor_contract_set, 7, MENTOR_REFUSED, "the programme allows 4 to 6 sessions, not 7", "choose another --sessions");
	refuses(m, mentor_contract_set, 0, MENTOR_USAGE, "nothing to change", "give what the two agree, such as --sessions 5");
	sign(m, MENTOR_ROLE_MENTEE, NULL);
	writes(m, mentor_contract_set, 4, "unchanged");
	refuses(m, mentor_contract_set, 5, MENTOR_REFUSED, "c1 is signed already, so its terms stay as they are",
	    "to agree something else, which both then sign: mentor contract amend m1");
	support_sql(m, "DELETE FROM contract");
	refuses(m, mentor_contract_set, 5, MENTOR_NOT_FOUND, "m1 has no contract", "write it with: mentor contract draft m1");
	refuses(m, mentor_contract_amend, 5, MENTOR_NOT_FOUND, "m1 has no contract", "write it with: mentor contract draft m1");
}

/* ---- amend ---- */

static void an_amendment_is_a_version_more_and_the_old_one_holds_until_both_have_signed(void **state)
{
	struct mentor *m = *state;
	sign_both(m);
	assert_versions(m, "c1 1 in-force 5");
	writes(m, mentor_contract_amend, 6, "amended");
	writes(m, mentor_contract_amend, 6, "unchanged");
	assert_versions(m, "c1 1 in-force 5, c2 2 proposed 6");
	assert_int_equal(in_force(m), 1);
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	assert_int_equal(in_force(m), 1);
	sign(m, MENTOR_ROLE_MENTEE, NULL);
	assert_versions(m, "c1 1 replaced 5, c2 2 in-force 6");
	assert_int_equal(in_force(m), 2);
	writes(m, mentor_contract_amend, 6, "unchanged"); /* it says so already */
	writes(m, mentor_contract_amend, 0, "amended");	  /* asked for without saying what: to be worded yet */
	writes(m, mentor_contract_amend, 0, "unchanged");
	assert_versions(m, "c1 1 replaced 5, c2 2 in-force 6, c3 3 proposed 6");
}

static void the_old_text_stays_as_it_was_signed(void **state)
{
	struct mentor *m = *state;
	const char *const line[] = { "By telephone" }, *const other[] = { "By letter" };
	bool changed = false;
	assert_int_equal(mentor_contract_say(m, 1, &(struct mentor_saying){ "touch", MENTOR_CONTRACT_BOTH, line, 1 }, &changed), MENTOR_OK);
	sign_both(m);
	support_sql(m, "CREATE TABLE old AS SELECT text, hash FROM contract WHERE id = 1");
	writes(m, mentor_contract_amend, 6, "amended");
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract WHERE id = 2 AND instr(text, 'This is version 2') > 0 AND instr(text, 'By telephone') > 0"), 1);
	assert_int_equal(mentor_contract_say(m, 1, &(struct mentor_saying){ "touch", MENTOR_CONTRACT_BOTH, other, 1 }, &changed), MENTOR_OK);
	writes(m, mentor_contract_set, 4, "revised");
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract WHERE id = 2 AND instr(text, 'By letter') > 0 AND sessions = 4"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract c JOIN old o ON o.text = c.text AND o.hash = c.hash WHERE c.id = 1"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract_line WHERE contract_id = 1 AND text = 'By telephone'"), 1);
	support_sql(m, "DROP TABLE old");
}

static void a_draft_is_changed_and_not_amended(void **state)
{
	struct mentor *m = *state;
	refuses(m, mentor_contract_amend, 6, MENTOR_REFUSED, "nobody has signed c1, so there is nothing to amend",
	    "change it as it is: mentor contract set m1");
	sign_both(m);
	writes(m, mentor_contract_amend, 6, "amended");
	refuses(m, mentor_contract_amend, 4, MENTOR_REFUSED, "nobody has signed c2, so there is nothing to amend",
	    "change it as it is: mentor contract set m1");
}

static void what_one_side_has_signed_can_be_amended_and_never_holds(void **state)
{
	struct mentor *m = *state;
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	writes(m, mentor_contract_amend, 6, "amended");
	assert_versions(m, "c1 1 replaced 5, c2 2 proposed 6");
	assert_int_equal(in_force(m), 2);
	sign_both(m);
	assert_versions(m, "c1 1 replaced 5, c2 2 in-force 6");
}

static void an_amendment_can_be_withdrawn_until_both_have_signed(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	assert_int_equal(mentor_contract_withdraw(m, 1, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "c1 is the first version, not an amendment");
	sign_both(m);
	writes(m, mentor_contract_amend, 6, "amended");
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	assert_int_equal(mentor_contract_withdraw(m, 1, &id), MENTOR_OK);
	assert_int_equal(id, 2);
	assert_versions(m, "c1 1 in-force 5");
	writes(m, mentor_contract_amend, 4, "amended");
	assert_versions(m, "c1 1 in-force 5, c3 2 proposed 4"); /* a reference is never used again */
	sign_both(m);
	assert_int_equal(mentor_contract_withdraw(m, 1, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "both have signed c3");
}

static void a_pair_means_its_newest_version(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	sign_both(m);
	writes(m, mentor_contract_amend, 6, "amended");
	assert_int_equal(mentor_contract_find(m, "m1", &id), MENTOR_OK);
	assert_int_equal(id, 2);
	assert_int_equal(mentor_contract_find(m, "c1", &id), MENTOR_OK);
	assert_int_equal(id, 1);
	assert_int_equal(mentor_contract_find(m, "c9", &id), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_contract_find(m, "m9", &id), MENTOR_NOT_FOUND);
	support_sql(m, "DELETE FROM contract");
	assert_int_equal(mentor_contract_find(m, "m1", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(m)->hint, "write it with: mentor contract draft m1");
}

/* ---- the fingerprint ---- */

static void a_fingerprint_from_paper_is_the_text_or_it_is_not(void **state)
{
	struct mentor *m = *state;
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_contract, 1, &record), MENTOR_OK);
	char hash[65];
	snprintf(hash, sizeof(hash), "%s", ((const struct mentor_contract *)record)->hash);
	mentor_record_free(record);
	assert_int_equal(mentor_contract_check_hash(m, 1, hash), MENTOR_OK);
	hash[8] = '\0';
	assert_int_equal(mentor_contract_check_hash(m, 1, hash), MENTOR_OK);
	writes(m, mentor_contract_set, 6, "revised");
	assert_int_equal(mentor_contract_check_hash(m, 1, hash), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "print it again, and let both read what they sign: mentor contract export m1");
	hash[7] = '\0';
	assert_int_equal(mentor_contract_check_hash(m, 1, hash), MENTOR_INVALID);
	assert_int_equal(mentor_contract_check_hash(m, 1, "not a fingerprint"), MENTOR_INVALID);
	assert_int_equal(mentor_contract_check_hash(m, 1, ""), MENTOR_INVALID);
}

static void several_versions_are_printed_behind_each_other(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	sign_both(m);
	writes(m, mentor_contract_amend, 6, "amended");
	assert_int_equal(mentor_contract_export(m, (const int64_t[]){ 1, 2 }, 2, MENTOR_CONTRACT_HTML, &b), MENTOR_OK);
	const char *html = mentor_buf_text(&b), *first = strstr(html, "<article>"), *second = first ? strstr(first + 1, "<article>") : NULL;
	assert_non_null(second);
	assert_null(strstr(second + 1, "<article>"));
	assert_non_null(strstr(html, "<title>2 contracts</title>"));
	assert_null(strstr(strstr(html, "<!DOCTYPE") + 1, "<!DOCTYPE"));
	assert_non_null(strstr(first, ">Contract c1, drafted on 2 July 2026. "));
	assert_non_null(strstr(second, ">Contract c2, version 2, drafted on 2 July 2026. "));
	assert_non_null(strstr(second, "</article>\n</main>\n</body>\n</html>\n"));
	mentor_buf_free(&b);
	assert_int_equal(mentor_contract_export(m, (const int64_t[]){ 1, 2 }, 2, MENTOR_CONTRACT_TEXT, &b), MENTOR_OK);
	assert_non_null(strstr(strstr(mentor_buf_text(&b), "Number of sessions: 5"), "Number of sessions: 6"));
	mentor_buf_free(&b);
	assert_int_equal(mentor_contract_export(m, (const int64_t[]){ 1, 9 }, 2, MENTOR_CONTRACT_MARKDOWN, &b), MENTOR_NOT_FOUND);
	assert_int_equal(b.len, 0);
	mentor_buf_free(&b);
}

/* ---- taking back, and the history ---- */

static enum mentor_status note_event(void *arg, const void *record)
{
	static const char *const events[] = { "drafted", "signed", "taken back" };
	const struct mentor_contract_event *e = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1000 - len, "%d %s %s%s%s%s%s%s%s\n", (int)e->version, e->on, events[e->event], e->side == MENTOR_NONE ? "" : " ", e->name ? e->name : "",
	    e->reason ? ": " : "", e->reason ? e->reason : "", e->by ? " by " : "", e->by ? e->by : "");
	return MENTOR_OK;
}

static void a_signature_is_taken_back_with_a_reason_that_stays(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	char text[1000] = "";
	assert_int_equal(mentor_set_actor(m, "sam"), MENTOR_OK);
	sign_both(m);
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTOR, "", &changed), MENTOR_USAGE);
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_USAGE);
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_FACILITATOR, "x", &changed), MENTOR_USAGE);
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTOR, "Wrong pair", &changed), MENTOR_OK);
	assert_true(changed);
	assert_versions(m, "c1 1 proposed 5");
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTOR, "Wrong pair", &changed), MENTOR_OK);
	assert_false(changed);
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	assert_int_equal(mentor_set_now(m, "2026-07-09"), MENTOR_OK);
	writes(m, mentor_contract_amend, 6, "amended");
	sign(m, MENTOR_ROLE_MENTEE, NULL);
	assert_int_equal(mentor_contract_history(m, 1, note_event, text), MENTOR_OK);
	assert_string_equal(text, "1 2026-07-02 drafted\n"
				  "1 2026-07-02 signed Secret Ann\n"
				  "1 2026-07-02 taken back Secret Ann: Wrong pair by sam\n"
				  "1 2026-07-02 signed Secret Ann\n"
				  "1 2026-07-02 signed Secret Ben\n"
				  "2 2026-07-09 drafted\n"
				  "2 2026-07-09 signed Secret Ben\n");
}

static void taking_back_a_signature_under_an_amendment_lets_the_old_version_hold(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	sign_both(m);
	writes(m, mentor_contract_amend, 6, "amended");
	sign_both(m);
	assert_int_equal(in_force(m), 2);
	assert_int_equal(mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTEE, "Too early", &changed), MENTOR_OK);
	assert_versions(m, "c1 1 in-force 5, c2 2 proposed 6");
	assert_int_equal(in_force(m), 1);
}

/* ---- which sessions count ---- */

static void sessions_count_from_the_first_signing_where_the_programme_says_so(void **state)
{
	struct mentor *m = *state;
#define COUNT(counts) "SELECT count(*) FROM pair p JOIN (SELECT '2026-07-02' AS date UNION SELECT '2026-07-03' UNION SELECT '2026-07-04') t WHERE " \
	CONTRACT_COUNTS(counts, "t.date", "p.id")
	static const char from_start[] = COUNT("0"), from_signing[] = COUNT("1");
#undef COUNT
	static const char unsigned_yet[] = "SELECT count(*) FROM pair p WHERE " CONTRACT_SIGNED_ON("p.id") " IS NULL";
	static const char on_the_third[] = "SELECT count(*) FROM pair p WHERE " CONTRACT_SIGNED_ON("p.id") " = '2026-07-03'";
	assert_int_equal(support_number(m, unsigned_yet), 1);
	sign(m, MENTOR_ROLE_MENTEE, NULL);
	assert_int_equal(support_number(m, unsigned_yet), 1);
	assert_int_equal(support_number(m, from_start), 3);
	assert_int_equal(support_number(m, from_signing), 0);
	assert_int_equal(mentor_set_now(m, "2026-07-03"), MENTOR_OK);
	sign(m, MENTOR_ROLE_MENTOR, NULL);
	assert_int_equal(support_number(m, on_the_third), 1);
	assert_int_equal(mentor_set_now(m, "2026-08-01"), MENTOR_OK);
	writes(m, mentor_contract_amend, 6, "amended");
	sign_both(m);
	assert_int_equal(support_number(m, on_the_third), 1);
	assert_int_equal(support_number(m, from_start), 3);
	assert_int_equal(support_number(m, from_signing), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_draft_is_set_within_the_range_and_a_signed_one_is_not, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    an_amendment_is_a_version_more_and_the_old_one_holds_until_both_have_signed, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(the_old_text_stays_as_it_was_signed, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(a_draft_is_changed_and_not_amended, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(what_one_side_has_signed_can_be_amended_and_never_holds, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(an_amendment_can_be_withdrawn_until_both_have_signed, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(a_pair_means_its_newest_version, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(a_fingerprint_from_paper_is_the_text_or_it_is_not, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(several_versions_are_printed_behind_each_other, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(a_signature_is_taken_back_with_a_reason_that_stays, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    taking_back_a_signature_under_an_amendment_lets_the_old_version_hold, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(sessions_count_from_the_first_signing_where_the_programme_says_so, set_up, support_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
