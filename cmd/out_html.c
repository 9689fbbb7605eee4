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
    ".list{margin:0;padding:0;list-style:none}"
    ".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    ".foot{padding-top:.25rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}"
    "@media (max-width:40rem){.top,main,.foot{padding-left:.75rem;padding-right:.75rem}.top{padding-top:1.5rem}section{padding:1.1rem}}"
    "@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--card:#fff;--accent:#0b5566;--pale:#d3e4e7;--mark:#7a4b00}"
    "html{font-size:10pt}.skip{display:none}section{border:0;padding:0;margin-bottom:1.4rem}.top,main,.foot{padding:0;max-width:none}"
    ".scroll{overflow:visible}table{font-size:9pt}th,td{padding:.3rem .4rem}.w{min-width:8rem}thead{display:table-header-group}tr,figure,.facts div{break-inside:avoid}h2,caption{break-after:avoid}"
    "svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}}"
    "@page{margin:18mm 16mm}";
static const char chart_style[] =
    "figure{margin:0 0 1.75rem}"
    "figcaption{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;margin:0 0 1rem;color:var(--soft);font-size:.875rem}"
    "figcaption b{color:var(--ink)}"
    "figcaption svg{vertical-align:-.15em}"
    ".chart{display:grid;grid-template-columns:fit-content(20rem) 1fr;gap:12px 1rem;align-items:center;font-size:.875rem;line-height:1.35}"
    ".chart p{margin:0}"
    ".chart span{color:var(--soft);white-space:nowrap}"
    ".chart svg{display:block;overflow:visible;width:calc(100% - var(--room))}"
    ".chart.signed svg{margin-left:var(--room);width:calc(100% - 2*var(--room))}"
    ".chart text{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}"
    ".b0{fill:var(--accent)}"
    ".b1{fill:var(--pale);stroke:var(--accent)}"
    ".b2{fill:var(--mark)}"
    ".b3{fill:var(--card);stroke:var(--mark)}"
    ".axis{stroke:var(--soft)}"
    ".tick{stroke:var(--line)}"
    ".mark{stroke:var(--mark);stroke-width:3px;stroke-dasharray:6 2}"
    ".gap{stroke:var(--card);stroke-width:7px}"
    "@media (max-width:40rem){.chart.long{grid-template-columns:1fr}.long p:not(:empty){margin-bottom:-6px}}";
/* clang-format on */

/* ---- what the page remembers ---- */

/* BAR and GAP in pixels. On a narrow screen labels that are not short stand above their bars instead of in front of them. */
enum { MOST_SERIES = 4, MOST_BARS = 60, MOST_TICKS = 10, BAR = 15, GAP = 6, REACH = 8, SHORT_LABEL = 16 };

struct bar {
	char *label;
	int64_t values[MOST_SERIES];
	int64_t mark, low, high; /* MENTOR_NONE: none */
};

