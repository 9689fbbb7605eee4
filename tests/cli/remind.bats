#!/usr/bin/env bats
# remind.bats: reminders as they leave: each transport for real, each message once, whatever happens in between.
bats_require_minimum_version 1.5.0
load helpers
load remind

# ---- what is due ----

@test "what is due is listed with its day, and the same day gives the same list" {
  with_reminders
  MENTOR_NOW=2026-04-14
  ok remind due
  assert_output ""
  ok remind due --on 2026-04-15 -f json
  json '.data.due[] | "\(.cohort) \(.reminder) \(.recipient) \(.person) \(.pair) \(.due_on) \(.goes_on) \(.turn) \(.state)"' \
    "spring quiet person p1 m1 2026-04-15 2026-04-15 1 new
spring quiet person p3 m1 2026-04-15 2026-04-15 1 new
spring quiet person p2 m2 2026-04-15 2026-04-15 1 new
spring quiet person p4 m2 2026-04-15 2026-04-15 1 new"
  local first=$output
  ok remind due --on 2026-04-15 -f json
  assert_equal "$output" "$first"
  before=$(fingerprint)
  ok remind due --on 2027-01-01
  assert_equal "$(fingerprint)" "$before"
}

@test "a session held starts the count anew" {
  with_reminders
  mentor log add m1 --date 2026-04-10 --minutes 60 >/dev/null
  ok remind due --fields name
  assert_output $'Cat\nDan'
  ok remind due --on 2026-04-24 --fields name
  assert_output $'Ann\nBob\nCat\nDan'
}

@test "what is sent is due no more, and --all shows what became of it" {
  with_reminders
  mentor -q remind run --transport mbox:out.mbox
  ok remind due
  assert_output ""
  ok remind due --all --fields name,state
  assert_output $'Ann\tsent\nBob\tsent\nCat\tsent\nDan\tsent'
  ok remind due --on 2026-04-29 --fields name,due_on
  assert_output $'Ann\t2026-04-29\nBob\t2026-04-29\nCat\t2026-04-29\nDan\t2026-04-29'
}

@test "a cohort that is not named is not left out, whatever the environment says" {
  with_reminders
  mentor cohort add autumn --programme harbour >/dev/null
  export MENTOR_COHORT=autumn
  ok remind due --fields name
  assert_output $'Ann\nBob\nCat\nDan'
  ok remind due -c autumn
  assert_output ""
}

# ---- sending ----

@test "silent on success, and when nothing is due" {
  with_reminders
  ok --quiet remind run --transport mbox:out.mbox
  assert_output ""
  ok --quiet remind run --transport mbox:out.mbox
  assert_output ""
  assert_equal "$(grep -c '^From ' out.mbox)" 4
}

@test "a run says what it sent" {
  with_reminders
  ok remind run --transport mbox:out.mbox
  assert_output "sent message n1 quiet to Ann
sent message n2 quiet to Bob
sent message n3 quiet to Cat
sent message n4 quiet to Dan"
  ok remind list --state sent -f json
  json '.data[0] | "\(.id) \(.reminder) \(.person) \(.pair) \(.state) \(.sent_at) \(.attempts)"' "n1 quiet p1 m1 sent 2026-04-15T09:00:00Z 1"
  ok remind show n2 --fields name,state
  assert_output $'name\tBob\nstate\tsent'
}

