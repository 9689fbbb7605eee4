/* survey_form.c: a stage of a survey as a page that people fill in by themselves: one file that asks nobody for anything and sends nothing. */
#include "survey.h"
#include "ticket.h"

#include <inttypes.h>
#include <string.h>

/* Nothing is loaded from anywhere and nothing can be sent: the policy says so to the browser. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";

static const char style[] =
    "<style>\n"
    "body { font: 1.1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "fieldset, .words { border: 1px solid #767676; border-radius: .3rem; margin: 1.5rem 0; padding: .8rem 1rem 1rem; min-width: 0; }\n"
    "legend { float: left; width: 100%; padding: 0; margin: 0 0 .4rem; }\n" /* not on the border, where long questions break */
    "legend + * { clear: both; }\n"
    "legend, .label { font-weight: 600; }\n"
    ".label { display: block; margin: 0 0 .4rem; }\n"
    ".ends { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 .3rem; }\n"
    ".ends span:last-child { text-align: right; }\n"
    ".scale { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem; }\n"
    ".option { display: flex; align-items: center; gap: .5rem; padding: .3rem 0; }\n"
    "input[type=radio], input[type=checkbox] { width: 1.4rem; height: 1.4rem; margin: 0; }\n"
    "input[type=text], textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; border: 1px solid #595959; border-radius: .2rem; }\n"
    "button { font: inherit; font-weight: 600; padding: .6rem 1.2rem; color: #fff; background: #1d4f91; border: 2px solid #1d4f91; border-radius: .3rem; }\n"
    ".clear { font-weight: 400; padding: .2rem .7rem; margin: .5rem 0 0; color: #1d4f91; background: #fff; border-width: 1px; }\n"
    ":focus-visible { outline: 3px solid #b15a00; outline-offset: 2px; }\n"
    ".note { background: #f2f4f7; padding: .1rem 1rem; margin: 0 0 1.5rem; border-left: .3rem solid #1d4f91; }\n"
    "#said { font-weight: 600; min-height: 1.5rem; }\n"
    "@media print { button { display: none; } fieldset { break-inside: avoid; } }\n"
    "</style>\n";

/* What is asked is read from the page, never written into the script. */
static const char script[] =
    "<script>\n"
    "(function () {\n"
    "  'use strict';\n"
    "  var form = document.getElementById('form'), token = document.getElementById('token'), said = document.getElementById('said');\n"
    "  if (location.hash.length > 1) token.value = decodeURIComponent(location.hash.slice(1));\n"
    "  function cell(text) { return '\"' + text.replace(/\"/g, '\"\"') + '\"'; }\n"
    "  function answer(question) {\n"
    "    var text = question.querySelector('textarea'), given = [];\n"
    "    if (text) return text.value.trim();\n"
    "    question.querySelectorAll('input:checked').forEach(function (input) { given.push(input.value); });\n"
    "    return given.join(';');\n"
    "  }\n"
    "  form.querySelectorAll('fieldset').forEach(function (question) {\n" /* a radio button that is on cannot be turned off by itself */
    "    var radios = question.querySelectorAll('input[type=radio]'), clear = document.createElement('button');\n"
    "    if (!radios.length) return;\n"
    "    clear.type = 'button'; clear.className = 'clear'; clear.textContent = 'Clear this answer';\n"
    "    function show() { clear.hidden = !question.querySelector('input:checked'); }\n"
    "    question.addEventListener('change', show);\n"
    "    clear.addEventListener('click', function () { radios.forEach(function (radio) { radio.checked = false; }); radios[0].focus(); show(); });\n"
    "    question.appendChild(clear); show();\n"
    "  });\n"
    "  form.addEventListener('submit', function (event) {\n"
    "    event.preventDefault();\n"
    "    if (!token.value.trim()) { said.textContent = 'Please type the token that came with your invitation.'; token.setAttribute('aria-invalid', 'true'); token.focus(); return; }\n"
    "    token.removeAttribute('aria-invalid');\n"
    "    var headings = ['Token'], row = [token.value.trim()];\n"
    "    form.querySelectorAll('[data-heading]').forEach(function (question) { headings.push(question.dataset.heading); row.push(answer(question)); });\n"
    "    var random = new Uint32Array(2); crypto.getRandomValues(random);\n"
    "    var name = form.dataset.name + '-' + random[0].toString(36) + random[1].toString(36) + '.csv';\n"
    "    var file = new Blob([headings.map(cell).join(',') + '\\r\\n' + row.map(cell).join(',') + '\\r\\n'], { type: 'text/csv' });\n"
    "    var link = document.createElement('a'); link.href = URL.createObjectURL(file); link.download = name;\n"
    "    document.body.appendChild(link); link.click(); link.remove();\n"
    "    said.textContent = 'Saved as ' + name + ' in your downloads. Nothing has been sent: please send this file back as your invitation says.';\n"
    "    said.focus();\n"
    "  });\n"
    "}());\n"
    "</script>\n";

static void html(struct mentor_buf *b, const char *before, const char *text, const char *after)
{
	mentor_buf_str(b, before);
	mentor_buf_html(b, text);
	mentor_buf_str(b, after);
}

static void write_option(struct mentor_buf *b, const char *type, size_t question, const char *value, const char *text)
{
	const char *several = strcmp(type, "checkbox") == 0 ? "[]" : ""; /* as a list is called in HTML */
	mentor_buf_fmt(b, "<label class=\"option\"><input type=\"%s\" name=\"q%zu%s\" value=\"", type, question, several);
	html(b, "", value, "\"> ");
	html(b, "", text, "</label>\n");
}

