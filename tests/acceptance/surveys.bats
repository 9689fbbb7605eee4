#!/usr/bin/env bats
# surveys.bats: what surveys say about each programme: outcomes for every objective, growth on both sides, figures of several stores together.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# cohort_of PROGRAMME N: its example's programme, with N accepted people a side: mentor1@example.org, mentee1@example.org ...
cohort_of() {
  local n side
  mentor db init >/dev/null
  mentor programme import "$EXAMPLES/$1/programme.yaml" >/dev/null
  mentor cohort add first --programme "$1" --title "${3:-First}" --starts-on 2026-04-01 --mentors-max 40 --mentees-max 40 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  for ((n = 1; n <= $2; n++)); do
    for side in mentor mentee; do
      mentor person add --name "$side $n" --email "$side$n@example.org" --organisation "Body $n" >/dev/null
      mentor enrol add "$side$n@example.org" --role $side >/dev/null
      sqlite3 "$MENTOR_DB" "UPDATE enrolment SET state = 'accepted'"
    done
  done
}

# answers SURVEY STAGE HEADING ROW...: an export with the stage's questions; each ROW is an address and its answers, with | between.
answers() {
  local survey=$1 stage=$2 row
  shift 2
  mentor survey results "$survey" "$stage" -f json | jq -r --arg email "$1" '["ID", $email] + [.data.questions[].text] | @csv' >"$survey-$stage.csv"
  shift
  local n=0
  for row; do
    n=$((n + 1))
    jq -rn --arg row "$n|$row" '$row | split("|") | @csv' >>"$survey-$stage.csv"
  done
  mentor survey import "$survey" "$stage" "$survey-$stage.csv" >/dev/null
}

@test "G8: outcomes are reported for each objective: dialogue, understanding, advocacy, careers" {
  cohort_of greenwich 6
  local before=() after=() n
  for n in {1..6}; do
    before+=("mentor$n@example.org|2|2|2|2" "mentee$n@example.org|3|2|3|3")
    after+=("mentor$n@example.org|4|3|4|4|Spoke up|More time" "mentee$n@example.org|4|4|3|4|Asked more|More time")
  done
  answers outcomes before E-mail "${before[@]}"
  answers outcomes after E-mail "${after[@]}"
  ok report show progress -f json
  json '[.data.aims[].aim] | join(" ")' "dialogue understanding advocacy careers"
  json '[.data.aims[] | "\(.state) \(.change)"] | join(", ")' "measured 1.5, measured 1.5, measured 1, measured 1.5"
  ok survey compare outcomes -f json
  json '.data.questions[0] | "\(.aim) n \(.n): \(.before) to \(.after), spread \(.sd), effect \(.effect), p \(.p) and \(.wilcoxon)"' \
    "dialogue n 12: 2.5 to 4, spread 0.52, effect 2.87, p 5 and 5"
  refute_output --partial example.org
  # and what was said in words comes without a name, from both sides
  ok survey results outcomes after --texts -f json
  json '[.data.texts[] | select(.question == "keep").answer] | length' 12
  # each side by itself, as all of one side said the same and nobody is told apart
  ok survey results outcomes before --by side -f json
  json '[.data.sides[:2][] | "\(.side) \(.n) \(.mean)"] | join(", ")' "mentor 6 2, mentee 6 3"
}

@test "H8: at the end both sides say how far they have grown, whether they recommend going on, plan to continue, and what they suggest" {
  cohort_of sheffield 6
  local before=() after=() n
  for n in {1..6}; do
    before+=("mentor$n@example.org|2|2|3" "mentee$n@example.org|3|2|3")
    after+=("mentor$n@example.org|4|4|3|Yes|Yes with dates|I speak earlier|Start with a visit|$([ "$n" -le 5 ] && echo Yes || echo No)"
      "mentee$n@example.org|4|4|3|Yes|Yes, without dates yet|I listen longer|Longer meetings|No")
  done
  answers final start "Your e-mail address" "${before[@]}"
  answers final end "Your e-mail address" "${after[@]}"
  ok survey compare final -f json
  json '[.data.questions[] | "\(.question) \(.change) of \(.n)"] | join(", ")' "confidence 1.5 of 12, understanding 2 of 12, together 0 of 12"
  ok survey results final end --texts -f json
  json '[.data.answers[] | select(.question == "recommend") | "\(.answer) \(.count)"] | join(", ")' "no 0, yes 12"
  json '[.data.answers[] | select(.question == "beyond").count] | join(" ")' "6 6 0 0"
  json '[.data.texts[] | select(.question == "suggestions").answer] | unique | join("; ")' "Longer meetings; Start with a visit"
  # where they have grown is quoted only of the five who agree to be quoted
  json '[.data.texts[] | select(.question == "grown").answer] | unique | join("; ")' "I speak earlier"
  json '[.data.texts[] | select(.question == "grown").answer] | length' 5
}

