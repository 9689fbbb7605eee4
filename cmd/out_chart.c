/* out_chart.c: the charts of a page: what is kept of each row, the key, and bars or points on a line for each row. */
#include "out_chart.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const char chart_style[] =
    "figure{margin:0 0 1.75rem;min-width:0}"
    "figcaption{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;margin:0 0 1rem;color:var(--soft);font-size:.875rem}"
    "figcaption b{color:var(--ink)}"
    "figcaption svg{vertical-align:-.15em}"
    ".chart{display:grid;grid-template-columns:fit-content(20rem) 1fr;gap:12px 1rem;align-items:center;font-size:.875rem;line-height:1.35}"
    ".chart p{margin:0}"
    ".chart span{color:var(--soft);white-space:nowrap}"
    "figure svg{display:block;overflow:visible}"
    "figcaption svg{display:inline-block}"
    ".chart>svg{width:calc(100% - var(--room))}"
    ".chart.signed>svg{margin-left:var(--room);width:calc(100% - 2*var(--room))}"
    "figure text{fill:var(--ink);font-size:.8125rem;font-variant-numeric:tabular-nums;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}"
    "figure .soft{fill:var(--soft)}"
    "figure .inside{stroke:none}"
    ".strong{font-weight:650}"
    ".b0{fill:var(--accent)}"
    ".b1{fill:var(--pale);stroke:var(--accent)}"
    ".b2{fill:var(--mark)}"
    ".b3{fill:var(--card);stroke:var(--mark)}"
    ".axis{stroke:var(--soft)}"
    ".tick{stroke:var(--line)}"
    ".mark{stroke:var(--mark);stroke-width:3px;stroke-dasharray:6 2}"
    ".gap{stroke:var(--card);stroke-width:7px}"
    ".way{stroke:var(--pale);stroke-width:8px}"
    ".point0{fill:var(--card);stroke:var(--accent);stroke-width:2.5px}"
    ".point1{fill:var(--accent);stroke:var(--card);stroke-width:1.5px}"
    ".fall{fill:var(--pale);opacity:.55}"
    ".area{fill:var(--pale);opacity:.6}"
    ".line{fill:none;stroke:var(--accent);stroke-width:3px;stroke-linejoin:round;stroke-linecap:round}"
    ".aim{fill:none;stroke:var(--mark);stroke-width:2.5px;stroke-dasharray:7 5}"
    ".plot{display:grid;grid-template-columns:auto 1fr;gap:0 .6rem;padding-right:1rem}"
    ".band{fill:var(--accent);opacity:.3}"
    ".place{font-size:.8125rem;line-height:1.3;display:flex;align-items:center;height:100%}"
    ".place.left{justify-content:flex-end;text-align:right}"
    ".r1{--room:6ch}.r2{--room:12ch}.r3{--room:18ch}.r4{--room:24ch}.r5{--room:30ch}.r6{--room:36ch}.r7{--room:42ch}.r8{--room:48ch}"
    ".strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr));gap:1rem .4rem;font-size:.8125rem;line-height:1.3}"
    ".strip svg{width:100%}"
    ".strip p{margin:.35rem .2rem 0;hyphens:auto}"
    ".strip text{stroke:none}"
    ".heat{fill:var(--accent);stroke:var(--accent)}"
    ".h0{fill-opacity:0;stroke-dasharray:4 3}.h1{fill-opacity:.12}.h2{fill-opacity:.28}.h3{fill-opacity:.44}"
    ".h4+text{fill:var(--card)}"
    "@media (max-width:40rem){.chart.long{grid-template-columns:1fr}.long p:not(:empty){margin-bottom:-6px}}";
/* clang-format on */

/* BAR, GAP and POINT in pixels. On a narrow screen labels that are not short stand above their bars instead of in front of them. */
enum { MOST_TICKS = 10, BAR = 15, GAP = 6, REACH = 8, POINT = 6, SHORT_LABEL = 16, ROOM_STEP = 6, MOST_ROOM = 8 };

