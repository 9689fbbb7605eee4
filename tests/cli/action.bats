#!/usr/bin/env bats
# action.bats: what somebody is to do, with the real program.
bats_require_minimum_version 1.5.0
load helpers

@test "action add says whose it is, once" {
  with_pairs
  ok action add --pair m1 --owner amira@example.org --due 2026-04-01 --text "Speak at the directors' meeting"
  assert_output "added action a1 Speak at the directors' meeting"
  before=$(fingerprint)
  ok action add --pair m1 --owner p1 --due 2026-04-01 --text "Speak at the directors' meeting"
  assert_output "unchanged action a1 Speak at the directors' meeting"
  assert_equal "$(fingerprint)" "$before"
  ok action add --pair m1 --text "Read the plan" --dry-run
  ok action add --pair m2 --text "Read the plan"
  ok action add --text "Ask for a room"
  ok action list -f json
  json '[.data[] | "\(.id) \(.whose) \(.owner) \(.owner_name) \(.pair)"] | join("; ")' \
    "a1 person p1 Amira m1; a2 pair null null m2; a3 team null null null"
}

@test "action add wants a text, and a cohort, a pair or a session that there is" {
  with_pairs
  fails 2 action add --pair m1
  fails 4 action add --pair m9 --text Read
  fails 4 action add --session s1 --text Read
  fails 4 action add --owner nobody@example.org --text Read
  mentor cohort add autumn --programme manchester --starts-on 2026-10-01 >/dev/null
  fails 2 action add --text Read
  ok action add --text Read -c spring
}

@test "a follow-up of a session belongs to its pair" {
  with_pairs
  mentor log add m1 --minutes 60 >/dev/null
  ok action add --session s1 --text "Send the report"
  ok action show a1 -f json
  json '.data | "\(.pair) \(.session) \(.whose)"' "m1 s1 pair"
  fails 3 action add --session s1 --pair m2 --text Other
}

@test "action done, drop and reopen" {
  with_pairs
  mentor action add --pair m1 --text "Read the plan" --due 2026-03-20 >/dev/null
  ok action done a1 --outcome "Both have read it"
  assert_output "done action a1 Read the plan"
  ok action done a1
  assert_output "unchanged action a1 Read the plan"
  fails 5 action drop a1 --reason "no time"
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: open it again first: mentor action reopen a1"
  ok action reopen a1
  fails 2 action drop a1
  fails 3 action done a1 --on 2026-03-03
  ok action drop a1 --reason "no time"
  ok action show a1 -f json
  json '.data | "\(.state) \(.reason) \(.closed_on)"' "dropped no time 2026-03-02"
}

@test "what is overdue is listed, and cohort status names the command" {
  with_pairs
  mentor action add --pair m1 --text "Read the plan" --due 2026-03-20 >/dev/null
  mentor action add --pair m2 --text "Read the book" --due 2026-03-25 >/dev/null
  mentor action add --pair m2 --text "Some day" >/dev/null
  mentor cohort close >/dev/null
  ok action list --overdue
  assert_output ""
  ok cohort status --now 2026-03-20
  refute_output --partial overdue
  ok action list --overdue --now 2026-03-26 -f json
  json '[.data[].id] | join(" ")' "a1 a2"
  ok cohort status --now 2026-03-26
  assert_output --regexp "2 actions are overdue.*mentor action done a1"
  mentor action done a1 >/dev/null
  ok cohort status --now 2026-03-26
  assert_output --regexp "1 action is overdue.*mentor action done a2"
}

@test "action set changes what it says, and nothing twice" {
  with_pairs
  mentor action add --pair m1 --text "Read the plan" >/dev/null
  fails 2 action set a1
  fails 4 action set a9 --due 2026-04-01
  fails 4 action set a1 --barrier b9
  ok action set a1 --due 2026-04-01 --owner david@example.org
  assert_output "changed action a1 Read the plan"
  ok action set a1 --due 2026-04-01
  assert_output "unchanged action a1 Read the plan"
  ok action list --owner david@example.org -f json
  json '.data | length' 1
}
