# docs.bats: the manual, the help, the completions and the program's tables say the same, and the manual's examples run.
load helpers

# ---- reading pages ----

# rendered PAGE: as a reader sees it, but every paragraph on one line and without bold.
rendered() {
  mandoc -T utf8 -O width=1000 "$ROOT/man/$1" | sed $'s/.\b//g'
}

# section PAGE TITLE: the lines of one section.
section() {
  rendered "$1" | awk -v title="$2" '/^[^ ]/ { inside = $0 == title; next } inside'
}

# commands_in PAGE: the command lines of the page's examples, as one types them.
commands_in() {
  awk '/^\.Sh/ { inside = $2 == "EXAMPLES" || $2 == "DESCRIPTION" } inside && sub(/^\.Dl /, "")' "$ROOT/man/$1" |
    sed 's/\\(dq/"/g; s/\\(aq/'"'"'/g; s/\\e/\\/g; s/\\&//g' | grep -E '^(mentor|export) '
}

# literal PAGE: the first literal block behind EXAMPLES, as it would be copied.
literal() {
  awk '/^\.Sh EXAMPLES/ { on = 1 } on && /^\.Ed/ { exit } on && open; on && /^\.Bd -literal/ { open = 1 }' "$ROOT/man/$1" |
    sed 's/\\(dq/"/g; s/\\(aq/'"'"'/g; s/\\e/\\/g; s/\\&//g'
}

nouns() {
  mentor schema | grep -v -e '^error$' -e '^programme-file$' | sed 's/\..*//' | uniq
}

# leaves: NOUN VERB, or NOUN alone, of every command.
leaves() {
  mentor schema | grep -v -e '^error$' -e '^programme-file$' | tr . ' '
}

topics() {
  mentor help | sed -n '/^Topics/,/^$/s/^  \([a-z-]*\) .*/\1/p'
}

# ---- what the examples need ----

applications() {
  cat >applications.csv <<'END'
ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,femi@example.org,Femi Bello,I would like to mentor a senior leader,Housing,Officer,Grade 6,,Language and culture;,Online
2,01/03/2026 09:05,gwen@example.org,Gwen Price,I would like to be mentored,Parks,Director,Director,,Language and culture;,Online
3,01/03/2026 09:10,hari@example.org,Hari Nair,I would like to mentor a senior leader,Libraries,Officer,Grade 5,,,Face to face
END
  printf 'email,assessor,has-the-time\nfemi@example.org,Ines,4\n' >scores.csv
}

# answers FIRST NUMBER: an export of the survey, with the questions as the programme has them now.
answers() {
  mentor survey results mentee before -f json | jq -r --argjson n "$1" '
    [.data.questions[] | {text, answer: {scale: $n, "yes-no": "yes", text: "To listen"}[.kind]}] as $q |
    ["ID", "Your work e-mail address"] + [$q[].text], [$n, "clara@example.org"] + [$q[].answer], [$n + 100, "david@example.org"] + [$q[].answer] | @csv'
}

# The world in which the examples of a page begin.
world_of() {
  applications
  case $1 in
  mentor.1) ;;
  mentor-first-steps.7)
    printf '%s\n' 'Email,Name,Where do you work?,How would you like to take part?' 'nia@example.org,Nia Osei,Housing,As a mentor' \
      'tom@example.org,Tom Reed,Parks,As a mentor' 'ruth@example.org,Ruth Cole,Legal,As a mentee' >people.csv
    ;;
  mentor-cohort.1) with_programme ;;
  mentor-person.1 | mentor-enrol.1) with_cohort ;;
  mentor-match.1) with_people ;;
  mentor-remind.1 | mentor-today.1) with_pairs ;;
  mentor-privacy.1) with_people ;;
  mentor-equality.1)
    with_people
    printf '%s\n' 'Email,How would you describe your ethnic group?,Do you consider yourself to be disabled?' amira@example.org,White,No ben@example.org,White, >equality.csv
    printf '%s\n' question,group,people ethnicity,A,700 ethnicity,H,70 >workforce.csv
    ;;
  mentor-event.1)
    with_people
    printf '%s\n' Email,Minutes ben@example.org,110 >attendance.csv
    ;;
  mentor-contract.1)
    with_people
    mentor match propose >propose.log
    mentor match publish >publish.log
    ;;
  mentor-demo.1)
    mentor demo --db "$MENTOR_DB" >demo.log
    export MENTOR_NOW=2026-06-15
    ;;
  mentor-barrier.1) with_register ;;
  mentor-log.1 | mentor-action.1 | mentor-goal.1 | mentor-checkin.1 | mentor-lesson.1 | mentor-remark.1 | mentor-survey.1 | mentor-report.1)
    with_pairs
    answers 2 >before.csv
    answers 4 >after.csv
    printf '%s\n' date,minutes,mentor 2026-04-27,60,amira@example.org >sessions.csv
    export MENTOR_NOW=2026-10-15
    ;;
  *) with_store ;;
  esac
}

