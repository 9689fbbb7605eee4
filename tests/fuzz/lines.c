/* lines.c: fuzz target: any bytes are the lines of a store, which is then sound and prints the same lines, or are refused with the line, and store nothing. */
#include "mentor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth)
		abort();
}

/* The lines of the open store. */
static void print(struct mentor *m, struct mentor_buf *b)
{
	require(mentor_store_lines(m, b) == MENTOR_OK);
}

static struct mentor *empty_store(void)
{
	struct mentor *m = mentor_new();
	require(m && mentor_set_now(m, "2026-03-02") == MENTOR_OK);
	require(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0) == MENTOR_OK);
	return m;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor_buf before = MENTOR_BUF_INIT, after = MENTOR_BUF_INIT, again = MENTOR_BUF_INIT;
	struct mentor *m = empty_store();
	print(m, &before);
	enum mentor_status status = mentor_store_from_lines(m, "fuzz.jsonl", (const char *)data, size);
	if (status == MENTOR_OK) {
		struct mentor *other = empty_store();
		print(m, &after);
		require(mentor_store_from_lines(other, "again.jsonl", mentor_buf_text(&after), after.len) == MENTOR_OK);
		print(other, &again);
		require(strcmp(mentor_buf_text(&after), mentor_buf_text(&again)) == 0);
		mentor_free(other);
	} else {
		require(status == MENTOR_INVALID || status == MENTOR_REFUSED || status == MENTOR_TOO_NEW || status == MENTOR_FOUND);
		require(mentor_error(m)->message && mentor_error(m)->message[0]);
		print(m, &after);
		require(strcmp(mentor_buf_text(&before), mentor_buf_text(&after)) == 0);
	}
	mentor_buf_free(&before);
	mentor_buf_free(&after);
	mentor_buf_free(&again);
	mentor_free(m);
	return 0;
}
