# tutorial.bats: an afternoon as mentor-tutorial(7) tells it: every command of the page is typed on a terminal, and prints what the page shows.
load helpers

PAGE=$ROOT/man/mentor-tutorial.7
PLAY=$ROOT/tests/cli/play_page.py

@test "the tutorial's commands print what the page shows (make sync-docs)" {
  "$PLAY" "$PAGE" >now
  diff -u "$PAGE" now
}

@test "it is a whole afternoon: from a store to a report, a reminder and a backup" {
  [ "$("$PLAY" --commands "$PAGE")" -gt 40 ]
  for step in 'db init' 'programme check' 'programme import' 'cohort add' 'enrol import' 'match propose' 'match publish' 'contract sign' 'remind run' \
    'cohort start' 'log add' 'today' 'report show' 'db backup'; do
    grep -q "^\.Dl mentor .*${step#* }\|^\.Dl mentor $step" "$PAGE" || fail "no $step"
  done
}

@test "a page that shows something else is noticed, and one whose commands fail" {
  sed 's/^accepted person p1 .*/accepted person p1 Somebody Else/' "$PAGE" >wrong.7
  "$PLAY" wrong.7 >now
  run diff wrong.7 now
  assert_failure 1
  assert_line '> accepted person p1 Nia Osei'
  sed 's/^\.Dl mentor cohort open/.Dl mentor cohort oppen/' "$PAGE" >wrong.7
  run "$PLAY" wrong.7
  assert_failure
  assert_output --partial "did you mean 'mentor cohort open'"
  sed 's/^Sessions by pair/Sessions by nobody/' "$PAGE" >wrong.7 # among lines that are left out
  "$PLAY" wrong.7 >now
  run diff -q wrong.7 now
  assert_failure 1
}
