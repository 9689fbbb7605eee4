-- Version 4: the relationship (agreements, sessions, goals, actions, barriers, care), events, surveys and checklists, messages, the trail of changes.

-- ---- the choices made at one question are one answer, a choice a line ----

CREATE TABLE answer_whole (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, question)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_whole SELECT enrolment_id, question, group_concat(value, char(10))
  FROM (SELECT enrolment_id, question, value FROM answer ORDER BY enrolment_id, question, position) GROUP BY enrolment_id, question;
DROP TABLE answer;
ALTER TABLE answer_whole RENAME TO answer;

-- ---- agreements, as pairs make, change and sign them ----

-- Every version of a contract. Texts of earlier versions stay as they were signed.
CREATE TABLE contract_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  version INTEGER NOT NULL DEFAULT 1 CONSTRAINT contract_version CHECK (version >= 1),
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  drafted_on TEXT NOT NULL,
  sessions INTEGER,
  minutes INTEGER,
  frequency TEXT,
  mode TEXT CONSTRAINT contract_mode CHECK (mode = 'virtual' OR mode = 'in-person' OR mode = 'either'),
  place TEXT,
  starts_on TEXT,
  ends_on TEXT,
  mentor_signed_on TEXT,
  mentee_signed_on TEXT,
  UNIQUE (pair_id, version),
  CONSTRAINT contract_dates CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on)
) STRICT;
INSERT INTO contract_new (id, pair_id, text, hash, drafted_on, sessions, minutes, frequency, mode, place, starts_on, ends_on, mentor_signed_on, mentee_signed_on)
  SELECT id, pair_id, text, hash, drafted_on, sessions, minutes, frequency, mode, place, starts_on, ends_on, mentor_signed_on, mentee_signed_on
  FROM contract ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'contract_new';
UPDATE sqlite_sequence SET name = 'contract_new' WHERE name = 'contract';
DROP TABLE contract;
ALTER TABLE contract_new RENAME TO contract;

-- The version that holds for a pair, one row each: the newest that both have signed; where none is, the newest.
CREATE VIEW contract_in_force AS
  SELECT c.id, c.pair_id, c.version, c.drafted_on, c.sessions, c.minutes, c.frequency, c.mode, c.place, c.starts_on, c.ends_on,
    c.mentor_signed_on, c.mentee_signed_on
  FROM contract c WHERE c.version = coalesce(
    (SELECT max(s.version) FROM contract s
      WHERE s.pair_id = c.pair_id AND s.mentor_signed_on IS NOT NULL AND s.mentee_signed_on IS NOT NULL),
    (SELECT max(n.version) FROM contract n WHERE n.pair_id = c.pair_id));

-- What a version says to a term of the programme, a line each.
CREATE TABLE contract_line (
  contract_id INTEGER NOT NULL REFERENCES contract (id) ON DELETE CASCADE,
  term TEXT NOT NULL,
  side TEXT NOT NULL CONSTRAINT contract_line_side CHECK (side = 'mentor' OR side = 'mentee' OR side = 'both'),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (contract_id, term, side, position)
) STRICT, WITHOUT ROWID;

