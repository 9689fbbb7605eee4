#!/usr/bin/env bats
# audience.bats: what is meant for one reader never stands in what is made for another. In a store in which every confidence has a word of its
# own, every command is run in every format, and each word may stand only in the outputs that the table below names.

load helpers
# shellcheck disable=SC1090 # the calls of all commands, and the store that they are for
source <(sed -e '/^@test/,$d' -e '/^load/d' "$BATS_TEST_DIRNAME/every-command.bats")

# The word of each confidence, and the documents that are made for those who may read it. db.* and privacy.export hold everything by purpose.
confidences() {
  declare -gA may=(
    [xavoid]="match.avoidances"
    [xending]="match.show"
    [xrefusal]="enrol.show"
    [xnotes]="log.show"
    [xsilence]="contract.list contract.show contract.export"
    [xwish]="contract.list contract.show contract.export"
    [xgoal]="goal.list goal.show"
    [xaction]="action.list action.show"
    [xfeeling]="checkin.list checkin.show"
    [xanswer]=""
    [xunquoted]="remark.list remark.show"
    [xinside]="remark.list remark.show report.show"
    [xpublic]="remark.list remark.show report.show"
  )
}

confide() {
  local header
  sed -e 's/^programme: .*/programme: open/' -e 's/^  record: .*/  record: full/' -e '/^      paper: yes/d' "$EXAMPLES/manchester/programme.yaml" >open.yaml
  grep -q 'record: full' open.yaml
  mentor programme import open.yaml
  mentor cohort add talk --programme open --starts-on 2026-04-01
  mentor cohort settle -c talk evaluate --evidence "Readiness report"
  mentor cohort open talk
  for who in vera:Housing:mentor wim:Parks:mentee; do
    IFS=: read -r name directorate role <<<"$who"
    mentor person add --name "${name^}" --email "$name@example.org" --directorate "$directorate"
    mentor enrol add -c talk "$name@example.org" --role "$role"
    mentor enrol accept -c talk "$name@example.org"
  done
  mentor match propose -c talk
  mentor match publish -c talk
  talk=$(mentor match list -c talk --fields id)
  mentor contract draft "$talk"
  mentor contract say "$talk" avoid --mentor "Not about xsilence"
  mentor contract say "$talk" hopes --mentee "Hear about xwish"
  mentor contract sign "$talk" --mentor --mentee
  MENTOR_NOW=2026-05-01 mentor log add "$talk" --date 2026-04-29 --minutes 60 --notes "We spoke of xnotes"
  mentor goal add "$talk" --for mentee --text "Learn xgoal"
  mentor action add --pair "$talk" --text "Ask about xaction"
  mentor checkin add -c talk vera@example.org --feeling some-strain --note "Tired of xfeeling"
  mentor match avoid vera@example.org lou@example.org --reason "Because of xavoid"
  mentor enrol approve -c summer iris@example.org --refused --reason "No time: xrefusal"
  mentor match end m6 --yes --reason time --note "He said xending"
  mentor remark add -c talk vera@example.org --text "It was xunquoted"
  mentor remark add -c talk vera@example.org --scope inside --text "It was xinside"
  mentor remark add -c talk wim@example.org --scope published --text "It was xpublic"
  header=$(mentor survey results -c talk mentee before -f json | jq -r '["ID", "Your work e-mail address"] + [.data.questions[].text] | @csv')
  mentor survey results -c talk mentee before -f json | jq -r --arg header "$header" '$header,
    ([1, "wim@example.org"] + [.data.questions[].kind | {scale: 2, "yes-no": "yes", text: "I learned xanswer"}[.]] | @csv)' >talk.csv
  mentor survey import -c talk mentee before talk.csv
}

setup_file() {
  BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR clean_room
  prepare >prepare.log
  confide >confide.log
  mentor db export >lines.jsonl
  mv test.db base.db
  mentor schema | grep -v -e '^error$' -e '^programme-file$' >documents
}

