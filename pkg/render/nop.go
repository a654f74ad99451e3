package render

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// routeBy asks a router for the lines and takes those that are as good as
// the ones along the grid: what goes through a box, hugs another line or
// takes more bends is left as it is.
func (p *plan) routeBy(ctx context.Context, route Router) error {
	answer, err := route(ctx, p.question())
	if err != nil {
		return err
	}
	routes, err := readRoutes(answer, len(p.edges), p.bandMiddle())
	if err != nil {
		return err
	}
	for i := range p.edges {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.consider(i, routes[i])
	}
	return nil
}

// question is the map as a graph in which every node is placed: a box for
// each step and a speck for each place at which a line begins or ends. It
// holds no word of the file.
func (p *plan) question() string {
	var b strings.Builder
	b.WriteString("digraph g {\ngraph [layout=nop, splines=ortho]\nnode [shape=box, fixedsize=true, label=\"\"]\n")
	node(&b, "band", p.bandMiddle(), Point{p.width, p.band[1] - p.band[0]})
	_, end := p.graph.StepsOf(0)
	for i := end; i < len(p.boxes); i++ {
		node(&b, fmt.Sprintf("b%d", i), p.boxes[i].middle(), p.boxes[i].size)
	}
	for i := range p.edges {
		node(&b, fmt.Sprintf("s%d", i), p.speck(&p.edges[i]), Point{2 * Px, 2 * Px})
	}
	for i := range p.edges {
		// All run from the place to the box: only their course matters.
		fmt.Fprintf(&b, "s%d -> b%d [id=e%d, arrowhead=none]\n", i, p.end(&p.edges[i]), i)
	}
	b.WriteString("}\n")
	return b.String()
}

// bandMiddle is the middle of the band, which is one node across the whole
// map, so that no line runs along it.
func (p *plan) bandMiddle() Point { return Point{p.width / 2, (p.band[0] + p.band[1]) / 2} }

// speck is where the router begins: at the place, or where the line comes
// out of the band.
func (p *plan) speck(e *edge) Point {
	at := Point{p.spotX(e), p.placeY(e.spot)}
	if p.rows[e.spot.row].side == onSpine {
		at.Y = p.band[max(0, int(p.rows[e.path].side))] + Length(p.rows[e.path].side)*2*Px
	}
	return at
}

// node writes a placed node. Graphviz counts y upwards, positions in points
// and sizes in inches; a point stands for a pixel.
func node(b *strings.Builder, id string, middle, size Point) {
	fmt.Fprintf(b, "%s [pos=\"%s,%s\", width=%s, height=%s]\n", id, px(middle.X), px(-middle.Y), inches(size.X), inches(size.Y))
}

func inches(l Length) string { return strconv.FormatFloat(float64(l)/float64(72*Px), 'f', 6, 64) }

// readRoutes returns the bends of each edge in the map's coordinates, nil for
// an edge without a route.
func readRoutes(answer []byte, edges int, first Point) ([][]Point, error) {
	var graph struct {
		Objects []struct{ Name, Pos string }
		Edges   []struct{ ID, Pos string }
	}
	if err := json.Unmarshal(answer, &graph); err != nil {
		return nil, fmt.Errorf("the routed map cannot be read: %w", err)
	}
	if len(graph.Objects) == 0 || graph.Objects[0].Name != "band" {
		return nil, fmt.Errorf("the routed map does not hold what was asked for")
	}
	moved, ok := readPoint(graph.Objects[0].Pos)
	if !ok {
		return nil, fmt.Errorf("the routed map has no positions")
	}
	shift := Point{first.X - moved.X, first.Y - moved.Y}
	routes := make([][]Point, edges)
	for _, e := range graph.Edges {
		if i, err := strconv.Atoi(strings.TrimPrefix(e.ID, "e")); err == nil && i >= 0 && i < edges {
			routes[i] = readRoute(e.Pos, shift)
		}
	}
	return routes, nil
}

// readRoute reads a spline of which every piece is straight.
func readRoute(pos string, shift Point) []Point {
	var points []Point
	for _, field := range strings.Fields(pos) {
		pt, ok := readPoint(field)
		if !ok {
			return nil
		}
		points = append(points, Point{pt.X + shift.X, pt.Y + shift.Y})
	}
	if len(points) < 2 {
		return nil
	}
	return straighten(points)
}

func readPoint(text string) (Point, bool) {
	x, y, _ := strings.Cut(text, ",")
	fx, errX := strconv.ParseFloat(x, 64)
	fy, errY := strconv.ParseFloat(y, 64)
	if errX != nil || errY != nil || math.Abs(fx) > 1e7 || math.Abs(fy) > 1e7 {
		return Point{}, false
	}
	return Point{Length(math.Round(fx)) * Px, -Length(math.Round(fy)) * Px}, true
}

// straighten makes every piece of a route run along an axis, and drops
// pieces that are shorter than a line is wide.
func straighten(points []Point) []Point {
	straight := []Point{points[0]}
	for _, pt := range points[1:] {
		last := straight[len(straight)-1]
		switch dx, dy := abs(pt.X-last.X), abs(pt.Y-last.Y); {
		case dx <= 2*Px && dy <= 2*Px:
			continue
		case dx <= dy:
			pt.X = last.X
		default:
			pt.Y = last.Y
		}
		straight = append(straight, pt)
	}
	return simplify(straight)
}

// consider takes a route for an edge if it is as good as the one that it has.
func (p *plan) consider(i int, route []Point) {
	e := &p.edges[i]
	route = p.fasten(e, route)
	if route == nil || e.fixed || slices.Equal(route, e.points) {
		return
	}
	if j := p.judge(i); j.fits(route) && j.cost(route) <= j.cost(e.points) {
		e.points = route
	}
}

// fasten puts the ends of a route where they belong, nil where it comes from
// another side.
func (p *plan) fasten(e *edge, route []Point) []Point {
	n := len(route)
	if n < 2 || route[0].X != route[1].X {
		return nil
	}
	b := &p.boxes[p.end(e)]
	route[0] = Point{p.spotX(e), p.placeY(e.spot)}
	route[1].X = route[0].X
	if !p.fastenBox(e, b, route) {
		return nil
	}
	if !e.entry {
		slices.Reverse(route)
		shorten(route)
	}
	return simplify(route)
}

// fastenBox ends a route at the box: at the middle of the side where its row
// begins or ends, or at the top of a box under the spine.
func (p *plan) fastenBox(e *edge, b *box, route []Point) bool {
	n := len(route)
	last, before := &route[n-1], &route[n-2]
	if e.shape == drop {
		if last.X != before.X || last.Y < before.Y {
			return false
		}
		last.Y = b.top()
		if n > 2 {
			last.X, before.X = p.besideX(e), p.besideX(e)
		}
		return abs(last.X-b.middle().X) < b.size.X/2
	}
	side := b.left()
	if e.leftOf {
		side = b.right()
	}
	if n < 3 || last.Y != before.Y || (last.X < before.X) != e.leftOf {
		return false
	}
	last.X, last.Y, before.Y = side, b.middle().Y, b.middle().Y
	return (last.X < before.X) == e.leftOf
}
