#!/usr/bin/env bats
# programme-schema.bats: an editor that knows the JSON Schema of programme files marks what the program refuses, as far as single values tell.
load helpers

@test "the schema accepts every good programme file, and refuses the broken ones that it can tell" {
  mentor schema programme-file >schema.json
  run /usr/bin/python3 "$ROOT/tests/cli/programme_files.py" schema schema.json "$ROOT"/examples/*/programme.yaml \
    "$ROOT"/tests/good/*.yaml "$ROOT"/tests/broken/*.yaml
  assert_success
  assert_equal "$output" ""
}
