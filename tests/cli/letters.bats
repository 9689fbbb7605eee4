#!/usr/bin/env bats
# letters.bats: letters to applicants as rows and as messages, and who has been told.
bats_require_minimum_version 1.5.0
load helpers

MAILS=$ROOT/tests/cli/mails.py

# Two accepted, one declined, one undecided; gail is known and not in the cohort.
with_applicants() {
  with_cohort
  mentor cohort set spring --opens-on 2026-01-12 --closes-on 2026-03-20 >/dev/null
  person amira Housing mentor
  person ben Parks mentee
  for name in clara dan; do
    mentor person add --name "${name^}" --email $name@example.org >/dev/null
    mentor enrol add $name@example.org --role mentee >/dev/null
  done
  mentor enrol decline clara@example.org --reason "wrote nothing about why" >/dev/null
  mentor person add --name Gail --email gail@example.org >/dev/null
}

# programme FILE: a store with this programme, a cohort of it that is due, and one person of each outcome: p1 accepted, p2 late for this cohort and
# kept for the next, p3 waiting, p4 declined, p5 reserve (p6 and p7 are a pair), p8 not in it.
with_outcomes() {
  local programme
  programme=$(sed -n 's/^programme: *\([a-z-]*\).*/\1/p' "$1")
  mentor db init >/dev/null
  mentor programme import "$1" >/dev/null
  mentor cohort add first --programme "$programme" --title "First cohort" --opens-on 2026-01-12 --closes-on 2026-02-20 --starts-on 2026-04-01 >/dev/null
  mentor cohort add second --programme "$programme" --title "Second cohort" --starts-on 2026-11-01 >/dev/null
  for cohort in first second; do mentor cohort open $cohort --override "Settled on paper" >/dev/null; done
  for n in 1 2 3 4 5 6 7 8; do mentor person add --name "Person $n" --email p$n@example.org >/dev/null; done
  (
    export MENTOR_NOW=2026-02-16
    for n in 1 3 4 5 6; do mentor enrol add -c first p$n --role mentor; done
    mentor enrol add -c first p7 --role mentee
    mentor enrol wait -c first p3 --reason INTERNAL
    mentor enrol decline -c first p4 --reason INTERNAL
  ) >/dev/null
  mentor enrol add -c first p2 --role mentor >/dev/null
  # what each programme asks for before it accepts is none of the letters' business
  sqlite3 "$MENTOR_DB" "UPDATE enrolment SET state = 'accepted', decided_on = '2026-02-16', reason = 'INTERNAL' WHERE person_id IN (1, 5, 6, 7)"
}

# Whoever is not in it is left over from now on: p1 as well.
with_pair() {
  sqlite3 "$MENTOR_DB" "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on)
    SELECT 1, a.id, b.id, 'active', 'reverse', 0, '2026-03-01', '2026-03-02' FROM enrolment a, enrolment b WHERE a.person_id = 6 AND b.person_id = 7"
}

# ---- rows ----

@test "a letter to everybody accepted and not told yet" {
  with_applicants
  ok enrol export accepted -f json
  json '.data[] | "\(.person) \(.outcome) \(.side) \(.role) \(.cohort) \(.starts_on) \(.applied_on) \(.told_on)"' \
    "p2 accepted mentee mentee Spring 2026 1 April 2026 2026-03-02 null
p1 accepted mentor mentor Spring 2026 1 April 2026 2026-03-02 null"
  json '.data[1].text' "Dear Amira,

you have a place as a mentor in Spring 2026, which starts on 1 April 2026. Next come a briefing and the proposal of a partner. Not every pair works out, and that is all right: tell us, and we look for another.

Organisational development team, mentoring@irwell.example.org"
}

@test "a letter is in Welsh for whoever is to be written to in it, where the template has it" {
  with_applicants
  sed '/^  accepted:/a\    cy: { subject: "{programme}: eich lle", text: "Annwyl {name}, mae gennych le fel {role} o {starts_on}. {contact_email}" }' \
    "$EXAMPLES/manchester/programme.yaml" >welsh.yaml
  mentor programme import welsh.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  mentor person set p2 --language cy >/dev/null
  ok enrol export accepted -f json
  json '.data[0] | .text, .role, .starts_on' $'Annwyl Ben, mae gennych le fel mentorai o 1 Ebrill 2026. mentoring@irwell.example.org\nmentorai\n1 Ebrill 2026'
  json '.data[1].starts_on' "1 April 2026"
  mentor enrol export accepted -f mbox -o out.mbox
  assert_equal "$(grep '^Content-Language' out.mbox)" $'Content-Language: cy\nContent-Language: en'
}

