#!/usr/bin/env bats
# programme.bats: programme files: starting one, checking it, storing revisions, reading them back, comparing, moving a cohort.

load helpers

# change SED...: the Manchester programme, altered, as new.yaml.
change() {
  sed "$@" "$EXAMPLES/manchester/programme.yaml" >new.yaml
}

# ---- new ----

@test "every example can be started from, checks clean, and is what the folder holds" {
  for file in "$EXAMPLES"/*/programme.yaml; do
    name=$(basename "$(dirname "$file")")
    ok programme new --from "$name"
    printf '%s\n' "$output" | cmp - "$file"
    ok programme new --from "$name" -o "$name.yaml"
    ok programme check "$name.yaml"
  done
  fails 4 programme new --from nowhere
  assert_equal "${stderr_lines[0]}" "mentor: programme new: there is no example 'nowhere'"
  for file in "$EXAMPLES"/*/programme.yaml; do
    name=$(basename "$(dirname "$file")")
    [[ $stderr == *"$name"* ]] || fail "$stderr does not name $name"
    mentor programme new --help | grep -qw -e "$name" || fail "the help does not name $name"
  done
}

# ---- check ----

@test "check names every error of every file, and says how many files are fine" {
  printf 'programme: a\ntitle: A\ncontact: { email: a@example.org }\ncontract: { purpose: Talk., minutes: { usual: 1 hour } }\n' >a.yaml
  printf 'programme: b\ntitle: B\ncontact: { email: nobody }\ncontrakt: { purpose: Talk. }\n' >b.yaml
  printf 'programme: &here c\n' >c.yaml
  cp "$EXAMPLES/manchester/programme.yaml" good.yaml
  fails 3 programme check a.yaml good.yaml b.yaml c.yaml nowhere.yaml
  assert_equal "$(grep -v '^hint: ' <<<"$stderr")" "mentor: programme check: a.yaml:4:47: contract.minutes.usual: '1 hour' holds more than a number
mentor: programme check: b.yaml:1:1: the key 'contract' is missing
mentor: programme check: b.yaml:3:19: contact.email: 'nobody' is not an e-mail address
mentor: programme check: b.yaml:4:1: contrakt: unknown key
mentor: programme check: c.yaml:1:12: anchors (&) are not allowed
mentor: programme check: nowhere.yaml: cannot read nowhere.yaml: No such file or directory
mentor: programme check: 6 errors
1 of 5 files is fine"
  run --separate-stderr mentor programme check -f json a.yaml good.yaml b.yaml
  assert_equal "$status" 3
  assert_equal "$(jq -r '.problems | length' <<<"$stderr")" 4
  assert_equal "$(jq -r '.problems[3] | [.file, .line, .column, .field, .message, .hint] | map(tostring) | join("|")' <<<"$stderr")" \
    "b.yaml|4|1|contrakt|unknown key|did you mean 'contract'?"
}

@test "check of one file that cannot be read says just that" {
  fails 4 programme check nowhere.yaml
  ok programme check - <"$EXAMPLES/manchester/programme.yaml"
  assert_equal "$output" "- ok"
}

# ---- revisions ----

@test "a revision is stored once, never changed, and shown by number" {
  with_programme
  ok programme import "$EXAMPLES/manchester/programme.yaml"
  assert_equal "$output" "unchanged programme manchester"
  change -e 's/^title: .*/title: Second edition/'
  ok programme import new.yaml
  assert_equal "$output" "revised programme manchester"
  ok programme show manchester -f json
  json '.data.revisions | map(.number) | join(",")' 1,2
  json '.data.revisions[0].hash | length' 64
  json '.data.programme.revision' 2
  json '.data.lines[] | select(.section == "title") | .text' "Second edition"
  ok programme show manchester --revision 1 -f json
  json '.data.lines[] | select(.section == "title") | .text' "Reverse mentoring"
  fails 4 programme show manchester --revision 3
  assert_equal "$stderr" "mentor: programme show: there is no revision 3 of the programme
hint: the newest is 2"
  fails 4 programme show manchester --revision 3 -f yaml
  run sqlite3 "$MENTOR_DB" "UPDATE revision SET source = ''"
  assert_failure
}

