#!/usr/bin/env bats
# events.bats: the facts about events, facilitators, resources and guides; ids as in the list of facts.
# shellcheck disable=SC2154 # bats sets stderr
bats_require_minimum_version 1.5.0
load ../cli/helpers

# cohort_of EXAMPLE [OPTION...]: the example's own programme and an open cohort of it, from now on the one to work in.
cohort_of() {
  local example=$1
  shift
  with_store
  sed '/^    before: /d' "$EXAMPLES/$example/programme.yaml" >"$example.yaml" # what has to be settled before a step is another matter
  mentor programme import "$example.yaml" >/dev/null
  mentor cohort add one --programme "$example" --title "Cohort one" "$@" >/dev/null
  mentor cohort open >/dev/null
}

# takes_part NAME ROLE: is in the cohort, accepted.
takes_part() {
  mentor person add --name "${1^}" --email "$1@example.org" >/dev/null
  mentor enrol add "$1@example.org" --role "$2" >/dev/null
  mentor enrol accept "$1@example.org" >/dev/null
}

# the EVENT: the first of that name.
the() { mentor event list --name "$1" --fields id | head -n 1; }

# names FILTER: of the people of the last event shown.
people_of() { mentor event show "$1" -f json | jq -r '[.data.people[] | "\(.name) \(.standing)"] | join(", ")'; }

# south_west: the real first cohort, open before its awareness sessions.
south_west() {
  export MENTOR_NOW=2022-05-23
  cohort_of south-west --closes-on 2022-06-17 --starts-on 2022-07-25
}

@test "M5: mentors and mentees have briefings of their own, and resources for each" {
  cohort_of manchester --starts-on 2026-04-01
  takes_part amira mentor
  takes_part david mentee
  ok event list --kind briefing -f json
  json '.data[] | "\(.title): \(.audience) on \(.date) at \(.starts_at[11:16])"' "Briefing for mentors: mentors on 2026-03-18 at 10:00
Briefing for mentees: mentees on 2026-03-25 at 10:00"
  assert_equal "$(people_of "$(the briefing-mentors)")" "Amira expected"
  assert_equal "$(people_of "$(the briefing-mentees)")" "David expected"
  ok programme resources manchester --for mentors -f json
  assert_equal "$(jq '[.data[] | select(.kind == "resource" and .audience != "mentees")] | length > 0' <<<"$output")" true
  assert_equal "$(jq '[.data[] | select(.audience == "mentees")] | length' <<<"$output")" 0
  jq -r '.data[].title' <<<"$output" | sort >for-mentors
  ok programme resources manchester --for mentees -f json
  jq -r '.data[].title' <<<"$output" | sort >for-mentees
  run comm -3 for-mentors for-mentees # something is for one side only
  [ -n "$output" ]
}

@test "W4: of three awareness sessions on their real days one is enough, and sign-up is by message" {
  south_west
  ok event list --kind awareness -f json
  json '.data[] | "\(.starts_at) \(.ends_at) \(.audience)"' "2022-06-09T10:00:00Z 2022-06-09T11:00:00Z applicants
2022-06-14T13:00:00Z 2022-06-14T14:00:00Z applicants
2022-07-12T09:00:00Z 2022-07-12T11:00:00Z applicants"
  mentor person add --name Amira --email amira@example.org >/dev/null # she has written, and has not applied yet
  ok event signup e1 amira@example.org
  ok event signup e2 amira@example.org # writes again, and moves
  assert_equal "$(people_of e1)" ""
  export MENTOR_NOW=2022-06-15
  ok event attend e2 amira@example.org
  ok report show attendance -f json
  json '.data.attendance[] | select(.name == "awareness") | "\(.times) times, \(.attended) attended"' "3 times, 1 attended"
  # attending one is enough: a role that needed it would have it
  sed 's/needs: \[induction, training\]/needs: [awareness]/; s/manager_support: required/manager_support: none/' south-west.yaml >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort set one --revision 2 >/dev/null
  mentor enrol add amira@example.org --role mentor --applied-on 2022-06-15 >/dev/null
  mentor enrol accept amira@example.org >/dev/null
  mentor person add --name Ben --email ben@example.org >/dev/null
  mentor enrol add ben@example.org --role mentee --applied-on 2022-06-15 >/dev/null
  mentor enrol accept ben@example.org >/dev/null
  export MENTOR_NOW=2022-07-13
  mentor event attend "$(the induction)" ben@example.org >/dev/null
  mentor match add amira@example.org ben@example.org --override "Said in a message how they would work" >/dev/null
  ok match publish --yes
}

