"""faults.py: kills, full disks, power cuts, damage: what is left of the store afterwards (R2 to R6, R9 in part, R13, R20)."""
import json, os, random, resource, shutil, signal, subprocess, threading, time
from world import HERE, MENTOR, Skipped, State, application, changing, contents, environment, make_world, mentor, must, tell

# ---- R4: writers that are killed ----

def kills(folder, goal):
    """Eight writers, each command killed at a random moment: what was acknowledged is there, once; a group of three comes whole or not at all."""
    store = make_world(folder)
    lock, acknowledged, tried, killed, refused, number = threading.Lock(), set(), set(), [0], [0], [0]

    def writer(seed):
        pick = random.Random(seed)
        while True:
            with lock:
                if killed[0] >= goal:
                    return
                number[0] += 1
                group = number[0]
                tried.add(group)
            path = os.path.join(folder, f"{group}.csv")
            application(path, [f"g{group}n{i}" for i in range(3)])
            p = subprocess.Popen([MENTOR, "enrol", "import", path], env=environment(store), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            try:
                code = p.wait(timeout=pick.choice((0.001, 0.003, 0.01, 0.02, 0.05, 5)) * (0.5 + pick.random()))
            except subprocess.TimeoutExpired:
                p.send_signal(signal.SIGKILL)
                code = p.wait()
            os.unlink(path)
            with lock:
                killed[0] += code == -9
                refused[0] += code > 0
                if code == 0:
                    acknowledged.add(group)

    threads = [threading.Thread(target=writer, args=(i,)) for i in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    people = [p["name"] for p in json.loads(must(store, "person", "list", "-f", "json"))["data"] if p["name"].startswith("g")]
    there = {}
    for name in people:
        there.setdefault(int(name[1:name.index("n")]), []).append(name)
    lost = sum(g not in there for g in acknowledged)
    half = sum(len(set(v)) != 3 or len(v) != 3 for v in there.values())
    invented = sum(g not in tried for g in there)
    check = mentor(store, "db", "check")
    audit = json.loads(must(store, "privacy", "audit", "--verify", "-f", "json"))
    changes = sum(e["kind"] == "change" for e in audit["data"]["entries"])
    unrecorded = audit["revision"] - changes
    return (lost + half + invented + refused[0] + unrecorded + (check.returncode != 0),
            f"{killed[0]} kills among {len(tried)} commands of 8 writers; acknowledged {len(acknowledged)}, lost {lost}, half done {half}, invented {invented}, "
        f"refused {refused[0]}, changes without an entry {unrecorded}, db check {check.returncode}")


# ---- R5: many writers ----

def writers(folder, commits):
    store, each = make_world(folder), commits // 16
    took, refused, lock = [], [0], threading.Lock()

    def writer(w):
        for i in range(each):
            begun = time.monotonic()
            r = mentor(store, "person", "add", "--name", f"w{w}", "--email", f"w{w}-{i}@example.org")
            with lock:
                took.append(time.monotonic() - begun)
                refused[0] += r.returncode != 0

    threads = [threading.Thread(target=writer, args=(w,)) for w in range(16)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    there = len(json.loads(must(store, "person", "list", "-f", "json"))["data"]) - 4
    check = mentor(store, "db", "check")
    took.sort()
    return (refused[0] + abs(there - 16 * each) + (check.returncode != 0),
        f"{16 * each} commits of 16 writers; refused {refused[0]}, lost {16 * each - there}, median {took[len(took) // 2] * 1000:.0f} ms, "
        f"p99 {took[int(len(took) * 0.99)] * 1000:.0f} ms")


# ---- R2: each call of the system fails, or is the last ----

FAULTS = [("pwrite64", "error=EIO"), ("pwrite64", "error=ENOSPC"), ("pwrite64", "signal=SIGKILL"), ("fdatasync", "error=EIO"),
          ("fdatasync", "signal=SIGKILL"),
          ("fsync", "error=EIO"), ("ftruncate", "error=EIO"), ("ftruncate", "signal=SIGKILL"), ("rename", "error=EIO"), ("rename", "signal=SIGKILL"),
          ("link", "error=EIO"), ("link", "signal=SIGKILL"), ("unlink", "error=EIO"), ("unlink", "signal=SIGKILL"), ("fcntl", "error=EIO"),
          ("pread64", "error=EIO"), ("openat", "error=EMFILE"), ("openat", "signal=SIGKILL")]


def calls(folder, step):
    """Every step-th call; all faults when that is each of them, else a third."""
    if not shutil.which("strace"):
        raise Skipped("strace is missing")
    state, done, wrong = State(folder), 0, 0
    for i, words in enumerate(state.commands):
        for call, fault in FAULTS if step == 1 else FAULTS[i % 3::3]:
            n = 1
            while True:
                store, log = state.fresh(), os.path.join(folder, "strace.log")
                r = subprocess.run(["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={n}", MENTOR, *words],
                                   env=environment(store), stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
                with open(log, encoding="utf-8", errors="replace") as f:
                    text = f.read()
                if "INJECTED" not in text and "killed by SIGKILL" not in text:
                    break
                if "killed by SIGKILL" in text and r.returncode == 137:
                    r.returncode = -9
                done += 1
                what = state.judge(i, store, r.returncode)
                if what:
                    wrong += 1
                    tell(f"{' '.join(words[:2])}, {call} {n} with {fault}: {what}")
                n += step
    return wrong, (f"{done} calls of the system failed or were the last, in {len(state.commands)} commands; half done, unsound or not to be run again {wrong}")


# ---- R3: the power fails ----

def power(folder, each):
    """So many images after every call; of several commands, and several times, when that is many."""
    if not shutil.which("strace"):
        raise Skipped("strace is missing")
    many = each > 3
    base, images, neither, lost = make_world(folder), 0, 0, 0
    for words in changing(folder)[:4 if many else 1]:
        for turn in range(8 if many else 1):
            r = subprocess.run([os.path.join(HERE, "power"), MENTOR, base, str(each), "--", *words, *(["--quiet"] * turn)], capture_output=True,
                               text=True,
                               env={k: v for k, v in environment(base).items() if k != "MENTOR_DB"})
            tell(r.stderr.strip()) if r.stderr.strip() else None
            if r.returncode:
                raise RuntimeError(r.stderr)
            images, neither, lost = (a + int(b) for a, b in zip((images, neither, lost), r.stdout.split()))
    return neither + lost, (f"{images} disks as a power cut could leave them; neither as before nor as after {neither}, acknowledged and not there {lost}")


# ---- R6: the disk is full ----

def disk(folder, step):
    """Files may not grow beyond every step-th kilobyte."""
    state, done, wrong, failed = State(folder), 0, 0, 0
    for i, words in enumerate(state.commands):
        for size in range(0, os.path.getsize(state.base) + (160 << 10), step * 1024):
            store = state.fresh()
            r = mentor(store, *words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
            done += 1
            failed += r.returncode != 0
            what = state.judge(i, store, r.returncode)
            if what:
                wrong += 1
                tell(f"{' '.join(words[:2])}, files of {size} bytes at most: {what}")
    return wrong, (f"{done} runs where files could not grow, {failed} of them failed; half done, unsound or not to be run again {wrong}")


# ---- R20: the file is damaged ----

def damage(folder, files):
    store, wrong, missed, refused = make_world(folder), 0, 0, 0
    with open(store, "rb") as f:
        good = f.read()
    reference, pick = contents(store), random.Random(2026)
    for n in range(files):
        data = bytearray(good)
        kind = n % 4
        if kind == 0:
            for _ in range(pick.randint(1, 8)):
                data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        elif kind == 1:
            page = pick.randrange(len(data) // 4096)
            data[page * 4096:(page + 1) * 4096] = bytes(4096)
        elif kind == 2:
            a, b = pick.randrange(len(data) // 4096) * 4096, pick.randrange(len(data) // 4096) * 4096
            data[a:a + 4096], data[b:b + 4096] = data[b:b + 4096], data[a:a + 4096]
        else:
            del data[pick.randrange(len(data)):]
        path = os.path.join(folder, "d.db")
        with open(path, "wb") as f:
            f.write(data)
        os.chmod(path, 0o600)
        try:
            check = mentor(path, "db", "check", timeout=20)
            same = check.returncode == 0 and contents(path) == reference
            missed += check.returncode == 0 and not same
            write = mentor(path, "person", "add", "--name", "Zoe", "--email", "zoe@example.org", timeout=20)
            reads = [mentor(path, *words, timeout=20).returncode
                     for words in (("person", "list"), ("privacy", "audit", "--verify"), ("cohort", "status"))]
        except subprocess.TimeoutExpired:
            wrong += 1
            continue
        if min(check.returncode, write.returncode, *reads) < 0:
            wrong += 1
            tell(f"damage {n}: a signal ended db check ({check.returncode}), person add ({write.returncode}), or reading ({reads})")
        refused += write.returncode != 0
        with open(path, "rb") as f:
            touched = f.read() != data
        if write.returncode and touched:
            wrong += 1
            tell(f"damage {n}: a write that failed changed the file")
    return wrong, (f"{files} damaged files; signals, hangs and writes onto them {wrong}; writing refused {refused}; "
        f"different records that db check does not see {missed}")


# ---- R13: nobody is left ----

def erase(folder, people):
    store = make_world(folder)
    application(os.path.join(folder, "many.csv"), [f"zyxw{i}q" for i in range(people)])
    must(store, "enrol", "import", os.path.join(folder, "many.csv"))
    must(store, "db", "backup", os.path.join(folder, "old.db"))
    must(store, "match", "propose")
    for i in range(people):
        must(store, "privacy", "erase", f"zyxw{i}q@example.org")
    left = 0
    for name in ("t.db", "t.db-journal"):
        with open(os.path.join(folder, name), "rb") as f:
            left += f.read().lower().count(b"zyxw")
    must(store, "db", "restore", os.path.join(folder, "old.db"))
    with open(store, "rb") as f:
        again = f.read().lower().count(b"zyxw")
    check = mentor(store, "db", "check")
    return left + again + (check.returncode != 0), (f"{people} people erased; found in the store's bytes {left}, after an older copy was restored {again}")


# ---- R9: who reads slowly ----

def reader(folder, people):
    store = make_world(folder)
    application(os.path.join(folder, "many.csv"), [f"p{i}" for i in range(people)])
    must(store, "enrol", "import", os.path.join(folder, "many.csv"))
    slow = subprocess.Popen([MENTOR, "person", "list", "-f", "json"], env=environment(store), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    slow.stdout.read(1)  # it has begun to write, and the pipe is full
    begun = time.monotonic()
    r = mentor(store, "person", "set", "p1", "--job", "X")
    took = time.monotonic() - begun
    still = slow.poll() is None
    slow.stdout.read()
    slow.wait()
    return (r.returncode != 0) + (took > 1) + (not still), f"a writer beside a reader of {people} people that does not read: {took * 1000:.0f} ms"

