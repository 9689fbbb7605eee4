#!/usr/bin/env bats
# equal-partners.bats: the fact of a course of co-learners that concerns every text for people: nobody is called mentor or mentee.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# With two senior and two junior co-learners accepted, and one senior left over; Ada and Ben, Cy and Dee become the pairs.
with_co_learners() {
  with_store
  mentor programme import "$EXAMPLES/co-learning/programme.yaml" >/dev/null
  mentor cohort add year-1 --programme co-learning --title "Year 1" --closes-on 2026-03-20 --starts-on 2026-04-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  cat >applications.csv <<'CSV'
ID,Completion time,Work e-mail address,Name,How would you like to take part?,University,Department,Job title,Grade,Line manager's e-mail address,What kind of work do you do?,Which background would you like us to take into account?,"May we use your answer on background to find you a partner, and for nothing else?",What would you most like to work on?
1,01/03/2026 09:00,ada@example.org,Ada,As a junior co-learner,North,Physics,Technician,Grade 6,,Laboratory and technical,,No,How people get on;
2,01/03/2026 09:01,ben@example.org,Ben,As a senior co-learner,South,Registry,Director,Dean,,Administration,,No,How people get on;
3,01/03/2026 09:02,cy@example.org,Cy,As a junior co-learner,South,Library,Assistant,Grade 5,,"Library, museum and student support",,No,Daily treatment;
4,01/03/2026 09:03,dee@example.org,Dee,As a senior co-learner,North,Estates,Head,Head of department,,"Estates, catering and care of buildings",,No,Daily treatment;
5,01/03/2026 09:04,eve@example.org,Eve,As a senior co-learner,North,Law,Dean,Dean,,Teaching and research,,No,Access and adjustments;
CSV
  mentor enrol import applications.csv >/dev/null
  for name in ada ben cy dee eve; do
    mentor enrol confirm $name@example.org --all >/dev/null
    mentor enrol accept $name@example.org >/dev/null
  done
}

# What is left of a text once the program's own name, commands to type and their options are taken away.
spoken() {
  sed -E -e 's/^mentor: ([a-z]+ [a-z]+: )?//' -e 's/Made with mentor [0-9.]+//' -e 's/mentor [a-z]+ [a-z-]+( [a-z]+[0-9]+)?//g' \
    -e 's/--role (mentor|mentee)//g' -e 's/--(mentor|mentee)s?(-[a-z]+)?//g'
}

# says FORMATS LABEL ARGUMENT...: the command succeeds in each format, has LABEL in it when there is one, and calls nobody mentor or mentee.
says() {
  local formats=$1 label=$2
  shift 2
  for format in $formats; do
    ok "$@" -f "$format"
    [ -n "$output" ] || fail "mentor $* -f $format: nothing"
    if spoken <<<"$output" | grep -inE 'mentor|mentee'; then fail "mentor $* -f $format"; fi
    [ -z "$label" ] || assert_output --partial "$label"
  done
}

@test "C1: the test's filter takes away commands and leaves what is said of people" {
  assert_equal "$(spoken <<<'a mentor and Mentees: mentor match accept m4 --mentee, or mentor contract sign m1 --mentor; Made with mentor 1.2')" \
    'a mentor and Mentees:  , or  ; '
}

@test "C1: in matching nobody is called mentor or mentee" {
  with_co_learners
  says table "junior co-learner" enrol list
  says table "senior co-learner" enrol show ben@example.org
  says table "junior co-learner" match propose
  says table "senior co-learner" match list
  says table "junior co-learner" match show m1
  says table "" match explain m1
  says table "senior co-learner" match explain eve@example.org
  says table "" cohort status
  says table "" cohort show
}

@test "C1: the contract is between a junior and a senior co-learner who learn from each other, in every format" {
  with_co_learners
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  says table "" contract draft m1
  mentor contract say m1 learn --mentor "How decisions are made" >/dev/null
  mentor contract say m1 learn --mentee "What a week is like" >/dev/null
  says "text md html" "junior co-learner" contract export m1
  says "text md html" "senior co-learner" contract export m1
  says "text md html" "each of us learns from the other" contract export m1
  for format in text md html; do # the sides are equal: what one says, in the same place and manner the other does
    text=$(mentor contract export m1 -f $format)
    [[ $text == *"How decisions are made"*"What a week is like"* ]]
  done
  says table "junior co-learner" contract terms m1
  says table "senior co-learner" contract show m1
  says table "junior co-learner" contract list
  mentor cohort close >/dev/null
  says table "1 contract is not signed by the senior co-learner" cohort status
  mentor contract sign m1 --mentor --mentee >/dev/null
  says table "junior co-learner" contract history m1
  says table "" contract amend m1 --sessions 7
  says "text md html" "This is version 2" contract export m1
  says table "1 amendment is not signed by the junior co-learner" cohort status
  run --separate-stderr mentor contract say m1 learn "What we both say"
  if grep -E '^mentor: ' <<<"$stderr" | spoken | grep -iE 'mentor|mentee'; then fail "$stderr"; fi
}

@test "C1: letters and reports speak of co-learners" {
  with_co_learners
  says "mbox" "as a junior co-learner" enrol export accepted ada@example.org
  says "mbox" "as a senior co-learner" enrol export accepted
  says "csv" "senior co-learner" enrol export accepted --all --fields text
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  says "mbox" "" enrol export reserve
  mentor cohort close >/dev/null
  mentor cohort start --override "Settled on paper" --now 2026-04-01 >/dev/null
  for pair in m1 m2; do
    mentor contract draft $pair >/dev/null
    mentor contract sign $pair --mentor --mentee >/dev/null
  done
  MENTOR_NOW=2026-05-01 mentor log add m1 --date 2026-04-20 --minutes 90 >/dev/null
  export MENTOR_NOW=2026-06-01
  says "table html" "junior co-learners" report show progress
  says "table html" "senior co-learners" report show recruitment
  says table "junior co-learner" log list
}
