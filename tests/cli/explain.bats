# explain.bats: why a pair is proposed, why someone has a partner or none and what would help, and trying a change without storing it.
bats_require_minimum_version 1.5.0
load helpers

with_proposal() {
  with_people
  mentor match propose >/dev/null
}

# Two mentors for one mentee: Ben is left over, and Eve, who is mentored, waits.
with_somebody_left() {
  with_cohort
  person amira Housing mentor
  person ben Housing mentor
  person clara Parks mentee
  person david Housing mentee
  person eve Parks mentee
  mentor enrol wait eve@example.org >/dev/null
  mentor match propose >/dev/null
  read -r left name < <(mentor match propose -f json | jq -r '.data.left[] | select(.role == "mentor") | "\(.person) \(.name)"')
}

@test "match explain gives every rule of a pair in words" {
  with_proposal
  ok match explain m1 -f json
  json .data.subject.name "Amira and Clara"
  json '[.data.rules[] | "\(.rule) \(.held)"] | join(", ")' "other-directorate true, line-management true, new-pair true, available true"
  json '.data.rules[0].text' "different directorate: Housing; Parks"
  json '([.data.scores[].share] | add) == .data.subject.score' true
  json '.data.sentences[0].text' "The pair keeps every hard rule"
  json '.data.ruled_out | length' 0
  json '.data | keys_unsorted | join(" ")' "subject sentences help rules ruled_out scores"
}

@test "match explain of a pair says the verdict, then the rules" {
  with_proposal
  ok match explain m1 -f table
  assert_equal "$output" "about  Amira and Clara

The pair keeps every hard rule
By the programme it is a reverse pair: Amira is the mentor, Clara the mentee
The soft rules give it 0 of 6000 points (0%)
The rules allow no other mentee with Amira
The rules allow no other mentor with Clara
Pairs are chosen for everybody together, in this order: as many pairs as possible, then the most points in all; between equals the choice is arbitrary, but the same every time

Hard rules
rule              held because
other-directorate yes  different directorate: Housing; Parks
line-management   yes  no line manager is recorded for Amira or Clara, so neither is known to be above the other
new-pair          yes  Amira and Clara have not been paired in this cohort before
available         yes  available to each other

Soft rules
rule          points weight share   of because
shared-topics      0      5     0 5000 topics: not available for Amira and Clara
same-meeting       0      1     0 1000 meeting: not available for Amira and Clara"
}

@test "match explain of a person says what came of it, then what each rule ruled out, and nothing empty" {
  with_people
  person fay Housing mentee amira
  mentor enrol set ben@example.org --places 0 >/dev/null
  ok match explain fay@example.org -f table
  assert_equal "$output" "about  Fay

Fay has no partner
1 of 2 mentors was possible
Ben was possible (0 points with Fay) but offers no places
Fay could have a partner, and nobody would lose one, after the change below; or with one more mentor whom the rules allow with Fay

What would help, the smallest change first
change                                 to try it
one more place for Ben: 1 instead of 0 mentor match what-if --places p2=1

Ruled out by hard rules
rule              ruled out only this rule
other-directorate         1              0
line-management           1              0
new-pair                  0              0
available                 0              0"
}

@test "match explain tells someone left over who competes for what" {
  with_people
  person eve Parks mentor
  mentor match propose >/dev/null
  who=$(mentor match propose -f json | jq -r '.data.left[0].person')
  ok match explain "$who"
  assert_line --partial "2 mentors compete for 1 place: Ben and Eve for David"
  assert_line --partial "David was possible (0 points with "
  ok match explain "$who" -f json
  json '"\(.data.subject.considered) \(.data.subject.possible) \(.data.subject.partners)"' "2 1 0"
  json '.data.ruled_out[0] | "\(.rule) \(.removed) \(.only)"' "other-directorate 1 1"
  json '.data.rules | length' 0
}

@test "match explain takes an address and says when a rule leaves nobody" {
  with_people
  person fay Housing mentee amira
  mentor enrol set ben@example.org --places 0 >/dev/null
  mentor match propose >/dev/null
  ok match explain fay@example.org
  assert_line "Fay has no partner"
  assert_line "1 of 2 mentors was possible"
  fails 4 match explain nobody@example.org
}

@test "match explain of someone who only applied says so" {
  with_people
  mentor person add --name Gil --email gil@example.org --directorate Adults >/dev/null
  mentor enrol add gil@example.org --role mentor >/dev/null
  ok match explain gil@example.org
  assert_line "Gil is not matched: the application waits for a decision, and only accepted people are"
}