# Runs the examples of a page in a world of their own; each must succeed without a word on standard error.
run_examples() {
  local line n=0 page=$1
  mkdir "$page.d" && cd "$page.d" || return 1
  unset MENTOR_CONFIG # which a page may set
  MENTOR_DB=$PWD/test.db MENTOR_NOW=2026-03-02
  world_of "$page"
  while IFS= read -r line; do
    case $line in
    "export "*)
      eval "$line"
      continue
      ;;
    "mentor log "*) MENTOR_NOW=2026-05-01 ;;
    "mentor event import "*) MENTOR_NOW=2026-03-20 ;;
    esac
    case $line in
    *--across*) for other in summer autumn; do mentor cohort add "$other" --programme manchester >/dev/null; done ;;
    esac
    run --separate-stderr bash -o pipefail -c "$line" </dev/null
    if [ "$status" != 0 ] || [ -n "$stderr" ]; then fail "$page: $line: status $status, $stderr"; fi
    n=$((n + 1))
  done < <(commands_in "$page")
  cd ..
  [ "$n" -gt 0 ] || fail "$page has no example"
}

# ---- generated parts ----

@test "the generated blocks of every page are what the tables say now (make sync-docs)" {
  for page in "$ROOT"/man/*; do
    mentor completion man <"$page" >now
    diff -u "$page" now || fail "${page##*/} is out of step"
  done
  run grep -c '^\.\\" generated' "$ROOT"/man/mentor-cohort.1
  assert_output 2
}

@test "a page with an unknown block is refused" {
  printf '.\\" generated: nonsense\n.\\" end\n' >page
  run --separate-stderr mentor completion man <page
  assert_failure 3
  [[ $stderr == *"unknown block"*nonsense* ]]
}

@test "the completions are what the tables say now (make sync-docs)" {
  local shell
  declare -A file=([bash]=mentor.bash [zsh]=_mentor [fish]=mentor.fish)
  for shell in bash zsh fish; do
    mentor completion "$shell" | diff -u "$ROOT/completions/${file[$shell]}" - || fail "$shell is out of step"
  done
}

@test "the short help of every command is its SYNOPSIS" {
  local noun
  for noun in $(nouns); do
    leaves | grep -E "^$noun( |\$)" | while read -r line; do
      # shellcheck disable=SC2086
      mentor $line -h | sed 's/^Usage: //'
    done >help
    section "mentor-$noun.1" SYNOPSIS | sed 's/^ *//; s/  */ /g; /^$/d' >manual
    [ -s help ]
    diff -u help manual || fail "mentor $noun: help (-) and manual (+) differ"
  done
}

@test "each page lists the options of its commands, and no others" {
  local noun verb
  while read -r noun verb; do
    # shellcheck disable=SC2086
    mentor $noun $verb --help | awk '/^Options of every/ { exit } inside && /^  -/; /^Options$/ { inside = 1 }' |
      grep -o -- '--[a-z-]*' | sort >program || :
    rendered "mentor-$noun.1" | awk -v verb="   $noun $verb" -v leaf="$verb" '
      /^[^ ]/ { in_commands = $0 == "COMMANDS"; inside = in_commands && leaf == ""; next }
      in_commands && /^   [^ ]/ { inside = $0 == verb; next }
      inside && /^     -/' | grep -o -- '--[a-z-]*' | sort >manual || :
    diff -u program manual || fail "mentor $noun $verb: program (-) and manual (+) differ"
  done < <(leaves)
  [ "$(leaves | wc -l)" -gt 40 ]
}

@test "mentor.1 lists the options of every command, and all nouns" {
  { mentor --help; mentor cohort open --help; } | awk '/^Options of every/ { inside = 1; next } /^$/ { inside = 0 } inside && /^  -/' |
    grep -o -- '--[a-z-]*' | sort -u >program
  section mentor.1 OPTIONS | grep '^     -' | grep -o -- '--[a-z-]*' | sort -u >manual
  diff -u program manual
  grep -q -- --dry-run manual
  nouns >program
  section mentor.1 COMMANDS | sed -n 's/^     \([a-z]*\)  *[A-Z].*/\1/p' >manual
  diff -u program manual
}

