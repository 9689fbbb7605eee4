# labels.bats: people are called what their programme calls them, in every table, page, message and contract; machines see the same words always.
bats_require_minimum_version 1.5.0
load helpers

# programme MENTOR MENTORS MENTEE MENTEES: a programme file that speaks of nobody by any other name.
programme() {
  cat <<END
programme: together
title: Learning together
organisation: Irwell
contact: { email: team@example.org }
labels: { mentor: "$1", mentors: "$2", mentee: "$3", mentees: "$4" }
cohort: { mentors: 2, mentees: 2, months: 6 }
aims:
  insight: { text: Leaders gain insight }
application:
  columns:
    response: { header: ID }
    email: { header: Email, required: yes }
    name: { header: Name, required: yes }
    role: { header: Side, values: { Senior: mentor, Junior: mentee } }
matching:
  rules:
    other-place: { rule: different, field: directorate }
contract:
  purpose: We learn from each other.
  sessions: { minimum: 4, usual: 5, maximum: 6 }
  sign_first: yes
surveys:
  view:
    title: What juniors understand
    audience: mentees
    stages: [before, after]
    questions:
      know: { text: How well do you know?, aim: insight }
  seniors:
    title: What seniors saw
    audience: mentors
    stages: [after]
    questions:
      saw: { text: What did you see? }
END
}

# world LABEL...: a cohort of a programme with these four labels. Amira and Clara can be a pair, Ben is left over, Gus has applied for either side.
world() {
  with_store
  programme "$@" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme together --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentor
  person clara Parks mentee
  mentor person add --name Gus --email gus@example.org --directorate Housing >/dev/null
  mentor enrol add gus@example.org --role either >/dev/null
}

co_learners() {
  world "senior co-learner" "senior co-learners" "junior co-learner" "junior co-learners"
}

partners() {
  world partner partners partner partners
}

# The text of FILE... without what stays: the program's own name, commands to type, and their options.
spoken() {
  sed -E -e 's/^mentor: ([a-z]+ [a-z]+: )?//' -e 's/Made with mentor [0-9.]+//' \
    -e 's/mentor (cohort|contract|enrol|log|match|person|programme|report|survey) [a-z]+//g' \
    -e 's/--role (mentor|mentee)//g' -e 's/--(mentor|mentee)s?(-[a-z]+)?//g' "$@"
}

# What is in `output` and `stderr` of the last run speaks of nobody as mentor or mentee.
assert_neutral() {
  if spoken <<<"$output"$'\n'"$stderr" | grep -inE 'mentor|mentee'; then fail "mentor $*"; fi
}

# neutral FORMATS TEXT ARGUMENT...: the command succeeds in each format, has TEXT in it, and says neither word.
neutral() {
  local formats=$1 text=$2
  shift 2
  for format in $formats; do
    ok "$@" -f "$format"
    assert_neutral "$@" -f "$format"
    assert_output --partial "$text"
  done
}

@test "the filter of these tests leaves words about people, and takes away commands" {
  assert_equal "$(spoken <<<'mentor: enrol accept: no mentor (mentor match propose) --role mentee --mentors-max --mentee, mentees')" \
    'no mentor ()   , mentees'
}

@test "enrol and cohort speak of people as the programme does" {
  co_learners
  neutral table "senior co-learner" enrol list
  neutral table "junior co-learner" enrol list
  neutral table "senior co-learner" enrol show amira@example.org
  neutral table "most senior co-learners" cohort show spring
  neutral table "" cohort status
  neutral table "most junior co-learners" cohort list --fields slug,mentees_max
  ok enrol list -f table
  assert_line --regexp '^p4 +Gus +either +applied '
}

@test "match speaks of people as the programme does" {
  co_learners
  neutral table "senior co-learners left over" match propose --dry-run
  ok match propose -f table
  assert_line --regexp '^change +pair +senior co-learner +junior co-learner +score +% of full marks$'
  assert_line --regexp '^p2 +Ben +senior co-learner +the rules allow none of 1 junior co-learners$'
  neutral table "senior co-learner" match list
  neutral table "senior co-learner" match list --fields mentor,mentee,mentor_name
  neutral table "" match list
  neutral table "" match explain m1
  neutral table "junior co-learner" match explain amira@example.org
  neutral table "0 of 1 junior co-learner was possible" match explain ben@example.org
  neutral table "senior co-learner" match explain clara@example.org
  neutral table "" match publish --dry-run
}

# m1, of Amira and Clara, has a draft.
with_contract() {
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  mentor contract draft m1 >/dev/null
}

@test "contracts, the log and what is still missing speak of people as the programme does" {
  co_learners
  with_contract
  mentor cohort close >/dev/null
  neutral table "1 contract is not signed by the senior co-learner" cohort status
  neutral table "1 contract is not signed by the junior co-learner" cohort status
  assert_output --partial "mentor contract sign m1 --mentee"
  neutral table "" contract draft m1
  neutral table "senior co-learner signed" contract show m1
  neutral table "junior co-learner signed" contract list
  neutral table "" contract list
  neutral table "" contract sign m1 --mentor
  neutral "text md html" "senior co-learner" contract export m1
  mentor contract sign m1 --mentee >/dev/null
  mentor cohort start >/dev/null
  neutral table "" log add m1 --minutes 60
  neutral table "junior co-learner" log list
  neutral table "" log list
  neutral table "junior co-learner" log show s1
}

