-- Version 3: matching. What people and the running team say about who is to be with whom, and proposals that are kept.

-- pinned: stays in every later proposal. override: why the two are put together although a hard rule speaks against it.
ALTER TABLE pair ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pair_pinned CHECK (pinned IN (0, 1));
ALTER TABLE pair ADD COLUMN override TEXT;

-- Whom somebody would like to be paired with in a cohort, the first choice first.
CREATE TABLE preference (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  other_enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL CONSTRAINT preference_rank CHECK (rank BETWEEN 1 AND 99),
  UNIQUE (enrolment_id, other_enrolment_id),
  UNIQUE (enrolment_id, rank),
  CONSTRAINT preference_other CHECK (enrolment_id <> other_enrolment_id)
) STRICT;
CREATE INDEX preference_named ON preference (other_enrolment_id);

-- Who is never to be paired with whom, in any cohort. Confidential: only the running team reads it.
CREATE TABLE avoidance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  other_person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  said_by TEXT NOT NULL CONSTRAINT avoidance_said_by CHECK (said_by IN ('person', 'team')),
  reason TEXT,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (person_id, other_person_id),
  CONSTRAINT avoidance_other CHECK (person_id <> other_person_id)
) STRICT;
CREATE INDEX avoidance_named ON avoidance (other_person_id);

-- Who is kept apart in the proposals of one cohort.
CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  other_enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  blocked_on TEXT NOT NULL,
  blocked_by TEXT NOT NULL,
  UNIQUE (enrolment_id, other_enrolment_id),
  CONSTRAINT block_other CHECK (enrolment_id <> other_enrolment_id)
) STRICT;
CREATE INDEX block_named ON block (other_enrolment_id);

-- A proposal kept under a name, whatever is proposed now.
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  method TEXT NOT NULL CONSTRAINT proposal_method CHECK (method IN ('best', 'stable')),
  objective TEXT NOT NULL CONSTRAINT proposal_objective CHECK (objective IN ('total', 'worst-off', 'mentors-choices')),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (cohort_id, name)
) STRICT;
CREATE TABLE proposal_pair (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id INTEGER NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  mentor_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  mentee_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  arrangement TEXT NOT NULL CONSTRAINT proposal_pair_arrangement CHECK (arrangement IN ('reverse', 'reciprocal')),
  score INTEGER NOT NULL,
  pinned INTEGER NOT NULL CONSTRAINT proposal_pair_pinned CHECK (pinned IN (0, 1)),
  override TEXT,
  UNIQUE (proposal_id, mentor_id, mentee_id),
  CONSTRAINT proposal_pair_distinct CHECK (mentor_id <> mentee_id)
) STRICT;
CREATE INDEX proposal_pair_mentor ON proposal_pair (mentor_id);
CREATE INDEX proposal_pair_mentee ON proposal_pair (mentee_id);

-- What the two of a proposed pair say to it before it is published.
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT agreement_side CHECK (side IN ('mentor', 'mentee')),
  agreed_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (pair_id, side)
) STRICT;
-- A proposed pair that one of the two declined: it is gone, and a block keeps the two apart. The reason is for the running team only.
CREATE TABLE refusal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair INTEGER NOT NULL UNIQUE,
  mentor_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  mentee_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT refusal_side CHECK (side IN ('mentor', 'mentee')),
  reason TEXT,
  declined_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  CONSTRAINT refusal_distinct CHECK (mentor_id <> mentee_id)
) STRICT;
CREATE INDEX refusal_mentor ON refusal (mentor_id);
CREATE INDEX refusal_mentee ON refusal (mentee_id);

-- How a pair ended, without fault: at whose wish, and why in one of a few words. The note is for the running team only.
CREATE TABLE ending (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL UNIQUE REFERENCES pair (id) ON DELETE CASCADE,
  wish TEXT CONSTRAINT ending_wish CHECK (wish IN ('mentor', 'mentee', 'both', 'team')),
  reason TEXT CONSTRAINT ending_reason CHECK (reason IN ('time', 'moved', 'other-priorities', 'not-the-right-match', 'other')),
  note TEXT,
  apart INTEGER NOT NULL DEFAULT 0 CONSTRAINT ending_apart CHECK (apart IN (0, 1)),
  recorded_by TEXT NOT NULL
) STRICT;
INSERT INTO ending (pair_id, note, recorded_by) SELECT id, reason, 'admin' FROM pair WHERE state = 'ended';
ALTER TABLE pair DROP COLUMN reason;
-- Somebody whose pair ended and who would like another partner; found_id: the pair that came of it. Whoever does not ask is left in peace.
CREATE TABLE replacement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  asked_on TEXT NOT NULL,
  found_id INTEGER REFERENCES pair (id) ON DELETE SET NULL,
  UNIQUE (pair_id, enrolment_id)
) STRICT;
CREATE INDEX replacement_enrolment ON replacement (enrolment_id);
CREATE INDEX replacement_found ON replacement (found_id);

-- The two go on by themselves after the cohort has finished.
ALTER TABLE pair ADD COLUMN continued_on TEXT;
