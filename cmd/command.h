/* command.h: what a command is, and how to add one.
 *
 * How to add a command
 *   1. Write the library function with its contract in lib/mentor.h, and its unit test in tests/unit/.
 *   2. In cmd/<noun>.c add a `static const struct command` row: name, summary, flags, options, operands, parts, run.
 *      Option rows point into an argument struct by offset; the parts say what the command prints in every format.
 *   3. List it in the noun's verbs[] (a new noun: in commands.c, in help order).
 *   4. Run `make sync-docs`: it rewrites the generated blocks of man/ and completions/. Write the prose of the page by hand.
 *   5. Write its CLI test in tests/cli/<noun>.bats. These run on it without being told: tests/cli/every-command.bats (one JSON document
 *      or one error object, valid against its schema; --help; --dry-run) and tests/cli/docs.bats (-h = SYNOPSIS, options = manual).
 *
 * A command never prints: it hands rows to `run->out`. It never opens, begins, commits or flushes: main.c does, as the flags say. */
#ifndef COMMAND_H
#define COMMAND_H

#include "mentor.h"

struct out;
struct run;

/** An option, or one field of a record given as an option. A yes-or-no field is a flag without argument. */
struct option {
	struct mentor_field field; /* name, type, offset into the argument struct, choices or entity, help */
	char letter;		   /* short form, 0 for none */
	const char *placeholder;   /* NULL: made from the type */
	const char *alias;	   /* hidden second spelling */
};

/** A positional argument. */
struct operand {
	const char *name;   /* as in the synopsis: PERSON */
	bool optional, many;
	const char *entity; /* what it refers to, for completion; "file" for files, "topic", "schema", "command", "format" */
	const char *help;
};

/** Who reads a report, each wider than the one before: who runs the programme, who answers for it, everybody. What nobody has thought about
 * is for the first alone. */
enum audience { FOR_TEAM, FOR_BOARD, FOR_PUBLIC, AUDIENCES };
/** Their words, ended by NULL. */
extern const char *const audiences[];

/** How a page draws a part: bars held against a mark; a funnel of steps; lines over days; from before to after on a scale; bands from one side to
 * the other; a strip of cells, the darker the larger the part of the mark. */
enum drawing { CHART_BARS, CHART_FUNNEL, CHART_LINES, CHART_DUMBBELL, CHART_FLOW, CHART_STRIP };

/** One section of what a command prints: a table of rows, or one object. */
struct part {
	const char *key;    /* its member of `data`; NULL: the part is `data` itself */
	const char *title;  /* heading for people; NULL: none */
	const struct mentor_field *fields;
	bool many;	    /* an array of rows, else exactly one */
	bool sentences;	    /* people see each row as one line, cells joined by blanks */
	bool main;	    /* the one that --fields, jsonl and csv speak of, when it is not the first table */
	bool optional;	    /* people do not hear of it when it is empty */
	enum drawing chart;	/* html: how the fields marked for it are drawn */
	enum audience audience; /* of a report: the widest that may see the part */
};

enum command_flags {
	CMD_READ = 1,	/* opens the store for reading */
	CMD_WRITE = 2,	/* runs in one transaction; takes --dry-run */
	CMD_COHORT = 4, /* works in one cohort: run->cohort */
	CMD_CREATE = 8, /* makes the store (db init) */
	CMD_HIDDEN = 16,
	CMD_RAW = 32,	/* prints a text of its own (a page, a script) with out_text() */
	CMD_MIGRATE = 64, /* accepts a store of an older version and does its own transactions */
	CMD_CONFIG = 128, /* wants the configuration although it opens no store */
	CMD_AUDITED = 256, /* reads what is protected: the trail of changes says so */
	CMD_OWN = 512,	/* makes or replaces the store itself: run->store is its path, and nothing is open */
	CMD_SELF = 1024, /* with CMD_WRITE: does its own transactions, since something follows the commit; a dry run is one transaction as ever */
	CMD_SCRATCH = 2048, /* with CMD_CREATE: in a new folder for temporary files, unless --db names the store */
	CMD_CONFIGURES = 4096, /* changes the configuration file, and opens no store */
	CMD_FREE = 8192, /* runs other programs, or writes where nobody can tell before: confine() leaves it alone */
	CMD_CHANGES = CMD_CONFIGURES | CMD_WRITE | CMD_CREATE | CMD_MIGRATE | CMD_OWN, /* any of these: there is --dry-run, and the document says whether it was one */
};

/** Which fields of .entity become options. */
enum command_fields { FIELDS_NONE, FIELDS_FILTER, FIELDS_ADD, FIELDS_SET };

typedef enum mentor_status command_fn(struct run *run);

struct command {
	const char *name;
	const char *summary; /* one phrase, small letter, no full stop */
	const struct command *const *verbs; /* NULL-terminated; NULL for a command that runs */
	unsigned flags;
	const struct option *options;	/* ended by a row without name */
	const struct operand *operands; /* ended by a row without name */
	const struct part *parts;	/* ended by a row without fields */
	int version;			/* of the document; 0 is 1 */
	const struct mentor_entity *entity; /* generic list, show, add, set */
	enum command_fields fields;
	size_t args_size;     /* of the argument struct */
	const void *defaults; /* its initial contents; NULL: every option "not set" */
	const char *confirm;  /* asked on a terminal before anything happens */
	const char *const *formats; /* more formats than the common ones, such as html */
	bool (*publishes)(const struct run *run); /* NULL, or whether what this call tells leaves the team: the ledger takes it down */
	const char *(*writes)(const struct run *run); /* NULL, or a file that this call writes besides the store and -o; it may say NULL too */
	void (*choose)(const struct run *run); /* NULL, or sets out->main and out->asked by the command line */
	command_fn *run;
};

