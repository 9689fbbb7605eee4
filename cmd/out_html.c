/* out_html.c: one self-contained page for any command's parts: no script, nothing loaded, readable in print and at any width (WCAG 2.2 AA). */
#include "out.h"

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
    "body{margin:0}"
    ".skip{position:absolute;left:-99rem;padding:.5rem 1rem;background:var(--card);color:var(--accent)}"
    ".skip:focus{left:1rem;top:1rem;z-index:1}"
    ":focus-visible{outline:3px solid var(--accent);outline-offset:3px}"
    ".top,main,.foot{max-width:70rem;margin:0 auto;padding:0 1.5rem}"
    ".top{padding-top:2.5rem}"
    ".kicker{margin:0;color:var(--accent);font-weight:600;letter-spacing:.01em}"
    "h1{margin:.1rem 0 1.5rem;font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);line-height:1.2;letter-spacing:-.015em;overflow-wrap:anywhere}"
    "section{margin:0 0 1.5rem;padding:1.5rem 1.75rem 1.75rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}"
    "h2{margin:0 0 1rem;font-size:1.3rem;line-height:1.3;letter-spacing:-.005em}"
    "p{margin:.5rem 0;max-width:44rem}"
    ".none{color:var(--soft)}"
    ".facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:1.1rem 2rem;margin:0}"
    ".facts div{border-left:3px solid var(--pale);padding-left:.8rem;min-width:0}"
    ".facts.figures{grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr))}"
    "dt{color:var(--soft);font-size:.875rem}"
    "dd{margin:0;font-weight:600;overflow-wrap:anywhere}"
    ".figures dd{font-size:1.9rem;line-height:1.25;font-variant-numeric:tabular-nums}"
    ".scroll{position:relative;overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;color:var(--soft);font-size:.875rem;padding:0 0 .4rem}"
    "th,td{padding:.55rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}"
    "th:first-child,td:first-child{padding-left:0}"
    "th:last-child,td:last-child{padding-right:0}"
    "thead th{border-bottom:2px solid var(--soft);font-size:.875rem;vertical-align:bottom}"
    "tbody tr:last-child>*{border-bottom:0}"
    "tbody th{font-weight:600}"
    ".w{min-width:12rem}"
    ".n{text-align:right}"
    "td.n,.d{white-space:nowrap}"
    ".note{white-space:pre-line;min-width:16rem}"
    ".tag{display:inline-block;padding:0 .55rem;border:1px solid var(--soft);border-radius:1rem;font-size:.875rem;white-space:nowrap}"
    ".list{display:flex;flex-wrap:wrap;gap:0 1.1rem;margin:0;padding:0;list-style:none;white-space:nowrap}"
    ".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    "figure{margin:0 0 1.75rem;max-width:46rem}"
    "svg{display:block;width:100%;font:inherit}"
    "svg text{fill:var(--ink);font-size:14px}"
    "svg .s{fill:var(--soft);font-size:13px}"
    ".b0{fill:var(--accent)}"
    ".b1{fill:var(--pale);stroke:var(--accent)}"
    ".b2{fill:var(--mark)}"
    ".b3{fill:var(--card);stroke:var(--mark)}"
    ".axis{stroke:var(--soft)}"
    ".foot{padding-top:.25rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}"
    "@media (max-width:40rem){.top,main,.foot{padding-left:.75rem;padding-right:.75rem}.top{padding-top:1.5rem}section{padding:1.1rem}}"
    "@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--card:#fff;--accent:#0b5566;--pale:#d3e4e7;--mark:#7a4b00}"
    "html{font-size:10pt}.skip{display:none}section{border:0;padding:0;margin-bottom:1.4rem}.top,main,.foot{padding:0;max-width:none}"
    ".scroll{overflow:visible}table{font-size:9pt}th,td{padding:.3rem .4rem}.w{min-width:8rem}thead{display:table-header-group}tr,figure,.facts div{break-inside:avoid}h2,caption{break-after:avoid}"
    "svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}}"
    "@page{margin:18mm 16mm}";
/* clang-format on */

/* ---- what the page remembers ---- */

