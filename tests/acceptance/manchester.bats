#!/usr/bin/env bats
# manchester.bats: the facts of a city council's reverse mentoring that hold already; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# applicants N ROLE: writes N applications for one side as applicants.csv: ROLE1@example.org, ROLE2@example.org ...
applicants() {
  local n answer="I would like to mentor a senior leader"
  [ "$2" = mentor ] || answer="I would like to be mentored"
  {
    echo "ID,Start time,Completion time,Email,Name,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate\
 do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How\
 would you like to meet?,What do you hope for?"
    for ((n = 1; n <= $1; n++)); do
      echo "$2-$n,1/3/2026 10:00:00,1/3/2026 10:04:00,anonymous,,$2$n@example.org,$2 number $n,$answer,Parks,,Grade 5,,,,"
    done
  } >applicants.csv
}

@test "M6: going past the limit is refused unless overridden with a reason, on either side" {
  with_cohort
  for side in mentor mentee; do
    applicants 13 $side
    mentor enrol import applicants.csv >/dev/null
    # shellcheck disable=SC2046 # words on purpose
    mentor enrol accept $(printf "$side%d@example.org " {1..12}) >/dev/null
    fails 5 enrol accept ${side}13@example.org
    assert_equal "${stderr%%$'\n'*}" "mentor: enrol accept: the cohort has its 12 ${side}s already, without ${side} number 13"
    [[ $stderr == *"--override REASON"* ]]
    ok enrol list --role $side --state accepted -f json
    json '.data | length' 12
    MENTOR_ACTOR=sam ok enrol accept ${side}13@example.org --override "Covers for a colleague on leave until May"
    ok enrol show ${side}13@example.org -f json
    json '.data.enrolment | "\(.state) \(.decided_by): \(.reason)"' "accepted sam: (override: Covers for a colleague on leave until May)"
  done
}

@test "M6: the programme sets the limit" {
  with_store
  sed 's/^  mentors: 12/  mentors: 2/' "$EXAMPLES/manchester/programme.yaml" >small.yaml
  mentor programme import small.yaml >/dev/null
  mentor cohort add spring --programme manchester >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentor
  mentor person add --name Clara --email clara@example.org >/dev/null
  mentor enrol add clara@example.org --role mentor >/dev/null
  fails 5 enrol accept clara@example.org
  [[ $stderr == *"the cohort has its 2 mentors already"* ]]
}

# Two people in a published pair, m1, and no contract yet.
with_pair() {
  with_cohort
  person amira Housing mentor
  person david Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
}

@test "M10: a contract begins with the programme's usual terms: monthly, 6 months, 60 minutes, online or face to face" {
  with_pair
  ok contract draft m1
  ok contract show m1 -f json
  json '.data | "\(.state) \(.sessions) \(.minutes) \(.frequency) \(.mode) \(.starts_on) \(.ends_on)"' \
    "drafted 5 60 monthly either 2026-04-01 2026-09-30"
}

@test "M10: a pair agrees its own terms, within what the programme allows" {
  with_pair
  mentor contract draft m1 >/dev/null
  before=$(fingerprint)
  for terms in "--sessions 3" "--sessions 7" "--minutes 44" "--minutes 61" "--ends-on 2026-07-30" "--ends-on 2026-10-02"; do
    # shellcheck disable=SC2086 # words on purpose
    fails 5 contract draft m1 $terms
    [[ $stderr == *"the programme allows"* ]]
  done
  assert_equal "$(fingerprint)" "$before"
  for terms in "--sessions 4" "--sessions 6" "--minutes 45" "--minutes 60" "--ends-on 2026-07-31" "--ends-on 2026-10-01"; do
    # shellcheck disable=SC2086 # words on purpose
    ok contract draft m1 $terms
  done
  ok contract draft m1 --sessions 4 --minutes 45 --frequency "every six weeks" --mode in-person --place "Central Library" --ends-on 2026-08-01
  ok contract export m1 -f text
  for line in "- Number of sessions: 4" "- Length of a session: 45 minutes" "- How often we meet: every six weeks" "- How we meet: in person" \
    "- Where we meet: Central Library" "- First day: 1 April 2026" "- Last day: 1 August 2026"; do
    assert_line "$line"
  done
}

@test "M10: the contract states confidentiality under data-protection law and every ground rule" {
  with_pair
  mentor contract draft m1 >/dev/null
  ok contract export m1 -f text
  text=$(tr -s '\n ' ' ' <<<"$output")
  [[ $text == *"data-protection law"* ]]
  mentor programme show manchester -f json >programme.json
  assert_equal "$(jq '[.data.lines[] | select(.section == "contract" and .name == "ground_rules")] | length' programme.json)" 6
  jq -r '.data.lines[] | select(.section == "contract" and .name == "ground_rules").text' programme.json >rules
  while read -r rule; do
    [[ $text == *"- $rule"* ]] || fail "not in the contract: $rule"
  done <rules
}

