package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

var (
	nodeLine = regexp.MustCompile(`(?m)^(\w+) \[pos="([^"]+)"`)
	edgeLine = regexp.MustCompile(`(?m)^(\w+) -> (\w+) \[id=(\w+)`)
)

// bee answers with a line from place to box as a bee flies, bent once, with
// everything moved by a little.
func bee(_ context.Context, dot string) ([]byte, error) {
	at := map[string]Point{}
	var objects, edges []string
	for _, m := range nodeLine.FindAllStringSubmatch(dot, -1) {
		pt, _ := readPoint(m[2])
		at[m[1]] = Point{pt.X + 10*Px, -pt.Y + 7*Px}
		objects = append(objects, fmt.Sprintf(`{"name":%q,"pos":"%s,%s"}`, m[1], px(at[m[1]].X), px(at[m[1]].Y)))
	}
	for _, m := range edgeLine.FindAllStringSubmatch(dot, -1) {
		a, b := at[m[1]], at[m[2]]
		edges = append(edges, fmt.Sprintf(`{"id":%q,"pos":"%s,%s %s,%s %s,%s"}`, m[3], px(a.X), px(a.Y), px(a.X), px(b.Y), px(b.X), px(b.Y)))
	}
	return []byte(`{"objects":[` + strings.Join(objects, ",") + `],"edges":[` + strings.Join(edges, ",") + `]}`), nil
}

// Whatever a router answers, no line goes through a box or along another.
func TestRoutesAreJudged(t *testing.T) {
	for _, g := range corridors() {
		p := planned(g, Options{})
		if err := p.routeBy(context.Background(), bee); err != nil {
			t.Fatal(err)
		}
		linesAreClear(t, p)
		arrowsAreStraight(t, p)
	}
}

// A router that finds the lines along the grid changes nothing.
func TestTheSameRoutesGiveTheSameMap(t *testing.T) {
	g := func() *corridor.Graph { return cases["one-step"]() }
	if !bytes.Equal(draw(t, g(), nil), draw(t, g(), bee)) {
		t.Error("the map of one step depends on the router")
	}
}

func TestRouterFailures(t *testing.T) {
	broken := errors.New("broken")
	for answer, router := range map[string]Router{
		"broken":                 func(context.Context, string) ([]byte, error) { return nil, broken },
		"cannot be read":         func(context.Context, string) ([]byte, error) { return []byte("<svg/>"), nil },
		"does not hold":          func(context.Context, string) ([]byte, error) { return []byte("{}"), nil },
		"map has no positions":   func(context.Context, string) ([]byte, error) { return []byte(`{"objects":[{"name":"band"}]}`), nil },
		context.Canceled.Error(): func(context.Context, string) ([]byte, error) { return nil, context.Canceled },
	} {
		_, err := Layout(context.Background(), coffee(), Options{}, router)
		if err == nil || !strings.Contains(err.Error(), answer) {
			t.Errorf("error %v, want %s", err, answer)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := Layout(ended, coffee(), Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
	if _, err := Layout(context.Background(), &corridor.Graph{}, Options{}, nil); err != ErrNoPath {
		t.Errorf("a library gives %v", err)
	}
}

func FuzzRoutes(f *testing.F) {
	f.Add("e,1,2 3,4 5,6 7,8")
	f.Add("1,2 1,90 200,90")
	f.Add("NaN,1 1e308,2 -,-")
	g := coffee()
	f.Fuzz(func(t *testing.T, pos string) {
		p := planned(g, Options{})
		route := readRoute(pos, Point{})
		for i := range p.edges {
			p.consider(i, append([]Point(nil), route...))
		}
		linesAreClear(t, p)
	})
}
