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
    sqlite3 "$MENTOR_DB" "INSERT INTO answer (enrolment_id, question, value) VALUES ($id, 'topics', 'faith')"
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
  ok match end m1 --reason moved
  assert_line "ended pair m1 Amira and Clara"
  ok match end m1
  assert_line "unchanged pair m1 Amira and Clara"
  ok match list -f json --state ended
  json '.data[0] | "\(.ended_on) \(.reason)"' "2026-03-02 moved"
  ok match propose -f json # the two are not put together again
  json '.data.pairs | length' 0
  json '.data.summary.mentors_left' 0 # and nobody is sought for who has not asked
  ok match end m1 --replacement both
  assert_line "changed pair m1 Amira and Clara"
  ok match propose -f json
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

# ---- whom people would like, and whom never ----

@test "match prefer keeps a list in order, replaces it, and takes it back" {
  with_people
  ok match prefer amira@example.org david@example.org clara@example.org
  assert_output "changed person p1 Amira"
  ok match preferences -f json
  json '[.data[] | "\(.name) \(.rank) \(.other_name)"] | join(",")' "Amira 1 David,Amira 2 Clara"
  ok match prefer amira@example.org david@example.org clara@example.org
  assert_output "unchanged person p1 Amira"
  before=$(fingerprint)
  ok match prefer amira@example.org clara@example.org --dry-run
  assert_equal "$(fingerprint)" "$before"
  fails 3 match prefer amira@example.org ben@example.org
  [[ $stderr == *"Ben is on the same side as Amira"* ]]
  fails 2 match prefer amira@example.org
  fails 2 match prefer amira@example.org clara@example.org --clear
  ok match prefer amira@example.org --clear
  assert_output "cleared person p1 Amira"
  ok match preferences -f json
  json '.data | length' 0
}

@test "match avoid is confidential: no list, proposal or explanation gives away who asked, or why" {
  with_people
  mentor match propose >/dev/null
  ok match avoid clara@example.org amira@example.org --reason "An old quarrel"
  assert_output "added avoidance Clara and Amira"
  ok match avoid clara@example.org amira@example.org
  assert_output "unchanged avoidance Clara and Amira"
  fails 5 match publish
  [[ $stderr == *"it breaks the rule available: not available"* ]]
  for call in "explain m1" "explain clara@example.org" "explain amira@example.org" "propose" "list" "preferences" "blocks" "proposals"; do
    for format in json table csv; do
      # shellcheck disable=SC2086
      ok match $call -f $format
      refute_output --partial quarrel
      refute_output --partial avoid
      refute_output --partial '"said_by"'
    done
  done
  ok match list -f json --state proposed
  json '[.data[].mentor_name] | join(",")' Ben
  ok match avoidances -f table
  assert_line --regexp '^p3 +Clara +p1 +Amira +person +An old quarrel$'
  assert_line "In confidence, for the running team only: do not pass it on"
  ok match avoid clara@example.org amira@example.org --off
  assert_output "removed avoidance Clara and Amira"
  ok match avoid clara@example.org amira@example.org --off
  assert_output "unchanged avoidance Clara and Amira"
  ok match propose -f json
  json '.data.pairs | length' 2
}

# ---- by hand ----

# with_choice: everybody in a directorate of his or her own, so that any two can be a pair.
with_choice() {
  with_cohort
  person amira Housing mentor
  person ben Parks mentor
  person clara Adults mentee
  person david Children mentee
}

@test "match add proposes a pair by hand, pinned, and others make way" {
  with_choice
  mentor match propose >/dev/null
  other=$(mentor match list -f json | jq -r '.data[] | select(.mentor_name == "Amira") | if .mentee_name == "Clara" then "david" else "clara" end')
  ok match add amira@example.org "$other@example.org" -f json
  json '[.data[].change] | join(",")' "added,removed,removed"
  ok match propose -f json
  json '.data.pairs | length' 2
  json '.data.summary.pinned' 1
  pinned=$(mentor match list --pinned yes -f json | jq -r '.data[0].id')
  ok match pin "$pinned"
  assert_output --partial "unchanged pair $pinned"
  ok match pin amira@example.org "$other@example.org" --off
  assert_output --partial "unpinned pair $pinned"
  ok match pin "$pinned"
  assert_output --partial "pinned pair $pinned"
  ok match add amira@example.org "$other@example.org" --off -f json
  json '.data[0].change' removed
  ok match add amira@example.org "$other@example.org" --off -f json
  json '.data | length' 0
  fails 4 match pin amira@example.org "$other@example.org"
  [[ $stderr == *"mentor match add"* ]]
}

