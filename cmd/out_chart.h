/* out_chart.h: drawings for out_html.c, as inline SVG from the fields marked for it. Nothing is computed here but where things stand; every
 * figure is one of the record's, and stands in the table beside its chart as well. */
#ifndef OUT_CHART_H
#define OUT_CHART_H

#include "out.h"

enum { MOST_SERIES = 4, MOST_BARS = 60, SHARE = 10000 };

/** What one row of the part is drawn from. */
struct bar {
	char *label, *other; /* all its labels; of a band its first and its second one */
	int64_t day;	     /* the first label's, when it is one; else MENTOR_NONE */
	int64_t values[MOST_SERIES];
	int64_t mark, low, high; /* MENTOR_NONE: none */
};

/** The chart of the running part. */
struct chart {
	const struct part *part;
	size_t number;				       /* of the part, for ids */
	const struct mentor_field *series[MOST_SERIES]; /* the numbers charted */
	size_t n_series;
	const struct mentor_field *mark, *low, *high; /* held against the bars; the ends of their scale; NULL: none */
	const struct mentor_labels *labels;	      /* the document's */
	struct bar bars[MOST_BARS];
	size_t n_bars; /* more than MOST_BARS: too many for a chart */
};

/** What stands at the left and at the right end, in hundredths. */
struct scale {
	int64_t low, high;
};

/** A text whose outline, in the colour of the page, lies under it: it can be read across lines. */
#define CHART_TEXT "<text paint-order=\"stroke\""

extern const char chart_style[];

/** Forgets what was kept and looks what of this part is to be drawn; chart->n_series is 0 when nothing is. */
void chart_begin(struct chart *chart, const struct out *o, const struct part *part);
void chart_keep(struct chart *chart, struct out *o, const void *record);
/** Whether a drawing says something: there are several values to set side by side, and not too many to see. */
bool chart_is_worth_it(const struct chart *chart);
/** Appends a <figure>. */
void chart_write(struct mentor_buf *b, const struct chart *chart);
void chart_forget(struct chart *chart);

/* -- shared by the kinds of charts -- */

bool chart_has(int64_t value);
/** Whole numbers and hundredths are drawn on one scale. */
int64_t chart_hundredths(const struct mentor_field *field, int64_t value);
/** From 0 (or what is below it) to the largest value or mark. */
struct scale chart_reach(const struct chart *chart);
/** The value of a field that is not in a record. */
void chart_number(struct mentor_buf *b, const struct mentor_field *field, int64_t value);
/** ` name="12.34%"`, so much of the scale. */
void chart_place(struct mentor_buf *b, const char *name, const struct scale *s, int64_t from, int64_t to);
/** An <svg> of this height that says what it shows: a <title> and a <desc>. */
void chart_open(struct mentor_buf *b, const struct chart *chart, const char *class, int height, const char *description);
/** The kinds that are one drawing. */
void chart_funnel(struct mentor_buf *b, const struct chart *chart);
void chart_lines(struct mentor_buf *b, const struct chart *chart);
void chart_flow(struct mentor_buf *b, const struct chart *chart);

/* -- of out_html.c -- */

/** A text that begins with a capital letter. */
void html_capital(struct mentor_buf *b, const char *text);
/** A field's heading, likewise. */
void html_heading(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field);
/** A figure with a minus sign instead of a hyphen, so that a screen reader says minus. */
void html_figure(struct mentor_buf *b, const char *text);

#endif
