/* contract_print.c: printing a contract as plain text, Markdown or a page: the lines of its text, and behind them the signatures. */
#include "contract.h"

#include "page.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

/* ---- lines ---- */

enum line_kind { LINE_TITLE, LINE_HEADING, LINE_ITEM, LINE_PARAGRAPH, LINE_TERM, LINE_SAID, LINE_ROOM };

/** One logical line of the text; the bytes are borrowed. */
struct line {
	enum line_kind kind;
	const char *text;
	size_t len;
	bool close; /* right below the line before */
};

/* How long the words in front of room to write are, ": " or nothing included; false when the line is something else. */
static bool is_room(const char *line, size_t len, size_t *ret_words)
{
	size_t wanted = sizeof(CONTRACT_ROOM) - 1;
	if (len < wanted || memcmp(line + len - wanted, CONTRACT_ROOM, wanted) != 0)
		return false;
	*ret_words = len - wanted;
	return *ret_words == 0 || (*ret_words > 2 && memcmp(line + *ret_words - 2, ": ", 2) == 0);
}

static bool is_item(const char *line, size_t len)
{
	return len > 2 && line[0] == '-' && line[1] == ' ';
}

/* Takes the next logical line from *at; false at the end. Of room to write the text is whose it is. */
static bool next_line(const char **at, struct line *ret)
{
	bool close = **at != '\n';
	const char *p = *at + strspn(*at, "\n");
	size_t len = strcspn(p, "\n"), words = 0;
	if (len == 0)
		return false;
	const char *below = p + len + (p[len] == '\n');
	size_t below_len = strcspn(below, "\n");
	*at = below;
	*ret = (struct line){ LINE_PARAGRAPH, p, len, close };
	if (contract_is_underline(below, below_len)) {
		ret->kind = *below == '=' ? LINE_TITLE : LINE_HEADING;
		*at = below + below_len + (below[below_len] == '\n');
	} else if (is_item(p, len)) {
		*ret = (struct line){ LINE_ITEM, p + 2, len - 2, close };
	} else if (is_room(p, len, &words)) {
		*ret = (struct line){ LINE_ROOM, p, words ? words - 2 : 0, close };
	} else if (close) {
		ret->kind = LINE_SAID;
	} else if (below_len > 0 && !is_item(below, below_len)) {
		ret->kind = LINE_TERM;
	}
	return true;
}

/** One contract of a document that has n of them, this one number i from 0. */
struct sheet {
	const struct mentor_contract *c;
	const struct definition *d;
	size_t i, n;
};

/** A way to print. Each function appends; `in_list` says that a list is running. */
struct printer {
	void (*begin)(struct mentor_buf *b, const struct sheet *sheet);
	void (*line)(struct mentor_buf *b, const struct line *line, bool in_list);
	void (*list_end)(struct mentor_buf *b);
	void (*signatures)(struct mentor_buf *b, const struct sheet *sheet);
};

/* "Contract c4, version 2, drafted on 3 March 2026" */
static void which(struct mentor_buf *b, const struct mentor_contract *c)
{
	mentor_buf_fmt(b, "Contract c%" PRId64 ", ", c->id);
	if (c->version > 1)
		mentor_buf_fmt(b, "version %" PRId64 ", ", c->version);
	mentor_buf_str(b, "drafted on ");
	mentor_day_in_words(b, c->drafted_on);
}

/* Encodes a part of a text. */
static void encoded(struct mentor_buf *b, const char *text, size_t len, void (*encode)(struct mentor_buf *b, const char *text))
{
	struct mentor_buf part = MENTOR_BUF_INIT;
	mentor_buf_add(&part, text, len);
	encode(b, mentor_buf_text(&part));
	b->failed = b->failed || part.failed;
	mentor_buf_free(&part);
}

/* ---- plain text ---- */

static void text_begin(struct mentor_buf *b, const struct sheet *sheet)
{
	if (sheet->i == 0)
		return;
	mentor_buf_str(b, "\n\n");
	for (size_t i = 0; i < PAGE_WIDTH; i++)
		mentor_buf_char(b, '*');
	mentor_buf_str(b, "\n\n\n");
}

static void underscores(struct mentor_buf *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mentor_buf_char(b, '_');
	mentor_buf_char(b, '\n');
}

