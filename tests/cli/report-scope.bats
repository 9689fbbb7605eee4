# report-scope.bats: reports of a period and of several cohorts: what they count, whom they can be made for, and what is refused.
# shellcheck disable=SC2154 # bats sets stderr
bats_require_minimum_version 1.5.0
load helpers

# The examples are played once; the tests read their stores.
setup_file() {
  local name
  for name in manchester sheffield greenwich; do
    PATH="$BUILD:$PATH" sh "$EXAMPLES/$name/run.sh" "$BATS_FILE_TMPDIR/$name" >"$BATS_FILE_TMPDIR/$name.log" 2>&1
    grep -oE '^=== [0-9-]+' "$BATS_FILE_TMPDIR/$name.log" | tail -n 1 | cut -c 5- >"$BATS_FILE_TMPDIR/$name.day"
  done
}

setup() {
  clean_room
}

# in_example NAME: works on the store of that example, on its last day.
in_example() {
  export MENTOR_DB="$BATS_FILE_TMPDIR/$1/mentor.db" MENTOR_NOW
  MENTOR_NOW=$(cat "$BATS_FILE_TMPDIR/$1.day")
}

@test "activity is told month by month, and adds up to what the log holds" {
  in_example manchester
  ok report show activity -f json
  json '[.data.activity[].sessions] | add' "$(sqlite3 "$MENTOR_DB" 'SELECT count(*) FROM session WHERE minutes IS NOT NULL')"
  json '[.data.activity[].minutes] | add' "$(sqlite3 "$MENTOR_DB" 'SELECT sum(minutes) FROM session')"
  json '.data.activity | map(.month) == (map(.month) | sort)' true
  json '.data.scope' null
}

@test "a period holds what has its day in it, and every format says which" {
  in_example manchester
  local format
  ok report show activity --since 2026-05-01 --until 2026-06-30 -f json
  json '[.data.activity[].month] | join(" ")' '2026-05 2026-06'
  json '[.data.activity[].sessions] | add' "$(sqlite3 "$MENTOR_DB" "SELECT count(*) FROM session WHERE minutes IS NOT NULL AND date BETWEEN '2026-05-01' AND '2026-06-30'")"
  json '.data.scope | "\(.since) \(.until)"' '2026-05-01 2026-06-30'
  for format in table md html; do
    ok report show activity --since 2026-05-01 --until 2026-06-30 -f $format
    assert_output --partial 'Activity of Spring 2026, from 1 May 2026 to 30 June 2026'
  done
  ok report show activity --since 2026-05-01 -f md
  assert_line '# Activity of Spring 2026, since 1 May 2026'
  ok report show activity --until 2026-05-31 -f md
  assert_line '# Activity of Spring 2026, until 31 May 2026'
  ok report show recruitment --since 2026-01-01 -f json
  json '.data.scope.since' 2026-01-01
}

@test "a period with nothing in it is an empty report" {
  in_example manchester
  for report in activity recruitment attendance actions lessons care; do
    ok report show $report --since 2001-01-01 --until 2001-12-31 -f json
    json '[.data | .activity, .by_organisation, .attendance, .work, .lessons, .care | length] | add' 0
  done
}

@test "a report that has no period says why, and where to look" {
  in_example manchester
  local report
  for report in progress board completion matching commitment outcomes equality evidence remarks; do
    fails 2 report show $report --since 2026-05-01
    [[ $stderr == *"the report '$report' has no period: "*"report show activity"* ]] || fail "$stderr"
  done
  fails 2 report show activity --since 2026-06-01 --until 2026-05-31
  [[ $stderr == *"2026-06-01 is after 2026-05-31"* ]]
  fails 2 report show activity --since yesterday
  fails 2 report show barriers --since 2026-05-02
  [[ $stderr == *"of barriers only the month is kept"* ]]
  ok report show barriers --since 2026-05-01
}

@test "a period is for the board in whole months, where it counts nobody, and for the public never" {
  in_example manchester
  ok report show activity --since 2026-05-01 --until 2026-05-31 --for board
  ok report show attendance --since 2026-03-01 --for board
  fails 5 report show activity --since 2026-05-02 --for board
  [[ $stderr == *"a period is of whole months"*"first day of a month"* ]]
  fails 5 report show activity --until 2026-05-30 --for board
  for report in recruitment topics actions; do
    fails 5 report show $report --since 2026-05-01 --for board
    [[ $stderr == *"by subtraction"* ]] || fail "$stderr"
  done
  fails 5 report show activity --by organisation --for board
  [[ $stderr == *"sessions by organisation or directorate are not for board"*"report show recruitment"* ]]
  ok report show activity --by organisation --since 2026-05-01
  fails 5 report show recruitment --by organisation --since 2026-05-01 --for public
}

@test "events of a period are told whole" {
  in_example greenwich
  ok report show attendance -c autumn-2022 -f json
  local all first
  all=$(jq -c '.data.attendance' <<<"$output")
  first=$(sqlite3 "$MENTOR_DB" "SELECT substr(min(e.date), 1, 7) FROM event e JOIN cohort c ON c.id = e.cohort_id WHERE c.slug = 'autumn-2022' AND e.cancelled_on IS NULL")
  ok report show attendance -c autumn-2022 --since "$first-01" --until "$first-28" -f json
  assert_equal "$(jq --argjson all "$all" '.data.attendance | length > 0 and length < ($all | length) and all(. as $row | $all | index([$row]) != null)' <<<"$output")" true
  json '.data.duties | length' 0
}

