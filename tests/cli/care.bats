#!/usr/bin/env bats
# care.bats: check-ins, lessons and remarks with the real program: for whom each is, and for whom it is not.
bats_require_minimum_version 1.5.0
load helpers

# The cohort runs since 2 March; mentors are asked every six weeks, as the example says.
running() {
  with_pairs
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
}

@test "checkin plan says who is to be asked next, and cohort status names the command" {
  running
  ok checkin plan -f json
  json '[.data[] | "\(.person) \(.check_in) \(.due_on) \(.state)"] | join("; ")' "p1 wellbeing 2026-04-13 later; p2 wellbeing 2026-04-13 later"
  ok checkin plan --due
  assert_output ""
  export MENTOR_NOW=2026-04-14
  ok cohort status
  assert_line --partial "2 check-ins are due"
  assert_line --partial "mentor checkin add p1"
  ok checkin add p1
  assert_output "added checkin k1 Amira"
  ok cohort status
  assert_line --partial "mentor checkin add p2"
  export MENTOR_NOW=2026-05-01
  ok checkin plan --due -f json
  json '[.data[] | "\(.person) \(.state) \(.last_on)"] | join("; ")' "p2 escalated null"
  ok cohort status
  assert_line --partial "1 check-in has been missing for long"
}

@test "checkin add records words of the programme, and nothing else" {
  running
  ok checkin add amira@example.org --feeling some-strain --considered Signposting --considered Advice --signposted employee-assistance
  before=$(fingerprint)
  ok checkin add amira@example.org --feeling some-strain --considered "Signposting;Advice" --signposted employee-assistance
  assert_output "unchanged checkin k1 Amira"
  assert_equal "$(fingerprint)" "$before"
  fails 5 checkin add amira@example.org --feeling well
  fails 3 checkin add ben@example.org --considered Anything
  fails 3 checkin add ben@example.org --signposted nothing
  fails 5 checkin add ben@example.org --note "What was said"
  assert_equal "$(sed -n 1p <<<"$stderr")" "mentor: checkin add: the programme keeps no notes (privacy.record)"
  fails 3 checkin add ben@example.org --date 2026-03-03
  fails 4 checkin add nobody@example.org
  fails 2 checkin add ben@example.org --feeling sad
  ok checkin show k1 -f json
  json '.data | "\(.kind) \(.check_in) \(.feeling) \(.considered | join("+")) \(.signposted)"' \
    "check-in wellbeing some-strain Signposting+Advice employee-assistance"
  ok checkin set k1 --feeling well
  assert_output "changed checkin k1 Amira"
}

@test "a programme that keeps notes takes one" {
  sed 's/^  record: minimal/  record: full/' "$EXAMPLES/manchester/programme.yaml" >full.yaml
  grep -q "record: full" full.yaml || echo "privacy: { record: full }" >>full.yaml
  with_store
  mentor programme import full.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  ok checkin add p1 --note "Tired, asks for a later hour"
  ok checkin show k1 -f json
  json .data.note "Tired, asks for a later hour"
}

@test "support for one and for a group, and who needs it" {
  running
  ok checkin add amira@example.org ben@example.org --kind group
  assert_line "added checkin k2 Ben"
  ok checkin add amira@example.org --feeling needs-support
  ok cohort status
  assert_line --partial "1 person who takes part needs support"
  assert_line --partial "mentor checkin add p1 --kind individual"
  ok checkin add p1 --kind individual
  ok cohort status
  refute_output --partial "needs support"
  ok checkin list --kind group -f json
  json '.data | length' 2
}

@test "no report shows how anybody is; care counts, for the team alone, and names nobody" {
  local pattern
  running
  mentor checkin add amira@example.org --feeling needs-support --considered Advice >/dev/null
  while read -r name; do
    for format in json plain csv html; do
      mentor report show "$name" -f $format >out 2>refused || [ $? = 5 ] # one may not be for this programme
      case $name in
      care) pattern='amira|p1\b|Advice' ;;
      evidence) pattern='amira|p1\b|Advice|needs.support|some.strain' ;; # says that there were check-ins
      *) pattern='needs-support|some-strain|check-in|Advice' ;;
      esac
      run grep -ciE "$pattern" out
      assert_output 0
    done
  done < <(mentor report list --fields name)
  fails 5 report show care --for board
  fails 5 report show care --for public
}

@test "a lesson is recorded, taken up by the next cohort, and reported without names" {
  running
  ok lesson add --kind went-well --source debrief --text "The briefing for mentors"
  assert_output "added lesson l1 The briefing for mentors"
  ok lesson add --kind went-well --source debrief --text "The briefing for mentors"
  assert_output "unchanged lesson l1 The briefing for mentors"
  ok lesson add --text "Begin later in the year"
  fails 3 lesson add --text "Amira spoke too long"
  fails 2 lesson add
  mentor cohort finish --yes --now 2026-10-01 >/dev/null
  export MENTOR_NOW=2026-10-05
  ok cohort roll autumn -c spring
  ok cohort status autumn
  assert_line --partial "2 lessons of the cohort before wait to be taken up"
  assert_line --partial "mentor lesson done l1"
  assert_line --partial "Begin later in the year"
  ok lesson list --before -c autumn -f json
  json '[.data[].text] | join("; ")' "The briefing for mentors; Begin later in the year"
  ok lesson done l2 --outcome "Starts in November"
  ok lesson drop l1 --reason "There is no briefing any more"
  ok cohort status autumn
  refute_output --partial "wait to be taken up"
  ok report show lessons -c spring -f json
  json '[.data.lessons[] | "\(.kind) \(.state)"] | join("; ")' "went-well dropped; suggestion done"
  fails 2 lesson list --before --kind suggestion -c autumn
}

@test "remarks are quoted as far as consent goes, and not at all once withdrawn" {
  running
  ok remark add amira@example.org --text "I was heard"
  ok remark add ben@example.org --scope inside --text "It was hard work"
  ok remark add clara@example.org --scope published --text "My eyes were opened"
  ok remark add david@example.org --scope published --named yes --text "I would do it again"
  ok remark add david@example.org --scope published --named yes --text "I would do it again"
  assert_output "unchanged remark r4 I would do it again"
  fails 3 remark add ben@example.org --named yes --text x
  fails 4 remark add nobody@example.org --text x
  ok report show remarks --for public -f json
  json '[.data.remarks[] | "\(.said_by): \(.text)"] | join("; ")' "David: I would do it again; somebody who took part: My eyes were opened"
  ok report show remarks -f json
  json '.data.remarks | length' 3
  ok remark set r4 --named no
  ok report show remarks
  refute_output --partial David
  ok remark withdraw r3
  assert_output --partial "withdrawn remark r3"
  ok remark withdraw r3
  assert_output --partial "unchanged remark r3"
  ok report show remarks
  refute_output --partial "My eyes were opened"
  run grep -c "My eyes were opened" "$MENTOR_DB"
  assert_output 0
  fails 5 remark set r3 --scope published
}
