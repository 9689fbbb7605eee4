// Reads calendars with npm's ical.js and prints their events as ics.c does.
const fs = require("fs");
const loaded = require("ical.js");
const ICAL = loaded.default || loaded;

for (const file of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  for (const event of calendar.getAllSubcomponents("vevent")) {
    const start = event.getFirstPropertyValue("dtstart");
    const iso = start.isDate ? start.toString() : start.toJSDate().toISOString().replace(/\.000Z/, "Z");
    const value = (name) => event.getFirstPropertyValue(name);
    console.log(value("uid"), value("sequence"), iso.replace(/[-:]/g, ""), event.getAllProperties("attendee").length, value("summary"));
  }
}
