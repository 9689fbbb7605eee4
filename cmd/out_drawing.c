/* out_drawing.c: the charts that are one drawing: a funnel, lines over days, bands from one side to the other. Widths are shares of whatever
 * room there is and heights are pixels, so that texts keep their size; curves and areas lie in a drawing that is stretched under them. */
#include "out_chart.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int64_t share_of(int64_t part, int64_t whole)
{
	return whole > 0 ? SHARE * part / whole : 0;
}

static void write_share(struct mentor_buf *b, const char *name, int64_t share)
{
	mentor_buf_fmt(b, " %s=\"%" PRId64 ".%02" PRId64 "%%\"", name, share / 100, share % 100);
}

/* Stretched to the width it is given: what lies in it has no texts and no circles. */
static void open_stretched(struct mentor_buf *b, const char *place, int height)
{
	mentor_buf_fmt(b, "<svg%s height=\"%d\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\n", place, height, SHARE, height);
}

/* ---- funnel ---- */

enum { STEP = 36, FALL = 16 };

static int64_t width_of(const struct chart *chart, size_t step)
{
	const struct scale reach = chart_reach(chart);
	int64_t value = chart->bars[step].values[0];
	return chart_has(value) ? share_of(chart_hundredths(chart->series[0], value), reach.high) : 0;
}

/* The slope from one step to the next. */
static void write_fall(struct mentor_buf *b, int64_t above, int64_t below, int y)
{
	mentor_buf_fmt(b, "<path class=\"fall\" d=\"M%" PRId64 " %d H%" PRId64 " L%" PRId64 " %d H%" PRId64 " Z\"/>\n", (SHARE - above) / 2, y,
	    (SHARE + above) / 2, (SHARE + below) / 2, y + FALL, (SHARE - below) / 2);
}

static void write_step(struct mentor_buf *b, const struct chart *chart, size_t i)
{
	int64_t width = width_of(chart, i);
	int y = (int)i * (STEP + FALL);
	mentor_buf_str(b, "<rect class=\"b1\" rx=\"4\"");
	write_share(b, "x", (SHARE - width) / 2);
	write_share(b, "width", width);
	mentor_buf_fmt(b, " y=\"%d\" height=\"%d\"/>\n" CHART_TEXT " class=\"inside\" x=\"50%%\" y=\"%d\" text-anchor=\"middle\"><tspan class=\"strong\">", y, STEP, y + STEP / 2 + 5);
	chart_number(b, chart->series[0], chart->bars[i].values[0]);
	mentor_buf_str(b, "</tspan> ");
	mentor_buf_html(b, chart->bars[i].label);
	mentor_buf_str(b, "</text>\n");
}

void chart_funnel(struct mentor_buf *b, const struct chart *chart)
{
	int height = (int)chart->n_bars * (STEP + FALL) - FALL;
	chart_open(b, chart, "", height, "A funnel: a bar for each step, below one another, as wide as there are people.");
	open_stretched(b, " width=\"100%\"", height);
	for (size_t i = 0; i + 1 < chart->n_bars; i++)
		write_fall(b, width_of(chart, i), width_of(chart, i + 1), (int)i * (STEP + FALL) + STEP);
	mentor_buf_str(b, "</svg>\n");
	for (size_t i = 0; i < chart->n_bars; i++)
		write_step(b, chart, i);
	mentor_buf_str(b, "</svg>\n");
}

/* ---- lines ---- */

enum { PLOT = 220, FOOT = 30, LINE_TICKS = 4 };

/* A round step that divides the scale into a few. */
static int64_t step_of(int64_t most)
{
	static const int64_t round[] = { 1, 2, 5 };
	for (int64_t ten = 1;; ten *= 10)
		for (size_t i = 0; i < sizeof(round) / sizeof(*round); i++)
			if (round[i] * ten * LINE_TICKS >= most)
				return round[i] * ten;
}

/* The scale of a line chart: from 0 to a whole number of steps. */
struct plot {
	const struct chart *chart;
	int64_t step, most; /* whole numbers */
	int64_t from, to;   /* days */
};

static struct plot plot_of(const struct chart *chart)
{
	const struct scale reach = chart_reach(chart);
	struct plot p = { .chart = chart, .from = chart->bars[0].day, .to = chart->bars[chart->n_bars - 1].day };
	p.step = step_of(reach.high / 100);
	p.most = (reach.high / 100 + p.step - 1) / p.step * p.step;
	return p;
}

static int64_t across(const struct plot *p, const struct bar *bar)
{
	return share_of(bar->day - p->from, p->to - p->from);
}

static int64_t up(const struct plot *p, int64_t value)
{
	return p->most ? PLOT - PLOT * value / p->most : PLOT;
}

static int64_t value_of(const struct bar *bar, bool mark)
{
	return mark ? bar->mark : bar->values[0];
}

