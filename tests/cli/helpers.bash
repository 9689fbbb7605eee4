# helpers.bash: what every CLI and acceptance test starts from: an empty home, a fixed day, a fresh store, the real binary.
bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
EXAMPLES=$ROOT/examples
BUILD=${MENTOR_TEST_BUILD:-$ROOT/build} # which build is tested: the Makefile says

setup() {
  clean_room
}

# Nothing of the caller's world reaches a test.
clean_room() {
  unset "${!MENTOR_@}" "${!XDG_@}" NO_COLOR POSIXLY_CORRECT
  export HOME=$BATS_TEST_TMPDIR/home LC_ALL=C.UTF-8 TZ=UTC TERM=dumb PATH=$BUILD:$PATH
  export MENTOR_DB=$BATS_TEST_TMPDIR/test.db MENTOR_NOW=2026-03-02
  export TMPDIR=$BATS_TEST_TMPDIR
  mkdir -p "$HOME"
  cd "$BATS_TEST_TMPDIR" || exit 1
}

# Runs mentor and demands success without a word on standard error.
ok() {
  run --separate-stderr mentor "$@"
  assert_success
  assert_equal "$stderr" ""
}

# fails CODE ARGUMENT...: runs mentor and demands this exit code, nothing on standard output and something on standard error.
fails() {
  local code=$1
  shift
  run --separate-stderr mentor "$@"
  assert_equal "$status" "$code"
  assert_equal "$output" ""
  [ -n "$stderr" ]
}

# json FILTER EXPECTED: what a jq filter finds in the output of the last run. Newer ones keep the 3.00 that was written, unless they reckon with it.
json() {
  assert_equal "$(jq -r "walk(if type == \"number\" then . + 0 else . end) | $1" <<<"$output")" "$2"
}

