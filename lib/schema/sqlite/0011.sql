-- Version 11: the trail of changes, and what people asked of their data.

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

-- Whose data has been erased: a hash of each address, salted, so that an older copy of the store can be cleared of them and nobody can read
-- here who they were. `person` is the number that the record had.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  salt TEXT NOT NULL UNIQUE,
  tag TEXT NOT NULL,
  erased_on TEXT NOT NULL
) STRICT;
