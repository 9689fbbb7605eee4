"""Reads calendars with python3-icalendar, demands that nothing in them is wrong, and prints their events as ics.c does."""
import datetime, sys
from icalendar import Calendar

bad = False

def complain(file, what):
    global bad
    bad = True
    print(f"{file}: {what}")

def instant(value):
    if not isinstance(value, datetime.datetime):
        return value.strftime("%Y%m%d")
    return value.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")

for file in sys.argv[1:]:
    data = open(file, "rb").read()
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > 75:
            complain(file, f"line {number} has {len(line)} octets")
        try:
            line.decode()
        except UnicodeDecodeError:
            complain(file, f"line {number} cuts a character")
        if b"\n" in line or b"\r" in line:
            complain(file, f"line {number} has a line end that is not CRLF")
    calendars = Calendar.from_ical(data, multiple=True)
    if len(calendars) != 1:
        complain(file, f"holds {len(calendars)} calendars")
    for calendar in calendars:
        zones = {str(z["TZID"]): z.to_tz() for z in calendar.walk("VTIMEZONE")}
        for component in calendar.walk():
            for problem in component.errors:
                complain(file, f"{component.name}: {problem}")
            for name in component.required:
                if name not in component:
                    complain(file, f"{component.name}: {name} is missing")
        for event in calendar.walk("VEVENT"):
            start = event["DTSTART"]
            value = start.dt
            if isinstance(value, datetime.datetime):
                zone, value = zones[start.params["TZID"]], value.replace(tzinfo=None)
                value = zone.localize(value) if hasattr(zone, "localize") else value.replace(tzinfo=zone)  # pytz, or what came after it
            guests = event.get("ATTENDEE", [])
            guests = guests if isinstance(guests, list) else [guests]
            print(event["UID"], event["SEQUENCE"], instant(value), len(guests), event["SUMMARY"])
sys.exit(bad)