@test "every noun and every topic has its page, and every page that is named exists" {
  for noun in $(nouns); do [ -f "$ROOT/man/mentor-$noun.1" ] || fail "mentor-$noun.1 is missing"; done
  for topic in $(topics); do [ -f "$ROOT/man/mentor-$topic.7" ] || fail "mentor-$topic.7 is missing"; done
  cat "$ROOT"/man/* | sed -n 's/^\.Xr \([^ ]*\) \([0-9]\).*/\1.\2/p' | sort -u >named
  [ "$(wc -l <named)" -gt 20 ]
  while read -r page; do [ -f "$ROOT/man/$page" ] || fail "$page is named but is not there"; done <named
  mentor --help >help
  for noun in $(nouns); do mentor "$noun" --help >>help; done
  grep -o 'man [a-z-]*' help | sort -u | while read -r _ page; do compgen -G "$ROOT/man/$page.[1-8]" >/dev/null || fail "$page is named in the help"; done
}

@test "every page of mentor.1 is reachable: SEE ALSO names them all" {
  (cd "$ROOT/man" && ls) | grep -v '^mentor\.1$' | sort >there
  sed -n '/^\.Sh SEE ALSO/,$s/^\.Xr \([^ ]*\) \([0-9]\).*/\1.\2/p' "$ROOT/man/mentor.1" | sort >named
  diff -u there named
}

@test "mandoc finds nothing to complain about" {
  local section page
  for section in 1 3 5 7; do
    mkdir -p "all/man$section"
    cp "$ROOT"/man/*."$section" "all/man$section"
  done
  makewhatis all
  for page in "$ROOT"/man/*; do
    MANPATH=$PWD/all run mandoc -T lint -W style "$page"
    assert_success
    assert_output ""
  done
}

@test "apropos mentor finds every page" {
  mkdir -p all && for page in "$ROOT"/man/*; do mkdir -p "all/man${page##*.}" && cp "$page" "all/man${page##*.}"; done
  makewhatis all
  run env MANPATH="$PWD/all" mapropos mentor
  assert_success
  (cd "$ROOT/man" && printf '%s\n' *) | sed 's/^\(.*\)\.\([0-9]\)$/\1(\2)/' | sort >pages
  sed 's/ - .*//; s/, /\n/g' <<<"$output" | sort >found
  run diff pages found
  assert_output ""
}

@test "no page has a doubled word or an American spelling" {
  for page in "$ROOT"/man/*; do
    sed '/^\.Bd/,/^\.Ed/d; s/^\..*/./' "$page" | tr -s ' \n' ' ' >text
    run grep -oiE ' ([a-z]{2,}) \1 ' text
    assert_output ""
    run grep -oiE 'enroll|behavior|organiz|program file|recogniz|favor|summariz' text
    assert_output ""
  done
}

# ---- help ----

@test "help for every topic and every noun" {
  [ "$(topics | wc -l)" -ge 6 ]
  for topic in $(topics) $(nouns); do
    ok help "$topic"
    [ "$(wc -l <<<"$output")" -gt 3 ] || fail "mentor help $topic says next to nothing"
  done
  fails 4 help nonsense
  run --separate-stderr mentor help enviroment
  [[ $stderr == *"did you mean 'environment'"* ]]
}

@test "-h and --help work for the program, every noun and every command" {
  local option
  while read -r line; do
    for option in -h --help; do
      # shellcheck disable=SC2086
      ok $line $option
      [[ $output == *"Usage: mentor"* ]] || fail "mentor $line $option: $output"
    done
  done < <(echo; nouns; leaves)
}

@test "a noun without a verb, an unknown verb, an unknown noun: usage errors with a message" {
  local noun
  for noun in $(leaves | awk 'NF == 2 { print $1 }' | uniq); do
    fails 2 "$noun"
    [[ $stderr == *"$noun"* ]]
    fails 2 "$noun" nonsense
    [[ $stderr == *nonsense* ]]
  done
  fails 2 nonsense
  fails 2 cohrot list
  [[ $stderr == *"did you mean 'mentor cohort'"* ]]
  fails 2 cohort lst
  [[ $stderr == *"did you mean 'mentor cohort list'"* ]]
}

# ---- examples ----

