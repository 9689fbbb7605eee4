# output.bats: what becomes of rows on their way out: columns, pagers, closed pipes, files, a full disk, no memory, narrow terminals; and
# the options that are refused rather than guessed at.
load helpers

# person_rows N [TEXT]: fills the store with N more people, quickly.
person_rows() {
  sqlite3 "$MENTOR_DB" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
    INSERT INTO person (name, email, job) SELECT printf('Person %d', i), printf('person%d@example.org', i), '${2:-Officer}' FROM n"
}

# ---- columns ----

@test "--fields refuses a column that is named twice, however often" {
  with_store
  fails 2 person list --fields job,name,job
  [[ $stderr == *"'job' is named twice"* ]]
  fails 2 person list --fields "$(printf 'job,%.0s' {1..250})"
  [[ $stderr == *"'job' is named twice"* ]]
  fails 2 person list --fields ,
  [[ $stderr == *"names no column"* ]]
  ok person list --fields job,name -f csv
  assert_output job,name
}

# ---- pagers ----

@test "a pager that is not there, or may not be run, costs nothing: the rows come all the same" {
  with_store
  person_rows 3
  touch plain-file
  for pager in /nonexistent ./plain-file 'exit 127'; do
    MENTOR_PAGER=$pager on_terminal 80 'mentor person list'
    assert_success
    assert_output --partial "Person 3"
  done
}

@test "a pager that takes the rows is the only one to get them" {
  with_store
  person_rows 3
  MENTOR_PAGER='sed s/Person/Paged/' on_terminal 80 'mentor person list'
  assert_success
  assert_output --partial "Paged 3"
  refute_output --partial "Person 3"
}

@test "leaving the pager early is no failure, and the pager knows closed pipes" {
  with_store
  person_rows 3000
  MENTOR_PAGER='head -1' on_terminal 80 'mentor person list'
  assert_success
  assert_equal "${#lines[@]}" 1
  MENTOR_PAGER='yes | head -1' on_terminal 80 'mentor person list'
  assert_success
  assert_output y
}

# ---- closed pipes ----

# to_nobody ARGUMENT...: into a pipe whose reader has gone before a byte is written; sets code, and leaves err.
to_nobody() {
  mkfifo pipe
  exec 8<>pipe 9>pipe
  exec 8<&-
  code=0
  mentor "$@" >&9 2>err || code=$?
  exec 9>&-
  rm pipe
}

@test "a reader into a closed pipe ends quietly with 1, not by a signal" {
  with_store
  person_rows 3000
  for format in plain json csv; do
    to_nobody person list -f $format
    assert_equal "$code $(cat err)" "1 "
  done
  run --separate-stderr bash -c 'mentor person list -f csv | head -1; echo "${PIPESTATUS[0]}"'
  assert_equal "$stderr" ""
  assert_line --index 1 1
}

@test "a writer into a closed pipe says that the change has been made" {
  with_store
  to_nobody person add --name Ada --email ada@example.org
  assert_equal "$code" 1
  assert_equal "$(tail -1 err)" "the change itself has been made"
  [ "$(grep -c 'nothing changed' err)" = 0 ]
  ok person show ada@example.org
  to_nobody person add --name Bo --email bo@example.org -f json
  assert_equal "$code $(jq -r .state err)" "1 the change itself has been made"
  # a dry run has made none, and is a reader like the others
  to_nobody person add --name Cy --email cy@example.org --dry-run
  assert_equal "$code $(cat err)" "1 "
}

@test "a writer to a full disk says that the change has been made" {
  with_store
  run --separate-stderr bash -c 'mentor person add --name Ada --email ada@example.org >/dev/full'
  assert_equal "$status" 1
  assert_equal "$stderr" "mentor: person add: cannot write to standard output: No space left on device
the change itself has been made"
}

# ---- -o FILE ----

@test "-o to a pipe that nobody reads can be stopped" {
  with_store
  mkfifo pipe
  for signal in TERM INT HUP; do
    run timeout -k 5 -s $signal 0.2 mentor person list -o pipe
    assert_equal "$signal $status" "$signal 124"
  done
}

