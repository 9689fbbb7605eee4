# person.bats: people across cohorts: their addresses, their line managers, what they are where, and two records that become one.
load helpers

# Ann with a former address, and cohorts spring (open) and autumn (open).
with_ann() {
  with_cohort
  mentor cohort add autumn --programme manchester --starts-on 2026-10-01 >/dev/null
  mentor cohort open autumn >/dev/null
  mentor person add --name "Ann Lee" --email ann@example.org >/dev/null
  mentor person set p1 --email ann.lee@example.org >/dev/null
}

says() {
  assert_equal "$stderr" "$(printf '%s\n' "$@")"
}

@test "every form of an address finds its one person" {
  with_store
  ok person add --name "Zoë" --email 'ZOË@Example.org'
  ok person add --name "Zoë" --email "$(printf 'zoe\u0308@example.org')"
  assert_output "unchanged person p1 Zoë"
  ok person add --name "Zoë" --email "$(printf '\uff3a\uff2f\uff25\u0308\uff20example\uff0eorg')"
  assert_output "unchanged person p1 Zoë"
  ok person show 'zoË@EXAMPLE.ORG' -f json
  json '.data.person | "\(.id) \(.email)"' "p1 zoë@example.org"
}

@test "hostile names get a message that says what is wrong with them, and ordinary ones in any script do not" {
  with_store
  refused 2 person add --email eve@example.org --name "$(printf 'Eve\u202eevE')"
  says "mentor: person add: --name: the text holds an invisible character that turns the direction of writing" \
    "hint: remove it: it can make one name look like another" "nothing changed"
  refused 2 person add --email eve@example.org --name "$(printf 'Eve\u2066')"
  refused 2 person add --email "$(printf 'e\u202eve@example.org')" --name Eve
  refused 2 person add --email eve@example.org --name $'Eve\a'
  says "mentor: person add: --name: the text holds a control character" "hint: remove it, or write it as a space" "nothing changed"
  refused 2 person add --email eve@example.org --name $'Eve\nAdams'
  refused 2 person add --email eve@example.org --name "$(printf 'Eve\u0085')"
  refused 2 person add --email eve@example.org --name $'Eve\xff'
  refused 2 person add --email eve@example.org --name "$(printf '%010000d' 0)"
  says "mentor: person add: --name: the text is 10000 bytes long, at most 1000 are kept" "nothing changed"
  refused 2 person add --email "$(printf '%010000d' 0)@example.org" --name Eve
  for name in "Eve 🦋 Adams" "$(printf '\U1f468\u200d\U1f469')" "مريم" "Nguyễn Thị" "O'Neill; DROP TABLE person" "=1+1" "王芳"; do
    ok person add --name "$name" --email "x$((n += 1))@example.org"
    ok person show "x$n@example.org" -f json
    json .data.person.name "$name"
  done
}

@test "a former address still finds the person, who is listed by it, and nobody else can take it" {
  with_ann
  ok person show ann@example.org
  assert_line "addresses	ann@example.org"
  ok person show p1 -f json
  json '.data.person | "\(.email) \(.addresses | join(" "))"' "ann.lee@example.org ann@example.org"
  ok person list --email ANN@example.org -f csv --fields id,email,addresses
  assert_output "id,email,addresses
p1,ann.lee@example.org,ann@example.org"
  ok person list --email nobody@example.org
  assert_output ""
  refused 5 person add --name Bob --email ann@example.org
  says "mentor: person add: ann@example.org is another address of Ann Lee (p1)" "hint: see: mentor person show p1" "nothing changed"
  ok person add --name Bob --email bob@example.org
  refused 5 person set p2 --email Ann@example.org
  says "mentor: person set: ann@example.org is another address of Ann Lee (p1)" "hint: see: mentor person show p1" "nothing changed"
  ok person set ann@example.org --email ann@example.org
  assert_output "changed person p1 Ann Lee"
  ok person set p1 --email ann@example.org
  assert_output "unchanged person p1 Ann Lee"
  ok db check
}

