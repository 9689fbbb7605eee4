/* completion.c: mentor completion SHELL, and the page filter that `make sync-docs` uses. */
#include "dump.h"
#include "nouns.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	void (*write)(struct mentor_buf *b);
} shells[] = { { "bash", dump_bash }, { "zsh", dump_zsh }, { "fish", dump_fish } };

/* "man" is left out of the help: it filters a manual page from standard input, for the build. */
static enum mentor_status filter_page(struct run *run, struct mentor_buf *b)
{
	char *page = NULL;
	size_t len = 0;
	const char *wrong = NULL;
	enum mentor_status status = read_file(run, "-", 1 << 20, &page, &len);
	if (!status)
		dump_man(b, page, &wrong);
	if (!status && wrong)
		status = mentor_fail(run->m, MENTOR_INVALID, NULL, "unknown block: %s", mentor_keep(run->m, wrong));
	free(page);
	return status;
}

static enum mentor_status completion_run(struct run *run)
{
	const char *shell = operand(run, 0);
	struct mentor_buf b = MENTOR_BUF_INIT;
	bool man = strcmp(shell, "man") == 0;
	enum mentor_status status = man ? filter_page(run, &b) : MENTOR_OK;
	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++)
		if (strcmp(shells[i].name, shell) == 0)
			shells[i].write(&b);
	if (!status && b.failed)
		status = mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	if (!status && b.len == 0)
		status = mentor_fail(run->m, MENTOR_NOT_FOUND, "there are: bash, zsh, fish", "there is no completion for '%s'", shell);
	if (!status)
		out_text(run->out, shell, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return status;
}

static const struct operand operands[] = { { "SHELL", false, false, "shell", "bash, zsh or fish" }, { 0 } };

const struct command noun_completion = { .name = "completion", .summary = "print the completion script of a shell", .flags = CMD_RAW,
	.operands = operands, .run = completion_run };