@test "M10: both sign with a date, and what is signed stays" {
  with_pair
  mentor contract draft m1 >/dev/null
  MENTOR_NOW=2026-03-09 ok contract sign m1 --mentor
  ok contract show m1 -f json
  json '.data | "\(.state) \(.mentor_signed_on) \(.mentee_signed_on)"' "part-signed 2026-03-09 null"
  MENTOR_NOW=2026-03-11 ok contract sign m1 --mentee
  ok contract show m1 -f json
  json '.data | "\(.state) \(.mentor_signed_on) \(.mentee_signed_on)"' "signed 2026-03-09 2026-03-11"
  refused 5 contract draft m1 --sessions 6
  ok contract export m1 -f text
  assert_output --partial "9 March 2026"
  assert_output --partial "11 March 2026"
}

@test "M10: a signature is under the text that was printed, and what is agreed anew is signed anew by both" {
  with_pair
  mentor contract draft m1 >/dev/null
  paper=$(mentor contract export m1 -f html | grep -oE '[0-9a-f]{64}')
  ok contract say m1 hopes --mentor "A view I do not have"
  fails 5 contract sign m1 --mentor --hash "$paper"
  paper=$(mentor contract export m1 -f html | grep -oE '[0-9a-f]{64}')
  ok contract sign m1 --mentor --mentee --hash "$paper"
  ok contract amend m1 --place "Central Library"
  ok contract list -f json
  json '[.data[] | "\(.id) \(.standing) \(.state) \(.place)"] | join(", ")' "c1 in-force signed null, c2 proposed drafted Central Library"
  ok cohort close
  ok cohort status -f json
  json '[.data.todo[] | select(.what | contains("amendment")).command] | join(", ")' "mentor contract sign m1 --mentor, mentor contract sign m1 --mentee"
  MENTOR_NOW=2026-03-09 ok contract sign m1 --mentor --mentee
  ok contract history m1 -f json
  json '[.data[] | "\(.version) \(.event) \(.on) \(.name)"] | join("\n")' "1 drafted 2026-03-02 null
1 signed 2026-03-02 Amira
1 signed 2026-03-02 David
2 drafted 2026-03-02 null
2 signed 2026-03-09 Amira
2 signed 2026-03-09 David"
}

@test "M10: the printed contract has lines to sign on, the people to turn to, and loads nothing" {
  with_pair
  mentor contract draft m1 >/dev/null
  ok contract export m1 -f html
  assert_output --partial '<th scope="row">Amira (mentor)</th><td></td><td></td>'
  assert_output --partial '<th scope="row">David (mentee)</th><td></td><td></td>'
  assert_output --partial '@page{size:A4'
  assert_output --partial 'mentoring@irwell.example.org'
  refute_output --regexp '<(script|link|img|iframe)|(src|href)=|url\('
}

# The example's cohort with everybody accepted, so that its survey answers find their people.
with_example() {
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-03-02 >/dev/null
  mentor cohort open >/dev/null
  mentor enrol import "$EXAMPLES/manchester/applications.csv" >/dev/null
  mentor enrol list --fields email | xargs mentor enrol accept >/dev/null
}

@test "M17: mentees answer before and after, and the change is reported by question and aim" {
  with_example
  ok survey import mentee before "$EXAMPLES/manchester/surveys-before.csv"
  ok survey import mentee after "$EXAMPLES/manchester/surveys-after.csv"
  ok survey compare mentee -f json
  # Means by hand from the two files: 8 people, for the first question 19 and 29 points.
  json '.data.questions[] | select(.question == "understand") | "\(.n) \(.basis) \(.before) \(.after) \(.change)"' "8 paired 2.38 3.63 1.25"
  json '[.data.questions[].question] | join(" ")' "understand support informed talent"
  json '.data.aims[] | select(.aim == "insight") | "\(.questions) \(.change)"' "2 1.44"
  ok report show progress -f json
  json '[.data.outcomes[].change] == [1.25, 1.63, 1.63, 1]' true
}