@test "every message parses without defect, has the contact in it, and is the same in a maildir, an mbox and a pipe" {
  with_reminders
  cp test.db maildir.db
  cp test.db pipe.db
  mentor -q remind run --transport mbox:out.mbox
  mentor -q --db maildir.db remind run --transport maildir:box
  fake_sendmail 'cat >>pipe.$$'
  mentor -q --db pipe.db remind run --transport "sendmail:$PWD/sendmail.sh"
  run /usr/bin/python3 "$ROOT/tests/cli/reminders.py" out.mbox box/new pipe.[0-9]*
  assert_success
  assert_equal "$(jq -r '"\(.to[1]) \(.subject)"' <<<"$output" | sort | uniq -c | sed 's/^ *//')" "3 ann@example.org Harbour mentoring: time for a session?
3 bob@example.org Harbour mentoring: time for a session?
3 cat@example.org Harbour mentoring: time for a session?
3 dan@example.org Harbour mentoring: time for a session?"
  assert_equal "$(jq -r 'select(.to[1] == "bob@example.org") | .text' <<<"$output" | head -5)" "Dear Bob,

you and Ann have held 0 of 0 sessions. Schöne Grüße.

Programme team, team@example.org"
  if command -v node >/dev/null && node -e 'require("mailparser")' 2>/dev/null; then
    for file in box/new/*; do node "$ROOT/tests/cli/mails.js" "$file" >>second; done
    assert_equal "$(jq -r .subject second | sort -u)" "Harbour mentoring: time for a session?"
  fi
}

@test "a second parser agrees: mu, reformime or perl's MIME modules, where there is one" {
  with_reminders
  mentor -q remind run --transport maildir:box
  if ! perl -MEmail::MIME -e 1 2>/dev/null; then skip "no second parser here"; fi
  for file in box/new/*; do
    run perl -MEmail::MIME -e 'local $/; open F, shift; my $m = Email::MIME->new(<F>); print $m->header_str("Subject"), "|", $m->body_str' "$file"
    assert_output --partial "Harbour mentoring: time for a session?|Dear "
  done
}

@test "sendmail gets the address behind --, the contact as sender, and no shell" {
  with_reminders
  sqlite3 test.db "UPDATE person SET email = 'a\$(touch)\`x\`@example.org' WHERE id = 1" "UPDATE person SET name = 'Bob; rm -rf' WHERE id = 3"
  fake_sendmail 'printf "%s|" "$@" >>args; echo >>args; cat >/dev/null'
  run --separate-stderr mentor remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$status" 7
  assert_equal "$(cat args)" "-i|-f|team@example.org|--|bob@example.org|
-i|-f|team@example.org|--|cat@example.org|
-i|-f|team@example.org|--|dan@example.org|"
  assert_equal "$(states)" "failed|1 sent|3 "
  [ ! -e touch ]
}

@test "cmd gets the address and the Message-ID" {
  with_reminders
  fake_sendmail 'echo "$1 $2" >>args; sed -n "s/^Message-ID: <\(.*\)>.*/\1/p" >>ids'
  ok -q remind run --transport "cmd:$PWD/sendmail.sh"
  assert_equal "$(cut -d' ' -f1 args)" $'ann@example.org\nbob@example.org\ncat@example.org\ndan@example.org'
  assert_equal "$(cut -d' ' -f2 args)" "$(cat ids)"
}

@test "GOV.UK Notify gets an address, subject and text a row, and a reference that says nothing" {
  with_reminders
  ok -q remind run --transport notify-csv:notify.csv
  MENTOR_NOW=2026-04-29 ok -q remind run --transport notify-csv:notify.csv
  run /usr/bin/python3 - <<'END'
import csv
with open("notify.csv", newline="", encoding="utf-8") as f:
    rows = list(csv.DictReader(f, strict=True))
assert len(rows) == 8 and list(rows[0]) == ["email address", "subject", "text", "reference"]
assert rows[1]["email address"] == "bob@example.org" and rows[1]["text"].startswith("Dear Bob,\n\nyou and Ann have held 0")
assert len({r["reference"] for r in rows}) == 8
assert not any(name in r["reference"].lower() for r in rows for name in ("ann", "bob", "spring", "@"))
END
  assert_success
}

@test "print writes the messages to a pipe and nothing else" {
  with_reminders
  ok remind run --transport print
  assert_equal "$(grep -c '^From ' <<<"$output")" 4
  assert_equal "$(grep -c '^sent' <<<"$output")" 0
  fails 2 remind run --transport print -f json
  ok remind run --transport print
  assert_output ""
}

@test "through msmtp to a mail server, where it is installed" {
  if ! command -v msmtp >/dev/null; then skip "msmtp is not installed"; fi
  with_reminders
  /usr/bin/python3 "$ROOT/tests/cli/smtp_sink.py" port received 3>&- &
  sink=$!
  for _ in $(seq 100); do if [ -s port ]; then break; fi; read -rt 0.05 <> <(:) || :; done
  fake_sendmail "exec msmtp --host=127.0.0.1 --port=$(cat port) --auth=off --tls=off --timeout=20 \"\$@\""
  run --separate-stderr mentor -q remind run --transport "sendmail:$PWD/sendmail.sh"
  kill "$sink"
  assert_success
  assert_equal "$(grep -c '^RCPT' received)" 4
  assert_equal "$(sed -n 's/^RCPT //p' received | sort | tr '\n' ' ')" "<ann@example.org> <bob@example.org> <cat@example.org> <dan@example.org> "
  assert_equal "$(grep -c '^Message-ID: <' received)" 4
}

@test "a dry run sends nothing, makes no file, and says what would go" {
  with_reminders
  before=$(fingerprint)
  run --separate-stderr mentor remind run --transport mbox:out.mbox --dry-run
  assert_success
  assert_output --partial "sent message n1 quiet to Ann"
  run --separate-stderr mentor remind run --transport maildir:box --dry-run
  [ ! -e out.mbox ] && [ ! -e box ]
  assert_equal "$(fingerprint)" "$before"
}

