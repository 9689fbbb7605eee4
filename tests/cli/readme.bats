#!/usr/bin/env bats
# readme.bats: what a newcomer copies from README.md works as it stands there.

load helpers

# The indented lines of one section.
commands_of() {
  awk -v section="## $1" '$0 == section { on = 1; next } /^## / { on = 0 } on && /^    / { sub(/^    /, ""); print }' "$ROOT/README.md"
}

@test "the five minutes by hand can be copied line by line, without a word of complaint, and lead to a report" {
  unset MENTOR_NOW MENTOR_DB
  commands_of "Five minutes by hand" >commands
  [ "$(wc -l <commands)" -gt 15 ]
  while IFS= read -r line; do
    run --separate-stderr bash -c "$line"
    if [ "$status" -ne 0 ] || [ -n "$stderr" ]; then fail "$line: $stderr"; fi
  done <commands
  grep -q '<h1' progress.html
  ok match list --state active -f json
  json '.data | length' 1
  commands_of "A programme of your own" >commands # goes on from there
  while IFS= read -r line; do
    run bash -c "$line"
    [ "$status" -eq 0 ] || fail "$line: $output"
  done <commands
}

@test "the lines behind \"make\" are targets, and the pictures and pages are there" {
  for target in $(grep -oE '`?make [a-z-]+' "$ROOT/README.md" | sed 's/.*make //' | sort -u); do
    case $target in and | can) continue ;; esac # words of a sentence
    grep -q "^$target:" "$ROOT/Makefile" || fail "make $target"
  done
  for file in $(grep -oE '\]\([a-zA-Z./-]+\)' "$ROOT/README.md" | tr -d ']()'); do
    [ -s "$ROOT/$file" ] || fail "$file is not there"
  done
  [ "$(stat -c %s "$ROOT/examples/report.png")" -lt 200000 ]
  for page in $(grep -oE 'man ([0-9] )?[a-z]*mentor[a-z-]*' "$ROOT/README.md" | sed 's/.* //' | sort -u); do
    compgen -G "$ROOT/man/$page.[1-8]" >/dev/null || fail "there is no page $page"
  done
}

@test "the lines for scripts work" {
  with_people
  commands_of "In scripts" >commands
  while IFS= read -r line; do
    run bash -c "$line"
    [ "$status" -eq 0 ] || fail "$line: $output"
  done <commands
  [ -s progress.html ]
}

@test "every folder that the README names is there" {
  while IFS= read -r folder; do
    [ -d "$ROOT/$folder" ] || fail "$folder"
  done < <(grep '^| `' "$ROOT/README.md" | cut -d'|' -f2 | grep -oE '[a-z]+/')
}
