#!/usr/bin/env bats
# ending.bats: shortlists, answers, gates of publishing, endings, replacements and what follows them, with the real program.
bats_require_minimum_version 1.5.0
load helpers

with_proposal() {
  with_people
  mentor match propose >/dev/null
}

with_published() {
  with_proposal
  mentor match publish >/dev/null
}

# choosing [KEY]: the people of the small world, in a programme where mentors (or KEY) have their say.
choosing() {
  with_store
  sed "s/^matching:/matching:\n  ${1:-mentors_choose}: yes/" "$EXAMPLES/manchester/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme manchester --title "Spring 2026" --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  person amira Housing mentor
  person ben Parks mentor
  person clara Parks mentee
  person david Housing mentee
  mentor match propose >/dev/null
}

# ---- choosing ----

@test "match shortlist lists whom a mentor could have, with reasons, and says what to do next" {
  with_people
  person eve Adults mentee
  ok match shortlist amira@example.org -f table
  assert_line --regexp '^no\. +person +name +% of full marks +because$'
  assert_line --regexp '^ *1 +p[0-9]+ +(Clara|Eve) +0 +no rule speaks against it$'
  refute_output --partial David
  assert_line "What the answer is: mentor match prefer p1 PERSON..."
  ok match shortlist amira@example.org -k 1 -f json
  json '.data | length' 1
  json '.data[0].rank' 1
}

@test "a shortlist never says who wants to be kept apart" {
  with_people
  mentor match avoid clara@example.org amira@example.org >/dev/null
  ok match shortlist amira@example.org -f json
  json '.data | length' 0
  ok match shortlist amira@example.org
  refute_output --partial Clara
}

@test "a shortlist for nobody, or for somebody who is no mentor, is refused" {
  with_people
  fails 4 match shortlist nobody@example.org
  fails 5 match shortlist clara@example.org
  [[ $stderr == *"Clara is not accepted as mentor"* ]]
}

@test "match accept is recorded once, and the pair stays in later proposals" {
  with_proposal
  before=$(fingerprint)
  ok match accept m1 --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok match accept m1
  assert_line "accepted pair m1 Amira and Clara"
  ok match accept m1 -f json
  json '.data[0].change' unchanged
  ok match list --pinned yes -f json
  json '[.data[].id] | join(" ")' m1
}

@test "match decline removes the pair and keeps the two apart, until it is taken back" {
  with_proposal
  before=$(fingerprint)
  ok match decline m1 --reason "We have met" --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok match decline m1 --reason "We have met"
  assert_line "declined pair m1"
  ok match decline m1 -f json
  json '.data[0].change' unchanged
  ok match propose -f json
  json '[.data.pairs[] | select(.mentor_name == "Amira")] | length' 0
  for format in json csv table; do # nobody is told why
    run mentor match list -f $format
    refute_output --partial "We have met"
  done
  ok match decline m1 --undo
  assert_line "undone pair m1"
  ok match propose -f json
  json '.data.pairs[] | select(.mentor_name == "Amira") | .mentee_name' Clara
}

@test "a pair that is published, or not there, is neither accepted nor declined" {
  with_published
  fails 5 match accept m1
  fails 5 match decline m1
  [[ $stderr == *"m1 is published already"* ]]
  fails 4 match decline m99
  fails 4 match decline clara@example.org
}

@test "where mentors have their say nothing is published without it, and everything missing is said at once" {
  choosing
  fails 5 match publish --yes -f json
  stderr_json=$stderr
  assert_equal "$(jq '.problems | length' <<<"$stderr_json")" 2
  assert_equal "$(jq -r '.problems[0].message' <<<"$stderr_json")" "m1 (Amira and Clara) cannot be published: Amira has not accepted it yet"
  assert_equal "$(jq -r '.problems[0].hint' <<<"$stderr_json")" "once that is known: mentor match accept m1"
  assert_equal "$(jq -r .state <<<"$stderr_json")" "nothing published"
  ok cohort status
  assert_output --partial "2 proposed pairs wait for the answer of the mentor"
  assert_output --partial "mentor match accept m1"
  mentor match accept m1 >/dev/null
  ok match publish m1 --yes
  assert_line "published pair m1 Amira and Clara"
  fails 5 match publish --yes
  [[ $stderr == *"m2 (Ben and David) cannot be published: Ben has not accepted it yet"* ]]
}

