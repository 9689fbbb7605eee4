#!/usr/bin/env bats
# recruit.bats: programme, cohort, person and enrol: what they do, what they refuse, and that a refusal changes nothing.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load helpers

# did CHANGE...: the changes that the last run told, in order.
did() {
  assert_equal "$(jq -r '[.data[].change] | join(" ")' <<<"$output")" "$*"
}

HEADINGS="ID,Start time,Completion time,Email,Name,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?\
,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address\
,Which topics would you like to talk about?,How would you like to meet?,What do you hope for?"
MENTOR="I would like to mentor a senior leader"
MENTEE="I would like to be mentored"

# application ID ADDRESS NAME [ROLE] [GRADE] [TOPICS]: one row of the form's export.
application() {
  printf '%s,3/2/2026 10:00:00,3/2/2026 10:04:00,anonymous,,%s,%s,%s,Parks,,%s,,%s,Online,\r\n' \
    "$1" "$2" "$3" "${4-$MENTOR}" "${5-Grade 5}" "${6-Faith and belief;}"
}

# form ROW...: writes form.csv as Microsoft Forms does.
form() {
  printf '\xef\xbb\xbf%s\r\n' "$HEADINGS" >form.csv
  printf '%s\n' "$@" >>form.csv
}

# ---- programme ----

@test "programme import stores a revision, and the same file again is unchanged" {
  with_store
  tried programme import "$EXAMPLES/manchester/programme.yaml"
  ok programme import "$EXAMPLES/manchester/programme.yaml"
  assert_output "added programme manchester"
  ok programme import "$EXAMPLES/manchester/programme.yaml"
  assert_output "unchanged programme manchester"
  sed 's/^title: .*/title: Mentoring upwards/' "$EXAMPLES/manchester/programme.yaml" >second.yaml
  ok programme import second.yaml
  assert_output "revised programme manchester"
  ok programme list -f json
  json '.schema' mentor.programme.list/1
  json '.data[] | "\(.slug) \(.title) \(.revision)"' "manchester Mentoring upwards 2"
}

@test "programme show says what the file says, defaults included" {
  with_programme
  ok programme show manchester -f json
  json '.schema' mentor.programme.show/1
  json '.data.programme.slug' manchester
  json '[.data.lines[] | select(.section == "stages" and (.name | endswith(".title"))).name] | join(" ")' \
    "evaluate.title prepare.title implement.title review.title"
  json '.data.lines[] | select(.section == "cohort" and .name == "mentors").text' 12
}

@test "programme new writes a file that programme check finds good" {
  mentor programme new >mine.yaml
  ok programme check mine.yaml
  assert_output --partial "mine.yaml"
  ok programme check mine.yaml -f json
  json '.data[].result' ok
}

@test "programme check and import name every error with its place" {
  with_store
  sed 's/^arrangement: .*/arangement: reverse/; s/^  months: 6/  months: six/' "$EXAMPLES/manchester/programme.yaml" >bad.yaml
  line=$(grep -n '^arangement' bad.yaml | cut -d: -f1)
  fails 3 programme check bad.yaml
  says "mentor: programme check: bad.yaml:$line:1: arangement: unknown key" "hint: did you mean 'arrangement'?" \
    "mentor: programme check: bad.yaml: 2 errors"
  [[ $stderr == *"cohort.months: 'six' is not a whole number from 1 to 60"* ]]
  refused 3 programme import bad.yaml
  says "nothing imported"
  refused 3 programme import bad.yaml -f json
  assert_equal "$(jq -r '[.schema, .exit, .state, (.problems | length)] | join(" ")' <<<"$stderr")" "mentor.error/1 3 nothing imported 2"
}

