# backup.bats: copies of the store, made while others write, checked, private; put back in one step; older and hostile files.
load helpers

# leftovers: files in this folder that nobody asked for.
leftovers() {
  find . -maxdepth 1 -type f -name '*.db*' | grep -E '\.[A-Za-z0-9]{6}(-journal)?$' || true
}

# without_sums FILE: as if an older program had made it: its pages have no room for sums.
without_sums() {
  { sqlite3 "$1" .dump && sqlite3 "$1" "SELECT 'PRAGMA application_id = ' || application_id || '; PRAGMA user_version = ' || user_version || ';'
    FROM pragma_application_id, pragma_user_version"; } | sqlite3 "$1.new"
  chmod 600 "$1.new" && mv "$1.new" "$1"
}

# other_letter FILE OLD NEW: one text of the same length in the place of another, in the bytes of the file.
other_letter() {
  LC_ALL=C grep -qa "$2" "$1"
  LC_ALL=C sed -i "s/$2/$3/" "$1"
}

@test "a backup is the store, private, and checks clean" {
  with_people
  umask 022
  ok db backup copy.db -f json
  json .data.file copy.db
  json .data.bytes "$(stat -c %s copy.db)"
  json .data.head "$(mentor privacy audit -f json | jq -r .data.trail.head)"
  assert_equal "$(stat -c %a copy.db)" 600
  assert_equal "$(sqlite3 copy.db .dump)" "$(sqlite3 "$MENTOR_DB" .dump)"
  ok db check --db copy.db
  assert_equal "$(leftovers)" ""
}

@test "a backup does not write over a file unless told to, nor over the store, nor over what is no file" {
  with_people
  echo precious >copy.db
  fails 5 db backup copy.db
  assert_equal "$(cat copy.db)" precious
  [[ $stderr == *--replace* ]]
  ok db backup copy.db --replace
  ok db check --db copy.db
  fails 5 db backup "$MENTOR_DB" --replace
  fails 5 db backup /dev/null --replace
  mkfifo pipe
  fails 5 db backup pipe --replace
  ln -s copy.db link
  fails 5 db backup link --replace
  assert_equal "$(leftovers)" ""
}

@test "a backup that cannot be written leaves what was there" {
  with_people
  fails 1 db backup nowhere/copy.db
  ok db backup copy.db
  before=$(sha256sum <copy.db)
  run bash -c 'ulimit -f 8; mentor db backup copy.db --replace'
  assert_equal "$status" 1
  assert_equal "$(sha256sum <copy.db)" "$before"
  assert_equal "$(leftovers)" ""
}

@test "a backup goes down a pipe, whole, and nowhere else" {
  with_people
  mentor db backup - >copy.db
  assert_equal "$(sqlite3 copy.db .dump)" "$(sqlite3 "$MENTOR_DB" .dump)"
  run bash -c 'mentor db backup - >/dev/full'
  assert_equal "$status" 1
  fails 2 db backup - -f json
  assert_equal "$(leftovers)" ""
}

@test "copies made while others write are whole, each of one moment" {
  with_store
  for i in 1 2 3; do
    (for j in $(seq 25); do mentor person add --name "P $i $j" --email "p$i-$j@example.org" >/dev/null || exit 1; done) &
  done
  for i in $(seq 8); do
    mentor db backup "copy$i.db" >/dev/null
    # each change has its entry, so a copy in the middle of one would not check
    ok db check --db "copy$i.db"
  done
  wait
  assert_equal "$(mentor person list -f json | jq '.data | length')" 75
}

@test "restoring puts the copy in place, and keeps what was there" {
  with_people
  mentor db backup copy.db >/dev/null
  mentor person add --name Zoe --email zoe@example.org >/dev/null
  revision=$(mentor db status -f json | jq .revision)
  ok db restore copy.db -f json
  json .data.change restored
  json .data.kept "$MENTOR_DB.replaced"
  fails 4 person show zoe@example.org
  [ "$(mentor db status -f json | jq .revision)" -gt "$revision" ]
  ok person show zoe@example.org --db test.db.replaced
  assert_equal "$(stat -c %a "$MENTOR_DB" test.db.replaced | sort -u)" 600
  ok db check
  ok privacy audit --verify -f json
  json '.data.entries[-1].command' "db restore"
  assert_equal "$(leftovers)" ""
  # once more it is this copy already; after a change it is not
  before=$(fingerprint)
  ok db restore copy.db -f json
  json .data.change unchanged
  assert_equal "$(fingerprint)" "$before"
  mentor person set p1 --job X >/dev/null
  ok db restore copy.db -f json
  json .data.kept "$MENTOR_DB.replaced-2"
}

@test "restoring works where there is no store, and where the store is damaged" {
  with_people
  mentor db backup copy.db >/dev/null
  rm "$MENTOR_DB"
  ok db restore copy.db -f json
  json .data.kept null
  ok db check
  dd if=/dev/urandom of="$MENTOR_DB" bs=4096 count=3 conv=notrunc 2>/dev/null
  fails 3 db check
  before=$(sha256sum <"$MENTOR_DB")
  fails 3 db restore copy.db
  [[ $stderr == *--unread* ]]
  assert_equal "$(sha256sum <"$MENTOR_DB")" "$before"
  ok db restore copy.db --unread -f json
  json .data.known false
  ok db check
  assert_equal "$(mentor person list -f json | jq '.data | length')" 4
}

@test "a journal that a crash left beside the damaged store is not played into the new one" {
  with_people
  mentor db backup copy.db >/dev/null
  head -c 2000 /dev/urandom >"$MENTOR_DB"
  echo "a journal of something else" >"$MENTOR_DB-journal"
  ok db restore copy.db --unread
  [ ! -s "$MENTOR_DB-journal" ]
  ok db check
}

@test "what is no copy of a store, is damaged, or is newer, is not put in place" {
  with_people
  mentor db backup copy.db >/dev/null
  before=$(sha256sum <"$MENTOR_DB")
  echo nonsense >nonsense.db
  fails 3 db restore nonsense.db
  [[ $stderr == *"nonsense.db is not a mentor store"*"hint: name a copy that mentor db backup has made"* ]]
  sqlite3 other.db 'CREATE TABLE t (x)'
  fails 3 db restore other.db
  [[ $stderr == *"other.db: the file is a database, but not a mentor store"* ]]
  : >nothing.db
  fails 3 db restore nothing.db
  [[ $stderr == *"nothing.db: the file is a database, but not a mentor store"* ]]
  cp copy.db newer.db && sqlite3 newer.db 'PRAGMA user_version = 99'
  fails 21 db restore newer.db
  cp copy.db cut.db && truncate -s 200000 cut.db
  run mentor db restore cut.db
  [ "$status" != 0 ]
  cp copy.db trigger.db && without_sums trigger.db && sqlite3 trigger.db "CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM pair; END"
  fails 8 db restore trigger.db
  ln -s copy.db link.db
  fails 5 db restore link.db
  fails 4 db restore missing.db
  assert_equal "$(sha256sum <"$MENTOR_DB")" "$before"
  assert_equal "$(leftovers)" ""
}

@test "a dry run of restoring leaves everything as it is" {
  with_people
  mentor db backup copy.db >/dev/null
  mentor person add --name Zoe --email zoe@example.org >/dev/null
  before=$(find . -name '*.db*' -exec sha256sum {} + | sort)
  ok db restore copy.db --dry-run -f json
  json .data.change restored
  assert_equal "$(find . -name '*.db*' -exec sha256sum {} + | sort)" "$before"
}

@test "somebody who waits to write while the store is replaced is refused, and writes to nothing that is gone" {
  with_people
  mentor db backup copy.db >/dev/null
  # hold the store so that both have to wait, in any order
  coproc HOLDER { sqlite3 "$MENTOR_DB"; }
  echo "BEGIN IMMEDIATE; SELECT 'held';" >&"${HOLDER[1]}"
  read -r line <&"${HOLDER[0]}"
  assert_equal "$line" held
  mentor person add --name Zoe --email zoe@example.org >added 2>&1 &
  local adding=$!
  mentor db restore copy.db --yes >restored 2>&1 &
  local restoring=$!
  echo "COMMIT;" >&"${HOLDER[1]}"
  echo ".quit" >&"${HOLDER[1]}"
  local code=0
  wait $adding || code=$?
  wait $restoring
  ok db check
  # told that it was stored, it is in the store that is, or in the one that was kept and had it when it was replaced
  if [ "$code" = 0 ]; then
    mentor person show zoe@example.org >/dev/null || mentor person show zoe@example.org --db test.db.replaced >/dev/null
  else
    assert_equal "$code" 6
  fi
}

@test "an older store is copied before it is brought up to date" {
  sqlite3 old.db <"$ROOT/tests/schema/1.sql"
  sqlite3 old.db "PRAGMA application_id = $((0x4d6e7452)); PRAGMA user_version = 1"
  chmod 600 old.db
  ok db migrate --db old.db --dry-run -f json
  json .data.backup old.db.version-1
  [ ! -e old.db.version-1 ]
  ok db migrate --db old.db -f json
  json .data.from 1
  json .data.backup old.db.version-1
  assert_equal "$(sqlite3 old.db.version-1 'PRAGMA user_version')" 1
  assert_equal "$(stat -c %a old.db.version-1)" 600
  ok db check --db old.db
  ok db migrate --db old.db -f json
  json .data.backup null
  # an old copy comes back as a store of today
  ok db restore old.db.version-1 --db old.db -f json
  json .data.version 1
  ok db check --db old.db
}

@test "the quick check looks at the file and its tables, the full one at what records say as well" {
  with_people
  ok db check --quick
  without_sums "$MENTOR_DB"
  sqlite3 "$MENTOR_DB" "UPDATE enrolment SET decided_on = NULL WHERE id = 1"
  ok db check --quick
  fails 8 db check
  sqlite3 "$MENTOR_DB" "CREATE TABLE extra (x)"
  fails 8 db check --quick
}

@test "a letter that came back from the disk as another one is found, and no copy of it takes the place of a good one" {
  with_people
  ok db backup copy.db
  before=$(sha256sum <copy.db)
  other_letter "$MENTOR_DB" amira@example.org amiza@example.org
  fails 8 db check
  [[ $stderr == *"page "*" of the file is not as it was written"* ]]
  fails 8 db check --quick
  fails 1 db backup copy.db --replace
  [[ $stderr == *"is damaged"*"mentor db check"* ]]
  assert_equal "$(sha256sum <copy.db)" "$before"
  fails 1 db backup other.db
  [ ! -e other.db ]
  # nor does a damaged copy take the place of the store
  other_letter copy.db clara@example.org clasa@example.org
  before=$(sha256sum <"$MENTOR_DB")
  fails 1 db restore copy.db --unread
  assert_equal "$(sha256sum <"$MENTOR_DB")" "$before"
}

# swap TABLE TABLE: each in the place of the other; $a and $b are their pages.
swap() {
  a=$(sqlite3 "$MENTOR_DB" "SELECT rootpage FROM sqlite_master WHERE name = '$1'")
  b=$(sqlite3 "$MENTOR_DB" "SELECT rootpage FROM sqlite_master WHERE name = '$2'")
  cp "$MENTOR_DB" before
  dd if=before of="$MENTOR_DB" bs=4096 skip=$((a - 1)) seek=$((b - 1)) count=1 conv=notrunc status=none
  dd if=before of="$MENTOR_DB" bs=4096 skip=$((b - 1)) seek=$((a - 1)) count=1 conv=notrunc status=none
}

@test "pages that changed places are found" {
  with_people
  swap goal lesson
  fails 8 db check --quick
  [[ $stderr == *"page $((a < b ? a : b)) of the file"*"page $((a < b ? b : a)) of the file"* ]]
}

@test "what a damaged page says is not taken for what was recorded, not even for a look" {
  with_people
  swap sqlite_sequence revision
  fails 8 db check
  fails 1 cohort status
  [[ $stderr == *"is damaged"*"mentor db check"* ]]
  fails 1 person add --name Zoe --email zoe@example.org
}

@test "what another program wrote is said to be so, and is ours once it has been written out and in again" {
  with_people
  sqlite3 "$MENTOR_DB" "UPDATE person SET job = 'Baker' WHERE id = 1"
  fails 8 db check
  [[ $stderr == *"another program wrote it"* ]]
  ok db export -o lines
  ok db import lines --db again.db
  ok db check --db again.db
  assert_equal "$(mentor person list --db again.db -f json | jq -r '.data[] | select(.id == "p1").job' )" Baker
}

@test "an older store has sums in its pages once it is brought up to date" {
  sqlite3 old.db <"$ROOT/tests/schema/1.sql"
  sqlite3 old.db "PRAGMA application_id = $((0x4d6e7452)); PRAGMA user_version = 1"
  chmod 600 old.db
  assert_equal "$(od -An -tu1 -j20 -N1 old.db | tr -d ' ')" 0
  ok db migrate --db old.db
  assert_equal "$(od -An -tu1 -j20 -N1 old.db | tr -d ' ')" 8
  ok db check --db old.db
}

@test "numbers that would be given out again are found" {
  with_people
  sqlite3 "$MENTOR_DB" "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'person'"
  fails 8 db check
  [[ $stderr == *"numbers would be given out again in table person"* ]]
}

# ---- lines of JSON ----

@test "a store comes back from its lines, byte by byte" {
  with_pairs
  printf '%s\n' 'Email,How would you describe your ethnic group?,Do you consider yourself to be disabled?' amira@example.org,White,No >equality.csv
  mentor equality import equality.csv >/dev/null
  ok db export -o store.jsonl
  assert_equal "$(jq -s 'map(select(.table == "equality_answer")) | length' store.jsonl)" 2
  ok db import store.jsonl --db again.db -f json
  json .data.change made
  mentor db export --db again.db | cmp - store.jsonl
  assert_equal "$(stat -c %a again.db)" 600
  ok db check --db again.db
  ok db import store.jsonl --db again.db -f json
  json .data.change unchanged
  assert_equal "$(mentor privacy audit --db again.db -f json | jq -r .data.trail.head)" "$(mentor privacy audit -f json | jq -r .data.trail.head)"
  mentor db export | mentor db import - --db piped.db >/dev/null
  mentor db export --db piped.db | cmp - store.jsonl
  assert_equal "$(leftovers)" ""
}

@test "lines are not imported over another store, nor when one of them is wrong" {
  with_people
  mentor db export >store.jsonl
  mentor person set p1 --job X >/dev/null
  refused 5 db import store.jsonl
  sed '5s/}}$/}/' store.jsonl >wrong.jsonl
  fails 3 db import wrong.jsonl --db new.db
  [[ $stderr == *"wrong.jsonl line 5"* || $stderr == *"wrong.jsonl:5"* ]]
  sed '1s/"version":[0-9]*/"version":99/' store.jsonl >newer.jsonl
  fails 21 db import newer.jsonl --db new.db
  grep -v '"table":"person"' store.jsonl >nobody.jsonl
  fails 8 db import nobody.jsonl --db new.db
  fails 4 db import missing.jsonl --db new.db
  ok db import store.jsonl --db new.db --dry-run
  [ ! -e new.db ]
  assert_equal "$(leftovers)" ""
}
