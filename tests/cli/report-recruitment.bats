# report-recruitment.bats: who has applied and from where, with small numbers withheld, in every format.
# shellcheck disable=SC2154 # bats sets stderr
bats_require_minimum_version 1.5.0
load helpers

# An open cohort: 22 applications of four organisations and two directorates, one of them late.
setup() {
  clean_room
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo
organisation: Example Academy
contact: { name: Programme team, email: team@example.org }
contract: { purpose: We learn. }
application:
  columns:
    response: { header: ID }
    applied_on: { header: Day }
    email: { header: Email }
    name: { header: Name }
    organisation: { header: Where? }
    directorate: { header: Part }
    role: { header: Role, values: { Mentor: mentor, Mentee: mentee } }
YAML
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title "Spring & summer" --opens-on 2026-03-01 --closes-on 2026-03-20 --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  export MENTOR_NOW=2026-03-25 MENTOR_COHORT=spring
}

# with_people: Hill Trust 8 (one mentor late), Dale Trust 8, Mere <Trust> 3, none 3; six of Hill are accepted.
with_people() {
  local i
  {
    echo 'ID,Day,Email,Name,Where?,Part,Role'
    for i in {1..7}; do echo "1$i,2026-03-02,hill$i@example.org,Hilda,Hill Trust,Care,Mentee"; done
    echo "18,2026-03-21,hill8@example.org,Hilda,Hill Trust,Care,Mentor"
    for i in {1..8}; do echo "2$i,2026-03-02,dale$i@example.org,Dale,Dale Trust,Estates,Mentor"; done
    for i in {1..3}; do echo "3$i,2026-03-02,mere$i@example.org,Merle,Mere <Trust>,Estates,Mentee"; done
    for i in {1..3}; do echo "4$i,2026-03-02,none$i@example.org,Nobody,,,Mentee"; done
  } >applications.csv
  mentor enrol import applications.csv >/dev/null
  mentor enrol accept hill{1..6}@example.org >/dev/null
}

@test "the report is listed" {
  ok report list
  assert_line --regexp '^recruitment[[:space:]]'
}

@test "the sides say what came in, in time and late, and what became of it" {
  with_people
  mentor enrol wait mere1@example.org >/dev/null
  mentor enrol decline mere2@example.org --reason Full >/dev/null
  mentor enrol withdraw mere3@example.org >/dev/null
  ok report show recruitment -f json
  json '.schema' mentor.report.show/1
  json '.data.head | "\(.title) \(.day) \(.state)"' 'Spring & summer 2026-03-25 open'
  json '.data.recruitment[] | [.side, .received, .in_time, .late, .undecided, .accepted, .reserve, .waiting, .declined, .withdrawn] | join(" ")' \
    $'mentors 9 8 1 8 0 0 0 0 0\nmentees 13 13 0 4 6 0 1 1 1'
  json '[.data | .by_organisation, .by_directorate, .commitment, .aims, .outcomes | length] | add' 0
}

@test "there is no breakdown unless it is asked for, by name or in the programme's reports" {
  with_people
  ok report show recruitment -f table
  refute_output --partial 'By organisation'
  cat >>programme.yaml <<'YAML'
reports:
  short: { title: Short, reader: Board, sections: [commitment], by: organisation }
  parts: { title: Parts, reader: Board, sections: [recruitment], by: directorate }
YAML
  mentor programme import programme.yaml >/dev/null
  mentor cohort add summer --programme demo --starts-on 2026-06-01 >/dev/null
  mentor cohort open summer >/dev/null
  mentor enrol import -c summer applications.csv >/dev/null
  ok report show recruitment -c summer -f json
  json '[.data.by_organisation, .data.by_directorate | length] | join(" ")' '0 1'
  ok report show recruitment -c summer --by organisation -f json
  json '[.data.by_organisation, .data.by_directorate | length] | join(" ")' '1 0'
}

@test "few stand together, and what would follow by subtraction is withheld" {
  with_people
  ok report show recruitment --by organisation -f json
  json '.data.by_organisation[] | [.name, .together, .received, .accepted, .paired, .suppressed] | map(tostring) | join(", ")' \
    'all (4 organisations), 4, 22, 6, 0, false'
}