/* A label stands above its bars, in lines that fit a narrow screen, or in front of them when all labels are short. */
enum { MOST_SERIES = 4, MOST_BARS = 60, LABEL_LINE = 40, LABEL_SHORT = 10, LETTER_WIDTH = 9 };

struct bar {
	char *label;
	int64_t values[MOST_SERIES];
};

struct page {
	const struct mentor_field *series[MOST_SERIES]; /* of the running part: the numbers charted */
	size_t n_series;
	struct bar bars[MOST_BARS];
	size_t n_bars;           /* more than MOST_BARS: too many for a chart */
	struct mentor_buf table; /* the running part's table, which follows its chart */
	bool withheld;           /* some value was [c] */
};

static struct page *page_of(const struct out *o)
{
	return o->state;
}

static void forget_bars(struct page *page)
{
	for (size_t i = 0; i < page->n_bars && i < MOST_BARS; i++)
		free(page->bars[i].label);
	page->n_bars = 0;
}

/* ---- head ---- */

/* A text with its first letter made large; our own texts begin with ASCII letters. */
static void capital(struct mentor_buf *b, const char *text)
{
	if (*text >= 'a' && *text <= 'z')
		mentor_buf_char(b, (char)(*text++ - 'a' + 'A'));
	mentor_buf_html(b, text);
}

static void page_title(struct out *o)
{
	if (o->title)
		mentor_buf_html(&o->buf, o->title);
	else
		capital(&o->buf, o->command->summary);
}

static void html_begin(struct out *o)
{
	o->state = calloc(1, sizeof(struct page));
	o->buf.failed = o->buf.failed || !o->state;
	mentor_buf_str(&o->buf, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	page_title(o);
	mentor_buf_str(&o->buf, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				"<meta name=\"color-scheme\" content=\"light dark\">\n<style>\n");
	mentor_buf_str(&o->buf, style);
	mentor_buf_str(&o->buf, "\n</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
				"content</a>\n<header class=\"top\">\n"
				"<p class=\"kicker\">");
	capital(&o->buf, o->noun ? o->noun->name : "mentor");
	mentor_buf_str(&o->buf, "</p>\n<h1>");
	page_title(o);
	mentor_buf_str(&o->buf, "</h1>\n</header>\n<main id=\"main\">\n");
}

/* ---- values ---- */

static bool is_figure(const struct mentor_field *field)
{
	return field->type == MENTOR_TYPE_INT || field->type == MENTOR_TYPE_CENTI;
}

static void write_list(struct mentor_buf *b, const char *items)
{
	struct mentor_buf item = MENTOR_BUF_INIT;
	mentor_buf_str(b, "<ul class=\"list\">");
	while (*items) {
		size_t len = strcspn(items, "\n");
		mentor_buf_clear(&item);
		mentor_buf_add(&item, items, len);
		mentor_buf_str(b, "<li>");
		mentor_buf_html(b, mentor_buf_text(&item));
		mentor_buf_str(b, "</li>");
		items += len + (items[len] == '\n');
	}
	mentor_buf_str(b, "</ul>");
	b->failed = b->failed || item.failed;
	mentor_buf_free(&item);
}

/* Words of ours have hyphens where people have blanks. */
static void write_choice(struct mentor_buf *b, const char *word)
{
	mentor_buf_str(b, "<span class=\"tag\">");
	for (; *word; word++)
		mentor_buf_add(b, *word == '-' ? " " : word, 1);
	mentor_buf_str(b, "</span>");
}

static void write_time(struct mentor_buf *b, const char *instant)
{
	char day[11];
	snprintf(day, sizeof(day), "%.10s", instant);
	mentor_day_in_words(b, day);
	if (strlen(instant) >= 16)
		mentor_buf_fmt(b, ", %.5s UTC", instant + 11);
}

/* An address may break behind its @ and nowhere else. */
static void write_email(struct mentor_buf *b, const char *address)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	size_t len = strcspn(address, "@");
	len += address[len] == '@';
	mentor_buf_add(&name, address, len);
	mentor_buf_html(b, mentor_buf_text(&name));
	mentor_buf_str(b, "<wbr>");
	mentor_buf_html(b, address + len);
	b->failed = b->failed || name.failed;
	mentor_buf_free(&name);
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

/* A minus sign instead of a hyphen, so that a screen reader says minus. */
static void write_figure(struct mentor_buf *b, const char *text)
{
	mentor_buf_fmt(b, "%s%s", *text == '-' ? "\xE2\x88\x92" : "", *text == '-' ? text + 1 : text);
}

static void write_value(struct out *o, struct mentor_buf *b, const struct mentor_field *field, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	if (mentor_field_is_none(field, record)) {
		mentor_buf_str(b, "<span aria-hidden=\"true\">\xE2\x80\x93</span><span class=\"hidden\">none</span>");
		return;
	}
	mentor_field_write(&value, field, record);
	if (strstr(mentor_buf_text(&value), "[c]"))
		page_of(o)->withheld = true;
	if (mentor_field_is_text(field))
		write_text(b, field, mentor_field_string(field, record));
	else if (field->type == MENTOR_TYPE_CHOICE && mentor_field_number(field, record) != MENTOR_SUPPRESSED)
		write_choice(b, mentor_buf_text(&value));
	else
		write_figure(b, mentor_buf_text(&value));
	b->failed = b->failed || value.failed;
	mentor_buf_free(&value);
}

static void write_heading(struct mentor_buf *b, const struct mentor_field *field)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	out_heading(&name, field);
	capital(b, mentor_buf_text(&name));
	mentor_buf_free(&name);
}

