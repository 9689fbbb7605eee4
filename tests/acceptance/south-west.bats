#!/usr/bin/env bats
# south-west.bats: the facts of a regional academy's programme that hold already; ids as in the list of facts.
bats_require_minimum_version 1.5.0
load ../cli/helpers

# The programme without what its roles ask of people before they are accepted, and a cohort that closes on 17 June 2022.
with_region() {
  export MENTOR_NOW=2022-05-02
  with_store
  awk '/^[a-z]/ { skip = /^roles:/ } !skip' "$EXAMPLES/south-west/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add region-1 --programme south-west --title "First cohort" --opens-on 2022-05-02 --closes-on 2022-06-17 --starts-on 2022-07-19 >/dev/null
  mentor cohort open region-1 >/dev/null
  export MENTOR_COHORT=region-1
}

# interest NAME: an expression of interest, today.
interest() {
  mentor person add --name "${1^}" --email "$1@example.org" --organisation "Trust $1" >/dev/null
  mentor enrol add "$1@example.org" --role mentor >/dev/null
}

@test "W3: what comes after 17 June is kept for the next cohort, and the person is told so" {
  with_region
  MENTOR_NOW=2022-06-17 interest amira
  MENTOR_NOW=2022-06-18 interest ben
  export MENTOR_NOW=2022-06-20
  ok enrol list -f json
  json '.data[].name' Amira
  ok enrol export late -f json
  json '.data[] | "\(.name) \(.cohort) \(.closes_on)"' "Ben First cohort 17 June 2022"
  json '.data[].text | contains("came after 17 June 2022. It is not lost: we keep it for the next cohort")' true
  ok enrol told late
  assert_output "told person p2 Ben"
  ok enrol export late -f json
  json '.data | length' 0
  next=$(mentor cohort list -f json | jq -r '.data[].slug | select(. != "region-1")')
  ok enrol show -c "$next" ben@example.org -f json
  json '.data | "\(.outcome) \(.origin_cohort) \(.told) \(.told_on)"' "late region-1 late 2022-06-20"
}

@test "W10: the programme's contact address stands in every message and invitation" {
  with_region
  for name in amira ben clara; do interest $name; done
  MENTOR_NOW=2022-06-18 interest dan
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol accept amira@example.org >/dev/null
  mentor enrol wait ben@example.org >/dev/null
  mentor enrol decline clara@example.org >/dev/null
  for outcome in accepted late waiting declined recruitment; do
    ok enrol export $outcome -f json
    json '.data | length' 1
    json '.data[0].text | contains("mentoring@academy.example.org")' true
    ok enrol export $outcome -f mbox
    assert_line 'From: "Mentoring desk" <mentoring@academy.example.org>'
  done
}
