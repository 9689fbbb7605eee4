#!/usr/bin/env bats
# import.bats: mentor enrol import: what becomes of each row, rows left out, exports as they come, and broken ones.
load helpers

HEADING='ID,When,Email,Name,Role,Grade,Manager,Topics,What do you hope for?,What do you hope for?,Notes'

# one ID DAY NAME ROLE GRADE [TOPICS]: a row of an export.
one() {
  printf '%s,%s,%s@example.org,%s,%s,%s,,"%s",,,\n' "$1" "$2" "${3,,}" "$3" "$4" "$5" "${6-Work;}"
}

# export_of ROW...: writes form.csv.
export_of() {
  printf '%s\n' "$HEADING" "$@" >form.csv
}

# The programme of tests/exports, with one open cohort that takes applications until 31 March 2026.
with_exports() {
  with_store
  mentor programme import "$ROOT/tests/exports/programme.yaml" >/dev/null
  mentor cohort add spring --programme harbour --title Spring --closes-on 2026-03-31 --starts-on 2026-05-01 >/dev/null
  mentor cohort open >/dev/null
}

# told: what the last run told of the rows, one a line.
told() {
  jq -r '.data[] | "\(.change) \(.row) \(.name) \(.cohort) \(.filled + .differences + .reasons | join("; "))"' <<<"$output"
}

# same_as_dry ARGUMENT...: the import tells what its dry run tells, which changes nothing.
same_as_dry() {
  local before dry
  before=$(fingerprint)
  run --separate-stderr mentor enrol import "$@" --dry-run -f json
  dry=$(jq -c .data <<<"$output")
  assert_equal "$(fingerprint)" "$before"
  local code=$status
  run --separate-stderr mentor enrol import "$@" -f json
  assert_equal "$status" "$code"
  assert_equal "$(jq -c .data <<<"$output")" "$dry"
}

@test "a row that comes in time is added, a late one is kept for the next cohort and told so, and nothing is refused silently" {
  with_exports
  export MENTOR_NOW=2026-04-02
  export_of "$(one 1 31/03/2026 Ann Mentor Officer)" "$(one 2 01/04/2026 Ben Mentee Manager)"
  same_as_dry form.csv
  assert_equal "$(told)" $'added 1 Ann spring \nlate 2 Ben next '
  json '.data[1] | "\(.person_id) \(.detail)"' "p2 row 2: kept for the cohort 'next'"
  before=$(fingerprint)
  ok enrol import form.csv -f json -c spring
  assert_equal "$(told)" $'unchanged 1 Ann spring \nunchanged 2 Ben next '
  assert_equal "$(fingerprint)" "$before"
  ok enrol list -c next -f json
  json '.data[] | "\(.name) \(.outcome) \(.origin_cohort)"' "Ben late spring"
}

@test "late rows wait or are declined where the programme says so" {
  for word in waiting refused; do
    clean_room
    export MENTOR_DB=$BATS_TEST_TMPDIR/$word.db
    with_store
    { cat "$ROOT/tests/exports/programme.yaml"; echo "cohort: { late: $word }"; } >programme.yaml
    mentor programme import programme.yaml >/dev/null
    mentor cohort add spring --programme harbour --title Spring --closes-on 2026-03-31 >/dev/null
    mentor cohort open >/dev/null
    export MENTOR_NOW=2026-04-02
    export_of "$(one 1 01/04/2026 Ann Mentor Officer)" "$(one 2 02/04/2026 Ben Mentor Manager)"
    ok enrol import form.csv
    [ "$word" = refused ] || assert_output $'waiting p1 Ann row 1: came after applications had closed\nwaiting p2 Ben row 2: came after applications had closed'
    [ "$word" = waiting ] || assert_output $'declined p1 Ann row 1: came after applications had closed\ndeclined p2 Ben row 2: came after applications had closed'
    ok enrol list -f json
    [ "$word" = refused ] || json '[.data[].rank] | join(" ")' "1 2"
    ok enrol import form.csv -f json
    json '[.data[].change] | join(" ")' "unchanged unchanged"
  done
}

