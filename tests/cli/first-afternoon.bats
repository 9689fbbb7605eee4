# first-afternoon.bats: somebody who knows nothing but `mentor help` comes to a published match with a programme and people of her own. Every command she
# types is one that the words before it suggest: the tests take it from there, and know only her file, her names and her decisions.
load helpers

# The newcomer's file: whatever her office calls things.
people() {
  printf '%s\n' 'Full name,E-mail,Department,Part' \
    'Nia Osei,nia@example.org,Housing,Mentor' 'Tom Reed,tom@example.org,Parks,Mentor' \
    'Ruth Cole,ruth@example.org,Legal,Mentee' 'Sam Hart,sam@example.org,Parks,Mentee' >people.csv
}

# types COMMAND: on a terminal of her own, where it succeeds; what is said is kept for suggests.
types() {
  on_terminal 200 "$1"
  assert_success
}

# suggests PATTERN: the command in what was said last that begins so; it is what is typed next. FILE is her file, a place in capitals is an error.
suggests() {
  typed=$(grep -oE "mentor $1[^;(|)]*" <<<"$output" | head -n 1 | sed 's/  .*//; s/ *$//; s/ FILE\b/ people.csv/')
  [ -n "$typed" ] || fail "nothing says: mentor $1"$'\n'"$output"
  ! grep -qE '\b[A-Z]{3,}\b' <<<"$typed" || fail "what stands for the capitals in: $typed"
}

# follows PATTERN: types the next suggestion.
follows() {
  suggests "$1"
  types "$typed"
}

# everybody: the suggestion is for the first person; it takes several at once, and people.csv has four.
everybody() {
  suggests "$1"
  assert_output --partial 'it takes several at once'
  types "${typed/p1/p1 p2 p3 p4}"
}

# From `mentor help` to a store, by what is said on the way.
finds_the_beginning() {
  unset MENTOR_DB
  people
  types 'mentor help'
  follows 'help first-steps'
  types mentor # or, at once
  follows 'db init'
  follows "programme new"
  [ -s programme.yaml ]
}

# Her words in place of those of the template; what a heading is called and where is said by the message.
names_her_headings() {
  sed -i 's/header: Email,/header: E-mail,/; s/header: Name,/header: Full name,/; s/"Where do you work?"/Department/
    s/How would you like to take part?/Part/; s/As a mentor: mentor, As a mentee: mentee,/Mentor: mentor, Mentee: mentee,/' programme.yaml
}

@test "from mentor help to a published match, typing only what is suggested" {
  finds_the_beginning
  sed -i 's/^title: .*/title: Larkmoor learns/' programme.yaml
  output="mentor programme check programme.yaml" # which db init has named, and the file in its first line
  grep -q "mentor programme check programme.yaml" programme.yaml
  follows 'programme check'
  follows 'programme import'
  follows 'cohort add'
  follows 'cohort open'
  suggests 'enrol import'
  run --separate-stderr bash -c "$typed" # her file has other headings than the template
  assert_failure 3
  [[ $stderr == *'this file: "Full name", "E-mail", "Department" and 1 more'*"application.columns"*"mentor programme import"* ]]
  names_her_headings
  types 'mentor programme import programme.yaml'
  follows 'cohort set'
  follows 'enrol import'
  everybody 'enrol accept'
  everybody 'enrol approve'
  everybody 'enrol approve'
  follows 'enrol told'
  follows 'match propose'
  assert_output --partial 'mentor match explain m1'
  suggests 'match publish'
  types "$typed --yes" # else it asks
  assert_output --partial 'published pair m1'
  assert_output --partial 'published pair m2'
  # and it goes on
  follows 'cohort close'
  follows 'contract draft'
  ok match list --state active -f json
  json '.data | length' 2
}

@test "so does a programme in which both sides mentor each other" {
  finds_the_beginning
  sed -i 's/^arrangement: .*/arrangement: reciprocal/' programme.yaml
  names_her_headings
  types 'mentor programme check programme.yaml'
  follows 'programme import'
  follows 'cohort add'
  follows 'cohort open'
  follows 'enrol import'
  everybody 'enrol accept'
  everybody 'enrol approve'
  everybody 'enrol approve'
  follows 'enrol told'
  follows 'match propose'
  suggests 'match publish'
  types "$typed --yes"
  ok match show m1 -f json
  json '.data.pair.arrangement // .data.arrangement' reciprocal
}

@test "a checklist that comes first says how its points are settled" {
  unset MENTOR_DB
  types 'mentor db init'
  mentor programme new --from manchester >programme.yaml
  types 'mentor programme import programme.yaml'
  follows 'cohort add'
  suggests 'cohort settle 1' 2>/dev/null || true
  assert_output --partial 'Next: mentor cohort settle 1 --evidence TEXT'
  run --separate-stderr mentor cohort start
  assert_failure 5
  [[ $stderr == *"mentor cohort open"* ]]
}

# ---- wrong turns: each message names the way back, whole ----

