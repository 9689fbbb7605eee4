#!/usr/bin/env bats
# log.bats: recording sessions with the real program.
bats_require_minimum_version 1.5.0
load helpers

@test "log add records a session once" {
  with_pairs
  export MENTOR_NOW=2026-04-10
  ok log add m1 --date 2026-04-07 --time 14:00 --minutes 60 --mode virtual --next-date 2026-05-05
  assert_output "added session s1 Amira and Clara on 2026-04-07
planned session s2 Amira and Clara on 2026-05-05"
  before=$(fingerprint)
  ok log add m1 --date 2026-04-07 --time 14:00 --minutes 60 --mode virtual --next-date 2026-05-05
  assert_output "unchanged session s1 Amira and Clara on 2026-04-07"
  assert_equal "$(fingerprint)" "$before"
}

@test "log add refuses other values for the same day and time, and says what to do" {
  with_pairs
  mentor log add m1 --date 2026-03-02 --minutes 60 >/dev/null
  fails 5 log add m1 --date 2026-03-02 --minutes 45
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: see: mentor log show s1; if the two met twice that day, give another --time"
  ok log add m1 --date 2026-03-02 --minutes 45 --time 16:00
}

@test "log add needs a day that has come, after publishing, and a length" {
  with_pairs
  fails 3 log add m1 --date 2026-03-03 --minutes 60
  fails 3 log add m1 --date 2026-03-01 --minutes 60
  fails 3 log add m1
  assert_equal "${stderr%%$'\n'*}" "mentor: log add: a session needs its minutes"
  fails 3 log add m1 --date 2026-03-01
  fails 2 log add m1 --date 2026-03-02 --minutes 0
  fails 2 log add m1 --date yesterday --minutes 60
  fails 4 log add m9 --date 2026-03-02 --minutes 60
}

@test "log add wants the contract signed first where the programme does, and names the command" {
  with_people
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  fails 5 log add m1 --date 2026-03-02 --minutes 60
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: mentor contract draft m1"
  mentor contract draft m1 >/dev/null
  mentor contract sign m1 --mentor >/dev/null
  fails 5 log add m1 --date 2026-03-02 --minutes 60
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: mentor contract sign m1 --mentee"
  mentor contract sign m1 --mentee >/dev/null
  ok log add m1 --date 2026-03-02 --minutes 60
}

@test "a pair that has ended still logs what was held before, and nothing after" {
  with_pairs
  mentor log add m1 --date 2026-03-02 --minutes 60 >/dev/null
  mentor match end m1 --now 2026-03-20 >/dev/null
  export MENTOR_NOW=2026-04-01
  ok log add m1 --date 2026-03-20 --minutes 60
  fails 5 log add m1 --date 2026-03-21 --minutes 60
  assert_equal "$(head -1 <<<"$stderr")" "mentor: log add: m1 ended on 2026-03-20 and cannot have met on 2026-03-21"
  ok log list -f json --pair m1
  json '.data | length' 2
}

@test "a finished cohort takes the logs that come in late" {
  with_pairs
  mentor cohort close >/dev/null
  mentor cohort start --override 'A test' >/dev/null
  mentor cohort finish --now 2026-10-01 >/dev/null
  export MENTOR_NOW=2026-10-20
  ok log add m1 --date 2026-09-30 --minutes 60
  fails 5 log add m1 --date 2026-10-02 --minutes 60
  fails 5 match end m1
}

@test "log list and log show give when, how long and how, and nothing else" {
  with_pairs
  mentor log add m1 --date 2026-03-02 --minutes 60 --mode in-person --place "Room 4" >/dev/null
  mentor log add m2 --date 2026-03-02 --minutes 45 >/dev/null
  ok log list -f json
  json '[.data[].minutes] | join(" ")' "60 45"
  ok log list -f json --mode in-person
  json '[.data[].pair] | join(" ")' m1
  ok log show s1 -f json
  json '.data | keys | join(" ")' \
    "activity cancelled_by cancelled_on cohort date id mentee_name mentee_signed_on mentor_name mentor_signed_on minutes mode moves\
 next_date next_place next_time notes pair place recorded_on state time topics"
  json '.data | "\(.pair) \(.date) \(.mode) \(.place)"' "m1 2026-03-02 in-person Room 4"
  fails 4 log show s9
}

