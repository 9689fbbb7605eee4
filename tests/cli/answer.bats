# answer.bats: answering by token, by a form that is one file, or as typed; and taking an import back.
load helpers

setup() {
  clean_room
  with_cohort
  for name in clara david esi femi gwen hari; do person $name Parks mentee; done
}

# file TOKEN ANSWER: what the form of the feedback survey saves.
answer_file() {
  printf 'Token,Was it worth your time?,What went well?,What did not go well?,What should the next cohort do differently?\r\n"%s","%s","","",""\r\n' "$1" "$2"
}

# tokens: everybody's, a line each, by name.
tokens() {
  mentor survey issue feedback end -f tsv --fields token | tail -n +2
}

@test "everybody who is asked gets a token, which is told once and kept as a fingerprint" {
  ok survey issue feedback end -f json --link 'https://forms.example.org/f?t={token}&x=1'
  json '.data | length' 6
  json '[.data[].token] | unique | length' 6
  json '.data[0] | .link == "https://forms.example.org/f?t=\(.token)&x=1"' true
  local token
  token=$(jq -r '.data[0].token' <<<"$output")
  run grep -c "$token" "$MENTOR_DB"
  assert_output 0
  local before=$(fingerprint)
  ok survey issue feedback end -f json
  json '[.data[] | "\(.change) \(.token)"] | unique | join(",")' "unchanged null"
  assert_equal "$(fingerprint)" "$before"
  ok survey issue feedback end --dry-run --again
  assert_equal "$(fingerprint)" "$before"
  fails 2 survey issue feedback end --link https://forms.example.org/
  fails 4 survey issue feedback begin
}

@test "answers to an anonymous survey come in by token, all at once, and nothing joins them to anybody" {
  local n=0
  tokens >tokens
  while read -r token; do
    n=$((n + 1))
    answer_file "${token^^}" $((n % 2 ? 3 : 4)) >"a$n.csv"
  done <tokens
  ok survey import feedback end a1.csv a2.csv a3.csv a4.csv a5.csv
  assert_output $'added\t5\tfeedback\tend'
  ok survey import feedback end a1.csv
  assert_output $'unchanged\t1\tfeedback\tend'
  # no column of a response is one of a ticket, a person or an enrolment, and numbers are random
  run sqlite3 "$MENTOR_DB" "SELECT count(*) FROM response WHERE respondent_id IS NOT NULL OR id < 100000 OR response IN (SELECT token FROM ticket)"
  assert_output 0
  run sqlite3 "$MENTOR_DB" "SELECT count(DISTINCT used) || ' ' || sum(used) FROM ticket"
  assert_output "2 5"
  # of six people the sixth is told apart by what is missing, and refused unless that is accepted
  fails 5 survey import feedback end a6.csv
  [[ $stderr == *"comparing copies of the store"*"--few"* ]]
  ok survey import feedback end a6.csv --few
}

@test "the order of the files is not the order of the answers" {
  # forty people, twenty imports of a new store each: rank correlation with the order of the files stays small
  local n
  for n in {1..34}; do person "more$n" Parks mentee --override 2>/dev/null || { mentor person add --name "More $n" --email "more$n@example.org" >/dev/null 2>&1 || true; mentor enrol add "more$n@example.org" --role mentee >/dev/null 2>&1 || true; mentor enrol accept "more$n@example.org" --override "A large cohort" >/dev/null; }; done
  mentor survey issue feedback end -f tsv --fields token | tail -n +2 | { head -1 <<<"Token,Was it worth your time?,What went well?,What did not go well?,What should the next cohort do differently?"; n=0
    while read -r token; do n=$((n + 1)); echo "$token,,w$(printf %02d $n),,"; done; } >all.csv
  ok survey import feedback end all.csv
  run sqlite3 "$MENTOR_DB" "SELECT group_concat(substr(text, 2), ' ') FROM (SELECT text FROM response_value WHERE question = 'went-well' ORDER BY id)"
  awk '{ n = NF; for (i = 1; i <= n; i++) d += ($i - i) ^ 2; rho = 1 - 6 * d / (n * (n * n - 1)); exit !(n == 40 && rho < 0.6 && rho > -0.6) }' <<<"$output" || fail "$output"
  run sqlite3 "$MENTOR_DB" "SELECT group_concat(substr(text, 2), ' ') FROM (SELECT v.text FROM response r JOIN response_value v ON v.response_id = r.id WHERE v.question = 'went-well' ORDER BY r.id)"
  awk '{ n = NF; for (i = 1; i <= n; i++) d += ($i - i) ^ 2; rho = 1 - 6 * d / (n * (n * n - 1)); exit !(n == 40 && rho < 0.6 && rho > -0.6) }' <<<"$output" || fail "$output"
}

