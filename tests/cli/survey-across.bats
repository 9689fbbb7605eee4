# survey-across.bats: answers of several cohorts put together, and of the two sides by themselves, so that nothing can be subtracted.
bats_require_minimum_version 1.5.0
load helpers

setup() {
  clean_room
  write_programme >programme.yaml
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  for cohort in spring summer autumn; do
    mentor cohort add $cohort --programme demo --title "${cohort^}" --starts-on 2026-04-01 >/dev/null
    mentor cohort open $cohort >/dev/null
  done
}

# write_programme [HIGHEST]: a survey that both sides answer, with a question of each kind.
write_programme() {
  cat <<YAML
programme: demo
title: Demo
contact: { email: team@example.org }
aims: { insight: { text: Leaders gain insight } }
contract: { purpose: We learn. }
surveys:
  view:
    title: What leaders understand
    audience: both
    stages: [before, after]
    questions:
      know: { text: Know?, low: not at all, high: very well, maximum: ${1:-5}, aim: insight }
      again: { text: Again?, kind: yes-no }
      how: { text: How?, kind: choice, choices: [weekly, monthly] }
      topics: { text: Topics?, kind: multi, choices: [work, home] }
      more: { text: More?, kind: text }
  quiet: { title: Quiet, anonymous: yes, stages: [end], questions: { fine: { text: Fine? } } }
  one: { title: One side, audience: mentees, stages: [end], questions: { fine: { text: Fine? } } }
YAML
}

# take COHORT STAGE ANSWER...: the answers of people whose names nobody asked for; a word of the answers is how they all go on.
take() {
  local cohort=$1 stage=$2 n=0 start
  shift 2
  start=$(mentor survey status -c "$cohort" -f json | jq '.data.imports | map(.responses) | add // 0')
  echo 'ID,Email,Know?,Again?,How?,Topics?,More?' >in.csv
  for answer; do
    n=$((n + 1))
    echo "$((start + n)),,$answer,yes,weekly,work,said in $cohort $((start + n))" >>in.csv
  done
  mentor survey import -c "$cohort" view "$stage" in.csv --delimiter , >/dev/null
}

# know FILTER EXPECTED: of the scale question in the output.
know() {
  json ".data.questions[] | select(.question == \"know\") | $1" "$2"
}

counts() {
  json '[.data.answers[] | select(.question == "know") | .count // "c" | tostring] | join(" ")' "$1"
}

@test "cohorts put together are told as one, and each question says how many cohorts it is of" {
  take spring before 2 2 2 2 2 4 4 4 4 4
  take summer before 3 3 3 3 3
  ok survey results view before --across spring,summer -f json
  know '"\(.n) \(.mean) \(.median) \(.cohorts) \(.withheld) \(.suppressed)"' '15 3 3 2 0 false'
  counts '0 5 5 5 0'
  json '.data.answers[] | select(.question == "topics" and .answer == "work") | .count' 15
  json '.data.questions[] | select(.question == "how") | "\(.n) \(.mean)"' '15 null'
  # by itself a cohort says nothing of others
  ok survey results view before -c spring -f json
  know '"\(.n) \(.cohorts) \(.withheld)"' '10 null null'
}

@test "a cohort of which nothing may be told is left out, so that nothing of it is the difference" {
  take spring before 2 2 2 2 2 4 4 4 4 4
  take summer before 5 5 5 5 5 4
  ok survey results view before -c summer -f json
  know '"\(.n) \(.mean)"' '6 null'
  ok survey results view before --across spring,summer -f json
  know '"\(.n) \(.mean) \(.cohorts) \(.withheld)"' '10 3 1 1'
  counts '0 5 0 5 0'
  ok survey results view before --across spring,summer -f table
  assert_output --partial 'Not every cohort is in every figure'
  # and when nothing may be told of any, nothing is told of all
  ok survey results view before --across autumn,summer -f json
  know '"\(.n) \(.mean) \(.suppressed) \(.cohorts) \(.withheld)"' 'null null true 0 1'
  counts 'c c c c c'
}

@test "a mean without counts makes a pool of means" {
  take spring before 2 2 2 2 2 4 4 4 4 4
  take summer before 2 3 3 3 4 2
  ok survey results view before -c summer -f json
  know '"\(.n) \(.mean) \(.median)"' '6 2.83 null'
  ok survey results view before --across spring,summer -f json
  know '"\(.n) \(.mean) \(.median) \(.cohorts)"' '16 2.94 null 2'
  counts 'c c c c c'
}

@test "small cohorts together: told from twice the threshold less one, held back when one is missing" {
  take spring before 3 3 3 3
  take summer before 3 3 3 3
  take autumn before 3 3 3 3
  ok survey results view before --across spring,summer,autumn -f json
  know '"\(.n) \(.mean) \(.cohorts) \(.withheld)"' '12 3 3 0'
  counts '0 0 12 0 0'
  ok survey results view before --across spring,autumn -f json
  know '"\(.n) \(.cohorts) \(.withheld)"' 'null 0 2'
  ok survey results view before --across spring,summer,autumn --texts -f json
  json '.data.texts | length' 0
  # one that grows and is told alone takes the others out
  take spring before 3
  ok survey results view before -c spring -f json
  know .n 5
  ok survey results view before --across spring,summer,autumn -f json
  know '"\(.n) \(.mean) \(.cohorts) \(.withheld)"' '5 3 1 2'
}

