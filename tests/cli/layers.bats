# layers.bats: the plan of the house: who may include whom, what the library never does, and that its header says what it exports.
load helpers

cd_root() {
  cd "$ROOT" || return 1
}

# Code without comments and texts, so that a word in a sentence does not count.
code() {
  sed -e 's/"[^"]*"/""/g' -e 's|//.*||' "$@" | sed -e 's|/\*.*\*/||g' -e '/\/\*/,/\*\//d'
}

@test "cmd includes mentor.h, its own headers and the system's, nothing else" {
  cd_root
  run grep -hoE '^#include "[^"]*"' cmd/*.c cmd/*.h
  assert_success
  while read -r _ header; do
    header=${header//\"/}
    case $header in mentor.h | templates.h | demo.h) continue ;; esac
    [ -f "cmd/$header" ] || fail "cmd includes $header"
  done < <(sort -u <<<"$output")
  run grep -lE '#include [<"](sqlite3|yaml)\.h' cmd/*.c cmd/*.h
  assert_output ""
}

@test "sqlite3.h is included by db_sqlite_pages.h only, libyaml's header by yaml.c only" {
  cd_root
  run grep -lE '#include *[<"]sqlite3\.h' lib/*.c lib/*.h cmd/*
  assert_output lib/db_sqlite_pages.h
  run grep -lE '#include *<yaml\.h>' lib/*.c lib/*.h cmd/*
  assert_output lib/yaml.c
}

@test "sodium.h is included by hash.c only, what is Linux's own by platform.c only" {
  cd_root
  run grep -lE '#include *[<"]sodium(/[a-z_]+)?\.h' lib/*.c lib/*.h cmd/*
  assert_output lib/hash.c
  run grep -lE '#include *<(sys/(vfs|statfs|mount)|linux/[a-z]+)\.h>' lib/*.c lib/*.h cmd/*
  assert_output lib/platform.c
}

@test "nothing of SQLite's own is named outside db_sqlite*.c and the schema" {
  cd_root
  run grep -rnE --include='*.[ch]' --exclude='db_sqlite*' '\bsqlite3?_' lib cmd
  assert_output ""
}

@test "lib includes nothing of cmd" {
  cd_root
  run grep -hoE '^#include "[^"]*"' lib/*.c lib/*.h
  assert_success
  while read -r _ header; do
    header=${header//\"/}
    [ -f "lib/$header" ] || [ "$header" = schema_sqlite.h ] || fail "lib includes $header"
  done < <(sort -u <<<"$output")
}

@test "there is no SQL in cmd" {
  cd_root
  run grep -nE '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE [a-z]+ SET|DELETE FROM|CREATE TABLE)\b' cmd/*.c
  assert_output ""
}

@test "the matching kernels include nothing of ours but the public header, their own, and what asks the system" {
  cd_root
  run grep -hoE '^#include "[^"]*"' lib/assign*.c lib/assign*.h lib/stable.c lib/blossom.c lib/kernel.*
  assert_success
  run sort -u <<<"$output"
  assert_output '#include "assign_cells.h"
#include "assign_internal.h"
#include "kernel.h"
#include "mentor.h"
#include "platform.h"'
  run grep -lE '^#include "assign_internal\.h"' lib/*.[ch]
  run grep -vE '^lib/assign(_[a-z]+)?\.c$' <<<"$output"
  assert_output ""
  # nor does it need a context: what of mentor.h it calls is its own
  run nm --undefined-only "$BUILD"/lib/{assign*,stable,blossom,kernel}.o
  assert_success
  refute_line --regexp ' U mentor_[b-z]'
}

# refers_to PATTERN OBJECT...: the objects that need a symbol of this name from elsewhere, without path and .o.
refers_to() {
  local pattern=$1 object
  shift
  for object in "$@"; do
    if nm -u "$object" | awk '{ print $NF }' | grep -qxE "$pattern"; then basename "$object" .o; fi
  done
}

@test "only equality.c and workforce.c can open the wall around equality monitoring, and nothing else gets past the statements" {
  cd_root
  run refers_to db_equality "$BUILD"/lib/*.o "$BUILD"/cmd/*.o
  assert_output $'equality\nworkforce'
  # below the statements there is only the driver: who gets hold of it, or of the connection, could go around the wall
  run refers_to '(db_driver_of|db_connection_of|db_sqlite_driver|db_open)' "$BUILD"/lib/*.o "$BUILD"/cmd/*.o
  assert_output $'migrate\nstore'
  run refers_to 'sqlite3_.*' "$BUILD"/lib/*.o "$BUILD"/cmd/*.o
  assert_output $'db_sqlite\ndb_sqlite_pages'
  # and beside them the file: nobody in the library reads it
  run refers_to '(f?open|openat|creat|f?read|pread|mmap|dlopen|dlsym|popen|system|exec[lv].*)(64)?' "$BUILD"/lib/*.o
  assert_output ""
  # what equality.c offers is used by those who bring answers in, by whoever makes two records of a person one, and by whoever tells a person
  # what is held or takes it away, and by what copies the store as a whole
  run refers_to 'mentor_equality_.*' "$BUILD"/lib/*.o "$BUILD"/cmd/*.o
  assert_output equality
  run refers_to 'equality_.*' "$BUILD"/lib/*.o "$BUILD"/cmd/*.o
  assert_output $'lines\nobjection\nperson_merge\nprivacy'
}

@test "what chooses, pairs, reports and writes to people knows no table of equality monitoring and nobody who does" {
  cd_root
  local tables name object
  tables=$(sed -n 's/^CREATE TABLE \(equality_[a-z]*\) .*/\1/p' lib/schema/sqlite/*.sql | paste -sd'|')
  assert_equal "$tables" "equality_basis|equality_subject|equality_answer|equality_objection|equality_headcount"
  for object in "$BUILD"/lib/*.o "$BUILD"/cmd/*.o; do
    case ${object#"$BUILD/"} in lib/equality.o | lib/workforce.o | lib/db.o | lib/db_sqlite.o | lib/person_merge.o) continue ;; esac # db.o and person_merge.o: their names only
    if strings -a "$object" | grep -E "$tables"; then fail "$object names such a table"; fi
  done
  for name in assign match pool rule plan relax relax_try trial explain pair enrolment application form csv labels contract session survey told outcome overview report todo record; do
    [ -f "$BUILD/lib/$name.o" ] || fail "there is no $name.o any more"
  done
  for name in assign match pool rule plan relax relax_try trial explain pair enrolment application form window roll statement support score letter mail contract session \
    survey told outcome overview report pace todo record; do
    [ -f "lib/$name.c" ] || continue
    run nm -u "$BUILD/lib/$name.o"
    refute_output --regexp '(equality|db_driver_of|db_connection_of|db_sqlite_driver|sqlite3_)'
    assert_equal "$name $(grep -cE '#include "(equality|equality_db)\.h"' "lib/$name.c")" "$name 0"
  done
}

@test "the library never prints, exits, reads the environment or asks the time" {
  cd_root
  for file in lib/*.c; do
    code "$file" | grep -nwE '(printf|fprintf|vfprintf|puts|fputs|putchar|perror|exit|_exit|abort|getenv|secure_getenv|setenv|time|gettimeofday|clock_gettime|localtime|localtime_r) *\(' &&
      fail "$file"
  done
  # and what was compiled does not either
  run nm -D --undefined-only "$BUILD/libmentor.so"
  assert_success
  refute_line --regexp ' (printf|__printf_chk|fprintf|__fprintf_chk|puts|exit|_exit|getenv|time|gettimeofday|clock_gettime|localtime|localtime_r)(@|$)'
}

@test "what mentor.h declares is exported, and what is exported is declared" {
  cd_root
  local work=$BATS_TEST_TMPDIR
  # a declaration may break its line anywhere: join them, end them at ;
  sed -e ':a' -e '/\\$/{N;s/\\\n//;ta' -e '}' lib/mentor.h | sed -e 's|/\*.*\*/||' -e '/\/\*/,/\*\//d' -e '/^#/d' | tr '\n\t' '  ' | tr ';' '\n' | grep MENTOR_API >"$work/declared"
  {
    grep -v 'extern' "$work/declared" | sed -E 's/^[^(]*[ *](mentor_[a-z0-9_]+)\(.*/\1/'
    grep 'extern' "$work/declared" | grep -oE 'mentor_[a-z0-9_]+(\[\])?( *,|$| *$)' | grep -oE 'mentor_[a-z0-9_]+'
  } | sort -u >"$work/header"
  nm -D --defined-only "$BUILD/libmentor.so" | awk '$2 ~ /[TDRB]/ { sub(/@.*/, "", $3); print $3 }' | sort -u >"$work/library"
  [ "$(wc -l <"$work/header")" -gt 80 ]
  run diff -u "$work/header" "$work/library"
  assert_output ""
}

