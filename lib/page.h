/* page.h: a document of headings, paragraphs, lists and tables, written as plain text, Markdown or one HTML page. */
#ifndef PAGE_H
#define PAGE_H

#include "context.h"

enum page_format { PAGE_TEXT, PAGE_MARKDOWN, PAGE_HTML };
enum { PAGE_MOST_COLUMNS = 6, PAGE_WIDTH = 78 /* of plain text */ };

/** A page on its way. Everything said to it is plain text; it does the encoding. */
struct page {
	struct mentor_buf *b;
	enum page_format format;
	size_t columns; /* of the running table */
	bool boxes;	/* the running list has them */
};

void page_begin(struct page *p, struct mentor_buf *b, enum page_format format, const char *title);
void page_end(struct page *p);
/** Level 2 begins a section, 3 a part of it. */
void page_heading(struct page *p, int level, const char *text);
/** A paragraph; an empty line within the text begins another. */
void page_paragraph(struct page *p, const char *text);
/** A list; with `boxes` each item has a box to tick. */
void page_list(struct page *p, bool boxes);
void page_item(struct page *p, const char *text);
void page_list_end(struct page *p);
/** A table: its caption, and its headings, ended by NULL, at most PAGE_MOST_COLUMNS. Cells may be NULL. A cell that begins with "mentor " is a command. */
void page_table(struct page *p, const char *caption, const char *const *headings);
void page_row(struct page *p, const char *const *cells);
void page_table_end(struct page *p);

/* For documents that are laid out in another way. */

/** Columns of a text of `len` bytes: those that begin a character. */
size_t page_columns(const char *text, size_t len);
/** Words with single blanks between, on lines of at most PAGE_WIDTH columns; continued lines begin with `indent`. */
void page_wrap(struct mentor_buf *b, const char *first, const char *indent, const char *text, size_t len);
/** An HTML page up to its content, with these rules of style: it loads nothing from anywhere. PAGE_HTML_END is behind it. */
void page_html_begin(struct mentor_buf *b, const char *title, const char *rules);
#define PAGE_HTML_END "</main>\n</body>\n</html>\n"

#endif