@test "applications and survey answers that come with a former address are the person's own" {
  with_ann
  cat >form.csv <<'END'
ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,How would you like to meet?
1,01/03/2026 09:00,Ann@example.org,Ann Lee,I would like to be mentored,Housing,Officer,Director,,Language and culture;,Online
END
  ok -c spring enrol import form.csv
  assert_output "added p1 Ann Lee row 1: now recorded: directorate; job; grade"
  ok -c spring enrol import form.csv
  assert_output "unchanged p1 Ann Lee"
  ok person list -f csv --fields id
  assert_output "id
p1"
  ok -c spring enrol accept ann@example.org
  ok -c spring survey results mentee before -f json
  jq -r '.data.questions as $q | (["ID", "Your work e-mail address"] + [$q[].text] | @csv),
    ([1, "ann@example.org"] + [$q[].kind | {scale: 3, "yes-no": "yes", text: "x"}[.]] | @csv)' <<<"$output" >before.csv
  ok -c spring survey import mentee before before.csv
  sed -i '2s/ann@example.org/p1/' before.csv
  fails 3 -c spring survey import mentee before before.csv
  assert_equal "$(head -1 <<<"$stderr")" "mentor: survey import: before.csv row 1 (line 2), \"Your work e-mail address\": nobody in this cohort has the address 'p1'"
}

@test "a line manager goes by reference or by address, and is shown by name" {
  with_ann
  ok person add --name Bob --email bob@example.org --manager-email p1
  ok person add --name Bob --email bob@example.org --manager-email ann@example.org
  assert_output "unchanged person p2 Bob"
  ok person show p2 -f json
  json '.data.person | "\(.manager_email) \(.manager_name)"' "ann.lee@example.org Ann Lee"
  ok person show p2
  assert_line --regexp '^manager_name.*Ann Lee$'
  for manager in p1 ann@example.org ANN.LEE@example.org; do
    ok person list --manager-email $manager -f csv --fields id
    assert_output "id
p2"
  done
  ok person set p1 --email lee@example.org
  ok person show p2 -f json
  json .data.person.manager_email lee@example.org
  ok person set p2 --manager-email boss@example.org
  ok person show p2 -f json
  json '.data.person | "\(.manager_email) \(.manager_name)"' "boss@example.org null"
  ok person set p2 --manager-email ''
  ok person show p2 -f json
  json .data.person.manager_email null
  refused 4 person set p2 --manager-email p9
  says "mentor: person set: --manager-email: there is no person 'p9'" \
    "hint: people go by reference (p12) or address; mentor person list shows them" "nothing changed"
  refused 2 person set p2 --manager-email boss
  refused 3 person set p2 --manager-email p2
  says "mentor: person set: nobody is her or his own line manager" "hint: leave it empty where there is no line manager" "nothing changed"
  refused 3 person set p1 --manager-email ann@example.org
}

@test "line managers in a circle hold nothing up, and keep their people apart" {
  with_people
  ok person set amira@example.org --manager-email clara@example.org
  ok person set clara@example.org --manager-email amira@example.org
  ok match propose
  ok match list -f json
  json '[.data[] | select(.mentor_name == "Amira" and .mentee_name == "Clara")] | length' 0
  ok db check
}

@test "a line manager named by a former address is recognised when pairs are proposed" {
  with_cohort
  person amira Housing mentor clara
  person clara Parks mentee
  ok match propose -f json
  json '.data.pairs | length' 0
  ok person set clara@example.org --email clara.b@example.org
  sqlite3 "$MENTOR_DB" "UPDATE person SET manager_email = 'clara@example.org' WHERE name = 'Amira'"
  ok match propose -f json
  json '.data.pairs | length' 0
}

@test "person show says in which cohorts somebody is, and as what" {
  with_ann
  ok person show p1 -f json
  json '.data.cohorts | length' 0
  ok -c spring enrol add p1 --role mentor
  ok -c spring enrol accept p1
  ok -c autumn enrol add ann@example.org --role facilitator
  ok person show p1 -f json
  json '[.data.cohorts[] | "\(.cohort) \(.role) \(.state)"] | sort | join(", ")' "autumn facilitator applied, spring mentor accepted"
  ok person show p1
  assert_line "autumn	facilitator	applied"
  assert_line "spring	mentor	accepted"
  ok person show p1 -f csv --fields id,name
  assert_output "id,name
p1,Ann Lee"
}

