# memory.bats: the program when memory runs out: one call for it fails, another one each time. No signal, no wrong answer, nothing half done.
load helpers

# The first calls for memory fail each in turn, then only every so many, to save time: MENTOR_TEST_EVERY=1 tries them all.
EVERY=${MENTOR_TEST_EVERY:-23}

setup_file() {
  if grep -q -e -fsanitize "$BUILD/flags"; then return; fi
  "${CC:-cc}" -shared -fPIC -O1 -o "$BATS_FILE_TMPDIR/fail_alloc.so" "$ROOT/tests/cli/fail_alloc.c" -ldl
  (
    BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR clean_room # here only: the tests must still be told which build they test
    monitoring
    prepare >prepare.log
    mv test.db base.db
    prepare_harbour >>prepare.log
    mv test.db harbour.db
    prepare_selection >>prepare.log
    mv test.db selection.db
    prepare_ended >>prepare.log
    mv test.db ended.db
  )
}

setup() {
  if grep -q -e -fsanitize "$BUILD/flags"; then skip "the sanitizers bring their own malloc, which a library loaded before cannot replace"; fi
  clean_room
  cp "$BATS_FILE_TMPDIR"/*.csv .
  export MENTOR_DB=test.db
}

# A cohort with two signed pairs, and two people who are not paired yet.
prepare() {
  with_pairs
  person esi Housing mentee
  person farah Parks mentor
  mentor person add --name Zoe --email zoe@example.org --job Planner --manager-email clara@example.org
  mentor enrol add zoe@example.org --role mentor
  cat >three.csv <<'END'
ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,jan@example.org,Jan Novak,I would like to mentor a senior leader,Housing,Officer,Grade 6,,Language and culture;,Online
2,01/03/2026 09:05,kate@example.org,Kate Lund,I would like to be mentored,Parks,Director,Director,,Language and culture;,Online
3,01/03/2026 09:10,lou@example.org,Lou Marsh,I would like to be mentored,Housing,Director,Director,,Language and culture;,Online
END
}

# What the small world is asked for monitoring.
monitoring() {
  cat >equality.csv <<'END'
Email,How would you describe your ethnic group?,Do you consider yourself to be disabled?
amira@example.org,White,No
ben@example.org,Another ethnic group,
clara@example.org,Mixed or multiple ethnic groups,Yes
END
}

# A signed pair with terms of its own, and answers to bring in.
prepare_harbour() {
  with_harbour
  mentor match propose
  mentor match publish
  mentor contract draft m1
  printf 'Number,Know,Often,Topics\n1,3,weekly,Work;home\n2,4,Monthly,\n3,4,,sport;\n' >votes.csv
}

# An applicant about whom something is known already, and a sheet of scores.
prepare_selection() {
  with_cohort
  mentor person add --name Amira --email amira@example.org --manager-email kim@example.org
  mentor enrol add p1 --role mentor
  mentor enrol score p1 has-the-time=4 motivates-people=2 --by Jo
  mentor enrol confirm p1 voluntary --no
  printf 'email,name,assessor,has-the-time,motivates people\namira@example.org,Amira,Sam,4,\namira@example.org,Amira,Kim,3,5\n' >scores.csv
}

# A pair that has ended; the mentor would like another partner, and there is a reserve.
prepare_ended() {
  with_people
  mentor match propose
  mentor match publish
  person eve Adults mentee
  mentor match end m1 --replacement mentor --yes
}

# disturbed NUMBER ARGUMENT...: the program, and the call for memory with this number fails.
disturbed() {
  local number=$1
  shift
  FAIL_ALLOC_AT=$number LD_PRELOAD=$BATS_FILE_TMPDIR/fail_alloc.so mentor "$@" >output 2>errors </dev/null
}

# same FILE: does the store hold what this one holds? CONTENTS says how that is printed.
same() {
  { [ ! -e test.db-journal ] && cmp -s test.db "$1"; } || [ "$("${CONTENTS:-fingerprint}")" = "$(MENTOR_DB=$1 "${CONTENTS:-fingerprint}")" ]
}

# Answers to anonymous surveys have random numbers and no order.
answers_in_order() {
  sqlite3 "$MENTOR_DB" "SELECT count(*) FROM response; SELECT survey, stage, file FROM batch; SELECT * FROM response_seen ORDER BY 1, 2, 3, 4;
    SELECT question, position, number, text FROM response_value ORDER BY 1, 2, 3, 4"
}

# survives ARGUMENT...: whichever call fails, the answer is the usual one and everything is done, or there is a message and nothing is done.
survives() {
  local base=$BATS_FILE_TMPDIR/${BASE:-base}.db calls status noticed=0
  cp "$base" test.db
  FAIL_ALLOC_COUNT=calls disturbed 0 "$@" || fail "mentor $*: $(cat errors)"
  read -r calls _ <calls
  mv output usual
  mv test.db done.db
  for ((n = 1; n <= calls; n += n < 20 ? 1 : EVERY)); do
    cp "$base" test.db
    status=0
    disturbed "$n" "$@" || status=$?
    if [ "$status" -ge 128 ]; then
      echo "call $n of $calls: ended with $status"
    elif [ "$status" = 0 ]; then
      cmp -s output usual || echo "call $n of $calls: success with another answer: $(diff usual output | head -n 3)"
      same done.db || echo "call $n of $calls: success, but not everything is done"
    else
      noticed=$((noticed + 1))
      [ -s errors ] || echo "call $n of $calls: failed with $status and no message"
      same "$base" || grep -q 'has been made' errors || echo "call $n of $calls: failed, but something is done: $(cat errors)"
    fi
    rm -f test.db-journal
  done >wrong
  cat wrong
  [ ! -s wrong ]
  [ "$noticed" -gt 10 ] # else the library was not there
}

@test "a person is added, or is not" {
  survives person add --name Yan --email yan@example.org
}

@test "a person has a new address and a line manager by reference, or not" {
  survives person set p1 --email amira.b@example.org --manager-email p2
}

@test "two records become one, or stay two" {
  survives person merge amira@example.org zoe@example.org --yes
}

@test "a person is shown whole with the cohorts, or not at all" {
  survives person show p1 -f json
}

@test "three applications are taken, or none" {
  survives enrol import three.csv
}

@test "pairs are proposed, or none" {
  survives match propose
}

@test "a pair ends with all that is said of it, or does not" {
  survives match end m1 --wish both --reason time --note "By agreement" --replacement both --apart --yes
}

@test "another partner is looked for, or not" {
  BASE=ended survives match replace amira@example.org
}

@test "a shortlist is whole, or there is none" {
  BASE=ended survives match shortlist p1 -f json
}

@test "monitoring answers are taken, or none" {
  # rows have random numbers: they and their order are not compared
  fingerprint() {
    sqlite3 "$MENTOR_DB" .dump | sed -E 's/^(INSERT INTO equality_subject VALUES\()[0-9]+/\1/; s/^(INSERT INTO equality_answer VALUES\()[0-9]+,[0-9]+/\1/' | sort | sha256sum
  }
  survives equality import equality.csv
  survives equality withdraw amira@example.org
}

@test "a pair is added by hand, or is not" {
  survives match add farah@example.org esi@example.org --override "They asked for it"
}

@test "a list as JSON is whole, or there is none" {
  survives person list -f json
}

@test "a report as HTML is whole, or there is none" {
  survives report show progress -f html
  survives report show recruitment --by directorate -f html
}

@test "a programme file is checked, or is not" {
  survives programme check "$EXAMPLES/manchester/programme.yaml"
}

@test "a contract as HTML is whole, or there is none" {
  survives contract export m1 -f html
}

@test "answers to choices are taken, or none" {
  BASE=harbour CONTENTS=answers_in_order survives survey import view before votes.csv
}

@test "an explanation of seniority and of answers that fit any other is whole, or there is none" {
  BASE=harbour survives match explain m1 -f json
}

@test "what would help someone left over is said, or nothing" {
  BASE=harbour survives match explain cat@example.org -f json
}

@test "a proposal is tried with every kind of change, or not at all" {
  survives match what-if --places clara@example.org=2 --with-pair farah@example.org,esi@example.org --without line-management --accept zoe@example.org \
    --without-person amira@example.org -f json
}

@test "a contract with room to write is whole, or there is none" {
  BASE=harbour survives contract export m1 -f md
}

@test "letters as messages are whole, or there are none" {
  survives enrol export accepted -f mbox
}

@test "people are recorded as told, or are not" {
  survives enrol told accepted
}

@test "the configuration is listed, or is not" {
  survives config list
}

@test "statements are recorded, or are not" {
  BASE=selection survives enrol confirm p1 employed voluntary information
}

@test "a line manager's answer is recorded, or is not" {
  BASE=selection survives enrol approve p1 --refused --reason "No cover"
}

@test "a sheet of scores is taken, or is not" {
  BASE=selection survives enrol score --file scores.csv
}

@test "somebody is accepted in spite of a no, or is not" {
  BASE=selection survives enrol accept p1 --override "Agreed"
}

@test "an enrolment with all that is known is shown whole, or is not" {
  BASE=selection survives enrol show p1 -f json
}

# What follows the commit of an erasure cannot take it back: it is said, and made up for by running it again.
@test "an erased person is erased whatever fails, the failure says so, and running it again makes up for the rest" {
  local calls status late=0
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  FAIL_ALLOC_COUNT=calls disturbed 0 privacy erase zoe@example.org --yes || fail "$(cat errors)"
  read -r calls _ <calls
  for ((n = 1; n <= calls; n += n > calls - 40 ? 1 : EVERY * calls / 1000 + 1)); do # most of them are made when the file is written anew
    cp "$BATS_FILE_TMPDIR/base.db" test.db
    status=0
    disturbed "$n" privacy erase zoe@example.org --yes || status=$?
    [ "$status" -lt 128 ] || echo "call $n of $calls: ended with $status"
    [ "$status" = 0 ] && continue
    [ -s errors ] || echo "call $n of $calls: failed with $status and no message"
    if ! same "$BATS_FILE_TMPDIR/base.db"; then
      late=$((late + 1))
      grep -qE 'records are erased|has been made' errors || echo "call $n of $calls: erased, but it does not say so: $(cat errors)"
    fi
    mentor privacy erase zoe@example.org --yes -f json >again 2>errors || echo "call $n of $calls: not made up for: $(cat errors)"
    [ "$(jq .data.certificate.remnants again)" = 0 ] || echo "call $n of $calls: $(cat again)"
    if grep -aqi 'zoe@example' test.db; then echo "call $n of $calls: still in the file"; fi
  done >wrong
  cat wrong
  [ ! -s wrong ]
  [ "$late" -gt 3 ]
  ok db check
}

@test "a ranking is whole, or there is none" {
  BASE=selection survives enrol scores -f json
}
