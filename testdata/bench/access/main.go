// Command access writes a graph with what the engine's algorithms say of it
// and how long they took, for peers.py to do the same.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/customer-corridor/corridor/pkg/graph"
)

const (
	nodes, edges = 100_000, 250_000
	lanes, masks = 1000, 80
	// compared is how many lanes the peers do.
	compared = 10
	turns    = 7
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	g := corridor()
	l := questions(g)
	if err := write(dir, "edges", append(append(append([]int32(nil), g.From...), g.To...), l.Mask...)); err != nil {
		return err
	}
	var passable []int32 // of each compared lane, of each mask
	for lane := range compared {
		for _, m := range l.Masks {
			passable = append(passable, int32(m[lane>>6]>>(lane&63)&1))
		}
	}
	if err := write(dir, "passable", passable); err != nil {
		return err
	}
	return answer(dir, g, l)
}

// answer runs the algorithms and writes their answers and times.
func answer(dir string, g *graph.Digraph, l graph.Lanes) error {
	var sweep *graph.Sweep
	var found []graph.Finding
	var components graph.Components
	var dominators []int32
	figures := map[string]any{
		"plan":       least(func() { sweep = graph.NewSweep(g, 0) }),
		"lanes":      least(func() { found = sweep.Answer(l) }),
		"components": least(func() { components = graph.CondenseFrom(g, 0) }),
		"dominators": least(func() { dominators = graph.Dominators(g, 0) }),
	}
	var reaches []bool
	var sizes []int
	for _, f := range found[:compared] {
		reaches, sizes = append(reaches, f.Reaches), append(sizes, len(f.Edges))
	}
	figures["reaches"], figures["edges"] = reaches, sizes
	figures["count"] = len(components.Start) - 1
	gonum, err := byGonum(g, l, found, len(components.Start)-1, dominators)
	if err != nil {
		return err
	}
	figures["gonum"] = gonum
	figures["shape"] = []int{nodes, edges, lanes, masks}
	if err := write(dir, "dominators", dominators); err != nil {
		return err
	}
	data, err := json.Marshal(figures)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "figures.json"), data, 0o666)
}

// least returns the seconds of the shortest of several turns.
func least(f func()) float64 {
	best := time.Hour
	for range turns {
		begin := time.Now()
		f()
		best = min(best, time.Since(begin))
	}
	return best.Seconds()
}

// corridor returns a graph in which each node leads on to a near one, some
// to a second and a third one, and one of fifty edges back.
func corridor() *graph.Digraph {
	r := rand.New(rand.NewPCG(1, 1))
	from, to := make([]int32, edges), make([]int32, edges)
	for e := range from {
		a := e % nodes
		b := min(nodes-1, a+1+r.IntN(20))
		switch {
		case e < nodes:
			b = min(nodes-1, a+1+r.IntN(2))
		case r.IntN(50) == 0:
			b = max(0, a-r.IntN(20))
		}
		from[e], to[e] = int32(a), int32(b)
	}
	return graph.NewDigraph(nodes, from, to)
}

// questions asks for a way through for a thousand customers. Each lacks what
// some of the masks ask for; every third one so much that few get through.
func questions(g *graph.Digraph) graph.Lanes {
	r := rand.New(rand.NewPCG(2, 2))
	l := graph.Lanes{Sources: make([]int32, lanes), Targets: make([]int32, lanes), Mask: make([]int32, len(g.From))}
	for lane := range lanes {
		l.Targets[lane] = nodes - 1
	}
	for range masks {
		mask := make([]uint64, (lanes+63)/64)
		for lane := range lanes {
			lacks := 1
			if lane%3 == 2 {
				lacks = 20
			}
			if r.IntN(masks) >= lacks {
				mask[lane>>6] |= 1 << (lane & 63)
			}
		}
		l.Masks = append(l.Masks, mask)
	}
	for e := range l.Mask {
		l.Mask[e] = int32(r.IntN(masks))
	}
	return l
}

func write(dir, name string, numbers []int32) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := binary.Write(w, binary.LittleEndian, numbers); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
