-- Version 10: messages and what became of them.

-- handed: how many of the changes were the outbox's own. While revision - handed stays the same, nobody else has changed a record.
ALTER TABLE store ADD COLUMN handed INTEGER NOT NULL DEFAULT 0;

-- A reminder that was decided on. Nothing of its text is kept, nor the address it went to: both are made when it is handed over.
-- key: the cohort, the rule, whom and what it is about, the day it is counted from and which of the series it is. Never used twice.
-- enrolment_id: who gets it, or whose line manager does; person_id: the same for somebody who is in no cohort; neither: the running team.
-- owner: the process that is handing it over. mail: the Message-ID it went with, which several share in a digest.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  reminder TEXT NOT NULL,
  template TEXT NOT NULL,
  recipient TEXT NOT NULL CONSTRAINT message_recipient CHECK
    (recipient = 'person' OR recipient = 'partner' OR recipient = 'manager' OR recipient = 'facilitator' OR recipient = 'team'),
  enrolment_id INTEGER REFERENCES enrolment (id) ON DELETE CASCADE,
  person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
  pair_id INTEGER REFERENCES pair (id) ON DELETE CASCADE,
  about TEXT NOT NULL,
  since TEXT NOT NULL,
  turn INTEGER NOT NULL CONSTRAINT message_turn CHECK (turn >= 1),
  due_on TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CONSTRAINT message_state CHECK
    (state = 'waiting' OR state = 'handing-over' OR state = 'sent' OR state = 'failed' OR state = 'unsure'),
  attempts INTEGER NOT NULL DEFAULT 0,
  retry_at TEXT,
  decided_at TEXT NOT NULL,
  handed_at TEXT,
  sent_at TEXT,
  transport TEXT,
  owner TEXT,
  mail TEXT,
  reason TEXT,
  CONSTRAINT message_handed CHECK (state = 'waiting' OR handed_at IS NOT NULL),
  CONSTRAINT message_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE INDEX message_cohort ON message (cohort_id, reminder, about);
CREATE INDEX message_enrolment ON message (enrolment_id);
CREATE INDEX message_person ON message (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX message_pair ON message (pair_id) WHERE pair_id IS NOT NULL;
CREATE INDEX message_open ON message (state) WHERE state <> 'sent';

-- Whom or which pair no reminder goes to, or speaks of, up to and including until_on. Why is nobody's business here.
CREATE TABLE hold (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER UNIQUE REFERENCES person (id) ON DELETE CASCADE,
  pair_id INTEGER UNIQUE REFERENCES pair (id) ON DELETE CASCADE,
  held_on TEXT NOT NULL,
  held_by TEXT NOT NULL,
  until_on TEXT,
  CONSTRAINT hold_one CHECK ((person_id IS NULL) <> (pair_id IS NULL)),
  CONSTRAINT hold_dates CHECK (until_on IS NULL OR held_on <= until_on)
) STRICT;
