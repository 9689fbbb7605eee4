"""builds.py: what other builds of the program find out: how much of lib/ the tests reach, whether they notice mistakes (R18), and what valgrind and other
compilers say of every command (R19)."""
import os, re, shutil, subprocess
from commands import BUILD, Office
from world import HERE, MENTOR, Skipped, tell

ROOT = os.path.join(HERE, "..", "..")


def passed_on(words, pattern, **how):
    """Runs a program that prints a line for each finding and a last one that sums up; returns its exit code and that line's match."""
    p = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT,
                         **how)
    last = None
    for line in p.stdout:
        last = re.search(pattern, line) or last
        if not re.search(pattern, line):
            tell(line.rstrip())
    return p.wait(), last


# ---- R18: do the tests see it ----

def mutants(folder, each):
    """So many mutants of the store, the outbox, suppression, erasing and matching; what nobody noticed is told. Fewer than 85 of 100 is a finding."""
    code, last = passed_on([os.path.join(HERE, "mutate"), str(each)], r"in all (\d+) of (\d+) mutants killed", env=dict(os.environ, TMPDIR=folder))
    if code or not last:
        raise RuntimeError(f"tests/torture/mutate ended with {code}")
    killed, tried = int(last[1]), int(last[2])
    return int(killed * 100 < tried * 85), f"{killed} of {tried} mutants killed ({killed * 100 // max(tried, 1)} of 100)"


def coverage(folder, wanted):
    """Branches of lib/ that the unit tests take; with all tests when that is to be 95 of 100."""
    if not shutil.which("gcovr"):
        raise Skipped("gcovr is missing: make coverage installs it")
    r = subprocess.run(["make", "--no-print-directory", "coverage", *(() if wanted > 90 else ("BY=check-unit",))], cwd=ROOT,
                       stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    totals = re.findall(r"^(lines|branches): ([\d.]+)% \((\d+) out of (\d+)\)", r.stdout, re.M)
    if r.returncode or len(totals) != 2:
        raise RuntimeError(f"make coverage ended with {r.returncode}: {r.stdout[-500:]}{r.stderr[-500:]}")
    told = "; ".join(f"{what} of lib/ taken {share} of 100 ({n} of {of})" for what, share, n, of in totals)
    return int(float(dict((what, share) for what, share, _, _ in totals)["branches"]) < wanted), f"{told}, wanted {wanted} of the branches"


# ---- R19: other eyes ----

def watched(folder, most):
    """So many commands, as every-command.bats calls them, under valgrind: no memory read that was not written, none lost, no file left open."""
    if not shutil.which("valgrind"):
        raise Skipped("valgrind is missing")
    if any("-fsanitize" in line for line in open(os.path.join(BUILD, "flags"), encoding="utf-8")):
        raise Skipped("the sanitizers watch already")
    office, wrong, log = Office(folder), 0, os.path.join(folder, "valgrind.log")
    chosen = office.commands[::max(1, len(office.commands) // most)]
    for command in chosen:
        office.begin(command)
        r = office.run(*command.words,
                       under=("valgrind", "-q", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect,possible",
                                              "--track-fds=yes", "--child-silent-after-fork=yes", f"--log-file={log}"), timeout=600)
        with open(log, encoding="utf-8", errors="replace") as f:
            said = f.read()
        # what was open before the program began is not its own
        opened = re.findall(r"Open (?:file descriptor|AF_\w+ socket) (\d+):?(.*(?:\n.*){1,2})", said)
        left = [fd for fd, rest in opened if "inherited" not in rest and int(fd) > 2]
        if r.returncode not in (0, 8) or left:
            wrong += 1
            tell(f"{command.name}: exit code {r.returncode}, left open {left}: {said[:400]}")
    return wrong, f"{len(chosen)} commands under valgrind: errors, leaks or files left open {wrong}"


def compilers(folder, most):
    """So many commands as gcc -O2, gcc -O0 and clang make them: the same words and exit codes."""
    office = Office(folder)
    builds = {}
    for name, words in (("gcc -O0", ["CC=gcc", "BUILD=build-O0", "HARDEN=-O0"]), ("clang", ["CC=clang"])):
        if not shutil.which(words[0][3:]):
            raise Skipped(f"{words[0][3:]} is missing")
        target = {"gcc -O0": "build-O0/mentor", "clang": "build-clang/mentor"}[name]
        r = subprocess.run(["make", "--no-print-directory", *words, target], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if r.returncode:
            raise RuntimeError(f"{name}: {r.stderr[-500:]}")
        builds[name] = os.path.join(ROOT, target)
    chosen, wrong, runs = office.commands[::max(1, len(office.commands) // most)], 0, 0
    for command in chosen:
        results = []
        for mentor in (MENTOR, MENTOR, *builds.values()):
            office.begin(command)
            r = subprocess.run([os.path.abspath(mentor), *command.words, "-f", "json"], env=office.env, cwd=folder, stdin=subprocess.DEVNULL,
                               capture_output=True, timeout=120)
            results.append((r.returncode, r.stdout))
            runs += 1
        if results[0] == results[1] and len(set(results)) > 1:  # some make up tokens
            wrong += 1
            tell(f"{command.name}: {', '.join(f'{name} {code}' for name, (code, _) in zip(('this', 'again', *builds), results))}")
    return wrong, f"{runs} runs of {len(chosen)} commands as made by this compiler, gcc -O0 and clang: other words or exit codes {wrong}"
