"""inputs.py: files that somebody made up, or that no program should be given, through every command that reads a file (R10), and fuzzing (R11)."""
import glob, os, re, resource, shutil, subprocess, threading
from world import HERE, MENTOR, Skipped, tell
from commands import Office

TESTS = os.path.join(HERE, "..")
READERS = ["programme check", "programme import", "programme diff", "enrol import -c spring", "enrol score -c spring --file", "log import -c spring",
           "equality import -c spring",
           "equality workforce -c spring", "survey import -c spring mentee after", "event import e1", "report combine", "db import --db new.db",
           "db restore"]


def giants(folder):
    """Small files that are large work for a careless reader, and large ones."""
    made = {
        "laughs.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n"
                                                               for i in range(12)),
        "flow.yaml": "programme: " + "[" * 100000 + "]" * 100000, "maps.yaml": "programme: " + "{a: " * 50000,
        "indent.yaml": "".join(" " * i + "a:\n" for i in range(1200)),
        "keys.yaml": "".join(f"k{i}: 1\n" for i in range(60000)), "scalar.yaml": "programme: " + "x" * 5_000_000,
        "documents.yaml": "---\na: b\n" * 100000,
        "spaces.yaml": " " * 2_000_000, "lines.yaml": "\n" * 2_000_000, "quotes.yaml": 'programme: "' + "\\n" * 400000,
        "tags.yaml": "programme: !!python/object:os.system x\n",
        "block.yaml": "programme: |\n" + "  x\n" * 300000, "anchors.yaml": "".join(f"a{i}: &a{i} x\n" for i in range(30000)),
        "comment.yaml": "#" * 3_000_000,
        "columns.csv": ",".join(f"h{i}" for i in range(100000)) + "\n", "cell.csv": "Email,Name\na@example.org," + "x" * 8_000_000 + "\n",
        "quote.csv": 'Email,Name\n"' + "a,b\n" * 1_000_000, "empty.csv": "Email,Name\n" + "\n" * 2_000_000, "commas.csv": "," * 3_000_000,
        "same.csv": "a," * 30000 + "a\n",
        "doubled.csv": 'Email\n"' + '""' * 1_000_000 + '"\n', "cr.csv": "Email\r" * 500000, "nul.csv": "Email,Name\n" + "\0" * 100000,
        "bom.csv": "\ufeff" * 200000,
        "deep.jsonl": "[" * 200000, "object.jsonl": '{"a":' * 100000, "long.jsonl": '{"table":"' + "x" * 3_000_000 + '"}\n',
        "number.jsonl": '{"table":' + "9" * 500000 + "}\n",
        "escapes.jsonl": '{"table":"' + "\\u0000" * 100000 + '"}\n', "surrogates.jsonl": '{"table":"' + "\\ud800" * 100000 + '"}\n',
        "many.jsonl": "{}\n" * 300000,
        "magic.db": "SQLite format 3\0" + "\xff" * 100000, "zip.csv": "PK\3\4" + "\0" * 100000,
    }
    paths = []
    for name, text in made.items():
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "w", encoding="latin-1" if name == "magic.db" else "utf-8", newline="") as f:
            f.write(text)
    return paths


def watched(office, words, most):
    """Exit code, what it said, and seconds of the processor; with no more memory than `most`."""
    p = subprocess.Popen([MENTOR, *words], env=office.env, cwd=office.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)))
    said = []
    reader = threading.Thread(target=lambda: said.append(p.stdout.read()))
    reader.start()
    error = p.stderr.read()
    reader.join()
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return p.returncode, said[0], error, usage.ru_utime + usage.ru_stime


def hostile(folder, readers):
    """Broken and hostile files through so many of the commands that read one. 64 MB and a second each; sanitizers take more, so they are not timed."""
    office = Office(folder)
    strict = not any("-fsanitize" in line for line in open(os.path.join(os.path.dirname(MENTOR), "flags"), encoding="utf-8"))
    broken = sorted(glob.glob(f"{TESTS}/broken/*.yaml") + glob.glob(f"{TESTS}/exports/*.csv"))
    good = sorted(glob.glob(f"{TESTS}/good/*.yaml"))
    special = [folder, "/dev/zero", "/dev/null", os.path.join(folder, "missing.csv"), os.path.join(folder, "fifo")]
    os.mkfifo(special[-1])
    runs = taken = wrong = 0
    slowest, most = 0, 64 << 20 if strict else resource.RLIM_INFINITY
    files = broken + giants(folder) + special
    office.files = set(os.listdir(folder))
    with open(os.path.join(folder, "base.db"), "rb") as f:
        before = f.read()
    office.back(before)
    os.chmod(office.store, 0o600)
    for reader in READERS[:readers]:
        for path in files:
            code, _, error, seconds = watched(office, [*reader.split(), path], most)
            runs, slowest = runs + 1, max(slowest, seconds)
            changed = not office.untouched(before)
            what = None
            if code < 0:
                what = f"signal {-code}"
            elif strict and (seconds > 1 or b"memory" in error):
                what = f"{seconds:.1f} s: {error.decode(errors='replace')[:100]}"
            elif code and (changed or not error):
                what = f"exit code {code}, {'something changed' if changed else 'without a word'}"
            elif not code and path in broken and reader.startswith("programme") and path.endswith(".yaml"):
                what = "was taken"
            elif code == 3 and path in broken and (os.path.basename(path).encode() not in error
                                                   or not re.search(rb":\d+|line \d+|empty|not text|is not", error)):
                what = f"file or line are not named: {error.decode(errors='replace')[:200]}"
            taken += code == 0
            if what:
                wrong += 1
                tell(f"{reader} {os.path.basename(path)}: {what}")
            office.back(before)
    refused = 0
    for path in good:
        code, _, _, _ = watched(office, ["programme", "check", path], most)
        refused += code != 0
    return wrong + refused, (
        f"{len(files)} files through {readers} commands, {runs} runs in 64 MB, {taken} of them took the file; slowest {slowest:.2f} s; "
        f"signals, slow, large, half done or not named {wrong}; {len(good)} good files, refused {refused}")


def fuzz(folder, seconds):
    """make fuzz, each reader so many seconds; where there is no clang, what is kept is read again."""
    root = os.path.join(TESTS, "..")
    if not shutil.which("clang"):
        raise Skipped("clang is missing; make check-fuzz reads the kept inputs again")
    r = subprocess.run(["make", "--no-print-directory", "-C", root, "fuzz", f"FUZZ_SECONDS={seconds}"], capture_output=True, text=True,
                       errors="replace", stdin=subprocess.DEVNULL)
    log = r.stdout + r.stderr
    done = re.findall(r"^Done (\d+) runs in (\d+) second", log, re.M)
    names = re.findall(r"^fuzzing (\S+)", log, re.M)
    if r.returncode:
        tell(log[-1500:])
    told = ", ".join(f"{name} {int(runs):,}" for name, (runs, _) in zip(names, done))
    return int(r.returncode != 0), f"{sum(int(n) for n, _ in done):,} runs in {sum(int(s) for _, s in done)} seconds ({told}); crashes, hangs, leaks or undefined behaviour {int(r.returncode != 0)}"
