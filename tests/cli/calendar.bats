# calendar.bats: invitations and calendars, as three readers see them that nobody here wrote: libical, python3-icalendar, and ical.js.
# shellcheck disable=SC2154 # bats sets stderr
load helpers

# A year with something every month, in a programme whose texts hold what has to be escaped and folded, in a zone with a change of clocks.
with_year() {
  local n months=12
  {
    cat <<'YAML'
programme: year
title: "Mentoring; \"upwards\", und zwar für alle: \\n ist kein Zeilenende"
contact: { name: "Desk \"A\", Ms Müller; team", email: desk@example.org }
roles:
  mentor: { manager_support: none }
  mentee: { manager_support: none }
  facilitator: { manager_support: none }
cohort: { mentors: 20, mentees: 20, months: 12 }
contract: { purpose: We talk. }
events:
YAML
    for ((n = 0; n < months; n++)); do
      cat <<YAML
  month-$n:
    title: "Month $n: café, 日本語の長い題名がここにありますので折り返しが必要です; and more"
    kind: meeting
    text: |
      First line, with a comma; and a semicolon.
      Second line \\ with a backslash, and 日本語の長い文章がここにありますので折り返しが必要です。
    required: $([ $((n % 2)) = 0 ] && echo yes || echo no)
    around: leadership meeting
    times: { first: { from: starts, weeks: $((n * 4)), start: "09:30", end: "11:00", mode: virtual, place: "https://meet.example.org/room?a=1,b;c" } }
YAML
    done
    cat <<'YAML'
  mentors:
    title: For mentors
    kind: workshop
    audience: mentors
    times: { day: { from: starts, weeks: 6 } }
YAML
  } >year.yaml
  with_store
  mentor programme import year.yaml >/dev/null
  mentor cohort add year --programme year --title "The year; 2026" --starts-on 2026-03-09 >/dev/null
  mentor cohort open >/dev/null
  for ((n = 1; n <= ${1:-24}; n++)); do
    mentor person add --name "Person \"$n\", Jr; Ünal" --email "p$n@example.org"
    mentor enrol add "p$n" --role "$([ $((n % 2)) = 0 ] && echo mentor || echo mentee)"
    mentor enrol accept "p$n"
  done >/dev/null
}

# The readers that are there; each prints the events of files in the same words.
libical() {
  [ -x checker ] || gcc -o checker "$ROOT/tests/cli/ics.c" -lical
  ./checker "$@"
}
icalendar() { /usr/bin/python3 "$ROOT/tests/cli/ics.py" "$@"; }
icaljs() { node "$ROOT/tests/cli/ics.js" "$@"; }

have() {
  case $1 in
  libical) [ -e /usr/include/libical/ical.h ] ;;
  icalendar) /usr/bin/python3 -c 'import icalendar' 2>/dev/null ;;
  icaljs) node -e 'require("ical.js")' 2>/dev/null ;;
  esac
}

# What the files should hold, from the program's own list: uid aside.
expected() {
  mentor event list -f json "$@" | jq -r '.data[] | "\(.sequence) \((.starts_at // .date) | gsub("[-:]"; "")) \(.title)"'
}