@test "show -f yaml gives back a file that checks clean and means the same" {
  with_store
  for file in "$EXAMPLES"/*/programme.yaml; do
    name=$(sed -n 's/^programme: *\([a-z-]*\).*/\1/p' "$file")
    ok programme import "$file"
    ok programme show "$name" -f json
    jq -c .data.lines <<<"$output" >before
    mentor programme show "$name" -f yaml >again.yaml
    ok programme check again.yaml
    ok programme diff again.yaml -f json
    json '.data.changes | length' 0
    ok programme import again.yaml
    assert_equal "$output" "revised programme $name"
    ok programme show "$name" -f json
    jq -c .data.lines <<<"$output" | cmp - before
    mentor programme show "$name" -f yaml | cmp - again.yaml
  done
}

@test "texts that look like something else come back as texts" {
  with_store
  cat >trap.yaml <<'EOF'
programme: trap
title: "NO"
organisation: '012'
contact: { email: a@example.org, name: 2026-01-02, phone: "null" }
aims: ["yes", '- dash', "a: b", "# none", "{name}", "tab\there", "quote\"d", 1.5, "~"]
contract:
  purpose: "one\n\n  two # three\n: four"
EOF
  sed -i 's/, "tab\\there"//' trap.yaml
  ok programme import trap.yaml
  ok programme show trap -f json
  json '.data.lines | map(select(.section == "title" or .section == "organisation" or .section == "aims")) | map(.text) | join("|")' \
    'NO|012|yes|- dash|a: b|# none|{name}|quote"d|1.5|~'
  mentor programme show trap -f yaml >again.yaml
  ok programme diff again.yaml -f json
  json '.data.changes | length' 0
}

# ---- diff ----

@test "diff says in plain words what changes, and for which cohorts" {
  with_pairs
  change -e 's/minimum: 4, usual: 5/minimum: 3, usual: 5/' -e '/^  stereotypes:/,/plans/d' -e 's/aim: stereotypes/aim: insight/' \
    -e 's/    shared-topics: .*/&\n    grade-apart: { score: different, field: grade }/'
  ok programme diff new.yaml -f json
  json '.data.changes | map([.key, (.before // "-"), (.after // "-")] | join("|")) | join("\n")' \
    'aims.stereotypes|Break stereotypes by meeting the person behind them|-
matching.scores.grade-apart|-|grade-apart
contract.sessions.minimum|4|3
surveys.mentee.questions.support.aim|stereotypes|insight'
  json '.data.changes[2].means' "the least that counts as taking part"
  json '.data.changes[2].cohorts | join(",")' spring
  json '.data.effects | length' 0
}

@test "diff says what would break in every cohort at work, and set --revision refuses it" {
  with_pairs
  mentor log add m1 --minutes 45 --date 2026-03-02 >/dev/null
  change -e 's/minimum: 4, usual: 5, maximum: 6/minimum: 6, usual: 7, maximum: 8/' -e 's/minimum: 45, usual: 60, maximum: 60/minimum: 60, usual: 60, maximum: 90/' \
    -e 's/other-directorate: { rule: different/other-directorate: { rule: same/' -e 's/^arrangement: reverse/arrangement: reciprocal/'
  ok programme diff new.yaml -f json
  json '.data.effects | map([.cohort, .record, .breaks] | map(tostring) | join(" ")) | join(",")' \
    'spring m1 true,spring m2 true,spring m1 true,spring m2 true,spring null true,spring null false'
  json '.data.effects[0].effect' 'the contract is outside what would be allowed: the programme allows 6 to 8 sessions, not 5'
  [[ $(jq -r '.data.effects[2].effect' <<<"$output") == "the pair would break the rule 'other-directorate' ("* ]]
  json '.data.effects[4].effect' '2 pairs are at work in another arrangement than reciprocal'
  json '.data.effects[5].effect' '1 session of under 60 minutes would no longer count'
  mentor programme import new.yaml >/dev/null
  before=$(fingerprint)
  fails 5 cohort set spring --revision 2
  assert_equal "$(grep -c '^mentor: cohort set: ' <<<"$stderr")" 6
  [[ $stderr == *"the cohort 'spring' cannot follow revision 2: records would become invalid"* ]]
  fails 5 cohort set spring --revision 2 --title Changed
  assert_equal "$(fingerprint)" "$before"
}