@test "at most so many now, the others next time" {
  with_reminders
  ok -q remind run --transport mbox:out.mbox --most 3
  assert_equal "$(ids_in out.mbox | wc -l)" 3
  ok -q remind run --transport mbox:out.mbox --most 3
  assert_equal "$(ids_in out.mbox | wc -l)" 4
}

# ---- what is wrong ----

@test "a transport that cannot be is told at once" {
  with_reminders
  fails 2 remind run --transport nonsense
  assert_equal "$stderr" "mentor: remind run: --transport: 'nonsense' is no way to send messages
hint: give one of: sendmail[:PATH], maildir:DIR, mbox:FILE, notify-csv:FILE, cmd:PATH, print
nothing changed"
  fails 2 remind run
  fails 2 remind run --transport pigeon
  [[ $stderr == *"give one of: sendmail[:PATH], maildir:DIR, mbox:FILE, notify-csv:FILE, cmd:PATH, print"* ]]
  fails 2 remind run --transport mbx:out
  [[ $stderr == *"did you mean 'mbox'"* ]]
  fails 2 remind run --transport maildir
  fails 1 remind run --transport sendmail:/nowhere/sendmail
  [[ $stderr == *"/nowhere/sendmail"* ]]
  fails 1 remind run --transport mbox:/nowhere/box
  fails 5 remind run --transport "mbox:$MENTOR_DB"
  fails 5 remind run --transport mbox:/dev/null
  assert_equal "$(sqlite3 test.db 'SELECT count(*) FROM message')" 0
}

@test "a full disk loses nothing" {
  with_reminders
  mkdir full
  mount -t tmpfs -o size=8k none full 2>/dev/null || skip "no file system of one's own here"
  head -c 8000 /dev/zero >full/other
  run --separate-stderr mentor remind run --transport mbox:full/box
  code=$status
  size=$(stat -c %s full/box)
  rm full/other
  run --separate-stderr mentor remind run --transport mbox:full/box
  n=$(ids_in full/box | sort -u | wc -l)
  umount full
  assert_equal "$code" 1
  assert_equal "$size" 0
  assert_equal "$n" 4
}

@test "what the mail program cannot take now is tried later; the exit code is 7 and the message says so" {
  with_reminders
  fake_sendmail 'cat >/dev/null; [ ! -e broken ] || exit 75; echo "$5" >>sent'
  touch broken
  run --separate-stderr mentor remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$status" 7
  [[ $stderr == *"4 put off"* ]]
  assert_equal "$(states)" "waiting|4 "
  rm broken
  MENTOR_NOW=2026-04-15T09:14:00Z ok -q remind run --transport "sendmail:$PWD/sendmail.sh"
  [ ! -e sent ]
  MENTOR_NOW=2026-04-15T09:15:00Z ok -q remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$(wc -l <sent)" 4
}

@test "an address that does not exist fails at once, with the reason; the others go out" {
  with_reminders
  fake_sendmail 'cat >/dev/null; case $5 in bob*) exit 67 ;; esac'
  run --separate-stderr mentor remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$status" 7
  [[ $stderr == *"1 message failed"* ]]
  ok remind list --state failed --fields name,reason
  assert_output $'Bob\tthe mail program ended with status 67: there is nobody of that address'
  ok cohort status -f json
  json '.data.todo[] | select(.stage == "remind") | "\(.what): \(.command)"' "1 message could not be sent: mentor remind resend n2"
  mentor person set bob@example.org --email robert@example.org >/dev/null
  ok remind resend n2
  fake_sendmail 'cat >/dev/null; echo "$5" >>sent'
  ok -q remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$(cat sent)" robert@example.org
}

@test "a mail program that dies leaves its message unsure, and nothing sends it again by itself" {
  with_reminders
  fake_sendmail 'cat >/dev/null; case $5 in bob*) kill -9 $$ ;; esac; echo "$5" >>sent'
  run --separate-stderr mentor remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$status" 7
  [[ $stderr == *"unsure whether it went out: n2"* ]]
  fake_sendmail 'cat >/dev/null; echo "$5" >>sent'
  run --separate-stderr mentor -q remind run --transport "sendmail:$PWD/sendmail.sh"
  assert_equal "$status" 7
  assert_equal "$(sort sent | tr '\n' ' ')" "ann@example.org cat@example.org dan@example.org "
  ok remind mark n2 --sent
  assert_output "sent message n2 Bob"
  ok remind mark n2 --sent
  assert_output "unchanged message n2 Bob"
  ok -q remind run --transport "sendmail:$PWD/sendmail.sh"
  fails 5 remind resend n2
}

