#!/usr/bin/env bats
# window.bats: who came in time and who came late, waiting lists, withdrawals, and who is to hear when.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load helpers

# late NAME: a person who comes when the cohort has closed.
late() {
  mentor person add --name "${1^}" --email "$1@example.org" >/dev/null
  mentor enrol add "$1@example.org" --role mentor "${@:2}"
}

closed_cohort() {
  with_people
  mentor cohort set spring --closes-on 2026-03-01 >/dev/null
}

@test "what comes too late is kept for the next cohort, made on the spot, and both commands and people are told so" {
  closed_cohort
  mentor person add --name Eve --email eve@example.org >/dev/null
  before=$(fingerprint)
  ok enrol add eve@example.org --role mentor --dry-run -f json
  json '.data[] | "\(.change) \(.name)"' "late Eve"
  assert_equal "$(fingerprint)" "$before"
  ok enrol add eve@example.org --role mentor -f table
  assert_output --partial "late person p5 Eve"
  assert_output --partial "Came too late for 'spring', and is kept for the next cohort, 'next'."
  ok enrol add eve@example.org --role mentor
  assert_output "unchanged person p5 Eve"
  ok cohort show next -f json
  json '.data | "\(.programme) \(.state) \(.origin)"' "manchester planned spring"
  ok enrol list -c next -f json
  json '.data[] | "\(.name) \(.state) \(.outcome) \(.origin) \(.origin_cohort) \(.contact_on)"' "Eve applied late late spring 2026-03-02"
  ok db check
}

@test "the cohort that keeps late applications does not get in the way: no command needs --cohort because of it" {
  closed_cohort
  late eve >/dev/null
  ok enrol list -f json
  json '.data | length' 4
  ok cohort status -f json
  json '.data.cohort.slug' spring
}

@test "the day on the form counts: what was in time can be recorded later" {
  closed_cohort
  mentor cohort close >/dev/null
  run late eve --applied-on 2026-03-01
  assert_output "enrolled person p5 Eve"
  run late fay --applied-on 2026-03-02
  assert_output "late person p6 Fay"
}

@test "late applications go to the next cohort that is there, and never to one of another programme" {
  closed_cohort
  sed 's/^programme: .*/programme: other/' "$EXAMPLES/manchester/programme.yaml" >other.yaml
  mentor programme import other.yaml >/dev/null
  mentor cohort add next --programme other --starts-on 2026-09-01 >/dev/null
  export MENTOR_COHORT=spring
  run late eve
  assert_output "late person p5 Eve"
  ok enrol list -c manchester-next -f json
  json '.data[].name' Eve
  mentor cohort add autumn --programme manchester --starts-on 2026-10-01 >/dev/null
  run late fay # the one made for late ones comes first
  ok enrol list -c manchester-next -f json
  json '[.data[].name] | join(" ")' "Eve Fay"
}

@test "a cohort that has started keeps what comes for the next" {
  with_people
  mentor match propose >/dev/null && mentor match publish >/dev/null && mentor cohort close >/dev/null && mentor cohort start >/dev/null
  run late eve
  assert_output "late person p5 Eve"
}

@test "enrol wait keeps an order, tells what it does, and does nothing the second time" {
  with_people
  for name in eve fay gil; do
    mentor person add --name ${name^} --email $name@example.org >/dev/null
    mentor enrol add $name@example.org --role mentee >/dev/null
  done
  before=$(fingerprint)
  ok enrol wait p5 --dry-run -f json
  json '.data[].change' waiting
  assert_equal "$(fingerprint)" "$before"
  ok enrol wait p5 p6 --reason "No place in this cohort"
  assert_output $'waiting person p5 Eve\nwaiting person p6 Fay'
  ok enrol wait gil@example.org --rank 1
  ok enrol list --state waiting -f json
  json '[.data | sort_by(.rank)[] | "\(.rank) \(.name) \(.reason)"] | join(", ")' \
    "1 Gil null, 2 Eve No place in this cohort, 3 Fay No place in this cohort"
  ok enrol wait gil@example.org --rank 1
  assert_output "unchanged person p7 Gil"
  ok enrol accept p7
  ok enrol show p5 -f json
  json '.data.enrolment | "\(.rank) \(.outcome) \(.decided_by)"' "1 waiting admin"
  fails 2 enrol wait p5 --rank 0
  [[ $stderr == *"--rank: '0' is not a whole number from 1 to 100000"* ]]
  fails 4 enrol wait p9
  mentor match propose >/dev/null && mentor match publish >/dev/null
  fails 5 enrol wait p1
  [[ $stderr == *"Amira works in pair m"* && $stderr == *"hint: end the pair first: mentor match end m"* ]]
}

@test "enrol withdraw is neutral, keeps the reason, and lets those who wait move up" {
  with_people
  mentor enrol wait p3 p4 >/dev/null
  ok enrol withdraw p3 --reason "Moves away" -f json
  json '.data[] | "\(.change) \(.name)"' "withdrawn Clara"
  ok enrol withdraw p3
  assert_output "unchanged person p3 Clara"
  ok enrol show p4 -f json
  json .data.enrolment.rank 1
  ok enrol show p3 -f json
  json '.data.enrolment | "\(.state) \(.outcome) \(.rank) \(.reason)"' "withdrawn withdrawn null Moves away"
  fails 2 enrol withdraw
}

@test "enrol list --due names whom to write to: within two weeks of applying, at once when something was decided" {
  with_cohort
  mentor person add --name Ann --email ann@example.org >/dev/null
  mentor enrol add ann@example.org --role mentor >/dev/null
  ok enrol list --due
  assert_output ""
  MENTOR_NOW=2026-03-16 ok enrol list --due -f json
  json '.data[] | "\(.name) \(.contact_on)"' "Ann 2026-03-16"
  mentor enrol decline ann@example.org >/dev/null
  ok enrol list --due --fields name
  assert_output Ann
  ok enrol set ann@example.org --contact-on 2026-05-01
  ok enrol list --due -f json
  json '.data | length' 0
}

@test "cohort status says who waits while there is a place, and the command that takes the first" {
  with_people
  mentor enrol wait p4 p3 >/dev/null
  ok cohort status -f json
  json '.data.todo[] | select(.what | test("wait,")) | "\(.count) \(.what): \(.command)"' "2 2 mentees wait, and there is a place: mentor enrol accept p4"
  mentor cohort set spring --mentees-max 0 >/dev/null
  ok cohort status -f json
  json '[.data.todo[] | select(.what | test("wait,"))] | length' 0
}