@test "W5: the induction is for both together, the training for mentors only, and nobody is paired without" {
  south_west
  for name in amira ben; do takes_part $name mentor; done
  takes_part clara mentee
  ok event list --required yes -f json
  json '.data[:2][] | "\(.title): \(.audience), \(.mode), \(.starts_at) to \(.ends_at)"' \
    "Induction for mentors and mentees: both, virtual, 2022-07-12T13:00:00Z to 2022-07-12T15:00:00Z
Training for mentors: mentors, virtual, 2022-07-19T11:00:00Z to 2022-07-19T13:00:00Z"
  assert_equal "$(people_of "$(the induction)")" "Amira expected, Ben expected, Clara expected"
  assert_equal "$(people_of "$(the training)")" "Amira expected, Ben expected"
  export MENTOR_NOW=2022-07-20
  for name in amira ben clara; do mentor enrol approve $name@example.org --given >/dev/null; done
  mentor event attend "$(the induction)" amira@example.org ben@example.org clara@example.org >/dev/null
  mentor event attend "$(the training)" amira@example.org --no-shows >/dev/null
  mentor match add ben@example.org clara@example.org --override "To see the gate" >/dev/null
  fails 5 match publish --yes
  [[ $stderr == *"Ben has not attended what the role needs: Training for mentors"* ]]
  mentor event attend "$(the training)" ben@example.org --caught-up >/dev/null
  ok match publish --yes
}

@test "W6: the report says who has met the commitment: three sessions of an hour in six months, and the events that count" {
  south_west
  takes_part amira mentor
  takes_part clara mentee
  takes_part ben mentor
  takes_part dan mentee
  export MENTOR_NOW=2022-07-20
  for name in amira clara ben dan; do mentor enrol approve $name@example.org --given >/dev/null; done
  for event in induction training; do mentor event attend "$(the $event)" amira@example.org ben@example.org >/dev/null; done
  mentor event attend "$(the induction)" clara@example.org dan@example.org >/dev/null
  mentor match add amira@example.org clara@example.org --override "An example" >/dev/null
  mentor match add ben@example.org dan@example.org --override "An example" >/dev/null
  mentor match publish --yes >/dev/null
  export MENTOR_NOW=2022-07-25
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  for pair in m1 m2; do
    mentor contract draft $pair >/dev/null
    mentor contract sign $pair --mentor --mentee >/dev/null
  done
  export MENTOR_NOW=2023-02-06
  for day in 2022-08-10 2022-09-21 2022-11-02; do
    mentor log add m1 --date $day --minutes 60 >/dev/null
    mentor log add m2 --date $day --minutes 60 >/dev/null
  done
  for event in supervision feedback evaluation; do
    mentor event attend "$(the $event)" amira@example.org clara@example.org dan@example.org >/dev/null
  done
  mentor event attend "$(the supervision)" ben@example.org >/dev/null
  mentor event attend "$(the evaluation)" ben@example.org --absent >/dev/null
  # all four have held the sessions; Ben was not at feedback and evaluation
  ok report show commitment -f json
  json '.data.people[] | "\(.person) \(.sessions)/\(.sessions_minimum) \(.events)/\(.events_required) \(.met)"' "p1 3/3 5/5 true
p3 3/3 3/5 false
p2 3/3 4/4 true
p4 3/3 4/4 true"
  json '.data.totals | "\(.people_met) of \(.people)"' "3 of 4"
  ok report show attendance -f json
  json '.data.duties[] | select(.met | not) | "\(.person): \(.missing | join(", "))"' "p3: Feedback session, Evaluation session"
  # a session that was too short does not count
  mentor log add m2 --date 2023-01-10 --minutes 30 >/dev/null
  ok report show commitment -f json
  json '.data.people[] | select(.person == "p4").sessions' 3
}