@test "programme commands refuse what is not there" {
  with_programme
  fails 4 programme show manchster
  says "mentor: programme show: there is no programme 'manchster'" "hint: did you mean manchester?"
  refused 4 programme import nowhere.yaml
  says "mentor: programme import: cannot read nowhere.yaml: No such file or directory" "nothing changed"
  fails 4 programme new --from mancester
  says "mentor: programme new: there is no example 'mancester'"
}

# ---- cohort ----

@test "cohort add takes the programme's limits and length, and adding it again is unchanged" {
  with_programme
  tried cohort add spring --programme manchester --starts-on 2026-04-01
  ok cohort add spring --programme manchester --starts-on 2026-04-01
  assert_output "added cohort spring"
  ok cohort add spring --programme manchester --starts-on 2026-04-01
  assert_output "unchanged cohort spring"
  ok cohort show spring -f json
  json '.data | "\(.title) \(.state) \(.ends_on) \(.mentors_max) \(.mentees_max)"' "spring planned 2026-09-30 12 12"
  refused 5 cohort add spring --programme manchester --starts-on 2026-04-02
  says "mentor: cohort add: there is a cohort 'spring' already, with other values" "hint: change it with: mentor cohort set spring"
}

@test "cohort add refuses what makes no sense" {
  with_programme
  refused 4 cohort add spring --programme manchster
  says "mentor: cohort add: there is no programme 'manchster'" "hint: did you mean manchester?" "nothing changed"
  refused 2 cohort add spring
  says "mentor: cohort add: --programme SLUG is missing" \
    "hint: SLUG: its programme; the cohort keeps the newest revision; mentor cohort add --help explains the command"
  refused 3 cohort add Spring --programme manchester
  says "mentor: cohort add: 'Spring' is not a short name" "hint: use a-z, 0-9 and -, starting with a letter, such as spring-2026"
  refused 2 cohort add spring --programme manchester --starts-on 2026-13-01
  says "mentor: cohort add: --starts-on: '2026-13-01' is not a day" "hint: write days as 2026-09-30"
  refused 2 cohort add spring --programme manchester --mentors-max=-1
  says "mentor: cohort add: --mentors-max: '-1' is not a whole number from 0 to 100000"
  refused 2 cohort add spring --programme manchester --start-on 2026-04-01
  says "mentor: cohort add: unknown option --start-on" "hint: did you mean --starts-on?"
}

@test "cohort dates must be in order" {
  with_programme
  before=$(fingerprint)
  run --separate-stderr mentor cohort add spring --programme manchester --starts-on 2026-05-01 --ends-on 2026-04-01
  assert_failure
  says "mentor: cohort add: the cohort would end before it starts"
  run --separate-stderr mentor cohort add spring --programme manchester --opens-on 2026-05-01 --closes-on 2026-04-01
  assert_failure
  says "mentor: cohort add: applications would close before they open"
  assert_equal "$(fingerprint)" "$before"
}

@test "cohort set changes, and says unchanged when there is nothing to change" {
  with_cohort
  tried cohort set spring --title "A new title"
  ok cohort set spring --title "A new title" --mentees-max 3
  assert_output "changed cohort spring"
  ok cohort set spring --title "A new title" --mentees-max 3
  assert_output "unchanged cohort spring"
  ok cohort show spring -f json
  json '.data | "\(.title) \(.mentees_max)"' "A new title 3"
  refused 2 cohort set spring
  says "mentor: cohort set: there is nothing to set"
  refused 2 cohort set spring --slug summer
  says "mentor: cohort set: unknown option --slug"
  refused 4 cohort set sprng --title x
  says "mentor: cohort set: there is no cohort 'sprng'" "hint: did you mean spring?"
}

@test "cohort list and show: an empty list is fine, filters select" {
  with_programme
  ok cohort list -f json
  json '.data | length' 0
  ok cohort list
  assert_output ""
  mentor cohort add spring --programme manchester >/dev/null
  ok cohort list --state planned -f json
  json '.data[].slug' spring
  ok cohort list --state running -f json
  json '.data | length' 0
  fails 2 cohort list --state plannd
  says "mentor: cohort list: --state: 'plannd' is not planned, open, closed, running or finished" "hint: did you mean 'planned'?"
  fails 4 cohort show autumn
  says "mentor: cohort show: there is no cohort 'autumn'"
}

