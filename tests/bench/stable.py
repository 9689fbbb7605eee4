#!/usr/bin/python3
"""stable.py: deferred acceptance in plain Python on the candidates of tests/bench/stable.c, the reference of P6.

Prints the microseconds from the list of candidates to the pairs, the best of five, then what came out: pairs and the sum of the rows' ranks.
"""

import time

N, RANKS, REPEATS = 2000, 50, 5
state = 2026


def random_below(n):
    """The generator that stable.c has too."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return (state >> 33) % n


def candidates():
    """Each row lists RANKS different columns; each column ranks those who list it in no order."""
    columns, ranked, c = list(range(N)), [0] * N, []
    for i in range(N * RANKS):
        k = i % RANKS
        other = k + random_below(N - k)
        columns[k], columns[other] = columns[other], columns[k]
        c.append([i // RANKS, columns[k], k + 1, 0])
    at = list(range(N * RANKS))
    for i in range(N * RANKS - 1, -1, -1):
        k = random_below(i + 1)
        chosen = at[k]
        at[k] = at[i]
        column = c[chosen][1]
        ranked[column] += 1
        c[chosen][3] = ranked[column]
    return [tuple(x) for x in c]


def match(c):
    """Deferred acceptance (Gale and Shapley 1962): (rank, row) by column."""
    lists, rank_of = [[] for _ in range(N)], [{} for _ in range(N)]
    for row, column, row_rank, column_rank in c:
        lists[row].append((row_rank, column))
        rank_of[column][row] = column_rank
    for row in lists:
        row.sort()
    at, holds, free = [0] * N, [None] * N, list(range(N))
    while free:
        row = free.pop()
        while at[row] < len(lists[row]):
            rank, column = lists[row][at[row]]
            at[row] += 1
            held = holds[column]
            if held is None:
                holds[column] = (rank, row)
                break
            if rank_of[column][row] < rank_of[column][held[1]]:
                holds[column] = (rank, row)
                free.append(held[1])
                break
    return holds


c = candidates()
times = []
for _ in range(REPEATS):
    start = time.perf_counter()
    pairs = [held for held in match(c) if held is not None]
    times.append(time.perf_counter() - start)
print(f"{min(times) * 1e6:.0f} {len(pairs)} pairs, ranks {sum(rank for rank, _ in pairs)}")
