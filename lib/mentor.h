/* mentor.h: the public interface of libmentor, the only header that is installed.
 *
 * Conventions, true of every function below
 *   - A function that can fail returns enum mentor_status and leaves one message in the context
 *     (mentor_error()). The lowest function that failed writes it; callers only pass it on.
 *   - Arguments come as: context, object, inputs, outputs. Outputs are named ret_… and are left
 *     untouched on failure.
 *   - `const char *` is borrowed, `char *` is yours to free(). Rows handed to a callback, and the
 *     texts inside, live until the callback returns. A `_get` function returns one heap block that
 *     one mentor_record_free() (or the free function named there) releases; freeing NULL is fine.
 *   - The library never prints, never exits, never reads the environment and never asks the time:
 *     the caller sets the clock (mentor_set_now()).
 *   - Texts are UTF-8 without NUL. Days are ISO 8601 texts ("2026-09-01"), clock times "HH:MM",
 *     instants RFC 3339 in UTC ("2026-09-01T09:30:00Z"). Durations are whole minutes.
 *   - A context belongs to one thread at a time and must not be used across fork().
 */
#ifndef MENTOR_H
#define MENTOR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MENTOR_VERSION "0.1.0"

#if defined(__GNUC__)
#define MENTOR_API __attribute__((visibility("default")))
#define MENTOR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define MENTOR_API
#define MENTOR_PRINTF(f, a)
#endif

/* ---------------------------------------------------------------------------------------------
 * Status and errors
 */

/** What a call came to. The numbers are stable; the program maps them to exit codes. */
enum mentor_status {
	MENTOR_OK = 0,
	MENTOR_FAILED,	  /**< the machine said no: disk full, unreadable file, damaged store */
	MENTOR_USAGE,	  /**< the call itself makes no sense (wrong option, unknown field) */
	MENTOR_INVALID,	  /**< the input is wrong; nothing was changed */
	MENTOR_NOT_FOUND, /**< no such person, cohort, pair … */
	MENTOR_REFUSED,	  /**< a rule, a state or the privacy policy forbids it */
	MENTOR_BUSY,	  /**< another process holds the store */
	MENTOR_PARTIAL,	  /**< some of the input was taken, some was not */
	MENTOR_FOUND,	  /**< a check found something */
	MENTOR_TOO_OLD,	  /**< format version no longer offered */
	MENTOR_TOO_NEW,	  /**< store or format version from a newer program */
	MENTOR_NO_MEMORY,
	MENTOR_BUG, /**< an invariant broke inside the library */
};

/** Where in an input file a problem lies. Unknown parts are NULL or 0. */
struct mentor_place {
	const char *file;
	long line;	   /**< from 1 */
	long column;	   /**< from 1, counted in characters */
	long row;	   /**< CSV: 1 is the first record after the heading */
	const char *field; /**< CSV heading, option, or key path such as contract.sessions.minimum */
};

/** One thing wrong with an input. */
struct mentor_problem {
	struct mentor_place place;
	const char *message;
	const char *hint; /**< NULL when there is nothing to suggest */
};

/** The last failure of a context. `message` is never NULL once a call has failed. */
struct mentor_error {
	enum mentor_status status;
	const char *code;    /**< stable word for scripts, such as "not-found" */
	const char *message; /**< one sentence without a full stop */
	const char *hint;    /**< what to try, or NULL */
	const char *state;   /**< what state things are in now, such as "nothing imported", or NULL */
	struct mentor_place place;
	size_t n_problems; /**< more than one problem: all of them, in input order */
	const struct mentor_problem *problems;
};

/** A handle on one store together with its clock, its last error and its scratch memory. */
struct mentor;

/** Makes a context. It exists before any store is opened so that a failed opening can be explained.
 * Returns NULL only when there is no memory. Free with mentor_free(). */
MENTOR_API struct mentor *mentor_new(void);

/** Rolls back what is open, closes the store and frees everything. NULL is fine. */
MENTOR_API void mentor_free(struct mentor *m);

/** The last failure; status MENTOR_OK when none. Borrowed until the next call on the context. */
MENTOR_API const struct mentor_error *mentor_error(const struct mentor *m);

/** Records a failure on behalf of a program, so that it is reported like the library's own.
 * Returns `status`, so that `return mentor_fail(…)` works. */
MENTOR_API enum mentor_status mentor_fail(struct mentor *m, enum mentor_status status,
    const char *hint, const char *format, ...) MENTOR_PRINTF(4, 5);
/** A hint for mentor_fail(), filled in, so that a command in it can be typed as it stands. Lives until the next one is made; NULL when memory runs out. */
MENTOR_API const char *mentor_hint(struct mentor *m, const char *format, ...) MENTOR_PRINTF(2, 3);

/** The stable word of a status, such as "not-found". Static. */
MENTOR_API const char *mentor_status_code(enum mentor_status status);

/** Sets the clock: `instant` is RFC 3339 in UTC or a day (taken at 12:00 UTC).
 * MENTOR_INVALID when it is neither. */
MENTOR_API enum mentor_status mentor_set_now(struct mentor *m, const char *instant);

/** The clock as set, an instant; "" when unset. Borrowed. */
MENTOR_API const char *mentor_now(const struct mentor *m);
/** The day of the clock. Borrowed. */
MENTOR_API const char *mentor_today(const struct mentor *m);

/** Names who acts, kept with decisions ("decided by"). Default "admin". Copied. */
MENTOR_API enum mentor_status mentor_set_actor(struct mentor *m, const char *actor);
/** Figures of fewer people than this are withheld, also where the programme's privacy.min_cell is lower; where it is higher, the programme's holds.
 * 0 or MENTOR_NONE: the programme's alone. */
MENTOR_API void mentor_set_min_cell(struct mentor *m, int64_t people);

/** Keeps a copy of `text` until mentor_free(). NULL when there is no memory (error set) or text is NULL. */
MENTOR_API const char *mentor_keep(struct mentor *m, const char *text);

/* ---------------------------------------------------------------------------------------------
 * Growing text: struct mentor_buf
 */

/** A growing byte string, always NUL-terminated once it holds anything. Start with MENTOR_BUF_INIT.
 * Running out of memory is remembered in `failed` and later additions do nothing, so a writer checks once, at the end. */
struct mentor_buf {
	char *data;
	size_t len, cap;
	bool failed;
};
#define MENTOR_BUF_INIT { NULL, 0, 0, false }

MENTOR_API void mentor_buf_add(struct mentor_buf *b, const char *bytes, size_t len);
MENTOR_API void mentor_buf_str(struct mentor_buf *b, const char *text);
MENTOR_API void mentor_buf_char(struct mentor_buf *b, char c);
MENTOR_API void mentor_buf_number(struct mentor_buf *b, int64_t number);
MENTOR_API void mentor_buf_fmt(struct mentor_buf *b, const char *format, ...) MENTOR_PRINTF(2, 3);
MENTOR_API void mentor_buf_vfmt(struct mentor_buf *b, const char *format, va_list args) MENTOR_PRINTF(2, 0);
/** The text, "" when empty; borrowed. */
MENTOR_API const char *mentor_buf_text(const struct mentor_buf *b);
/** Appends `text` with its first letter made large, where there is a large form of it. */
MENTOR_API void mentor_buf_capital(struct mentor_buf *b, const char *text);
/** Empties but keeps the memory. */
MENTOR_API void mentor_buf_clear(struct mentor_buf *b);
/** Puts the next line of *text, or the next item of a list (MENTOR_TYPE_LIST), in place of what `b` held, and *text behind it. False when none is
 * left, which is so at once for NULL. Starved, it ends as well: `failed` says so. */
MENTOR_API bool mentor_buf_line(struct mentor_buf *b, const char **text);
/** Releases the memory; the buffer can be used again. */
MENTOR_API void mentor_buf_free(struct mentor_buf *b);

/* Encoders, one per kind of output; each appends `text`, which may be NULL (nothing is appended). */

/** A JSON string with its quotes (RFC 8259); NULL gives null. */
MENTOR_API void mentor_buf_json(struct mentor_buf *b, const char *text);
/** Text for an HTML element or a quoted attribute: & < > " ' escaped. */
MENTOR_API void mentor_buf_html(struct mentor_buf *b, const char *text);
/** Text for Markdown on one line, also in a cell of a table: what means something there gets a backslash, line breaks become blanks. */
MENTOR_API void mentor_buf_markdown(struct mentor_buf *b, const char *text);
/** One RFC 4180 cell for `delimiter`; `guard` puts ' before a cell that a spreadsheet would run as a
 * formula (first non-space = + - @ | %, TAB, CR, or their full-width forms; OWASP ASVS 1.2.10). */
MENTOR_API void mentor_buf_csv(struct mentor_buf *b, const char *text, char delimiter, bool guard);
/** Text for a terminal or a log line: C0, DEL, C1, bidi controls (U+202A-E, U+2066-9) and U+2028/9
 * become \xNN or \u{NNNN}; LF and TAB too unless `multiline`. */
MENTOR_API void mentor_buf_visible(struct mentor_buf *b, const char *text, bool multiline);

/* ---------------------------------------------------------------------------------------------
 * Text and dates
 */

/** Whether `text` of `len` bytes is valid UTF-8 without NUL (RFC 3629: no surrogates, no overlong forms).
 * `ret_bad`, if not NULL, receives the offset of the first bad byte. */
MENTOR_API bool mentor_utf8_valid(const char *text, size_t len, size_t *ret_bad);
/** Case-folded NFC copy for comparison ("STRASSE" and "straße" agree, and so do full-width letters and plain ones); NULL when out of memory. Yours to free. */
MENTOR_API char *mentor_utf8_fold(const char *text);
/** The word of NULL-terminated `words` nearest to `word`, if near enough to be a slip of the keyboard
 * (Damerau-Levenshtein distance at most a third of the length, at least 1), else NULL. */
MENTOR_API const char *mentor_nearest(const char *word, const char *const *words);

/** Days since 1970-01-01 of an ISO day in the proleptic Gregorian calendar; false when `text` is not one
 * (years 1900 to 2999, exactly YYYY-MM-DD). */
MENTOR_API bool mentor_day_parse(const char *text, int64_t *ret_day);
/** Writes the ISO day of `day` to `out`. */
MENTOR_API void mentor_day_format(int64_t day, char out[11]);
/** The day `months` months later, kept within the month (31 January + 1 is 28 or 29 February). */
MENTOR_API int64_t mentor_day_add_months(int64_t day, int months);
/** The last day of so many months that begin with day `first`: 1 April and 6 give 30 September, 31 August and 6 give the end of February. */
MENTOR_API int64_t mentor_day_last_of(int64_t first, int months);
/** Appends a day as people write it, "12 July 2026" (GOV.UK style); text that is not a day goes in as it is. */
MENTOR_API void mentor_day_in_words(struct mentor_buf *b, const char *iso_day);

/* ---------------------------------------------------------------------------------------------
 * Fields: one row says everything about one value of a record
 *
 * The row gives the SQL column, the JSON key, the heading in tables and CSV, the option, the import
 * column, the manual's row and the completion. Records are plain structs; a row knows the offset.
 */

/** What a value is. Numbers live in an int64_t member, everything else in a const char * member. */
enum mentor_type {
	MENTOR_TYPE_ID,	    /**< the record's own number, written with the entity's letter ("p12") */
	MENTOR_TYPE_REF,    /**< the number of a record of `entity`, written likewise; 0 is none */
	MENTOR_TYPE_INT,    /**< whole number, minimum to maximum; MENTOR_NONE is none */
	MENTOR_TYPE_CENTI,  /**< number in hundredths, written with two decimals, read with two or fewer; MENTOR_NONE is none */
	MENTOR_TYPE_BOOL,   /**< 0 or 1, written no/yes for people and false/true in JSON */
	MENTOR_TYPE_CHOICE, /**< index into `choices`; MENTOR_NONE is none; stored and written as the word */
	MENTOR_TYPE_TEXT,   /**< one line, without characters that turn the direction of writing */
	MENTOR_TYPE_NOTE,   /**< several lines */
	MENTOR_TYPE_SLUG,   /**< a-z, 0-9 and -, starting with a letter, at most 64 */
	MENTOR_TYPE_EMAIL,  /**< an address, kept case-folded and in NFC; with `entity`: of one of these records, whose reference does as well */
	MENTOR_TYPE_DAY,    /**< ISO day */
	MENTOR_TYPE_TIME,   /**< instant, RFC 3339 in UTC */
	MENTOR_TYPE_CLOCK,  /**< HH:MM, local time of the programme */
	MENTOR_TYPE_LIST,   /**< several one-line texts, held with LF between them; a JSON array */
};

/** "Not set" in a number. */
#define MENTOR_NONE INT64_MIN
/** "Known but withheld, because the number is small": null in JSON, [c] in tables. */
#define MENTOR_SUPPRESSED (INT64_MIN + 1)

enum mentor_field_flags {
	MENTOR_REQUIRED = 1,   /**< must be given when a record is added */
	MENTOR_FIXED = 2,      /**< set when added, never changed by set */
	MENTOR_DERIVED = 4,    /**< read only: computed or joined */
	MENTOR_FILTER = 8,     /**< `list` can select by it */
	MENTOR_WIDE = 16,      /**< left out of tables for people unless asked for with --fields */
	MENTOR_INTERNAL = 32,  /**< never shown, never an option */
	MENTOR_LABEL = 64,     /**< the text that names the record to people */
	MENTOR_CHART = 128,    /**< a number worth a bar in the chart of an HTML page */
	MENTOR_CHART_MARK = 256, /**< a number to hold the bars against: a line across them */
	MENTOR_CHART_LOW = 512, MENTOR_CHART_HIGH = 1024, /**< the ends of the scale that the bars are on; without them bars start at 0 */
	MENTOR_SIDES = 2048,   /**< a role or an audience: people see the label (mentor_labels_word()), machines the word */
};

struct mentor_field {
	const char *name; /**< SQL column, JSON key, CSV heading; the option is --name with - for _ */
	enum mentor_type type;
	unsigned flags;
	size_t offset; /**< of the member in the record; use MENTOR_AT_NUMBER or MENTOR_AT_TEXT */
	const char *const *choices; /**< MENTOR_TYPE_CHOICE: NULL-terminated words */
	const char *entity;	    /**< MENTOR_TYPE_ID and _REF: whose number it is; _EMAIL: whose address */
	int64_t minimum, maximum;   /**< MENTOR_TYPE_INT: both 0 means 0 to 1,000,000,000 */
	const char *sql;	    /**< SELECT expression; NULL: the column t.name */
	const char *heading;	    /**< for people, as mentor_buf_labels() takes it; NULL: the name with blanks */
	const char *help;	    /**< one phrase */
};

/** The offset of a member, checked at compile time to be of the type that numbers or texts live in. */
#define MENTOR_AT_NUMBER(record, member) \
	.offset = offsetof(struct record, member) + 0 * sizeof(_Generic(((struct record *)NULL)->member, int64_t : 0))
#define MENTOR_AT_TEXT(record, member) \
	.offset = offsetof(struct record, member) + 0 * sizeof(_Generic(((struct record *)NULL)->member, const char * : 0))

/** A table of fields, ended by a row whose name is NULL. */
MENTOR_API size_t mentor_field_count(const struct mentor_field *fields);
/** The row called `name` (either _ or - between words), or NULL. */
MENTOR_API const struct mentor_field *mentor_field_find(const struct mentor_field *fields, const char *name);
MENTOR_API int64_t mentor_field_number(const struct mentor_field *field, const void *record);
/** The text, or NULL when not set. */
MENTOR_API const char *mentor_field_string(const struct mentor_field *field, const void *record);
MENTOR_API bool mentor_field_is_text(const struct mentor_field *field);
/** Whether the value is not set (none, NULL, reference 0). */
MENTOR_API bool mentor_field_is_none(const struct mentor_field *field, const void *record);
/** Makes every value of `record` "not set". */
MENTOR_API void mentor_record_clear(const struct mentor_field *fields, void *record);
/** Reads `text` as people write it into the record; "" means not set. Texts are kept in the context.
 * MENTOR_INVALID says what was expected; references are looked up (MENTOR_NOT_FOUND). */
MENTOR_API enum mentor_status mentor_field_read(struct mentor *m, const struct mentor_field *field, const char *text, void *record);
/** Appends the value as people and CSV see it ("p12", "yes", "3.50"); nothing when not set. */
MENTOR_API void mentor_field_write(struct mentor_buf *b, const struct mentor_field *field, const void *record);
/** Appends the value as JSON. */
MENTOR_API void mentor_field_write_json(struct mentor_buf *b, const struct mentor_field *field, const void *record);

/* ---------------------------------------------------------------------------------------------
 * Entities and records: what the store holds
 */

struct mentor_entity {
	const char *name;   /**< "person" */
	const char *plural; /**< "people" */
	char letter;	    /**< of its references: p; 0: people use the key instead */
	const char *key;    /**< a unique field that serves as reference too (email, slug), or NULL */
	const char *table;
	const char *from;  /**< FROM clause; the table's alias is t */
	const char *order; /**< ORDER BY */
	const struct mentor_field *fields;
	size_t size; /**< of the record struct */
	/** Checks across fields before a record is written, and does what goes with it, in the transaction that writes; `old` is NULL when
	 * it is added, `given` has a bit per field that is set or differs. NULL: none. */
	enum mentor_status (*before)(struct mentor *m, const void *old, const void *record, uint64_t given);
	const char *aliases; /**< table of further keys that lead to a record (person_id, email); NULL: none */
	const char *listed_by; /**< the command that lists them; NULL: none does */
};

/** The entities, each defined in the file of its name, and their field tables. */
extern MENTOR_API const struct mentor_entity mentor_entity_programme;
extern MENTOR_API const struct mentor_entity mentor_entity_cohort;
extern MENTOR_API const struct mentor_entity mentor_entity_person;
extern MENTOR_API const struct mentor_entity mentor_entity_enrolment;
extern MENTOR_API const struct mentor_entity mentor_entity_pair;
extern MENTOR_API const struct mentor_entity mentor_entity_contract;
extern MENTOR_API const struct mentor_entity mentor_entity_session;
extern MENTOR_API const struct mentor_entity mentor_entity_shadowing;
extern MENTOR_API const struct mentor_entity mentor_entity_reflection;
extern MENTOR_API const struct mentor_entity mentor_entity_action;
extern MENTOR_API const struct mentor_entity mentor_entity_barrier;
extern MENTOR_API const struct mentor_entity mentor_entity_goal;
extern MENTOR_API const struct mentor_entity mentor_entity_checkin;
extern MENTOR_API const struct mentor_entity mentor_entity_lesson;
extern MENTOR_API const struct mentor_entity mentor_entity_remark;
extern MENTOR_API const struct mentor_entity mentor_entity_request;
extern MENTOR_API const struct mentor_entity mentor_entity_event;
extern MENTOR_API const struct mentor_entity mentor_entity_message;
extern MENTOR_API const struct mentor_field mentor_programme_fields[];
extern MENTOR_API const struct mentor_field mentor_cohort_fields[];
extern MENTOR_API const struct mentor_field mentor_person_fields[];
extern MENTOR_API const struct mentor_field mentor_enrolment_fields[];
extern MENTOR_API const struct mentor_field mentor_pair_fields[];
extern MENTOR_API const struct mentor_field mentor_contract_fields[];
extern MENTOR_API const struct mentor_field mentor_session_fields[];
extern MENTOR_API const struct mentor_field mentor_shadowing_fields[];
extern MENTOR_API const struct mentor_field mentor_reflection_fields[];
extern MENTOR_API const struct mentor_field mentor_action_fields[];
extern MENTOR_API const struct mentor_field mentor_barrier_fields[];
extern MENTOR_API const struct mentor_field mentor_goal_fields[];
extern MENTOR_API const struct mentor_field mentor_checkin_fields[];
extern MENTOR_API const struct mentor_field mentor_lesson_fields[];
extern MENTOR_API const struct mentor_field mentor_remark_fields[];
extern MENTOR_API const struct mentor_field mentor_event_fields[];
extern MENTOR_API const struct mentor_field mentor_message_fields[];

/** The entity called `name`; NULL when unknown. Static. */
MENTOR_API const struct mentor_entity *mentor_entity(const char *name);
/** All entities, ended by NULL. Static. */
MENTOR_API const struct mentor_entity *const *mentor_entities(void);

/** One condition of a list: `field` equals `value` (as people write it). */
struct mentor_filter {
	const char *field;
	const char *value;
};

/** Called for each record; what it returns other than MENTOR_OK ends the listing and is passed on. */
typedef enum mentor_status mentor_record_fn(void *arg, const void *record);
/** The same for calls that hand over several tables: `part` says which the record belongs to, and with that its type. */
typedef enum mentor_status mentor_report_fn(void *arg, const char *part, const void *record);

/** Lists records in the entity's order. Rows are borrowed. */
MENTOR_API enum mentor_status mentor_record_list(struct mentor *m, const struct mentor_entity *entity,
    const struct mentor_filter *filters, size_t n_filters, mentor_record_fn *each, void *arg);
/** One record by its number. One heap block, free with mentor_record_free(). MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_record_get(struct mentor *m, const struct mentor_entity *entity, int64_t id,
    void **ret_record);
MENTOR_API void mentor_record_free(void *record);
/** The number behind a reference as people write it: "p12"; a slug for programmes and cohorts; an address for
 * people. MENTOR_NOT_FOUND with "did you mean", MENTOR_INVALID when it is none of these. */
MENTOR_API enum mentor_status mentor_record_find(struct mentor *m, const struct mentor_entity *entity, const char *reference,
    int64_t *ret_id);
/** The number of the first record that meets the conditions to the letter (further keys do not count); 0 when there is none. */
MENTOR_API enum mentor_status mentor_record_seek(struct mentor *m, const struct mentor_entity *entity, const struct mentor_filter *filters,
    size_t n_filters, int64_t *ret_id);
/** Adds a record; `given` has a bit per field row that counts (the rest stays at the table's default). */
MENTOR_API enum mentor_status mentor_record_add(struct mentor *m, const struct mentor_entity *entity, const void *record,
    uint64_t given, int64_t *ret_id);
/** Changes the given fields; *ret_changed says whether anything differed. */
MENTOR_API enum mentor_status mentor_record_set(struct mentor *m, const struct mentor_entity *entity, int64_t id,
    const void *record, uint64_t given, bool *ret_changed);

/* ---------------------------------------------------------------------------------------------
 * The store
 */

enum mentor_open_flags {
	MENTOR_OPEN_READ = 0,
	MENTOR_OPEN_WRITE = 1,
	MENTOR_OPEN_CREATE = 2,		 /**< make the file; MENTOR_REFUSED when it exists and is something else */
	MENTOR_OPEN_ALLOW_NETWORK = 4,	 /**< accept a network drive, where locks cannot be relied on */
	MENTOR_OPEN_MEMORY = 8,		 /**< a store that is gone when closed; for tests */
	MENTOR_OPEN_MIGRATE = 16,	 /**< accept a store of an older version */
};

/** Opens the store at `path`, waiting up to `lock_wait` seconds for others. Creating fills a file that is new or empty and
 * opens one that is a store already; a store of an older version is MENTOR_REFUSED ("run mentor db migrate"), a newer one
 * MENTOR_TOO_NEW. A file that is not ours is not written to. What a crash left half done is rolled back, for reading too;
 * MENTOR_FAILED where that is not permitted. MENTOR_NOT_FOUND, MENTOR_BUSY, MENTOR_INVALID when the file is not a store,
 * MENTOR_REFUSED on network drives and symbolic links. */
MENTOR_API enum mentor_status mentor_open(struct mentor *m, const char *path, unsigned flags, int lock_wait);
MENTOR_API void mentor_close(struct mentor *m);

/** Begins, ends or drops a change. Calls nest; the outermost begin takes the write lock, the outermost commit makes it
 * durable and raises the revision if anything changed. After a failure inside, commit returns that failure at every level,
 * and the outermost one rolls everything back. Committing a snapshot, or what was never begun, is MENTOR_BUG. */
MENTOR_API enum mentor_status mentor_begin(struct mentor *m);
MENTOR_API enum mentor_status mentor_commit(struct mentor *m);
MENTOR_API void mentor_rollback(struct mentor *m);
/** Begins a consistent reading of several queries; end it with mentor_rollback(). */
MENTOR_API enum mentor_status mentor_snapshot(struct mentor *m);
/** The number of committed changes so far: equal revisions mean equal contents. After a commit, and until the next
 * transaction or snapshot begins, it is the number that commit came to, whatever others have done since. */
MENTOR_API enum mentor_status mentor_revision(struct mentor *m, int64_t *ret_revision);

struct mentor_store_status {
	const char *file;	 /**< where it is; lives as long as the store is open */
	int64_t version, newest; /**< of the schema: the store's, the program's */
	int64_t programmes, cohorts, people, enrolments, pairs, sessions;
};
MENTOR_API enum mentor_status mentor_store_status(struct mentor *m, struct mentor_store_status *ret);
/** Checks the file itself, its tables, references, what must be true of every store, and the trail of changes. MENTOR_FOUND
 * with all findings as problems. */
MENTOR_API enum mentor_status mentor_store_check(struct mentor *m);
/** The first of these only: the file and its tables. */
MENTOR_API enum mentor_status mentor_store_check_quick(struct mentor *m);
/** The schema version of the store and the newest this program knows. */
MENTOR_API enum mentor_status mentor_store_versions(struct mentor *m, int64_t *ret_now, int64_t *ret_newest);
/** Brings the store to this program's schema version. */
MENTOR_API enum mentor_status mentor_store_migrate(struct mentor *m, int64_t *ret_from, int64_t *ret_to);

/** One entry of the trail of changes: every committed change, and every reading of what is protected. */
struct mentor_audit_entry {
	int64_t number; /**< from 1, without a gap */
	const char *at, *actor, *command;
	int64_t kind; /**< 0 change, 1 reading */
	int64_t revision;
	const char *records; /**< kinds of records and their numbers, never what they say */
	const char *hash;
};
/** Its end. */
struct mentor_audit_head {
	int64_t entries;
	const char *head; /**< hash of the newest entry; NULL: there is none */
	int64_t verified;
};
/** What was removed of its oldest part, since the time of that was over. */
struct mentor_audit_cut {
	int64_t entries, last; /**< how many; the number of the last of them */
	const char *since, *until; /**< times of the first and the last */
	int64_t revision; /**< of the store, then */
	const char *last_hash, *cut_at, *cut_by;
};
extern MENTOR_API const struct mentor_field mentor_audit_fields[], mentor_audit_head_fields[], mentor_audit_cut_fields[];
/** Walks what was removed of the trail, oldest first. */
MENTOR_API enum mentor_status mentor_audit_cuts(struct mentor *m, mentor_record_fn *each, void *arg);

/** Says who runs what, for the trail of changes; NULL: not known. Copied. */
MENTOR_API enum mentor_status mentor_set_origin(struct mentor *m, const char *user, const char *command);
/** In a transaction that reads what is protected: its commit records that, with `what` in kinds and numbers of records (NULL: nothing more
 * to say), although nothing changes. Copied. */
