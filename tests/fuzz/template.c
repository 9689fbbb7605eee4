/* template.c: fuzz target: any text falls into pieces that together are the text, and is filled in with whatever words stand for. */
#include "template.h"

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

static enum mentor_status value(void *arg, const struct template_word *word, struct mentor_buf *b)
{
	++*(int *)arg;
	mentor_buf_str(b, word->name);
	return MENTOR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor_buf filled = MENTOR_BUF_INIT;
	struct template_piece piece;
	char *text = malloc(size + 1);
	int asked = 0, words = 0;
	if (!text)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	const char *at = text, *end = text;
	while (template_next(&at, &piece)) {
		const size_t braces = piece.kind == TEMPLATE_WORD || piece.kind == TEMPLATE_UNKNOWN;
		require(piece.text == end + braces && piece.len + braces > 0);
		require((piece.kind == TEMPLATE_WORD) == (piece.word != NULL));
		words += piece.kind == TEMPLATE_WORD;
		end = piece.text + piece.len + braces;
		require(at == end);
	}
	require(!*end);
	template_subjects(text);
	require(template_fill(&filled, text, value, &asked) == MENTOR_OK && (filled.failed || asked == words));
	template_sign(&filled, text, "Programme team", "team@example.org");
	mentor_buf_free(&filled);
	free(text);
	return 0;
}
