-- Version 4: the choices made at one question are one answer, a choice a line.

CREATE TABLE answer_whole (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, question)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_whole SELECT enrolment_id, question, group_concat(value, char(10))
  FROM (SELECT enrolment_id, question, value FROM answer ORDER BY enrolment_id, question, position) GROUP BY enrolment_id, question;
DROP TABLE answer;
ALTER TABLE answer_whole RENAME TO answer;