/* ---- what is kept ---- */

void chart_forget(struct chart *chart)
{
	for (size_t i = 0; i < chart->n_bars && i < MOST_BARS; i++) {
		free(chart->bars[i].label);
		free(chart->bars[i].other);
	}
	chart->n_bars = 0;
}

static const struct mentor_field *flagged(const struct part *part, unsigned flag)
{
	for (const struct mentor_field *f = part->fields; f->name; f++)
		if (f->flags & flag)
			return f;
	return NULL;
}

void chart_begin(struct chart *chart, const struct out *o, const struct part *part)
{
	chart_forget(chart);
	chart->part = part;
	chart->number = o->n_parts;
	chart->labels = &o->labels;
	chart->n_series = 0;
	for (size_t i = 0; i < o->n_fields && chart->n_series < (part->many ? MOST_SERIES : 1); i++)
		if (o->fields[i]->flags & MENTOR_CHART)
			chart->series[chart->n_series++] = o->fields[i];
	chart->mark = flagged(part, MENTOR_CHART_MARK);
	chart->low = flagged(part, MENTOR_CHART_LOW);
	chart->high = flagged(part, MENTOR_CHART_HIGH);
}

/* The n-th of the columns that name the row; NULL when there are fewer. */
static const struct mentor_field *label_field(const struct out *o, size_t n)
{
	for (size_t i = 0; i < o->n_fields; i++)
		if (o->fields[i]->flags & MENTOR_LABEL && n-- == 0)
			return o->fields[i];
	return NULL;
}

/* A band has a name at either end. */
static void keep_names(struct chart *chart, struct out *o, struct bar *bar, const void *record)
{
	const struct mentor_field *first = label_field(o, 0), *second = label_field(o, 1);
	bool ends = chart->part->chart == CHART_FLOW && first && second;
	struct mentor_buf label = MENTOR_BUF_INIT, other = MENTOR_BUF_INIT;
	if (ends)
		out_value(o, &label, first, record);
	else
		out_label(&label, o, record);
	if (ends)
		out_value(o, &other, second, record);
	bar->label = strdup(mentor_buf_text(&label));
	bar->other = strdup(mentor_buf_text(&other));
	bar->day = MENTOR_NONE;
	if (first && first->type == MENTOR_TYPE_DAY)
		mentor_day_parse(mentor_field_string(first, record), &bar->day);
	o->buf.failed = o->buf.failed || !bar->label || !bar->other;
	out_free_part(o, &label);
	out_free_part(o, &other);
}

static int64_t number_or_none(const struct mentor_field *field, const void *record)
{
	return field ? mentor_field_number(field, record) : MENTOR_NONE;
}

/* Of an object each figure has a bar of its own. */
static void keep_figures(struct chart *chart, struct out *o, const void *record)
{
	for (size_t i = 0; i < o->n_fields && chart->n_bars < MOST_BARS; i++) {
		struct mentor_buf label = MENTOR_BUF_INIT;
		if (!(o->fields[i]->flags & MENTOR_CHART))
			continue;
		struct bar bar = { .day = MENTOR_NONE, .mark = MENTOR_NONE, .low = MENTOR_NONE, .high = MENTOR_NONE };
		bar.values[0] = mentor_field_number(o->fields[i], record);
		out_heading(&label, chart->labels, o->fields[i]);
		bar.label = strdup(mentor_buf_text(&label));
		o->buf.failed = o->buf.failed || !bar.label;
		if (bar.label)
			chart->bars[chart->n_bars++] = bar;
		out_free_part(o, &label);
	}
}

/* Nobody was at an event that has not been held, which is not the same as that nobody came. */
static bool is_to_come(const struct part *part, const void *record)
{
	const struct mentor_field *held = mentor_field_find(part->fields, "held");
	return held && mentor_field_number(held, record) == 0;
}

