#!/usr/bin/env bats
# south-west.bats: the facts of a regional academy's programme that hold already; ids as in the list of facts.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets stderr; each test is a world of its own
bats_require_minimum_version 1.5.0
load ../cli/helpers

# The programme without what its roles ask of people before they are accepted, and a cohort that closes on 17 June 2022.
with_region() {
  export MENTOR_NOW=2022-05-02
  with_store
  awk '/^[a-z]/ { skip = /^roles:/ } !skip' "$EXAMPLES/south-west/programme.yaml" >programme.yaml
  mentor programme import programme.yaml >/dev/null
  mentor cohort add region-1 --programme south-west --title "First cohort" --opens-on 2022-05-02 --closes-on 2022-06-17 --starts-on 2022-07-19 >/dev/null
  mentor cohort open region-1 --override "Settled on paper" >/dev/null
  export MENTOR_COHORT=region-1
}

# interest NAME: an expression of interest, today.
interest() {
  mentor person add --name "${1^}" --email "$1@example.org" --organisation "Trust $1" >/dev/null
  mentor enrol add "$1@example.org" --role mentor >/dev/null
}

@test "W3: what comes after 17 June is kept for the next cohort, and the person is told so" {
  with_region
  MENTOR_NOW=2022-06-17 interest amira
  MENTOR_NOW=2022-06-18 interest ben
  export MENTOR_NOW=2022-06-20
  ok enrol list -f json
  json '.data[].name' Amira
  ok enrol export late -f json
  json '.data[] | "\(.name) \(.cohort) \(.closes_on)"' "Ben First cohort 17 June 2022"
  json '.data[].text | contains("came after 17 June 2022. It is not lost: we keep it for the next cohort")' true
  ok enrol told late
  assert_output "told person p2 Ben"
  ok enrol export late -f json
  json '.data | length' 0
  next=$(mentor cohort list -f json | jq -r '.data[].slug | select(. != "region-1")')
  ok enrol show -c "$next" ben@example.org -f json
  json '.data.enrolment | "\(.outcome) \(.origin_cohort) \(.told) \(.told_on)"' "late region-1 late 2022-06-20"
}

@test "W10: the programme's contact address stands in every message and invitation" {
  with_region
  for name in amira ben clara; do interest $name; done
  MENTOR_NOW=2022-06-18 interest dan
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol accept amira@example.org >/dev/null
  mentor enrol wait ben@example.org >/dev/null
  mentor enrol decline clara@example.org >/dev/null
  for outcome in accepted late waiting declined recruitment; do
    ok enrol export $outcome -f json
    json '.data | length' 1
    json '.data[0].text | contains("mentoring@academy.example.org")' true
    ok enrol export $outcome -f mbox
    assert_line 'From: "Mentoring desk" <mentoring@academy.example.org>'
  done
}

# applied NUMBER NAME ORGANISATION ROLE UNDER-REPRESENTED [VOLUNTARY] [DATES]: one row of the form's export.
applied() {
  printf '%s,01/03/2026 09:00,%s@example.org,%s,%s,,manager-%s@example.org,%s,A combination - I am happy with either,%s,Yes,%s,%s,,Online\n' \
    "$1" "$2" "${2^}" "$3" "$2" "$4" "$5" "${6-Yes}" "${7-Yes}"
}

# with_applications ROW...: an open cohort with these applications.
with_applications() {
  with_store
  sed '/^ *needs:/d' "$EXAMPLES/south-west/programme.yaml" >programme.yaml # who attended what is another matter
  mentor programme import programme.yaml >/dev/null
  mentor cohort add spring --programme south-west --starts-on 2026-04-01 >/dev/null
  mentor cohort open --override "Settled on paper" >/dev/null
  {
    echo "ID,Completion time,Work e-mail address,Full name,Which organisation do you work for?,Job title,Line manager's e-mail address,Which role\
 would you like?,How would you like to work with your partner?,Do you belong to a group that is under-represented among senior staff?,Do you\
 work for a health or care organisation of the region?,Do you take part of your own free will?,Can you come on the dates that go with your\
 role?,What would you like to talk about?,How would you like to meet?"
    printf '%s\n' "$@"
  } >applications.csv
  mentor enrol import applications.csv >/dev/null
}

