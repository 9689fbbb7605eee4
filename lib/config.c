/* config.c: the configuration file: a short YAML file with a person's own defaults. */
#include "keys.h"

#include <string.h>

static const char *const colors[] = { "auto", "always", "never", NULL };

/* What the file may hold. Nothing here changes what a script reads: formats and columns are not configured. */
static const struct key config_keys[] = {
	{ "db", KEY_TEXT, AT(mentor_config, db), .help = "the store" },
	{ "cohort", KEY_SLUG, AT(mentor_config, cohort), .help = "the cohort to work in" },
	{ "actor", KEY_TEXT, AT(mentor_config, actor), .help = "who decides, kept with every decision" },
	{ "lock_wait", KEY_INT, AT(mentor_config, lock_wait), .minimum = 0, .maximum = 86400, .help = "seconds to wait for another process" },
	{ "color", KEY_CHOICE, AT(mentor_config, color), .choices = colors, .help = "bold headings on a terminal" },
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

enum mentor_status mentor_config_read(struct mentor *m, const char *file, const char *text, size_t len, struct mentor_config *ret)
{
	struct arena memory = ARENA_INIT;
	struct mentor_config config = { 0 };
	const struct yml *root = NULL;
	problems_clear(m);
	enum mentor_status status = yml_parse(m, &memory, file, text, len, &root);
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