-- Signatures taken back, and why.
CREATE TABLE unsigning (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id INTEGER NOT NULL REFERENCES contract (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT unsigning_side CHECK (side = 'mentor' OR side = 'mentee'),
  signed_on TEXT NOT NULL,
  unsigned_on TEXT NOT NULL,
  unsigned_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX unsigning_contract ON unsigning (contract_id);

-- ---- sessions, shadowed meetings, reflections ----

-- A session is planned while it has no minutes, held once it has, or cancelled; only what was planned is ever cancelled or moved.
-- moves: how often it was moved, of which nobody is asked why. mentor_signed_on, mentee_signed_on: who says that it took place so.
-- topics: short names, one a line. notes: only where the programme keeps them.
CREATE TABLE session_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  date TEXT NOT NULL,
  time TEXT,
  minutes INTEGER CONSTRAINT session_minutes CHECK (minutes BETWEEN 1 AND 1440),
  mode TEXT CONSTRAINT session_mode CHECK (mode = 'virtual' OR mode = 'in-person'),
  place TEXT,
  next_date TEXT,
  next_time TEXT,
  next_place TEXT,
  recorded_on TEXT NOT NULL,
  activity TEXT,
  topics TEXT,
  notes TEXT,
  mentor_signed_on TEXT,
  mentee_signed_on TEXT,
  moves INTEGER NOT NULL DEFAULT 0,
  cancelled_by TEXT CONSTRAINT session_cancelled_by CHECK (cancelled_by = 'mentor' OR cancelled_by = 'mentee' OR cancelled_by = 'team'),
  cancelled_on TEXT,
  CONSTRAINT session_held CHECK (minutes IS NOT NULL OR (mentor_signed_on IS NULL AND mentee_signed_on IS NULL)),
  CONSTRAINT session_cancelled CHECK (cancelled_by IS NULL OR minutes IS NULL)
) STRICT;
INSERT INTO session_new (id, pair_id, date, time, minutes, mode, place, next_date, next_time, next_place, recorded_on)
  SELECT id, pair_id, date, time, minutes, mode, place, next_date, next_time, next_place, recorded_on FROM session ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'session_new';
UPDATE sqlite_sequence SET name = 'session_new' WHERE name = 'session';
DROP TABLE session;
ALTER TABLE session_new RENAME TO session;
-- What was cancelled leaves its day free; it stands in the index all the same, which counting by pair walks along.
CREATE UNIQUE INDEX session_once ON session (pair_id, date, coalesce(time, ''), CASE WHEN cancelled_by IS NULL THEN 0 ELSE id END);

-- A meeting of the partner's that one side prepared for and took part in.
CREATE TABLE shadowing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  side TEXT NOT NULL CONSTRAINT shadowing_side CHECK (side = 'mentor' OR side = 'mentee'),
  date TEXT NOT NULL,
  meeting TEXT NOT NULL,
  prepared INTEGER NOT NULL CONSTRAINT shadowing_prepared CHECK (prepared = 0 OR prepared = 1),
  part TEXT NOT NULL CONSTRAINT shadowing_part CHECK (part = 'observed' OR part = 'contributed' OR part = 'co-led'),
  recorded_on TEXT NOT NULL,
  UNIQUE (pair_id, side, date, meeting)
) STRICT;

-- That somebody reflected on a session, and when. What was written down is the author's and has no place here.
CREATE TABLE reflection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  side TEXT NOT NULL CONSTRAINT reflection_side CHECK (side = 'mentor' OR side = 'mentee'),
  date TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  UNIQUE (pair_id, side, date)
) STRICT;

-- ---- goals, actions, barriers, care, lessons, remarks ----

