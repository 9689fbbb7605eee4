"""world.py: what all goals of torture use: the program, a small store, and what is to be found in it afterwards."""
import hashlib, os, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
MENTOR = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else None
EXAMPLES = os.path.join(HERE, "..", "..", "examples")
EXAMPLE = os.path.join(EXAMPLES, "manchester")


class Skipped(Exception):
    """Something that the goal needs is missing."""


told = 0
MOST_TOLD = 40


def tell(what):
    """A finding, in a line of its own; of a goal that finds very many, the first."""
    global told
    told += 1
    if told <= MOST_TOLD:
        print(f"  {what}", flush=True)


def environment(store):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MENTOR_", "XDG_"))}
    env.update(MENTOR_DB=store, MENTOR_NOW="2026-03-02", HOME=os.path.dirname(store), LC_ALL="C.UTF-8", TZ="UTC")
    return env


def mentor(store, *words, **how):
    how.setdefault("timeout", 60)
    return subprocess.run([MENTOR, *words], env=environment(store), stdin=subprocess.DEVNULL, capture_output=True, **how)


def must(store, *words):
    r = mentor(store, *words)
    if r.returncode:
        sys.exit(f"{words}: {r.stderr.decode()}")
    return r.stdout


def application(path, names):
    """A form's export with one row for each name."""
    with open(path, "w", encoding="utf-8") as f:
        f.write("ID,Completion time,Your work e-mail address,Your name,Would you like to be a mentor or a mentee?,Which directorate do you work in?,"
                "What is your job title?,What is your grade?,Your line manager's e-mail address,Which topics would you like to talk about?,"
                "How would you like to meet?\n")
        for i, name in enumerate(names):
            f.write(f"{name},01/03/2026 09:00,{name}@example.org,{name},I would like to mentor a senior leader,Housing,Officer,Grade 6,,"
                    "Language and culture;,Online\n")


def make_world(folder):
    store = os.path.join(folder, "t.db")
    must(store, "db", "init")
    must(store, "programme", "import", os.path.join(EXAMPLE, "programme.yaml"))
    must(store, "cohort", "add", "spring", "--programme", "manchester", "--starts-on", "2026-04-01")
    must(store, "cohort", "open", "spring")
    for name, where, role in (("amira", "Housing", "mentor"), ("ben", "Parks", "mentor"), ("clara", "Parks", "mentee"),
                              ("david", "Housing", "mentee")):
        must(store, "person", "add", "--name", name, "--email", f"{name}@example.org", "--directorate", where)
        must(store, "enrol", "add", f"{name}@example.org", "--role", role)
        must(store, "enrol", "accept", f"{name}@example.org")
    return store


def contents(store):
    r = mentor(store, "db", "export")
    return hashlib.sha256(r.stdout).hexdigest() if r.returncode == 0 else f"export ended with {r.returncode}: {r.stderr.decode()}"


# ---- what every changing command has to survive ----

def changing(folder):
    """Commands that change something, of most kinds; none writes anything random but erase, see State."""
    application(os.path.join(folder, "a.csv"), ["zoe", "yan", "xia"])
    with open(os.path.join(EXAMPLE, "programme.yaml"), encoding="utf-8") as f, open(os.path.join(folder, "p.yaml"), "w", encoding="utf-8") as changed:
        changed.write(f.read().replace("\ntitle: ", "\ntitle: Another ", 1))
    return [("person", "add", "--name", "Zoe", "--email", "zoe@example.org"), ("enrol", "import", os.path.join(folder, "a.csv")),
            ("match", "propose"), ("cohort", "close", "spring"), ("privacy", "erase", "ben@example.org"),
            ("db", "restore", os.path.join(folder, "copy.db")), ("db", "backup", "--replace", os.path.join(folder, "out.db")),
            ("programme", "import", os.path.join(folder, "p.yaml")), ("person", "set", "p1", "--grade", "Director"),
            ("person", "merge", "p2", "p5", "--yes"),
            ("cohort", "add", "autumn", "--programme", "manchester", "--starts-on", "2026-09-01"), ("cohort", "set", "spring", "--title", "Spring"),
            ("enrol", "withdraw", "p2"), ("enrol", "score", "p1", "has-the-time=4", "--by", "Sam"), ("match", "avoid", "p1", "p4"),
            ("match", "block", "p1", "p3"),
            ("match", "prefer", "p1", "p3", "p4"), ("match", "add", "p1", "p3", "--override", "They asked"), ("lesson", "add", "--text", "Shorter"),
            ("remark", "add", "p1", "--text", "Good"), ("privacy", "object", "p1", "--to", "surveys")]


class State:
    """A store as it was, and as it is when a command has done all of its work."""

    def __init__(self, folder):
        self.folder, self.base = folder, make_world(folder)
        must(self.base, "db", "backup", os.path.join(folder, "copy.db"))
        must(self.base, "person", "set", "p1", "--job", "Planner")
        must(self.base, "person", "add", "--name", "ben", "--email", "b@example.org")
        self.commands = changing(folder)
        self.work = os.path.join(folder, "work")
        self.before = contents(self.base)
        self.after = []
        for words in self.commands:
            store = self.fresh()
            must(store, *words)
            self.after.append(contents(store))
            if words[1] == "erase":  # salts are random: what it does is told by what it leaves
                self.after[-1] = self.erased(store)
            if words[1] != "backup" and self.after[-1] == self.before:
                raise RuntimeError(f"{words} changes nothing")

    def fresh(self):
        shutil.rmtree(self.work, ignore_errors=True)
        os.mkdir(self.work, 0o700)
        shutil.copyfile(self.base, os.path.join(self.work, "t.db"))
        return os.path.join(self.work, "t.db")

    @staticmethod
    def erased(store):
        lines = mentor(store, "db", "export").stdout.splitlines()
        rows = [line for line in lines if b'"table":"erasure"' not in line and b'"table":"audit"' not in line]
        return hashlib.sha256(b"\n".join(rows)).hexdigest()

    def judge(self, i, store, code):
        """What is wrong after command i ended with this code; None: nothing."""
        words = self.commands[i]
        if code < 0 and code != -9:
            return f"signal {-code}"
        check = mentor(store, "db", "check")
        if check.returncode:
            return f"db check: {check.stderr.decode().strip()}"
        now = contents(store)
        done = (self.erased(store) if words[1] == "erase" else now) == self.after[i]
        if not done and now != self.before:
            return "something in between"
        if code == 0 and not done:
            return "said to be done, and is not"
        again = mentor(store, *words) # what failed can be done again; what was done says so
        if again.returncode not in (0, 4, 5):
            return f"the command cannot be run again: {again.stderr.decode().strip()}"
        return None