@test "a cohort goes from planned over open and closed to running and finished, each step once" {
  with_people
  ok cohort open
  assert_output "unchanged cohort spring"
  tried cohort close
  ok cohort close
  assert_output "closed cohort spring"
  ok cohort close
  assert_output "unchanged cohort spring"
  ok cohort open
  assert_output "opened cohort spring"
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor cohort close >/dev/null
  tried cohort start
  MENTOR_NOW=2026-04-01 ok cohort start
  assert_output "started cohort spring"
  MENTOR_NOW=2026-10-01 ok cohort finish
  assert_output "finished cohort spring"
  ok cohort show spring -f json
  json '.data | "\(.state) \(.opened_on) \(.closed_on) \(.started_on) \(.finished_on)"' \
    "finished 2026-03-02 2026-03-02 2026-04-01 2026-10-01"
}

@test "cohort steps are refused in the wrong state" {
  with_programme
  mentor cohort add spring --programme manchester >/dev/null
  refused 5 cohort close
  says "mentor: cohort close: the cohort 'spring' is planned" "hint: only an open cohort can be closed: mentor cohort open" "nothing changed"
  refused 5 cohort start
  says "mentor: cohort start: the cohort 'spring' is planned"
  refused 5 cohort finish
  says "mentor: cohort finish: the cohort 'spring' is planned" "hint: only a running cohort can be finished: mentor cohort start"
  mentor cohort open >/dev/null
  mentor cohort settle evaluate --evidence "Readiness report" >/dev/null
  refused 5 cohort start
  says "mentor: cohort start: the cohort has no pairs yet" "hint: match and publish first: mentor match propose, mentor match publish"
  refused 4 cohort open autumn
  says "mentor: cohort open: there is no cohort 'autumn'"
  refused 2 cohort open spring autumn
  says "mentor: cohort open: 'autumn' is one word too many"
}

@test "cohort status names what is missing and the command that clears it" {
  with_cohort
  ok cohort status -f json
  json '.data.todo[] | select(.stage == "recruit") | "\(.what): \(.command)"' "nobody has applied yet: mentor enrol import FILE"
  person amira Housing mentor
  mentor person add --name Ben --email ben@example.org >/dev/null
  mentor enrol add ben@example.org --role mentee >/dev/null
  ok cohort status spring -f json
  json '.data.todo[] | select(.stage == "recruit") | "\(.count) \(.what): \(.command)"' \
    "1 1 application waits for a decision: mentor enrol accept p2
2 2 people have not stated all that the programme asks: mentor enrol confirm p1 --all
2 2 line managers have not been asked for support: mentor enrol approve p1 --asked
1 1 person is due to hear from you, or to be recorded as told: mentor enrol told accepted"
}

@test "an unknown verb or noun is never guessed" {
  fails 2 cohort opn
  says "mentor: cohort: 'opn' is not something 'mentor cohort' does" "hint: did you mean 'mentor cohort open'?"
  fails 2 cohrt list
  says "mentor: there is no command 'cohrt'" "hint: did you mean 'mentor cohort'?"
  fails 2 enrol acc amira@example.org
}

@test "without a store every command says how to make one" {
  fails 4 cohort list
  says "mentor: cohort list: there is no store at $MENTOR_DB" "hint: make one with: mentor db init, or name another with --db FILE; to look around first: mentor demo"
}

# ---- person ----

