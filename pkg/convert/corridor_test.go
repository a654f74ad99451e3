package convert

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// drawn makes a flow of words: `S>a a>b b>E`, one word for an edge. S begins,
// E satisfies, X loses, a letter in capitals is a gateway, `+` before one says
// that all of its ways are walked, `?` that some are.
func drawn(text string) *flow {
	f := newFlow(source.New("drawn.bpmn", []byte(text)))
	numbers := map[string]int{}
	number := func(word string) int {
		name := strings.TrimLeft(word, "+?")
		i, known := numbers[name]
		if !known {
			n := node{kind: step, key: name, name: source.Spanned[string]{Value: name}, span: source.Span{File: f.file}}
			switch {
			case name[0] == 'S':
				n.kind = start
			case name[0] == 'E' || name[0] == 'X':
				n.kind, n.lost = end, name[0] == 'X'
			case name[0] >= 'A' && name[0] <= 'Z':
				n.kind = gateway
				if name[0] != 'Q' { // which asks
					n.name.Value = ""
				}
			}
			i = f.node(n)
			numbers[name] = i
		}
		if word[0] == '+' {
			f.nodes[i].split, f.nodes[i].join = all, all
		} else if word[0] == '?' {
			f.nodes[i].split, f.nodes[i].join = some, some
		}
		return i
	}
	for _, word := range strings.Fields(text) {
		from, to, _ := strings.Cut(word, ">")
		to, label, _ := strings.Cut(to, ":")
		f.edge(edge{from: number(from), to: number(to), span: source.Span{File: f.file}, label: source.Spanned[string]{Value: label}})
	}
	return f
}

// told prints paths and exceptions in one line each.
func told(doc *model.Document) string {
	var b strings.Builder
	steps := func(all []model.Name) string { return strings.Join(idsOf(all), " ") }
	fmt.Fprintf(&b, "basic: %s\n", steps(doc.Paths.Basic))
	for _, p := range doc.Paths.Optional {
		fmt.Fprintf(&b, "option %s%s: %s\n", p.ID.Value, hung(p), steps(p.Steps))
	}
	for _, p := range doc.Paths.Alternative {
		fmt.Fprintf(&b, "alternative %s%s: %s\n", p.ID.Value, hung(p), steps(p.Steps))
	}
	for _, t := range doc.Touchpoints {
		for _, e := range t.Exceptions {
			fmt.Fprintf(&b, "exception %s at %s: %s then %s\n", e.ID.Value, t.ID.Value, steps(e.Reaction.Steps), e.Reaction.Then)
		}
	}
	return b.String()
}

func idsOf(names []model.Name) (all []string) {
	for _, n := range names {
		all = append(all, n.Value)
	}
	return all
}

func hung(p *model.Path) string {
	s := ""
	for _, n := range p.InsteadOf {
		s += " instead-of " + n.String()
	}
	if p.After != nil {
		s += " after " + p.After.String()
	}
	if p.Before != nil {
		s += " before " + p.Before.String()
	}
	return s
}

func TestCorridorOfFlows(t *testing.T) {
	for _, test := range []struct{ flow, want string }{
		{"S>a a>b b>E", "basic: a b\n"},
		{"S>a a>b b>c a>c c>E", "basic: a c\noption b after a: b\n"},
		{"S>a a>G G>b:phone G>c:web b>H c>H H>d d>E", "basic: a b d\nalternative web instead-of b: c\n"},
		{"S>a a>Q Q>b:phone Q>c:web b>H c>H H>d d>E", "basic: a b d\nalternative q-web instead-of b: c\n"},
		{"S>a a>b b>G G>c G>a:again c>E", "basic: a b c\nexception again at b:  then a\n"},
		{"S>a a>b b>G G>c G>f:faulty f>b c>E", "basic: a b c\nexception faulty at b: f then retry\n"},
		{"S>a a>G G>b G>n:not-eligible n>X b>E", "basic: a b\nexception not-eligible at a: n then leave\n"},
		{"S>a a>+G +G>b +G>c b>+H c>+H H>d d>E", "basic: a b c d\n"},
		{"S>a a>?G ?G>b ?G>c b>?H c>?H H>d d>E", "basic: a d\noption b after a: b\noption c after a: c\n"},
		{"S>a a>+G +G>b +G>c b>E c>E2", "basic: a b c\n"},
		{"S>a S2>b a>c b>c c>E", "basic: a c\nalternative b instead-of a: b\n"},
		{"S>a S>b a>c b>d a>d c>E d>E", "basic: a c\nalternative b instead-of a instead-of c: b d\nalternative to-d after a before d: \n"},
		{"S>a a>b b>a", "basic: a b\nexception to-a at b:  then a\n"},
		{"S>a a>a b>E", "basic: a\nexception to-a at a:  then retry\n"},
		{"a>b b>c", "basic: a b c\n"},
	} {
		doc, _ := drawn(test.flow).document()
		if got := told(doc); got != test.want {
			t.Errorf("%s\ngot:\n%swant:\n%s", test.flow, got, test.want)
		}
	}
}