@test "every function in mentor.h is explained" {
  cd_root
  # the line above a declaration is a comment, or a declaration of the same kind, or a line of one
  # (the writers of struct mentor_buf are explained together)
  run awk '/^MENTOR_API/ && !/mentor_buf_/ && before == "" { print } { before = $0 }' lib/mentor.h
  assert_output ""
}

@test "the program works when linked against the shared library" {
  with_people
  run --separate-stderr "$BUILD/mentor-shared" person list -f csv --fields id,name
  assert_success
  assert_line p1,Amira
  # shellcheck disable=SC2154 # run sets it
  assert_equal "$stderr" ""
}

@test "nothing is left to do in the sources" {
  cd_root
  run grep -nwE 'TODO|FIXME|XXX|HACK' -r lib cmd man completions tests/unit tests/fuzz examples Makefile
  assert_output ""
}

@test "every source file starts with a line that names it" {
  cd_root
  for file in lib/*.[ch] cmd/*.[ch] tests/unit/*.c tests/fuzz/*.c; do
    name=${file##*/}
    case $(head -1 "$file") in
    "/* $name: "*) ;;
    "/* $name (test): "* | "/* $name (fuzzing): "*) ;;
    *) fail "$file starts with: $(head -1 "$file")" ;;
    esac
  done
  for file in tests/cli/*.bats tests/acceptance/*.bats; do
    case $(sed '1{/^#!/d}' "$file" | head -1) in
    "# ${file##*/}: "*) ;;
    *) fail "$file starts with: $(head -2 "$file")" ;;
    esac
  done
}

