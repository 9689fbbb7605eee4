/* definition.c: fuzz target: any bytes as a programme file and as a configuration: checked without harm, every refusal with a reason; what
 * is good comes back from writing it as YAML as it was. */
#include "definition.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void refused_with_reason(struct mentor *m, enum mentor_status status)
{
	const struct mentor_error *e = mentor_error(m);
	if (status != MENTOR_OK && (!e->message || (e->n_problems && !e->problems[0].message)))
		abort();
}

static enum mentor_status differs(void *arg, const struct keys_change *change)
{
	(void)arg;
	(void)change;
	abort();
}

static void write_and_read_again(struct mentor *m, const char *text, size_t size)
{
	struct definition *d = NULL, *again = NULL;
	struct mentor_buf yaml = MENTOR_BUF_INIT;
	if (definition_load(m, "fuzz.yaml", text, size, &d))
		return;
	keys_write_yaml(&yaml, definition_keys, d);
	bool fits = yaml.len < 1 << 20; /* written out it may be more than is read */
	if (fits && definition_load(m, "again.yaml", mentor_buf_text(&yaml), yaml.len, &again))
		abort();
	if (fits)
		keys_diff(m, definition_keys, d, again, differs, NULL);
	mentor_buf_free(&yaml);
	definition_free(d);
	definition_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor *m = mentor_new();
	struct mentor_config config;
	const struct mentor_file file = { .name = "fuzz.yaml", .text = (const char *)data, .len = size };
	if (!m)
		return 0;
	const struct mentor_file twice[] = { file, file };
	enum mentor_status status = mentor_programme_check(m, &file, 1);
	refused_with_reason(m, status);
	if (mentor_programme_check(m, twice, 2) != status && mentor_error(m)->status != MENTOR_NO_MEMORY)
		abort(); /* what was good alone is good beside another, and what was not is not */
	refused_with_reason(m, mentor_error(m)->status);
	write_and_read_again(m, (const char *)data, size);
	refused_with_reason(m, mentor_config_read(m, "fuzz.yaml", (const char *)data, size, &config));
	mentor_free(m);
	return 0;
}
