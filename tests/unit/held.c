/* held.c (test): nothing of the schema is missing from the lists of what is held, and what the lists say works. */
#include "support.h"

#include "equality.h"
#include "equality_db.h"

#include <stdio.h>

/* Whether a list names the column. */
static bool lists(const struct held *list, const char *table, const char *column)
{
	for (const struct held *h = list; h->table; h++) {
		if (strcmp(h->table, table) != 0)
			continue;
		for (const char *p = h->columns; *p;) {
			p += strspn(p, " -~@");
			const size_t len = strcspn(p, " ");
			if (len == strlen(column) && strncmp(p, column, len) == 0)
				return true;
			p += len;
		}
	}
	return false;
}

static size_t count_columns(const struct held *list)
{
	size_t n = 0;
	for (const struct held *h = list; h->table; h++)
		for (const char *p = h->columns + strspn(h->columns, " "); *p; p += strcspn(p, " "), p += strspn(p, " "))
			n++;
	return n;
}

static void check_column(void *arg, const struct db_column *column)
{
	size_t *n = arg;
	++*n;
	if (!lists(held_tables, column->table, column->name) && !lists(equality_held, column->table, column->name))
		print_error("lib/held.c does not say what becomes of %s.%s: add it to the columns of the table (lib/held.h says how)\n", column->table,
		    column->name);
}

static void every_column_of_the_schema_is_classified(void **state)
{
	struct mentor *m = support_store();
	size_t n = 0;
	(void)state;
	assert_int_equal(db_columns(m, check_column, &n), MENTOR_OK);
	assert_true(n > 100);
	/* as many as there are: with each column of the schema found, none is in a list that the schema does not have */
	assert_int_equal(count_columns(held_tables) + count_columns(equality_held), n);
	mentor_free(m);
}

static enum mentor_status ignore_value(void *arg, const struct held_value *value)
{
	(void)arg;
	(void)value;
	return MENTOR_OK;
}

static enum mentor_status ignore_erased(void *arg, const char *title, const char *change, int64_t rows)
{
	(void)arg;
	(void)title;
	(void)change;
	(void)rows;
	return MENTOR_OK;
}

/* Each statement is understood, by itself, and what is told has a heading and something to tell. */
static void every_row_of_the_lists_works(void **state)
{
	struct mentor *m = support_cohort();
	const struct held *const all[] = { held_tables, equality_held };
	(void)state;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	db_equality(m, true);
	for (size_t l = 0; l < 2; l++)
		for (const struct held *h = all[l]; h->table; h++) {
			const struct held one[] = { *h, { 0 } };
			int64_t n = 0;
			assert_true((h->erase != NULL) == (h->change != NULL));
			assert_true(!h->shown || h->title);
			if (held_walk(m, one, 1, NULL, ignore_value, NULL) || held_erase(m, one, 1, ignore_erased, NULL) ||
			    held_count(m, one, h->kept, 1, &n) || held_remove(m, one, h->kept, 1))
				fail_msg("%s: %s", h->table, mentor_error(m)->message);
		}
	db_equality(m, false);
	mentor_free(m);
}

/* What refers to a table without taking itself away with it comes before that table. */
static void what_is_removed_goes_before_what_it_refers_to(void **state)
{
	struct mentor *m = support_store();
	struct db_rows *rows = NULL;
	bool more = true;
	(void)state;
	assert_int_equal(db_query(m, "SELECT s.name, f.\"table\" FROM sqlite_schema s, pragma_foreign_key_list(s.name) f WHERE s.type = 'table' "
				     "AND f.on_delete = 'NO ACTION' AND f.\"table\" <> s.name AND f.\"table\" IN ('person', 'enrolment', 'pair', 'session')", DB_NO_ARGS, &rows), MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more) {
		const char *from = db_text(rows, 0), *to = db_text(rows, 1);
		size_t child = 0, parent = 0, i = 0;
		if (strncmp(from, "equality_", 9) == 0) /* erased before everything else */
			continue;
		for (const struct held *h = held_tables; h->table; h++, i++) {
			child = strcmp(h->table, from) == 0 && (h->erase || h->due) && !child ? i + 1 : child;
			parent = strcmp(h->table, to) == 0 && *h->columns ? i + 1 : parent;
		}
		if (!child || !parent || child > parent)
			fail_msg("in lib/held.c, %s has to come before %s", from, to);
	}
	db_done(rows);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_of_the_schema_is_classified),
		cmocka_unit_test(every_row_of_the_lists_works),
		cmocka_unit_test(what_is_removed_goes_before_what_it_refers_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
