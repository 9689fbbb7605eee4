# report.bats: the progress report in every format, without names and without what was said.
bats_require_minimum_version 1.5.0
load helpers

# A running cohort with one pair, three of four sessions and a survey answered by six before and after.
setup() {
  clean_room
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo <programme>
organisation: Example Council
contact: { name: Programme team, email: team@example.org }
aims:
  insight: { text: Leaders gain insight, plans: [Equality plan] }
  grades: { text: More diverse grades, plans: [Talent plan, Workforce plan] }
contract:
  purpose: We learn.
  sessions: { minimum: 4, usual: 5, maximum: 6 }
  minutes: { minimum: 45, maximum: 60 }
surveys:
  view:
    title: What leaders understand
    audience: mentees
    stages: [before, after]
    questions:
      know: { text: How well do you know?, aim: insight }
YAML
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title "Spring & summer" --starts-on 2026-03-02 --ends-on 2026-09-02 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  for name in clara david emma finn gita hugo; do person $name Parks mentee; done
  mentor cohort close >/dev/null
  mentor match propose >/dev/null
  mentor match publish --yes >/dev/null
  mentor cohort start >/dev/null
  export MENTOR_NOW=2026-06-02
  for date in 2026-03-10 2026-04-10 2026-05-10; do
    mentor log add m1 --date $date --minutes 50 --place "Behind the bins" >/dev/null
  done
}

# with_answers [ANSWER]: everybody answers 2 before and 4 after; Hugo answers ANSWER after.
with_answers() {
  local stage name answer n
  for stage in before after; do
    echo 'ID,Email,How well do you know?' >$stage.csv
    n=0
    for name in clara david emma finn gita hugo; do
      n=$((n + 1)) answer=4
      [ $name = hugo ] && answer=${1:-4}
      [ $stage = before ] && answer=2
      echo "$n,$name@example.org,$answer" >>$stage.csv
    done
    mentor survey import view $stage $stage.csv >/dev/null
  done
}

@test "the reports are listed" {
  ok report list
  assert_output --regexp '^progress'
}

@test "an unknown report gets a suggestion" {
  fails 4 report show progres
  [[ $stderr == *"did you mean 'progress'?"* ]]
}

@test "one document holds every part" {
  with_answers
  ok report show progress -f json
  json '.schema' mentor.report.show/1
  json '.data | keys_unsorted | join(" ")' 'head scope steps recruitment by_organisation by_directorate matching paces links months commitment totals measures people pairs attendance duties topics coverage aims outcomes barrier_counts barrier_times barriers work lessons remarks activity activity_by_organisation activity_by_directorate ismcp clutterbuck kirkpatrick care equality'
  json '.data.head | "\(.day) \(.state) \(.months_passed) \(.contact_email)"' '2026-06-02 running 3 team@example.org'
  json '.data.recruitment[1] | "\(.side) \(.accepted)"' 'mentees 6'
  json '.data.matching | "\(.active) \(.left_over)"' '1 5'
  json '.data.commitment[0] | "\(.pair) \(.sessions) \(.minutes) \(.due) \(.minimum) \(.pace) \(.last_on)"' \
    'm1 3 150 2 4 on-pace 2026-05-10'
  json '.data.aims[0] | "\(.change + 0) \(.questions) \(.state)"' '2 1 measured'
  json '.data.outcomes[0] | "\(.basis) \(.n) \(.improved)"' 'paired 6 6'
}

@test "no name of a participant, and not where they met, is in any format" {
  with_answers
  for format in table plain json csv html; do
    ok report show progress -f $format
    for word in Amira Clara David Emma Finn Gita Hugo clara@example.org bins; do
      refute_output --partial "$word"
    done
  done
}

@test "a pair that falls behind is called so and told why" {
  export MENTOR_NOW=2026-09-02
  ok report show progress -f json
  json '.data.commitment[0] | "\(.due) \(.pace)"' '4 behind'
  ok report show progress -f table
  assert_output --partial 'Behind: fewer sessions count than are due by now'
  mentor log add m1 --date 2026-09-01 --minutes 60 >/dev/null
  ok report show progress -f json
  json '.data.commitment[0].pace' met
}

@test "lines, CSV and chosen columns are of the sessions by pair" {
  ok report show progress -f csv
  assert_line --index 0 pair,pace,sessions,counted,shortest,from_signing,due,minimum,usual,minutes,last_on,contract
  assert_line --index 1 --regexp '^m1,on-pace,3,3,45,no,2,4,5,150,2026-05-10,'
  assert_equal "${#lines[@]}" 2
  ok report show progress -f jsonl
  json '.pair' m1
  ok report show progress --fields pair,pace -f tsv
  assert_output $'pair\tpace\nm1\ton-pace'
}

@test "sessions too short to count are told apart, so that behind can be understood" {
  mentor log add m1 --date 2026-06-01 --minutes 30 >/dev/null
  export MENTOR_NOW=2026-09-02
  ok report show progress -f table
  assert_line --regexp '^pair +pace +sessions +counted +due by now +minimum '
  assert_line --regexp '^m1 +behind +4 +3 +4 +4 '
  assert_line 'Counted: sessions of 45 minutes or more; shorter ones were held, but do not count.'
  [ "$(sed -n '/^Sessions by pair/,/^$/p' <<<"$output" | wc -L)" -le 100 ]
}

@test "outcomes wait for answers to both stages, aims do not" {
  ok report show progress -f json
  json '.data.outcomes | length' 0
  json '[.data.aims[] | "\(.aim) \(.questions) \(.change) \(.state)"] | join(", ")' \
    'insight 0 null waiting, grades 0 null not-measured'
}

