#!/usr/bin/env bats
# select.bats: what applicants state, line managers' support, scores, and the gates that they are at accepting and publishing.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load helpers

# Applications to a programme that requires line managers' support: amy (p1, mentor), bob (p2, mentee) and cas (p3, either), who does not
# belong to a group that mentors come from.
with_applicants() {
  with_store
  sed '/^ *needs:/d' "$EXAMPLES/south-west/programme.yaml" >programme.yaml # who attended what is another matter
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme south-west --starts-on 2026-04-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  cat >applications.csv <<'CSV'
ID,Completion time,Work e-mail address,Full name,Which organisation do you work for?,Job title,Line manager's e-mail address,Which role would you like?,How would you like to work with your partner?,Do you belong to a group that is under-represented among senior staff?,Do you work for a health or care organisation of the region?,Do you take part of your own free will?,Can you come on the dates that go with your role?,What would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,amy@example.org,Amy,Hill Trust,,kim@example.org,Mentor,A combination - I am happy with either,Yes,Yes,Yes,Yes,Culture and faith;Being heard in a team;,Online
2,01/03/2026 09:05,bob@example.org,Bob,Dale Trust,,lee@example.org,Mentee,A combination - I am happy with either,,Yes,Yes,Yes,Culture and faith;,Online
3,01/03/2026 09:10,cas@example.org,Cas,Dale Trust,,lee@example.org,Either of them,A combination - I am happy with either,No,Yes,Yes,Yes,,Online
CSV
  mentor enrol import applications.csv >/dev/null
}

# ---- confirm ----

@test "enrol confirm records a statement once, with its day, and enrol show says where each comes from" {
  with_applicants
  tried enrol confirm p1 information
  ok enrol confirm amy@example.org information --on 2026-02-27
  assert_output "recorded person p1 Amy"
  ok enrol confirm p1 information
  assert_output "unchanged person p1 Amy"
  ok enrol confirm p1 region
  assert_output "unchanged person p1 Amy" # the form says so
  MENTOR_ACTOR=sam ok enrol confirm p1 dates --no -f json
  json '.data[] | "\(.change) \(.kind) \(.reference) \(.name)"' "recorded person p1 Amy"
  ok enrol show p1 -f json
  json '.schema' mentor.enrol.show/2
  json '.data.statements[] | "\(.kind) \(.name) \(.value) \(.on) \(.source) \(.by) \(.waived)"' \
    "eligibility represented true 2026-03-01 application null false
eligibility region true 2026-03-01 application null false
confirms voluntary true 2026-03-01 application null false
confirms dates false 2026-03-02 by-hand sam false
information information true 2026-02-27 by-hand admin false"
}

@test "enrol confirm takes several names at once, or all that are missing" {
  with_cohort
  mentor person add --name Clara --email clara@example.org >/dev/null
  mentor enrol add p1 --role mentee >/dev/null
  ok enrol confirm p1 time ready
  ok enrol show p1 -f json
  json '[.data.statements[] | "\(.name) \(.value)"] | join(", ")' "leads null, time true, ready true"
  ok enrol confirm p1 --all
  assert_output "recorded person p1 Clara"
  ok enrol confirm p1 --all
  assert_output "unchanged person p1 Clara"
  ok cohort status -f json
  json '[.data.todo[] | select(.command | startswith("mentor enrol confirm"))] | length' 0
}

@test "enrol confirm refuses unknown names, days to come, and nothing to record" {
  with_applicants
  refused 4 enrol confirm p1 dates informtion
  says "mentor: enrol confirm: there is no statement 'informtion' for this person's role" "hint: did you mean 'information'?" "nothing changed"
  refused 3 enrol confirm p1 dates --on 2026-03-03 --no
  says "mentor: enrol confirm: nobody can have said so on 2026-03-03, which is still to come"
  refused 2 enrol confirm p1
  says "mentor: enrol confirm: NAME or --all is missing" "hint: mentor enrol show lists the statements"
  refused 2 enrol confirm p1 dates --all
  refused 4 enrol confirm p9 dates
  mentor programme import "$EXAMPLES/minimal/programme.yaml" >/dev/null
  mentor cohort add small --programme minimal >/dev/null
  mentor cohort open small --override "Settled on paper" >/dev/null
  mentor enrol add p1 --role mentor -c small >/dev/null
  refused 5 enrol confirm p1 dates -c small
  says "mentor: enrol confirm: the programme asks people of this role for no statement"
}

