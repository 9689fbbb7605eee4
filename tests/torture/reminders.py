"""reminders.py: each reminder once, whatever is killed and whatever the clock says (R7, R8)."""
import os, sqlite3, subprocess
from world import HERE, MENTOR, environment, must

# ---- R7: reminders, each once ----

REMINDED = """programme: harbour
title: Harbour mentoring
contact: { name: Programme team, email: team@example.org }
contract: { purpose: We talk., sessions: { minimum: 4 } }
templates: { quiet: { subject: "{programme}: time for a session?", text: "Dear {name}, you and {partner} have held {sessions} of {sessions_due} sessions." } }
reminders: { quiet: { when: no-session, days: 14, every: 14, template: quiet } }
"""


def remind(folder, goal):
    """Twenty pairs, and what reminds them is killed, as tests/torture/remind says."""
    store = os.path.join(folder, "r.db")
    with open(os.path.join(folder, "programme.yaml"), "w", encoding="utf-8") as f:
        f.write(REMINDED)
    must(store, "db", "init")
    must(store, "programme", "import", os.path.join(folder, "programme.yaml"))
    must(store, "cohort", "add", "spring", "--programme", "harbour", "--starts-on", "2026-04-01")
    must(store, "cohort", "open", "spring")
    db = sqlite3.connect(store)
    for i in range(20):
        sides = []
        for role in ("mentor", "mentee"):
            person = db.execute("INSERT INTO person (email, name) VALUES (?, ?)", (f"{role}{i}@example.org", f"{role.title()} {i}")).lastrowid
            sides.append(db.execute("INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, ?, ?, 'accepted', '2026-03-01')",
                                    (person, role)).lastrowid)
        db.execute("INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
                   "VALUES (1, ?, ?, 'active', 'reverse', 0, '2026-03-01', '2026-03-02')", sides)
    db.commit()
    db.close()
    must(store, "cohort", "close")
    must(store, "cohort", "start", "--override", "Played by a test")
    r = subprocess.run([os.path.join(HERE, "remind"), MENTOR, str(goal)], capture_output=True, text=True,
                       env=dict(environment(store), MENTOR_NOW="2026-04-15"))
    return r.returncode, r.stdout.strip() + r.stderr