@test "a table has names, addresses and subjects, and says what comes next" {
  with_applicants
  ok enrol export accepted -f table
  assert_line --regexp '^p1 +Amira +amira@example.org +.*we are glad to have you'
  assert_line "When they are sent, record it: mentor enrol told accepted"
  refute_output --partial "Dear"
  ok enrol export waiting -f table
  assert_output "Nobody is left to be told; --all shows everybody."
  ok enrol export waiting -f json
  json '.data | length' 0
}

@test "people are named, whether told or not, and --all is everybody" {
  with_applicants
  mentor enrol told accepted p1
  ok enrol export accepted -f csv --fields person,told_on
  assert_output "person,told_on
p2,"
  ok enrol export accepted p1 -f csv --fields person,told_on
  assert_output "person,told_on
p1,2026-03-02"
  ok enrol export accepted --all -f csv --fields person
  assert_output "person
p2
p1"
}

@test "a letter holds no reason of a decision, and nobody else's name" {
  with_applicants
  ok enrol export declined -f json
  json '.data | length' 1
  refute_output --partial "wrote nothing"
  refute_output --partial Amira
  refute_output --partial Gail
}

@test "CSV for mail merge is guarded against formulas unless --raw, and has a BOM when asked" {
  with_cohort
  mentor person add --name "=HYPERLINK(1)" --email evil@example.org >/dev/null
  mentor enrol add p1 --role mentor >/dev/null
  mentor enrol accept p1 >/dev/null
  ok enrol export accepted -f csv --fields name,email
  assert_line "'=HYPERLINK(1),evil@example.org"
  ok enrol export accepted -f csv --fields name --raw
  assert_line "=HYPERLINK(1)"
  mentor enrol export accepted -f csv --bom --fields name >out
  assert_equal "$(head -c 3 out | od -An -tx1)" " ef bb bf"
}

# ---- what is refused ----

@test "a word that is not known: no letter, and each of them told once" {
  with_programme
  mentor cohort add spring --programme manchester >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentee
  fails 5 enrol export accepted -f json
  assert_equal "$(jq -r '"\(.message) | \(.hint)"' <<<"$stderr")" \
    "the template 'accepted' speaks of {starts_on}, which is not known of the cohort | set it with: mentor cohort set spring --starts-on DAY"
  mentor person add --name Gail --email gail@example.org >/dev/null
  fails 5 enrol export recruitment -f json
  assert_equal "$(jq -r '.message' <<<"$stderr")" "no letter is written before this is put right"
  assert_equal "$(jq -r '.problems[].message' <<<"$stderr" | grep -o '{.*}')" "{opens_on}
{closes_on}"
}

@test "an outcome that nobody is written about is a usage error" {
  with_cohort
  for word in withdrawn undecided nonsense Accepted; do
    fails 2 enrol export $word
    assert_equal "$(head -1 <<<"$stderr")" "mentor: enrol export: there is no letter for '$word'"
    fails 2 enrol told $word
  done
  fails 2 enrol told acepted
  assert_equal "$(sed -n 2p <<<"$stderr")" "hint: did you mean 'accepted'?"
  fails 2 enrol export
}

@test "somebody with another outcome: refused, all of them named" {
  with_applicants
  fails 5 enrol export accepted p1 p3 p4 p5
  assert_equal "$(grep -v ^hint <<<"$stderr")" "mentor: enrol export: Clara (p3) is declined, not accepted
mentor: enrol export: Dan (p4) is undecided, not accepted
mentor: enrol export: p5 is not in this cohort
mentor: enrol export: no letter is written before this is put right"
  before=$(fingerprint)
  fails 5 enrol told accepted p1 p3
  assert_equal "$(head -1 <<<"$stderr")" "mentor: enrol told: Clara (p3) is declined, not accepted"
  assert_equal "$(fingerprint)" "$before"
  fails 4 enrol export accepted p99
}

@test "a programme without a template for the outcome: refused with the key to add" {
  with_store
  mentor programme import "$EXAMPLES/minimal/programme.yaml" >/dev/null
  mentor cohort add spring --programme minimal >/dev/null
  for outcome in accepted late waiting declined reserve recruitment; do
    fails 5 enrol export $outcome
    assert_equal "$stderr" "mentor: enrol export: the programme 'minimal' has no template for: $outcome
hint: add one under templates, with for: $outcome, to the programme file and import it; then: mentor cohort set spring --revision NUMBER"
  done
}

