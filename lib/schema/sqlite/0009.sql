-- Version 9: surveys, checklists, workforce figures.

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