@test "W10: the contact address stands in every invitation and in every calendar" {
  south_west
  takes_part amira mentor
  takes_part clara mentee
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor event signup e1 eve@example.org >/dev/null
  for event in $(mentor event list --fields id); do
    mentor event invite "$event" -f mbox >>all.mbox
    mentor event invite "$event" -f json | jq -r '.data[].text | contains("mentoring@academy.example.org")' >>texts
  done
  assert_equal "$(sort texts | uniq -c | awk '{ print $1, $2 }')" "$(grep -c '^From ' all.mbox) true"
  assert_equal "$(grep -c '^From: "Mentoring desk" <mentoring@academy.example.org>' all.mbox)" "$(grep -c '^From ' all.mbox)"
  assert_equal "$(grep -c '^ORGANIZER;CN=3D"Mentoring desk":mailto:mentoring@academy.example.org' all.mbox)" "$(grep -c '^From ' all.mbox)"
  [ "$(grep -c '^From ' all.mbox)" -ge 6 ]
  mentor event list -f ics >all.ics
  assert_equal "$(grep -c '^ORGANIZER.*:mailto:mentoring@academy.example.org' all.ics)" "$(grep -c '^BEGIN:VEVENT' all.ics)"
}

# greenwich: its cohort with one of each role.
greenwich() {
  export MENTOR_NOW=2022-09-26
  cohort_of greenwich --closes-on 2022-10-10 --starts-on 2022-11-07
  takes_part amira mentor
  takes_part clara mentee
  takes_part gil facilitator
}

@test "G2: workshops are separate for each side, one half-way supports mentors, and one at the end gathers both" {
  greenwich
  ok event list --kind workshop -f json
  json '.data[] | "\(.name): \(.audience) \(.date)"' "workshop-mentors: mentors 2022-10-17
workshop-mentees: mentees 2022-10-24
workshop-mentors: mentors 2022-10-24
workshop-midway: mentors 2023-03-23"
  ok event list --kind evaluation -f json
  json '.data[] | "\(.name): \(.audience) \(.date)"' "workshop-end: both 2023-07-30"
  assert_equal "$(people_of "$(the workshop-midway)")" "Amira expected"
  assert_equal "$(people_of "$(the workshop-end)")" "Amira expected, Clara expected"
  assert_equal "$(people_of "$(the workshop-mentees)")" "Clara expected"
  export MENTOR_NOW=2023-08-02
  ok event attend "$(the workshop-end)" amira@example.org clara@example.org
}

@test "G3: facilitators are people of the cohort with a role, a training and events of their own, and run workshops after it" {
  greenwich
  ok event show "$(the train-the-facilitator)" -f json
  json '.data.people[] | "\(.name) \(.role) \(.standing)"' "Gil facilitator expected"
  fails 5 event assign "$(the workshop-mentees)" amira@example.org
  fails 5 event assign "$(the workshop-mentees)" gil@example.org
  [[ $stderr == *"has not attended what whoever runs "*"Train the facilitator"* ]]
  mentor event set "$(the train-the-facilitator)" --provider "Lantern Training" >/dev/null
  ok event attend "$(the train-the-facilitator)" gil@example.org
  ok event assign "$(the workshop-mentees)" gil@example.org
  ok event list --facilitator gil@example.org -f json
  json '.data[].name' workshop-mentees
  mentor event list --facilitator gil@example.org -f ics | grep -q '^SUMMARY:Workshop for mentees'
  export MENTOR_NOW=2022-11-01
  ok event facilitators -f json
  json '.data.facilitators[] | "\(.name) \(.trained) \(.has_run) \(.ran[0])"' "Gil true 1 Workshop for mentees, 2022-10-24"
  # handed over: a provider ran the training, the team's own people the workshop
  json '.data.events[] | select(.held > 0 and (.name | test("train|mentees"))) | "\(.name) provider \(.provider) in-house \(.in_house)"' \
    "train-the-facilitator provider 1 in-house 0
workshop-mentees provider 0 in-house 1"
}