struct page {
	const struct mentor_field *series[MOST_SERIES]; /* of the running part: the numbers charted */
	size_t n_series;
	const struct mentor_field *mark, *low, *high; /* held against the bars; the ends of their scale; NULL: none */
	struct bar bars[MOST_BARS];
	size_t n_bars;           /* more than MOST_BARS: too many for a chart */
	struct mentor_buf table; /* the running part's table, which follows its chart */
	const struct mentor_labels *labels; /* the document's */
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

static void capital(struct mentor_buf *b, const char *text)
{
	struct mentor_buf large = MENTOR_BUF_INIT;
	mentor_buf_capital(&large, text);
	mentor_buf_html(b, mentor_buf_text(&large));
	b->failed = b->failed || large.failed;
	mentor_buf_free(&large);
}

static void page_title(const struct out *o, struct mentor_buf *b)
{
	if (o->title)
		mentor_buf_html(b, o->title);
	else
		capital(b, o->command->summary);
}

static void html_begin(struct out *o)
{
	o->state = calloc(1, sizeof(struct page));
	o->buf.failed = o->buf.failed || !o->state;
	mentor_buf_str(&o->buf, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	page_title(o, &o->buf);
	mentor_buf_str(&o->buf, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				"<meta name=\"color-scheme\" content=\"light dark\">\n<style>\n");
	mentor_buf_str(&o->buf, style);
	mentor_buf_str(&o->buf, chart_style);
	mentor_buf_str(&o->buf, "\n</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
				"content</a>\n<header class=\"top\">\n"
				"<p class=\"kicker\">");
	capital(&o->buf, o->kicker ? o->kicker : o->noun ? o->noun->name : "mentor");
	mentor_buf_str(&o->buf, "</p>\n<h1>");
	page_title(o, &o->buf);
	mentor_buf_str(&o->buf, "</h1>\n</header>\n<main id=\"main\">\n");
}

/* ---- values ---- */

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
	page_of(o)->withheld |= out_is_withheld(field, record);
	const char *side = out_side(o, field, record);
	if (side)
		mentor_buf_html(b, side);
	else if (mentor_field_is_text(field))
		write_text(b, field, mentor_field_string(field, record));
	else if (field->type == MENTOR_TYPE_CHOICE && mentor_field_number(field, record) != MENTOR_SUPPRESSED)
		write_choice(b, mentor_buf_text(&value));
	else
		write_figure(b, mentor_buf_text(&value));
	b->failed = b->failed || value.failed;
	mentor_buf_free(&value);
}

static void write_heading(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	out_heading(&name, labels, field);
	capital(b, mentor_buf_text(&name));
	b->failed = b->failed || name.failed;
	mentor_buf_free(&name);
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
		write_heading(&o->buf, &o->labels, o->fields[i]);
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

/* Below a chart the caption tells the two apart; otherwise the heading above it says enough to those who see it. */
static void write_table_start(const struct out *o, struct mentor_buf *b, const struct part *part, bool charted)
{
	mentor_buf_fmt(b,
	    "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"caption-%zu\">\n<table>\n"
	    "<caption id=\"caption-%zu\"><span%s>",
	    o->n_parts, o->n_parts, charted ? "" : " class=\"hidden\"");
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
		write_heading(b, &o->labels, o->fields[i]);
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

static const struct mentor_field *flagged(const struct part *part, unsigned flag)
{
	for (const struct mentor_field *f = part->fields; f->name; f++)
		if (f->flags & flag)
			return f;
	return NULL;
}

static void choose_series(const struct out *o, struct page *page, const struct part *part)
{
	page->labels = &o->labels;
	page->n_series = 0;
	for (size_t i = 0; part->many && i < o->n_fields && page->n_series < MOST_SERIES; i++)
		if (o->fields[i]->flags & MENTOR_CHART)
			page->series[page->n_series++] = o->fields[i];
	page->mark = flagged(part, MENTOR_CHART_MARK);
	page->low = flagged(part, MENTOR_CHART_LOW);
	page->high = flagged(part, MENTOR_CHART_HIGH);
}

static int64_t number_or_none(const struct mentor_field *field, const void *record)
{
	return field ? mentor_field_number(field, record) : MENTOR_NONE;
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
	out_label(&label, o, record);
	bar->label = strdup(mentor_buf_text(&label));
	o->buf.failed = o->buf.failed || label.failed || !bar->label;
	mentor_buf_free(&label);
	if (!bar->label) { /* a bar always has one; this page is not going to be printed */
		page->n_bars--;
		return;
	}
	for (size_t i = 0; i < page->n_series; i++)
		bar->values[i] = mentor_field_number(page->series[i], record);
	bar->mark = number_or_none(page->mark, record);
	bar->low = number_or_none(page->low, record);
	bar->high = number_or_none(page->high, record);
}

static bool has_value(int64_t value)
{
	return value != MENTOR_NONE && value != MENTOR_SUPPRESSED;
}

/* Whole numbers and hundredths are drawn on one scale. */
static int64_t hundredths(const struct mentor_field *field, int64_t value)
{
	return field->type == MENTOR_TYPE_CENTI ? value : value * 100;
}

static bool is_on_scale(const struct bar *bar)
{
	return has_value(bar->low) && has_value(bar->high) && bar->low < bar->high;
}

static bool same_scale(const struct page *page)
{
	for (size_t i = 0; i < page->n_bars; i++)
		if (!is_on_scale(&page->bars[i]) || page->bars[i].low != page->bars[0].low ||
		    page->bars[i].high != page->bars[0].high)
			return false;
	return true;
}

static bool same_mark(const struct page *page)
{
	for (size_t i = 0; i < page->n_bars; i++)
		if (!has_value(page->bars[i].mark) || page->bars[i].mark != page->bars[0].mark)
			return false;
	return true;
}

/* What stands at the left and at the right end, in hundredths. */
struct scale {
	int64_t low, high;
};

static void widen(struct scale *s, int64_t value)
{
	s->low = value < s->low ? value : s->low;
	s->high = value > s->high ? value : s->high;
}

/* The scale of the answers where there is one, else from 0 as far as the figures go. */
static struct scale scale_of(const struct page *page, const struct bar *bar)
{
	if (is_on_scale(bar))
		return (struct scale){ hundredths(page->low, bar->low), hundredths(page->high, bar->high) };
	struct scale s = { 0, 0 };
	for (size_t i = 0; i < page->n_bars; i++) {
		for (size_t n = 0; n < page->n_series; n++)
			if (has_value(page->bars[i].values[n]))
				widen(&s, hundredths(page->series[n], page->bars[i].values[n]));
		if (has_value(page->bars[i].mark))
			widen(&s, hundredths(page->mark, page->bars[i].mark));
	}
	return s;
}

/* Bars start at 0, or where their scale does. */
static int64_t start_of(const struct scale *s)
{
	return s->low > 0 ? s->low : 0;
}

static void write_place(struct mentor_buf *b, const char *name, const struct scale *s, int64_t from, int64_t to)
{
	int64_t span = s->high - s->low, share = span ? 10000 * (to - from) / span : 0;
	mentor_buf_fmt(b, " %s=\"%" PRId64 ".%02" PRId64 "%%\"", name, share / 100, share % 100);
}

static void write_line(
    struct mentor_buf *b, const char *class, const struct scale *s, int64_t value, int from_y, int to_y)
{
	mentor_buf_fmt(b, "<line class=\"%s\"", class);
	write_place(b, "x1", s, s->low, value);
	write_place(b, "x2", s, s->low, value);
	mentor_buf_fmt(b, " y1=\"%d\" y2=\"%d\"/>\n", from_y, to_y);
}

/* The value of a field that is not in a record. */
static void write_number(struct mentor_buf *b, const struct mentor_field *field, int64_t value)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct mentor_field alone = *field;
	alone.offset = 0;
	mentor_field_write(&text, &alone, &value);
	write_figure(b, value == MENTOR_NONE ? "no figure" : mentor_buf_text(&text));
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

/* "before 2.80": the series is named only where there are several, the mark only where bars have different ones. */
static void write_bar_text(struct mentor_buf *b, const struct page *page, const struct bar *bar, size_t series)
{
	if (page->n_series > 1) {
		out_heading(b, page->labels, page->series[series]);
		mentor_buf_char(b, ' ');
	}
	write_number(b, page->series[series], bar->values[series]);
	if (has_value(bar->mark) && !same_mark(page)) {
		mentor_buf_str(b, ", ");
		out_heading(b, page->labels, page->mark);
		mentor_buf_char(b, ' ');
		write_number(b, page->mark, bar->mark);
	}
}

/* Two series are drawn as outline and solid, so that they differ without colour. */
static size_t bar_style(const struct page *page, size_t series)
{
	return page->n_series == 2 ? 1 - series : series;
}

static int64_t end_of(const struct page *page, const struct bar *bar, const struct scale *s, size_t series)
{
	int64_t value = bar->values[series];
	return has_value(value) ? hundredths(page->series[series], value) : start_of(s);
}

static void write_bar(
    struct mentor_buf *b, const struct page *page, const struct bar *bar, const struct scale *s, size_t series, int y)
{
	int64_t start = start_of(s), end = end_of(page, bar, s, series);
	if (end == start)
		return;
	mentor_buf_fmt(b, "<rect class=\"b%zu\"", bar_style(page, series));
	write_place(b, "x", s, s->low, end < start ? end : start);
	write_place(b, "width", s, end < start ? end : start, end < start ? start : end);
	mentor_buf_fmt(b, " y=\"%d\" height=\"%d\"/>\n", y, BAR);
}

static void write_bar_end(
    struct mentor_buf *b, const struct page *page, const struct bar *bar, const struct scale *s, size_t series, int y)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	int64_t end = end_of(page, bar, s, series);
	bool left = end < start_of(s);
	mentor_buf_str(b, "<text");
	write_place(b, "x", s, s->low, end);
	mentor_buf_fmt(b, " dx=\"%s\" y=\"%d\"%s>", left ? "-7" : "7", y + 12, left ? " text-anchor=\"end\"" : "");
	write_bar_text(&text, page, bar, series);
	mentor_buf_html(b, mentor_buf_text(&text));
	mentor_buf_str(b, "</text>\n");
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

/* The whole numbers of a scale, as lines or as figures under them; of a long one only the ends. */
static void write_ticks(struct mentor_buf *b, const struct bar *bar, const struct scale *s, int height)
{
	int64_t step = bar->high - bar->low > MOST_TICKS ? bar->high - bar->low : 1;
	for (int64_t tick = bar->low; is_on_scale(bar) && tick <= bar->high; tick += step) {
		if (height) {
			write_line(b, "tick", s, 100 * tick, -REACH, height + REACH);
			continue;
		}
		mentor_buf_str(b, "<text");
		write_place(b, "x", s, s->low, 100 * tick);
		mentor_buf_fmt(b, " y=\"12\" text-anchor=\"middle\">%" PRId64 "</text>\n", tick);
	}
}

/* One group: a label and its bars. Lines reach half-way to the next group, so that they meet. */
static void write_group(struct mentor_buf *b, const struct page *page, const struct bar *bar)
{
	const struct scale s = scale_of(page, bar);
	int height = (int)page->n_series * (BAR + GAP) - GAP;
	mentor_buf_str(b, "<p>");
	mentor_buf_html(b, bar->label);
	if (is_on_scale(bar) && !same_scale(page))
		mentor_buf_fmt(b, " <span>(%" PRId64 " to %" PRId64 ")</span>", bar->low, bar->high);
	mentor_buf_fmt(b, "</p>\n<svg height=\"%d\">\n", height);
	write_ticks(b, bar, &s, height);
	write_line(b, "axis", &s, start_of(&s), -REACH, height + REACH);
	for (size_t n = 0; n < page->n_series; n++)
		write_bar(b, page, bar, &s, n, (int)n * (BAR + GAP));
	if (has_value(bar->mark)) {
		int64_t mark = hundredths(page->mark, bar->mark);
		write_line(b, "gap", &s, mark, -REACH, height + REACH); /* sets the mark off from the bars it crosses */
		write_line(b, "mark", &s, mark, -REACH, height + REACH);
	}
	for (size_t n = 0; n < page->n_series; n++)
		write_bar_end(b, page, bar, &s, n, (int)n * (BAR + GAP));
	mentor_buf_str(b, "</svg>\n");
}

/* Above the bars: what the line is. */
static void write_mark_name(struct mentor_buf *b, const struct page *page)
{
	const struct bar *bar = &page->bars[0];
	const struct scale s = scale_of(page, bar);
	int64_t value = hundredths(page->mark, bar->mark);
	mentor_buf_str(b, "<p></p>\n<svg height=\"14\">\n<text");
	write_place(b, "x", &s, s.low, value);
	mentor_buf_fmt(b, " y=\"11\" text-anchor=\"%s\">", 2 * value > s.low + s.high ? "end" : "start");
	struct mentor_buf name = MENTOR_BUF_INIT;
	out_heading(&name, page->labels, page->mark);
	mentor_buf_html(b, mentor_buf_text(&name));
	mentor_buf_char(b, ' ');
	write_number(b, page->mark, bar->mark);
	mentor_buf_str(b, "</text>\n</svg>\n");
	b->failed = b->failed || name.failed;
	mentor_buf_free(&name);
}

static void write_key_entry(
    struct mentor_buf *b, const struct page *page, const char *drawing, const struct mentor_field *field)
{
	mentor_buf_fmt(b, "<span><svg aria-hidden=\"true\" width=\"20\" height=\"15\">%s</svg> <b>", drawing);
	write_heading(b, page->labels, field);
	mentor_buf_str(b, "</b>");
	if (field->help) {
		mentor_buf_str(b, ": ");
		mentor_buf_html(b, field->help);
	}
	mentor_buf_str(b, "</span>\n");
}

/* What the bars and the line count, and on which scale. */
static void write_key(struct mentor_buf *b, const struct page *page)
{
	char drawing[64];
	bool marked = false;
	mentor_buf_str(b, "<figcaption>\n");
	for (size_t n = 0; n < page->n_series; n++) {
		snprintf(drawing, sizeof(drawing), "<rect class=\"b%zu\" x=\"1\" y=\"2\" width=\"18\" height=\"11\"/>",
		    bar_style(page, n));
		write_key_entry(b, page, drawing, page->series[n]);
	}
	for (size_t i = 0; i < page->n_bars; i++)
		marked = marked || has_value(page->bars[i].mark);
	if (marked)
		write_key_entry(b, page, "<line class=\"mark\" x1=\"10\" x2=\"10\" y1=\"0\" y2=\"15\"/>", page->mark);
	if (same_scale(page))
		mentor_buf_fmt(
		    b, "<span>Scale from %" PRId64 " to %" PRId64 "</span>\n", page->bars[0].low, page->bars[0].high);
	mentor_buf_str(b, "</figcaption>\n");
}

/* What the style sheet has to know: how much room the texts beside the bars need, and how long labels are. */
static void write_measures(struct mentor_buf *b, const struct page *page)
{
	size_t room = 0, longest = 0;
	bool negative = false;
	struct mentor_buf text = MENTOR_BUF_INIT;
	for (size_t i = 0; i < page->n_bars; i++) {
		size_t len = strlen(page->bars[i].label);
		longest = len > longest ? len : longest;
		for (size_t n = 0; n < page->n_series; n++) {
			mentor_buf_clear(&text);
			write_bar_text(&text, page, &page->bars[i], n);
			room = text.len > room ? text.len : room;
			negative = negative || (has_value(page->bars[i].values[n]) && page->bars[i].values[n] < 0);
		}
	}
	mentor_buf_fmt(b, "class=\"chart%s%s\" style=\"--room:%zuch\"", longest > SHORT_LABEL ? " long" : "",
	    negative ? " signed" : "", room + 1);
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

static void write_chart(struct mentor_buf *b, const struct page *page)
{
	mentor_buf_str(b, "<figure>\n");
	write_key(b, page);
	mentor_buf_str(b, "<div role=\"img\" aria-label=\"Bar chart; the table that follows has the same figures\" ");
	write_measures(b, page);
	mentor_buf_str(b, ">\n");
	if (same_mark(page))
		write_mark_name(b, page);
	for (size_t i = 0; i < page->n_bars; i++)
		write_group(b, page, &page->bars[i]);
	if (same_scale(page)) {
		const struct scale s = scale_of(page, &page->bars[0]);
		mentor_buf_str(b, "<p></p>\n<svg height=\"14\">\n");
		write_ticks(b, &page->bars[0], &s, 0);
		mentor_buf_str(b, "</svg>\n");
	}
	mentor_buf_str(b, "</div>\n</figure>\n");
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
	if (page->n_series)
		keep_bar(o, page, record);
	/* a table that no chart can precede need not wait in memory */
	struct mentor_buf *b = page->n_series ? &page->table : &o->buf;
	if (o->n_rows == 0 && !page->n_series)
		write_table_start(o, b, part, false);
	if (o->n_rows == 0)
		write_columns(o, b);
	write_cells(o, b, record);
}

static void write_chart_and_table(struct out *o, const struct page *page, const struct part *part)
{
	bool charted = is_worth_a_chart(page);
	if (charted)
		write_chart(&o->buf, page);
	write_table_start(o, &o->buf, part, charted);
	mentor_buf_str(&o->buf, mentor_buf_text(&page->table));
	o->buf.failed = o->buf.failed || page->table.failed;
}

static void html_part_end(struct out *o, const struct part *part)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	if (page->n_series && o->n_rows)
		write_chart_and_table(o, page, part);
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
		out_free_part(o, &one);
		line += len + (line[len] == '\n');
	}
	mentor_buf_str(&o->buf, "</section>\n");
}

static void html_drop(struct out *o)
{
	struct page *page = page_of(o);
	if (!page)
		return;
	forget_bars(page);
	mentor_buf_free(&page->table);
	free(page);
	o->state = NULL;
}

static void html_end(struct out *o)
{
	struct page *page = page_of(o);
	write_notes(o, page && page->withheld);
	mentor_buf_str(&o->buf,
	    "</main>\n<footer class=\"foot\">Made with mentor " MENTOR_VERSION ".</footer>\n</body>\n</html>\n");
	html_drop(o);
}

static void html_text(struct out *o, const char *name, const char *text)
{
	(void)name;
	mentor_buf_str(&o->buf, "<section>\n<pre>");
	mentor_buf_html(&o->buf, text);
	mentor_buf_str(&o->buf, "</pre>\n</section>\n");
}

const struct format format_html = { "html", html_begin, html_part, html_row, html_part_end, html_end, html_text,
	html_drop, FORMAT_PEOPLE | FORMAT_LABELS | FORMAT_SOME };
