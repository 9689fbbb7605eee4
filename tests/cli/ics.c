/* ics.c (test): reads calendars with libical, demands that nothing in them breaks RFC 5545 and RFC 5546, and prints their events. */
#include <libical/ical.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int bad;

static void complain(const char *file, const char *what)
{
	printf("%s: %s\n", file, what);
	bad = 1;
}

/* libical attaches what it does not like as a property of its own. */
static void find_errors(const char *file, icalcomponent *c)
{
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_XLICERROR_PROPERTY); p; p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY))
		complain(file, icalproperty_get_xlicerror(p));
	for (icalcomponent *i = icalcomponent_get_first_component(c, ICAL_ANY_COMPONENT); i; i = icalcomponent_get_next_component(c, ICAL_ANY_COMPONENT))
		find_errors(file, i);
}

static void print_event(icalcomponent *calendar, icalcomponent *event)
{
	struct icaltimetype start = icalcomponent_get_dtstart(event);
	int guests = 0;
	(void)calendar;
	if (!start.is_date)
		start = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone());
	for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); p; p = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
		guests++;
	printf("%s %d %s %d %s\n", icalcomponent_get_uid(event), icalcomponent_get_sequence(event), icaltime_as_ical_string(start), guests, icalcomponent_get_summary(event));
}

static void read_file(const char *file)
{
	static char text[1 << 20];
	FILE *f = fopen(file, "rb");
	size_t len = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
	if (f)
		fclose(f);
	text[len] = '\0';
	icalcomponent *c = icalparser_parse_string(text);
	if (!c) {
		complain(file, "cannot be parsed");
		return;
	}
	if (icalcomponent_isa(c) != ICAL_VCALENDAR_COMPONENT)
		complain(file, "is not one calendar");
	if (icalcomponent_count_errors(c) > 0)
		complain(file, "has errors");
	if (!icalrestriction_check(c))
		complain(file, "breaks a restriction of its method");
	find_errors(file, c);
	for (icalcomponent *e = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT); e; e = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT))
		print_event(c, e);
	icalcomponent_free(c);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		read_file(argv[i]);
	return bad;
}
