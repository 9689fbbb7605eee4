#!/usr/bin/env bats
# corpus.bats: every input that fuzzing has kept goes through its reader without harm.

load helpers

@test "each reader takes its corpus" {
  for target in "$ROOT"/tests/fuzz/*.c; do
    name=$(basename "$target" .c)
    [ "$name" != replay ] || continue
    [ -n "$(ls "$ROOT/tests/fuzz/corpus/$name")" ] || fail "tests/fuzz/corpus/$name is empty"
    run "$BUILD/fuzz/$name" "$ROOT/tests/fuzz/corpus/$name"/*
    [ "$status" -eq 0 ] || fail "$name: $output"
  done
}

@test "the fuzzer knows every word of a programme file" {
  mentor schema programme-file | "$ROOT/tests/fuzz/make-dict" >definition.dict
  run diff "$ROOT/tests/fuzz/definition.dict" definition.dict
  assert_success
}
