# remind.bash: a running cohort of two pairs with reminders, and mail programs that are told what to do.

# with_reminders [MORE]: cohort spring, 1 April to 30 September 2026; ann and bob are m1, cat and dan m2. MORE is added to the programme file.
with_reminders() {
  cat >reminders.yaml <<YAML
programme: harbour
title: Harbour mentoring
contact: { name: Programme team, email: team@example.org }
contract: { purpose: We talk., sessions: { minimum: 4 } }
templates:
  quiet: { subject: "{programme}: time for a session?", text: "Dear {name},\n\nyou and {partner} have held {sessions} of {sessions_due} sessions. Schöne Grüße." }
  unsigned: { subject: "Your contract with {partner}", text: "Dear {name}, it is not signed yet." }
reminders:
  quiet: { when: no-session, days: 14, every: 14, template: quiet }
${1:-}
YAML
  with_store
  mentor programme import reminders.yaml >/dev/null
  mentor cohort add spring --programme harbour --title Spring --starts-on 2026-04-01 >/dev/null
  mentor cohort open >/dev/null
  for name in ann cat; do person $name Parks mentor; done
  for name in bob dan; do person $name Housing mentee; done
  mentor match add ann@example.org bob@example.org >/dev/null
  mentor match add cat@example.org dan@example.org >/dev/null
  mentor match publish --yes >/dev/null
  mentor cohort close >/dev/null
  mentor cohort start >/dev/null
  sqlite3 "$MENTOR_DB" "UPDATE cohort SET started_on = '2026-04-01'"
  export MENTOR_NOW=2026-04-15T09:00:00Z
}

# many N: so many more pairs, quickly.
many() {
  sqlite3 "$MENTOR_DB" "
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1 * 2)
      INSERT INTO person (email, name) SELECT 'more' || i || '@example.org', 'More ' || i FROM n;
    INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on)
      SELECT 1, id, CASE WHEN id % 2 THEN 'mentor' ELSE 'mentee' END, 'accepted', '2026-03-01' FROM person WHERE email LIKE 'more%' ORDER BY id;
    INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on)
      SELECT 1, e.id, e.id + 1, 'active', 'reverse', 0, '2026-03-01', '2026-03-02' FROM enrolment e JOIN person p ON p.id = e.person_id
      WHERE p.email LIKE 'more%' AND e.role = 'mentor' ORDER BY e.id"
}

# fake_sendmail BODY: a mail program sendmail.sh; $1… are its arguments, and it reads the message on standard input. `sent` has a line for each message.
fake_sendmail() {
  printf '#!/bin/sh\n%s\n' "$1" >sendmail.sh
  chmod +x sendmail.sh
}

# States of all messages, counted.
states() {
  sqlite3 "$MENTOR_DB" "SELECT state, count(*) FROM message GROUP BY state ORDER BY state" | tr '\n' ' '
}

# The Message-IDs in an mbox or in the files of a folder.
ids_in() {
  if [ -d "$1" ]; then cat "$1"/*; else cat "$1"; fi | tr -d '\r' | sed -n 's/^Message-ID: //p'
}