setup() {
  clean_room
  tables
  confidences
  cp "$BATS_FILE_TMPDIR"/*.csv "$BATS_FILE_TMPDIR"/*.yaml "$BATS_FILE_TMPDIR"/lines.jsonl .
  export MENTOR_NOW=2026-05-01
}

# look DOCUMENT FILE: the words in the file that have no place in this document.
look() {
  local word
  for word in $(grep -aoE 'x(avoid|ending|refusal|notes|silence|wish|goal|action|feeling|answer|unquoted|inside|public)' "$2" | sort -u); do
    [[ " ${may[$word]} " == *" $1 "* ]] || echo "$1: $word"
  done
}

# In all cohorts, so that nothing hides in the one that the call does not name.
@test "every confidence is in the store, and each can be read where it is meant to be" {
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  mentor db export >all
  confidences
  for word in "${!may[@]}"; do grep -q "$word" all || fail "$word is not in the store: the test would prove nothing"; done
  mentor log show "$(mentor log list -c talk --fields id)" >out
  grep -q xnotes out
  mentor contract show "$(mentor match list -c talk --fields id)" -f json >out
  grep -q xsilence out
  mentor checkin list -c talk -f json >out
  grep -q xfeeling out
  mentor match show m6 >out
  grep -q xending out
}

@test "no command prints a word that is not for its readers, in any format" {
  local found=''
  while read -r document; do
    case $document in db.* | privacy.export) continue ;; esac
    for format in json csv plain table html md; do
      fresh "$document"
      good_call_out "$document" -f "$format" >out 2>err </dev/null || true
      found+=$(look "$document" out)
      found+=$(look "$document" err)
    done
  done <"$BATS_FILE_TMPDIR/documents"
  assert_equal "$found" ""
}

@test "no list, status, report or page of any cohort prints a word that is not for its readers" {
  local found='' cohort
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  while read -r document; do
    case $document in
    db.* | privacy.export) continue ;;
    *.list | *.status | *.preferences | *.avoidances | *.blocks | *.scores | *.plan | *.due | *.facilitators) ;;
    *) continue ;;
    esac
    for cohort in spring summer talk harbour; do
      for format in json csv; do
        # shellcheck disable=SC2046
        mentor -c $cohort -f $format $(call "$document") >out 2>err </dev/null || true
        found+=$(look "$document" out)
        found+=$(look "$document" err)
      done
    done
  done <"$BATS_FILE_TMPDIR/documents"
  assert_equal "$found" ""
}

@test "reports name nobody, and the public reads only what may be published" {
  local found='' report audience format
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  mentor person list -f json | jq -r '.data[] | .name, .email' >people
  for report in $(mentor report list --fields name); do
    for audience in team board public; do
      for format in json csv table html md; do
        mentor report show "$report" -c talk --for $audience -f $format >out 2>err </dev/null || continue
        found+=$(look report.show out)
        grep -aFf people out && fail "report $report for $audience names somebody in $format"
        if [ $audience = public ] && grep -q xinside out; then fail "report $report for the public quotes what is for inside only"; fi
      done
    done
  done
  assert_equal "$found" ""
  ok report show remarks -c talk --for public -f json
  [[ $output == *xpublic* ]]
}

# Whoever gets a message learns of nobody but the partner: not by name, not by address, and none of the words above.
@test "a letter, an invitation, a reminder and a person's own export name nobody else" {
  cp "$BATS_FILE_TMPDIR/base.db" test.db
  mentor person list -f json | jq -r '.data[] | [.email, .name] | @tsv' >people
  for cohort in spring talk harbour; do mentor match list -c $cohort -f json; done | jq -r '.data[] | [.mentor_name, .mentee_name] | @tsv' >partners
  for cohort in spring summer talk harbour; do
    for outcome in accepted declined waiting reserve published; do mentor enrol export -c $cohort $outcome -f mbox >>all.mbox 2>err || true; done
    mentor event list -c $cohort --fields id >events
    while read -r event; do mentor event invite "$event" -f mbox >>all.mbox 2>err || true; done <events
  done
  MENTOR_NOW=2026-06-20T10:00:00Z mentor remind run --transport mbox:reminders.mbox >out 2>err || true
  cat reminders.mbox >>all.mbox
  /usr/bin/python3 - <<'END' >found
import mailbox
people = [line.rstrip("\n").split("\t") for line in open("people", encoding="utf-8")]
partners = {}
for line in open("partners", encoding="utf-8"):
    one, other = line.rstrip("\n").split("\t")
    partners.setdefault(one, set()).add(other)
    partners.setdefault(other, set()).add(one)
n = 0
for message in mailbox.mbox("all.mbox"):
    to = str(message["To"])
    mine = [name for email, name in people if email in to]
    text = "".join(part.get_payload(decode=True).decode("utf-8") for part in message.walk() if not part.is_multipart()) + str(message["Subject"])
    n += 1
    for email, name in people:
        if email in to:
            continue
        if email in text:
            print(f"{to}: {email}")
        if name in text.replace("\n", " ").split() and not any(name in partner for me in mine for partner in partners.get(me, ())):
            print(f"{to}: {name}")
if n < 10:
    print(f"only {n} messages: the test would prove little")
END
  assert_equal "$(cat found)" ""
  for person in vera wim amira lou; do
    mentor privacy export $person@example.org -f json >own
    cut -f 1 people | grep -v "^$person@" >others
    run grep -Fof others own
    assert_output ""
  done
}
