/* ical.c: iCalendar as RFC 5545 wants it: CRLF, lines of at most 75 octets that cut no character, texts in which nothing can end a line. */
#include "ical.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_OCTETS = 75, HOUR = 3600, LAST_WEEK = 5 };

const char *const ical_methods[] = { "PUBLISH", "REQUEST", "CANCEL" };

/* ---- lines ---- */

/* A folded line begins with a blank, which counts. */
static void write_folded(struct mentor_buf *b, const char *line, size_t len)
{
	size_t column = 0;
	for (size_t i = 0; i < len;) {
		size_t n = 1;
		while (i + n < len && ((unsigned char)line[i + n] & 0xC0) == 0x80)
			n++;
		if (column + n > MOST_OCTETS) {
			mentor_buf_str(b, "\r\n ");
			column = 1;
		}
		mentor_buf_add(b, line + i, n);
		column += n;
		i += n;
	}
	mentor_buf_str(b, "\r\n");
}

/* Ends a property that was written to `line`, and empties that. */
static void end_line(struct mentor_buf *b, struct mentor_buf *line)
{
	write_folded(b, mentor_buf_text(line), line->len);
	b->failed = b->failed || line->failed;
	mentor_buf_free(line);
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F;
}

/* A TEXT: what would end it or begin something else is escaped, and other control characters cannot stand there at all. */
static void put_text(struct mentor_buf *line, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			mentor_buf_str(line, "\\n");
		else if (strchr("\\;,", *text))
			mentor_buf_fmt(line, "\\%c", *text);
		else if (!is_control(*text))
			mentor_buf_char(line, *text);
	}
}

/* A parameter in quotes, in which a quote cannot stand. */
static void put_quoted(struct mentor_buf *line, const char *text)
{
	mentor_buf_char(line, '"');
	for (; *text; text++)
		if (!is_control(*text))
			mentor_buf_add(line, *text == '"' ? "'" : text, 1);
	mentor_buf_char(line, '"');
}

static void write_line(struct mentor_buf *b, const char *name, const char *value)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	mentor_buf_fmt(&line, "%s:%s", name, value);
	end_line(b, &line);
}

static void write_text(struct mentor_buf *b, const char *name, const char *text)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	if (!text || !*text)
		return;
	mentor_buf_fmt(&line, "%s:", name);
	put_text(&line, text);
	end_line(b, &line);
}

/* mailto:, with what RFC 6068 wants encoded. */
static void put_address(struct mentor_buf *line, const char *email)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$'*+@";
	mentor_buf_str(line, ":mailto:");
	for (; *email; email++)
		if (strchr(plain, *email))
			mentor_buf_char(line, *email);
		else
			mentor_buf_fmt(line, "%%%02X", (unsigned)(unsigned char)*email);
}

static void write_person(struct mentor_buf *b, const char *property, const struct ical_person *p)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	mentor_buf_str(&line, property);
	if (p->name && *p->name) {
		mentor_buf_str(&line, ";CN=");
		put_quoted(&line, p->name);
	}
	put_address(&line, p->email);
	end_line(b, &line);
}

/* ---- times ---- */

/* YYYYMMDD of an ISO day. */
static void put_day(struct mentor_buf *line, const char *day)
{
	mentor_buf_fmt(line, "%.4s%.2s%.2s", day, day + 5, day + 8);
}

/* "2026-03-02T12:00:00Z" as 20260302T120000Z. */
static void write_instant(struct mentor_buf *b, const char *name, const char *instant)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	mentor_buf_fmt(&line, "%s:", name);
	put_day(&line, instant);
	mentor_buf_fmt(&line, "T%.2s%.2s%.2sZ", instant + 11, instant + 14, instant + 17);
	end_line(b, &line);
}

static void write_time(struct mentor_buf *b, const char *name, const struct ical_event *e, const char *clock)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	if (clock)
		mentor_buf_fmt(&line, "%s;TZID=%s:", name, e->zone);
	else
		mentor_buf_fmt(&line, "%s;VALUE=DATE:", name);
	put_day(&line, e->date);
	if (clock)
		mentor_buf_fmt(&line, "T%.2s%.2s00", clock, clock + 3);
	end_line(b, &line);
}

/* ---- zones ---- */

static void write_offset(struct mentor_buf *b, const char *name, int64_t seconds)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	int64_t size = seconds < 0 ? -seconds : seconds;
	mentor_buf_fmt(&line, "%s:%c%02d%02d", name, seconds < 0 ? '-' : '+', (int)(size / HOUR), (int)(size / 60 % 60));
	if (size % 60)
		mentor_buf_fmt(&line, "%02d", (int)(size % 60));
	end_line(b, &line);
}