@test "whoever says no is accepted only with an override, which is kept" {
  with_applicants
  refused 5 enrol accept p1 p2 p3
  says "mentor: enrol accept: Cas says no to 'represented': I belong to a group that is under-represented among senior staff of my organisation" \
    "hint: if that has changed: mentor enrol confirm p3 represented; or give a reason with --override REASON, which is kept" "nothing changed"
  tried enrol accept p3 --override "Speaks for a group"
  ok enrol accept p3 --reason "Knows the region" --override "Speaks for a group"
  assert_output "accepted person p3 Cas"
  ok enrol accept p3
  assert_output "unchanged person p3 Cas"
  ok enrol show p3 -f json
  json '.data.enrolment | "\(.state) \(.reason)"' "accepted Knows the region (override: Speaks for a group)"
  json '.data.statements[] | select(.name == "represented") | "\(.value) \(.waived)"' "false true"
  mentor enrol confirm p2 voluntary --no >/dev/null
  refused 5 enrol accept p2
  mentor enrol confirm p2 voluntary >/dev/null
  ok enrol accept p2 --override "not needed" -f json
  ok enrol show p2 -f json
  json .data.enrolment.reason null
}

# ---- approve ----

@test "enrol approve records that line managers were asked, and what they say" {
  with_applicants
  tried enrol approve p1 --asked
  ok enrol approve p1 p2 --asked
  assert_output "asked person p1 Amy
asked person p2 Bob"
  ok enrol approve p1 --asked
  assert_output "unchanged person p1 Amy"
  MENTOR_NOW=2026-03-05 ok enrol approve p1 --given
  assert_output "given person p1 Amy"
  MENTOR_NOW=2026-03-06 ok enrol approve p1 --given
  assert_output "unchanged person p1 Amy"
  MENTOR_NOW=2026-03-06 ok enrol approve p2 --refused --by "Lee Dunn" --reason "No cover in spring" --on 2026-03-04
  MENTOR_NOW=2026-03-06 ok enrol show p1 -f json
  json '.data.support | "\(.wanted) \(.state) \(.asked_on) \(.answered_on) \(.by) \(.recorded_by)"' \
    "required given 2026-03-02 2026-03-05 kim@example.org admin"
  ok enrol show p2 -f json
  json '.data.support | "\(.state) \(.answered_on) \(.by) \(.reason)"' "refused 2026-03-04 Lee Dunn No cover in spring"
  MENTOR_NOW=2026-03-09 ok enrol approve p2 --given
  ok enrol show p2 -f json
  json '.data.support | "\(.state) \(.answered_on) \(.by) \(.reason)"' "given 2026-03-09 lee@example.org null"
  ok enrol list --support given -f json
  json '[.data[] | "\(.name) \(.support)"] | join(", ")' "Bob given, Amy given"
  ok enrol list --support none --fields name
  assert_output Cas
}

@test "enrol approve refuses what cannot be" {
  with_applicants
  refused 2 enrol approve p1
  says "mentor: enrol approve: say what happened" "hint: give one of --asked, --given and --refused"
  refused 2 enrol approve p1 --asked --given
  refused 2 enrol approve p1 --asked --by Kim
  refused 3 enrol approve p1 --given --on 2026-03-03
  mentor enrol approve p1 --asked >/dev/null
  refused 3 enrol approve p1 p2 --given --on 2026-03-01
  says "mentor: enrol approve: the line manager of Amy cannot have answered on 2026-03-01 what was asked on 2026-03-02"
  refused 4 enrol approve p2 p9 --given
  with_store_of_sheffield
  refused 5 enrol approve p1 --given
  says "mentor: enrol approve: the programme does not ask for the support of the line manager of Eve" \
    "hint: manager_support under roles in the programme file says of which role it is asked"
}

# Another store: an executive, of whom sheffield asks no line manager's support.
with_store_of_sheffield() {
  export MENTOR_DB=$BATS_TEST_TMPDIR/sheffield.db
  with_store
  mentor programme import "$EXAMPLES/sheffield/programme.yaml" >/dev/null
  mentor cohort add wave --programme sheffield >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol add p1 --role mentee >/dev/null
}

