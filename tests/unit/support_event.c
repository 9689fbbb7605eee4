/* support_event.c: a cohort with events. */
#include "support_event.h"

#include "attendance.h"
#include "field.h"

#include <stdio.h>
#include <stdlib.h>

static const char programme[] = "programme: demo\n"
				"title: Demo\n"
				"contact: { name: The desk, email: team@example.org }\n"
				"roles:\n"
				"  mentor: { manager_support: none, needs: [training] }\n"
				"  mentee: { manager_support: none }\n"
				"  facilitator: { manager_support: none, needs: [course] }\n"
				"contract: { purpose: We talk. }\n"
				"events:\n"
				"  open:\n"
				"    title: Open session\n"
				"    kind: awareness\n"
				"    audience: applicants\n"
				"    times:\n"
				"      first: { date: 2026-03-10, start: \"11:00\", end: \"12:00\", mode: virtual }\n"
				"      second: { date: 2026-03-12, start: \"14:00\", end: \"15:00\", mode: virtual }\n"
				"  training:\n"
				"    title: Training\n"
				"    kind: training\n"
				"    audience: mentors\n"
				"    required: yes\n"
				"    times:\n"
				"      first: { from: starts, weeks: -2, start: \"10:00\", end: \"12:00\" }\n"
				"      second: { date: 2026-03-19, start: \"10:00\", end: \"12:00\" }\n"
				"  induction:\n"
				"    title: Induction\n"
				"    kind: induction\n"
				"    required: yes\n"
				"    times: { first: { from: starts, weeks: -1, start: \"10:00\", end: \"12:00\" } }\n"
				"  course:\n"
				"    title: Course\n"
				"    kind: training\n"
				"    audience: facilitators\n"
				"    times: { first: { from: opens, weeks: -2 } }\n"
				"  workshop:\n"
				"    title: Workshop\n"
				"    kind: workshop\n"
				"    capacity: 2\n"
				"    around: board\n"
				"    facilitators_need: course\n"
				"    times: { first: { from: starts, weeks: 2, start: \"14:00\", end: \"16:00\", mode: in-person, place: Room 1 } }\n";

static enum mentor_status read_zone(void *arg, const char *name, char **ret_bytes, size_t *ret_len)
{
	char path[128];
	enum { MOST = 65536 };
	(void)arg;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	bool damaged = strcmp(name, "Test/Damaged") == 0;
	FILE *f = damaged ? NULL : fopen(path, "rb");
	if (!f && !damaged)
		return MENTOR_NOT_FOUND;
	*ret_bytes = calloc(1, MOST);
	*ret_len = damaged ? 60 : fread(*ret_bytes, 1, MOST, f);
	if (damaged)
		memcpy(*ret_bytes, "TZif2", 5);
	if (f)
		fclose(f);
	return MENTOR_OK;
}

void support_zones(struct mentor *m)
{
	mentor_set_zones(m, read_zone, NULL);
}

struct mentor *support_events(void)
{
	struct mentor *m = support_store();
	struct mentor_cohort cohort;
	const char *change = NULL;
	bool changed = false;
	int64_t id = 0;
	support_zones(m);
	if (mentor_programme_import(m, "demo.yaml", programme, strlen(programme), &change, &id))
		fail_msg("%s: %s", mentor_error(m)->place.field, mentor_error(m)->message);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	cohort.starts_on = "2026-04-01";
	uint64_t given = field_bit(mentor_cohort_fields, "slug") | field_bit(mentor_cohort_fields, "starts_on");
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, given, &id), MENTOR_OK);
	if (mentor_cohort_move(m, id, MENTOR_COHORT_OPEN, &changed))
		fail_msg("%s", mentor_error(m)->message);
	support_person(m, "Ann", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "Ben", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "Cat", "Roads", MENTOR_ROLE_MENTEE);
	support_person(m, "Dan", "Roads", MENTOR_ROLE_EITHER);
	support_person(m, "Eve", "Staff", MENTOR_ROLE_FACILITATOR);
	support_sql(m, "UPDATE person SET email = lower(email)"); /* as addresses are kept */
	support_sql(m, "INSERT INTO person (email, name) VALUES ('zed@example.org', 'Zed')");
	return m;
}

int support_events_set_up(void **state)
{
	*state = support_events();
	return 0;
}

int support_events_tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

void support_now(struct mentor *m, const char *now)
{
	assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
}

const char *support_sign_up(struct mentor *m, int64_t event, int64_t person, bool off)
{
	const char *change = NULL;
	if (mentor_event_sign_up(m, event, person, off, &change))
		fail_msg("%s", mentor_error(m)->message);
	return change;
}

const char *support_attend(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing)
{
	const char *change = NULL;
	if (mentor_event_attend(m, event, person, standing, MENTOR_NONE, &change))
		fail_msg("%s", mentor_error(m)->message);
	return change;
}

static enum mentor_status write_down(void *arg, const void *record)
{
	const struct mentor_event_person *p = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%s %s;", p->name, attendance_standings[p->standing]);
	return MENTOR_OK;
}

void support_people(struct mentor *m, int64_t event, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_event_people(m, event, write_down, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

void support_event_failed(struct mentor *m, enum mentor_status status, enum mentor_status wanted, const char *words)
{
	assert_int_equal(status, wanted);
	if (!strstr(mentor_error(m)->message, words))
		fail_msg("'%s' is not in: %s", words, mentor_error(m)->message);
}
