# confine.bats: what the program cannot do to the rest of the account, even when a fault in it has been made use of (Landlock).
load helpers

setup_file() {
  "${CC:-cc}" -shared -fPIC -O1 -o "$BATS_FILE_TMPDIR/escape.so" "$ROOT/tests/cli/escape.c"
}

setup() {
  if grep -q -e -DUNCONFINED "$BUILD/flags"; then skip "this build writes files of its own when it ends"; fi
  clean_room
  mkdir store other
  echo precious >other/precious
  export MENTOR_DB=store/test.db
  mentor db init >/dev/null
  [ "$(mentor privacy check -f json | jq .data.confined)" = true ] || skip "this kernel has no Landlock"
}

# escapes ARGUMENT...: runs the program with somebody inside; prints what that one could do.
escapes() {
  local room=$BATS_TEST_TMPDIR
  : >"$room/escaped"
  ESCAPE_REPORT=$room/escaped ESCAPE_FOLDER=$room/other LD_PRELOAD=$BATS_FILE_TMPDIR/escape.so mentor "$@" >output 2>errors </dev/null || true
  paste -sd' ' "$room/escaped"
}

free="read make change cut remove run listen"

@test "whoever gets into the program reads, and does nothing else beyond the store's folder" {
  cp "$ROOT/examples/manchester/programme.yaml" p.yaml
  (cd store && assert_equal "$(escapes programme check ../p.yaml)" read)
  assert_equal "$(escapes programme import p.yaml)" read
  assert_equal "$(escapes programme list)" read
  assert_equal "$(escapes programme list -f json -o store/out.json)" read
  [ -s store/out.json ]
  assert_equal "$(escapes person add --name Amira --email amira@example.org)" read
  assert_equal "$(escapes db check)" read
  assert_equal "$(escapes db export -o store/lines)" read
  assert_equal "$(MENTOR_DB=store/again.db escapes db import store/lines)" read
  assert_equal "$(MENTOR_DB=store/again.db mentor person list --fields name -f csv | tail -n 1)" Amira
  assert_equal "$(escapes db restore store/again.db --yes)" read
  assert_equal "$(escapes privacy erase p1 --yes)" read
  assert_equal "$(cat other/precious)" precious
}

@test "the folders of -o, of a copy and of rejected rows are open too, and none of the others" {
  mkdir out
  ok person list -f json -o out/people.json
  ok db backup out/copy.db
  ok db restore out/copy.db --yes
  ok demo -D out/demo.db
  with_cohort
  cat >row.csv <<'END'
ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,nowhere,Jan Novak,I would like to mentor a senior leader,Housing,Officer,Grade 6,,Language and culture;,Online
END
  run --separate-stderr mentor enrol import row.csv --keep-going --rejects out/rejected.csv
  [ -s out/rejected.csv ] || fail "$stderr"
  ln -s "$PWD/other" out/link
  ok person list -f json -o out/link/people.json # a link is where it leads to
  [ -s other/people.json ]
}

@test "devices, pipes and standard output under other names are written to" {
  ok person list -f json -o /dev/stdout
  json .schema mentor.person.list/1
  mentor person list -f json -o /dev/stdout >plain.json
  [ -s plain.json ]
  ok person list -f json -o /dev/null
  fails 1 person list -f json -o /dev/full
  [[ $stderr == *"No space left"* ]]
  mkfifo pipe
  mentor person list -f json -o pipe &
  [ -n "$(cat pipe)" ]
  wait
}

@test "what runs the user's own programs is left as it is" {
  assert_equal "$(escapes config set color never)" "$free"
  echo precious >other/precious
  rm -f other/new
  assert_equal "$(escapes remind run --transport "maildir:$PWD/mail")" "$free"
}

@test "where the system calls are refused, the program works on and says so" {
  ok privacy check -f table
  [[ $output == *"holds the program to the folders"* ]]
  run --separate-stderr strace -f -qq -o /dev/null -e inject=landlock_create_ruleset:error=ENOSYS mentor privacy check -f table
  assert_success
  [[ $output == *"cannot hold the program"* ]]
  run --separate-stderr strace -f -qq -o /dev/null -e inject=landlock_restrict_self:error=EPERM mentor person add --name Ben --email ben@example.org
  assert_success
}
