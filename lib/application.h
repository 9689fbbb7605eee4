/* application.h: one import of applications. application.c reads the file and checks it, application_known.c holds it against what is
 * recorded, application_store.c stores what is new. */
#ifndef APPLICATION_H
#define APPLICATION_H

#include "bulk.h"
#include "enrolment.h"
#include "form.h"

/** An answer to one of the programme's own questions. */
struct answer {
	const struct def_column *column;
	char *text;    /* as form_value.text */
	bool recorded; /* there is one in the store */
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
	const struct mentor_person *known_person; /* on record; NULL: new */
	const struct mentor_enrolment *known;	  /* on record, as far as it is compared; NULL: new */
	uint64_t gaps;		   /* fields of the person that the file fills */
	const char *filled, *differs; /* lists; NULL: nothing */
	const char *cohort;	   /* the one it went to, or is in */
	const char *change;
};

/** Applications by a text or a number of theirs: a hash table of a power of two of slots, at most half full. */
struct application_index {
	struct application_slot {
		struct application *application;
		uint64_t hash;
	} *slots;
	size_t n_slots, n;
	size_t key; /* offset of a text, or of an int64_t, in struct application */
	bool number;
};

/** One or the other. */
struct application_key {
	const char *text;
	int64_t number;
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
	struct mentor *m;
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
	struct arena memory;
	struct application *first, **end;
	struct application_index by_email, by_response, by_person, by_enrolment;
	bool keep_going; /* bad rows are left out */
};

/** The application with this key; NULL when there is none. */
struct application *application_find(const struct application_index *x, const char *text, int64_t number);
/** The application that has the same key already; NULL when this one is the first, which it then is for the rest. One without a key is not
 * entered. Without memory it is NULL as well, and i->memory says so. */
struct application *application_index(struct import *i, struct application_index *x, struct application *a);
/** Leaves a row out for the problems just collected, when those are to be left out; else the problems stay. */
void application_reject(struct import *i, struct application *a);
/** Adds a line to a list of texts. */
void application_note(struct import *i, const char **list, const char *format, ...) MENTOR_PRINTF(3, 4);

/** Loads the other addresses that people have; before any row is read. */
enum mentor_status application_load_former(struct import *i);
/** The main address of whose other address this is; NULL when it is nobody's. */
const char *application_present_address(const struct import *i, const char *address);
/** Finds people and enrolments that are recorded already, and what the file says otherwise of them. Numbers of responses that belong to
 * other people are problems. */
enum mentor_status application_match(struct import *i);
/** Compares one application with the enrolment on record. */
enum mentor_status application_compare(struct import *i, struct application *a, const struct mentor_enrolment *known);
/** Holds the answers of applications that are on record against those in the store. */
enum mentor_status application_compare_answers(struct import *i);

/** Files what is new, each by its day, then stores people, applications and answers, and fills gaps. */
enum mentor_status application_store(struct import *i);

#endif