void chart_keep(struct chart *chart, struct out *o, const void *record)
{
	if (!chart->part->many) {
		keep_figures(chart, o, record);
		return;
	}
	bool any = chart->part->chart == CHART_LINES;
	for (size_t i = 0; i < chart->n_series; i++)
		any = any || mentor_field_number(chart->series[i], record) != MENTOR_NONE;
	if (!any || chart->n_bars++ >= MOST_BARS)
		return;
	struct bar *bar = &chart->bars[chart->n_bars - 1];
	keep_names(chart, o, bar, record);
	if (!bar->label || !bar->other) { /* a bar always has names; this page is not going to be printed */
		free(bar->label);
		free(bar->other);
		chart->n_bars--;
		return;
	}
	for (size_t i = 0; i < chart->n_series; i++)
		bar->values[i] = mentor_field_number(chart->series[i], record);
	if (chart->part->chart == CHART_STRIP && is_to_come(chart->part, record) && bar->values[0] == 0)
		bar->values[0] = MENTOR_NONE;
	bar->mark = number_or_none(chart->mark, record);
	bar->low = number_or_none(chart->low, record);
	bar->high = number_or_none(chart->high, record);
}

static bool is_dumbbell(const struct chart *chart)
{
	return chart->part->chart == CHART_DUMBBELL && chart->n_series == 2;
}

bool chart_has(int64_t value)
{
	return value != MENTOR_NONE && value != MENTOR_SUPPRESSED;
}

int64_t chart_hundredths(const struct mentor_field *field, int64_t value)
{
	return field->type == MENTOR_TYPE_CENTI ? value : value * 100;
}

static bool is_on_scale(const struct bar *bar)
{
	return chart_has(bar->low) && chart_has(bar->high) && bar->low < bar->high;
}

static bool same_scale(const struct chart *chart)
{
	for (size_t i = 0; i < chart->n_bars; i++)
		if (!is_on_scale(&chart->bars[i]) || chart->bars[i].low != chart->bars[0].low ||
		    chart->bars[i].high != chart->bars[0].high)
			return false;
	return true;
}

static bool same_mark(const struct chart *chart)
{
	for (size_t i = 0; i < chart->n_bars; i++)
		if (!chart_has(chart->bars[i].mark) || chart->bars[i].mark != chart->bars[0].mark)
			return false;
	return true;
}

static void widen(struct scale *s, int64_t value)
{
	s->low = value < s->low ? value : s->low;
	s->high = value > s->high ? value : s->high;
}

struct scale chart_reach(const struct chart *chart)
{
	struct scale s = { 0, 0 };
	for (size_t i = 0; i < chart->n_bars; i++) {
		for (size_t n = 0; n < chart->n_series; n++)
			if (chart_has(chart->bars[i].values[n]))
				widen(&s, chart_hundredths(chart->series[n], chart->bars[i].values[n]));
		if (chart_has(chart->bars[i].mark))
			widen(&s, chart_hundredths(chart->mark, chart->bars[i].mark));
	}
	return s;
}

/* The scale of the answers where there is one, else as far as the figures go. */
static struct scale scale_of(const struct chart *chart, const struct bar *bar)
{
	if (is_on_scale(bar))
		return (struct scale){ chart_hundredths(chart->low, bar->low), chart_hundredths(chart->high, bar->high) };
	return chart_reach(chart);
}

/* Bars start at 0, or where their scale does. */
static int64_t start_of(const struct scale *s)
{
	return s->low > 0 ? s->low : 0;
}

void chart_place(struct mentor_buf *b, const char *name, const struct scale *s, int64_t from, int64_t to)
{
	int64_t span = s->high - s->low, share = span ? SHARE * (to - from) / span : 0;
	mentor_buf_fmt(b, " %s=\"%" PRId64 ".%02" PRId64 "%%\"", name, share / 100, share % 100);
}

