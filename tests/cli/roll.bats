#!/usr/bin/env bats
# roll.bats: the next cohort made from one: limits, reserves and waiting lists go with it, and late applications are in it already.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load helpers

# Two pairs, amira and ben with clara and david; eve and fay left over as reserves; gil and hal waiting, hal first; ian late.
with_reserves() {
  with_people
  person eve Parks mentor
  person fay Housing mentor
  for name in gil hal; do
    mentor person add --name ${name^} --email $name@example.org >/dev/null
    mentor enrol add $name@example.org --role mentor >/dev/null
  done
  mentor enrol wait gil@example.org >/dev/null
  mentor enrol wait hal@example.org --rank 1 >/dev/null
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor cohort close >/dev/null
  mentor person add --name Ian --email ian@example.org >/dev/null
  mentor enrol add ian@example.org --role mentor >/dev/null
}

@test "cohort roll brings reserves first and then those who waited, and takes over the cohort that keeps late applications" {
  with_reserves
  reserves=$(mentor enrol list --outcome reserve --fields name | sort | paste -sd' ')
  mentor cohort set spring --mentors-max 4 >/dev/null
  before=$(fingerprint)
  ok cohort roll autumn --starts-on 2026-10-05 --dry-run -f json
  json '[.data[] | "\(.change) \(.name // .reference)"] | last' "changed autumn"
  assert_equal "$(fingerprint)" "$before"
  ok cohort roll autumn --starts-on 2026-10-05 -f json
  json '[.data[] | select(.kind == "person").change] | unique | join(" ")' waiting
  ok cohort list -f json
  json '[.data[].slug] | sort | join(" ")' "autumn spring"
  ok cohort show autumn -f json
  json '.data | "\(.title) \(.origin) \(.starts_on) \(.ends_on)"' "autumn spring 2026-10-05 2027-04-04"
  ok enrol list -c autumn -f json
  json '[.data[] | select(.rank and .rank <= 2).name] | sort | join(" ")' "$reserves"
  json '[.data | sort_by(.rank)[] | select(.rank and .rank > 2) | "\(.rank) \(.name) \(.origin)"] | join(", ")' "3 Hal waiting, 4 Gil waiting"
  json '.data[] | select(.name == "Ian") | "\(.state) \(.outcome)"' "applied late"
  ok db check
}

@test "cohort roll twice is unchanged, and brings over who is new" {
  with_reserves
  mentor cohort roll autumn >/dev/null
  ok cohort roll autumn -f json
  json '[.data[].change] | unique | join(" ")' unchanged
  mentor enrol wait p1 >/dev/null 2>&1 || true
  mentor person add --name Jo --email jo@example.org >/dev/null
  mentor enrol add jo@example.org --role mentee --applied-on 2026-03-01 >/dev/null
  mentor enrol wait jo@example.org >/dev/null
  ok cohort roll autumn -f json
  json '.data[] | select(.change == "waiting").name' Jo
}

@test "cohort roll makes a cohort with the limits of the one before and the newest revision" {
  with_people
  mentor cohort set spring --mentors-max 5 --mentees-max 6 >/dev/null
  sed 's/^title: .*/title: Another title/' "$EXAMPLES/manchester/programme.yaml" >changed.yaml
  mentor programme import changed.yaml >/dev/null
  ok cohort roll autumn --mentees-max 9
  assert_output "added cohort autumn"
  ok cohort show autumn -f json
  json '.data | "\(.mentors_max) \(.mentees_max) \(.revision) \(.origin) \(.state)"' "5 9 2 spring planned"
}