static void write_path(struct mentor_buf *b, const struct plot *p, bool mark, bool area)
{
	int64_t last = MENTOR_NONE, first = MENTOR_NONE;
	mentor_buf_fmt(b, "<path class=\"%s\" vector-effect=\"non-scaling-stroke\" d=\"", mark ? "aim" : area ? "area" : "line");
	for (size_t i = 0; i < p->chart->n_bars; i++) {
		const struct bar *bar = &p->chart->bars[i];
		if (!chart_has(value_of(bar, mark)))
			continue;
		mentor_buf_fmt(b, "%c%" PRId64 " %" PRId64, last == MENTOR_NONE ? 'M' : 'L', across(p, bar), up(p, value_of(bar, mark)));
		last = across(p, bar);
		first = first == MENTOR_NONE ? last : first;
	}
	if (area && last != MENTOR_NONE)
		mentor_buf_fmt(b, "L%" PRId64 " %d L%" PRId64 " %d Z", last, PLOT, first, PLOT);
	mentor_buf_str(b, "\"/>\n");
}

/* "12 July 2026" as "12 Jul", with its year where there is room. */
static void write_day(struct mentor_buf *b, const char *day, bool year)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	mentor_day_in_words(&words, day);
	const char *text = mentor_buf_text(&words), *month = strchr(text, ' '), *last = strrchr(text, ' ');
	if (month && last > month) {
		mentor_buf_add(b, text, (size_t)(month - text) + 4);
		mentor_buf_str(b, year ? last : "");
	}
	b->failed = b->failed || words.failed;
	mentor_buf_free(&words);
}

/* Both ends, and as many days between as can be read on a telephone. */
static void write_days(struct mentor_buf *b, const struct plot *p)
{
	const size_t n = p->chart->n_bars;
	int64_t before = 0;
	for (size_t i = 0; i < n; i++) {
		const struct bar *bar = &p->chart->bars[i];
		int64_t x = across(p, bar);
		bool end = i == 0 || i + 1 == n;
		if (!end && (x < before + SHARE / 5 || x < SHARE * 3 / 10 || x > SHARE * 7 / 10))
			continue;
		before = x;
		mentor_buf_str(b, CHART_TEXT " class=\"soft\"");
		write_share(b, "x", x);
		mentor_buf_fmt(b, " y=\"%d\" text-anchor=\"%s\">", PLOT + 22, i == 0 ? "start" : end ? "end" : "middle");
		write_day(b, bar->label, end);
		mentor_buf_str(b, "</text>\n");
	}
}

static void write_levels(struct mentor_buf *b, const struct plot *p)
{
	for (int64_t level = 0; level <= p->most; level += p->step)
		mentor_buf_fmt(b, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%" PRId64 "\" y2=\"%" PRId64 "\"/>\n", level ? "tick" : "axis", up(p, level), up(p, level));
}

static void write_level_names(struct mentor_buf *b, const struct plot *p)
{
	mentor_buf_fmt(b, "<svg aria-hidden=\"true\" width=\"30\" height=\"%d\">\n", PLOT + FOOT);
	for (int64_t level = 0; level <= p->most; level += p->step)
		mentor_buf_fmt(b, CHART_TEXT " class=\"soft\" x=\"30\" y=\"%" PRId64 "\" text-anchor=\"end\">%" PRId64 "</text>\n", up(p, level) + 4, level);
	mentor_buf_str(b, "</svg>\n");
}

/* A point on each known day; beside the last one stands what has been reached. */
static void write_points(struct mentor_buf *b, const struct plot *p)
{
	const struct bar *last = NULL;
	for (size_t i = 0; i < p->chart->n_bars; i++) {
		const struct bar *bar = &p->chart->bars[i];
		if (!chart_has(bar->values[0]))
			continue;
		mentor_buf_str(b, "<circle class=\"point1\" r=\"4.5\"");
		write_share(b, "cx", across(p, bar));
		mentor_buf_fmt(b, " cy=\"%" PRId64 "\"/>\n", up(p, bar->values[0]));
		last = bar;
	}
	if (!last)
		return;
	mentor_buf_str(b, CHART_TEXT " class=\"strong\" text-anchor=\"end\"");
	write_share(b, "x", across(p, last));
	mentor_buf_fmt(b, " dy=\"-10\" dx=\"%d\" y=\"%" PRId64 "\">", across(p, last) < SHARE / 20 ? 16 : 4, up(p, last->values[0]));
	chart_number(b, p->chart->series[0], last->values[0]);
	mentor_buf_str(b, "</text>\n");
}

void chart_lines(struct mentor_buf *b, const struct chart *chart)
{
	const struct plot p = plot_of(chart);
	mentor_buf_str(b, "<div class=\"plot\">\n");
	write_level_names(b, &p);
	chart_open(b, chart, "", PLOT + FOOT, "Lines from the first day to the last: what has been held, and dashed what was due.");
	write_levels(b, &p);
	open_stretched(b, " width=\"100%\"", PLOT);
	write_path(b, &p, false, true);
	write_path(b, &p, true, false);
	write_path(b, &p, false, false);
	mentor_buf_str(b, "</svg>\n");
	write_points(b, &p);
	write_days(b, &p);
	mentor_buf_str(b, "</svg>\n</div>\n");
}

/* ---- bands ---- */

enum { LEAST_NODE = 46, NODE_GAP = 12, BANDS_HEIGHT = 260, LABELS = 3400, EDGE = 100 };