# read_by READER: all that was written is read without a defect, with the times that the list has.
read_by() {
  local n
  have "$1" || skip "$1 is not there"
  with_year 24
  mentor event list -f ics -o cohort.ics
  for ((n = 1; n <= 24; n++)); do mentor event list -f ics --for "p$n" -o "feed-$n.ics"; done
  run "$1" cohort.ics
  assert_success
  diff -u <(expected) <(cut -d' ' -f2,3,5- <<<"$output")
  assert_equal "$(cut -d' ' -f4 <<<"$output" | sort -u)" 0
  assert_equal "$(cut -d' ' -f1 <<<"$output" | sort -u | wc -l)" 13
  run "$1" feed-*.ics
  assert_success
  assert_equal "$(wc -l <<<"$output")" $((12 * 24 + 12))
  # one invitation to each of the 24 for each event, from the messages as they are sent
  for event in $(mentor event list --fields id); do
    mentor event invite "$event" -f mbox -o "$event.mbox"
  done
  /usr/bin/python3 "$BATS_TEST_DIRNAME/ics_mails.py" ./*.mbox >parts
  assert_equal "$(wc -l <parts)" $((12 * 24 + 12))
  assert_equal "$(cut -d' ' -f2- parts | sort -u)" "REQUEST 1"
  run "$1" part-*.ics
  assert_success
  assert_equal "$(wc -l <<<"$output")" $((12 * 24 + 12))
  assert_equal "$(cut -d' ' -f4 <<<"$output" | sort -u)" 1
  diff -u <(expected | sort) <(cut -d' ' -f2,3,5- <<<"$output" | sort -u)
}

@test "calendars of a cohort of 24 over a year are read by libical without a defect" {
  read_by libical
}

@test "calendars of a cohort of 24 over a year are read by python3-icalendar without a defect, CRLF and 75 octets included" {
  read_by icalendar
}

@test "calendars of a cohort of 24 over a year are read by ical.js without a defect" {
  read_by icaljs
}

@test "libical's check would find what is missing" {
  have libical || skip "libical is not there"
  with_year 2
  mentor event invite e2 p1 -f ics -o good.ics
  libical good.ics
  grep -v '^ORGANIZER' good.ics >bad.ics
  run libical bad.ics
  assert_failure
  assert_output --partial "breaks a restriction"
}

@test "a change raises the sequence, a cancellation says CANCEL, and both keep the identity" {
  with_year 2
  mentor event invite e2 p1 -f ics -o first.ics
  mentor event told e2 >/dev/null
  mentor event move e2 --date 2026-04-15 >/dev/null
  ok event invite e2 -f json
  json '.data[] | "\(.what) \(.subject[:9])"' $'changed Changed: \nchanged Changed: '
  mentor event invite e2 p1 -f ics -o second.ics
  assert_equal "$(grep -c '^SEQUENCE:1' second.ics)" 1
  assert_equal "$(grep '^UID' first.ics)" "$(grep '^UID' second.ics)"
  mentor event told e2 p1 >/dev/null
  mentor event cancel e2 >/dev/null
  mentor event invite e2 p1 -f ics -o third.ics
  grep -q '^METHOD:CANCEL' third.ics
  grep -q '^STATUS:CANCELLED' third.ics
  grep -q '^SEQUENCE:2' third.ics
  assert_equal "$(grep '^UID' first.ics)" "$(grep '^UID' third.ics)"
  if have libical; then libical third.ics second.ics; fi
  ok event told e2
  assert_output $'cancelled person p1 Person "1", Jr; Ünal\ncancelled person p2 Person "2", Jr; Ünal'
  ok event invite e2 -f json
  json '.data | length' 0
  mentor event list -f ics | grep -q '^STATUS:CANCELLED'
}

@test "whoever leaves the cohort, or signs off, is told that the entry can go; nobody else is" {
  with_year 3
  mentor event told e2 >/dev/null
  mentor event signup e2 p1 --off >/dev/null
  mentor enrol withdraw p2 >/dev/null
  ok event invite e2 -f json
  json '.data[] | "\(.person) \(.what)"' $'p1 cancelled\np2 cancelled'
  json '.data[0].text | contains("you are not expected any more")' true
  mentor event invite e2 p1 -f ics | grep -q '^METHOD:CANCEL'
  ok event told e2
  ok event invite e2 -f json
  json '.data | length' 0
}

@test "an invitation is in Welsh for whoever is to be written to in it" {
  with_year 2
  mentor person set p1 --language cy >/dev/null
  ok event invite e2 -f json
  json '.data[0].text | split("\n")[0, 2] | .[:24]' $'Annwyl Person "1", Jr; Ü\nDyma wahoddiad i chi: Mo'
  json '.data[0].text | split("\n")[] | select(startswith("Pryd"))' "Pryd: 6 Ebrill 2026, 09:30 tan 11:00 (Europe/London)"
  json '.data[1].text | split("\n")[] | select(startswith("When"))' "When: 6 April 2026, 09:30 to 11:00 (Europe/London)"
  json '.data[0].subject | endswith("6 Ebrill 2026, 09:30")' true
  mentor event invite e2 -f mbox >invited.mbox
  assert_equal "$(grep '^Content-Language' invited.mbox)" $'Content-Language: cy\nContent-Language: en'
  run /usr/bin/python3 "$ROOT/tests/cli/ics_mails.py" invited.mbox
  assert_success
}

@test "invitations and letters are pages as well where the programme says so" {
  with_year 2
  { cat year.yaml; printf '%s\n' 'sending: { html: yes }' 'templates: { in: { for: accepted, subject: "<Welcome>", text: "Dear {name}, & welcome. {contact_email}" } }'; } >page.yaml
  mentor programme import page.yaml >/dev/null
  mentor cohort set year --revision 2 >/dev/null
  mentor event invite e2 -f mbox >invited.mbox
  run /usr/bin/python3 "$ROOT/tests/cli/ics_mails.py" invited.mbox
  assert_success
  assert_equal "$(grep -c '^Content-Type: text/html' invited.mbox)" 2
  mentor enrol export accepted -f mbox -o letters.mbox
  assert_equal "$(grep -c '^Content-Type: multipart/alternative' letters.mbox)" 2
  grep -q '<title>&lt;Welcome&gt;</title>' letters.mbox
}

@test "an invitation shows nobody else, and says where to write" {
  with_year 3
  ok event invite e2 p2 -f eml
  assert_output --partial "desk@example.org"
  refute_output --partial "p1@example.org"
  refute_output --partial "p3@example.org"
  ok event invite e2 --all -f mbox
  assert_equal "$(grep -c '^ATTENDEE' <<<"$output")" 3
  fails 2 event invite e2 --all -f eml
  fails 2 event invite e2 --all -f ics
  fails 5 event invite e13 p1 -f ics
  [[ $stderr == *"there is nothing to send to p1 about e13"* ]]
  export MENTOR_NOW=2026-12-31
  fails 5 event invite e2 p1
  [[ $stderr == *"took place on"* ]]
}

@test "a whole day has no time, and a calendar takes no filters" {
  with_year 2
  mentor event list -f ics --for p2 | grep -q '^DTSTART;VALUE=DATE:20260420'
  mentor event list -f ics --for p1 >p1.ics
  run grep -c VALUE=DATE p1.ics
  assert_output 0
  fails 2 event list -f ics --kind workshop
  ok event list --for p1 -f json
  json '.data | length' 12
}

@test "events ahead that people do not know of are a line of the status" {
  with_year 2
  ok cohort status -f json
  json '.data.todo[] | select(.command | startswith("mentor event")) | "\(.what): \(.command)"' \
    "to 1 event ahead somebody is not invited, or does not know of a change: mentor event invite e1"
  mentor event told e1 >/dev/null
  ok cohort status -f json
  json '[.data.todo[] | select(.command | startswith("mentor event"))] | length' 0
}