MENTOR_API enum mentor_status mentor_audit_reading(struct mentor *m, const char *what);
/** Walks the trail from `since` (an instant or day; NULL: from its beginning) with struct mentor_audit_entry (`each` may be NULL), then its head with struct
 * mentor_audit_head. `verify` recalculates all of it; with `anchor`, a head that was kept outside the store, that one has to be in it as
 * well. MENTOR_FOUND with all findings as problems. */
MENTOR_API enum mentor_status mentor_audit(struct mentor *m, const char *since, bool verify, const char *anchor, mentor_record_fn *each,
    mentor_record_fn *each_head, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Privacy
 */

/** One value that is held about a person. */
struct mentor_held {
	const char *kind;
	int64_t record; /**< which record of this kind, from 1 */
	const char *name, *value;
};
extern MENTOR_API const struct mentor_field mentor_held_fields[];
/** Walks everything that is held about a person and may be told to her or him, as struct mentor_held; names and addresses of others are
 * hidden, and what others said in confidence is left out. In a transaction: its commit records the reading (mentor_audit_reading()). */
MENTOR_API enum mentor_status mentor_privacy_export(struct mentor *m, int64_t person, mentor_record_fn *each, void *arg);

/** What erasing a person did to one kind of records. */
struct mentor_erased {
	const char *records, *change; /**< "removed", "emptied", "kept" */
	int64_t number;
};
/** Records of others that name the person, and stay. */
struct mentor_mention {
	const char *records, *field;
	int64_t number;
};
/** That it was done, and how it was proved. */
struct mentor_certificate {
	const char *person, *erased_on;
	int64_t addresses; /**< how many were looked for in the bytes of the file */
	int64_t remnants;  /**< how often they were found; MENTOR_NONE: not looked */
	const char *head;  /**< of the trail of changes; NULL: not changed */
};
extern MENTOR_API const struct mentor_field mentor_erased_fields[], mentor_mention_fields[], mentor_certificate_fields[];
/** Erases a person: removes what is personal, keeps a published pair as one of a former participant, remembers salted hashes of the addresses
 * (mentor_store_restored()), then writes the file anew and looks through its bytes. Hands over parts "erased" (struct mentor_erased),
 * "mentions" (struct mentor_mention) and one "certificate" (struct mentor_certificate). `dry`: says what it would do. Does its own
 * transaction. MENTOR_REFUSED while the person is in an active pair, or is owed an answer. A failure behind the commit has a state that says so. */
MENTOR_API enum mentor_status mentor_privacy_erase(struct mentor *m, int64_t person, bool dry, mentor_report_fn *each, void *arg);
/** Where a reference (p12) or address is of somebody who was erased: does once more what follows the commit, which may have failed, and hands over the
 * certificate again. Only for an address can the bytes be looked through; nobody knows the others. *ret_erased: false, and nothing done, for others. */
MENTOR_API enum mentor_status mentor_privacy_erase_again(struct mentor *m, const char *reference, bool dry, bool *ret_erased, mentor_report_fn *each, void *arg);

/** Records of a cohort whose time is over. */
struct mentor_retained {
	const char *cohort, *what, *due;
	int64_t number;	    /**< MENTOR_SUPPRESSED for answers to equality monitoring */
	const char *change; /**< "due" or "removed" */
};
extern MENTOR_API const struct mentor_field mentor_retained_fields[];
/** Walks what the programmes say is not to be kept any more (privacy.retention, privacy.fields, equality), as struct mentor_retained, and
 * with `apply` removes it and whoever is in no cohort then. `dry`: only as if. Does its own transaction. */
MENTOR_API enum mentor_status mentor_privacy_retain(struct mentor *m, bool apply, bool dry, mentor_record_fn *each, void *arg);

/** Checks that duties are done: records kept too long, cohorts whose end nobody knows, the trail of changes. `also`: what the program has found
 * itself, said first. MENTOR_FOUND with all findings as problems. */
MENTOR_API enum mentor_status mentor_privacy_check(struct mentor *m, const struct mentor_problem *also, size_t n);

/** One thing that is done with data of people, for the register of processing; texts only, none about a person. */
struct mentor_processing {
	const char *purpose, *people, *data, *basis, *condition, *seen_by, *kept, *safeguards;
};
/** Who answers for it. */
struct mentor_controller {
	const char *programme, *organisation, *contact, *email, *transfers, *security;
};
extern MENTOR_API const struct mentor_field mentor_processing_fields[], mentor_controller_fields[];
/** Tells the register of processing (UK GDPR, article 30) of a cohort's programme: the part "controller", then the rows of "purposes". */
MENTOR_API enum mentor_status mentor_privacy_register(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** What a person can object to, and what is recorded of it; both end with NULL. */
extern MENTOR_API const char *const mentor_purposes[], *const mentor_objection_steps[];
/** Records a step ("objected", "lifted", "answered": its place in mentor_objection_steps) about a purpose (its place in mentor_purposes) on a
 * day, NULL for today. It takes effect at once: matching goes on without the characteristics for which the programme states a policy, no
 * reminder goes to the person, answers to monitoring are removed and no more taken, tokens for surveys are void and no more given out.
 * *ret_changed: false when it was recorded already. MENTOR_REFUSED when somebody is answered who does not object. */
MENTOR_API enum mentor_status mentor_privacy_object(struct mentor *m, int64_t person, int64_t purpose, int64_t step, const char *day, bool *ret_changed);
/** An objection that stands. */
struct mentor_objection {
	int64_t person;
	const char *purpose, *objected_on, *answered_on, *answer_by; /**< answer_by: NULL once it is answered */
};
extern MENTOR_API const struct mentor_field mentor_objection_fields[];
/** Walks them, oldest first. */
MENTOR_API enum mentor_status mentor_objections(struct mentor *m, mentor_record_fn *each, void *arg);

/** What a person asks of her or his data, or complains of. */
enum mentor_request_kind { MENTOR_REQUEST_ACCESS, MENTOR_REQUEST_CORRECTION, MENTOR_REQUEST_ERASURE, MENTOR_REQUEST_COMPLAINT };
struct mentor_request {
	int64_t id, person;
	const char *name;
	int64_t kind; /**< enum mentor_request_kind */
	const char *received_on;
	int64_t next; /**< acknowledge, answer, wait; MENTOR_NONE once it is closed */
	const char *due; /**< the last day for it; NULL: none is set */
	int64_t overdue;
	const char *closed_on;
	int64_t outcome; /**< answered, refused, withdrawn */
	const char *about, *acknowledged_on, *waiting_since;
	int64_t waited; /**< days */
	const char *extended_on, *recorded_by;
};
extern MENTOR_API const struct mentor_field mentor_request_fields[];
/** What can become of a request: acknowledged; waiting for what was asked back, while the time stands still; resumed; extended by two months, of which the
 * person has to hear within the first; answered, refused, withdrawn, which close it; reopened. Ends with NULL. */
extern MENTOR_API const char *const mentor_request_steps[];
/** Records that a person asks or complains, on a day, NULL for today; about: NULL or in a few words. *ret_change: "added", or "unchanged" for the same
 * thing of the same day. MENTOR_INVALID for a day to come, MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_request_add(struct mentor *m, int64_t person, int64_t kind, const char *day, const char *about, const char **ret_change,
    int64_t *ret_id);
/** Records a step, its place in mentor_request_steps, on a day, NULL for today. *ret_changed: false when it is so already. MENTOR_REFUSED when the step is
 * not one of this request; MENTOR_INVALID for a day that cannot be; MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_request_handle(struct mentor *m, int64_t id, int64_t step, const char *day, bool *ret_changed);
/** Walks them, or those that are open, oldest first. */
MENTOR_API enum mentor_status mentor_requests(struct mentor *m, bool open, const struct mentor_filter *filters, size_t n, mentor_record_fn *each, void *arg);

/** What publishing came to (mentor_publish()). */
struct mentor_published {
	int64_t noted;	  /**< sets of figures told for the first time */
	int64_t again;	  /**< told as they were published earlier, since those of now would stand too close to them */
	int64_t withheld; /**< not told, since they would stand too close to other figures that were published */
	char since[11];	  /**< the earliest day of such a publication; "" for none */
};
/** In a transaction, before its figures are told: they are to leave the team. Until it ends, all that few people could be told from is noted in
 * the ledger, and held against what was published before. */
MENTOR_API enum mentor_status mentor_publish(struct mentor *m);
/** What came of it. Borrowed. */
MENTOR_API const struct mentor_published *mentor_published(const struct mentor *m);

/** One set of figures that was published. */
struct mentor_publication {
	int64_t number;
	const char *published_on, *cohorts, *subject, *figures;
};
extern MENTOR_API const struct mentor_field mentor_publication_fields[];
/** Walks the ledger, oldest first, as struct mentor_publication. */
MENTOR_API enum mentor_status mentor_ledger(struct mentor *m, mentor_record_fn *each, void *arg);

/** Copies the open store, whatever its version, as it is at one moment, to a new or empty file, reads it back and checks it; others may write
 * meanwhile. MENTOR_REFUSED when there is something at `path` already; on failure no file is left. */
MENTOR_API enum mentor_status mentor_store_copy(struct mentor *m, const char *path);
/** Appends the whole open store as lines of JSON (mentor-db(1)): equal stores give equal bytes. */
MENTOR_API enum mentor_status mentor_store_lines(struct mentor *m, struct mentor_buf *b);
/** Fills the new store that is open with such lines, and checks it (MENTOR_FOUND); it is then the same store, trail of changes and all.
 * MENTOR_INVALID with the line that is wrong, MENTOR_REFUSED or MENTOR_TOO_NEW for the lines of another version: nothing is stored. */
MENTOR_API enum mentor_status mentor_store_from_lines(struct mentor *m, const char *file, const char *text, size_t len);
/** Makes an older copy that is open and up to date fit to take the place of `replaced` (NULL: that cannot be read): erases again whoever was
 * erased there, and goes on from its revision. *ret_people: how many were erased; MENTOR_NONE:
 * `replaced` is this very copy, put there before and not changed since. */
MENTOR_API enum mentor_status mentor_store_restored(struct mentor *m, struct mentor *replaced, int64_t *ret_people);

/* ---------------------------------------------------------------------------------------------
 * Programme definitions
 */

/** One key of the programme file, for the manual. Names are paths such as contract.sessions.minimum; <name> stands for a name
 * that the programme chooses. */
struct mentor_key {
	const char *path;
	const char *type;    /**< "text", "whole number 1 to 60", "one of: a, b" … */
	const char *initial; /**< default, or NULL */
	const char *help;
	const char *example; /**< a value as it stands in a file; NULL for groups */
	bool required;
};

/** Walks all keys in the order of the manual. */
MENTOR_API enum mentor_status mentor_programme_keys(struct mentor *m,
    enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg);

/** Appends the JSON Schema (2020-12) of a programme file, for editors that check while one types. It knows every key, type and range; what
 * keys say about each other only mentor_programme_check() knows. */
MENTOR_API void mentor_programme_schema(struct mentor_buf *b);

/** A word that templates of a programme can hold in braces. */
struct mentor_programme_word {
	const char *name;
	const char *in; /**< the messages in which it can be filled in */
	const char *help;
};
/** Walks them all. */
MENTOR_API enum mentor_status mentor_programme_words(enum mentor_status (*each)(void *arg, const struct mentor_programme_word *word), void *arg);

/** Something that comes with a programme for people to read, do or fill in. */
struct mentor_material {
	const char *kind; /**< "resource", "activity" or "form" */
	const char *name, *title;
	int64_t audience; /**< enum mentor_audience; an activity is for both */
	const char *stage; /**< name of the stage in which it is of use; NULL: all */
	const char *link, *text;
	int64_t minutes, session; /**< of an activity; MENTOR_NONE: not said, any */
};
extern MENTOR_API const struct mentor_field mentor_material_fields[];
/** Walks the resources, activities and forms of a programme's newest revision, in its order: struct mentor_material. `audience` is an enum mentor_audience (what is
 * for both is for either side) or MENTOR_NONE for all; with `stage` only what is of use in that stage, NULL: in any. MENTOR_NOT_FOUND for a stage that there is not. */
MENTOR_API enum mentor_status mentor_programme_resources(struct mentor *m, int64_t programme, int64_t audience, const char *stage, mentor_record_fn *each, void *arg);

enum mentor_guide_format { MENTOR_GUIDE_TEXT, MENTOR_GUIDE_MARKDOWN, MENTOR_GUIDE_HTML };
/** Appends the guide for whoever runs a programme, made from its newest revision: stages and checklists, dates, who does what and by which command, what is asked of
 * people, and the materials. With a `cohort` (0: none) it is that of the revision that the cohort follows, with its days. Plain text of at most 78 columns, Markdown,
 * or one self-contained printable page. MENTOR_REFUSED when the cohort is of another programme. */
MENTOR_API enum mentor_status mentor_programme_guide(struct mentor *m, int64_t programme, int64_t cohort, enum mentor_guide_format format, struct mentor_buf *b);

/** A person's own defaults. Texts are NULL and numbers MENTOR_NONE when the file does not give them. */
struct mentor_config {
	const char *db, *cohort, *actor, *pager;
	int64_t lock_wait; /**< seconds */
	int64_t color;	   /**< 0 auto, 1 always, 2 never */
	int64_t min_cell;  /**< for mentor_set_min_cell() */
};
/** Reads a configuration file: a YAML map. MENTOR_INVALID with every problem. Texts live as long as the context. */
MENTOR_API enum mentor_status mentor_config_read(struct mentor *m, const char *file, const char *text, size_t len, struct mentor_config *ret);
/** Appends the configuration file `text` as it is with `key` set to `value`, or without it where `value` is NULL; other lines stay as they are.
 * MENTOR_NOT_FOUND for a key that there is not, MENTOR_INVALID when the file cannot be read, or could not with this value. */
MENTOR_API enum mentor_status mentor_config_set(struct mentor *m, const char *file, const char *text, size_t len, const char *key,
    const char *value, struct mentor_buf *b);
/** Walks the keys a configuration file may hold. */
MENTOR_API enum mentor_status mentor_config_keys(struct mentor *m, enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg);

/** A programme as imported; `revision` is the newest. */
struct mentor_programme {
	int64_t id;
	const char *slug, *title;
	int64_t revision;
	const char *hash, *imported_at;
	int64_t cohorts;
};

/** A file to be looked at. */
struct mentor_file {
	const char *name;    /**< as messages call it */
	const char *text;    /**< NULL: it could not be read */
	size_t len;
	const char *failure; /**< why not */
};

/** Checks programme files without a store. Every problem of every file is in the context (MENTOR_INVALID); a file that could not be
 * read is a problem of its own. */
MENTOR_API enum mentor_status mentor_programme_check(struct mentor *m, const struct mentor_file *files, size_t n_files);
/** Appends what a file that is right still lacks: templates without one of the languages that it offers; nothing when there is nothing. */
MENTOR_API enum mentor_status mentor_programme_note(struct mentor *m, const struct mentor_file *file, struct mentor_buf *note);
/** Stores a definition as a new revision of its programme, or as a new programme. *ret_change is "added", "revised"
 * or "unchanged" (the same text is stored already). Revisions are never changed; cohorts keep the one they were made with. */
MENTOR_API enum mentor_status mentor_programme_import(struct mentor *m, const char *file, const char *text, size_t len,
    const char **ret_change, int64_t *ret_id);

/** One revision of a programme. */
struct mentor_programme_revision {
	int64_t number;
	const char *hash, *imported_at;
	const char *cohorts; /**< list of those that follow it; NULL: none */
};
extern MENTOR_API const struct mentor_field mentor_programme_revision_fields[];
/** Walks the revisions from the first. Records are struct mentor_programme_revision. */
MENTOR_API enum mentor_status mentor_programme_revisions(struct mentor *m, int64_t programme, mentor_record_fn *each, void *arg);

/** One single value that a programme file gives or leaves at its default: a path such as contract.sessions.minimum, cut into its first
 * step and the rest. An item of a list is a value of its own. */
struct mentor_programme_line {
	const char *section, *name, *text;
};
/** Walks what a revision of a programme says, defaults resolved. Revision 0 is the newest; MENTOR_NOT_FOUND when there is none such. */
MENTOR_API enum mentor_status mentor_programme_lines(struct mentor *m, int64_t programme, int64_t revision,
    enum mentor_status (*each)(void *arg, const struct mentor_programme_line *line), void *arg);
/** Appends the same as a programme file that checks clean and means the same: every default written out, comments left out. */
MENTOR_API enum mentor_status mentor_programme_yaml(struct mentor *m, int64_t programme, int64_t revision, struct mentor_buf *b);
/** The YAML text of a revision, as imported, byte by byte. Yours to free. */
MENTOR_API enum mentor_status mentor_programme_source(struct mentor *m, int64_t programme, int64_t revision, char **ret_text);

/** One value that a programme file says otherwise than a stored revision. */
struct mentor_programme_change {
	int64_t revision;    /**< the stored one */
	const char *cohorts; /**< list of the unfinished cohorts that follow it; NULL: none */
	const char *key;     /**< path; an item of a group stands for all it says when it is only in one of the two */
	const char *before, *after; /**< NULL: not there */
	const char *means;   /**< what the key is, in a phrase; "added" or "removed" for an item of a list or group */
};
extern MENTOR_API const struct mentor_field mentor_programme_change_fields[];

/** What a definition would do to records of a cohort that were made under another one. */
struct mentor_programme_effect {
	const char *cohort;
	int64_t breaks;	    /**< whether records would become invalid: the cohort cannot follow it */
	const char *record; /**< reference such as m3; NULL when several are meant */
	const char *effect; /**< one sentence without a full stop */
};
extern MENTOR_API const struct mentor_field mentor_programme_effect_fields[];

/** Compares a programme file with the revisions that unfinished cohorts of the programme follow, or with the newest when there are none.
 * `each` gets struct mentor_programme_change, then `each_effect` struct mentor_programme_effect. MENTOR_INVALID with every problem when the
 * file is not right; MENTOR_NOT_FOUND when there is no such programme yet. */
MENTOR_API enum mentor_status mentor_programme_diff(struct mentor *m, const char *file, const char *text, size_t len, mentor_record_fn *each,
    mentor_record_fn *each_effect, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Cohorts
 */

enum mentor_cohort_state {
	MENTOR_COHORT_PLANNED,
	MENTOR_COHORT_OPEN,
	MENTOR_COHORT_CLOSED,
	MENTOR_COHORT_RUNNING,
	MENTOR_COHORT_FINISHED,
};

struct mentor_cohort {
	int64_t id;
	const char *slug, *title;
	int64_t programme_id, revision_id; /* internal */
	const char *programme;
	int64_t revision;
	int64_t state; /**< enum mentor_cohort_state, derived from the days below */
	const char *opens_on, *closes_on, *starts_on, *ends_on; /**< as planned */
	int64_t mentors_max, mentees_max;
	int64_t origin_id; /* internal */
	const char *origin; /**< the cohort it was made from, by mentor_cohort_roll() or for what came late; NULL: none */
	const char *opened_on, *closed_on, *started_on, *finished_on; /**< as it happened */
};

/** Makes a cohort of a programme's newest revision. Days not given: ends_on is the day before the programme's months are over. */
MENTOR_API enum mentor_status mentor_cohort_add(struct mentor *m, const char *programme, struct mentor_cohort *cohort, uint64_t given,
    int64_t *ret_id);
/** Changes a cohort; a first day given where there is no last one yet sets that as mentor_cohort_add() does. */
MENTOR_API enum mentor_status mentor_cohort_set(struct mentor *m, int64_t id, struct mentor_cohort *cohort, uint64_t given, bool *ret_changed);
/** Moves a cohort to another revision of its programme, by number; 0 is the newest. *ret_changed is false when it follows that one already.
 * MENTOR_REFUSED when it has finished, or when records would become invalid: every one of them is a problem of the error. */
MENTOR_API enum mentor_status mentor_cohort_follow(struct mentor *m, int64_t cohort, int64_t number, bool *ret_changed);
/** Moves a cohort on: to open, closed, running or finished, on the context's day. *ret_changed is false when it is there already.
 * MENTOR_REFUSED when the step makes no sense from the present state, or when something it needs is missing. */
MENTOR_API enum mentor_status mentor_cohort_move(struct mentor *m, int64_t cohort, enum mentor_cohort_state to, bool *ret_changed);
/** The cohort to work in when none is named: the only one, or the only one at work (not finished, and not one that was only made to keep what
 * came too late for another). MENTOR_USAGE when there are several,
 * MENTOR_NOT_FOUND when there is none. */
MENTOR_API enum mentor_status mentor_cohort_only(struct mentor *m, int64_t *ret_id);

/** Somebody who was brought over to the next cohort. */
struct mentor_rolled {
	const char *change; /**< "waiting": is on its waiting list now; "unchanged": is in it already */
	int64_t person_id;
	const char *name;
	int64_t role;	/**< enum mentor_role */
	int64_t origin; /**< enum mentor_origin: as a reserve, or from the waiting list */
};

/** Makes the programme's next cohort from `from`: `cohort` needs a slug; limits not given are those of `from`, the revision is the newest. A cohort
 * that was made on the spot to keep late applications for after `from` becomes it and takes the name. Reserves (accepted,
 * and left over when pairs were published; not where the programme's cohort.reserves says no) and then those who wait come with their answers, and
 * stand on its waiting lists in that order; statements, support and scores are asked anew. `each` (NULL: not wanted) gets struct mentor_rolled.
 * Rolling again brings over who is new. *ret_change is "added", "changed" or "unchanged" and speaks of the cohort. MENTOR_REFUSED when `from` has
 * not opened, when the name is that of an unrelated cohort, or when another cohort that has a name follows already. */
MENTOR_API enum mentor_status mentor_cohort_roll(struct mentor *m, int64_t from, struct mentor_cohort *cohort, uint64_t given, mentor_record_fn *each,
    void *arg, const char **ret_change, int64_t *ret_id);

/** A step of a cohort that the checklist of a stage can hold up. */
enum mentor_step { MENTOR_STEP_OPEN, MENTOR_STEP_PUBLISH, MENTOR_STEP_START, MENTOR_STEP_FINISH };
/** One point of the checklists of a programme's stages, and how it was settled in a cohort. */
struct mentor_checklist_item {
	int64_t number; /**< counted through all stages from 1, as the programme has them now */
	const char *stage, *name, *text;
	int64_t settled;
	const char *evidence, *owner, *on, *recorded_by; /**< NULL while it is open */
};
extern MENTOR_API const struct mentor_field mentor_checklist_fields[];
/** Walks the points of all stages in order. Records are struct mentor_checklist_item. */
MENTOR_API enum mentor_status mentor_cohort_checklist(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

enum mentor_stage_state {
	MENTOR_STAGE_SETTLED,
	MENTOR_STAGE_PASSED, /**< points are open, and the cohort has taken the step that they were to be settled before */
	MENTOR_STAGE_CURRENT, /**< the first that is neither, or the last of all */
	MENTOR_STAGE_AHEAD,
};
/** Where a cohort stands with one stage of its programme. */
struct mentor_cohort_stage {
	const char *stage, *title;
	int64_t state;	/**< enum mentor_stage_state */
	int64_t settled, points;
	int64_t before; /**< enum mentor_step that it holds up; MENTOR_NONE */
	const char *missing; /**< list of the points that are open; NULL: none */
	const char *reason;  /**< why that step was taken all the same; NULL: it was not */
};
extern MENTOR_API const struct mentor_field mentor_cohort_stage_fields[];
/** Walks the stages of the cohort's programme in order. Records are struct mentor_cohort_stage. */
MENTOR_API enum mentor_status mentor_cohort_stages(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** What settling came to for one point. */
struct mentor_checklist_change {
	const char *change; /**< "settled", "changed", "open" again or "unchanged" */
	int64_t number;
	const char *stage, *text;
};
/** Settles points of the checklist with what shows it; NULL for `evidence`: they are open again. Each of `items` is a point's number or name, or the
 * name of a stage for all in it that is open (or settled, to be opened again). `owner` NULL: the context's actor; `day` NULL: today.
 * All or none. Records are struct mentor_checklist_change. MENTOR_NOT_FOUND says which points there are, MENTOR_INVALID that
 * the day is still to come. */
MENTOR_API enum mentor_status mentor_cohort_settle(struct mentor *m, int64_t cohort, const char *const *items, size_t n, const char *evidence,
    const char *owner, const char *day, mentor_record_fn *each, void *arg);
/** Keeps why a step is to be taken although the checklist before it is not settled; the step itself is another call (mentor_cohort_move(),
 * mentor_match_publish()). Nothing is kept where nothing is open, or the step is taken already. */
MENTOR_API enum mentor_status mentor_cohort_go_on(struct mentor *m, int64_t cohort, enum mentor_step step, const char *reason);

/** One line of what a cohort still lacks, derived from records at the context's day. */
struct mentor_todo {
	const char *stage;   /**< stage of the work: checklist, recruit, match, contract, meet, remind, evaluate, privacy */
	const char *what;    /**< such as "4 applications wait for a decision" */
	int64_t count;
	const char *command; /**< the command that clears it */
	bool overdue;	     /**< a day has passed by which it should have been done */
};
MENTOR_API enum mentor_status mentor_cohort_todos(struct mentor *m, int64_t cohort,
    enum mentor_status (*each)(void *arg, const struct mentor_todo *todo), void *arg);

enum mentor_urgency { MENTOR_WORK_OVERDUE, MENTOR_WORK_TODAY, MENTOR_WORK_SOON, MENTOR_WORK_OPEN };

/** One line of the worklist. */
struct mentor_work {
	int64_t urgency; /**< enum mentor_urgency */
	const char *day; /**< NULL: it has none */
	const char *cohort, *what;
	int64_t count;
	const char *reason, *command; /**< why it matters; the command that clears it */
	int64_t order; /**< internal */
};
extern MENTOR_API const struct mentor_field mentor_work_fields[];

/** Walks what there is to do at the context's day in all cohorts but those that finished more than three months ago, and what the next `days` days
 * bring: the most urgent first, then by day, by cohort and in the order of mentor_cohort_todos(). Records are struct mentor_work. */
MENTOR_API enum mentor_status mentor_worklist(struct mentor *m, int64_t days, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * People and enrolments
 */

/** What people can be written to in, as ISO 639-1 and BCP 47 name them: en, cy (Welsh). */
enum mentor_language { MENTOR_LANGUAGE_EN, MENTOR_LANGUAGE_CY };

struct mentor_person {
	int64_t id;
	const char *email, *name, *organisation, *directorate, *job, *grade;
	const char *manager_email; /**< the line manager's present address, when that is somebody in the store */
	const char *manager_name;  /**< NULL when the line manager is nobody in the store */
	const char *addresses;	   /**< list of other addresses that lead here: former ones, and those of records merged into this one */
	int64_t language;	   /**< enum mentor_language; MENTOR_NONE: not said, and English it is */
};

enum mentor_role { MENTOR_ROLE_MENTOR, MENTOR_ROLE_MENTEE, MENTOR_ROLE_EITHER, MENTOR_ROLE_FACILITATOR };
enum mentor_enrolment_state {
	MENTOR_ENROLMENT_APPLIED,
	MENTOR_ENROLMENT_ACCEPTED,
	MENTOR_ENROLMENT_WAITING,
	MENTOR_ENROLMENT_DECLINED,
	MENTOR_ENROLMENT_WITHDRAWN,
};

/** What an applicant is told, or will be: derived from the state and from where the enrolment comes from. */
enum mentor_outcome {
	MENTOR_OUTCOME_UNDECIDED,
	MENTOR_OUTCOME_ACCEPTED,
	MENTOR_OUTCOME_LATE,	/**< came after the closing day of another cohort, and is kept for this one */
	MENTOR_OUTCOME_WAITING,
	MENTOR_OUTCOME_DECLINED,
	MENTOR_OUTCOME_RESERVE, /**< accepted, and left over when pairs were published: the next place is theirs */
	MENTOR_OUTCOME_WITHDRAWN,
};

/** Why an enrolment was brought into its cohort from another one. */
enum mentor_origin { MENTOR_ORIGIN_LATE, MENTOR_ORIGIN_WAITING, MENTOR_ORIGIN_RESERVE };

/** One person in one cohort. */
struct mentor_enrolment {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t person_id;
	const char *name, *email;
	int64_t role, state;
	int64_t places; /**< how many partners this person will take */
	const char *organisation, *directorate, *grade;
	const char *applied_on, *decided_on, *decided_by, *reason;
	const char *response; /**< the form's own number: makes importing twice harmless */
	int64_t outcome; /**< enum mentor_outcome */
	int64_t rank;	 /**< place on the waiting list of the role, from 1; MENTOR_NONE when not waiting */
	const char *contact_on; /**< the day by which the person is to hear next; NULL: nothing is due */
	int64_t told;		/**< the outcome the person was last told of; MENTOR_NONE: of none */
	const char *told_on;
	int64_t origin; /**< enum mentor_origin; MENTOR_NONE: applied here */
	int64_t origin_cohort_id; /* internal */
	const char *origin_cohort;
	int64_t support; /**< enum mentor_support: the line manager's */
};

/** One thing that a merge of two records of one person did. */
struct mentor_merge_row {
	const char *change; /**< "merged", "added", "moved", "joined" (two enrolments became one), "changed" or "removed" */
	const char *kind;   /**< "person", "address" or "enrolment" */
	const char *reference, *name; /**< name: NULL when there is none */
};
/** Makes one record of two that are the same person. What `keep` says counts, and what it leaves open is taken from `duplicate`, whose
 * record is then gone. Its addresses lead to `keep` from now on, those whose line manager it was have `keep` as theirs, and its enrolments become those of
 * `keep`. Where both are enrolled in a cohort the two enrolments become one: the one that is accepted, waits or has a pair or survey
 * answers stays, else the one that was decided, else that of `keep`; answers, statements, support, scores and the response number that it
 * lacks come from the other one. A line manager who would be the person's own self is cleared. Each thing done is told to `each`.
 * Merging a record with itself does nothing and is MENTOR_OK.
 * MENTOR_REFUSED when the two are, or were, a pair, and when in one cohort both are accepted, wait, or have pairs or survey answers: the
 * hint says what to do first. */
MENTOR_API enum mentor_status mentor_person_merge(struct mentor *m, int64_t keep, int64_t duplicate,
    enum mentor_status (*each)(void *arg, const struct mentor_merge_row *row), void *arg);

/** The enrolment of a person (reference or address) in a cohort. MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_enrolment_find(struct mentor *m, int64_t cohort, const char *person, int64_t *ret_id);
/** Enrols a person; `enrolment` needs person_id and role, the rest is optional: places not given are the programme's for the role (of
 * either the fewer). The day of application decides: in time it is an application to this cohort. One that is late goes where the programme's
 * cohort.late says: to its next cohort, which is made where there is none; on the waiting list; or it is declined. Without applied_on it
 * comes today, and is late once the cohort is closed. *ret_change is "added", "late" (filed in another cohort: that of *ret_id), "waiting",
 * "declined", or "unchanged" (same role already). MENTOR_REFUSED while the cohort takes no applications yet. */
MENTOR_API enum mentor_status mentor_enrol_add(struct mentor *m, int64_t cohort, struct mentor_enrolment *enrolment, uint64_t given,
    const char **ret_change, int64_t *ret_id);
/** Changes an enrolment. MENTOR_REFUSED when the role of somebody in a pair would change, or the other side is full, or the cohort is finished;
 * MENTOR_INVALID for a day of application that is still to come. */
MENTOR_API enum mentor_status mentor_enrol_set(struct mentor *m, int64_t id, const struct mentor_enrolment *enrolment, uint64_t given,
    bool *ret_changed);
/** Records a decision: accepted, declined, waiting (at the end of the list) or withdrawn, with a reason (NULL: none); "applied" is
 * MENTOR_USAGE. Whoever is accepted after having been brought over from a waiting list is taken off that one. Accepting past the cohort's limit for the side is MENTOR_REFUSED unless `override` gives a reason, which is then kept
 * behind the other one, "R (override: O)", or alone, "(override: O)"; where nothing is passed over it is not kept. The same goes for a statement
 * that reads "no" and for a refusal of support that the programme requires (see Selection). Anything but accepting drops pairs that were only
 * proposed, and is MENTOR_REFUSED for somebody in a pair. Whoever leaves a waiting list lets those behind move up. *ret_changed is false when
 * decided so already, unless `reason` is another one, which then takes the place of the first. */
MENTOR_API enum mentor_status mentor_enrol_decide(struct mentor *m, int64_t enrolment, enum mentor_enrolment_state state,
    const char *reason, const char *override, bool *ret_changed);
/** Puts an applicant on the waiting list of the role at `rank`, from 1; those from there on move down. A rank beyond the end is the end, and so is
 * MENTOR_NONE for somebody who does not wait yet. *ret_changed is false when the person waits there already. */
MENTOR_API enum mentor_status mentor_enrol_wait(struct mentor *m, int64_t enrolment, int64_t rank, const char *reason, bool *ret_changed);

/** What an import did with one row. Lists have a line for each item; NULL: none. */
struct mentor_import_row {
	/** "added"; "late": filed in another cohort; "waiting" or "declined": late, and the programme wants that; "updated": gaps were filled;
	 * "differs": the file says something else and the record stays; "unchanged"; "rejected": left out */
	const char *change;
	int64_t person_id; /**< 0 when rejected */
	const char *name;  /**< NULL when it could not be read */
	int64_t row;	   /**< of the file, the heading not counted */
	const char *cohort; /**< where the application is now; NULL when rejected */
	const char *filled; /**< list of what was missing and is now recorded */
	const char *differences; /**< list: "grade: recorded 'Grade 5', file 'Grade 6'" */
	const char *reasons; /**< list: why it is left out, "heading: what is wrong (hint)" */
};

/** Imports an application form's export as the cohort's programme maps it. Each row is filed by its own day of application as mentor_enrol_add() does.
 * A row seen before (same response number, or same person) never changes a decision or what was recorded or edited since: gaps are
 * filled, and what the file says otherwise is listed. Rows come to `each` in the order of the file, once all is stored. A large file is read
 * by a thread that ends before the call does.
 *
 * `rejects` NULL: all or nothing; any bad row and nothing is stored (MENTOR_INVALID), and every problem is in the context with row and heading.
 * Else bad rows are left out and told as "rejected", and appended to `rejects` as they stand in the file, below its heading, each with its
 * reasons in a last column "reason", which an import passes over: mended, they can be imported again. What is wrong with the file as a
 * whole (a heading, the encoding, a quote never closed) is MENTOR_INVALID all the same. MENTOR_REFUSED while the cohort takes no
 * applications yet, unless there is nothing new. */
MENTOR_API enum mentor_status mentor_enrol_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    struct mentor_buf *rejects, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg);

/* ---------------------------------------------------------------------------------------------
 * Labels: what a programme calls the people of the two sides
 */

/** One and several of each side. A member that is NULL stands for the usual word: mentor, mentors, mentee, mentees. */
struct mentor_labels {
	const char *mentor, *mentors, *mentee, *mentees;
};

/** The labels of the programme that a cohort was made with; of cohort 0 those that the programmes of all cohorts agree on,
 * else the usual words. Where both sides are called the same, they are told apart: "first partner" for the mentor,
 * "second partner" for the mentee. The texts live as long as the context. MENTOR_NOT_FOUND without such a cohort. */
MENTOR_API enum mentor_status mentor_labels(struct mentor *m, int64_t cohort, struct mentor_labels *ret);
/** The label for one of the usual words, and any other word as it is. Borrowed from `labels` or from the caller. */
MENTOR_API const char *mentor_labels_word(const struct mentor_labels *labels, const char *word);
/** Appends `text` with the labels in the place of {mentor}, {mentors}, {mentee} and {mentees}. */
MENTOR_API void mentor_buf_labels(struct mentor_buf *b, const char *text, const struct mentor_labels *labels);

/* ---------------------------------------------------------------------------------------------
 * Selection: what applicants state, line managers' support, scores
 *
 * What the programme asks of a role counts for its people; of whoever takes either role, what it asks of both. Two things stand against
 * accepting somebody: a statement that reads "no", and a refusal of support that the programme requires. mentor_enrol_decide() then wants
 * an override. Later changes of the same kind, and support that is required and not given, stand against publishing the person's pair;
 * what an override passed over does not. What is merely missing stands against nothing, and is a line of mentor_cohort_todos().
 */

enum mentor_statement_kind {
	MENTOR_STATEMENT_ELIGIBILITY, /**< roles.<role>.eligibility */
	MENTOR_STATEMENT_CONFIRMS,    /**< roles.<role>.confirms */
	MENTOR_STATEMENT_INFORMATION, /**< that the pack of application.information has been read */
};

/** What one statement of the programme comes to for one person.
 *
 * Where it has a column, the answer there that means yes or no counts, on the day of the application; any other answer says nothing.
 * What is recorded by hand counts instead, whatever the application says.
 *
 * That the information pack has been read is a statement called "information": the role's confirmation of this name where there is one
 * (then it is one of those); else one of its own, with the column called information if the application has such. Facilitators do
 * not apply by form, so only their confirmations count. */
struct mentor_statement {
	int64_t kind; /**< enum mentor_statement_kind */
	const char *name, *text;
	int64_t value;	  /**< 1 yes, 0 no, MENTOR_NONE when nothing was said */
	const char *on;	  /**< the day it was said */
	int64_t source;	  /**< 0 the application, 1 recorded by hand; MENTOR_NONE */
	const char *by;	  /**< who recorded it by hand */
	int64_t waived;	  /**< whether the person was accepted in spite of it */
};
extern MENTOR_API const struct mentor_field mentor_statement_fields[];

/** Walks the statements of an enrolment, eligibility first, in the programme's order. Records are struct mentor_statement. */
MENTOR_API enum mentor_status mentor_enrol_statements(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);
/** Records what a person said (yes, or no) to the statements called so, on `day` (NULL: the context's). Without names it is every statement
 * that is missing. A name that stands for both an eligibility rule and a confirmation means both. *ret_changed is false when it was said
 * so already, and on that day if one is given. MENTOR_NOT_FOUND, and nothing recorded, when there is no such statement; MENTOR_REFUSED when
 * the programme asks for none; MENTOR_INVALID for a day to come. */
MENTOR_API enum mentor_status mentor_enrol_confirm(struct mentor *m, int64_t enrolment, const char *const *names, size_t n, bool yes,
    const char *day, bool *ret_changed);

enum mentor_support { MENTOR_SUPPORT_NONE, MENTOR_SUPPORT_ASKED, MENTOR_SUPPORT_GIVEN, MENTOR_SUPPORT_REFUSED };

/** A line manager's support, as recorded. */
struct mentor_approval {
	int64_t wanted; /**< what the programme says: 0 none, 1 asked, 2 required; of either role the stricter */
	int64_t state;	/**< enum mentor_support; none when nothing is recorded */
	const char *asked_on, *answered_on;
	const char *by;	    /**< who answered */
	const char *reason; /**< as given with the answer */
	const char *recorded_by;
	int64_t waived;	    /**< whether the person was accepted in spite of a refusal */
};
extern MENTOR_API const struct mentor_field mentor_approval_fields[];

/** Hands over the one struct mentor_approval of an enrolment. */
MENTOR_API enum mentor_status mentor_enrol_approval(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);
/** Records that support was asked for, given or refused (none is MENTOR_USAGE) on `day` (NULL: the context's). `by` says who answered (NULL: the
 * line manager's address on record), `reason` may be NULL. Another answer takes the place of the one before. *ret_changed is false when it is
 * recorded so already; what is not given then stays. MENTOR_REFUSED when the programme does not ask for it; MENTOR_INVALID for a day to come,
 * and for an answer before the day it was asked for. */
MENTOR_API enum mentor_status mentor_enrol_approve(struct mentor *m, int64_t enrolment, enum mentor_support what, const char *day,
    const char *by, const char *reason, bool *ret_changed);

/** The points for one criterion, as people write them. */
struct mentor_points {
	const char *criterion, *points;
};

/** Records an assessor's points (NULL: the one who acts) for an application. Criteria are those of the programme for the applicant's side,
 * points are whole numbers from 0 to the most of the criterion; what the assessor gave for it before is replaced. *ret_change is "added",
 * "updated" or "unchanged". MENTOR_NOT_FOUND for an unknown criterion, MENTOR_REFUSED for one of the other side, MENTOR_INVALID for points. */
MENTOR_API enum mentor_status mentor_enrol_score(struct mentor *m, int64_t enrolment, const struct mentor_points *points, size_t n,
    const char *assessor, const char **ret_change);
/** Imports scores: a column email, one called assessor (optional: `assessor`, or the one who acts, where there is none or the cell is empty),
 * and one for each criterion under its name or text; a column called name is passed over; an empty cell says nothing. All or nothing: every problem
 * is in the context with row and heading. */
MENTOR_API enum mentor_status mentor_enrol_score_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len,
    char delimiter, const char *assessor, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg);

/** How an application was scored.
 *
 * An assessor's total is 100 * sum(weight * points) / sum(weight * most) over the criteria of the applicant's side that this assessor
 * scored, in hundredths of a per cent, halves rounded up. The average is the mean of the totals, rounded likewise: each assessor counts the
 * same. The spread is the largest total minus the smallest. Complete means that there is an assessor and everyone of them scored
 * every criterion. Points above the most, which a later revision of the programme may have lowered, count as the most. */
struct mentor_ranking {
	int64_t place; /**< among the applications for the role, from 1: by average, best first; of equals the earlier application, then the
			  address; MENTOR_NONE without scores */
	int64_t person;
	const char *name, *email;
	int64_t role, state;
	int64_t criteria; /**< of the applicant's side; not among the fields */
	int64_t assessors;
	int64_t average, spread; /**< hundredths of a per cent; MENTOR_NONE without scores */
	int64_t complete;
	const char *applied_on;
};
extern MENTOR_API const struct mentor_field mentor_ranking_fields[];

/** Walks the applications of a cohort by role and place, those without scores last; facilitators and whoever has withdrawn are left out.
 * `role` is an enum mentor_role, or MENTOR_NONE for all. Records are struct mentor_ranking. */
MENTOR_API enum mentor_status mentor_enrol_scores(struct mentor *m, int64_t cohort, int64_t role, mentor_record_fn *each, void *arg);
/** Hands over the one struct mentor_ranking of an enrolment; its place is not looked for. */
MENTOR_API enum mentor_status mentor_enrol_scored(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);

/** What the assessors gave an application for one criterion. */
struct mentor_criterion {
	const char *criterion, *text;
	int64_t most, weight;
	int64_t n;			  /**< assessors */
	int64_t average, lowest, highest; /**< points, the average in hundredths; MENTOR_NONE when n is 0 */
	const char *answer;		  /**< the answer of the application that it judges; NULL: none */
};
extern MENTOR_API const struct mentor_field mentor_criterion_fields[];

/** Walks the criteria of an applicant's side in the programme's order. Records are struct mentor_criterion. */
MENTOR_API enum mentor_status mentor_enrol_criteria(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);

/** An answer of an application to one of the programme's own questions. */
struct mentor_answer {
	const char *question; /**< the column's name in the programme */
	const char *heading;  /**< as the form asks it */
	const char *answer;   /**< in the programme's words; several are separated by "; " */
};
extern MENTOR_API const struct mentor_field mentor_answer_fields[];

/** Walks what an application answered, in the order of the form; questions without an answer are left out. Records are struct mentor_answer. */
MENTOR_API enum mentor_status mentor_enrol_answers(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Letters: what applicants are told, from the templates of the programme
 */

enum mentor_letter_outcome {
	MENTOR_LETTER_ACCEPTED,
	MENTOR_LETTER_LATE, /**< to those who came late through the cohort's form, and to those who came late elsewhere and are kept for it */
	MENTOR_LETTER_WAITING,
	MENTOR_LETTER_DECLINED,
	MENTOR_LETTER_RESERVE,
	MENTOR_LETTER_RECRUITMENT, /**< an invitation to apply, to people who are not in the cohort */
};

/** How a letter is written as a message: not at all, as one message with CRLF line ends, as an entry of an mbox file. */
enum mentor_letter_format { MENTOR_LETTER_PLAIN, MENTOR_LETTER_EML, MENTOR_LETTER_MBOX };

/** One letter to one person. Every word that a template can hold in such a letter is the member of its name; NULL is not known. Nothing in it is
 * about anybody else, and no reason of a decision: those are internal notes. */
struct mentor_letter {
	int64_t outcome; /**< enum mentor_letter_outcome */
	int64_t person;
	const char *name, *email;
	int64_t side;	  /**< enum mentor_role; MENTOR_NONE of an invitation */
	const char *role; /**< what the programme calls that */
	const char *subject, *text;
	const char *programme, *organisation, *cohort; /**< titles; of a letter to somebody late those of the cohort applied to, and its days */
	const char *contact_name, *contact_email;
	const char *opens_on, *closes_on, *starts_on, *ends_on; /**< days in words */
	const char *resources; /**< of the programme for this person: one, or a list with a line for each */
	int64_t rank;
	const char *applied_on, *told_on; /**< told_on: NULL unless told of this outcome */
	const char *message; /**< as asked for by the format; NULL for MENTOR_LETTER_PLAIN */
};
extern MENTOR_API const struct mentor_field mentor_letter_fields[];

/** Which letters. */
struct mentor_letter_request {
	enum mentor_letter_outcome outcome;
	const char *template; /**< its name; NULL: the only one there is for the outcome */
	const int64_t *people; /**< to them, whether told or not; none: to everybody with that outcome who has not been told of it, or (but for who is
				* accepted) is due to hear again */
	size_t n_people;
	bool all; /**< to everybody with that outcome */
	enum mentor_letter_format format;
};

/** Writes letters, by role and in the order of applications. Records are struct mentor_letter. The programme's contact stands in every one: where the
 * template does not give the contact's address, a last line does. A text without an empty line has a paragraph in each line. Messages go from the
 * contact, and a letter has the same Message-ID whenever it is written again.
 *
 * No letter has a hole. MENTOR_REFUSED with every problem when a word of the template is not known, when somebody asked for has another
 * outcome (or an invitation would go to somebody who is in the cohort already), and when no message can be sent to an address; also without a template
 * for the outcome. MENTOR_USAGE when there are several and none is named. */
MENTOR_API enum mentor_status mentor_letter_list(struct mentor *m, int64_t cohort, const struct mentor_letter_request *request,
    mentor_record_fn *each, void *arg);

/** Who has been told. */
struct mentor_letter_told {
	const char *change; /**< "told" or "unchanged" */
	int64_t person;
	const char *name;
};
/** Records on the context's day that people have been told of their outcome, by a letter or otherwise: those of the request, whose template and
 * format do not matter; without names everybody who has not been told, or is due to hear again. Records are struct mentor_letter_told. MENTOR_REFUSED with every problem, and nothing recorded, when one of the people asked
 * for has another outcome; MENTOR_USAGE for invitations. */
MENTOR_API enum mentor_status mentor_letter_tell(struct mentor *m, int64_t cohort, const struct mentor_letter_request *request,
    mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Reminders: what is due by the programme's rules, and the messages that come of it
 *
 * What is due is derived from records at the context's day, never stored. A message is stored once it has been decided on, under a key made of its
 * rule, of whom and what it is about, and of its place in the series; so each goes out once. Neither its text nor the address is stored: both are
 * made from the records of the moment in which it is handed over.
 */

/** Where a reminder stands: the first two before it has become a message, the others those of enum mentor_message_state. */
enum mentor_reminder_state {
	MENTOR_REMINDER_NEW,
	MENTOR_REMINDER_HELD,
	MENTOR_REMINDER_WAITING,
	MENTOR_REMINDER_HANDING_OVER,
	MENTOR_REMINDER_SENT,
	MENTOR_REMINDER_FAILED,
	MENTOR_REMINDER_UNSURE,
};

struct mentor_reminder {
	int64_t message; /**< 0: not decided on yet */
	const char *cohort, *reminder;
	int64_t recipient; /**< 0 person, 1 partner, 2 manager, 3 facilitator, 4 team */
	int64_t person;	   /**< 0: the running team */
	const char *name, *email; /**< name: NULL for a line manager who is nobody in the store */
	int64_t pair, about;
	const char *item;
	const char *since;
	int64_t turn;
	const char *due_on, *goes_on;
	int64_t state; /**< enum mentor_reminder_state */
};
extern MENTOR_API const struct mentor_field mentor_reminder_fields[];

/** A reminder of a cohort none of whose messages can be sent. */
struct mentor_reminder_problem {
	const char *cohort, *reminder, *problem, *hint;
};
extern MENTOR_API const struct mentor_field mentor_reminder_problem_fields[];

/** Walks what is due on the context's day in a cohort, of 0 in every cohort that has opened, and is still to be sent; with `all` also what has become
 * of the rest. Of a series that is behind only the last one is due. Records are struct mentor_reminder, by cohort, in the order of the programme's
 * rules; then, for `each_problem`, struct mentor_reminder_problem. Changes nothing. */
MENTOR_API enum mentor_status mentor_remind_due(struct mentor *m, int64_t cohort, bool all, mentor_record_fn *each, mentor_record_fn *each_problem,
    void *arg);

enum mentor_message_state { MENTOR_MESSAGE_WAITING, MENTOR_MESSAGE_HANDING_OVER, MENTOR_MESSAGE_SENT, MENTOR_MESSAGE_FAILED, MENTOR_MESSAGE_UNSURE };

struct mentor_message {
	int64_t id, cohort_id;
	const char *cohort, *reminder, *template;
	int64_t recipient;
	int64_t person;
	const char *name;
	int64_t pair;
	const char *due_on;
	int64_t turn;
	int64_t state; /**< enum mentor_message_state */
	int64_t attempts;
	const char *retry_at, *decided_at, *handed_at, *sent_at;
	const char *transport, *mail, *reason;
};

/** One reminder of a message in hand. */
struct mentor_mail_item {
	int64_t message;
	const char *reminder;
};

/** A message that is to be handed over now. */
struct mentor_mail {
	const char *id;	      /**< what stands between the angle brackets of Message-ID; the same whenever the same is sent again */
	const char *from, *to; /**< addresses */
	const char *name;     /**< of whoever gets it; may be NULL */
	const char *subject, *text;
	const char *message; /**< the whole of it, with CRLF line ends */
	const struct mentor_mail_item *items; /**< several in a digest */
	size_t n_items;
};

/** What came of handing a message over. */
enum mentor_handed {
	MENTOR_HANDED_SENT,    /**< whoever carries it on has taken it */
	MENTOR_HANDED_LATER,   /**< not taken; tried again after 15 minutes, 1, 4 and 16 hours, and failed after that */
	MENTOR_HANDED_REFUSED, /**< not taken, and never will be */
	MENTOR_HANDED_UNSURE,  /**< nobody knows */
	MENTOR_HANDED_NOT,     /**< it was not even tried: as if nothing had happened */
};

/** What a program lends to the library, which touches no file but the store and starts no process. */
struct mentor_remind_hands {
	void *arg;
	const char *transport; /**< how messages are sent, in words that `found` understands later */
	const char *owner;     /**< this process, in words that `alive` understands later */
	bool (*alive)(void *arg, const char *owner); /**< whether that process is still at it */
	/** Makes ready what handing over will then finish in one step. Called before it is written down that the message is in hand; whatever it
	 * leaves may be made ready again. */
	enum mentor_status (*stage)(void *arg, const struct mentor_mail *mail);
	/** Of a message whose process is gone since: SENT, NOT, or UNSURE where the transport cannot tell. */
	enum mentor_handed (*found)(void *arg, const char *transport, const char *mail_id, const char *handed_at);
};

struct mentor_remind_run;

/** Starts sending what is due in a cohort, of 0 in all. `hands` is borrowed until mentor_remind_free(). */
MENTOR_API enum mentor_status mentor_remind_start(struct mentor *m, int64_t cohort, const struct mentor_remind_hands *hands,
    struct mentor_remind_run **ret_run);
/** The next message, which is now written down as being handed over; *ret_mail is NULL when nothing is left. Decides, and looks at the records again
 * whenever somebody else has changed them, all in one transaction of its own; so do not call it inside another. Several processes at once share the
 * work, and no message is given to two. Messages whose process died are settled where the transport knows, and are unsure otherwise: nothing sends
 * those again but mentor_remind_settle(). One that no mail program could take has failed at once; one with a word that stands for nothing waits. */
MENTOR_API enum mentor_status mentor_remind_next(struct mentor_remind_run *run, const struct mentor_mail **ret_mail);
/** Writes down what came of the message in hand, in a transaction of its own. `reason` for people; may be NULL when it was sent. */
MENTOR_API enum mentor_status mentor_remind_done(struct mentor_remind_run *run, enum mentor_handed came, const char *reason);
/** Walks the reminders none of whose messages can be sent, as of the last look. Records are struct mentor_reminder_problem. */
MENTOR_API enum mentor_status mentor_remind_problems(struct mentor_remind_run *run, mentor_record_fn *each, void *arg);
/** How many messages could not be made: they failed, or wait for a word that is not known. */
MENTOR_API size_t mentor_remind_unwritten(const struct mentor_remind_run *run);
/** Ends it. NULL is fine. */
MENTOR_API void mentor_remind_free(struct mentor_remind_run *run);

enum mentor_message_settled {
	MENTOR_MESSAGE_RESEND, /**< waits to be sent, if it is still due; with the same Message-ID */
	MENTOR_MESSAGE_ARRIVED, /**< it arrived */
	MENTOR_MESSAGE_LOST, /**< it did not, and is not sent again */
};
/** Settles a message that failed or is unsure, and what went out in one digest with it. *ret_changed is false when it stands so already.
 * MENTOR_REFUSED for one that was sent, or is in hand, or has not been tried. */
MENTOR_API enum mentor_status mentor_remind_settle(struct mentor *m, int64_t message, enum mentor_message_settled how, bool *ret_changed);

struct mentor_hold {
	int64_t person, pair; /**< one of them 0 */
	const char *name, *held_on, *until_on, *held_by;
};
extern MENTOR_API const struct mentor_field mentor_hold_fields[];

/** Puts a person or a pair (the other one 0) on hold from the context's day to `until` (NULL: until released), or releases it: no reminder goes to
 * them or speaks of them. *ret_changed is false when it stands so already. MENTOR_INVALID when `until` is past. */
MENTOR_API enum mentor_status mentor_remind_hold(struct mentor *m, int64_t person, int64_t pair, bool held, const char *until, bool *ret_changed);
/** Walks what is on hold. Records are struct mentor_hold. */
MENTOR_API enum mentor_status mentor_remind_holds(struct mentor *m, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Equality monitoring: counted, and kept from everything that chooses people
 *
 * Data Protection Act 2018, Schedule 1, paragraph 8: answers may be held to see whether people have the same chance, but not for
 * decisions about a single person (8(3)), and no longer once that person objects in writing (8(5)). No function gives an answer back, or
 * says who has answered.
 */

/** How many people of the file an import did something with. */
struct mentor_equality_imported {
	const char *change; /**< "added", "updated" (other answers than before, which are gone), "unchanged", "withdrawn" (they object: passed over) */
	int64_t people;
};
extern MENTOR_API const struct mentor_field mentor_equality_imported_fields[];
/** Imports the export of the monitoring form: the address under "Email", else in the first column, and the questions of the programme's
 * `equality`. All or nothing; every problem is in the context with row and heading, and repeats neither an answer nor an address. People
 * count who are enrolled in the cohort, or who came late for it and are kept for the next one. A row is all that a person answers: it takes
 * the place of an earlier one, and is kept with the programme's purpose, basis, seen_by and months of that time. MENTOR_REFUSED when the
 * programme has no `equality`. Records are struct mentor_equality_imported, one per change that happened. */
MENTOR_API enum mentor_status mentor_equality_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len,
    char delimiter, mentor_record_fn *each, void *arg);
/** Records that a person objects: their answers in all cohorts are gone at once, and later imports pass them over. With `again` the
 * objection is taken back. *ret_changed is whether they objected before or not; it never says whether they had answered. */
MENTOR_API enum mentor_status mentor_equality_withdraw(struct mentor *m, int64_t person, bool again, bool *ret_changed);

/** What answers of a cohort are held for, and how many people gave any. */
struct mentor_equality_status {
	const char *purpose, *basis, *seen_by;
	int64_t months;	  /**< after the cohort has ended */
	int64_t asked;	  /**< people who could answer */
	int64_t answered; /**< MENTOR_SUPPRESSED when few of them have, or few have not */
};
extern MENTOR_API const struct mentor_field mentor_equality_status_fields[], mentor_equality_policy_fields[];
/** Tells `each` what the programme says now, and how many have answered; then `each_earlier` every other purpose, basis, seen_by and months
 * that answers still held were given for (counts not set). MENTOR_REFUSED when the programme has no `equality`. */
MENTOR_API enum mentor_status mentor_equality_status(struct mentor *m, int64_t cohort, mentor_record_fn *each, mentor_record_fn *each_earlier,
    void *arg);

/** A group of ethnic groups' lists, and what it is in the older ones; NULL: not of that list. */
struct mentor_ethnic_group {
	const char *newest, *group, *census, *census_group, *nhs, *nhs_group;
	const char *broad;   /**< white, mixed, asian, black or other, as since 2011; NULL: not stated */
	const char *nearest; /**< the older lists that had no such group, where the one named is only the nearest; NULL: the same in all */
};
extern MENTOR_API const struct mentor_field mentor_ethnic_group_fields[];
/** Walks the groups of three lists and the crosswalk between them: GSS 2021, ONS 2011, NHS 2001. Records are struct mentor_ethnic_group. */
MENTOR_API enum mentor_status mentor_ethnic_groups(struct mentor *m, mentor_record_fn *each, void *arg);

/** What an import of workforce figures came to. */
struct mentor_workforce_row {
	const char *change; /**< "added", "updated" or "unchanged" */
	int64_t groups;
};
extern MENTOR_API const struct mentor_field mentor_workforce_row_fields[];
/** Takes how many people of the workforce are in which group, from a CSV file with the headings question, group, people and, where there are
 * several, organisation: for the programme of the cohort, on `day` (NULL: today). Questions are those of `equality`, groups their answers;
 * with `codes` (gss-2021, ons-2011, nhs-2001; NULL: none) a group may also be a code or label of that list, and several may add up to one
 * answer. All or nothing, problems with row and heading. Records are struct mentor_workforce_row. */
MENTOR_API enum mentor_status mentor_equality_workforce(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len,
    char delimiter, const char *organisation, const char *day, const char *codes, mentor_record_fn *each, void *arg);

/** One group of the workforce and of a cohort; shares in hundredths of a per cent. */
struct mentor_composition {
	const char *question, *group, *as_of;
	int64_t workforce, workforce_share;
	int64_t applied, applied_share, accepted, paired, finished;
	int64_t suppressed;
};
extern MENTOR_API const struct mentor_field mentor_composition_fields[];
/** Compares the workforce with who applied to a cohort, was accepted, was in a pair and finished, group by group of each question of
 * `equality`. Small numbers, and what would give them away, are withheld by the rules of lib/suppress.h (8 to 10); groups of few people are
 * summed up in a row of their own. Applicants are counted once applications have closed, accepted and paired people once the cohort has
 * started, those who finished once it has: until then MENTOR_NONE. Records are struct mentor_composition. */
MENTOR_API enum mentor_status mentor_equality_compare(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Pairs and matching
 */

enum mentor_pair_state { MENTOR_PAIR_PROPOSED, MENTOR_PAIR_ACTIVE, MENTOR_PAIR_COMPLETED, MENTOR_PAIR_ENDED };
enum mentor_arrangement { MENTOR_REVERSE, MENTOR_RECIPROCAL };

/** Two people of a cohort who work together. Entity "pair". */
struct mentor_pair {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t mentor_enrolment, mentee_enrolment; /* internal */
	int64_t mentor, mentee; /**< people */
	const char *mentor_name, *mentee_name;
	int64_t state;	     /**< enum mentor_pair_state */
	int64_t arrangement; /**< enum mentor_arrangement: the pair's own, where a programme combines both */
	int64_t score;	     /**< points of the soft rules when proposed, each times its weight */
	const char *proposed_on, *published_on, *ended_on;
	int64_t wish, reason; /**< index of mentor_ending_wishes and mentor_ending_reasons; MENTOR_NONE: not said */
	const char *continued_on; /**< the two go on by themselves since, after the cohort has finished; NULL: not recorded */
	int64_t pinned;	      /**< stays in every later proposal */
	const char *override; /**< why the two are put together although a hard rule speaks against it; NULL: none did */
};

/** One pair of a proposal. */
struct mentor_match_row {
	const char *change; /**< "added", "updated" (the score or the arrangement is another now), "unchanged" or "removed" */
	int64_t pair;
	int64_t mentor, mentee; /**< people */
	const char *mentor_name, *mentee_name;
	int64_t score;
	int64_t percent; /**< the score in per cent of the most a pair can have, rounded down; MENTOR_NONE without soft rules */
};

/** Someone accepted who has no partner, proposed or active. */
struct mentor_match_left {
	int64_t person;
	const char *name;
	int64_t role;	  /**< the side taken: MENTOR_ROLE_MENTOR or MENTOR_ROLE_MENTEE */
	int64_t possible; /**< how many of the other side no hard rule forbids */
	const char *why;  /**< one sentence without full stop */
};

/** A proposal in numbers. People of either role count on the side they were given. */
struct mentor_match_summary {
	int64_t mentors, mentees; /**< accepted */
	int64_t candidates;	  /**< pairs that no hard rule forbids, between people who have places left */
	int64_t pairs;		  /**< proposed now */
	int64_t active;		  /**< published before, and untouched */
	int64_t mentors_left, mentees_left;
	int64_t score;	 /**< of the proposed pairs together */
	int64_t worst;	 /**< of the pair that fares worst; MENTOR_NONE without pairs */
	int64_t pinned;	 /**< of the pairs, how many were pinned */
	int64_t method, objective; /**< enum mentor_match_method, mentor_match_objective */
	int64_t percent; /**< the same in per cent of the most that as many pairs can have; MENTOR_NONE without pairs or soft rules */
};

/** Who is told what a proposal came to; any function may be NULL. What `pair` and `left` return other than MENTOR_OK undoes the proposal. */
struct mentor_match_sink {
	enum mentor_status (*pair)(void *arg, const struct mentor_match_row *row);
	enum mentor_status (*left)(void *arg, const struct mentor_match_left *left);
	void *arg;
	/** Called now and then while the best choice is sought: places filled and to be filled (0 and 0 at first). */
	void (*progress)(void *arg, int64_t done, int64_t total);
};

enum mentor_match_method {
	MENTOR_MATCH_BEST,   /**< the best choice for all together */
	MENTOR_MATCH_STABLE, /**< no two people who would both rather have each other; mentors propose */
};
/** What the best choice seeks among those with the most pairs, before the highest total. */
enum mentor_match_objective {
	MENTOR_MATCH_TOTAL,   /**< nothing more */
	MENTOR_MATCH_WORST,   /**< the pair with the fewest points has as many as possible; pinned pairs, being no choice, do not count */
	MENTOR_MATCH_CHOICES, /**< as many mentors as possible have their first choice, then their second, and so on; who is on no list comes last */
};
/** How to choose; MENTOR_NONE: as the programme says, and the best. */
struct mentor_match_options {
	int64_t method, objective;
};

/** Proposes pairs for a cohort from its accepted people, and replaces what was proposed before. Published pairs stay and keep their places;
 * so do pinned ones, while no hard rule that was not overridden speaks against them.
 *
 * A pair must break no hard rule of the programme (a value that is not there cannot satisfy a rule that compares it), and the two must not
 * have been paired in this cohort before, nor be kept apart (mentor_match_avoid(), mentor_match_block()). Of all allowed choices the method
 * MENTOR_MATCH_BEST takes, in this order: the one with the most pairs; the one that meets the objective best; the one with the highest
 * total score; and between equals the one that the kernel's tie-break by the addresses picks (mentor_assign_solve(); the ids are 64-bit FNV-1a
 * of the addresses), so the order of people does not matter. The method MENTOR_MATCH_STABLE ranks for each person first whom he or she named,
 * in that order, then all others by the points of the pair, and takes pairs such that no two people would both rather have each other. That no choice is better,
 * or nobody would run off, is proved before anything is stored.
 *
 * Where somebody accepted can take either side, or the programme has one pool, the choice is not one between two sides: anyone may be paired with
 * anyone but two fixed mentors or two fixed mentees, and the best choice of such pairs is taken (mentor_blossom_solve()), by the objective total or
 * worst-off. A role fixes a side unless it is either; an active pair fixes it for somebody of either role; in one pool nothing does. In each pair
 * whose sides are open the one with the lower grade mentors; between equal or unknown grades whoever applied as mentor, and else the one whose
 * address comes first.
 *
 * Each pair has the programme's arrangement. In a combination programme people say in the application's question `arrangement` what
 * they want: a pair is reciprocal where both accept that and not both accept reverse, else reverse; whoever said "either" accepts both.
 *
 * A pair that comes out again keeps its reference, so a second run changes nothing. `sink` gets the pairs kept or added by mentor's
 * address, then those removed, then the people left over; NULL is fine.
 * MENTOR_REFUSED when the cohort is finished, or too large to be solved at once. */
MENTOR_API enum mentor_status mentor_match_propose_by(struct mentor *m, int64_t cohort, const struct mentor_match_options *options,
    const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary);
/** The same as the programme says. */
MENTOR_API enum mentor_status mentor_match_propose(struct mentor *m, int64_t cohort, const struct mentor_match_sink *sink,
    struct mentor_match_summary *ret_summary);

/** What one way to choose comes to. */
struct mentor_match_figures {
	int64_t method, objective;
	int64_t pairs;
	int64_t score; /**< of the pairs together */
	int64_t worst; /**< of the pair that fares worst; MENTOR_NONE without pairs */
	int64_t mentors_first, mentees_first; /**< who got whom they had named first */
	int64_t blocking; /**< two people who are not paired, though both would rather be: with each other than with what they have */
};
/** Tries the best by each objective, and stable, and stores nothing. Records are struct mentor_match_figures. */
MENTOR_API enum mentor_status mentor_match_methods(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** Whom a person of a cohort would like to be paired with. Entity "preference". */
struct mentor_preference {
	int64_t id, cohort_id; /* internal */
	int64_t person;
	const char *name;
	int64_t rank; /**< from 1 */
	int64_t other;
	const char *other_name;
};
/** That two people are never to be paired, in any cohort. Confidential: made for the running team only; explanations say no more than
 * "not available", as they do of blocks, so that nobody can tell who asked for it. Entity "avoidance". */
struct mentor_avoidance {
	int64_t id; /* internal */
	int64_t person;
	const char *name;
	int64_t other;
	const char *other_name;
	int64_t said_by; /**< 0 the person, 1 the running team */
	const char *reason, *recorded_on, *recorded_by;
};
/** That two people are kept apart in the proposals of a cohort. Entity "block". */
struct mentor_block {
	int64_t id, cohort_id; /* internal */
	int64_t person;
	const char *name;
	int64_t other;
	const char *other_name, *blocked_on, *blocked_by;
};
/** Tables of their own, which mentor_entities() does not list: nothing refers to them. */
extern MENTOR_API const struct mentor_entity mentor_entity_preference, mentor_entity_avoidance, mentor_entity_block, mentor_entity_proposal;
extern MENTOR_API const struct mentor_field mentor_preference_fields[], mentor_avoidance_fields[], mentor_block_fields[], mentor_proposal_fields[];

/** Records whom somebody would like, the first choice first, in the place of what was there; none with `n` 0. All are numbers of
 * enrolments in one cohort. *ret_changed is false when the list is the same. MENTOR_INVALID when somebody is named twice, or could not be a partner
 * whatever the rules say. */
MENTOR_API enum mentor_status mentor_match_prefer(struct mentor *m, int64_t enrolment, const int64_t *others, size_t n, bool *ret_changed);
/** Records that two people (numbers of persons) are never to be paired: because `person` said so, or with `team` the running team. `reason`
 * (NULL: as it was) is for the running team only. *ret_change is "added", "changed" or "unchanged". What is proposed now stays until the
 * next proposal, and cannot be published. */
MENTOR_API enum mentor_status mentor_match_avoid(struct mentor *m, int64_t person, int64_t other, bool team, const char *reason,
    const char **ret_change);
/** Takes back what `person` said of `other`. *ret_changed is false when nothing was said. */
MENTOR_API enum mentor_status mentor_match_avoid_no_more(struct mentor *m, int64_t person, int64_t other, bool *ret_changed);

/** Pins a proposed pair, or lets go of it. *ret_changed is false when it is so already. MENTOR_REFUSED when the pair is not proposed, or
 * cannot be published as it is. */
MENTOR_API enum mentor_status mentor_match_pin(struct mentor *m, int64_t pair, bool pinned, bool *ret_changed);
/** Adds a pair of two accepted people to what is proposed, and pins it; pairs that were only chosen make way where there is no place. `sink`
 * gets all proposed pairs as they are now and those removed. MENTOR_REFUSED when a place is missing, and when hard rules
 * speak against it, each a problem of its own, unless `override` says why it is done all the same; the reason is kept with the pair. */
MENTOR_API enum mentor_status mentor_match_add(struct mentor *m, int64_t cohort, int64_t mentor, int64_t mentee, const char *override,
    const struct mentor_match_sink *sink);
/** Takes a proposed pair of two people out of what is proposed, pinned or not. *ret_changed is false when there is none. */
MENTOR_API enum mentor_status mentor_match_drop(struct mentor *m, int64_t cohort, int64_t mentor, int64_t mentee, bool *ret_changed);
/** Keeps two people apart in the proposals of a cohort, or no longer. *ret_changed is false when it is so already. MENTOR_REFUSED when they are
 * a pinned pair. */
MENTOR_API enum mentor_status mentor_match_block(struct mentor *m, int64_t cohort, int64_t person, int64_t other, bool blocked, bool *ret_changed);

/** A proposal that was kept under a name. Entity "proposal". */
struct mentor_proposal {
	int64_t id, cohort_id; /* internal */
	const char *name;
	int64_t method, objective;
	int64_t pairs, score, worst, pinned;
	const char *made_at, *made_by;
};
/** One pair that only one of two proposals has. */
struct mentor_proposal_difference {
	int64_t mentor; /**< person */
	const char *mentor_name;
	int64_t mentee;
	const char *mentee_name, *in; /**< the proposal's name */
	int64_t score;
};

/** Keeps what is proposed now under a name, in the place of what had that name; method and objective are told with it. *ret_change is "kept", or
 * "unchanged" when the same is kept there already. MENTOR_INVALID for the name "current", which is what is proposed now. */
MENTOR_API enum mentor_status mentor_proposal_save(struct mentor *m, int64_t cohort, const char *name, enum mentor_match_method method,
    enum mentor_match_objective objective, const char **ret_change);
/** Proposes what was kept under a name, in the place of what is proposed now; pairs published since are left out. MENTOR_NOT_FOUND;
 * MENTOR_REFUSED, and nothing changed, when people are no longer accepted or have no place, or a hard rule speaks against a pair. */
MENTOR_API enum mentor_status mentor_proposal_use(struct mentor *m, int64_t cohort, const char *name, const struct mentor_match_sink *sink);
/** Walks the pairs that only one of two proposals has, by mentor: struct mentor_proposal_difference. "current" is what is proposed now. */
MENTOR_API enum mentor_status mentor_proposal_compare(struct mentor *m, int64_t cohort, const char *first, const char *second,
    mentor_record_fn *each, void *arg);

/** Something that a proposal is tried with or without, the smallest first. */
enum mentor_match_change_kind {
	MENTOR_MATCH_UNPIN,	     /**< `pair`, which is pinned, may be parted */
	MENTOR_MATCH_WITH_PAIR,	     /**< the programme's hard rules do not count between `person`, who mentors, and `other` */
	MENTOR_MATCH_PLACES,	     /**< `person` takes `places` partners */
	MENTOR_MATCH_ACCEPT,	     /**< `person`, whose application waits, is accepted */
	MENTOR_MATCH_WITHOUT_RULE,   /**< the hard rule `rule` of the programme counts for nobody */
	MENTOR_MATCH_WITHOUT_PERSON, /**< `person` takes no part, and has no pair any more */
};
struct mentor_match_change {
	enum mentor_match_change_kind kind;
	int64_t pair, person, other, places;
	const char *rule;
};

/** A pair that only the present proposal has, or only the one that is tried. */
struct mentor_match_difference {
	const char *change; /**< "gained" or "lost" */
	int64_t mentor, mentee; /**< people */
	const char *mentor_name, *mentee_name;
	int64_t score, percent; /**< as in struct mentor_match_row */
};

/** Someone who has a partner in only one of the two. */
struct mentor_match_turn {
	const char *change; /**< "matched" or "left over" */
	int64_t person;
	const char *name;
	int64_t role; /**< the side taken: MENTOR_ROLE_MENTOR or MENTOR_ROLE_MENTEE */
};

/** A proposal in numbers, for comparing. */
struct mentor_match_outcome {
	const char *proposal;	   /**< "present" or "tried" */
	int64_t pairs;
	int64_t mentors_left, mentees_left; /**< accepted, without a partner proposed or active */
	int64_t score, percent;	   /**< as in struct mentor_match_summary */
	int64_t worst;		   /**< score of the pair that has the least; MENTOR_NONE without pairs */
};

/** Tries a new proposal with some things changed, stores nothing, and says what would be different from the present one, published pairs aside. `each`
 * gets, in this order: part "pairs", struct mentor_match_difference, the lost ones first; "people", struct mentor_match_turn; "outcomes", struct
 * mentor_match_outcome, the present one first. Without changes it says what proposing anew would do.
 * MENTOR_NOT_FOUND for a rule that the programme does not have and for people who are not in the cohort. MENTOR_REFUSED when a change is none:
 * the pair is not pinned, the person accepted already or withdrawn; and as mentor_match_propose(). */
MENTOR_API enum mentor_status mentor_match_what_if(struct mentor *m, int64_t cohort, const struct mentor_match_change *changes, size_t n,
    mentor_report_fn *each, void *arg);

enum mentor_match_line_kind {
	MENTOR_MATCH_RULE,     /**< a hard rule: held, or how many partners it ruled out */
	MENTOR_MATCH_SCORE,    /**< a soft rule: points, weight, share */
	MENTOR_MATCH_SENTENCE, /**< plain words */
	MENTOR_MATCH_HELP,     /**< what would help someone left over */
};

/** One line of an explanation. */
struct mentor_match_line {
	int64_t kind;
	const char *name; /**< of the rule in the programme; "new-pair" is the rule that two people are not paired again; NULL for other lines */
	const char *text; /**< one sentence without full stop */
	int64_t held;	  /**< rules of a pair: 1 it holds, 0 it is broken; else MENTOR_NONE */
	int64_t removed;  /**< rules of a person: how many partners it ruled out; else MENTOR_NONE */
	int64_t only;	  /**< of these, how many no other rule ruled out */
	int64_t points;	  /**< 0 to 1000; MENTOR_NONE unless a score */
	int64_t weight, share, most; /**< points times weight, and 1000 times weight */
	int64_t change; /**< help: enum mentor_match_change_kind; else MENTOR_NONE */
	int64_t sure; /**< help: 1: a new proposal with it has more pairs, gives the person a partner and leaves nobody over who has one; 0: it does not; MENTOR_NONE: not tried */
	const struct mentor_match_change *changes; /**< help: what to try, for mentor_match_what_if(); else NULL */
	size_t n_changes;
};
typedef enum mentor_status mentor_match_line_fn(void *arg, const struct mentor_match_line *line);

/** What an explanation is about. */
struct mentor_match_subject {
	int64_t pair;	/**< 0 for a person */
	int64_t person; /**< 0 for a pair */
	const char *name; /**< kept in the context */
	int64_t score, score_most; /**< of a pair, by the records as they are now; else MENTOR_NONE */
	int64_t percent;    /**< the score in per cent of the most, rounded down; MENTOR_NONE without soft rules */
	int64_t considered; /**< of a person: how many of the other side were looked at; else MENTOR_NONE */
	int64_t possible;   /**< how many of these no hard rule forbids */
	int64_t partners;   /**< proposed and active */
};

/** Explains a pair: every hard rule with the two values, every soft rule with its points, by the records as they are now. */
MENTOR_API enum mentor_status mentor_match_explain_pair(struct mentor *m, int64_t pair, mentor_match_line_fn *each, void *arg,
    struct mentor_match_subject *ret_subject);
/** Explains how a person came to a partner, or to none: how many each rule ruled out, who was possible and where they went. Values of
 * other people are never given. MENTOR_NOT_FOUND when the person is not in the cohort.
 *
 * To someone left over it says who competes for whom: the people whom alternating paths reach (mentor_assign_shortage()). It says what would help as well.
 * A change helps when with it there is a choice with one pair more in which nobody has fewer partners than in the present proposal and
 * the person has one. Where the present proposal is out of date, or has fewer pairs than there can be, the best new one takes its place. That is found
 * exactly, at most one change of each kind, in this order: a pinned pair let go; one hard rule that does not count for one pair; one more
 * place for somebody; somebody who waits accepted; one hard rule dropped for all; several rules that do not count for one pair; two hard rules
 * dropped for all, where one would not do. Among changes of a kind: the fewest rules, then a pair of the person's own, then the most points; of rules dropped those that
 * allow the fewest pairs more. Which of the choices a new proposal would take is another question, which mentor_match_what_if() answers; up to
 * 40,000 pairs looked at, it is asked here as well, and each line says so (`sure`). Where somebody's side is open (mentor_match_propose()) only changes that are sure are
 * found, by trying at most eight of each kind.
 * Never part of it: that two people are not paired again or kept apart for a reason of theirs. */
MENTOR_API enum mentor_status mentor_match_explain_person(struct mentor *m, int64_t cohort, int64_t person, mentor_match_line_fn *each,
    void *arg, struct mentor_match_subject *ret_subject);

/** Somebody whom a mentor could be paired with. */
struct mentor_shortlisted {
	int64_t rank; /**< from 1 */
	int64_t person;
	const char *name;
	int64_t percent;     /**< the score in per cent of the most that a pair can have, rounded down; MENTOR_NONE without soft rules */
	const char *reasons; /**< what speaks for it, in words; whom the other would prefer is not among it */
};
extern MENTOR_API const struct mentor_field mentor_shortlisted_fields[];
/** Walks at most `most` people whom the rules allow a mentor to be paired with and who have a place that no active pair takes, those with the most points
 * first: struct mentor_shortlisted. Who is kept apart from the mentor is left out like anybody whom a rule forbids. MENTOR_NOT_FOUND when the
 * person is not in the cohort, MENTOR_REFUSED when not accepted as mentor. */
MENTOR_API enum mentor_status mentor_match_shortlist(struct mentor *m, int64_t cohort, int64_t person, int64_t most, mentor_record_fn *each, void *arg);

/** Records that one side (MENTOR_ROLE_MENTOR or MENTOR_ROLE_MENTEE) accepts a proposed pair, which then stays in later proposals: it is pinned.
 * *ret_changed is false when that is recorded already. MENTOR_REFUSED when the pair is published. */
MENTOR_API enum mentor_status mentor_match_accept(struct mentor *m, int64_t pair, enum mentor_role side, bool *ret_changed);
/** Records that one side declines a proposed pair: it goes, and the two are kept apart in the proposals of the cohort. The reason, which may be NULL, is for
 * the running team only. *ret_changed is false when the pair was declined before. MENTOR_NOT_FOUND; MENTOR_REFUSED when it is published. */
MENTOR_API enum mentor_status mentor_match_decline(struct mentor *m, int64_t pair, enum mentor_role side, const char *reason, bool *ret_changed);
/** Takes that back: the two can be proposed again, as another pair. *ret_changed is false when no such pair was declined. */
MENTOR_API enum mentor_status mentor_match_decline_undo(struct mentor *m, int64_t pair, bool *ret_changed);

/** Makes the proposed pairs of a cohort active on the context's day. *ret_n is how many, 0 when nothing was proposed.
 * MENTOR_REFUSED, and nothing published, when for any of them someone is no longer accepted in that role, has no place left, has said no to a
 * statement since, lacks the line manager's support that the programme requires, or has not attended the events that the role needs, when a side has not accepted the pair though the programme wants that
 * (matching.mentors_choose, matching.mentees_choose), or when a hard rule no longer holds that nobody overrode. Every reason is a problem of the error. */
MENTOR_API enum mentor_status mentor_match_publish(struct mentor *m, int64_t cohort, int64_t *ret_n);
/** The same for some of them; none given: for all. What is published already is passed over. MENTOR_NOT_FOUND when one is not in the cohort,
 * MENTOR_REFUSED when it has ended. */
MENTOR_API enum mentor_status mentor_match_publish_some(struct mentor *m, int64_t cohort, const int64_t *pairs, size_t n_pairs, int64_t *ret_n);
/** The same, passing over what the two stated, their line managers' support and the events that their roles need, for a reason that is kept with each pair
 * for which it was wanted; NULL: nothing is passed over. */
MENTOR_API enum mentor_status mentor_match_publish_override(struct mentor *m, int64_t cohort, const int64_t *pairs, size_t n_pairs, const char *override,
    int64_t *ret_n);

/** What a pair was published in spite of. */
struct mentor_passage {
	const char *obstacle, *reason, *passed_on, *passed_by;
};
extern MENTOR_API const struct mentor_field mentor_passage_fields[];
/** Walks what was passed over when a pair was published: struct mentor_passage. */
MENTOR_API enum mentor_status mentor_match_passages(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg);

/** At whose wish a pair ends: mentor, mentee, both, team; and why: time, moved, other-priorities, not-the-right-match, other. NULL-terminated. */
extern MENTOR_API const char *const mentor_ending_wishes[], *const mentor_ending_reasons[];
enum mentor_replacement { MENTOR_REPLACEMENT_NONE, MENTOR_REPLACEMENT_MENTOR, MENTOR_REPLACEMENT_MENTEE, MENTOR_REPLACEMENT_BOTH };
/** How a pair ended. When it is recorded, MENTOR_NONE and NULL leave things as they are: nothing said, nobody sought. */
struct mentor_ending {
	int64_t pair;
	int64_t wish, reason; /**< index of mentor_ending_wishes, mentor_ending_reasons; MENTOR_NONE: not said */
	int64_t replacement;  /**< enum mentor_replacement: who would like another partner; nobody else is sought for */
	int64_t apart;	      /**< 1: the two are never paired again, as mentor_match_avoid() has it for the team */
	const char *note;     /**< for the running team only */
	const char *ended_on, *recorded_by; /**< not read when it is recorded */
};
extern MENTOR_API const struct mentor_field mentor_ending_fields[];
/** Ends an active pair on the context's day, without fault; NULL: nothing more is said. What the two did stays and counts. A place becomes free for whoever asks
 * for another partner; the others are not proposed to anybody. For a pair that has ended what is given is put right; *ret_changed is false when it says
 * nothing new. MENTOR_REFUSED for a proposed or completed pair. */
MENTOR_API enum mentor_status mentor_match_end(struct mentor *m, int64_t pair, const struct mentor_ending *ending, bool *ret_changed);
/** How a pair ended; *ret_there is false when it has not. Texts are kept in the context. */
MENTOR_API enum mentor_status mentor_match_ending(struct mentor *m, int64_t pair, struct mentor_ending *ret, bool *ret_there);
/** Takes back an end that was recorded by mistake, with all that was recorded with it; sessions and contract are as they were. *ret_changed is false when the
 * pair is active. MENTOR_REFUSED when it ended more than a week ago, when its cohort has finished, or when one of the two has no place any more. */
MENTOR_API enum mentor_status mentor_match_reopen(struct mentor *m, int64_t pair, bool *ret_changed);
/** Records that a completed pair goes on by itself, or that it does not: nobody is reminded of anything, and nothing is due. MENTOR_REFUSED for a pair
 * that is not completed. */
MENTOR_API enum mentor_status mentor_match_continue(struct mentor *m, int64_t pair, bool goes_on, bool *ret_changed);

/** What came of the search for another partner. */
struct mentor_replaced {
	int64_t person;
	const char *name; /**< kept in the context, as partner_name is */
	int64_t pair;	  /**< proposed; 0: nobody suits */
	int64_t unchanged; /**< 1: it was proposed before */
	int64_t partner;
	const char *partner_name;
	int64_t reserve; /**< 1: the partner was a reserve */
	int64_t score, percent;
};
/** Proposes another partner to somebody and records that one is wanted: the first of the reserves, by the day of their application, whom the rules
 * allow (unless the programme keeps none), else whoever gives the most points of all who have a place that no pair, proposed or active, takes; between equals
 * the address decides. No other pair is touched. The pair is pinned, so that later proposals keep it. Nobody suits: the wish is recorded, and
 * mentor_match_explain_person() says why. MENTOR_NOT_FOUND when the person is not in the cohort; MENTOR_REFUSED when not accepted or without a place left. */
MENTOR_API enum mentor_status mentor_match_replace(struct mentor *m, int64_t cohort, int64_t person, struct mentor_replaced *ret);

/* ---------------------------------------------------------------------------------------------
 * Contracts
 */

enum mentor_contract_state { MENTOR_CONTRACT_DRAFTED, MENTOR_CONTRACT_PART_SIGNED, MENTOR_CONTRACT_SIGNED };
/** Proposed is the newest version while not both have signed it, in force the newest that both have signed; any other is replaced. */
enum mentor_contract_standing { MENTOR_CONTRACT_PROPOSED, MENTOR_CONTRACT_IN_FORCE, MENTOR_CONTRACT_REPLACED };

/** A version of what a pair has agreed, in the words it agreed to. Entity "contract". */
struct mentor_contract {
	int64_t id;
	int64_t pair;
	int64_t version;  /**< of the pair's, from 1 */
	int64_t standing; /**< enum mentor_contract_standing, derived from the signatures of all versions */
	int64_t cohort_id; /* internal */
	const char *cohort;
	const char *mentor_name, *mentee_name;
	int64_t state;		 /**< enum mentor_contract_state, derived from the signatures */
	int64_t sessions, minutes; /**< how many, and how long each */
	const char *frequency;
	int64_t mode; /**< 0 virtual, 1 in person, 2 either */
	const char *place, *starts_on, *ends_on;
	const char *drafted_on, *mentor_signed_on, *mentee_signed_on;
	const char *hash; /**< BLAKE2b-256 of the text */
	const char *text; /**< paragraphs and items on lines of their own; headings underlined with = and -; a line with one below it that is no item is
			     a term, and what is below was said to it; room to write is "__________", alone or behind "whose: " */
};

/** The version that `reference` means: c4, or m7 for the newest of that pair. MENTOR_NOT_FOUND says how to write one. */
MENTOR_API enum mentor_status mentor_contract_find(struct mentor *m, const char *reference, int64_t *ret_id);

/** Writes the contract of an active pair, or another wording of a version that nobody has signed. Terms not given stay as drafted before; in a first
 * draft they are the programme's usual ones, from the day the pair or its cohort started, whichever is later. A term given as "not set" is the usual one
 * again. *ret_change is "added", "revised" or "unchanged". MENTOR_REFUSED when a term is outside the programme's range, when the pair is not active, or
 * when somebody has signed other terms. */
MENTOR_API enum mentor_status mentor_contract_draft(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given,
    const char **ret_change, int64_t *ret_id);
/** The same for a contract that is there: MENTOR_NOT_FOUND without one, MENTOR_USAGE when no term is given. */
MENTOR_API enum mentor_status mentor_contract_set(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given,
    const char **ret_change, int64_t *ret_id);
/** Writes the version after one that somebody has signed: what is not given, and what was said, is as in that one. It is a draft until both have signed it;
 * until then the one before holds. *ret_change is "amended", or "unchanged" when the newest version says the same. MENTOR_REFUSED as for a draft, and when
 * nobody has signed the newest version, so that it can be changed as it is. */
MENTOR_API enum mentor_status mentor_contract_amend(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given,
    const char **ret_change, int64_t *ret_id);
/** Takes back an amendment that not both have signed, with all that was said in it; the version before is the newest again. *ret_id is the one that went.
 * MENTOR_REFUSED for a first version. */
MENTOR_API enum mentor_status mentor_contract_withdraw(struct mentor *m, int64_t pair, int64_t *ret_id);

enum mentor_contract_side { MENTOR_CONTRACT_MENTOR, MENTOR_CONTRACT_MENTEE, MENTOR_CONTRACT_BOTH };

/** What one side, or the two together, say to a term of the programme (contract.terms). */
struct mentor_saying {
	const char *term;
	enum mentor_contract_side side;
	const char *const *lines; /**< one choice where the programme gives choices; none: the printed contract leaves room again */
	size_t n_lines;
};
/** Puts it into the newest version of a pair's contract, in place of what that side said before. *ret_changed is false when it said the same.
 * MENTOR_NOT_FOUND without a contract or such a term; MENTOR_USAGE when the term is not for that side alone, or not for both; MENTOR_INVALID for none of the
 * choices; MENTOR_REFUSED when the programme keeps the term on paper, for the other side's term, when somebody has signed, and when the pair is not active. */
MENTOR_API enum mentor_status mentor_contract_say(struct mentor *m, int64_t pair, const struct mentor_saying *saying, bool *ret_changed);
/** A term that a pair is asked for, by side, and a line that was said to it. */
struct mentor_contract_term {
	const char *term, *wording;
	int64_t side; /**< enum mentor_contract_side */
	const char *name; /**< of the one whose side it is; NULL for both */
	const char *said; /**< NULL: nothing yet */
	const char *choices; /**< with LF between; NULL: in their own words */
	int64_t paper; /**< 1: it is never kept here */
};
extern MENTOR_API const struct mentor_field mentor_contract_term_fields[];
/** Walks the terms that the programme has for a pair and what its newest version says to them, a struct mentor_contract_term for each line and for each side
 * that has said nothing. */
MENTOR_API enum mentor_status mentor_contract_terms(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg);

/** Records that one side (MENTOR_ROLE_MENTOR or MENTOR_ROLE_MENTEE) signed the newest version on `day`; NULL is the context's day. *ret_changed is false
 * when that side has signed already. MENTOR_NOT_FOUND without a contract. MENTOR_REFUSED when the day lies before the draft or in the future, or
 * when the side signed on another day. */
MENTOR_API enum mentor_status mentor_contract_sign(struct mentor *m, int64_t pair, enum mentor_role side, const char *day, bool *ret_changed);
/** MENTOR_REFUSED unless the newest version has the text with this fingerprint, of which the first eight digits are enough: for a signature on paper, whose
 * text may have been changed after it was printed. MENTOR_INVALID when it is no fingerprint. */
MENTOR_API enum mentor_status mentor_contract_check_hash(struct mentor *m, int64_t pair, const char *hash);
/** Takes back a signature under the newest version that was recorded by mistake; the reason and the context's actor stay on record. *ret_changed is false
 * when that side has not signed it. MENTOR_USAGE without a reason. */
MENTOR_API enum mentor_status mentor_contract_unsign(struct mentor *m, int64_t pair, enum mentor_role side, const char *reason, bool *ret_changed);
/** Something that happened to a version. */
struct mentor_contract_event {
	int64_t contract, version;
	const char *on;
	int64_t event; /**< 0 drafted, 1 signed, 2 a signature taken back */
	int64_t side;  /**< enum mentor_contract_side; MENTOR_NONE for a draft */
	const char *name, *reason, *by;
};
extern MENTOR_API const struct mentor_field mentor_contract_event_fields[];
/** Walks what became of every version of a pair's contract, in order. */
MENTOR_API enum mentor_status mentor_contract_history(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg);

enum mentor_contract_format { MENTOR_CONTRACT_TEXT, MENTOR_CONTRACT_MARKDOWN, MENTOR_CONTRACT_HTML };

/** Appends versions of contracts with their signatures, as plain text of at most 78 columns, Markdown, or one self-contained printable page on which each
 * begins a sheet of its own. MENTOR_FAILED when a text does not match its hash. */
MENTOR_API enum mentor_status mentor_contract_export(
    struct mentor *m, const int64_t *contracts, size_t n, enum mentor_contract_format format, struct mentor_buf *b);

/* ---------------------------------------------------------------------------------------------
 * Sessions
 */

/** "mentor", "mentee", "team", NULL; and the same without the team. */
extern MENTOR_API const char *const mentor_sides[], *const mentor_two_sides[];

enum mentor_session_state { MENTOR_SESSION_PLANNED, MENTOR_SESSION_HELD, MENTOR_SESSION_CANCELLED };
/** Who called a session off; 0 and 1 are also the sides of a pair. */
enum mentor_side { MENTOR_SIDE_MENTOR, MENTOR_SIDE_MENTEE, MENTOR_SIDE_TEAM };

/** That two people met or mean to: when, how long and how. Entity "session". */
struct mentor_session {
	int64_t id;
	int64_t pair;
	int64_t cohort_id; /* internal */
	const char *cohort;
	const char *mentor_name, *mentee_name;
	int64_t state; /**< enum mentor_session_state: held once it has minutes */
	const char *date, *time;
	int64_t minutes;
	int64_t mode; /**< 0 virtual, 1 in person */
	const char *place;
	const char *activity; /**< of the programme */
	const char *topics;   /**< list of topics of learning of the programme; only where privacy.record is topics or full */
	const char *next_date, *next_time, *next_place; /**< when the two meet next, as said then */
	const char *mentor_signed_on, *mentee_signed_on; /**< when each said that it took place so */
	int64_t moves;	      /**< how often it was moved; of which nobody is asked why */
	int64_t cancelled_by; /**< enum mentor_side */
	const char *cancelled_on;
	const char *recorded_on;
	const char *notes; /**< what was talked about; only where privacy.record is full, and in no list and no report */
};
/** The same without the notes: what lists and files hold. */
extern MENTOR_API const struct mentor_field mentor_session_list_fields[];

/** Records a session of a published pair. With minutes it was held: the date is the context's day when not given. Without, it is planned for a
 * date that has not passed. A planned session of that date becomes the one that was held. Where a held one names a next date that has not
 * passed, and nothing is there on that day, that is planned as well: *ret_next is its number, else 0 (ret_next may be NULL). *ret_change is
 * "added", "planned", "held" (what was planned has taken place), or "unchanged" when all that is given is there already.
 * A pair that has ended or completed takes what was held up to the day it ended: paper comes in late.
 * MENTOR_INVALID when the date lies in the future (held), in the past (planned) or before the pair was published, and for an activity or topic that the
 * programme has not. MENTOR_REFUSED when the pair is only proposed, when the date lies after its end, when it is active and the programme
 * wants the contract signed first, when the programme does not keep topics or notes, or when another session of that date and time is there. */
MENTOR_API enum mentor_status mentor_session_add(struct mentor *m, int64_t pair, const struct mentor_session *record, uint64_t given,
    const char **ret_change, int64_t *ret_id, int64_t *ret_next);
/** What an import did with one row. */
struct mentor_session_imported {
	const char *change; /**< as of mentor_session_add() */
	int64_t pair;
	const char *date, *time;
	int64_t row; /**< of the file, the heading not counted */
};
extern MENTOR_API const struct mentor_field mentor_session_imported_fields[];
/** Imports sessions of a cohort's pairs. Columns are called as the fields of a session; who met is said by the addresses under mentor, mentee or
 * both (the pair that was at work on that day), or by a reference under pair. What mentor_session_list_fields prints besides is passed over. A
 * row is taken as mentor_session_add() takes a session. All or nothing: every problem is in the context with row and heading. Records are
 * struct mentor_session_imported, by pair, day and time. */
MENTOR_API enum mentor_status mentor_session_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    mentor_record_fn *each, void *arg);

/** Moves a planned session to another day or time (NULL: the same time). Nobody is asked why, and it is never a cancellation. *ret_changed is
 * false when it is there already. MENTOR_REFUSED when it was held or cancelled, MENTOR_INVALID for a day that has passed. */
MENTOR_API enum mentor_status mentor_session_move(struct mentor *m, int64_t id, const char *date, const char *time, bool *ret_changed);
/** Cancels a planned session; *ret_changed is false when it is recorded so already. Another `by` corrects the first. MENTOR_REFUSED when it was held. */
MENTOR_API enum mentor_status mentor_session_cancel(struct mentor *m, int64_t id, enum mentor_side by, bool *ret_changed);
/** Records that one side says that a session took place so, on `day` (NULL: the context's). *ret_changed is false when it is recorded so already.
 * MENTOR_REFUSED when it was not held, or for another day than the one recorded; MENTOR_INVALID for a day to come or before the session. */
MENTOR_API enum mentor_status mentor_session_sign(struct mentor *m, int64_t id, enum mentor_side side, const char *day, bool *ret_changed);

enum mentor_part { MENTOR_PART_OBSERVED, MENTOR_PART_CONTRIBUTED, MENTOR_PART_CO_LED };

/** A meeting of the partner's in which one side of a pair took part. Entity "shadowing". */
struct mentor_shadowing {
	int64_t id, pair;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t by; /**< whoever took part: MENTOR_SIDE_MENTOR or MENTOR_SIDE_MENTEE */
	const char *name;
	const char *date, *meeting;
	int64_t prepared; /**< whether it was prepared for */
	int64_t part;	  /**< enum mentor_part */
	const char *recorded_on;
};
/** Records such a meeting; by, meeting and part are needed, the date is the context's day when not given. The same meeting of that side and day
 * again corrects prepared and part. *ret_change is "added", "changed" or "unchanged". MENTOR_REFUSED where the programme has no shadowed meetings,
 * MENTOR_INVALID for a day to come or before the pair was published. */
MENTOR_API enum mentor_status mentor_shadowing_add(struct mentor *m, int64_t pair, const struct mentor_shadowing *record, uint64_t given,
    const char **ret_change, int64_t *ret_id);

/** That one side of a pair reflected on a session, and when. What was written stays with its author, and nothing here has room for it.
 * Entity "reflection". */
struct mentor_reflection {
	int64_t id, pair;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t by; /**< the author: MENTOR_SIDE_MENTOR or MENTOR_SIDE_MENTEE */
	int64_t person;
	const char *name;
	const char *date, *recorded_on;
};
/** Records that a reflection was made, on `date` (NULL: the context's day). *ret_change is "added" or "unchanged". MENTOR_REFUSED when the pair is only proposed,
 * MENTOR_INVALID for a day to come or before the pair was published. */
MENTOR_API enum mentor_status mentor_reflection_add(struct mentor *m, int64_t pair, enum mentor_side by, const char *date,
    const char **ret_change, int64_t *ret_id);

enum mentor_forms_format { MENTOR_FORMS_TEXT, MENTOR_FORMS_MARKDOWN, MENTOR_FORMS_HTML };
/** Which of a programme's blank forms and activities. */
struct mentor_forms_request {
	enum mentor_forms_format format;
	const char *const *names; /**< their short names; none: all */
	size_t n_names;
	const char *audience;	  /**< only those for mentors, mentees, facilitators …; NULL: for whomever */
};
/** Appends the blank forms and activities of a cohort's programme, as plain text of at most 78 columns, Markdown, or one self-contained page
 * that prints as sheets of A4. MENTOR_NOT_FOUND for a name the programme has not, and when there is nothing to print. */
MENTOR_API enum mentor_status mentor_log_forms(struct mentor *m, int64_t cohort, const struct mentor_forms_request *request, struct mentor_buf *b);

/** Removes what was put into the log by mistake: a record of entity session, shadowing or reflection. Actions of a
 * session stay, as actions of its pair. MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_log_remove(struct mentor *m, const struct mentor_entity *entity, int64_t id);

/* ---------------------------------------------------------------------------------------------
 * Actions and barriers: from talk to change
 */

/** Where something stands that is to be done: goals, actions. */
enum mentor_settled { MENTOR_SETTLED_OPEN, MENTOR_SETTLED_DONE, MENTOR_SETTLED_DROPPED };
/** Their words, ended by NULL. */
extern MENTOR_API const char *const mentor_settled_words[];

/** Records that a goal or an action is done (`text`: what came of it), dropped (`text`: why, which it needs) or open again (`text` is ignored, what came
 * of it stays); `day` NULL is the context's. MENTOR_REFUSED for one that is done to be dropped, or the other way round, before it is opened again;
 * MENTOR_INVALID for a day to come. */
MENTOR_API enum mentor_status mentor_settle(struct mentor *m, const struct mentor_entity *entity, int64_t id, enum mentor_settled state, const char *text,
    const char *day, bool *ret_changed);

/** Something to be done. Entity "action". */
struct mentor_action {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t state; /**< enum mentor_settled */
	const char *due, *text;
	int64_t whose; /**< 0 a person's, 1 the pair's, 2 the running team's: derived from the next two */
	int64_t owner; /**< a person; 0: none */
	const char *owner_name;
	int64_t pair, barrier, session; /**< what it comes from and what it is to change; 0: none */
	const char *outcome, *reason;	/**< reason: why it was dropped */
	const char *added_on;		/* internal */
	const char *closed_on;
};

/** Adds an action. It needs its text, and a session, a pair or cohort_id (which follow from each other in this order); owner, barrier and due
 * are optional, and what is not set (mentor_record_clear()) stays open. *ret_change is "added", or "unchanged" when the same text of the same
 * owner, pair and session is there already, whatever became of it. It can be called inside a transaction. MENTOR_INVALID when something is missing or
 * the pair is not the session's. MENTOR_REFUSED when it is there with another due day or barrier, when the pair is only proposed, and
 * when it belongs to a barrier and would name somebody who did not agree to that. */
MENTOR_API enum mentor_status mentor_action_add(struct mentor *m, const struct mentor_action *action, const char **ret_change, int64_t *ret_id);

enum mentor_barrier_state {
	MENTOR_BARRIER_IDENTIFIED,
	MENTOR_BARRIER_RAISED,
	MENTOR_BARRIER_ADDRESSED,
	MENTOR_BARRIER_CHANGED,
	MENTOR_BARRIER_DROPPED,
	MENTOR_BARRIER_MERGED,
};

/** Something that stands in the way of equality, in the register of a programme's organisation. Who brought it is not held. Entity "barrier". */
struct mentor_barrier {
	int64_t id;
	int64_t programme_id; /* internal */
	const char *programme;
	int64_t state; /**< enum mentor_barrier_state */
	const char *theme, *level, *text;
	const char *identified_in; /**< a month: "2026-03" */
	int64_t brought;	   /**< 0 once, 1 several times */
	const char *outcome, *reason;
	int64_t merged_into; /**< 0: none */
};

/** A state that a barrier came to. */
struct mentor_barrier_step {
	int64_t state; /**< enum mentor_barrier_state */
	const char *on; /**< a day; a month of the first, identified */
	const char *recorded_by;
};
extern MENTOR_API const struct mentor_field mentor_barrier_step_fields[];

/** A pair that is named with a barrier, as both sides agreed. */
struct mentor_barrier_pair {
	int64_t pair;
	const char *mentor_name, *mentee_name;
};
extern MENTOR_API const struct mentor_field mentor_barrier_pair_fields[];

/** The sides of a pair, as a set. */
enum mentor_sides { MENTOR_SIDES_MENTOR = 1, MENTOR_SIDES_MENTEE = 2 };

/** Adds a barrier to the register of the cohort's programme; the cohort is not kept. `barrier` needs theme, level and text; identified_in is this month
 * when not given. A `pair` other than 0 is named with it: the caller knows that both agreed. *ret_change is "added", or "unchanged" when the
 * register has these words already. MENTOR_INVALID for a theme or level that the programme does not have, for words that name somebody who takes part,
 * and for a month to come. MENTOR_REFUSED when the programme keeps no register, and without a pair when fewer than three pairs were at work
 * that month: readers would know who brought it. */
MENTOR_API enum mentor_status mentor_barrier_add(struct mentor *m, int64_t cohort, const struct mentor_barrier *barrier, int64_t pair,
    const char **ret_change, int64_t *ret_id);
/** Records that a barrier was raised, is being addressed, has changed (`text`: what has, which it needs) or was dropped (`text`: why, which it needs) on
 * `day` (NULL: the context's). Steps may be left out; back goes only what had changed or was dropped. MENTOR_REFUSED for a step back and
 * for a barrier that was merged; MENTOR_INVALID for a day to come or before the step before, and for words that name somebody. */
MENTOR_API enum mentor_status mentor_barrier_move(struct mentor *m, int64_t barrier, enum mentor_barrier_state state, const char *text, const char *day,
    bool *ret_changed);
/** Makes `from` part of `into`, which was then brought several times: its actions and agreements go over, and the earlier month counts. It cannot be taken
 * back. MENTOR_REFUSED when `from` is further than `into`, when one of them is part of another one, and for registers of two programmes. */
MENTOR_API enum mentor_status mentor_barrier_merge(struct mentor *m, int64_t into, int64_t from, bool *ret_changed);
/** Records that sides of a pair (a set of enum mentor_sides) agree to be named with a barrier, or no longer do; once one does not, actions of the barrier
 * that would name them are the barrier's no longer. */
MENTOR_API enum mentor_status mentor_barrier_agree(struct mentor *m, int64_t barrier, int64_t pair, unsigned sides, bool withdrawn, bool *ret_changed);
/** Walks the states of a barrier from the first: struct mentor_barrier_step. */
MENTOR_API enum mentor_status mentor_barrier_steps(struct mentor *m, int64_t barrier, mentor_record_fn *each, void *arg);
/** Walks the pairs that agreed, on both sides, to be named with it: struct mentor_barrier_pair. */
MENTOR_API enum mentor_status mentor_barrier_pairs(struct mentor *m, int64_t barrier, mentor_record_fn *each, void *arg);

/** What one of a pair would value from the other. Entity "goal". */
struct mentor_goal {
	int64_t id, pair;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t side; /**< whose goal it is: 0 the mentor's, 1 the mentee's */
	const char *name;
	int64_t state; /**< enum mentor_settled */
	const char *text, *outcome, *reason, *closed_on;
};

/** Adds a goal of one of a published pair; `whose` is "mentor", "mentee" or a person's reference or address. *ret_change is "added" or "unchanged".
 * MENTOR_INVALID for a person who is not of the pair, MENTOR_REFUSED while the pair is only proposed. */
MENTOR_API enum mentor_status mentor_goal_add(struct mentor *m, int64_t pair, const char *whose, const char *text, const char **ret_change, int64_t *ret_id);

/* ---------------------------------------------------------------------------------------------
 * Care, lessons, remarks
 */

enum mentor_checkin_kind {
	MENTOR_CHECKIN_PLANNED, /**< one of the programme's check_ins */
	MENTOR_CHECKIN_INDIVIDUAL,
	MENTOR_CHECKIN_GROUP,
	MENTOR_CHECKIN_SUPERVISION,
	MENTOR_CHECKIN_DEBRIEF,
	MENTOR_CHECKIN_CONTACT, /**< somebody came to the team */
};
enum mentor_feeling { MENTOR_FEELING_WELL, MENTOR_FEELING_SOME_STRAIN, MENTOR_FEELING_NEEDS_SUPPORT };

/** That the running team and somebody spoke, for the team alone. Entity "checkin". */
struct mentor_checkin {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort, *date;
	int64_t person;
	const char *name;
	int64_t kind;	       /**< enum mentor_checkin_kind */
	const char *check_in;  /**< short name of the programme's check-in; NULL for other kinds */
	int64_t feeling;       /**< enum mentor_feeling, MENTOR_NONE: not said */
	const char *considered; /**< list of words of the programme's */
	const char *signposted; /**< short name of one of the programme's resources */
	const char *note, *recorded_by;
};

/** Records a contact with somebody who takes part in the cohort; what is not set of `checkin` (mentor_record_clear()) is not said. *ret_change is "added", or
 * "unchanged" when the same is there for that day. MENTOR_INVALID for words and resources that the programme does not have, and a day to come;
 * MENTOR_NOT_FOUND for a check-in that it does not have and for somebody who does not take part; MENTOR_REFUSED for a note where the programme
 * keeps none, for a check-in where it plans none, and when it is there with other values. */
MENTOR_API enum mentor_status mentor_checkin_add(struct mentor *m, int64_t cohort, int64_t person, const struct mentor_checkin *checkin,
    const char **ret_change, int64_t *ret_id);

enum mentor_checkin_state { MENTOR_CHECKIN_LATER, MENTOR_CHECKIN_DUE, MENTOR_CHECKIN_ESCALATED };
/** Who is to be asked next, and when: so many weeks after the last time, or after the cohort began and the pair was published. */
struct mentor_checkin_due {
	int64_t person;
	const char *name;
	int64_t side; /**< 0 mentor, 1 mentee */
	const char *check_in, *last_on, *due_on; /**< last_on: NULL for none yet */
	int64_t state; /**< enum mentor_checkin_state at the context's day; escalated after the days that the programme says */
};
extern MENTOR_API const struct mentor_field mentor_checkin_due_fields[];
/** Walks the programme's check-ins with everybody in an active pair of the cohort: struct mentor_checkin_due. */
MENTOR_API enum mentor_status mentor_checkin_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

enum mentor_lesson_kind { MENTOR_LESSON_WENT_WELL, MENTOR_LESSON_DID_NOT, MENTOR_LESSON_SUGGESTION };
/** What a cohort has learned about running the programme. Entity "lesson". */
struct mentor_lesson {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t kind; /**< enum mentor_lesson_kind */
	const char *text;
	int64_t source; /**< 0 debrief, 1 survey, 2 event, 3 check-in, 4 team; MENTOR_NONE: not said */
	int64_t state;	/**< enum mentor_settled: done is taken up, dropped is left */
	const char *outcome, *reason;
	const char *added_on; /* internal */
	const char *closed_on;
};

/** Adds a lesson of a cohort; `lesson` needs text. *ret_change is "added" or "unchanged". MENTOR_INVALID for words that name somebody who takes part. */
MENTOR_API enum mentor_status mentor_lesson_add(struct mentor *m, int64_t cohort, const struct mentor_lesson *lesson, const char **ret_change, int64_t *ret_id);
/** Walks the lessons of the cohort that this one was made from: struct mentor_lesson. */
MENTOR_API enum mentor_status mentor_lessons_before(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

enum mentor_remark_scope { MENTOR_REMARK_NONE, MENTOR_REMARK_INSIDE, MENTOR_REMARK_PUBLISHED };
/** What somebody said of the programme, and how far it may be quoted. Entity "remark". */
struct mentor_remark {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	int64_t person;
	const char *name;
	int64_t scope; /**< enum mentor_remark_scope */
	int64_t named; /**< whether it may be quoted with the name */
	const char *text; /**< NULL once it is withdrawn */
	const char *consent_on, *withdrawn_on;
};

/** Records a remark of somebody in the cohort with the consent to quote it. *ret_change is "added" or "unchanged". */
MENTOR_API enum mentor_status mentor_remark_add(struct mentor *m, int64_t cohort, int64_t person, const struct mentor_remark *remark,
    const char **ret_change, int64_t *ret_id);
/** Withdraws a remark: its words are gone at once. */
MENTOR_API enum mentor_status mentor_remark_withdraw(struct mentor *m, int64_t id, bool *ret_changed);

/* ---------------------------------------------------------------------------------------------
 * Events: what people come to besides their sessions
 */

/** Reads the file of a zone of the tz database, such as Europe/London: *ret_bytes is from malloc() and then the library's. MENTOR_NOT_FOUND
 * when the database has no such zone, MENTOR_FAILED when there is no database. */
typedef enum mentor_status mentor_zone_fn(void *arg, const char *name, char **ret_bytes, size_t *ret_len);
/** Says how zones are read: the library opens no files. Without it, or with NULL, no zone is known. */
MENTOR_API void mentor_set_zones(struct mentor *m, mentor_zone_fn *read, void *arg);

enum mentor_audience {
	MENTOR_FOR_MENTORS,
	MENTOR_FOR_MENTEES,
	MENTOR_FOR_BOTH,
	MENTOR_FOR_FACILITATORS,
	MENTOR_FOR_APPLICANTS, /**< whoever signs up */
	MENTOR_FOR_MANAGERS,   /**< line managers of accepted people, as far as they are in the store */
	MENTOR_FOR_TEAM,
};
enum mentor_event_state { MENTOR_EVENT_AHEAD, MENTOR_EVENT_HELD, MENTOR_EVENT_CANCELLED };

/** One meeting at one time. Entity "event".
 *
 * Events of one name in a cohort are alternatives: attending one is enough. The time is what clocks in the zone show, and stays that when the rules
 * of the zone change; starts_at and ends_at are what it comes to now. Whatever changes about when, where and what raises the sequence, and the
 * identity (uid) stays, so that calendars follow. */
struct mentor_event {
	int64_t id;
	int64_t cohort_id; /* internal */
	const char *cohort;
	const char *name; /**< of the event in the programme, or any other */
	const char *slot; /**< of the time in the programme that it was made from; NULL: made by hand */
	const char *title;
	int64_t kind;	  /**< index of the words of the programme file */
	int64_t audience; /**< enum mentor_audience */
	int64_t required;
	const char *date, *start, *until, *zone;
	const char *starts_at, *ends_at; /**< instants; NULL without a time of day, or when the zone cannot be read */
	int64_t state;			 /**< enum mentor_event_state; like the instants only from mentor_event_list() and mentor_event_get() */
	int64_t mode; /**< 0 virtual, 1 in person, 2 either */
	const char *place;
	int64_t capacity; /**< MENTOR_NONE: any number */
	const char *around; /**< the meeting it is arranged around */
	const char *sign_up, *provider, *text;
	int64_t coming, waiting, attended, facilitators; /**< people */
	int64_t sequence;
	const char *uid, *changed_at; /* internal */
	int64_t by_hand;	      /* internal */
	const char *cancelled_on, *reason;
};

/** Lists events as mentor_record_list() does, with their instants and states. */
MENTOR_API enum mentor_status mentor_event_list(struct mentor *m, const struct mentor_filter *filters, size_t n_filters, mentor_record_fn *each,
    void *arg);
/** Hands over one event the same way. MENTOR_NOT_FOUND. */
MENTOR_API enum mentor_status mentor_event_get(struct mentor *m, int64_t id, mentor_record_fn *each, void *arg);

/** What a plan did with one time of an event in the programme. */
struct mentor_event_planned {
	const char *change; /**< "added", "changed" (it follows the programme and the days of the cohort), "unchanged", "kept" (cancelled, held, or changed by
			     * hand: it stays), "undated" (the cohort lacks the day it is counted from), "past" (a fixed day before the cohort) */
	int64_t event;	    /**< 0 when there is none */
	const char *title, *date;
};
/** Makes the events of the cohort's programme, dated by the days of the cohort (as planned, else as they happened), and moves those that were made
 * before and not touched since. Opening and starting a cohort do the same. `each` (NULL: not wanted) gets struct mentor_event_planned.
 * MENTOR_REFUSED when the cohort has finished. MENTOR_INVALID when the zone of the programme is not known. */
MENTOR_API enum mentor_status mentor_event_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** Adds an event by hand: `event` needs a date; what is not given is what the programme says of the event called so, where there is one, else it
 * needs a title and a kind. *ret_change is "added", or "unchanged" when one of this name, day, time and place is there. MENTOR_INVALID for times that no clock
 * will show and zones that nobody knows; MENTOR_REFUSED when there is such an event with other values. */
MENTOR_API enum mentor_status mentor_event_add(struct mentor *m, int64_t cohort, const char *name, const struct mentor_event *event, uint64_t given,
    const char **ret_change, int64_t *ret_id);
/** Changes or moves an event. A later plan leaves it alone. MENTOR_REFUSED when it is cancelled, and to move one at which people have been. */
MENTOR_API enum mentor_status mentor_event_set(struct mentor *m, int64_t id, const struct mentor_event *event, uint64_t given, bool *ret_changed);
/** Cancels an event, for a reason or NULL, or with `undo` takes that back. *ret_changed is false when it is so already. MENTOR_REFUSED when people
 * have been there. */
MENTOR_API enum mentor_status mentor_event_cancel(struct mentor *m, int64_t id, const char *reason, bool undo, bool *ret_changed);

/* What somebody said, or did: the words of the store, and then what follows from the audience. */
enum mentor_standing {
	MENTOR_STANDING_COMING,
	MENTOR_STANDING_WAITING, /**< the event is full */
	MENTOR_STANDING_DECLINED,
	MENTOR_STANDING_ATTENDED,
	MENTOR_STANDING_CAUGHT_UP, /**< was not there, and has made up for it */
	MENTOR_STANDING_ABSENT,
	MENTOR_STANDING_EXCUSED,
	MENTOR_STANDING_EXPECTED,  /**< of the audience of an event without alternatives */
	MENTOR_STANDING_TO_CHOOSE, /**< of the audience, and has not said at which time */
	MENTOR_STANDING_ELSEWHERE, /**< comes, or was, at another time */
	MENTOR_STANDING_GONE,	   /**< was invited, and is not asked any more */
};

/** Where one person stands to one event. */
struct mentor_event_person {
	int64_t person;
	const char *name, *email;
	int64_t role;	  /**< enum mentor_role in the cohort; MENTOR_NONE: none */
	int64_t standing; /**< enum mentor_standing */
	int64_t rank;	  /**< place on the waiting list, from 1 */
	int64_t minutes;  /**< that the person was there; MENTOR_NONE when not recorded */
	int64_t invited;  /**< whether the last message said how things are now */
	const char *sent_on; /**< of that message */
	const char *said_at; /* internal */
	int64_t to_send;	/* internal: one of ATTENDANCE_SEND_… */
};
extern MENTOR_API const struct mentor_field mentor_event_person_fields[];
/** Walks everybody an event concerns, by name. Records are struct mentor_event_person. */
MENTOR_API enum mentor_status mentor_event_people(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg);

/** Records that a person will come, or with `off` will not. A full event has a waiting list, from which the first moves up when a place becomes free;
 * whoever signs up for another time of the same event gives back a place that is still ahead. *ret_change is "coming", "waiting", "declined" or "unchanged".
 * MENTOR_REFUSED when the event is cancelled or over, or not for this person. */
MENTOR_API enum mentor_status mentor_event_sign_up(struct mentor *m, int64_t event, int64_t person, bool off, const char **ret_change);
/** Records that a person was there (attended), has made up for it (caught-up), was not (absent), or had said so (excused); `minutes` may be
 * MENTOR_NONE. *ret_change is the word of the standing, or "unchanged". MENTOR_USAGE for another standing. MENTOR_REFUSED when the event is cancelled or not for this person,
 * MENTOR_INVALID when it is still ahead, but for excuses. */
MENTOR_API enum mentor_status mentor_event_attend(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing, int64_t minutes,
    const char **ret_change);
/** Who was recorded. */
struct mentor_event_noted {
	const char *change;
	int64_t person;	   /**< 0: nobody the store knows */
	const char *name;  /**< as the store, else as the file has it */
	int64_t row;	   /**< of the file; MENTOR_NONE without one */
	int64_t minutes;
	const char *reason; /**< why the row was left out; NULL: it was not */
};
extern MENTOR_API const struct mentor_field mentor_event_noted_fields[];
/** Records everybody who was expected, or coming, and of whom nothing is known, as absent. Records are struct mentor_event_noted. */
MENTOR_API enum mentor_status mentor_event_no_shows(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg);

/** A file that says who was there. */
struct mentor_event_file {
	const char *name, *text;
	size_t len;
	char delimiter;	     /**< 0: found out */
	const char *email, *minutes; /**< headings; NULL: the usual ones of Teams, Zoom and plain lists */
	int64_t share;	     /**< least per cent of the event's length that counts as having been there */
	bool keep_going;     /**< rows of people whom the store does not know, or whom the event is not for, are left out */
};
/** Imports attendance: a Teams or Zoom attendance export (UTF-16 or UTF-8, whatever stands above and below the table), or any list with a heading and a column
 * of addresses. Minutes of one person in several rows are added up; whoever was there for less than `share` counts as absent, with the minutes. A row
 * without minutes is somebody who was there. What is recorded already and says more (caught up) stays. `each` gets struct mentor_event_noted.
 * MENTOR_INVALID with every problem, and nothing recorded. */
MENTOR_API enum mentor_status mentor_event_import(struct mentor *m, int64_t event, const struct mentor_event_file *file, mentor_record_fn *each, void *arg);

enum mentor_invitation_format { MENTOR_INVITATION_PLAIN, MENTOR_INVITATION_EML, MENTOR_INVITATION_MBOX, MENTOR_INVITATION_ICS };
/** What one person is sent about an event. Nothing in it tells who else takes part. */
struct mentor_invitation {
	int64_t person;
	const char *name, *email;
	const char *what; /**< invited, changed (invited before, and something is otherwise now), or cancelled: the event, or this person's place */
	const char *subject, *text;
	const char *message; /**< as asked for by the format: the message, or the calendar alone; NULL for MENTOR_INVITATION_PLAIN */
};
extern MENTOR_API const struct mentor_field mentor_invitation_fields[];
/** Writes what people have to be sent about an event: to `people`, without names to everybody who does not know how things are now, with `all` to everybody.
 * A message holds a text and one calendar entry with that person as its only guest; entries of one event have one identity, the number of its changes, and
 * the method REQUEST or CANCEL. Messages go from the programme's contact, which stands in every one. Records are struct mentor_invitation.
 * MENTOR_REFUSED with every problem for people whom there is nothing to send, and when no message can be sent to an address; MENTOR_FAILED when the zone cannot
 * be read. */
MENTOR_API enum mentor_status mentor_event_invitations(struct mentor *m, int64_t event, const int64_t *people, size_t n_people, bool all,
    enum mentor_invitation_format format, mentor_record_fn *each, void *arg);
/** Records on the context's day that people were sent that: those named, else everybody who does not know how things are now. Records are struct
 * mentor_event_noted, whose change is invited, changed, cancelled or unchanged. */
MENTOR_API enum mentor_status mentor_event_told(struct mentor *m, int64_t event, const int64_t *people, size_t n_people, mentor_record_fn *each, void *arg);

/** Whose calendar: neither is the whole cohort's, which is for the running team. */
struct mentor_calendar {
	int64_t person;	     /**< what this person is expected at, signed up for or was at; 0: not that */
	int64_t facilitator; /**< what this person runs; 0: not that */
};
/** Whether an event is in that calendar. */
MENTOR_API enum mentor_status mentor_event_is_in(struct mentor *m, const struct mentor_calendar *whose, int64_t event, bool *ret_in);
/** Appends a calendar (text/calendar, METHOD:PUBLISH) of the events of a cohort, cancelled ones marked. It names nobody but the programme's contact. */
MENTOR_API enum mentor_status mentor_event_calendar(struct mentor *m, int64_t cohort, const struct mentor_calendar *whose, struct mentor_buf *b);

/** Records that a facilitator runs an event, or with `off` no longer. Whoever does is accepted as facilitator in the cohort and has attended what
 * that role needs and what the event wants of whoever runs it (facilitators_need), in any cohort of the programme; an `override` (NULL: none) passes over the
 * training, and is kept as the reason. *ret_change is "assigned", "removed" or "unchanged". MENTOR_REFUSED otherwise, and when the event is cancelled. */
MENTOR_API enum mentor_status mentor_event_assign(struct mentor *m, int64_t event, int64_t person, bool off, const char *override, const char **ret_change);
/** Who runs an event. */
struct mentor_event_runner {
	int64_t person;
	const char *name, *assigned_on, *assigned_by;
	const char *reason; /**< why before the training; NULL: after it */
};
extern MENTOR_API const struct mentor_field mentor_event_runner_fields[];
/** Walks those who run an event, by name: struct mentor_event_runner. */
MENTOR_API enum mentor_status mentor_event_runners(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg);

/** One facilitator of a cohort. */
struct mentor_facilitator {
	int64_t person;
	const char *name;
	int64_t trained;	/**< has attended what the role needs */
	const char *lacks;	/**< titles of what is still to be attended; NULL: nothing */
	const char *may_run;	/**< list: titles of the programme's events that this person may run */
	int64_t ahead, has_run; /**< events assigned that are ahead; held, in all cohorts of the programme */
	const char *ran;	/**< list: the latter, titles and days */
};
/** Who runs the events of one name, as it was handed over from providers to the programme's own people. */
struct mentor_handover {
	const char *name, *title;
	int64_t held, provider, in_house; /**< times it was held; of these by a provider alone, by own facilitators */
	int64_t ahead, nobody;		  /**< times ahead; of these nobody runs yet */
};
extern MENTOR_API const struct mentor_field mentor_facilitator_fields[], mentor_handover_fields[];
/** Walks the accepted facilitators of a cohort by name (struct mentor_facilitator), then the events of its programme by name, over all its cohorts
 * (struct mentor_handover). */
MENTOR_API enum mentor_status mentor_event_facilitators(struct mentor *m, int64_t cohort, mentor_record_fn *each, mentor_record_fn *each_event, void *arg);

/** How one accepted person of a cohort stands to the events that count as taking part: those that are required, each name once whatever its
 * times. Cancelled ones do not count. */
struct mentor_event_duty {
	int64_t person;
	const char *name;
	int64_t role;
	int64_t required; /**< in all */
	int64_t due;	  /**< of these held by the context's day */
	int64_t attended; /**< or caught up */
	int64_t excused;
	const char *missing; /**< list: titles of those that were held and not attended */
	int64_t met;	  /**< all that are required were attended */
};
extern MENTOR_API const struct mentor_field mentor_event_duty_fields[];
/** Walks the accepted people but facilitators by name: struct mentor_event_duty. */
MENTOR_API enum mentor_status mentor_event_duties(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Surveys: answers in, small numbers never out
 *
 * k is the programme's privacy.min_cell. When an answer was given by 1 to k-1 people, the counts of all answers to the question at
 * that stage come out as MENTOR_SUPPRESSED, and so does the mean where it would tell how many; lib/suppress.h has the rules and what
 * they do not promise. How many answered a stage is shown.
 */

/** One stage of one survey and how many have answered it. */
struct mentor_survey_stage {
	const char *survey, *title, *audience, *stage;
	int64_t asked;	   /**< accepted people of the audience */
	int64_t responses; /**< imported so far */
	int64_t rate;	   /**< responses of asked in per cent, rounded; MENTOR_NONE when nobody is asked */
	int64_t anonymous; /**< whether answers are never linked to a person */
	const char *opens_on, *closes_on; /**< first and last day, as the programme says; NULL when that is not known */
	int64_t state;	   /**< enum mentor_survey_state, at the context's day; MENTOR_NONE without days */
};
enum mentor_survey_state { MENTOR_SURVEY_PLANNED, MENTOR_SURVEY_OPEN, MENTOR_SURVEY_CLOSED };
extern MENTOR_API const struct mentor_field mentor_survey_stage_fields[];

/** Lists the stages of the surveys of the cohort's programme, in its order. Records are struct mentor_survey_stage. */
MENTOR_API enum mentor_status mentor_survey_list(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** What an import came to, without saying who answered. */
struct mentor_survey_imported {
	const char *change; /**< "added" or "unchanged" */
	const char *survey, *stage;
	int64_t responses; /**< how many rows of the file; never 0 */
};

/** Imports an export of answers to one stage of a survey, as the programme describes the survey: the address links a response to the accepted enrolment of a
 * person of the audience (an empty cell or "anonymous": nobody), the response number makes importing twice harmless; without such a
 * column the person does. Scale answers are whole numbers in range, "4 - often", "4 / 5", or the words of the scale's ends;
 * yes-no answers are yes or no; a choice is one of the question's choices in any case, several of them stand in one cell with
 * semicolons between; an empty cell is no answer. Questions that the stage does not ask have no column. Of an anonymous survey no address is
 * read, people's own columns are passed over, and the file has to number its responses. All or nothing: every problem is in the context with row and heading, and nothing
 * is stored. Answers are never overwritten: other answers under a known number, and a second response of a person, are
 * problems. Records are struct mentor_survey_imported, at most one per kind of change.
 * MENTOR_NOT_FOUND for an unknown survey or stage. */
MENTOR_API enum mentor_status mentor_survey_import(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *file,
    const char *text, size_t len, char delimiter, mentor_record_fn *each, void *arg);

/** A file of answers, in memory. */
struct mentor_survey_file {
	const char *name, *text;
	size_t len;
};
/** mentor_survey_import() of several files at once, such as those that people send back from mentor_survey_form(); they are one batch. A
 * heading `Token` says who answers by the tokens of mentor_survey_issue(). Responses to an anonymous survey are stored in no order once all
 * are read, and nothing leads from them to a token; fewer than k new ones by token are MENTOR_REFUSED unless `few`, because copies of the store
 * would tell them apart. A single file that was imported for another stage is MENTOR_REFUSED. */
MENTOR_API enum mentor_status mentor_survey_import_files(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    const struct mentor_survey_file *files, size_t n, char delimiter, bool few, mentor_record_fn *each, void *arg);

/** Who may answer a stage once. */
struct mentor_survey_ticket {
	const char *change; /**< "issued", "unchanged" (has a token already) or "answered" */
	int64_t person;
	const char *name, *email;
	const char *token, *link; /**< NULL unless issued; link NULL as well when none was asked for */
};
extern MENTOR_API const struct mentor_field mentor_survey_ticket_fields[];
/** Gives everybody whom a survey asks a token for one of its stages; `again` gives those who have not answered new ones in place of the old. Only a
 * fingerprint is kept, so a token is told once. `link` (NULL: none) has {token} where the token goes. Records are struct mentor_survey_ticket,
 * by name. */
MENTOR_API enum mentor_status mentor_survey_issue(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *link, bool again,
    mentor_record_fn *each, void *arg);

/** Appends one stage of a survey as a web page to be filled in: self-contained, without any request to anybody, for keyboard and screen readers. It
 * saves the answers as a file that mentor_survey_import_files() reads. */
MENTOR_API enum mentor_status mentor_survey_form(struct mentor *m, int64_t cohort, const char *survey, const char *stage, struct mentor_buf *ret);

/** An answer to one question, as it is typed. */
struct mentor_survey_typed {
	const char *question, *answer; /**< short name; several choices with semicolons between */
};
/** Takes one person's answers as they are typed: of a confidential survey those of `person` (an address or reference), of an anonymous one those
 * of `token`; the other is NULL. Questions that are not named are not answered. As strict as an import, and told of in the same records; `few` as for
 * mentor_survey_import_files(). MENTOR_NOT_FOUND for an unknown question, MENTOR_USAGE when the wrong one of person and token is given. */
MENTOR_API enum mentor_status mentor_survey_answer(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *person,
    const char *token, const struct mentor_survey_typed *answers, size_t n, bool few, mentor_record_fn *each, void *arg);

/** A question as it is put to somebody. */
struct mentor_survey_question {
	const char *question, *text; /**< short name; as asked */
	const char *kind;	     /**< as of struct mentor_survey_result */
	const char *low, *high;	     /**< the words of the ends of a scale, or of no and yes; NULL: none */
	int64_t minimum, maximum;    /**< of a scale */
	const char *const *choices;  /**< n_choices of them */
	size_t n_choices;
};
/** Walks the questions that a stage asks, to be put to `person` or whoever has `token`: struct mentor_survey_question. Errors as of
 * mentor_survey_answer(), which may refuse the answers all the same. */
MENTOR_API enum mentor_status mentor_survey_questions(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *person,
    const char *token, mentor_record_fn *each, void *arg);
/** Whether mentor_survey_answer() would take an answer: MENTOR_INVALID says why not. */
MENTOR_API enum mentor_status mentor_survey_check_answer(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    const struct mentor_survey_typed *answer);

/** What was imported together. */
struct mentor_survey_batch {
	int64_t number;
	const char *survey, *stage, *file; /**< file: its name, NULL when there were several, or none is known */
	int64_t responses;
};
extern MENTOR_API const struct mentor_field mentor_survey_batch_fields[];
/** Walks the imports of a cohort in order. Records are struct mentor_survey_batch. */
MENTOR_API enum mentor_status mentor_survey_batches(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);
/** Removes an import with all its responses; people who answered by it can be imported again, but tokens of an anonymous survey that have served
 * have: who was in it is not known. `each` gets the struct mentor_survey_batch that is gone. MENTOR_NOT_FOUND when the cohort has none of this number. */
MENTOR_API enum mentor_status mentor_survey_remove(struct mentor *m, int64_t cohort, int64_t number, mentor_record_fn *each, void *arg);

/** How far a stage of a survey is, without saying who. */
struct mentor_survey_progress {
	const char *survey, *stage;
	int64_t anonymous, asked, issued, answered, rate; /**< issued: tokens; rate: in per cent, MENTOR_NONE when nobody is asked */
};
extern MENTOR_API const struct mentor_field mentor_survey_progress_fields[];
/** Walks the stages of the surveys of the cohort's programme. Records are struct mentor_survey_progress. */
MENTOR_API enum mentor_status mentor_survey_status(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** What was answered to one question at one stage. */
struct mentor_survey_result {
	const char *question, *text, *aim; /**< aim: its name, or NULL */
	const char *kind;		   /**< scale, yes-no, text, choice or multi */
	int64_t level, box;		   /**< kind of outcome, and what it is about, as the programme says; MENTOR_NONE */
	int64_t n;			   /**< how many answered; of multi how many responded: an empty cell there says "none of them" */
	int64_t mean, median;		   /**< hundredths; of yes-no the share of yes and no median; MENTOR_NONE for texts and choices and when nobody answered */
	int64_t minimum, maximum;	   /**< of the scale; 0 and 1 of yes-no; MENTOR_NONE for texts and choices */
	int64_t suppressed;		   /**< whether anything is hidden, here or among the answers */
	int64_t waiting;		   /**< answers not counted yet: with them two looks would differ by few people, or by too much about them */
	int64_t cohorts, withheld;	   /**< of several cohorts: how many are in the figures, and how many with answers are not; else MENTOR_NONE */
	const char *side;		   /**< mentor_survey_sides(): "mentor", "mentee", "either" or NULL for not known */
};
extern MENTOR_API const struct mentor_field mentor_survey_result_fields[];

/** Walks the questions that a stage of a survey asks, in order. Records are struct mentor_survey_result. */
MENTOR_API enum mentor_status mentor_survey_results(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    mentor_record_fn *each, void *arg);

/** How many gave one answer to one question. */
struct mentor_survey_answer {
	const char *question;
	const char *answer; /**< the number on the scale; "no" or "yes"; the choice in the programme's words */
	int64_t count;	    /**< people */
	int64_t suppressed; /**< whether the count is hidden */
	const char *side;   /**< mentor_survey_sides(): as of struct mentor_survey_result */
};
extern MENTOR_API const struct mentor_field mentor_survey_answer_fields[];

/** Walks the possible answers to the questions of a stage but those answered in people's own words: from low to high, choices in the
 * programme's order, those that nobody gave as well. Of a multi question each choice is a yes-no question of its own, answered by everybody
 * who responded: its count is withheld when 1 to k-1 people chose it or did not. Records are struct mentor_survey_answer. */
MENTOR_API enum mentor_status mentor_survey_answers(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    mentor_record_fn *each, void *arg);

/** One answer in the writer's own words. */
struct mentor_survey_text {
	const char *question, *text, *answer;
};
extern MENTOR_API const struct mentor_field mentor_survey_text_fields[];

/** Walks the answers to the text questions that at least k people answered, sorted by their own wording so that the order says
 * nothing of who wrote them. The wording may: read before passing on. Records are struct mentor_survey_text. */
MENTOR_API enum mentor_status mentor_survey_texts(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    mentor_record_fn *each, void *arg);

/** The same of several cohorts put together: parts "questions", "answers" and, with `texts`, "texts", of the records above. Each cohort counts with what
 * is told of it alone; those of fewer than k responses all together or not at all, and without words. MENTOR_USAGE when one is named twice,
 * MENTOR_REFUSED when they are of different programmes or do not ask the same. */
MENTOR_API enum mentor_status mentor_survey_results_across(struct mentor *m, const int64_t *cohorts, size_t n, const char *survey, const char *stage,
    bool texts, mentor_report_fn *each, void *arg);

extern MENTOR_API const struct mentor_field mentor_survey_side_fields[], mentor_survey_side_answer_fields[];
/** What each side answered at a stage, to questions with numbers or one choice: parts "sides" (struct mentor_survey_result) and "side_answers" (struct
 * mentor_survey_answer). Told of all sides or of none, as the total less one is the other. MENTOR_REFUSED where only one is asked, where nobody
 * knows who answered, and where everybody is on both. */
MENTOR_API enum mentor_status mentor_survey_sides(struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_report_fn *each, void *arg);

enum mentor_survey_basis {
	MENTOR_SURVEY_PAIRED,	/**< means of the people who answered both stages: everybody who answered */
	MENTOR_SURVEY_UNPAIRED, /**< means of all who answered each stage */
	MENTOR_SURVEY_WITHHELD, /**< too few answered, or a mean would give answers away */
	MENTOR_SURVEY_NONE,	/**< nobody has answered one of the stages yet */
};

/** How the answers to one question changed between two stages. */
struct mentor_survey_change {
	const char *survey, *from, *to;
	const char *question, *text, *aim;
	int64_t level, box;	       /**< as of struct mentor_survey_result */
	int64_t n;		       /**< people who answered both, linked by their address; MENTOR_NONE of an anonymous survey */
	int64_t basis;		       /**< enum mentor_survey_basis: what the means are of */
	int64_t before, after, change; /**< means and their difference, hundredths */
	int64_t improved, same, worse; /**< of n: went up, stayed, went down; shown together or not at all; MENTOR_NONE when n is 0 */
	int64_t sd;		       /**< standard deviation of the changes, hundredths; shown only with improved and worse, as the tests are */
	int64_t effect;		       /**< hundredths: paired Cohen's d_z, unpaired Cohen's d; MENTOR_NONE when nothing varies */
	int64_t p, wilcoxon;	       /**< two-sided sign test and signed-rank test in ten-thousandths */
	int64_t minimum, maximum;      /**< of the scale; 0 and 1 of yes-no */
	int64_t suppressed;	       /**< whether any number of the row is hidden */
	int64_t cohorts, withheld;     /**< as of struct mentor_survey_result */
};
extern MENTOR_API const struct mentor_field mentor_survey_change_fields[];

enum mentor_survey_aim_state {
	MENTOR_SURVEY_AIM_MEASURED,	/**< the change of at least one question is shown */
	MENTOR_SURVEY_AIM_WITHHELD,	/**< too few answered, or a mean would give answers away */
	MENTOR_SURVEY_AIM_WAITING,	/**< nobody has answered one of the stages yet */
	MENTOR_SURVEY_AIM_NOT_MEASURED, /**< no scale question that both stages of a survey ask names it */
};

/** How the answers to the questions of one aim changed. */
struct mentor_survey_aim {
	const char *survey, *from, *to; /**< NULL when no survey measures the aim */
	const char *aim, *text;
	int64_t questions; /**< scale questions whose change is shown */
	int64_t change;	   /**< mean of their changes, hundredths; MENTOR_NONE when there is none */
	int64_t state;	   /**< enum mentor_survey_aim_state */
	const char *plans; /**< list of the organisation's plans that the aim serves; NULL: none */
};
extern MENTOR_API const struct mentor_field mentor_survey_aim_fields[];

/** Compares two stages of a survey by the scale and yes-no questions that both ask. NULL for `from` is the first stage, for `to` the
 * last. `each` gets struct mentor_survey_change, `each_aim` (NULL: not wanted) struct mentor_survey_aim for every aim that a scale question names.
 *
 * Means are of the same people at both stages when at least k answered both and those who answered only one stage are none or at
 * least k; otherwise subtracting them from the results of the stage would tell the answers of a few, so means of all are given instead and
 * `basis` says so. The answers to an anonymous survey are linked to nobody, so there the means are always of all. The change of an aim is the mean of its questions' changes as given.
 * lib/stats.h has the formulas of the spread, the effect and the two tests, with their sources.
 * MENTOR_INVALID when both stages are the same, or the survey has only one. */
MENTOR_API enum mentor_status mentor_survey_compare(struct mentor *m, int64_t cohort, const char *survey, const char *from, const char *to,
    mentor_record_fn *each, mentor_record_fn *each_aim, void *arg);

/** The same for questions that ask in hindsight how it was at the start (`then`), against what the same people say now at the same stage: `before` is
 * the start as they see it now. Told apart because people come to judge their start by another measure. NULL for `stage` is the last. Records are
 * struct mentor_survey_change. */
MENTOR_API enum mentor_status mentor_survey_hindsight(struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each,
    void *arg);

/** How the answers changed to the scale questions that show one kind of outcome. */
struct mentor_survey_kind {
	const char *of, *kind; /**< "level" or "box", and its word in the programme */
	int64_t questions, change, state; /**< as of struct mentor_survey_aim */
};
extern MENTOR_API const struct mentor_field mentor_survey_kind_fields[];

/** Both of one cohort, or of several put together: parts "questions", "aims", "kinds" (struct mentor_survey_kind for each level and box that a
 * question names) and "hindsight". A cohort counts if means of both stages are told of it. Errors as of
 * mentor_survey_results_across(). */
MENTOR_API enum mentor_status mentor_survey_compare_across(struct mentor *m, const int64_t *cohorts, size_t n, const char *survey, const char *from,
    const char *to, mentor_report_fn *each, void *arg);

/** Appends what the words of `basis` and of `state` mean that stand in some rows, for a note below them: one sentence a line, without a line
 * break at the end. `bases` and `states` have a bit for each (1 << MENTOR_SURVEY_PAIRED). */
MENTOR_API void mentor_survey_notes(struct mentor_buf *b, unsigned bases, unsigned states);

/** Walks every aim of the programme in its order, with its change from the first to the last stage: one struct mentor_survey_aim for each
 * survey that measures it, and one for an aim that none measures. */
MENTOR_API enum mentor_status mentor_survey_aims(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/* ---------------------------------------------------------------------------------------------
 * Reports
 */

/** What a report is about: what has its day from `since` to `until`, both included; NULL: without that end. Where a report takes a period, NULL
 * stands for all there is. What became of it is told as of the context's day, whether that lies in the period or not. */
struct mentor_period {
	const char *since, *until;
};

/** The head that reports begin with. */
struct mentor_progress {
	const char *cohort, *title, *programme, *organisation;
	const char *day;     /**< the context's day: everything is as of then */
	const char *state;   /**< of the cohort */
	const char *started_on; /**< as it happened, else as planned */
	const char *ends_on;
	int64_t months_passed; /**< whole months since the start, at most until it finished; MENTOR_NONE before it */
	const char *contact, *contact_email;
};
extern MENTOR_API const struct mentor_field mentor_progress_fields[];

/** What a report is about, where it is not one cohort from its beginning. It follows the head. */
struct mentor_report_scope {
	const char *since, *until;
	const char *across; /**< list of the short names of several cohorts told as one; what is of one alone is not set in the head then */
};
extern MENTOR_API const struct mentor_field mentor_report_scope_fields[];

/** How many applied to one side. */
struct mentor_progress_side {
	const char *side; /**< what the programme calls it */
	int64_t received; /**< all applications, whatever became of them: in time and late */
	int64_t in_time;  /**< by the last day, or brought from an earlier cohort */
	int64_t late;	  /**< after the last day: kept for the next cohort, or here where the programme's cohort.late says so */
	int64_t undecided, accepted;
	int64_t reserve; /**< of those accepted, left over when pairs were published */
	int64_t waiting, declined, withdrawn;
	int64_t limit; /**< MENTOR_NONE when there is none */
};
extern MENTOR_API const struct mentor_field mentor_progress_side_fields[];

/** What figures can be broken down by. */
enum mentor_breakdown { MENTOR_BY_ORGANISATION, MENTOR_BY_DIRECTORATE };
/** Their words, ended by NULL. */
extern MENTOR_API const char *const mentor_breakdowns[];

/** How many of one organisation or directorate applied, and what became of them. Those of few people stand together in one row, and what
 * would tell of few is MENTOR_SUPPRESSED; lib/suppress.h has the rules (8 to 10) and what they promise. */
struct mentor_recruitment_row {
	const char *name;    /**< its name; "others (3 organisations)"; "all organisations" when there are few people; "not stated" for those without one */
	int64_t together;    /**< how many stand together in this row (those without one count as one); 1 for one by itself; MENTOR_SUPPRESSED of few people */
	int64_t received;    /**< applications to the cohort, those kept for the next one too */
	int64_t accepted;
	int64_t paired;	     /**< accepted, and in a pair that is at work or has finished */
	int64_t suppressed;  /**< whether any number of the row is hidden */
};
extern MENTOR_API const struct mentor_field mentor_recruitment_row_fields[];

struct mentor_progress_matching {
	int64_t proposed, active, completed, ended;
	int64_t continued; /**< completed pairs that go on by themselves */
	int64_t left_over; /**< accepted people without a pair that is proposed, active or completed, but for those who left one and ask for no other */
};
extern MENTOR_API const struct mentor_field mentor_progress_matching_fields[];

enum mentor_pace { MENTOR_PACE_NOT_STARTED, MENTOR_PACE_ON_PACE, MENTOR_PACE_BEHIND, MENTOR_PACE_MET, MENTOR_PACE_ENDED };

/** What one pair has done of what the programme asks, without names and without what was said.
 *
 * A session counts when it lasted at least the programme's contract.minutes.minimum and, where contract.counts is from-signing, took place on the day on
 * which both had signed for the first time, or later. The pair's time runs from the start of the contract in force (else the
 * later of the cohort's start and the day the pair was published) to the contract's end (else the cohort's, else cohort.months later).
 * Due by the context's day is the programme's contract.sessions.minimum in proportion to the part of that time that has passed,
 * rounded down; nothing is due where the programme sets no minimum. In this order:
 *   met          the minimum has been reached
 *   ended        the pair has ended before that, without fault, or its cohort has finished
 *   behind       fewer sessions count than are due
 *   not started  no session has been held, and none is due yet
 *   on pace      otherwise */
struct mentor_progress_pair {
	int64_t pair;
	int64_t sessions;	 /**< held up to the context's day */
	int64_t counted;	 /**< of these, those that count */
	int64_t shortest;	 /**< minutes from which a session counts; MENTOR_NONE when every session does */
	int64_t from_signing;	 /**< 1: only those count that were held once both had signed */
	int64_t due;		 /**< by the context's day; MENTOR_NONE without a minimum and when the pair has ended */
	int64_t minimum, usual;	 /**< sessions, as the programme says; MENTOR_NONE when it does not */
	int64_t minutes;	 /**< of all sessions together */
	const char *last_on;	 /**< day of the last session */
	const char *contract;	 /**< none, drafted or signed (by both) */
	int64_t pace;		 /**< enum mentor_pace */
};
extern MENTOR_API const struct mentor_field mentor_progress_pair_fields[];

/** How many people came how far. */
struct mentor_report_step {
	const char *step;  /**< applied, accepted, in a pair, have met (in a pair with a session), completed (in a pair that has) */
	int64_t people;	   /**< each counts some of those of the step before; late applications kept for the next cohort applied here */
	int64_t share;	   /**< of those who applied, in whole per cent; MENTOR_NONE when nobody did */
};
extern MENTOR_API const struct mentor_field mentor_report_step_fields[];

/** How many pairs stand how to the programme's minimum. */
struct mentor_report_pace {
	int64_t pace; /**< enum mentor_pace */
	int64_t pairs;
};
extern MENTOR_API const struct mentor_field mentor_report_pace_fields[];

/** One of several cohorts set side by side. */
struct mentor_report_cohort {
	const char *cohort, *title, *programme, *started_on;
	int64_t applied, accepted, paired, met, completed; /**< people, as in struct mentor_report_step */
	int64_t share;	  /**< of those who applied, who completed, in whole per cent; MENTOR_NONE when nobody did */
	int64_t pairs;	  /**< published */
	int64_t reached;  /**< pairs that have reached the minimum of sessions; MENTOR_NONE where there is none */
	int64_t ended;	  /**< pairs that ended, without fault */
	int64_t sessions; /**< that count */
};
extern MENTOR_API const struct mentor_field mentor_report_cohort_fields[];

/** What has changed for an aim in one of them. */
struct mentor_report_cohort_aim {
	const char *cohort, *aim, *text;
	int64_t questions, change;
	int64_t state; /**< enum mentor_survey_aim_state */
};
extern MENTOR_API const struct mentor_field mentor_report_cohort_aim_fields[];

/** Cohorts at the context's day, in the order in which they are given. In this order:
 *   cohorts  one struct mentor_report_cohort each
 *   aims     struct mentor_report_cohort_aim for every aim of each */
MENTOR_API enum mentor_status mentor_report_compare(struct mentor *m, const int64_t *cohorts, size_t n, mentor_report_fn *each, void *arg);

/** How many sessions all pairs had held, and were to have held, by a day. */
struct mentor_report_month {
	const char *day;  /**< each month from the cohort's start to its end, the end, and today between them */
	int64_t sessions; /**< that count, up to the day, at the end also those after it; MENTOR_NONE for days to come */
	int64_t due;	  /**< as in struct mentor_progress_pair, of all pairs; of one that ended, by when it did. MENTOR_NONE without a minimum */
};
extern MENTOR_API const struct mentor_field mentor_report_month_fields[];

/** How many pairs join two organisations (two directorates, where the people of all pairs are of one organisation), the most first. Those of
 * few pairs stand together in the last row, "other organisations", or "all organisations" (lib/suppress.h, rules 8 and 9). */
struct mentor_report_link {
	const char *mentors_of, *mentees_of;
	int64_t pairs; /**< at work or finished */
};
extern MENTOR_API const struct mentor_field mentor_report_link_fields[];

/** The progress of a cohort at the context's day, for those who answer for the programme. In this order:
 *   head         one struct mentor_progress
 *   steps        struct mentor_report_step, from applying to completing
 *   recruitment  struct mentor_progress_side for mentors, for mentees, and for those who would be either where there are any
 *   matching     one struct mentor_progress_matching
 *   links        struct mentor_report_link
 *   months       struct mentor_report_month, none while the cohort's start is not known
 *   commitment   struct mentor_progress_pair for each published pair
 *   aims         struct mentor_survey_aim for every aim of the programme, measured or not (mentor_survey_aims())
 *   outcomes     struct mentor_survey_change, from the first to the last stage, for every question with answers to both */
MENTOR_API enum mentor_status mentor_report_progress(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** What a commitment is counted in. */
enum mentor_measure {
	MENTOR_MEASURE_SESSIONS, /**< sessions that count */
	MENTOR_MEASURE_MINUTES,	 /**< together, in all sessions; the programme's sessions times minutes */
	MENTOR_MEASURE_MONTHS,	 /**< whole months together */
	MENTOR_MEASURE_MENTOR,	 /**< the mentee's meetings in which the mentor took part so that they count */
	MENTOR_MEASURE_MENTEE,	 /**< the mentor's, in which the mentee did */
};
enum mentor_commitment_standing {
	MENTOR_COMMITMENT_NOT_STARTED, /**< nothing yet, and nothing due */
	MENTOR_COMMITMENT_BEHIND,	     /**< less than is due; of meetings also: has only looked on where contributing counts */
	MENTOR_COMMITMENT_ON_PACE,
	MENTOR_COMMITMENT_AHEAD, /**< more than is due */
	MENTOR_COMMITMENT_MET,   /**< the minimum is reached */
	MENTOR_COMMITMENT_ABOVE, /**< more than the programme's maximum */
	MENTOR_COMMITMENT_ENDED, /**< the pair has stopped before that */
};

/** How one pair stands in one measure that the programme gives a range for. The time of a pair and what counts are those of struct
 * mentor_progress_pair; due by the context's day is the minimum in proportion to the time that has passed, rounded down; minutes are due
 * with the sessions that are. Months are never due: they pass. Each number that the programme does not give is MENTOR_NONE. */
struct mentor_commitment {
	int64_t pair;
	int64_t measure; /**< enum mentor_measure */
	int64_t done, due;
	int64_t minimum, usual, maximum;
	int64_t standing; /**< enum mentor_commitment_standing */
};
/** How many pairs stand where in one measure. */
struct mentor_commitment_sum {
	int64_t measure, pairs, done;
	int64_t not_started, behind, on_pace, ahead, met, above, ended;
};
/** What one person has done, in all pairs of the cohort on one side; a session counts for both. What is asked is the programme's minimum for each pair that is at work or
 * completed (for one pair, where there is none): what was done in a pair that ended, without fault, counts as well. */
struct mentor_commitment_person {
	int64_t person, side; /**< MENTOR_SIDE_MENTOR or MENTOR_SIDE_MENTEE */
	int64_t pairs;
	int64_t met; /**< whether everything that is asked is done; MENTOR_NONE when nothing is */
	int64_t sessions, sessions_minimum;
	int64_t minutes;
	int64_t shadowed, shadowed_minimum; /**< meetings of the partner's that count */
	int64_t events, events_required;    /**< as struct mentor_event_duty says; MENTOR_NONE when none is required */
	int64_t moved;
	int64_t cancelled_own, cancelled_other, cancelled_team; /**< by this person, by the partner, by the running team */
};
/** A cohort together. */
struct mentor_commitment_totals {
	int64_t pairs, people, people_met;
	int64_t sessions, minutes;  /**< held, each once */
	int64_t planned, overdue;   /**< still to come; their day has passed and they are not logged */
	int64_t moved;
	int64_t cancelled_by_mentors, cancelled_by_mentees, cancelled_by_team;
	int64_t shadowed;
	int64_t reflections; /**< how many were made, by whomever */
};
extern MENTOR_API const struct mentor_field mentor_commitment_fields[], mentor_commitment_sum_fields[], mentor_commitment_person_fields[],
    mentor_commitment_totals_fields[];

/** What pairs and people have done of what the programme asks, at the context's day, without names and without what was said. In this order:
 *   head      one struct mentor_progress
 *   totals    one struct mentor_commitment_totals
 *   measures  struct mentor_commitment_sum for each measure that the programme gives a range for
 *   people    struct mentor_commitment_person, mentors first, by number
 *   pairs     struct mentor_commitment for each published pair and measure */
MENTOR_API enum mentor_status mentor_report_commitment(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** How one event went, all its times together. Nobody is named. */
struct mentor_attendance_row {
	const char *name, *title;
	int64_t kind, audience, required;
	int64_t times, held; /**< not cancelled; of these by the context's day */
	int64_t asked;	     /**< accepted people whom it is for; MENTOR_NONE when it is for whoever signs up, or for line managers */
	int64_t attended, caught_up, excused, absent; /**< people, each once: who was there at one time counts as attended */
	int64_t minutes; /**< mean minutes of those of whom it is known; MENTOR_NONE without */
};
extern MENTOR_API const struct mentor_field mentor_attendance_row_fields[];
/** Attendance, at the context's day; of a period, the events of which a time lies in it, each whole. In this order:
 *   head        one struct mentor_progress
 *   attendance  struct mentor_attendance_row for each event, in the order of days
 *   duties      struct mentor_event_duty for each accepted person, whose fields leave the name out; not of a period */
MENTOR_API enum mentor_status mentor_report_attendance(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);

/** How far one topic of learning is covered. */
struct mentor_topic_row {
	const char *topic, *text;
	int64_t sessions; /**< that covered it */
	int64_t pairs;	  /**< in which it was covered */
	int64_t of;	  /**< pairs published */
};
/** Which topics one pair has covered in its sessions. */
struct mentor_coverage {
	int64_t pair;
	int64_t covered, of;
	const char *topics, *missing; /**< lists */
};
extern MENTOR_API const struct mentor_field mentor_topic_row_fields[], mentor_coverage_fields[];
/** Which of the programme's topics of learning sessions (of the period) have covered up to the context's day. In this order:
 *   head      one struct mentor_progress
 *   topics    struct mentor_topic_row for each topic
 *   coverage  struct mentor_coverage for each published pair
 * MENTOR_REFUSED when the programme has no topics, or does not keep them. */
MENTOR_API enum mentor_status mentor_report_topics(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);
/** How many barriers of a register came how far; those that were merged are counted once, as what they are part of. */
struct mentor_barrier_counts {
	int64_t identified;		    /**< all, whatever became of them */
	int64_t raised, addressed, changed; /**< how many came at least so far */
	int64_t dropped;
};
extern MENTOR_API const struct mentor_field mentor_barrier_counts_fields[];

/** How long barriers took from one state to another. */
struct mentor_barrier_time {
	const char *from, *to;
	const char *unit; /**< months where it begins with the month of being identified, else days */
	int64_t barriers; /**< of which both are known */
	int64_t median;	  /**< hundredths; MENTOR_NONE for none, as are the next two */
	int64_t shortest, longest;
};
extern MENTOR_API const struct mentor_field mentor_barrier_time_fields[];

/** What stood in the way, and what has been done about it. */
struct mentor_barrier_row {
	int64_t barrier;
	int64_t state; /**< enum mentor_barrier_state */
	const char *theme, *level, *text;
	int64_t brought;
	const char *identified_in, *raised_on, *addressed_on, *changed_on;
	int64_t days;	     /**< from the day it was raised, else addressed, to the day it changed; MENTOR_NONE: not known */
	const char *actions; /**< list of what was done: "action: outcome" */
	const char *outcome, *reason;
};
extern MENTOR_API const struct mentor_field mentor_barrier_row_fields[];

/** The register of barriers of a cohort's programme, across its cohorts, without names; of a period those identified in its months. In this order:
 *   head            one struct mentor_progress
 *   barrier_counts  one struct mentor_barrier_counts
 *   barrier_times   struct mentor_barrier_time for each way from one state to another
 *   barriers        struct mentor_barrier_row for each barrier, but for those that were merged: what was said, and what was done */
MENTOR_API enum mentor_status mentor_report_barriers(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);

/** How many goals or actions of a cohort stand where. */
struct mentor_work_row {
	const char *what;  /**< goals or actions */
	const char *whose; /**< mentor, mentee; person, pair, team */
	int64_t open, overdue, done, dropped; /**< overdue: of the open ones */
};
extern MENTOR_API const struct mentor_field mentor_work_row_fields[];
/** Goals and actions of a cohort (set in the period), counted: without a word of them, and without names. In this order:
 *   head     one struct mentor_progress
 *   work     struct mentor_work_row */
MENTOR_API enum mentor_status mentor_report_actions(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);

/** What a cohort has learned (written down in the period). In this order:
 *   head     one struct mentor_progress
 *   lessons  struct mentor_lesson */
MENTOR_API enum mentor_status mentor_report_lessons(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);

/** A remark as it may be quoted. */
struct mentor_remark_row {
	const char *said_by; /**< the name where the consent says so; else the side, where it is not of few people; else "somebody who took part" */
	const char *text;
};
extern MENTOR_API const struct mentor_field mentor_remark_row_fields[];
/** The remarks of a cohort that may be quoted where they are published; with `inside` also those that may be quoted inside the organisation. In this order:
 *   head     one struct mentor_progress
 *   remarks  struct mentor_remark_row */
MENTOR_API enum mentor_status mentor_report_remarks(struct mentor *m, int64_t cohort, bool inside, mentor_report_fn *each, void *arg);

/** One page for those who answer for a programme. In this order: head, steps, paces (struct mentor_report_pace), months, aims as in the progress
 * report, and barrier_counts (struct mentor_barrier_counts) where the programme's register has any. */
MENTOR_API enum mentor_status mentor_report_board(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** What came of a cohort. In this order: head, steps, matching, paces, aims, outcomes. */
MENTOR_API enum mentor_status mentor_report_completion(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** Who has applied to a cohort (in the period), up to the context's day, and what became of them. `by` is an enum mentor_breakdown; MENTOR_NONE: the one that the programme's reports on
 * recruitment name first, or none. In this order:
 *   head             one struct mentor_progress
 *   steps            struct mentor_report_step
 *   recruitment      struct mentor_progress_side as in the progress report
 *   by_organisation  or
 *   by_directorate   struct mentor_recruitment_row by name, those that stand together last */
MENTOR_API enum mentor_status mentor_report_recruitment(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg);

/** What happened in a month: only what has its day in it. */
struct mentor_activity_row {
	const char *month; /**< YYYY-MM */
	int64_t sessions, pairs, minutes; /**< sessions held, pairs that held them, their minutes */
	int64_t shadowed; /**< meetings of partners */
	int64_t events, attended; /**< events held, each time once; how often somebody was there */
	int64_t goals; /**< set */
	int64_t actions, done; /**< agreed; done, whenever agreed */
};
/** The sessions of the pairs whose mentors are of one organisation or directorate. Those of few pairs stand together in the last row, and what would tell
 * of few is MENTOR_SUPPRESSED (lib/suppress.h, rules 8 to 10, of pairs and of these those that met). */
struct mentor_activity_group {
	const char *name;
	int64_t pairs, met; /**< published; of these, those with a session */
	int64_t sessions, minutes;
	int64_t suppressed; /**< whether any number of the row is hidden */
};
extern MENTOR_API const struct mentor_field mentor_activity_row_fields[], mentor_activity_group_fields[];
/** What happened in a cohort (in the period), up to the context's day. `by` is an enum mentor_breakdown, or MENTOR_NONE. In this order:
 *   head                      one struct mentor_progress
 *   activity                  struct mentor_activity_row for every month from the first to the last with something in it
 *   activity_by_organisation  or
 *   activity_by_directorate   struct mentor_activity_group by name, those that stand together last */
MENTOR_API enum mentor_status mentor_report_activity(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg);

/** What is recorded that bears on one standard, box or level. */
struct mentor_evidence_row {
	const char *standard, *fact;
	int64_t count;
	const char *first_on, *last_on; /**< NULL where a day could lead to people, and where nothing is recorded */
	int64_t state; /**< 0 recorded, 1 missing */
	const char *command; /**< what would record it; NULL when something is recorded */
};
extern MENTOR_API const struct mentor_field mentor_evidence_row_fields[];
/** What is recorded of a cohort at the context's day, held against the six standards of the ISMCP, Clutterbuck's four boxes and Kirkpatrick's four levels:
 * counts and days, no judgement. In this order:
 *   head         one struct mentor_progress
 *   ismcp        struct mentor_evidence_row for each standard and what bears on it
 *   clutterbuck  the same for each box
 *   kirkpatrick  the same for each level */
MENTOR_API enum mentor_status mentor_report_evidence(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** How people are looked after: talks of the team with them, of one kind. For the running team alone. */
struct mentor_care_row {
	const char *kind, *check_in; /**< the planned check-in, of that kind */
	int64_t talks, people;
	int64_t well, some_strain, needs_support; /**< talks in which somebody felt so */
	int64_t signposted; /**< talks in which somebody was told where to find help */
};
extern MENTOR_API const struct mentor_field mentor_care_row_fields[];
/** Talks with people (in the period), for the running team alone: counted, without names. In this order: head, care (struct mentor_care_row). */
MENTOR_API enum mentor_status mentor_report_care(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);
/** The workforce and who applied, was accepted, was in a pair and finished. In this order: head, equality (struct mentor_composition), in which
 * mentor_equality_compare() has withheld what would tell of few; fails as it does. */
MENTOR_API enum mentor_status mentor_report_equality(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);
/** Pairs, and who works with whom. In this order: head, matching, links as in the progress report. */
MENTOR_API enum mentor_status mentor_report_matching(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);
/** What has changed. In this order: head, aims, outcomes as in the progress report. */
MENTOR_API enum mentor_status mentor_report_outcomes(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg);

/** Several cohorts of one programme told as one. A report is told of each cohort into it, and then told by it once: figures that add up are added up,
 * lessons stand one behind the other, the register of barriers, which the cohorts share, is told once, and what does not add up (pairs, people,
 * changes, days) is left out. Who took part in several cohorts counts in each. */
struct mentor_across;
/** Begins. `cohorts` stay the caller's, for as long as *ret lives. MENTOR_REFUSED when they are of several programmes. *ret is freed by mentor_across_free(). */
MENTOR_API enum mentor_status mentor_across_new(struct mentor *m, const int64_t *cohorts, size_t n, struct mentor_across **ret);
MENTOR_API void mentor_across_free(struct mentor_across *across);
/** Whether a part adds up. */
MENTOR_API bool mentor_across_has(const char *part);
/** A mentor_report_fn, whose `arg` is the struct mentor_across: takes what is told of one cohort. */
MENTOR_API enum mentor_status mentor_across_add(void *arg, const char *part, const void *record);
/** Whether all cohorts of the programme with anybody in them are there. Figures by organisation are told of all of them or not at all: two pools that differ by
 * one cohort would tell of it what its own report withholds. */
MENTOR_API bool mentor_across_is_complete(const struct mentor_across *across);
/** Tells what was taken, once every cohort has been; with `by` (enum mentor_breakdown, else MENTOR_NONE), where the cohorts are complete, behind it
 * struct mentor_recruitment_row as mentor_report_recruitment() does, of which lib/suppress.h, rule 15, says what is withheld. */
MENTOR_API enum mentor_status mentor_across_tell(
    struct mentor_across *across, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg);

/** One figure of a cohort that may leave the store. */
struct mentor_figure {
	const char *source; /**< a fingerprint of the cohort; says nothing else */
	const char *organisation, *programme, *cohort;
	int64_t kind; /**< index of people, result, change */
	const char *survey, *stage, *name, *text;
	int64_t n, value; /**< people; mean or mean change in hundredths, MENTOR_NONE of people; MENTOR_SUPPRESSED what is withheld */
};
extern MENTOR_API const struct mentor_field mentor_figure_fields[];
/** Walks the figures of a cohort as they may be handed to others: how many people applied, were accepted and made pairs, the means of what was
 * asked, and the change of people who answered both stages. They are those that mentor_survey_results() and mentor_survey_compare() tell, so what
 * is withheld there is withheld here, and two exports differ by no more than two looks. Records are struct mentor_figure. */
MENTOR_API enum mentor_status mentor_report_export(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);

/** A figure over several cohorts. */
struct mentor_combined {
	int64_t kind;
	const char *survey, *stage, *name, *text;
	int64_t cohorts, withheld; /**< cohorts that tell it, and that withhold it */
	int64_t n, value, lowest, highest; /**< people, their mean, the lowest and the highest mean of a cohort */
};
extern MENTOR_API const struct mentor_field mentor_combined_fields[];
/** Puts exports of several cohorts together, from whatever stores; none is needed. Questions count as the same when survey, stage, name and
 * wording agree. `each` gets struct mentor_combined, then `each_figure` every struct mentor_figure there is, to compare cohorts. Cohorts that
 * withhold a figure are not in it, so nothing follows about them. MENTOR_REFUSED when a cohort is in two files; MENTOR_INVALID, with
 * file, row and heading, for anything that is no such export. */
MENTOR_API enum mentor_status mentor_report_combine(struct mentor *m, const struct mentor_survey_file *files, size_t n, mentor_record_fn *each,
    mentor_record_fn *each_figure, void *arg);

/* ---------------------------------------------------------------------------------------------
 * The matching kernel
 *
 * Numbers in, numbers out: it needs no context and no store, knows nothing of people, and keeps nothing between calls. Rows and columns are
 * numbered from 0. Everything is exact and in whole numbers; the same problem gives the same pairs on every machine.
 */

/* Limits, so that no sum can leave int64: a price is an alternating sum of scores along a path that visits no row or column twice, hence about
 * 2^20 x 2^40 = 2^60 in size at most, and path lengths stay below four times that. */
#define MENTOR_ASSIGN_MAX_NODES (INT32_C(1) << 20) /**< rows and columns together */
#define MENTOR_ASSIGN_MAX_CANDIDATES (INT32_C(1) << 28)
#define MENTOR_ASSIGN_MAX_SCORE (INT64_C(1) << 40) /**< |score| of one candidate */
#define MENTOR_ASSIGN_MAX_TOTAL (INT64_C(1) << 62) /**< |score| of all candidates together: four million may carry the largest */
#define MENTOR_ASSIGN_MAX_RANK 100

enum mentor_assign_status {
	MENTOR_ASSIGN_OK = 0,
	MENTOR_ASSIGN_NO_MEMORY,
	MENTOR_ASSIGN_INVALID,	 /**< an index out of range, a pair or a pin listed twice, a negative place, a limit passed */
	MENTOR_ASSIGN_PINS,	 /**< more pins at a row or column than it has places: they cannot all be kept */
	MENTOR_ASSIGN_CANCELLED, /**< progress() returned false */
};

/** A pair that may be formed. */
struct mentor_assign_candidate {
	int32_t row, column;
	int64_t score;
};

/** What comes between "most pairs" and "highest total". */
enum mentor_assign_objective {
	MENTOR_ASSIGN_TOTAL = 0, /**< nothing */
	MENTOR_ASSIGN_WORST,	 /**< the lowest score among the pairs is as high as possible; pins, being no choice, do not count */
	MENTOR_ASSIGN_GREEDY,	 /**< most pairs of rank 1, then most of rank 2, … */
	MENTOR_ASSIGN_GENEROUS,	 /**< fewest pairs of the highest rank, then fewest of the one below, … */
};

/** What is to be solved. All memory is the caller's and is only read. */
struct mentor_assign_problem {
	int32_t n_rows, n_columns;
	const int32_t *row_places, *column_places; /**< places of each, 0 allowed; NULL: one place each */
	const struct mentor_assign_candidate *candidates; /**< each row/column pair at most once, in any order */
	int32_t n_candidates;
	const int32_t *pins; /**< candidates that must be in the result; NULL when n_pins is 0 */
	int32_t n_pins;
	enum mentor_assign_objective objective;
	const int32_t *ranks; /**< of each candidate, 1 to MENTOR_ASSIGN_MAX_RANK; only read for GREEDY and GENEROUS */
	bool any_tie; /**< leave the tie-break out: which of several equally good choices comes out is not promised */
	/** What tells rows and columns apart whatever their order: equal problems with equal ids have equal results. NULL: their numbers. */
	const uint64_t *row_ids, *column_ids;
	/** NULL, or called now and then with the work done and to be done (0 of 0 at first); false cancels. */
	bool (*progress)(void *data, int64_t done, int64_t total);
	void *progress_data;
	void *(*alloc)(size_t size); /**< NULL: malloc(). What it returns must suit free(). */
};

/** The best set of pairs and the prices that prove it. Free with mentor_assign_free(). */
struct mentor_assign_result {
	int32_t *pairs; /**< candidate indexes, ascending, pins included */
	int32_t n_pairs;
	int64_t total; /**< sum of their scores */
	int64_t worst; /**< for WORST: the lowest score of a pair that is not pinned; INT64_MAX when there is none */
	/** Prices of rows and columns, level by level: row_prices[level * n_rows + row]. Level 0 counts pairs, the levels after it count ranks
	 * (several packed into one number), the last is the score. */
	int32_t n_levels;
	int64_t *row_prices, *column_prices;
	/** For WORST: which rows and columns all candidates touch, then which all better ones do: row_cover[0 to 2 * n_rows - 1]. */
	bool *row_cover, *column_cover;
	void *memory; /**< the one block that holds all of the above */
};

/** What mentor_assign_verify() found. */
enum mentor_assign_proof {
	MENTOR_ASSIGN_PROVED,	    /**< the pairs are allowed and no other choice is better */
	MENTOR_ASSIGN_NOT_FEASIBLE, /**< out of range, out of order, too many at a row or column, a pin missing, a wrong total */
	MENTOR_ASSIGN_NOT_OPTIMAL,  /**< allowed, but the prices do not prove them best */
};

/** Rows that compete for the same columns. Free with mentor_assign_block_free(). */
struct mentor_assign_block {
	int32_t *rows, n_rows;	     /**< ascending */
	int32_t *columns, n_columns; /**< ascending */
	void *memory;		     /**< the one block that holds both lists */
};

/** Chooses candidates so that no row or column has more pairs than places, every pin is kept, and, in this order,
 *   1. the number of pairs is the largest possible;
 *   2. the objective is met as well as possible;
 *   3. the total score is the highest;
 *   4. between choices that are equal in all of this, the sum of a hash of (row id, column id) over the pairs is the highest, and where even
 *      that is equal, of a second hash and so on to the fifth. With ids that differ this leaves one choice, whatever the order of rows, columns and
 *      candidates; were the hashes to fail (odds below one in a million millions), the choice would depend on that order.
 * Negative scores are fine and never keep a pair from being formed.
 *
 * Returns MENTOR_ASSIGN_OK and a *ret to be freed, or another status with *ret untouched. INVALID comes before PINS.
 *
 * Method, with n rows and columns, m candidates:
 *   1. largest number of pairs by layered augmenting paths, O(m sqrt(n)) for single places (Hopcroft & Karp 1973; with places Dinitz 1970);
 *      for WORST repeated on fewer candidates, by bisection of the scores;
 *   2. split at the rows still short (Dulmage & Mendelsohn 1958): rows and columns that alternating paths reach from them form a block in which
 *      every column is full, in the rest every row is full; pairs across are in every largest matching or in none. "Most pairs first" is exact
 *      from here on without any large constant;
 *   3. inside each part, for each level in turn, prices by an auction with falling increments (Bertsekas 1988; places as in Bertsekas & Castañon
 *      1989), rounded to whole numbers, and exact repair by one shortest augmenting path for each place that is not filled at these prices
 *      (Tomizawa 1971; Edmonds & Karp 1972). Candidates that gain at these prices are settled, those that lose are dropped, the rest goes on to
 *      the next level;
 *   4. candidates on an alternating circle of what is left (Tarjan 1972) are the ties; the hashes decide as one more level.
 * O(k m log n) at worst for k places; in practice near linear in m.
 * Memory: two blocks, together about 50 bytes a candidate and 150 a row or column. */
MENTOR_API enum mentor_assign_status mentor_assign_solve(const struct mentor_assign_problem *problem, struct mentor_assign_result *ret);

/** Checks a result against a problem that mentor_assign_solve() accepted, trusting neither pairs nor prices. *ret is PROVED exactly when the pairs
 * are allowed and the prices satisfy complementary slackness, the levels compared in order like the letters of words. That proves "most pairs",
 * then the best rank profile, then "highest total" by duality of linear programmes:
 *   - no price is below zero, and one with an unfilled place has price zero;
 *   - {1, ranks, score} is at least the two prices together for a chosen candidate and at most that for any other. Pins are exempt, and what
 *     touches a row or column with nothing but pinned places: they are no choice.
 * For WORST only candidates of at least `worst` are compared, and two covers prove the rest (König 1931): the places of covered rows and columns,
 * and the candidates that touch neither, are together no more than the pairs; those of the second cover, counting only candidates better than
 * `worst`, are fewer. Pins and their places are not counted.
 * The tie-break is not part of the proof.
 * Returns OK, NO_MEMORY or INVALID (the problem, not the result; *ret untouched). O(n + m) time for each level, a few bytes a candidate. */
MENTOR_API enum mentor_assign_status mentor_assign_verify(
    const struct mentor_assign_problem *problem, const struct mentor_assign_result *result, enum mentor_assign_proof *ret);

/** Says why `row` has unfilled places although `result` is optimal: the rows and columns that alternating paths reach from it (Dulmage &
 * Mendelsohn 1958). All those columns are full; the rows compete for them, and none of the rows has another column to go to. Pins are not moved:
 * a column filled by them is listed, whoever is pinned to it is not. The columns are none when every candidate of the row is chosen or there is
 * no candidate.
 * Returns OK and a *ret to be freed; INVALID when the row has no unfilled place or `result` is not one of this problem with most pairs; PINS,
 * NO_MEMORY. O(n + m). */
MENTOR_API enum mentor_assign_status mentor_assign_shortage(const struct mentor_assign_problem *problem, const struct mentor_assign_result *result,
    int32_t row, struct mentor_assign_block *ret);

/** "Not this pair", from score_row(). */
#define MENTOR_ASSIGN_BARRED INT64_MIN

/** A problem in which most pairs may be formed: they are not listed but scored on demand. Members that are missing here mean the same as in struct
 * mentor_assign_problem. */
struct mentor_assign_dense {
	int32_t n_rows, n_columns;
	const int32_t *row_places, *column_places;
	/** Fills in the scores of a row with all columns, or MENTOR_ASSIGN_BARRED. Asked several times for the same row, in any order, and must say the
	 * same each time. */
	void (*score_row)(void *data, int32_t row, int64_t *scores);
	void *data;
	const struct mentor_assign_candidate *pins; /**< pairs that must be in the result; their scores are not read */
	int32_t n_pins;
	bool any_tie;
	const uint64_t *row_ids, *column_ids;
	bool (*progress)(void *data, int64_t done, int64_t total); /**< begins again with each round */
	void *progress_data;
	void *(*alloc)(size_t size);
};

/** The best choice and the prices that prove it, two levels as in struct mentor_assign_result. Free with mentor_assign_choice_free(). */
struct mentor_assign_choice {
	struct mentor_assign_candidate *pairs; /**< by row, then column */
	int32_t n_pairs;
	int64_t total;
	int64_t *row_prices, *column_prices;
	void *memory; /**< the one block that holds all of the above */
};

/** Chooses as mentor_assign_solve() does with objective TOTAL and every pair that is not barred as a candidate: the same pairs, ties included.
 *
 * Solves for the best few candidates of each row at prices guessed from a sample, prices all pairs, lets those join that are worth more than the
 * prices of their ends, and begins again (delayed column generation, Ford & Fulkerson 1958; Gilmore & Gomory 1961): usually three or four times.
 * Then the pairs that are worth exactly the prices of their ends join, for the tie-break.
 * Where everybody has one place, nobody is pinned, scores lie within 2^24 of zero and everybody of the shorter side can be paired, the whole
 * matrix of up to 6,250,000 pairs is solved in 32 bits instead by shortest augmenting paths (Jonker & Volgenant 1987), after an auction (Bertsekas
 * 1988) where many are idle to begin with. Where many pairs tie, the matrix is solved once more for the first hash.
 * Memory: 4 bytes a pair for such a matrix; otherwise one row of scores and about 300 bytes for each of some fifty candidates a row. Up to 490,000
 * pairs, all are candidates. */
MENTOR_API enum mentor_assign_status mentor_assign_dense(const struct mentor_assign_dense *problem, struct mentor_assign_choice *ret);

/** Checks a choice as mentor_assign_verify() does, pair by pair over all rows. */
MENTOR_API enum mentor_assign_status mentor_assign_verify_dense(
    const struct mentor_assign_dense *problem, const struct mentor_assign_choice *choice, enum mentor_assign_proof *ret);

/** Frees what mentor_assign_dense() filled in and empties it. NULL and a zeroed choice are fine. */
MENTOR_API void mentor_assign_choice_free(struct mentor_assign_choice *choice);

/** Frees what mentor_assign_solve() filled in and empties it. NULL and a zeroed result are fine. */
MENTOR_API void mentor_assign_free(struct mentor_assign_result *result);

/** Frees what mentor_assign_shortage() filled in and empties it. NULL and a zeroed block are fine. */
MENTOR_API void mentor_assign_block_free(struct mentor_assign_block *block);

/* ---------------------------------------------------------------------------------------------
 * Stable matching and one pool: numbers in, numbers out
 *
 * These functions touch no store and take no context, so they leave no message: the status says all. MENTOR_INVALID: an index
 * out of range, a pair, pin or id listed twice, a negative place, a limit passed. MENTOR_REFUSED: more pins at somebody than
 * places. MENTOR_NO_MEMORY as ever. MENTOR_BUG: a result was found that its own check does not bear out. All input is the
 * caller's and is only read.
 */

enum { MENTOR_STABLE_MAX_NODES = 1 << 20 /**< rows and columns together */, MENTOR_STABLE_MAX_CANDIDATES = 1 << 28 };

/** A row and a column that may be paired, and the rank each gives the other: 1 is the first choice, equal ranks are ties. */
struct mentor_stable_candidate {
	int32_t row, column;
	int32_t row_rank;    /**< the column's place in the row's list */
	int32_t column_rank; /**< the row's place in the column's list */
};

/** Who may be paired with whom, and whom they would rather have. Rows propose. */
struct mentor_stable_problem {
	int32_t n_rows, n_columns;
	const int32_t *row_places, *column_places; /**< places of each, 0 allowed; NULL: one place each */
	const int64_t *row_ids, *column_ids;	   /**< all different on each side; the lower id comes first among ties; NULL: 0, 1, 2 … */
	const struct mentor_stable_candidate *candidates; /**< each row/column pair at most once, in any order */
	int32_t n_candidates;
	const int32_t *pins; /**< candidates that must be in the result and take up a place on both sides; NULL when n_pins is 0 */
	int32_t n_pins;
	void *(*alloc)(size_t size); /**< NULL: malloc(). What it returns must suit free(). */
};

/** How one side fares: over all pairs, pins included. */
struct mentor_stable_ranks {
	int32_t n_first; /**< pairs with rank 1 */
	int32_t worst;	 /**< the largest rank, 0 without pairs */
	int64_t sum;	 /**< of the ranks; divided by the number of pairs, the mean rank */
};

/** What can be said about any matching. */
struct mentor_stable_figures {
	int64_t n_blocking; /**< row and column that are not paired with each other, though both would rather be: each has a place
			     * left or ranks the other strictly better than one of its partners who is no pin */
	struct mentor_stable_ranks rows, columns;
};

/** The pairs found. Free with mentor_stable_result_free(). */
struct mentor_stable_result {
	int32_t *pairs; /**< candidate indexes, ascending, pins included */
	int32_t n_pairs;
	struct mentor_stable_figures figures; /**< n_blocking is 0: counted, not assumed */
	void *memory;			      /**< the block that holds the pairs */
};

/** Finds pairs such that no row or column has more of them than places, every pin is kept, and no two who are not paired with
 * each other would both strictly rather be ("weakly stable"; see n_blocking).
 *
 * With ties every way to break them leads to a weakly stable matching, but to more or fewer pairs; the largest is NP-hard to find
 * (Iwama, Manlove, Miyazaki and Morita 1999). Here ties are broken so that at least two thirds of the most pairs possible (beyond
 * the pins) are found. Where nobody ties, the result is the one that every row likes best of all stable ones (Gale and Shapley
 * 1962; Roth 1984 for places on both sides), and all stable ones have the same number of pairs.
 *
 * What ties leave open goes to the lower id, so the result does not depend on the order of rows, columns or candidates as
 * long as ids go with them. Method: deferred acceptance with up to three proposals a candidate (Kiraly 2013; McDermid 2009; with
 * places on both sides Yokoi 2021). O(n + m) for n rows and columns and m candidates, times the places of a column at worst; about
 * 60 bytes a candidate and 60 a row or column, in two blocks. */
MENTOR_API enum mentor_status mentor_stable_solve(const struct mentor_stable_problem *problem, struct mentor_stable_result *ret_result);

/** Counts the blocking pairs and the ranks of any matching of the same candidates, however it was found, so that methods can be
 * compared. `pairs` are candidate indexes in any order, pins included; MENTOR_INVALID when one is listed twice, a pin is
 * missing or somebody has more pairs than places. O(n + m). */
MENTOR_API enum mentor_status mentor_stable_measure(const struct mentor_stable_problem *problem, const int32_t *pairs, int32_t n_pairs,
    struct mentor_stable_figures *ret_figures);

/** Frees what mentor_stable_solve() filled in and empties it. NULL and a zeroed result are fine. */
MENTOR_API void mentor_stable_result_free(struct mentor_stable_result *result);

enum {
	MENTOR_BLOSSOM_MAX_NODES = 1 << 16, /**< places (no more than candidates) of all people, and two for each pair of people with several */
	MENTOR_BLOSSOM_MAX_CANDIDATES = 1 << 26,
};
#define MENTOR_BLOSSOM_MAX_SCORE (INT64_C(1) << 36) /**< |score| of one candidate */

/** Two different people of one pool who may be paired. */
struct mentor_blossom_candidate {
	int32_t a, b;
	int64_t score; /**< may be negative: that never keeps a pair from being formed */
};

/** One pool: anyone may be paired with anyone. */
struct mentor_blossom_problem {
	int32_t n_people;
	const int32_t *places;				   /**< of each, 0 allowed; NULL: one place each */
	const int64_t *ids;				   /**< all different; NULL: 0, 1, 2 … */
	const struct mentor_blossom_candidate *candidates; /**< each two people at most once, in any order */
	int32_t n_candidates;
	const int32_t *pins; /**< candidates that must be in the result and take up a place of both; NULL when n_pins is 0 */
	int32_t n_pins;
	bool worst_first; /**< among the most pairs, first make the lowest score as high as it can be, then the total */
	/** NULL, or called now and then with the places looked at and all places, anew for each stage; false cancels. */
	bool (*progress)(void *data, int64_t done, int64_t total);
	void *progress_data;
	void *(*alloc)(size_t size); /**< NULL: malloc(). What it returns must suit free(). */
};

/** Prices of nodes and of odd sets of them, which together bound what any choice can be worth. For mentor_blossom_verify(). */
struct mentor_blossom_proof {
	int32_t n_nodes, n_sets;
	int64_t *prices;  /**< of nodes, then of sets */
	int32_t *parents; /**< the smallest set that a node or set lies in, always of a higher number, or -1 */
	void *memory;	  /**< the block that holds both */
};

/** The best choice. Free with mentor_blossom_result_free(). */
struct mentor_blossom_result {
	int32_t *pairs; /**< candidate indexes, ascending, pins included */
	int32_t n_pairs;
	int64_t total; /**< of their scores */
	int64_t worst; /**< the lowest score of a pair that is no pin; 0 without one */
	struct mentor_blossom_proof best;	 /**< that the total cannot be higher */
	struct mentor_blossom_proof most, above; /**< worst_first: that there cannot be more pairs, nor as many all above `worst` */
	void *memory;				 /**< the block that holds the pairs */
};

/** Chooses candidates so that nobody has more pairs than places, every pin is kept and, in this order,
 *   1. the number of pairs is the largest possible;
 *   2. with worst_first, the lowest score (pins aside) is the highest possible;
 *   3. the total score is the highest possible;
 *   4. the sum of the draws is the highest possible: each pair draws 0 to 255, made from its two ids alone.
 * Exact. What is still open then follows from the order of the ids: neither the order of people or candidates matters, nor which
 * of the two is named first, as long as ids go with them.
 *
 * Method: maximum-weight matching by the primal-dual blossom method (Edmonds 1965, Paths, trees, and flowers; Maximum matching
 * and a polyhedron with 0,1-vertices; Galil 1986 for its data structures) in whole numbers, objectives 1, 3 and 4 packed into one
 * weight. From each person a greedy start leaves over goes one search for the cheapest augmenting path. Several
 * places: a copy of the person for each; where both have several, the pair stands as two more nodes, so that it is used at most
 * once (Tutte 1954; Gerards 1995). Objective 2 by bisection over the scores, each step a matching of the most pairs.
 * O(n m log n + n^2 s) for n nodes, m candidates and s sets that form in one search, times the logarithm of m with worst_first.
 * Measured: 3,000 people and 1,000,000 candidates take 1 to 3 seconds with random, few-valued or planar scores and half a minute where
 * a few popular people make most choices nearly equal; 300 people with 3 places each and 4,000 candidates half a second. Many
 * places among many candidates are the slow case. About 60 bytes a candidate and 200 a node.
 *
 * MENTOR_INVALID also when range x (places / 2)^2 exceeds about 2^50, range being the highest less the lowest score.
 * MENTOR_FAILED: progress() returned false. */
MENTOR_API enum mentor_status mentor_blossom_solve(const struct mentor_blossom_problem *problem, struct mentor_blossom_result *ret_result);

/** Proves a result from its prices, trusting nothing in it: pairs allowed, pins kept, sums right, and by weak duality (no price
 * below zero, each candidate worth no more than the prices of its ends and of the odd sets that hold both) no choice better in
 * objectives 1 to 4. MENTOR_OK: proved. MENTOR_FOUND: not. Else as mentor_blossom_solve(). O(m) times the depth of sets. */
MENTOR_API enum mentor_status mentor_blossom_verify(const struct mentor_blossom_problem *problem, const struct mentor_blossom_result *result);

/** Frees what mentor_blossom_solve() filled in and empties it. NULL and a zeroed result are fine. */
MENTOR_API void mentor_blossom_result_free(struct mentor_blossom_result *result);

/* ---- add new sections above this line ---- */

#ifdef __cplusplus
}
#endif

#endif