@test "person add keeps the address folded, and adding it again is unchanged" {
  with_store
  tried person add --name "Zoë Ünal" --email Zoe@Example.org
  ok person add --name "Zoë Ünal" --email Zoe@Example.org --grade "Grade 5"
  assert_output "added person p1 Zoë Ünal"
  ok person add --name "Zoë Ünal" --email zoe@example.org --grade "Grade 5"
  assert_output "unchanged person p1 Zoë Ünal"
  ok person show ZOE@example.org -f json
  json '.data.person | "\(.id) \(.name) \(.email) \(.grade) \(.job)"' "p1 Zoë Ünal zoe@example.org Grade 5 null"
  refused 5 person add --name "Zoe Unal" --email zoe@example.org
  says "mentor: person add: there is such a person already, with other values" "hint: change it with: mentor person set p1"
}

@test "person add refuses what is no name and no address" {
  with_store
  refused 2 person add --name Amira
  says "mentor: person add: --email ADDRESS is missing" \
    "hint: ADDRESS: address; one person, one address; mentor person add --help explains the command"
  refused 3 person add --email amira@example.org --name ""
  says "mentor: person add: a person needs its name"
  refused 2 person add --name Amira --email amira
  says "mentor: person add: --email: 'amira' is not an e-mail address" "hint: an address looks like name@example.org"
  refused 2 person add --name $'Am\xefra' --email amira@example.org
  says "mentor: person add: --name: the text is not UTF-8"
  refused 2 person add --nam Amira --email amira@example.org
  says "mentor: person add: unknown option --nam" "hint: did you mean --name?"
}

@test "person set changes, and says unchanged when there is nothing to change" {
  with_store
  mentor person add --name Amira --email amira@example.org >/dev/null
  mentor person add --name Ben --email ben@example.org >/dev/null
  tried person set p1 --directorate Housing
  ok person set p1 --directorate Housing
  assert_output "changed person p1 Amira"
  ok person set amira@example.org --directorate Housing
  assert_output "unchanged person p1 Amira"
  refused 2 person set p1
  says "mentor: person set: there is nothing to set"
  refused 5 person set p2 --email amira@example.org
  says "mentor: person set: another person has this address already"
  refused 4 person set p9 --name X
  says "mentor: person set: there is no person 'p9'"
}

@test "person list and show: an empty list is fine, filters select, unknown people are not guessed" {
  with_store
  ok person list
  assert_output ""
  ok person list -f json
  json '"\(.schema) \(.data | length)"' "mentor.person.list/1 0"
  mentor person add --name Amira --email amira@example.org --directorate Housing >/dev/null
  mentor person add --name Ben --email ben@example.org --directorate Parks >/dev/null
  ok person list --directorate Parks --fields name,email
  assert_output $'Ben\tben@example.org'
  fails 4 person show ben@exmple.org
  says "mentor: person show: there is no person 'ben@exmple.org'" "hint: did you mean ben@example.org? Or, for somebody new: mentor person add --name NAME --email ben@exmple.org"
  fails 4 person show p3
  fails 2 person list --directory Parks
  says "mentor: person list: unknown option --directory" "hint: did you mean --directorate?"
  fails 2 person list -f xml
  says "mentor: person list: --format: 'xml' is not offered here"
  fails 2 person list -f json --fields nme
  [[ $stderr == *"did you mean 'name'?"* ]]
}

# ---- enrol: one by one ----

@test "enrol add, set and show, each of them twice" {
  with_cohort
  mentor person add --name Amira --email amira@example.org >/dev/null
  tried enrol add p1 --role mentor
  ok enrol add p1 --role mentor
  assert_output "enrolled person p1 Amira"
  ok enrol add amira@example.org --role mentor
  assert_output "unchanged person p1 Amira"
  refused 5 enrol add p1 --role mentee
  says "mentor: enrol add: Amira is in this cohort already, as mentor" "hint: change it with: mentor enrol set p1"
  tried enrol set p1 --places 2
  ok enrol set p1 --role mentee --places 2
  assert_output "changed person p1 Amira"
  ok enrol set p1 --role mentee --places 2
  assert_output "unchanged person p1 Amira"
  ok enrol show p1 -f json
  json '.data.enrolment | "\(.cohort) \(.role) \(.state) \(.places) \(.applied_on) \(.decided_on)"' "spring mentee applied 2 2026-03-02 null"
}

