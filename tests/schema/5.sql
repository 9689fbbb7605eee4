-- A store of schema version 5, as its program left it; tests/cli/versions.bats brings it to the newest.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE store (
  id INTEGER PRIMARY KEY CONSTRAINT store_single CHECK (id = 1),
  revision INTEGER NOT NULL DEFAULT 0
, handed INTEGER NOT NULL DEFAULT 0, secret TEXT) STRICT;
INSERT INTO store VALUES(1,28,0,'57dadb67edb10722c3e933334c0405befafe4d26a06df0d7f1c21d55072a463f');
CREATE TABLE programme (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL
) STRICT;
INSERT INTO programme VALUES(1,'manchester','Reverse mentoring');
CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  UNIQUE (programme_id, number)
) STRICT;
INSERT INTO revision VALUES(1,1,1,'8affd872c885a6c32c88d229a79281fda99ecd06b74e7ab664ab3c808c02dc27',replace('# A programme file for mentor: everything that differs between programmes stands here.\n# This one runs reverse mentoring in a city council: colleagues from under-represented groups mentor senior leaders.\n# Check it with:  mentor programme check programme.yaml      Every key is explained in: man 5 mentor-programme\n\nprogramme: manchester\ntitle: Reverse mentoring\norganisation: Irwell City Council\ncontact:\n  name: Organisational development team\n  email: mentoring@irwell.example.org      # appears in every contract and report\n\n# Who mentors whom. In a reverse programme the mentor is the junior or under-represented colleague, and stays so.\narrangement: reverse\nlabels:\n  mentor: mentor\n  mentors: mentors\n  mentee: mentee\n  mentees: mentees\n\n# Grades from junior to senior.\nseniority: [Grade 4, Grade 5, Grade 6, Grade 7, Grade 8, Grade 9, Head of service, Director, Strategic director]\n\n# What it is for. Questions of the surveys name the aim they measure; the report follows the aims. (M4)\naims:\n  talent:\n    text: Question what we think talent looks like\n    plans: [Workforce equality plan, Talent plan]\n  stereotypes:\n    text: Break stereotypes by meeting the person behind them\n    plans: [Workforce equality plan]\n  diversity:\n    text: More diverse middle and senior grades\n    plans: [Talent plan, Workforce objective on retention]\n  insight:\n    text: Mentors share what working here is like for them\n    plans: [Workforce equality plan]\n\n# A small cohort is advised. Going past the limit needs a reason. (M6)\ncohort:\n  mentors: 12\n  mentees: 12\n  months: 6\n\n# The four stages, in order. (M1, M2)\nstages:\n  evaluate:\n    title: Evaluate whether we are ready\n    checklist:\n      - Workforce figures and what data we hold\n      - Whether the workforce reflects the people we serve\n      - Equality programmes and training so far, how well they worked and why\n      - How staff feel, and whether equality is part of daily work\n      - How plans are told to staff\n  prepare:\n    title: Prepare people and materials\n    checklist:\n      - Aims agreed and linked to our plans\n      - Briefing for mentors held\n      - Briefing for mentees held\n      - Line managers asked for their support\n  implement:\n    title: Match, agree, meet\n    checklist:\n      - Pairs published\n      - Contracts signed by both\n      - Check-ins with mentors planned\n  review:\n    title: Review and pass on\n    checklist:\n      - Surveys answered\n      - Debrief with mentors held\n      - Lessons written down for the next cohort\n\n# What mentors are selected by. (M7)\ncriteria:\n  - Knows the organisation\n  - Wants to help others develop\n  - Motivates people\n  - Has lived experience to share\n  - Has the time\n  - Listens and explains well\n  - Keeps an open mind\n  - Gets things done\n  - Speaks truth to power\n\n# How the export of the application form is read: a Microsoft Forms file, whole questions as headings. (M9)\napplication:\n  profile: msforms\n  date_order: dmy\n  columns:\n    response:      { header: ID, required: yes }\n    applied_on:    { header: Completion time }\n    email:         { header: Your work e-mail address, required: yes }\n    name:          { header: Your name, required: yes }\n    role:\n      header: "Would you like to be a mentor or a mentee?"\n      required: yes\n      values:\n        I would like to mentor a senior leader: mentor\n        I would like to be mentored: mentee\n    directorate:\n      header: Which directorate do you work in?\n      required: yes\n    job:           { header: What is your job title? }\n    grade:         { header: What is your grade?, required: yes }\n    manager_email: { header: Your line manager''s e-mail address }\n    topics:\n      header: Which topics would you like to talk about?\n      many: yes\n      values:\n        Getting on at work: careers\n        How decisions are made: decisions\n        Language and culture: culture\n        Faith and belief: faith\n        Disability and health: disability\n        Being the only one in the room: belonging\n    meeting:\n      header: How would you like to meet?\n      values:\n        Face to face: in-person\n        Online: virtual\n        I do not mind: either\n  ignore:\n    - What do you hope for?\n\n# Hard rules remove a pair; scores only rank what is left. People decide. (M9)\nmatching:\n  rules:\n    other-directorate: { rule: different, field: directorate }\n    line-management:   { rule: not-line-management }\n  scores:\n    shared-topics: { score: overlap, field: topics, weight: high }\n    same-meeting:  { score: same, field: meeting, weight: low }\n\n# What every pair agrees. Ranges leave the number to the pair. (M10, M11, M15)\ncontract:\n  purpose: >\n    The mentor shares what working here is like for them; the mentee listens, learns and acts on it.\n    Both gain a view they would not otherwise have.\n  ground_rules:\n    - What is said stays between us, unless somebody is at risk; personal data is handled as data-protection law asks\n    - We protect the time we have agreed\n    - We are honest with each other and open to being wrong\n    - These meetings are not the place for personal grievances\n    - Either of us may move a session without giving a reason when it is not the day to share\n    - We build trust by doing what we say\n  sessions: { minimum: 4, usual: 5, maximum: 6 }\n  minutes:  { minimum: 45, usual: 60, maximum: 60 }\n  months:   { minimum: 4, usual: 6, maximum: 6 }\n  frequency: monthly\n  mode: either\n  no_fault: >\n    Some pairs do not work out, and that is all right. Either of us can end the arrangement at any time by telling the contact;\n    nobody is at fault, and another partner is looked for if wanted.\n  sign_first: yes\n\n# Ready-made for a first session. (M14)\nactivities:\n  tree-of-life:\n    title: Tree of life\n    minutes: 40\n    text: >\n      Each draws a tree for 30 minutes: roots for background, the trunk for values, branches for aspirations, leaves for sources of\n      strength, fruits for gifts. Then each presents it in 5 minutes.\n\n# Asked of mentees before and after; the change is reported, never who said what. (M17, M20)\nsurveys:\n  mentee:\n    title: Mentees before and after\n    audience: mentees\n    stages: [before, after]\n    email_header: Your work e-mail address\n    response_header: ID\n    questions:\n      understand:\n        text: How well do you understand what working here is like for colleagues from under-represented groups?\n        low: Not at all\n        high: Very well\n        aim: insight\n      support:\n        text: How well do you know how to support them?\n        low: Not at all\n        high: Very well\n        aim: stereotypes\n      informed:\n        text: How well informed do you feel about the barriers they meet?\n        low: Not at all\n        high: Very well\n        aim: insight\n      talent:\n        text: How often do you look for talent outside the usual places?\n        low: Never\n        high: Always\n        aim: talent\n      learned:\n        text: What have you learned?\n        kind: text\n      differently:\n        text: What will you do differently?\n        kind: text\n      objectives:\n        text: How does this link to our workforce equality objectives?\n        kind: text\n      comments:\n        text: Any other comments?\n        kind: text\n\n# Counts and means over fewer people than this are withheld in every format.\nprivacy:\n  min_cell: 5\n','\n',char(10)),'2026-03-02T12:00:00Z');
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
  finished_on TEXT, origin_id INTEGER REFERENCES cohort (id),
  CONSTRAINT cohort_dates CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on),
  CONSTRAINT cohort_window CHECK (opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on)
) STRICT;
INSERT INTO cohort VALUES(1,1,1,'spring','spring',NULL,NULL,'2026-04-01','2031-12-31',12,12,'2026-03-02','2026-03-02','2026-03-02',NULL,NULL);
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organisation TEXT,
  directorate TEXT,
  job TEXT,
  grade TEXT,
  manager_email TEXT