-- The organisation's register of barriers. It belongs to a programme and has no cohort, and who brought a barrier is not held. Its number
-- comes from its words and its first day is a month, so that neither order nor days lead to a pair.
CREATE TABLE barrier (
  id INTEGER PRIMARY KEY,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  theme TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'identified' CONSTRAINT barrier_state CHECK (state = 'identified' OR state = 'raised' OR state = 'addressed' OR
    state = 'changed' OR state = 'dropped' OR state = 'merged'),
  identified_in TEXT NOT NULL,
  brought TEXT NOT NULL DEFAULT 'once' CONSTRAINT barrier_brought CHECK (brought = 'once' OR brought = 'several'),
  outcome TEXT,
  reason TEXT,
  merged_into INTEGER REFERENCES barrier (id),
  CONSTRAINT barrier_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  UNIQUE (programme_id, text)
) STRICT;
-- Each state after the first, with its day.
CREATE TABLE barrier_step (
  barrier_id INTEGER NOT NULL REFERENCES barrier (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CONSTRAINT barrier_step_state CHECK (state = 'raised' OR state = 'addressed' OR state = 'changed' OR state = 'dropped'),
  day TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (barrier_id, number)
) STRICT, WITHOUT ROWID;
-- Which pair agrees to be named with which barrier: it is once both sides have.
CREATE TABLE barrier_pair (
  barrier_id INTEGER NOT NULL REFERENCES barrier (id) ON DELETE CASCADE,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  mentor_agreed_on TEXT,
  mentee_agreed_on TEXT,
  PRIMARY KEY (barrier_id, pair_id),
  CONSTRAINT barrier_pair_agreed CHECK (mentor_agreed_on IS NOT NULL OR mentee_agreed_on IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX barrier_pair_pair ON barrier_pair (pair_id);

-- What somebody is to do: the owner, else the two of the pair, else the team. One of a barrier names nobody who did not agree to it.
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  pair INTEGER REFERENCES pair (id) ON DELETE CASCADE,
  owner INTEGER REFERENCES person (id),
  session INTEGER REFERENCES session (id) ON DELETE SET NULL,
  barrier INTEGER REFERENCES barrier (id),
  text TEXT NOT NULL,
  due TEXT,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT action_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT action_closed CHECK ((state = 'open') = (closed_on IS NULL))
) STRICT;
CREATE INDEX action_cohort ON action (cohort_id);
CREATE INDEX action_pair ON action (pair) WHERE pair IS NOT NULL;
CREATE INDEX action_owner ON action (owner) WHERE owner IS NOT NULL;
CREATE INDEX action_session ON action (session) WHERE session IS NOT NULL;
CREATE INDEX action_barrier ON action (barrier) WHERE barrier IS NOT NULL;

-- What one of a pair would value from the other.
CREATE TABLE goal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT goal_side CHECK (side = 'mentor' OR side = 'mentee'),
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT goal_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT goal_closed CHECK ((state = 'open') = (closed_on IS NULL)),
  UNIQUE (pair, side, text)
) STRICT;

-- That the team spoke with somebody, and in a few words of a list what came of it; a note only where the programme keeps notes.
CREATE TABLE checkin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CONSTRAINT checkin_kind CHECK (kind = 'check-in' OR kind = 'individual' OR kind = 'group' OR kind = 'supervision' OR
    kind = 'debrief' OR kind = 'contact'),
  check_in TEXT,
  date TEXT NOT NULL,
  feeling TEXT CONSTRAINT checkin_feeling CHECK (feeling = 'well' OR feeling = 'some-strain' OR feeling = 'needs-support'),
  considered TEXT,
  signposted TEXT,
  note TEXT,
  recorded_by TEXT NOT NULL,
  CONSTRAINT checkin_planned CHECK ((kind = 'check-in') = (check_in IS NOT NULL))
) STRICT;
CREATE INDEX checkin_cohort ON checkin (cohort_id, person);
CREATE INDEX checkin_person ON checkin (person);

-- What a cohort has learned about running the programme. The next one takes it up (done), or says why not (dropped).
CREATE TABLE lesson (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  kind TEXT NOT NULL CONSTRAINT lesson_kind CHECK (kind = 'went-well' OR kind = 'did-not' OR kind = 'suggestion'),
  source TEXT CONSTRAINT lesson_source CHECK (source = 'debrief' OR source = 'survey' OR source = 'event' OR source = 'check-in' OR source = 'team'),
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT lesson_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT lesson_closed CHECK ((state = 'open') = (closed_on IS NULL)),
  UNIQUE (cohort_id, text)
) STRICT;

-- What somebody said of the programme, and how far it may be quoted. The words of one that is withdrawn are gone.
CREATE TABLE remark (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person INTEGER NOT NULL REFERENCES person (id),
  text TEXT,
  scope TEXT NOT NULL DEFAULT 'none' CONSTRAINT remark_scope CHECK (scope = 'none' OR scope = 'inside' OR scope = 'published'),
  named INTEGER NOT NULL DEFAULT 0 CONSTRAINT remark_named CHECK (named = 0 OR named = 1),
  collected_on TEXT NOT NULL,
  consent_on TEXT,
  withdrawn_on TEXT,
  CONSTRAINT remark_consent CHECK ((scope = 'none') = (consent_on IS NULL)),
  CONSTRAINT remark_withdrawn CHECK ((text IS NULL) = (withdrawn_on IS NOT NULL) AND (withdrawn_on IS NULL OR scope = 'none'))
) STRICT;
CREATE INDEX remark_cohort ON remark (cohort_id);
CREATE INDEX remark_person ON remark (person);

-- ---- events and who attended them ----

