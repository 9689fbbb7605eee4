# event.bats: mentor event: planned and made by hand, moved and cancelled, who signs up and who was there.
# shellcheck disable=SC2154 # bats sets stderr
load helpers

# A programme with an event of each sort that matters here; ann and ben mentor, cat is mentored.
with_events() {
  cat >demo.yaml <<'YAML'
programme: demo
title: Demo mentoring
contact: { name: The desk, email: desk@example.org }
roles:
  mentor: { manager_support: none, needs: [training] }
  mentee: { manager_support: none }
  facilitator: { manager_support: none, needs: [course] }
contract: { purpose: We talk. }
events:
  awareness:
    title: Awareness session
    kind: awareness
    audience: applicants
    sign_up: By message to the desk
    times:
      first: { date: 2026-03-10, start: "11:00", end: "12:00", mode: virtual, place: "https://meet.example.org/a" }
      second: { date: 2026-03-12, start: "14:00", end: "15:00", mode: virtual, place: "https://meet.example.org/b" }
  course:
    title: Course for facilitators
    kind: training
    audience: facilitators
    times: { first: { from: opens, weeks: -2, start: "09:30", end: "16:30" } }
  training:
    title: Training for mentors
    kind: training
    audience: mentors
    required: yes
    times: { first: { from: starts, weeks: -2, start: "10:00", end: "12:00" } }
  workshop:
    title: Workshop
    kind: workshop
    required: yes
    capacity: 2
    around: board meeting
    facilitators_need: course
    times: { first: { from: starts, weeks: 2, start: "14:00", end: "16:00", mode: in-person, place: "Room 1" } }
YAML
  with_store
  mentor programme import demo.yaml >/dev/null
  mentor cohort add spring --programme demo --title "Spring 2026" --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person ann Parks mentor
  person ben Parks mentor
  person cat Roads mentee
}

@test "opening a cohort makes its events, on London time across the change of the clocks" {
  with_events
  ok event list -f json
  json '.data[] | "\(.id) \(.name) \(.date) \(.starts_at)"' "e3 course 2026-02-16 2026-02-16T09:30:00Z
e1 awareness 2026-03-10 2026-03-10T11:00:00Z
e2 awareness 2026-03-12 2026-03-12T14:00:00Z
e4 training 2026-03-18 2026-03-18T10:00:00Z
e5 workshop 2026-04-15 2026-04-15T13:00:00Z"
  ok event plan
  refute_output --partial "added"
  ok event list --kind workshop -f csv --fields id,around,capacity
  assert_output $'id,around,capacity\ne5,board meeting,2'
  ok event list --required yes --fields id
  assert_output $'e4\ne5'
}

@test "a plan says what has no day, and starting the cohort makes what was missing" {
  with_events
  mentor cohort add later --programme demo >/dev/null
  ok event plan -c later -f json
  json '.data | map(.change) | group_by(.) | map("\(.[0]) \(length)") | join(", ")' "added 2, undated 3"
  ok event plan -c later -f table
  assert_output --partial "mentor cohort set COHORT --starts-on DAY"
  mentor cohort set later --opens-on 2026-03-11 --starts-on 2026-06-01 >/dev/null
  ok event plan -c later
  assert_line --regexp '^kept e[0-9]+ Awareness session 2026-03-10$'
  assert_line --regexp '^added e[0-9]+ Workshop 2026-06-15$'
}

