/* csv.c: fuzz target: any bytes are read as CSV or refused with a place, and what was read can be written and read again. */
#include "csv.h"

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

/* A refusal names the file, and a line within it. */
static void check_error(const struct mentor *m, const uint8_t *data, size_t size)
{
	const struct mentor_error *e = mentor_error(m);
	long lines = 1;
	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	require(e->status == MENTOR_INVALID && e->message && e->message[0] && e->place.file);
	require(e->place.line >= 1 && e->place.line <= lines && e->place.column >= 0 && e->place.row >= 0);
}

static void write_record(const struct csv *c, struct mentor_buf *b)
{
	for (size_t i = 0; i < c->n_cells; i++) {
		require(mentor_utf8_valid(c->cells[i], strlen(c->cells[i]), NULL));
		if (i > 0)
			mentor_buf_char(b, ';');
		/* A lone empty cell would be an empty line. */
		mentor_buf_str(b, c->n_cells == 1 && !c->cells[i][0] ? "\"\"" : "");
		mentor_buf_csv(b, c->cells[i], ';', false);
	}
	mentor_buf_char(b, '\n');
}

/* Reads all and writes it to `b`; false when something was refused. */
static bool read_all(struct mentor *m, const uint8_t *data, size_t size, char delimiter, struct mentor_buf *b)
{
	struct csv c;
	enum mentor_status status = csv_open(&c, m, "fuzz.csv", (const char *)data, size, delimiter);
	mentor_buf_str(b, "\xEF\xBB\xBF");
	bool good = !status;
	if (status)
		check_error(m, data, size);
	for (bool more = good; more;) {
		write_record(&c, b);
		long line = c.line;
		status = csv_next(&c, &more);
		require(!more || c.line > line);
		if (status)
			check_error(m, data, size);
		else
			require(!more || c.n_cells == c.n_headings);
		good = good && !status;
	}
	require(!good || csv_find(&c, c.headings[0], 1) == 0);
	csv_close(&c);
	return good;
}

/* Headings that, written again behind the byte-order mark, are Excel's line about the delimiter or the beginning of a web page. */
static bool begins_specially(const char *text)
{
	text += 3;
	text += *text == '"';
	return strncmp(text, "sep=", 4) == 0 || *text == '<';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mentor *m = mentor_new();
	struct mentor_buf once = MENTOR_BUF_INIT;
	struct mentor_buf twice = MENTOR_BUF_INIT;
	require(m != NULL);
	if (read_all(m, data, size, '\0', &once) && !begins_specially(once.data)) {
		require(read_all(m, (const uint8_t *)once.data, once.len, ';', &twice));
		require(strcmp(once.data, twice.data) == 0);
	}
	mentor_buf_free(&once);
	mentor_buf_free(&twice);
	mentor_free(m);
	return 0;
}
