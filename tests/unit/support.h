/* support.h: what several unit tests start from: a store in memory, a small programme, and a driver that fails when told. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/** A programme with an application form, a rule, a score, a contract and a survey. */
extern const char support_programme[];

/** A context on 2 March 2026 with an empty store in memory. */
struct mentor *support_store(void);
/** The same with the programme imported and one open cohort, number 1. */
struct mentor *support_cohort(void);
/** Adds, enrols and accepts a person; returns the enrolment. */
int64_t support_person(struct mentor *m, const char *name, const char *directorate, enum mentor_role role);
/** Enrols a person in cohort 1 who is there already, today. */
enum mentor_status support_enrol(struct mentor *m, int64_t person, enum mentor_role role, const char **ret_change);
/** Runs one statement in a transaction of its own. */
void support_sql(struct mentor *m, const char *sql);
/** One number from the store. */
int64_t support_number(struct mentor *m, const char *sql);
/** A hash over every row of every table. */
uint64_t support_fingerprint(struct mentor *m);

/** Every store here is SQLite below a driver whose call number support_fail_at, counted in support_calls, fails; 0: none does. */
extern long support_fail_at, support_calls;

#endif