@test "surveys and reports speak of people as the programme does" {
  co_learners
  with_contract
  printf 'ID,Email,How well do you know?\n1,clara@example.org,3\n' >before.csv
  mentor survey import view before before.csv >/dev/null
  neutral "table html" "junior co-learners" survey list
  neutral "table html" "senior co-learners" survey list
  neutral "table html" "" survey results view before
  neutral "table html" "" survey compare view
  neutral "table html" "senior co-learners" report show progress
}

# refuses CODE MESSAGE ARGUMENT...: fails with this code, says this, and neither word.
refuses() {
  local code=$1 message=$2
  shift 2
  fails "$code" "$@"
  assert_neutral "$@"
  [[ $stderr == *"$message"* ]] || fail "$stderr"
}

@test "error messages speak of people as the programme does" {
  co_learners
  mentor person add --name Eve --email eve@example.org --directorate Roads >/dev/null
  mentor enrol add eve@example.org --role mentor >/dev/null
  refuses 5 "the cohort has its 2 senior co-learners already, without Eve" enrol accept eve@example.org
  refuses 5 "Clara is in this cohort already, as junior co-learner" enrol add clara@example.org --role mentor
  mentor match propose >/dev/null
  refuses 5 "m1 is only proposed" contract draft m1
  sqlite3 "$MENTOR_DB" "UPDATE enrolment SET role = 'mentee' WHERE person_id = 1"
  refuses 5 "Amira is not accepted as senior co-learner any more" match publish
  sqlite3 "$MENTOR_DB" "UPDATE enrolment SET role = 'mentor' WHERE person_id = 1"
  mentor match publish >/dev/null
  refuses 4 "m1 has no contract" contract sign m1 --mentor
  refuses 5 "no contract signed by both" log add m1 --minutes 60
  mentor contract draft m1 >/dev/null
  refuses 2 "it is not said who has signed" contract sign m1
  refuses 5 "no contract signed by both" log add m1 --minutes 60
  mentor contract sign m1 --mentor >/dev/null
  refuses 5 "Amira signed c1 on 2026-03-02 already" contract sign m1 --mentor --date 2026-03-01
  printf 'ID,Email,How well do you know?\n1,amira@example.org,3\n' >before.csv
  refuses 3 "this person is a senior co-learner, and the survey asks junior co-learners" survey import view before before.csv
}

@test "the article before a label goes by its first letter" {
  world ally allies elder elders
  printf 'ID,Email,How well do you know?\n1,amira@example.org,3\n' >before.csv
  refuses 3 "this person is an ally, and the survey asks elders" survey import view before before.csv
}

@test "machine formats have the same keys and words for every programme" {
  co_learners
  mentor match propose >/dev/null
  ok match list -f json
  json '.data[0] | "\(.mentor_name) \(.mentee_name) \(.mentor)"' "Amira Clara p1"
  ok match propose -f json
  json '.data.summary | "\(.mentors) \(.mentees) \(.mentors_left)"' "2 1 1"
  json '.data.left[0].role' mentor
  ok enrol list -f json
  json '[.data[].role] | unique | join(" ")' "either mentee mentor"
  ok enrol list -f jsonl
  assert_output --partial '"role":"mentor"'
  for format in csv tsv; do
    ok enrol list -f $format --fields name,role
    assert_line --regexp '^Amira[,	]mentor$'
    ok match list -f $format --fields mentor_name
    assert_line --index 0 mentor_name
    ok cohort list -f $format --fields mentors_max
    assert_line --index 0 mentors_max
  done
  ok survey list -f json
  json '[.data[].audience] | unique | join(" ")' "mentees mentors"
  ok enrol list --role mentor -f csv --fields name
  assert_output $'name\nAmira\nBen'
}

@test "sides of one name are told apart" {
  partners
  ok match propose -f table
  assert_line --regexp '^change +pair +first partner +second partner +score '
  assert_line --regexp '^first partners left over +1$'
  with_contract
  ok contract list -f table
  assert_output --partial "first partner signed second partner signed"
  mentor cohort close >/dev/null
  neutral table "1 contract is not signed by the first partner" cohort status
  neutral table "second partner" enrol list
  neutral "table html" "first partners" report show progress
  ok contract export m1
  assert_output --partial "This contract is between Amira (partner) and Clara (partner)"
}

@test "programmes that differ are listed together in the usual words" {
  co_learners
  ok cohort list -f table --fields mentors_max
  assert_line --regexp '^most senior co-learners$'
  programme guide guides learner learners | sed 's/^programme: .*/programme: other/' >other.yaml
  mentor programme import other.yaml >/dev/null
  mentor cohort add autumn --programme other >/dev/null
  ok cohort list -f table --fields mentors_max
  assert_line --regexp '^most mentors$'
  ok cohort show autumn -f table
  assert_line --regexp '^most guides +2$'
}

@test "labels are texts like any other: escaped on a page, aligned by what is seen" {
  world "élève <b>&" "élèves <i>" "maître \\\"x" "maîtres {mentor}"
  ok report show progress -f html
  assert_output --partial "élèves &lt;i&gt;"
  assert_output --partial "maîtres {mentor}"
  refute_output --partial "<i>"
  ok survey list -f html
  assert_output --partial "<td>élèves &lt;i&gt;</td>"
  ok cohort show spring -f table
  local first second
  first=$(grep -E '^starts ' <<<"$output") second=$(grep -E '^most élèves ' <<<"$output")
  first=${first%2026-*} second=${second%2}
  assert_equal "${#second}" "${#first}"
}

@test "plain is what scripts cut and grep: its names and words are the same for every programme" {
  co_learners
  ok enrol list -f plain --fields role
  assert_line mentor
  assert_line mentee
  ok cohort show spring -f plain
  assert_line "mentors_max	2"
}
