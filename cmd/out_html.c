/* out_html.c: one self-contained page for any command's parts: no script, nothing loaded, readable in print and at any width (WCAG 2.2 AA). */
#include "out_chart.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Colours come in pairs for light and dark; every text has a contrast of at least 4.5, every bar and line that means something 3. */
/* clang-format off */
static const char style[] =
    ":root{--ink:#1c2730;--soft:#51606b;--line:#d9dfe3;--page:#f4f6f6;--card:#fff;--accent:#0b5566;--pale:#d3e4e7;"
    "--mark:#7a4b00}"
    "@media (prefers-color-scheme:dark){:root{--ink:#e9eef0;--soft:#a9b8c0;--line:#38464f;--page:#12191e;--card:#1a242a;"
    "--accent:#6cc3d5;--pale:#24444d;--mark:#e6b566}}"
    "*{box-sizing:border-box}"
    "html{font:100%/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;color:var(--ink);"
    "background:var(--page)}"
    "body{margin:0;border-top:.35rem solid var(--accent)}"
    ".skip{position:absolute;left:-99rem;padding:.5rem 1rem;background:var(--card);color:var(--accent)}"
    ".skip:focus{left:1rem;top:1rem;z-index:1}"
    ":focus-visible{outline:3px solid var(--accent);outline-offset:3px}"
    ".top,main,.foot{max-width:70rem;margin:0 auto;padding:0 1.5rem}"
    ".top{padding-top:2.5rem}"
    ".kicker{margin:0;color:var(--accent);font-weight:600;letter-spacing:.01em}"
    "h1{margin:.1rem 0 1.5rem;font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);line-height:1.2;letter-spacing:-.015em;overflow-wrap:anywhere}"
    "section,.card{margin:0 0 1.5rem;padding:1.5rem 1.75rem 1.75rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}"
    "h2{margin:0 0 1rem;font-size:1.3rem;line-height:1.3;letter-spacing:-.005em}"
    "p{margin:.5rem 0;max-width:44rem}"
    ".none{color:var(--soft)}"
    ".facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,clamp(9rem,17vw,15rem)),1fr));gap:1.1rem 2rem;margin:0}"
    ".facts div{border-left:3px solid var(--pale);padding-left:.8rem;min-width:0}"
    ".facts.figures{grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr))}"
    "dt{color:var(--soft);font-size:.875rem}"
    "dd{margin:0;font-weight:600;overflow-wrap:anywhere}"
    ".figures dd{font-size:1.9rem;line-height:1.25;font-variant-numeric:tabular-nums}"
    ".scroll{position:relative;overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;color:var(--soft);font-size:.875rem;padding:0 0 .4rem}"
    "th,td{padding:.55rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}"
    "th:first-child,td:first-child{padding-left:0}"
    "th:last-child,td:last-child{padding-right:0}"
    "thead th{border-bottom:2px solid var(--soft);font-size:.875rem;vertical-align:bottom}"
    "tbody tr:last-child>*{border-bottom:0}"
    "tbody th{font-weight:600}"
    ".w{min-width:9rem}"
    ".many{font-size:.875rem}.many .w{min-width:6rem}"
    ".many tr>*+*{padding-left:.35rem;padding-right:.35rem}.many tr>:last-child{padding-right:0}"
    ".n{text-align:right}"
    "td.n,.d{white-space:nowrap}"
    "tr>.n+:not(.n){padding-left:1.2rem}"
    ".note{white-space:pre-line;min-width:16rem}"
    ".tag{display:inline-block;padding:0 .55rem;border:1px solid var(--soft);border-radius:1rem;font-size:.875rem;white-space:nowrap}"
    ".facts+figure{margin:1.5rem 0 0;max-width:44rem}"
    ".beside{display:grid;grid-template-columns:minmax(0,1fr);gap:0 3rem}"
    "@media (min-width:60rem){.beside{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.beside figure{margin:0}}"
    ".list{margin:0;padding:0;list-style:none}"
    ".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    ".foot{padding-top:.25rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}"
    "@media (min-width:90rem){html{font-size:112.5%}}"
    "@media (max-width:40rem){.top,main,.foot{padding-left:.75rem;padding-right:.75rem}.top{padding-top:1.5rem}section,.card{padding:1.1rem}}";

