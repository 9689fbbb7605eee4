/* page.c: documents for people: plain text to read in a terminal or a mail, Markdown for a wiki, and an HTML page to print. */
#include "page.h"

#include <string.h>

/* Black on white and nothing that prints badly; it needs nothing from anywhere else. */
static const char style[] =
    "html{font:11pt/1.5 Georgia,\"Liberation Serif\",\"Noto Serif\",serif;color:#1c2730;background:#fff}\n"
    "body{margin:0}\nmain{max-width:46rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}\n"
    "h1,h2,h3,th,caption{font-family:system-ui,\"Segoe UI\",\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;line-height:1.25}\n"
    "h1{font-size:1.9rem;margin:0 0 1rem;color:#0b5566;overflow-wrap:anywhere}\n"
    "h2{font-size:1.3rem;margin:2.2rem 0 .6rem;padding-top:.7rem;border-top:2px solid #0b5566;color:#0b5566}\n"
    "h3{font-size:1.05rem;margin:1.4rem 0 .3rem}\np{margin:.4rem 0 .7rem}\nul{margin:.3rem 0 .8rem;padding-left:1.3rem}\nli{margin:.15rem 0}\n"
    "ul.boxes{list-style:none;padding-left:0}\nul.boxes li{padding-left:1.7rem;text-indent:-1.7rem}\n"
    "ul.boxes li::before{content:\"\";display:inline-block;width:.8em;height:.8em;margin-right:.9rem;border:1px solid #1c2730;vertical-align:-.05em}\n"
    "table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem;font-size:.92rem}\ncaption{text-align:left;font-weight:600;padding:.2rem 0 .4rem}\n"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid #d0d7dc;overflow-wrap:anywhere}\nthead th{border-bottom:2px solid #51606b;font-size:.85rem}\n"
    "tbody th{font-weight:600;font-family:inherit}\ntable{table-layout:fixed}.c2 th:first-child{width:30%}.c3 th:first-child{width:34%}.c3 th:nth-child(2){width:20%}\n"
    ".c4 th:first-child{width:20%}.c4 th:nth-child(2){width:36%}.c4 th:nth-child(3){width:20%}\ncode span{white-space:nowrap}\ncode{font:.86em/1.4 ui-monospace,\"Liberation Mono\",\"DejaVu Sans Mono\",monospace}\n"
    "@page{size:A4;margin:18mm 17mm}\n"
    "@media print{html{font-size:10pt}main{max-width:none;padding:0}h2,h3,caption{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}}\n";

/* ---- words ---- */

