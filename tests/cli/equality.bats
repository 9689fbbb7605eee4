# equality.bats: equality monitoring: in from a form of its own, out when somebody objects, counted, and without any effect on who is chosen.
load helpers

GROUP="How would you describe your ethnic group?"
DISABLED="Do you consider yourself to be disabled?"

# form ROW...: a monitoring form of the example programme with these rows.
form() {
  printf '%s\n' "Email,$GROUP,$DISABLED" "$@"
}

# stored: what the store holds, as the file says it, a row each.
stored() {
  sqlite3 "$MENTOR_DB" "SELECT p.name, a.question, a.value FROM equality_answer a JOIN equality_subject s ON s.id = a.subject_id
    JOIN person p ON p.id = s.person_id ORDER BY p.id, a.question"
}

# ---- import ----

@test "answers are taken all at once, and the same file again changes nothing" {
  with_people
  form amira@example.org,White,No BEN@example.org,"I prefer not to say", >in.csv
  local before after
  before=$(fingerprint)
  ok --dry-run equality import in.csv
  assert_line $'added\t2'
  assert_equal "$(fingerprint)" "$before"
  ok equality import in.csv
  assert_output $'added\t2'
  assert_equal "$(stored)" $'Amira|disability|not-disabled\nAmira|ethnicity|white\nBen|ethnicity|undisclosed'
  after=$(fingerprint)
  ok equality import in.csv
  assert_output $'unchanged\t2'
  ok equality import - <in.csv
  assert_equal "$(fingerprint)" "$after"
  form amira@example.org,White,No ben@example.org,White, clara@example.org,White, >in.csv
  ok equality import in.csv -f json
  json .schema mentor.equality.import/1
  json '[.data[] | "\(.change) \(.people)"] | join(", ")' "added 1, updated 1, unchanged 1"
  json '[.data[] | keys[]] | unique | join(" ")' "change people"
  ok db check
}

@test "an empty form is taken, a delimiter can be named" {
  with_people
  form >in.csv
  ok equality import in.csv
  assert_output ""
  ok equality import in.csv -f json
  json '.data | length' 0
  form amira@example.org,White,No | tr , '|' >in.csv
  ok equality import in.csv --delimiter '|'
  assert_output $'added\t1'
  fails 2 equality import in.csv --delimiter xx
}

@test "every problem has its row and heading, and says neither what was answered nor by whom" {
  with_people
  mentor person add --name Eve --email eve@example.org >/dev/null
  form amira@example.org,White,No ben@example.org,Purple,Perhaps eve@example.org,White,No nobody@example.org,White,No AMIRA@example.org,White,Yes \
    ,White,No p2,White,No >in.csv
  local before word
  refused 3 equality import in.csv
  [[ $stderr == *"in.csv row 2 (line 3), \"$GROUP\": this is not one of the answers"* ]]
  [[ $stderr == *"in.csv row 2 (line 3), \"$DISABLED\": this is not one of the answers"* ]]
  [[ $stderr == *'in.csv row 3 (line 4), "Email": nobody in this cohort has the address in this row'* ]]
  [[ $stderr == *'in.csv row 4 (line 5), "Email": nobody in this cohort'* ]]
  [[ $stderr == *'in.csv row 5 (line 6), "Email": row 1 is of the same person'* ]]
  [[ $stderr == *'in.csv row 6 (line 7), "Email": the cell is empty'* ]]
  [[ $stderr == *'in.csv row 7 (line 8), "Email": nobody in this cohort'* ]]
  [[ $stderr == *"nothing imported"* ]]
  for word in Purple Perhaps White example.org amira eve p2 Amira; do [[ $stderr != *"$word"* ]] || fail "the message says $word"; done
  fails 3 equality import in.csv -f json
  assert_equal "$(jq '.problems | length' <<<"$stderr")" 7
}

@test "headings that are missing or that the programme does not know are refused" {
  with_people
  printf 'Email,%s\namira@example.org,White\n' "$GROUP" >in.csv
  fails 3 equality import in.csv
  [[ $stderr == *"\"$DISABLED\": the heading is missing"*equality.questions* ]]
  printf 'Email,%s,%s,Religion\namira@example.org,White,No,x\n' "$GROUP" "$DISABLED" >in.csv
  fails 3 equality import in.csv
  [[ $stderr == *'"Religion": the programme does not know this heading'*"what has no stated purpose is not stored"* ]]
  printf '%s,%s\nWhite,No\n' "$GROUP" "$DISABLED" >in.csv
  fails 3 equality import in.csv
  [[ $stderr == *'"Email": the heading is missing'* ]]
  # what forms add by themselves is read past, and the first column may be called anything
  printf 'ID,Start time,Completion time,Email,Name,%s,%s\n1,x,y,amira@example.org,Amira,White,No\n' "$GROUP" "$DISABLED" >in.csv
  ok equality import in.csv
  printf 'Your address;%s;%s\nben@example.org;White;No\n' "$GROUP" "$DISABLED" >in.csv
  ok equality import in.csv
  assert_output $'added\t1'
  fails 4 equality import missing.csv
}

