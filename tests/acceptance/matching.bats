#!/usr/bin/env bats
# matching.bats: the facts of matching that are of no single programme; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

@test "M9: other directorate, never within one line of management, mentors have a say, and people decide" {
  with_cohort
  person amira Housing mentor farah # and hugh is above farah
  person ben Parks mentor
  mentor person add --name Farah --email farah@example.org --directorate Adults --manager-email hugh@example.org >/dev/null
  person hugh Children mentee
  person clara Parks mentee
  person david Housing mentee
  ok match propose -f json
  json '[.data.pairs[] | "\(.mentor_name) \(.mentee_name)"] | map(select(. == "Amira David" or . == "Ben Clara" or . == "Amira Hugh")) | length' 0
  ok match explain hugh@example.org -f json
  json '[.data.ruled_out[] | select(.rule == "line-management") | .removed] | join(",")' 1
  # the mentor's choice comes first where the programme or the call says so
  mentor match prefer ben@example.org hugh@example.org david@example.org >/dev/null
  ok match propose --objective mentors-choices -f json
  json '[.data.pairs[] | select(.change != "removed") | "\(.mentor_name) \(.mentee_name)"] | sort | join(",")' "Amira Clara,Ben Hugh"
  # people decide: by hand, with nothing counting until it is published
  ok match add ben@example.org david@example.org
  ok match list --state active -f json
  json '.data | length' 0
  ok match publish
  ok match list --state active -f json
  json '[.data[] | "\(.mentor_name) \(.mentee_name)"] | sort | join(",")' "Amira Clara,Ben David"
}

@test "W1: each says reverse, reciprocal or either; only compatible people are paired, in one arrangement" {
  with_store
  mentor programme import "$EXAMPLES/south-west/programme.yaml" >/dev/null
  mentor cohort add first --programme south-west >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  for who in ann:mentor:reverse ben:mentee:reciprocal cat:mentee:either dan:mentor:reciprocal; do
    IFS=: read -r name role way <<<"$who"
    person "$name" "Trust" "$role"
    sqlite3 "$MENTOR_DB" "INSERT INTO answer (enrolment_id, question, value) SELECT e.id, 'arrangement', '$way' FROM enrolment e \
      JOIN person p ON p.id = e.person_id WHERE p.email = '$name@example.org'"
  done
  ok match propose -f json
  json '[.data.pairs[] | "\(.mentor_name) \(.mentee_name)"] | sort | join(",")' "Ann Cat,Dan Ben"
  ok match list -f json
  json '[.data[] | "\(.mentor_name) \(.arrangement)"] | sort | join(",")' "Ann reverse,Dan reciprocal"
}

@test "C9: difference earns points, and what people said of their background only with their consent" {
  with_store
  mentor programme import "$EXAMPLES/co-learning/programme.yaml" >/dev/null
  consent=$(mentor programme show co-learning -f yaml | sed -n '/^  fields:/,$p' | sed -n 's/^ *consent: *//p' | head -1)
  [ -n "$consent" ]
  mentor cohort add first --programme co-learning >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  for who in ann:mentor ben:mentee; do
    IFS=: read -r name role <<<"$who"
    person "$name" Care "$role"
    sqlite3 "$MENTOR_DB" "INSERT INTO answer (enrolment_id, question, value) SELECT e.id, 'background', '$name' FROM enrolment e \
      JOIN person p ON p.id = e.person_id WHERE p.email = '$name@example.org'"
  done
  grades=$(sed -n 's/^seniority: *\[\(.*\)\].*/\1/p' "$EXAMPLES/co-learning/programme.yaml")
  [ -n "$grades" ]
  mentor person set ann@example.org --grade "$(cut -d, -f1 <<<"$grades")" >/dev/null
  mentor person set ben@example.org --grade "$(awk -F', *' '{ print $NF }' <<<"$grades")" >/dev/null
  mentor match propose >/dev/null
  ok match explain m1 -f json
  json '.data.scores[] | select(.rule == "other-grade") | .points' 1000
  json '.data.scores[] | select(.rule == "other-background") | .points' 0
  for name in ann ben; do
    sqlite3 "$MENTOR_DB" "INSERT INTO answer (enrolment_id, question, value) SELECT e.id, '$consent', 'yes' FROM enrolment e \
      JOIN person p ON p.id = e.person_id WHERE p.email = '$name@example.org'"
  done
  ok match explain m1 -f json
  json '.data.scores[] | select(.rule == "other-background") | .points' 1000
}
