/* yaml.c: fuzz target: any bytes make a well-formed tree or are refused with a place, and every text can be written and read
 * again. */
#include "yaml.h"

#include "mentor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_DEPTH = 16, ROOM = 256 * 1024 };

static void require(bool truth)
{
	if (!truth)
		abort();
}

static bool is_text(const char *text)
{
	return text && mentor_utf8_valid(text, strlen(text), NULL);
}

/* Checks a tree and writes each of its texts as an item of a list. */
static void walk(const struct yml *y, int depth, struct mentor_buf *b)
{
	size_t n = 0;
	require(y->line >= 1 && y->column >= 1);
	if (y->kind == YML_SCALAR) {
		require(is_text(y->text) && !y->first && y->n == 0);
		mentor_buf_str(b, "- ");
		yml_write_scalar(b, y->text);
		mentor_buf_char(b, '\n');
		return;
	}
	require(depth <= MAX_DEPTH && !y->text);
	for (const struct yml *child = y->first; child; child = child->next, n++) {
		require((y->kind == YML_MAP) == (child->key != NULL));
		if (child->key) {
			require(is_text(child->key) && child->key_line >= 1 && child->key_column >= 1);
			require(yml_get(y, child->key) == child || y->n > 1000);
		}
		walk(child, depth + 1, b);
	}
	require(y->n == n);
}

/* Parses and writes the texts to `b`; false when the input was refused. */
static bool parse(struct mentor *m, const uint8_t *data, size_t size, struct mentor_buf *b)
{
	struct arena arena = ARENA_INIT;
	const struct yml *root = NULL;
	enum mentor_status status = yml_parse(m, &arena, "fuzz.yaml", (const char *)data, size, &root);
	if (status) {
		const struct mentor_error *e = mentor_error(m);
		require(status == MENTOR_INVALID && !root && e->message && e->message[0] && e->place.file);
		require(e->place.line >= 1 && e->place.column >= 1);
	} else {
		require(root != NULL);
		walk(root, 1, b);
	}
	arena_free(&arena);
	return !status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor *m = mentor_new();
	struct mentor_buf once = MENTOR_BUF_INIT;
	struct mentor_buf twice = MENTOR_BUF_INIT;
	require(m != NULL);
	if (parse(m, data, size, &once) && once.len > 0 && once.len < ROOM) {
		require(parse(m, (const uint8_t *)once.data, once.len, &twice));
		require(strcmp(once.data, twice.data) == 0);
	}
	mentor_buf_free(&once);
	mentor_buf_free(&twice);
	mentor_free(m);
	return 0;
}
