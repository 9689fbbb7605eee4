/* out_watch.c: a condition on the rows of a report, such as commitment.pace=behind, for scripts that want an exit code. What is withheld
 * fulfils no condition: an exit code must not tell what the report does not. */
#include "out_watch.h"

#include <stdlib.h>
#include <string.h>

static const char *const operators[WATCH_OPERATORS] = { "<=", ">=", "!=", "=", "<", ">" };

static enum mentor_status refuse(struct mentor *m, const char *option, const char *text, const char *why, const char *hint)
{
	return mentor_fail(m, MENTOR_USAGE, hint ? hint : "for example commitment.pace=behind, or matching.left_over>0", "%s: %s: %s", option, text, why);
}

static void trim(char **ret_text)
{
	char *text = *ret_text;
	while (*text == ' ')
		text++;
	for (size_t len = strlen(text); len > 0 && text[len - 1] == ' '; len--)
		text[len - 1] = '\0';
	*ret_text = text;
}

static const struct part *find_part(const struct part *parts, const char *key)
{
	for (; parts->fields; parts++)
		if (parts->key && strcmp(parts->key, key) == 0)
			return parts;
	return NULL;
}

/* The value, as the field reads it: a number of rows is no "few", and a pace is one of its words. */
static enum mentor_status read_value(struct mentor *m, const char *option, struct watch *w, const char *value)
{
	bool ordered = out_is_figure(w->field) || w->field->type == MENTOR_TYPE_DAY;
	if (!*value)
		return refuse(m, option, w->text, "the value is missing", NULL);
	if (!ordered && w->operation != WATCH_IS && w->operation != WATCH_IS_NOT)
		return refuse(m, option, w->text, "only figures and days are more or less", "compare with = or !=");
	if (w->field->type == MENTOR_TYPE_REF || w->field->type == MENTOR_TYPE_ID || w->field->type == MENTOR_TYPE_LIST)
		return refuse(m, option, w->text, "references and lists are not compared", NULL);
	w->value = mentor_keep(m, value);
	if (!w->value)
		return MENTOR_NO_MEMORY;
	if (!out_is_figure(w->field) && w->field->type != MENTOR_TYPE_CHOICE)
		return MENTOR_OK;
	struct mentor_field alone = *w->field;
	alone.offset = 0;
	enum mentor_status status = mentor_field_read(m, &alone, value, &w->number);
	return status == MENTOR_INVALID ? mentor_fail(m, MENTOR_USAGE, NULL, "%s: %s: %s", option, w->text, mentor_error(m)->message) : status;
}

static enum mentor_status read_condition(struct mentor *m, const struct part *parts, const char *option, char *copy, struct watch *w)
{
	size_t len = strcspn(copy, "<>=!");
	char *key = copy, *value = copy + len, *dot = memchr(copy, '.', len);
	for (w->operation = 0; w->operation < WATCH_OPERATORS; w->operation++)
		if (strncmp(value, operators[w->operation], strlen(operators[w->operation])) == 0)
			break;
	if (w->operation == WATCH_OPERATORS || !dot)
		return refuse(m, option, w->text, "this is not PART.COLUMN, one of = != < <= > >=, and a value", NULL);
	value += strlen(operators[w->operation]);
	copy[len] = '\0';
	*dot = '\0';
	char *name = dot + 1;
	trim(&key);
	trim(&name);
	trim(&value);
	w->part = find_part(parts, key);
	if (!w->part)
		return refuse(m, option, w->text, "there is no such part", "mentor report list -f json names the parts of each report");
	w->field = mentor_field_find(w->part->fields, name);
	if (!w->field || w->field->flags & MENTOR_INTERNAL)
		return refuse(m, option, w->text, "the part has no such column", "man mentor-report lists the columns of each part");
	return read_value(m, option, w, value);
}

enum mentor_status watch_read(struct mentor *m, const struct part *parts, const char *option, const char *text, struct watch *ret)
{
	struct watch w = { .text = text };
	char *copy = strdup(text);
	enum mentor_status status = copy ? read_condition(m, parts, option, copy, &w) : mentor_fail(m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	free(copy);
	if (!status)
		*ret = w;
	return status;
}

static bool holds(int operation, int sign)
{
	switch (operation) {
	case WATCH_AT_MOST:
		return sign <= 0;
	case WATCH_AT_LEAST:
		return sign >= 0;
	case WATCH_IS_NOT:
		return sign != 0;
	case WATCH_IS:
		return sign == 0;
	case WATCH_LESS:
		return sign < 0;
	default:
		return sign > 0;
	}
}

void watch_row(struct watch *w, const struct part *part, const void *record)
{
	if (part != w->part || mentor_field_is_none(w->field, record) || out_is_withheld(w->field, record))
		return;
	int sign = 0;
	if (out_is_figure(w->field) || w->field->type == MENTOR_TYPE_CHOICE) {
		int64_t number = mentor_field_number(w->field, record);
		sign = (number > w->number) - (number < w->number);
	} else {
		struct mentor_buf value = MENTOR_BUF_INIT;
		mentor_field_write(&value, w->field, record);
		sign = strcmp(mentor_buf_text(&value), w->value);
		mentor_buf_free(&value);
	}
	w->rows += holds(w->operation, sign);
}