@test "enrol commands refuse unknown people, roles and cohorts" {
  with_cohort
  mentor person add --name Amira --email amira@example.org >/dev/null
  refused 4 enrol add ben@example.org --role mentor
  says "mentor: enrol add: there is no person 'ben@example.org'" "nothing changed"
  refused 2 enrol add p1
  says "mentor: enrol add: --role WORD is missing"
  refused 2 enrol add p1 --role metor
  says "mentor: enrol add: --role: 'metor' is not mentor, mentee, either or facilitator" "hint: did you mean 'mentor'?"
  for command in "show p1" "accept p1" "decline p1" "set p1 --places 2"; do
    # shellcheck disable=SC2086 # words on purpose
    refused 4 enrol $command
    says "mentor: enrol ${command%% *}: p1 is not in this cohort" "hint: see: mentor enrol list"
  done
  refused 2 enrol accept
  says "mentor: enrol accept: PERSON is missing"
  fails 4 enrol list --cohort autumn
  says "mentor: enrol list: there is no cohort 'autumn'"
  mentor cohort add autumn --programme manchester >/dev/null
  fails 2 enrol list
  says "mentor: enrol list: there are several cohorts" "hint: name one with --cohort: autumn, spring"
  refused 5 enrol add p1 --role mentor -c autumn
  says "mentor: enrol add: the cohort 'autumn' does not take applications yet" "hint: open it first: mentor cohort open"
  mentor cohort close spring >/dev/null
  tried enrol add p1 --role mentor -c spring # too late, and so for the next one
  did late
}

@test "enrol list: an empty list is fine, filters select" {
  with_cohort
  ok enrol list
  assert_output ""
  ok enrol list -f json
  json '"\(.schema) \(.data | length)"' "mentor.enrol.list/1 0"
  person amira Housing mentor
  mentor person add --name Ben --email ben@example.org >/dev/null
  mentor enrol add ben@example.org --role mentee >/dev/null
  ok enrol list --state applied --fields email
  assert_output ben@example.org
  ok enrol list --role mentor -f json
  json '.data[].email' amira@example.org
  fails 2 enrol list --state accpeted
  says "mentor: enrol list: --state: 'accpeted' is not applied, accepted, waiting, declined or withdrawn" "hint: did you mean 'accepted'?"
}

@test "enrol accept and decline keep who, when and why; deciding so again is unchanged" {
  with_cohort
  mentor person add --name Amira --email amira@example.org >/dev/null
  mentor enrol add p1 --role mentor >/dev/null
  tried enrol accept p1 --reason "Knows the estates"
  MENTOR_ACTOR=sam MENTOR_NOW=2026-03-05 ok enrol accept p1 --reason "Knows the estates"
  assert_output "accepted person p1 Amira"
  ok enrol accept p1
  assert_output "unchanged person p1 Amira"
  ok enrol show p1 -f json
  json '.data.enrolment | "\(.state) \(.decided_on) \(.decided_by) \(.reason)"' "accepted 2026-03-05 sam Knows the estates"
  tried enrol decline p1
  ok enrol decline p1 --reason "Has no time after all"
  assert_output "declined person p1 Amira"
  ok enrol decline p1
  assert_output "unchanged person p1 Amira"
  ok enrol show p1 -f json
  json '.data.enrolment | "\(.state) \(.reason)"' "declined Has no time after all"
  refused 2 enrol accept p1 --reson x
  says "mentor: enrol accept: unknown option --reson" "hint: did you mean --reason?"
}

