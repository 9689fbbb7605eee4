# privacy.bats: what people may ask of their data, the trail of changes, and that an erased person is nowhere in the file.
load helpers

# Two pairs that have ended, and what Amira said of herself and of others.
with_history() {
  with_pairs
  mentor match avoid amira@example.org david@example.org --reason "David and I have met" >/dev/null
  mentor person set amira@example.org --job "Planner of Ben" >/dev/null
}

# remnants TEXT: how often it stands in the bytes of the store and its journal.
remnants() {
  cat "$MENTOR_DB" "$MENTOR_DB"-journal 2>/dev/null | grep -aoiF "$1" | wc -l
}

# ---- export ----

@test "an export tells everything about one person and hides the others" {
  with_history
  ok privacy export amira@example.org -f json
  json .data.request.person p1
  json .data.request.answer_by 2026-04-02
  json '[.data.held[] | select(.name == "email").value] | join(" ")' amira@example.org
  json '[.data.held[] | select(.kind == "Not to be paired with" and .name == "reason").value] | join(" ")' "[somebody else] and I have met"
  json '[.data.held[] | select(.name == "job").value] | join(" ")' "Planner of [somebody else]"
  refute_output --partial David
  refute_output --partial Clara
  refute_output --partial ben@example.org
}

@test "an export is a page that stands alone" {
  with_history
  ok privacy export p1 -f html -o page.html
  grep -q '^<!DOCTYPE html>' page.html
  grep -q 'What is held about you' page.html
  grep -q amira@example.org page.html
  run grep -E 'src=|href="http|<script|David' page.html
  assert_output ""
  assert_equal "$(stat -c %a page.html)" 600
}

@test "the month to answer counts from the day the person asked" {
  with_people
  ok privacy export p1 --asked-on 2026-01-31 -f json
  json .data.request.answer_by 2026-02-28
  fails 2 privacy export p1 --asked-on yesterday
  fails 4 privacy export nobody@example.org
}

@test "an export cannot be made in secret: a store that cannot be written to is not read" {
  with_people
  before=$(fingerprint)
  chmod 400 "$MENTOR_DB"
  if [ "$(id -u)" = 0 ]; then
    run --separate-stderr setpriv --reuid 65534 --clear-groups mentor privacy export p1
    [ "$status" != 0 ]
  else
    fails 1 privacy export p1
  fi
  assert_equal "$(fingerprint)" "$before"
}

# ---- erase ----

@test "an erased person is nowhere in the bytes of the store, and the certificate says so" {
  with_history
  [ "$(remnants amira@example.org)" -gt 0 ]
  fails 5 privacy erase amira@example.org
  [[ $stderr == *"mentor match end m1"* ]]
  mentor match end m1 --yes >/dev/null
  ok privacy erase amira@example.org -f json
  json .data.certificate.remnants 0
  json .data.certificate.person p1
  json '.data.certificate.head | length' 64
  head=$(jq -r .data.certificate.head <<<"$output")
  assert_equal "$(remnants amira)" 0
  ok db check
  ok privacy audit --head "$head"
  fails 4 person show amira@example.org
  ok person show p1 -f json
  json .data.person.name "Former participant"
  ok match list --state ended -f json
  json '.data | length' 1
}

@test "texts of others that name the person are told of, and left to people" {
  with_history
  mentor match end m1 --yes --reason moved --note "Amira wished it" >/dev/null
  mentor person set clara@example.org --job "Deputy of Amira" >/dev/null
  ok privacy erase p1 -f json
  json '[.data.mentions[] | "\(.records).\(.field) \(.number)"] | join(" ")' "person.job 1"
}

@test "who was erased can be certified again, by number or by the address that nobody knows any more" {
  with_history
  mentor match end m1 --yes >/dev/null
  mentor privacy erase amira@example.org >/dev/null
  export MENTOR_NOW=2026-04-01
  ok privacy erase amira@example.org -f json
  json '.data.certificate | "\(.person) \(.erased_on) \(.addresses) \(.remnants)"' "p1 2026-03-02 1 0"
  json '.data.erased | length' 0
  ok privacy erase p1 -f json
  json '.data.certificate | "\(.person) \(.addresses) \(.remnants)"' "p1 0 null"
  fails 4 privacy erase nobody@example.org
  # who comes back is somebody again
  mentor person add --name Amira --email amira@example.org >/dev/null
  ok privacy erase amira@example.org -f json
  json '.data.certificate | "\(.person) \(.erased_on)"' "p5 2026-04-01"
}

@test "a dry run of erasing changes nothing" {
  with_history
  mentor match end m1 --yes >/dev/null
  before=$(fingerprint)
  ok privacy erase p1 --dry-run -f json
  json .dry_run true
  json .data.certificate.remnants null
  assert_equal "$(fingerprint)" "$before"
}

@test "an older copy that is restored has its erasures made again" {
  with_history
  ok db backup before.db
  mentor match end m1 --yes >/dev/null
  mentor privacy erase amira@example.org >/dev/null
  ok db restore before.db -f json
  json .data.erased 1
  json .data.known true
  assert_equal "$(remnants amira@)" 0
  ok db check
  # the copy itself, and the store that was replaced, are what privacy check tells of
  fails 8 privacy check
  [[ $stderr == *"test.db.replaced lies beside the store"* ]]
}