@test "a cohort that is not open yet refuses what is new" {
  with_store
  mentor programme import "$ROOT/tests/exports/programme.yaml" >/dev/null
  mentor cohort add spring --programme harbour >/dev/null
  export_of "$(one 1 01/03/2026 Ann Mentor Officer)"
  before=$(fingerprint)
  fails 5 enrol import form.csv
  says "mentor: enrol import: the cohort 'spring' does not take applications yet" "hint: open it first: mentor cohort open" "nothing imported"
  assert_equal "$(fingerprint)" "$before"
}

@test "a re-import lists what the file says otherwise, names the gaps it fills, and changes neither a decision nor an edit" {
  with_exports
  export_of "$(one 1 01/03/2026 Ann Mentor Officer)" "$(one 2 01/03/2026 Ben Mentee "" "")"
  mentor enrol import form.csv >/dev/null
  mentor enrol decline p1 --reason "Next time" >/dev/null
  mentor person set p1 --grade Manager >/dev/null
  export_of "$(one 1 01/03/2026 Ann Mentee Officer 'Sport;Work;')" "$(one 2 01/03/2026 Ben Mentee Manager)"
  same_as_dry form.csv
  json '[.data[].change] | join(" ")' "differs updated"
  json '.data[0].differences | sort | join("; ")' "grade: recorded 'Manager', file 'Officer'; role: recorded 'mentor', file 'mentee'; topics: recorded 'work', file 'sport work'"
  json '.data[1].filled | join(" ")' "grade topics"
  ok enrol list -f json
  json '.data[] | select(.name == "Ann") | "\(.state) \(.reason) \(.role) \(.grade)"' "declined Next time mentor Manager"
  before=$(fingerprint)
  ok enrol import form.csv
  assert_line --index 1 "unchanged p2 Ben"
  assert_line --partial "differs p1 Ann row 1: "
  assert_equal "$(fingerprint)" "$before"
}

@test "with --keep-going bad rows are left out, told, and written out to be mended" {
  with_exports
  export_of "$(one 1 01/03/2026 Ann Mentor Officer)" "$(one 2 01/03/2026 Ben Boss Manager)" "3,x" "$(one 4 01/03/2026 Dan Mentee Manager)"
  fails 3 enrol import form.csv
  says "nothing imported"
  fails 2 enrol import form.csv --rejects rejects.csv
  says "mentor: enrol import: --rejects is for the rows that --keep-going leaves out" "hint: add --keep-going"
  fails 2 enrol import form.csv --keep-going --rejects -
  fails 2 enrol import form.csv --keep-going --rejects out.csv -o out.csv
  fails 5 enrol import form.csv --keep-going --rejects form.csv
  says "mentor: enrol import: --rejects would overwrite form.csv, which is in use"
  fails 5 enrol import form.csv --keep-going --rejects "$MENTOR_DB"
  run --separate-stderr mentor enrol import form.csv --keep-going --rejects rejects.csv --dry-run
  assert_equal "$status" 7
  [ ! -e rejects.csv ]
  says "mentor: enrol import: 2 rows were left out" "nothing changed"
  same_as_dry form.csv --keep-going --rejects rejects.csv
  assert_equal "$status" 7
  assert_equal "$(jq -r '[.schema, .exit, .code, .state] | join(" ")' <<<"$stderr")" "mentor.error/1 7 partial all others were taken"
  json '[.data[].change] | join(" ")' "added rejected rejected added"
  json '.data[2].reasons[0]' "row 3 has 2 cells, the heading has 11 (put a cell that holds the delimiter or a line break in quotes)"
  assert_equal "$(stat -c %a rejects.csv)" 600
  assert_equal "$(head -n 1 rejects.csv)" "$HEADING,reason"
  assert_equal "$(sed -n 2p rejects.csv)" \
    '2,01/03/2026,ben@example.org,Ben,Boss,Manager,,"Work;",,,,"Role: ""Boss"" is not ""Mentor"" or ""Mentee"" (the answers are declared in the programme file)"'
  assert_equal "$(wc -l <rejects.csv)" 3
  # mended, it can be imported
  { head -n 2 rejects.csv | sed 's/Boss/Mentee/'; } >mended.csv
  ok enrol import mended.csv --keep-going --rejects rejects.csv -f json
  json '[.data[].change] | join(" ")' added
  assert_equal "$(cat rejects.csv)" "$HEADING,reason"
}