static void write_line(
    struct mentor_buf *b, const char *class, const struct scale *s, int64_t value, int from_y, int to_y)
{
	mentor_buf_fmt(b, "<line class=\"%s\"", class);
	chart_place(b, "x1", s, s->low, value);
	chart_place(b, "x2", s, s->low, value);
	mentor_buf_fmt(b, " y1=\"%d\" y2=\"%d\"/>\n", from_y, to_y);
}

void chart_number(struct mentor_buf *b, const struct mentor_field *field, int64_t value)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct mentor_field alone = *field;
	alone.offset = 0;
	mentor_field_write(&text, &alone, &value);
	html_figure(b, value == MENTOR_NONE ? "no figure" : mentor_buf_text(&text));
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

/* "before 2.80": the series is named only where there are several, the mark only where bars have different ones. */
static void write_bar_text(struct mentor_buf *b, const struct chart *chart, const struct bar *bar, size_t series)
{
	if (chart->n_series > 1) {
		out_heading(b, chart->labels, chart->series[series]);
		mentor_buf_char(b, ' ');
	}
	chart_number(b, chart->series[series], bar->values[series]);
	if (chart_has(bar->mark) && !same_mark(chart)) {
		mentor_buf_str(b, ", ");
		out_heading(b, chart->labels, chart->mark);
		mentor_buf_char(b, ' ');
		chart_number(b, chart->mark, bar->mark);
	}
}

/* Two series are drawn as outline and solid, so that they differ without colour. */
static size_t bar_style(const struct chart *chart, size_t series)
{
	return chart->n_series == 2 ? 1 - series : series;
}

static int64_t end_of(const struct chart *chart, const struct bar *bar, const struct scale *s, size_t series)
{
	int64_t value = bar->values[series];
	return chart_has(value) ? chart_hundredths(chart->series[series], value) : start_of(s);
}

static void write_bar(
    struct mentor_buf *b, const struct chart *chart, const struct bar *bar, const struct scale *s, size_t series, int y)
{
	int64_t start = start_of(s), end = end_of(chart, bar, s, series);
	if (end == start)
		return;
	mentor_buf_fmt(b, "<rect class=\"b%zu\"", bar_style(chart, series));
	chart_place(b, "x", s, s->low, end < start ? end : start);
	chart_place(b, "width", s, end < start ? end : start, end < start ? start : end);
	mentor_buf_fmt(b, " y=\"%d\" height=\"%d\"/>\n", y, BAR);
}

static void write_bar_end(
    struct mentor_buf *b, const struct chart *chart, const struct bar *bar, const struct scale *s, size_t series, int y)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	int64_t end = end_of(chart, bar, s, series);
	bool left = end < start_of(s);
	mentor_buf_str(b, CHART_TEXT);
	chart_place(b, "x", s, s->low, end);
	mentor_buf_fmt(b, " dx=\"%s\" y=\"%d\"%s>", left ? "-7" : "7", y + 12, left ? " text-anchor=\"end\"" : "");
	write_bar_text(&text, chart, bar, series);
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
		mentor_buf_str(b, CHART_TEXT);
		chart_place(b, "x", s, s->low, 100 * tick);
		mentor_buf_fmt(b, " y=\"12\" text-anchor=\"middle\">%" PRId64 "</text>\n", tick);
	}
}

static int height_of(const struct chart *chart)
{
	return is_dumbbell(chart) ? BAR + GAP : (int)chart->n_series * (BAR + GAP) - GAP;
}

static void write_point_text(struct mentor_buf *b, const struct chart *chart, const struct scale *s, int64_t value, size_t series, bool left)
{
	mentor_buf_str(b, series ? CHART_TEXT " class=\"strong\"" : CHART_TEXT);
	chart_place(b, "x", s, s->low, chart_hundredths(chart->series[series], value));
	mentor_buf_fmt(b, " dx=\"%d\" y=\"%d\"%s>", left ? -2 * POINT : 2 * POINT, height_of(chart) / 2 + 5, left ? " text-anchor=\"end\"" : "");
	chart_number(b, chart->series[series], value);
	mentor_buf_str(b, "</text>\n");
}

