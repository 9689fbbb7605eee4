// lemon.cpp (oracle): solves the problems on standard input with LEMON's network simplex.
//   lemon         compares with the answers that come with them: `N agree` or the first that does not
//   lemon --time  prints pairs, total and seconds of each; with --full every row must be filled, which is faster to ask for
// Each place of a row is a unit of flow; one that stays empty goes straight to the sink, at a cost above all scores together. When every row must be
// filled there is no sink: rows send at least what they have and columns take at most their places, and since every arc costs something nobody sends more.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <vector>

struct Candidate {
	int32_t row, column;
	int64_t score;
};

static bool get(void *data, size_t size, size_t n)
{
	return n == 0 || fread(data, size, n, stdin) == n;
}

int main(int argc, char **argv)
{
	const bool timed = argc > 1 && strcmp(argv[1], "--time") == 0;
	const bool full = argc > 2 && strcmp(argv[2], "--full") == 0;
	int32_t head[4];
	int64_t total;
	long n = 0;
	for (; get(head, sizeof head, 1); n++) {
		std::vector<int32_t> row_places(head[0]), column_places(head[1]);
		std::vector<Candidate> candidates(head[2]);
		if (!get(&total, sizeof total, 1) || !get(row_places.data(), 4, head[0]) || !get(column_places.data(), 4, head[1]) ||
		    !get(candidates.data(), sizeof(Candidate), head[2]))
			return 2;
		const clock_t start = clock();
		int64_t most = 1, supply = 0, pairs = 0, found = 0;
		for (const Candidate &c : candidates)
			most = c.score < 0 ? std::max(most, -c.score) : std::max(most, c.score);
		for (int32_t places : row_places)
			supply += places;
		lemon::SmartDigraph g;
		g.reserveNode(head[0] + head[1] + 1);
		g.reserveArc(head[0] + head[1] + head[2]);
		std::vector<lemon::SmartDigraph::Node> rows, columns;
		for (int32_t i = 0; i < head[0]; i++)
			rows.push_back(g.addNode());
		for (int32_t i = 0; i < head[1]; i++)
			columns.push_back(g.addNode());
		const lemon::SmartDigraph::Node sink = g.addNode();
		lemon::SmartDigraph::ArcMap<int64_t> cost(g, 0), capacity(g, 0);
		lemon::SmartDigraph::NodeMap<int64_t> supplies(g, 0);
		std::vector<lemon::SmartDigraph::Arc> arcs;
		for (const Candidate &c : candidates) {
			arcs.push_back(g.addArc(rows[c.row], columns[c.column]));
			capacity[arcs.back()] = 1;
			cost[arcs.back()] = full ? most + 1 - c.score : -c.score;
		}
		for (int32_t i = 0; i < head[0]; i++) {
			supplies[rows[i]] = row_places[i];
			if (full)
				continue;
			const lemon::SmartDigraph::Arc a = g.addArc(rows[i], sink);
			capacity[a] = row_places[i];
			cost[a] = 2 * most * (supply + 1);
		}
		for (int32_t i = 0; i < head[1]; i++) {
			if (full)
				supplies[columns[i]] = -column_places[i];
			else
				capacity[g.addArc(columns[i], sink)] = column_places[i];
		}
		if (!full)
			supplies[sink] = -supply;
		lemon::NetworkSimplex<lemon::SmartDigraph, int64_t, int64_t> solver(g);
		if (solver.costMap(cost).upperMap(capacity).supplyMap(supplies).run() != solver.OPTIMAL)
			return 3;
		for (size_t i = 0; i < candidates.size(); i++) {
			pairs += solver.flow(arcs[i]);
			found += solver.flow(arcs[i]) * candidates[i].score;
		}
		if (timed) {
			printf("%lld %lld lemon %.4f\n", (long long)pairs, (long long)found, (double)(clock() - start) / CLOCKS_PER_SEC);
		} else if (pairs != head[3] || found != total) {
			printf("problem %ld: %lld pairs and %lld, not %d and %lld\n", n, (long long)pairs, (long long)found, head[3], (long long)total);
			return 1;
		}
	}
	if (!timed)
		printf("%ld agree\n", n);
	return 0;
}