@test "a session is planned, moved twice, and held: never cancelled, and nobody is asked why" {
  with_pairs
  ok log add m1 --date 2026-04-07 --time 14:00 --place "Room 4"
  assert_output "planned session s1 Amira and Clara on 2026-04-07"
  ok log move s1 --date 2026-04-14
  assert_output "moved session s1 Amira and Clara on 2026-04-14"
  ok log move s1 --date 2026-04-14
  assert_output "unchanged session s1 Amira and Clara on 2026-04-14"
  ok log move s1 --date 2026-04-14 --time 16:00
  fails 2 log move s1 --date 2026-04-21 --reason "Not the day to share"
  fails 2 log move s1
  export MENTOR_NOW=2026-04-15
  ok log add m1 --date 2026-04-14 --minutes 50
  assert_output "held session s1 Amira and Clara on 2026-04-14"
  ok log show s1 -f json
  json '.data | "\(.state) \(.time) \(.place) \(.minutes) \(.moves) \(.cancelled_by)"' "held 16:00 Room 4 50 2 null"
  fails 5 log move s1 --date 2026-04-21
  fails 4 log move s9 --date 2026-04-21
}

@test "log cancel says who, and is told apart from moving" {
  with_pairs
  mentor log add m1 --date 2026-04-07 >/dev/null
  mentor log add m2 --date 2026-04-07 >/dev/null
  fails 2 log cancel s1
  fails 2 log cancel s1 --by nobody
  ok log cancel s1 --by mentee
  assert_output "cancelled session s1 Amira and Clara on 2026-04-07"
  ok log cancel s1 --by mentee
  assert_output "unchanged session s1 Amira and Clara on 2026-04-07"
  ok log list -f json --state cancelled
  json '[.data[] | "\(.id) \(.cancelled_by) \(.cancelled_on) \(.moves)"] | join(", ")' "s1 mentee 2026-03-02 0"
  ok log list -f json --state planned
  json '[.data[].id] | join(" ")' s2
  fails 5 log set s1 --place "Room 4"
}

@test "both sides acknowledge a session on a day, and a slip is taken back" {
  with_pairs
  mentor log add m1 --minutes 60 >/dev/null
  fails 2 log sign s1
  MENTOR_NOW=2026-03-04 ok log sign s1 --mentor --date 2026-03-03
  assert_output "signed session s1 Amira and Clara on 2026-03-02"
  MENTOR_NOW=2026-03-04 ok log sign s1 --both
  MENTOR_NOW=2026-03-04 ok log sign s1 --both
  assert_output "unchanged session s1 Amira and Clara on 2026-03-02"
  ok log show s1 -f json
  json '.data | "\(.mentor_signed_on) \(.mentee_signed_on)"' "2026-03-03 2026-03-04"
  MENTOR_NOW=2026-03-04 ok log set s1 --mentee-signed-on ""
  assert_output "changed session s1 Amira and Clara on 2026-03-02"
  ok log show s1 -f json
  json '.data.mentee_signed_on' null
}

@test "log set corrects within the rules, and what was logged by mistake is removed" {
  with_pairs
  mentor log add m1 --minutes 60 >/dev/null
  fails 2 log set s1
  fails 3 log set s1 --date 2026-03-03
  fails 3 log set s1 --activity dance
  [[ $stderr == *"the programme has tree-of-life"* ]]
  ok log set s1 --minutes 50 --activity tree-of-life
  ok log set s1 --minutes 50 --activity tree-of-life
  assert_output "unchanged session s1 Amira and Clara on 2026-03-02"
  ok log remove s1 --dry-run
  ok log list -f json
  json '.data | length' 1
  ok log remove s1 --yes
  assert_output "removed session s1"
  fails 4 log remove s1 --yes
  fails 4 log remove h1 --yes
  ok log list -f json
  json '.data | length' 0
}