/* Room on the line of the name, where it leaves some, and a line more. */
static void text_room(struct mentor_buf *b, const struct line *line)
{
	enum { LEAST = 20 };
	size_t width = line->len ? page_columns(line->text, line->len) + 2 : 0;
	if (width + LEAST > PAGE_WIDTH) {
		page_wrap(b, "", "", line->text, line->len);
		width = 0;
	} else if (width) {
		mentor_buf_add(b, line->text, line->len);
		mentor_buf_str(b, ": ");
	}
	underscores(b, PAGE_WIDTH - width);
	underscores(b, PAGE_WIDTH);
}

static void text_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	bool title = line->kind == LINE_TITLE, below = line->close && (line->kind == LINE_ITEM || line->kind == LINE_SAID);
	if (!title && !below && !(in_list && line->kind == LINE_ITEM))
		mentor_buf_char(b, '\n');
	if (line->kind == LINE_ROOM) {
		text_room(b, line);
		return;
	}
	if (line->kind == LINE_ITEM) {
		page_wrap(b, "- ", "  ", line->text, line->len);
		return;
	}
	size_t from = b->len;
	page_wrap(b, "", "", line->text, line->len);
	size_t width = page_columns(b->data ? b->data + from : "", b->len - from);
	if (!title && line->kind != LINE_HEADING)
		return;
	for (size_t i = 1; i < width && i <= PAGE_WIDTH; i++)
		mentor_buf_char(b, title ? '=' : '-');
	mentor_buf_char(b, '\n');
}

static void text_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	struct mentor_buf who = MENTOR_BUF_INIT;
	mentor_buf_fmt(&who, "%s (%s)", name, label);
	mentor_buf_char(b, '\n');
	page_wrap(b, "", "", mentor_buf_text(&who), who.len);
	b->failed = b->failed || who.failed;
	mentor_buf_free(&who);
	if (!day) {
		mentor_buf_str(b, "Signature: ______________________________  Date: ____________________\n");
		return;
	}
	mentor_buf_str(b, "Signed on ");
	mentor_day_in_words(b, day);
	mentor_buf_char(b, '\n');
}

static void text_signatures(struct mentor_buf *b, const struct sheet *sheet)
{
	const struct mentor_contract *c = sheet->c;
	mentor_buf_str(b, "\nSignatures\n----------\n");
	text_signature(b, c->mentor_name, sheet->d->labels.mentor, c->mentor_signed_on);
	text_signature(b, c->mentee_name, sheet->d->labels.mentee, c->mentee_signed_on);
	mentor_buf_char(b, '\n');
	which(b, c);
	mentor_buf_fmt(b, "\nFingerprint of the text (BLAKE2b-256):\n%s\n", c->hash);
}

/* ---- Markdown ---- */

static void markdown_begin(struct mentor_buf *b, const struct sheet *sheet)
{
	mentor_buf_str(b, sheet->i ? "\n---\n\n" : "");
}

static void markdown_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	enum { ROOM = 40 };
	static const char *const lead[] = { [LINE_TITLE] = "# ",
		[LINE_HEADING] = "## ",
		[LINE_ITEM] = "- ",
		[LINE_PARAGRAPH] = "",
		[LINE_TERM] = "### ",
		[LINE_SAID] = "",
		[LINE_ROOM] = "" };
	if (line->kind != LINE_TITLE && !(in_list && line->kind == LINE_ITEM))
		mentor_buf_char(b, '\n');
	mentor_buf_str(b, lead[line->kind]);
	encoded(b, line->text, line->len, mentor_buf_markdown);
	if (line->kind == LINE_ROOM && line->len)
		mentor_buf_str(b, ": ");
	for (size_t i = 0; line->kind == LINE_ROOM && i < ROOM; i++)
		mentor_buf_str(b, "\\_");
	mentor_buf_char(b, '\n');
}

static void markdown_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	mentor_buf_str(b, "| ");
	mentor_buf_markdown(b, name);
	mentor_buf_str(b, " | ");
	mentor_buf_markdown(b, label);
	mentor_buf_str(b, day ? " | signed | " : " | | ");
	if (day)
		mentor_day_in_words(b, day);
	mentor_buf_str(b, day ? " |\n" : "|\n");
}