@test "the examples of every page of section 1 run" {
  for page in "$ROOT"/man/*.1; do run_examples "${page##*/}"; done
}

@test "the first steps lead to a report" {
  run_examples mentor-first-steps.7
  [ -s mentor-first-steps.7.d/progress.html ]
}

@test "the smallest programme of mentor-programme(5) is right" {
  awk '/^\.Ss A first file/ { on = 1 } on && /^\.Ed/ { exit } on && open; on && /^\.Bd -literal/ { open = 1 }' "$ROOT/man/mentor-programme.5" >first.yaml
  [ "$(wc -l <first.yaml)" = 6 ]
  ok programme check first.yaml
}

@test "the survey with a pulse in mentor-programme(5) is right" {
  printf 'programme: pulse\ntitle: Pulse\ncontact: { email: a@example.org }\ncontract: { purpose: We talk. }\n' >pulse.yaml
  awk '/^\.Ss Pulses/ { on = 1 } on && /^\.Ed/ { exit } on && open; on && /^\.Bd -literal/ { open = 1 }' "$ROOT/man/mentor-programme.5" >>pulse.yaml
  [ "$(wc -l <pulse.yaml)" -gt 15 ]
  ok programme check pulse.yaml
}

@test "the programme in mentor-programme(5) is right, and can be used" {
  literal mentor-programme.5 >harbour.yaml
  [ "$(wc -l <harbour.yaml)" -gt 30 ]
  ok programme check harbour.yaml
  with_store
  ok programme import harbour.yaml
  ok cohort add first --programme harbour
}

@test "every block of mentor-programme(5) is right: what it leaves out is put around it" {
  awk '/^\.Sh EXAMPLES/ { exit } # which is a whole file, and has its own test
    /^\.Bd -literal/ { open = 1; n++; next } /^\.Ed/ { open = 0 } open && /^$/ { n++; next } open { print >("block" n ".yaml") }' "$ROOT/man/mentor-programme.5"
  local block key
  for block in block*.yaml; do
    for key in 'programme: sample' 'title: Sample' 'contact: { email: a@example.org }' 'contract: { purpose: We talk. }'; do
      grep -q "^${key%%:*}:" "$block" || echo "$key" >>"$block"
    done
    grep -q '^templates:' "$block" || sed -nE 's/^ +template: ([a-z-]+)$/\1/p' "$block" | sort -u | awk 'NR == 1 { print "templates:" } { print "  " $1 ": { subject: Hello, text: Hello }" }' >templates
    if [ -s templates ]; then cat templates >>"$block"; fi
    : >templates
    run --separate-stderr mentor programme check "$block"
    [ "$status" = 0 ] || fail "$block: $stderr"$'\n'"$(cat "$block")"
  done
  [ "$(ls block*.yaml | wc -l)" = 8 ]
}

@test "what mentor-cron(7) says to run from cron runs, and says nothing when all is well" {
  with_pairs
  printf '#!/bin/sh\ncat >>sent\n' >sendmail.sh
  chmod +x sendmail.sh
  export MENTOR_NOW=2026-05-04T10:00:00Z
  commands_in mentor-cron.7 >commands
  [ "$(wc -l <commands)" = 3 ]
  while IFS= read -r line; do
    run --separate-stderr bash -c "${line/--transport sendmail/--transport sendmail:$PWD/sendmail.sh}" # the machine's own is not for tests
    assert_success
    assert_equal "$stderr" ""
    [[ $line != *--quiet* ]] || assert_equal "$output" ""
  done <commands
  grep -q '^Subject: ' sent
}

@test "the line in mentor-db(1) is what mentor db export prints" {
  with_people
  mentor db export >lines
  # the page shows the beginning of the row
  grep -qF "$(sed -n 's/^\.Dl \({"table".*\),\.\.\.}}$/\1,/p' "$ROOT/man/mentor-db.1")" lines
}

