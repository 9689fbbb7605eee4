/* application.h: one import of applications. application.c reads the file and checks it, application_ahead.c hands on what has been read while the rest
 * is, application_known.c holds it against what is recorded, application_store.c stores what is new. */
#ifndef APPLICATION_H
#define APPLICATION_H

#include "bulk.h"
#include "enrolment.h"
#include "form.h"
#include "index.h"

/** An answer to one of the programme's own questions. */
struct answer {
	const struct def_column *column;
	char *text;    /* as form_value.text */
	bool recorded; /* there is one in the store */
};

/** Whose application on record has a number of a response. */
struct holder {
	const char *response;
	int64_t person;
	const char *name;
};

/** One row of the file. */
struct application {
	struct application *next;
	struct mentor_person person; /* as the file says; its number once that is known */
	struct mentor_enrolment enrolment; /* as the file says, then as it is filed */
	bool by_address; /* the store knows the person by this address, but it is not the main one */
	struct answer *answers;
	size_t n_answers;
	struct mentor_place place; /* of the address */
	size_t start, end;	   /* of the record in the file */
	const char *reasons;	   /* list: why it is left out; NULL when it is good */
	bool sound;		   /* as far as the file itself tells */
	enum { STORE_LATER, STORE_NOW, STORED } turn;
	const struct mentor_person *known_person; /* on record; NULL: new */
	const struct holder *holder;		  /* of the response on record; NULL: nobody */
	const struct mentor_enrolment *known;	  /* on record, as far as it is compared; NULL: new */
	uint64_t gaps;		   /* fields of the person that the file fills */
	const char *filled, *differs; /* lists; NULL: nothing */
	const char *cohort;	   /* the one it went to, or is in */
	const char *change;
};

/** Where a column of the programme goes: a field of the person or of the enrolment; neither: an answer. */
struct application_target {
	const struct mentor_field *person, *enrolment;
};

/** Another address of a person, and the main one. */
struct former_address {
	const char *address, *now;
};

struct import {
	struct mentor *m;      /* asks the store */
	struct mentor *reader; /* reads the file, in a thread of its own: its problems and its last failure */
	int64_t cohort;
	const struct definition *d;
	struct form form;
	struct application_target *targets; /* one for each column of the programme */
	size_t n_answers;		    /* columns that are answers */
	struct application blank;	    /* nothing is set */
	struct mentor_field manager;	    /* manager_email as any address, not as one to be looked up */
	struct former_address *former;	    /* in order of the address */
	size_t n_former;
	struct window window;
	struct arena memory; /* the reader's until all is read */
	struct application *first, **end;
	struct index by_email, by_response; /* the reader's */
	struct index by_person, by_enrolment;
	struct index people;	   /* people on record by address: */
	bool all_people;	   /* everybody is there; else those who were asked for */
	struct index responses;	   /* holders by response */
	struct arena people_memory;
	bool keep_going; /* bad rows are left out */
	int64_t waiting[MENTOR_ROLE_FACILITATOR + 1]; /* by role: those of this import who wait */
};

/** A way through the applications from the one at `from` to before the one at `end`. */
#define APPLICATIONS(a, from, end) (struct application **a = (from); a != (end); a = &(*a)->next)

/** Reads one row of the file into the list. Touches nothing that asks the store. */
enum mentor_status application_read(struct import *i, bool *ret_more);
/** Reads the rest of the file, `len` bytes with what is read already; meanwhile who is new is stored. */
enum mentor_status application_take_in(struct import *i, size_t len);

/** Leaves a row out for the problems just collected by `m`, when those are to be left out; else the problems stay. */
void application_reject(struct import *i, struct mentor *m, struct application *a);
/** Adds a line to a list of texts. */
void application_note(struct import *i, const char **list, const char *format, ...) MENTOR_PRINTF(3, 4);

/** Loads the other addresses that people have; before any row is read. */
enum mentor_status application_load_former(struct import *i);
/** Loads who is on record, all of them unless they are many beside a file of `len` bytes, and who holds which response of the cohort. */
enum mentor_status application_load_people(struct import *i, size_t len);
/** The main address of whose other address this is; NULL when it is nobody's. */
const char *application_present_address(const struct import *i, const char *address);
/** Finds the people of some applications by their addresses, and the holders of their responses. */
enum mentor_status application_recognise(struct import *i, struct application **from, struct application **end);
/** Finds people by other addresses, and enrolments that are recorded already, and what the file says otherwise of them. Numbers of responses that
 * belong to other people are problems. */
enum mentor_status application_match(struct import *i);
/** Compares one application with the enrolment on record. */
enum mentor_status application_compare(struct import *i, struct application *a, const struct mentor_enrolment *known);
/** Holds the answers of applications that are on record against those in the store. */
enum mentor_status application_compare_answers(struct import *i);

/** Stores some applications with their people: of those that are sound, of people who are on record under no address, in time, and with a response
 * that is not another's. All that can be said of them is known without having read the rest. */
enum mentor_status application_store_new(struct import *i, struct application **from, struct application **end);
/** Stores the rest: files what is new, each by its day, stores applications and answers, and fills gaps. */
enum mentor_status application_store(struct import *i);

#endif