@test "enrol accept of several is all or none" {
  with_cohort
  mentor person add --name Amira --email amira@example.org >/dev/null
  mentor enrol add p1 --role mentor >/dev/null
  refused 4 enrol accept p1 nobody@example.org
  ok enrol show p1 -f json
  json .data.enrolment.state applied
}

@test "enrol decline of somebody who works in a pair is refused" {
  with_people
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  refused 5 enrol decline amira@example.org
  [[ $stderr == *"Amira works in pair m"* ]]
  says "hint: end the pair first: mentor match end m1"
}

# ---- enrol import ----

@test "enrol import takes a Microsoft Forms export, and the same file again is unchanged" {
  with_cohort
  tried enrol import "$EXAMPLES/manchester/applications.csv"
  ok enrol import "$EXAMPLES/manchester/applications.csv" -f json
  json '[.data[] | select(.change == "added")] | length' 20
  before=$(fingerprint)
  ok enrol import "$EXAMPLES/manchester/applications.csv" -f json
  json '[.data[] | select(.change == "unchanged")] | length' 20
  assert_equal "$(fingerprint)" "$before"
  ok enrol show zoe.achterberg@irwell.example.org -f json
  json '.data.enrolment | "\(.name) \(.role) \(.state) \(.directorate) \(.grade) \(.applied_on) \(.response)"' \
    "Zoë Achterberg mentor applied Children and Education Grade 6 2026-01-19 10"
}

@test "enrol import reads commas, quotes and line breaks inside quotes, other delimiters, and standard input" {
  with_cohort
  form "$(application 1 amira@example.org '"Amira ""Mira"" Haddad, BSc"' "$MENTOR" "Grade 5" "Faith and belief;Language and culture;")"
  ok enrol import form.csv -f json
  json '.data[].name' 'Amira "Mira" Haddad, BSc'
  printf '%s\n' "$(tr , ';' <<<"$HEADINGS")" "$(application 2 ben@example.org Ben "$MENTEE" "Director" "" | tr , ';')" >semicolons.csv
  run --separate-stderr mentor enrol import - -f json <semicolons.csv
  assert_success
  did added
  ok enrol import --delimiter ';' semicolons.csv -f json
  did unchanged
  refused 2 enrol import --delimiter x semicolons.csv
  says "mentor: enrol import: --delimiter: 'x' is not , ; | or tab"
}

@test "enrol import never changes a decision" {
  with_cohort
  form "$(application 1 amira@example.org Amira)"
  mentor enrol import form.csv >/dev/null
  mentor enrol decline p1 --reason "Next time" >/dev/null
  ok enrol import form.csv -f json
  did unchanged
  ok enrol show p1 -f json
  json '.data.enrolment | "\(.state) \(.reason)"' "declined Next time"
}

@test "enrol import refuses headings that are missing or unknown" {
  with_cohort
  form "$(application 1 amira@example.org Amira)"
  sed 's/Your name/Your nane/; s/What do you hope for?/Shoe size/' form.csv >bad.csv
  refused 3 enrol import bad.csv
  says 'mentor: enrol import: bad.csv:1, "Your name": the heading is missing' 'hint: did you mean "Your nane"?' \
    'mentor: enrol import: bad.csv:1, "Shoe size": the programme does not know this heading' \
    'hint: put NAME: { header: "Shoe size" } into the programme file, under application.columns, or the heading under application.ignore; then: mentor programme import FILE' \
    "nothing imported"
  : >empty.csv
  refused 3 enrol import empty.csv
  says "mentor: enrol import: empty.csv:1: the file is empty" "hint: the first line must name the columns"
  refused 4 enrol import nowhere.csv
  says "mentor: enrol import: cannot read nowhere.csv: No such file or directory" "hint: is the name right, and the folder? The command ls shows what is there"
}