@test "the document in mentor-output(7) is what the program prints" {
  with_people
  ok person show p1 -f json
  assert_equal "$(jq -r 'keys_unsorted | join(" ")' <<<"$output")" "$(awk '/^\.Bd -literal/ { getline; print; exit }' "$ROOT/man/mentor-output.7" | sed 's/{\.\.\.}/{}/' | jq -r 'keys_unsorted | join(" ")')"
  json .schema "$(sed -n 's/^{"schema":"\([^"]*\)".*/\1/p' "$ROOT/man/mentor-output.7" | head -n 1)"
}

@test "mentor-programme(5) lists every key once, and its groups are known to the program" {
  mandoc -T utf8 -O width=1000 "$ROOT/man/mentor-programme.5" | sed $'s/.\b//g' |
    awk '/^[^ ]/ { inside = $0 == "KEYS"; next } inside && /^     [a-z]/ { print $1 }' >keys
  [ "$(wc -l <keys)" -gt 80 ]
  sort keys | uniq -d >twice
  assert_equal "$(cat twice)" ""
  printf 'programme: x\nnonsense: 1\n' >bad.yaml
  fails 3 programme check bad.yaml
  while read -r key; do
    printf '%s: {}\n' "$key" >one.yaml
    run --separate-stderr mentor programme check one.yaml
    [[ $stderr != *"unknown key"* ]] || fail "$key is listed but unknown"
  done < <(grep -v '[.]' keys)
}

@test "the error in mentor-output(7) is what the program says" {
  with_store
  awk '/^\.Ss Errors/ { on = 1 } /^\.Ed/ { open = 0 } open; on && /^\.Bd -literal/ { open = 1; on = 0 }' "$ROOT/man/mentor-output.7" | jq -cS . >manual
  run --separate-stderr mentor person show p99 -f json
  assert_failure 4
  assert_equal "$(jq -cS . <<<"$stderr")" "$(cat manual)"
}

@test "the program in libmentor(3) compiles against the library and runs" {
  literal libmentor.3 >people.c
  local flags compiler needs
  read -r compiler flags <"$BUILD/flags"
  flags=$(grep -oE -- '-fsanitize=[^ ]*|--coverage' <<<"$flags" | sort -u | tr '\n' ' ')
  needs=$(sed -n 's/^Requires.private: //p' "$BUILD/mentor.pc")
  [ -n "$needs" ]
  # shellcheck disable=SC2046,SC2086
  "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror $flags -I "$ROOT/lib" -o people people.c "$BUILD/libmentor.a" $(pkg-config --libs $needs) $(sed -n 's/^Libs.private: //p' "$BUILD/mentor.pc")
  with_people
  run ./people "$MENTOR_DB"
  assert_success
  assert_line 'p1 Amira <amira@example.org>'
  assert_line '4 in all'
  run ./people nothing.db
  assert_failure 1
  assert_output --partial nothing.db
}

# ---- completions ----

# Completes a line in bash; the words come as bash breaks them.
in_bash() {
  # shellcheck disable=SC2016
  bash --norc -c '
    . "$1/completions/mentor.bash"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
    COMP_POINT=${#COMP_LINE}
    _mentor
    printf "%s\n" "${COMPREPLY[@]}"' - "$ROOT" "$@" | sort | tr '\n' ' ' | sed 's/ $//'
}

in_fish() {
  # shellcheck disable=SC2016
  fish --no-config -c 'set -p fish_complete_path $argv[1]; complete -C $argv[2]' -- "$ROOT/completions" "$1" | cut -f1 | sort | tr '\n' ' ' | sed 's/ $//'
}

@test "the completion scripts are good shell" {
  bash -n "$ROOT/completions/mentor.bash"
  zsh -n "$ROOT/completions/_mentor"
  fish -n "$ROOT/completions/mentor.fish"
  if command -v shellcheck; then shellcheck -s bash "$ROOT/completions/mentor.bash"; fi
}

@test "bash completes commands, options, values, files and what is in the store" {
  with_people
  mentor match propose >propose.log
  touch answers.csv
  assert_equal "$(in_bash mentor p)" "person privacy programme"
  assert_equal "$(in_bash mentor cohort st)" "start status"
  assert_equal "$(in_bash mentor -D "$MENTOR_DB" --quiet cohort st)" "start status"
  assert_equal "$(in_bash mentor enrol accept p)" "p1 p2 p3 p4"
  assert_equal "$(in_bash mentor enrol accept p1 p)" "p1 p2 p3 p4"
  assert_equal "$(in_bash mentor person show p1 p)" ""
  assert_equal "$(in_bash mentor cohort add --programme '')" manchester
  assert_equal "$(in_bash mentor -c '')" spring
  assert_equal "$(in_bash mentor match explain '')" "m1 m2 p1 p2 p3 p4"
  assert_equal "$(in_bash mentor -f '')" "csv json jsonl plain table tsv"
  assert_equal "$(in_bash mentor report show progress -f h)" html
  assert_equal "$(in_bash mentor cohort list --state = o)" open
  assert_equal "$(in_bash mentor cohort list --st)" --state
  assert_equal "$(in_bash mentor enrol accept --dr)" --dry-run
  assert_equal "$(in_bash mentor enrol list --dr)" ""
  assert_equal "$(in_bash mentor survey import mentee before answ)" answers.csv
  assert_equal "$(in_bash mentor survey import answ)" ""
  assert_equal "$(in_bash mentor --output answ)" answers.csv
  assert_equal "$(in_bash mentor help ex)" exit-codes
  assert_equal "$(in_bash mentor schema person.s)" "person.set person.show"
  assert_equal "$(in_bash mentor completion '')" "bash fish zsh"
}

@test "bash asks the store that the line names, and is silent without one" {
  with_people
  mv test.db other.db
  assert_equal "$(in_bash mentor enrol accept '')" ""
  assert_equal "$(in_bash mentor -D other.db enrol accept p)" "p1 p2 p3 p4"
  assert_equal "$(in_bash mentor --db = other.db enrol accept p)" "p1 p2 p3 p4"
}

@test "fish completes commands, options, values, files and what is in the store" {
  with_people
  mentor match propose >propose.log
  touch answers.csv
  assert_equal "$(in_fish 'mentor p')" "person privacy programme"
  assert_equal "$(in_fish 'mentor cohort st')" "start status"
  assert_equal "$(in_fish 'mentor enrol accept p')" "p1 p2 p3 p4"
  assert_equal "$(in_fish 'mentor person show p1 p')" ""
  assert_equal "$(in_fish 'mentor cohort add --programme ')" manchester
  assert_equal "$(in_fish 'mentor -c ')" spring
  assert_equal "$(in_fish 'mentor match explain ')" "m1 m2 p1 p2 p3 p4"
  assert_equal "$(in_fish 'mentor -f ')" "csv json jsonl plain table tsv"
  assert_equal "$(in_fish 'mentor report show progress -f h')" html
  assert_equal "$(in_fish 'mentor cohort list --state o')" open
  assert_equal "$(in_fish 'mentor survey import mentee before answ')" answers.csv
  assert_equal "$(in_fish 'mentor help ex')" exit-codes
  mv test.db other.db
  assert_equal "$(in_fish 'mentor -D other.db enrol accept p')" "p1 p2 p3 p4"
}

@test "zsh completes commands, options, values, files and what is in the store" {
  with_people
  mentor match propose >propose.log
  touch answers.csv
  cat >ask.zsh <<'END'
# ask.zsh FOLDER LINE...: what zsh offers at the end of each line.
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1='' PROMPT_EOL_MARK='' fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w z 'compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi; local -a hits; builtin compadd -O hits "$@"; offered+=($hits) }'
zpty -w z 'offer() { offered=(); zle complete-word; print -r -- "OFF""ERED ${(j: :)${(@ou)offered}} E""ND" }; zle -C complete-word .complete-word _main_complete; zle -N offer; bindkey "^X" offer'
shift
for line; do
  zpty -w -n z "$line"$'\C-x'
  zpty -r -m z out '*OFFERED *END*'
  print -r -- "$line|${${out##*OFFERED }%% END*}"
  zpty -w -n z $'\C-u'
done
zpty -d z
END
  run timeout 40 zsh -f ask.zsh "$ROOT/completions" 'mentor p' 'mentor cohort st' 'mentor enrol accept p' 'mentor cohort add --programme ' \
    'mentor -f ' 'mentor contract export --format=' 'mentor survey import mentee before answ' 'mentor help ex' 'mentor cohort list --st' \
    'mentor -c ' 'mentor match explain ' 'mentor -D nothing.db enrol accept p'
  assert_success
  assert_line 'mentor p|person privacy programme'
  assert_line 'mentor cohort st|start status'
  assert_line 'mentor enrol accept p|p1 p2 p3 p4'
  assert_line 'mentor cohort add --programme |manchester'
  assert_line 'mentor -f |csv json jsonl plain table tsv'
  assert_line 'mentor contract export --format=|html json md plain table text'
  assert_line 'mentor survey import mentee before answ|answers.csv'
  assert_line 'mentor help ex|exit-codes'
  assert_line 'mentor cohort list --st|--state'
  assert_line 'mentor -c |spring'
  assert_line 'mentor match explain |m1 m2 p1 p2 p3 p4'
  assert_line 'mentor -D nothing.db enrol accept p|'
}