@test "M17: what mentees learned, will do differently, link to objectives and otherwise say comes without names" {
  with_example
  mentor survey import mentee after "$EXAMPLES/manchester/surveys-after.csv" >/dev/null
  ok survey results mentee after --texts -f json
  json '[.data.questions[] | select(.kind == "text").question] | join(" ")' "learned differently objectives comments"
  json '[.data.texts[] | select(.question == "learned")] | length' 8
  json '[.data.texts[] | select(.question == "objectives")] | length' 5
  json '[.data.texts[] | select(.question == "comments")] | length' 0 # two people: too few
  refute_output --partial "@"
  for name in $(mentor enrol list --role mentee --fields name); do
    refute_output --partial "$name"
  done
}

@test "M17: mentors are not asked the mentees' questions" {
  with_example
  sed 's/margaret.fairweather@/amira.haddad@/' "$EXAMPLES/manchester/surveys-before.csv" >wrong.csv
  fails 3 survey import mentee before wrong.csv
  [[ $stderr == *'wrong.csv row 1 (line 2), "Your work e-mail address": this person is a mentor, and the survey asks mentees'* ]]
  ok survey list -f json
  json '[.data[].responses] | add' 0
}

@test "M4: the programme's four aims, linked to the organisation's plans, drive the survey and the report" {
  with_example
  ok programme show manchester -f json
  json '[.data.lines[] | select(.section == "aims" and (.name | endswith(".text"))).name | rtrimstr(".text")] | join(" ")' "talent stereotypes diversity insight"
  json '[.data.lines[] | select(.section == "aims" and .name == "diversity.plans").text] | join(", ")' "Talent plan, Workforce objective on retention"
  mentor survey import mentee before "$EXAMPLES/manchester/surveys-before.csv" >/dev/null
  mentor survey import mentee after "$EXAMPLES/manchester/surveys-after.csv" >/dev/null
  ok report show progress -f json
  json '[.data.aims[] | "\(.aim) \(.state) \(.questions)"] | join("; ")' \
    "talent measured 1; stereotypes measured 1; diversity not-measured 0; insight measured 2"
  json '.data.aims[] | select(.aim == "diversity").plans | join(", ")' "Talent plan, Workforce objective on retention"
  json '.data.aims[] | select(.aim == "talent").change' 1
}

@test "M7: mentors are selected against nine criteria, with scores of several assessors and who decided" {
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  applicants 3 mentor
  mentor enrol import applicants.csv >/dev/null
  criteria="knows-the-organisation wants-to-help-others-develop motivates-people has-lived-experience-to-share has-the-time
    listens-and-explains-well keeps-an-open-mind gets-things-done speaks-truth-to-power"
  for n in 1 2 3; do
    for assessor in Ines Femi; do
      points=$((n + 2))
      if [ "$n$assessor" = 3Femi ]; then points=1; fi # the two disagree
      # shellcheck disable=SC2046,SC2086 # words on purpose
      ok enrol score mentor$n@example.org $(printf "%s=$points " $criteria) --by $assessor
    done
  done
  ok enrol scores --role mentor -f json
  json '.data[] | "\(.place) \(.name): \(.assessors) \(.average) \(.spread) \(.complete)"' "1 mentor number 2: 2 80 0 true
2 mentor number 1: 2 60 0 true
3 mentor number 3: 2 60 80 true"
  ok enrol show mentor3@example.org -f json
  json '.data.criteria | length' 9
  json '.data.criteria[] | select(.criterion == "speaks-truth-to-power") | "\(.text): \(.n) \(.average) \(.lowest) \(.highest)"' \
    "Speaks truth to power: 2 3 1 5"
  MENTOR_ACTOR=ines ok enrol accept mentor2@example.org --reason "The best scores"
  MENTOR_ACTOR=ines ok enrol decline mentor3@example.org --reason "The assessors disagree"
  ok enrol list --fields name,state,decided_by,decided_on,reason -f json
  json '.data[] | select(.decided_by) | "\(.name) \(.state) \(.decided_by) \(.decided_on) \(.reason)"' \
    "mentor number 2 accepted ines 2026-03-02 The best scores
mentor number 3 declined ines 2026-03-02 The assessors disagree"
}

@test "M7: mentees confirm that they protect the time" {
  with_cohort
  applicants 2 mentee
  mentor enrol import applicants.csv >/dev/null
  ok cohort status -f json
  json '[.data.todo[] | select(.command == "mentor enrol confirm p1 --all").count] | add' 2
  ok enrol confirm mentee1@example.org time --on 2026-03-01
  ok enrol show mentee1@example.org -f json
  json '.data.statements[] | select(.name == "time") | "\(.kind) \(.value) \(.on): \(.text)"' \
    "confirms true 2026-03-01: I protect the time in my diary, and move other things first"
  mentor enrol confirm mentee2@example.org time --no >/dev/null
  fails 5 enrol accept mentee2@example.org
  [[ $stderr == *"mentee number 2 says no to 'time'"* ]]
}