static void write_point(struct mentor_buf *b, const struct chart *chart, const struct scale *s, int64_t value, size_t series)
{
	mentor_buf_fmt(b, "<circle class=\"point%zu\"", series);
	chart_place(b, "cx", s, s->low, chart_hundredths(chart->series[series], value));
	mentor_buf_fmt(b, " cy=\"%d\" r=\"%d\"/>\n", height_of(chart) / 2, series ? POINT + 1 : POINT);
}

/* From before, which is hollow, to after, which is solid. What is withheld has no point. */
static void write_dumbbell(struct mentor_buf *b, const struct chart *chart, const struct bar *bar, const struct scale *s)
{
	const int64_t *v = bar->values;
	bool both = chart_has(v[0]) && chart_has(v[1]);
	if (both) {
		mentor_buf_str(b, "<line class=\"way\"");
		chart_place(b, "x1", s, s->low, chart_hundredths(chart->series[0], v[0]));
		chart_place(b, "x2", s, s->low, chart_hundredths(chart->series[1], v[1]));
		mentor_buf_fmt(b, " y1=\"%d\" y2=\"%d\"/>\n", height_of(chart) / 2, height_of(chart) / 2);
	}
	for (size_t n = 0; n < 2; n++) {
		bool left = both && (v[n] < v[1 - n] || (v[n] == v[1 - n] && n == 0));
		if (!chart_has(v[n]))
			continue;
		write_point(b, chart, s, v[n], n);
		write_point_text(b, chart, s, v[n], n, left);
	}
	if (!chart_has(v[0]) && !chart_has(v[1]))
		mentor_buf_fmt(b, CHART_TEXT " class=\"soft\" y=\"%d\">[c]</text>\n", height_of(chart) / 2 + 5);
}

static void write_bars(struct mentor_buf *b, const struct chart *chart, const struct bar *bar, const struct scale *s)
{
	int height = height_of(chart);
	write_line(b, "axis", s, start_of(s), -REACH, height + REACH);
	for (size_t n = 0; n < chart->n_series; n++)
		write_bar(b, chart, bar, s, n, (int)n * (BAR + GAP));
	if (chart_has(bar->mark)) {
		int64_t mark = chart_hundredths(chart->mark, bar->mark);
		write_line(b, "gap", s, mark, -REACH, height + REACH); /* sets the mark off from the bars it crosses */
		write_line(b, "mark", s, mark, -REACH, height + REACH);
	}
	for (size_t n = 0; n < chart->n_series; n++)
		write_bar_end(b, chart, bar, s, n, (int)n * (BAR + GAP));
}

/* What a reader who cannot see the drawing is told: the name of the row, and its figures. */
static void write_alternative(struct mentor_buf *b, const struct chart *chart, const struct bar *bar, size_t row, int height)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(b, "<svg role=\"img\" aria-labelledby=\"c%zu-%zu-t\" aria-describedby=\"c%zu-%zu-d\" height=\"%d\">\n", chart->number, row,
	    chart->number, row, height);
	mentor_buf_fmt(b, "<title id=\"c%zu-%zu-t\">", chart->number, row);
	mentor_buf_html(b, bar->label);
	mentor_buf_fmt(b, "</title>\n<desc id=\"c%zu-%zu-d\">", chart->number, row);
	for (size_t n = 0; n < chart->n_series; n++) {
		mentor_buf_str(&text, n ? "; " : "");
		out_heading(&text, chart->labels, chart->series[n]);
		mentor_buf_char(&text, ' ');
		chart_number(&text, chart->series[n], bar->values[n]);
	}
	if (chart_has(bar->mark)) {
		mentor_buf_str(&text, "; ");
		out_heading(&text, chart->labels, chart->mark);
		mentor_buf_char(&text, ' ');
		chart_number(&text, chart->mark, bar->mark);
	}
	mentor_buf_html(b, mentor_buf_text(&text));
	mentor_buf_str(b, "</desc>\n");
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

