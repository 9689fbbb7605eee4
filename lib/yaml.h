/* yaml.h: a strict reading of YAML with positions. yaml.c is the only file that includes libyaml's header.
 * The prefix is yml_ because libyaml owns yaml_.
 *
 * Settled traps: anchors, aliases, tags, directives and merge keys (`<<`) are refused, so are duplicate keys, more than one document,
 * depth beyond 16, more than 1 MiB, more than 100,000 nodes, keys that are not plain or quoted scalars, invalid UTF-8, NUL and other control
 * characters ("\0" and "\e" escapes included; LF and TAB are fine). Typing is the schema's business: a
 * scalar carries its text and whether it was quoted; nothing here reads NO as false or 012 as ten. */
#ifndef MENTOR_YAML_H
#define MENTOR_YAML_H

#include "arena.h"
#include "mentor.h"

enum yml_kind { YML_SCALAR, YML_LIST, YML_MAP };

struct yml {
	enum yml_kind kind;
	long line, column;	/* from 1; column in characters */
	const char *text;	/* scalar: its text, never NULL; "" for an empty plain scalar */
	bool quoted;		/* scalar: single, double, literal or folded style */
	const char *key;	/* inside a map: this entry's key, else NULL */
	long key_line, key_column;
	struct yml *first, *next; /* children in input order; next sibling */
	size_t n;		  /* number of children */
};

/** Parses `text` into a tree that lives in `arena`. On failure one problem with line and column is in the context (MENTOR_INVALID). */
enum mentor_status yml_parse(struct mentor *m, struct arena *arena, const char *file, const char *text, size_t len,
    const struct yml **ret_root);

/** The entry `key` of map `y`, or NULL. */
const struct yml *yml_get(const struct yml *y, const char *key);

/** Appends `text` as a YAML scalar that reads back as the same text: plain when safe (not empty, not one of the YAML 1.1 words such as
 * no, off, null, ~, not number-like or date-like, no indicator, no leading or trailing blank), else double-quoted. */
void yml_write_scalar(struct mentor_buf *b, const char *text);

#endif
