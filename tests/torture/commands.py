"""commands.py: every command of the program, as tests/cli/every-command.bats calls it, without memory, without output, in odd surroundings (R1, R9, R19)."""
import collections, hashlib, os, re, resource, shutil, sqlite3, subprocess
from world import HERE, MENTOR, Skipped, tell

BUILD = os.path.dirname(MENTOR)
Command = collections.namedtuple("Command", "name changes words steps")


class Office:
    """A folder with a store, in which each command finds what it needs."""

    def __init__(self, folder):
        self.folder, self.store = folder, os.path.join(folder, "test.db")
        lines = subprocess.run([os.path.join(HERE, "commands"), BUILD, folder], stdin=subprocess.DEVNULL, capture_output=True, check=True,
                               text=True).stdout
        self.commands = [Command(name, kind == "changes", words.split(), [step.split() for step in steps.split(";") if step])
                         for name, kind, words, steps in (line.split("\t") for line in lines.splitlines())]
        self.files = set(os.listdir(folder))
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("MENTOR_", "XDG_", "LC_", "LANG"))}
        self.env.update(MENTOR_DB=self.store, MENTOR_NOW="2026-05-01", HOME=os.path.join(folder, "home"), LC_ALL="C.UTF-8", TZ="UTC", TMPDIR=folder,
                        PATH=f"{BUILD}:{os.environ['PATH']}")

    def run(self, *words, env=None, **how):
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "cwd": self.folder, "timeout": 120, **how}
        return subprocess.run([*how.pop("under", ()), MENTOR, *words], env={**self.env, **(env or {})}, **how)

    def begin(self, command):
        """The store as the command needs it; returns its bytes."""
        shutil.copyfile(os.path.join(self.folder, "base.db"), self.store)
        os.chmod(self.store, 0o600)
        self.tidy()
        for step in command.steps:
            r = self.run(*step)
            if r.returncode:
                raise RuntimeError(f"{step}: {r.stderr.decode()}")
        with open(self.store, "rb") as f:
            return f.read()

    def back(self, data):
        """The store as it was, and nothing else that a command left."""
        self.tidy()
        with open(self.store, "wb") as f:
            f.write(data)

    def tidy(self):
        for name in set(os.listdir(self.folder)) - self.files - {"test.db"}:
            path = os.path.join(self.folder, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
        for path in (os.path.join(self.folder, "home"), self.store + "-journal"):
            shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.unlink(path)
        os.mkdir(os.path.join(self.folder, "home"))

    def untouched(self, data):
        with open(self.store, "rb") as f:
            return f.read() == data and not (os.path.exists(self.store + "-journal") and os.path.getsize(self.store + "-journal"))

    def contents(self):
        """What the store holds, and how many rows of each table."""
        db = sqlite3.connect(self.store)
        lines = list(db.iterdump())
        db.close()
        rows = collections.Counter(re.match(r'(INSERT INTO \S+|.{0,20})', line, re.S)[0] for line in lines)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest(), rows


# What a command says whose change stands although it failed.
DONE_ALL_THE_SAME = re.compile(b"has been made|the records are (erased|removed)")

# ---- R1, R2: memory, and the statements of the store ----

def preload(folder, source):
    """A library to load before the program: that of a source that fails one of its calls, the one that NAME_AT numbers."""
    library = os.path.join(folder, os.path.basename(source)[:-2] + ".so")
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def fail_each(folder, source, most, chosen):
    """So many calls of each chosen command fail, the first ones and others spread over all: one alone, then all from there on. Returns what was found,
    counts of commands, their calls, failures, and how many of those were noticed."""
    library, count, name = preload(folder, source), os.path.join(folder, "count"), os.path.basename(source)[:-2].upper()
    office = Office(folder)
    faults = noticed = commands = sites = wrong = 0
    for command in office.commands:
        if not chosen(command):
            continue
        before = office.begin(command)
        # the sanitizers want to be loaded first
        env = {"LD_PRELOAD": library, f"{name}_COUNT": count, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

        def disturbed(at, lasting):
            office.back(before)
            return office.run(*command.words, env={**env, f"{name}_AT": str(at), **({f"{name}_LASTING": "1"} if lasting else {})})

        def pieces():
            with open(count, encoding="ascii") as f:
                return [int(word) for word in f.read().split()]

        usual = disturbed(0, False)
        if usual.returncode not in (0, 8):
            raise RuntimeError(f"{command.name}: {usual.stderr.decode()}")
        calls, left = pieces()
        was, done = None, office.contents()
        again = disturbed(0, False)
        same_words, same_rows = again.stdout == usual.stdout, office.contents()[0] == done[0]  # some make up tokens
        office.back(before)
        was = office.contents()
        commands, sites = commands + 1, sites + calls
        for lasting in (False, True):
            for at in sorted({i + 1 for i in range(min(most // 4, calls))} | {1 + i * calls // most for i in range(most if calls else 0)}):
                r, faults = disturbed(at, lasting), faults + 1
                what = None
                if r.returncode < 0:
                    what = f"signal {-r.returncode}"
                elif r.returncode == usual.returncode:
                    now = office.contents()
                    if same_words and r.stdout != usual.stdout:
                        what = "success with another answer"
                    elif now != done if same_rows else now[1] != done[1]:
                        what = "success, and not everything is done"
                else:
                    noticed += 1
                    if not r.stderr:
                        what = f"exit code {r.returncode} without a word"
                    elif not office.untouched(before):
                        now = office.contents()
                        if now != was and not DONE_ALL_THE_SAME.search(r.stderr):
                            what = f"failed, and something is done: {r.stderr.decode()}"
                if not what and r.returncode >= 0 and pieces()[1] > left and b"virtual memory exhausted" not in r.stderr: # popt ends the program there
                    what = f"{pieces()[1] - left} pieces of memory are not given back (exit code {r.returncode})"
                if not what and not office.untouched(before):
                    code = office.run(*command.words).returncode
                    if code not in (usual.returncode, 0, 4, 5, 7): # 7: a message of which it is unsure
                        what = f"cannot be run again: exit code {code}"
                if what:
                    wrong += 1
                    tell(f"{command.name}, call {at} of {calls}{' and all after it' if lasting else ''}: {what}")
    return wrong + (noticed < faults // 4), commands, sites, faults, noticed


def memory(folder, most):
    if any("-fsanitize" in line for line in open(os.path.join(BUILD, "flags"), encoding="utf-8")):
        raise Skipped("the sanitizers bring their own malloc")
    wrong, commands, sites, faults, noticed = fail_each(folder, os.path.join(HERE, "..", "cli", "fail_alloc.c"), most, lambda command: command.changes)
    return wrong, (f"{faults} failures of {sites} calls for memory in {commands} commands, one alone and from there on; noticed {noticed}, the rest done in "
                   f"spite of it; signals, wrong answers, half done, leaks or not to be run again {wrong}")


def statements(folder, most):
    wrong, commands, sites, faults, noticed = fail_each(folder, os.path.join(HERE, "fail_step.c"), most, lambda command: True)
    return wrong, (f"{faults} failures of {sites} steps of statements in {commands} commands, one alone and from there on; noticed {noticed}; signals, wrong "
                   f"answers, half done or not to be run again {wrong}")


# ---- R9: nowhere to write to, odd surroundings ----

def closed():
    os.close(1)


def output(folder, formats):
    """Every command, in so many formats, into a device that is full and into nothing."""
    office, runs, wrong = Office(folder), 0, 0
    for command in office.commands:
        before = office.begin(command)
        for extra in ((), ("-f", "json"), ("-f", "plain"), ("-f", "csv"))[:formats]:
            for where in ("full", "closed"):
                office.back(before)
                if where == "full":
                    with open("/dev/full", "wb") as full:
                        r = office.run(*command.words, *extra, stdout=full)
                else:
                    r = office.run(*command.words, *extra, stdout=None, preexec_fn=closed)
                if r.returncode == 2 and b"format" in r.stderr:
                    continue  # not a format of this command
                runs += 1
                changed = not office.untouched(before)
                if r.returncode != 1 or not r.stderr or (changed and command.changes and b"has been made" not in r.stderr):
                    wrong += 1
                    tell(f"{command.name} {' '.join(extra)}, standard output {where}: exit code {r.returncode}: {r.stderr.decode().strip()}")
    return wrong, f"{runs} runs of {len(office.commands)} commands that could not write their output; exit codes other than 1, or silent {wrong}"


SURROUNDINGS = [("cron", {"env": "none"}), ("Welsh", {"LC_ALL": "cy_GB.UTF-8"}), ("C", {"LC_ALL": "C"}),
                ("Turkish", {"LANG": "tr_TR.UTF-8", "LC_ALL": ""}),
                ("Kiritimati", {"TZ": "Pacific/Kiritimati"}), ("nonsense zone", {"TZ": ":nonsense"}),
                ("terminal", {"TERM": "xterm", "COLUMNS": "20", "NO_COLOR": ""}),
                ("umask 0", {"umask": 0}), ("umask 277", {"umask": 0o277}), ("few files", {"files": 12})]


def surroundings(folder, most):
    """Every command under so many other surroundings: the same words, exit code and records."""
    office, runs, wrong = Office(folder), 0, 0
    for command in office.commands:
        before = office.begin(command)
        results = []
        for name, odd in [("usual", {}), ("usual", {})] + SURROUNDINGS[:most]:
            office.back(before)
            env = {k: v for k, v in odd.items() if k.isupper()}
            how = {}
            if "umask" in odd:
                how["umask"] = odd["umask"]
            if "files" in odd:
                how["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (odd["files"], odd["files"]))
            kept = office.env
            if odd.get("env") == "none":
                office.env = {k: office.env[k] for k in ("MENTOR_DB", "MENTOR_NOW", "HOME", "PATH")}
            r = office.run(*command.words, "-f", "json", env=env, **how)
            office.env = kept
            open_to = [path for path in [os.path.join(folder, n) for n in set(os.listdir(folder)) - office.files]
                       if os.path.isfile(path) and os.stat(path).st_mode & 0o077 and path != office.store]
            results.append((r.returncode, r.stdout, office.contents()))
            usual, again = results[0], results[min(1, len(results) - 1)]
            differs = usual[0] != r.returncode or (usual[1] == again[1] and usual[1] != r.stdout) or (
                usual[2] != results[-1][2] if usual[2] == again[2] else usual[2][1] != results[-1][2][1])
            runs += 1
            if (len(results) > 2 and differs) or open_to:
                wrong += 1
                tell(f"{command.name} in surroundings '{name}': exit code {r.returncode}, {'something else' if differs else f'open to others: {open_to}'} "
                     f"{r.stderr.decode().strip()[:200]}")
    return wrong, f"{runs} runs of {len(office.commands)} commands in {min(most, len(SURROUNDINGS))} surroundings; other words, exit codes, records or files open to others {wrong}"