/* On paper; a brief page is one sheet, on which the charts stand in two columns without the tables that say the same. */
static const char print_style[] =
    "@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--card:#fff;--accent:#0b5566;--pale:#d3e4e7;--mark:#7a4b00}"
    "html{font-size:9pt}.skip{display:none}section,.card{border:0;padding:0;margin-bottom:1.4rem}.top,main,.foot{padding:0;max-width:none}"
    ".scroll{overflow:visible}.beside{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.beside figure{margin:0}table{font-size:9pt}th,td{padding:.3rem .4rem}.w{min-width:8rem}thead{display:table-header-group}tr,figure,.facts div{break-inside:avoid}h2,caption{break-after:avoid}"
    "svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    "html:has(.brief){font-size:7.5pt}.brief{page:brief;line-height:1.4}.brief main{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));grid-auto-flow:dense;gap:5mm 10mm}"
    ".brief section,.brief .card{margin:0;break-inside:avoid}.brief .card,.brief section:has(th:nth-child(5)),.brief section:has(#notes){grid-column:1/-1}"
    ".brief .beside{display:block}.brief .beside .scroll,.brief section>.bars{display:none}.brief table{font-size:7.5pt}.brief figure{zoom:.8}.brief .list,.brief td,.brief th{line-height:1.3}"
    ".brief h1{margin-bottom:4mm;font-size:19pt}.brief h2{margin-bottom:1.5mm}.brief figcaption{margin-bottom:2mm}.brief .facts{grid-template-columns:repeat(5,auto);gap:2mm 4mm}"
    ".brief .facts div{padding-left:2mm}.brief .figures dd{font-size:13pt}.brief .facts+figure{margin:3mm 0 0}.brief .list li{display:inline}.brief li+li::before{content:\"; \"}"
    ".brief .foot{padding:3mm 0 0}.brief p{max-width:none;margin:1mm 0}}"
    "@page brief{margin:11mm 14mm}"
    "@page{margin:18mm 16mm}";
/* clang-format on */

/* ---- what the page remembers ---- */

/* A table of so few columns has room beside its chart on a wide screen; one of more than so many needs smaller letters. */
enum { NARROW = 4, WIDE = 8 };

struct page {
	struct chart chart;	 /* of the running part */
	struct mentor_buf table; /* the running part's table, which follows its chart */
};

static struct page *page_of(const struct out *o)
{
	return o->state;
}

/* ---- head ---- */

void html_capital(struct mentor_buf *b, const char *text)
{
	struct mentor_buf large = MENTOR_BUF_INIT;
	mentor_buf_capital(&large, text);
	mentor_buf_html(b, mentor_buf_text(&large));
	b->failed = b->failed || large.failed;
	mentor_buf_free(&large);
}

void html_heading(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field)
{
	struct mentor_buf heading = MENTOR_BUF_INIT;
	out_heading_capital(&heading, labels, field);
	mentor_buf_html(b, mentor_buf_text(&heading));
	b->failed = b->failed || heading.failed;
	mentor_buf_free(&heading);
}

void html_figure(struct mentor_buf *b, const char *text)
{
	mentor_buf_fmt(b, "%s%s", *text == '-' ? "\xE2\x88\x92" : "", *text == '-' ? text + 1 : text);
}

static void page_title(const struct out *o, struct mentor_buf *b)
{
	if (o->title)
		mentor_buf_html(b, o->title);
	else
		html_capital(b, o->command->summary);
}

/* Where windows and search engines show it only so much of a title is read: it ends with a word. */
enum { LONG_TITLE = 70 };

static void window_title(const struct out *o, struct mentor_buf *b)
{
	const char *text = o->title ? o->title : o->command->summary;
	size_t letters = 0, end = 0;
	for (const char *p = text; *p && letters < LONG_TITLE; p++) {
		letters += ((unsigned char)*p & 0xC0) != 0x80;
		end = *p == ' ' && letters < LONG_TITLE ? (size_t)(p - text) : end;
	}
	if (letters < LONG_TITLE || end == 0) {
		page_title(o, b);
		return;
	}
	struct mentor_buf start = MENTOR_BUF_INIT;
	mentor_buf_add(&start, text, end);
	mentor_buf_html(b, mentor_buf_text(&start));
	mentor_buf_str(b, "\xE2\x80\xA6");
	b->failed = b->failed || start.failed;
	mentor_buf_free(&start);
}