static void markdown_signatures(struct mentor_buf *b, const struct sheet *sheet)
{
	const struct mentor_contract *c = sheet->c;
	mentor_buf_str(b, "\n## Signatures\n\n| Name | Part | Signature | Date |\n| --- | --- | --- | --- |\n");
	markdown_signature(b, c->mentor_name, sheet->d->labels.mentor, c->mentor_signed_on);
	markdown_signature(b, c->mentee_name, sheet->d->labels.mentee, c->mentee_signed_on);
	mentor_buf_char(b, '\n');
	which(b, c);
	mentor_buf_fmt(b, ". Fingerprint of the text (BLAKE2b-256): `%s`\n", c->hash);
}

/* ---- HTML: one page without links, scripts or fonts from elsewhere ---- */

static const char html_style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;margin:0}\n"
    "main{max-width:42rem;margin:0 auto;padding:1.5rem}\n"
    "article+article{margin-top:4rem;break-before:page}\n"
    ".by{margin:0;font-size:.875rem;color:#404040}\n"
    "h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem}\n"
    "h2{font-size:1.25rem;margin:1.75rem 0 .5rem;border-bottom:1px solid #595959}\n"
    "h3{font-size:1rem;margin:1.25rem 0 .25rem}\n"
    "ul{margin:.5rem 0;padding-left:1.5rem}\n"
    ".said{margin:.25rem 0}\n"
    ".said strong{font-weight:600}\n"
    ".said+.said{break-before:avoid}\n"
    ".room{border:1px solid #595959;min-height:5rem;margin:.5rem 0;padding:.25rem .5rem;font-size:.875rem}\n"
    "table{width:100%;border-collapse:collapse}\n"
    "th,td{text-align:left;padding:.75rem .5rem;border-bottom:1px solid #111;vertical-align:bottom}\n"
    "tbody th{width:45%;font-weight:normal}\n"
    "td{height:2.5rem}\n"
    ".small{font-size:.8125rem;color:#404040;overflow-wrap:anywhere}\n"
    "@page{size:A4;margin:2cm}\n"
    "@media print{body{font-size:10pt;line-height:1.4}h2{margin-top:1.25rem}.room{min-height:4rem}main{max-width:none;padding:0}article+article{margin-top:0}h1,h2,h3{break-after:avoid}"
    ".signatures,tr,li,.room{break-inside:avoid}}\n";

static void html_head(struct mentor_buf *b, const struct sheet *sheet)
{
	struct mentor_buf title = MENTOR_BUF_INIT;
	if (sheet->n > 1)
		mentor_buf_fmt(&title, "%zu contracts", sheet->n);
	else
		mentor_buf_fmt(&title, "Contract of %s and %s", sheet->c->mentor_name, sheet->c->mentee_name);
	page_html_begin(b, mentor_buf_text(&title), html_style);
	b->failed = b->failed || title.failed;
	mentor_buf_free(&title);
}

static void html_begin(struct mentor_buf *b, const struct sheet *sheet)
{
	if (sheet->i == 0)
		html_head(b, sheet);
	mentor_buf_str(b, "<article>\n");
	if (!sheet->d->organisation)
		return;
	mentor_buf_str(b, "<p class=\"by\">");
	mentor_buf_html(b, sheet->d->organisation);
	mentor_buf_str(b, "</p>\n");
}

static void html_line(struct mentor_buf *b, const struct line *line, bool in_list)
{
	static const char *const tags[] = { [LINE_TITLE] = "h1",
		[LINE_HEADING] = "h2",
		[LINE_ITEM] = "li",
		[LINE_PARAGRAPH] = "p",
		[LINE_TERM] = "h3",
		[LINE_SAID] = "p",
		[LINE_ROOM] = "div" };
	const char *class = line->kind == LINE_SAID ? " class=\"said\"" : line->kind == LINE_ROOM ? " class=\"room\"" : "";
	if (line->kind == LINE_ITEM && !in_list)
		mentor_buf_str(b, "<ul>\n");
	mentor_buf_fmt(b, "<%s%s>", tags[line->kind], class);
	bool box = strncmp(line->text, CONTRACT_BOX, sizeof(CONTRACT_BOX) - 1) == 0;
	const char *colon = line->kind == LINE_SAID && !box ? memchr(line->text, ':', line->len) : NULL;
	size_t whose = colon ? (size_t)(colon - line->text) + 1 : 0;
	if (whose) {
		mentor_buf_str(b, "<strong>");
		encoded(b, line->text, whose, mentor_buf_html);
		mentor_buf_str(b, "</strong>");
	}
	encoded(b, line->text + whose, line->len - whose, mentor_buf_html);
	mentor_buf_str(b, line->kind == LINE_ROOM && line->len ? ":" : "");
	mentor_buf_fmt(b, "</%s>\n", tags[line->kind]);
}

