# survey.bats: answers in from a form's export, and out as numbers that give nobody away.
bats_require_minimum_version 1.5.0
load helpers

# A cohort with twelve accepted mentees (a to l) and one mentor.
setup() {
  clean_room
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo
contact: { email: team@example.org }
aims:
  insight: { text: Leaders gain insight, plans: [Equality plan, Talent plan] }
contract: { purpose: We learn. }
surveys:
  view:
    title: What leaders understand
    audience: mentees
    stages: [before, after]
    questions:
      know: { text: How well do you know?, low: not at all, high: very well, aim: insight }
      again: { text: Again?, kind: yes-no }
      more: { text: Anything else?, kind: text }
YAML
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  for name in a b c d e f g h i j k l; do person $name Housing mentee; done
  person guide Parks mentor
}

# answers FILE ANSWER...: one row per mentee, the scale question answered.
answers() {
  local file=$1 n=0 names=(a b c d e f g h i j k l)
  shift
  echo 'ID,Start time,Completion time,Email,Name,How well do you know?,Again?,Anything else?' >"$file"
  for answer; do
    echo "$((n + 1)),9/9/26 18:01,9/9/26 18:09,${names[n]}@example.org,Somebody,$answer,yes,note $n" >>"$file"
    n=$((n + 1))
  done
}

@test "an import tells how many, not who, and a second one changes nothing" {
  answers before.csv 1 2 3 4 5 1
  ok survey import view before before.csv
  assert_output $'added\t6\tview\tbefore'
  local after=$(fingerprint)
  ok survey import view before before.csv -f json
  json '.schema' mentor.survey.import/1
  json '.data[0] | "\(.change) \(.responses)"' 'unchanged 6'
  assert_equal "$(fingerprint)" "$after"
}

@test "a dry run imports nothing" {
  answers before.csv 1 2 3
  local before=$(fingerprint)
  ok survey import view before before.csv --dry-run
  assert_output $'added\t3\tview\tbefore\ndry run: nothing has been changed'
  assert_equal "$(fingerprint)" "$before"
}

@test "answers come from standard input, with semicolons and a byte-order mark too" {
  printf '\xef\xbb\xbfID;Email;How well do you know?;Again?;Anything else?\r\n1;a@example.org;4 - often;No;"two\r\nlines"\r\n' >f.csv
  ok survey import view before - <f.csv
  ok survey import view before f.csv --delimiter ';'
  assert_output $'unchanged\t1\tview\tbefore'
  fails 2 survey import view before f.csv --delimiter x
}

@test "one wrong row stops the whole import and is named with its heading" {
  answers before.csv 1 2 9
  local before=$(fingerprint)
  fails 3 survey import view before before.csv
  assert_equal "$(fingerprint)" "$before"
  [[ $stderr == *'before.csv row 3'* ]]
  [[ $stderr == *'How well do you know?'* ]]
  [[ $stderr == *"'9' is not a whole number from 1 to 5"* ]]
  [[ $stderr == *'nothing imported'* ]]
}