@test "header injection: a name or subject with a line break is refused, and goes nowhere" {
  with_reminders
  sqlite3 test.db "UPDATE person SET name = 'Ann' || char(13, 10) || 'Bcc: all@example.org' WHERE id = 1"
  run --separate-stderr mentor remind run --transport mbox:out.mbox
  assert_equal "$status" 7
  run /usr/bin/python3 "$ROOT/tests/cli/reminders.py" out.mbox # which knows each header that may be there
  assert_success
  assert_equal "$(jq -r '.to[1]' <<<"$output" | tr '\n' ' ')" "bob@example.org cat@example.org dan@example.org "
  assert_equal "$(states)" "failed|1 sent|3 "
}

# ---- languages ----

# in_welsh [MORE]: what with_reminders has, in Welsh as well. MORE is added to what is said of sending.
in_welsh() {
  sed -e 's/Schöne Grüße." }/Schöne Grüße.", cy: { subject: "{programme}: amser am sesiwn?", text: "Annwyl {name},\\n\\nrydych chi a {partner} wedi cynnal {sessions} sesiwn. Y tro diwethaf: {last_session}. Diolch, {contact_email}" } }/' \
    -e "1i sending: { languages: [en, cy]${1:+, $1} }" reminders.yaml >welsh.yaml
  mentor programme import welsh.yaml >/dev/null
  mentor cohort set spring --revision 2 >/dev/null
  mentor person set ann@example.org --language cy >/dev/null
}

@test "in Welsh to whoever is to be written to in it, where the template has it" {
  with_reminders
  in_welsh
  mentor log add m1 --date 2026-04-15 --minutes 60 >/dev/null
  MENTOR_NOW=2026-04-29T09:00:00Z ok -q remind run --transport mbox:out.mbox
  run /usr/bin/python3 "$ROOT/tests/cli/reminders.py" out.mbox
  assert_success
  assert_equal "$(jq -r 'select(.to[0] == "Ann") | .text' <<<"$output")" "Annwyl Ann,

rydych chi a Bob wedi cynnal 1 sesiwn. Y tro diwethaf: 15 Ebrill 2026. Diolch, team@example.org"
  assert_equal "$(jq -r '"\(.to[0]) \(.language) \(.subject)"' <<<"$output" | sort | head -2)" "Ann cy Harbour mentoring: amser am sesiwn?
Bob en Harbour mentoring: time for a session?"
}

@test "what is not translated goes out in English, and the check says what that is" {
  with_reminders '  paper: { when: contract-unsigned, template: unsigned }'
  in_welsh
  mentor contract draft m1 >/dev/null
  MENTOR_NOW=2026-04-16T09:00:00Z ok -q remind run --transport mbox:out.mbox
  run /usr/bin/python3 "$ROOT/tests/cli/reminders.py" out.mbox
  assert_success
  assert_equal "$(jq -r 'select(.to[0] == "Ann") | "\(.language) \(.subject)"' <<<"$output")" $'cy Harbour mentoring: amser am sesiwn?\nen Your contract with Bob'
  ok programme check welsh.yaml
  assert_output "welsh.yaml ok but no Welsh yet for the templates: unsigned"
  ok programme check reminders.yaml
  assert_output "reminders.yaml ok"
  fails 2 person set ann@example.org --language french
}

@test "a digest in both languages says so, and one in Welsh is Welsh from its subject on" {
  with_reminders '  paper: { when: contract-unsigned, template: unsigned }
  again: { when: no-session, days: 13, template: quiet }'
  in_welsh "digest: yes"
  mentor contract draft m1 >/dev/null
  sqlite3 test.db "UPDATE contract SET mentor_signed_on = drafted_on" # only Bob has not signed
  mentor person set bob@example.org --language cy >/dev/null
  ok -q remind run --transport mbox:out.mbox
  run /usr/bin/python3 "$ROOT/tests/cli/reminders.py" out.mbox
  assert_success
  assert_equal "$(jq -r '"\(.to[0]) \(.language) \(.subject)"' <<<"$output" | sort)" "Ann cy Harbour mentoring: 2 nodyn atgoffa
Bob en, cy Harbour mentoring: 3 reminders
Cat en Harbour mentoring: 2 reminders
Dan en Harbour mentoring: 2 reminders"
}

# ---- holding back ----