/* One end of bands: a place with a name, as high as all its bands. */
struct node {
	const char *name;
	int64_t pairs;
	int top, height, used; /* pixels; how much of it the bands so far have */
};

struct side {
	struct node nodes[MOST_BARS];
	size_t n;
	int height;
};

static struct node *node_called(struct side *side, const char *name)
{
	for (size_t i = 0; i < side->n; i++)
		if (strcmp(side->nodes[i].name, name) == 0)
			return &side->nodes[i];
	side->nodes[side->n] = (struct node){ .name = name };
	return &side->nodes[side->n++];
}

static void lay_out(struct side *side, int64_t unit)
{
	for (size_t i = 0; i < side->n; i++) {
		struct node *node = &side->nodes[i];
		int bands = (int)(unit * node->pairs);
		node->height = bands > LEAST_NODE ? bands : LEAST_NODE;
		node->top = side->height;
		node->used = (node->height - bands) / 2;
		side->height += node->height + NODE_GAP;
	}
	side->height -= NODE_GAP;
}

static void centre(struct side *side, int height)
{
	for (size_t i = 0; i < side->n; i++)
		side->nodes[i].top += (height - side->height) / 2;
}

static void write_name(struct mentor_buf *b, const struct node *node, bool left)
{
	mentor_buf_str(b, "<foreignObject");
	write_share(b, "x", left ? 0 : SHARE - LABELS + EDGE);
	write_share(b, "width", LABELS - EDGE);
	mentor_buf_fmt(b, " y=\"%d\" height=\"%d\"><div class=\"place%s\"><span>", node->top, node->height, left ? " left" : "");
	mentor_buf_html(b, node->name);
	mentor_buf_str(b, "</span></div></foreignObject>\n");
}

static void write_band(struct mentor_buf *b, int from, int to, int height)
{
	const int half = SHARE / 2;
	mentor_buf_fmt(b, "<path class=\"band\" d=\"M0 %d C%d %d %d %d %d %d V%d C%d %d %d %d 0 %d Z\"/>\n", from, half, from, half, to, SHARE, to, to + height,
	    half, to + height, half, from + height, from + height);
}

static void write_count(struct mentor_buf *b, const struct chart *chart, const struct bar *bar, int y)
{
	mentor_buf_str(b, CHART_TEXT " class=\"strong\"");
	write_share(b, "x", LABELS);
	mentor_buf_fmt(b, " dx=\"10\" y=\"%d\">", y + 5);
	chart_number(b, chart->series[0], bar->values[0]);
	mentor_buf_str(b, "</text>\n");
}

/* Bands leave and arrive in the order of the rows, so that they do not cross where they need not. */
static void write_bands(struct mentor_buf *b, const struct chart *chart, struct side sides[2], int64_t unit)
{
	struct mentor_buf counts = MENTOR_BUF_INIT;
	int height = sides[0].height > sides[1].height ? sides[0].height : sides[1].height;
	mentor_buf_fmt(b, "<svg x=\"%d%%\" width=\"%d%%\" height=\"%d\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\n", LABELS / 100,
	    100 - 2 * LABELS / 100, height, SHARE, height);
	for (size_t i = 0; i < chart->n_bars; i++) {
		const struct bar *bar = &chart->bars[i];
		struct node *left = node_called(&sides[0], bar->label), *right = node_called(&sides[1], bar->other);
		int thick = chart_has(bar->values[0]) ? (int)(unit * bar->values[0]) : 0;
		write_band(b, left->top + left->used, right->top + right->used, thick);
		write_count(&counts, chart, bar, left->top + left->used + thick / 2);
		left->used += thick;
		right->used += thick;
	}
	mentor_buf_str(b, "</svg>\n");
	mentor_buf_str(b, mentor_buf_text(&counts));
	b->failed = b->failed || counts.failed;
	mentor_buf_free(&counts);
}

void chart_flow(struct mentor_buf *b, const struct chart *chart)
{
	struct side sides[2] = { { .n = 0 }, { .n = 0 } };
	int64_t all = 0;
	for (size_t i = 0; i < chart->n_bars; i++) {
		int64_t pairs = chart_has(chart->bars[i].values[0]) ? chart->bars[i].values[0] : 0;
		node_called(&sides[0], chart->bars[i].label)->pairs += pairs;
		node_called(&sides[1], chart->bars[i].other)->pairs += pairs;
		all += pairs;
	}
	int64_t unit = all > 0 && BANDS_HEIGHT / all > 4 ? BANDS_HEIGHT / all : 4;
	unit = unit > 16 ? 16 : unit;
	lay_out(&sides[0], unit);
	lay_out(&sides[1], unit);
	int height = sides[0].height > sides[1].height ? sides[0].height : sides[1].height;
	centre(&sides[0], height);
	centre(&sides[1], height);
	chart_open(b, chart, "", height, "Bands from one side to the other, as thick as there are pairs between the two.");
	write_bands(b, chart, sides, unit);
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < sides[s].n; i++)
			write_name(b, &sides[s].nodes[i], s == 0);
	mentor_buf_str(b, "</svg>\n");
}