/* ---- an object: a list of facts ---- */

static bool all_figures(const struct out *o)
{
	for (size_t i = 0; i < o->n_fields; i++)
		if (!is_figure(o->fields[i]))
			return false;
	return true;
}

static void write_facts(struct out *o, const void *record)
{
	mentor_buf_fmt(&o->buf, "<dl class=\"facts%s\">\n", all_figures(o) ? " figures" : "");
	for (size_t i = 0; i < o->n_fields; i++) {
		if (mentor_field_is_none(o->fields[i], record) && !is_figure(o->fields[i]))
			continue;
		mentor_buf_str(&o->buf, "<div><dt>");
		write_heading(&o->buf, o->fields[i]);
		mentor_buf_str(&o->buf, "</dt><dd>");
		write_value(o, &o->buf, o->fields[i], record);
		mentor_buf_str(&o->buf, "</dd></div>\n");
	}
	mentor_buf_str(&o->buf, "</dl>\n");
}

/* ---- rows: a table ---- */

static const char *cell_class(const struct mentor_field *field)
{
	if (is_figure(field))
		return " class=\"n\"";
	if (field->type == MENTOR_TYPE_NOTE)
		return " class=\"note\"";
	if (field->type == MENTOR_TYPE_TEXT && field->flags & MENTOR_LABEL)
		return " class=\"w\"";
	return field->type == MENTOR_TYPE_DAY || field->type == MENTOR_TYPE_TIME ? " class=\"d\"" : "";
}

/* The column that names a row: the one marked as label, else the first. */
static size_t label_column(const struct out *o)
{
	for (size_t i = 0; i < o->n_fields; i++)
		if (o->fields[i]->flags & MENTOR_LABEL)
			return i;
	return 0;
}