@test "W2: that mentors come from under-represented groups is a rule, stated by the applicant; any member of staff may be a mentee" {
  with_applications "$(applied 1 amy "Hill Trust" Mentor Yes)" "$(applied 2 ben "Hill Trust" Mentor No)" "$(applied 3 cas "Dale Trust" Mentee "")" \
    "$(applied 4 dan "Dale Trust" Mentee No)"
  ok enrol show amy@example.org -f json
  json '.data.statements[] | select(.kind == "eligibility") | "\(.name) \(.value) \(.source) \(.on)"' \
    $'represented true application 2026-03-01\nregion true application 2026-03-01'
  ok enrol show cas@example.org -f json
  json '[.data.statements[] | select(.kind == "eligibility").name] | join(" ")' region
  fails 5 enrol accept ben@example.org
  [[ $stderr == *"Ben says no to 'represented'"* ]]
  ok enrol accept amy@example.org cas@example.org dan@example.org
}

@test "W2: a rule is passed over only with a reason, which is kept" {
  with_applications "$(applied 1 ben "Hill Trust" Mentor No)"
  ok enrol accept ben@example.org --override "Misread the question; belongs to a group"
  ok enrol show ben@example.org -f json
  json '.data.enrolment | "\(.state): \(.reason)"' "accepted: (override: Misread the question; belongs to a group)"
  json '.data.statements[] | select(.name == "represented") | "\(.value) \(.waived)"' "false true"
}

@test "W7: taking part is voluntary: whoever does not say so is asked, and a no is respected" {
  with_applications "$(applied 1 amy "Hill Trust" Mentor Yes)" "$(applied 2 cas "Dale Trust" Mentee "" No)"
  ok enrol show amy@example.org -f json
  json '.data.statements[] | select(.name == "voluntary") | "\(.kind) \(.value): \(.text)"' "confirms true: I take part of my own free will"
  fails 5 enrol accept cas@example.org
  [[ $stderr == *"Cas says no to 'voluntary': I take part of my own free will"* ]]
  mentor person add --name Eve --email eve@example.org >/dev/null
  mentor enrol add eve@example.org --role mentee >/dev/null # by telephone
  ok enrol accept eve@example.org
  ok enrol confirm eve@example.org voluntary dates region
  ok enrol show eve@example.org -f json
  json '[.data.statements[] | select(.value) | "\(.name) \(.source)"] | join(", ")' "region by-hand, voluntary by-hand, dates by-hand"
}

@test "W7: no pair is published before both line managers support attending on the dates" {
  with_applications "$(applied 1 amy "Hill Trust" Mentor Yes)" "$(applied 2 cas "Dale Trust" Mentee "")"
  mentor enrol accept amy@example.org cas@example.org >/dev/null
  mentor enrol approve amy@example.org cas@example.org --asked >/dev/null
  ok match propose -f json
  json '.data.pairs | length' 1
  ok enrol approve amy@example.org --given
  fails 5 match publish --yes
  [[ $stderr == *"the line manager of Cas has not yet given the support that the programme requires"* ]]
  ok enrol approve cas@example.org --given
  ok match publish --yes
  ok enrol show cas@example.org -f json
  json '.data.support | "\(.wanted) \(.state) \(.asked_on) \(.answered_on) \(.by)"' \
    "required given 2026-03-02 2026-03-02 manager-cas@example.org"
}

@test "W7: whose line manager refuses is not accepted" {
  with_applications "$(applied 1 amy "Hill Trust" Mentor Yes)"
  mentor enrol approve amy@example.org --refused --reason "Short of staff" >/dev/null
  fails 5 enrol accept amy@example.org
  [[ $stderr == *"the line manager of Amy refuses the support that the programme requires"* ]]
}