@test "what is wrong with the file as a whole is refused with --keep-going as well, and no rejects are written" {
  with_exports
  for name in heading-missing heading-unknown windows-1252 quote-open workbook empty; do
    fails 3 enrol import "$ROOT/tests/exports/$name.csv" --keep-going --rejects rejects.csv
    [ ! -e rejects.csv ]
  done
}

@test "rejects that cannot be written leave nothing done" {
  with_exports
  export_of "$(one 1 01/03/2026 Ann Mentor Officer)" "$(one 2 01/03/2026 Ben Boss Manager)"
  before=$(fingerprint)
  fails 1 enrol import form.csv --keep-going --rejects nowhere/rejects.csv
  says "mentor: enrol import: cannot write to nowhere/rejects.csv: No such file or directory" "nothing changed"
  assert_equal "$(fingerprint)" "$before"
}

@test "every broken export: all that is wrong, in its place, and not a byte of the store is changed" {
  with_exports
  export_of "$(one 900 01/03/2026 Zed Mentee "" "")"
  mentor enrol import form.csv >/dev/null
  run /usr/bin/python3 "$ROOT/tests/cli/exports.py" told "$MENTOR_DB" "$ROOT"/tests/exports/*.csv
  assert_success
  assert_output ""
  files=("$ROOT"/tests/exports/*.csv)
  [ ${#files[@]} -ge 40 ]
}

@test "what spreadsheets leave behind is read as it was meant" {
  with_exports
  {
    printf '\xef\xbb\xbfsep=;\r\n%s;;\r\n' "${HEADING//,/;}"
    printf '="00123";01/03/2026;\xc2\xa0ann@example.org ;"'"'"'42";Mentor;Officer\xc2\xa0;;Work;"a_x000D_\r\nb";;;;\r\n'
    printf "'7;01/03/2026;ben@example.org;Ben;Mentee;Manager;;;;;;;\r\n"
    printf ';;;;;;;;;;;;\r\n;;;;;;;;;;\r\n'
  } >form.csv
  ok enrol import form.csv -f json
  json '[.data[] | "\(.change) \(.name)"] | join(", ")' "added 42, added Ben"
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT group_concat(response) FROM enrolment")" "00123,7"
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT value FROM answer WHERE question = 'hope'")" $'a\nb'
}

@test "an export of Google Forms: its own headings, its days, choices with commas, scores" {
  cat >google.yaml <<'YAML'
programme: google
title: By Google Forms
contact: { email: team@example.org }
application:
  profile: googleforms
  columns:
    applied_on: { header: Timestamp }
    email: { header: Email Address }
    name: { header: Your name }
    role: { header: Role, values: { Mentor: mentor, Mentee: mentee } }
    topics: { header: Topics, many: yes, values: { Work: work, "Work, and pay": pay, "Home, family": home, Sport: sport } }
    days: { header: Days, many: yes }
    know: { header: How much?, required: yes }
contract: { purpose: We learn from each other. }
YAML
  with_store
  mentor programme import google.yaml >/dev/null
  mentor cohort add spring --programme google >/dev/null
  mentor cohort open >/dev/null
  cat >form.csv <<'CSV'
"Timestamp","Email Address","Score","Your name","Role","Topics","Days","How much?"
"2026/02/27 3:00:00 PM GMT+3","ann@example.org","4 / 5","Ann","Mentor","Work, and pay, Work, Sport","Monday, Friday","4 / 5"
"1/2/2026 10:00:00","ben@example.org","","Ben","Mentee","Home, family","Monday","3 / 5"
"27/02/2026 15:00:00","cat@example.org","","Cat","Mentee","","","2"
CSV
  ok enrol import form.csv -f json
  ok enrol list -f json
  json '[.data[].applied_on] | sort | join(" ")' "2026-02-01 2026-02-27 2026-02-27"
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT enrolment_id, question, value FROM answer ORDER BY enrolment_id, question")" \
    $'1|days|Monday\nFriday\n1|know|4\n1|topics|pay\nwork\nsport\n2|days|Monday\n2|know|3\n2|topics|home\n3|know|2'
  sed -i '2s/Sport/Football, Sport/' form.csv
  fails 3 enrol import form.csv
  assert_equal "$(head -n 1 <<<"$stderr")" \
    'mentor: enrol import: form.csv row 1 (line 2), "Topics": "Football" is not "Work", "Work, and pay", "Home, family" or "Sport"'
}

@test "an extract of a personnel system: tabs or semicolons, staff numbers with their noughts, bands" {
  cat >hr.yaml <<'YAML'
programme: hr
title: From the personnel system
contact: { email: team@example.org }
seniority: [Band 5, Band 6, Band 7]
application:
  columns:
    email: { header: Work email }
    name: { header: Full name }
    role: { header: Wishes to be, values: { mentor: mentor, mentee: mentee } }
    grade: { header: Band }
    manager_email: { header: Manager email }
    staff-number: { header: Employee number, required: yes }
  ignore: [Position]
contract: { purpose: We learn from each other. }
YAML
  with_store
  mentor programme import hr.yaml >/dev/null
  mentor cohort add spring --programme hr >/dev/null
  mentor cohort open >/dev/null
  printf 'Employee number\tFull name\tWork email\tBand\tManager email\tWishes to be\tPosition\n00123\tAnn, Lee\tann@example.org\tBand 6\tboss@example.org\tmentor\tNurse\n' >tabs.csv
  printf 'Employee number;Full name;Work email;Band;Manager email;Wishes to be;Position\n="00124";"Ben; B";ben@example.org;Band 5;;mentee;\n' >semicolons.csv
  ok enrol import tabs.csv
  ok enrol import semicolons.csv
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT group_concat(value) FROM answer WHERE question = 'staff-number'")" "00123,00124"
  ok person list -f json
  json '[.data[] | "\(.name) \(.grade)"] | join(" | ")' "Ann, Lee Band 6 | Ben; B Band 5"
}

@test "hostile names are names: they come in, and out again, without doing anything" {
  with_exports
  names=('=HYPERLINK("https://example.org")' '@SUM(1+1)*cmd' "Robert'); DROP TABLE person;--" '<script>alert(1)</script>' '<img src=x onerror=alert(1)>' '$(touch hacked)' '`touch hacked`'
    '; touch hacked #' '%s%n%x' '../../etc/passwd' 'null' 'NaN' 'Zoë Ångström' '李小龍' 'مريم' 'Z̴̡͎a̷lgo' '👩‍👩‍👧' $'An\u200bn' "O'Neil-Smith" '--help' '-rf' '\\n\\0')
  printf '%s\n' "$HEADING" >form.csv
  for i in "${!names[@]}"; do
    printf '%s,01/03/2026,p%s@example.org,"%s",Mentor,Officer,,,"%s",,\n' "$i" "$i" "${names[i]//\"/\"\"}" "${names[i]//\"/\"\"}" >>form.csv
  done
  ok enrol import form.csv -f json
  json '[.data[].change] | unique | join(" ")' added
  ok person list -f json
  for i in "${!names[@]}"; do
    assert_equal "$(jq -r ".data[] | select(.email == \"p$i@example.org\").name" <<<"$output")" "${names[i]}"
  done
  ok person list -f csv
  run ! grep -E '(^|,)"?[=@-]' <<<"$output"
  [ ! -e hacked ]
  before=$(fingerprint)
  ok enrol import form.csv -f json
  json '[.data[].change] | unique | join(" ")' unchanged
  assert_equal "$(fingerprint)" "$before"
}

@test "the same 5,000 applications imported twice change nothing the second time" {
  with_cohort
  awk 'BEGIN {
    print "ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager'"'"'s e-mail address,Which topics would you like to talk about?,How would you like to meet?,What do you hope for?"
    for (i = 1; i <= 5000; i++)
      printf "%d,1/3/2026 10:00:00,person%d@example.org,Person Number %d,I would like to %s,Directorate %d,Officer,Grade %d,boss%d@example.org,Getting on at work;Faith and belief;,Online,nothing\n", i, i, i, i % 2 ? "mentor a senior leader" : "be mentored", i % 9, 4 + i % 6, i % 500
  }' >big.csv
  same_as_dry big.csv
  json '[.data[].change] | unique | join(" ")' added
  before=$(fingerprint)
  same_as_dry big.csv
  json '[.data[].change] | unique | join(" ")' unchanged
  json '.data | length' 5000
  assert_equal "$(fingerprint)" "$before"
  ok enrol import big.csv
  assert_line --index 39 "unchanged p40 Person Number 40"
  assert_line --index 40 "in all 5000 rows: 5000 unchanged (-v names them all)"
  assert_equal "${#lines[@]}" 41
  ok db check
}
