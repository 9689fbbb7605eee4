/* config.c: the configuration file: a short YAML file with a person's own defaults. */
#include "keys.h"

#include <string.h>

static const char *const colors[] = { "auto", "always", "never", NULL };

/* What the file may hold. Nothing here changes what a script reads, formats and columns are not configured; but of two thresholds the stricter one holds. */
static const struct key config_keys[] = {
	{ "db", KEY_TEXT, AT(mentor_config, db), .help = "the store" },
	{ "cohort", KEY_SLUG, AT(mentor_config, cohort), .help = "the cohort to work in" },
	{ "actor", KEY_TEXT, AT(mentor_config, actor), .help = "who decides, kept with every decision" },
	{ "lock_wait", KEY_INT, AT(mentor_config, lock_wait), .minimum = 0, .maximum = 86400, .help = "seconds to wait for another process" },
	{ "color", KEY_CHOICE, AT(mentor_config, color), .choices = colors, .help = "bold headings on a terminal" },
	{ "min_cell", KEY_INT, AT(mentor_config, min_cell), .minimum = 3, .maximum = 100, .help = "figures of fewer people are withheld, also where the programme's privacy.min_cell is lower" },
	{ "pager", KEY_TEXT, AT(mentor_config, pager), .help = "program that shows long tables on a terminal" },
	{ 0 },
};

static enum mentor_status keep_texts(struct mentor *m, struct mentor_config *c)
{
	const char **texts[] = { &c->db, &c->cohort, &c->actor, &c->pager };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *kept = mentor_keep(m, *texts[i]);
		if (*texts[i] && !kept)
			return MENTOR_NO_MEMORY;
		*texts[i] = kept;
	}
	return MENTOR_OK;
}

/* A file without a key, such as one that is all comments, sets nothing; to YAML it is no map. */
static bool says_nothing(const char *text, size_t len)
{
	bool comment = false;
	for (size_t i = 0; i < len; i++) {
		comment = text[i] != '\n' && (comment || text[i] == '#');
		if (!comment && (!text[i] || !strchr(" \t\r\n", text[i])))
			return false;
	}
	return true;
}

enum mentor_status mentor_config_read(struct mentor *m, const char *file, const char *text, size_t len, struct mentor_config *ret)
{
	static const char nothing[] = "{}\n";
	bool empty = says_nothing(text, len);
	struct arena memory = ARENA_INIT;
	struct mentor_config config = { 0 };
	const struct yml *root = NULL;
	problems_clear(m);
	enum mentor_status status = yml_parse(m, &memory, file, empty ? nothing : text, empty ? sizeof(nothing) - 1 : len, &root);
	if (!status) {
		struct reader r = { .m = m, .arena = &memory, .file = file, .root = root };
		keys_read(&r, root, config_keys, &config);
		status = r.path.failed || memory.failed ? fail_memory(m) : problems_result(m, file);
		mentor_buf_free(&r.path);
	}
	if (!status)
		status = keep_texts(m, &config);
	arena_free(&memory);
	if (!status)
		*ret = config;
	return status;
}

enum mentor_status mentor_config_keys(struct mentor *m, enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg)
{
	return keys_walk(m, config_keys, "", each, arg);
}

/* ---- changing it ---- */

static const struct key *find_key(const char *name)
{
	const struct key *key = config_keys;
	while (key->name && strcmp(key->name, name) != 0)
		key++;
	return key->name ? key : NULL;
}

static enum mentor_status no_key(struct mentor *m, const char *name)
{
	const char *names[sizeof(config_keys) / sizeof(*config_keys)] = { NULL };
	for (size_t i = 0; config_keys[i].name; i++)
		names[i] = config_keys[i].name;
	const char *near = mentor_nearest(name, names);
	return near ? fail(m, MENTOR_NOT_FOUND, NULL, "there is no key '%s': did you mean '%s'?", name, near) :
		      fail(m, MENTOR_NOT_FOUND, "mentor config list shows them all", "there is no key '%s'", name);
}

/* Numbers stand as they are; what is none becomes a text, and reading it again says so. */
static void write_line(struct mentor_buf *b, const struct key *key, const char *value)
{
	mentor_buf_fmt(b, "%s: ", key->name);
	if (key->type == KEY_INT && value[strspn(value, "0123456789")] == '\0')
		mentor_buf_str(b, value);
	else
		yml_write_scalar(b, value);
	mentor_buf_char(b, '\n');
}

/* The line of a key, and what goes on below it further in. */
static bool is_line_of(const char *line, const char *key)
{
	size_t len = strlen(key);
	return strncmp(line, key, len) == 0 && line[len + strspn(line + len, " ")] == ':';
}

static void write_file(struct mentor_buf *b, const char *text, const struct key *key, const char *value)
{
	bool inside = false, written = !value;
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		bool more = line[len] == '\n';
		inside = is_line_of(line, key->name) || (inside && (*line == ' ' || *line == '\t'));
		if (inside && !written)
			write_line(b, key, value);
		else if (!inside)
			mentor_buf_fmt(b, "%.*s\n", (int)len, line);
		written = written || inside;
		line += len + more;
	}
	if (!written)
		write_line(b, key, value);
}

enum mentor_status mentor_config_set(
    struct mentor *m, const char *file, const char *text, size_t len, const char *key, const char *value, struct mentor_buf *b)
{
	const struct key *known = find_key(key);
	struct mentor_buf changed = MENTOR_BUF_INIT;
	struct mentor_config unused;
	if (!known)
		return no_key(m, key);
	enum mentor_status status = mentor_config_read(m, file, text, len, &unused);
	if (!status)
		write_file(&changed, text, known, value);
	if (!status)
		status = changed.failed ? fail_memory(m) : mentor_config_read(m, file, mentor_buf_text(&changed), changed.len, &unused);
	if (!status)
		mentor_buf_str(b, mentor_buf_text(&changed));
	mentor_buf_free(&changed);
	return status ? status : b->failed ? fail_memory(m) : MENTOR_OK;
}