-- One meeting at one time. Those of a cohort that have one name are alternatives: attending one of them is enough. `slot` is the time of the
-- programme that it was made from. The time is kept as it was agreed, on the clock of a zone: where the zone's rules change, people still come
-- when their clocks show it, and the instant is found anew.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  name TEXT NOT NULL,
  slot TEXT,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT event_kind CHECK (kind = 'awareness' OR kind = 'briefing' OR kind = 'induction' OR kind = 'training'
    OR kind = 'workshop' OR kind = 'supervision' OR kind = 'peer-support' OR kind = 'meeting' OR kind = 'evaluation' OR kind = 'debrief'),
  audience TEXT NOT NULL CONSTRAINT event_audience CHECK (audience = 'mentors' OR audience = 'mentees' OR audience = 'both'
    OR audience = 'facilitators' OR audience = 'applicants' OR audience = 'managers' OR audience = 'team'),
  required INTEGER NOT NULL DEFAULT 0 CONSTRAINT event_required CHECK (required = 0 OR required = 1),
  date TEXT NOT NULL,
  start TEXT,
  until TEXT,
  zone TEXT NOT NULL,
  mode TEXT CONSTRAINT event_mode CHECK (mode = 'virtual' OR mode = 'in-person' OR mode = 'either'),
  place TEXT,
  capacity INTEGER CONSTRAINT event_capacity CHECK (capacity BETWEEN 1 AND 100000),
  around TEXT,
  sign_up TEXT,
  provider TEXT,
  text TEXT,
  uid TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL DEFAULT 0,
  changed_at TEXT NOT NULL,
  by_hand INTEGER NOT NULL DEFAULT 0 CONSTRAINT event_by_hand CHECK (by_hand = 0 OR by_hand = 1),
  cancelled_on TEXT,
  reason TEXT,
  CONSTRAINT event_times CHECK (until IS NULL OR start < until),
  CONSTRAINT event_until CHECK (until IS NULL OR start IS NOT NULL),
  UNIQUE (cohort_id, name, slot)
) STRICT;

-- What a person said of an event, and then whether he or she was there.
CREATE TABLE attendance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id),
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  state TEXT NOT NULL CONSTRAINT attendance_state CHECK (state = 'coming' OR state = 'waiting' OR state = 'declined' OR state = 'attended'
    OR state = 'caught-up' OR state = 'absent' OR state = 'excused'),
  minutes INTEGER CONSTRAINT attendance_minutes CHECK (minutes BETWEEN 0 AND 1440),
  said_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE INDEX attendance_person ON attendance (person_id);

-- What a person was last sent about an event: an invitation, or word that it is off.
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id),
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  off INTEGER NOT NULL CONSTRAINT invitation_off CHECK (off = 0 OR off = 1),
  sent_on TEXT NOT NULL,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE INDEX invitation_person ON invitation (person_id);

-- Who runs an event; the reason is that of an assignment before the training.
CREATE TABLE facilitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id),
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  assigned_on TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  reason TEXT,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE INDEX facilitation_person ON facilitation (person_id);

-- What a pair was published in spite of, and why.
CREATE TABLE passage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  obstacle TEXT NOT NULL,
  reason TEXT NOT NULL,
  passed_on TEXT NOT NULL,
  passed_by TEXT NOT NULL,
  UNIQUE (pair_id, obstacle)
) STRICT;

-- ---- surveys, checklists, workforce figures ----

-- A point of a stage's checklist that is settled: what shows it, and who answers for it.
CREATE TABLE settled (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  item TEXT NOT NULL,
  evidence TEXT NOT NULL,
  owner TEXT NOT NULL,
  settled_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (cohort_id, stage, item)
) STRICT;
-- A step that a cohort took although the checklist before it was not settled, and why.
CREATE TABLE unsettled (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  step TEXT NOT NULL CONSTRAINT unsettled_step CHECK (step = 'open' OR step = 'publish' OR step = 'start' OR step = 'finish'),
  reason TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (cohort_id, step)
) STRICT;

-- How many people of the workforce are in a group, on a day; nobody's answer, yet of few people it would be one, so it lies behind the wall
-- as answers do. organisation: empty for the programme as a whole.
CREATE TABLE equality_headcount (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  organisation TEXT NOT NULL,
  as_of TEXT NOT NULL,
  question TEXT NOT NULL,
  name TEXT NOT NULL,
  people INTEGER NOT NULL CONSTRAINT equality_headcount_people CHECK (people BETWEEN 0 AND 100000000),
  UNIQUE (programme_id, organisation, as_of, question, name)
) STRICT;