# says_the_way CODE COMMAND HINT: fails, and the hint is that line.
says_the_way() {
  run --separate-stderr bash -c "$2"
  assert_equal "$status" "$1"
  says "hint: $3"
}

@test "a word that is wrong leads to the one that was meant" {
  says_the_way 2 'mentor chort list' "did you mean 'mentor cohort'?"
  says_the_way 2 'mentor people list' "did you mean 'mentor person'?"
  says_the_way 2 'mentor cohort opne' "did you mean 'mentor cohort open'?"
  says_the_way 2 'mentor person new' "did you mean 'mentor person add'?"
  says_the_way 2 'mentor status' "did you mean 'mentor cohort status', 'mentor equality status', 'mentor survey status'? mentor help lists what there is"
  says_the_way 2 'mentor person import people.csv' \
    "did you mean 'mentor programme import', 'mentor enrol import', 'mentor equality import'? mentor person --help lists what there is"
  says_the_way 2 'mentor new' "did you mean 'mentor programme new'? mentor help lists what there is"
  says_the_way 2 'mentor nonsense' 'mentor help lists what there is'
  says_the_way 2 'mentor cohort' 'mentor cohort --help lists what there is'
}

@test "what is missing on the line is explained where it is missing" {
  with_cohort
  says_the_way 2 'mentor enrol accept' 'PERSON: reference (p12) or address; mentor enrol accept --help explains the command'
  says_the_way 2 'mentor enrol add p1' 'WORD: mentor, mentee, either or facilitator; mentor enrol add --help explains the command'
  says_the_way 2 'mentor cohort add --programme manchester' \
    'SLUG: short name for the new cohort, such as spring-2026; mentor cohort add --help explains the command'
}

@test "no store, nobody of that name, no such file, no such thing: each says what to type" {
  says_the_way 4 'mentor cohort list' 'make one with: mentor db init, or name another with --db FILE; to look around first: mentor demo'
  with_store
  says_the_way 4 'mentor cohort status' 'make one: mentor cohort add --programme NAME SLUG'
  with_cohort
  says_the_way 4 'mentor enrol add zoe@example.org --role mentor' 'for somebody new: mentor person add --name NAME --email zoe@example.org; mentor person list shows them'
  says_the_way 4 'mentor enrol accept p9' 'people go by reference (p12) or address; mentor person list shows them'
  says_the_way 4 'mentor match show m9' 'pairs go by reference (m12); mentor match list shows them'
  says_the_way 4 'mentor cohort add autumn --programme nonsense' 'mentor programme list shows them'
  says_the_way 4 'mentor enrol import nowhere.csv' 'is the name right, and the folder? The command ls shows what is there'
}

@test "who comes late is kept for the next cohort and nobody is lost; who withdraws is owed nothing" {
  with_people
  mentor enrol told accepted >told.log
  mentor person add --name Zoe --email zoe@example.org >add.log
  mentor cohort close >close.log
  on_terminal 120 'mentor enrol add zoe@example.org --role mentor'
  assert_success
  assert_output --partial "kept for the next cohort, 'next'"
  ok enrol withdraw ben@example.org
  ok enrol list --due -f json
  json '.data | length' 0
  ok cohort status spring -f json
  json '[.data.todo[].command | select(startswith("mentor enrol told"))] | length' 0
}

@test "every line about people who are due to hear names the command that clears it" {
  with_people
  ok enrol decline ben@example.org
  for expected in accepted declined; do
    ok cohort status -f json
    command=$(jq -r '.data.todo[].command | select(startswith("mentor enrol told"))' <<<"$output")
    assert_equal "$command" "mentor enrol told $expected"
    run --separate-stderr bash -c "$command"
    assert_success
  done
  ok enrol list --due -f json
  json '.data | length' 0
}

# ---- all that is suggested anywhere ----

@test "every command that a message, a hint or a help text names can be typed as it stands" {
  run --separate-stderr "$ROOT/tests/cli/suggested.py" "$ROOT"
  assert_success
  assert_output ""
  [ "$(sed 's/ .*//' <<<"$stderr")" -gt 300 ]
}

@test "a suggestion that lacks something is noticed" {
  mkdir -p bad/cmd bad/lib
  printf '%s\n' 'f("see: mentor chort list"); f("mentor cohort opne");' 'f("change it with: mentor person set");' 'f("mentor enrol add p1");' \
    'f("mentor match pin p%" PRId64 " --of");' 'f("mentor enrol set p1 --places");' 'f("mentor cohort list shows them");' >bad/cmd/x.c
  run --separate-stderr "$ROOT/tests/cli/suggested.py" bad
  assert_success
  assert_equal "$(cut -f 2,3 <<<"$output" | sed 's/:.*//')" "$(printf '%s\t%s\n' 'mentor cohort opne' 'is no command' \
    'mentor person set ' 'lacks what it is about' 'mentor enrol add p1' 'lacks --role' 'mentor match pin p1 --of' 'has no --of' \
    'mentor enrol set p1 --places' '--places lacks its N')"
}