@test "a token of somebody else's stage, or of nobody, is named with its row" {
  answer_file abcd-efgh 4 >a.csv
  fails 3 survey import feedback end a.csv --few
  [[ $stderr == *'a.csv row 1'*'Token'*'nobody was given this token for this stage'* ]]
  answer_file "" 4 >a.csv
  fails 3 survey import feedback end a.csv --few
  [[ $stderr == *'the token is missing'* ]]
}

@test "answers are taken as typed, as strictly as from a file" {
  ok survey answer mentee before --person clara@example.org understand=4 informed="Not at all"
  assert_output $'added\t1\tmentee\tbefore'
  ok survey answer mentee before --person clara@example.org understand=4 informed=1
  assert_output $'unchanged\t1\tmentee\tbefore'
  local before=$(fingerprint)
  fails 3 survey answer mentee before --person clara@example.org understand=5
  [[ $stderr == *'imported already, with other answers'* ]]
  fails 3 survey answer mentee before --person david@example.org understand=7
  fails 4 survey answer mentee before --person david@example.org understnd=4
  [[ $stderr == *"did you mean 'understand'?"* ]]
  fails 2 survey answer mentee before understand=4
  fails 2 survey answer mentee before --person david@example.org understand
  fails 2 survey answer feedback end --person david@example.org worthwhile=4
  [[ $stderr == *'answered by token'* ]]
  ok survey answer mentee before --person david@example.org understand=4 --dry-run
  assert_equal "$(fingerprint)" "$before"
}

@test "the status tells how many have answered, not who; an import is taken back whole" {
  mentor survey answer mentee before --person clara@example.org understand=4 >/dev/null
  printf 'ID,Your work e-mail address,%s\n1,david@example.org,,,,,,,,\n2,esi@example.org,,,,,,,,\n' "$(mentor survey results mentee before -f json | jq -r '[.data.questions[].text] | @csv')" >two.csv
  mentor survey import mentee before two.csv >/dev/null
  fails 5 survey import mentee after two.csv
  [[ $stderr == *"this very file was imported already, for the stage 'before' of 'mentee'"*"mentor survey remove 2"* ]]
  ok survey status -f json
  json '.data.stages[0] | "\(.asked) \(.answered) \(.rate)"' "6 3 50"
  json '.data.imports[1] | "\(.number) \(.file) \(.responses)"' "2 two.csv 2"
  refute_output --partial example.org
  fails 4 survey remove 9 --yes
  fails 2 survey remove first --yes
  ok survey remove 2 --yes
  ok survey status -f json
  json '.data.stages[0].answered' 1
  json '.data.imports | length' 1
  ok survey import mentee after two.csv
  assert_output $'added\t2\tmentee\tafter'
}