static void write_table_head(struct out *o, struct mentor_buf *b, const struct part *part)
{
	bool charted = page_of(o)->n_series > 0;
	mentor_buf_fmt(b,
	    "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"caption-%zu\">\n<table>\n"
	    "<caption id=\"caption-%zu\"><span%s>",
	    o->n_parts, o->n_parts, charted ? "" : " class=\"hidden\"");
	if (part->title)
		mentor_buf_html(b, part->title);
	else
		capital(b, o->command->summary);
	mentor_buf_str(b, charted ? " in figures</span></caption>\n<thead>\n<tr>" : "</span></caption>\n<thead>\n<tr>");
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_fmt(b, "<th scope=\"col\"%s>", is_figure(o->fields[i]) ? " class=\"n\"" : "");
		write_heading(b, o->fields[i]);
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

/* ---- rows: a chart ---- */

static void choose_series(const struct out *o, struct page *page, const struct part *part)
{
	page->n_series = 0;
	for (size_t i = 0; part->many && i < o->n_fields && page->n_series < MOST_SERIES; i++)
		if (o->fields[i]->flags & MENTOR_CHART)
			page->series[page->n_series++] = o->fields[i];
}

static void keep_bar(struct out *o, struct page *page, const void *record)
{
	bool any = false;
	for (size_t i = 0; i < page->n_series; i++)
		any = any || mentor_field_number(page->series[i], record) != MENTOR_NONE;
	if (!any || page->n_bars++ >= MOST_BARS)
		return;
	struct bar *bar = &page->bars[page->n_bars - 1];
	struct mentor_buf label = MENTOR_BUF_INIT;
	mentor_field_write(&label, o->fields[label_column(o)], record);
	bar->label = strdup(mentor_buf_text(&label));
	o->buf.failed = o->buf.failed || label.failed || !bar->label;
	mentor_buf_free(&label);
	for (size_t i = 0; i < page->n_series; i++)
		bar->values[i] = mentor_field_number(page->series[i], record);
}

static bool has_value(int64_t value)
{
	return value != MENTOR_NONE && value != MENTOR_SUPPRESSED;
}

/* Where values lie across the drawing, in hundredths of a per cent. Room is left beside the bars for their numbers. */
struct scale {
	int64_t low, high; /* values at the ends of the room for bars; 0 lies between */
	int64_t left, right;
	size_t indent; /* pixels in front of the bars for short labels; 0: labels stand above */
};

static size_t label_indent(const struct page *page)
{
	size_t longest = 0;
	for (size_t i = 0; i < page->n_bars; i++) {
		size_t len = page->bars[i].label ? strlen(page->bars[i].label) : 0;
		longest = len > longest ? len : longest;
	}
	return longest <= LABEL_SHORT ? longest * LETTER_WIDTH + 12 : 0;
}

static struct scale scale_of(const struct page *page)
{
	struct scale s = { 0, 0, 0, 7400, label_indent(page) };
	for (size_t i = 0; i < page->n_bars; i++)
		for (size_t n = 0; n < page->n_series; n++) {
			int64_t value = page->bars[i].values[n];
			if (!has_value(value))
				continue;
			s.low = value < s.low ? value : s.low;
			s.high = value > s.high ? value : s.high;
		}
	s.left = s.low < 0 ? 2400 : 0;
	s.right = s.indent ? 6000 : s.right;
	return s;
}

static int64_t at_value(const struct scale *s, int64_t value)
{
	int64_t span = s->high - s->low;
	return span ? s->left + (s->right - s->left) * (value - s->low) / span : s->left;
}

static void write_percent(struct mentor_buf *b, const char *name, int64_t hundredths)
{
	mentor_buf_fmt(b, " %s=\"%" PRId64 ".%02" PRId64 "%%\"", name, hundredths / 100, hundredths % 100);
}

/* The length of the next line of a label: about a third of it when it takes three lines, and so on. */
static size_t line_length(const char *label, size_t lines_left)
{
	size_t len = strlen(label), target = (len + lines_left - 1) / lines_left, cut = 0;
	if (len <= LABEL_LINE)
		return len;
	for (size_t i = 1; i <= LABEL_LINE && cut < target; i++)
		cut = label[i] == ' ' ? i : cut;
	return cut ? cut : len;
}

/* Writes a label as lines 18 apart, the first one at y. Returns how many. */
static int write_label(struct mentor_buf *b, const char *label, int y)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	size_t wanted = (strlen(label) + LABEL_LINE - 1) / LABEL_LINE;
	int lines = 0;
	while (*label) {
		size_t cut = line_length(label, wanted > (size_t)lines ? wanted - (size_t)lines : 1);
		mentor_buf_clear(&line);
		mentor_buf_add(&line, label, cut);
		mentor_buf_fmt(b, "<text x=\"0\" y=\"%d\">", y + 12 + 18 * lines++);
		mentor_buf_html(b, mentor_buf_text(&line));
		mentor_buf_str(b, "</text>\n");
		label += cut + (label[cut] == ' ');
	}
	b->failed = b->failed || line.failed;
	mentor_buf_free(&line);
	return lines;
}

