-- Version 5: what people ask and complain of, with the days by which they are owed an answer; and a trail of changes whose oldest part may go.

-- What a person asks of her or his data, or complains of. waiting_since: something was asked back, and the time stands still; waited: the days it
-- has stood still before. The days by which something is owed are worked out from these.
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CONSTRAINT request_kind CHECK (kind = 'access' OR kind = 'correction' OR kind = 'erasure' OR kind = 'complaint'),
  received_on TEXT NOT NULL,
  about TEXT,
  acknowledged_on TEXT,
  waiting_since TEXT,
  waited INTEGER NOT NULL DEFAULT 0 CONSTRAINT request_waited CHECK (waited >= 0),
  extended_on TEXT,
  closed_on TEXT,
  outcome TEXT CONSTRAINT request_outcome CHECK (outcome = 'answered' OR outcome = 'refused' OR outcome = 'withdrawn'),
  recorded_by TEXT NOT NULL,
  CONSTRAINT request_closed CHECK ((closed_on IS NULL) = (outcome IS NULL)),
  CONSTRAINT request_waiting CHECK (waiting_since IS NULL OR closed_on IS NULL)
) STRICT;
CREATE INDEX request_person ON request (person_id);

-- The oldest entries of the trail that were removed since their time was over: up to which, how many, of which days, by whom, and the hash that the
-- next entry goes on from. Each row's own hash covers the row before.
CREATE TABLE audit_cut (
  id INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  entries INTEGER NOT NULL CONSTRAINT audit_cut_entries CHECK (entries >= 1),
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  revision INTEGER NOT NULL,
  last_hash TEXT NOT NULL,
  cut_at TEXT NOT NULL,
  cut_by TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_cut_fixed BEFORE UPDATE ON audit_cut
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
CREATE TRIGGER audit_cut_kept BEFORE DELETE ON audit_cut
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
DROP TRIGGER audit_kept;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit WHEN old.id > coalesce((SELECT max(c.last) FROM audit_cut c), 0)
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
