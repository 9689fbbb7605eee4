#!/usr/bin/env bats
# versions.bats: a store of every schema version there ever was can be brought to the newest, and keeps what is in it.

load helpers

@test "every schema version has its dump, and every dump becomes a sound store of the newest version" {
  newest=$(find "$ROOT/lib/schema/sqlite" -name '*.sql' | wc -l)
  for ((version = 1; version <= newest; version++)); do
    dump=$ROOT/tests/schema/$version.sql
    [ -f "$dump" ] || fail "tests/schema/$version.sql is missing: dump a store of that version"
    export MENTOR_DB=$BATS_TEST_TMPDIR/$version.db
    sqlite3 "$MENTOR_DB" <"$dump"
    sqlite3 "$MENTOR_DB" "PRAGMA application_id = $((0x4d6e7452)); PRAGMA user_version = $version"
    ok db migrate -f json
    json '"\(.data.from) \(.data.to)"' "$version $newest"
    ok db check
    ok db status -f json
    json '.data | "\(.people) \(.enrolments) \(.pairs) \(.sessions)"' "4 4 2 1"
    ok contract show m1 -f json
    json .data.state signed
    ok db migrate -f json
    json '"\(.data.from) \(.data.to)"' "$newest $newest"
  done
}

@test "who waited before waiting lists had an order has a place on one" {
  export MENTOR_DB=$BATS_TEST_TMPDIR/waiting.db
  sqlite3 "$MENTOR_DB" <"$ROOT/tests/schema/1.sql"
  sqlite3 "$MENTOR_DB" "PRAGMA application_id = $((0x4d6e7452)); PRAGMA user_version = 1;
    UPDATE enrolment SET state = 'waiting', role = 'mentee', decided_on = CASE id WHEN 1 THEN '2026-03-02' ELSE '2026-03-01' END WHERE id < 3"
  mentor db migrate >/dev/null
  ok enrol list --state waiting -f json
  json '[.data[] | "\(.person_id) \(.rank)"] | sort | join(", ")' "p1 2, p2 1"
  ok db check
}