# ---- where the contact is ----

@test "a template that does not give the contact's address gets a line that does" {
  cat >programme.yaml <<'END'
programme: harbour
title: Harbour mentoring
contact: { email: team@example.org }
contract: { purpose: We talk. }
templates:
  yes-letter: { for: accepted, subject: Welcome, text: "Dear {name},\nwelcome.\n" }
  no-letter: { for: declined, subject: Sorry, text: "Dear {name},\n\nwe are sorry.\nWrite to team@example.org.\n\nYours" }
END
  with_store
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme harbour >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  ok enrol export accepted -f json
  json '.data[0].text' "Dear Amira,

welcome.

team@example.org"
  sed -i 's/contact: {/contact: { name: Team,/' programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  ok enrol export accepted -f json
  json '.data[0].text' "Dear Amira,

welcome.

Team, team@example.org"
  mentor enrol decline p1 >/dev/null
  ok enrol export declined -f json
  json '.data[0].text' "Dear Amira,

we are sorry.
Write to team@example.org.

Yours"
}

@test "resources are those for the person" {
  cat >programme.yaml <<'END'
programme: harbour
title: Harbour mentoring
contact: { name: Team, email: team@example.org }
contract: { purpose: We talk. }
resources:
  guide: { title: Guide for mentors, audience: mentors, link: "https://example.org/guide" }
  film: { title: A film, audience: both }
  terms: { title: What to expect, audience: applicants }
templates:
  yes-letter: { for: accepted, subject: Welcome, text: "Please read {resources}" }
  wait-letter: { for: declined, subject: Wait, text: "Please read {resources}." }
END
  with_store
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme harbour >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Housing mentee
  person fay Housing facilitator
  ok enrol export accepted p1 p2 -f json
  json '.data[0].text' "Please read 
- Guide for mentors: https://example.org/guide
- A film

Team, team@example.org"
  json '.data[1].text' "Please read A film

Team, team@example.org"
  fails 5 enrol export accepted
  assert_equal "$(head -1 <<<"$stderr")" "mentor: enrol export: the template 'yes-letter' speaks of {resources}, which is not known for everybody"
  mentor enrol decline p2 >/dev/null
  ok enrol export declined -f json
  json '.data[0].text' "Please read What to expect.

Team, team@example.org"
}

@test "both sides called the same, and whoever takes either" {
  for labels in "mentor: guide, mentors: guides, mentee: leader, mentees: leaders|guide or leader" \
    "mentor: partner, mentors: partners, mentee: partner, mentees: partners|partner"; do
    sed "s/^programme: .*/&\nlabels: { ${labels%|*} }/" "$EXAMPLES/minimal/programme.yaml" >programme.yaml
    printf 'templates:\n  yes-letter: { for: accepted, subject: Welcome, text: "as {role}" }\n' >>programme.yaml
    rm -f test.db
    with_store
    mentor programme import programme.yaml >/dev/null
    mentor cohort add spring --programme minimal >/dev/null
    mentor cohort open >/dev/null
    person amira Housing either
    ok enrol export accepted -f json
    json '.data[0].role' "${labels#*|}"
  done
}

# ---- messages ----

# Names as people have them, and as people make them up.
with_hostile_names() {
  with_cohort
  local n=0 long
  long=$(printf 'Maximiliane-%.0s' {1..40})
  for name in "Ann" "Owusu, Esi" 'Bob "Bobby" \ Tables; <x@example.org>' "Zoë Ångström" "علي محمد" "😀👩‍👩‍👧 Emoji" "=?utf-8?Q?Boss?= Person" \
    "From Here" ".hidden" "$long" "$long é" "  spaced  out  " "a:b;c" "Dr. O'Neil (Ops) @ Home" "日本語の名前" "e, {name} {contact_email}" "%s%n\\r\\n"; do
    n=$((n + 1))
    mentor person add --name "$name" --email "p$n@example.org" >/dev/null
    mentor enrol add "p$n" --role mentor >/dev/null
    mentor enrol accept "p$n" --override "more than usual" >/dev/null
  done
}

