#!/usr/bin/env bats
# log.bats: the facts of meeting logs, reflections, activities, topics of learning and shadowed meetings; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# One pair of an example's programme (of a changed copy when a file is given), published and signed, in a cohort that has started.
with_pair_of() {
  with_store
  mentor programme import "${2:-$EXAMPLES/$1/programme.yaml}" >/dev/null
  mentor cohort add spring --programme "$1" --starts-on 2026-03-02 >/dev/null
  mentor cohort open --override "A test" >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match add amira@example.org clara@example.org --override "So the test has its pair" >/dev/null
  mentor match publish --yes --override "A test" >/dev/null
  mentor contract draft m1 >/dev/null
  mentor contract sign m1 --mentor --mentee >/dev/null
  mentor cohort close >/dev/null
  mentor cohort start --override "A test" >/dev/null
}

@test "M11: a session is moved without blame: nobody is asked why, and it is counted as moved, never as cancelled" {
  with_pair_of manchester
  mentor log add m1 --date 2026-03-17 --time 14:00 >/dev/null
  MENTOR_NOW=2026-03-16 ok log move s1 --date 2026-03-24
  assert_output "moved session s1 Amira and Clara on 2026-03-24"
  MENTOR_NOW=2026-03-23 ok log move s1 --date 2026-03-31 --time 10:00
  run mentor log move --help
  refute_output --partial reason
  # whoever cancels is told apart: a person's own, and the other's
  mentor log add m1 --date 2026-04-14 >/dev/null
  ok log cancel s2 --by mentee
  MENTOR_NOW=2026-03-31 ok log add m1 --date 2026-03-31 --minutes 60
  assert_output "held session s1 Amira and Clara on 2026-03-31"
  ok report show commitment --now 2026-04-20 -f json
  json '.data.totals | "\(.sessions) \(.moved) \(.cancelled_by_mentors) \(.cancelled_by_mentees) \(.cancelled_by_team)"' "1 2 0 1 0"
  json '.data.people[] | select(.side == "mentor") | "\(.moved) \(.cancelled_own) \(.cancelled_other)"' "2 0 1"
  json '.data.people[] | select(.side == "mentee") | "\(.moved) \(.cancelled_own) \(.cancelled_other)"' "2 1 0"
}

@test "M12: the meeting log: date, time and place, what follows, both signatures, the next meeting; hours and actions come from it" {
  with_pair_of manchester
  ok log forms meeting-log
  for line in "Date, time and place" "Areas we talked about" "What each of us does next, and by when" "Signed by the mentor" \
    "Signed by the mentee" "Date, time and place of our next meeting"; do assert_line "$line"; done
  export MENTOR_NOW=2026-03-18
  ok log add m1 --date 2026-03-17 --time 14:00 --minutes 50 --mode in-person --place "Central Library" --next-date 2026-04-14 \
    --next-time 15:00 --next-place "Town Hall" --action "mentee: sit in on a team meeting by 2026-04-10" --action "both: read the guide"
  ok log sign s1 --mentor --date 2026-03-17
  ok log sign s1 --mentee
  ok log show s1 -f json
  json '.data | "\(.date) \(.time) \(.place) \(.mentor_signed_on) \(.mentee_signed_on)"' "2026-03-17 14:00 Central Library 2026-03-17 2026-03-18"
  ok log show s2 -f json
  json '.data | "\(.state) \(.date) \(.time) \(.place)"' "planned 2026-04-14 15:00 Town Hall"
  mentor goal add m1 --for mentee --text "Understand how shifts are planned" >/dev/null
  MENTOR_NOW=2026-04-15 ok log add m1 --date 2026-04-14 --minutes 60
  # followed from the logs: contact hours, conversations, goals set, actions committed to
  ok report show commitment --now 2026-04-20 -f json
  json '.data.totals | "\(.sessions) \(.minutes)"' "2 110"
  ok goal list -f json
  json '.data | length' 1
  ok action list -f json
  json '[.data[] | "\(.session) \(.whose) \(.due)"] | sort | join(", ")' "s1 pair null, s1 person 2026-04-10"
  # filling it in is optional: areas that were talked about are not even taken here
  fails 5 log set s1 --notes "Promotion"
}

@test "M13: the reflection log is its author's: the store knows that one was made, by whom and when, never what it says" {
  with_pair_of manchester
  ok log forms reflection-log
  for line in "How did the session go?" "How well did I listen?" "How well did I share my stories, and did they land?" \
    "What did I hear about how I come across?" "How well did I give feedback?" "What would I like to do better next time?"; do assert_line "$line"; done
  assert_output --partial "This page is yours alone"
  ok log forms --for mentees
  refute_line "Reflection log"
  ok log reflect m1 --by mentor --date 2026-03-02
  fails 2 log reflect m1 --by mentor --notes "Not my day"
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT group_concat(name, ' ') FROM pragma_table_info('reflection')")" "id pair_id side date recorded_on"
  # seen in what is about the author, and by the team as a number
  ok log reflections amira@example.org -f json
  json '[.data[] | "\(.name) \(.date)"] | join(" ")' "Amira 2026-03-02"
  ok log reflections clara@example.org -f json
  json '.data | length' 0
  ok report show commitment -f json
  json '.data.totals.reflections' 1
  json '[.data.people[] | keys[] | select(test("reflect"))] | length' 0
}