static void html_list_end(struct mentor_buf *b)
{
	mentor_buf_str(b, "</ul>\n");
}

static void html_signature(struct mentor_buf *b, const char *name, const char *label, const char *day)
{
	mentor_buf_str(b, "<tr><th scope=\"row\">");
	mentor_buf_html(b, name);
	mentor_buf_str(b, " (");
	mentor_buf_html(b, label);
	mentor_buf_fmt(b, ")</th><td>%s</td><td>", day ? "Signed" : "");
	if (day)
		mentor_day_in_words(b, day);
	mentor_buf_str(b, "</td></tr>\n");
}

static void html_signatures(struct mentor_buf *b, const struct sheet *sheet)
{
	const struct mentor_contract *c = sheet->c;
	mentor_buf_str(b,
	    "<section class=\"signatures\">\n<h2>Signatures</h2>\n<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Signature</th>"
	    "<th scope=\"col\">Date</th></tr></thead>\n<tbody>\n");
	html_signature(b, c->mentor_name, sheet->d->labels.mentor, c->mentor_signed_on);
	html_signature(b, c->mentee_name, sheet->d->labels.mentee, c->mentee_signed_on);
	mentor_buf_str(b, "</tbody>\n</table>\n<p class=\"small\">");
	which(b, c);
	mentor_buf_fmt(b, ". Fingerprint of the text (BLAKE2b-256): %s</p>\n</section>\n</article>\n", c->hash);
	if (sheet->i + 1 == sheet->n)
		mentor_buf_str(b, PAGE_HTML_END);
}

static const struct printer printers[] = {
	[MENTOR_CONTRACT_TEXT] = { text_begin, text_line, NULL, text_signatures },
	[MENTOR_CONTRACT_MARKDOWN] = { markdown_begin, markdown_line, NULL, markdown_signatures },
	[MENTOR_CONTRACT_HTML] = { html_begin, html_line, html_list_end, html_signatures },
};

static void print(struct mentor_buf *b, const struct printer *printer, const struct sheet *sheet)
{
	bool in_list = false;
	struct line line = { 0 };
	printer->begin(b, sheet);
	for (const char *at = sheet->c->text; next_line(&at, &line);) {
		if (in_list && line.kind != LINE_ITEM && printer->list_end)
			printer->list_end(b);
		printer->line(b, &line, in_list);
		in_list = line.kind == LINE_ITEM;
	}
	printer->signatures(b, sheet); /* behind the last paragraph: no text ends with a list */
}

/* The labels are those of the cohort's programme now: the text has the names, and holds by itself. */
static enum mentor_status print_one(
    struct mentor *m, const int64_t *contracts, size_t i, size_t n, const struct printer *printer, struct mentor_buf *b)
{
	void *record = NULL;
	struct definition *d = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_contract, contracts[i], &record);
	const struct mentor_contract *c = record;
	if (!status)
		status = contract_check_intact(m, c);
	if (!status)
		status = programme_of_cohort(m, c->cohort_id, &d);
	if (!status)
		print(b, printer, &(struct sheet){ c, d, i, n });
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_contract_export(
    struct mentor *m, const int64_t *contracts, size_t n, enum mentor_contract_format format, struct mentor_buf *b)
{
	struct mentor_buf pages = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++)
		status = print_one(m, contracts, i, n, &printers[format], &pages);
	if (!status && !pages.failed) /* half a page is none */
		mentor_buf_str(b, mentor_buf_text(&pages));
	if (!status && (pages.failed || b->failed))
		status = fail_memory(m);
	mentor_buf_free(&pages);
	return status;
}