@test "two hundred people are erased, and none of them can be found" {
  with_cohort
  {
    echo "ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?"
    for i in $(seq 200); do
      echo "$i,01/03/2026 09:00,zyx$i.qvw@example.org,Zyx$i Qvw,I would like to mentor a senior leader,Housing,Job of Zyx$i,Grade 6,boss$((i % 7)).zyx@example.org,Language and culture;,Online"
    done
  } >people.csv
  mentor enrol import people.csv >/dev/null
  for i in $(seq 200); do echo "privacy erase p$i"; done | while read -r line; do
    # shellcheck disable=SC2086
    mentor $line -f json
  done | jq -s '[.[].data.certificate.remnants] | add' >found
  assert_equal "$(cat found)" 0
  assert_equal "$(remnants zyx)" 0
  assert_equal "$(remnants qvw)" 0
  ok person list
  assert_output ""
  ok db check
  ok privacy audit --verify -f json
  json '[.data.entries[] | select(.command == "privacy erase")] | length' 200
}

# ---- retain and check ----

@test "what is kept too long is listed, removed when told to, and found by the check" {
  with_pairs
  mentor cohort start >/dev/null
  mentor cohort finish >/dev/null
  ok privacy check
  ok privacy retain
  assert_output ""
  export MENTOR_NOW=2031-01-01
  fails 8 privacy check
  [[ $stderr == *"mentor privacy retain --apply"* ]]
  before=$(fingerprint)
  ok privacy retain -f json
  json '[.data[] | .what + " " + .change] | join(", ")' "sessions due, pairs due"
  assert_equal "$(fingerprint)" "$before"
  ok privacy retain --apply -f json
  json '[.data[] | .change] | unique | join(" ")' removed
  assert_equal "$(remnants amira@example.org)" 0
  ok privacy retain --apply
  assert_output ""
  ok privacy check
  ok db check
}

@test "the check misses the policy document of a programme that asks for monitoring, until a revision names it" {
  sed '/^equality:/,/^  questions:/{/^  policy:/d}' "$EXAMPLES/manchester/programme.yaml" >silent.yaml
  with_store
  mentor programme import silent.yaml >/dev/null
  mentor cohort add spring --programme manchester --starts-on 2026-04-01 >/dev/null
  mentor cohort add autumn --programme manchester --starts-on 2026-09-01 >/dev/null
  fails 8 privacy check -f json
  assert_equal "$(jq -r '[.problems[].message | select(contains("policy document"))] | length' <<<"$stderr")" 1
  [[ $stderr == *"the programme 'manchester' asks for equality monitoring, and names no appropriate policy document"* ]]
  mentor programme import "$EXAMPLES/manchester/programme.yaml" >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  mentor cohort set autumn --revision 2 >/dev/null
  ok privacy check
  ok privacy register -c spring -f json
  json '[.data.purposes[].condition // "" | select(contains("policy document: Council policy"))] | length' 1
}

@test "the check tells of a store that others can open" {
  with_people
  ok privacy check
  chmod 640 "$MENTOR_DB"
  fails 8 privacy check -f json
  assert_equal "$(jq .exit <<<"$stderr")" 8
  [[ $stderr == *"can be opened by others"* ]]
}

# ---- the trail ----

@test "the trail says who did what, without a word of what records say" {
  with_store
  MENTOR_ACTOR=sam mentor person add --name Amira --email amira@example.org >/dev/null
  mentor person set p1 --job Planner >/dev/null
  ok privacy audit -f json
  json '.data.entries[0] | "\(.number) \(.actor) \(.command): \(.records)"' "1 sam (user $(id -u)) person add: added person p1"
  json '.data.entries[1].actor' "${LOGNAME:+$LOGNAME (}user $(id -u)${LOGNAME:+)}"
  refute_output --partial mira
  refute_output --partial Planner
  ok privacy audit --since 2030-01-01 -f json
  json '.data.entries | length' 0
}

@test "a command that changes nothing leaves no entry" {
  with_people
  before=$(mentor privacy audit -f json | jq .data.trail.entries)
  mentor person set p1 --directorate Housing >/dev/null
  mentor person set p1 --job X --dry-run >/dev/null
  mentor person list >/dev/null
  run mentor person set p99 --job X
  assert_equal "$(mentor privacy audit -f json | jq .data.trail.entries)" "$before"
}

@test "a trail that somebody changed is found out, by privacy audit and by db check" {
  with_people
  head=$(mentor privacy audit --verify -f json | jq -r .data.trail.head)
  ok privacy audit --head "$head"
  sqlite3 "$MENTOR_DB" "DROP TRIGGER audit_fixed; UPDATE audit SET actor = 'somebody' WHERE id = 3;
    CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;"
  fails 8 privacy audit --verify
  [[ $stderr == *"entry 3 of the trail of changes is not as it was written"* ]]
  fails 8 db check
  [[ $stderr == *"another program wrote it"*"entry 3"* ]]
}

@test "a trail that a damaged file has lost words of is found out, without a crash" {
  with_people
  sqlite3 "$MENTOR_DB" ".dbconfig defensive off" "PRAGMA writable_schema = ON; CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = 'audit';
    UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'audit'; PRAGMA schema_version = 900;
    DROP TRIGGER audit_fixed; UPDATE audit SET actor = NULL, command = NULL, kind = NULL, hash = NULL WHERE id = 3;
    CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
    UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = 'audit';"
  fails 1 privacy audit --verify
  [[ $stderr == *"is damaged"* ]]
  run --separate-stderr mentor db check
  [ "$status" -lt 128 ] && [ "$status" != 0 ]
  [[ $stderr == *"audit"* ]]
}

@test "what was written past the program shows as a gap between the store and its trail" {
  with_people
  sqlite3 "$MENTOR_DB" "UPDATE store SET revision = revision + 1"
  fails 8 db check
  [[ $stderr == *"the trail of changes ends at revision"* ]]
}

@test "reading who is kept apart is recorded" {
  with_history
  mentor match avoidances >/dev/null
  ok privacy audit -f json
  json '.data.entries[-1] | .kind + " " + .command' "reading match avoidances"
}
