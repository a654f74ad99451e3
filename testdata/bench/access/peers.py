"""Does what main.go did with networkx, igraph and scipy, holds the answers
against each other, and prints the times as a Markdown table."""

import json
import sys
import time

import igraph
import networkx
import numpy
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order

work = sys.argv[1]
with open(f"{work}/figures.json") as f:
    figures = json.load(f)
nodes, edges, lanes, masks = figures["shape"]
source, target, mask = numpy.fromfile(f"{work}/edges", "<i4").reshape(3, edges)
passable = numpy.fromfile(f"{work}/passable", "<i4").reshape(-1, masks).astype(bool)
compared = len(passable)
first, last = 0, nodes - 1


def least(f, turns):
    """Returns the answer and the seconds of the shortest of several turns."""
    best = None
    for _ in range(turns):
        begin = time.perf_counter()
        answer = f()
        seconds = time.perf_counter() - begin
        best = seconds if best is None else min(best, seconds)
    return answer, best


# Each peer builds a graph of some edges, and tells what is reached from a node.


def networkx_graph(a, b):
    g = networkx.DiGraph()
    g.add_nodes_from(range(nodes))
    g.add_edges_from(zip(a.tolist(), b.tolist()))
    return g


def networkx_reach(g, n):
    return list(networkx.descendants(g, n)) + [n]


def igraph_graph(a, b):
    return igraph.Graph(n=nodes, edges=numpy.column_stack((a, b)).tolist(), directed=True)


def igraph_reach(g, n):
    return g.subcomponent(n, mode="out")


def scipy_graph(a, b):
    return csr_matrix((numpy.ones(len(a), "i1"), (a, b)), shape=(nodes, nodes))


def scipy_reach(g, n):
    return breadth_first_order(g, n, directed=True, return_predecessors=False)


PEERS = {
    "networkx": (networkx_graph, networkx_reach, 1),
    "igraph": (igraph_graph, igraph_reach, 3),
    "scipy": (scipy_graph, scipy_reach, 3),
}


def marked(members):
    row = numpy.zeros(nodes, bool)
    row[members] = True
    return row


def lane(build, reach, turns, allowed):
    """Answers for one lane as graph.Sweep does, and returns the seconds of the
    two traversals."""
    members, forward = least(lambda g=build(source[allowed], target[allowed]): reach(g, first), turns)
    reached = marked(members)
    reaches = bool(reached[last])
    if reaches:
        kept = allowed & reached[source]
    else:
        kept = ~reached[source] & ~reached[target]
    members, backward = least(lambda g=build(target[kept], source[kept]): reach(g, last), turns)
    onward = marked(members)
    if reaches:
        matter = allowed & reached[source] & onward[source] & ~onward[target]
    else:
        matter = reached[source] & ~reached[target] & onward[target]
    return reaches, int(matter.sum()), forward + backward


def reachability(name):
    build, reach, turns = PEERS[name]
    total = 0.0
    for i in range(compared):
        reaches, matter, seconds = lane(build, reach, turns, passable[i][mask])
        assert reaches == figures["reaches"][i], (name, i, reaches)
        assert matter == figures["edges"][i], (name, i, matter, figures["edges"][i])
        total += seconds
    return total / compared * lanes


def components():
    g = networkx_graph(source, target)
    count, nx = least(lambda: networkx.number_strongly_connected_components(g), 3)
    assert count == figures["count"], count
    g = igraph_graph(source, target)
    count, ig = least(lambda: len(g.connected_components(mode="strong")), 3)
    assert count == figures["count"], count
    return {"networkx": nx, "igraph": ig}


def dominators():
    ours = numpy.fromfile(f"{work}/dominators", "<i4")
    g = networkx_graph(source, target)
    idom, nx = least(lambda: networkx.immediate_dominators(g, first), 3)
    idom.pop(first, None)
    theirs = numpy.full(nodes, -1)
    theirs[list(idom.keys())] = list(idom.values())
    assert (theirs == ours).all(), "dominators: networkx"
    g = igraph_graph(source, target)
    idom, ig = least(lambda: g.dominator(first, mode="out"), 3)
    theirs = numpy.nan_to_num(numpy.array(idom, float), nan=-1)
    assert (theirs == ours).all(), "dominators: igraph"
    return {"networkx": nx, "igraph": ig}


def row(work, ours, peers):
    cells = [f"{ours * 1000:.1f} ms"]
    for name in versions:
        t = peers.get(name)
        if t is None:
            cells.append("")
        elif t < 1:
            cells.append(f"{t * 1000:.0f} ms ({t / ours:,.0f}×)")
        else:
            cells.append(f"{t:.1f} s ({t / ours:,.0f}×)")
    print("| " + " | ".join([work, *cells]) + " |")


through = sum(figures["reaches"])
versions = {"gonum": "0.17.0", "networkx": networkx.__version__, "igraph": igraph.__version__, "scipy": scipy.__version__}
results = [
    (f"who gets through and where others stop, {lanes:,} customers at once (peers: {compared} of them, {through} through, × {lanes // compared})", "lanes", {n: reachability(n) for n in PEERS}),
    ("strongly connected components, in order", "components", components()),
    ("dominators", "dominators", dominators()),
]
print(f"| {nodes:,} places, {edges:,} steps | corridor | " + " | ".join(f"{n} {v}" for n, v in versions.items()) + " |")
print("|---|---:|---:|---:|---:|---:|")
for work_, key, peers in results:
    row(work_, figures[key], {"gonum": figures["gonum"][key], **peers})
row("the plan that the first row needs once", figures["plan"], {})