@test "the form is one file that asks nobody for anything" {
  ok survey form mentee before
  assert_line '<!DOCTYPE html>'
  refute_output --regexp '(src|href|action)='
  assert_output --partial "default-src 'none'"
  [ "$(grep -c '<fieldset data-heading=' <<<"$output")" = 4 ]
  [ "$(grep -c '<label class="label" for="q' <<<"$output")" = 4 ]
  ok survey form mentee before -f json
  json '.data.format' html
  fails 4 survey form mentee never
}

@test "what a programme says goes into the form as text, whatever it is" {
  sed 's|text: Was it worth your time?|text: "<script>alert(1)</script> \\"quoted\\" \& more"|' "$EXAMPLES/manchester/programme.yaml" >odd.yaml
  mentor programme import odd.yaml >/dev/null
  mentor cohort add odd --programme manchester >/dev/null
  ok survey form feedback end -c odd
  refute_output --partial '<script>alert'
  assert_output --partial '&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; more'
}

@test "the form is filled in by the keyboard alone, in a real browser, and its file is read" {
  command -v chromedriver >/dev/null && command -v chromium >/dev/null || skip "Chromium and its driver are not installed"
  tokens >tokens
  mentor survey form feedback end -o form.html
  mkdir down
  run --separate-stderr timeout 120 /usr/bin/python3 "$ROOT/tests/cli/form_keys.py" "$PWD/form.html" "$PWD/down" "$(head -1 tokens)"
  assert_success
  assert_line --index 0 "focus text"
  assert_line "cleared: left 0 then focus radio"
  assert_line --regexp '^said Saved as feedback-end-.*\.csv in your downloads'
  assert_line "then focus said"
  refute_line --regexp '^console'
  assert_equal "$(grep -c '^asked for' <<<"$output")" 1
  assert_line "asked for file://$PWD/form.html"
  ok survey import feedback end down/*.csv --few
  assert_output $'added\t1\tfeedback\tend'
  run sqlite3 "$MENTOR_DB" "SELECT question || ' ' || coalesce(number, text) FROM response_value ORDER BY question"
  assert_line "worthwhile 3"
  assert_line 'went-well Said "no", twice'
}

# typed TEXT ARGUMENT...: runs mentor on a terminal and types the text; \x04 is Ctrl-D.
typed() {
  local text=$1
  shift
  run script -qec "mentor $*" /dev/null < <(printf "$text")
}

@test "on a terminal each question is put with the ends of its scale, and what cannot be read is asked again" {
  typed '9\n4\nnot at all\n\n\n\n\n\n\ny\n' survey answer mentee before --person clara@example.org
  assert_success
  assert_output --partial '1 to 5; lowest: Not at all; highest: Very well'
  assert_output --partial "'9' is not a whole number from 1 to 5"
  assert_equal "$(grep -c '^1\. How well' <<<"$output")" 2
  run sqlite3 "$MENTOR_DB" "SELECT question || number FROM response_value ORDER BY question"
  assert_output $'support1\nunderstand4'
  # the same as by operands
  ok survey answer mentee before --person clara@example.org understand=4 support=1
  assert_output $'unchanged\t1\tmentee\tbefore'
}

@test "Ctrl-D, and whoever does not agree, leave nothing stored" {
  local before=$(fingerprint)
  typed '4\n4\n\x04' survey answer mentee before --person clara@example.org
  assert_equal "$status" 5
  assert_output --partial 'the answers ended before the questions: nothing is stored'
  typed '4\n4\n\n\n\n\n\n\nn\n' survey answer mentee before --person clara@example.org
  assert_equal "$status" 5
  typed '4\n4\n\n\n\n\n\n\n' survey answer mentee before --person clara@example.org --dry-run
  assert_success
  assert_output --partial 'nothing has been changed'
  assert_equal "$(fingerprint)" "$before"
  typed '4\n4\n\n\n\n\n\n\n' survey answer mentee before --person clara@example.org --yes
  assert_success
}

@test "nobody types answers that would not be taken" {
  typed '4\n' survey answer mentee before --person nobody@example.org
  assert_equal "$status" 4
  refute_output --partial '> '
  person guide Parks mentor
  typed '4\n' survey answer mentee before --person guide@example.org
  assert_equal "$status" 3
  assert_output --partial 'this person is a mentor, and the survey asks mentees'
  ok survey answer mentee before --person clara@example.org understand=4
  typed '4\n' survey answer mentee before --person clara@example.org
  assert_equal "$status" 3
  assert_output --partial 'this stage has been answered already'
  typed '4\n' survey answer feedback end --token nonsense
  assert_equal "$status" 3
  assert_output --partial 'nobody was given this token'
  typed '4\n' survey answer mentee before
  assert_equal "$status" 2
  # and without a terminal nobody is asked
  fails 2 survey answer mentee before --person david@example.org
  [[ $stderr == *'no answers are given'*'hint: '* ]]
  typed '' survey answer mentee before --person david@example.org --no-input
  assert_equal "$status" 2
}

@test "a choice is typed as its number or in its words, several with semicolons; a token answers too" {
  cat >choices.yaml <<'YAML'
programme: choices
title: Choices
contact: { email: team@example.org }
contract: { purpose: We learn. }
surveys:
  end:
    title: At the end
    anonymous: yes
    stages: [end]
    questions:
      often: { text: How often?, kind: choice, choices: [Weekly, Monthly] }
      topics: { text: About what?, kind: multi, choices: [Work, Home, "2"] }
      again: { text: Again?, kind: yes-no }
YAML
  mentor programme import choices.yaml >/dev/null
  export MENTOR_COHORT=autumn
  mentor cohort add autumn --programme choices --title Autumn --starts-on 2026-04-01 >/dev/null
  mentor cohort open autumn >/dev/null
  person ivor Parks mentee
  typed '3\n2\nHome; 1 ;2\nmaybe\nyes\ny\n' survey answer end end --few --token "$(mentor survey issue end end -f tsv --fields token | tail -1)"
  assert_success
  assert_output --partial '   2  Monthly'
  assert_output --partial "'3' is not 'Weekly' or 'Monthly'"
  assert_output --partial "'maybe' is not yes or no"
  run sqlite3 "$MENTOR_DB" "SELECT group_concat(coalesce(text, number), ' ') FROM (SELECT text, number FROM response_value ORDER BY question, position)"
  assert_output '1 Monthly Home Work 2'
}