@test "M8: line managers' support is asked for and recorded on both sides" {
  with_cohort
  for side in mentor mentee; do
    applicants 2 $side
    mentor enrol import applicants.csv >/dev/null
  done
  ok enrol list --support none -f json
  json '.data | length' 4
  ok enrol approve mentor1@example.org mentor2@example.org mentee1@example.org mentee2@example.org --asked
  MENTOR_NOW=2026-03-06 ok enrol approve mentor1@example.org mentee1@example.org --given --by "Lena Brandt"
  MENTOR_NOW=2026-03-06 ok enrol approve mentee2@example.org --refused --by "Lena Brandt" --reason "Leads a merger until June"
  ok enrol list -f json
  json '[.data[] | "\(.name) \(.support)"] | sort | join(", ")' \
    "mentee number 1 given, mentee number 2 refused, mentor number 1 given, mentor number 2 asked"
  ok enrol show mentee2@example.org -f json
  json '.data.support | "\(.asked_on) \(.answered_on) \(.by) \(.reason)"' "2026-03-02 2026-03-06 Lena Brandt Leads a merger until June"
  ok cohort status -f json
  json '.data.todo[] | select(.command | startswith("mentor enrol approve")) | "\(.what): \(.command)"' \
    "1 line manager has not answered: mentor enrol approve p2 --given"
}

@test "M9: mentors have some choice over their mentee: a shortlist with reasons, preferences that count, an answer before anything is published" {
  with_store
  sed "s/^matching:/matching:\n  mentors_choose: yes/" "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentor
  person clara Parks mentee
  person david Housing mentee amira # Amira is above David
  person eve Adults mentee
  ok match shortlist amira@example.org -k 3 -f json # neither her own line of management nor her own directorate
  json '[.data[].name] | join(" ")' "Clara Eve"
  json '[.data[].reasons | length > 0] | all' true
  ok match prefer amira@example.org eve@example.org
  ok match propose -f json
  amira=$(jq -r '.data.pairs[] | select(.mentor_name == "Amira") | .pair' <<<"$output")
  fails 5 match publish --yes
  [[ $stderr == *"Amira has not accepted it yet"* ]]
  ok match decline "$amira" --reason "We work together already"
  ok match propose -f json
  amira=$(jq -r '.data.pairs[] | select(.mentor_name == "Amira") | .pair' <<<"$output")
  ok match accept "$amira"
  ok match publish "$amira" --yes
}

@test "M15: a pair that does not work ends without fault, at anybody's wish, and another partner is sought only if asked for" {
  with_pair
  mentor contract draft m1 >/dev/null
  ok contract export m1 -f text # said in advance, with a named contact for each side
  text=$(tr -s '\n ' ' ' <<<"$output")
  [[ $text == *"nobody is at fault"* ]]
  [[ $text == *"another partner is looked for if wanted"* ]]
  for wish in mentor mentee both team; do
    ok match end m1 --wish $wish --yes
    ok match list --state ended -f json
    json '"\(.data[0].wish) \(.data[0].reason)"' "$wish null"
  done
  person zoe Adults mentee
  ok match propose -f json # nobody has asked
  json '.data.pairs | length' 0
  mentor=$(mentor match show m1 -f json | jq -r .data.pair.mentor)
  ok match replace "$mentor" -f json
  json '.data.replacement | "\(.partner_name) \(.reserve)"' "Zoe true"
}

# A cohort of the example's programme that has not opened yet.
with_planned_cohort() {
  with_programme
  mentor cohort add spring --programme manchester --title "Spring 2026" --starts-on 2026-04-01 >/dev/null
}

@test "M1: there are four stages in order, and the admin sees which one a cohort is in and what is still missing in it" {
  with_planned_cohort
  ok cohort status -f json
  json '[.data.stages[].stage] | join(" ")' "evaluate prepare implement review"
  json '[.data.stages[] | select(.state == "current").stage] | join(" ")' evaluate
  json '.data.stages[0] | "\(.settled)/\(.points) \(.missing | length) \(.missing[6])"' "0/7 7 How plans are told to staff"
  json '.data.todo[0] | "\(.what): \(.command)"' "7 points of the stage are not settled: mentor cohort settle 1 --evidence TEXT"
  ok cohort settle 1 --evidence TEXT # the line works as it is typed
  ok cohort settle evaluate --evidence "Readiness report"
  ok cohort status -f json
  json '.data.stages[0] | "\(.state) \(.settled)"' "settled 7"
  json '.data.stages[1] | "\(.state) \(.missing | join("; "))"' \
    "current Aims agreed and linked to our plans; Briefing for mentors held; Briefing for mentees held; Line managers asked for their support"
  # people see the same
  ok cohort status -f table
  assert_line --regexp 'Prepare people and materials +current'
  # once the work in pairs has begun, what was to be settled before lies behind
  mentor cohort settle prepare --evidence Notes >/dev/null
  ok cohort status -f json
  json '[.data.stages[] | select(.state == "current").stage] | join(" ")' implement
}