@test "what has no stated purpose is not stored" {
  with_harbour
  printf 'Email,Group\nann@example.org,White\n' >in.csv
  local before
  before=$(fingerprint)
  fails 5 equality import in.csv
  [[ $stderr == *"does not say what equality monitoring is for"*"add equality to the programme file"* ]]
  assert_equal "$(fingerprint)" "$before"
  fails 5 equality status
  run --separate-stderr mentor programme check "$ROOT/tests/broken/equality-in-application.yaml"
  assert_failure 3
  # and an application that brings such an answer along is refused as a whole
  export MENTOR_DB=$BATS_TEST_TMPDIR/other.db
  with_cohort
  {
    head -n 1 "$EXAMPLES/manchester/applications.csv" | tr -d '\r' | sed "s/\$/,$GROUP/"
    sed -n 2p "$EXAMPLES/manchester/applications.csv" | tr -d '\r' | sed 's/$/,White/'
  } >in.csv
  fails 3 enrol import in.csv
  [[ $stderr == *"\"$GROUP\": the programme does not know this heading"* ]]
}

# ---- withdraw ----

@test "who objects is forgotten at once and passed over from then on, until that is taken back" {
  with_people
  form amira@example.org,White,No ben@example.org,White,No >in.csv
  mentor equality import in.csv >/dev/null
  local before
  before=$(fingerprint)
  ok --dry-run equality withdraw amira@example.org
  assert_line "withdrawn person p1 Amira"
  assert_equal "$(fingerprint)" "$before"
  ok equality withdraw amira@example.org -f json
  json '.data[0] | "\(.change) \(.reference)"' "withdrawn p1"
  assert_equal "$(stored)" $'Ben|disability|not-disabled\nBen|ethnicity|white'
  ok equality withdraw p1
  assert_output "unchanged person p1 Amira"
  ok equality import in.csv
  assert_output $'unchanged\t1\nwithdrawn\t1'
  assert_equal "$(stored)" $'Ben|disability|not-disabled\nBen|ethnicity|white'
  ok equality withdraw p1 --again
  assert_output "readmitted person p1 Amira"
  ok equality withdraw p1 --again
  assert_output "unchanged person p1 Amira"
  ok equality import in.csv
  assert_output $'added\t1\nunchanged\t1'
  # it says the same of somebody who never answered
  ok equality withdraw david@example.org
  assert_output "withdrawn person p4 David"
  fails 4 equality withdraw p99
  fails 4 equality withdraw nobody@example.org
  ok db check
}

@test "what was withdrawn or changed is not left behind in the file" {
  with_store
  cat >free.yaml <<'YAML'
programme: free
title: Free
contact: { email: team@example.org }
contract: { purpose: We talk. }
equality: { purpose: To count, basis: The law, seen_by: Equality lead, questions: { words: { header: Words } } }
YAML
  mentor programme import free.yaml >/dev/null
  mentor cohort add spring --programme free >/dev/null
  mentor cohort open >/dev/null
  for name in amira ben; do
    mentor person add --name "$name" --email "$name@example.org" >/dev/null
    mentor enrol add "$name@example.org" --role mentor >/dev/null
  done
  printf 'Email,Words\namira@example.org,quagmire\nben@example.org,zeppelin\n' >in.csv
  mentor equality import in.csv >/dev/null
  grep -q quagmire "$MENTOR_DB"
  mentor equality withdraw amira@example.org >/dev/null
  run grep -c -e quagmire "$MENTOR_DB" "$MENTOR_DB"-*
  refute_output --regexp ':[1-9]'
  printf 'Email,Words\nben@example.org,other\n' >in.csv
  mentor equality import in.csv >/dev/null
  run grep -c -e zeppelin "$MENTOR_DB" "$MENTOR_DB"-*
  refute_output --regexp ':[1-9]'
}

# ---- status ----