# with_export: the cohort of 2022 and the 23 expressions of interest in the example's export, three of them late.
with_export() {
  export MENTOR_NOW=2022-05-02 MENTOR_COHORT=region-1
  with_store
  mentor programme import "$EXAMPLES/south-west/programme.yaml" >/dev/null
  mentor cohort add region-1 --programme south-west --title "First cohort" --opens-on 2022-05-02 --closes-on 2022-06-17 --starts-on 2022-07-19 >/dev/null
  mentor cohort open region-1 --override "Settled on paper" >/dev/null
  export MENTOR_NOW=2022-07-02
  mentor enrol import "$EXAMPLES/south-west/applications.csv" >/dev/null
}

@test "W8: the region's figures are shown, and organisations of fewer than five people stand together" {
  with_export
  ok report show recruitment -f json
  json '.data.recruitment[] | "\(.side) \(.received) \(.in_time) \(.late) \(.undecided)"' \
    $'mentors 12 10 2 10\nmentees 10 9 1 9\neither 1 1 0 1'
  json '.data.by_organisation[] | "\(.name) \(.received) \(.accepted) \(.paired)"' "all (8 organisations) 23 0 0"
  ok report show recruitment -f table
  refute_output --partial Purbeck
  assert_output --partial "counted together"
}

# staff TRUST APPLICANTS ACCEPTED: rows of the form's export; the addresses of those to accept go to the file accepted.
staff() {
  local i
  for ((i = 1; i <= $2; i++)); do
    applied "$((++row))" "${1,,}$i" "$1 Trust" Mentee Yes
    if ((i <= $3)); then echo "${1,,}$i@example.org" >>accepted; fi
  done
}

@test "W8: organisations of more people have figures of their own, and what would tell of few is withheld" {
  local row=0
  with_applications "$(applied 900 zed "Other Trust" Mentee Yes)"
  {
    head -n 1 applications.csv
    row=0
    staff Hill 12 6 && row=100
    staff Dale 7 0 && row=200
    staff Mere 11 10 && row=300 # one was not accepted
    staff Tarn 14 7 && row=400
    staff Fell 4 0 && row=500
    staff Moor 4 0 && row=600
    staff Weir 4 0
  } >more.csv
  mentor cohort set spring --mentees-max 60 >/dev/null
  mentor enrol import more.csv >/dev/null
  xargs mentor enrol accept <accepted >/dev/null
  ok report show recruitment -f json
  json '[.data.recruitment[] | .accepted] | add' 23
  json '.data.by_organisation[] | "\(.name): \(.received) \(.accepted) \(.paired) \(.suppressed)"' "Dale Trust: 7 null 0 true
Hill Trust: 12 null 0 true
Mere Trust: 11 null 0 true
Tarn Trust: 14 7 0 false
others (4 organisations): 13 0 0 false"
  for format in table html; do
    ok report show recruitment -f $format
    assert_output --partial "[c]"
    assert_output --partial "withheld"
    refute_output --partial "Weir Trust"
  done
}

@test "W2: equality answers stand on a form of their own and are in no list of applicants, nor in what is exported" {
  with_export
  ok equality import "$EXAMPLES/south-west/equality.csv"
  while read -r address; do mentor enrol show "$address" -f json; done < <(tail -n +2 "$EXAMPLES/south-west/equality.csv" | cut -d, -f1) >shown
  mentor enrol list -f json >listed
  mentor enrol export recruitment -f json >exported
  mentor enrol export recruitment -f csv >>exported
  mentor enrol list -f csv >>listed
  grep -q Soraya shown
  grep -q Soraya listed
  for file in shown listed exported; do
    run grep -iE 'asian|black|mixed|white|disabled|undisclosed|bisexual|gay-lesbian|straight|ethnicity|orientation' $file
    assert_equal "$output" ""
  done
}
