/* definition.c: fuzz target: any bytes as a programme file and as a configuration: checked without harm, every refusal with a reason. */
#include "mentor.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void refused_with_reason(struct mentor *m, enum mentor_status status)
{
	const struct mentor_error *e = mentor_error(m);
	if (status != MENTOR_OK && (!e->message || (e->n_problems && !e->problems[0].message)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor *m = mentor_new();
	struct mentor_config config;
	const struct mentor_file file = { .name = "fuzz.yaml", .text = (const char *)data, .len = size };
	if (!m)
		return 0;
	refused_with_reason(m, mentor_programme_check(m, &file, 1));
	refused_with_reason(m, mentor_config_read(m, "fuzz.yaml", (const char *)data, size, &config));
	mentor_free(m);
	return 0;
}
