#!/usr/bin/env bats
# change.bats: from talk to change, and care for the people: barriers, actions, check-ins, lessons, remarks; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# played: the store that the example leaves behind; one play serves all tests of this file.
played() {
  PLAYED=$BATS_FILE_TMPDIR/played
  if [ ! -e "$PLAYED.done" ]; then
    "$EXAMPLES/co-learning/run.sh" "$PLAYED" >"$PLAYED.out" 2>&1 || { cat "$PLAYED.out" && return 1; }
    touch "$PLAYED.done"
  fi
  cp "$PLAYED/mentor.db" "$MENTOR_DB"
  export MENTOR_NOW=2026-01-12 MENTOR_COHORT=year-2025
}

# with_care: the example of the council, its pairs at work since 2 March.
with_care() {
  with_pairs
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
}

@test "co-learning: the example plays to its end, and every check in it holds" {
  played
  assert_equal "$(grep -c '^(checked: ' "$PLAYED.out")" 9
  # the one refusal is meant
  run grep -c '^mentor: ' "$PLAYED.out"
  assert_output 1
  for page in contract-m1 change progress; do
    assert_equal "$(grep -c '<h1[ >]' "$PLAYED/$page.html")" 1
  done
  ok db check
}

@test "C2: a barrier has a theme, a level and words, and goes from identified through raised and addressed to changed, or is dropped with a reason" {
  played
  ok report show barriers -f json
  json '[.data.barriers[] | select(.state == "changed")] | length' 3
  panels=$(jq -r '.data.barriers[] | select(.text | test("panels")).barrier' <<<"$output")
  ok barrier show "$panels" -f json
  json '.data.barrier | "\(.theme) | \(.level) | \(.text)"' "Recruitment | organisation | Selection panels are all of one grade"
  json '[.data.steps[] | "\(.state) \(.on)"] | join(", ")' "identified 2025-05, raised 2025-05-19, addressed 2025-09-01, changed 2025-10-07"
  ok barrier list --state dropped -f json
  json '.data[] | "\(.theme), \(.level): \(.reason)"' "Recruitment, directorate: The professional bodies ask for the degrees"
  # what the programme does not know is refused, and so is a step without what it needs
  fails 3 barrier add --theme Weather --level team --text "It rains"
  fails 3 barrier add --theme Access --level world --text "It rains"
  fails 5 barrier drop "$panels" --reason "no longer"
  rota=$(mentor barrier list --state changed --theme "Flexible work" --fields id)
  fails 2 barrier drop "$rota"
}

# bring FIRST SECOND THIRD: m1, m2 and m3 meet one after the other, and after each meeting one barrier is put into the register.
bring() {
  local pair=0 words
  export MENTOR_ACTOR=admin
  with_register
  for words in "$@"; do
    pair=$((pair + 1))
    mentor contract draft m$pair
    mentor contract sign m$pair --mentor --mentee
    mentor log add m$pair --minutes 60
    mentor barrier add --theme Progression --level team --text "$words"
  done >/dev/null
}

# what_is_held: all that is in the store, but for what is random.
what_is_held() {
  sqlite3 "$MENTOR_DB" .dump | grep -v -e '^INSERT INTO store ' | sed -E "/^INSERT INTO audit /s/'[0-9a-f]{64}'/HASH/"
}

@test "C3: which pair brought what cannot be told from anything that is held or printed" {
  local format
  # two worlds that differ in nothing but in who brought what
  bring "The rota rules out courses" "The same people choose" "Nobody says why"
  what_is_held >one.held
  for format in json csv plain html; do mentor report show barriers -f $format; done >one.out
  for format in json jsonl csv plain; do mentor barrier list -f $format; mentor action list -f $format; done >>one.out
  for id in $(mentor barrier list --fields id); do mentor barrier show "$id" -f json; done >>one.out
  mentor barrier list --fields=help | sed -n 's/^  \([a-z][a-z_]*\).*/\1/p' | while read -r column; do mentor barrier list --fields "$column"; done >>one.out
  rm "$MENTOR_DB"
  bring "Nobody says why" "The rota rules out courses" "The same people choose"
  what_is_held >other.held
  for format in json csv plain html; do mentor report show barriers -f $format; done >other.out
  for format in json jsonl csv plain; do mentor barrier list -f $format; mentor action list -f $format; done >>other.out
  for id in $(mentor barrier list --fields id); do mentor barrier show "$id" -f json; done >>other.out
  mentor barrier list --fields=help | sed -n 's/^  \([a-z][a-z_]*\).*/\1/p' | while read -r column; do mentor barrier list --fields "$column"; done >>other.out
  [ -s one.out ] && [ "$(wc -l <one.held)" -gt 100 ]
  diff one.out other.out
  diff one.held other.held
}