@test "an mbox has every letter, without a defect for Python's parser" {
  with_hostile_names
  mentor enrol export accepted -f json >letters.json
  mentor enrol export accepted -f mbox -o letters.mbox
  run --separate-stderr /usr/bin/python3 "$MAILS" letters.mbox letters.json
  assert_equal "$stderr" ""
  assert_success
  assert_equal "${#lines[@]}" 17
  assert_equal "$(jq -r .date <<<"${lines[0]}")" "2026-03-02T12:00:00+00:00"
}

@test "each letter as a message of its own, without a defect" {
  with_hostile_names
  for n in $(seq 17); do
    mentor enrol export accepted p$n -f json >letters.json
    mentor enrol export accepted p$n -f eml >letter.eml
    run --separate-stderr /usr/bin/python3 "$MAILS" letter.eml letters.json
    assert_equal "$stderr" ""
    assert_success
  done
}

@test "a second parser reads the same" {
  node -e 'require("mailparser")' 2>/dev/null || skip "mailparser is not there"
  with_hostile_names
  for n in $(seq 17); do
    mentor enrol export accepted p$n -f json >letters.json
    mentor enrol export accepted p$n -f eml >letter.eml
    /usr/bin/python3 "$MAILS" letter.eml letters.json | jq -S 'del(.date)' >one
    node "$ROOT/tests/cli/mails.js" letter.eml | jq -S . >two
    diff -u one two
  done
}

@test "control characters that got into the store are refused, with the person" {
  with_applicants
  sqlite3 "$MENTOR_DB" "UPDATE person SET name = 'Amira' || char(13) || char(10) || 'Bcc: x@example.org' WHERE id = 1"
  fails 5 enrol export accepted -f mbox
  assert_equal "$(head -1 <<<"$stderr")" \
    "mentor: enrol export: Amira\\x0d\\x0aBcc: x@example.org (p1): the name holds a control character, which no message may have there"
}

@test "addresses that no header can carry are refused, all of them, and the rows are there all the same" {
  with_cohort
  for email in anna@exämple.org a..b@example.org; do
    mentor person add --name Anna --email $email >/dev/null
    mentor enrol add $email --role mentor >/dev/null
    mentor enrol accept $email >/dev/null
  done
  for format in mbox eml; do
    fails 5 enrol export accepted -f $format
    assert_equal "$(grep -c 'is no address that a message can carry' <<<"$stderr")" 2
  done
  ok enrol export accepted -f csv --fields email
  assert_output "email
anna@exämple.org
a..b@example.org"
}

@test "eml is for one letter" {
  with_applicants
  fails 2 enrol export accepted -f eml
  assert_equal "$stderr" "mentor: enrol export: --format: eml is for one letter, and there are 2
hint: name one person, or use -f mbox"
  fails 4 enrol export waiting -f eml
  ok enrol export waiting -f mbox
  assert_output ""
  fails 2 enrol export accepted -f html
}

@test "a letter has one Message-ID, whenever it is written, and another one when it is decided again" {
  with_applicants
  id() { mentor enrol export "$1" "$2" -f eml --all | grep ^Message-ID; }
  first=$(id accepted p1)
  mentor enrol told accepted >/dev/null
  assert_equal "$(MENTOR_NOW=2026-03-20 id accepted p1)" "$first"
  [ "$(id accepted p2)" != "$first" ]
  mentor enrol decline p1 >/dev/null
  [ "$(id declined p1)" != "$first" ]
  MENTOR_NOW=2026-03-20 mentor enrol accept p1 >/dev/null
  [ "$(id accepted p1)" != "$first" ]
}

# ---- told ----

@test "told is recorded once, with the day of the next contact" {
  with_applicants
  before=$(fingerprint)
  ok enrol told accepted --dry-run
  assert_output "told person p2 Ben
told person p1 Amira
dry run: nothing has been changed"
  assert_equal "$(fingerprint)" "$before"
  ok enrol told accepted
  assert_output "told person p2 Ben
told person p1 Amira"
  after=$(fingerprint)
  ok enrol told accepted
  assert_output ""
  ok enrol told accepted p1 -f json
  json '.data[].change' unchanged
  assert_equal "$(fingerprint)" "$after"
  ok enrol show p1 -f json
  json '.data.enrolment | "\(.told) \(.told_on) \(.contact_on)"' "accepted 2026-03-02 2026-04-01"
  ok enrol told declined
  ok enrol show p3 -f json
  json '.data.enrolment | "\(.told) \(.told_on) \(.contact_on)"' "declined 2026-03-02 null"
}