/* "before 2.80": the series is named only where there are several. */
static void write_bar_text(struct mentor_buf *b, const struct page *page, size_t series, int64_t value)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct mentor_field field = *page->series[series];
	field.offset = 0;
	out_heading(&text, &field);
	if (page->n_series > 1) {
		mentor_buf_html(b, mentor_buf_text(&text));
		mentor_buf_char(b, ' ');
	}
	mentor_buf_clear(&text);
	if (value == MENTOR_NONE)
		mentor_buf_str(&text, "no figure");
	else
		mentor_field_write(&text, &field, &value);
	write_figure(b, mentor_buf_text(&text));
	mentor_buf_free(&text);
}

/* Two series are drawn as outline and solid, so that they differ without colour. */
static size_t bar_style(const struct page *page, size_t series)
{
	return page->n_series == 2 ? 1 - series : series;
}

static void write_bar(
    struct mentor_buf *b, const struct page *page, const struct scale *s, size_t series, int64_t value, int y)
{
	int64_t zero = at_value(s, 0), end = has_value(value) ? at_value(s, value) : zero;
	bool left = end < zero;
	if (end != zero) {
		mentor_buf_fmt(b, "<rect class=\"b%zu\"", bar_style(page, series));
		write_percent(b, "x", left ? end : zero);
		write_percent(b, "width", left ? zero - end : end - zero);
		mentor_buf_fmt(b, " y=\"%d\" height=\"15\"/>\n", y);
	}
	mentor_buf_str(b, "<text class=\"s\"");
	write_percent(b, "x", end);
	mentor_buf_fmt(b, " dx=\"%s\" y=\"%d\"%s>", left ? "-7" : "7", y + 12, left ? " text-anchor=\"end\"" : "");
	write_bar_text(b, page, series, value);
	mentor_buf_str(b, "</text>\n");
}

/* One group: a label, its bars, and the line they start from. Returns where the next group begins. */
static int write_group(
    struct mentor_buf *b, const struct page *page, const struct scale *s, const struct bar *bar, int y)
{
	int lines = write_label(b, bar->label ? bar->label : "", y);
	if (!s->indent)
		y += 18 * lines + 3;
	int top = y;
	mentor_buf_fmt(b, "<g transform=\"translate(%zu)\">\n", s->indent);
	for (size_t n = 0; n < page->n_series; n++, y += 19)
		write_bar(b, page, s, n, bar->values[n], y);
	mentor_buf_str(b, "<line class=\"axis\"");
	write_percent(b, "x1", at_value(s, 0));
	write_percent(b, "x2", at_value(s, 0));
	mentor_buf_fmt(b, " y1=\"%d\" y2=\"%d\"/>\n</g>\n", top - 3, y - 1);
	return y + (s->indent ? 5 : 12);
}

static int write_bars(struct mentor_buf *b, const struct page *page, const struct scale *s)
{
	int y = 4;
	for (size_t i = 0; i < page->n_bars; i++)
		y = write_group(b, page, s, &page->bars[i], y);
	return y;
}

static void write_series_names(struct mentor_buf *b, const struct page *page)
{
	for (size_t i = 0; i < page->n_series; i++) {
		mentor_buf_str(b, i == 0 ? "" : i + 1 < page->n_series ? ", " : " and ");
		struct mentor_buf name = MENTOR_BUF_INIT;
		out_heading(&name, page->series[i]);
		mentor_buf_html(b, mentor_buf_text(&name));
		mentor_buf_free(&name);
	}
}

