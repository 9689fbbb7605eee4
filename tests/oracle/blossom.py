#!/usr/bin/python3
"""blossom.py: one pool against NetworkX: as many pairs, and the same total, on random graphs of every kind.

    tests/oracle/blossom.py DRIVER        the program made of tests/oracle/blossom.c

Says what it skips when NetworkX is not there. Ends with "N passed, N failed".
"""

import random
import subprocess
import sys

try:
    import networkx
except ImportError:
    print("blossom: skipped, python3-networkx is not installed")
    print("0 passed, 0 failed")
    sys.exit(0)


def score(kind, a, b, place):
    """The score of a pair in one family."""
    if kind == "uniform":
        return random.randrange(-1000, 1000000)
    if kind == "few":
        return random.randrange(3)
    if kind == "product":
        return a * b
    if kind == "popular":
        return place[a][0] + place[b][0] + random.randrange(9)
    return -((place[a][0] - place[b][0]) ** 2 + (place[a][1] - place[b][1]) ** 2)


def ears(n):
    """An odd cycle with odd ears, then stems: sets within sets."""
    edges = [(0, 1), (1, 2), (2, 0)]
    used = 3
    while used + 2 <= n - 2:
        a, b = random.randrange(used), random.randrange(used)
        edges += [(a, used), (used, used + 1), (used + 1, b)]
        used += 2
    return edges + [(random.randrange(used), i) for i in range(used, n)]


def instance(i):
    """People, and candidates (a, b, score)."""
    kind = ("uniform", "few", "product", "popular", "distance", "ears")[i % 6]
    n = random.randrange(4, 90)
    place = [(random.randrange(1000), random.randrange(1000)) for _ in range(n)]
    if kind == "ears":
        edges = [(a, b, random.randrange(10, 14)) for a, b in ears(n)]
    else:
        density = random.choice((0.03, 0.1, 0.5, 1))
        edges = [(a, b, score(kind, a, b, place)) for a in range(n) for b in range(a) if random.random() < density]
    return n, edges


def reference(edges):
    """Pairs and total of a matching of the most pairs and, of those, the highest total."""
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    pairs = networkx.max_weight_matching(graph, maxcardinality=True)
    return len(pairs), sum(graph[a][b]["weight"] for a, b in pairs)


random.seed(20260901)
instances = [instance(i) for i in range(420)]
text = "".join(f"{n} {len(e)}\n" + "".join(f"{a} {b} {s}\n" for a, b, s in e) for n, e in instances)
lines = subprocess.run([sys.argv[1]], input=text, stdout=subprocess.PIPE, text=True, check=False).stdout.splitlines()
failed = abs(len(instances) - len(lines))
for i, ((n, edges), line) in enumerate(zip(instances, lines)):
    expected = reference(edges)
    if line != f"{expected[0]} {expected[1]}":
        print(f"blossom: instance {i}, {n} people: {line}, NetworkX says {expected[0]} {expected[1]}")
        failed += 1
print(f"{len(instances) - failed} passed, {failed} failed")
sys.exit(failed > 0)
