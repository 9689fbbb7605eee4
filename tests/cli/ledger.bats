# ledger.bats: what somebody learns who reads every publication.
bats_require_minimum_version 1.5.0
load helpers

# A cohort of mentees whose survey counts answers of three people and more.
setup() {
  clean_room
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo
contact: { email: team@example.org }
aims: { insight: { text: Leaders gain insight } }
contract: { purpose: We learn. }
privacy: { min_cell: 3 }
equality:
  purpose: To see whom we reach
  basis: Equality of opportunity
  seen_by: nobody
  months: 12
  questions:
    origin: { header: Where from?, values: { Near: near, Far: far } }
surveys:
  view:
    title: What leaders understand
    audience: mentees
    stages: [before, after]
    anonymous: true
    response_header: ID
    questions:
      know: { text: How well do you know?, low: not at all, high: very well, aim: insight }
      way: { text: Which way?, kind: choice, choices: [left, right] }
      more: { text: Anything else?, kind: text }
YAML
  mentor db init >/dev/null
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
}

# answers FROM ANSWER...: responses of the stage before, numbered from FROM.
answers() {
  local n=$1
  shift
  {
    echo 'ID,How well do you know?,Which way?,Anything else?'
    for answer; do
      echo "$n,$answer,$([ $((answer % 2)) = 0 ] && echo left || echo right),words $n"
      n=$((n + 1))
    done
  } >answers.csv
  mentor survey import view before answers.csv >/dev/null
}

# figures: what is published of the stage before, without how many answers wait, and how many wrote.
figures() {
  mentor survey results view before --texts --publish -f json | jq -c '.data | del(.questions[].waiting, (.questions[] | select(.kind == "text")))'
}

@test "publishing notes what was told, once, and looking notes nothing" {
  answers 1 1 1 1 2 2 2 5 5 5
  ok survey results view before
  ok privacy ledger
  assert_output ""
  ok survey results view before --publish --now 2026-05-01
  refute_output --partial "Some figures"
  ok survey results view before --publish --now 2026-06-01 -f json
  json '.published | tojson' '{"again":false,"withheld":false,"since":null}'
  ok privacy ledger -f json
  json '[.data[] | "\(.published_on) \(.cohorts) \(.subject)"] | join("; ")' \
    '2026-05-01 spring survey view, before: know; 2026-05-01 spring survey view, before: way'
  ok privacy audit --verify
}

@test "one answer more changes nothing that is published, whatever it is, and enough of them do" {
  answers 1 1 1 1 2 2 2 5 5 5
  local before after answer
  before=$(figures)
  cp "$MENTOR_DB" first.db
  for answer in 1 2 3 4 5; do
    cp first.db "$MENTOR_DB"
    answers 10 $answer
    ok survey results view before --publish --now 2026-07-01 -f table
    assert_output --partial "Some figures are those published on 2026-03-02"
    after=$(figures)
    assert_equal "$after" "$before"
    answers 11 5
    after=$(figures)
    assert_equal "$after" "$before"
  done
  cp first.db "$MENTOR_DB"
  answers 10 2 2 2 5 5 5
  ok survey results view before --publish -f json
  json '.published.again' false
  json '[.data.answers[] | select(.question == "know") | .count] | tojson' '[3,6,0,0,6]'
}

@test "who leaves stays counted, until many have left" {
  answers 1 1 1 1 2 2 2 5 5 5
  answers 10 4 4 4
  local before
  before=$(figures)
  # one answer goes: nobody learns which
  sqlite3 "$MENTOR_DB" "DELETE FROM response WHERE id = (SELECT response_id FROM response_value WHERE number = 4 LIMIT 1)"
  ok survey results view before --publish -f json
  json .published.again true
  json .published.since 2026-03-02
  assert_equal "$(figures | jq -c .answers)" "$(jq -c .answers <<<"$before")"
  # an import that was wrong goes as a whole
  ok survey remove 2 --yes
  ok survey results view before --publish -f json
  json '[.data.answers[] | select(.question == "know") | .count] | tojson' '[3,3,0,0,3]'
}

@test "a report for others is published, and one for the team is not" {
  answers 1 1 1 1 2 2 2 5 5 5
  sed 's/^/1/; 1s/^1//' answers.csv >after.csv
  mentor survey import view after after.csv >/dev/null
  ok report show progress
  ok privacy ledger
  assert_output ""
  ok report show progress --for board -f json
  json '.published.again' false
  ok privacy ledger
  assert_output --partial "survey view, before: know"
  assert_output --partial "survey view, after: know"
}

@test "what cannot be noted is not published" {
  answers 1 1 1 1 2 2 2 5 5 5
  chmod 400 "$MENTOR_DB"
  if [ "$(id -u)" = 0 ]; then
    local open
    open=$(mktemp -d /tmp/read-only.XXXXXX)
    cp "$MENTOR_DB" "$open/copy.db"
    chmod 755 "$open"
    chmod 444 "$open/copy.db"
    cp "$BUILD/mentor" "$open/mentor"
    chmod 755 "$open/mentor"
    run --separate-stderr setpriv --reuid 65534 --clear-groups "$open/mentor" --db "$open/copy.db" survey results view before --publish
    rm -r "$open"
    assert_equal "$status" 5
    assert_regex "$stderr" 'figures that leave the team are noted in the store'
  else
    fails 5 survey results view before --publish
    assert_regex "$stderr" 'figures that leave the team are noted in the store'
    ok survey results view before
  fi
}

# people FROM TO GROUP: mentees with an answer for equality monitoring.
people() {
  local n
  echo 'Email,Where from?' >equality.csv
  for n in $(seq "$1" "$2"); do
    person "q$n" Housing mentee
    echo "q$n@example.org,$3" >>equality.csv
  done
  mentor equality import equality.csv >/dev/null
}

# composition: what equality compare tells of the groups.
composition() {
  mentor equality compare -f json | jq -c '[.data[] | [.group, .applied]]'
}

@test "groups are told as they were published until many more have come" {
  people 1 6 Near
  people 7 12 Far
  ok cohort close
  local before
  before=$(composition)
  assert_equal "$before" '[["Near",6],["Far",6]]'
  # somebody changes her answer, somebody objects
  printf 'Email,Where from?\nq1@example.org,Far\n' >equality.csv
  mentor equality import equality.csv >/dev/null
  assert_equal "$(composition)" "$before"
  ok equality compare -f md
  assert_output --partial "Some figures are those published on 2026-03-02"
  mentor equality withdraw q8@example.org >/dev/null
  assert_equal "$(composition)" "$before"
}
