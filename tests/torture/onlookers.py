"""onlookers.py: what attentive people work out who hold the folder, read every publication, or work on the trail of changes (R14 to R17)."""
import csv, json, os, random, re, shutil, sqlite3
import yaml
from world import EXAMPLES, mentor, must, tell

DEMO = """programme: demo
title: Demo
contact: {{ email: team@example.org }}
contract: {{ purpose: We learn. }}
privacy: {{ min_cell: {k} }}
application:
  columns:
    email: {{ header: Email }}
    name: {{ header: Name }}
    role: {{ header: Role }}
    organisation: {{ header: Organisation }}
equality:
  purpose: To see whom we reach
  basis: Equality of opportunity
  seen_by: nobody
  months: 12
  questions:
    origin: {{ header: Where from?, values: {{ A: a, B: b, C: c, D: d }} }}
surveys:
  view:
    title: How it goes
    audience: mentees
    stages: [before, after]
    anonymous: true
{respondents}
    questions:
      scale: {{ text: How well?, low: not at all, high: very well }}
      choice: {{ text: Which way?, kind: choice, choices: [left, right, none] }}
      again: {{ text: Again?, kind: yes-no }}
      ticks: {{ text: What?, kind: multi, choices: [red, green, blue] }}
      words: {{ text: What else?, kind: text }}
"""


