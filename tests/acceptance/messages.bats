#!/usr/bin/env bats
# messages.bats: the facts of programmes that reminders carry; ids as in the list of facts.
bats_require_minimum_version 1.5.0
load ../cli/helpers

# cohort PROGRAMME [OPTION...]: a running cohort of an example with the pairs ann and bob (m1), cat and dan (m2), whom the programme's own rules
# for entry do not concern here. Starts on 6 April 2026.
running() {
  local programme=$1
  with_store
  awk '/^[a-z]/ { skip = /^roles:/ } !skip' "$EXAMPLES/$programme/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme "$programme" --title "Spring 2026" --opens-on 2026-01-12 --closes-on 2026-02-20 --starts-on 2026-04-06 >/dev/null
  mentor cohort open --override "Played by a test" >/dev/null
  for name in ann bob cat dan; do
    mentor person add --name "${name^}" --email "$name@example.org" --organisation "Trust $name" --directorate "$name" >/dev/null
  done
  (
    export MENTOR_NOW=2026-02-02
    for name in ann cat; do mentor enrol add $name@example.org --role mentor; done
    for name in bob dan; do mentor enrol add $name@example.org --role mentee; done
    mentor enrol accept ann@example.org bob@example.org cat@example.org dan@example.org --reason "Meets the criteria"
    mentor match add ann@example.org bob@example.org --override "They asked for each other"
    mentor match add cat@example.org dan@example.org --override "They asked for each other"
    mentor match publish --yes --override "Played by a test"
    mentor cohort close
  ) >running.log
  MENTOR_NOW=2026-04-06 mentor cohort start --override "Played by a test" >/dev/null
}

# What goes out on a day, as read by Python's parser.
sent_on() {
  rm -f day.mbox
  MENTOR_NOW=$1 mentor -q remind run --transport mbox:day.mbox
  /usr/bin/python3 "$ROOT/tests/cli/reminders.py" day.mbox
}

@test "G4: reminders that applications close are made from the programme's template, for people who have not applied" {
  with_store
  sed -e '/^templates:/a\  hurry: { subject: "{programme}: apply by {closes_on}", text: "Dear {name},\\n\\n{organisation} takes applications until {closes_on}: {contact_email}" }' \
    -e '/^reminders:/a\  hurry: { when: applications-close, days: -7, template: hurry }' "$EXAMPLES/greenwich/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add next --programme greenwich --title "Next year" --opens-on 2026-01-12 --closes-on 2026-03-20 --starts-on 2026-05-04 >/dev/null
  mentor cohort open --override "Played by a test" >/dev/null
  mentor person add --name "Social workers" --email all-social-workers@example.org >/dev/null
  mentor person add --name Ann --email ann@example.org >/dev/null
  mentor enrol add ann@example.org --role mentor >/dev/null
  MENTOR_NOW=2026-03-12 ok remind due
  assert_output ""
  run sent_on 2026-03-13
  assert_success
  assert_equal "$(jq -r '"\(.to[1]): \(.subject)"' <<<"$output")" \
    "all-social-workers@example.org: $(sed -n 's/^title: *\([^#]*[^# ]\).*/\1/p' programme.yaml): apply by 20 March 2026"
}

@test "G5: reminders carry the resources that the programme lists for them" {
  running greenwich
  mentor event list --name workshop-mentors --fields id,date >event
  read -r id date <event
  mentor event set "$id" --place "https://meet.example.org/workshop" >/dev/null
  run sent_on "$(date -u -d "$date - 7 days" +%F)"
  assert_success
  local text
  text=$(jq -r 'select(.to[1] == "ann@example.org") | .text' <<<"$output")
  mentor programme show greenwich -f json >programme.json
  title=$(awk '/^resources:/ { on = 1 } on && /^  mentor-guide:/ { getline; sub(/^ *title: /, ""); print; exit }' programme.yaml)
  [ -n "$title" ]
  [[ $text == *"$title"* ]] || fail "$title is not in: $text"
  # for mentors only
  assert_equal "$(jq -r 'select(.to[1] == "bob@example.org") | .text' <<<"$output" | grep -c "$title")" 0
}

@test "H6: low participation is brought up with whoever takes little part, early enough to be mended" {
  running sheffield
  for day in 2026-05-04 2026-06-01 2026-06-22; do MENTOR_NOW=$day mentor log shadow m1 --by mentor --date "$day" --meeting "Leadership meeting" --prepared --part contributed >/dev/null; done
  # half of the three meetings is two, due after two thirds of the six months: on 7 August; the reminder comes 14 days later
  MENTOR_NOW=2026-08-19
  run bash -c "mentor remind due --fields reminder,name | grep '^low' || :"
  assert_output ""
  MENTOR_NOW=2026-08-25
  run bash -c "mentor remind due --fields reminder,name | grep '^low'"
  assert_output $'low\tBob\nlow\tCat\nlow\tDan'
  ends=$(mentor cohort show -f json | jq -r .data.ends_on)
  [[ $MENTOR_NOW < $ends ]]
  # by name of the person, and of nobody's meetings
  run sent_on 2026-08-25
  assert_success
  jq -r 'select(.to[1] == "bob@example.org") | .text' <<<"$output" >text
  run grep -c 'Leadership meeting\|Cat\|Dan' text
  assert_output 0
}

@test "M15: whoever does not get on is told whom to go to, in every reminder, and is left in peace once the pair has ended" {
  running manchester
  mentor contract draft m1 >/dev/null
  MENTOR_NOW=2026-06-20
  run sent_on 2026-06-20
  assert_success
  contact=$(sed -n '/^contact:/,/^[a-z]*:/s/^  email: *\([^ ]*\).*/\1/p' programme.yaml)
  [ -n "$contact" ]
  assert_equal "$(jq -r .text <<<"$output" | grep -c "$contact")" "$(jq -r .id <<<"$output" | wc -l)"
  [ "$(jq -r 'select(.subject | contains("session")) | .text' <<<"$output" | grep -c 'nobody is to blame')" -gt 0 ]
  mentor match end m1 --yes --reason not-the-right-match >/dev/null
  MENTOR_NOW=2026-07-25
  run bash -c "mentor remind due --fields name | sort -u | grep -c 'Ann\|Bob'"
  assert_output 0
  run bash -c "mentor remind due --fields name | sort -u"
  assert_output $'Cat\nDan'
}

@test "W10: the programme's contact address stands in every reminder, and answers go to it" {
  running south-west
  for pair in m1 m2; do mentor contract draft $pair >/dev/null; done
  for id in $(mentor event list --fields id); do mentor event set "$id" --place "https://meet.example.org/$id" >/dev/null; done
  contact=$(sed -n '/^contact:/,/^[a-z]*:/s/^  email: *\([^ ]*\).*/\1/p' programme.yaml)
  [ -n "$contact" ]
  : >all
  for day in 2026-03-26 2026-04-20 2026-06-15 2026-08-03 2026-09-22; do sent_on "$day" >>all; done
  [ "$(wc -l <all)" -gt 10 ]
  assert_equal "$(jq -r .from all | sort -u)" "$contact"
  assert_equal "$(jq -r 'select(.text | contains("'"$contact"'") | not) | .id' all)" ""
  [ "$(jq -r .subject all | sort -u | wc -l)" -gt 3 ]
}