-- What was imported together. Numbers count up over all surveys, so they say in which order figures could have been seen; a day would say
-- who could have answered.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  file TEXT,
  hash TEXT
) STRICT;
CREATE INDEX batch_stage ON batch (cohort_id, survey, stage);
INSERT INTO batch (cohort_id, survey, stage) SELECT cohort_id, survey, stage FROM response GROUP BY cohort_id, survey, stage ORDER BY min(id);
ALTER TABLE response ADD COLUMN batch_id INTEGER REFERENCES batch (id) ON DELETE CASCADE;
UPDATE response SET batch_id = (SELECT b.id FROM batch b WHERE b.cohort_id = response.cohort_id AND b.survey = response.survey AND b.stage = response.stage);
CREATE INDEX response_batch ON response (batch_id);

-- Numbers of responses to anonymous surveys that are in: they make importing twice harmless, and lead to no response.
CREATE TABLE response_seen (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  response TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  PRIMARY KEY (cohort_id, survey, stage, response)
) STRICT, WITHOUT ROWID;

-- Who may answer a stage once. Only a fingerprint of the token is kept. used: the token of an anonymous survey has served; when, and for which
-- response, is not kept.
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  token TEXT NOT NULL UNIQUE,
  used INTEGER NOT NULL DEFAULT 0 CONSTRAINT ticket_used CHECK (used = 0 OR used = 1),
  UNIQUE (cohort_id, survey, stage, enrolment_id)
) STRICT;
CREATE INDEX ticket_enrolment ON ticket (enrolment_id);

-- ---- messages and what became of them ----

-- handed: how many of the changes were the outbox's own. While revision - handed stays the same, nobody else has changed a record.
ALTER TABLE store ADD COLUMN handed INTEGER NOT NULL DEFAULT 0;

-- What people are written to in, as BCP 47 names it; not said is English.
ALTER TABLE person ADD COLUMN language TEXT CONSTRAINT person_language CHECK (language = 'en' OR language = 'cy');

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

-- ---- the trail of changes, and what people asked of their data ----

-- What tags in this store are made with. It comes with the first change that is recorded.
ALTER TABLE store ADD COLUMN secret TEXT;

-- One row for each command that changed something, stored with the change itself, and for each reading of what is protected: kinds of
-- records and their numbers, nothing of what they say. Each row's hash covers the one before.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT audit_kind CHECK (kind = 'change' OR kind = 'reading'),
  revision INTEGER NOT NULL,
  records TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;

-- What people object to, step by step: only added to, but for erasing the person. The last step that is not an answer counts.
CREATE TABLE objection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CONSTRAINT objection_purpose CHECK (purpose = 'matching' OR purpose = 'reminders' OR purpose = 'monitoring' OR purpose = 'surveys'),
  step TEXT NOT NULL CONSTRAINT objection_step CHECK (step = 'objected' OR step = 'lifted' OR step = 'answered'),
  day TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX objection_person ON objection (person_id, purpose);

-- Figures that left the team, as they were told: what they are of, the cohorts ( 3 7 ), the numbers, and the day they left first. until:
-- answers of batches up to this one are in them. Neither people nor what was withheld.
CREATE TABLE publication (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  cohorts TEXT NOT NULL,
  figures TEXT NOT NULL,
  until INTEGER,
  published_on TEXT NOT NULL
) STRICT;
CREATE INDEX publication_subject ON publication (subject);
CREATE TRIGGER publication_fixed BEFORE UPDATE ON publication
BEGIN SELECT raise(ABORT, 'what was published is only added to'); END;
CREATE TRIGGER publication_kept BEFORE DELETE ON publication
BEGIN SELECT raise(ABORT, 'what was published is only added to'); END;

-- Whose data has been erased: a hash of each address, salted, so that an older copy of the store can be cleared of them and nobody can read
-- here who they were. `person` is the number that the record had.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  salt TEXT NOT NULL UNIQUE,
  tag TEXT NOT NULL,
  erased_on TEXT NOT NULL
) STRICT;