# p1 Ann, accepted in spring; p2 Anne, who facilitates autumn and manages p3 Bob.
with_two_records() {
  with_ann
  mentor -c spring enrol add p1 --role mentor >/dev/null
  mentor -c spring enrol accept p1 >/dev/null
  mentor person add --name "Anne Lee" --email anne@example.org --grade Director --job Planner --manager-email p1 >/dev/null
  mentor -c autumn enrol add p2 --role facilitator >/dev/null
  mentor person add --name Bob --email bob@example.org --manager-email p2 >/dev/null
}

@test "person merge makes one record of two, says what it did, and is unchanged when run again" {
  with_two_records
  local before moved="moved enrolment n2 autumn
added address anne@example.org
changed person p3 Bob
removed person p2 Anne Lee
merged person p1 Ann Lee"
  before=$(fingerprint)
  ok person merge p1 p2 --dry-run
  assert_output "$moved
dry run: nothing has been changed"
  assert_equal "$(fingerprint)" "$before"
  ok person merge p1 p2
  assert_output "$moved"
  ok person show anne@example.org -f json
  json '.data.person | "\(.id) \(.name) \(.email) \(.grade) \(.job) \(.manager_email)"' "p1 Ann Lee ann.lee@example.org Director Planner null"
  json '.data.person.addresses | join(" ")' "ann@example.org anne@example.org"
  json '[.data.cohorts[] | "\(.cohort) \(.role)"] | sort | join(", ")' "autumn facilitator, spring mentor"
  ok person show p3 -f json
  json '.data.person | "\(.manager_email) \(.manager_name)"' "ann.lee@example.org Ann Lee"
  before=$(fingerprint)
  ok person merge p1 anne@example.org
  assert_output "unchanged person p1 Ann Lee"
  ok person merge p1 anne@example.org -f json
  json '.data[] | "\(.change) \(.kind) \(.reference)"' "unchanged person p1"
  refused 4 person merge p1 p2
  says "mentor: person merge: there is no person 'p2'" "hint: people go by reference (p12) or address; mentor person list shows them" "nothing changed"
  assert_equal "$(fingerprint)" "$before"
  ok db check
}

@test "person merge takes several duplicates, all or none" {
  with_two_records
  refused 4 person merge p1 p2 p9
  ok person merge p1 p2 bob@example.org
  assert_line "merged person p1 Ann Lee"
  ok person list -f csv --fields id,manager_email
  assert_output "id,manager_email
p1,"
  refused 2 person merge p1
  refused 4 person merge p9 p1
}

@test "person merge joins two applications to one cohort, and refuses where both count" {
  with_two_records
  ok -c spring enrol add p2 --role mentor
  ok -c spring enrol accept p2
  refused 5 person merge p1 p2
  says "mentor: person merge: p1 and p2 both have a place, or wait for one, in the cohort 'spring'" \
    "hint: decide which application counts, and decline the other: mentor enrol decline p2 --cohort spring" "nothing changed"
  ok enrol decline p2 --cohort spring
  ok person merge p1 p2
  assert_line "joined enrolment n1 spring"
  ok person show p1 -f json
  json '[.data.cohorts[] | "\(.cohort) \(.state)"] | sort | join(", ")' "autumn applied, spring accepted"
}

@test "person merge refuses two people who are a pair" {
  with_pairs
  refused 5 person merge p1 p3
  says "mentor: person merge: p1 and p3 are pair m1, so they are two people" \
    "hint: if only the address of one of them is wrong, change it: mentor person set p3 --email ADDRESS" "nothing changed"
}

@test "person merge asks on a terminal" {
  with_two_records
  local before
  before=$(fingerprint)
  run script -qec 'mentor person merge p1 p2' /dev/null <<<n
  assert_failure
  assert_output --partial "Merge them? [y/N]"
  assert_equal "$(fingerprint)" "$before"
  run script -qec 'mentor person merge p1 p2 --no-input' /dev/null </dev/null
  assert_failure
  run script -qec 'mentor person merge p1 p2 --yes' /dev/null </dev/null
  assert_success
  refute_output --partial "[y/N]"
}