@test "C3: no record of any output holds a barrier and somebody who did not agree to be named with it" {
  local words='"(m[0-9]+|p[0-9]+|s[0-9]+|Spring [A-Z][a-z]+)"' document call
  bring "The rota rules out courses" "The same people choose" "Nobody says why"
  rota=$(mentor barrier list -f json | jq -r '.data[] | select(.text | test("rota")).id')
  others=$(mentor barrier list -f json | jq -r '[.data[] | select(.text | test("rota") | not).id] | join("|")')
  mentor barrier agree "$rota" m2 --mentor >/dev/null
  ok barrier show "$rota" -f json # one side is not both
  json '.data.pairs | length' 0
  for call in "--pair m1" "--session s1" "--owner p1" "--pair m1 --owner p4"; do
    # shellcheck disable=SC2086
    fails 5 action add $call --barrier "$rota" --text "Speak with the director"
  done
  ok action add --barrier "$rota" --text "Ask for other days"
  fails 5 action set a1 --owner p1
  fails 5 action set a1 --pair m1
  fails 3 barrier set "$rota" --text "Spring Amira cannot come to courses"
  fails 3 action done a1 --outcome "Spring Ben comes again"
  # both sides agree: the two are named with this one, and with no other
  mentor barrier agree "$rota" m2 --mentee >/dev/null
  ok action add --barrier "$rota" --pair m2 --text "Speak with the director"
  mentor schema | grep -v -e '^error$' -e '^programme-file$' >documents
  for call in "barrier list" "action list" "report show barriers" "report show actions" "cohort status" "log list" "match list" "goal list" "lesson list"; do
    # shellcheck disable=SC2086
    mentor $call -f json | jq -c '.. | objects | with_entries(select(.value | type == "string" or type == "array"))' >records
    run grep -cE "\"($others)\".*$words|$words.*\"($others)\"" records
    assert_output 0
  done
  ok barrier show "$rota" -f json
  json '.data.pairs[].pair' m2
  # taken back at once
  ok barrier agree "$rota" m2 --mentor --withdraw
  ok barrier show "$rota" -f json
  json '"\(.data.pairs | length) \(.data.actions | length)"' "0 1"
}

@test "C3: barriers of several pairs become one in the organisation's register, across cohorts; a register of few pairs tells nobody" {
  bring "The rota rules out courses" "The same people choose" "Nobody says why"
  register_cohort autumn
  export MENTOR_COHORT=autumn
  ok barrier list -f json
  json '.data | length' 3
  ok barrier add --theme Progression --level directorate --text "Night staff cannot go to courses"
  ok barrier merge "$(mentor barrier list -f json | jq -r '.data[] | select(.text | test("rota")).id')" \
    "$(mentor barrier list -f json | jq -r '.data[] | select(.text | test("Night")).id')" --yes
  ok barrier list -c spring -f json
  json '[.data[].brought] | sort | join(" ")' "once once several"
  refute_output --partial autumn
  for pair in m1 m2 m3 m4; do mentor match end $pair --yes >/dev/null; done
  export MENTOR_NOW=2026-04-02 # two pairs are left in the programme
  fails 5 barrier add --theme Progression --level team --text "It is always the same"
  [[ $stderr == *"readers would know who brought it"* ]]
}

