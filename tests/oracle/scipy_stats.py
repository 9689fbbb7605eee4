#!/usr/bin/python3
"""scipy_stats.py (oracle): works out with SciPy what lines of JSON on standard input say about random answers: `N agree`, or the first that does not.

SciPy 1.10 has the exact signed-rank test only without ties, so with ties the exact chance is that of its ranks under every change of signs: all of
them where there are few, and by convolution where there are many; without ties its own test has to agree as well.
"""
import itertools
import json
import math
import sys

import numpy as np
from scipy import stats

TOLERANCE = 1e-9
EVERY_SIGN = 10


def signed_rank(changes):
    d = np.array([c for c in changes if c != 0], dtype=float)
    if d.size == 0:
        return 1.0
    ranks = stats.rankdata(np.abs(d))
    w = ranks[d > 0].sum()
    if d.size <= EVERY_SIGN:
        sums = np.array([np.dot(ranks, signs) for signs in itertools.product((0, 1), repeat=d.size)])
        weight = np.full(sums.shape, 0.5**d.size)
    else:
        weight = np.array([1.0])
        for rank in ranks:
            step = np.zeros(int(round(2 * rank)) + 1)
            step[0] = step[-1] = 0.5
            weight = np.convolve(weight, step)
        sums = np.arange(weight.size) / 2
    p = min(1.0, 2 * min(weight[sums <= w + 1e-7].sum(), weight[sums >= w - 1e-7].sum()))
    if np.unique(np.abs(d)).size == d.size and d.size <= 50:
        own = stats.wilcoxon(d, zero_method="wilcox", method="exact").pvalue
        assert abs(own - p) < TOLERANCE, (own, p)
    return p


def sd(values):
    return stats.tstd(values) if len(values) > 1 else None


def expected(answers):
    before = [b for b, _ in answers if b is not None]
    after = [a for _, a in answers if a is not None]
    changes = [a - b for b, a in answers if a is not None and b is not None]
    up, down = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
    found = {
        "n": len(changes), "up": up, "same": sum(c == 0 for c in changes), "down": down,
        "mean_before": np.mean(before) if before else None, "median_before": np.median(before) if before else None, "sd_before": sd(before),
        "mean_after": np.mean(after) if after else None,
        "change": np.mean(changes) if changes else None, "median_change": np.median(changes) if changes else None, "sd": sd(changes),
        "sign": stats.binomtest(up, up + down, 0.5).pvalue if up + down else 1.0,
        "wilcoxon": signed_rank(changes),
    }
    spread = found["sd"]
    found["effect"] = found["change"] / spread if spread and spread > 1e-12 else None
    found["effect_unpaired"] = None
    if len(before) > 1 and len(after) > 1:
        pooled = math.sqrt(((len(before) - 1) * np.var(before, ddof=1) + (len(after) - 1) * np.var(after, ddof=1)) / (len(before) + len(after) - 2))
        if pooled > 1e-12:
            found["effect_unpaired"] = (np.mean(after) - np.mean(before)) / pooled
    return found


def main():
    count = 0
    for number, line in enumerate(sys.stdin):
        told = json.loads(line)
        for name, value in expected(told.pop("answers")).items():
            same = told[name] is None if value is None else told[name] is not None and abs(told[name] - value) <= TOLERANCE
            if not same:
                sys.exit(f"data set {number}: {name} is {value}, not {told[name]}")
        count += 1
    print(f"{count} agree")


if __name__ == "__main__":
    main()