@test "a cohort follows a revision that breaks nothing, and back" {
  with_pairs
  change -e 's/minimum: 4, usual: 5/minimum: 3, usual: 5/'
  mentor programme import new.yaml >/dev/null
  before=$(fingerprint)
  ok cohort set spring --revision 2 --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok cohort set spring --revision 2
  assert_line "changed cohort spring"
  ok cohort set spring --revision 2
  assert_line "unchanged cohort spring"
  ok cohort show spring -f json
  json .data.revision 2
  ok programme show manchester -f json
  json '.data.revisions | map(.cohorts | join("+")) | join(",")' ",spring"
  ok cohort set spring --revision 1
  fails 4 cohort set spring --revision 9
  fails 2 cohort set spring --revision 0
}

@test "answers, grades and surveys that would lose their place keep a cohort where it is" {
  with_programme
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  mentor enrol import "$EXAMPLES/manchester/applications.csv" >/dev/null
  mentor enrol accept --all >/dev/null 2>&1 || for p in $(mentor enrol list -f json | jq -r '.data[].email'); do mentor enrol accept "$p" >/dev/null; done
  mentor survey import mentee before "$EXAMPLES/manchester/surveys-before.csv" >/dev/null
  change -e 's/: faith$/: religion/' -e 's/, Head of service//' -e '/^    meeting:/,/: either$/d' -e '/same-meeting/d' \
    -e 's/^    stages: \[before, after\]/    stages: [start, after]/' -e 's/^      before: { from/      start: { from/'
  ok programme diff new.yaml -f json
  json '.data.effects | map(select(.breaks)) | map(.effect) | map(sub("[0-9]+"; "N")) | join("\n")' "the grade 'Head of service' of N people would no longer be listed under seniority
the question 'meeting' would no longer be asked, and there are answers to it
the answer 'faith' to 'topics' would no longer exist, and N gave it
the survey 'mentee' would no longer be asked at 'before', and it has been answered then"
  change -e 's/      understand:/      understood:/' -e 's/^        text: How well informed .*/&\n        maximum: 2/' \
    -e 's/^        text: What have you learned?/&\n        stages: [after]/' -e '/text: How well do you know how/{n;d}' -e '/text: How well do you know how/{n;d}'
  sed -i -e '/text: How well do you know how/,/aim:/{/low:/d;/high:/d;s/text: .*/&\n        kind: text/;/aim:/d}' new.yaml
  ok programme diff new.yaml -f json
  json '.data.effects | map(select(.breaks)) | map(.effect) | join("\n")' "the question 'informed' of the survey 'mentee' has been answered at 'before', and would have another scale, on which some answers have no place
the question 'support' of the survey 'mentee' has been answered at 'before', and would be of another kind
the question 'understand' of the survey 'mentee' has been answered at 'before', and would no longer be asked"
  change -e 's/^    stages: \[before, after\]/&\n    anonymous: yes/'
  ok programme diff new.yaml -f json
  json '.data.effects | map(.effect) | join("\n")' "the survey 'mentee' would promise that nobody's answers are linked, and at 'before' they are"
}

@test "the contract says what the programme keeps of sessions" {
  for record in minimal topics full; do
    rm -f "$MENTOR_DB"
    with_store
    change -e "s/^  record: minimal/  record: $record/"
    ok programme import new.yaml
    mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
    mentor cohort open >/dev/null
    person ben Parks mentor
    person david Housing mentee
    mentor match propose >/dev/null
    mentor match publish >/dev/null
    mentor contract draft m1 >/dev/null
    ok contract export m1 -f text
    tr -s '\n ' '  ' <<<"$output" >"$record.txt"
  done
  grep -q 'for how long and how, and never what was said' minimal.txt
  grep -q 'which of its topics we covered, and never what was said' topics.txt
  grep -q 'and the notes that we hand in' full.txt
}

