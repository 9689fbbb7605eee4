# torture.bats: the short version of make torture. What it leaves out has tests of its own or takes too long:
# memory.bats (R1), every-command.bats (R9), corpus.bats (R11), privacy.bats (R13), make coverage (R18), make SAN= (R19).
load helpers

# torture GOAL...: runs them; each has to have done something, and to have found nothing.
torture() {
  run "$ROOT/tests/torture/run" "$BUILD/mentor" short "$@"
  assert_success
  for goal in "$@"; do assert_line --regexp "^R[0-9]+ +$goal +.*[1-9].*: nothing found\$"; done
}

@test "writers that are killed lose nothing, double nothing, leave nothing half done" {
  torture kills
}

@test "sixteen writers at once are none refused" {
  torture writers
}

@test "where files cannot grow, commands fail whole" {
  torture disk
}

@test "statements of the store that fail leave all or nothing" {
  torture steps
}

@test "damaged files are refused without a crash, and not written to" {
  torture damage
}

@test "a reader that does not read keeps nobody waiting" {
  torture reader
}

@test "reminders that are killed are sent once or said to be unsure, and none is left out" {
  run "$ROOT/tests/torture/run" "$BUILD/mentor" short remind
  assert_success
  assert_output --regexp '^R7 +remind +40 kills .* lost 0, twice 0, stray 0, left over 0, other than what was due 0 of [1-9].*: nothing found$'
}

@test "clocks that change, stand wrong or go back send each reminder once" {
  torture clock
}

@test "hostile files are refused at once, and hostile words stay words in every output" {
  torture hostile words
}

@test "who holds the folder, or reads every publication, learns of nobody; who works on the trail is found out" {
  torture answers groups trail
}

@test "answers for equality monitoring change nothing but what is told of them" {
  torture deal
}

@test "whatever a power cut leaves of the disk holds the store as it was or as it is" {
  command -v strace >/dev/null || skip "strace is not here"
  torture power
}
