#!/usr/bin/env bats
# greenwich.bats: the facts of a borough's programme for social workers that hold already; ids as in the list of facts.
bats_require_minimum_version 1.5.0
load ../cli/helpers

# called TITLE ARRANGEMENT: two people in a pair of a programme that is called so and works so; the contract is in contract.txt.
called() {
  with_store
  sed "s/^title: .*/title: $1/; s/^arrangement: .*/arrangement: $2/" "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person david Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  mentor contract export m1 -f text | tr -s '\n ' ' ' >contract.txt
}

@test "G9: a programme called reciprocal can have fixed mentors and mentees" {
  called "Reciprocal mentoring" reverse
  ok match list -f json
  json '.data[] | "\(.arrangement) \(.mentor_name) \(.mentee_name)"' "reverse Amira David"
  run cat contract.txt
  assert_output --partial "Reciprocal mentoring: contract"
  assert_output --partial "Amira remains the mentor throughout"
}

@test "G9: a programme with another name can be reciprocal" {
  called "Learning together" reciprocal
  ok match list -f json
  json '.data[].arrangement' reciprocal
  run cat contract.txt
  assert_output --partial "Learning together: contract"
  refute_output --partial "throughout"
}
