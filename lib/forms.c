/* forms.c: the programme's blank forms and activities, to be printed or written on by the people themselves: nothing of it comes back here. */
#include "labels.h"
#include "programme.h"

#include <inttypes.h>
#include <string.h>

enum { COLUMNS = 78, LINES_OF_A_PROMPT = 4 };

/* One sheet: a form, or an activity where `form` is NULL. */
struct sheet {
	const struct definition *d;
	const struct mentor_labels *labels;
	const struct def_blank *form;
	const struct def_activity *activity;
};

static const char *title_of(const struct sheet *s)
{
	return s->form ? s->form->title : s->activity->title;
}

/* ---- what every format says ---- */

static void say_where_from(struct mentor_buf *b, const struct definition *d)
{
	mentor_buf_fmt(b, "%s%s%s", d->organisation ? d->organisation : "", d->organisation ? ": " : "", d->title);
}

/* "For mentors and mentees"; "40 minutes, for session 1". */
static void say_what_for(struct mentor_buf *b, const struct sheet *s)
{
	if (s->form) {
		const char *who = s->form->audience == DEF_BOTH ? "{mentors} and {mentees}" : s->form->audience == DEF_MENTORS ? "{mentors}" :
		    s->form->audience == DEF_MENTEES ? "{mentees}" : def_people[s->form->audience];
		mentor_buf_str(b, "For ");
		mentor_buf_labels(b, who, s->labels);
		return;
	}
	mentor_buf_str(b, "An activity for ");
	if (s->activity->session != MENTOR_NONE)
		mentor_buf_fmt(b, "session %" PRId64, s->activity->session);
	else
		mentor_buf_str(b, "any session");
	if (s->activity->minutes != MENTOR_NONE)
		mentor_buf_fmt(b, ", about %" PRId64 " minutes", s->activity->minutes);
}

static const char *say_whose(const struct sheet *s)
{
	return s->form->private == 1 ? "This page is yours alone. Nobody asks for it or for what is in it; keep it where only you can read it." :
				       "Fill in what is of use to you. Hand it in only where the programme team has asked for it.";
}

static void say_contact(struct mentor_buf *b, const struct definition *d)
{
	const struct def_contact *c = &d->contact;
	mentor_buf_fmt(b, "Questions? %s%s%s", c->name ? c->name : "", c->name ? ", " : "", c->email);
}

/* ---- plain text ---- */

static size_t columns_of(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* Words on lines of at most COLUMNS; line breaks of the text that end a paragraph stay. */
static void text_wrapped(struct mentor_buf *b, const char *text)
{
	size_t at = 0;
	for (const char *p = text; *p;) {
		size_t blanks = strspn(p, " \n"), breaks = 0;
		for (size_t i = 0; i < blanks; i++)
			breaks += p[i] == '\n';
		p += blanks;
		size_t len = strcspn(p, " \n"), wide = columns_of(p, len);
		if (len == 0)
			break;
		if (at && (breaks > 1 || at + 1 + wide > COLUMNS)) {
			mentor_buf_str(b, breaks > 1 ? "\n\n" : "\n");
			at = 0;
		}
		mentor_buf_fmt(b, "%s%.*s", at ? " " : "", (int)len, p);
		at += wide + (at > 0);
		p += len;
	}
	mentor_buf_char(b, '\n');
}

static void repeat(struct mentor_buf *b, char c, size_t n)
{
	while (n--)
		mentor_buf_char(b, c);
	mentor_buf_char(b, '\n');
}

static void text_begin(struct mentor_buf *b, const struct sheet *s, size_t n)
{
	if (n)
		mentor_buf_str(b, "\n\n");
	say_where_from(b, s->d);
	mentor_buf_char(b, '\n');
	mentor_buf_char(b, '\n');
	mentor_buf_fmt(b, "%s\n", title_of(s));
	repeat(b, '=', columns_of(title_of(s), strlen(title_of(s))));
	say_what_for(b, s);
	mentor_buf_str(b, "\n\n");
}

static void text_paragraph(struct mentor_buf *b, const char *text)
{
	text_wrapped(b, text);
}

static void text_prompt(struct mentor_buf *b, const char *prompt)
{
	mentor_buf_char(b, '\n');
	text_wrapped(b, prompt);
	for (int i = 0; i < LINES_OF_A_PROMPT; i++)
		repeat(b, '_', COLUMNS);
}

static void text_end(struct mentor_buf *b, const struct sheet *s)
{
	mentor_buf_char(b, '\n');
	say_contact(b, s->d);
	mentor_buf_char(b, '\n');
}

static void no_room(struct mentor_buf *b)
{
	(void)b;
}

/* ---- Markdown ---- */

static void md_escaped(struct mentor_buf *b, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (strchr("\\`*_[]<>#&", *p))
			mentor_buf_char(b, '\\');
		mentor_buf_char(b, *p);
	}
}

