package convert

import (
	"fmt"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/source"
)

// parseFlow reads a flow in a small notation of tests, a statement a line:
//
//	pool Shop                the nodes that follow are of this pool
//	start S                  also: step, end, gateway; several names at once
//	and-split P              a gateway; also: and-join, or-split, or-join, event
//	stop E                   an end that ends all that goes on in its pool
//	S > A > B                ways, one after the other
//	A > B: label             a way with a label
//	A ! B                    a way that breaks A off
//	A + B                    a way that begins beside A
//	A ~ B: letter            a message
//	dangling A               a reader has found a way from A to nothing
//
// Names that begin with a small letter are keys of nodes without a name.
func parseFlow(t *testing.T, text string) *flow {
	t.Helper()
	r := flowReader{t: t, f: newFlow(source.New("flow", []byte(text))), at: map[string]int{}}
	offset := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		r.line(line, offset)
		offset += len(line)
	}
	return r.f
}

type flowReader struct {
	t    *testing.T
	f    *flow
	at   map[string]int
	pool int
}

func (r *flowReader) line(line string, offset int) {
	span := source.Span{File: r.f.file, Start: offset, End: offset + len(strings.TrimRight(line, "\n"))}
	statement, label, _ := strings.Cut(strings.TrimSpace(line), ": ")
	words := strings.Fields(statement)
	switch {
	case len(words) == 0:
	case words[0] == "pool":
		r.f.pools = append(r.f.pools, pool{name: source.Spanned[string]{Value: words[1]}})
		r.pool = len(r.f.pools) - 1
	case words[0] == "dangling":
		r.f.report(danglingTarget, span, "nodes."+words[1]+".next[0]", "a way leads to nothing", "Mend it.")
	case len(words) > 2 && strings.Contains("> ! + ~", words[1]):
		for i := 2; i < len(words); i += 2 {
			r.way(words[i-2], words[i-1], words[i], source.Spanned[string]{Value: label, Span: span})
		}
	default:
		for _, name := range words[1:] {
			r.node(words[0], name, span)
		}
	}
}

func (r *flowReader) node(kind, name string, line source.Span) {
	at := line
	at.Start += strings.Index(line.Text()+" ", " "+name+" ") + 1
	at.End = at.Start + len(name)
	n, ok := map[string]node{
		"start": {kind: start}, "step": {kind: step}, "end": {kind: end}, "stop": {kind: end, all: true}, "gateway": {kind: gateway},
		"and-split": {kind: gateway, split: all}, "and-join": {kind: gateway, join: all}, "and": {kind: gateway, split: all, join: all},
		"or-split": {kind: gateway, split: some}, "or-join": {kind: gateway, join: some}, "event": {kind: gateway, event: true},
	}[kind]
	if !ok {
		r.t.Fatalf("there is no kind of node %q", kind)
	}
	n.pool, n.key, n.span = r.pool, name, at
	if name[0] < 'a' || name[0] > 'z' {
		n.name = source.Spanned[string]{Value: name, Span: at}
	}
	r.at[name] = r.f.node(n)
}

func (r *flowReader) way(from, sign, to string, label source.Spanned[string]) {
	a, okA := r.at[from]
	b, okB := r.at[to]
	if !okA || !okB {
		r.t.Fatalf("%s %s %s: there is no such node", from, sign, to)
	}
	if sign == "~" {
		r.f.messages = append(r.f.messages, message{from: a, to: b, name: label, span: label.Span})
		return
	}
	r.f.edge(edge{from: a, to: b, span: label.Span, label: label, instead: sign == "!", besides: sign == "+"})
}

// TestStructure reads the flows in testdata/structure: each archive has flows
// and, for each, what is found in it.
func TestStructure(t *testing.T) {
	golden.Run(t, "testdata/structure/*.txtar", func(t *testing.T, a *golden.Archive) {
		for _, file := range append(a.Files[:0:0], a.Files...) {
			name, ok := strings.CutSuffix(file.Name, ".flow")
			if !ok {
				continue
			}
			text, _ := a.Input(file.Name)
			got := printFindings(parseFlow(t, string(text)).structure())
			if again := printFindings(parseFlow(t, string(text)).structure()); again != got {
				t.Errorf("%s: other findings the second time\n%s%s", name, got, again)
			}
			if got == "" {
				got = "sound\n"
			}
			a.Equal(name+".found", []byte(got))
		}
	})
}

func printFindings(found []finding.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "%d:%d %s[%s] %s\n", f.Span.From().Line, f.Span.From().Column, f.Rule, f.Subject, f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "  %d. %s (%d:%d)\n", r.Step, r.Message, r.Span.From().Line, r.Span.From().Column)
		}
	}
	return b.String()
}

// bigFlow is a flow of some steps, one after the other, where one in ten can be
// left out and one in ten leads back, or a block of parallel steps.
func bigFlow(steps int, parallel bool) *flow {
	f := newFlow(source.New("flow", []byte("x")))
	add := func(kind nodeKind, split, join many) int {
		return f.node(node{kind: kind, split: split, join: join, key: fmt.Sprint(len(f.nodes)), span: source.Span{File: f.file, End: 1}})
	}
	last := add(start, one, one)
	for i := range steps {
		n := add(step, one, one)
		f.edge(edge{from: last, to: n})
		last = n
		switch {
		case i%10 == 4:
			f.edge(edge{from: n, to: n - 2})
		case i%10 == 8 && parallel:
			fork, a, b, join := add(gateway, all, one), add(step, one, one), add(step, one, one), add(gateway, one, all)
			for _, e := range [][2]int{{n, fork}, {fork, a}, {fork, b}, {a, join}, {b, join}} {
				f.edge(edge{from: e[0], to: e[1]})
			}
			last = join
		case i%10 == 8:
			f.edge(edge{from: n - 2, to: n})
		}
	}
	f.edge(edge{from: last, to: add(end, one, one)})
	return f
}