@test "C4: an action has an owner, a due day and an outcome, and can belong to a barrier" {
  played
  ok action list -f json
  json '[.data[] | select(.text | test("rotas"))][0] | "\(.whose) \(.due) \(.state): \(.outcome)"' "team 2025-07-31 done: In four of five departments"
  barrier=$(jq -r '[.data[] | select(.text | test("rotas"))][0].barrier' <<<"$output")
  ok action list --barrier "$barrier" -f json
  json '.data | length' 1
  json '.data[0].state' done
  ok action add --owner rajan.pillai@westerdale.example.org --due 2026-01-31 --text "Speak at the council"
  ok action list --owner rajan.pillai@westerdale.example.org -f json
  json '.data[] | "\(.whose) \(.owner_name) \(.barrier)"' "person Rajan Pillai null"
  ok action list --overdue --now 2026-02-01 -f json
  json '[.data[].text] | join("; ")' "Speak at the council"
  ok cohort status --now 2026-02-01
  id=$(mentor action list --overdue --now 2026-02-01 --fields id)
  assert_line --partial "mentor action done $id"
  ok action done "$id" --outcome "Heard by forty"
  ok action show "$id" -f json
  json '.data | "\(.state) \(.outcome) \(.closed_on)"' "done Heard by forty 2026-01-12"
  ok action list --overdue --now 2026-02-01
  assert_output ""
}

@test "C5: how many barriers were identified, raised, addressed and changed, how long each took, and which actions led there" {
  played
  ok report show barriers -f json
  json '.data.barrier_counts | "\(.identified) \(.raised) \(.addressed) \(.changed) \(.dropped)"' "5 5 3 3 1"
  json '[.data.barrier_times[] | "\(.from)-\(.to): \(.barriers) \(.median) \(.unit)"] | join("; ")' \
    "identified-raised: 5 0 months; raised-addressed: 3 63 days; addressed-changed: 3 36 days; raised-changed: 3 141 days; identified-changed: 3 5 months"
  json '[.data.barriers[] | select(.state == "changed") | "\(.days)"] | sort | join(" ")' "141 141 73"
  json '.data.barriers[] | select(.theme == "Access") | "\(.text) > \(.actions | join("; ")) > \(.outcome)"' \
    "Doors of the old buildings cannot be opened from a wheelchair > Walk round with the estates team: Eleven doors listed > Eleven doors have openers"
  # the public hears how many and how long, the board what was said and done, and nobody who
  ok report show barriers --for public -f json
  json '.data | "\(.barrier_counts.changed) \(.barriers | length)"' "3 0"
  for audience in team board; do
    ok report show barriers --for $audience -f html
    assert_output --partial "Eleven doors have openers"
    refute_output --partial Leila
  done
}

@test "M16: the team checks in on mentors, signposts, supports one or a group, and what is missing is escalated" {
  with_care
  ok checkin plan -f json # every six weeks, as the programme says
  json '[.data[] | "\(.name) \(.side) \(.due_on)"] | join("; ")' "Amira mentor 2026-04-13; Ben mentor 2026-04-13"
  export MENTOR_NOW=2026-04-13
  ok cohort status
  assert_line --partial "2 check-ins are due"
  ok checkin add amira@example.org --feeling some-strain --considered Signposting --considered Advice --signposted employee-assistance
  ok checkin show k1 -f json
  json '.data | "\(.feeling): \(.considered | join(", ")); \(.signposted)"' "some-strain: Signposting, Advice; employee-assistance"
  ok checkin add amira@example.org ben@example.org --kind group
  ok checkin add amira@example.org --kind individual
  ok checkin add clara@example.org --kind contact --considered Action # a mentee came to the team
  export MENTOR_NOW=2026-05-01
  ok checkin plan --due -f json
  json '[.data[] | "\(.name) \(.state)"] | join("; ")' "Ben escalated"
  ok cohort status
  assert_line --partial "1 check-in has been missing for long"
  ok checkin add ben@example.org --feeling needs-support
  ok cohort status
  refute_output --partial "missing for long"
  assert_line --partial "1 person who takes part needs support"
  # no words of theirs are kept, and none of this is in any report
  fails 5 checkin add ben@example.org --kind individual --note "What was said"
  while read -r report; do
    mentor report show "$report" -f json >"$report.json" 2>refused || [ $? = 5 ] # one may not be for this programme
    run grep -cE 'needs-support|some-strain|Signposting|employee-assistance' "$report.json"
    assert_output 0
  done < <(mentor report list --fields name)
}

