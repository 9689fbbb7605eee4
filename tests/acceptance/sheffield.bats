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

# The example's programme with one published pair, m1: Lea of a charity, and Max of a hospital. Their contract is drafted.
with_leaders() {
  with_store
  mentor programme import "$EXAMPLES/sheffield/programme.yaml" >/dev/null
  mentor cohort add wave-1 --programme sheffield --starts-on 2026-06-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  mentor person add --name Lea --email lea@example.org --organisation "Hilltop Advice" >/dev/null
  mentor person add --name Max --email max@example.org --organisation "City Hospital" >/dev/null
  mentor enrol add lea@example.org --role mentor >/dev/null
  mentor enrol add max@example.org --role mentee >/dev/null
  for name in lea max; do
    mentor enrol confirm $name@example.org --all >/dev/null
    mentor enrol accept $name@example.org >/dev/null
  done
  mentor match propose >/dev/null
  mentor cohort settle select --evidence "Decisions of the panel" >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
}

@test "H5: the two decide what support, feedback and information each would value from the other" {
  with_leaders
  ok contract export m1 # room for both, before the initial meeting
  assert_output --partial $'What support, feedback and information I would value from you\n\nLea: ___'
  ok contract say m1 support --mentor "Feedback after I have spoken" "How a budget is made"
  ok contract say m1 support --mentee "What people hear when we speak"
  ok contract say m1 goals --mentor "I speak without rehearsing"
  ok contract terms m1 -f json
  json '[.data[] | select(.term == "support" or .term == "goals") | "\(.term) \(.name): \(.said)"] | join("\n")' \
    "support Lea: Feedback after I have spoken
support Lea: How a budget is made
support Max: What people hear when we speak
goals Lea: I speak without rehearsing
goals Max: null"
  for format in text md html; do
    ok contract export m1 -f $format
    for line in "Feedback after I have spoken" "How a budget is made" "What people hear when we speak" "I speak without rehearsing"; do
      assert_output --partial "$line"
    done
  done
  ok contract sign m1 --mentor --mentee
  ok contract show m1 -f json
  json '.data | "\(.standing) \(.text | contains("Lea:\n- Feedback after I have spoken\n- How a budget is made\nMax: What people hear when we speak\n"))"' \
    "in-force true"
}