@test "where mentees have their say it is theirs that counts" {
  choosing mentees_choose
  mentor match accept m1 >/dev/null
  fails 5 match publish m1 --yes
  [[ $stderr == *"Clara has not accepted it yet"*"mentor match accept m1 --mentee"* ]]
  ok cohort status
  assert_output --partial "mentor match accept m1 --mentee"
  mentor match accept m1 --mentee >/dev/null
  ok match publish m1 --yes
}

@test "nothing reaches a partner before publishing" {
  choosing
  mentor match accept m1 >/dev/null
  fails 5 contract draft m1
  fails 5 log add m1 --date 2026-03-01 --minutes 60
  mentor enrol export accepted -f json >letters.json
  run jq -r '.data[] | select(.name == "Clara") | .text' letters.json
  assert_output --partial Clara
  refute_output --partial Amira
  run mentor report show progress -f html
  refute_output --partial Amira
}

# ---- publishing ----

@test "every reason against every pair is listed, and nothing is published" {
  with_proposal
  mentor person set clara@example.org --directorate Housing >/dev/null
  mentor enrol set ben@example.org --places 0 >/dev/null
  before=$(fingerprint)
  fails 5 match publish --yes
  [[ $stderr == *"of 2 pairs some cannot be published"* ]]
  [[ $stderr == *"it breaks the rule other-directorate: the same directorate: Housing"* ]]
  [[ $stderr == *"Ben has no place left"* ]]
  assert_equal "$(fingerprint)" "$before"
}

@test "two proposals for one mentee minutes apart: one place is one place" {
  with_proposal
  sqlite3 "$MENTOR_DB" "UPDATE pair SET mentee_id = (SELECT mentee_id FROM pair WHERE id = 1) WHERE id = 2;
    UPDATE person SET directorate = 'Adults' WHERE name = 'Clara'"
  fails 5 match publish --yes
  [[ $stderr == *"m2 (Ben and Clara) cannot be published: Clara has no place left"* ]]
  ok match publish m1 --yes
  fails 5 match publish --yes
  [[ $stderr == *"Clara has no place left"* ]]
}

@test "match publish takes some pairs, once, and says when one is not there" {
  with_proposal
  ok match publish m2 --yes
  assert_line "published pair m2 Ben and David"
  refute_output --partial m1
  ok match publish m2 --yes -f json
  json '.data | length' 0
  fails 4 match publish m99 --yes
  ok match list --state proposed -f json
  json '[.data[].id] | join(" ")' m1
}

# ---- endings ----

@test "a pair ends with a reason, a note that nobody else sees, and what was done stays" {
  with_pairs
  MENTOR_NOW=2026-04-30 mentor log add m1 --date 2026-04-20 --minutes 60 >/dev/null
  export MENTOR_NOW=2026-05-01
  before=$(fingerprint)
  ok match end m1 --reason time --yes --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok match end m1 --wish mentee --reason time --note "A hard year" --yes
  assert_line "ended pair m1 Amira and Clara"
  ok match end m1 --wish mentee --reason time --note "A hard year" --yes -f json
  json '.data[0].change' unchanged
  ok match show m1 -f json
  json '.data.ending[0] | "\(.wish) \(.reason) \(.note) \(.replacement) \(.apart)"' "mentee time A hard year none false"
  ok match list -f json
  refute_output --partial "hard year"
  for page in "report show progress -f html" "report show progress -f json" "contract show m1 -f json" "enrol export accepted -f json" "contract export m1 -f text"; do
    # shellcheck disable=SC2086
    run mentor $page
    refute_output --partial "hard year"
  done
  ok report show progress -f json
  json '.data.matching | "\(.active) \(.ended)"' "1 1"
  json '.data.commitment[] | select(.pair == "m1") | "\(.pace) \(.sessions) \(.minutes)"' "ended 1 60"
  fails 2 match end m2 --reason laziness
}