@test "enrol import says once that it is another file" {
  with_cohort
  printf 'email,assessor,motivation\namira@example.org,Sam,3\n' >scores.csv
  refused 3 enrol import scores.csv
  says "mentor: enrol import: scores.csv:1: this line does not hold the headings of the application form" \
    'hint: is it another file, or are there lines above the headings? The form has: "ID", "Completion time", "Your work e-mail address" and 8 more; this file: "email", "assessor", "motivation". If it is the right one, put its headings into the programme file, under application.columns; then: mentor programme import FILE' "nothing imported"
  assert_equal "$(wc -l <<<"$stderr")" 3
  form "$(application 1 amira@example.org Amira)"
  { echo "Applications of spring,,"; cat form.csv; } >title.csv
  refused 3 enrol import title.csv
  says "mentor: enrol import: title.csv:1: this line does not hold the headings of the application form"
}

@test "enrol import names every bad cell with row and heading, and takes nothing" {
  with_cohort
  form "$(application 1 amira@example.org Amira)" "$(application 2 ben@example.org Ben Both)" "$(application 3 "" Clara)" \
    "$(application 4 david@example.org David "$MENTEE" "Grade 12" "Faith and beleif;")" "$(application 5 not-an-address Ewa)" \
    "$(application 6 amira@example.org Amira)"
  refused 3 enrol import form.csv
  says "mentor: enrol import: form.csv row 2 (line 3), \"Would you like to be a mentor or a mentee?\": \"Both\" is not \"$MENTOR\" or \"$MENTEE\"" \
    'mentor: enrol import: form.csv row 3 (line 4), "Your work e-mail address": the cell is empty' \
    "mentor: enrol import: form.csv row 4 (line 5), \"What is your grade?\": 'Grade 12' is not a grade of the programme" \
    'hint: did you mean "Faith and belief"?' \
    "mentor: enrol import: form.csv row 5 (line 6), \"Your work e-mail address\": 'not-an-address' is not an e-mail address" \
    "mentor: enrol import: form.csv row 6 (line 7), \"Your work e-mail address\": amira@example.org has applied in row 1 already" \
    "mentor: enrol import: form.csv: 6 errors" "nothing imported"
  refused 3 enrol import form.csv -f json
  assert_equal "$(jq -c '[.problems[] | [.row, .field]] | .[0]' <<<"$stderr")" '[2,"Would you like to be a mentor or a mentee?"]'
}

@test "enrol import refuses an anonymous response and a day that is none" {
  with_cohort
  form "$(application 1 anonymous Amira)" "$(application 2 ben@example.org Ben | sed 's,3/2/2026 10:04,30/2/2026 10:04,')"
  refused 3 enrol import form.csv
  says 'mentor: enrol import: form.csv row 1 (line 2), "Your work e-mail address": the response is anonymous' \
    'mentor: enrol import: form.csv row 2 (line 3), "Completion time": "30/2/2026 10:04:00" is not a date'
}

@test "enrol import refuses text that is not UTF-8, cells that are too large, and broken rows" {
  with_cohort
  form "$(application 1 amelie@example.org $'Am\xe9lie')"
  refused 3 enrol import form.csv
  says "mentor: enrol import: form.csv row 1 (line 2): the text is not UTF-8 (byte E9)" "nothing imported"
  form "$(application 1 amira@example.org "$(printf '%0300000d' 0)")"
  refused 3 enrol import form.csv
  says 'mentor: enrol import: form.csv row 1 (line 2), "Your name": the text is 300000 bytes long, at most 1000 are kept'
  form "$(application 1 amira@example.org '"Amira')"
  refused 3 enrol import form.csv
  says 'mentor: enrol import: form.csv row 1 (line 2), "Your name": the quote that opens here is never closed'
  form "1,2,3"
  refused 3 enrol import form.csv
  says "mentor: enrol import: form.csv row 1 (line 2): row 1 has 3 cells, the heading has 15"
}

