/* bulk.c: one statement for many rows. */
#include "bulk.h"

#include <string.h>

/* Writing the statement costs as much as running it: it is written again only for another number of rows. */
static void write_sql(struct bulk *b)
{
	size_t before = b->before ? 1 : 0;
	if (b->sql_n == b->n)
		return;
	mentor_buf_clear(&b->sql);
	mentor_buf_str(&b->sql, b->head);
	for (size_t i = before; i < b->n; i++) {
		size_t column = (i - before) % b->columns;
		const char *open = b->columns > 1 && column == 0 ? "(" : "", *close = b->columns > 1 && column + 1 == b->columns ? ")" : "";
		mentor_buf_fmt(&b->sql, "%s%s$%zu%s", i > before ? ", " : "", open, i + 1, close);
	}
	mentor_buf_str(&b->sql, b->tail);
	b->sql_n = b->n;
}

enum mentor_status bulk_query(struct mentor *m, const char *sql, const struct db_value *values, size_t n,
    enum mentor_status (*each)(void *arg, const struct db_rows *rows), void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, sql, values, n, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		status = each ? each(arg, rows) : MENTOR_OK;
		if (!status)
			status = db_whole(rows);
	}
	db_done(rows);
	return status;
}

static enum mentor_status run(struct bulk *b)
{
	write_sql(b);
	enum mentor_status status = b->sql.failed ? fail_memory(b->m) : bulk_query(b->m, mentor_buf_text(&b->sql), b->values, b->n, b->each, b->arg);
	b->n = 0;
	return status;
}

enum mentor_status bulk_row(struct bulk *b, const struct db_value *row)
{
	size_t before = b->before ? 1 : 0;
	if (b->n == 0 && before)
		b->values[b->n++] = *b->before;
	memcpy(b->values + b->n, row, b->columns * sizeof(*row));
	b->n += b->columns;
	return b->n + b->columns > before + BULK_VALUES ? run(b) : MENTOR_OK;
}

enum mentor_status bulk_end(struct bulk *b, enum mentor_status status)
{
	if (!status && b->n)
		status = run(b);
	mentor_buf_free(&b->sql);
	return status;
}
