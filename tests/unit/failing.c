/* failing.c (test): every write survives a store that fails at call n, for every n: an error, nothing half done, nothing leaked. */
#include "audit.h"
#include "ledger.h"
#include "support_event.h"
#include "support_remind.h"
#include "support_select.h"

#include "equality.h"
#include "equality_db.h"
#include "record.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

typedef enum mentor_status operation(struct mentor *m);

/* What outputs hold before a call, and still have to hold after one that failed. */
static const char sentinel[] = "sentinel";
enum { SENTINEL = -77 };

static enum mentor_status kept(enum mentor_status status, bool untouched)
{
	if (status && !untouched)
		fail_msg("an output was changed by a call that failed: %d", (int)status);
	return status;
}

static enum mentor_status ignore_import(void *arg, const struct mentor_import_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static enum mentor_status ignore_record(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status import_programme(struct mentor *m)
{
	static const char other[] = "programme: other\ntitle: Other\ncontact: { email: team@example.org }\ncontract: { purpose: We talk. }\n";
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_programme_import(m, "other.yaml", other, strlen(other), &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status tell(struct mentor *m)
{
	const struct mentor_letter_request request = { .outcome = MENTOR_LETTER_ACCEPTED };
	return mentor_letter_tell(m, 1, &request, ignore_record, NULL);
}

static enum mentor_status add_cohort(struct mentor *m)
{
	struct mentor_cohort cohort;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "autumn";
	cohort.starts_on = "2026-09-01";
	enum mentor_status status = mentor_cohort_add(m, "demo", &cohort,
	    field_bit(mentor_cohort_fields, "slug") | field_bit(mentor_cohort_fields, "starts_on"), &id);
	return kept(status, id == SENTINEL);
}

static enum mentor_status close_cohort(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed);
	return kept(status, !changed);
}

static enum mentor_status add_person(struct mentor *m)
{
	struct mentor_person p;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_person_fields, &p);
	p.name = "Zoe";
	p.email = "zoe@example.org";
	enum mentor_status status = mentor_record_add(m, &mentor_entity_person, &p, field_bit(mentor_person_fields, "name") | field_bit(mentor_person_fields, "email"), &id);
	return kept(status, id == SENTINEL);
}

static enum mentor_status set_person(struct mentor *m)
{
	struct mentor_person p;
	bool changed = false;
	mentor_record_clear(mentor_person_fields, &p);
	p.job = "Planner";
	enum mentor_status status = mentor_record_set(m, &mentor_entity_person, 1, &p, field_bit(mentor_person_fields, "job"), &changed);
	return kept(status, !changed);
}

static enum mentor_status move_person(struct mentor *m)
{
	struct mentor_person p;
	bool changed = false;
	mentor_record_clear(mentor_person_fields, &p);
	p.email = "amir.b@example.org";
	enum mentor_status status = mentor_record_set(m, &mentor_entity_person, 1, &p, field_bit(mentor_person_fields, "email"), &changed);
	return kept(status, !changed);
}

static enum mentor_status ignore_merge(void *arg, const struct mentor_merge_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

/* Person 6, Eve, turns out to be Zoe: both are in the cohort. */
static enum mentor_status merge_people(struct mentor *m)
{
	return mentor_person_merge(m, 5, 6, ignore_merge, NULL);
}

static enum mentor_status enrol_person(struct mentor *m)
{
	struct mentor_enrolment e;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.person_id = 5;
	e.role = MENTOR_ROLE_MENTEE;
	enum mentor_status status = mentor_enrol_add(m, 1, &e, field_bit(mentor_enrolment_fields, "role"), &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status set_enrolment(struct mentor *m)
{
	struct mentor_enrolment e;
	bool changed = false;
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.places = 2;
	enum mentor_status status = mentor_enrol_set(m, 1, &e, field_bit(mentor_enrolment_fields, "places"), &changed);
	return kept(status, !changed);
}

static enum mentor_status set_cohort(struct mentor *m)
{
	struct mentor_cohort c;
	bool changed = false;
	mentor_record_clear(mentor_cohort_fields, &c);
	c.starts_on = "2026-03-01";
	enum mentor_status status = mentor_cohort_set(m, 1, &c, field_bit(mentor_cohort_fields, "starts_on"), &changed);
	return kept(status, !changed);
}

static enum mentor_status import_applications(struct mentor *m)
{
	static const char csv[] = "ID,Email,Name,Role,Where,Topics\n"
				  "1,eve@example.org,Eve,Mentor,Parks,a;b;\n"
				  "2,fay@example.org,Fay,Mentee,Roads,b\n";
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, NULL, ignore_import, NULL);
}

static enum mentor_status decline(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_enrol_decide(m, 1, MENTOR_ENROLMENT_DECLINED, "moved away", NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status wait(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_enrol_wait(m, 1, MENTOR_NONE, "later", &changed);
	return kept(status, !changed);
}

/* Comes too late, so that the next cohort has to be made as well. */
static enum mentor_status enrol_late(struct mentor *m)
{
	struct mentor_enrolment e;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.person_id = 5;
	e.role = MENTOR_ROLE_MENTEE;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_set(m, &mentor_entity_cohort, 1, &(const struct mentor_cohort){ .closes_on = "2026-03-01" },
	    field_bit(mentor_cohort_fields, "closes_on"), &(bool){ false });
	if (!status)
		status = mentor_enrol_add(m, 1, &e, field_bit(mentor_enrolment_fields, "role"), &change, &id);
	status = kept(status, change == sentinel && id == SENTINEL);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static enum mentor_status roll(struct mentor *m)
{
	struct mentor_cohort cohort;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "autumn";
	enum mentor_status status = mentor_cohort_roll(m, 1, &cohort, 0, NULL, NULL, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status propose(struct mentor *m)
{
	struct mentor_match_summary summary, before;
	memset(&summary, 0x5a, sizeof(summary));
	memcpy(&before, &summary, sizeof(before));
	enum mentor_status status = mentor_match_propose(m, 1, NULL, &summary);
	return kept(status, memcmp(&summary, &before, sizeof(before)) == 0);
}

static enum mentor_status publish(struct mentor *m)
{
	int64_t n = SENTINEL;
	enum mentor_status status = mentor_match_publish(m, 1, &n);
	return kept(status, n == SENTINEL);
}

static enum mentor_status draft(struct mentor *m)
{
	struct mentor_contract terms;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_contract_fields, &terms);
	enum mentor_status status = mentor_contract_draft(m, 1, &terms, 0, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status sign(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status unsign(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_contract_unsign(m, 1, MENTOR_ROLE_MENTOR, "The wrong pair", &changed);
	return kept(status, !changed);
}

/* Another length of a session, in one of the ways to write it. */
static enum mentor_status write_minutes(struct mentor *m, int64_t minutes,
    enum mentor_status (*way)(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given, const char **ret_change, int64_t *ret_id))
{
	struct mentor_contract terms;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_contract_fields, &terms);
	terms.minutes = minutes;
	enum mentor_status status = way(m, 1, &terms, field_bit(mentor_contract_fields, "minutes"), &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status set_contract(struct mentor *m)
{
	return write_minutes(m, 50, mentor_contract_set);
}

static enum mentor_status amend(struct mentor *m)
{
	return write_minutes(m, 55, mentor_contract_amend);
}

static enum mentor_status withdraw_amendment(struct mentor *m)
{
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_contract_withdraw(m, 1, &id);
	return kept(status, id == SENTINEL);
}

static enum mentor_status say_in_contract(struct mentor *m)
{
	static const char *const lines[] = { "By letter", "By telephone" };
	bool changed = false;
	enum mentor_status status = mentor_contract_say(m, 1, &(struct mentor_saying){ "touch", MENTOR_CONTRACT_BOTH, lines, 2 }, &changed);
	return kept(status, !changed);
}

static enum mentor_status check_hash(struct mentor *m)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_contract, 1, &record);
	if (!status)
		status = mentor_contract_check_hash(m, 1, ((const struct mentor_contract *)record)->hash);
	mentor_record_free(record);
	return status;
}

static enum mentor_status read_terms(struct mentor *m)
{
	return mentor_contract_terms(m, 1, ignore_record, NULL);
}

static enum mentor_status read_history(struct mentor *m)
{
	return mentor_contract_history(m, 1, ignore_record, NULL);
}

static enum mentor_status log_session(struct mentor *m)
{
	struct mentor_session s;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-02";
	s.minutes = 60;
	enum mentor_status status = mentor_session_add(m, 1, &s, field_bit(mentor_session_fields, "date") | field_bit(mentor_session_fields, "minutes"), &change, &id, NULL);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status add_action(struct mentor *m)
{
	struct mentor_action a;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_action_fields, &a);
	a.text = "Send the report";
	a.session = 1;
	a.owner = 1;
	enum mentor_status status = mentor_action_add(m, &a, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status close_action(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_settle(m, &mentor_entity_action, 1, MENTOR_SETTLED_DONE, "Sent", NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status add_goal(struct mentor *m)
{
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_goal_add(m, 1, "mentor", "To hear", &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status check_in(struct mentor *m)
{
	struct mentor_checkin k;
	const char *change = sentinel;
	int64_t id = SENTINEL, person = 0;
	mentor_record_clear(mentor_checkin_fields, &k);
	k.feeling = MENTOR_FEELING_WELL;
	enum mentor_status status = db_value(m, "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentor_id WHERE p.id = 1", DB_NO_ARGS, 0, &person);
	if (!status)
		status = mentor_checkin_add(m, 1, person, &k, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status add_lesson(struct mentor *m)
{
	struct mentor_lesson l;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_lesson_fields, &l);
	l.text = "Shorter forms";
	enum mentor_status status = mentor_lesson_add(m, 1, &l, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status add_remark(struct mentor *m)
{
	struct mentor_remark r;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_remark_fields, &r);
	r.text = "I was heard";
	r.scope = MENTOR_REMARK_PUBLISHED;
	enum mentor_status status = mentor_remark_add(m, 1, 1, &r, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status narrow_remark(struct mentor *m)
{
	struct mentor_remark r;
	bool changed = false;
	mentor_record_clear(mentor_remark_fields, &r);
	r.scope = MENTOR_REMARK_INSIDE;
	enum mentor_status status = mentor_record_set(m, &mentor_entity_remark, 1, &r, field_bit(mentor_remark_fields, "scope"), &changed);
	return kept(status, !changed);
}

static enum mentor_status withdraw_remark(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_remark_withdraw(m, 1, &changed);
	return kept(status, !changed);
}

static enum mentor_status add_barrier(struct mentor *m)
{
	struct mentor_barrier b;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_barrier_fields, &b);
	b.theme = "Progression";
	b.level = "team";
	b.text = "Panels are all alike";
	enum mentor_status status = mentor_barrier_add(m, 1, &b, 1, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status add_another(struct mentor *m)
{
	struct mentor_barrier b;
	const char *change = sentinel;
	int64_t id = SENTINEL;
	mentor_record_clear(mentor_barrier_fields, &b);
	b.theme = "Progression";
	b.level = "team";
	b.text = "The rota rules out courses";
	enum mentor_status status = mentor_barrier_add(m, 1, &b, 1, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status barrier_numbers(struct mentor *m, int64_t *first, int64_t *last)
{
	enum mentor_status status = db_value(m, "SELECT min(id) FROM barrier WHERE state <> 'merged'", DB_NO_ARGS, 0, first);
	return status ? status : db_value(m, "SELECT max(id) FROM barrier WHERE state <> 'merged'", DB_NO_ARGS, 0, last);
}

static enum mentor_status raise_barrier(struct mentor *m)
{
	bool changed = false;
	int64_t first = 0, last = 0;
	enum mentor_status status = barrier_numbers(m, &first, &last);
	if (!status)
		status = mentor_barrier_move(m, first, MENTOR_BARRIER_RAISED, NULL, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status merge_barriers(struct mentor *m)
{
	bool changed = false;
	int64_t first = 0, last = 0;
	enum mentor_status status = barrier_numbers(m, &first, &last);
	if (!status)
		status = mentor_barrier_merge(m, first, last, &changed);
	return kept(status, !changed);
}

static enum mentor_status take_back_agreement(struct mentor *m)
{
	bool changed = false;
	int64_t first = 0, last = 0;
	enum mentor_status status = barrier_numbers(m, &first, &last);
	if (!status)
		status = mentor_barrier_agree(m, first, 1, MENTOR_SIDES_MENTEE, true, &changed);
	return kept(status, !changed);
}

static enum mentor_status import_survey(struct mentor *m)
{
	static const char csv[] = "ID,Email,How much do you know?\n1,cleo@example.org,3\n2,dora@example.org,4\n";
	return mentor_survey_import(m, 1, "mentee", "before", "before.csv", csv, strlen(csv), 0, ignore_record, NULL);
}

static enum mentor_status issue_tokens(struct mentor *m)
{
	return mentor_survey_issue(m, 1, "mentee", "after", "x{token}", true, ignore_record, NULL);
}

static enum mentor_status type_answer(struct mentor *m)
{
	static const struct mentor_survey_typed typed = { "know", "4" };
	return mentor_survey_answer(m, 1, "mentee", "after", "cleo@example.org", NULL, &typed, 1, false, ignore_record, NULL);
}

static enum mentor_status remove_import(struct mentor *m)
{
	int64_t number = 0;
	enum mentor_status status = db_value(m, "SELECT max(id) FROM batch", DB_NO_ARGS, 0, &number);
	return status ? status : mentor_survey_remove(m, 1, number, ignore_record, NULL);
}

static const char monitoring[] = "Email,Group,Ways\namir@example.org,One,bus;foot\nbola@example.org,Two,\n";

/* Six and seven people, which may be told: the world has too few for its own figures. */
static enum mentor_status publish_table(struct mentor *m)
{
	const char *names[] = { "North", "South", NULL };
	int64_t cells[] = { 6, 7, 0 }, cohort = 1;
	size_t shown[3];
	struct arena memory = ARENA_INIT;
	const struct ledger_subject subject = { "a table", &cohort, 1 };
	struct ledger_table t = { names, cells, shown, 2, 1, .zeros = true };
	enum mentor_status status = ledger_table(m, &subject, 3, &memory, &t);
	arena_free(&memory);
	return status;
}

static enum mentor_status publish_results(struct mentor *m)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_publish(m);
	if (!status)
		status = mentor_survey_results(m, 1, "mentee", "before", ignore_record, NULL);
	if (!status)
		status = mentor_equality_compare(m, 1, ignore_record, NULL);
	if (!status)
		status = publish_table(m);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static enum mentor_status object_to(struct mentor *m, int64_t purpose, int64_t step)
{
	bool changed = true;
	enum mentor_status status = mentor_privacy_object(m, 1, purpose, step, NULL, &changed);
	return kept(status, changed);
}

static enum mentor_status object_to_monitoring(struct mentor *m)
{
	return object_to(m, 2, 0);
}

static enum mentor_status lift_it(struct mentor *m)
{
	return object_to(m, 2, 1);
}

static enum mentor_status object_to_surveys(struct mentor *m)
{
	return object_to(m, 3, 0);
}

static enum mentor_status answer_it(struct mentor *m)
{
	return object_to(m, 3, 2);
}

static enum mentor_status lift_that(struct mentor *m)
{
	return object_to(m, 3, 1);
}

static enum mentor_status import_monitoring(struct mentor *m)
{
	return mentor_equality_import(m, 1, "eq.csv", monitoring, strlen(monitoring), 0, ignore_record, NULL);
}

/* One person is as before, one has changed, one is new. */
static enum mentor_status change_monitoring(struct mentor *m)
{
	static const char csv[] = "Email,Group,Ways\namir@example.org,One,foot\nbola@example.org,Two,\ncleo@example.org,,bus\n";
	return mentor_equality_import(m, 1, "eq.csv", csv, strlen(csv), 0, ignore_record, NULL);
}

static enum mentor_status import_workforce(struct mentor *m)
{
	static const char csv[] = "question,group,people\ngroup,One,70\n";
	return mentor_equality_workforce(m, 1, "w.csv", csv, strlen(csv), 0, NULL, NULL, NULL, ignore_record, NULL);
}

static enum mentor_status settle(struct mentor *m)
{
	static const char *const items[] = { "look" };
	return mentor_cohort_settle(m, 1, items, 1, "Report", NULL, NULL, ignore_record, NULL);
}

static enum mentor_status go_on(struct mentor *m)
{
	return mentor_cohort_go_on(m, 1, MENTOR_STEP_FINISH, "It is time");
}

static enum mentor_status withdraw_monitoring(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_equality_withdraw(m, 1, false, &changed);
	return kept(status, !changed);
}

static enum mentor_status readmit_monitoring(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_equality_withdraw(m, 1, true, &changed);
	return kept(status, !changed);
}

/* Who merges people does it in a transaction. */
static enum mentor_status merge_monitoring(struct mentor *m)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = equality_merge(m, 4, 2);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static enum mentor_status read_monitoring(struct mentor *m)
{
	enum mentor_status status = mentor_equality_status(m, 1, ignore_record, ignore_record, NULL);
	return status ? status : mentor_equality_compare(m, 1, ignore_record, NULL);
}

/* A second revision that loosens a range: nothing breaks. */
static const char *looser(void)
{
	static char text[8192];
	const char *at = strstr(support_programme, "minimum: 4");
	assert_non_null(at);
	(void)snprintf(text, sizeof(text), "%s", support_programme);
	text[at - support_programme + 9] = '2';
	return text;
}

static enum mentor_status follow(struct mentor *m)
{
	const char *change = NULL, *text = looser();
	bool changed = false;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_programme_import(m, "new.yaml", text, strlen(text), &change, &id);
	if (!status)
		status = mentor_cohort_follow(m, 1, 0, &changed);
	enum mentor_status ended = mentor_commit(m);
	return kept(status ? status : ended, status == MENTOR_OK || !changed);
}

static enum mentor_status accept_pair(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_accept(m, 1, MENTOR_ROLE_MENTOR, &changed);
	return kept(status, !changed);
}

static enum mentor_status end_pair(struct mentor *m)
{
	static const struct mentor_ending ending = { .wish = 2, .reason = 0, .note = "by agreement", .replacement = MENTOR_REPLACEMENT_MENTEE, .apart = 1 };
	bool changed = false;
	enum mentor_status status = mentor_match_end(m, 1, &ending, &changed);
	return kept(status, !changed);
}

static enum mentor_status hold_person(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_remind_hold(m, 1, 0, true, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status release_person(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_remind_hold(m, 1, 0, false, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status reopen_pair(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_reopen(m, 1, &changed);
	return kept(status, !changed);
}

static enum mentor_status replace_partner(struct mentor *m)
{
	struct mentor_replaced replaced = { .person = SENTINEL };
	int64_t person = 0;
	enum mentor_status status = db_value(m, "SELECT e.person_id FROM pair p JOIN enrolment e ON e.id = p.mentor_id WHERE p.id = 1", DB_NO_ARGS, 0, &person);
	if (!status)
		status = mentor_match_replace(m, 1, person, &replaced);
	return kept(status, replaced.person == SENTINEL);
}

static enum mentor_status ignore_part(void *arg, const char *part, const void *record)
{
	(void)arg;
	(void)part;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status export_person(struct mentor *m)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_privacy_export(m, 1, ignore_record, NULL);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static enum mentor_status look_at_trail(struct mentor *m)
{
	return mentor_audit(m, NULL, true, NULL, ignore_record, ignore_record, NULL);
}

static enum mentor_status check_privacy(struct mentor *m)
{
	return mentor_privacy_check(m, NULL, 0);
}

static enum mentor_status complain(struct mentor *m)
{
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_request_add(m, 1, MENTOR_REQUEST_COMPLAINT, NULL, "a letter", &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status acknowledge(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_request_handle(m, 1, 0, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status answer_complaint(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_request_handle(m, 1, 4, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status list_requests(struct mentor *m)
{
	return mentor_requests(m, true, NULL, 0, ignore_record, NULL);
}

static enum mentor_status list_cuts(struct mentor *m)
{
	return mentor_audit_cuts(m, ignore_record, NULL);
}

/* All of the trail, as if its time were over. */
static enum mentor_status cut_trail(struct mentor *m)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = audit_cut(m, "2126-01-01");
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* Only the transaction: what follows it, writing the file anew and looking through it, cannot take it back. */
static enum mentor_status erase_as_if(struct mentor *m)
{
	return mentor_privacy_erase(m, 1, true, ignore_part, NULL);
}

static enum mentor_status retain_as_if(struct mentor *m)
{
	return mentor_privacy_retain(m, true, true, ignore_record, NULL);
}

static enum mentor_status restored(struct mentor *m)
{
	int64_t people = SENTINEL;
	enum mentor_status status = mentor_store_restored(m, NULL, &people);
	return kept(status, people == SENTINEL);
}

/* In the order of a cohort's life: each operation finds the store as the ones before have left it. */
static const struct {
	const char *name;
	operation *run;
} operations[] = {
	{ "import a programme", import_programme }, { "add a cohort", add_cohort },   { "add a person", add_person },
	{ "change a person", set_person },	    { "enrol a person", enrol_person }, { "change an enrolment", set_enrolment },
	{ "change an address", move_person },
	{ "change a cohort", set_cohort },	    { "import applications", import_applications }, { "propose pairs", propose },
	{ "tell people", tell }, { "accept a pair", accept_pair }, { "publish pairs", publish },		    { "draft a contract", draft },    { "sign it", sign },
	{ "log a session", log_session },	    { "import answers", import_survey },
	{ "issue tokens", issue_tokens }, { "type an answer", type_answer }, { "remove an import", remove_import },
	{ "add an action", add_action }, { "close it", close_action }, { "add a barrier", add_barrier }, { "add another", add_another },
	{ "add a goal", add_goal }, { "check in", check_in }, { "add a lesson", add_lesson }, { "add a remark", add_remark },
	{ "narrow the consent", narrow_remark }, { "withdraw it", withdraw_remark },
	{ "raise it", raise_barrier }, { "merge them", merge_barriers }, { "agree no longer", take_back_agreement },
	{ "import monitoring answers", import_monitoring }, { "change them", change_monitoring }, { "object to monitoring", withdraw_monitoring },
	{ "take that back", readmit_monitoring }, { "take workforce figures", import_workforce }, { "merge monitoring answers", merge_monitoring },
	{ "publish figures", publish_results }, { "object", object_to_monitoring }, { "lift it", lift_it },
	{ "object to surveys", object_to_surveys }, { "answer that", answer_it }, { "lift that", lift_that },
	{ "complain", complain }, { "acknowledge it", acknowledge }, { "answer the complaint", answer_complaint }, { "cut the trail", cut_trail },
	{ "follow a revision", follow },
	{ "hold somebody", hold_person }, { "release her again", release_person },
	{ "end a pair", end_pair }, { "reopen it", reopen_pair }, { "end it again", end_pair }, { "look for another partner", replace_partner },
	{ "decline", decline },			    { "close the cohort", close_cohort },
	{ "wait", wait },			    { "enrol too late", enrol_late },
	{ "roll the cohort", roll },		    { "merge two people", merge_people },
	{ "record the reading of what is held", export_person }, { "go on as a restored copy", restored },
};

/* ---- a programme that uses more of its language ---- */

static const char rich_programme[] = "programme: demo\n"
				     "title: Demo\n"
				     "contact: { email: team@example.org }\n"
				     "templates:\n"
				     "  welcome: { for: accepted, subject: Welcome, text: \"Dear {name}, as a {role} read {resources}\" }\n"
				     "  come: { for: recruitment, subject: Come, text: Come. }\n"
				     "resources: { guide: { title: Guide, link: guide.html }, film: { title: Film } }\n"
				     "arrangement: combination\n"
				     "stages: { look: { title: Look back, before: finish, checklist: { aims: Aims reached } } }\n"
				     "seniority: [Assistant, Officer, Manager, Director]\n"
				     "roles: { mentor: { places: 2 }, mentee: { contact: { name: Office, email: office@example.org } } }\n"
				     "application:\n"
				     "  columns:\n"
				     "    email: { header: Email }\n"
				     "    name: { header: Name }\n"
				     "    role: { header: Role, values: { Mentor: mentor, Mentee: mentee } }\n"
				     "    grade: { header: Grade }\n"
				     "    arrangement: { header: How, values: { One way: reverse, Both ways: reciprocal, Either: either } }\n"
				     "    meeting: { header: Where }\n"
				     "matching:\n"
				     "  rules:\n"
				     "    agreed: { rule: compatible, field: arrangement, either: either }\n"
				     "    above: { rule: senior, minimum: 2, maximum: 3 }\n"
				     "  scores:\n"
				     "    meeting: { score: same, field: meeting, either: anywhere }\n"
				     "topics: { power: Power }\n"
				     "privacy: { record: topics }\n"
				     "activities: { tree: { title: Tree of life, text: Draw. } }\n"
				     "forms: { diary: { title: Diary, prompts: [What stays?] } }\n"
				     "contract:\n"
				     "  purpose: We learn.\n"
				     "  shadowed: { minimum: 3 }\n"
				     "  terms: { value: { text: What I value, each: yes }, touch: How we keep in touch, part: { text: How far, only: mentor, choices: [little, much] } }\n"
				     "surveys:\n"
				     "  view:\n"
				     "    title: View\n"
				     "    anonymous: yes\n"
				     "    stages: [before, after]\n"
				     "    questions:\n"
				     "      know: { text: How well? }\n"
				     "      often: { text: How often?, kind: choice, choices: [Weekly, Monthly] }\n"
				     "      topics: { text: About what?, kind: multi, choices: [Work, Home, Sport] }\n"
				     "      again: { text: Again?, kind: yes-no, stages: [after] }\n"
				     "  both: { title: Both, stages: [before, after], questions: { know: { text: How well? }, more: { text: More?, kind: text }, "
				     "seen: { text: How well had you known?, then: know, stages: [after] } } }\n";

static struct mentor *rich_cohort(void)
{
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_programme_import(m, "demo.yaml", rich_programme, strlen(rich_programme), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, id, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	return m;
}

/* With people accepted and the pair they make active, as far as asked for. */
enum { WITH_PEOPLE = 1, WITH_PAIR, WITH_CONTRACT, WITH_ANSWERS };

static enum mentor_status rich_applications(struct mentor *m)
{
	static const char csv[] = "Email,Name,Role,Grade,How,Where\n"
				  "ann@example.org,Ann,Mentor,Officer,Either,Online\n"
				  "ben@example.org,Ben,Mentee,Director,Both ways,Anywhere\n"
				  "cat@example.org,Cat,Mentee,Manager,One way,Online\n";
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, NULL, ignore_import, NULL);
}

static enum mentor_status rich_answers(struct mentor *m)
{
	static const char csv[] = "ID,Email,How well?,How often?,About what?\n1,a@example.org,3,weekly,Work;SPORT;\n2,,4,Monthly,home\n3,,4,,\n";
	return mentor_survey_import(m, 1, "view", "before", "before.csv", csv, strlen(csv), 0, ignore_record, NULL);
}

static void another_cohort(struct mentor *m)
{
	support_sql(m, "INSERT INTO cohort (id, programme_id, revision_id, slug, title) SELECT 2, programme_id, revision_id, 'next', 'Next' FROM cohort WHERE id = 1");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) SELECT 2, id, 'mentee', 'accepted', '2026-03-01' FROM person");
}

/* Enough of them in a second cohort, with words. */
static enum mentor_status more_answers(struct mentor *m)
{
	static const char csv[] = "ID,Email,How well?,More?\n1,,3,so\n2,,3,and\n3,,3,thus\n4,,3,or\n5,,3,then\n";
	static const char after[] = "ID,Email,How well?,More?,How well had you known?\n1,,3,,2\n2,,3,,2\n3,,3,,2\n4,,3,,2\n5,,3,,2\n";
	another_cohort(m);
	enum mentor_status status = mentor_survey_import(m, 2, "both", "before", "before.csv", csv, strlen(csv), 0, ignore_record, NULL);
	return status ? status : mentor_survey_import(m, 2, "both", "after", "after.csv", after, strlen(after), 0, ignore_record, NULL);
}

static struct mentor *rich_world(int upto)
{
	struct mentor *m = rich_cohort();
	assert_int_equal(rich_applications(m), MENTOR_OK);
	support_sql(m, "UPDATE enrolment SET state = 'accepted'");
	if (upto >= WITH_PAIR) {
		assert_int_equal(propose(m), MENTOR_OK);
		assert_int_equal(publish(m), MENTOR_OK);
	}
	if (upto >= WITH_CONTRACT)
		assert_int_equal(draft(m), MENTOR_OK);
	if (upto >= WITH_ANSWERS)
		assert_int_equal(rich_answers(m) || more_answers(m), MENTOR_OK);
	return m;
}

/* A contract about which there is everything to read. */
static void signed_and_back(struct mentor *m)
{
	assert_int_equal(say_in_contract(m), MENTOR_OK);
	assert_int_equal(sign(m), MENTOR_OK);
	assert_int_equal(unsign(m), MENTOR_OK);
	assert_int_equal(sign(m), MENTOR_OK);
}

static enum mentor_status export_contract(struct mentor *m)
{
	enum mentor_status status = MENTOR_OK;
	for (int format = MENTOR_CONTRACT_TEXT; !status && format <= MENTOR_CONTRACT_HTML; format++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		status = mentor_contract_export(m, &(int64_t){ 1 }, 1, (enum mentor_contract_format)format, &b);
		kept(status, b.len == 0);
		mentor_buf_free(&b);
	}
	return status;
}

/* Counted: a letter that was left out is not there. */
static int64_t n_letters;
static enum mentor_status count_letter(void *arg, const void *record)
{
	(void)arg;
	n_letters += ((const struct mentor_letter *)record)->message != NULL;
	return MENTOR_OK;
}

static enum mentor_status write_letters(struct mentor *m)
{
	n_letters = 0;
	struct mentor_letter_request request = { .outcome = MENTOR_LETTER_ACCEPTED, .format = MENTOR_LETTER_MBOX, .all = true };
	enum mentor_status status = mentor_letter_list(m, 1, &request, count_letter, NULL);
	request.outcome = MENTOR_LETTER_RECRUITMENT;
	request.format = MENTOR_LETTER_EML;
	return status ? status : mentor_letter_list(m, 1, &request, count_letter, NULL);
}

static enum mentor_status ignore_line(void *arg, const struct mentor_match_line *line)
{
	(void)arg;
	(void)line;
	return MENTOR_OK;
}

static enum mentor_status explain(struct mentor *m)
{
	struct mentor_match_subject subject, before;
	memset(&subject, 0x5a, sizeof(subject));
	memcpy(&before, &subject, sizeof(before));
	enum mentor_status status = mentor_match_explain_pair(m, 1, ignore_line, NULL, &subject);
	if (!status) {
		memcpy(&subject, &before, sizeof(before));
		status = mentor_match_explain_person(m, 1, 3, ignore_line, NULL, &subject);
	}
	return kept(status, memcmp(&subject, &before, sizeof(before)) == 0);
}

/* Ann and Bob compete for Cat; Dan waits. */
static enum mentor_status explain_left(struct mentor *m)
{
	struct mentor_match_subject subject;
	enum mentor_status status = mentor_match_explain_person(m, 1, 1, ignore_line, NULL, &subject);
	return status ? status : mentor_match_explain_person(m, 1, 2, ignore_line, NULL, &subject);
}

static enum mentor_status try_changes(struct mentor *m)
{
	static const struct mentor_match_change changes[] = { { .kind = MENTOR_MATCH_PLACES, .person = 3, .places = 2 },
		{ .kind = MENTOR_MATCH_WITH_PAIR, .person = 1, .other = 3 }, { .kind = MENTOR_MATCH_ACCEPT, .person = 4 },
		{ .kind = MENTOR_MATCH_WITHOUT_PERSON, .person = 2 }, { .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = "other-place" } };
	return mentor_match_what_if(m, 1, changes, sizeof(changes) / sizeof(*changes), ignore_part, NULL);
}

static enum mentor_status read_across(struct mentor *m)
{
	static const int64_t cohorts[] = { 1, 2 };
	enum mentor_status status = mentor_survey_results_across(m, cohorts, 2, "both", "before", true, ignore_part, NULL);
	if (!status)
		status = mentor_survey_results_across(m, cohorts, 2, "view", "before", false, ignore_part, NULL);
	if (!status)
		status = mentor_survey_compare_across(m, cohorts, 2, "both", NULL, NULL, ignore_part, NULL);
	return status ? status : mentor_survey_sides(m, 2, "both", "before", ignore_part, NULL);
}

static enum mentor_status read_answers(struct mentor *m)
{
	enum mentor_status status = mentor_survey_results(m, 1, "view", "before", ignore_record, NULL);
	if (!status)
		status = mentor_survey_answers(m, 1, "view", "before", ignore_record, NULL);
	if (!status)
		status = mentor_survey_list(m, 1, ignore_record, NULL);
	if (!status)
		status = mentor_survey_status(m, 1, ignore_record, NULL);
	if (!status)
		status = mentor_survey_batches(m, 1, ignore_record, NULL);
	if (!status)
		status = mentor_cohort_stages(m, 1, ignore_record, NULL);
	if (!status)
		status = mentor_report_export(m, 1, ignore_record, NULL);
	return status ? status : mentor_survey_compare(m, 1, "view", NULL, NULL, ignore_record, ignore_record, NULL);
}

/* ---- selection ---- */

static enum mentor_status confirm(struct mentor *m)
{
	static const char *const names[] = { "time", "information" };
	bool changed = false;
	enum mentor_status status = mentor_enrol_confirm(m, CAS, names, 2, true, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status approve(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_REFUSED, NULL, NULL, "No cover", &changed);
	return kept(status, !changed);
}

static enum mentor_status score(struct mentor *m)
{
	static const struct mentor_points marks[] = { { "speaks", "4" }, { "listens", "3" } };
	const char *change = sentinel;
	enum mentor_status status = mentor_enrol_score(m, AMY, marks, 2, "Sam", &change);
	return kept(status, change == sentinel);
}

static enum mentor_status import_scores(struct mentor *m)
{
	static const char csv[] = "email,name,assessor,speaks,listens,benefit\namy@example.org,Amy,Jo,2,1,5\ncas@example.org,Cas,Jo,3,,4\n";
	return mentor_enrol_score_import(m, 1, "scores.csv", csv, strlen(csv), 0, NULL, ignore_import, NULL);
}

static enum mentor_status accept_with(struct mentor *m, int64_t enrolment)
{
	bool changed = false;
	enum mentor_status status = mentor_enrol_decide(m, enrolment, MENTOR_ENROLMENT_ACCEPTED, NULL, "Agreed", &changed);
	return kept(status, !changed);
}

static enum mentor_status accept_refused(struct mentor *m)
{
	return accept_with(m, AMY);
}

static enum mentor_status accept_no(struct mentor *m)
{
	return accept_with(m, BEA);
}

static enum mentor_status read_selection(struct mentor *m)
{
	static enum mentor_status (*const walks[])(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg) = { mentor_enrol_answers,
		mentor_enrol_statements, mentor_enrol_approval, mentor_enrol_scored, mentor_enrol_criteria };
	enum mentor_status status = mentor_enrol_scores(m, 1, MENTOR_NONE, ignore_record, NULL);
	for (size_t i = 0; !status && i < sizeof(walks) / sizeof(*walks); i++)
		status = walks[i](m, AMY, ignore_record, NULL);
	return status;
}

static enum mentor_status ignore_todo(void *arg, const struct mentor_todo *todo)
{
	(void)arg;
	(void)todo;
	return MENTOR_OK;
}

static enum mentor_status read_todos(struct mentor *m)
{
	return mentor_cohort_todos(m, 1, ignore_todo, NULL);
}

/* ---- events ---- */

static enum mentor_status plan_events(struct mentor *m)
{
	return mentor_event_plan(m, 1, NULL, NULL);
}

static enum mentor_status add_event(struct mentor *m)
{
	const struct mentor_event e = { .date = "2026-03-20", .start = "10:00" };
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status =
	    mentor_event_add(m, 1, "training", &e, field_bit(mentor_event_fields, "date") | field_bit(mentor_event_fields, "start"), &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status move_event(struct mentor *m)
{
	const struct mentor_event e = { .date = "2026-03-27" };
	bool changed = false;
	enum mentor_status status = mentor_event_set(m, INDUCTION, &e, field_bit(mentor_event_fields, "date"), &changed);
	return kept(status, !changed);
}

static enum mentor_status cancel_event(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_event_cancel(m, TRAINING_2, "No room", false, &changed);
	return kept(status, !changed);
}

static enum mentor_status sign_up_with(struct mentor *m, int64_t event, int64_t person, bool off)
{
	const char *change = sentinel;
	enum mentor_status status = mentor_event_sign_up(m, event, person, off, &change);
	return kept(status, change == sentinel);
}

static enum mentor_status sign_up(struct mentor *m)
{
	return sign_up_with(m, WORKSHOP, ANN, false);
}

static enum mentor_status sign_up_elsewhere(struct mentor *m)
{
	return sign_up_with(m, OPEN_2, ZED, false);
}

static enum mentor_status sign_off(struct mentor *m)
{
	return sign_up_with(m, WORKSHOP, BEN, true);
}

static enum mentor_status tell_of_event(struct mentor *m)
{
	return mentor_event_told(m, INDUCTION, NULL, 0, ignore_record, NULL);
}

static enum mentor_status train(struct mentor *m)
{
	const char *change = sentinel;
	enum mentor_status status = mentor_event_attend(m, COURSE, EVA, MENTOR_STANDING_ATTENDED, 60, &change);
	return kept(status, change == sentinel);
}

static enum mentor_status assign_event(struct mentor *m)
{
	const char *change = sentinel;
	enum mentor_status status = mentor_event_assign(m, WORKSHOP, EVA, false, NULL, &change);
	return kept(status, change == sentinel);
}

static enum mentor_status import_attendance(struct mentor *m)
{
	static const char csv[] = "Email,Minutes\nann@example.org,90\nann@example.org,5\nghost@example.org,9\ncat@example.org,5\n";
	const struct mentor_event_file file = { .name = "there.csv", .text = csv, .len = sizeof(csv) - 1, .share = 50, .keep_going = true };
	return mentor_event_import(m, INDUCTION, &file, ignore_record, NULL);
}

static enum mentor_status no_shows(struct mentor *m)
{
	return mentor_event_no_shows(m, INDUCTION, ignore_record, NULL);
}

static enum mentor_status publish_all_the_same(struct mentor *m)
{
	int64_t n = SENTINEL;
	enum mentor_status status = mentor_match_publish_override(m, 1, NULL, 0, "Trained elsewhere", &n);
	return kept(status, n == SENTINEL);
}

/* In this order: each finds the store as the ones before have left it, on the day that it is then. */
static const struct {
	const char *name, *now;
	operation *run;
} event_operations[] = {
	{ "plan events", "2026-03-02", plan_events }, { "add an event", "2026-03-02", add_event }, { "move an event", "2026-03-02", move_event },
	{ "cancel an event", "2026-03-02", cancel_event }, { "sign up", "2026-03-02", sign_up }, { "sign up elsewhere", "2026-03-02", sign_up_elsewhere },
	{ "sign off", "2026-03-02", sign_off }, { "tell of an event", "2026-03-02", tell_of_event }, { "attend", "2026-03-02", train },
	{ "assign a facilitator", "2026-03-02", assign_event }, { "import attendance", "2026-03-28", import_attendance }, { "note who was not there", "2026-03-28", no_shows },
	{ "propose pairs", "2026-03-28", propose }, { "publish in spite of what is missing", "2026-03-28", publish_all_the_same },
};

static struct mentor *eventful(void)
{
	struct mentor *m = support_events();
	support_sql(m, "UPDATE cohort SET starts_on = '2026-04-02'");
	support_sign_up(m, OPEN_1, ZED, false);
	support_sign_up(m, WORKSHOP, BEN, false);
	support_sign_up(m, WORKSHOP, CAT, false);
	return m;
}

static enum mentor_status read_events(struct mentor *m)
{
	static enum mentor_status (*const walks[])(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg) = { mentor_event_people, mentor_event_runners,
		mentor_event_get };
	enum mentor_status status = mentor_event_list(m, NULL, 0, ignore_record, NULL);
	for (size_t i = 0; !status && i < sizeof(walks) / sizeof(*walks); i++)
		status = walks[i](m, WORKSHOP, ignore_record, NULL);
	if (!status)
		status = mentor_event_duties(m, 1, ignore_record, NULL);
	return status ? status : mentor_event_facilitators(m, 1, ignore_record, ignore_record, NULL);
}

static enum mentor_status write_calendars(struct mentor *m)
{
	static const struct mentor_calendar whose = { .person = ANN, .facilitator = EVA };
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_event_calendar(m, 1, &whose, &b);
	kept(status, b.len == 0);
	mentor_buf_free(&b);
	return status ? status : mentor_event_invitations(m, INDUCTION, NULL, 0, true, MENTOR_INVITATION_MBOX, ignore_record, NULL);
}

static enum mentor_status write_guides(struct mentor *m)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_programme_guide(m, 1, 1, MENTOR_GUIDE_HTML, &b);
	kept(status, b.len == 0);
	mentor_buf_free(&b);
	return status ? status : mentor_programme_resources(m, 1, MENTOR_NONE, NULL, ignore_record, NULL);
}

static enum mentor_status report_attendance(struct mentor *m)
{
	return mentor_report_attendance(m, 1, NULL, ignore_part, NULL);
}

/* Two cohorts told as one, with what they are broken down by. */
static enum mentor_status report_across(struct mentor *m)
{
	static const int64_t cohorts[] = { 1, 2 };
	struct mentor_across *across = NULL;
	enum mentor_status status = mentor_across_new(m, cohorts, 2, &across);
	for (size_t i = 0; !status && i < 2; i++)
		status = mentor_report_recruitment(m, cohorts[i], NULL, MENTOR_NONE, mentor_across_add, across);
	if (!status)
		status = mentor_across_tell(across, NULL, MENTOR_BY_DIRECTORATE, ignore_part, NULL);
	mentor_across_free(across);
	return status;
}

static enum mentor_status report_time(struct mentor *m)
{
	const struct mentor_period period = { "2026-01-01", "2026-12-31" };
	enum mentor_status status = mentor_report_activity(m, 1, &period, MENTOR_BY_DIRECTORATE, ignore_part, NULL);
	if (!status)
		status = mentor_report_care(m, 1, &period, ignore_part, NULL);
	if (!status)
		status = mentor_report_evidence(m, 1, ignore_part, NULL);
	if (!status)
		status = mentor_report_matching(m, 1, ignore_part, NULL);
	return status ? status : mentor_report_outcomes(m, 1, ignore_part, NULL);
}

static void survive(struct mentor *m, const char *name, operation *run)
{
	uint64_t before = support_fingerprint(m);
	long n = 1;
	for (;; n++) {
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = run(m);
		bool reached = support_calls >= n;
		support_fail_at = 0;
		if (!reached) {
			if (status)
				fail_msg("%s: %s", name, mentor_error(m)->message);
			break;
		}
		if (status == MENTOR_OK)
			fail_msg("%s: call %ld failed and nobody noticed", name, n);
		assert_non_null(mentor_error(m)->message);
		assert_int_equal(m->depth, 0);
		if (support_fingerprint(m) != before)
			fail_msg("%s: call %ld failed and left something behind", name, n);
	}
	assert_true(n > 3);
	if (support_fingerprint(m) == before)
		fail_msg("%s: nothing was done in the end", name);
}

/* ---- what people say and do by hand ---- */

static enum mentor_status prefer(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_prefer(m, 1, (const int64_t[]){ 3, 4 }, 2, &changed);
	return kept(status, !changed);
}

static enum mentor_status avoid(struct mentor *m)
{
	const char *change = sentinel;
	enum mentor_status status = mentor_match_avoid(m, 2, 3, true, "A reason", &change);
	return kept(status, change == sentinel);
}

static enum mentor_status avoid_no_more(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_avoid_no_more(m, 2, 3, &changed);
	return kept(status, !changed);
}

static enum mentor_status add_pair(struct mentor *m)
{
	return mentor_match_add(m, 1, 1, 4, "In spite of the rule", NULL);
}

static enum mentor_status let_go(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_pin(m, 3, false, &changed);
	return kept(status, !changed);
}

static enum mentor_status drop_pair(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_drop(m, 1, 1, 4, &changed);
	return kept(status, !changed);
}

static enum mentor_status block(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_block(m, 1, 2, 4, true, &changed);
	return kept(status, !changed);
}

static enum mentor_status unblock(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_match_block(m, 1, 4, 2, false, &changed);
	return kept(status, !changed);
}

static enum mentor_status save_proposal(struct mentor *m)
{
	const char *change = sentinel;
	enum mentor_status status = mentor_proposal_save(m, 1, "first", MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL, &change);
	return kept(status, change == sentinel);
}

static enum mentor_status use_proposal(struct mentor *m)
{
	return mentor_proposal_use(m, 1, "first", NULL);
}

static enum mentor_status compare_all(struct mentor *m)
{
	enum mentor_status status = mentor_proposal_compare(m, 1, "first", "current", ignore_record, NULL);
	return status ? status : mentor_match_methods(m, 1, ignore_record, NULL);
}

static const struct {
	const char *name;
	operation *run;
} by_hand[] = {
	{ "name people", prefer }, { "propose pairs", propose }, { "keep a proposal", save_proposal }, { "keep two apart", avoid },
	{ "take that back", avoid_no_more }, { "block", block }, { "unblock", unblock }, { "add a pair", add_pair },
	{ "let go of it", let_go }, { "drop a pair", drop_pair }, { "use a proposal", use_proposal },
};

static struct mentor *four_people(void)
{
	struct mentor *m = support_cohort();
	support_person(m, "amir", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	support_person(m, "dora", "Housing", MENTOR_ROLE_MENTEE);
	return m;
}

/* The four with preferences, and a proposal that is kept. */
static struct mentor *proposed_world(void)
{
	struct mentor *m = four_people();
	assert_int_equal(prefer(m), MENTOR_OK);
	assert_int_equal(propose(m), MENTOR_OK);
	assert_int_equal(save_proposal(m), MENTOR_OK);
	return m;
}

/* ---- the log ---- */

static enum mentor_status plan_session(struct mentor *m)
{
	struct mentor_session s;
	const char *change = sentinel;
	int64_t id = SENTINEL, next = SENTINEL;
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-02";
	s.minutes = 60;
	s.next_date = "2026-03-20";
	s.activity = "tree";
	enum mentor_status status = mentor_session_add(m, 1, &s, UINT64_MAX, &change, &id, &next);
	return kept(status, change == sentinel && id == SENTINEL && next == SENTINEL);
}

static enum mentor_status move_session(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_session_move(m, 2, "2026-03-21", "14:00", &changed);
	return kept(status, !changed);
}

static enum mentor_status cancel_session(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_session_cancel(m, 2, MENTOR_SIDE_MENTEE, &changed);
	return kept(status, !changed);
}

static enum mentor_status sign_session(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_session_sign(m, 1, MENTOR_SIDE_MENTEE, NULL, &changed);
	return kept(status, !changed);
}

static enum mentor_status import_sessions(struct mentor *m)
{
	static const char csv[] = "date,time,minutes,mentor,next_date\n2026-03-02,,60,ann@example.org,\n2026-03-02,19:00,45,ann@example.org,2026-04-20\n"
				  "2026-03-30,,,ann@example.org,\n";
	return mentor_session_import(m, 1, "log.csv", csv, strlen(csv), 0, ignore_record, NULL);
}

static enum mentor_status shadow(struct mentor *m)
{
	const struct mentor_shadowing s = { .by = MENTOR_SIDE_MENTOR, .meeting = "Board", .part = MENTOR_PART_OBSERVED };
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_shadowing_add(m, 1, &s, UINT64_MAX, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status reflect(struct mentor *m)
{
	const char *change = sentinel;
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_reflection_add(m, 1, MENTOR_SIDE_MENTOR, NULL, &change, &id);
	return kept(status, change == sentinel && id == SENTINEL);
}

static enum mentor_status remove_session(struct mentor *m)
{
	return mentor_log_remove(m, &mentor_entity_session, 1);
}

static enum mentor_status read_log(struct mentor *m)
{
	const struct mentor_forms_request request = { .format = MENTOR_FORMS_HTML };
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_log_forms(m, 1, &request, &b);
	kept(status, b.len == 0);
	mentor_buf_free(&b);
	if (!status)
		status = mentor_report_topics(m, 1, NULL, ignore_part, NULL);
	return status ? status : mentor_report_commitment(m, 1, ignore_part, NULL);
}

static const struct {
	const char *name;
	operation *run;
} of_the_log[] = {
	{ "plan the next session", plan_session }, { "move it", move_session }, { "cancel it", cancel_session }, { "acknowledge a session", sign_session },
	{ "import sessions", import_sessions }, { "shadow a meeting", shadow }, { "reflect", reflect }, { "remove a session", remove_session },
};

static void the_log_survives_a_failure_at_every_call(void **state)
{
	struct mentor *m = rich_world(WITH_PAIR);
	(void)state;
	for (size_t i = 0; i < sizeof(of_the_log) / sizeof(*of_the_log); i++)
		survive(m, of_the_log[i].name, of_the_log[i].run);
	mentor_free(m);
}

static void changes_by_hand_survive_a_failure_at_every_call(void **state)
{
	struct mentor *m = four_people();
	(void)state;
	for (size_t i = 0; i < sizeof(by_hand) / sizeof(*by_hand); i++)
		survive(m, by_hand[i].name, by_hand[i].run);
	support_sql(m, "UPDATE enrolment SET role = 'either'");
	survive(m, "propose pairs in one pool", propose);
	mentor_free(m);
}

static void every_write_survives_a_failure_at_every_call(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	support_person(m, "amir", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	support_person(m, "dora", "Housing", MENTOR_ROLE_MENTEE);
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		survive(m, operations[i].name, operations[i].run);
	mentor_free(m);
}

/* Reads find nothing to undo, but have to tell; what they could not read is not the same as what is not there. */
static enum mentor_status read_status(struct mentor *m)
{
	struct mentor_store_status s, before;
	memset(&s, 0x5a, sizeof(s));
	memcpy(&before, &s, sizeof(before));
	enum mentor_status status = mentor_store_status(m, &s);
	return kept(status, memcmp(&s, &before, sizeof(before)) == 0);
}

static enum mentor_status read_versions(struct mentor *m)
{
	int64_t id = SENTINEL, n = SENTINEL;
	enum mentor_status status = mentor_store_versions(m, &id, &n);
	return kept(status, id == SENTINEL && n == SENTINEL);
}

static enum mentor_status migrate_newest_store(struct mentor *m)
{
	int64_t id = SENTINEL, n = SENTINEL;
	enum mentor_status status = mentor_store_migrate(m, &id, &n);
	return kept(status, id == SENTINEL && n == SENTINEL);
}

static enum mentor_status find_unknown(struct mentor *m)
{
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_record_find(m, &mentor_entity_person, "amira@example.org", &id);
	kept(status, id == SENTINEL);
	return status == MENTOR_NOT_FOUND ? MENTOR_OK : status;
}

static enum mentor_status read_source(struct mentor *m)
{
	char *text = NULL;
	enum mentor_status status = mentor_programme_source(m, 1, 0, &text);
	kept(status, !text);
	free(text);
	return status;
}

static enum mentor_status read_yaml(struct mentor *m)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_programme_yaml(m, 1, 0, &b);
	mentor_buf_free(&b);
	return status;
}

static enum mentor_status list_revisions(struct mentor *m)
{
	return mentor_programme_revisions(m, 1, ignore_record, NULL);
}

static enum mentor_status compare_programme(struct mentor *m)
{
	const char *text = looser();
	return mentor_programme_diff(m, "new.yaml", text, strlen(text), ignore_record, ignore_record, NULL);
}

static enum mentor_status list_people(struct mentor *m)
{
	return mentor_record_list(m, &mentor_entity_person, NULL, 0, ignore_record, NULL);
}

static enum mentor_status read_only_cohort(struct mentor *m)
{
	int64_t id = SENTINEL;
	enum mentor_status status = mentor_cohort_only(m, &id);
	return kept(status, id == SENTINEL);
}

static void the_whole_language_survives_a_failure_at_every_call(void **state)
{
	struct mentor *m = rich_cohort();
	(void)state;
	survive(m, "import applications", rich_applications);
	support_sql(m, "UPDATE enrolment SET state = 'accepted'");
	survive(m, "propose pairs", propose);
	survive(m, "publish pairs", publish);
	survive(m, "draft a contract", draft);
	survive(m, "say something in it", say_in_contract);
	survive(m, "set it", set_contract);
	survive(m, "sign it", sign);
	survive(m, "amend it", amend);
	survive(m, "sign the amendment", sign);
	survive(m, "take a signature back", unsign);
	survive(m, "withdraw the amendment", withdraw_amendment);
	survive(m, "import answers", rich_answers);
	survive(m, "go on", go_on);
	survive(m, "settle points", settle);
	mentor_free(m);
}

static void events_survive_a_failure_at_every_call(void **state)
{
	struct mentor *m = eventful();
	(void)state;
	for (size_t i = 0; i < sizeof(event_operations) / sizeof(*event_operations); i++) {
		support_now(m, event_operations[i].now);
		survive(m, event_operations[i].name, event_operations[i].run);
	}
	mentor_free(m);
}

static void selection_survives_a_failure_at_every_call(void **state)
{
	struct mentor *m = support_applicants();
	(void)state;
	survive(m, "confirm", confirm);
	survive(m, "approve", approve);
	survive(m, "score", score);
	survive(m, "import scores", import_scores);
	survive(m, "accept in spite of a refusal", accept_refused);
	survive(m, "accept in spite of a no", accept_no);
	survive(m, "propose pairs", propose);
	survive(m, "publish pairs", publish);
	mentor_free(m);
}

static void every_read_tells_of_a_failure(struct mentor *m, operation *const *reads, size_t n_reads)
{
	for (size_t i = 0; i < n_reads; i++) {
		bool reached = true;
		for (long n = 1; reached; n++) {
			support_calls = 0;
			support_fail_at = n;
			enum mentor_status status = reads[i](m);
			reached = support_calls >= n;
			support_fail_at = 0;
			if ((status != MENTOR_OK) != reached)
				fail_msg("read %zu: call %ld failed and the result was %d", i, n, (int)status);
		}
	}
}

/* ---- reminders ---- */

static bool nobody_is_alive(void *arg, const char *owner)
{
	(void)arg;
	(void)owner;
	return false;
}

static enum mentor_status stage_nothing(void *arg, const struct mentor_mail *mail)
{
	(void)arg;
	(void)mail;
	return MENTOR_OK;
}

static enum mentor_handed nobody_knows(void *arg, const char *transport, const char *mail_id, const char *handed_at)
{
	(void)arg;
	(void)transport;
	(void)mail_id;
	(void)handed_at;
	return MENTOR_HANDED_UNSURE;
}

/* Decides on all that is due, and takes the first in hand. */
static enum mentor_status take_reminder(struct mentor *m)
{
	static const struct mentor_remind_hands hands = { NULL, "test", "me", nobody_is_alive, stage_nothing, nobody_knows };
	struct mentor_remind_run *work = NULL;
	const struct mentor_mail *mail = NULL;
	enum mentor_status status = mentor_remind_start(m, 0, &hands, &work);
	if (!status)
		status = mentor_remind_next(work, &mail);
	if (!status)
		assert_non_null(mail);
	mentor_remind_free(work);
	return status;
}

static enum mentor_status list_due(struct mentor *m)
{
	return mentor_remind_due(m, 0, true, ignore_record, ignore_record, NULL);
}

static enum mentor_status list_work(struct mentor *m)
{
	return mentor_worklist(m, 90, ignore_record, NULL);
}

static enum mentor_status resend_first(struct mentor *m)
{
	bool changed = false;
	enum mentor_status status = mentor_remind_settle(m, 1, MENTOR_MESSAGE_RESEND, &changed);
	return kept(status, !changed);
}

/* Something of each kind to be reminded of; the first message is of an event, and brings its calendar. */
static void reminders_survive_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { list_due, list_work };
	static const char rules[] = "check_ins: { chat: { text: How are you?, weeks: 1, audience: both } }\n"
				    "reminders:\n"
				    "  soon: { when: event-ahead, days: -14, template: event }\n"
				    "  quiet: { when: no-session, template: pair }\n"
				    "  behind: { when: behind-pace, template: pair }\n"
				    "  low: { when: low-participation, to: partner, template: pair }\n"
				    "  sign: { when: contract-unsigned, template: pair }\n"
				    "  again: { when: contract-unsigned, after: sign, days: 1, to: team, template: team }\n"
				    "  view: { when: survey-open, template: survey }\n"
				    "  ask: { when: check-in-due, to: facilitator, template: keep }\n"
				    "  help: { when: support-missing, to: manager, template: support }\n"
				    "  late: { when: action-overdue, template: action }\n"
				    "  keep: { when: retention-due, to: team, template: keep }\n";
	struct mentor *m = support_reminders(rules);
	(void)state;
	support_zones(m);
	support_sql(m, "UPDATE person SET language = 'cy' WHERE id = 1");
	support_sql(m, "INSERT INTO event (cohort_id, name, slot, title, kind, audience, date, start, until, zone, place, uid, changed_at) VALUES "
		       "(1, 'training', 'one', 'Training', 'training', 'mentors', '2026-05-10', '10:00', '12:00', 'Europe/London', 'Hall', 'u1', '2026-04-01T00:00:00Z')");
	support_sql(m, "INSERT INTO attendance (event_id, person_id, state, said_at, recorded_by) VALUES (1, 1, 'coming', '2026-04-20T10:00:00Z', 'x')");
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on) VALUES (1, 'x', 'y', '2026-04-01')");
	support_sql(m, "INSERT INTO support (enrolment_id, asked_on, recorded_by) VALUES (1, '2026-04-01', 'x')");
	support_sql(m, "INSERT INTO action (cohort_id, pair, text, due, added_on) VALUES (1, 1, 'Tell', '2026-04-20', '2026-04-01')");
	support_sql(m, "INSERT INTO hold (person_id, held_on, held_by) VALUES (4, '2026-04-01', 'x')");
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	survive(m, "take a reminder in hand", take_reminder);
	survive(m, "find that nobody has it in hand, and take the next", take_reminder);
	survive(m, "let the first go out again", resend_first);
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

static void explaining_and_trying_tell_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { explain_left, try_changes };
	struct mentor *m = support_cohort();
	(void)state;
	support_person(m, "Ann", "A", MENTOR_ROLE_MENTOR);
	support_person(m, "Bob", "B", MENTOR_ROLE_MENTOR);
	support_person(m, "Cat", "C", MENTOR_ROLE_MENTEE);
	support_person(m, "Dan", "D", MENTOR_ROLE_MENTEE);
	support_sql(m, "UPDATE enrolment SET state = 'waiting' WHERE person_id = 4");
	assert_int_equal(propose(m), MENTOR_OK);
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

static void reading_the_whole_language_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { export_contract, check_hash, read_terms, read_history, explain, read_answers, read_across, write_letters, read_log, report_time, report_across };
	struct mentor *m = rich_world(WITH_ANSWERS);
	(void)state;
	signed_and_back(m);
	support_sql(m, "INSERT INTO person (email, name) VALUES ('dan@example.org', 'Dan')");
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

static struct mentor *monitored_for_other_reasons(void)
{
	struct mentor *m = support_cohort();
	support_person(m, "amir", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(import_monitoring(m), MENTOR_OK);
	db_equality(m, true);
	support_sql(m, "UPDATE equality_basis SET purpose = 'Another one'");
	db_equality(m, false);
	return m;
}

/* Applications about which everything is known that can be. */
static struct mentor *selected(void)
{
	struct mentor *m = support_applicants();
	assert_int_equal(confirm(m), MENTOR_OK);
	assert_int_equal(approve(m), MENTOR_OK);
	assert_int_equal(score(m), MENTOR_OK);
	assert_int_equal(import_scores(m), MENTOR_OK);
	assert_int_equal(accept_no(m), MENTOR_OK);
	return m;
}

static void reading_a_selection_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { read_selection, read_todos };
	struct mentor *m = selected();
	(void)state;
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

static void reading_events_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { read_events, write_calendars, write_guides, report_attendance, read_todos };
	struct mentor *m = eventful();
	(void)state;
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

static void comparing_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { compare_all };
	struct mentor *m = proposed_world();
	(void)state;
	every_read_tells_of_a_failure(m, reads, 1);
	mentor_free(m);
}

static void every_read_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { read_status, read_versions, migrate_newest_store, find_unknown, read_source, read_yaml, list_revisions,
		compare_programme, list_people, read_only_cohort, mentor_store_check, read_monitoring };
	struct mentor *m = monitored_for_other_reasons();
	(void)state;
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	mentor_free(m);
}

/* A cohort that ended long ago: all of it is due. */
static struct mentor *long_ago(void)
{
	struct mentor *m = support_cohort();
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(import_monitoring(m), MENTOR_OK);
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on, ended_on) "
		       "VALUES (1, 1, 2, 'ended', 'reverse', 5, '2026-03-02', '2026-03-02', '2026-03-02')");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-03-02', 60, '2026-03-02')");
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	support_sql(m, "INSERT INTO answer VALUES (3, 'topics', 'About amir')");
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-02', finished_on = '2026-06-30'");
	assert_int_equal(mentor_set_now(m, "2040-01-01"), MENTOR_OK);
	return m;
}

static void what_people_may_ask_tells_of_a_failure_at_every_call(void **state)
{
	static operation *const reads[] = { look_at_trail, erase_as_if, retain_as_if, list_requests, list_cuts, mentor_store_check_quick };
	struct mentor *m = long_ago();
	(void)state;
	const uint64_t before = support_fingerprint(m);
	every_read_tells_of_a_failure(m, reads, sizeof(reads) / sizeof(*reads));
	assert_int_equal(support_fingerprint(m), before);
	bool reached = true;
	for (long n = 1; reached; n++) { /* which finds something when nothing fails */
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = check_privacy(m);
		reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status == MENTOR_FOUND, !reached);
	}
	mentor_free(m);
}

/* The rows are known and the cohort is closed: there is nothing to refuse, whatever fails on the way to knowing that. */
static void a_failing_store_does_not_make_known_rows_new(void **state)
{
	struct mentor *m = support_cohort();
	bool changed = false, reached = true;
	(void)state;
	assert_int_equal(import_applications(m), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	for (long n = 1; reached; n++) {
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = import_applications(m);
		reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_not_equal(status, MENTOR_REFUSED);
		assert_int_equal(status != MENTOR_OK, reached);
	}
	mentor_free(m);
}

static void opening_a_new_store_survives_a_failure_at_every_call(void **state)
{
	(void)state;
	for (long n = 1; n < 200; n++) {
		struct mentor *m = support_store(); /* puts the failing driver in place */
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0);
		bool reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status != MENTOR_OK, reached);
		mentor_free(m);
		if (!reached)
			return;
	}
	fail_msg("opening never succeeded");
}

/* ---- running out of memory ----
 * The allocator below stands before the C library's. Sanitizers bring their own, so there these tests are left out. */

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

static struct mentor *rich_drafted(void)
{
	return rich_world(WITH_CONTRACT);
}

static struct mentor *rich_signed(void)
{
	struct mentor *m = rich_drafted();
	signed_and_back(m);
	return m;
}

static struct mentor *rich_amended(void)
{
	struct mentor *m = rich_signed();
	assert_int_equal(amend(m), MENTOR_OK);
	return m;
}

static enum mentor_status propose_stable(struct mentor *m)
{
	const struct mentor_match_options options = { MENTOR_MATCH_STABLE, MENTOR_MATCH_TOTAL };
	struct mentor_match_summary summary;
	return mentor_match_propose_by(m, 1, &options, NULL, &summary);
}

static enum mentor_status propose_choices(struct mentor *m)
{
	const struct mentor_match_options options = { MENTOR_MATCH_BEST, MENTOR_MATCH_CHOICES };
	struct mentor_match_summary summary;
	return mentor_match_propose_by(m, 1, &options, NULL, &summary);
}

/* Nothing is proposed any more, so that it can be taken back. */
static struct mentor *dropped_world(void)
{
	struct mentor *m = proposed_world();
	support_sql(m, "DELETE FROM pair");
	return m;
}

static struct mentor *open_world(void)
{
	struct mentor *m = four_people();
	support_sql(m, "UPDATE enrolment SET role = 'either'");
	return m;
}
/* Random numbers that are the same in every run, so that what two runs leave in the store can be compared. */
static uint32_t dice;

static const char *dice_name(void)
{
	return "dice";
}

static uint32_t throw_dice(void)
{
	return dice = dice * 1664525 + 1013904223;
}

static void throw_many(void *buffer, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((unsigned char *)buffer)[i] = (unsigned char)(throw_dice() >> 24);
}

static void load_dice(void)
{
	static struct randombytes_implementation loaded = { dice_name, throw_dice, NULL, NULL, throw_many, NULL };
	assert_int_equal(randombytes_set_implementation(&loaded), 0);
}

static long allocation_fails_at, allocations;
static size_t allocation_least; /* smaller ones neither count nor fail */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool no_memory(size_t size)
{
	return allocation_fails_at && size >= allocation_least && ++allocations == allocation_fails_at;
}

MENTOR_API void *malloc(size_t size)
{
	return no_memory(size) ? NULL : __libc_malloc(size);
}

MENTOR_API void *calloc(size_t n, size_t size)
{
	return no_memory(n * size) ? NULL : __libc_calloc(n, size);
}

MENTOR_API void *realloc(void *old, size_t size)
{
	return no_memory(size) ? NULL : __libc_realloc(old, size);
}

/* Runs it with allocation n failing; 0: none. */
static enum mentor_status run_without(struct mentor *m, operation *run, long n, size_t least)
{
	allocations = 0;
	dice = 42;
	allocation_least = least;
	allocation_fails_at = n;
	enum mentor_status status = run(m);
	allocation_fails_at = 0;
	return status;
}

/* Some allocations can be done without, so success is fine too, if it is the whole of it. */
static void survive_without_memory_in(struct mentor *(*world)(void), operation *run, size_t least)
{
	struct mentor *m = world();
	uint64_t before = support_fingerprint(m);
	assert_int_equal(run_without(m, run, 0, least), MENTOR_OK);
	uint64_t done = support_fingerprint(m);
	bool reached = true;
	for (long n = 1; reached; n++) {
		if (support_fingerprint(m) == done) {
			mentor_free(m);
			m = world();
		}
		enum mentor_status status = run_without(m, run, n, least);
		reached = allocations >= n;
		if (support_fingerprint(m) != (status ? before : done))
			fail_msg("allocation %ld failed, the result was %d, and the store is something in between", n, (int)status);
	}
	assert_int_equal(support_fingerprint(m), done);
	mentor_free(m);
}

static void survive_without_memory(operation *run, size_t least)
{
	survive_without_memory_in(support_cohort, run, least);
}

static struct mentor *rich_people(void)
{
	return rich_world(WITH_PEOPLE);
}

static struct mentor *rich_pair(void)
{
	return rich_world(WITH_PAIR);
}

static void proposals_contracts_and_answers_survive_without_memory_at_every_allocation(void **state)
{
	(void)state;
	load_dice();
	survive_without_memory_in(rich_people, propose, 0);
	survive_without_memory_in(rich_pair, draft, 0);
	survive_without_memory_in(rich_drafted, set_contract, 0);
	survive_without_memory_in(rich_drafted, say_in_contract, 0);
	survive_without_memory_in(rich_drafted, sign, 0);
	survive_without_memory_in(rich_signed, unsign, 0);
	survive_without_memory_in(rich_signed, amend, 0);
	survive_without_memory_in(rich_amended, withdraw_amendment, 0);
	survive_without_memory_in(rich_pair, rich_answers, 0);
	survive_without_memory_in(rich_pair, tell, 0);
}

static struct mentor *paired_world(void)
{
	return rich_world(WITH_PAIR);
}

static struct mentor *planned_world(void)
{
	struct mentor *m = paired_world();
	assert_int_equal(plan_session(m), MENTOR_OK);
	return m;
}

static void the_log_survives_without_memory_at_every_allocation(void **state)
{
	static operation *const fresh[] = { plan_session, shadow, reflect }, *const later[] = { move_session, cancel_session, sign_session, import_sessions };
	(void)state;
	for (size_t i = 0; i < sizeof(fresh) / sizeof(*fresh); i++)
		survive_without_memory_in(paired_world, fresh[i], 0);
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		survive_without_memory_in(planned_world, later[i], 0);
}

static void changes_by_hand_survive_without_memory_at_every_allocation(void **state)
{
	static operation *const changes[] = { avoid, block, add_pair }, *const choices[] = { propose_stable, propose_choices, use_proposal };
	(void)state;
	survive_without_memory_in(four_people, prefer, 0);
	survive_without_memory_in(open_world, propose, 0);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		survive_without_memory_in(proposed_world, changes[i], 0);
	for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++)
		survive_without_memory_in(dropped_world, choices[i], 0);
}

static void selection_survives_without_memory_at_every_allocation(void **state)
{
	static operation *const writes[] = { confirm, approve, score, import_scores, accept_no };
	(void)state;
	for (size_t i = 0; i < sizeof(writes) / sizeof(*writes); i++)
		survive_without_memory_in(support_applicants, writes[i], 0);
}

/* Nothing is changed by reading; what is told in full is told with success and nothing else is. */
static enum mentor_status add_up(void *arg, const void *record)
{
	*(int64_t *)arg += ((const struct mentor_survey_answer *)record)->count == MENTOR_SUPPRESSED;
	return MENTOR_OK;
}

static int64_t withheld;
static enum mentor_status count_withheld(struct mentor *m)
{
	withheld = 0;
	return mentor_survey_answers(m, 1, "view", "before", add_up, &withheld);
}

static void reading_tells_of_memory_running_out_at_every_allocation(void **state)
{
	static operation *const reads[] = { export_contract, check_hash, read_terms, read_history, explain, read_answers, read_across, count_withheld, write_letters, read_log, report_time, report_across };
	struct mentor *m = rich_world(WITH_ANSWERS);
	(void)state;
	signed_and_back(m);
	support_sql(m, "INSERT INTO person (email, name) VALUES ('dan@example.org', 'Dan')");
	for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++) {
		bool reached = true;
		for (long n = 1; reached; n++) {
			enum mentor_status status = run_without(m, reads[i], n, 0);
			reached = allocations >= n;
			if (status && !reached)
				fail_msg("read %zu: %s", i, mentor_error(m)->message);
			if (!status && reads[i] == count_withheld)
				assert_int_equal(withheld, 5 + 2 + 3);
			if (!status && reads[i] == write_letters)
				assert_int_equal(n_letters, 2 + 1);
			if (reads[i] == write_letters)
				assert_int_not_equal(status, MENTOR_REFUSED);
		}
	}
	mentor_free(m);
}

static void monitoring_survives_without_memory_at_every_allocation(void **state)
{
	(void)state;
	survive_without_memory_in(monitored_for_other_reasons, change_monitoring, 0);
	survive_without_memory_in(monitored_for_other_reasons, withdraw_monitoring, 0);
}

static void a_status_tells_of_memory_running_out_at_every_allocation(void **state)
{
	struct mentor *m = monitored_for_other_reasons();
	bool reached = true;
	(void)state;
	for (long n = 1; reached; n++) {
		enum mentor_status status = run_without(m, read_monitoring, n, 0);
		reached = allocations >= n;
		if (status && !reached)
			fail_msg("%s", mentor_error(m)->message);
	}
	mentor_free(m);
}

static void an_import_survives_without_memory_at_every_allocation(void **state)
{
	(void)state;
	survive_without_memory(import_applications, 0);
}

/* Enough rows for the index of addresses to grow, and a cell with more text than one small allocation holds. */
static enum mentor_status import_many(struct mentor *m)
{
	struct mentor_buf csv = MENTOR_BUF_INIT;
	long armed = allocation_fails_at;
	allocation_fails_at = 0;
	mentor_buf_str(&csv, "ID,Email,Name,Role,Where,Topics\n");
	for (int i = 1; i <= 400; i++)
		mentor_buf_fmt(&csv, "%d,person%d@example.org,Person %d,Mentor,Parks,\n", i, i, i);
	mentor_buf_str(&csv, "0,topics@example.org,Topics,Mentor,Parks,");
	for (int i = 1; i <= 90; i++)
		mentor_buf_fmt(&csv, "choice %d %0120d;", i, 0);
	allocation_fails_at = armed;
	enum mentor_status status = mentor_enrol_import(m, 1, "form.csv", mentor_buf_text(&csv), csv.len, 0, NULL, ignore_import, NULL);
	mentor_buf_free(&csv);
	return status;
}

static void a_large_import_survives_without_memory_at_every_large_allocation(void **state)
{
	(void)state;
	survive_without_memory(import_many, 8192);
}

static void a_programme_survives_without_memory_at_every_allocation(void **state)
{
	(void)state;
	survive_without_memory(import_programme, 0);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_write_survives_a_failure_at_every_call),
		cmocka_unit_test(changes_by_hand_survive_a_failure_at_every_call),
		cmocka_unit_test(the_log_survives_a_failure_at_every_call),
		cmocka_unit_test(every_read_tells_of_a_failure_at_every_call),
		cmocka_unit_test(the_whole_language_survives_a_failure_at_every_call),
		cmocka_unit_test(explaining_and_trying_tell_of_a_failure_at_every_call),
		cmocka_unit_test(reading_the_whole_language_tells_of_a_failure_at_every_call),
		cmocka_unit_test(selection_survives_a_failure_at_every_call),
		cmocka_unit_test(events_survive_a_failure_at_every_call),
		cmocka_unit_test(reading_events_tells_of_a_failure_at_every_call),
		cmocka_unit_test(reading_a_selection_tells_of_a_failure_at_every_call),
		cmocka_unit_test(a_failing_store_does_not_make_known_rows_new),
		cmocka_unit_test(opening_a_new_store_survives_a_failure_at_every_call),
		cmocka_unit_test(comparing_tells_of_a_failure_at_every_call),
		cmocka_unit_test(what_people_may_ask_tells_of_a_failure_at_every_call),
		cmocka_unit_test(reminders_survive_a_failure_at_every_call),
#if OWN_ALLOCATOR
		cmocka_unit_test(the_log_survives_without_memory_at_every_allocation),
		cmocka_unit_test(monitoring_survives_without_memory_at_every_allocation),
		cmocka_unit_test(a_status_tells_of_memory_running_out_at_every_allocation),
		cmocka_unit_test(an_import_survives_without_memory_at_every_allocation),
		cmocka_unit_test(a_large_import_survives_without_memory_at_every_large_allocation),
		cmocka_unit_test(a_programme_survives_without_memory_at_every_allocation),
		cmocka_unit_test(proposals_contracts_and_answers_survive_without_memory_at_every_allocation),
		cmocka_unit_test(reading_tells_of_memory_running_out_at_every_allocation),
		cmocka_unit_test(selection_survives_without_memory_at_every_allocation),
		cmocka_unit_test(changes_by_hand_survive_without_memory_at_every_allocation),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