@test "an answer once given is never overwritten" {
  answers before.csv 1 2 3
  mentor survey import view before before.csv >/dev/null
  answers before.csv 1 2 4
  local before=$(fingerprint)
  fails 3 survey import view before before.csv
  [[ $stderr == *'imported already, with other answers'* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "a misspelt heading, survey or stage gets a suggestion" {
  printf 'ID,Email,How well do you knwo?,Again?,Anything else?\n' >f.csv
  fails 3 survey import view before f.csv
  [[ $stderr == *"did you mean 'How well do you know?'?"* ]]
  fails 4 survey import veiw before f.csv
  [[ $stderr == *"did you mean 'view'?"* ]]
  fails 4 survey results view befor
  [[ $stderr == *"did you mean 'before'?"* ]]
}

@test "who was not asked cannot answer" {
  printf 'ID,Email,How well do you know?,Again?,Anything else?\n1,guide@example.org,4,,\n' >f.csv
  fails 3 survey import view before f.csv
  [[ $stderr == *'this person is a mentor, and the survey asks mentees'* ]]
}

@test "the list shows responses and rates without identities" {
  answers before.csv 1 2 3 4 5 1
  mentor survey import view before before.csv >/dev/null
  ok survey list -f json
  json '.data[0] | "\(.stage) \(.asked) \(.responses) \(.rate)"' 'before 12 6 50'
  json '.data[1].responses' 0
  refute_output --partial example.org
}

@test "results below the threshold are withheld in every format" {
  answers before.csv 1 2 3 5
  mentor survey import view before before.csv >/dev/null
  ok survey results view before -f json
  json '.data.questions[0] | [.n, .mean, .median] | unique == [null]' true
  json '.data.questions[0].suppressed' true
  json '[.data.answers[] | select(.question == "know") | .count == null and .suppressed] | length' 5
  json '[.data.answers[] | select(.question == "know") | .count == null and .suppressed] | all' true
  for format in table plain csv tsv html; do
    ok survey results view before -f $format
    assert_output --partial '[c]'
    refute_output --partial 2.75
  done
}

@test "how many gave each answer is counted answer by answer, words for yes-no" {
  answers before.csv 2 2 2 2 2 2 5 5 5 5 5 5
  mentor survey import view before before.csv >/dev/null
  ok survey results view before -f json
  json '[.data.answers[] | select(.question == "know") | "\(.answer):\(.count)"] | join(" ")' '1:0 2:6 3:0 4:0 5:6'
  json '[.data.answers[] | select(.question == "again") | "\(.answer):\(.count)"] | join(" ")' 'no:0 yes:12'
  json '.data.questions[0] | "\(.minimum) \(.maximum) \(has("distribution"))"' '1 5 false'
  ok survey results view before -f table
  assert_line --regexp '^know +2 +6$'
  refute_output --partial 'In their own words'
  ok survey results view before -f csv
  assert_line --index 0 --regexp '^question,text,aim,kind,n,mean,median'
  assert_equal "${#lines[@]}" 4 # the questions, not the answers
}

@test "words are shown only when asked for and only from enough people" {
  answers before.csv 1 2 3 4
  mentor survey import view before before.csv >/dev/null
  ok survey results view before --texts -f json
  json '.data.texts | length' 0
  ok survey results view before --texts -f table
  assert_output --partial 'No question was answered in words by enough people'
  answers before.csv 1 2 3 4 5
  mentor survey import view before before.csv >/dev/null
  ok survey results view before -f json
  json '.data.texts | length' 0
  ok survey results view before --texts -f json
  json '[.data.texts[].answer] | join(",")' 'note 0,note 1,note 2,note 3,note 4'
}

@test "change is shown by question and by aim" {
  answers before.csv 1 1 1 1 1 1 3 3 3 3 3 3
  answers after.csv 2 2 2 2 2 2 3 3 3 3 3 3
  mentor survey import view before before.csv >/dev/null
  mentor survey import view after after.csv >/dev/null
  ok survey compare view -f json
  json '.data.questions[0] | "\(.basis) \(.n) \(.before + 0) \(.after + 0) \(.change + 0) \(.improved) \(.same) \(.worse) \(.p)"' \
    'paired 12 2 2.5 0.5 6 6 0 313'
  json '.data.questions[0].suppressed' false
  json '.data.aims[0] | "\(.aim) \(.change + 0) \(.state) \(.plans | join("+"))"' 'insight 0.5 measured Equality plan+Talent plan'
  ok survey compare view -f table
  assert_output --partial 'Paired: the means are of the people who answered both times.'
  ok survey compare view before after -f json
  json '.data.questions[0].change + 0' 0.5
  fails 3 survey compare view after after
}

@test "a row with any number withheld says so" {
  answers before.csv 3 3 3 3 3 3 3 3 3 3 3 3
  answers after.csv 4 4 4 4 4 4 4 4 2 2 2 1
  mentor survey import view before before.csv >/dev/null
  mentor survey import view after after.csv >/dev/null
  ok survey compare view -f json
  json '.data.questions[0] | "\(.before + 0) \(.after) \(.worse) \(.suppressed)"' '3 3.25 null true'
}

@test "means that would give a few away are of all who answered, and that is said" {
  answers before.csv 2 2 2 2 2 2 2 2 2 2 5 5
  answers after.csv 3 3 3 3 3 3 3 3 3 3
  mentor survey import view before before.csv >/dev/null
  mentor survey import view after after.csv >/dev/null
  ok survey compare view -f json
  json '.data.questions[0] | "\(.basis) \(.before + 0) \(.after + 0)"' 'unpaired 2.5 3'
  ok survey compare view -f table
  assert_output --partial 'Unpaired: the means are of all who answered each time'
}

@test "a page of results escapes what people wrote" {
  answers before.csv 1 2 3 4 5
  sed -i 's|note 0|<script>alert(1)</script>|' before.csv
  mentor survey import view before before.csv >/dev/null
  ok survey results view before --texts -f html
  assert_output --partial '&lt;script&gt;alert(1)&lt;/script&gt;'
  refute_output --partial '<script>'
}

@test "a page of results has every question on its own scale, and says which" {
  answers before.csv 2 2 2 2 2 2 5 5 5 5 5 5
  mentor survey import view before before.csv >/dev/null
  ok survey results view before -f html
  assert_output --partial 'How well do you know? <span>(1 to 5)</span>'
  assert_output --partial 'Again? <span>(0 to 1)</span>'
  # 3.5 on a scale from 1 to 5 is 62.5 per cent of the way, and all said yes
  assert_line '<rect class="b0" x="0.00%" width="62.50%" y="0" height="15"/>'
  assert_line '<rect class="b0" x="0.00%" width="100.00%" y="0" height="15"/>'
  assert_line '<p aria-hidden="true">know 2</p>'
}

# votes FILE ANSWER...: one response to the harbour survey for each "often|topics".
votes() {
  local file=$1 n=0
  shift
  echo 'Number,Email,Name,Know,Often,Topics' >"$file"
  for answer; do
    n=$((n + 1))
    echo "$n,ann@example.org,Ann,3,${answer%|*},${answer#*|}" >>"$file"
  done
}

# A store of its own: setup has made one with another programme.
harbour() {
  rm -f "$MENTOR_DB"
  with_harbour
}

@test "choices are counted in the programme's words, and nobody's name is read where the survey is anonymous" {
  harbour
  votes votes.csv 'weekly|Work;Home' 'Weekly|Work;Home;' 'Weekly|work;home' 'Weekly|Work;Home' 'Weekly|Work;Home' 'Monthly|Work' \
    'Monthly|' 'Monthly|' 'Monthly|' 'Monthly|Home'
  ok survey import view before votes.csv
  assert_output $'added\t10\tview\tbefore'
  assert_equal "$(sqlite3 "$MENTOR_DB" 'SELECT count(*) FROM response WHERE respondent_id IS NOT NULL')" 0
  ok survey import view before votes.csv
  assert_output $'unchanged\t10\tview\tbefore'
  ok survey list -f json
  json '.data[0] | "\(.responses) \(.anonymous)"' '10 true'
  ok survey results view before -f json
  json '[.data.questions[].question] | join(" ")' 'know often topics'
  json '.data.questions[1] | "\(.kind) \(.n) \(.mean) \(.median) \(.suppressed)"' 'choice 10 null null false'
  json '[.data.answers[] | select(.question == "often") | "\(.answer):\(.count)"] | join(" ")' 'Weekly:5 Monthly:5 Less often:0'
  # six ticked it and four did not: of four nothing is said
  json '[.data.answers[] | select(.question == "topics") | "\(.answer):\(.count)"] | join(" ")' 'Work:null Home:null Sport:0'
  for format in table plain csv tsv html; do
    ok survey results view before -f $format
    refute_output --partial ann@example.org
  done
}

@test "what is no choice stops the import and gets a suggestion" {
  harbour
  votes votes.csv 'Weekly|Work' 'Wekly|Work' 'Weekly|Work;Hme'
  local before=$(fingerprint)
  fails 3 survey import view before votes.csv
  [[ $stderr == *"votes.csv row 2"*"Often"*"'Wekly' is not 'Weekly', 'Monthly' or 'Less often'"* ]]
  [[ $stderr == *"did you mean 'Weekly'?"* ]]
  [[ $stderr == *"votes.csv row 3"*"Topics"*"'Hme' is not 'Work', 'Home' or 'Sport'"* ]]
  [[ $stderr == *"did you mean 'Home'?"* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "a question is wanted at its own stages only" {
  harbour
  votes votes.csv 'Weekly|Work'
  fails 3 survey import view after votes.csv
  [[ $stderr == *Again*'this heading is missing'* ]]
  sed -i '1s/$/,Again/; 2,$s/$/,yes/' votes.csv
  ok survey import view after votes.csv
  fails 3 survey import view before votes.csv
  [[ $stderr == *Again*'the survey has no such question'* ]]
  [[ $stderr == *"it is asked only at the stage 'after'"* ]]
}

@test "an anonymous survey is compared without pairs, and cannot do without response numbers" {
  harbour
  printf 'Email,Know,Often,Topics\nann@example.org,3,,\n' >f.csv
  fails 3 survey import view before f.csv
  [[ $stderr == *Number*'this heading is missing'* ]]
  [[ $stderr == *'the survey is anonymous'* ]]
  votes before.csv 'Weekly|' 'Weekly|' 'Weekly|' 'Weekly|' 'Weekly|'
  sed '1s/$/,Again/; 2,$s/$/,yes/; s/,3,/,4,/' before.csv >after.csv
  mentor survey import view before before.csv >/dev/null
  mentor survey import view after after.csv >/dev/null
  ok survey compare view -f json
  json '[.data.questions[] | "\(.question) \(.basis) \(.n) \(.change + 0) \(.improved)"] | join(",")' 'know unpaired null 1 null'
  ok survey compare view -f table
  assert_output --partial 'either the survey is anonymous'
}

# With a question asked in hindsight, and words that need a consent.
hindsight() {
  sed 's/^      again: .*/      again: { text: "Again?", kind: yes-no, level: reaction, box: programme-process }\n      knew: { text: How well did you know at the start?, then: know, stages: [after], level: learning, box: relationship-outcome }/;
       s/^      more: .*/      more: { text: "Anything else?", kind: text, consent: again }/' programme.yaml >then.yaml
  mentor programme import then.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
}

@test "what people say in hindsight of their start is told apart from the change" {
  hindsight
  answers before.csv 4 4 4 4 4 4 4 4 4 4 4 4
  mentor survey import view before before.csv >/dev/null
  { echo 'ID,Email,How well do you know?,Again?,How well did you know at the start?,Anything else?'
    for name in a b c d e f g h i j k l; do echo "1$name,$name@example.org,4,yes,2,"; done; } >after.csv
  mentor survey import view after after.csv >/dev/null
  ok survey compare view -f json
  json '[.data.questions[] | "\(.question) \(.change)"] | join(", ")' "know 0, again 0"
  json '.data.hindsight[0] | "\(.question) \(.from) \(.to): \(.before) \(.after) \(.change) of \(.n), \(.level), \(.box)"' \
    "knew after after: 2 4 2 of 12, learning, relationship-outcome"
  ok survey results view after -f json
  json '.data.questions[1] | "\(.level) \(.box)"' "reaction programme-process"
}

@test "words that need a consent are listed only of those who gave it, and only where they are enough" {
  hindsight
  answers before.csv 1 2 3 4 5 1 2 3 4
  sed -i '2,5s/,yes,/,no,/' before.csv
  mentor survey import view before before.csv >/dev/null
  ok survey results view before --texts -f json
  json '[.data.texts[].answer] | join(", ")' "note 4, note 5, note 6, note 7, note 8"
  json '.data.questions[] | select(.question == "more").n' 9
  mentor survey remove 1 --yes >/dev/null
  sed -i '6s/,yes,/,no,/' before.csv
  mentor survey import view before before.csv >/dev/null
  ok survey results view before --texts -f json
  json '.data.texts | length' 0
}

@test "answers that come later are not counted before they are enough by themselves" {
  answers before.csv 2 2 2 2 2 4 4 4 4 4
  mentor survey import view before before.csv >/dev/null
  answers more.csv 2 2 2 2 2 4 4 4 4 4 5
  mentor survey import view before more.csv >/dev/null
  ok survey results view before -f json
  json '.data.questions[0] | "\(.n) \(.mean) \(.waiting)"' "10 3 1"
  json '[.data.answers[] | select(.question == "know").count] | join(" ")' "0 5 0 5 0"
  ok survey list -f json
  json '.data[0].responses' 11
  # imported together from the start they count together
  mentor survey remove 2 --yes >/dev/null
  mentor survey remove 1 --yes >/dev/null
  answers both.csv 2 2 2 2 2 4 4 4 4 4 4
  ok survey import view before both.csv
  ok survey results view before -f json
  json '.data.questions[0] | "\(.n) \(.waiting)"' "11 0"
}

@test "the list says when each stage opens and closes, and whether it is open today" {
  sed 's/^    stages: \[before, after\]/&\n    open: { before: { from: starts, weeks: -1, days: 10 } }/' programme.yaml >dated.yaml
  sed -i 's/^programme: demo/programme: dated/' dated.yaml
  mentor programme import dated.yaml >/dev/null
  mentor cohort add autumn --programme dated --title Autumn --starts-on 2026-09-08 >/dev/null
  local day
  for day in 2026-08-31:planned 2026-09-01:open 2026-09-10:open 2026-09-11:closed; do
    ok survey list -c autumn -f json --now "${day%:*}"
    json '.data[0] | "\(.opens_on) \(.closes_on) \(.state)"' "2026-09-01 2026-09-10 ${day#*:}"
    json '.data[1] | "\(.opens_on) \(.closes_on) \(.state)"' 'null null null'
  done
}

@test "change is summed up in the kinds of outcome that the programme's questions name" {
  sed 's/aim: insight }/aim: insight, level: learning, box: relationship-outcome }/; s/^      again: .*/      do: { text: Do you act on it?, level: behaviour, box: relationship-outcome }/; s/^programme: demo/programme: kinds/' \
    programme.yaml >kinds.yaml
  mentor programme import kinds.yaml >/dev/null
  mentor cohort add autumn --programme kinds --title Autumn --starts-on 2026-09-08 >/dev/null
  local n
  for n in 1 2 3 4 5; do echo "$n,,2,2,"; done | sed '1i ID,Email,How well do you know?,Do you act on it?,Anything else?' >before.csv
  sed 's/,2,2,/,4,3,/' before.csv >after.csv
  mentor survey import -c autumn view before before.csv >/dev/null
  ok survey compare view -c autumn -f json
  json '[.data.kinds[] | "\(.of) \(.kind) \(.questions) \(.change) \(.state)"] | join(", ")' \
    'level learning 0 null waiting, level behaviour 0 null waiting, box relationship-outcome 0 null waiting'
  mentor survey import -c autumn view after after.csv >/dev/null
  ok survey compare view -c autumn -f json
  json '[.data.kinds[] | "\(.of) \(.kind) \(.questions) \(.change) \(.state)"] | join(", ")' \
    'level learning 1 2 measured, level behaviour 1 1 measured, box relationship-outcome 2 1.5 measured'
  ok survey compare view -c autumn -f md
  assert_output --partial 'Change by kind of outcome'
  # where no question names any there is nothing to say
  ok survey compare view -c spring -f md
  refute_output --partial 'kind of outcome'
}
