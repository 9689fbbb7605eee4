-- Version 7: goals, actions, barriers, care, lessons, remarks.

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