@test "a zone that nobody knows keeps a cohort from opening, and says why" {
  with_events
  sed 's/^title:/time_zone: Europe\/Londn\ntitle:/' demo.yaml >other.yaml
  mentor programme import other.yaml >/dev/null
  mentor cohort add later --programme demo >/dev/null
  before=$(fingerprint)
  fails 3 cohort open later
  [[ $stderr == *"there is no time zone 'Europe/Londn'"*Europe/London* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "an event is moved, changed, cancelled and reinstated, and stays the same one" {
  with_events
  ok event move e5 --date 2026-04-22 --start 15:00 --until 17:00 --place "Room 2"
  assert_output "moved event e5 Workshop on 2026-04-22 at 15:00"
  ok event move e5 --date 2026-04-22
  assert_output "unchanged event e5 Workshop on 2026-04-22 at 15:00"
  ok event set e5 --capacity 3
  ok event cancel e5 --reason "No room"
  ok event show e5 -f json
  json '.data.event | "\(.state) \(.sequence) \(.reason) \(.starts_at)"' "cancelled 2 No room 2026-04-22T14:00:00Z"
  fails 5 event move e5 --date 2026-04-23
  ok event cancel e5 --undo
  assert_output "reinstated event e5 Workshop on 2026-04-22 at 15:00"
  fails 3 event move e5 --date 2026-03-29 --start 01:15
  [[ $stderr == *"no clock in Europe/London shows 01:15 on 2026-03-29"* ]]
  fails 2 event move e5
  fails 2 event cancel e5 --undo --reason x
  fails 2 event move e5 --date 30.3.2026
  ok event plan
  assert_line "kept e5 Workshop 2026-04-22"
}

@test "an event by hand is one more time of its name" {
  with_events
  ok event add training --date 2026-03-20 --start 09:00 --until 11:00
  assert_output "added event e6 Training for mentors on 2026-03-20 at 09:00"
  ok event add training --date 2026-03-20 --start 09:00 --until 11:00
  assert_output "unchanged event e6 Training for mentors on 2026-03-20 at 09:00"
  fails 5 event add training --date 2026-03-20 --start 09:00 --until 12:00
  fails 3 event add walk --date 2026-03-20
  fails 3 event add walk --title Walk --kind meeting
  fails 2 event add walk --title Walk --kind hike --date 2026-03-20
  ok event show e4 -f json
  json '.data.people[].standing' $'to-choose\nto-choose'
}

@test "sign-up has a waiting list, and a place given back goes to the first who waits" {
  with_events
  ok event signup e5 ann@example.org p2 cat@example.org
  assert_output $'coming person p1 Ann\ncoming person p2 Ben\nwaiting person p3 Cat'
  ok event signup e5 ann@example.org --off
  assert_output "declined person p1 Ann"
  ok event show e5 -f json
  json '.data.people[] | "\(.name) \(.standing)"' $'Ann declined\nBen coming\nCat coming'
  fails 5 event signup e4 cat@example.org
  [[ $stderr == *"is for mentors, and not for p3"* ]]
  mentor person add --name Zoe --email zoe@example.org >/dev/null
  ok event signup e1 zoe@example.org
  ok event signup e2 zoe@example.org
  ok event show e1 -f json
  json '.data.people | length' 0
}

@test "a long list of guests whom the store does not know is read at once" {
  with_events
  yes Email | head -n 300000 >guests.csv
  MENTOR_NOW=2026-03-19 run --separate-stderr timeout 20 mentor event import e4 guests.csv
  assert_equal "$status" 3
  [[ $stderr == *"the row has no address"* ]]
}

@test "attendance is taken by hand, and from a list" {
  with_events
  fails 3 event attend e4 ann@example.org
  ok event attend e4 ben@example.org --excused
  export MENTOR_NOW=2026-03-19
  printf 'Name,Email,Minutes\nAnn,ann@example.org,100\nGuest,guest@example.com,100\n' >there.csv
  before=$(fingerprint)
  fails 3 event import e4 there.csv
  [[ $stderr == *'there.csv row 2 (line 3), "Email": nobody in the store has this address'*'nothing recorded'* ]]
  ok event import e4 there.csv --dry-run --keep-going || true
  assert_equal "$(fingerprint)" "$before"
  run --separate-stderr mentor event import e4 there.csv --keep-going
  assert_equal "$status" 7
  assert_output $'attended p1 Ann\nrejected Guest nobody in the store has this address'
  ok event attend e4 ben@example.org --caught-up
  assert_output "caught-up person p2 Ben"
  fails 2 event attend e4
  fails 2 event attend e4 p1 --absent --excused
  ok event attend e4 --no-shows
  assert_output ""
  ok event show e4 -f json
  json '.data.people[] | "\(.name) \(.standing) \(.minutes)"' $'Ann attended 100\nBen caught-up null'
}

@test "no pair is published before its people have attended what their role needs, unless a reason is given" {
  with_events
  mentor match propose >/dev/null
  export MENTOR_NOW=2026-03-19
  fails 5 match publish --yes
  [[ $stderr == *"has not attended what the role needs: Training for mentors"*"mentor event attend e4 p"* ]]
  fails 5 match publish --yes --override "No time" # that is for the steps of the cohort, unless pairs are named
  pair=$(mentor match list --fields id)
  mentor event attend e4 ann@example.org ben@example.org --absent >/dev/null
  fails 5 match publish --yes
  ok match publish "$pair" --override "Trained elsewhere" --yes
  ok match show "$pair" -f json
  json '.data | .pair.mentor_name as $name | .passed_over[] | "\(.reason): \(.obstacle | ltrimstr($name))"' \
    "Trained elsewhere:  has not attended what the role needs: Training for mentors"
}

@test "a pair whose people were there is published without a word" {
  with_events
  mentor match propose >/dev/null
  export MENTOR_NOW=2026-03-19
  mentor event attend e4 ann@example.org ben@example.org >/dev/null
  ok match publish --yes
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT count(*) FROM passage")" 0
}

@test "what is not recorded of an event is a line of the status, and its command clears it" {
  with_events
  export MENTOR_NOW=2026-03-19
  ok cohort status -f json
  json '.data.todo[] | select(.command | startswith("mentor event import")) | "\(.what): \(.command)"' "of 1 event it is not recorded who was there: mentor event import e4 FILE"
  printf 'Email\nann@example.org\nben@example.org\n' >FILE
  ok event import e4 FILE
  ok cohort status -f json
  json '[.data.todo[] | select(.command | startswith("mentor event import"))] | length' 0
}
