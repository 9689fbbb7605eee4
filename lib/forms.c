/* forms.c: the programme's blank forms and activities, to be printed or written on by the people themselves: nothing of it comes back here. */
#include "labels.h"
#include "page.h"
#include "programme.h"

#include <inttypes.h>
#include <string.h>

enum { LINES_OF_A_PROMPT = 4 };

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

static const char *say_whose(const struct def_blank *form)
{
	return form->private == 1 ? "This page is yours alone. Nobody asks for it or for what is in it; keep it where only you can read it." :
				       "Fill in what is of use to you. Hand it in only where the programme team has asked for it.";
}

static void say_contact(struct mentor_buf *b, const struct definition *d)
{
	const struct def_contact *c = &d->contact;
	mentor_buf_fmt(b, "Questions? %s%s%s", c->name ? c->name : "", c->name ? ", " : "", c->email);
}

/* ---- plain text ---- */

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
	repeat(b, '=', page_columns(title_of(s), strlen(title_of(s))));
	say_what_for(b, s);
	mentor_buf_str(b, "\n\n");
}

static void text_prompt(struct mentor_buf *b, const char *prompt)
{
	page_wrap(b, "", "", prompt, strlen(prompt));
	for (int i = 0; i < LINES_OF_A_PROMPT; i++)
		repeat(b, '_', PAGE_WIDTH);
	mentor_buf_char(b, '\n');
}

static void text_end(struct mentor_buf *b, const struct sheet *s)
{
	say_contact(b, s->d);
	mentor_buf_char(b, '\n');
}

/* ---- Markdown ---- */

static void md_line(struct mentor_buf *b, const char *before, const struct mentor_buf *text, const char *behind)
{
	mentor_buf_str(b, before);
	mentor_buf_markdown(b, mentor_buf_text(text));
	mentor_buf_str(b, behind);
	b->failed = b->failed || text->failed;
}

static void md_begin(struct mentor_buf *b, const struct sheet *s, size_t n)
{
	struct mentor_buf from = MENTOR_BUF_INIT, what = MENTOR_BUF_INIT;
	say_where_from(&from, s->d);
	say_what_for(&what, s);
	mentor_buf_fmt(b, "%s# ", n ? "\n---\n\n" : "");
	mentor_buf_markdown(b, title_of(s));
	md_line(b, "\n\n", &from, "  \n");
	md_line(b, "", &what, "\n\n");
	mentor_buf_free(&from);
	mentor_buf_free(&what);
}

static void md_prompt(struct mentor_buf *b, const char *prompt)
{
	mentor_buf_str(b, "## ");
	mentor_buf_markdown(b, prompt);
	mentor_buf_str(b, "\n\n\\_\\_\\_\n\n");
}

static void md_end(struct mentor_buf *b, const struct sheet *s)
{
	struct mentor_buf contact = MENTOR_BUF_INIT;
	say_contact(&contact, s->d);
	md_line(b, "", &contact, "\n");
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
	struct mentor_buf title = MENTOR_BUF_INIT, from = MENTOR_BUF_INIT, what = MENTOR_BUF_INIT;
	say_where_from(&from, s->d);
	say_what_for(&what, s);
	if (n == 0) {
		mentor_buf_fmt(&title, "Forms of %s", s->d->title);
		page_html_begin(b, mentor_buf_text(&title), style);
		b->failed = b->failed || title.failed;
	}
	mentor_buf_str(b, "<section class=\"sheet\">\n<header>\n");
	html_said(b, "<p class=\"from\">", &from, "</p>\n");
	html_element(b, "<h1>", title_of(s), "</h1>\n");
	html_said(b, "<p class=\"what\">", &what, "</p>\n</header>\n");
	mentor_buf_free(&title);
	mentor_buf_free(&from);
	mentor_buf_free(&what);
}

static void html_prompt(struct mentor_buf *b, const char *prompt)
{
	html_element(b, "<div class=\"prompt\"><h2>", prompt, "</h2>");
	for (int i = 1; i < LINES_OF_A_PROMPT; i++)
		mentor_buf_str(b, "<div class=\"line\"></div>");
	mentor_buf_str(b, "</div>\n");
}

static void html_end(struct mentor_buf *b, const struct sheet *s)
{
	struct mentor_buf contact = MENTOR_BUF_INIT;
	say_contact(&contact, s->d);
	html_said(b, "<footer>", &contact, "</footer>\n</section>\n");
	mentor_buf_free(&contact);
}

/* ---- all sheets ---- */

/* Every part ends with an empty line, or, in HTML, with its element. */
static const struct {
	enum page_format page;
	void (*begin)(struct mentor_buf *b, const struct sheet *s, size_t n); /* of the sheets, how many there were before */
	void (*prompt)(struct mentor_buf *b, const char *prompt);
	void (*end)(struct mentor_buf *b, const struct sheet *s);
	const char *foot;
} formats[] = {
	[MENTOR_FORMS_TEXT] = { PAGE_TEXT, text_begin, text_prompt, text_end, "" },
	[MENTOR_FORMS_MARKDOWN] = { PAGE_MARKDOWN, md_begin, md_prompt, md_end, "" },
	[MENTOR_FORMS_HTML] = { PAGE_HTML, html_begin, html_prompt, html_end, PAGE_HTML_END },
};

static void write_form(struct page *page, const struct def_blank *form, enum mentor_forms_format format)
{
	if (page->format == PAGE_HTML)
		html_element(page->b, "<p class=\"whose\">", say_whose(form), "</p>\n");
	else
		page_paragraph(page, say_whose(form));
	for (size_t i = 0; i < form->n_prompts; i++)
		formats[format].prompt(page->b, form->prompts[i]);
}

/* On paper there is room to draw and write. */
static void write_activity(struct page *page, const struct def_activity *activity)
{
	page_paragraph(page, activity->text);
	if (page->format == PAGE_HTML)
		mentor_buf_str(page->b, "<div class=\"room\"></div>\n");
}

static void write_sheet(struct mentor_buf *b, const struct sheet *s, enum mentor_forms_format format, size_t n)
{
	struct page page = { .b = b, .format = formats[format].page };
	formats[format].begin(b, s, n);
	if (s->form)
		write_form(&page, s->form, format);
	else
		write_activity(&page, s->activity);
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