@test "enrol import is refused before the cohort has opened, and keeps what is late for the next one" {
  with_programme
  mentor cohort add spring --programme manchester >/dev/null
  refused 5 enrol import "$EXAMPLES/manchester/applications.csv"
  says "mentor: enrol import: the cohort 'spring' does not take applications yet" "nothing imported"
  mentor cohort open >/dev/null
  mentor enrol import "$EXAMPLES/manchester/applications.csv" >/dev/null
  mentor cohort close >/dev/null
  ok enrol import "$EXAMPLES/manchester/applications.csv" -f json # nobody new in it: harmless
  json '[.data[] | select(.change != "unchanged")] | length' 0
  form "$(application 99 late@example.org Late)"
  ok cohort set spring --closes-on 2026-02-01
  ok enrol import form.csv
  ok enrol list -c next -f json
  json '.data[] | "\(.email) \(.state) \(.outcome) \(.origin) \(.origin_cohort)"' "late@example.org applied late late spring"
}

# one_application ADDRESS NUMBER: an export of one application.
one_application() {
  printf '%s\n' "ID,Start time,Completion time,Email,Name,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?,What do you hope for?"
  printf '%s\n' "$2,1/3/2026 09:00:00,1/3/2026 09:10:00,anonymous,,$1,Somebody,I would like to mentor a senior leader,Housing,Officer,Grade 5,,,,"
}

@test "an unknown column is refused in every format, also in the one that nobody asked for" {
  with_store
  mentor person add --name Amira --email amira@example.org >/dev/null
  fails 2 person list --fields nme
  says "mentor: person list: --fields: there is no column 'nme'" "hint: did you mean 'name'?"
  fails 2 person list --fields nme -f csv
  ok person list --fields name,id
  assert_output $'Amira\tp1'
}

@test "enrol import refuses a response number that is another person's, in the file or in the store" {
  with_cohort
  one_application ann@example.org 1 >form.csv
  ok enrol import form.csv
  one_application ben@example.org 1 >other.csv
  refused 3 enrol import other.csv
  says "mentor: enrol import: other.csv row 1 (line 2), \"ID\": response 1 is Somebody's application already" "nothing imported"
  { one_application cleo@example.org 7; one_application dora@example.org 7 | tail -n 1; } >twice.csv
  refused 3 enrol import twice.csv
  says 'mentor: enrol import: twice.csv row 2 (line 3), "ID": row 1 has the number 7 already' "hint: each response has a number of its own"
}

@test "enrol import says differs when the file disagrees with a record, and keeps the record" {
  with_cohort
  one_application ann@example.org 1 >form.csv
  ok enrol import form.csv
  mentor enrol accept ann@example.org >/dev/null
  before=$(fingerprint)
  sed -i 's/I would like to mentor a senior leader/I would like to be mentored/' form.csv
  ok enrol import form.csv -f json
  json '.data[0].change' differs
  assert_equal "$(fingerprint)" "$before"
  ok enrol list -f json
  json '.data[0].role + " " + .data[0].state' "mentor accepted"
}

@test "enrol import of one column only asks for the delimiter, once" {
  with_cohort
  one_application ann@example.org 1 >form.csv
  refused 3 enrol import form.csv --delimiter ';'
  says "mentor: enrol import: form.csv:1: the file has one column only" "hint: --delimiter says what stands between cells"
  assert_equal "$(grep -c ^mentor: <<<"$stderr")" 1
}

@test "who does not say how many partners gets the places of the role" {
  with_harbour
  ok enrol list -f json
  json '[.data[] | "\(.name) \(.places)"] | sort | join(",")' "Ann 2,Ben 1,Cat 3"
  mentor person add --name Dan --email dan@example.org >/dev/null
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol add dan@example.org --role mentor >/dev/null
  mentor enrol add eve@example.org --role either >/dev/null
  ok enrol add dan@example.org --role mentor
  assert_line --partial unchanged
  ok enrol list --state applied -f json
  json '[.data[] | "\(.name) \(.places)"] | sort | join(",")' "Dan 2,Eve 1"
}