@test "diff wants a programme that is there and a file that is right" {
  with_programme
  change -e 's/^programme: .*/programme: other/'
  fails 4 programme diff new.yaml
  [[ $stderr == *"there is no programme 'other' to compare with"* ]]
  echo 'programme: [' >new.yaml
  fails 3 programme diff new.yaml
  change -e 's/a/a/'
  ok programme diff new.yaml -f table
  assert_line "It says the same."
}

@test "a cohort that has finished is history" {
  with_pairs
  mentor cohort start >/dev/null
  mentor cohort finish --yes >/dev/null
  change -e 's/^title: .*/title: New/'
  mentor programme import new.yaml >/dev/null
  fails 5 cohort set spring --revision 2
  [[ $stderr == *"has finished: it is history"* ]]
  ok programme diff new.yaml -f json
  json '.data.changes | length' 0
}

# ---- what was not held by a test ----

@test "show keeps to one section, says which revision it shows, and refuses a section that is not there" {
  with_programme
  change -e 's/^title: .*/title: Second edition/'
  mentor programme import new.yaml >/dev/null
  ok programme show manchester cohort -f json
  json '[.data.lines[].section] | unique | join(",")' cohort
  fails 4 programme show manchester cohrt
  [[ $stderr == *"the programme says nothing under 'cohrt'"* ]]
  ok programme show manchester title --revision 1 -f table
  assert_line "This is what revision 1 says."
  ok programme show manchester contract -f table
  [[ $output != *'\x0a'* ]]
}

@test "import and diff say which revision, and the only reason of a refusal is printed" {
  with_pairs
  mentor match end m2 >/dev/null
  change -e 's/other-directorate: { rule: different/other-directorate: { rule: same/'
  ok programme diff new.yaml -f table
  assert_line "Compared with revision 1, which spring follows."
  ok programme import new.yaml -f table
  assert_line "It is revision 2 now. Cohorts that there are keep theirs until they are moved."
  assert_line "To move spring to it: mentor cohort set spring --revision 2"
  fails 5 cohort set spring --revision 2
  [[ $stderr == *"m1: the pair would break the rule 'other-directorate'"* ]]
}

@test "the name of another programme's cohort is not taken for the same" {
  with_cohort
  mentor programme import "$EXAMPLES/minimal/programme.yaml" >/dev/null
  ok cohort add spring --programme manchester
  assert_line "unchanged cohort spring"
  fails 5 cohort add spring --programme minimal
  [[ $stderr == *"there is a cohort 'spring' already, of the programme 'manchester'"* ]]
  fails 4 cohort add spring --programme nowhere
}

@test "choices that were made have to stay, and a stored revision is read although it would not be accepted today" {
  with_store
  cat >pick.yaml <<'EOF'
programme: pick
title: Pick
contact: { email: a@example.org }
contract: { purpose: We talk. }
surveys:
  after:
    title: After
    stages: [after]
    questions:
      often: { text: How often?, kind: choice, choices: [Weekly, Monthly] }
EOF
  mentor programme import pick.yaml >/dev/null
  mentor cohort add one --programme pick --starts-on 2026-03-01 >/dev/null
  mentor cohort open >/dev/null
  person ann Parks mentor
  printf 'ID,Email,How often?\n1,ann@example.org,Monthly\n' >answers.csv
  mentor survey import after after answers.csv >/dev/null
  sed 's/Weekly, Monthly/Weekly, Rarely/' pick.yaml >new.yaml
  ok programme diff new.yaml -f json
  json '.data.effects[].effect' "the question 'often' of the survey 'after' would lack choices that have been made"
  sed 's/Weekly, Monthly/Monthly, Weekly, Never/' pick.yaml >new.yaml
  ok programme diff new.yaml -f json
  json '.data.effects | length' 0
  # What a stricter checker would refuse: a label alone.
  sqlite3 "$MENTOR_DB" "INSERT INTO revision (programme_id, number, hash, source, imported_at)
    SELECT 1, 2, 'x', source || 'labels: { mentor: ally }' || char(10), imported_at FROM revision"
  ok programme show pick labels -f json
  json '.data.lines[0].text' ally
}