@test "match explain tells someone left over what would help, the smallest change first, and how to try it" {
  with_somebody_left
  ok match explain "$left" -f table
  assert_line "$name could have a partner, and nobody would lose one, after any one of the changes below; or with one more mentee whom the rules allow with $name"
  assert_equal "$(sed -n '/^What would help/,/^$/p' <<<"$output" | sed 's/  *mentor match/ | mentor match/')" \
    "What would help, the smallest change first
change                                                                   to try it
let $name be paired with David, although that breaks other-directorate | mentor match what-if --with-pair $left,p4
one more place for Clara: 2 instead of 1 | mentor match what-if --places p3=2
accept Eve, who is on the waiting list | mentor match what-if --accept p5
drop the rule other-directorate for everybody, which allows 2 more pairs | mentor match what-if --without other-directorate"
  ok match explain "$left" -f json
  json '[.data.help[] | "\(.kind) \(.sure)"] | join(",")' "with-pair true,places true,accept true,without true"
}

@test "every command that match explain names does what it says" {
  with_somebody_left
  mapfile -t commands < <(mentor match explain "$left" -f json | jq -r '.data.help[].command')
  assert_equal "${#commands[@]}" 4
  before=$(fingerprint)
  for command in "${commands[@]}"; do
    read -ra words <<<"$command"
    ok "${words[@]:1}" -f json
    json ".data.people | any(.change == \"matched\" and .person == \"$left\")" true
    json '.data.people | any(.change == "left over")' false
    json '[.data.outcomes[].pairs] | join(" ")' "1 2"
  done
  assert_equal "$(fingerprint)" "$before"
}

@test "match what-if says what would be different, in numbers too, and how to do it for good" {
  with_somebody_left
  ok match what-if --places clara@example.org=2 -f table
  assert_equal "$(tr -s ' ' <<<"$output")" "Pairs
change mentor mentee score % of full marks
gained $name Clara 0 0

People
change person name role
matched $left $name mentor

In numbers
proposal pairs mentors left over mentees left over total average % of full marks least
present 1 1 1 0 0 0
tried 2 0 1 0 0 0

This was tried and not stored
To give the places: mentor enrol set p3 --places 2"
  matched=$(mentor match list -f json | jq -r '.data[0].mentor')
  ok match what-if --without-person "$matched" -f table
  assert_line "To do without the person: mentor enrol withdraw $matched"
}

@test "match what-if takes an option several times, and several of them" {
  with_somebody_left
  ok match what-if --without other-directorate --without line-management --accept p5 --places p3=2 --places p4=3 -f json
  json '.data.outcomes[1] | "\(.pairs) \(.mentors_left) \(.mentees_left)"' "2 0 1"
  ok match what-if --with-pair p1,p4 --with-pair p2,p4 -f json
  json '.data.outcomes[1].pairs' 2
  ok match what-if --without "other-directorate;line-management" -f json
  json '.data.outcomes[1].pairs' 2
}

@test "match what-if of nothing says that nothing would change, and of a cohort without proposal that all is gained" {
  with_somebody_left
  ok match what-if -f table
  assert_line "No pair would change"
  refute_line "Pairs"
  ok match what-if -f json
  json '.data.pairs | length' 0
  sqlite3 "$MENTOR_DB" "DELETE FROM pair"
  ok match what-if -f table
  assert_line "Nothing is proposed yet, so every pair is gained"
}

@test "match what-if of an empty cohort has nothing to say" {
  with_cohort
  ok match what-if -f json
  json '.data.outcomes | map(.pairs) | join(" ")' "0 0"
  json '.data.people | length' 0
}

@test "match what-if lets go of a pin, and only of one" {
  with_somebody_left
  mentor match pin m1 >/dev/null
  ok match what-if --unpin m1 -f table
  assert_line "No pair would change"
  mentor match pin m1 --off >/dev/null
  fails 5 match what-if --unpin m1
  assert_equal "$(head -1 <<<"$stderr")" "mentor: match what-if: m1 is not pinned"
}

@test "match what-if says what is wrong with a change" {
  with_somebody_left
  fails 2 match what-if --places p3
  assert_equal "$stderr" "mentor: match what-if: 'p3' has not two parts with = between
hint: write it as PERSON=N"
  fails 2 match what-if --places p3=many
  fails 2 match what-if --with-pair p3
  fails 4 match what-if --places p99=2
  fails 4 match what-if --without other-directorat
  assert_equal "$stderr" "mentor: match what-if: the programme has no hard rule 'other-directorat'
hint: there are: other-directorate, line-management"
  fails 5 match what-if --accept p1
  fails 4 match what-if --unpin m99
  fails 5 match what-if --with-pair p1,p2
  fails 4 -c sprung match what-if
}

@test "neither match explain nor match what-if tells that two are kept apart" {
  with_people
  mentor match avoid amira@example.org clara@example.org --reason "a matter of the past" >/dev/null
  mentor match propose >/dev/null
  for call in "explain amira@example.org" "explain clara@example.org" "what-if --with-pair p1,p3"; do
    read -ra words <<<"$call"
    ok match "${words[@]}"
    refute_output --regexp "(avoid|apart|past)"
    ok match "${words[@]}" -f json
    refute_output --regexp "(avoid|apart|past)"
  done
  json '[.data.pairs[] | select(.change == "gained")] | length' 0
}