def demo(store, k, respondents="    response_header: ID"):
    path = os.path.join(os.path.dirname(store), "programme.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(DEMO.format(k=k, respondents=respondents))
    must(store, "db", "init")
    must(store, "programme", "import", path)
    must(store, "cohort", "add", "spring", "--programme", "demo", "--starts-on", "2026-04-01")
    must(store, "cohort", "open")


def sheet(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows(rows)
    return path


def asked(store, *words):
    return json.loads(must(store, *words, "-f", "json"))["data"]


# ---- R14: who wrote which answer ----

def rho(places):
    n = len(places)
    ranks = {place: i for i, place in enumerate(sorted(places))}
    return 1 - 6 * sum((ranks[place] - i) ** 2 for i, place in enumerate(places)) / (n * (n * n - 1))


def rows_of(db, tables):
    """What could join a row of these tables to one of others: no small numbers, which count rows, and nothing that every row of a column has."""
    values = set()
    for table in tables:
        columns = list(zip(*db.execute(f"SELECT * FROM {table}")))
        for column in columns:
            if len(set(column)) > 1:
                values.update(v for v in column if v is not None and (not isinstance(v, int) or abs(v) > 9999))
    return values


def answers(folder, seeds):
    """Forty people answer by token, in an order that the holder of the folder knows; so many times."""
    people, found, joined, times = 40, [], 0, 0
    store = os.path.join(folder, "t.db")
    demo(store, 5, "")
    path = sheet(os.path.join(folder, "a.csv"),
                 [["Email", "Name", "Role", "Organisation"]] + [[f"p{i}@example.org", f"P{i}", "mentee", ""] for i in range(people)])
    must(store, "enrol", "import", path)
    must(store, "enrol", "accept", *[f"p{i}@example.org" for i in range(people)], "--override", "A large cohort")
    base = os.path.join(folder, "base.db")
    shutil.copyfile(store, base)
    for seed in range(seeds):
        pick = random.Random(seed)
        shutil.copyfile(base, store)
        tokens = [row["token"] for row in asked(store, "survey", "issue", "view", "before")]
        order = list(range(people))
        pick.shuffle(order)
        rows = [[tokens[i], pick.randint(1, 5), "left", "Yes", "", f"word{n:02}x"] for n, i in enumerate(order)]
        must(store, "survey", "import", "view", "before", sheet(path, [["Token", "How well?", "Which way?", "Again?", "What?", "What else?"]] + rows))
        with open(store, "rb") as f:
            data = f.read()
        db = sqlite3.connect(store)
        number = dict(db.execute("SELECT v.text, r.id FROM response r JOIN response_value v ON v.response_id = r.id WHERE v.question = 'words'"))
        value = dict(db.execute("SELECT text, id FROM response_value WHERE question = 'words'"))
        for places in ([data.find(row[5].encode()) for row in rows], [number[row[5]] for row in rows], [value[row[5]] for row in rows]):
            found.append(rho(places))                                                     # against the order of arrival
            found.append(rho([place for _, place in sorted(zip(order, places))]))  # against the order of the people
        tables = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        told = rows_of(db, [t for t in tables if t in ("response", "response_value")])
        known = rows_of(db, [t for t in tables if t in ("ticket", "enrolment", "person", "response_seen")]) | set(tokens)
        shared = told & known
        joined += len(shared)
        if shared:
            tell(f"seed {seed}: stands with an answer and with a person: {sorted(map(str, shared))[:5]}")
        times += sum(bool(re.fullmatch(r"\d{4}-\d\d-\d\d.*", str(v))) for v in told)
        db.close()
    mean = sum(abs(r) for r in found) / len(found)
    worst = max(abs(r) for r in found)
    # Pure chance has a standard deviation of 0.16 (40 people): one way of six leans when its mean over all times is four of its own away from nothing.
    leans = sum(abs(sum(found[way::6]) / seeds) > 4 * 0.16 / seeds ** 0.5 for way in range(6))
    return joined + times + (mean > 0.35) + leans, (
        f"{seeds} times {people} people: rank correlation of answers with arrival and with people, by bytes and by numbers: mean {mean:.2f} (chance: 0.13), "
        f"largest {worst:.2f} of {len(found)}, ways that lean {leans} of 6; values shared {joined}, times {times}")


# ---- R15: small groups ----

def feasible(cells, low, high, n, mean, k, some_small):
    """The least and the greatest that each withheld cell can be, for somebody who knows the program: cells is told numbers, None for withheld. `mean` in
    hundredths, None where it is withheld, False where there is none. some_small: that counts are withheld says that one is small."""
    width = len(cells)
    points = [i for i in range(width)]
    if mean is False:
        points = [0] * width
        sums = {0}
    else:
        top = n * (width - 1)
        sums = {s for s in range(top + 1) if (s <= k or top - s <= k) == (mean is None)}
        if mean is not None:
            sums = {s for s in sums if (200 * (s + low * n) + n) // (2 * n) == mean}
    good = sum(1 << s for s in sums)

    def spread(left_out):
        """people, small: the sums that all other cells can make."""
        reach = {(0, False): 1}
        for i in range(width):
            if i == left_out:
                continue
            new = {}
            for (people, small), bits in reach.items():
                for c in range(n - people + 1) if cells[i] is None else [cells[i]]:
                    if people + c <= n:
                        key = (people + c, small or 0 < c < k)
                        new[key] = new.get(key, 0) | bits << (c * points[i])
            reach = new
        return reach

    ranges = []
    for i in range(width):
        if cells[i] is not None:
            ranges.append(None)
            continue
        rest = spread(i)
        can = [v for v in range(n + 1) for small in (False, True)
               if (small or 0 < v < k or not some_small) and rest.get((n - v, small), 0) << (v * points[i]) & good]
        ranges.append((min(can), max(can)) if can else None)
    return ranges


class Attack:
    def __init__(self):
        self.exact = self.narrow = self.differences = self.withheld = self.told = self.alike = self.fresh = 0
        self.ranges = []

    def judge(self, ranges, k, what):
        for r in ranges:
            if r is None:
                self.told += 1
                continue
            self.withheld += 1
            least, most = r
            self.ranges.append(most - least + 1)
            if least >= 1 and most < k and most - least + 1 < min(3, k - 1):  # of 1 and 2, all that is withheld from 3, less is told only by one
                self.exact += least == most
                self.narrow += least != most
                tell(f"{what}: between {least} and {most}")


def survey(attack, store, k, pick, n, name):
    """Answers come in batches, and what is published after each is compared with what was before."""
    path, before, number, left = os.path.join(os.path.dirname(store), "a.csv"), None, 0, n
    skew = [pick.random() ** 3 for _ in range(5)]
    while left > 0:
        size = left if number and pick.random() < 0.3 else min(left, pick.choice((1, 2, k, pick.randint(1, left), left)))
        rows = []
        for _ in range(size):
            number += 1
            rows.append([number, pick.choices(range(1, 6), skew)[0], pick.choices(("left", "right", "none"), skew[:3])[0],
                         pick.choice(("Yes", "No", "No")),
                         ";".join(c for c in ("red", "green", "blue") if pick.random() < skew[0]), ""])
        left -= size
        must(store, "survey", "import", "view", "before", "--few",
             sheet(path, [["ID", "How well?", "Which way?", "Again?", "What?", "What else?"]] + rows))
        r = asked(store, "survey", "results", "view", "before", "--publish")
        now = {}
        for q in r["questions"]:
            cells = [a["count"] for a in r["answers"] if a["question"] == q["question"]]
            now[q["question"]] = (q["n"], cells, None if q["mean"] is None else round(q["mean"] * 100), q["kind"], q["minimum"])
        for key, (people, cells, mean, kind, low) in now.items():
            if people is None or kind == "text":
                continue
            what = f"{name}, {key} after {number}"
            if kind == "multi":
                for cell in cells:
                    attack.judge([None if cell is not None else (1, max(k - 1, people - 1))], k, what)
            else:
                withheld = any(c is None for c in cells)
                if people >= k and not withheld and max(cells) == people:
                    attack.alike += 1
                attack.judge(feasible(cells, low or 0, 0, people, False if kind == "choice" else mean, k, withheld), k, what)
            if not before or before[key][0] is None:
                continue
            more = people - before[key][0]
            steps = [more] + [c - d for c, d in zip(cells, before[key][1]) if c is not None and d is not None]
            if any(0 < abs(step) < k for step in steps):
                attack.differences += 1
                tell(f"{what}: differs from the publication before by {steps}")
            if more and kind == "scale" and mean is not None and before[key][2] is not None and any(c is None for c in cells):
                means = ((people, mean), (before[key][0], before[key][2]))
                sums = [next(s for s in range(low * p, 5 * p + 1) if (200 * s + p) // (2 * p) == m) for p, m in means]
                points = sums[0] - sums[1] - low * more
                attack.judge(feasible([None] * 5, low, 0, more, (200 * (points + low * more) + more) // (2 * more), k, True), k,
                             f"{what}, the difference")
        before = now


def table(attack, rows, columns, totals, k, what):
    """What somebody works out of rows with cells withheld, who knows the totals, and that each column counts some of the one before."""
    ceiling = [None] * len(rows)
    known = True
    for c, column in enumerate(columns):
        total, lacks = totals[c], totals[c - 1] - totals[c] if c else None
        known = known and not 0 < total < k and (c == 0 or not 0 < lacks < k)  # what a small total tells cannot be helped
        hidden = [i for i, row in enumerate(rows) if row[column] is None]
        rest = total - sum(row[column] for row in rows if row[column] is not None)
        top = [min(rest, ceiling[i]) if ceiling[i] is not None else rest for i in range(len(rows))]
        ranges = {i: (max(0, rest - sum(top[j] for j in hidden if j != i)), top[i]) for i in hidden}
        whole = any(row[column] is not None and row[column] == total and total for row in rows)
        if known and not whole:
            attack.judge([ranges.get(i) for i in range(len(rows))], k, f"{what}, {column}")
        ceiling = [row[column] if row[column] is not None else ranges[i][1] for i, row in enumerate(rows)]


def groups(folder, programmes):
    """Random programmes of 3 to 60 people: survey results, organisations and groups as they are published, and all that follows from them."""
    attack, bases = Attack(), {}
    store = os.path.join(folder, "t.db")
    for k in (3, 5, 10):
        demo(store, k)
        bases[k] = os.path.join(folder, f"base{k}.db")
        os.rename(store, bases[k])
    for seed in range(programmes):
        pick = random.Random(seed)
        k, n = pick.choice(sorted(bases)), pick.randint(3, 60)
        shutil.copyfile(bases[k], store)
        places = [pick.random() ** 2 for _ in range(pick.randint(2, 8))]
        people = [[f"p{i}@example.org", f"P{i}", "mentee", f"O{pick.choices(range(len(places)), places)[0]}"] for i in range(n)]
        must(store, "enrol", "import", sheet(os.path.join(folder, "p.csv"), [["Email", "Name", "Role", "Organisation"]] + people))
        accepted = [p[0] for p in people if pick.random() < 0.6]
        if accepted:
            must(store, "enrol", "accept", *accepted, "--override", "A large cohort")
        name = f"programme {seed} of {n} people, from {k}"
        report = asked(store, "report", "show", "recruitment", "--by", "organisation", "--for", "board")
        rows = [row for row in report["by_organisation"]]
        table(attack, rows, ("received", "accepted"), (n, len(accepted)), k, f"{name}, organisations")
        origins = [[p[0], pick.choices("ABCD", [pick.random() ** 2 + 0.01 for _ in range(4)])[0]] for p in people]
        must(store, "equality", "import", sheet(os.path.join(folder, "e.csv"), [["Email", "Where from?"]] + origins))
        must(store, "cohort", "close")
        compared = asked(store, "equality", "compare")
        known = [[row["applied"], row["accepted"]] for row in compared]
        attack.judge([None if a is not None else (0, n) for a, _ in known], k, name)
        rows = [row for row in compared if not row["group"].startswith("those")]
        for more in (1, 2):  # one or two people answer otherwise: the same is told
            changed = [[mail, "ABCD"[("ABCD".index(o) + 1) % 4] if i < more else o] for i, (mail, o) in enumerate(origins)]
            must(store, "equality", "import", sheet(os.path.join(folder, "e.csv"), [["Email", "Where from?"]] + changed))
            now = [[row["applied"], row["accepted"]] for row in asked(store, "equality", "compare")]
            if now != known:
                if any(a is not None or b is not None for a, b in known[:-1]):
                    attack.differences += 1
                    tell(f"{name}: groups change with the answers of {more}: {known}, {now}")
                else:  # lib/suppress.h does not promise it of a table of which nothing was told before
                    attack.fresh += 1
        survey(attack, store, k, pick, n, name)
    spread = sorted(attack.ranges)
    return attack.exact + attack.narrow + attack.differences, (
        f"{programmes} programmes of 3 to 60 people, from 3, 5 and 10: {attack.told} numbers told, {attack.withheld} withheld; worked out exactly {attack.exact}, to "
        f"two {attack.narrow}, by differences {attack.differences}; possible values of those withheld: median {spread[len(spread) // 2]}, least {spread[0]} "
        f"(not promised: all answered the same and are told so {attack.alike}, groups change where none was told before {attack.fresh})")


# ---- R16: the trail of changes ----

def trail(folder, mutations):
    """Somebody with another program changes the trail, in one of ten ways; the head was kept elsewhere."""
    store, missed, kinds = os.path.join(folder, "t.db"), 0, {}
    demo(store, 5)
    for i in range(30):
        must(store, "person", "add", "--name", f"P{i}", "--email", f"p{i}@example.org")
        if i % 10 == 0:
            must(store, "match", "avoidances")
    head = asked(store, "privacy", "audit", "--verify")["trail"]["head"]
    other = os.path.join(folder, "other", "t.db")
    os.mkdir(os.path.dirname(other))
    demo(other, 5)
    base = os.path.join(folder, "base.db")
    shutil.copyfile(store, base)
    columns = ("at", "actor", "command", "kind", "revision", "records", "hash")
    for seed in range(mutations):
        pick = random.Random(seed)
        kind = ("change", "delete", "insert", "swap", "cut", "cut whole", "copy", "renumber", "secret", "other store")[seed % 10]
        shutil.copyfile(other if kind == "other store" else base, store)
        os.chmod(store, 0o600)
        db = sqlite3.connect(store, isolation_level=None)
        if kind == "other store":
            db.execute("UPDATE person SET job = ?", (str(seed),))
        else:
            triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'").fetchall()
            for name, _ in triggers:
                db.execute(f"DROP TRIGGER {name}")
            last, = db.execute("SELECT max(id) FROM audit").fetchone()
            at, to = pick.sample(range(1, last + 1), 2)
            column = pick.choice(columns)
            if kind == "change":
                old, = db.execute(f"SELECT {column} FROM audit WHERE id = ?", (at,)).fetchone()
                if column == "revision":
                    new = old + pick.choice((-1, 1, 7))
                elif column == "kind":
                    new = {"change": "reading", "reading": "change"}[old]
                else:
                    new = old[:pick.randrange(len(old) + 1)] + pick.choice("0x ") + old[pick.randrange(len(old) + 1):]
                db.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", (new if new != old else old + "x", at))
            elif kind == "delete":
                db.execute("DELETE FROM audit WHERE id = ?", (at,))
            elif kind in ("insert", "copy"):
                db.execute("UPDATE audit SET id = -id WHERE id >= ?", (at,))
                db.execute("INSERT INTO audit SELECT ?, at, actor, command, kind, revision, records, hash FROM audit WHERE abs(id) = ?",
                           (at, to if kind == "copy" else at))
                if kind == "insert":
                    db.execute("UPDATE audit SET records = 'added person p99' WHERE id = ?", (at,))
                db.execute("UPDATE audit SET id = 1 - id WHERE id < 0")
            elif kind == "swap":
                for new, old in ((-1, at), (at, to), (to, -1)):
                    db.execute("UPDATE audit SET id = ? WHERE id = ?", (new, old))
            elif kind in ("cut", "cut whole"):
                db.execute("DELETE FROM audit WHERE id >= ?", (max(2, at),))
                if kind == "cut whole":  # with the store's own count: only the head that was kept tells
                    db.execute("UPDATE store SET revision = (SELECT max(revision) FROM audit)")
            elif kind == "renumber":
                db.execute("UPDATE audit SET id = -id - 1 WHERE id >= ?", (at,))
                db.execute("UPDATE audit SET id = -id WHERE id < 0")
            else:
                db.execute("UPDATE store SET secret = ?", (f"{seed:064x}",))
            for _, sql in triggers:
                db.execute(sql)
        db.close()
        r = mentor(store, "privacy", "audit", "--verify", "--head", head)
        kinds[kind] = kinds.get(kind, 0) + 1
        if r.returncode != 8:
            missed += 1
            tell(f"{kind} ({seed}): exit code {r.returncode}")
    shutil.copyfile(base, store)
    missed += mentor(store, "privacy", "audit", "--verify", "--head", head).returncode != 0
    return missed, f"{mutations} ways of working on the trail ({', '.join(kinds)}), with the head kept elsewhere: missed {missed}"


# ---- R17: monitoring and matching ----

MONITORING = """
equality:
  purpose: To see whom we reach
  basis: Equality of opportunity
  seen_by: nobody
  months: 12
  questions:
    origin: { header: "Where from?", values: { A: a, B: b, C: c, D: d } }
"""


def words_of(store):
    """All that is said of a cohort without its monitoring, and how the commands end."""
    said = []
    for words in (("match", "propose", "-f", "json"), ("match", "list", "-f", "json"),
                  ("match", "publish", "--yes", "--override", "Played by a test"), ("enrol", "list", "-f", "json"), ("person", "list", "-f", "json"),
                  ("enrol", "export", "accepted", "-f", "mbox"), ("cohort", "status"), ("remind", "due"), ("today",), ("match", "explain", "m1"),
                  ("report", "show", "recruitment")):
        r = mentor(store, *words)
        said.append((words, r.returncode, re.sub(rb'"revision":\d+,', b"", r.stdout), r.stderr))
    return said


def monitoring(folder, permutations):
    """Four draws of applicants of each example; the answers for equality monitoring are dealt out anew so many times."""
    wrong = runs = programmes = pairs = 0
    for example in ("manchester", "south-west", "sheffield", "greenwich", "co-learning"):
        with open(os.path.join(EXAMPLES, example, "programme.yaml"), encoding="utf-8") as f:
            text = f.read()
        with open(os.path.join(EXAMPLES, example, "applications.csv"), encoding="utf-8-sig", newline="") as f:
            heading, *applicants = csv.reader(f, delimiter=";" if example == "greenwich" else ",")
        if not re.search("^equality:", text, re.M):
            text += MONITORING
        name = re.search(r"^programme: *(\S+)", text, re.M)[1]
        block = re.search(r"^equality:\n(?: .*\n)*", text, re.M)[0]
        questions = yaml.load(block, yaml.BaseLoader)["equality"]["questions"].values()
        for draw in range(4):
            pick, place = random.Random(f"{example} {draw}"), os.path.join(folder, f"{example}{draw}")
            os.mkdir(place)
            store, path = os.path.join(place, "t.db"), os.path.join(place, "programme.yaml")
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            must(store, "db", "init")
            must(store, "programme", "import", path)
            must(store, "cohort", "add", "spring", "--programme", name, "--starts-on", "2026-04-01")
            must(store, "cohort", "open", "--override", "Played by a test")
            must(store, "enrol", "import",
                 sheet(os.path.join(place, "a.csv"), [heading] + (pick.sample(applicants, len(applicants) * 3 // 4) if draw else applicants)))
            people = [row["email"] for row in asked(store, "enrol", "list")]
            for mail in people:
                mentor(store, "enrol", "accept", mail, "--override", "Played by a test")
            programmes += 1
            base = os.path.join(place, "base.db")
            shutil.copyfile(store, base)
            reference = words_of(store)
            paired = len(asked(store, "match", "list"))
            if not paired:
                raise RuntimeError(f"{example}, draw {draw}: nobody is paired")
            pairs += paired
            for n in range(permutations):
                shutil.copyfile(base, store)
                rows = [[mail, *(pick.choice(list(q["values"])) for q in questions)] for mail in people]
                must(store, "equality", "import", sheet(os.path.join(place, "e.csv"), [["Email", *(q["header"] for q in questions)]] + rows))
                runs += 1
                for was, now in zip(reference, words_of(store)):
                    if was != now:
                        wrong += 1
                        tell(f"{example}, draw {draw}, deal {n}: {' '.join(was[0])} says something else")
    return wrong, f"{runs} deals of monitoring answers in {programmes} programmes with {pairs} pairs: other words, records or exit codes {wrong}"