@test "answers go with people, as far as the programme still asks the question" {
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-03-02 >/dev/null
  mentor cohort open >/dev/null
  mentor enrol import "$EXAMPLES/manchester/applications.csv" >/dev/null
  first=$(mentor enrol list --role mentor -f json | jq -r '.data[0].person_id')
  mentor enrol wait "$first" >/dev/null
  mentor cohort roll autumn >/dev/null
  sqlite3 "$MENTOR_DB" "SELECT e.cohort_id, a.question, a.value FROM answer a JOIN enrolment e ON e.id = a.enrolment_id
    WHERE e.person_id = ${first#p} ORDER BY 2" >answers
  assert [ -s answers ]
  assert_equal "$(grep '^1|' answers | cut -d'|' -f2-)" "$(grep '^2|' answers | cut -d'|' -f2-)"
}

@test "what people state is stated for one cohort: it does not go with their answers" {
  with_store
  mentor programme import "$EXAMPLES/south-west/programme.yaml" >/dev/null
  mentor cohort add first --programme south-west --starts-on 2022-07-25 >/dev/null
  MENTOR_NOW=2022-06-01 mentor cohort open --override "Settled on paper" >/dev/null
  MENTOR_NOW=2022-06-18 mentor enrol import "$EXAMPLES/south-west/applications.csv" --keep-going -q || true
  export MENTOR_NOW=2022-07-04
  mentor enrol import "$EXAMPLES/south-west/applications.csv" -q
  mentor enrol wait blessing.adeyemi@tamarvale.example.org >/dev/null
  mentor cohort roll second >/dev/null
  ok enrol show blessing.adeyemi@tamarvale.example.org -c second -f json
  json '[.data.answers[].question] | sort | join(" ")' "arrangement meeting topics"
  json '[.data.statements[] | select(.value != null)] | length' 0
}

@test "whoever is accepted in the next cohort waits no longer in the one before" {
  with_reserves
  mentor cohort roll autumn >/dev/null
  mentor cohort open autumn >/dev/null
  ok enrol accept hal@example.org -c autumn
  ok enrol show hal@example.org -c spring -f json
  json '.data.enrolment | "\(.state) \(.rank) \(.reason) \(.contact_on)"' "withdrawn null Has a place in the cohort 'autumn' null"
  ok enrol show gil@example.org -c spring -f json
  json '.data.enrolment | "\(.state) \(.rank)"' "waiting 1"
  ok db check
}

@test "cohort roll does not rename a cohort that somebody has named" {
  with_people
  mentor cohort roll autumn >/dev/null
  before=$(fingerprint)
  fails 5 cohort roll winter
  [[ $stderr == *"the cohort 'spring' is followed by 'autumn' already"* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "reserves stay where the programme keeps none" {
  with_store
  sed 's/^  reserves: yes/  reserves: no/' "$EXAMPLES/manchester/programme.yaml" >none.yaml
  mentor programme import none.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentor
  person david Roads mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  ok cohort roll autumn
  assert_output "added cohort autumn"
}

@test "cohort roll refuses what makes no sense" {
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  before=$(fingerprint)
  fails 5 cohort roll autumn -c spring
  [[ $stderr == *"the cohort 'spring' has not opened yet, so nothing follows it"* ]]
  assert_equal "$(fingerprint)" "$before"
  mentor cohort open spring >/dev/null
  fails 5 cohort roll spring
  [[ $stderr == *"the cohort 'spring' cannot follow itself"* ]]
  fails 3 cohort roll Autumn
  sed 's/^programme: .*/programme: other/' "$EXAMPLES/manchester/programme.yaml" >other.yaml
  mentor programme import other.yaml >/dev/null
  mentor cohort add elsewhere --programme other >/dev/null
  fails 5 cohort roll elsewhere -c spring
  [[ $stderr == *"there is a cohort 'elsewhere' already, of the programme 'other'"* ]]
  mentor cohort roll autumn -c spring >/dev/null
  mentor cohort open autumn >/dev/null
  fails 5 cohort roll winter -c spring
  [[ $stderr == *"the cohort 'spring' is followed by 'autumn' already"* ]]
  mentor cohort roll winter -c autumn >/dev/null
  fails 5 cohort roll winter -c spring
  [[ $stderr == *"the cohort 'winter' follows 'autumn' already"* ]]
  fails 2 cohort roll
  fails 4 cohort roll next -c nowhere
}