static void html_begin(struct out *o)
{
	o->state = calloc(1, sizeof(struct page));
	o->buf.failed = o->buf.failed || !o->state;
	mentor_buf_str(&o->buf, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	window_title(o, &o->buf);
	mentor_buf_str(&o->buf, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				"<meta name=\"color-scheme\" content=\"light dark\">\n<style>\n");
	mentor_buf_str(&o->buf, style);
	mentor_buf_str(&o->buf, chart_style);
	mentor_buf_str(&o->buf, print_style);
	mentor_buf_str(&o->buf, "\n</style>\n</head>\n<body");
	mentor_buf_str(&o->buf, o->brief ? " class=\"brief\"" : "");
	mentor_buf_str(&o->buf, ">\n<a class=\"skip\" href=\"#main\">Skip to the "
				"content</a>\n<header class=\"top\">\n"
				"<p class=\"kicker\">");
	html_capital(&o->buf, o->kicker ? o->kicker : o->noun ? o->noun->name : "mentor");
	mentor_buf_str(&o->buf, "</p>\n<h1>");
	page_title(o, &o->buf);
	mentor_buf_str(&o->buf, "</h1>\n</header>\n<main id=\"main\">\n");
}

/* ---- values ---- */

static void write_list(struct mentor_buf *b, const char *items)
{
	struct mentor_buf item = MENTOR_BUF_INIT;
	mentor_buf_str(b, "<ul class=\"list\">");
	while (mentor_buf_line(&item, &items)) {
		mentor_buf_str(b, "<li>");
		mentor_buf_html(b, mentor_buf_text(&item));
		mentor_buf_str(b, "</li>");
	}
	mentor_buf_str(b, "</ul>");
	b->failed = b->failed || item.failed;
	mentor_buf_free(&item);
}

static void write_time(struct mentor_buf *b, const char *instant)
{
	char day[11];
	snprintf(day, sizeof(day), "%.10s", instant);
	mentor_day_in_words(b, day);
	if (strlen(instant) >= 16)
		mentor_buf_fmt(b, ", %.5s UTC", instant + 11);
}

/* An address may break behind its @ and behind a dot, and nowhere else. */
static void write_email(struct mentor_buf *b, const char *address)
{
	struct mentor_buf part = MENTOR_BUF_INIT;
	const char *stops = "@";
	while (*address) {
		size_t len = strcspn(address, stops);
		bool more = address[len] != '\0';
		mentor_buf_clear(&part);
		mentor_buf_add(&part, address, len + more);
		mentor_buf_html(b, mentor_buf_text(&part));
		mentor_buf_str(b, more ? "<wbr>" : "");
		address += len + more;
		stops = ".";
	}
	b->failed = b->failed || part.failed;
	mentor_buf_free(&part);
}

static void write_text(struct mentor_buf *b, const struct mentor_field *field, const char *text)
{
	if (field->type == MENTOR_TYPE_DAY)
		mentor_day_in_words(b, text);
	else if (field->type == MENTOR_TYPE_TIME)
		write_time(b, text);
	else if (field->type == MENTOR_TYPE_LIST)
		write_list(b, text);
	else if (field->type == MENTOR_TYPE_EMAIL)
		write_email(b, text);
	else
		mentor_buf_html(b, text);
}

static void write_value(struct out *o, struct mentor_buf *b, const struct mentor_field *field, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	if (mentor_field_is_none(field, record)) {
		mentor_buf_str(b, "<span aria-hidden=\"true\">\xE2\x80\x93</span><span class=\"hidden\">none</span>");
		return;
	}
	out_value(o, &value, field, record);
	if (out_side(o, field, record))
		mentor_buf_html(b, mentor_buf_text(&value));
	else if (mentor_field_is_text(field))
		write_text(b, field, mentor_field_string(field, record));
	else if (field->type == MENTOR_TYPE_CHOICE && !out_is_withheld(field, record))
		mentor_buf_fmt(b, "<span class=\"tag\">%s</span>", mentor_buf_text(&value));
	else
		html_figure(b, mentor_buf_text(&value));
	b->failed = b->failed || value.failed;
	mentor_buf_free(&value);
}

/* ---- an object: a list of facts ---- */

static bool all_figures(const struct out *o)
{
	for (size_t i = 0; i < o->n_fields; i++)
		if (!out_is_figure(o->fields[i]))
			return false;
	return true;
}

static void write_facts(struct out *o, const void *record)
{
	mentor_buf_fmt(&o->buf, "<dl class=\"facts%s\">\n", all_figures(o) ? " figures" : "");
	for (size_t i = 0; i < o->n_fields; i++) {
		if (mentor_field_is_none(o->fields[i], record) && !out_is_figure(o->fields[i]))
			continue;
		mentor_buf_str(&o->buf, "<div><dt>");
		html_heading(&o->buf, &o->labels, o->fields[i]);
		mentor_buf_str(&o->buf, "</dt><dd>");
		write_value(o, &o->buf, o->fields[i], record);
		mentor_buf_str(&o->buf, "</dd></div>\n");
	}
	mentor_buf_str(&o->buf, "</dl>\n");
}

/* ---- rows: a table ---- */

static const char *cell_class(const struct mentor_field *field)
{
	if (out_is_figure(field))
		return " class=\"n\"";
	if (field->type == MENTOR_TYPE_NOTE)
		return " class=\"note\"";
	if (field->type == MENTOR_TYPE_TEXT && field->flags & MENTOR_LABEL)
		return " class=\"w\"";
	bool whole = field->type == MENTOR_TYPE_DAY || field->type == MENTOR_TYPE_TIME || field->type == MENTOR_TYPE_SLUG;
	return whole ? " class=\"d\"" : "";
}

/* The column that names a row: the one marked as label, else the first. */
static size_t label_column(const struct out *o)
{
	for (size_t i = 0; i < o->n_fields; i++)
		if (o->fields[i]->flags & MENTOR_LABEL)
			return i;
	return 0;
}

/* Below a chart the caption tells the two apart; otherwise the heading above it says enough to those who see it. */
static void write_table_start(const struct out *o, struct mentor_buf *b, const struct part *part, bool charted)
{
	mentor_buf_fmt(b,
	    "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"caption-%zu\">\n<table%s>\n"
	    "<caption id=\"caption-%zu\"><span%s>",
	    o->n_parts, o->n_fields > WIDE ? " class=\"many\"" : "", o->n_parts, charted ? "" : " class=\"hidden\"");
	if (part->title)
		mentor_buf_html(b, part->title);
	else
		page_title(o, b);
	mentor_buf_fmt(b, "%s</span></caption>\n", charted ? " in figures" : "");
}

static void write_columns(const struct out *o, struct mentor_buf *b)
{
	mentor_buf_str(b, "<thead>\n<tr>");
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_fmt(b, "<th scope=\"col\"%s>", out_is_figure(o->fields[i]) ? " class=\"n\"" : "");
		html_heading(b, &o->labels, o->fields[i]);
		mentor_buf_str(b, "</th>");
	}
	mentor_buf_str(b, "</tr>\n</thead>\n<tbody>\n");
}

