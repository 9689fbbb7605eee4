#!/usr/bin/env bats
# barrier.bats: the register of barriers with the real program, and that nothing it prints leads to a pair.
bats_require_minimum_version 1.5.0
load helpers

rota() {
  mentor barrier add --theme Progression --level team --text "The rota rules out courses" "$@"
}

@test "barrier add puts a barrier into the register, once" {
  with_register
  ok barrier add --theme Progression --level team --text "The rota rules out courses"
  assert_output "added barrier b7826 The rota rules out courses"
  before=$(fingerprint)
  ok barrier add --theme Progression --level team --text "The rota rules out courses"
  assert_output "unchanged barrier b7826 The rota rules out courses"
  assert_equal "$(fingerprint)" "$before"
  ok barrier add --theme Progression --level team --text "Another" --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok barrier list -f json
  json '.data[] | "\(.id) \(.state) \(.theme) \(.level) \(.identified_in) \(.brought)"' "b7826 identified Progression team 2026-03 once"
}

@test "barrier add refuses what the programme does not have, and names" {
  with_register
  fails 3 barrier add --theme Lunch --level team --text x
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: the programme has the themes Recruitment, Progression"
  fails 3 barrier add --theme Progression --level world --text x
  fails 2 barrier add --theme Progression --level team
  fails 3 barrier add --theme Progression --level team --text "spring amira is never asked"
  fails 3 barrier add --theme Progression --level team --text x --identified-in 2026-04
  fails 3 barrier add --theme Progression --level team --text x --identified-in spring
  ok barrier list
  assert_output ""
}

@test "a programme without barriers keeps no register" {
  with_pairs
  fails 5 barrier add --theme Progression --level team --text x
  ok barrier list -f json
  json '.data | length' 0
}

@test "with two pairs at work a barrier is taken only from one that agrees" {
  with_register
  mentor match end m3 --yes >/dev/null
  ok barrier add --theme Progression --level team --text "In this month there were three"
  export MENTOR_NOW=2026-04-02
  fails 5 barrier add --theme Progression --level team --text "The rota rules out courses"
  [[ $stderr == *"fewer than three pairs"*"--pair"* ]]
  ok barrier add --theme Progression --level team --text "The rota rules out courses" --pair m1
  ok barrier show b7826 -f json
  json '.data.pairs[].pair' m1
}

@test "a barrier is raised, addressed and changed, each on its day" {
  with_register
  rota >/dev/null
  export MENTOR_NOW=2026-05-04
  ok barrier raise b7826 --on 2026-03-20
  assert_output "raised barrier b7826 The rota rules out courses"
  ok barrier raise b7826
  assert_output "unchanged barrier b7826 The rota rules out courses"
  fails 3 barrier address b7826 --on 2026-03-01
  ok barrier address b7826 --on 2026-04-01
  fails 5 barrier raise b7826
  fails 3 barrier change b7826
  ok barrier change b7826 --outcome "Every course has an evening"
  ok barrier show b7826 -f json
  json '[.data.steps[] | "\(.state) \(.on)"] | join("; ")' "identified 2026-03; raised 2026-03-20; addressed 2026-04-01; changed 2026-05-04"
  json .data.barrier.outcome "Every course has an evening"
  fails 5 barrier drop b7826 --reason "too late"
}

@test "a barrier is dropped for a reason, and can be taken up again" {
  with_register
  rota >/dev/null
  fails 2 barrier drop b7826
  ok barrier drop b7826 --reason "The law says so"
  ok barrier list --state dropped -f json
  json '.data[].reason' "The law says so"
  ok barrier raise b7826
  fails 4 barrier raise b1
}

@test "barrier merge makes one of two, and the other leads to it" {
  with_register
  rota >/dev/null
  mentor barrier add --theme Progression --level directorate --text "Night staff cannot go to courses" >/dev/null
  mentor action add --barrier b3794 --text "Hold every course twice" >/dev/null
  ok barrier merge b7826 b3794 --yes
  assert_output "merged barrier b7826 The rota rules out courses"
  ok barrier merge b7826 b3794 --yes
  assert_output "unchanged barrier b7826 The rota rules out courses"
  ok barrier list -f json
  json '[.data[] | "\(.id) \(.brought)"] | join("; ")' "b7826 several"
  ok barrier show b7826 -f json
  json '.data.actions[].text' "Hold every course twice"
  ok barrier show b3794 -f json
  json '.data.barrier | "\(.state) \(.merged_into)"' "merged b7826"
  fails 5 barrier raise b3794
  fails 5 action add --barrier b3794 --text "Another"
  fails 3 barrier merge b7826 b7826 --yes
}

@test "a pair is named once both agree, and no longer when one does not" {
  with_register
  rota >/dev/null
  fails 2 barrier agree b7826 m1
  ok barrier agree b7826 m1 --mentor
  assert_output "agreed barrier b7826 The rota rules out courses"
  ok barrier show b7826 -f json
  json '.data.pairs | length' 0
  fails 5 action add --barrier b7826 --pair m1 --text "Ask for other days"
  ok barrier agree b7826 m1 --mentee
  ok barrier show b7826 -f json
  json '.data.pairs[] | "\(.pair) \(.mentor_name)"' "m1 Spring Amira"
  ok action add --barrier b7826 --pair m1 --text "Ask for other days"
  ok barrier agree b7826 m1 --mentee --withdraw
  assert_output "withdrawn barrier b7826 The rota rules out courses"
  ok barrier show b7826 -f json
  json '.data | "\(.pairs | length) \(.actions | length)"' "0 0"
  ok action show a1 -f json
  json '.data | "\(.pair) \(.barrier)"' "m1 null"
}

@test "report show barriers says what was said and what was done, without names" {
  with_register
  ok report show barriers -f json
  json '.data | "\(.barrier_counts.identified) \(.barriers | length)"' "0 0"
  rota --pair m1 >/dev/null
  mentor barrier raise b7826 >/dev/null
  mentor action add --pair m1 --barrier b7826 --text "Hold every course twice" >/dev/null
  export MENTOR_NOW=2026-05-04
  mentor action done a1 --outcome "Twelve courses" >/dev/null
  mentor barrier change b7826 --outcome "Night staff come to courses" >/dev/null
  ok report show barriers -f json
  json '.data.barrier_counts | "\(.identified) \(.raised) \(.addressed) \(.changed) \(.dropped)"' "1 1 1 1 0"
  json '.data.barriers[] | "\(.text) | \(.actions[]) | \(.outcome) | \(.days)"' \
    "The rota rules out courses | Hold every course twice: Twelve courses | Night staff come to courses | 63"
  json '.data.barrier_times[] | select(.from == "raised" and .to == "changed") | "\(.barriers) \(.median) \(.unit)"' "1 63 days"
  refute_output --partial Amira
  refute_output --partial '"m1"'
  ok report show barriers
  assert_line --partial "Hold every course twice: Twelve courses"
  ok report show barriers -f html
  refute_output --partial Amira
}

@test "cohort status says what is not raised, and what nobody does anything about" {
  with_register
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  rota >/dev/null
  ok cohort status
  assert_line --partial "1 barrier has not been raised"
  assert_line --partial "mentor barrier raise b7826"
  ok barrier raise b7826
  ok cohort status
  refute_output --partial "has not been raised"
  assert_line --partial "mentor action add --barrier b7826 --text TEXT"
  ok action add --barrier b7826 --text TEXT
  ok cohort status
  refute_output --partial "nobody does anything"
}
