-- Version 6: sessions, shadowed meetings, reflections.

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