/* One span of a zone: since when on the clocks of before, and by which rule it comes back. */
static void write_span(struct mentor_buf *b, const struct zone_span *span, int64_t before, const struct zone_yearly *yearly)
{
	static const char *const days[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };
	const char *kind = span->summer ? "DAYLIGHT" : "STANDARD";
	char local[32] = "1970-01-01T00:00:00Z";
	struct mentor_buf line = MENTOR_BUF_INIT;
	if (span->from != INT64_MIN)
		zone_write_instant(span->from + before, local);
	write_line(b, "BEGIN", kind);
	mentor_buf_str(&line, "DTSTART:");
	put_day(&line, local);
	mentor_buf_fmt(&line, "T%.2s%.2s%.2s", local + 11, local + 14, local + 17);
	end_line(b, &line);
	if (yearly) {
		int64_t week = yearly->week == LAST_WEEK ? -1 : yearly->week;
		mentor_buf_fmt(&line, "RRULE:FREQ=YEARLY;BYMONTH=%" PRId64 ";BYDAY=%" PRId64 "%s", yearly->month, week, days[yearly->weekday]);
		end_line(b, &line);
	}
	write_offset(b, "TZOFFSETFROM", before);
	write_offset(b, "TZOFFSETTO", span->offset);
	write_text(b, "TZNAME", span->letters);
	write_line(b, "END", kind);
}

/* The offset before a span. */
static int64_t before(const struct zone *zone, const struct zone_span *span)
{
	return span->from == INT64_MIN ? span->offset : zone_at(zone, span->from - 1).offset;
}

void ical_zone(struct mentor_buf *b, const struct zone *zone, const char *name, int64_t from, int64_t to)
{
	struct zone_yearly yearly[2];
	struct zone_span span = zone_at(zone, from), next;
	bool rule = zone_is_yearly(zone, span.from == INT64_MIN ? from : span.from - 1, yearly);
	write_line(b, "BEGIN", "VTIMEZONE");
	write_line(b, "TZID", name);
	write_span(b, &span, before(zone, &span), rule ? &yearly[span.summer] : NULL);
	for (size_t n = 1; zone_next(zone, n == 1 ? from : span.from, &next) && (rule ? n < 2 : next.from <= to); n++) {
		write_span(b, &next, before(zone, &next), rule ? &yearly[next.summer] : NULL);
		span = next;
	}
	write_line(b, "END", "VTIMEZONE");
}

/* ---- calendars ---- */

void ical_begin(struct mentor_buf *b, enum ical_method method, const char *name)
{
	write_line(b, "BEGIN", "VCALENDAR");
	write_line(b, "VERSION", "2.0");
	write_line(b, "PRODID", "-//mentor//mentor " MENTOR_VERSION "//EN");
	write_line(b, "CALSCALE", "GREGORIAN");
	write_line(b, "METHOD", ical_methods[method]);
	write_text(b, "X-WR-CALNAME", name);
}

void ical_end(struct mentor_buf *b)
{
	write_line(b, "END", "VCALENDAR");
}

/* Private: a calendar that colleagues can look into shows them that its owner is busy, not with what. */
void ical_event(struct mentor_buf *b, const struct ical_event *e)
{
	char sequence[24];
	snprintf(sequence, sizeof(sequence), "%" PRId64, e->sequence);
	write_line(b, "BEGIN", "VEVENT");
	write_line(b, "UID", e->uid);
	write_line(b, "SEQUENCE", sequence);
	write_instant(b, "DTSTAMP", e->stamp);
	write_instant(b, "LAST-MODIFIED", e->changed_at);
	write_time(b, "DTSTART", e, e->start);
	if (e->until)
		write_time(b, "DTEND", e, e->until);
	write_text(b, "SUMMARY", e->summary);
	write_text(b, "DESCRIPTION", e->description);
	write_text(b, "LOCATION", e->location);
	write_line(b, "STATUS", e->cancelled ? "CANCELLED" : "CONFIRMED");
	write_line(b, "CLASS", "PRIVATE");
	write_person(b, "ORGANIZER", &e->organizer);
	if (e->attendee.email)
		write_person(b,
		    e->required ? "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" :
				  "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
		    &e->attendee);
	write_line(b, "END", "VEVENT");
}
