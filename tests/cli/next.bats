# next.bats: what a newcomer at a terminal is told that she did not ask for: how to begin, and what comes next; and that nothing else hears it.
load helpers

# next COMMAND: the command line that is suggested after it, on a terminal; empty for none.
next() {
  on_terminal 120 "$1"
  assert_success
  suggested=$(sed -n 's/^Next: \(mentor [^(]*[^ (]\)\( (.*\)*$/\1/p' <<<"$output")
}

@test "whoever has no store yet is welcomed, and told how to make one" {
  unset MENTOR_DB
  on_terminal 80 mentor
  assert_success
  assert_line "Welcome. There is no store at $HOME/.local/share/mentor/mentor.db yet."
  assert_line --partial 'mentor db init'
  assert_line --partial 'mentor demo'
  assert_line --partial 'man mentor-tutorial'
  mentor db init >init.log
  on_terminal 80 mentor
  assert_success
  refute_output --partial Welcome
}

@test "the store of the configuration is the one that is looked for, and a script is not welcomed" {
  mkdir -p "$HOME/.config/mentor"
  echo "db: $PWD/other.db" >"$HOME/.config/mentor/config.yaml"
  unset MENTOR_DB
  on_terminal 80 mentor
  assert_line "Welcome. There is no store at $PWD/other.db yet."
  MENTOR_CONFIG=$PWD/nothing.yaml on_terminal 80 mentor # cannot be read: no reason not to help
  assert_success
  ok
  refute_output --partial Welcome
  ok help
  refute_output --partial Welcome
}

@test "a command that needs a store says how to make one, and how to look around first" {
  fails 4 person list
  assert_equal "$stderr" "mentor: person list: there is no store at $MENTOR_DB
hint: make one with: mentor db init, or name another with --db FILE; to look around first: mentor demo"
}

@test "from nothing to pairs, each command names the next" {
  next 'mentor db init'
  assert_equal "$suggested" 'mentor programme new --from minimal > programme.yaml'
  next "mentor programme import $EXAMPLES/minimal/programme.yaml"
  assert_equal "$suggested" 'mentor cohort add minimal-2026-05 --programme minimal --starts-on 2026-05-01'
  next 'mentor cohort add spring --programme minimal --starts-on 2026-04-01'
  assert_equal "$suggested" 'mentor cohort open'
  next 'mentor cohort open'
  assert_equal "$suggested" 'mentor enrol import FILE'
  printf '%s\n' 'Email,Name,Where do you work?,How would you like to take part?' \
    amira@example.org,Amira,Housing,'As a mentor' david@example.org,David,Parks,'As a mentee' >applications.csv
  next 'mentor enrol import applications.csv'
  assert_equal "$suggested" 'mentor enrol accept p1'
  next 'mentor enrol accept p1 p2'
  assert_equal "$suggested" 'mentor enrol approve p1 --asked'
  next 'mentor enrol approve p1 p2 --asked'
  assert_equal "$suggested" 'mentor enrol approve p1 --given'
  next 'mentor enrol approve p1 p2 --given'
  assert_equal "$suggested" 'mentor enrol told accepted'
  next 'mentor enrol told accepted'
  assert_equal "$suggested" 'mentor match propose'
  next 'mentor cohort close'
  assert_equal "$suggested" 'mentor match propose'
  mentor match propose >propose.log
  next 'mentor match publish --yes'
  assert_equal "$suggested" 'mentor contract draft m1'
  mentor contract draft m1 >draft.log
  next 'mentor contract sign m1 --mentor'
  assert_equal "$suggested" 'mentor contract sign m1 --mentee'
  next 'mentor contract sign m1 --mentee'
  assert_equal "$suggested" '' # all is done that can be
}

@test "every suggestion works as it is typed" {
  mentor db init >init.log
  mentor programme import "$EXAMPLES/manchester/programme.yaml" >import.log
  next 'mentor cohort add spring --programme manchester --starts-on 2026-04-01'
  assert_equal "$suggested" 'mentor cohort settle 1 --evidence TEXT' # which the step waits for
  next 'mentor cohort settle evaluate --evidence Report'
  next 'mentor cohort open'
  assert_equal "$suggested" 'mentor enrol import FILE' # though points of the next stage are open
  person amira Housing mentor
  person david Parks mentee
  suggested='mentor cohort set spring --title Spring'
  for expected in 'mentor enrol confirm p1 --all' 'mentor enrol confirm p2 --all' 'mentor enrol approve p1 --asked' 'mentor enrol approve p2 --asked' \
    'mentor enrol approve p1 --given' 'mentor enrol approve p2 --given' 'mentor enrol told accepted'; do
    next "$suggested"
    assert_equal "$suggested" "$expected"
  done
  next 'mentor enrol told accepted'
  assert_equal "$suggested" 'mentor match propose'
  next "$suggested"
  assert_output --partial 'when the pairs are right: mentor match publish' # its own advice is enough
  assert_equal "$suggested" ''
}

@test "where there are several cohorts the suggestion says which" {
  with_store
  mentor programme import "$EXAMPLES/minimal/programme.yaml" >import.log
  mentor cohort add spring --programme minimal --starts-on 2026-04-01 >add.log
  next 'mentor cohort add autumn --programme minimal --starts-on 2026-10-01'
  assert_equal "$suggested" 'mentor cohort open -c autumn'
  next 'mentor cohort open spring'
  assert_equal "$suggested" 'mentor enrol import FILE -c spring'
  next 'mentor person add --name Amira --email amira@example.org' # of no cohort: nothing is guessed
  assert_equal "$suggested" ''
}

@test "only people at a terminal who changed something are told" {
  with_programme
  for quiet in 'mentor cohort add a --programme manchester | cat' 'mentor cohort add b --programme manchester --dry-run' \
    'mentor cohort add c --programme manchester -f json' 'mentor cohort add d --programme manchester --quiet' \
    'mentor cohort add e --programme manchester -f table -o file' 'mentor cohort list'; do
    on_terminal 120 "$quiet"
    assert_success
    refute_output --partial Next:
  done
  refute grep -q Next: file
}
