-- Version 5: agreements, as pairs make, change and sign them.

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