@test "H8: a wave of three pairs is told of as a whole, and nothing of it that would give one of them away" {
  cohort_of sheffield 3
  answers final end "Your e-mail address" mentor{1,2,3}@example.org'|4|4|3|Yes|Yes with dates|x|y|Yes' mentee{1,2}@example.org'|5|4|3|Yes|No|x|y|No' \
    'mentee3@example.org|1|2|3|No|No|x|y|No'
  ok survey results final end -f json
  json '[.data.answers[] | select(.question == "recommend").count] | unique == [null]' true
  json '.data.questions[] | select(.question == "together") | "\(.n) \(.mean)"' "6 3"
}

# community NAME ANSWERS-BEFORE ANSWERS-AFTER: a store of its own, with one person for each answer.
community() {
  export MENTOR_DB=$PWD/$1.db
  local before=() after=() n
  cohort_of co-learning 6 "$1"
  for n in {1..6}; do
    before+=("mentor$n@example.org|$2|2|2" "mentee$n@example.org|$2|2|2")
    after+=("mentor$n@example.org|$3|3|2|Ours" "mentee$n@example.org|$3|3|2|Ours")
  done
  answers learning before "Work e-mail address" "${before[@]}"
  answers learning after "Work e-mail address" "${after[@]}"
}

@test "C8: anonymised results of several stores are put together and compared, and only what may be told travels" {
  community hill 2 4
  ok report export --anonymous -f csv -o hill.csv
  MENTOR_NOW=2026-03-03 community dale 3 4
  ok report export --anonymous -f csv -o dale.csv
  refute [ "$(grep -c 'example.org\|Ours' hill.csv)" -gt 0 ]
  unset MENTOR_DB
  ok report combine hill.csv dale.csv -f json
  json '.data.combined[] | select(.kind == "change" and .name == "power") | "\(.cohorts) cohorts, \(.n) people: \(.value), \(.lowest) to \(.highest)"' \
    "2 cohorts, 24 people: 1.5, 1 to 2"
  json '.data.combined[] | select(.kind == "result" and .name == "power" and .stage == "before").value' 2.5
  json '[.data.cohorts[] | select(.kind == "change" and .name == "power") | "\(.cohort) \(.value)"] | join(", ")' "hill 2, dale 1"
  json '.data.combined[] | select(.name == "accepted").n' 24
}

@test "C8: a cohort that withholds a figure is counted as such and not added; a cohort twice, and what is no export, are refused" {
  community hill 2 4
  mentor report export --anonymous -f csv -o hill.csv
  export MENTOR_DB=$PWD/small.db MENTOR_NOW=2026-03-03
  cohort_of co-learning 2 small
  answers learning before "Work e-mail address" 'mentor1@example.org|5|5|5' 'mentee1@example.org|1|5|5'
  mentor report export --anonymous -f csv -o small.csv
  ok report combine hill.csv small.csv -f json
  json '.data.combined[] | select(.kind == "result" and .name == "power" and .stage == "before") | "\(.cohorts) \(.withheld) \(.n) \(.value)"' "1 1 12 2"
  cp hill.csv again.csv
  fails 5 report combine hill.csv again.csv
  [[ $stderr == *"the cohort 'hill' is in two files, hill.csv and again.csv"* ]]
  sed 's/^source/sourse/' hill.csv >odd.csv
  fails 3 report combine odd.csv
  [[ $stderr == *'odd.csv'*'source'*'this heading is missing'* ]]
  sed '2s/people/peeple/' hill.csv >odd.csv
  fails 3 report combine odd.csv
  fails 2 report export
}

@test "C8: one answer more does not change what is exported" {
  community hill 2 4
  mentor report export --anonymous -f csv -o first.csv
  sqlite3 "$MENTOR_DB" "INSERT INTO person (email, name) VALUES ('late@example.org', 'Late'); INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) SELECT 1, max(id), 'mentor', 'accepted', '2026-03-01' FROM person"
  answers learning before "Work e-mail address" 'late@example.org|5|5|5' 2>/dev/null || true
  sed -i 's/^"1"/"99"/' learning-before.csv
  mentor survey import learning before learning-before.csv >/dev/null
  ok survey status -f json
  json '.data.stages[0].answered' 13
  mentor report export --anonymous -f csv -o second.csv
  diff <(grep -v ',people,' first.csv) <(grep -v ',people,' second.csv)
  ok survey results learning before -f json --fields question,n,waiting
  json '.data.questions[0] | "\(.n) \(.waiting)"' "12 1"
}