static void md_line(struct mentor_buf *b, const char *before, const struct mentor_buf *text, const char *behind)
{
	mentor_buf_str(b, before);
	md_escaped(b, mentor_buf_text(text));
	mentor_buf_str(b, behind);
	b->failed = b->failed || text->failed;
}

static void md_begin(struct mentor_buf *b, const struct sheet *s, size_t n)
{
	struct mentor_buf from = MENTOR_BUF_INIT, what = MENTOR_BUF_INIT;
	say_where_from(&from, s->d);
	say_what_for(&what, s);
	mentor_buf_fmt(b, "%s# ", n ? "\n---\n\n" : "");
	md_escaped(b, title_of(s));
	md_line(b, "\n\n", &from, "  \n");
	md_line(b, "", &what, "\n\n");
	mentor_buf_free(&from);
	mentor_buf_free(&what);
}

static void md_paragraph(struct mentor_buf *b, const char *text)
{
	md_escaped(b, text);
	mentor_buf_char(b, '\n');
}

static void md_prompt(struct mentor_buf *b, const char *prompt)
{
	mentor_buf_str(b, "\n## ");
	md_escaped(b, prompt);
	mentor_buf_str(b, "\n\n\\_\\_\\_\n");
}

static void md_end(struct mentor_buf *b, const struct sheet *s)
{
	struct mentor_buf contact = MENTOR_BUF_INIT;
	say_contact(&contact, s->d);
	md_line(b, "\n", &contact, "\n");
	mentor_buf_free(&contact);
}

/* ---- HTML: sheets of A4, each filled to its foot ---- */