// TestCorridorKeepsEveryWay bars steps of random flows: that a way is left must
// be the same in the flow and in the corridor that is made of it.
func TestCorridorKeepsEveryWay(t *testing.T) {
	rounds := 4_000 / slower
	if testing.Short() {
		rounds = 500
	}
	for seed := range rounds {
		r := rand.New(rand.NewSource(int64(seed)))
		text := drawnAtRandom(r)
		doc, _ := drawn(text).document()
		if doc == nil {
			continue
		}
		j := &model.Journey{Document: doc, Language: "en", Touchpoints: doc.Touchpoints, Paths: doc.Paths, Stages: []*model.Stage{{}}}
		j.Index()
		g, found := corridor.Build(j)
		if len(found) > 0 {
			t.Fatalf("seed %d, %s\n%s%v", seed, text, told(doc), found)
		}
		for range 20 {
			barred := map[string]bool{}
			for _, c := range "abcdif" {
				barred[string(c)] = r.Intn(3) == 0
			}
			if flow, path := walks(drawn(text), barred), passes(g, barred); flow != path {
				t.Fatalf("seed %d, %s\n%sbarred %v: a way in the flow %v, in the corridor %v", seed, text, told(doc), barred, flow, path)
			}
		}
	}
}

// drawnAtRandom is one in which the end can be reached.
func drawnAtRandom(r *rand.Rand) string {
	words := []string{"S", "a", "b", "c", "d", "i", "f", "G", "H", "K"}[:3+r.Intn(8)]
	var edges []string
	at := "S"
	for range 1 + r.Intn(4) {
		next := words[1+r.Intn(len(words)-1)]
		edges = append(edges, at+">"+next)
		at = next
	}
	edges = append(edges, at+">E")
	for range r.Intn(10) {
		to := words[1+r.Intn(len(words)-1)]
		if k := r.Intn(8); k < 2 {
			to = []string{"E", "X"}[k]
		}
		edges = append(edges, words[r.Intn(len(words))]+">"+to)
	}
	return strings.Join(edges, " ")
}

// walks reports whether the end of a flow is reached past the barred steps.
func walks(f *flow, barred map[string]bool) bool {
	next := f.following()
	seen := make([]bool, len(f.nodes))
	var queue []int
	for i, n := range f.nodes {
		if n.kind == start {
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		n := f.nodes[queue[0]]
		if seen[queue[0]] || barred[n.key] {
			continue
		}
		seen[queue[0]] = true
		if n.kind == end && !n.lost {
			return true
		}
		for _, e := range next[queue[0]] {
			queue = append(queue, f.edges[e].to)
		}
	}
	return false
}

// passes reports whether a corridor is walked past the barred touchpoints.
func passes(g *corridor.Graph, barred map[string]bool) bool {
	seen := make([]bool, g.Places)
	seen[g.Start] = true
	for queue := []int{g.Start}; len(queue) > 0; queue = queue[1:] {
		for _, s := range g.Out(queue[0]) {
			step := g.Steps[s]
			if step.Touchpoint != nil && barred[step.Touchpoint.ID.Value] || seen[step.To] {
				continue
			}
			seen[step.To] = true
			queue = append(queue, step.To)
		}
	}
	return seen[g.Satisfied]
}
