#!/usr/bin/env bats
# log.bats: recording sessions with the real program.
bats_require_minimum_version 1.5.0
load helpers

@test "log add records a session once" {
  with_pairs
  export MENTOR_NOW=2026-04-10
  ok log add m1 --date 2026-04-07 --time 14:00 --minutes 60 --mode virtual --next-date 2026-05-05
  assert_line "added session s1 Amira and Clara on 2026-04-07"
  before=$(fingerprint)
  ok log add m1 --date 2026-04-07 --time 14:00 --minutes 60 --mode virtual --next-date 2026-05-05
  assert_line "unchanged session s1 Amira and Clara on 2026-04-07"
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
  fails 2 log add m1 --date 2026-03-02
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
  mentor cohort start >/dev/null
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
    "cohort date id mentee_name mentor_name minutes mode next_date next_place next_time pair place recorded_on time"
  json '.data | "\(.pair) \(.date) \(.mode) \(.place)"' "m1 2026-03-02 in-person Room 4"
  fails 4 log show s9
}