@test "H10: how far each takes part in the other's meetings is agreed from the outset, in writing, each way" {
  with_leaders
  ok contract export m1
  assert_output --partial $'How far you take part in my meetings\nLea:\n☐ You speak and ask like everybody else\n☐'
  assert_output --partial "We are taking part, not looking on"
  ok contract terms m1 -f json
  json '[.data[] | select(.term == "part") | .side] | join(" ")' "mentor mentee"
  json '[.data[] | select(.term == "part").choices[]] | unique | length' 3
  for looking_on in observe "You observe" "You look on"; do # participants are not observers
    fails 3 contract say m1 part --mentor "$looking_on"
  done
  fails 2 contract say m1 part "You lead an item with me" # the two directions differ
  ok contract say m1 part --mentor "You bring an item of your own"
  ok contract say m1 part --mentee "You lead an item with me"
  ok contract say m1 heard --mentor "I ask for your view first"
  ok contract export m1
  assert_output --partial $'How far you take part in my meetings\nLea: You bring an item of your own\nMax: You lead an item with me'
  assert_output --partial "Lea: I ask for your view first"
  ok contract sign m1 --mentor --mentee
  # Agreed otherwise later: both sign again, and what they had signed holds until then.
  fails 5 contract say m1 part --mentor "You lead an item with me"
  ok contract amend m1
  ok contract say m1 part --mentor "You lead an item with me"
  ok contract list -f json
  json '[.data[] | "\(.version) \(.standing)"] | join(", ")' "1 in-force, 2 proposed"
  ok contract sign m1 --mentor --mentee
  ok contract show c1 -f json
  json '.data | "\(.standing) \(.text | contains("Lea: You bring an item of your own"))"' "replaced true"
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
  mentor cohort start wave-1 --override "Settled on paper" >/dev/null
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

# Five applications of community leaders with what they say of benefits and resources; leader 5 has not read the information.
with_applications() {
  local n read=Yes
  with_store
  mentor programme import "$EXAMPLES/sheffield/programme.yaml" >/dev/null
  mentor cohort add wave-1 --programme sheffield --starts-on 2026-06-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  {
    echo "ID,Completion time,Your e-mail address,Your name,Which organisation do you come from?,What is your role there?,As whom would you take\
 part?,Do you hold that position at present?,Have you read the participant information?,What would taking part do for you?,What would it do for\
 your organisation and those you work with?,\"What would you need in order to take part (travel, cover, interpreting, childcare)?\",Which\
 matters concern you most?"
    for n in 1 2 3 4 5; do
      if [ $n = 5 ]; then read=No; fi
      echo "$n,01/03/2026 09:0$n,leader$n@example.org,Leader $n,Charity $n,Director,\"Leader of a voluntary, community or faith organisation\",Yes,$read\
,I would learn $n,We would be heard $n,Cover for $n days,Health inequality;"
    done
  } >applications.csv
  mentor enrol import applications.csv >/dev/null
}

@test "H3: applications state benefits and resources, are scored on them, and the best get the places of the wave; the rest wait" {
  with_applications
  {
    echo "email,assessor,benefit-person,benefit-organisation,resources"
    for assessor in Odile Ravi; do
      for n in 1 2 3 4 5; do echo "leader$n@example.org,$assessor,$((6 - n)),4,3"; done
    done
  } >scores.csv
  ok enrol score --file scores.csv -f json
  json '[.data[] | select(.change == "scored")] | length' 10
  ok enrol show leader2@example.org -f json
  json '.data.criteria[] | "\(.criterion) \(.average): \(.answer)"' "benefit-person 4: I would learn 2
benefit-organisation 4: We would be heard 2
resources 3: Cover for 2 days"
  ok enrol scores --role mentor -f json
  json '[.data[] | "\(.place) \(.name) \(.complete)"] | join(", ")' \
    "1 Leader 1 true, 2 Leader 2 true, 3 Leader 3 true, 4 Leader 4 true, 5 Leader 5 true"
  # By hand: weights 5, 5 and 1, at most 55: 25 + 20 + 3 = 48, 87.27 per cent.
  json '.data[0] | "\(.assessors) \(.average) \(.spread)"' "2 87.27 0"
  chosen=$(mentor enrol scores --role mentor --fields email | head -n 3)
  rest=$(mentor enrol scores --role mentor --fields email | tail -n 2)
  # shellcheck disable=SC2086 # words on purpose
  MENTOR_ACTOR=odile ok enrol accept $chosen --reason "The benefit is clearest"
  # shellcheck disable=SC2086 # words on purpose
  MENTOR_ACTOR=odile ok enrol wait $rest --reason "For the next wave"
  ok enrol list -f json
  json '[.data[] | "\(.name) \(.state) \(.rank) \(.cohort) \(.decided_by)"] | join(", ")' \
    "Leader 1 accepted null wave-1 odile, Leader 2 accepted null wave-1 odile, Leader 3 accepted null wave-1 odile, Leader 4 waiting 1 wave-1 odile, Leader 5 waiting 2 wave-1 odile"
}

@test "H4: that the participant information was read before applying is recorded with its date" {
  with_applications
  ok enrol show leader1@example.org -f json
  json '.data.statements[] | select(.name == "information") | "\(.value) \(.on) \(.source): \(.text)"' \
    "true 2026-03-01 application: I have read the participant information and know what to expect"
  fails 5 enrol accept leader5@example.org
  [[ $stderr == *"Leader 5 says no to 'information'"* ]]
  ok enrol confirm leader5@example.org information --on 2026-03-02
  ok enrol show leader5@example.org -f json
  json '.data.statements[] | select(.name == "information") | "\(.value) \(.on) \(.source)"' "true 2026-03-02 by-hand"
  ok enrol accept leader5@example.org
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol add eve@example.org --role mentee >/dev/null # by letter
  ok cohort status -f json
  json '[.data.todo[] | select(.what | contains("not stated all")).count] | add' 6 # all but the form asks for more
  ok enrol confirm eve@example.org --all
  ok enrol show eve@example.org -f json
  json '[.data.statements[] | select(.value | not)] | length' 0
}