/* One group: a label and its bars. Lines reach half-way to the next group, so that they meet. The label is part of the alternative. */
static void write_group(struct mentor_buf *b, const struct chart *chart, size_t row)
{
	const struct bar *bar = &chart->bars[row];
	const struct scale s = scale_of(chart, bar);
	mentor_buf_str(b, "<p aria-hidden=\"true\">");
	mentor_buf_html(b, bar->label);
	if (is_on_scale(bar) && !same_scale(chart))
		mentor_buf_fmt(b, " <span>(%" PRId64 " to %" PRId64 ")</span>", bar->low, bar->high);
	mentor_buf_str(b, "</p>\n");
	write_alternative(b, chart, bar, row, height_of(chart));
	write_ticks(b, bar, &s, height_of(chart));
	if (is_dumbbell(chart))
		write_dumbbell(b, chart, bar, &s);
	else
		write_bars(b, chart, bar, &s);
	mentor_buf_str(b, "</svg>\n");
}

/* ---- a strip ---- */

enum { CELL = 46, SHADES = 5 };
static const char *const shades[SHADES] = { "none", "fewer than half", "half or more", "three quarters or more", "all" };

static int shade_of(const struct bar *bar)
{
	int64_t value = bar->values[0], of = bar->mark;
	if (!chart_has(value) || !chart_has(of) || value <= 0 || of <= 0)
		return 0;
	return value >= of ? SHADES - 1 : 4 * value >= 3 * of ? 3 : 2 * value >= of ? 2 : 1;
}

static void write_cell(struct mentor_buf *b, const struct chart *chart, size_t row)
{
	const struct bar *bar = &chart->bars[row];
	mentor_buf_str(b, "<div>\n");
	write_alternative(b, chart, bar, row, CELL);
	mentor_buf_fmt(b, "<rect class=\"heat h%d\" x=\"1\" y=\"1\" width=\"98%%\" height=\"%d\" rx=\"4\"/><text x=\"50%%\" y=\"%d\" text-anchor=\"middle\">", shade_of(bar),
	    CELL - 2, CELL / 2 + 5);
	if (chart_has(bar->values[0]))
		chart_number(b, chart->series[0], bar->values[0]);
	else
		mentor_buf_str(b, "to come");
	if (chart_has(bar->values[0]) && chart_has(bar->mark)) {
		mentor_buf_str(b, " of ");
		chart_number(b, chart->mark, bar->mark);
	}
	mentor_buf_str(b, "</text>\n</svg>\n<p aria-hidden=\"true\">");
	mentor_buf_html(b, bar->label);
	mentor_buf_str(b, "</p>\n</div>\n");
}

static void write_strip(struct mentor_buf *b, const struct chart *chart)
{
	mentor_buf_str(b, "<div class=\"strip\">\n");
	for (size_t i = 0; i < chart->n_bars; i++)
		write_cell(b, chart, i);
	mentor_buf_str(b, "</div>\n");
}

/* What each shade says. */
static void write_shades(struct mentor_buf *b)
{
	for (int i = 0; i < SHADES; i++)
		mentor_buf_fmt(b, "<span><svg aria-hidden=\"true\" width=\"20\" height=\"15\"><rect class=\"heat h%d\" x=\"1\" y=\"2\" width=\"18\" height=\"11\"/></svg> %s</span>\n", i,
		    shades[i]);
}

/* Above the bars: what the line is. */
static void write_mark_name(struct mentor_buf *b, const struct chart *chart)
{
	const struct bar *bar = &chart->bars[0];
	const struct scale s = scale_of(chart, bar);
	int64_t value = chart_hundredths(chart->mark, bar->mark);
	mentor_buf_str(b, "<p></p>\n<svg aria-hidden=\"true\" height=\"14\">\n" CHART_TEXT);
	chart_place(b, "x", &s, s.low, value);
	mentor_buf_fmt(b, " y=\"11\" text-anchor=\"%s\">", 2 * value > s.low + s.high ? "end" : "start");
	struct mentor_buf name = MENTOR_BUF_INIT;
	out_heading(&name, chart->labels, chart->mark);
	mentor_buf_html(b, mentor_buf_text(&name));
	mentor_buf_char(b, ' ');
	chart_number(b, chart->mark, bar->mark);
	mentor_buf_str(b, "</text>\n</svg>\n");
	b->failed = b->failed || name.failed;
	mentor_buf_free(&name);
}

