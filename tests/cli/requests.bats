# requests.bats: what people ask of their data and complain of, with the days of the law; and a trail whose oldest part goes with a note.
load helpers

@test "a complaint is recorded, due in thirty days, told of in status and today, and cleared by the command that is named" {
  with_people
  ok privacy request amira@example.org --for complaint --about "A letter to the wrong address" --on 2026-02-20
  assert_output 'added request q1 Amira'
  ok privacy request p1 --for complaint --about "A letter to the wrong address" --on 2026-02-20
  assert_output 'unchanged request q1 Amira'
  ok privacy requests -f json
  json '.data[0] | "\(.id) \(.person) \(.kind) \(.next) \(.due) \(.overdue)"' 'q1 p1 complaint acknowledge 2026-03-22 false'
  fails 8 privacy check
  assert_regex "$stderr" 'the complaint q1 of p1, which came on 2026-02-20, has to be acknowledged by 2026-03-22'
  ok cohort status -f json
  json '[.data.todo[] | select(.stage == "privacy") | "\(.what): \(.command)"] | join("; ")' '1 complaint is to be acknowledged: mentor privacy handle q1 --as acknowledged'
  MENTOR_NOW=2026-03-23 ok today -f json
  json '[.data[] | select(.what | contains("complaint")) | "\(.urgency) \(.what)"] | join("; ")' 'overdue 1 complaint was not acknowledged in time'
  ok privacy handle q1 --as acknowledged
  ok privacy requests --open -f json
  json '.data[0] | "\(.next) \(.due)"' 'answer null'
  ok privacy handle q1 --as answered
  ok privacy check
  ok cohort status -f json
  json '[.data.todo[] | select(.stage == "privacy")] | length' 0
  ok privacy requests --open
  assert_output ""
  ok privacy export p1
  assert_output --partial $'Requests and complaints about data\t1\tabout\tA letter to the wrong address'
  ok privacy audit -f json
  json '[.data.entries[].command] | index("privacy request") != null' true
  refute_output --partial letter
  ok db check
}

@test "an export is due when the request that is recorded is" {
  with_people
  ok privacy request p1 --for access --on 2026-02-10
  ok privacy handle q1 --as extended
  ok privacy export p1 -f json
  json .data.request.answer_by 2026-05-10
  ok privacy export p1 --asked-on 2026-01-31 -f json
  json .data.request.answer_by 2026-02-28
}

@test "what cannot be is refused in one line, with a way forward, and changes nothing" {
  with_people
  ok privacy request p1 --for access
  before=$(fingerprint)
  fails 2 privacy request p1
  fails 2 privacy request p1 --for money
  fails 3 privacy request p1 --for access --on 2031-01-01
  fails 4 privacy request p99 --for access
  fails 4 privacy handle q9 --as answered
  fails 3 privacy handle q1 --as answered --on 2026-03-01
  fails 5 privacy erase p1
  [[ $stderr == *"mentor privacy handle q1 --as answered"* ]]
  ok privacy handle q1 --as answered --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok privacy handle q1 --as withdrawn
  fails 5 privacy handle q1 --as acknowledged
  [[ $stderr == *"mentor privacy handle q1 --as reopened"* ]]
}

@test "the oldest part of the trail goes when its time is over, with a note, and the rest is verified from there" {
  with_people
  head=$(mentor privacy audit --verify -f json | jq -r .data.trail.head)
  entries=$(mentor privacy audit -f json | jq .data.trail.entries)
  for year in 2030 2031; do MENTOR_NOW=$year-01-01 mentor person set p1 --job "Job $year" >/dev/null; done
  export MENTOR_NOW=2032-06-01
  fails 8 privacy check
  [[ $stderr == *"the oldest entries of the trail of changes"* ]]
  ok privacy retain -f json
  json '.data[] | select(.what == "audit") | "\(.cohort) \(.due) \(.number) \(.change)"' "null 2032-03-02 $entries due"
  ok privacy retain --apply
  ok privacy check
  ok privacy audit --verify -f json
  json '.data.removed[] | "\(.entries) \(.last) \(.cut_at)"' "$entries $entries 2032-06-01T12:00:00Z"
  json '.data.trail | "\(.entries) \(.verified)"' "$((entries + 3)) true"
  json '.data.entries | length' 3
  ok privacy audit --head "$head"
  ok db check
  ok db export -o lines.jsonl
  ok db import lines.jsonl --db other.db
  ok privacy audit --verify --head "$head" --db other.db
  # with tools of others: not one more, not one less
  run sqlite3 "$MENTOR_DB" "DELETE FROM audit WHERE id = $((entries + 1))"
  assert_failure
  run sqlite3 "$MENTOR_DB" "DELETE FROM audit_cut"
  assert_failure
  sqlite3 "$MENTOR_DB" "DROP TRIGGER audit_cut_fixed; UPDATE audit_cut SET entries = entries - 1"
  fails 8 privacy audit --verify
  [[ $stderr == *"which were removed from the trail of changes, is not as it was written"* ]]
}
