#!/usr/bin/env bats
# readme.bats: what a newcomer copies from README.md works as it stands there.

load helpers

# The indented lines of one section.
commands_of() {
  awk -v section="## $1" '$0 == section { on = 1; next } /^## / { on = 0 } on && /^    / { sub(/^    /, ""); print }' "$ROOT/README.md"
}

@test "the five minutes by hand can be copied line by line, and leave a pair proposed" {
  unset MENTOR_NOW
  commands_of "Five minutes by hand" >commands
  [ "$(wc -l <commands)" -gt 10 ]
  while IFS= read -r line; do
    run bash -c "$line"
    [ "$status" -eq 0 ] || fail "$line: $output"
  done <commands
  ok match list --state proposed -f json
  json '.data | length' 1
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