@test "status says what answers are for and how many have answered, unless few have or few have not" {
  with_people
  for name in eve femi gwen hari iris joan; do person $name Parks mentee; done
  ok equality status -f json
  json '.data.monitoring | "\(.seen_by) \(.months) \(.asked) \(.answered)"' "Workforce equality lead 12 10 0"
  json '.data.earlier | length' 0
  form amira@example.org,White,No ben@example.org,White,No >in.csv
  mentor equality import in.csv >/dev/null
  ok equality status -f json
  json .data.monitoring.answered null
  ok equality status
  assert_line "answered	[c]"
  form {clara,david,eve}@example.org,White,No >in.csv
  mentor equality import in.csv >/dev/null
  ok equality status -f json
  json .data.monitoring.answered 5
  form femi@example.org,White,No >in.csv
  mentor equality import in.csv >/dev/null
  ok equality status -f json
  json .data.monitoring.answered null
}

@test "answers keep the purpose that they were given for" {
  with_people
  form amira@example.org,White,No >in.csv
  mentor equality import in.csv >/dev/null
  sed 's/^  purpose: To see whether.*/  purpose: To see something else/' "$EXAMPLES/manchester/programme.yaml" >changed.yaml
  mentor programme import changed.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  ok equality status -f json
  json '.data | "\(.monitoring.purpose): \(.earlier | length): \(.earlier[0].purpose)"' \
    "To see something else: 1: To see whether the people taking part reflect the workforce and the city"
  ok equality status
  assert_line "To see whether the people taking part reflect the workforce and the city	Equality monitoring: Data Protection Act 2018, Schedule 1, paragraph 8	Workforce equality lead	12"
}

# ---- nothing that chooses people depends on it ----

# seen: everything that the program says about who is chosen, and how it ends; the number of changes to the store is left out.
seen() {
  local format status
  for format in table plain json jsonl csv tsv; do
    for call in "enrol list" "enrol show p1" "enrol show p7" "match propose" "match list" "match explain p1" "match explain m1" "match explain m2" \
      "cohort status" "person list" "report show progress" "survey list" "db status"; do
      status=0
      # shellcheck disable=SC2086
      mentor $call -f "$format" >out 2>err || status=$?
      echo "== $call -f $format: $status"
      cat out err
    done
  done | sed -E 's/"revision":[0-9]+,//'
  mentor match publish --yes 2>&1
  echo "== publish: $?"
  mentor match list -f csv
}

@test "whatever is answered for monitoring, people are listed, paired and told about in the same words" {
  with_cohort
  mentor enrol import "$EXAMPLES/manchester/applications.csv" >/dev/null
  mentor enrol list -f csv --fields email,role,name | tail -n +2 >people
  for side in mentor mentee; do
    grep ",$side," people | head -n 12 | cut -d, -f1 | xargs mentor enrol accept >/dev/null
  done
  mv test.db base.db
  cp base.db test.db
  seen >reference
  grep -q '^== match explain m1 -f table: 0' reference
  grep -q '^== match propose -f json: 0' reference
  [ "$(grep -c '^m[0-9]' reference)" -gt 4 ]
  local groups=(White "Another ethnic group" "Mixed or multiple ethnic groups" "I prefer not to say" "" "Black, Black British, Caribbean or African")
  local answers=(Yes No "" "I prefer not to say")
  cut -d, -f1 people >addresses
  for ((round = 1; round <= 20; round++)); do
    # the same answers, dealt out anew
    n=0
    while read -r address; do
      printf '"%s","%s"\n' "${groups[n % 6]}" "${answers[n++ % 4]}"
    done <addresses | shuf --random-source=<(yes "round $round") | paste -d, addresses - >rows
    { echo "Email,$GROUP,$DISABLED"; cat rows; } >in.csv
    cp base.db test.db
    mentor equality import in.csv >/dev/null
    if [ $((round % 5)) = 0 ]; then mentor equality withdraw p$round >/dev/null; fi
    [ "$(sqlite3 test.db 'SELECT count(*) FROM equality_answer')" -gt 10 ]
    sha256sum <rows >>dealt
    seen >now
    cmp reference now || fail "round $round: $(diff reference now | head -n 5)"
  done
  assert_equal "$(sort -u dealt | wc -l)" 20
}

@test "no other command has a column for it" {
  local noun verb
  # privacy retain says of how many people the answers are due for removal, and no more; report show has a part with what equality compare tells
  mentor schema -f plain | grep -v -e '^report.show$' -e '^programme' -e '^equality' -e '^help' -e '^error' -e '^privacy.retain' >documents
  [ "$(wc -l <documents)" -gt 30 ]
  while IFS=. read -r noun verb; do
    mentor schema "$noun${verb:+.$verb}"
  done <documents >schemas
  run grep -ciE 'ethnic|disab|equality' schemas
  assert_output 0
}
