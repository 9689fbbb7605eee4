#!/usr/bin/python3
"""scipy_assign.py (oracle): solves the problems on standard input with SciPy.

  scipy_assign.py           compares with the answers that come with them (by linear_sum_assignment): `N agree`, or the first that does not
  scipy_assign.py --sparse  prints pairs, total and seconds of min_weight_full_bipartite_matching, for one place each
  scipy_assign.py --dense   the same of linear_sum_assignment

SciPy knows no places: rows and columns are repeated. That is right where only one side has several, so the others are left to LEMON.
"""
import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

CANDIDATE = np.dtype([("row", "=i4"), ("column", "=i4"), ("score", "=i8")])


def problems(stream):
    while head := stream.read(16):
        rows, columns, candidates, pairs = np.frombuffer(head, "=i4")
        total = int(np.frombuffer(stream.read(8), "=i8")[0])
        row_places = np.frombuffer(stream.read(4 * rows), "=i4")
        column_places = np.frombuffer(stream.read(4 * columns), "=i4")
        yield row_places, column_places, np.frombuffer(stream.read(16 * candidates), CANDIDATE), int(pairs), total


def matrix(row_places, column_places, candidates):
    """A square of exact whole numbers: what is no candidate costs more than all scores together."""
    score = np.full((len(row_places), len(column_places)), np.nan)
    score[candidates["row"], candidates["column"]] = candidates["score"]
    return np.repeat(np.repeat(score, row_places, axis=0), column_places, axis=1)


def solve(score):
    if score.size == 0:
        return 0, 0
    most = float(np.nanmax(np.abs(score))) if not np.isnan(score).all() else 0.0
    penalty = -(2 * most + 1) * (min(score.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(np.isnan(score), penalty, score), maximize=True)
    chosen = score[rows, columns]
    chosen = chosen[~np.isnan(chosen)]
    return len(chosen), int(chosen.astype(np.int64).sum())


def compare():
    count = 0
    for number, (row_places, column_places, candidates, pairs, total) in enumerate(problems(sys.stdin.buffer)):
        if row_places.max(initial=0) > 1 and column_places.max(initial=0) > 1:
            continue
        # floats hold whole numbers up to 2^53: with larger penalties sums would be rounded
        if np.abs(candidates["score"]).max(initial=0) > 2**30:
            continue
        found = solve(matrix(row_places, column_places, candidates))
        if found != (pairs, total):
            sys.exit(f"problem {number}: {found[0]} pairs and {found[1]}, not {pairs} and {total}")
        count += 1
    print(f"{count} agree")


def clock(sparse):
    for row_places, column_places, candidates, _, _ in problems(sys.stdin.buffer):
        shape = (len(row_places), len(column_places))
        if sparse:
            score = csr_array((candidates["score"] + 1.0, (candidates["row"], candidates["column"])), shape=shape)
            start = time.process_time()
            rows, columns = min_weight_full_bipartite_matching(score, maximize=True)
        else:
            score = matrix(row_places, column_places, candidates)
            start = time.process_time()
            rows, columns = linear_sum_assignment(score, maximize=True)
        end = time.process_time()
        total = int(score[rows, columns].sum()) - (len(rows) if sparse else 0)
        print(len(rows), total, "scipy", f"{end - start:.4f}")


if __name__ == "__main__":
    compare() if len(sys.argv) < 2 else clock(sys.argv[1] == "--sparse")