@test "every module has a unit test, or is tested with the one that it is part of" {
  cd_root
  # What has no test of its own name, and why that is enough.
  declare -A with=(
    [arena]=yaml [context]=record               # nothing happens without them
    [db_sqlite]=record [migrate]=store # every call is made to fail in turn
    [platform]=store                               # asked once, when a store is opened
    [entity]=record [pair]=match                   # tables of fields
    [person_merge]=person                          # what else happens to people
    [register]=barrier [settle]=action [discreet]=barrier              # seen through what it is about
    [relax_try]=relax                              # the other half of one question
    [remind_source]=remind [remind_text]=remind    # from what is recorded, in which words: steps to one list
    [told]=outcome                                 # what results and change are told from; also tests/cli/survey-across.bats
    [survey_form]=ticket [community]=failing       # seen through commands: tests/cli/answer.bats, tests/acceptance/surveys.bats
    [language_cy]=language                         # the words of one language
    [programme]=definition # seen through the programme file
    [keys_out]=keys [keys_diff]=keys                # the other uses of the same tables
    [definition_keys]=definition [definition_check]=definition     # tables and checks of one reading
    [assign_auction]=assign [assign_graph]=assign [assign_market]=assign [assign_proof]=assign # steps of one solution
    [assign_search]=assign [assign_worst]=assign
    [relax_try]=relax                              # each change by itself
    [application_known]=application [application_store]=application [application_ahead]=application [index]=application # the other steps of one import
    [check]=definition [check_form]=definition [check_matching]=definition [check_survey]=definition [check_message]=definition
    [coverage]=commitment [shadowing]=commitment [reflection]=commitment # what is reported there
    [contract_print]=contract [contract_terms]=contract [contract_text]=contract # what a draft is made of, and looks like
    [page]=guide                                   # what it is written with
    [event_plan]=event                             # what makes them
    [form]=survey                                  # seen through the exports it reads
    [assign_graph]=assign [assign_worst]=assign [assign_market]=assign [assign_auction]=assign [assign_search]=assign [assign_proof]=assign [assign_matrix]=assign_dense # one kernel
    [across]=activity [evidence]=activity           # figures of several cohorts, and what is recorded
    [db_sqlite_pages]=store                        # what stands between it and the file
    [kernel]=assign                                # what all of them stand on
  )
  local missing=''
  for file in lib/*.c; do
    name=${file#lib/}
    name=${name%.c}
    if [ -f "tests/unit/$name.c" ] || [ -f "tests/unit/${with[$name]:-none}.c" ]; then continue; fi
    missing="$missing $name"
  done
  assert_equal "without a test:$missing" "without a test:"
  for name in "${!with[@]}"; do
    [ -f "lib/$name.c" ] || fail "there is no lib/$name.c any more"
    [ ! -f "tests/unit/$name.c" ] || fail "lib/$name.c has a test of its own name by now"
  done
  for file in tests/unit/*.c; do
    name=${file##*/}
    case $name in support*.c | failing.c) continue ;; esac
    [ -f "lib/$name" ] || fail "$file tests a module that there is not"
  done
}