static void write_key_entry(
    struct mentor_buf *b, const struct chart *chart, const char *drawing, const struct mentor_field *field)
{
	mentor_buf_fmt(b, "<span><svg aria-hidden=\"true\" width=\"20\" height=\"15\">%s</svg> <b>", drawing);
	html_heading(b, chart->labels, field);
	mentor_buf_str(b, "</b>");
	if (field->help) {
		mentor_buf_str(b, ": ");
		mentor_buf_html(b, field->help);
	}
	mentor_buf_str(b, "</span>\n");
}

/* What stands for a series in the key: it looks as it does in the drawing. */
static void key_drawing(char drawing[96], const struct chart *chart, size_t series)
{
	static const char line[] = "<line class=\"line\" x1=\"1\" x2=\"19\" y1=\"8\" y2=\"8\"/>";
	if (chart->part->chart == CHART_LINES)
		snprintf(drawing, 96, "%s", line);
	else if (is_dumbbell(chart))
		snprintf(drawing, 96, "<circle class=\"point%zu\" cx=\"10\" cy=\"8\" r=\"%d\"/>", series, POINT);
	else
		snprintf(drawing, 96, "<rect class=\"%s\" x=\"1\" y=\"2\" width=\"18\" height=\"11\"/>",
		    chart->part->chart == CHART_FLOW       ? "band"
			: chart->part->chart == CHART_FUNNEL ? "b1"
			: bar_style(chart, series) == 0      ? "b0"
			: bar_style(chart, series) == 1      ? "b1"
			: bar_style(chart, series) == 2      ? "b2"
							     : "b3");
}

/* What the bars and the line count, and on which scale. */
static void write_key(struct mentor_buf *b, const struct chart *chart)
{
	char drawing[96];
	bool marked = false;
	mentor_buf_str(b, "<figcaption>\n");
	if (chart->part->chart == CHART_STRIP) {
		mentor_buf_str(b, "<span>Of those whom it was for, there were</span>\n");
		write_shades(b);
		mentor_buf_str(b, "</figcaption>\n");
		return;
	}
	for (size_t n = 0; n < chart->n_series; n++) {
		key_drawing(drawing, chart, n);
		write_key_entry(b, chart, drawing, chart->series[n]);
	}
	for (size_t i = 0; i < chart->n_bars; i++)
		marked = marked || chart_has(chart->bars[i].mark);
	if (marked && chart->part->chart == CHART_LINES)
		write_key_entry(b, chart, "<line class=\"aim\" x1=\"1\" x2=\"19\" y1=\"8\" y2=\"8\"/>", chart->mark);
	else if (marked)
		write_key_entry(b, chart, "<line class=\"mark\" x1=\"10\" x2=\"10\" y1=\"0\" y2=\"15\"/>", chart->mark);
	if (same_scale(chart))
		mentor_buf_fmt(
		    b, "<span>Scale from %" PRId64 " to %" PRId64 "</span>\n", chart->bars[0].low, chart->bars[0].high);
	mentor_buf_str(b, "</figcaption>\n");
}

