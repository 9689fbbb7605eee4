#!/usr/bin/env bats
# broken.bats: each file of tests/broken holds one to three mistakes, and says at its end what is told about them: place, key, message, hint.
load helpers

@test "every broken programme file: all its mistakes, each once, in its place" {
  run /usr/bin/python3 "$ROOT/tests/cli/programme_files.py" told "$ROOT"/tests/broken/*.yaml
  assert_success
  assert_equal "$output" ""
}

@test "no broken programme file gets into the store, or leaves a trace in it" {
  with_store
  before=$(fingerprint)
  run /usr/bin/python3 "$ROOT/tests/cli/programme_files.py" refused "$MENTOR_DB" "$ROOT"/tests/broken/*.yaml
  assert_success
  assert_equal "$output" ""
  assert_equal "$(fingerprint)" "$before"
}

@test "good programme files are good" {
  for file in "$ROOT"/tests/good/*.yaml; do
    run --separate-stderr mentor programme check "$file"
    [ "$status" -eq 0 ] || fail "$file: $stderr"
  done
}