@test "whoever waits, is late or a reserve is to hear again" {
  with_outcomes "$EXAMPLES/manchester/programme.yaml"
  with_pair
  for outcome in late waiting reserve; do
    ok enrol told -c first $outcome
    refute_output ""
  done
  for person in "first p1" "first p3" "second p2"; do
    # shellcheck disable=SC2086
    ok enrol show -c $person -f json
    json '.data.enrolment | "\(.outcome == .told) \(.contact_on)"' "true 2026-03-30"
  done
}

@test "an invitation is no outcome to be told of" {
  with_applicants
  fails 2 enrol told recruitment
}

# ---- invitations ----

@test "invitations go to people who have not applied" {
  with_applicants
  ok enrol export recruitment -f csv --fields person,side,role,rank
  assert_output "person,side,role,rank
p5,,,"
  ok enrol export recruitment p5 -f eml
  assert_line --partial "To: \"Gail\" <gail@example.org>"
  fails 5 enrol export recruitment p1 p5
  assert_equal "$(head -1 <<<"$stderr")" "mentor: enrol export: p1 has applied to this cohort already"
}

@test "of several templates one is named" {
  with_outcomes "$EXAMPLES/greenwich/programme.yaml"
  fails 2 enrol export -c first recruitment
  assert_equal "$stderr" "mentor: enrol export: the programme 'greenwich' has several templates for: recruitment
hint: name one with --template: recruit-mentors, recruit-mentees, recruit-facilitators"
  fails 4 enrol export -c first recruitment --template recruit-mentor
  fails 4 enrol export -c first accepted --template recruit-mentors
  ok enrol export -c first recruitment --template recruit-mentees -f json
  json '.data[] | "\(.person) \(.subject)"' "p8 Reciprocal mentoring for social workers: be mentored by a social worker"
  ids=$(for t in mentors mentees; do mentor enrol export -c first recruitment --template recruit-$t -f mbox | grep ^Message-ID; done)
  assert_equal "$(sort -u <<<"$ids" | wc -l)" 2
}

# ---- the examples ----

# Letters of the outcome to exactly these people: no hole, no brace, no reason, the contact in each.
letters_of() {
  local outcome=$1 people=$2 template
  local templates=("${@:3}")
  for template in "${templates[@]:-}"; do
    ok enrol export -c first "$outcome" ${template:+--template "$template"} -f json
    json '[.data[].person] | sort | join(" ")' "$people"
    refute_output --partial INTERNAL
    jq -r '.data[] | .subject, .text' <<<"$output" >texts
    run grep -nE '[{}]|  | [.,;:!?]( |$)|\(null\)|: *$|^ |\b(from|on) (and|to)\b|\bas an? in\b' texts
    assert_output ""
    jq -e 'all(.data[]; . as $l | ($l.text | contains($l.contact_email)) and ($l.contact_email | length > 0))' <(mentor enrol export -c first "$outcome" ${template:+--template "$template"} -f json) >/dev/null
    mentor enrol export -c first "$outcome" ${template:+--template "$template"} -f json >letters.json
    mentor enrol export -c first "$outcome" ${template:+--template "$template"} -f mbox >letters.mbox
    run --separate-stderr /usr/bin/python3 "$MAILS" letters.mbox letters.json
    assert_equal "$stderr" ""
  done
}

@test "every example has a letter for every outcome, whole and with the contact" {
  for example in manchester south-west greenwich co-learning sheffield; do
    rm -f test.db
    with_outcomes "$EXAMPLES/$example/programme.yaml"
    letters_of accepted "p1 p5 p6 p7"
    letters_of late p2
    letters_of waiting p3
    letters_of declined p4
    case $example in
    greenwich) letters_of recruitment p8 recruit-mentors recruit-mentees recruit-facilitators ;;
    *) letters_of recruitment p8 ;;
    esac
    with_pair
    letters_of reserve "p1 p5"
    letters_of accepted "p6 p7"
  done
}

@test "a late letter speaks of the cohort that was applied to" {
  with_outcomes "$EXAMPLES/south-west/programme.yaml"
  ok enrol export -c first late -f json
  json '.data[0] | "\(.cohort) \(.closes_on)"' "First cohort 20 February 2026"
  ok enrol export -c second late -f json
  json '.data[0] | "\(.person) \(.cohort) \(.closes_on)"' "p2 First cohort 20 February 2026"
  ok enrol told -c first late p2
  assert_output "told person p2 Person 2"
  ok enrol export -c second late -f json
  json '.data | length' 0
}
