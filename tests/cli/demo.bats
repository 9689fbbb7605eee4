#!/usr/bin/env bats
# demo.bats: mentor demo: a store to try every command on.

load helpers

setup() {
  clean_room
  unset MENTOR_DB MENTOR_NOW
}

@test "a cohort half-way comes in a store of its own, and every list has something in it" {
  export MENTOR_DB=$PWD/mine.db
  mentor db init >/dev/null
  before=$(md5sum <mine.db)
  ok demo -f json
  assert_equal "$(md5sum <mine.db)" "$before"
  MENTOR_DB=$(jq -r .data.store <<<"$output") MENTOR_NOW=$(jq -r .data.now <<<"$output")
  export MENTOR_DB MENTOR_NOW
  [[ $MENTOR_DB == "$BATS_TEST_TMPDIR"/mentor-demo-*/mentor.db ]]
  assert_equal "$(stat -c %a "$(dirname "$MENTOR_DB")")" 700
  ok cohort show spring-2026 -f json
  json .data.state running
  for list in 'person list' 'enrol list' 'match list' 'contract list' 'log list' 'event list' 'survey list'; do
    # shellcheck disable=SC2086
    ok $list -f json
    assert [ "$(jq '.data | length' <<<"$output")" -gt 0 ]
  done
  ok match list --state active -f json
  json '.data | length' 9
  ok cohort status -f json
  assert [ "$(jq '.data.todo | length' <<<"$output")" -gt 0 ]
  ok db check
}

@test "two demonstrations are two stores, and a dry run makes none" {
  ok demo --dry-run
  assert_equal "$(find . -name '*.db')" ""
  mentor demo >/dev/null
  mentor demo >/dev/null
  assert_equal "$(find . -name mentor.db | wc -l)" 2
}

@test "a store that is named must hold nothing" {
  ok demo --db new.db
  fails 5 demo --db new.db
  assert_equal "$(head -n 1 <<<"$stderr")" "mentor: demo: --db: the demonstration would be added to what is in this store"
}

@test "where no folder can be made, that is said" {
  TMPDIR=/nowhere fails 1 demo
  [[ $stderr == *"TMPDIR says where temporary folders are made"* ]]
}
