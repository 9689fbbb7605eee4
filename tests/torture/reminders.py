"""reminders.py: each reminder once, whatever is killed and whatever the clock says (R7, R8)."""
import datetime, os, re, shutil, sqlite3, subprocess
from world import HERE, MENTOR, environment, mentor, must, tell

# ---- R7: reminders, each once ----

REMINDED = """programme: harbour
title: Harbour mentoring
contact: { name: Programme team, email: team@example.org }
contract: { purpose: We talk., sessions: { minimum: 4 } }
templates: { quiet: { subject: "{programme}: time for a session?", text: "Dear {name}, you and {partner} have held {sessions} of {sessions_due} sessions." } }
reminders: { quiet: { when: no-session, days: 14, every: 14, template: quiet } }
"""


def pairs_of(store, pairs, starts_on, zone="Europe/London"):
    """A cohort that has started, with so many pairs that have not met."""
    path = os.path.join(os.path.dirname(store), "programme.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(REMINDED + f"time_zone: {zone}\n")
    must(store, "db", "init")
    must(store, "programme", "import", path)
    must(store, "cohort", "add", "spring", "--programme", "harbour", "--starts-on", starts_on)
    must(store, "cohort", "open", "spring")
    people = [f"{role}{i}@example.org" for i in range(pairs) for role in ("mentor", "mentee")]
    for mail in people:
        name = mail.split("@")[0]
        must(store, "person", "add", "--name", name.title(), "--email", mail)
        must(store, "enrol", "add", mail, "--role", name.rstrip("0123456789"))
    must(store, "enrol", "accept", *people, "--override", "Played by a test")
    for mentor_mail, mentee_mail in zip(people[::2], people[1::2]):
        must(store, "match", "add", mentor_mail, mentee_mail, "--override", "Played by a test")
    must(store, "match", "publish", "--yes", "--override", "Played by a test")
    must(store, "cohort", "close")
    must(store, "--now", starts_on, "cohort", "start", "--override", "Played by a test")


def remind(folder, goal):
    """Many pairs, and what reminds them is killed, as tests/torture/remind says."""
    store = os.path.join(folder, "r.db")
    pairs_of(store, 20 if goal < 1000 else 80, "2026-04-01")
    r = subprocess.run([os.path.join(HERE, "remind"), MENTOR, str(goal)], capture_output=True, text=True,
                       env=dict(environment(store), MENTOR_NOW="2026-04-15"))
    return r.returncode, r.stdout.strip() + r.stderr


# ---- R8: clocks ----

ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
INSTANTS = ["2027-10-31T00:59:59Z", "2027-10-31T01:00:00Z", "2027-10-31T01:30:00Z", "2028-03-26T00:59:59Z", "2028-03-26T01:00:00Z",
            "2028-02-28T23:59:59Z", "2028-02-29T12:00:00Z",
            "2028-12-31T23:59:59Z", "2029-01-01T00:00:00Z", "2038-01-19T03:14:07Z", "2038-01-19T03:14:08Z", "2100-02-28T23:59:59Z",
            "2100-03-01T00:00:00Z", "1970-01-01T00:00:00Z",
            "2026-12-31T14:00:00Z", "2999-12-31T23:59:59Z", "2028-04-01T15:00:00Z"]
LOOKS = [("cohort", "status"), ("today",), ("remind", "due"), ("report", "show", "progress"), ("match", "list"), ("log", "list"),
         ("remind", "run", "--transport", "print"), ("privacy", "retain")]


def walk(folder, name, zone, instants):
    """What is sent at these instants, one after the other; each message as often as it was."""
    place = os.path.join(folder, name)
    os.mkdir(place)
    store, box = os.path.join(place, "r.db"), os.path.join(place, "box")
    pairs_of(store, 3, "2027-10-01", zone)
    failed = 0
    for instant in instants:
        r = mentor(store, "--now", instant.strftime("%Y-%m-%dT%H:%M:%SZ"), "remind", "run", "--transport", f"mbox:{box}")
        if r.returncode:
            failed += 1
            tell(f"{zone}, {instant}: {r.stderr.decode().strip()}")
    with open(box, encoding="utf-8") as f:
        sent = re.findall(r"^Message-ID: <(\S+)>", f.read(), re.M)
    db = sqlite3.connect(store)
    kept = {tuple(row[:4]): row[4] for row in db.execute("SELECT reminder, enrolment_id, since, turn, mail FROM message WHERE state = 'sent'")}
    db.close()
    return sent, kept, failed


def clock(folder, days):
    """So many days through both changes of the clocks and a leap day, several runs a day, more when clocks change, and every month the clock is set back
    by 26 hours: what is sent is what one run a day sends, each once."""
    begin = datetime.datetime(2027, 10, 15, 12, tzinfo=datetime.timezone.utc)
    hours = datetime.timedelta(hours=1)
    calm = [begin + 24 * hours * day for day in range(days)]
    rough = []
    for day, noon in enumerate(calm):
        may_change = noon.month in (3, 4, 9, 10, 11) and noon.weekday() == 6
        around = [half / 2 - 12 for half in range(48)] if may_change else [-11.5, -3, 0, 11.5]
        rough += [noon + hours * at for at in around]
        if day % 30 == 29:
            rough += [noon - 26 * hours, noon - 25 * hours, noon]
    rough.append(calm[-1] + 11.9 * hours)
    wrong = messages = failed = 0
    for zone in ZONES[:1 if days < 100 else 4]:
        name = zone.replace("/", "-")
        _, expected, bad = walk(folder, name + "-calm", zone, calm + rough[-1:])
        sent, kept, worse = walk(folder, name, zone, rough)
        failed += bad + worse
        messages += len(sent)
        twice, other = len(sent) - len(set(sent)), len(set(expected) ^ set(kept)) + len(set(sent) ^ set(kept.values()))
        wrong += twice + other + (not sent)
        if twice or other:
            tell(f"{zone}: sent twice {twice}, other than on calm days {other}: {sorted(set(expected) ^ set(kept))[:4]}")
    looks = crashed = 0
    for zone in ZONES:
        place = os.path.join(folder, "at-" + zone.replace("/", "-"))
        os.mkdir(place)
        base, store = os.path.join(place, "base.db"), os.path.join(place, "r.db")
        pairs_of(base, 3, "2027-10-01", zone)
        for instant in INSTANTS:
            shutil.copyfile(base, store)
            for words in LOOKS:
                r = mentor(store, "--now", instant, *words)
                looks += 1
                if r.returncode not in (0, 3, 5):
                    crashed += 1
                    tell(f"{zone}, {instant}, {' '.join(words)}: exit code {r.returncode}: {r.stderr.decode().strip()}")
            check = mentor(store, "db", "check")
            if check.returncode:
                crashed += 1
                tell(f"{zone}, {instant}: db check: {check.stderr.decode().strip()}")
    return wrong + failed + crashed, (f"{days} days in {1 if days < 100 else 4} zones, {messages} messages; sent twice, or others than on calm days {wrong}, runs that failed {failed}; "
                                      f"{looks} looks at {len(INSTANTS)} instants in {len(ZONES)} zones, failed {crashed}")
