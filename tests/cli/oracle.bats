# oracle.bats: other solvers agree with the matching kernel on a few problems of every kind; `make check-oracles` asks them about many more.
load helpers

@test "LEMON and SciPy agree with the kernel on sixty problems" {
  run --separate-stderr "$ROOT/tests/oracle/run" "$BUILD" 60 20000
  [ "$status" -eq 0 ] || fail "$output $stderr"
  # shellcheck disable=SC2154 # run sets it
  if [[ $output == *skipped* ]]; then skip "$(grep skipped <<<"$output" | tr '\n' ';')"; fi
  assert_line "LEMON: 60 agree"
  assert_line --regexp '^SciPy: [1-9][0-9] agree$'
}

@test "SciPy agrees with the statistics of answers on 1,000 random data sets, with ties and missing values, to 1e-9" {
  /usr/bin/python3 -c 'import scipy.stats' 2>/dev/null || skip "SciPy is not installed (make setup-oracles)"
  "$BUILD/oracle/stats" 1000 7 >answers.json
  run --separate-stderr /usr/bin/python3 "$ROOT/tests/oracle/scipy_stats.py" <answers.json
  assert_equal "$output $stderr" "1000 agree "
}

@test "SciPy agrees with what is told of cohorts, of cohorts put together and of sides, and with what is not" {
  /usr/bin/python3 -c 'import scipy.stats' 2>/dev/null || skip "SciPy is not installed (make setup-oracles)"
  local seed
  for seed in 1 2; do
    mkdir "$PWD/$seed"
    MENTOR_DB=$PWD/$seed/test.db run --separate-stderr /usr/bin/python3 "$ROOT/tests/oracle/scipy_pools.py" "$PWD/$seed" $seed
    assert_equal "$stderr" ""
    assert_output --regexp '^[0-9]{5} figures agree, [0-9]{4,5} of them told$'
  done
}