@test "G5: resources are listed by audience and stage, for mentors, mentees and facilitators" {
  greenwich
  for audience in mentors mentees facilitators; do
    ok programme resources greenwich --for $audience -f json
    assert_equal "$audience $(jq '[.data[] | select(.kind == "resource")] | length > 0' <<<"$output")" "$audience true"
    # both sides' own, and nobody else's
    assert_equal "$(jq -r --arg a $audience '[.data[].audience] | unique - [$a, "both"] | length' <<<"$output")" 0
  done
  stage=$(mentor programme resources greenwich -f json | jq -r '[.data[].stage | select(. != null)][0]')
  ok programme resources greenwich --stage "$stage" -f json
  assert_equal "$(jq -r --arg s "$stage" '[.data[].stage | select(. != null and . != $s)] | length' <<<"$output")" 0
  fails 4 programme resources greenwich --stage nowhere
  # they stay available once the cohort is over, and reminders carry them
  [ "$(mentor programme show greenwich reminders | grep -c resources)" -gt 0 ]
}

@test "G6: feedback after a workshop is collected from everybody who was there, and quoted without a name" {
  greenwich
  printf '%s\n' 'ID,Which workshop was it?,Was it worth your time?,What do you take with you?,What should be different next time?,"May your words be quoted, without a name?"' >answers.csv
  for n in 1 2 3 4 5 6 7 8; do
    printf '%s,For mentors,%s,Words of number %s,More time,%s\n' "$n" $((n % 2 + 4)) "$n" "$([ "$n" -gt 6 ] && echo No || echo Yes)"
  done >>answers.csv
  ok survey import workshop after answers.csv
  ok survey results workshop after --texts -f json
  # whoever said no is not quoted, and no document says who said what
  json '[.data.texts[] | select(.question == "took").answer] | sort | join("; ")' "Words of number 1; Words of number 2; Words of number 3; Words of number 4; Words of number 5; Words of number 6"
  refute_output --partial "@example.org"
  refute_output --partial Amira
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT count(*) FROM response WHERE respondent_id IS NOT NULL")" 0
}

@test "C7: the guide of every example says stages, dates, who does what by which command, and its commands are real" {
  local example
  with_store
  for example in manchester south-west greenwich co-learning sheffield; do
    mentor programme import "$EXAMPLES/$example/programme.yaml" >/dev/null
    for format in text md html; do ok programme guide $example -f $format -o "$example.$format"; done
    # every item of every checklist, every event and every resource stands in it
    mentor programme show $example -f json | jq -r '.data.lines[] | select((.section == "stages" and (.name | test("checklist"))) or (.section == "events" and (.name | endswith(".title")))) | .text' >wanted
    mentor programme resources $example -f json | jq -r '.data[].title' >>wanted
    tr -s '\n ' ' ' <$example.text >flat
    while IFS= read -r line; do grep -Fq -- "$line" flat || fail "$example: the guide lacks: $line"; done <wanted
    [ "$(wc -l <wanted)" -gt 10 ]
    # the commands are there and take what they are given
    grep -oE '`mentor [a-z]+ [a-z]+' $example.md | tr -d '`' | sort -u >commands
    [ "$(wc -l <commands)" -gt 12 ]
    while IFS= read -r line; do $line --help >help || fail "$example: no such command: $line"; done <commands
    # one page that needs nothing from anywhere
    grep -q '@media print' $example.html
    run grep -oE '(src|href)=|https?://[^<" ]*\.(css|js)|<script' $example.html
    assert_output ""
  done
}

@test "C7: the guide speaks of people as the programme does" {
  with_store
  mentor programme import "$EXAMPLES/co-learning/programme.yaml" >/dev/null
  ok programme guide co-learning -f md
  output=$(sed 's/`[^`]*`//g' <<<"$output") # but for options of commands
  refute_output --regexp '(^|[^a-z])[Mm]entees?([^a-z]|$)'
}

@test "H7: cohort meetings are arranged around the leadership meetings" {
  cohort_of sheffield --starts-on 2026-06-08 --ends-on 2026-12-07
  ok event list -f json
  json '.data[] | select(.around == "leadership meeting") | .name' $'half-way\nclosing'
  takes_part hana mentor
  half=$(the half-way)
  # the board moves, and the meeting with it
  ok event move "$half" --date 2026-09-10 --start 17:00 --until 18:00
  ok event invite "$half" -f json
  json '.data[0].text | contains("Arranged around: leadership meeting")' true
  json '.data[0].text | contains("10 September 2026, 17:00 to 18:00 (Europe/London)")' true
  ok event add pairs-meeting --title "Pairs meet" --kind meeting --date 2026-07-01 --around "leadership meeting"
  ok event list --fields around --name pairs-meeting
  assert_output "leadership meeting"
}