# Runs a shell command on a terminal so many columns wide; its exit code is the command's, its lines end as in a file.
on_terminal() {
  local columns=$1
  run script -qec "stty cols $columns; $2" "$BATS_TEST_TMPDIR/typescript" </dev/null
  output=${output//$'\r'/}
  lines=("${lines[@]//$'\r'/}")
}

# A fingerprint of everything in the store.
fingerprint() {
  sqlite3 "$MENTOR_DB" .dump | sha256sum
}

# says LINE...: standard error of the last run holds these lines.
says() {
  local line
  for line; do
    grep -Fqx -- "$line" <<<"$stderr" || fail "standard error lacks: $line"$'\n'"but holds: $stderr"
  done
}

# refused CODE ARGUMENT...: fails with this code and leaves the store as it was.
refused() {
  local before
  before=$(fingerprint)
  fails "$@"
  assert_equal "$(fingerprint)" "$before"
}

# tried ARGUMENT...: succeeds with --dry-run, says so, and leaves the store as it was.
tried() {
  local before
  before=$(fingerprint)
  ok "$@" --dry-run -f json
  json .dry_run true
  assert_equal "$(fingerprint)" "$before"
}

# ---- a small world, built step by step ----

with_store() {
  mentor db init >/dev/null
}

with_programme() {
  with_store
  mentor programme import "$EXAMPLES/manchester/programme.yaml" >/dev/null
}

with_cohort() {
  with_programme
  mentor cohort add spring --programme manchester --title "Spring 2026" --starts-on 2026-04-01 >/dev/null
  mentor cohort settle evaluate --evidence "Readiness report" >/dev/null
  mentor cohort open >/dev/null
}

# person NAME DIRECTORATE ROLE [MANAGER]: adds, enrols and accepts; the address is NAME@example.org.
person() {
  mentor person add --name "${1^}" --email "$1@example.org" --directorate "$2" ${4:+--manager-email "$4@example.org"} >/dev/null &&
    mentor enrol add "$1@example.org" --role "$3" >/dev/null &&
    mentor enrol accept "$1@example.org" >/dev/null
}

# Two mentors and two mentees, all accepted.
with_people() {
  with_cohort
  person amira Housing mentor
  person ben Parks mentor
  person clara Parks mentee
  person david Housing mentee
}

# Two published pairs, m1 and m2, signed.
with_pairs() {
  with_people
  mentor match propose >/dev/null
  mentor match publish >/dev/null
  for pair in m1 m2; do
    mentor contract draft $pair >/dev/null
    mentor contract sign $pair --mentor --mentee >/dev/null
  done
}

# register_cohort SLUG: a cohort of a programme "register", which keeps barriers, with three published pairs of people whose names begin with it.
register_cohort() {
  local name
  {
    sed 's/^programme: .*/programme: register/' "$EXAMPLES/manchester/programme.yaml"
    echo 'barriers: { themes: [Recruitment, Progression], levels: [team, directorate, organisation] }'
  } >register.yaml
  mentor programme import register.yaml >/dev/null
  mentor cohort add "$1" --programme register --starts-on 2026-04-01 >/dev/null
  mentor cohort settle -c "$1" evaluate --evidence "Readiness report" >/dev/null
  mentor cohort open "$1" >/dev/null
  for name in Amira:Housing:mentor Ben:Parks:mentor Cara:Housing:mentor Dev:Parks:mentee Esi:Housing:mentee Finn:Parks:mentee; do
    IFS=: read -r name directorate role <<<"$name"
    mentor person add --name "${1^} $name" --email "${name,}.$1@example.org" --directorate "$directorate"
    mentor enrol add -c "$1" "${name,}.$1@example.org" --role "$role"
    mentor enrol accept -c "$1" "${name,}.$1@example.org"
  done >/dev/null
  mentor match propose -c "$1" >/dev/null
  mentor match publish -c "$1" >/dev/null
}

with_register() {
  with_store
  register_cohort spring
}

# A combination programme that uses what the example does not; ann and ben, whom its rules allow, and cat, who is not senior enough.
with_harbour() {
  cat >harbour.yaml <<'YAML'
programme: harbour
title: Harbour mentoring
contact: { name: Programme team, email: team@example.org }
arrangement: combination
seniority: [Assistant, Officer, Manager, Director]
roles:
  mentor: { places: 2 }
  mentee: { contact: { name: Chief's office, email: office@example.org, phone: 01632 960 001 } }
application:
  columns:
    email: { header: Email }
    name: { header: Name }
    role: { header: Role }
    places: { header: Pairs }
    grade: { header: Grade }
    arrangement: { header: How?, values: { One way: reverse, Both ways: reciprocal, Either: either } }
    meeting: { header: Where? }
matching:
  rules:
    agreed: { rule: compatible, field: arrangement, either: either }
    above: { rule: senior, minimum: 2 }
  scores:
    meeting: { score: same, field: meeting, either: Anywhere }
contract:
  purpose: We learn from each other.
  shadowed: { minimum: 3 }
  shadowed_meeting: leadership meeting
  terms:
    value: { text: What I would value from you, each: yes }
    touch: How we keep in touch
surveys:
  view:
    title: How it goes
    anonymous: yes
    stages: [before, after]
    response_header: Number
    questions:
      know: { text: How well?, header: Know }
      often: { text: How often?, header: Often, kind: choice, choices: [Weekly, Monthly, Less often] }
      topics: { text: About what?, header: Topics, kind: multi, choices: [Work, Home, Sport] }
      again: { text: Again?, header: Again, kind: yes-no, stages: [after] }
YAML
  cat >applications.csv <<'CSV'
Email,Name,Role,Pairs,Grade,How?,Where?
ann@example.org,Ann,mentor,,Officer,Either,Online
ben@example.org,Ben,mentee,,Director,Both ways,anywhere
cat@example.org,Cat,mentee,3,Manager,One way,Online
CSV
  with_store
  mentor programme import harbour.yaml >/dev/null
  mentor cohort add spring --programme harbour --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  mentor enrol import applications.csv >/dev/null
  for name in ann ben cat; do mentor enrol accept $name@example.org >/dev/null; done
}