@test "an aim that nobody asks about is reported as not measured, with the plans it serves" {
  with_answers
  ok report show progress -f json
  json '.data.aims[1] | "\(.text): \(.state), \(.survey), \(.plans | join(" + "))"' \
    'More diverse grades: not-measured, null, Talent plan + Workforce plan'
  ok report show progress -f table
  assert_line --regexp '^More diverse grades +0 +not measured +Talent plan; Workforce plan$'
  assert_line 'Not measured: no question of a survey with two stages names the aim.'
  ok report show progress -f html
  assert_output --partial '<span class="tag">not measured</span>'
  assert_output --partial '<li>Talent plan</li><li>Workforce plan</li>'
}

@test "cohort status counts the pairs that the report calls behind" {
  ok cohort status -f json
  json '[.data.todo[].what | select(contains("behind"))] | length' 0
  export MENTOR_NOW=2026-09-02
  ok cohort status -f json
  json '.data.todo[] | select(.what == "1 pair is behind") | "\(.stage) \(.command)"' 'meet mentor report show progress'
}

@test "the page stands alone: one heading, a language, no script, nothing loaded" {
  with_answers
  ok report show progress -f html
  assert_line --index 0 '<!DOCTYPE html>'
  assert_line --index 1 '<html lang="en-GB">'
  assert_line --index 3 '<meta charset="utf-8">'
  assert_equal "$(grep -o '<h1>' <<<"$output" | wc -l)" 1
  assert_output --partial '<h1>Progress of Spring &amp; summer</h1>'
  assert_output --partial 'Demo &lt;programme&gt;'
  assert_output --partial '2 June 2026'
  refute_output --regexp '<script|<link|<img|https?:|@import|url\('
}

@test "every table of the page has a caption and headings, every chart a name and a key" {
  with_answers
  ok report show progress -f html
  local tables=$(grep -cE '^<table( class="many")?>' <<<"$output") charts=$(grep -c '^<figure ' <<<"$output")
  [ "$tables" -ge 4 ]
  [ "$charts" -ge 2 ]
  assert_equal "$(grep -c '<caption ' <<<"$output")" "$tables"
  assert_equal "$(grep -c '<th scope="col"' <<<"$output")" "$tables"
  # every drawing has a name and says in words what it shows; what is only decoration is hidden
  assert_equal "$(grep -cE '<svg[^>]* role="img" aria-labelledby=' <<<"$output")" "$(grep -c '^<title id=' <<<"$output")"
  assert_equal "$(grep -cE '<svg[^>]* aria-describedby=' <<<"$output")" "$(grep -c '<desc id=' <<<"$output")"
  assert_equal "$(grep -o '<svg' <<<"$output" | wc -l)" "$(grep -oE '<svg[^>]*(role="img"|aria-hidden="true")' <<<"$output" | wc -l)"
  assert_equal "$(grep -c '^<figcaption>' <<<"$output")" "$charts"
  assert_equal "$(grep -c 'in figures</span></caption>' <<<"$output")" "$charts"
}

@test "a chart says what its bars count, on which scale, and marks the minimum with a line and a word" {
  with_answers
  mentor match end m1 --yes --replacement both >/dev/null # a second pair, so that there is something to compare
  mentor match propose >/dev/null
  mentor match publish --yes >/dev/null
  ok report show progress -f html
  assert_output --partial '<b>Counted</b>: sessions long enough to count'
  assert_output --partial '<b>Minimum</b>: sessions the programme asks for'
  assert_line --regexp '^<text paint-order="stroke" x="100.00%" y="11" text-anchor="end">minimum 4</text>$'
  assert_output --partial '<line class="mark" x1="100.00%" x2="100.00%"'
  assert_output --partial '<b>Before</b>: mean at the earlier stage'
  assert_line '<span>Scale from 1 to 5</span>'
  assert_line '<text paint-order="stroke" x="50.00%" y="12" text-anchor="middle">3</text>'
  assert_output --partial '<p>Paired: the means are of the people who answered both times.</p>'
}

@test "a page that cannot be finished leaves nothing behind" {
  with_answers
  sqlite3 "$MENTOR_DB" 'DROP TABLE response_value'
  if [[ $BUILD == *-san* ]]; then
    fails 70 report show progress -f html
    return
  fi
  run --separate-stderr valgrind -q --leak-check=full --errors-for-leak-kinds=all --error-exitcode=99 mentor report show progress -f html
  assert_equal "$status" 70
  assert_equal "$output" ""
}

@test "the page is well-formed and has no id twice" {
  with_answers
  mentor report show progress -f html -o page.html
  run --separate-stderr /usr/bin/python3 - <<'PY'
import html.parser
class Check(html.parser.HTMLParser):
    void = {"meta", "wbr"}
    stack, ids = [], []
    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in self.void:
            self.stack.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop() == tag, (tag, self.getpos())
check = Check()
check.feed(open("page.html", encoding="utf-8").read())
assert not check.stack, check.stack
assert len(check.ids) == len(set(check.ids)), check.ids
PY
  assert_success
}

@test "what is withheld is explained on the page, and only then" {
  ok report show progress -f html
  refute_output --partial 'means withheld'
  with_answers 1
  ok report show progress -f html
  assert_output --partial '<strong>[c]</strong> means withheld'
}

@test "the same day gives the same bytes" {
  with_answers
  mentor report show progress -f html -o one.html
  mentor report show progress -f html -o two.html
  cmp one.html two.html
}

@test "an empty cohort gives an empty report, not an error" {
  mentor cohort add empty --programme demo --title Empty >/dev/null
  for format in table plain json csv html; do
    ok report show progress -c empty -f $format
  done
  ok report show progress -c empty -f html
  assert_output --partial 'Nothing to show yet.'
}