@test "one answer more changes nothing in a pool, of a cohort of many or of few" {
  local cohort before
  told() { mentor survey results view before --across spring,summer,autumn -f json | jq -c '.data.answers, [.data.questions[] | select(.kind != "text") | .n, .mean, .median]'; }
  take summer before 3 3 3 3
  take autumn before 3 3 3
  take spring before 3 3 3 3
  before=$(told)
  [[ $before == *'"question":"know","answer":"3","count":11'* ]]
  take autumn before 5
  assert_equal "$(told)" "$before"
  take spring before 5 5 5 5 5 5
  before=$(told)
  [[ $before == *'"question":"know","answer":"5","count":null'* ]]
  take spring before 4
  assert_equal "$(told)" "$before"
}

@test "words of several cohorts come in one order, from those that may be told alone" {
  take spring before 3 3 3 3 3
  take summer before 3 3 3 3 3
  take autumn before 3 3
  ok survey results view before --across summer,spring,autumn --texts -f json
  json '.data.texts | length' 10
  json '[.data.texts[].answer] | . == sort' true
  json '.data.texts[0].answer' 'said in spring 1'
  json '[.data.texts[].answer | select(test("autumn"))] | length' 0
}

@test "change is compared over cohorts that tell both stages" {
  take spring before 2 2 2 2 2 4 4 4 4 4
  take spring after 4 4 4 4 4 5 5 5 5 5
  take summer before 3 3 3 3 3
  take summer after 4 4 4 4 4
  take autumn before 3 3 3 3 3
  take autumn after 3 3
  ok survey compare view --across spring,summer,autumn -f json
  know '"\(.basis) \(.before) \(.after) \(.change) \(.cohorts) \(.withheld)"' 'unpaired 3 4.33 1.33 2 1'
  json '.data.aims[0] | "\(.aim) \(.questions) \(.change) \(.state)"' 'insight 1 1.33 measured'
  ok survey compare view --across summer,autumn -f json
  know '"\(.before) \(.after) \(.cohorts)"' '3 4 1'
  for format in table plain csv tsv jsonl html md xlsx; do
    mentor survey compare view --across spring,summer -f $format -o "out.$format"
    mentor survey results view before --across spring,summer -f $format -o "out.$format"
    [ -s "out.$format" ]
  done
  grep -q '2 cohorts put together' out.html
}

@test "cohorts of few responses are compared by their means together, when the same count at both stages" {
  local cohort
  for cohort in spring summer autumn; do
    take $cohort before 3 3 3 3
    take $cohort after 4 4 4 4
  done
  ok survey compare view --across spring,summer,autumn -f json
  know '"\(.n) \(.basis) \(.before) \(.after) \(.change) \(.improved) \(.cohorts) \(.withheld)"' 'null unpaired 3 4 1 null 3 0'
  ok survey compare view --across spring,autumn -f json
  know '"\(.basis) \(.before) \(.cohorts) \(.withheld)"' 'withheld null 0 2'
  # one that may be told of the later stage alone is not among the others there
  take summer after 4
  ok survey compare view --across spring,summer,autumn -f json
  know '"\(.basis) \(.before) \(.after) \(.cohorts) \(.withheld)"' 'withheld null null 0 3'
}

@test "people who answered both times are compared across cohorts as people" {
  local cohort name
  for cohort in spring summer; do
    export MENTOR_COHORT=$cohort
    echo 'ID,Email,Know?,Again?,How?,Topics?,More?' >before.csv
    cp before.csv after.csv
    for name in a b c d e; do
      person $name$cohort Housing mentee
      echo ",$name$cohort@example.org,2,,,," >>before.csv
      echo ",$name$cohort@example.org,$([ $cohort = spring ] && echo 4 || echo 3),,,," >>after.csv
    done
    sed -i 's/^ID,//; s/^,//' before.csv after.csv
    for stage in before after; do mentor survey import view $stage $stage.csv >/dev/null; done
  done
  unset MENTOR_COHORT
  ok survey compare view --across spring,summer -f json
  know '"\(.n) \(.basis) \(.change) \(.improved) \(.same) \(.worse) \(.sd) \(.effect) \(.p)"' '10 paired 1.5 10 0 0 0.53 2.85 20'
  know '"\(.cohorts) \(.withheld)"' '2 0'
}