@test "text is refused at the door where the programme does not keep it, and the list never shows notes" {
  with_pairs
  before=$(fingerprint)
  fails 5 log add m1 --minutes 60 --notes "We talked about promotion"
  assert_equal "${stderr%%$'\n'*}" "mentor: log add: this programme keeps no notes of sessions"
  fails 5 log add m1 --minutes 60 --topics power
  assert_equal "$(fingerprint)" "$before"
  rm "$MENTOR_DB"
  with_full_record
  ok log add m1 --minutes 60 --notes "We talked about promotion"
  ok log show s1 -f json
  json .data.notes "We talked about promotion"
  for format in table plain json jsonl csv tsv; do
    ok log list -f $format
    refute_output --partial promotion
  done
  fails 2 log list -f json --fields notes
}

# The example's programme, but one that keeps notes; one signed pair.
with_full_record() {
  mentor db init >/dev/null
  sed 's/^  record: minimal/  record: full/' "$EXAMPLES/manchester/programme.yaml" >full.yaml
  mentor programme import full.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  mentor contract sign m1 --mentor --mentee >/dev/null
}

@test "a planned session that has passed is a line of the status, whose command clears it" {
  with_pairs
  mentor log add m1 --date 2026-04-07 >/dev/null
  mentor cohort close >/dev/null
  mentor cohort start --now 2026-04-01 --override 'A test' >/dev/null
  ok cohort status --now 2026-04-07 -f json
  json '[.data.todo[] | select(.what == "1 planned session has passed and is not logged")] | length' 0
  ok cohort status --now 2026-04-08 -f json
  json '.data.todo[] | select(.what == "1 planned session has passed and is not logged").command' "mentor log set s1 --minutes 60"
  MENTOR_NOW=2026-04-08 ok log set s1 --minutes 60
  ok cohort status --now 2026-04-08 -f json
  json '[.data.todo[] | select(.what | test("planned session"))] | length' 0
}

@test "what follows from a session becomes actions of the two" {
  with_pairs
  ok log add m1 --minutes 60 --action "mentor: send the reading list by 2026-04-01" --action "both: ask the board" --next-date 2026-04-07
  assert_output "added session s1 Amira and Clara on 2026-03-02
planned session s2 Amira and Clara on 2026-04-07
added action a1 send the reading list
added action a2 ask the board"
  ok action list -f json
  json '.data[] | select(.id == "a1") | "\(.whose) \(.owner_name) \(.due) \(.pair) \(.session)"' "person Amira 2026-04-01 m1 s1"
  json '.data[] | select(.id == "a2") | "\(.whose) \(.owner) \(.due) \(.pair)"' "pair null null m1"
  before=$(fingerprint)
  ok log add m1 --minutes 60 --action "mentor: send the reading list by 2026-04-01" --action "both: ask the board" --next-date 2026-04-07
  assert_line "unchanged action a1 send the reading list"
  assert_equal "$(fingerprint)" "$before"
  fails 2 log add m1 --minutes 60 --action "send the reading list"
  fails 2 log add m1 --minutes 60 --action "mentor:"
  fails 2 log add m1 --date 2026-05-07 --action "mentor: send it"
  assert_equal "$(fingerprint)" "$before"
  # the session was a slip; what was agreed is still to be done
  ok log remove s1 --yes
  ok action show a1 -f json
  json '.data | "\(.pair) \(.session)"' "m1 null"
}