static void write_cells(struct out *o, struct mentor_buf *b, const void *record)
{
	const size_t label = label_column(o);
	mentor_buf_str(b, "<tr>");
	for (size_t i = 0; i < o->n_fields; i++) {
		const char *element = i == label ? "th" : "td";
		mentor_buf_fmt(b, "<%s%s%s>", element, i == label ? " scope=\"row\"" : "", cell_class(o->fields[i]));
		write_value(o, b, o->fields[i], record);
		mentor_buf_fmt(b, "</%s>", element);
	}
	mentor_buf_str(b, "</tr>\n");
}

/* ---- parts ---- */

static void html_part(struct out *o, const struct part *part)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	chart_begin(&page->chart, o, part);
	mentor_buf_clear(&page->table);
	if (!part->title) {
		mentor_buf_str(&o->buf, "<div class=\"card\">\n");
		return;
	}
	mentor_buf_fmt(&o->buf, "<section aria-labelledby=\"part-%zu\">\n<h2 id=\"part-%zu\">", o->n_parts, o->n_parts);
	mentor_buf_html(&o->buf, part->title);
	mentor_buf_str(&o->buf, "</h2>\n");
}

static void html_row(struct out *o, const struct part *part, const void *record)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	if (!part->many) {
		write_facts(o, record);
		chart_keep(&page->chart, o, record);
		return;
	}
	if (page->chart.n_series)
		chart_keep(&page->chart, o, record);
	/* a table that no chart can precede need not wait in memory */
	struct mentor_buf *b = page->chart.n_series ? &page->table : &o->buf;
	if (o->n_rows == 0 && !page->chart.n_series)
		write_table_start(o, b, part, false);
	if (o->n_rows == 0)
		write_columns(o, b);
	write_cells(o, b, record);
}

