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

# year MENTORS MENTEES: a cohort of the example with so many accepted people and the pairs that they make. What the roles ask of people before they
# are accepted and paired is left out: it is not what these tests are about.
year() {
  local n
  with_store
  awk '/^[a-z]/ { skip = /^roles:/ } !skip' "$EXAMPLES/greenwich/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add year --programme greenwich --title "Year one" --closes-on 2026-03-31 --starts-on 2026-05-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  for ((n = 1; n <= $1 + $2; n++)); do
    mentor person add --name "Person $n" --email "p$n@example.org" --directorate Adults --grade "$([ "$n" -le "$1" ] && echo "Social worker" || echo "Team manager")"
    mentor enrol add "p$n" --role "$([ "$n" -le "$1" ] && echo mentor || echo mentee)"
    mentor enrol accept "p$n"
  done >/dev/null
  mentor match propose >/dev/null
  mentor match publish >/dev/null
}

@test "G1: of 15 mentors and 9 mentees 9 pairs are made, and the 6 left over are told and kept" {
  year 15 9
  ok match list -f json --state active
  json '.data | length' 9
  ok enrol export reserve -f json
  json '[.data[] | .side] | "\(length) \(unique | join(" "))"' "6 mentor"
  json '[.data[] | select(.text | contains("You are a reserve of Year one"))] | length' 6
  left=$(jq -r '.data[].person' <<<"$output" | sort)
  ok match list -f json
  assert_equal "$(jq -r '.data[].mentor' <<<"$output" | sort | comm -12 - <(echo "$left"))" ""
  ok enrol told reserve
  ok enrol export reserve -f json
  json '.data | length' 0
  ok enrol list --outcome reserve -f json
  json '[.data[] | select(.told == "reserve" and .told_on == "2026-03-02" and .state == "accepted" and .contact_on > "2026-03-02")] | length' 6
}

@test "G4: recruitment messages are made from the programme's templates" {
  year 1 1
  mentor person add --name "Odd Person" --email odd@example.org >/dev/null
  for who in mentors mentees facilitators; do
    ok enrol export recruitment --template recruit-$who -f mbox
    assert_equal "$(grep -c '^From ' <<<"$output")" 1
    assert_line 'To: "Odd Person" <odd@example.org>'
    assert_line 'From: "Mentoring project team" <mentoring@thamesreach.example.org>'
  done
  ok enrol export recruitment --template recruit-mentors -f json
  json '.data[0].subject' "Reciprocal mentoring for social workers: mentor somebody who leads"
  json '.data[0].text | contains("Apply until 31 March 2026.")' true
}

@test "G7: next year's cohort is made in-house from this one: its definition as it is by then, its limits, its reserves first" {
  "$EXAMPLES/greenwich/run.sh" played >played.out 2>&1 || { cat played.out && return 1; }
  export MENTOR_DB=$PWD/played/mentor.db MENTOR_NOW=2023-09-04
  sed 's/^  - Social worker$/  - Newly qualified social worker\n  - Social worker/' "$EXAMPLES/greenwich/programme.yaml" >programme.yaml
  ok programme import programme.yaml
  ok cohort roll autumn-2023 -c autumn-2022 --mentees-max 12
  ok cohort show autumn-2023 -f json
  json '.data | "\(.programme) \(.origin) \(.revision) \(.mentors_max) \(.mentees_max) \(.starts_on)"' "greenwich autumn-2022 2 15 12 2023-11-06"
  ok cohort open autumn-2023 --override "Settled on paper"
  ok cohort status autumn-2023 -f json
  json '.data.todo[] | select(.what | test("wait,")) | .what' "6 mentors wait, and there is a place"
  # the first on the list is the reserve who applied first, and is taken by the command that the line names
  first=$(jq -r '.data.todo[] | select(.what | test("wait,")).command | split(" ")[3]' <<<"$output")
  earliest=$(mentor enrol list -c autumn-2023 --origin reserve -f json | jq -r '.data | min_by(.rank).person_id')
  assert_equal "$first" "$earliest"
  ok enrol accept "$first" -c autumn-2023
}

@test "G1: when a pair ends the reserves are offered first, in the order of their applications, and other pairs stay as they are" {
  year 15 9
  mentor cohort close >/dev/null
  before=$(mentor match list --state active -f json | jq -c '[.data[] | select(.id != "m1") | [.mentor, .mentee]]')
  first=$(mentor enrol list --outcome reserve -f json | jq -r '.data | sort_by(.applied_on, (.person_id[1:] | tonumber))[0].person_id')
  mentee=$(mentor match show m1 -f json | jq -r .data.pair.mentee)
  mentor match end m1 --wish mentor --replacement mentee --yes >/dev/null
  ok cohort status
  assert_output --partial "1 person would like another partner, and a reserve suits"
  ok match replace "$mentee" -f json
  json '.data.replacement | "\(.partner) \(.reserve)"' "$first true"
  ok match publish --yes
  ok match list --state active -f json
  json '.data | length' 9
  assert_equal "$(jq -c '[.data[] | select(.id != "m10") | [.mentor, .mentee]]' <<<"$output")" "$before"
  ok enrol list --outcome reserve -f json
  json '.data | length' 5
}