/* The bars are drawn first, as the height of the drawing is known only then. */
static void write_chart(struct out *o, struct page *page, const struct part *part)
{
	struct mentor_buf bars = MENTOR_BUF_INIT;
	struct scale s = scale_of(page);
	int height = write_bars(&bars, page, &s);
	mentor_buf_fmt(&o->buf,
	    "<figure>\n<svg role=\"img\" aria-labelledby=\"chart-%zu\" aria-describedby=\"about-%zu\" "
	    "height=\"%d\">\n<title id=\"chart-%zu\">",
	    o->n_parts, o->n_parts, height, o->n_parts);
	mentor_buf_html(&o->buf, part->title ? part->title : o->title ? o->title : o->command->summary);
	mentor_buf_str(&o->buf, ": ");
	write_series_names(&o->buf, page);
	mentor_buf_fmt(&o->buf,
	    "</title>\n<desc id=\"about-%zu\">Bars from left to right, one group for each row that has figures. The "
	    "table that follows has the same figures.</desc>\n",
	    o->n_parts);
	mentor_buf_str(&o->buf, mentor_buf_text(&bars));
	mentor_buf_str(&o->buf, "</svg>\n</figure>\n");
	o->buf.failed = o->buf.failed || bars.failed;
	mentor_buf_free(&bars);
}

/* Bars say something only where there are several to set side by side, and not too many to see. */
static bool is_worth_a_chart(const struct page *page)
{
	bool any = false;
	for (size_t i = 0; i < page->n_bars && i < MOST_BARS; i++)
		for (size_t n = 0; n < page->n_series; n++)
			any = any || (has_value(page->bars[i].values[n]) && page->bars[i].values[n] != 0);
	return any && page->n_bars <= MOST_BARS && page->n_bars * page->n_series > 1;
}

/* ---- parts ---- */

static void html_part(struct out *o, const struct part *part)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	choose_series(o, page, part);
	mentor_buf_clear(&page->table);
	if (!part->title) {
		mentor_buf_str(&o->buf, "<section>\n");
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
		return;
	}
	/* a table without a chart need not wait in memory */
	struct mentor_buf *b = page->n_series ? &page->table : &o->buf;
	if (o->n_rows == 0)
		write_table_head(o, b, part);
	if (page->n_series)
		keep_bar(o, page, record);
	write_cells(o, b, record);
}

static void html_part_end(struct out *o, const struct part *part)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	if (is_worth_a_chart(page))
		write_chart(o, page, part);
	mentor_buf_str(&o->buf, mentor_buf_text(&page->table));
	o->buf.failed = o->buf.failed || page->table.failed;
	if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "<p class=\"none\">Nothing to show yet.</p>\n");
	else if (part->many)
		mentor_buf_str(&o->buf, "</tbody>\n</table>\n</div>\n");
	mentor_buf_str(&o->buf, "</section>\n");
	forget_bars(page);
}

/* ---- foot ---- */

static void write_notes(struct out *o, bool withheld)
{
	const char *line = mentor_buf_text(&o->notes);
	if (!withheld && !*line)
		return;
	mentor_buf_str(&o->buf, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">Notes</h2>\n");
	if (withheld)
		mentor_buf_str(&o->buf, "<p><strong>[c]</strong> means withheld: the number is so small, or another "
					"number so close to it, that it "
					"could tell what single people answered. A true zero is shown as 0.</p>\n");
	while (*line) {
		size_t len = strcspn(line, "\n");
		struct mentor_buf one = MENTOR_BUF_INIT;
		mentor_buf_add(&one, line, len);
		mentor_buf_str(&o->buf, "<p>");
		mentor_buf_html(&o->buf, mentor_buf_text(&one));
		mentor_buf_str(&o->buf, "</p>\n");
		mentor_buf_free(&one);
		line += len + (line[len] == '\n');
	}
	mentor_buf_str(&o->buf, "</section>\n");
}

static void html_end(struct out *o)
{
	struct page *page = page_of(o);
	write_notes(o, page && page->withheld);
	mentor_buf_str(&o->buf,
	    "</main>\n<footer class=\"foot\">Made with mentor " MENTOR_VERSION ".</footer>\n</body>\n</html>\n");
	if (page)
		mentor_buf_free(&page->table);
	free(page);
	o->state = NULL;
}

static void html_text(struct out *o, const char *name, const char *text)
{
	(void)name;
	mentor_buf_str(&o->buf, "<section>\n<pre>");
	mentor_buf_html(&o->buf, text);
	mentor_buf_str(&o->buf, "</pre>\n</section>\n");
}

const struct format format_html = { "html", html_begin, html_part, html_row, html_part_end, html_end, html_text };