// TestStructureOfBigFlows holds that size alone is nothing wrong, and that what
// is wrong in a big flow is found.
func TestStructureOfBigFlows(t *testing.T) {
	for _, parallel := range []bool{false, true} {
		f := bigFlow(10_000, parallel)
		if found := f.structure(); len(found) > 0 {
			t.Fatalf("parallel %v: a sound flow gives\n%s", parallel, printFindings(found))
		}
		f = bigFlow(10_000, parallel)
		f.node(node{kind: step, key: "alone", span: source.Span{File: f.file, End: 1}})
		f.edge(edge{from: 5_000, to: len(f.nodes) - 1})
		found := f.structure()
		if len(found) != 1 || found[0].Rule != deadEnd || len(found[0].Related) != mostStops {
			t.Fatalf("parallel %v: a dead end gives\n%s", parallel, printFindings(found))
		}
	}
}

// TestTooMuchAtOnce holds that a flow in which too much can go on at once is
// not taken for sound, and that its dead ends are found nevertheless.
func TestTooMuchAtOnce(t *testing.T) {
	text := "start S\nand-split p\nstep Stop\nend E\nS > p\np > Stop\n"
	for i := range 18 {
		text += fmt.Sprintf("step A%d\np > A%d > E\n", i, i)
	}
	got := printFindings(parseFlow(t, text).structure())
	if !strings.Contains(got, "lossy-import[nodes.S] too many things") || !strings.Contains(got, "dead-end[nodes.Stop]") || strings.Count(got, "[nodes.") != 2 {
		t.Errorf("got %s", got)
	}
}

func BenchmarkStructure(b *testing.B) {
	for _, parallel := range []bool{false, true} {
		b.Run(fmt.Sprint("parallel=", parallel), func(b *testing.B) {
			f := bigFlow(10_000, parallel)
			for b.Loop() {
				f.structure()
			}
		})
	}
}

// hostileFlows are of such forms that going through them in a simple manner
// would take for ever.
func hostileFlows() map[string]*flow {
	flows := map[string]*flow{}
	grow := func(name string, change func(add func(nodeKind, many, many) int, edge func(from, to int), f *flow)) {
		f := newFlow(source.New("flow", []byte("x")))
		f.pools = []pool{{}}
		change(func(kind nodeKind, split, join many) int {
			return f.node(node{kind: kind, pool: len(f.pools) - 1, split: split, join: join, key: fmt.Sprint(len(f.nodes)), span: source.Span{File: f.file, End: 1}})
		}, func(from, to int) { f.edge(edge{from: from, to: to}) }, f)
		flows[name] = f
	}
	type adder = func(nodeKind, many, many) int
	grow("ways part again and again", func(add adder, way func(int, int), f *flow) {
		last := add(start, one, one)
		for range 3000 / slower {
			n := add(gateway, all, one)
			way(last, n)
			way(last, n)
			last = n
		}
		way(last, add(end, one, one))
		way(last, add(end, one, one))
	})
	grow("many pools with a deadlock", func(add adder, way func(int, int), f *flow) {
		for range 3000 / slower {
			f.pools = append(f.pools, pool{})
			from, a, b, meet := add(start, one, one), add(step, one, one), add(step, one, one), add(gateway, one, all)
			way(from, a)
			way(from, b)
			way(a, meet)
			way(b, meet)
			way(meet, add(end, one, one))
		}
	})
	grow("ends that break all off", func(add adder, way func(int, int), f *flow) {
		last := add(start, one, one)
		for range 3000 / slower {
			n, stop := add(step, some, one), add(end, one, one)
			f.nodes[stop].all = true
			way(last, n)
			way(n, stop)
			last = n
		}
		way(last, last-2)
	})
	grow("joins in joins", func(add adder, way func(int, int), f *flow) {
		last := add(start, one, one)
		for i := range 3000 {
			n := add(gateway, some, some)
			way(last, n)
			way(n, max(1, n-7))
			if i > 20 {
				way(n-13, n)
			}
			last = n
		}
		way(last, add(end, one, one))
	})
	grow("all wait for all", func(add adder, way func(int, int), f *flow) {
		var steps []int
		for i := range 60 {
			f.pools = append(f.pools, pool{})
			from, n := add(start, one, one), add(step, one, one)
			way(from, n)
			way(n, add(end, one, one))
			for _, m := range steps[max(0, i-20):] {
				f.messages = append(f.messages, message{from: m, to: n}, message{from: n, to: m})
			}
			steps = append(steps, n)
		}
	})
	grow("messages begin all again", func(add adder, way func(int, int), f *flow) {
		sender := add(start, one, one)
		way(sender, add(end, one, one))
		f.pools = append(f.pools, pool{})
		last := -1
		for range 3000 / slower {
			from, n := add(start, one, one), add(step, some, one)
			f.messages = append(f.messages, message{from: sender, to: from})
			way(from, n)
			if last >= 0 {
				way(last, n)
			}
			last = n
		}
	})
	return flows
}

func TestHostileFlows(t *testing.T) {
	for name, f := range hostileFlows() {
		t.Run(name, func(t *testing.T) {
			for _, found := range f.structure() {
				if found.Message == "" || found.Span.IsZero() {
					t.Fatalf("no proper finding: %+v", found)
				}
			}
		})
	}
}
