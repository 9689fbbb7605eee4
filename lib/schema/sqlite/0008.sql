-- Version 8: events and who attended them.

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
