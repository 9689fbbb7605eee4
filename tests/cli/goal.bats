#!/usr/bin/env bats
# goal.bats: what each of a pair would value from the other, with the real program.
bats_require_minimum_version 1.5.0
load helpers

@test "goal add takes a side or a person, once" {
  with_pairs
  ok goal add m1 --for mentor --text "To hear how budgets are decided"
  assert_output "added goal g1 To hear how budgets are decided"
  before=$(fingerprint)
  ok goal add m1 --for amira@example.org --text "To hear how budgets are decided"
  assert_output "unchanged goal g1 To hear how budgets are decided"
  assert_equal "$(fingerprint)" "$before"
  ok goal add m1 --for p3 --text "Frankness" --dry-run
  ok goal add m1 --for p3 --text "Frankness"
  ok goal list -f json
  json '[.data[] | "\(.id) \(.side) \(.name) \(.state)"] | join("; ")' "g2 mentee Clara open; g1 mentor Amira open"
  ok goal list --side mentor --pair m1 -f json
  json '.data | length' 1
}

@test "goal add refuses who is not of the pair, and a pair that is not told yet" {
  with_people
  mentor match propose >/dev/null
  fails 5 goal add m1 --for mentor --text x
  mentor match publish >/dev/null
  fails 3 goal add m1 --for david@example.org --text x
  fails 4 goal add m1 --for nobody@example.org --text x
  fails 4 goal add m9 --for mentor --text x
  fails 2 goal add m1 --text x
  ok goal list
  assert_output ""
}

@test "a goal is reached, dropped and taken up again; the report counts it and never shows it" {
  with_pairs
  mentor goal add m1 --for mentor --text "To hear how budgets are decided" >/dev/null
  mentor action add --pair m1 --text "Meet the treasurer" --due 2026-03-01 >/dev/null
  ok goal done g1 --outcome "Sat in on it"
  assert_output "done goal g1 To hear how budgets are decided"
  fails 5 goal drop g1 --reason time
  ok goal reopen g1
  ok goal drop g1 --reason time
  ok goal set g1 --text "To hear how money is spent"
  ok report show actions -f json
  json '[.data.work[] | "\(.what) \(.whose) \(.open) \(.overdue) \(.done) \(.dropped)"] | join("; ")' "goals mentor 0 0 0 1; actions pair 1 1 0 0"
  refute_output --partial money
  refute_output --partial treasurer
}

@test "cohort status says which pair has no goals where others have, and which goals are left open" {
  with_pairs
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  ok cohort status
  refute_output --partial goal
  mentor goal add m1 --for mentor --text "To hear" >/dev/null
  ok cohort status
  assert_line --partial "1 pair has no goals yet, and others have"
  assert_line --partial "mentor goal add m2 --for mentor --text TEXT"
  ok goal add m2 --for mentor --text TEXT
  ok cohort status
  refute_output --partial "no goals yet"
  mentor cohort finish --yes >/dev/null
  ok cohort status
  assert_line --partial "2 goals are neither reached nor dropped"
  assert_line --partial "mentor goal done g1"
}