, language TEXT CONSTRAINT person_language CHECK (language = 'en' OR language = 'cy')) STRICT;
INSERT INTO person VALUES(1,'amira@example.org','amira',NULL,'Housing',NULL,NULL,NULL,NULL);
INSERT INTO person VALUES(2,'ben@example.org','ben',NULL,'Parks',NULL,NULL,NULL,NULL);
INSERT INTO person VALUES(3,'clara@example.org','clara',NULL,'Parks',NULL,NULL,NULL,NULL);
INSERT INTO person VALUES(4,'david@example.org','david',NULL,'Housing',NULL,NULL,NULL,NULL);
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
  pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pair_pinned CHECK (pinned IN (0, 1)), override TEXT, continued_on TEXT,
  CONSTRAINT pair_distinct CHECK (mentor_id <> mentee_id)
) STRICT;
INSERT INTO pair VALUES(1,1,1,3,'active','reverse',0,'2026-03-02','2026-03-02',NULL,0,NULL,NULL);
INSERT INTO pair VALUES(2,1,2,4,'active','reverse',0,'2026-03-02','2026-03-02',NULL,0,NULL,NULL);
CREATE TABLE response (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  respondent_id INTEGER REFERENCES enrolment (id),
  response TEXT NOT NULL, batch_id INTEGER REFERENCES batch (id) ON DELETE CASCADE,
  UNIQUE (cohort_id, survey, stage, response)
) STRICT;
CREATE TABLE response_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER,
  text TEXT,
  UNIQUE (response_id, question, position)
) STRICT;
CREATE TABLE IF NOT EXISTS "enrolment" (
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
INSERT INTO enrolment VALUES(1,1,1,'mentor','accepted',1,'2026-03-02','2026-03-02','admin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO enrolment VALUES(2,1,2,'mentor','accepted',1,'2026-03-02','2026-03-02','admin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO enrolment VALUES(3,1,3,'mentee','accepted',1,'2026-03-02','2026-03-02','admin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO enrolment VALUES(4,1,4,'mentee','accepted',1,'2026-03-02','2026-03-02','admin',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
CREATE TABLE waiver (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CONSTRAINT waiver_kind CHECK (kind IN ('eligibility', 'confirms', 'information', 'support')),
  name TEXT NOT NULL,
  UNIQUE (enrolment_id, kind, name)
) STRICT;
CREATE TABLE score (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  criterion TEXT NOT NULL,
  assessor TEXT NOT NULL,
  points INTEGER NOT NULL CONSTRAINT score_points CHECK (points BETWEEN 0 AND 100),
  scored_on TEXT NOT NULL,
  UNIQUE (enrolment_id, criterion, assessor)
) STRICT;
CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  email TEXT NOT NULL UNIQUE
) STRICT;
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
CREATE TABLE equality_answer (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES equality_subject (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (subject_id, question, position)
) STRICT;
CREATE TABLE equality_objection (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  objected_on TEXT NOT NULL
) STRICT;
CREATE TABLE preference (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  other_enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL CONSTRAINT preference_rank CHECK (rank BETWEEN 1 AND 99),
  UNIQUE (enrolment_id, other_enrolment_id),
  UNIQUE (enrolment_id, rank),
  CONSTRAINT preference_other CHECK (enrolment_id <> other_enrolment_id)
) STRICT;
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
CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  other_enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  blocked_on TEXT NOT NULL,
  blocked_by TEXT NOT NULL,
  UNIQUE (enrolment_id, other_enrolment_id),
  CONSTRAINT block_other CHECK (enrolment_id <> other_enrolment_id)
) STRICT;
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
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT agreement_side CHECK (side IN ('mentor', 'mentee')),
  agreed_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (pair_id, side)
) STRICT;
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
CREATE TABLE ending (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL UNIQUE REFERENCES pair (id) ON DELETE CASCADE,
  wish TEXT CONSTRAINT ending_wish CHECK (wish IN ('mentor', 'mentee', 'both', 'team')),
  reason TEXT CONSTRAINT ending_reason CHECK (reason IN ('time', 'moved', 'other-priorities', 'not-the-right-match', 'other')),
  note TEXT,
  apart INTEGER NOT NULL DEFAULT 0 CONSTRAINT ending_apart CHECK (apart IN (0, 1)),
  recorded_by TEXT NOT NULL
) STRICT;
CREATE TABLE replacement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  asked_on TEXT NOT NULL,
  found_id INTEGER REFERENCES pair (id) ON DELETE SET NULL,
  UNIQUE (pair_id, enrolment_id)
) STRICT;
CREATE TABLE IF NOT EXISTS "answer" (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "contract" (
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
INSERT INTO contract VALUES(1,1,1,replace('Reverse mentoring: contract\n===========================\n\nThis contract is between amira (mentor) and clara (mentee), who take part in a programme run by Irwell City Council. amira remains the mentor throughout, and clara the mentee.\n\nPurpose\n-------\n\nThe mentor shares what working here is like for them; the mentee listens, learns and acts on it. Both gain a view they would not otherwise have.\n\nWhat we agree\n-------------\n\n- Number of sessions: 5\n- Length of a session: 60 minutes\n- How often we meet: monthly\n- How we meet: online or in person, whichever suits us both\n- First day: 1 April 2026\n- Last day: 30 September 2026\n\nGround rules\n------------\n\n- What is said stays between us, unless somebody is at risk; personal data is handled as data-protection law asks\n- We protect the time we have agreed\n- We are honest with each other and open to being wrong\n- These meetings are not the place for personal grievances\n- Either of us may move a session without giving a reason when it is not the day to share\n- We build trust by doing what we say\n\nConfidentiality and data protection\n-----------------------------------\n\nWhat we say to each other stays between us. We may both speak of it elsewhere only where the other has agreed, unless someone may come to serious harm or the law leaves no choice.\n\nThe programme records when we met, for how long and how, and never what was said. It handles our personal details under data-protection law (the UK GDPR and the Data Protection Act 2018), and so do we.\n\nIf it does not work out\n-----------------------\n\nSome pairs do not work out, and that is all right. Either of us can end the arrangement at any time by telling the contact; nobody is at fault, and another partner is looked for if wanted.\n\nWho to turn to\n--------------\n\nWith questions, worries, or when one of us no longer wishes to go on, we turn to Organisational development team, mentoring@irwell.example.org.\n','\n',char(10)),'1ca1ac9121d49b87b5c5d00703a1aaa496af61e94acaa223ddb7f0c12e2e67bd','2026-03-02',5,60,'monthly','either',NULL,'2026-04-01','2026-09-30','2026-03-02','2026-03-02');
CREATE TABLE contract_line (
  contract_id INTEGER NOT NULL REFERENCES contract (id) ON DELETE CASCADE,
  term TEXT NOT NULL,
  side TEXT NOT NULL CONSTRAINT contract_line_side CHECK (side = 'mentor' OR side = 'mentee' OR side = 'both'),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (contract_id, term, side, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE unsigning (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id INTEGER NOT NULL REFERENCES contract (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT unsigning_side CHECK (side = 'mentor' OR side = 'mentee'),
  signed_on TEXT NOT NULL,
  unsigned_on TEXT NOT NULL,
  unsigned_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "session" (
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
INSERT INTO session VALUES(1,1,'2026-03-02',NULL,60,NULL,NULL,NULL,NULL,NULL,'2026-03-02',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
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
CREATE TABLE reflection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id),
  side TEXT NOT NULL CONSTRAINT reflection_side CHECK (side = 'mentor' OR side = 'mentee'),
  date TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  UNIQUE (pair_id, side, date)
) STRICT;
CREATE TABLE barrier (
  id INTEGER PRIMARY KEY,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  theme TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'identified' CONSTRAINT barrier_state CHECK (state = 'identified' OR state = 'raised' OR state = 'addressed' OR
    state = 'changed' OR state = 'dropped' OR state = 'merged'),
  identified_in TEXT NOT NULL,
  brought TEXT NOT NULL DEFAULT 'once' CONSTRAINT barrier_brought CHECK (brought = 'once' OR brought = 'several'),
  outcome TEXT,
  reason TEXT,
  merged_into INTEGER REFERENCES barrier (id),
  CONSTRAINT barrier_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  UNIQUE (programme_id, text)
) STRICT;
CREATE TABLE barrier_step (
  barrier_id INTEGER NOT NULL REFERENCES barrier (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CONSTRAINT barrier_step_state CHECK (state = 'raised' OR state = 'addressed' OR state = 'changed' OR state = 'dropped'),
  day TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (barrier_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE barrier_pair (
  barrier_id INTEGER NOT NULL REFERENCES barrier (id) ON DELETE CASCADE,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  mentor_agreed_on TEXT,
  mentee_agreed_on TEXT,
  PRIMARY KEY (barrier_id, pair_id),
  CONSTRAINT barrier_pair_agreed CHECK (mentor_agreed_on IS NOT NULL OR mentee_agreed_on IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  pair INTEGER REFERENCES pair (id) ON DELETE CASCADE,
  owner INTEGER REFERENCES person (id),
  session INTEGER REFERENCES session (id) ON DELETE SET NULL,
  barrier INTEGER REFERENCES barrier (id),
  text TEXT NOT NULL,
  due TEXT,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT action_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT action_closed CHECK ((state = 'open') = (closed_on IS NULL))
) STRICT;
CREATE TABLE goal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  side TEXT NOT NULL CONSTRAINT goal_side CHECK (side = 'mentor' OR side = 'mentee'),
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT goal_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT goal_closed CHECK ((state = 'open') = (closed_on IS NULL)),
  UNIQUE (pair, side, text)
) STRICT;
CREATE TABLE checkin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CONSTRAINT checkin_kind CHECK (kind = 'check-in' OR kind = 'individual' OR kind = 'group' OR kind = 'supervision' OR
    kind = 'debrief' OR kind = 'contact'),
  check_in TEXT,
  date TEXT NOT NULL,
  feeling TEXT CONSTRAINT checkin_feeling CHECK (feeling = 'well' OR feeling = 'some-strain' OR feeling = 'needs-support'),
  considered TEXT,
  signposted TEXT,
  note TEXT,
  recorded_by TEXT NOT NULL,
  CONSTRAINT checkin_planned CHECK ((kind = 'check-in') = (check_in IS NOT NULL))
) STRICT;
CREATE TABLE lesson (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  kind TEXT NOT NULL CONSTRAINT lesson_kind CHECK (kind = 'went-well' OR kind = 'did-not' OR kind = 'suggestion'),
  source TEXT CONSTRAINT lesson_source CHECK (source = 'debrief' OR source = 'survey' OR source = 'event' OR source = 'check-in' OR source = 'team'),
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT lesson_state CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
  outcome TEXT,
  reason TEXT,
  added_on TEXT NOT NULL,
  closed_on TEXT,
  CONSTRAINT lesson_closed CHECK ((state = 'open') = (closed_on IS NULL)),
  UNIQUE (cohort_id, text)
) STRICT;
CREATE TABLE remark (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person INTEGER NOT NULL REFERENCES person (id),
  text TEXT,
  scope TEXT NOT NULL DEFAULT 'none' CONSTRAINT remark_scope CHECK (scope = 'none' OR scope = 'inside' OR scope = 'published'),
  named INTEGER NOT NULL DEFAULT 0 CONSTRAINT remark_named CHECK (named = 0 OR named = 1),
  collected_on TEXT NOT NULL,
  consent_on TEXT,
  withdrawn_on TEXT,
  CONSTRAINT remark_consent CHECK ((scope = 'none') = (consent_on IS NULL)),
  CONSTRAINT remark_withdrawn CHECK ((text IS NULL) = (withdrawn_on IS NOT NULL) AND (withdrawn_on IS NULL OR scope = 'none'))
) STRICT;
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
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id),
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  off INTEGER NOT NULL CONSTRAINT invitation_off CHECK (off = 0 OR off = 1),
  sent_on TEXT NOT NULL,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE TABLE facilitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id),
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  assigned_on TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  reason TEXT,
  UNIQUE (event_id, person_id)
) STRICT;
CREATE TABLE passage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pair_id INTEGER NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  obstacle TEXT NOT NULL,
  reason TEXT NOT NULL,
  passed_on TEXT NOT NULL,
  passed_by TEXT NOT NULL,
  UNIQUE (pair_id, obstacle)
) STRICT;
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
CREATE TABLE unsettled (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  step TEXT NOT NULL CONSTRAINT unsettled_step CHECK (step = 'open' OR step = 'publish' OR step = 'start' OR step = 'finish'),
  reason TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (cohort_id, step)
) STRICT;
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
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  file TEXT,
  hash TEXT
) STRICT;
CREATE TABLE response_seen (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  survey TEXT NOT NULL,
  stage TEXT NOT NULL,
  response TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  PRIMARY KEY (cohort_id, survey, stage, response)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id) ON DELETE CASCADE,
  reminder TEXT NOT NULL,
  template TEXT NOT NULL,
  recipient TEXT NOT NULL CONSTRAINT message_recipient CHECK
    (recipient = 'person' OR recipient = 'partner' OR recipient = 'manager' OR recipient = 'facilitator' OR recipient = 'team'),
  enrolment_id INTEGER REFERENCES enrolment (id) ON DELETE CASCADE,
  person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
  pair_id INTEGER REFERENCES pair (id) ON DELETE CASCADE,
  about TEXT NOT NULL,
  since TEXT NOT NULL,
  turn INTEGER NOT NULL CONSTRAINT message_turn CHECK (turn >= 1),
  due_on TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CONSTRAINT message_state CHECK
    (state = 'waiting' OR state = 'handing-over' OR state = 'sent' OR state = 'failed' OR state = 'unsure'),
  attempts INTEGER NOT NULL DEFAULT 0,
  retry_at TEXT,
  decided_at TEXT NOT NULL,
  handed_at TEXT,
  sent_at TEXT,
  transport TEXT,
  owner TEXT,
  mail TEXT,
  reason TEXT,
  CONSTRAINT message_handed CHECK (state = 'waiting' OR handed_at IS NOT NULL),
  CONSTRAINT message_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE TABLE hold (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER UNIQUE REFERENCES person (id) ON DELETE CASCADE,
  pair_id INTEGER UNIQUE REFERENCES pair (id) ON DELETE CASCADE,
  held_on TEXT NOT NULL,
  held_by TEXT NOT NULL,
  until_on TEXT,
  CONSTRAINT hold_one CHECK ((person_id IS NULL) <> (pair_id IS NULL)),
  CONSTRAINT hold_dates CHECK (until_on IS NULL OR held_on <= until_on)
) STRICT;
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
INSERT INTO audit VALUES(5,'2032-06-01T12:00:00Z','sam (user 0)','privacy handle','change',27,'changed request q2','bc644a1a82a942854a167986097645190d9453b52043a3d066b8858fc96fb51e');
INSERT INTO audit VALUES(6,'2032-06-02T12:00:00Z','sam (user 0)','privacy retain','change',28,'added audit_cut 1','eb35a3f9353afa3ecf41503b397afbba0673438e1b6250b114f1d6fb5c899031');
CREATE TABLE objection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CONSTRAINT objection_purpose CHECK (purpose = 'matching' OR purpose = 'reminders' OR purpose = 'monitoring' OR purpose = 'surveys'),
  step TEXT NOT NULL CONSTRAINT objection_step CHECK (step = 'objected' OR step = 'lifted' OR step = 'answered'),
  day TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE TABLE publication (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  cohorts TEXT NOT NULL,
  figures TEXT NOT NULL,
  until INTEGER,
  published_on TEXT NOT NULL
) STRICT;
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  salt TEXT NOT NULL UNIQUE,
  tag TEXT NOT NULL,
  erased_on TEXT NOT NULL
) STRICT;
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
INSERT INTO request VALUES(1,1,'complaint','2026-02-01','A letter','2026-03-02',NULL,0,NULL,NULL,NULL,'sam');
INSERT INTO request VALUES(2,2,'complaint','2026-02-02','A letter',NULL,NULL,0,NULL,'2032-06-01','answered','sam');
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
INSERT INTO audit_cut VALUES(1,4,4,'2026-03-02T12:00:00Z','2026-03-02T12:00:00Z',26,'82b7ebb359574c1dbd70cca9cab187eda57e8b0595ed95186170123816c30c9e','2032-06-02T12:00:00Z','sam (user 0)','6e6f7d0f2c878b2224b2fe666a7f54af13f1d70ecccaae08d94523b471a36d49');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('programme',1);
INSERT INTO sqlite_sequence VALUES('revision',1);
INSERT INTO sqlite_sequence VALUES('cohort',1);
INSERT INTO sqlite_sequence VALUES('person',4);
INSERT INTO sqlite_sequence VALUES('enrolment',4);
INSERT INTO sqlite_sequence VALUES('pair',2);
INSERT INTO sqlite_sequence VALUES('contract',1);
INSERT INTO sqlite_sequence VALUES('session',1);
INSERT INTO sqlite_sequence VALUES('ending',0);
INSERT INTO sqlite_sequence VALUES('batch',0);
INSERT INTO sqlite_sequence VALUES('request',2);
CREATE UNIQUE INDEX pair_current ON pair (mentor_id, mentee_id) WHERE state IN ('proposed', 'active');
CREATE INDEX pair_cohort ON pair (cohort_id);
CREATE INDEX pair_mentee ON pair (mentee_id);
CREATE UNIQUE INDEX response_respondent ON response (cohort_id, survey, stage, respondent_id);
CREATE INDEX enrolment_origin ON enrolment (origin_cohort_id) WHERE origin_cohort_id IS NOT NULL;
CREATE UNIQUE INDEX enrolment_response ON enrolment (coalesce(origin_cohort_id, cohort_id), response) WHERE response IS NOT NULL;
CREATE INDEX pair_mentor ON pair (mentor_id);
CREATE INDEX response_person ON response (respondent_id);
CREATE INDEX address_person ON address (person_id);
CREATE INDEX equality_subject_person ON equality_subject (person_id);
CREATE INDEX preference_named ON preference (other_enrolment_id);
CREATE INDEX avoidance_named ON avoidance (other_person_id);
CREATE INDEX block_named ON block (other_enrolment_id);
CREATE INDEX proposal_pair_mentor ON proposal_pair (mentor_id);
CREATE INDEX proposal_pair_mentee ON proposal_pair (mentee_id);
CREATE INDEX refusal_mentor ON refusal (mentor_id);
CREATE INDEX refusal_mentee ON refusal (mentee_id);
CREATE INDEX replacement_enrolment ON replacement (enrolment_id);
CREATE INDEX replacement_found ON replacement (found_id);
CREATE INDEX unsigning_contract ON unsigning (contract_id);
CREATE UNIQUE INDEX session_once ON session (pair_id, date, coalesce(time, ''), CASE WHEN cancelled_by IS NULL THEN 0 ELSE id END);
CREATE INDEX barrier_pair_pair ON barrier_pair (pair_id);
CREATE INDEX action_cohort ON action (cohort_id);
CREATE INDEX action_pair ON action (pair) WHERE pair IS NOT NULL;
CREATE INDEX action_owner ON action (owner) WHERE owner IS NOT NULL;
CREATE INDEX action_session ON action (session) WHERE session IS NOT NULL;
CREATE INDEX action_barrier ON action (barrier) WHERE barrier IS NOT NULL;
CREATE INDEX checkin_cohort ON checkin (cohort_id, person);
CREATE INDEX checkin_person ON checkin (person);
CREATE INDEX remark_cohort ON remark (cohort_id);
CREATE INDEX remark_person ON remark (person);
CREATE INDEX attendance_person ON attendance (person_id);
CREATE INDEX invitation_person ON invitation (person_id);
CREATE INDEX facilitation_person ON facilitation (person_id);
CREATE INDEX batch_stage ON batch (cohort_id, survey, stage);
CREATE INDEX response_batch ON response (batch_id);
CREATE INDEX ticket_enrolment ON ticket (enrolment_id);
CREATE INDEX message_cohort ON message (cohort_id, reminder, about);
CREATE INDEX message_enrolment ON message (enrolment_id);
CREATE INDEX message_person ON message (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX message_pair ON message (pair_id) WHERE pair_id IS NOT NULL;
CREATE INDEX message_open ON message (state) WHERE state <> 'sent';
CREATE INDEX objection_person ON objection (person_id, purpose);
CREATE INDEX publication_subject ON publication (subject);
CREATE INDEX request_person ON request (person_id);
CREATE TRIGGER revision_fixed BEFORE UPDATE ON revision
BEGIN SELECT raise(ABORT, 'a revision is never changed'); END;
CREATE VIEW contract_in_force AS
  SELECT c.id, c.pair_id, c.version, c.drafted_on, c.sessions, c.minutes, c.frequency, c.mode, c.place, c.starts_on, c.ends_on,
    c.mentor_signed_on, c.mentee_signed_on
  FROM contract c WHERE c.version = coalesce(
    (SELECT max(s.version) FROM contract s
      WHERE s.pair_id = c.pair_id AND s.mentor_signed_on IS NOT NULL AND s.mentee_signed_on IS NOT NULL),
    (SELECT max(n.version) FROM contract n WHERE n.pair_id = c.pair_id));
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
CREATE TRIGGER publication_fixed BEFORE UPDATE ON publication
BEGIN SELECT raise(ABORT, 'what was published is only added to'); END;
CREATE TRIGGER publication_kept BEFORE DELETE ON publication
BEGIN SELECT raise(ABORT, 'what was published is only added to'); END;
CREATE TRIGGER audit_cut_fixed BEFORE UPDATE ON audit_cut
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
CREATE TRIGGER audit_cut_kept BEFORE DELETE ON audit_cut
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit WHEN old.id > coalesce((SELECT max(c.last) FROM audit_cut c), 0)
BEGIN SELECT raise(ABORT, 'the trail of changes is only added to'); END;
COMMIT;