@test "three endings, and none of them reads like a failure" {
  with_published
  person eve Adults mentor
  mentor enrol withdraw eve@example.org >/dev/null # (a) during recruitment
  mentor match end m1 --yes >/dev/null             # (b) after the start
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  mentor cohort finish --now 2026-09-30 >/dev/null # (c) at the end
  export MENTOR_NOW=2026-10-01
  ok report show progress -f json
  json '.data.matching | "\(.completed) \(.ended) \(.left_over)"' "1 1 0"
  json '[.data.commitment[].pace] | unique | join(" ")' ended
  ok report show progress -f html
  refute_output --regexp '[Ff]ail|[Cc]ancel|[Ee]arly|[Bb]roken|unsuccessful'
}

@test "nobody is sought for unless asked: reserves first, then whoever has a place" {
  with_published
  person hal Adults mentor
  ok match end m1 --yes -f table
  assert_line --partial "If one of the two would like another partner: mentor match replace p"
  ok match propose -f json
  json '.data.pairs | length' 0
  ok match end m1 --replacement mentee --yes
  assert_line "changed pair m1 Amira and Clara"
  mentor cohort close >/dev/null
  ok cohort status
  assert_output --partial "1 person would like another partner, and a reserve suits"
  assert_output --partial "mentor match replace p3"
  before=$(fingerprint)
  ok match replace clara@example.org --dry-run
  assert_equal "$(fingerprint)" "$before"
  ok match replace clara@example.org -f json
  json '.data.replacement | "\(.partner_name) \(.reserve) \(.pair)"' "Hal true m3"
  ok match replace clara@example.org -f json
  json '.data.replacement.unchanged' true
  ok match list --state active -f json
  json '[.data[].id] | join(" ")' m2
  ok cohort status
  refute_output --partial "another partner"
  ok match publish m3 --yes
}

@test "match replace says why nobody suits, and remembers that somebody is wanted" {
  with_published
  mentor match end m1 --yes --replacement mentor >/dev/null
  ok match replace amira@example.org -f table
  assert_output --partial "Amira has no partner"
  assert_output --partial "Nobody suits now"
  mentor cohort close >/dev/null
  ok cohort status
  assert_output --partial "1 person would like another partner"
  refute_output --partial "a reserve suits"
  fails 5 match replace ben@example.org
  [[ $stderr == *"Ben has no place left"* ]]
}

@test "two who are never to be paired again are not, in the next cohort either" {
  with_published
  ok match end m1 --apart --yes
  ok match avoidances -f json
  json '[.data[] | "\(.said_by)"] | join(" ")' team
}

@test "an end by mistake is taken back within a week" {
  with_published
  fails 4 match reopen m9
  mentor match end m1 --yes --apart --reason time >/dev/null
  ok match reopen m1
  assert_line "reopened pair m1 Amira and Clara"
  ok match reopen m1 -f json
  json '.data[0].change' unchanged
  ok match show m1 -f json
  json '.data | "\(.pair.state) \(.pair.ended_on) \(.ending | length)"' "active null 0"
  ok match avoidances -f json
  json '.data | length' 0
  mentor match end m1 --yes >/dev/null
  fails 5 match reopen m1 --now 2026-03-12
  [[ $stderr == *"it ended more than a week ago"* ]]
}

@test "a pair that goes on after its cohort is recorded, listed, and asked for nothing" {
  with_published
  fails 5 match continue m1
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  mentor cohort finish >/dev/null
  ok match continue m1
  assert_line "continued pair m1 Amira and Clara"
  ok match continue m1 -f json
  json '.data[0].change' unchanged
  ok match list --state completed -f json
  json '[.data[] | .continued_on] | join(" ")' "2026-03-02 "
  ok report show progress -f json
  json '.data.matching.continued' 1
  ok cohort status -f json
  json '[.data.todo[]? | select(.command | contains("m1"))] | length' 0
  ok match continue m1 --undo
  assert_line "undone pair m1 Amira and Clara"
}