/** Global options, the same for every command. */
struct globals {
	const char *db, *cohort, *format, *fields, *output, *now, *color;
	int64_t dry_run, yes, no_input, quiet, verbose, raw, bom, nul;
	int64_t lock_wait, format_version;
	int64_t help, short_help, version;
};

/** One call of one command. */
struct run {
	struct mentor *m;
	struct out *out;
	const struct command *command;
	const struct command *noun; /* the command above, or NULL */
	struct globals globals;
	struct mentor_config config;
	const char *config_file; /* where it is, or would be; NULL without a home */
	void *args;		    /* the command's argument struct */
	uint64_t given;		    /* a bit per option row */
	void *record;		    /* FIELDS_ADD, FIELDS_SET: the record */
	uint64_t record_given;	    /* a bit per field */
	struct mentor_filter filters[16]; /* FIELDS_FILTER */
	size_t n_filters;
	char filter_number[24]; /* of filter_by_number() */
	struct {
		const struct mentor_field *field;
		const char *name, *text; /* of the option; its value */
		void *target;
	} references[8]; /* options that name records: looked up once the store is open */
	size_t n_references;
	const char **operands;
	size_t n_operands;
	int64_t cohort; /* CMD_COHORT: the one to work in; else the one whose records turned out to be changed, 0: not known */
	bool committed; /* what the command changes is in the store, whatever fails now */
	const char *store; /* its path, once it is open */
	int lock_wait;	   /* seconds to wait for others who use it */
	const char *found; /* what was looked for and found, when the output is complete: the exit code says so */
	size_t left_out;   /* rows of the input that were left out, as allowed: the exit code says so */
	const char *left_out_hint;
	const char *partial, *partial_state; /* what is said in place of that, where it is no rows; NULL: nothing was left out */
};

/** All nouns in help order, NULL-terminated (commands.c). */
extern const struct command *const commands[];

/** The document's name without version: "person.list". Appends to b. */
void command_document(struct mentor_buf *b, const struct command *noun, const struct command *command);

/** Rows every writing command can print: what changed. */
struct change_row {
	const char *change, *kind, *reference, *name;
};
extern const struct mentor_field change_fields[];
/** Parts of a writing command that prints changes only. */
extern const struct part change_parts[];
/** Prints one change; `id` 0 leaves out the reference. */
void print_change(struct run *run, const char *change, const struct mentor_entity *entity, int64_t id, const char *name);

/** Adds one more filter, by a number: a list of records of this cohort only. Once for each run. */
void filter_by_number(struct run *run, const char *field, int64_t number);
/** Generic commands over an entity (crud.c). */
enum mentor_status crud_list(struct run *run);
/** crud_list() for a command that prints some of the records only, or prints them its own way. */
enum mentor_status crud_list_each(struct run *run, mentor_record_fn *each, void *arg);
enum mentor_status crud_show(struct run *run);
enum mentor_status crud_add(struct run *run);
enum mentor_status crud_set(struct run *run);
/** The failure of a command that was given no value. */
enum mentor_status nothing_to_set(struct run *run);
/** What is open can be done, dropped for a reason, and opened again (mentor_settle()); with these options. */
struct settle_args {
	const char *text, *on;
};
extern const struct option settle_done_options[], settle_drop_options[];
enum mentor_status crud_done(struct run *run);
enum mentor_status crud_drop(struct run *run);
enum mentor_status crud_reopen(struct run *run);
/** Prints what changed of a record, which is read again for its name. */
enum mentor_status print_changed(struct run *run, const char *change, const struct mentor_entity *entity, int64_t id);
/** Prints one record of the command's entity, with the labels of its cohort. */
enum mentor_status show_record(struct run *run, int64_t id);

/** The cohort that `named`, the option, the environment or the configuration names; else the only one there is. */
enum mentor_status find_cohort(struct run *run, const char *named, int64_t *ret_id);
/** The cohorts that so many words name, each once. */
enum mentor_status find_cohorts(struct run *run, const char *const *names, size_t n, int64_t *ids);
/** The cohorts that the list of --across names, two or more. *ret_ids is the caller's to free. */
enum mentor_status find_across(struct run *run, const char *list, int64_t **ret_ids, size_t *ret_n);
/** What an option, the environment or the configuration says, in this order; *ret_origin (may be NULL) is "option", "environment",
 * "configuration" or "default", for which the value is NULL. */
const char *setting(const char *option, const char *variable, const char *configured, const char **ret_origin);
/** For .publishes: always; and the option --publish, which goes into struct leaving_args. */
bool publishes_always(const struct run *run);
struct leaving_args {
	int64_t publish;
};
bool publishes_asked(const struct run *run);
#define PUBLISH_OPTION \
	{ { "publish", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(leaving_args, publish), \
	    .help = "the figures leave the team: note them, and tell none that together with earlier ones would give few people away" } }
/** Reads a whole file, "-" for standard input; at most `most` bytes. `*ret_text` is yours. */
enum mentor_status read_file(struct run *run, const char *path, size_t most, char **ret_text, size_t *ret_len);
/** MENTOR_REFUSED when writing to `path` would destroy the store, its journal or what the command reads. `option` is its name. */
enum mentor_status guard_file(struct run *run, const char *option, const char *path);
/** Makes the folders that `path` is to lie in, for its owner only. */
void make_folders(const char *path);
/** The delimiter that --delimiter names (NULL: none given, *ret stays): , ; | or tab. */
enum mentor_status read_delimiter(struct run *run, const char *text, char *ret);
/** The operand, or NULL when it was left out. */
const char *operand(const struct run *run, size_t i);

#endif