@test "on hold: nothing goes to them or about them, until the day is over or they are released" {
  with_reminders
  ok remind hold p1 --until 2026-04-20
  assert_output "held person p1"
  ok remind hold m2
  ok remind hold m2
  assert_output "unchanged pair m2"
  ok remind holds --fields person,pair,until_on
  assert_output $'p1\t\t2026-04-20\n\tm2\t'
  ok remind run --transport mbox:out.mbox
  assert_output ""
  MENTOR_NOW=2026-04-21 ok remind run --transport mbox:out.mbox
  assert_output $'sent message n1 quiet to Ann\nsent message n2 quiet to Bob'
  ok remind release m2
  MENTOR_NOW=2026-04-21 ok remind run --transport mbox:out.mbox
  assert_output $'sent message n3 quiet to Cat\nsent message n4 quiet to Dan'
  fails 3 remind hold p1 --until 2026-01-01
  fails 4 remind hold p99
}

@test "a pair that has ended is left in peace" {
  with_reminders
  mentor match end m1 --yes --reason other >/dev/null
  ok remind due --fields name
  assert_output $'Cat\nDan'
}

@test "quiet days and working hours: what is due waits for the programme's own clocks" {
  with_reminders 'sending: { days: working, holidays: england-and-wales, from: "09:00", until: "17:00" }'
  MENTOR_NOW=2026-04-18T10:00:00Z # a Saturday
  ok remind due --fields name,goes_on
  assert_line $'Ann\t2026-04-20'
  ok remind run --transport mbox:out.mbox
  assert_output ""
  MENTOR_NOW=2026-04-20T07:59:00Z # British summer time: 08:59
  ok remind run --transport mbox:out.mbox
  assert_output ""
  MENTOR_NOW=2026-04-20T16:00:00Z
  ok remind run --transport mbox:out.mbox
  assert_output ""
  MENTOR_NOW=2026-04-20T08:00:00Z
  ok remind run --transport mbox:out.mbox
  assert_line "sent message n1 quiet to Ann"
  assert_equal "$(states)" "sent|4 "
}

# ---- once ----

@test "sixteen runs at once send each message once" {
  with_reminders
  many 30
  fake_sendmail 'cat >mail.$$; echo "$5" >>"to.$$"'
  for i in $(seq 16); do mentor -q --lock-wait 120 remind run --transport "sendmail:$PWD/sendmail.sh" 2>"err.$i" & done
  wait
  assert_equal "$(cat err.*)" ""
  assert_equal "$(cat to.* | sort | uniq -d)" ""
  assert_equal "$(cat to.* | wc -l)" 64
  assert_equal "$(states)" "sent|64 "
}

@test "a maildir knows what has left: killed between, nothing is unsure" {
  with_reminders
  mentor -q remind run --transport maildir:box --most 1
  sqlite3 test.db "UPDATE message SET state = 'handing-over', sent_at = NULL, owner = 'gone 1 1' WHERE id = 1"
  name=$(basename box/new/*)
  ok -q remind run --transport maildir:box # it is not in tmp: it has left
  assert_equal "$(states)" "sent|4 "
  sqlite3 test.db "UPDATE message SET state = 'handing-over', sent_at = NULL, owner = 'gone 1 1' WHERE id = 1"
  mv "box/new/$name" "box/tmp/$name"
  ok -q remind run --transport maildir:box # it is still there: it has not
  [ -e "box/new/$name" ] && [ ! -e "box/tmp/$name" ]
  sqlite3 test.db "UPDATE message SET state = 'handing-over', sent_at = NULL, owner = 'gone 1 1', handed_at = '2026-04-13T20:00:00Z' WHERE id = 1"
  run --separate-stderr mentor -q remind run --transport maildir:box # too long ago to tell
  assert_equal "$status" 7
  assert_equal "$(states)" "sent|3 unsure|1 "
}

@test "a run waits for another process, and says so when that takes too long" {
  with_reminders
  mkfifo go
  { echo 'BEGIN IMMEDIATE;'; echo 'SELECT 1;'; cat go; } | sqlite3 test.db >locked &
  until [ -s locked ]; do :; done
  run --separate-stderr mentor --lock-wait 0 remind run --transport mbox:out.mbox
  echo 'ROLLBACK;' >go
  wait
  assert_equal "$status" 6
  ok -q remind run --transport mbox:out.mbox
}

@test "a person merged into another hears nothing twice" {
  with_reminders
  mentor -q remind run --transport mbox:out.mbox
  mentor person add --name "Ann again" --email ann2@example.org >/dev/null
  mentor person merge ann2@example.org p1 --yes >/dev/null
  ok remind run --transport mbox:out.mbox
  assert_output ""
}