/* clang-format off */
static const char style[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;font:11pt/1.45 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;color:#14202a;background:#e8ecee}\n"
    ".sheet{display:flex;flex-direction:column;width:210mm;max-width:100%;min-height:297mm;margin:8mm auto;padding:18mm 20mm 14mm;background:#fff}\n"
    ".from{margin:0 0 3mm;font-size:9.5pt;color:#0b5566;font-weight:600}\n"
    "h1{margin:0;font-size:23pt;line-height:1.15;letter-spacing:-.01em;overflow-wrap:anywhere}\n"
    ".what{margin:2mm 0 0;color:#44525c}\n"
    "header{padding-bottom:5mm;border-bottom:1.5pt solid #0b5566}\n"
    ".sheet>.whose{padding:2.5mm 4mm;border-left:3pt solid #0b5566;background:#eef4f5;font-size:10pt}\n"
    "section>p{margin:4mm 0 0}\n"
    ".prompt{display:flex;flex-direction:column;flex:1 1 0;min-height:27mm;margin-top:5mm;break-inside:avoid}\n"
    "h2{margin:0;font-size:11.5pt;line-height:1.3}\n"
    ".line{flex:1;min-height:7mm;border-bottom:.75pt solid #8a979f}\n"
    ".room{flex:1;min-height:60mm;margin-top:6mm;border:1pt solid #8a979f;border-radius:2mm}\n"
    "footer{margin-top:6mm;padding-top:2.5mm;border-top:.75pt solid #8a979f;font-size:9pt;color:#44525c;overflow-wrap:anywhere}\n"
    "@page{size:A4;margin:16mm 18mm 14mm}\n"
    "@media print{body{background:#fff}.sheet{width:auto;min-height:264mm;margin:0;padding:0;break-after:page}.sheet:last-child{break-after:auto}"
    ".whose{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";
/* clang-format on */

static void html_element(struct mentor_buf *b, const char *open, const char *text, const char *close)
{
	mentor_buf_str(b, open);
	mentor_buf_html(b, text);
	mentor_buf_str(b, close);
}

static void html_said(struct mentor_buf *b, const char *open, const struct mentor_buf *text, const char *close)
{
	html_element(b, open, mentor_buf_text(text), close);
	b->failed = b->failed || text->failed;
}

static void html_begin(struct mentor_buf *b, const struct sheet *s, size_t n)
{
	struct mentor_buf from = MENTOR_BUF_INIT, what = MENTOR_BUF_INIT;
	say_where_from(&from, s->d);
	say_what_for(&what, s);
	if (n == 0) {
		mentor_buf_str(b, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
				  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
		html_element(b, "<title>Forms of ", s->d->title, "</title>\n");
		mentor_buf_fmt(b, "<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
	}
	mentor_buf_str(b, "<section class=\"sheet\">\n<header>\n");
	html_said(b, "<p class=\"from\">", &from, "</p>\n");
	html_element(b, "<h1>", title_of(s), "</h1>\n");
	html_said(b, "<p class=\"what\">", &what, "</p>\n</header>\n");
	mentor_buf_free(&from);
	mentor_buf_free(&what);
}

/* An empty line in the text begins a paragraph. */
static void html_paragraph(struct mentor_buf *b, const char *text)
{
	struct mentor_buf one = MENTOR_BUF_INIT;
	for (const char *p = text + strspn(text, "\n"); *p;) {
		const char *end = strstr(p, "\n\n");
		size_t len = end ? (size_t)(end - p) : strlen(p);
		mentor_buf_clear(&one);
		mentor_buf_add(&one, p, len);
		html_said(b, "<p>", &one, "</p>\n");
		p += len;
		p += strspn(p, "\n");
	}
	mentor_buf_free(&one);
}

static void html_whose(struct mentor_buf *b, const char *text)
{
	html_element(b, "<p class=\"whose\">", text, "</p>\n");
}

static void html_prompt(struct mentor_buf *b, const char *prompt)
{
	html_element(b, "<div class=\"prompt\"><h2>", prompt, "</h2>");
	for (int i = 1; i < LINES_OF_A_PROMPT; i++)
		mentor_buf_str(b, "<div class=\"line\"></div>");
	mentor_buf_str(b, "</div>\n");
}

static void html_room(struct mentor_buf *b)
{
	mentor_buf_str(b, "<div class=\"room\"></div>\n");
}

static void html_end(struct mentor_buf *b, const struct sheet *s)
{
	struct mentor_buf contact = MENTOR_BUF_INIT;
	say_contact(&contact, s->d);
	html_said(b, "<footer>", &contact, "</footer>\n</section>\n");
	mentor_buf_free(&contact);
}

/* ---- all sheets ---- */

static const struct {
	void (*begin)(struct mentor_buf *b, const struct sheet *s, size_t n); /* of the sheets, how many there were before */
	void (*whose)(struct mentor_buf *b, const char *text);
	void (*paragraph)(struct mentor_buf *b, const char *text);
	void (*prompt)(struct mentor_buf *b, const char *prompt);
	void (*room)(struct mentor_buf *b); /* to draw and write */
	void (*end)(struct mentor_buf *b, const struct sheet *s);
	const char *foot;
} formats[] = {
	[MENTOR_FORMS_TEXT] = { text_begin, text_paragraph, text_paragraph, text_prompt, no_room, text_end, "" },
	[MENTOR_FORMS_MARKDOWN] = { md_begin, md_paragraph, md_paragraph, md_prompt, no_room, md_end, "" },
	[MENTOR_FORMS_HTML] = { html_begin, html_whose, html_paragraph, html_prompt, html_room, html_end, "</main>\n</body>\n</html>\n" },
};

static void write_sheet(struct mentor_buf *b, const struct sheet *s, enum mentor_forms_format format, size_t n)
{
	formats[format].begin(b, s, n);
	if (s->form)
		formats[format].whose(b, say_whose(s));
	for (size_t p = 0; s->form && p < s->form->n_prompts; p++)
		formats[format].prompt(b, s->form->prompts[p]);
	if (s->activity && s->activity->text)
		formats[format].paragraph(b, s->activity->text);
	if (s->activity)
		formats[format].room(b);
	formats[format].end(b, s);
}

static bool is_wanted(const char *slug, const char *const *names, size_t n)
{
	return n == 0 || definition_lists(names, n, slug);
}

static bool is_for(int64_t audience, const char *who)
{
	bool of_pair = who && (strcmp(who, def_people[DEF_MENTORS]) == 0 || strcmp(who, def_people[DEF_MENTEES]) == 0);
	return !who || (audience == DEF_BOTH ? of_pair : strcmp(who, def_people[audience]) == 0);
}

static bool is_known(const struct definition *d, const char *name)
{
	bool known = false;
	for (size_t i = 0; i < d->n_forms; i++)
		known = known || strcmp(d->forms[i].slug, name) == 0;
	for (size_t i = 0; i < d->n_activities; i++)
		known = known || strcmp(d->activities[i].slug, name) == 0;
	return known;
}

static enum mentor_status check_names(struct mentor *m, const struct definition *d, const char *const *names, size_t n)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	size_t at = 0;
	while (at < n && is_known(d, names[at]))
		at++;
	if (at == n)
		return MENTOR_OK;
	mentor_buf_str(&hint, d->n_forms + d->n_activities ? "the programme has" : "they stand under forms and activities in the programme's file");
	for (size_t i = 0; i < d->n_forms + d->n_activities; i++)
		mentor_buf_fmt(&hint, "%s %s", i ? "," : "", i < d->n_forms ? d->forms[i].slug : d->activities[i - d->n_forms].slug);
	enum mentor_status status = fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "the programme has no form or activity '%s'", names[at]);
	mentor_buf_free(&hint);
	return status;
}

static size_t write_all(struct mentor_buf *b, const struct definition *d, const struct mentor_labels *labels, const struct mentor_forms_request *r)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n_forms; i++)
		if (is_wanted(d->forms[i].slug, r->names, r->n_names) && is_for(d->forms[i].audience, r->audience))
			write_sheet(b, &(struct sheet){ d, labels, &d->forms[i], NULL }, r->format, n++);
	for (size_t i = 0; i < d->n_activities; i++)
		if (is_wanted(d->activities[i].slug, r->names, r->n_names) && is_for(DEF_BOTH, r->audience))
			write_sheet(b, &(struct sheet){ d, labels, NULL, &d->activities[i] }, r->format, n++);
	mentor_buf_str(b, n ? formats[r->format].foot : "");
	return n;
}

enum mentor_status mentor_log_forms(struct mentor *m, int64_t cohort, const struct mentor_forms_request *request, struct mentor_buf *b)
{
	struct definition *d = NULL;
	struct mentor_labels labels = { NULL };
	struct mentor_buf page = MENTOR_BUF_INIT;
	size_t n = 0;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = labels_of(m, d, &labels);
	if (!status)
		status = check_names(m, d, request->names, request->n_names);
	if (!status)
		n = write_all(&page, d, &labels, request);
	if (!status && n == 0)
		status = fail(m, MENTOR_NOT_FOUND, "they stand under forms and activities in the programme's file", "the programme has no such forms");
	if (!status && page.failed)
		status = fail_memory(m);
	if (!status)
		mentor_buf_add(b, mentor_buf_text(&page), page.len);
	mentor_buf_free(&page);
	definition_free(d);
	return status;
}
