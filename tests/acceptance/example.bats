#!/usr/bin/env bats
# example.bats: the example plays end to end, and what it leaves behind is right.
bats_require_minimum_version 1.5.0
load ../cli/helpers

setup() {
  clean_room
  # One play serves all tests of this file.
  PLAYED=$BATS_FILE_TMPDIR/played
  if [ ! -e "$PLAYED.log" ]; then
    "$EXAMPLES/manchester/run.sh" "$PLAYED" >"$PLAYED.out" 2>&1 || { cat "$PLAYED.out" && return 1; }
    touch "$PLAYED.log"
  fi
  export MENTOR_DB=$PLAYED/mentor.db MENTOR_NOW=2026-09-14
}

# One page for people: complete in itself, one main heading, nothing to load, nothing that runs.
is_page() {
  assert_equal "$(grep -o '<h1[ >]' "$1" | wc -l)" 1
  grep -qi '<!doctype html>' "$1"
  grep -q '<html lang="en' "$1"
  grep -q '</html>' "$1"
  ! grep -Eiq 'https?://|<script|<link|src=| on[a-z]+=' "$1" || fail "$1 reaches out"
}

@test "manchester: the example plays to its end, and every check in it holds" {
  run cat "$PLAYED.out"
  assert_output --partial "(checked: pairs published: 9)"
  assert_output --partial "(checked: sessions held: 44)"
  refute_output --partial "mentor: " # no error, no warning
  assert [ "$(wc -l <"$PLAYED.out")" -lt 500 ]
}

@test "manchester: it can be played into any folder, by default a new one" {
  mkdir "here and now"
  run --separate-stderr "$EXAMPLES/manchester/run.sh" "here and now"
  assert_success
  assert [ -s "here and now/progress.html" ]
  TMPDIR=$PWD run --separate-stderr "$EXAMPLES/manchester/run.sh"
  assert_success
  assert [ -s "$(echo tmp.*)/progress.html" ]
}

# plays EXAMPLE: from start to end, without a complaint that the script does not expect, twice the same.
plays() {
  "$EXAMPLES/$1/run.sh" "$BATS_TEST_TMPDIR/first" >first.out 2>first.err || { cat first.out first.err && return 1; }
  assert_equal "$(cat first.err)" ""
  "$EXAMPLES/$1/run.sh" "$BATS_TEST_TMPDIR/second" >second.out 2>&1
  assert_equal "$(sed 's/second/first/g' second.out)" "$(cat first.out)"
  MENTOR_DB=$BATS_TEST_TMPDIR/first/mentor.db ok db check
  # what the last line promises is there
  for file in $(tail -n 1 first.out | grep -oE '[a-z0-9-]+\.(db|mbox|html|json)'); do [ -s "first/$file" ] || fail "there is no $file"; done
}

@test "south-west: plays to its end: windows, late ones, support, letters, events, the next cohort, reports" {
  plays south-west
  is_page first/progress.html
  is_page first/public.html
  assert_equal "$(grep -c '^From ' first/accepted.mbox)" 18
  assert_equal "$(grep -c '^From ' first/late.mbox)" 3
  grep -q '^From: .*<mentoring@academy.example.org>' first/late.mbox
}

@test "greenwich: plays to its end: fifteen and nine, six reserves who are told and come first next year, workshops, reports" {
  plays greenwich
  is_page first/progress.html
  is_page first/intranet.html
  assert_equal "$(grep -c '^From ' first/reserve.mbox)" 6
  assert_equal "$(wc -l <first/reserve.csv | tr -d ' ')" "$(mentor -D first/mentor.db -c autumn-2022 enrol export reserve --all -f csv | wc -l | tr -d ' ')"
}

@test "sheffield: plays to its end: waves of three, selected on what they bring, shadowed meetings, reports" {
  plays sheffield
  is_page first/progress.html
  is_page first/commitment.html
  MENTOR_DB=first/mentor.db ok enrol list -c wave-2 --state accepted -f json
  json '[.data[].origin] | unique | join(" ")' waiting
}

@test "manchester: ten pairs, of which one ended without fault, nobody twice at a time" {
  ok match list -f json
  json '.data | length' 10
  json '[.data[] | select(.state == "ended")] | length' 1
  json '[.data[] | select(.state != "ended").mentor] | (length, (unique | length))' $'9\n9'
  json '[.data[] | select(.state != "ended").mentee] | (length, (unique | length))' $'9\n9'
  json '.data[] | select(.state == "ended") | "\(.ended_on) \(.reason)"' "2026-04-20 time"
  refute_output --partial "shifts have changed" # the note is for the running team
  ok match show m2 -f json
  json '.data.ending[] | "\(.wish): \(.note)"' "mentor: Wish of the mentor, whose shifts have changed"
}

@test "manchester: nobody is paired within a directorate or a line of management" {
  mentor person list -f json | jq '[.data[] | { (.id): . }] | add' >people.json
  ok match list -f json
  run jq -r --slurpfile p people.json '
    def above: . as $email | $p[0][] | select(.email == $email) | .manager_email | values | (., above);
    .data[] | $p[0][.mentor] as $mentor | $p[0][.mentee] as $mentee | select($mentor.directorate == $mentee.directorate
      or ([$mentor.email | above] | index($mentee.email)) or ([$mentee.email | above] | index($mentor.email)))' <<<"$output"
  assert_success
  assert_output ""
}

@test "manchester: the rules bite: some are of one directorate, some in one line of management only" {
  ok match explain zoe.achterberg@irwell.example.org -f json
  json '.data.ruled_out[] | select(.rule == "other-directorate").removed' 1
  json '.data.ruled_out[] | select(.rule == "line-management") | "\(.removed) \(.only)"' "2 1"
}

@test "manchester: sessions, contracts and decisions are those of the files" {
  ok log list -f json
  json '.data | length' "$(($(wc -l <"$EXAMPLES/manchester/sessions.csv") - 1))"
  json '[.data[].minutes] | add' "$(awk -F, 'NR > 1 { n += $4 } END { print n }' "$EXAMPLES/manchester/sessions.csv")"
  ok contract list -f json
  json '[.data[] | select(.state == "signed")] | length' 10
  ok enrol list --state declined -f json
  json '.data[] | "\(.name) \(.decided_by) \(.reason)"' "Ravi Subramaniam Sam Ellery Joined in January; will be asked first in the autumn"
  ok db check
}

@test "manchester: the report as JSON is one document that holds no name and no address of a person" {
  run jq -r '.schema, .data.head.state, (.data.commitment | length), (.data.outcomes | length)' "$PLAYED/progress.json"
  assert_output $'mentor.report.show/1\nfinished\n10\n4'
  mentor schema report.show >schema.json
  /usr/bin/python3 -c 'import json, jsonschema, sys; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' \
    "$PLAYED/progress.json" schema.json
  mentor person list -f json | jq -r '.data[] | .name, .email' >names
  assert [ "$(wc -l <names)" -eq 40 ]
  run grep -F -f names "$PLAYED/progress.json" "$PLAYED/progress.html"
  assert_failure 1
}

@test "manchester: the report and the contract are pages that need nothing else" {
  is_page "$PLAYED/progress.html"
  is_page "$PLAYED/contract-m1.html"
  grep -q "Helen Çelik" "$PLAYED/contract-m1.html"
  grep -q "27 February 2026" "$PLAYED/contract-m1.html"
}