@test "-o follows a symbolic link and keeps the permissions of the file" {
  with_store
  mkdir folder
  echo old >folder/file
  chmod 644 folder/file
  ln -s folder/file link
  ok person list -o link -f csv --fields name
  assert_output ""
  [ -L link ]
  assert_equal "$(cat folder/file)" name
  assert_equal "$(stat -c %a folder/file)" 644
  chmod 640 folder/file
  ok person list -o folder/file
  assert_equal "$(stat -c %a folder/file)" 640
  # a new one is private; no temporary file stays
  ok person list -o folder/new
  assert_equal "$(stat -c %a folder/new)" 600
  assert_equal "$(ls -A folder | tr '\n' ' ')" "file new "
}

@test "-o leaves a file alone that would stay as it is" {
  with_store
  mentor person list -f csv -o people.csv
  touch -d 2020-01-01 people.csv
  ok person list -f csv -o people.csv
  assert_equal "$(stat -c %y people.csv | cut -c 1-10)" 2020-01-01
  assert_equal "$(find . -name 'people.csv*')" ./people.csv
  mentor person add --name Nia --email nia@example.org >added
  ok person list -f csv -o people.csv
  refute [ "$(stat -c %y people.csv | cut -c 1-10)" = 2020-01-01 ]
  grep -q Nia people.csv
}

@test "-o refuses a link that leads nowhere, or in a circle" {
  with_store
  ln -s nowhere link
  ln -s circle circle
  fails 1 person list -o link
  fails 1 person list -o circle
  [ -L link ] && [ -L circle ]
  [ ! -e nowhere ]
}

# ---- long output ----

@test "long output goes through a file and comes out whole" {
  with_store
  person_rows 10000 "$(printf 'x%.0s' {1..900})"
  ok person list -f json -o out
  jq -e '.data | length == 10000' out
  [ "$(wc -c <out)" -gt 9000000 ]
  assert_equal "$(ls -A | grep -c '^.mentor')" 0
}

@test "a full disk under long output is called that" {
  with_store
  person_rows 10000 "$(printf 'x%.0s' {1..900})"
  run --separate-stderr bash -c 'ulimit -f 2000; mentor person list -f csv | wc -c'
  assert_output 0
  assert_equal "$(head -1 <<<"$stderr")" "mentor: person list: cannot keep the output in $BATS_TEST_TMPDIR: File too large"
}

# ---- no memory ----

# Makes the library that refuses one piece of memory.
with_little_memory() {
  if grep -q -e -fsanitize "$BUILD/flags"; then skip "the sanitizer brings an allocator of its own"; fi
  "${CC:-cc}" -shared -fPIC -O1 -o little.so "$ROOT/tests/cli/fail_alloc.c" -ldl
}

# short_of_memory first|last N ARGUMENT...: whichever of the N first or last pieces of memory is refused, a command prints all of its output
# or fails with 1.
short_of_memory() {
  local end=$1 most=$2 n from code total
  shift 2
  FAIL_ALLOC_COUNT=count LD_PRELOAD=$PWD/little.so mentor "$@" >whole
  read -r total _ <count
  [ "$total" -gt "$most" ]
  from=1
  if [ "$end" = last ]; then from=$((total - most + 1)); fi
  for ((n = from; n < from + most; n++)); do
    code=0
    FAIL_ALLOC_AT=$n LD_PRELOAD=$PWD/little.so mentor "$@" >out 2>err || code=$?
    if [ $code = 0 ]; then
      cmp -s whole out || fail "mentor $*: without piece $n of memory it prints something else and succeeds: $(diff whole out)"
    else
      [ $code = 1 ] || fail "mentor $*: without piece $n of memory: exit code $code: $(cat err)"
    fi
  done
}

@test "without memory for a row, no format prints half of it" {
  with_little_memory
  with_store
  person_rows 2
  short_of_memory last 250 person list -f table
  for format in plain json jsonl csv tsv; do short_of_memory last 60 person list -f $format; done
  for format in table plain; do short_of_memory last 60 person show p1 -f $format; done
}