/* What the style sheet has to know: how much room the texts beside the bars need, and how long labels are. */
static void write_measures(struct mentor_buf *b, const struct chart *chart)
{
	size_t room = 0, longest = 0;
	bool negative = false;
	struct mentor_buf text = MENTOR_BUF_INIT;
	for (size_t i = 0; i < chart->n_bars; i++) {
		size_t len = strlen(chart->bars[i].label);
		longest = len > longest ? len : longest;
		for (size_t n = 0; n < chart->n_series; n++) {
			mentor_buf_clear(&text);
			write_bar_text(&text, chart, &chart->bars[i], n);
			room = text.len > room ? text.len : room;
			negative = negative || (chart_has(chart->bars[i].values[n]) && chart->bars[i].values[n] < 0);
		}
	}
	room = is_dumbbell(chart) ? 1 : (room + ROOM_STEP) / ROOM_STEP;
	mentor_buf_fmt(b, "class=\"chart%s%s r%zu\"", longest > SHORT_LABEL ? " long" : "",
	    negative || is_dumbbell(chart) ? " signed" : "", room < MOST_ROOM ? room : MOST_ROOM);
	b->failed = b->failed || text.failed;
	mentor_buf_free(&text);
}

static void write_groups(struct mentor_buf *b, const struct chart *chart)
{
	mentor_buf_str(b, "<div ");
	write_measures(b, chart);
	mentor_buf_str(b, ">\n");
	if (same_mark(chart))
		write_mark_name(b, chart);
	for (size_t i = 0; i < chart->n_bars; i++)
		write_group(b, chart, i);
	if (same_scale(chart)) {
		const struct scale s = scale_of(chart, &chart->bars[0]);
		mentor_buf_str(b, "<p></p>\n<svg aria-hidden=\"true\" height=\"14\">\n");
		write_ticks(b, &chart->bars[0], &s, 0);
		mentor_buf_str(b, "</svg>\n");
	}
	mentor_buf_str(b, "</div>\n");
}

void chart_open(struct mentor_buf *b, const struct chart *chart, const char *class, int height, const char *description)
{
	mentor_buf_fmt(b, "<svg%s%s%s role=\"img\" aria-labelledby=\"c%zu-t\" aria-describedby=\"c%zu-d\" width=\"100%%\" height=\"%d\">\n",
	    *class ? " class=\"" : "", class, *class ? "\"" : "", chart->number, chart->number, height);
	mentor_buf_fmt(b, "<title id=\"c%zu-t\">", chart->number);
	mentor_buf_html(b, chart->part->title);
	mentor_buf_fmt(b, "</title>\n<desc id=\"c%zu-d\">", chart->number);
	mentor_buf_html(b, description);
	mentor_buf_str(b, " The same figures stand next to it.</desc>\n");
}

void chart_write(struct mentor_buf *b, const struct chart *chart)
{
	static const char *const kinds[] = { [CHART_BARS] = "bars", [CHART_FUNNEL] = "funnel", [CHART_LINES] = "lines", [CHART_DUMBBELL] = "dumbbell",
		[CHART_FLOW] = "flow", [CHART_STRIP] = "cells" };
	mentor_buf_fmt(b, "<figure class=\"%s\">\n", kinds[chart->part->chart]);
	if (chart->part->many)
		write_key(b, chart); /* the bars of an object have names of their own */
	if (chart->part->chart == CHART_FUNNEL)
		chart_funnel(b, chart);
	else if (chart->part->chart == CHART_LINES)
		chart_lines(b, chart);
	else if (chart->part->chart == CHART_FLOW)
		chart_flow(b, chart);
	else if (chart->part->chart == CHART_STRIP)
		write_strip(b, chart);
	else
		write_groups(b, chart);
	mentor_buf_str(b, "</figure>\n");
}

bool chart_is_worth_it(const struct chart *chart)
{
	bool any = false;
	for (size_t i = 0; i < chart->n_bars && i < MOST_BARS; i++) {
		for (size_t n = 0; n < chart->n_series; n++)
			any = any || (chart_has(chart->bars[i].values[n]) && chart->bars[i].values[n] != 0);
		any = any || (chart->part->chart == CHART_LINES && chart_has(chart->bars[i].mark) && chart->bars[i].mark > 0);
	}
	return any && chart->n_bars <= MOST_BARS && chart->n_bars * chart->n_series > 1;
}