@test "what cannot be put together is refused with the way forward" {
  fails 2 survey results view before --across spring
  [[ $stderr == *'one cohort is not several'*'hint: '*--cohort* ]]
  fails 2 survey results view before --across spring,summer,spring
  [[ $stderr == *"'spring' is named twice"* ]]
  fails 2 survey compare view --across spring,,summer
  fails 2 survey results view before --across ,
  fails 4 survey results view before --across spring,sumer
  [[ $stderr == *sumer* ]]
  fails 4 survey results view befor --across spring,summer
  fails 4 survey results veiw before --across spring,summer
  fails 2 survey results view before --across spring,summer --by side
  write_programme 7 >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add winter --programme demo --title Winter --starts-on 2026-10-01 >/dev/null
  fails 5 survey results view before --across spring,winter
  [[ $stderr == *"the question 'know' of the survey 'view' differs"*'hint: '* ]]
  fails 5 survey compare view --across winter,spring
  sed 's/^programme: demo/programme: other/' programme.yaml >other.yaml
  mentor programme import other.yaml >/dev/null
  mentor cohort add elsewhere --programme other --title Elsewhere --starts-on 2026-10-01 >/dev/null
  fails 5 survey results view before --across winter,elsewhere
  [[ $stderr == *'different programmes'*'report combine'* ]]
  fails 2 survey results view before # several cohorts, none named
}

# sides MENTOR... -- MENTEE...: everybody's answers, each side its own.
sides() {
  local role=mentor n=0 answer
  export MENTOR_COHORT=spring
  echo 'Email,Know?,Again?,How?,Topics?,More?' >in.csv
  for answer; do
    [ "$answer" = -- ] && role=mentee && continue
    n=$((n + 1))
    person "p$n" Housing $role
    echo "p$n@example.org,$answer,yes,weekly,work,words" >>in.csv
  done
  mentor survey import view before in.csv >/dev/null
}

@test "each side is told by itself beside the total" {
  sides 2 2 2 2 2 4 4 4 4 4 -- 3 3 3 3 3
  ok survey results view before --by side -f json
  know '"\(.n) \(.mean)"' '15 3'
  json '[.data.sides[] | select(.question == "know") | "\(.side) \(.n) \(.mean)"] | join(", ")' 'mentor 10 3, mentee 5 3'
  json '[.data.side_answers[] | select(.question == "know" and .side == "mentee") | .count] | join(" ")' '0 0 5 0 0'
  json '[.data.sides[].question] | unique | join(" ")' 'again how know'
  for format in table plain csv tsv jsonl html md xlsx; do mentor survey results view before --by side -f $format -o "out.$format"; done
  grep -q '^know,Know?,mentor,10,3.00' out.csv
  grep -q 'By side' out.html
}

@test "a total that is told without its counts has no sides" {
  sides 2 2 2 2 2 4 4 4 4 4 -- 3 3 3 4 4
  ok survey results view before --by side -f json
  know '"\(.n) \(.mean) \(.median)"' '15 3.13 null'
  json '[.data.sides[] | select(.question == "know") | "\(.side) \(.mean) \(.suppressed)"] | join(", ")' 'mentor null true, mentee null true'
}

@test "documents of cohorts together and of sides are as their schema says" {
  sides 2 2 2 2 2 4 4 4 4 4 -- 3 3 3 3 3
  take summer before 3 3 3 3 3
  local words
  for words in "results view before -c spring --by side" "results view before --across spring,summer --texts" "compare view --across spring,summer"; do
    # shellcheck disable=SC2086 # words
    mentor survey $words -f json >document.json
    mentor schema "survey.${words%% *}" >schema.json
    /usr/bin/python3 -c 'import json, jsonschema; jsonschema.validate(json.load(open("document.json")), json.load(open("schema.json")))'
  done
}

@test "no side is told when one may not be, as the total less one is the other" {
  sides 2 2 2 2 2 4 4 4 3 3 -- 3 3 3 4 4 3
  ok survey results view before --by side -f json
  know '"\(.n) \(.mean) \(.median)"' '16 3 3'
  json '[.data.sides[] | select(.question == "know") | "\(.side) \(.n) \(.mean) \(.suppressed)"] | join(", ")' 'mentor 10 null true, mentee 6 null true'
  json '[.data.side_answers[] | select(.question == "know") | .count] | unique | tostring' '[null]'
  json '[.data.sides[] | select(.question == "again") | "\(.side) \(.mean)"] | join(", ")' 'mentor 1, mentee 1'
}

@test "not even how many answered is told of a side of few, nor of the other" {
  sides 2 2 2 2 2 4 4 4 4 4 -- 3 3
  ok survey results view before --by side -f json
  json '[.data.sides[] | select(.question == "know") | "\(.side) \(.n) \(.mean)"] | join(", ")' 'mentor null null, mentee null null'
  ok survey results view before --by side -f table
  assert_output --partial '[c]'
}

@test "sides are told of a survey that asks both and knows who answered" {
  fails 5 survey results quiet end -c spring --by side
  [[ $stderr == *anonymous*'hint: '* ]]
  fails 5 survey results one end -c spring --by side
  [[ $stderr == *'asks only one side'* ]]
  fails 2 survey results view before -c spring --by house
  sed 's/^title: Demo/&\narrangement: reciprocal/; s/^programme: demo/programme: round/' programme.yaml >round.yaml
  mentor programme import round.yaml >/dev/null
  mentor cohort add circle --programme round --title Circle --starts-on 2026-04-01 >/dev/null
  fails 5 survey results view before -c circle --by side
  [[ $stderr == *'everybody is on both sides'* ]]
}
