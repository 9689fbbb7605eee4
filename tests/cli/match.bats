#!/usr/bin/env bats
# match.bats: proposing, explaining, publishing and ending pairs with the real program.
bats_require_minimum_version 1.5.0
load helpers

with_proposal() {
  with_people
  mentor match propose >/dev/null
}

@test "match propose prints pairs, people left over and the numbers" {
  with_people
  person eve Parks mentor
  ok match propose -f json
  json .schema mentor.match.propose/1
  json '.data.pairs | length' 2
  json '.data.pairs[] | select(.mentor_name == "Amira") | .mentee_name' Clara
  json '.data.summary | "\(.mentors) \(.mentees) \(.pairs) \(.mentors_left)"' "3 2 2 1"
  json '.data.left | length' 1
  json '.data.left[0].why' "the rules allow 1 of 2 mentees, with no place left"
}

@test "match propose shows names, scores and people left over to people, and what to do next" {
  with_people
  person eve Parks mentor
  ok match propose -f table
  assert_line --regexp '^change +pair +mentor +mentee +score +% of full marks$'
  assert_line --regexp '^added +m1 +Amira +Clara +0 +0$'
  assert_line "Left over"
  assert_line --regexp '^pairs the rules allow +3$'
  refute_line --regexp 'points together'
  local left
  left=$(mentor match propose -f json | jq -r '.data.left[0].person')
  assert_equal "$(tail -3 <<<"$output")" "Why these two: mentor match explain m1
Why someone is left over: mentor match explain $left
Nothing counts yet; when the pairs are right: mentor match publish"
}

@test "match propose says how good a pair is in per cent of the best there could be" {
  with_people
  for name in amira ben clara david; do
    id=$(sqlite3 "$MENTOR_DB" "SELECT e.id FROM enrolment e JOIN person p ON p.id = e.person_id WHERE p.email = '$name@example.org'")
    sqlite3 "$MENTOR_DB" "INSERT INTO answer (enrolment_id, question, position, value) VALUES ($id, 'topics', 1, 'faith')"
  done
  ok match propose -f json
  json '[.data.pairs[] | "\(.score) \(.percent)"] | unique | join(",")' "5000 83"
  json '.data.summary | "\(.score) \(.percent)"' "10000 83"
}

@test "match propose with an empty side says what to do" {
  with_cohort
  person amira Housing mentor
  ok match propose -f table
  assert_line "One side is still empty; to accept people: mentor enrol list --state applied"
  refute_output --partial "Nothing counts yet"
}

@test "match propose shows no progress when standard error is no terminal" {
  with_people
  run --separate-stderr mentor match propose
  assert_equal "$stderr" ""
}

@test "proposing twice says unchanged and changes nothing" {
  with_proposal
  before=$(fingerprint)
  ok match propose -f json
  json '[.data.pairs[].change] | unique | join(",")' unchanged
  assert_equal "$(fingerprint)" "$before"
}

@test "a dry run of match propose stores nothing" {
  with_people
  before=$(fingerprint)
  ok match propose --dry-run -f json
  json .dry_run true
  json '.data.pairs | length' 2
  assert_equal "$(fingerprint)" "$before"
}

@test "the order in which people were added does not change the pairs" {
  people=(amira:Housing:mentor ben:Parks:mentor eve:Adults:mentor clara:Parks:mentee david:Housing:mentee fay:Adults:mentee)
  for order in "0 1 2 3 4 5" "5 4 3 2 1 0" "3 0 4 1 5 2"; do
    rm -f "$MENTOR_DB"
    with_cohort
    for i in $order; do
      IFS=: read -r name directorate role <<<"${people[i]}"
      person "$name" "$directorate" "$role"
    done
    ok match propose -f json
    pairs=$(jq -c '[.data.pairs[] | [.mentor_name, .mentee_name]] | sort' <<<"$output")
    assert_equal "$pairs" "${first:=$pairs}"
  done
}

@test "match list selects by state" {
  with_proposal
  ok match list -f json --state proposed
  json '.data | length' 2
  ok match list -f json --state active
  json '.data | length' 0
  ok match list -f csv --fields id,mentor_name,state
  assert_line --index 1 m1,Amira,proposed
}

@test "match publish makes pairs active, and a second time there is nothing to do" {
  with_proposal
  ok match publish
  assert_line "published pair m1 Amira and Clara"
  ok match list -f json
  json '[.data[] | "\(.state) \(.published_on)"] | unique | join(",")' "active 2026-03-02"
  before=$(fingerprint)
  ok match publish -f json
  json '.data | length' 0
  assert_equal "$(fingerprint)" "$before"
}

@test "match publish refuses everything when one pair breaks a rule since" {
  with_proposal
  mentor person set clara@example.org --directorate Housing >/dev/null
  before=$(fingerprint)
  fails 5 match publish
  assert_equal "$(head -1 <<<"$stderr")" \
    "mentor: match publish: m1 (Amira and Clara) cannot be published: it breaks the rule other-directorate: the same directorate: Housing"
  assert_equal "$(fingerprint)" "$before"
}

@test "match end is without fault, free for both and done once" {
  with_proposal
  fails 5 match end m1
  mentor match publish >/dev/null
  ok match end m1 --reason "moved away"
  assert_line "ended pair m1 Amira and Clara"
  ok match end m1
  assert_line "unchanged pair m1 Amira and Clara"
  ok match list -f json --state ended
  json '.data[0] | "\(.ended_on) \(.reason)"' "2026-03-02 moved away"
  ok match propose -f json # the two are not put together again
  json '.data.pairs | length' 0
  json '.data.summary.mentors_left' 1
}

@test "a pair that is not there is not found" {
  with_people
  fails 4 match explain m9
  fails 4 match end m9
}

@test "in a combination programme each pair has the arrangement that both want" {
  with_harbour
  ok match propose -f json
  json '[.data.pairs[] | "\(.change) \(.mentor_name) \(.mentee_name) \(.percent)"] | join(",")' "added Ann Ben 100"
  ok match list -f json
  json '.data[0].arrangement' reciprocal
  ok match list --arrangement reverse -f json
  json '.data | length' 0
  ok match explain m1
  assert_line --partial "By what the two said they work together in a reciprocal pair"
  assert_line --partial "arrangement: either fits reciprocal"
  assert_line --partial "grade: Officer is 2 steps below Director"
  assert_line --partial "meeting: anywhere fits Online"
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
  ok contract export m1
  assert_line --partial "We work as partners"
}

@test "who is not senior enough is left over, and that is explained" {
  with_harbour
  mentor match propose >/dev/null
  ok match explain cat@example.org -f json
  json '[.data.ruled_out[] | select(.rule == "above") | "\(.removed) \(.only)"] | join(",")' "1 1"
  mentor person set cat@example.org --grade Wizard >/dev/null
  ok match explain cat@example.org
  assert_line --partial "The rule above compares grade, and Wizard of Cat is none of the programme's grades"
  mentor person set cat@example.org --grade director >/dev/null
  ok match propose -f json
  json '.data.summary | "\(.pairs) \(.mentees_left)"' "2 0" # the mentor has two places
  ok match list -f json
  json '[.data[] | "\(.mentee_name) \(.arrangement)"] | sort | join(",")' "Ben reciprocal,Cat reverse"
}