static const char table_end[] = "</tbody>\n</table>\n</div>\n";

static void write_chart_and_table(struct out *o, const struct page *page, const struct part *part)
{
	bool charted = chart_is_worth_it(&page->chart), beside = charted && o->n_fields <= NARROW;
	mentor_buf_str(&o->buf, beside ? "<div class=\"beside\">\n" : "");
	if (charted)
		chart_write(&o->buf, &page->chart);
	write_table_start(o, &o->buf, part, charted);
	mentor_buf_str(&o->buf, mentor_buf_text(&page->table));
	o->buf.failed = o->buf.failed || page->table.failed;
	mentor_buf_str(&o->buf, table_end);
	mentor_buf_str(&o->buf, beside ? "</div>\n" : "");
}

static void html_part_end(struct out *o, const struct part *part)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "<p class=\"none\">Nothing to show yet.</p>\n");
	else if (!part->many && chart_is_worth_it(&page->chart))
		chart_write(&o->buf, &page->chart); /* below its figures */
	else if (part->many && page->chart.n_series)
		write_chart_and_table(o, page, part);
	else if (part->many)
		mentor_buf_str(&o->buf, table_end);
	mentor_buf_str(&o->buf, part->title ? "</section>\n" : "</div>\n");
	chart_forget(&page->chart);
}

/* ---- foot ---- */

static void write_notes(struct out *o)
{
	const char *line = mentor_buf_text(&o->notes);
	if (!o->withheld && !*line)
		return;
	mentor_buf_str(&o->buf, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">Notes</h2>\n");
	if (o->withheld)
		mentor_buf_str(&o->buf, "<p><strong>[c]</strong> means withheld: the number is so small, or another "
					"number so close to it, that it "
					"could tell what single people answered. A true zero is shown as 0.</p>\n");
	struct mentor_buf one = MENTOR_BUF_INIT;
	while (mentor_buf_line(&one, &line)) {
		mentor_buf_str(&o->buf, "<p>");
		mentor_buf_html(&o->buf, mentor_buf_text(&one));
		mentor_buf_str(&o->buf, "</p>\n");
	}
	out_free_part(o, &one);
	mentor_buf_str(&o->buf, "</section>\n");
}

static void html_drop(struct out *o)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	chart_forget(&page->chart);
	mentor_buf_free(&page->table);
	free(page);
	o->state = NULL;
}

static void html_end(struct out *o)
{
	write_notes(o);
	mentor_buf_str(&o->buf,
	    "</main>\n<footer class=\"foot\">Made with mentor " MENTOR_VERSION ".</footer>\n</body>\n</html>\n");
	html_drop(o);
}

static void html_text(struct out *o, const char *name, const char *text)
{
	(void)name;
	mentor_buf_str(&o->buf, "<div class=\"card\">\n<pre>");
	mentor_buf_html(&o->buf, text);
	mentor_buf_str(&o->buf, "</pre>\n</div>\n");
}

const struct format format_html = { "html", html_begin, html_part, html_row, html_part_end, html_end, html_text,
	html_drop, FORMAT_PEOPLE | FORMAT_LABELS | FORMAT_SOME };
