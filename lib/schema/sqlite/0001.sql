-- Version 1. Texts are UTF-8 without NUL; days are ISO 8601, instants RFC 3339 in UTC.

CREATE TABLE store (
  id INTEGER PRIMARY KEY CONSTRAINT store_single CHECK (id = 1),
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO store (id) VALUES (1);

CREATE TABLE programme (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL
) STRICT;

-- A revision is never changed: a cohort is judged by the rules it was made with.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  UNIQUE (programme_id, number)
) STRICT;
CREATE TRIGGER revision_fixed BEFORE UPDATE ON revision
BEGIN SELECT raise(ABORT, 'a revision is never changed'); END;

-- The state is derived from these days, never stored.
CREATE TABLE cohort (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  opens_on TEXT,
  closes_on TEXT,
  starts_on TEXT,
  ends_on TEXT,
  mentors_max INTEGER,
  mentees_max INTEGER,
  opened_on TEXT,
  closed_on TEXT,
  started_on TEXT,
  finished_on TEXT,
  CONSTRAINT cohort_dates CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on),
  CONSTRAINT cohort_window CHECK (opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on)
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organisation TEXT,
  directorate TEXT,
  job TEXT,
  grade TEXT,
  manager_email TEXT
) STRICT;
CREATE INDEX person_manager ON person (manager_email);

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CONSTRAINT enrolment_role CHECK (role IN ('mentor', 'mentee', 'either', 'facilitator')),
  state TEXT NOT NULL DEFAULT 'applied'
    CONSTRAINT enrolment_state CHECK (state IN ('applied', 'accepted', 'waiting', 'declined', 'withdrawn')),
  places INTEGER NOT NULL DEFAULT 1 CONSTRAINT enrolment_places CHECK (places BETWEEN 0 AND 20),
  applied_on TEXT NOT NULL,
  decided_on TEXT,
  decided_by TEXT,
  reason TEXT,
  response TEXT,
  UNIQUE (cohort_id, person_id)
) STRICT;
CREATE UNIQUE INDEX enrolment_response ON enrolment (cohort_id, response) WHERE response IS NOT NULL;
CREATE INDEX enrolment_person ON enrolment (person_id);

-- What an applicant answered to the programme's own questions; a multi-select has a row per choice.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (enrolment_id, question, position)
) STRICT;

CREATE TABLE pair (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  mentor_id INTEGER NOT NULL REFERENCES enrolment (id),
  mentee_id INTEGER NOT NULL REFERENCES enrolment (id),
  state TEXT NOT NULL DEFAULT 'proposed'
    CONSTRAINT pair_state CHECK (state IN ('proposed', 'active', 'completed', 'ended')),
  arrangement TEXT NOT NULL CONSTRAINT pair_arrangement CHECK (arrangement IN ('reverse', 'reciprocal')),
  score INTEGER NOT NULL,
  proposed_on TEXT NOT NULL,
  published_on TEXT,
  ended_on TEXT,
  reason TEXT,
  CONSTRAINT pair_distinct CHECK (mentor_id <> mentee_id)
) STRICT;
CREATE UNIQUE INDEX pair_current ON pair (mentor_id, mentee_id) WHERE state IN ('proposed', 'active');
CREATE INDEX pair_cohort ON pair (cohort_id);
CREATE INDEX pair_mentee ON pair (mentee_id);

CREATE TABLE contract (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL UNIQUE REFERENCES pair (id),
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  drafted_on TEXT NOT NULL,
  sessions INTEGER,
  minutes INTEGER,
  frequency TEXT,
  mode TEXT CONSTRAINT contract_mode CHECK (mode IN ('virtual', 'in-person', 'either')),
  place TEXT,
  starts_on TEXT,
  ends_on TEXT,
  mentor_signed_on TEXT,
  mentee_signed_on TEXT,
  CONSTRAINT contract_dates CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on)
) STRICT;

-- A session holds when, how long and how; never what was said.
CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  date TEXT NOT NULL,
  time TEXT,
  minutes INTEGER NOT NULL CONSTRAINT session_minutes CHECK (minutes BETWEEN 1 AND 1440),
  mode TEXT CONSTRAINT session_mode CHECK (mode IN ('virtual', 'in-person')),
  place TEXT,
  next_date TEXT,
  next_time TEXT,
  next_place TEXT,
  recorded_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX session_once ON session (pair_id, date, coalesce(time, ''));

-- Survey answers. `respondent` links the stages of one person; who that is, is never printed.
CREATE TABLE response (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  respondent_id INTEGER REFERENCES enrolment (id),
  response TEXT NOT NULL,
  UNIQUE (cohort_id, survey, stage, response)
) STRICT;
CREATE UNIQUE INDEX response_respondent ON response (cohort_id, survey, stage, respondent_id);

CREATE TABLE response_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER,
  text TEXT,
  UNIQUE (response_id, question, position)
) STRICT;