static void write_scale(struct mentor_buf *b, const struct def_question *q, size_t at)
{
	if (q->low || q->high) {
		mentor_buf_fmt(b, "<p class=\"ends\" id=\"ends%zu\">", at);
		html(b, "<span>", q->low, "</span>");
		html(b, "<span>", q->high, "</span></p>\n");
	}
	mentor_buf_str(b, "<div class=\"scale\">\n");
	for (int64_t x = q->minimum; x <= q->maximum; x++) {
		char number[24];
		char *end = number + sizeof(number) - 1;
		int64_t left = x;
		*end = '\0';
		do
			*--end = (char)('0' + left % 10);
		while ((left /= 10) > 0);
		write_option(b, "radio", at, end, end);
	}
	mentor_buf_str(b, "</div>\n");
}

static void write_question(struct mentor_buf *b, const struct def_question *q, size_t at)
{
	const char *heading = q->header ? q->header : q->text;
	if (q->kind == DEF_QUESTION_TEXT) {
		html(b, "<div class=\"words\" data-heading=\"", heading, "\">\n");
		mentor_buf_fmt(b, "<label class=\"label\" for=\"q%zu\">", at);
		html(b, "", q->text, "</label>\n");
		mentor_buf_fmt(b, "<textarea id=\"q%zu\" name=\"q%zu\" rows=\"4\"></textarea>\n</div>\n", at, at);
		return;
	}
	html(b, "<fieldset data-heading=\"", heading, "\"");
	if (q->kind == DEF_QUESTION_SCALE && (q->low || q->high))
		mentor_buf_fmt(b, " aria-describedby=\"ends%zu\"", at);
	mentor_buf_str(b, ">\n");
	html(b, "<legend>", q->text, "</legend>\n");
	if (q->kind == DEF_QUESTION_SCALE)
		write_scale(b, q, at);
	if (q->kind == DEF_QUESTION_YES_NO) {
		write_option(b, "radio", at, "yes", q->high ? q->high : "Yes");
		write_option(b, "radio", at, "no", q->low ? q->low : "No");
	}
	for (size_t i = 0; i < q->n_choices; i++)
		write_option(b, q->kind == DEF_QUESTION_MULTI ? "checkbox" : "radio", at, q->choices[i], q->choices[i]);
	mentor_buf_str(b, "</fieldset>\n");
}

/* Who sees what, before anybody answers. */
static void write_promise(struct mentor_buf *b, const struct survey_view *v)
{
	mentor_buf_str(b, "<div class=\"note\">\n<p>");
	if (v->survey->anonymous)
		mentor_buf_str(b, "This survey is anonymous. Your token only shows that you may answer, and that you have: your answers are stored without it, mixed "
				  "with those of others. Whoever opens your file before it is taken in can see both, and what you write in your own words can tell who you are.");
	else
		mentor_buf_str(b, "This survey is confidential. Your answers are linked to you, so that what you say now can be compared with what you say later. The "
				  "running team can see the link; reports never name anybody.");
	mentor_buf_fmt(b, "</p>\n<p>Figures about fewer than %" PRId64 " people are withheld. You can leave out any question. This page works without the internet and sends nothing: "
			  "it saves a file that you send back yourself.</p>\n</div>\n", v->k);
}

static void write_form(struct mentor_buf *b, const struct survey_view *v, const char *stage)
{
	const struct def_survey *s = v->survey;
	mentor_buf_str(b, head);
	html(b, "<title>", s->title, "</title>\n");
	mentor_buf_str(b, style);
	html(b, "</head>\n<body>\n<main>\n<p>", v->d->title, "</p>\n");
	html(b, "<h1>", s->title, "</h1>\n");
	write_promise(b, v);
	mentor_buf_fmt(b, "<form id=\"form\" data-name=\"%s-", s->slug);
	html(b, "", stage, "\" novalidate>\n");
	mentor_buf_str(b, "<p><label class=\"label\" for=\"token\">The token from your invitation</label>\n"
			  "<input type=\"text\" id=\"token\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"said\"></p>\n");
	for (size_t i = 0; i < s->n_questions; i++)
		if (definition_asked_at(&s->questions[i], stage))
			write_question(b, &s->questions[i], i + 1);
	mentor_buf_str(b, "<p><button type=\"submit\">Save my answers</button></p>\n<p id=\"said\" role=\"status\" tabindex=\"-1\"></p>\n</form>\n");
	html(b, "<p>Questions? Write to ", v->d->contact.email, ".</p>\n");
	mentor_buf_str(b, "<noscript><p>Your browser does not run the few lines that save the file. Print the page, fill it in and hand it in on paper.</p></noscript>\n</main>\n");
	mentor_buf_str(b, script);
	mentor_buf_str(b, "</body>\n</html>\n");
}

enum mentor_status mentor_survey_form(struct mentor *m, int64_t cohort, const char *survey, const char *stage, struct mentor_buf *ret)
{
	struct survey_view v;
	struct mentor_buf page = MENTOR_BUF_INIT;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	if (!status)
		write_form(&page, &v, stage);
	if (!status && page.failed)
		status = fail_memory(m);
	if (!status)
		mentor_buf_add(ret, page.data, page.len);
	mentor_buf_free(&page);
	survey_close(&v);
	return status;
}
