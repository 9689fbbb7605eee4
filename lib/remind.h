/* remind.h: reminders between the modules that make them: what is due (remind.c), from which records (remind_source.c), in which words
 * (remind_text.c), and what becomes of it (outbox.c). */
#ifndef REMIND_H
#define REMIND_H

#include "objection.h"
#include "pace.h"

/** Somebody of a cohort, or (without an enrolment) somebody who might apply. */
struct remind_person {
	int64_t enrolment, person;
	int64_t role, state; /* enum mentor_role, enum mentor_enrolment_state; MENTOR_NONE without an enrolment */
	const char *name, *email, *manager_email, *manager_name;
	int64_t language, manager_language; /* enum mentor_language */
	bool held;   /* nothing goes to this person, or speaks of her or him */
	bool objects; /* nothing goes to this person */
	bool paired; /* is or was in a published pair */
};

/** An active pair. */
struct remind_pair {
	int64_t id;
	const struct remind_person *mentor, *mentee;
	bool held;
	struct pace_pair pace; /* its texts live as long as the cohort's */
	int64_t due;	       /* sessions by now; MENTOR_NONE without a minimum */
};

/** A cohort with what reminders ask of it, at the context's day. */
struct remind_cohort {
	struct mentor *m;
	struct arena arena;
	struct mentor_cohort *cohort;
	struct definition *d;
	struct mentor_labels labels;
	struct remind_person *people; /* by enrolment */
	struct remind_person **by_person; /* NULL until somebody is looked for so */
	struct remind_pair *pairs;    /* by number */
	size_t n_people, cap_people, n_pairs, cap_pairs;
	int64_t today;
};

/** What the words about an event, a survey or an action stand for; NULL: not known. Days are ISO texts. */
struct remind_words {
	const char *event, *event_date, *event_start, *event_end, *event_place;
	const char *survey, *survey_link, *survey_closes_on;
	const char *action, *action_due;
};

enum remind_side { REMIND_MENTOR = 1, REMIND_MENTEE = 2, REMIND_BOTH = 3 };

/** Something there is to be reminded of, from a day on. One of: about a pair and those sides of it; about a person; for a person, and about
 * nobody; for the running team alone. */
struct remind_occasion {
	const struct remind_pair *pair;
	unsigned sides;
	const struct remind_person *person, *to;
	bool team; /* the running team itself is to do something: it hears in place of the person */
	const char *item; /* tells apart what one reminder can be about: "training/first"; NULL: nothing to tell apart. Lives as long as the cohort */
	int64_t since;	  /* day from which the reminder's days are counted */
	int64_t until;	  /* last day on which it makes sense; MENTOR_NONE: any */
	const struct remind_words *words; /* lives as long as the cohort */
	int64_t event; /* at which whoever gets it is expected; 0: none */
};

/** One message that is due. */
struct remind_due {
	struct remind_cohort *cohort;
	const struct def_reminder *rule;
	const struct remind_person *to;	   /* who gets it, or whose manager; NULL: the running team */
	const struct remind_person *about; /* somebody other than whom it goes to */
	const struct remind_pair *pair;
	const struct remind_words *words;
	const char *key, *thing, *item; /* of the message; what it is about, within the rule; as of its occasion */
	int64_t since, on, turn;
	bool held;
	int64_t event;	  /* as of its occasion */
	int64_t language; /* of the text that is being written */
};

/** Everything that is due on the context's day in the cohorts looked at. Start with zeroes but for m. */
struct remind_list {
	struct mentor *m;
	struct remind_cohort **cohorts;
	size_t n_cohorts, cap_cohorts;
	struct remind_due *items; /* by cohort, rule and number */
	size_t n, cap;
	struct remind_problem *problems;
	size_t n_problems, cap_problems;
	struct mentor_buf text; /* what is being written */
};

/** A reminder of a cohort that cannot be written. */
struct remind_problem {
	const struct remind_cohort *cohort;
	const struct def_reminder *rule;
	const char *problem, *hint; /* kept in the cohort's arena */
};

/** Derives what is due in a cohort, of 0 in every one. On failure too, remind_free() follows. */
enum mentor_status remind_derive(struct remind_list *list, int64_t cohort);
void remind_free(struct remind_list *list);
/** Adds what follows from an occasion of a rule. */
enum mentor_status remind_occasion(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule,
    const struct remind_occasion *o);
/** The occasions of a rule. */
enum mentor_status remind_source(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule);
/** The first day from `day` on, on which the cohort's programme sends anything. */
int64_t remind_sending_day(const struct definition *d, int64_t day);

/** What a reminder's template is called and says. */
const struct def_template *remind_template(const struct definition *d, const struct def_reminder *rule);
/** The word of the template that nothing of the cohort can fill in; NULL: all can. */
const char *remind_hole(const struct remind_cohort *c, const struct def_reminder *rule);

/** Who a message goes to: texts are borrowed. */
struct remind_address {
	const char *name, *email;
	int64_t language; /* enum mentor_language */
};
struct remind_address remind_address(const struct remind_due *due);
/** Appends subject and text of one reminder; *ret_language is the one they are in. MENTOR_REFUSED when a word has nothing to stand for. */
enum mentor_status remind_write(const struct remind_due *due, struct mentor_buf *subject, struct mentor_buf *text, int64_t *ret_language);

/** A message that was decided on before. */
struct remind_known {
	const char *key;
	int64_t id, state; /* enum mentor_reminder_state */
	bool due;	   /* for who looks things up */
};
/** Those of a cohort, by key. Start with zeroes; remind_forget() frees. */
struct remind_knowledge {
	struct arena arena;
	struct remind_known *items;
	size_t n, cap;
};
enum mentor_status remind_known(struct mentor *m, const struct remind_cohort *c, struct remind_knowledge *k);
struct remind_known *remind_find(const struct remind_knowledge *k, const char *key);
void remind_forget(struct remind_knowledge *k);

extern const char *const remind_recipients[]; /* person partner manager facilitator team */

/** SQL: whether that person or pair is on hold on a day. */
#define HOLD_ON(column, expression, day) \
	"EXISTS (SELECT 1 FROM hold h WHERE h." column " = " expression " AND h.held_on <= " day " AND (h.until_on IS NULL OR h.until_on >= " day "))"
/** SQL: whether nothing goes to that person. */
#define NOTHING_TO(expression, day) "(" HOLD_ON("person_id", expression, day) " OR " OBJECTS(expression, "reminders") ")"

#endif
