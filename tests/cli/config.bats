#!/usr/bin/env bats
# config.bats: mentor config: a person's own defaults.

load helpers

setup() {
  clean_room
  file=$HOME/.config/mentor/config.yaml
}

@test "setting a default makes the file, private, and commands obey it" {
  with_cohort
  mentor cohort add autumn --programme manchester >/dev/null
  ok config set cohort autumn
  assert_output "set cohort autumn"
  assert_equal "$(stat -c %a "$file")" 600
  assert_equal "$(cat "$file")" "cohort: autumn"
  ok cohort status -f json
  json .data.cohort.slug autumn
  ok config get cohort -f json
  json '.data | "\(.value) \(.origin)"' "autumn configuration"
  MENTOR_COHORT=spring ok config get cohort -f json
  json '.data | "\(.value) \(.origin)"' "spring environment"
}

@test "the same again changes nothing; --unset takes the key out; a dry run does neither" {
  ok config set lock_wait 60
  ok config set lock_wait 60
  assert_output "unchanged lock_wait 60"
  ok config set lock_wait 90 --dry-run
  assert_equal "$(cat "$file")" "lock_wait: 60"
  ok config set lock_wait --unset
  assert_equal "$(cat "$file")" ""
  ok config set lock_wait --unset
  assert_output --partial unchanged
  ok config get lock_wait -f json
  json '.data | "\(.value) \(.origin)"' "30 default"
}

@test "of two thresholds for small numbers the stricter one holds" {
  PATH="$BUILD:$PATH" sh "$EXAMPLES/manchester/run.sh" "$PWD/played" >played.log 2>&1
  export MENTOR_DB=$PWD/played/mentor.db MENTOR_NOW=2026-09-14
  ok report show recruitment --by directorate -f json
  json '[.data.by_directorate[] | select(.name | startswith("o") | not)] | length > 0' true
  ok report show outcomes -f json
  json '[.data.outcomes[].after | select(. != null)] | length > 0' true
  ok config set min_cell 3 # the programme says 5
  ok report show outcomes -f json
  json '[.data.outcomes[].after | select(. != null)] | length > 0' true
  ok config set min_cell 100
  ok report show outcomes -f json
  json '[.data.outcomes[].after | select(. != null)] | length' 0
  ok report show recruitment --by directorate -f json
  json '[.data.by_directorate[].name] | join(" ")' 'all directorates'
  ok survey results mentee after -f json
  json '[.data.questions[].mean | select(. != null)] | length' 0
  fails 3 config set min_cell 2
  [[ $stderr == *"from 3 to 100"* ]]
  ok config get min_cell -f json
  json '.data | "\(.value) \(.origin)"' '100 configuration'
}

@test "what the file cannot hold is refused, and the file stays as it was" {
  mkdir -p "${file%/*}"
  printf '# mine\ncohort: spring\n' >"$file"
  fails 3 config set lock_wait soon
  [[ $stderr == *"lock_wait: 'soon' is not a whole number from 0 to 86400"*"nothing changed"* ]]
  fails 4 config set lockwait 60
  [[ $stderr == *"did you mean 'lock_wait'?"* ]]
  fails 2 config set cohort
  fails 2 config set cohort spring --unset
  assert_equal "$(cat "$file")" $'# mine\ncohort: spring'
  printf 'cohrt: spring\n' >"$file"
  fails 3 config set db x.db
  assert_equal "$(cat "$file")" "cohrt: spring"
}

@test "MENTOR_CONFIG may name a file that is not there yet, in a folder that is not there either" {
  export MENTOR_CONFIG=$PWD/new/folder/mine.yaml
  fails 4 config list
  ok config set actor "Sam Ellery"
  assert_equal "$(cat new/folder/mine.yaml)" "actor: Sam Ellery"
  ok config get actor -f json
  json .data.value "Sam Ellery"
}

@test "a configuration file is a profile: each has its store, cohort and actor, as mentor-config(1) shows" {
  unset MENTOR_DB
  for name in practice work; do
    mkdir $name && cd $name
    sed -n '/^Several stores/,/^\.Sh SEE/s/^\.Dl //p' "$ROOT/man/mentor-config.1" | sed 's/\\(dq/"/g' >commands
    [ "$(wc -l <commands)" = 4 ]
    run --separate-stderr bash -e commands
    assert_success
    assert_equal "$stderr" ""
    cd ..
  done
  MENTOR_CONFIG=$PWD/work/practice.yaml ok person add --name Amira --email amira@example.org
  MENTOR_CONFIG=$PWD/work/practice.yaml ok person list --fields name
  assert_output Amira
  MENTOR_CONFIG=$PWD/practice/practice.yaml ok person list --fields name
  assert_output ""
  MENTOR_CONFIG=$PWD/practice/practice.yaml ok config get actor -f json
  json .data.value "Sam Ellery"
  [ ! -e "$HOME/.local/share/mentor" ] # nothing went where no profile says
}