@test "without memory for the command line, nothing is left out of it" {
  with_little_memory
  with_cohort
  mentor cohort add autumn --programme manchester --starts-on 2026-09-01 >added
  short_of_memory first 250 --format csv cohort list --state planned --fields slug,title
  short_of_memory first 200 -f json cohort set autumn --title Autumn --dry-run
}

@test "an endless standard input ends when memory does" {
  if grep -q -e -fsanitize "$BUILD/flags"; then skip "the sanitizer needs more address space than that"; fi
  with_cohort
  run bash -c 'ulimit -v 20000; timeout -k 1 10 mentor enrol import - </dev/zero'
  assert_equal "$status" 1
  assert_line --index 0 "mentor: enrol import: not enough memory for -"
}

# ---- options given twice ----

@test "a filter, or an option of the command, given twice is a mistake; a global one counts last" {
  with_cohort
  fails 2 cohort list --state open --state closed
  [[ $stderr == *"--state is given twice"* ]]
  fails 2 cohort set spring --title One --title Two
  [[ $stderr == *"--title is given twice"* ]]
  fails 2 enrol decline nobody@example.org --reason later --reason never
  [[ $stderr == *"--reason is given twice"* ]]
  fails 2 cohort list --state open --state open
  ok -f csv cohort list -f json --json -f plain --fields slug
  assert_output spring
}

# ---- revisions ----

@test "a document's revision is the one of its contents, whoever writes meanwhile" {
  with_store
  local base rows
  base=$(mentor person list -f json | jq .revision)
  (for n in {1..25}; do mentor person add --name "Person $n" --email "person$n@example.org" >>added; done) 3>&- &
  while kill -0 $! 2>/dev/null; do
    mentor person list -f json >list.json
    rows=$(jq '.data | length' list.json)
    assert_equal "$(jq .revision list.json)" $((base + rows))
  done
  wait
  assert_equal "$(wc -l <added)" 25
  ok person add --name Ada --email ada@example.org --dry-run -f json
  json .revision $((base + 25))
  ok person add --name Ada --email ada@example.org -f json
  json .revision $((base + 26))
}

# ---- tables on a terminal ----

@test "a narrow table breaks texts at blanks and keeps every word" {
  with_store
  mentor person add --name "Chidinma Okafor" --email chidinma.okafor@irwell.example.org --directorate "Highways and Neighbourhoods" --grade "Strategic director" >added
  mentor person add --name "Łucja Kowalska" --email lucja@irwell.example.org --directorate "Adult Social Care" --grade "Grade 6" >>added
  local word columns
  for columns in 60 80 100; do
    MENTOR_PAGER=cat on_terminal $columns 'mentor person list'
    assert_success
    for line in "${lines[@]}"; do [ "$(wc -L <<<"${line%$'\r'}")" -le $columns ] || fail "wider than $columns: $line"; done
    [ $columns != 60 ] || continue
    for word in id name email directorate grade p1 Chidinma Okafor chidinma.okafor@ irwell.example.org Highways and Neighbourhoods Strategic director \
      p2 Łucja Kowalska Adult Social Care Grade 6; do
      assert_output --regexp "(^|[[:space:]]|@)$word($|[[:space:]]|irwell)"
    done
  done
  # a word that is longer than there is room for is cut, and nothing of it is lost
  MENTOR_PAGER=cat on_terminal 30 'mentor person list --fields id,directorate,grade'
  assert_line --index 1 --regexp '^p1 Highways'
  MENTOR_PAGER=cat on_terminal 20 'mentor person list --fields email,id'
  assert_equal "$(awk 'NR > 1 { printf "%s", $1 }' <<<"${output%%lucja*}")" chidinma.okafor@irwell.example.org
}

@test "people see the words of a choice with blanks, programs as they are typed" {
  with_pairs
  MENTOR_NOW=2026-04-30 mentor log add m1 --date 2026-04-20 --minutes 60 --mode in-person >added
  ok log list -f table --fields mode
  assert_line --regexp "in person"
  ok log show s1 -f table
  assert_line --regexp "^mode  *in person$"
  for format in plain csv json; do
    ok log list -f $format --fields mode
    assert_output --partial in-person
  done
}
