#!/usr/bin/python3
"""scipy_pools.py FOLDER SEED (oracle): random answers of several cohorts go through the real program (`mentor` in PATH); what it tells of each cohort, of
cohorts put together and of sides is worked out again from the answers, with the rules of suppression written once more: `N figures agree`, or the first
that does not."""
import csv
import itertools
import json
import math
import os
import random
import subprocess
import sys

import numpy as np
from scipy import stats

from scipy_stats import signed_rank

K, COHORTS, QUESTIONS = 3, 4, 40
NOTHING, MEAN, COUNTS = range(3)


def mentor(*words):
    return subprocess.run(["mentor", *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def some_answers(points, people):
    """Often only a few different answers, so that many are given by enough people."""
    few = random.sample(range(1, points + 1), min(points, random.randint(1, 4)))
    return [random.choice(few) for _ in range(people)]


def make(folder):
    points = [random.choice([2, 3, 5, 7]) for _ in range(QUESTIONS)]
    questions = "\n".join(f"      q{i}: {{ text: Question {i}?, maximum: {p} }}" for i, p in enumerate(points))
    with open("programme.yaml", "w") as file:
        file.write(f"programme: demo\ntitle: Demo\ncontact: {{ email: team@example.org }}\ncontract: {{ purpose: We learn. }}\nprivacy: {{ min_cell: {K} }}\n"
                   f"surveys:\n  view:\n    title: View\n    stages: [before, after]\n    questions:\n{questions}\n")
    mentor("db", "init")
    mentor("programme", "import", "programme.yaml")
    return points, [make_cohort(f"c{c}", c, points) for c in range(COHORTS)]


def make_cohort(name, number, points):
    people, mentors = random.randint(K, 24), random.randint(0, 12)
    mentor("cohort", "add", name, "--programme", "demo", "--title", name, "--starts-on", "2026-04-01")
    sql = "".join(f"INSERT INTO person (email, name) VALUES ('{name}p{i}@example.org', 'P'); INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) "
                  f"VALUES ({number + 1}, last_insert_rowid(), '{'mentor' if i < mentors else 'mentee'}', 'accepted', '2026-02-01');" for i in range(people))
    subprocess.run(["sqlite3", os.environ["MENTOR_DB"], f"BEGIN;{sql}COMMIT;"], check=True)
    answers = {"roles": [i < mentors for i in range(people)]}
    for stage in ("before", "after"):
        answers[stage] = [some_answers(p, people) for p in points]
    for q, p in enumerate(points):
        if random.random() < 0.4:  # everybody of one answer goes the same way
            way = some_answers(p, p + 1)
            answers["after"][q] = [way[x] for x in answers["before"][q]]
        for stage in ("before", "after"):
            if random.random() < 0.3:
                answers[stage][q] = [x if random.random() < 0.8 else None for x in answers[stage][q]]
    for stage in ("before", "after"):
        with open("in.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["Email", *(f"Question {i}?" for i in range(QUESTIONS))])
            for i in range(people):
                rows.writerow([f"{name}p{i}@example.org", *("" if row[i] is None else row[i] for row in answers[stage])])
        mentor("survey", "import", "-c", name, "view", stage, "in.csv")
    return answers


def given(values):
    return [x for x in values if x is not None]


def level(values, points):
    counts = [values.count(x) for x in range(1, points + 1)]
    above = sum(values) - len(values)
    if len(values) < K:
        return NOTHING
    if all(n == 0 or n >= K for n in counts):
        return COUNTS
    return MEAN if above > K and len(values) * (points - 1) - above > K else NOTHING


def hundredths(x):
    return math.floor(abs(x) * 100 + 0.5 + 1e-9) / 100 * (1 if x >= 0 else -1)


class Checks:
    def __init__(self):
        self.n = self.shown = 0

    def same(self, what, told, expected, near=1e-9):
        self.n += 1
        self.shown += expected is not None
        if (told is None) != (expected is None) or (told is not None and abs(told - expected) > near):
            sys.exit(f"{what}: {expected} is told as {told}")


def check_results(checks, what, document, parts, points, sides=None):
    rows = {row["question"]: row for row in document["questions"]}
    for q, p in enumerate(points):
        told = [given(part[q]) for part in parts]
        levels = [level(values, p) for values in told]
        counted = [values for values, at in zip(told, levels) if values and at > NOTHING]
        at = min((at for values, at in zip(told, levels) if values and at > NOTHING), default=NOTHING)
        together = sum(counted, [])
        row, name = rows[f"q{q}"], f"{what} q{q}"
        nobody = not any(told)
        some = len(together) if counted else 0 if nobody else None
        if len(parts) == 1 and len(told[0]) >= K:
            some = len(told[0])
        checks.same(name + " n", row["n"], some)
        checks.same(name + " mean", row["mean"], hundredths(np.mean(together)) if counted else None)
        checks.same(name + " median", row["median"], float(np.median(together)) if counted and at == COUNTS else None)
        counts = [a["count"] for a in document["answers"] if a["question"] == f"q{q}"]
        for x in range(p):
            expected = together.count(x + 1) if at == COUNTS else 0 if nobody else None
            checks.same(f"{name} answer {x + 1}", counts[x], expected)
        if len(parts) > 1:
            checks.same(name + " cohorts", row["cohorts"], len(counted))
            checks.same(name + " withheld", row["withheld"], sum(bool(v) for v in told) - len(counted))
        if sides:
            check_sides(checks, name, document, q, p, parts[0][q], sides, levels[0])


def check_sides(checks, name, document, q, points, values, mentors, total):
    groups = [given([x for x, m in zip(values, mentors) if m == side]) for side in (True, False)]
    may = total == COUNTS and all(not g or level(g, points) == COUNTS for g in groups)
    rows = [row for row in document["sides"] if row["question"] == f"q{q}"]
    for side, group, row in zip(("mentor", "mentee"), groups, rows):
        assert row["side"] == side
        checks.same(f"{name} {side}", row["mean"], hundredths(np.mean(group)) if may and group else None)
        counts = [a["count"] for a in document["side_answers"] if a["question"] == f"q{q}" and a["side"] == side]
        for x in range(points):
            checks.same(f"{name} {side} answer {x + 1}", counts[x], group.count(x + 1) if may or not group else None)


def check_change(checks, what, document, cohorts, points):
    for row, (q, p) in zip(document["questions"], enumerate(points)):
        before, after, pairs, cohorts_told = [], [], [], 0
        everybody = large = True
        few = False
        for c in cohorts:
            b, a = given(c["before"][q]), given(c["after"][q])
            both = [(x, y) for x, y in zip(c["before"][q], c["after"][q]) if x is not None and y is not None]
            if not b or not a or NOTHING in (level(b, p), level(a, p)):
                continue
            cohorts_told += 1
            before += b
            after += a
            pairs += both
            everybody = everybody and len(both) == len(b) == len(a)
            large = large and all(both.count(pair) >= K for pair in both)
            few = few or 0 < len(both) < K
        name = f"{what} q{q}"
        told = cohorts_told > 0
        changes = [y - x for x, y in pairs]
        whole = told and everybody and large and pairs
        checks.same(name + " cohorts", row["cohorts"], cohorts_told)
        checks.same(name + " before", row["before"], hundredths(np.mean(before)) if told else None)
        checks.same(name + " after", row["after"], hundredths(np.mean(after)) if told else None)
        if told:
            checks.same(name + " n", row["n"], None if few else len(pairs))
        exact = np.mean(changes) if told and everybody else hundredths(np.mean(after)) - hundredths(np.mean(before)) if told else None
        checks.same(name + " change", row["change"], hundredths(exact) if told else None)
        checks.same(name + " improved", row["improved"], sum(c > 0 for c in changes) if whole else None)
        spread = stats.tstd(changes) if whole and len(changes) > 1 else None
        checks.same(name + " sd", row["sd"], hundredths(spread) if whole else None)
        if whole:
            up, down = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
            checks.same(name + " effect", row["effect"], hundredths(np.mean(changes) / spread) if spread > 1e-12 else None)
            checks.same(name + " p", row["p"], round(1e4 * (stats.binomtest(up, up + down).pvalue if up + down else 1)), 1)
            if up + down <= 50:  # beyond that the program takes the usual approximation
                checks.same(name + " wilcoxon", row["wilcoxon"], round(1e4 * signed_rank(changes)), 1)


def main():
    os.chdir(sys.argv[1])
    random.seed(int(sys.argv[2]))
    points, cohorts = make(sys.argv[1])
    checks = Checks()
    for c, answers in enumerate(cohorts):
        for stage in ("before", "after"):
            told = json.loads(mentor("survey", "results", "view", stage, "-c", f"c{c}", "--by", "side", "-f", "json"))["data"]
            check_results(checks, f"c{c} {stage}", told, [answers[stage]], points, answers["roles"])
    for size in range(2, COHORTS + 1):
        for which in itertools.permutations(range(COHORTS), size) if size == 2 else itertools.combinations(range(COHORTS), size):
            across = ",".join(f"c{c}" for c in which)
            for stage in ("before", "after"):
                told = json.loads(mentor("survey", "results", "view", stage, "--across", across, "-f", "json"))["data"]
                check_results(checks, f"{across} {stage}", told, [cohorts[c][stage] for c in which], points)
            told = json.loads(mentor("survey", "compare", "view", "--across", across, "-f", "json"))["data"]
            check_change(checks, across, told, [cohorts[c] for c in which], points)
    print(f"{checks.n} figures agree, {checks.shown} of them told")


if __name__ == "__main__":
    main()