@test "M14: the tree of life comes with the programme, is printed for the first session, and is attached to it" {
  with_pair_of manchester
  ok log forms tree-of-life
  text=$(tr -s '\n ' ' ' <<<"$output")
  for part in "for session 1" "30 minutes" "roots for background" "trunk for values" "branches for aspirations" "leaves for sources of strength" \
    "fruits for gifts" "presents it in 5 minutes"; do [[ $text == *"$part"* ]] || fail "$part"; done
  ok log add m1 --minutes 60 --activity tree-of-life
  ok log list --activity tree-of-life -f json
  json '[.data[].id] | join(" ")' s1
  fails 3 log add m1 --date 2026-03-02 --time 16:00 --minutes 60 --activity ropes
}

@test "M20: what is said in sessions and reflections never appears in a report, in any format, for anybody" {
  sed 's/^  record: minimal/  record: full/' "$EXAMPLES/manchester/programme.yaml" >full.yaml
  with_pair_of manchester full.yaml
  ok log add m1 --minutes 60 --place "Marble Arch" --notes "Zebra crossing" --action "mentor: buy a quagga"
  ok log reflect m1 --by mentor
  ok log show s1 -f json
  json .data.notes "Zebra crossing"
  reports=$(mentor report list --fields name)
  [ "$(wc -l <<<"$reports")" -ge 4 ]
  for report in $reports; do
    for format in table plain json jsonl csv tsv html md; do
      run mentor report show "$report" -f "$format"
      # a report that is refused (here that of topics, as the programme has none) says nothing either
      if grep -iqE 'zebra|quagga|marble' <<<"$output"; then fail "report $report -f $format"; fi
    done
  done
  for command in "log list" "cohort status" "match list" "match show m1" "log reflections amira@example.org" "today"; do
    # shellcheck disable=SC2086 # words on purpose
    run mentor $command -f json
    [ "$status" -eq 0 ] || continue
    if grep -iq zebra <<<"$output"; then fail "$command"; fi
  done
  # where the programme keeps nothing, nothing gets in
  rm "$MENTOR_DB"
  with_pair_of manchester
  fails 5 log add m1 --minutes 60 --notes "Zebra crossing"
  assert_equal "$(sqlite3 "$MENTOR_DB" .dump | grep -ci zebra)" 0
}

@test "C6: sessions cover topics of learning, and coverage is reported by pair and by cohort" {
  with_pair_of co-learning
  mentor log add m1 --minutes 90 --topics power --topics systems >/dev/null
  MENTOR_NOW=2026-04-14 mentor log add m1 --date 2026-04-13 --minutes 90 --topics power >/dev/null
  fails 3 log add m1 --date 2026-03-02 --time 18:00 --minutes 60 --topics gossip
  [[ $stderr == *"the programme has power, systems, change"* ]]
  fails 5 log set s1 --notes "What we said"
  ok report show topics --now 2026-04-20 -f json
  json '[.data.topics[] | "\(.topic) \(.sessions) \(.pairs)/\(.of)"] | join(", ")' "power 2 1/1, systems 1 1/1, change 0 0/1"
  json '.data.coverage[] | "\(.pair) \(.covered)/\(.of) \(.topics | join(" ")), not yet \(.missing | join(" "))"' "m1 2/3 power systems, not yet change"
  ok report show topics --now 2026-03-10 -f csv
  assert_line "m1,2,3,power; systems,change"
}

@test "H6: each prepares for and takes part in at least three of the partner's meetings; looking on only is brought up early" {
  with_pair_of sheffield
  ok log shadow m1 --by mentee --meeting "Executive board" --prepared --part observed
  assert_output "added shadowing h1 Clara at Executive board on 2026-03-02"
  # in the first week nothing is due yet, but whoever has only looked on is on the list
  ok cohort status --now 2026-03-09 -f json
  json '.data.todo[] | select(.what | test("too little part")) | "\(.what): \(.command)"' \
    "1 person takes too little part in the other's meetings: mentor report show commitment"
  ok report show commitment --now 2026-03-09 -f json
  json '.data.pairs[] | select(.measure == "shadowed-by-mentee") | "\(.done) \(.due) \(.minimum) \(.standing)"' "0 0 3 behind"
  export MENTOR_NOW=2026-05-20
  ok log shadow m1 --by mentee --date 2026-03-16 --meeting "Executive board" --prepared --part contributed
  ok log shadow m1 --by mentor --date 2026-03-20 --meeting "Trustees" --prepared --part contributed
  ok cohort status --now 2026-03-21 -f json
  json '[.data.todo[] | select(.what | test("too little part"))] | length' 0
  # by 20 July two of three are due each way
  ok log shadow m1 --by mentee --date 2026-04-20 --meeting "Executive board" --part co-led
  ok log shadow m1 --by mentee --date 2026-05-18 --meeting "Quality committee" --part contributed
  ok report show commitment --now 2026-07-20 -f json
  json '[.data.pairs[] | select(.measure | test("shadowed")) | "\(.measure) \(.done) \(.due) \(.standing)"] | join(", ")' \
    "shadowed-by-mentor 1 2 behind, shadowed-by-mentee 3 2 met"
  ok cohort status --now 2026-07-20 -f json
  json '.data.todo[] | select(.what | test("too little part")).count' 1
  ok log shadowed --by mentee -f json
  json '[.data[] | "\(.part) \(.prepared)"] | join(", ")' "observed true, contributed true, co-led false, contributed false"
}