@test "M2: the readiness checklist is answered once per cohort with evidence and owner, and without it the cohort does not start" {
  with_planned_cohort
  ok cohort checklist -f json
  json '[.data[] | select(.stage == "evaluate") | select(.text | test("data we hold|reflects the people|programmes and training|How well they worked|staff feel|part of daily work|told to staff"))] | length' 7
  mentor cohort settle 1 2 3 4 5 6 --evidence "Report of January" --owner "Workforce team" --on 2026-01-30 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  fails 5 cohort start
  assert_line_of() { grep -qxF -- "$1" <<<"$stderr" || fail "no line '$1' in: $stderr"; }
  assert_line_of "mentor: cohort start: How plans are told to staff"
  assert_line_of "mentor: cohort start: the stage 'Evaluate whether we are ready' comes first, and 1 of its points is open"
  [[ $stderr == *"--override REASON"* ]]
  # settled again with the same words it is unchanged: there is one answer per cohort
  ok cohort settle 1 --evidence "Report of January" --owner "Workforce team" --on 2026-01-30
  assert_output --partial unchanged
  ok cohort checklist -f json
  json '.data[0] | "\(.evidence), \(.owner), \(.on)"' "Report of January, Workforce team, 2026-01-30"
  ok cohort settle 7 --evidence "Plan of 2 March" --owner Communications
  ok cohort start
  assert_output --partial started
}

@test "M2: with a reason the cohort starts all the same, and the reason is kept" {
  with_planned_cohort
  mentor cohort open >/dev/null
  person amira Housing mentor
  person clara Parks mentee
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  ok cohort start --override "The board wants to begin; figures follow in May"
  ok cohort status -f json
  json '.data.stages[0] | "\(.state): \(.reason)"' "passed: The board wants to begin; figures follow in May"
}

@test "M3: workforce figures are loaded by group, and the cohort is compared with them, small groups withheld" {
  with_cohort
  printf '%s\n' question,group,people ethnicity,White,700 'ethnicity,Asian or Asian British,260' ethnicity,other,38 ethnicity,mixed,2 >workforce.csv
  ok equality workforce workforce.csv --on 2025-12-31
  assert_output --partial added
  ok equality workforce workforce.csv --on 2025-12-31
  assert_output $'unchanged\t4'
  {
    echo "Email,How would you describe your ethnic group?,Do you consider yourself to be disabled?"
    for n in {1..12}; do echo "mentor$n@example.org,White,No"; done
    for n in {1..10}; do echo "mentee$n@example.org,Asian or Asian British,No"; done
  } >equality.csv
  for side in mentor mentee; do
    applicants 12 $side
    [ $side = mentor ] || sed -i '/mentee1[12]@/d' applicants.csv
    mentor enrol import applicants.csv >/dev/null
  done
  mentor equality import equality.csv >/dev/null
  ok equality compare -f json
  json '[.data[] | select(.question == "ethnicity") | select(.group == "White")][0] | "\(.workforce) \(.workforce_share) \(.applied)"' "700 70 null"
  mentor cohort close >/dev/null
  ok equality compare -f json
  json '[.data[] | select(.question == "ethnicity") | select(.group == "White")][0] | "\(.workforce_share) \(.applied) \(.applied_share)"' "70 12 54.55"
  json '[.data[] | select(.question == "ethnicity") | select(.group | startswith("Asian"))][0] | "\(.workforce_share) \(.applied) \(.applied_share)"' "26 10 45.45"
  # two people of the workforce are not told, and neither is the group that would tell them by subtraction
  json '[.data[] | select(.question == "ethnicity" and .workforce == null and .suppressed).group] | join(", ")' "Mixed or multiple ethnic groups, Another ethnic group"
  # one applicant more, and nobody can tell which group she is of
  mentor enrol accept mentor1@example.org >/dev/null
  ok equality compare -f json
  json '[.data[].accepted] | unique == [null]' true
  for format in table csv plain html; do
    ok equality compare -f $format
    refute_output --partial example.org
  done
}
