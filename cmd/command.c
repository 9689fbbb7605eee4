/* command.c: the small things commands share: operands, document names, files. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *operand(const struct run *run, size_t i)
{
	return i < run->n_operands ? run->operands[i] : NULL;
}

void command_document(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	if (noun)
		mentor_buf_fmt(b, "%s.", noun->name);
	mentor_buf_str(b, command->name);
}

static enum mentor_status cannot_read(struct run *run, const char *path)
{
	enum mentor_status status = errno == ENOENT ? MENTOR_NOT_FOUND : MENTOR_FAILED;
	const char *hint = errno == ENOENT ? "is the name right, and the folder? The command ls shows what is there" : NULL;
	return mentor_fail(run->m, status, hint, "cannot read %s: %s", path, strerror(errno));
}

static enum mentor_status read_all(struct run *run, int fd, const char *path, size_t most, struct mentor_buf *b)
{
	char block[1 << 16];
	for (;;) {
		ssize_t n = read(fd, block, sizeof(block));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_read(run, path);
		if (n == 0)
			break;
		mentor_buf_add(b, block, (size_t)n);
		if (b->failed) /* its length no longer grows, and standard input may have no end */
			break;
		if (b->len > most)
			return mentor_fail(run->m, MENTOR_INVALID, "split it, and give one part after the other", "%s is larger than %zu MB", path, most >> 20);
	}
	mentor_buf_add(b, "", 0);
	return b->failed ? mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory for %s", path) : MENTOR_OK;
}

enum mentor_status read_file(struct run *run, const char *path, size_t most, char **ret_text, size_t *ret_len)
{
	bool standard = strcmp(path, "-") == 0;
	struct stat st;
	if (standard && isatty(STDIN_FILENO))
		return mentor_fail(run->m, MENTOR_USAGE, "redirect a file into it", "standard input is a terminal");
	/* O_NONBLOCK: a named pipe without a writer must not hang us */
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return cannot_read(run, path);
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	if (!standard && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		status = mentor_fail(run->m, MENTOR_INVALID, S_ISDIR(st.st_mode) ? "name a file in it" : "give - and pipe it in", "%s is not a file", path);
	if (!status)
		status = read_all(run, fd, path, most, &b);
	if (!standard)
		close(fd);
	if (!status && !b.data)
		b.data = strdup("");
	if (status || !b.data) {
		mentor_buf_free(&b);
		return status ? status : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	}
	*ret_text = b.data;
	*ret_len = b.len;
	return MENTOR_OK;
}

enum mentor_status read_delimiter(struct run *run, const char *text, char *ret)
{
	if (!text)
		return MENTOR_OK;
	if (strcmp(text, "tab") == 0)
		*ret = '\t';
	else if (strlen(text) == 1 && strchr(",;|\t", *text))
		*ret = *text;
	else
		return mentor_fail(run->m, MENTOR_USAGE, NULL, "--delimiter: '%s' is not , ; | or tab", text);
	return MENTOR_OK;
}

const char *setting(const char *option, const char *variable, const char *configured, const char **ret_origin)
{
	const char *env = getenv(variable);
	const char *origin = "default", *ignored = NULL;
	ret_origin = ret_origin ? ret_origin : &ignored;
	const char *value = option ? option : env && *env ? env : configured;
	if (value)
		origin = value == option ? "option" : value == configured ? "configuration" : "environment";
	*ret_origin = origin;
	return value;
}

enum mentor_status find_cohort(struct run *run, const char *named, int64_t *ret_id)
{
	if (!named)
		named = setting(run->globals.cohort, "MENTOR_COHORT", run->config.cohort, NULL);
	return named ? mentor_record_find(run->m, &mentor_entity_cohort, named, ret_id)
		     : mentor_cohort_only(run->m, ret_id);
}

enum mentor_status find_cohorts(struct run *run, const char *const *names, size_t n, int64_t *ids)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++) {
		status = find_cohort(run, names[i], &ids[i]);
		for (size_t j = 0; !status && j < i; j++)
			if (ids[j] == ids[i])
				status = mentor_fail(run->m, MENTOR_USAGE, "name each cohort once", "the cohort '%s' is named twice", names[i]);
	}
	return status;
}

static enum mentor_status find_listed(struct run *run, char *list, const char **names, int64_t *ids, size_t *ret_n)
{
	size_t n = 0;
	for (char *name = list, *next = NULL; name; name = next) {
		next = strchr(name, ',');
		if (next)
			*next++ = '\0';
		name += strspn(name, " ");
		if (!*name)
			return mentor_fail(run->m, MENTOR_USAGE, "write short names with commas between, such as spring,autumn", "--across: the name of a cohort is missing");
		names[n++] = name;
	}
	if (n < 2)
		return mentor_fail(run->m, MENTOR_USAGE, "name them with commas between; of one cohort by itself: --cohort",
		    "--across: one cohort is not several, and two cohorts or more are wanted");
	*ret_n = n;
	return find_cohorts(run, names, n, ids);
}

enum mentor_status find_across(struct run *run, const char *list, int64_t **ret_ids, size_t *ret_n)
{
	const size_t most = strlen(list) + 1;
	char *copy = strdup(list);
	const char **names = calloc(most, sizeof(*names));
	int64_t *ids = calloc(most, sizeof(*ids));
	enum mentor_status status =
	    copy && names && ids ? find_listed(run, copy, names, ids, ret_n) : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	free(copy);
	free(names);
	*ret_ids = status ? NULL : ids;
	if (status)
		free(ids);
	return status;
}
