#!/usr/bin/env bats
# sheffield.bats: the facts of a health and care partnership that hold already; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# A programme of cohorts of three pairs whose two sides come from different organisations.
with_partnership() {
  with_store
  sed -e 's/^programme: .*/programme: partnership/' -e 's/^  mentors: 12/  mentors: 3/' -e 's/^  mentees: 12/  mentees: 3/' \
    -e 's/^    other-directorate: .*/    other-organisation: { rule: different, field: organisation }/' \
    "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
}

# member NAME ROLE [ORGANISATION]: adds, enrols and accepts somebody in the cohort that MENTOR_COHORT names.
member() {
  mentor person add --name "${1^}" --email "$1@example.org" ${3:+--organisation "$3"} >/dev/null &&
    mentor enrol add "$1@example.org" --role "$2" >/dev/null &&
    mentor enrol accept "$1@example.org" >/dev/null
}

@test "H1: the two sides of a pair come from different organisations" {
  with_partnership
  mentor cohort add wave-1 --programme partnership >/dev/null
  mentor cohort open >/dev/null
  member amira mentor "Riverside Community Trust"
  member ben mentor "Hilltop Advice"
  member clara mentee "City Hospital"
  member david mentee "Hilltop Advice"
  ok match propose -f json
  # Ben and David are of one organisation, so only this way round is left.
  json '[.data.pairs[] | "\(.mentor_name)-\(.mentee_name)"] | sort | join(" ")' "Amira-David Ben-Clara"
  ok match explain m1 -f json
  json '.data.rules[] | select(.rule == "other-organisation").held' true
}

@test "H1: nobody is paired within an organisation, or without one" {
  with_partnership
  mentor cohort add wave-1 --programme partnership >/dev/null
  mentor cohort open >/dev/null
  member amira mentor "Hilltop Advice"
  member ben mentor
  member clara mentee "Hilltop Advice"
  ok match propose -f json
  json '"\(.data.pairs | length) \(.data.left | length)"' "0 3"
  ok match explain amira@example.org -f json
  json '.data.ruled_out[] | select(.rule == "other-organisation").removed' 1
}

@test "H2: cohorts of three pairs, six months each, in waves" {
  with_partnership
  mentor cohort add wave-1 --programme partnership --starts-on 2021-06-01 >/dev/null
  mentor cohort add wave-2 --programme partnership --starts-on 2021-12-01 >/dev/null
  ok cohort list -f json
  json '.data[] | "\(.slug) \(.starts_on) \(.ends_on) \(.mentors_max) \(.mentees_max)"' \
    $'wave-1 2021-06-01 2021-11-30 3 3\nwave-2 2021-12-01 2022-05-31 3 3'
  export MENTOR_COHORT=wave-1
  mentor cohort open wave-1 >/dev/null
  for n in 1 2 3; do
    member leader$n mentor "Charity $n"
    member executive$n mentee "Hospital $n"
  done
  mentor person add --name Leader4 --email leader4@example.org >/dev/null
  mentor enrol add leader4@example.org --role mentor >/dev/null
  fails 5 enrol accept leader4@example.org
  [[ $stderr == *"the cohort has its 3 mentors already"* ]]
  ok match propose -f json
  json '.data.summary.pairs' 3
}

@test "H9: the next wave is selected while the first is running" {
  with_partnership
  mentor cohort add wave-1 --programme partnership --starts-on 2026-01-05 >/dev/null
  mentor cohort add wave-2 --programme partnership --starts-on 2026-07-01 >/dev/null
  export MENTOR_COHORT=wave-1
  mentor cohort open wave-1 >/dev/null
  member amira mentor "Riverside Community Trust"
  member clara mentee "City Hospital"
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor cohort start wave-1 >/dev/null
  export MENTOR_COHORT=wave-2
  mentor cohort open wave-2 >/dev/null
  member ben mentor "Hilltop Advice"
  member david mentee "City Hospital"
  ok match propose -f json
  json '[.data.pairs[] | "\(.mentor_name)-\(.mentee_name)"] | join(" ")' "Ben-David"
  json '.data.left | length' 0
  ok cohort list -f json
  json '[.data[] | "\(.slug) \(.state)"] | join(", ")' "wave-1 running, wave-2 open"
  ok enrol list -c wave-1 -f json
  json '[.data[].name] | sort | join(" ")' "Amira Clara"
}
