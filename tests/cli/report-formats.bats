# report-formats.bats: every report of every example says the same in every format, and each reader gets what is for them.
# shellcheck disable=SC2154 # bats sets stderr
bats_require_minimum_version 1.5.0
load helpers

# The examples are played once; the tests read their stores.
setup_file() {
  local run name
  for run in "$EXAMPLES"/*/run.sh; do
    name=$(basename "$(dirname "$run")")
    PATH="$BUILD:$PATH" sh "$run" "$BATS_FILE_TMPDIR/$name" >"$BATS_FILE_TMPDIR/$name.log" 2>&1 || continue # examples.bats says why
    grep -oE '^=== [0-9-]+' "$BATS_FILE_TMPDIR/$name.log" | tail -n 1 | cut -c 5- >"$BATS_FILE_TMPDIR/$name.day"
  done
  [ -f "$BATS_FILE_TMPDIR/manchester.day" ]
}

setup() {
  clean_room
}

# each_report COMMAND...: runs it with NAME and options of `report show` for every report of every cohort of every example.
each_report() {
  local day name report cohort
  for day in "$BATS_FILE_TMPDIR"/*.day; do
    name=$(basename "$day" .day)
    export MENTOR_DB="$BATS_FILE_TMPDIR/$name/mentor.db" MENTOR_NOW
    MENTOR_NOW=$(cat "$day")
    for cohort in $(mentor cohort list --fields slug); do
      for report in $(mentor report list --fields name); do
        local code=0
        mentor report show "$report" -c "$cohort" >/dev/null 2>&1 || code=$?
        [ $code != 5 ] || continue # the programme keeps nothing of the kind
        "$@" "$report" -c "$cohort" || fail "$name: $report of $cohort"
      done
      "$@" recruitment -c "$cohort" --by organisation || fail "$name: recruitment of $cohort"
    done
  done
}

# Workbooks are compared where they can be made and read.
has_workbooks() {
  mentor report show progress -f xlsx -o /dev/null 2>/dev/null && command -v xlsx2csv >/dev/null && /usr/bin/python3 -c 'import openpyxl' 2>/dev/null
}

in_every_format() {
  local format
  for format in json table md html $WORKBOOK; do mentor report show "$@" -f $format -o report.$format || return 1; done
  for format in jsonl csv; do mentor report show "$@" --long -f $format -o long.$format || return 1; done
  /usr/bin/python3 "$BATS_TEST_DIRNAME/report_formats.py" .
}

@test "the same figures stand in every format of every report of every example" {
  WORKBOOK=
  each_report in_every_format
}

@test "the same figures stand in the workbook of every report of every example, as two readers see it" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  has_workbooks || skip "this build makes no workbooks, or openpyxl or xlsx2csv is not installed"
  WORKBOOK=xlsx
  each_report in_every_format
}

@test "a workbook has texts as texts, days as days, one heading a sheet and the same bytes for the same day" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  has_workbooks || skip "this build makes no workbooks, or openpyxl or xlsx2csv is not installed"
  sqlite3 "$MENTOR_DB" "UPDATE cohort SET title = '=1+1'"
  mentor report show progress -f xlsx -o one.xlsx
  mentor report show progress -f xlsx >two.xlsx
  cmp one.xlsx two.xlsx
  run --separate-stderr /usr/bin/python3 - <<'END'
import datetime, openpyxl
book = openpyxl.load_workbook("one.xlsx")
head = {row[0].value: row[1] for row in book["head"].iter_rows()}
assert head["Cohort"].value == "=1+1" and head["Cohort"].data_type == "s", head["Cohort"]
assert head["As of"].value == datetime.datetime(2026, 9, 14), head["As of"].value
cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
assert "[c]" in cells and "[x]" in cells and "[z]" in cells
assert not [sheet for sheet in book if sheet.merged_cells.ranges]
assert [row[0].value for row in book["notes"].iter_rows()][0] == "Progress of =1+1"
END
  assert_equal "$stderr" ""
  assert_success
  run ls -A "$(dirname "$MENTOR_DB")"
  refute_output --partial .mentor-
  sqlite3 "$MENTOR_DB" "UPDATE cohort SET title = 'Spring 2026'"
}

@test "the comparison finds a figure that differs, in whichever format" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  WORKBOOK=
  in_every_format progress
  local file
  for file in report.table report.md report.html long.csv long.jsonl; do
    cp $file kept
    sed -i 's/\b345\b/346/' $file
    run cmp -s kept $file
    assert_failure
    run /usr/bin/python3 "$BATS_TEST_DIRNAME/report_formats.py" .
    assert_failure
    cp kept $file
  done
}

# with_schema: NAME and options; every document is valid.
with_schema() {
  mentor report show "$@" -f json >document.json && /usr/bin/python3 - <<'END'
import json
from jsonschema import Draft202012Validator as V
V(json.load(open("schema.json"))).validate(json.load(open("document.json")))
END
}

@test "every document of every report of every example is valid" {
  mentor schema report.show >schema.json
  each_report with_schema
}

@test "the list says whom each report can be made for and what it holds" {
  ok report list -f json
  json '.data[] | select(.name == "progress") | .audiences | join(" ")' "team board public"
  json '.data[] | select(.name == "progress") | .parts | .[0], .[-1]' $'head\noutcomes'
  ok report list -f table
  assert_line --regexp '^recruitment +team; board; public +applications'
}

@test "the board does not see the pairs, and the public sees no count of few people" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  ok report show progress --for board -f json
  json '.data | [.recruitment, .commitment, .outcomes | length] | join(" ")' "2 0 4"
  ok report show progress --for public -f json
  json '.data | [.recruitment, .commitment, .outcomes | length] | join(" ")' "0 0 4"
  json '.data.matching' null
  local format
  for format in table plain md html csv tsv jsonl; do
    ok report show progress --for public -f $format
    refute_output --regexp '\bm10\b'
    refute_output --partial Behind
    [ $format = html ] || refute_output --partial 'Sessions by pair'
  done
  ok report show progress --for board -f csv
  assert_line --index 0 --regexp '^step,people,share'
  ok report show progress --for board --long -f csv
  refute_output --partial commitment
}

@test "a page says whom it is for" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  ok report show progress -f table
  assert_line --regexp '^For those who run the programme\.'
  ok report show progress --for board -f md
  assert_line 'For those who answer for the programme, and not for publication.'
  ok report show progress --for public -f html
  refute_output --partial 'For those who'
}

@test "options that do not go together are refused, each with a way forward" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  fails 2 report show progress --for everybody
  [[ $stderr == *"'everybody' is not team, board or public"* ]]
  fails 2 report show progress --long -f json
  [[ $stderr == *"add -f csv, -f tsv or -f jsonl"* ]]
  fails 2 report show progress --long -f csv --fields row
  [[ $stderr == *"leave out one of the two"* ]]
}

@test "Markdown keeps its form whatever texts hold" {
  cat >programme.yaml <<'YAML'
programme: demo
title: "Pipes | and *stars* <b>"
contact: { name: "[Team](x)", email: team@example.org }
contract: { purpose: We learn. }
YAML
  export MENTOR_DB=$PWD/test.db MENTOR_NOW=2026-03-01
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title "1. Spring_time" --starts-on 2026-04-01 >/dev/null
  ok report show progress -f md
  assert_line --index 0 '# Progress of 1. Spring\_time'
  assert_line '- **Cohort:** 1\. Spring\_time'
  assert_line '- **Programme:** Pipes \| and \*stars\* \<b\>'
  assert_line '- **Contact:** \[Team\](x)'
  assert_line '## Recruitment'
}

@test "people are called what their programme calls them, in tables, on pages and in charts" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/co-learning/mentor.db" MENTOR_NOW
  MENTOR_NOW=$(cat "$BATS_FILE_TMPDIR/co-learning.day")
  local format
  for format in table md html; do
    ok report show commitment -c year-2025 -f $format
    assert_output --partial 'junior co-learner'
    refute_output --partial 'co learner'
  done
  ok report show actions -c year-2025 -f html
  assert_output --regexp '<title id="[^"]*">goals junior co-learner</title>'
  ok report show actions -c year-2025 --long -f csv
  assert_line --partial ',goals mentor,'
}

# found CODE CONDITION: the report comes whole, and then this exit code.
found() {
  mentor report show progress >whole
  run --separate-stderr mentor report show progress --fail-if "$2"
  assert_equal "$2 $status" "$2 $1"
  assert_equal "$output" "$(cat whole)"
}

@test "--fail-if ends with 8 behind the whole report when some row fulfils its condition" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  found 8 commitment.pace=ended
  assert_equal "$stderr" "mentor: report show: --fail-if: commitment.pace=ended: so it is in 2 rows"
  found 0 commitment.pace=behind
  assert_equal "$stderr" ""
  found 8 'matching.ended > 0'
  found 0 'matching.ended>1'
  found 8 'matching.ended<=1'
  found 0 'matching.ended<1'
  found 8 'matching.ended>=1'
  found 8 aims.change=1.63
  found 8 'months.day>2026-08-31'
  found 0 'months.day>2026-09-01'
  found 8 'head.state!=running'
  run mentor report show progress -f json -o report.json --fail-if commitment.pace=ended
  assert_equal "$status" 8
  [ -s report.json ]
}

@test "what is withheld fulfils no condition" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  ok report show progress -f json
  json '[.data.outcomes[].improved] | unique | tostring' '[null]'
  found 0 'outcomes.improved>=0'
  found 0 'outcomes.improved!=3'
  found 0 'outcomes.improved<100'
}

@test "a condition that cannot be read says what is wrong with it" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  local condition
  for condition in behind commitment.pace commitment=behind pace=behind commitment.nothing=1 nowhere.pace=behind commitment.pace=slow commitment.due=few \
    'commitment.pace>met' commitment.due= commitment.pair=m1; do
    fails 2 report show progress --fail-if "$condition"
    [[ $stderr == *hint:* || $stderr == *"is not "* ]] || fail "$condition: $stderr"
  done
  fails 2 report show recruitment --fail-if commitment.pace=behind
  [[ $stderr == *"the report 'recruitment' has no part 'commitment'"* ]]
  fails 5 report show progress --for board --fail-if commitment.pace=behind
}

@test "cohorts are set side by side, in every format, and each is named once" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  cp "$MENTOR_DB" copy.db
  export MENTOR_DB=$PWD/copy.db
  mentor cohort add autumn --programme manchester --title "Autumn 2026" --starts-on 2026-10-05 >/dev/null
  ok report compare autumn spring-2026 -f json
  json '.schema' mentor.report.compare/1
  json '.data.cohorts[] | [.cohort, .applied, .accepted, .paired, .met, .completed, .share, .pairs, .reached, .ended, .sessions] | map(tostring) | join(" ")' \
    $'autumn 0 0 0 0 0 null 0 0 0 0\nspring-2026 20 19 19 19 18 90 10 8 1 43'
  json '[.data.aims[] | select(.cohort == "spring-2026") | .change + 0] | tostring' '[1,1.63,0,1.44]'
  ok report compare autumn spring-2026 -f csv --fields title,applied
  assert_output $'title,applied\nAutumn 2026,0\nSpring 2026,20'
  ok report compare autumn spring-2026 -f md
  assert_line '# Cohorts compared'
  ok report compare autumn spring-2026 -f html
  assert_output --partial '<h1>Cohorts compared</h1>'
  fails 2 report compare autumn
  fails 2 report compare autumn autumn
  [[ $stderr == *"named twice"* ]]
  fails 4 report compare autumn winter
}

@test "the board's page has no pair of its own, and the last report says what came of all" {
  export MENTOR_DB="$BATS_FILE_TMPDIR/manchester/mentor.db" MENTOR_NOW=2026-09-14
  ok report show board --for board -f json
  json '.data | to_entries | map(select(.value != null and .value != [])) | map(.key) | join(" ")' "head steps paces months aims"
  json '.data.paces | map("\(.pace) \(.pairs)") | join(", ")' "not-started 0, on-pace 0, behind 0, met 8, ended 2"
  ok report show completion -f json
  json '.data | to_entries | map(select(.value != null and .value != [])) | map(.key) | join(" ")' "head steps matching paces aims outcomes"
  ok report show board -f table
  assert_line 'Report of Spring 2026'
  ok report show board -f csv
  assert_line --index 0 pace,pairs
}