@test "M18: after completion the lead meets the mentors and records what went well and what did not; everybody is asked for feedback" {
  with_care
  mentor cohort finish --yes --now 2026-09-30 >/dev/null
  export MENTOR_NOW=2026-10-07
  ok cohort status
  assert_line --partial "2 mentors have had no debrief"
  assert_line --partial "mentor checkin add p1 --kind debrief"
  ok checkin add p1 p2 --kind debrief
  ok lesson add --kind went-well --source debrief --text "The briefing for mentors"
  ok lesson add --kind did-not --source debrief --text "Rooms were hard to find"
  ok cohort status
  refute_output --partial "debrief"
  refute_output --partial "no lessons"
  ok lesson list --source debrief -f json
  json '[.data[] | "\(.kind): \(.text)"] | join("; ")' "went-well: The briefing for mentors; did-not: Rooms were hard to find"
  # the questionnaire is for both sides, and nobody's name is asked
  ok survey list -f json
  json '.data[] | select(.survey == "feedback") | "\(.audience)"' both
  ok survey results feedback end -f json
  json '.data.questions | length > 0' true
}

@test "M19: lessons feed the next cohort, until it has taken them up or left them" {
  with_care
  mentor lesson add --kind did-not --source debrief --text "Rooms were hard to find" >/dev/null
  mentor lesson add --source survey --text "Begin later in the year" >/dev/null
  mentor cohort finish --yes --now 2026-09-30 >/dev/null
  export MENTOR_NOW=2026-10-07
  ok cohort roll autumn -c spring --starts-on 2026-11-02
  ok cohort status autumn -f json
  json '[.data.lessons[].text] | join("; ")' "Rooms were hard to find; Begin later in the year"
  json '.data.todo[] | select(.what | test("lessons")) | "\(.what): \(.command)"' "2 lessons of the cohort before wait to be taken up: mentor lesson done l1"
  ok lesson done l1 --outcome "One room for all, booked for the year"
  ok lesson drop l2 --reason "The year cannot wait"
  ok cohort status autumn -f json
  json '[.data.todo[] | select(.what | test("lesson"))] | length' 0
  ok report show lessons -c spring -f json
  json '[.data.lessons[] | "\(.state): \(.outcome // .reason)"] | join("; ")' "done: One room for all, booked for the year; dropped: The year cannot wait"
}

@test "W9: remarks are collected with consent to quote and its scope, and a remark without consent never leaves" {
  with_care
  mentor remark add amira@example.org --text "I was heard" >/dev/null
  mentor remark add ben@example.org --scope inside --text "It was hard work" >/dev/null
  mentor remark add clara@example.org --scope published --text "My eyes were opened" >/dev/null
  mentor remark add david@example.org --scope published --named yes --text "I would do it again" >/dev/null
  quoted() {
    ok report show remarks --for "$1" -f json
    json '[.data.remarks[] | "\(.said_by): \(.text)"] | join("; ")' "$2"
  }
  quoted public "David: I would do it again; somebody who took part: My eyes were opened"
  quoted board "David: I would do it again; somebody who took part: It was hard work; somebody who took part: My eyes were opened"
  while read -r report; do
    for format in json plain csv html md; do
      mentor report show "$report" -f $format >out 2>refused || [ $? = 5 ]
      run grep -c "I was heard" out
      assert_output 0
    done
  done < <(mentor report list --fields name)
  # withdrawn at once: the words are nowhere any more
  ok remark withdraw r4
  quoted public "somebody who took part: My eyes were opened"
  run grep -c "I would do it again" "$MENTOR_DB"
  assert_output 0
}
