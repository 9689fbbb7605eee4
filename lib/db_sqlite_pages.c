/* db_sqlite_pages.c: a sum in every page of the file. SQLite sees when the structure of a page is broken, but not that a letter came back from the disk
 * as another one. The last bytes of a page, which SQLite leaves to others when it is told to (file format, offset 20 of the header), hold a
 * keyed sum (SipHash-2-4) of the rest and of the place of the page, so that pages that changed places show as well. Pages that another
 * program wrote do not have the right one: they are not as this program wrote them, which is what is said of them. */
#include "db_sqlite_pages.h"

#include "hash.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SUM = sizeof(uint64_t),
	/* of the header: https://www.sqlite.org/fileformat2.html */
	PAGE_SIZE_AT = 16, RESERVED_AT = 20, PAGES_AT = 28, HEADER = 100,
	SMALLEST_PAGE = 512,
	MOST_FOUND = 20,
};
/* The page with the bytes that are locked is never written. */
#define LOCKED_AT INT64_C(0x40000000)

static sqlite3_file *file_of(sqlite3 *db)
{
	sqlite3_file *file = NULL;
	sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	return file && file->pMethods ? file : NULL;
}

static struct pages *pages_of(sqlite3_file *file)
{
	return ((const struct pages *)(const void *)file->pMethods)->self;
}

static uint64_t sum_of(const unsigned char *page, int size, int64_t at)
{
	return hash_short((uint64_t)at, page, (size_t)size - SUM);
}

/* Some file of this process is PAGES_DOUBTED or PAGES_BROKEN: nearly never, and so cheap to ask after every step. */
static atomic_bool in_doubt;

static bool is_as_written(const unsigned char *page, int size, int64_t at)
{
	uint64_t sum = 0;
	memcpy(&sum, page + size - SUM, SUM);
	return sum == sum_of(page, size, at);
}

static void doubt(struct pages *p)
{
	if (p->state != PAGES_TRUSTED)
		return;
	p->state = PAGES_DOUBTED;
	atomic_store(&in_doubt, true);
}

/* Another process may have written the file anew, with room for sums: the first page, which says so, is read again then. */
static int read_file(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
	struct pages *p = pages_of(file);
	int rc = p->own->xRead(file, to, size, at);
	if (rc == SQLITE_OK && at == 0 && size > RESERVED_AT)
		p->summed = ((const unsigned char *)to)[RESERVED_AT] == SUM;
	if (rc == SQLITE_OK && p->summed && size >= SMALLEST_PAGE && !is_as_written(to, size, at))
		doubt(p);
	return rc;
}

static int write_file(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	struct pages *p = pages_of(file);
	if (at == 0 && size > RESERVED_AT)
		p->summed = ((const unsigned char *)from)[RESERVED_AT] == SUM;
	if (!p->summed || size < SMALLEST_PAGE)
		return p->own->xWrite(file, from, size, at);
	unsigned char *copy = size <= p->copy_size ? p->copy : realloc(p->copy, (size_t)size);
	if (!copy)
		return SQLITE_IOERR_NOMEM;
	p->copy = copy;
	p->copy_size = size > p->copy_size ? size : p->copy_size;
	uint64_t sum = sum_of(from, size, at);
	memcpy(copy, from, (size_t)size - SUM);
	memcpy(copy + size - SUM, &sum, SUM);
	return p->own->xWrite(file, copy, size, at);
}

int pages_watch(struct pages *p, sqlite3 *db)
{
	int room = SUM;
	sqlite3_file *file = file_of(db);
	if (!file)
		return SQLITE_OK;
	*p = (struct pages){ .methods = *file->pMethods, .own = file->pMethods, .self = p };
	p->methods.xRead = read_file;
	p->methods.xWrite = write_file;
	file->pMethods = &p->methods;
	return sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
}

void pages_leave(struct pages *p, sqlite3 *db)
{
	sqlite3_file *file = db && p->own ? file_of(db) : NULL;
	if (file)
		file->pMethods = p->own;
	free(p->copy);
	*p = (struct pages){ .own = NULL };
}

int pages_sound(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
	if (rc == SQLITE_ROW)
		rc = !text ? SQLITE_NOMEM : strcmp(text, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
	sqlite3_finalize(stmt);
	return rc;
}

int pages_settle(sqlite3 *db)
{
	sqlite3_file *file = atomic_load(&in_doubt) ? file_of(db) : NULL;
	struct pages *p = file ? pages_of(file) : NULL;
	if (!p || p->state == PAGES_TRUSTED || p->state == PAGES_LOOKED_AT)
		return SQLITE_OK;
	if (p->state == PAGES_BROKEN)
		return SQLITE_CORRUPT;
	int rc = pages_sound(db);
	if (rc == SQLITE_OK || rc == SQLITE_CORRUPT)
		p->state = rc == SQLITE_OK ? PAGES_LOOKED_AT : PAGES_BROKEN;
	return rc;
}

/* ---- checking ---- */

static int64_t big_endian(const unsigned char *bytes, size_t n)
{
	int64_t number = 0;
	for (size_t i = 0; i < n; i++)
		number = number << 8 | bytes[i];
	return number;
}

static int check_page(sqlite3_file *file, unsigned char *page, int size, int64_t number, bool *ret_same)
{
	const int64_t at = (number - 1) * size;
	*ret_same = true;
	if (at == LOCKED_AT)
		return SQLITE_OK;
	int rc = file->pMethods->xRead(file, page, size, at);
	*ret_same = rc == SQLITE_OK && is_as_written(page, size, at);
	return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static int check_pages(sqlite3_file *file, int size, int64_t n, void (*found)(void *arg, const char *what), void *arg)
{
	unsigned char *page = malloc((size_t)size);
	int rc = page ? SQLITE_OK : SQLITE_NOMEM;
	int64_t n_found = 0;
	for (int64_t i = 1; rc == SQLITE_OK && i <= n && n_found < MOST_FOUND; i++) {
		bool same = true;
		rc = check_page(file, page, size, i, &same);
		char *what = same ? NULL : sqlite3_mprintf("page %lld of the file is not as it was written: it is damaged, or another program wrote it", i);
		n_found += !same;
		if (what)
			found(arg, what);
		else if (!same)
			rc = SQLITE_NOMEM;
		sqlite3_free(what);
	}
	free(page);
	return rc;
}

static int check_file(sqlite3 *db, void (*found)(void *arg, const char *what), void *arg)
{
	unsigned char header[HEADER];
	sqlite3_file *file = file_of(db);
	int rc = file ? file->pMethods->xRead(file, header, HEADER, 0) : SQLITE_OK;
	if (!file || rc != SQLITE_OK || header[RESERVED_AT] != SUM)
		return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
	int size = (int)big_endian(header + PAGE_SIZE_AT, 2);
	return check_pages(file, size == 1 ? 0x10000 : size, big_endian(header + PAGES_AT, 4), found, arg);
}

/* Nobody may write meanwhile, so there is a transaction, and something is read in it. */
int pages_check(sqlite3 *db, void (*found)(void *arg, const char *what), void *arg)
{
	const bool outermost = sqlite3_get_autocommit(db);
	int rc = outermost ? sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) : SQLITE_OK;
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = check_file(db, found, arg);
	if (outermost && !sqlite3_get_autocommit(db)) {
		int ended = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
		rc = rc == SQLITE_OK ? ended : rc;
	}
	return rc;
}