size_t page_columns(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

static size_t word_length(const char *text, const char *end)
{
	const char *p = text;
	while (p < end && !strchr(" \n\t", *p))
		p++;
	return (size_t)(p - text);
}

void page_wrap(struct mentor_buf *b, const char *first, const char *indent, const char *text, size_t len)
{
	const char *end = text + len;
	size_t column = strlen(first);
	bool begun = false;
	mentor_buf_str(b, first);
	for (size_t n = 0; text < end; text += n ? n : 1) {
		n = word_length(text, end);
		if (n == 0)
			continue;
		size_t width = page_columns(text, n);
		if (begun && column + 1 + width > PAGE_WIDTH) {
			mentor_buf_fmt(b, "\n%s", indent);
			column = strlen(indent);
		} else if (begun) {
			mentor_buf_char(b, ' ');
			column++;
		}
		mentor_buf_add(b, text, n);
		column += width;
		begun = true;
	}
	mentor_buf_char(b, '\n');
}

static void wrap(struct page *p, const char *first, const char *indent, const char *text)
{
	page_wrap(p->b, first, indent, text, strlen(text));
}

static bool is_command(const char *text)
{
	return text && strncmp(text, "mentor ", 7) == 0;
}

/* Commands are broken between words only, never behind the hyphens of an option. */
static void html_command(struct mentor_buf *b, const char *text)
{
	mentor_buf_str(b, "<code>");
	for (size_t n = 0; *text; text += n + (text[n] == ' ')) {
		struct mentor_buf word = MENTOR_BUF_INIT;
		n = strcspn(text, " ");
		mentor_buf_add(&word, text, n);
		mentor_buf_str(b, "<span>");
		mentor_buf_html(b, mentor_buf_text(&word));
		mentor_buf_str(b, text[n] ? "</span> " : "</span>");
		b->failed = b->failed || word.failed;
		mentor_buf_free(&word);
	}
	mentor_buf_str(b, "</code>");
}

static void inline_text(struct page *p, const char *text)
{
	if (p->format == PAGE_HTML)
		mentor_buf_html(p->b, text);
	else if (p->format == PAGE_MARKDOWN)
		mentor_buf_markdown(p->b, text);
	else
		mentor_buf_str(p->b, text);
}

static void cell(struct page *p, const char *text)
{
	if (!is_command(text))
		inline_text(p, text);
	else if (p->format == PAGE_HTML)
		html_command(p->b, text);
	else
		mentor_buf_fmt(p->b, "`%s`", text);
}

/* ---- the page ---- */

void page_html_begin(struct mentor_buf *b, const char *title, const char *rules)
{
	mentor_buf_str(b,
	    "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	mentor_buf_html(b, title);
	mentor_buf_fmt(b, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", rules);
}

void page_begin(struct page *p, struct mentor_buf *b, enum page_format format, const char *title)
{
	*p = (struct page){ .b = b, .format = format };
	if (format == PAGE_HTML)
		page_html_begin(b, title, style);
	page_heading(p, 1, title);
}

void page_end(struct page *p)
{
	if (p->format == PAGE_HTML)
		mentor_buf_str(p->b, PAGE_HTML_END);
}

void page_heading(struct page *p, int level, const char *text)
{
	static const char *const marks[] = { "", "# ", "## ", "### " };
	static const char lines[] = { ' ', '=', '-' };
	if (p->format == PAGE_HTML) {
		mentor_buf_fmt(p->b, "<h%d>", level);
		inline_text(p, text);
		mentor_buf_fmt(p->b, "</h%d>\n", level);
		return;
	}
	if (p->format == PAGE_MARKDOWN)
		mentor_buf_str(p->b, marks[level]);
	size_t from = p->b->len;
	inline_text(p, text);
	size_t width = p->b->len > from ? page_columns(p->b->data + from, p->b->len - from) : 0;
	bool underlined = p->format == PAGE_TEXT && level < 3;
	mentor_buf_char(p->b, '\n');
	for (size_t i = 0; underlined && i < width; i++)
		mentor_buf_char(p->b, lines[level]);
	mentor_buf_str(p->b, underlined ? "\n\n" : "\n");
}

static void one_paragraph(struct page *p, const char *text, size_t len)
{
	struct mentor_buf part = MENTOR_BUF_INIT;
	mentor_buf_add(&part, text, len);
	if (p->format == PAGE_TEXT) {
		wrap(p, "", "", mentor_buf_text(&part));
		mentor_buf_char(p->b, '\n');
	} else {
		mentor_buf_str(p->b, p->format == PAGE_HTML ? "<p>" : "");
		inline_text(p, mentor_buf_text(&part));
		mentor_buf_str(p->b, p->format == PAGE_HTML ? "</p>\n" : "\n\n");
	}
	p->b->failed = p->b->failed || part.failed;
	mentor_buf_free(&part);
}

void page_paragraph(struct page *p, const char *text)
{
	while (text && *(text += strspn(text, "\n "))) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);
		size_t whole = len;
		while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
			len--;
		one_paragraph(p, text, len);
		text += whole;
	}
}

void page_list(struct page *p, bool boxes)
{
	p->boxes = boxes;
	if (p->format == PAGE_HTML)
		mentor_buf_str(p->b, boxes ? "<ul class=\"boxes\">\n" : "<ul>\n");
}

void page_item(struct page *p, const char *text)
{
	if (p->format == PAGE_TEXT) {
		wrap(p, p->boxes ? "  [ ] " : "  - ", p->boxes ? "      " : "    ", text);
		return;
	}
	mentor_buf_str(p->b, p->format == PAGE_HTML ? "<li>" : p->boxes ? "- [ ] " : "- ");
	inline_text(p, text);
	mentor_buf_str(p->b, p->format == PAGE_HTML ? "</li>\n" : "\n");
}

void page_list_end(struct page *p)
{
	mentor_buf_str(p->b, p->format == PAGE_HTML ? "</ul>\n" : "\n");
}

static void markdown_row(struct page *p, const char *const *cells)
{
	for (size_t i = 0; i < p->columns; i++) {
		mentor_buf_str(p->b, i ? " | " : "| ");
		cell(p, cells[i]);
	}
	mentor_buf_str(p->b, " |\n");
}

void page_table(struct page *p, const char *caption, const char *const *headings)
{
	for (p->columns = 0; headings[p->columns];)
		p->columns++;
	if (p->format == PAGE_TEXT) {
		wrap(p, "", "", caption);
		mentor_buf_char(p->b, '\n');
		return;
	}
	if (p->format == PAGE_MARKDOWN) {
		mentor_buf_markdown(p->b, caption);
		mentor_buf_str(p->b, "\n\n");
		markdown_row(p, headings);
		for (size_t i = 0; i < p->columns; i++)
			mentor_buf_str(p->b, i ? " --- |" : "| --- |");
		mentor_buf_char(p->b, '\n');
		return;
	}
	mentor_buf_fmt(p->b, "<table class=\"c%zu\">\n<caption>", p->columns);
	inline_text(p, caption);
	mentor_buf_str(p->b, "</caption>\n<thead><tr>");
	for (size_t i = 0; i < p->columns; i++) {
		mentor_buf_str(p->b, "<th scope=\"col\">");
		inline_text(p, headings[i]);
		mentor_buf_str(p->b, "</th>");
	}
	mentor_buf_str(p->b, "</tr></thead>\n<tbody>\n");
}

/* In a text the first cell stands above the others. */
static void text_row(struct page *p, const char *const *cells)
{
	wrap(p, "  ", "    ", cells[0] ? cells[0] : "");
	for (size_t i = 1; i < p->columns; i++)
		if (cells[i] && *cells[i])
			wrap(p, "      ", "      ", cells[i]);
}

void page_row(struct page *p, const char *const *cells)
{
	if (p->format == PAGE_TEXT) {
		text_row(p, cells);
		return;
	}
	if (p->format == PAGE_MARKDOWN) {
		markdown_row(p, cells);
		return;
	}
	mentor_buf_str(p->b, "<tr>");
	for (size_t i = 0; i < p->columns; i++) {
		mentor_buf_str(p->b, i ? "<td>" : "<th scope=\"row\">");
		cell(p, cells[i]);
		mentor_buf_str(p->b, i ? "</td>" : "</th>");
	}
	mentor_buf_str(p->b, "</tr>\n");
}

void page_table_end(struct page *p)
{
	mentor_buf_str(p->b, p->format == PAGE_HTML ? "</tbody>\n</table>\n" : "\n");
}
