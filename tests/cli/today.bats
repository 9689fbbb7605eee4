#!/usr/bin/env bats
# today.bats: the worklist across all cohorts.
bats_require_minimum_version 1.5.0
load helpers
load remind

@test "nothing to do: nothing is printed, and JSON has an empty list" {
  with_store
  ok today
  assert_output ""
  ok today -f json
  json '.data | length' 0
}

@test "the most urgent first, over all cohorts, each with a reason and a command that works as typed" {
  with_reminders
  mentor cohort add autumn --programme harbour --closes-on 2026-04-18 --starts-on 2026-09-01 >/dev/null
  mentor cohort open autumn >/dev/null
  mentor action add -c spring --text Call --due 2026-04-10 >/dev/null
  ok today -f json
  json '.data[] | "\(.urgency) \(.day) \(.cohort) \(.command)"' "overdue null spring mentor enrol told accepted -c spring
overdue null spring mentor action done a1 -c spring
soon 2026-04-18 autumn mentor cohort close -c autumn
open null autumn mentor enrol import FILE -c autumn
open null spring mentor contract draft m1 -c spring
open null spring mentor log add m1 --minutes 60 -c spring"
  json '[.data[].reason] | map(select(. == null or . == "")) | length' 0
  MENTOR_NOW=2026-04-18 ok today --fields urgency,what
  assert_line $'today\tapplications close'
  run bash -c "$(mentor today -f json | jq -r '.data[] | select(.command | startswith("mentor action")) | .command')"
  assert_success
  assert_output --partial "done action a1"
}

@test "--days says how far to look ahead" {
  with_reminders
  mentor cohort add autumn --programme harbour --closes-on 2026-05-10 >/dev/null
  mentor cohort open autumn >/dev/null
  run bash -c "mentor today --fields what | grep -c 'applications close'"
  assert_output 0
  run bash -c "mentor today --days 30 --fields what | grep -c 'applications close'"
  assert_output 1
  fails 2 today --days 0
  fails 2 today --days soon
}

@test "a message of which nobody knows is brought up with the command that settles it" {
  with_reminders
  fake_sendmail 'kill -9 $$'
  run mentor remind run --transport "sendmail:$PWD/sendmail.sh" --most 1
  ok today --fields what,command
  assert_line $'of 1 message nobody knows whether it went out\tmentor remind resend n1'
  ok remind mark n1 --failed
  ok today --fields what
  refute_line --partial "message"
}