@test "match add against a hard rule names every rule, and with a reason keeps it" {
  with_people
  fails 5 match add amira@example.org david@example.org
  [[ $stderr == *"it breaks the rule other-directorate: the same directorate: Housing"* ]]
  [[ $stderr == *"--override REASON"* ]]
  ok match add amira@example.org david@example.org --override "They share a project" -f table
  assert_line "Mind: it breaks the rule other-directorate: the same directorate: Housing"
  ok match propose -f json
  json '[.data.pairs[] | "\(.change) \(.mentor_name) \(.mentee_name)"] | .[0]' "unchanged Amira David"
  ok match publish
  ok match list -f json
  json '.data[] | select(.mentor_name == "Amira") | "\(.state) \(.override)"' "active They share a project"
}

@test "match block keeps two apart until it is taken back" {
  with_people
  ok match block clara@example.org amira@example.org
  assert_output "added block Clara and Amira"
  ok match block amira@example.org clara@example.org
  assert_output "unchanged block Amira and Clara"
  ok match propose -f json
  json '[.data.pairs[].mentor_name] | join(",")' Ben
  ok match blocks -f json
  json '.data[0] | "\(.name) \(.other_name) \(.blocked_by)"' "Clara Amira admin"
  ok match block amira@example.org clara@example.org --off
  assert_output "removed block Amira and Clara"
  ok match propose -f json
  json '.data.pairs | length' 2
}

# ---- methods and objectives ----

@test "match propose --compare lays the methods side by side and stores nothing" {
  with_people
  before=$(fingerprint)
  ok match propose --compare -f json
  json '[.data.methods[] | "\(.method) \(.objective) \(.pairs)"] | join(",")' "best total 2,best worst-off 2,best mentors-choices 2,stable total 2"
  json '.data.pairs | length' 0
  assert_equal "$(fingerprint)" "$before"
  fails 2 match propose --compare --name first
}

@test "match propose --verify says what has been proved" {
  with_people
  ok match propose --verify --objective worst-off -f json
  json '.data.certificate | length' 5
  json '.data.certificate[2].text' "No choice has more pairs"
  json '.data.summary | "\(.method) \(.objective)"' "best worst-off"
  ok match propose --verify --method stable -f json
  json '.data.certificate[2].text' "No two people who are not paired would both rather have each other: every pair that the rules allow was tried"
  ok match propose -f json
  json '.data.certificate | length' 0
}

@test "mentors' choices come before points where that is asked for" {
  with_choice
  chosen=$(mentor match propose -f json | jq -r '.data.pairs[] | select(.mentor_name == "Amira") | .mentee_name')
  other=$([ "$chosen" = Clara ] && echo David || echo Clara)
  mentor match prefer amira@example.org "${other,}@example.org" >/dev/null
  ok match propose --objective mentors-choices -f json
  json '.data.pairs[] | select(.mentor_name == "Amira" and .change != "removed") | .mentee_name' "$other"
}

@test "proposals are kept, listed, compared and taken back" {
  with_choice
  ok match propose --name first
  ok match propose --name first
  chosen=$(mentor match list -f json | jq -r '.data[] | select(.mentor_name == "Amira") | .mentee_name')
  mentor match block amira@example.org "${chosen,}@example.org" >/dev/null
  mentor match propose --name second >/dev/null
  ok match proposals -f json
  json '[.data[] | "\(.name) \(.method) \(.objective) \(.pairs) \(.made_by)"] | join(",")' "first best total 2 admin,second best total 2 admin"
  ok match compare first second -f json
  json '[.data[] | select(.mentor_name == "Amira") | .in] | join(",")' "first,second"
  ok match compare second current -f json
  json '.data | length' 0
  refused 5 match use first
  mentor match block amira@example.org "${chosen,}@example.org" --off >/dev/null
  ok match use first -f json
  json '[.data[] | select(.change == "added")] | length' 2
  ok match compare first current -f json
  json '.data | length' 0
  ok match use first -f json
  json '[.data[].change] | unique | join(",")' unchanged
  fails 4 match use third
}

@test "a shuffled file of applications gives the same pairs" {
  header="ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,\
What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?"
  directorates=(Housing Parks Adults)
  topics=("Language and culture;" "Faith and belief;" "Getting on at work;Language and culture;" "Disability and health;Faith and belief;")
  for n in {1..20}; do
    role=$([ $((n % 2)) = 0 ] && echo "I would like to mentor a senior leader" || echo "I would like to be mentored")
    echo "$n,01/03/2026 09:00,p$n@example.org,Person $n,$role,${directorates[n % 3]},,Grade 6,,${topics[n % 4]},Online"
  done >rows
  for order in 1 2 3; do
    rm -f "$MENTOR_DB"
    with_cohort
    { echo "$header"; shuf --random-source=<(yes "$order") rows; } >applications.csv
    mentor enrol import applications.csv >/dev/null
    # shellcheck disable=SC2046
    mentor enrol accept $(printf 'p%d@example.org ' {1..20}) >/dev/null
    ok match propose -f json
    pairs=$(jq -c '[.data.pairs[] | [.mentor_name, .mentee_name]] | sort' <<<"$output")
    assert_equal "$pairs" "${first:=$pairs}"
  done
}
