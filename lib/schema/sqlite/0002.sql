-- Version 2: recruitment. Who came late, who waits in which order, who is to hear when; statements, line managers' support, scores;
-- other addresses of a person; equality monitoring.

-- The cohort that this one was made from.
ALTER TABLE cohort ADD COLUMN origin_id INTEGER REFERENCES cohort (id);

-- rank: place on the waiting list of the role, from 1. origin: why the enrolment was brought here from origin_cohort_id.
-- told: the outcome that the person was last told of. For IN with three words or more SQLite builds a table in every statement that stores
-- a row, so words are compared one by one. References to enrolments are by name, and find the new table.
CREATE TABLE enrolment_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CONSTRAINT enrolment_role CHECK (role = 'mentor' OR role = 'mentee' OR role = 'either' OR role = 'facilitator'),
  state TEXT NOT NULL DEFAULT 'applied' CONSTRAINT enrolment_state
    CHECK (state = 'applied' OR state = 'accepted' OR state = 'waiting' OR state = 'declined' OR state = 'withdrawn'),
  places INTEGER NOT NULL DEFAULT 1 CONSTRAINT enrolment_places CHECK (places BETWEEN 0 AND 20),
  applied_on TEXT NOT NULL,
  decided_on TEXT,
  decided_by TEXT,
  reason TEXT,
  response TEXT,
  rank INTEGER CONSTRAINT enrolment_rank CHECK (rank >= 1),
  contact_on TEXT,
  origin TEXT CONSTRAINT enrolment_origin CHECK (origin = 'late' OR origin = 'waiting' OR origin = 'reserve'),
  origin_cohort_id INTEGER REFERENCES cohort (id),
  told TEXT CONSTRAINT enrolment_told CHECK (told = 'undecided' OR told = 'accepted' OR told = 'late' OR told = 'waiting' OR
    told = 'declined' OR told = 'reserve' OR told = 'withdrawn'),
  told_on TEXT,
  UNIQUE (person_id, cohort_id) -- finds a person's enrolments as well
) STRICT;
INSERT INTO enrolment_new (id, cohort_id, person_id, role, state, places, applied_on, decided_on, decided_by, reason, response)
  SELECT id, cohort_id, person_id, role, state, places, applied_on, decided_on, decided_by, reason, response FROM enrolment ORDER BY id;
-- Who waited already waits in the order of the decisions.
UPDATE enrolment_new SET rank = o.place FROM
  (SELECT id, row_number() OVER (PARTITION BY cohort_id, role ORDER BY decided_on, id) AS place FROM enrolment WHERE state = 'waiting') o
  WHERE o.id = enrolment_new.id;
DELETE FROM sqlite_sequence WHERE name = 'enrolment_new';
UPDATE sqlite_sequence SET name = 'enrolment_new' WHERE name = 'enrolment';
DROP TABLE enrolment;
ALTER TABLE enrolment_new RENAME TO enrolment;
CREATE INDEX enrolment_origin ON enrolment (origin_cohort_id) WHERE origin_cohort_id IS NOT NULL;
-- A form numbers its responses by itself, so what came late through one cohort's form keeps that form's numbers.
CREATE UNIQUE INDEX enrolment_response ON enrolment (coalesce(origin_cohort_id, cohort_id), response) WHERE response IS NOT NULL;
CREATE INDEX pair_mentor ON pair (mentor_id);
-- Who has whom as a line manager is asked about everybody at once.
DROP INDEX person_manager;
CREATE INDEX response_person ON response (respondent_id);

-- Answers are by far the most rows: their key is the table.
CREATE TABLE answer_by_key (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, question, position)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_by_key SELECT enrolment_id, question, position, value FROM answer ORDER BY enrolment_id, question, position;
DROP TABLE answer;
ALTER TABLE answer_by_key RENAME TO answer;

-- What a person stated where the application has no column for it.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CONSTRAINT statement_kind CHECK (kind IN ('eligibility', 'confirms', 'information')),
  name TEXT NOT NULL,
  value INTEGER NOT NULL CONSTRAINT statement_value CHECK (value IN (0, 1)),
  stated_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (enrolment_id, kind, name)
) STRICT;

-- The line manager's support.
CREATE TABLE support (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL UNIQUE REFERENCES enrolment (id) ON DELETE CASCADE,
  asked_on TEXT,
  answer TEXT CONSTRAINT support_answer CHECK (answer IN ('given', 'refused')),
  answered_on TEXT,
  answered_by TEXT,
  reason TEXT,
  recorded_by TEXT NOT NULL,
  CONSTRAINT support_known CHECK (asked_on IS NOT NULL OR answer IS NOT NULL),
  CONSTRAINT support_dated CHECK ((answer IS NULL) = (answered_on IS NULL))
) STRICT;

-- What somebody was accepted in spite of: a statement that read "no", or the line manager's refusal (whose name is empty).
CREATE TABLE waiver (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CONSTRAINT waiver_kind CHECK (kind IN ('eligibility', 'confirms', 'information', 'support')),
  name TEXT NOT NULL,
  UNIQUE (enrolment_id, kind, name)
) STRICT;

-- What one assessor gave an application for one criterion.
CREATE TABLE score (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  criterion TEXT NOT NULL,
  assessor TEXT NOT NULL,
  points INTEGER NOT NULL CONSTRAINT score_points CHECK (points BETWEEN 0 AND 100),
  scored_on TEXT NOT NULL,
  UNIQUE (enrolment_id, criterion, assessor)
) STRICT;

-- Other addresses that mean the same person: those of records merged into this one, and those it had before.
CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  email TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX address_person ON address (person_id);

-- Equality monitoring, for counting only. The connection refuses every statement that reaches one of these tables, unless it comes from
-- lib/equality.c. Numbers of subjects and answers are random: their order says nothing.
-- Why answers are held, as the programme said when they were given.
CREATE TABLE equality_basis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  purpose TEXT NOT NULL,
  basis TEXT NOT NULL,
  seen_by TEXT NOT NULL,
  months INTEGER NOT NULL,
  UNIQUE (cohort_id, purpose, basis, seen_by, months),
  UNIQUE (id, cohort_id)
) STRICT;
CREATE TABLE equality_subject (
  id INTEGER PRIMARY KEY,
  basis_id INTEGER NOT NULL,
  cohort_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  UNIQUE (cohort_id, person_id),
  FOREIGN KEY (basis_id, cohort_id) REFERENCES equality_basis (id, cohort_id)
) STRICT;
CREATE INDEX equality_subject_person ON equality_subject (person_id);
CREATE TABLE equality_answer (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES equality_subject (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (subject_id, question, position)
) STRICT;
-- Who does not want to be counted.
CREATE TABLE equality_objection (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  objected_on TEXT NOT NULL
) STRICT;
