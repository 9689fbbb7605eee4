# objections.bats: what people object to stops at once, and the register of processing says why it was done.
load helpers
load remind

@test "an objection is recorded, answered, lifted, and told to the person" {
  with_people
  ok privacy object amira@example.org --to reminders --on 2026-02-20
  assert_output 'objects person p1 Amira'
  ok privacy object p1 --to reminders
  assert_output 'unchanged person p1 Amira'
  fails 8 privacy check
  assert_regex "$stderr" 'p1 objected to reminders on 2026-02-20 and has to be answered by 2026-03-20'
  ok privacy objections -f json
  json '.data[0] | "\(.person) \(.purpose) \(.objected_on) \(.answer_by)"' 'p1 reminders 2026-02-20 2026-03-20'
  ok privacy object p1 --to reminders --answered
  ok privacy objections -f json
  json '.data[0].answer_by' null
  ok privacy export p1
  assert_output --partial $'Objections\t1\tpurpose\treminders'
  ok privacy object p1 --to reminders --lift
  ok privacy objections
  assert_output ""
  fails 5 privacy object p1 --to reminders --answered
  fails 2 privacy object p1 --to letters
  fails 2 privacy object p1
  fails 2 privacy object p1 --to surveys --lift --answered
  fails 3 privacy object p1 --to surveys --on 2031-01-01
  fails 4 privacy object p99 --to surveys
}

@test "no reminder goes to whoever objects, and the partner still has one" {
  with_reminders
  ok remind due -f json
  json '[.data.due[] | select(.state == "new")] | length' 4
  ok privacy object ann@example.org --to reminders
  ok remind due -f json
  json '[.data.due[] | select(.state == "held") | .name] | join(",")' Ann
  json '[.data.due[] | select(.state == "new")] | length' 3
  ok remind run --transport mbox:out
  assert_equal "$(grep -c '^To:' out) $(grep -c '^To:.*ann@' out)" "3 0"
}

@test "pairs are made as if nothing were known of whoever objects to that" {
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo
contact: { email: team@example.org }
contract: { purpose: We learn. }
application:
  columns:
    email: { header: Email }
    name: { header: Name }
    role: { header: Role, values: { A: mentor, B: mentee } }
    faith: { header: Faith }
privacy:
  fields:
    faith: { purpose: Pairing across faiths, basis: Explicit consent, seen_by: Team, months: 3 }
matching:
  scores:
    faiths: { score: different, field: faith, weight: high }
YAML
  with_store
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  printf 'Email,Name,Role,Faith\nann@example.org,Ann,A,one\nbob@example.org,Bob,B,two\n' >in.csv
  mentor enrol import in.csv >/dev/null
  mentor enrol accept ann@example.org >/dev/null
  mentor enrol accept bob@example.org >/dev/null
  assert_equal "$(mentor match propose -n -f json | jq '.data.pairs[0].score')" 5000
  mentor privacy object bob@example.org --to matching >/dev/null
  assert_equal "$(mentor match propose -n -f json | jq '.data.pairs[0].score')" 0
  mentor privacy object bob@example.org --to matching --lift >/dev/null
  assert_equal "$(mentor match propose -n -f json | jq '.data.pairs[0].score')" 5000
}

@test "what needs a consent is not stored of who has not given it" {
  cat >programme.yaml <<'YAML'
programme: demo
title: Demo
contact: { email: team@example.org }
contract: { purpose: We learn. }
application:
  columns:
    email: { header: Email }
    name: { header: Name }
    role: { header: Role, values: { A: mentor, B: mentee } }
    faith: { header: Faith }
    agreed: { header: Agreed, values: { Yes: yes, No: no } }
    hope: { header: Hope }
privacy:
  fields:
    faith: { purpose: Pairing across faiths, basis: Explicit consent, consent: agreed, seen_by: Team, months: 3 }
    agreed: { purpose: Showing who agreed, basis: Legal obligation, seen_by: Team, months: 3 }
YAML
  with_store
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme demo --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  printf 'Email,Name,Role,Faith,Agreed,Hope\nann@example.org,Ann,A,kept,Yes,a\nbob@example.org,Bob,B,zzrefused,No,b\ncat@example.org,Cat,B,zzsilent,,c\n' >in.csv
  ok enrol import in.csv
  run grep -c -a -e zzrefused -e zzsilent "$MENTOR_DB"
  assert_output 0
  assert_equal "$(sqlite3 "$MENTOR_DB" "SELECT group_concat(value, ' ') FROM (SELECT value FROM answer ORDER BY enrolment_id, question)")" "yes kept a no b c"
  # the same file again says nothing new; who agrees afterwards is taken at her word
  ok enrol import in.csv -f json
  json '[.data[].change] | unique | join(" ")' unchanged
  sed -i 's/zzsilent,,/zzsilent,Yes,/' in.csv
  ok enrol import in.csv -f json
  json '.data[2].filled | join(" ")' "faith agreed"
}

@test "the register of processing prints as a page, and has nobody's data in it" {
  with_people
  ok privacy register -f html -o register.html
  grep -q 'Choosing who takes part' register.html
  grep -q 'after the cohort has ended' register.html
  run grep -ciE 'amira|ben@' register.html
  assert_output 0
  ok privacy register -f md
  assert_output --partial 'Legitimate interests'
  ok privacy register -f json
  json '.data.purposes | length >= 6' true
}