@test "without the support that is required nobody is accepted against a refusal, and no pair is published" {
  with_applicants
  mentor enrol approve p1 --refused >/dev/null
  refused 5 enrol accept p1
  says "mentor: enrol accept: the line manager of Amy refuses the support that the programme requires"
  mentor enrol approve p1 --asked >/dev/null
  refused 5 enrol accept p1 # an answer stays until there is another
  mentor enrol accept p1 --override "The director agrees" >/dev/null
  mentor enrol accept p2 >/dev/null
  ok match propose -f json
  json '.data.pairs | length' 1
  refused 5 match publish --yes
  says "mentor: match publish: m1 (Amy and Bob) cannot be published: the line manager of Bob has not been asked for the support that the programme requires" \
    "hint: once it is given: mentor enrol approve p2 --given" "nothing published"
  mentor enrol approve p2 --asked >/dev/null
  refused 5 match publish --yes
  says "mentor: match publish: m1 (Amy and Bob) cannot be published: the line manager of Bob has not yet given the support that the programme requires"
  mentor enrol approve p2 --given >/dev/null
  ok match publish --yes
  assert_output "published pair m1 Amy and Bob"
}

@test "a no that is recorded after accepting holds a pair back" {
  with_applicants
  mentor enrol accept p1 p2 >/dev/null
  mentor enrol approve p1 p2 --given >/dev/null
  mentor match propose >/dev/null
  mentor enrol confirm p2 dates --no >/dev/null
  refused 5 match publish --yes
  says "mentor: match publish: m1 (Amy and Bob) cannot be published: Bob says no to 'dates': I can come to the induction and the sessions that go with it" \
    "hint: if that has changed: mentor enrol confirm p2 dates; else make a new proposal without this person"
  mentor enrol confirm p2 dates >/dev/null
  ok match publish --yes
}

@test "cohort status says what is missing for selection and the command that clears it" {
  with_applicants
  lines() { # select-lines: those of this part
    mentor cohort status -f json | jq -r '.data.todo[] | select(.command | test("enrol (confirm|approve|decline) ")) | "\(.what): \(.command)"'
  }
  assert_equal "$(lines)" "3 people have not stated all that the programme asks: mentor enrol confirm p1 --all
3 line managers have not been asked for support: mentor enrol approve p1 --asked"
  for p in p1 p2 p3; do mentor enrol confirm $p --all >/dev/null; done
  mentor enrol approve p1 p2 p3 --asked >/dev/null
  assert_equal "$(lines)" "3 line managers have not answered: mentor enrol approve p1 --given"
  mentor enrol approve p1 p2 --given >/dev/null
  mentor enrol approve p3 --refused >/dev/null
  assert_equal "$(lines)" "1 line manager refuses the support that is required: mentor enrol decline p3"
  mentor enrol decline p3 >/dev/null
  assert_equal "$(lines)" ""
}

# ---- score, scores ----

@test "enrol score records points by assessor; the same again is unchanged, other points replace them" {
  with_applicants
  tried enrol score p1 motivation=4
  MENTOR_ACTOR=sam ok enrol score p1 motivation=4 openness=5 experience=3
  assert_output "scored person p1 Amy"
  ok enrol score p1 motivation=4 openness=5 experience=3 --by sam
  assert_output "unchanged person p1 Amy"
  ok enrol score p1 motivation=5 --by sam -f json
  json '.data[] | "\(.change) \(.reference)"' "updated p1"
  ok enrol score p1 motivation=2 openness=5 experience=3 --by jo
  # By hand, weights 5, 3 and 3, at most 55: sam 49, 89.09; jo 34, 61.82; mean 75.455.
  ok enrol scores -f json
  json '.data[] | "\(.place) \(.name) \(.role) \(.state) \(.assessors) \(.average) \(.spread) \(.complete)"' \
    "1 Amy mentor applied 2 75.46 27.27 true
null Bob mentee applied 0 null null false
null Cas either applied 0 null null false"
  ok enrol show p1 -f json
  json '.data.scored | "\(.assessors) \(.average) \(.spread) \(.complete)"' "2 75.46 27.27 true"
  json '.data.criteria[] | "\(.criterion) \(.n) \(.average) \(.lowest)-\(.highest) of \(.most)"' \
    "motivation 2 3.5 2-5 of 5
openness 2 5 5-5 of 5
experience 2 3 3-3 of 5"
}