@test "log import takes a table once, and says which row is wrong" {
  with_pairs
  printf '%s\n' 'Date,Time,Mentor,Minutes,Mode' 2026-03-02,09:00,amira@example.org,60,virtual 2026-03-02,14:00,ben@example.org,45,in-person >log.csv
  export MENTOR_NOW=2026-04-01
  before=$(fingerprint)
  ok log import log.csv --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok log import log.csv -f json
  json '[.data[] | "\(.change) \(.pair) \(.date) \(.time) \(.row)"] | join(", ")' "added m1 2026-03-02 09:00 1, added m2 2026-03-02 14:00 2"
  before=$(fingerprint)
  ok log import - <log.csv
  assert_output "unchanged m1 2026-03-02 09:00
unchanged m2 2026-03-02 14:00"
  assert_equal "$(fingerprint)" "$before"
  printf '%s\n' 'date,mentor,minutes' 2026-03-09,amira@example.org,60 2026-03-10,amira@example.org,sixty >log.csv
  fails 3 log import log.csv
  assert_equal "$(head -2 <<<"$stderr")" "mentor: log import: log.csv row 2 (line 3), \"minutes\": 'sixty' is not a whole number from 1 to 1440
nothing imported"
  fails 3 log import log.csv --delimiter ';'
  fails 4 log import nowhere.csv
  ok log list -f csv -o list.csv
  ok log import list.csv
  assert_line "unchanged m1 2026-03-02 09:00"
  # many rows are summed up for people, and all told to machines
  { echo date,time,pair,minutes; for n in {10..59}; do echo "2026-03-20,10:$n,m1,30"; done; } >many.csv
  ok log import many.csv
  assert_line "in all 50 rows: 50 added (-v names them all)"
  ok log import many.csv -f json
  json '.data | length' 50
}

@test "log forms prints blank forms for the people, and only theirs" {
  with_cohort
  ok log forms
  assert_line "Meeting log"
  assert_line "Reflection log"
  assert_line "Tree of life"
  ok log forms --for mentees
  refute_line "Reflection log"
  ok log forms reflection-log -f md
  assert_line "# Reflection log"
  ok log forms -f html
  assert_line "<!DOCTYPE html>"
  refute_output --partial "<script"
  ok log forms meeting-log -f json
  json .data.format text
  fails 4 log forms diary
  [[ $stderr == *"the programme has meeting-log, reflection-log, tree-of-life"* ]]
  fails 4 log forms --for facilitators tree-of-life
}

@test "reflections: that one was made and when, listed for one person only" {
  with_pairs
  ok log reflect m1 --by mentor
  assert_output "added reflection f1 Amira on 2026-03-02"
  ok log reflect m1 --by mentor
  assert_output "unchanged reflection f1 Amira on 2026-03-02"
  fails 2 log reflect m1
  fails 2 log reflect m1 --by team
  fails 3 log reflect m1 --by mentor --date 2026-03-03
  fails 2 log reflect m1 --by mentor --text "How it went"
  ok log reflections amira@example.org -f json
  json '[.data[] | "\(.id) \(.pair) \(.by) \(.date)"] | join(" ")' "f1 m1 mentor 2026-03-02"
  ok log reflections clara@example.org -f json
  json '.data | length' 0
  fails 2 log reflections
  ok log remove f1 --yes
  ok log reflections amira@example.org -f json
  json '.data | length' 0
}

@test "shadowed meetings are refused where the programme has none" {
  with_pairs
  fails 5 log shadow m1 --by mentor --meeting Board --part observed
  fails 2 log shadow m1 --by mentor --meeting Board
  fails 2 log shadow m1 --by mentor --meeting Board --part slept
  ok log shadowed -f json
  json '.data | length' 0
}

@test "acknowledgements are asked for only where the programme wants them, a line for each side whose command clears it" {
  with_full_record
  mentor cohort close >/dev/null
  mentor cohort start --override "A test" >/dev/null
  mentor log add m1 --minutes 60 >/dev/null
  ok cohort status -f json
  json '[.data.todo[] | select(.what | test("acknowledged"))] | length' 0
  sed 's/^  sign_first: yes/&\n  acknowledge: yes/' full.yaml >asks.yaml
  mentor programme import asks.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  ok cohort status -f json
  json '[.data.todo[] | select(.what | test("acknowledged")) | "\(.what): \(.command)"] | join("; ")' \
    "1 session is not acknowledged by the mentor: mentor log sign s1 --mentor; 1 session is not acknowledged by the mentee: mentor log sign s1 --mentee"
  ok log sign s1 --mentor
  ok cohort status -f json
  json '[.data.todo[] | select(.what | test("acknowledged")).command] | join("; ")' "mentor log sign s1 --mentee"
  ok log sign s1 --mentee
  ok cohort status -f json
  json '[.data.todo[] | select(.what | test("acknowledged"))] | length' 0
}