@test "all formats tell the same" {
  with_people
  for i in {1..8}; do echo "5$i,2026-03-02,vale$i@example.org,Val,Vale Trust,Care,Mentee"; done >>applications.csv
  for i in {1..4}; do echo "6$i,2026-03-02,tarn$i@example.org,Tara,Tarn Trust,Care,Mentee"; done >>applications.csv
  for i in {1..4}; do echo "7$i,2026-03-02,fell$i@example.org,Fay,Fell Trust,Care,Mentee"; done >>applications.csv
  mentor enrol import applications.csv >/dev/null
  ok report show recruitment --by organisation -f csv
  assert_output "name,together,received,accepted,paired,suppressed
Dale Trust,1,8,[c],0,yes
Hill Trust,1,8,[c],0,yes
Vale Trust,1,8,[c],0,yes
others (4 organisations),4,14,0,0,no"
  ok report show recruitment --by organisation --fields name,accepted -f tsv
  assert_line $'Dale Trust\t[c]'
  ok report show recruitment --by organisation -f jsonl
  assert_equal "$(jq -rs 'map(.accepted) | tostring' <<<"$output")" '[null,null,null,0]'
  ok report show recruitment --by organisation -f table
  assert_line 'Recruitment of Spring & summer'
  assert_line --regexp '^name +applications +accepted +in a pair$'
  assert_line --regexp '^Hill Trust +8 +\[c\] +0$'
  assert_line --partial '[c] is withheld'
  ok report show recruitment --by organisation -f html
  assert_output --partial '<h1>Recruitment of Spring &amp; summer</h1>'
  assert_output --partial 'By organisation</h2>'
  assert_output --partial '<strong>[c]</strong> means withheld'
  refute_output --partial 'Sessions by pair'
  refute_output --partial 'Nothing to show yet'
  refute_output --regexp '<script|<link|<img|https?:|@import|url\('
}

@test "no name, no address and no small organisation is in any format" {
  with_people
  for format in table plain json csv html; do
    ok report show recruitment --by organisation -f $format
    for word in Hilda Merle Nobody hill1@example.org 'Mere <' 'Mere &lt;'; do refute_output --partial "$word"; done
  done
}

@test "lines and CSV are of the sides when no breakdown is asked for" {
  with_people
  ok report show recruitment -f csv
  assert_line --index 0 side,received,in_time,late,undecided,accepted,reserve,waiting,declined,withdrawn,limit
  assert_line --index 1 --regexp '^mentors,9,8,1,'
  assert_equal "${#lines[@]}" 3
}

@test "as many organisations as people are not counted" {
  mentor person add --name Ann --email ann@example.org --organisation "Hill Trust" >/dev/null
  MENTOR_NOW=2026-03-02 mentor enrol add ann@example.org --role mentor >/dev/null
  ok report show recruitment --by organisation -f json
  json '.data.by_organisation[] | "\(.name) \(.together) \(.received) \(.suppressed)"' 'all organisations null 1 true'
}

@test "an empty cohort gives an empty report, not an error" {
  for format in table plain json csv html; do ok report show recruitment --by organisation -f $format; done
  ok report show recruitment --by directorate -f json
  json '.data.recruitment | map(.received) | add' 0
  json '.data.by_directorate | length' 0
}

@test "a breakdown that there is not, and one of the progress report, are refused" {
  fails 2 report show recruitment --by grade
  [[ $stderr == *"'grade' is not organisation or directorate"* ]]
  fails 2 report show progress --by organisation
  [[ $stderr == *"the report 'progress' has one set of figures, for all"* ]]
  fails 2 report show recruitment --fields pace -f csv
  fails 4 report show recruitmen
  [[ $stderr == *"did you mean 'recruitment'?"* ]]
}

@test "the document is valid against its schema, and the same day gives the same bytes" {
  with_people
  mentor schema report.show >schema.json
  mentor report show recruitment --by organisation -f json >one.json
  mentor report show recruitment --by organisation -f json >two.json
  cmp one.json two.json
  /usr/bin/python3 -c 'import json; from jsonschema import Draft202012Validator as V; V(json.load(open("schema.json"))).validate(json.load(open("one.json")))'
}