@test "enrol score refuses unknown criteria, those of the other side, and points that cannot be" {
  with_applicants
  refused 4 enrol score p1 motivation=4 opennes=3
  says "mentor: enrol score: the programme has no criterion 'opennes'" "hint: did you mean 'openness'?" "nothing changed"
  refused 5 enrol score p1 influence=3
  says "mentor: enrol score: 'influence' judges other applications than that of Amy" "hint: there are: motivation, openness, experience"
  refused 3 enrol score p1 motivation=6
  says "mentor: enrol score: '6' is not a whole number from 0 to 5, the most for 'motivation'"
  for words in "p1 motivation" "p1 =3" "p1 motivation=" "p1" "" "p1 motivation=3 --delimiter ;"; do
    # shellcheck disable=SC2086 # words on purpose
    refused 2 enrol score $words
  done
  refused 4 enrol score p9 motivation=3
}

@test "enrol scores ranks the best first, of equals the earlier application, by role" {
  with_applicants
  ok enrol scores --role mentee -f json
  json '.data | length' 1
  mentor enrol set p3 --role mentor >/dev/null
  mentor enrol score p1 motivation=3 --by sam >/dev/null
  mentor enrol score p3 motivation=4 --by sam >/dev/null
  ok enrol scores --role mentor --fields place,name,average
  assert_output "$(printf '1\tCas\t80.00\n2\tAmy\t60.00')"
  mentor enrol score p1 motivation=4 --by sam >/dev/null
  ok enrol scores --role mentor --fields place,name
  assert_output "$(printf '1\tAmy\n2\tCas')" # the same day: by address
  fails 2 enrol scores --role chef
  mentor cohort add empty --programme south-west >/dev/null
  ok enrol scores -c empty -f json
  json '.data | length' 0
}

@test "enrol score --file takes a sheet of several assessors, all or nothing" {
  with_applicants
  cat >scores.csv <<'CSV'
Email,Name,Assessor,Motivation,openness,Has experiences of work that others can learn from,influence
amy@example.org,Amy,Sam,4,5,3,
amy@example.org,Amy,Jo,2,5,3,
bob@example.org,Bob,Sam,3,,,5
CSV
  tried enrol score --file scores.csv
  ok enrol score --file scores.csv
  assert_output "scored person p1 Amy
scored person p1 Amy
scored person p2 Bob"
  ok enrol score --file scores.csv -f json
  json '[.data[].change] | unique | join(" ")' unchanged
  run --separate-stderr mentor enrol score --file - --delimiter ';' <<<$'email;motivation\ncas@example.org;5'
  assert_success
  assert_output "scored person p3 Cas"
  sed 's/^bob@example.org,Bob,Sam,3/zoe@example.org,Zoe,Sam,3/; s/,Jo,2/,Sam,7/; s/influence/inflence/' scores.csv >bad.csv
  refused 3 enrol score --file bad.csv
  says 'mentor: enrol score: bad.csv:1, "inflence": the programme has no such criterion' "hint: did you mean 'influence'?" \
    'mentor: enrol score: bad.csv row 2 (line 3), "Motivation": "7" is not a whole number from 0 to 5' \
    "mentor: enrol score: bad.csv row 3 (line 4), \"Email\": nobody in this cohort has the address 'zoe@example.org'" "nothing imported"
  grep -q 'row 2.*Sam has scored Amy in row 1 already' <<<"$stderr"
  refused 4 enrol score --file missing.csv
  refused 2 enrol score p1 --file scores.csv
}

@test "enrol show tells of the answers, and that somebody was accepted without scores" {
  with_applicants
  ok enrol show p1 -f json
  json '.data.answers[] | "\(.question): \(.answer)"' "arrangement: either
under-represented: yes
in-region: yes
voluntary: yes
dates: yes
topics: culture; voice
meeting: virtual"
  mentor enrol accept p1 >/dev/null
  ok enrol show p1 -f table
  assert_output --partial "Accepted without scores"
  assert_output --partial "Line manager's support"
  mentor enrol score p1 motivation=4 >/dev/null
  ok enrol show p1 -f table
  refute_output --partial "Accepted without scores"
  ok enrol show p1 -f tsv --fields name,state,support
  assert_line --index 1 $'Amy\taccepted\tnone'
}