@test "several cohorts are told as one: their figures are the sums" {
  in_example sheffield
  local one two
  one=$(mentor report show recruitment -c wave-1 -f json | jq -c '.data | [[.steps[].people], [.recruitment[].received]]')
  two=$(mentor report show recruitment -c wave-2 -f json | jq -c '.data | [[.steps[].people], [.recruitment[].received]]')
  ok report show recruitment --across wave-1,wave-2 -f json
  assert_equal "$(jq -c '.data | [[.steps[].people], [.recruitment[].received]]' <<<"$output")" \
    "$(jq -nc --argjson one "$one" --argjson two "$two" '[$one, $two] | transpose | map(transpose | map(add))')"
  json '.data.scope.across | join(" ")' 'wave-1 wave-2'
  json '.data.head | "\(.cohort) \(.title)"' 'null null'
  ok report show recruitment --across 'wave-2, wave-1' -f md
  assert_line '# Recruitment of 2 cohorts of Leaders side by side'
  assert_line --partial 'whoever took part in several counts in each'
  for report in board completion activity attendance actions lessons commitment progress care matching; do
    ok report show $report --across wave-1,wave-2 -f html
  done
}

@test "by organisation, several cohorts are told as one when all of them are named" {
  in_example sheffield
  ok report show recruitment --across wave-1,wave-2 --by organisation -f json
  json '[.data.by_organisation[].received] | add' "$(sqlite3 "$MENTOR_DB" "SELECT count(*) FROM enrolment WHERE role <> 'facilitator'")"
  ok report show recruitment --across wave-1,wave-2 --by organisation -f csv
  assert_line --index 0 --regexp '^name,'
  cp "$MENTOR_DB" copy.db
  export MENTOR_DB=$PWD/copy.db
  mentor cohort add wave-3 --programme sheffield --starts-on 2022-09-01 >/dev/null
  ok report show recruitment --across wave-1,wave-2 --by organisation # nobody is in the third
  sqlite3 "$MENTOR_DB" "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) SELECT c.id, p.id, 'mentor', 'applied', '2021-11-01' FROM cohort c, (SELECT min(id) AS id FROM person) p WHERE c.slug = 'wave-3'"
  fails 5 report show recruitment --across wave-1,wave-2 --by organisation
  [[ $stderr == *"by subtraction"*"name all cohorts"* ]]
  ok report show recruitment --across wave-1,wave-2
}

@test "what cannot be told of several cohorts is refused, each with a way forward" {
  in_example sheffield
  fails 2 report show recruitment --across wave-1
  [[ $stderr == *"two cohorts or more"* ]]
  fails 2 report show recruitment --across wave-1,wave-1
  [[ $stderr == *"named twice"* ]]
  fails 4 report show recruitment --across wave-1,wave-9
  fails 2 report show outcomes --across wave-1,wave-2
  [[ $stderr == *"does not add up"*"report compare"* ]]
  fails 2 report show barriers --across wave-1,wave-2
  [[ $stderr == *"of all cohorts of the programme anyway"* ]]
  fails 2 report show activity --by organisation --across wave-1,wave-2
  fails 2 report show recruitment -c wave-1 --across wave-1,wave-2
  cp "$MENTOR_DB" copy.db
  export MENTOR_DB=$PWD/copy.db
  mentor programme import "$EXAMPLES/manchester/programme.yaml" >/dev/null
  mentor cohort add spring --programme manchester >/dev/null
  fails 5 report show recruitment --across wave-1,spring
  [[ $stderr == *"of several programmes"*"report compare"* ]]
}

@test "evidence names the command for what is missing, and each is one that there is" {
  in_example sheffield
  ok report show evidence -c wave-1 -f json
  json '[.data.ismcp, .data.clutterbuck, .data.kirkpatrick | map(.standard) | unique | length] | join(" ")' '6 4 4'
  json '[.data.ismcp[], .data.clutterbuck[], .data.kirkpatrick[]] | all((.count == 0) == (.state == "missing") and (.count == 0) == (.command != null))' true
  json '.data.clutterbuck[] | select(.fact == "sessions held") | .count' "$(sqlite3 "$MENTOR_DB" 'SELECT count(*) FROM session WHERE minutes IS NOT NULL')"
  local command
  jq -r '[.data.ismcp[], .data.clutterbuck[], .data.kirkpatrick[]] | .[].command // empty' <<<"$output" | sort -u >commands
  [ "$(wc -l <commands)" -ge 15 ]
  while read -r command; do
    # shellcheck disable=SC2046 # the noun and its verb
    mentor $(cut -d ' ' -f 2,3 <<<"$command") --help >help.txt
    for option in $(grep -oE -- '--[a-z-]+' <<<"$command"); do grep -qe "$option" help.txt || fail "$command: there is no $option"; done
  done <commands
}

@test "care is for the team alone, and equality for the board as well" {
  in_example manchester
  cp "$MENTOR_DB" copy.db
  export MENTOR_DB=$PWD/copy.db
  local people
  people=$(sqlite3 "$MENTOR_DB" "SELECT 'p' || person_id FROM enrolment WHERE state = 'accepted' AND role = 'mentor' ORDER BY person_id LIMIT 3")
  # shellcheck disable=SC2086 # a list of words
  mentor checkin add $people --kind contact --feeling some-strain --date 2026-05-04 >/dev/null
  ok report show care -f json
  json '.data.care[0] | "\(.kind) \(.talks) \(.people) \(.some_strain) \(.well)"' 'contact 3 3 3 0'
  ok report show care --since 2026-06-01 -f json
  json '.data.care | length' 0
  fails 5 report show care --for board
  ok report show equality -f json
  local told
  told=$(jq -c .data.equality <<<"$output")
  [ "$(jq length <<<"$told")" -gt 5 ]
  ok equality compare -f json
  assert_equal "$(jq -c .data <<<"$output")" "$told"
  ok report show equality --for board
  fails 5 report show equality --for public
}
