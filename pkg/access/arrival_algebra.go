package access

import "time"

// Arrivals are put together as in profile search on time-dependent networks:
// one after the other and the earlier of two, both in time linear in their
// pieces. Waiting is allowed, so no later start arrives earlier, and the result
// is exact. See A. Orda and R. Rom, "Shortest-path and minimum-delay
// algorithms in networks with time-dependent edge-length", Journal of the ACM
// 37(3), 1990; D. Delling and D. Wagner, "Time-Dependent Route Planning",
// Robust and Online Large-Scale Optimization, LNCS 5868, 2009.

// then goes first and from there next: t ↦ next(first(t)).
func then(first, next *Arrival) *Arrival { return new(arena).then(first, next) }

// earlier takes whichever of two arrives first: the pointwise minimum. It
// returns a itself where b is nowhere earlier, so comparing the pointers tells
// whether b changes anything; else b itself where a is nowhere earlier.
func earlier(a, b *Arrival) *Arrival { return new(arena).earlier(a, b) }

// arena makes arrivals without an allocation for each. The zero value is ready.
type arena struct {
	arrivals []Arrival
	pieces   []piece
}

// The least and the most that an arena allocates at once, unless one arrival
// needs more.
const (
	minArrivals = 16
	maxArrivals = 2048
	minPieces   = 64
	maxPieces   = 16384
)

// reset takes back all arrivals that the arena made, to use their memory again.
// Copy first what is to stay.
func (m *arena) reset() {
	m.arrivals, m.pieces = m.arrivals[:0], m.pieces[:0]
}

// copy returns an arrival of its own, with no memory to spare.
func (a *Arrival) copy() *Arrival {
	return &Arrival{append(make([]piece, 0, len(a.pieces)), a.pieces...)}
}

// room returns an empty slice with room for n pieces.
func (m *arena) room(n int) []piece {
	if cap(m.pieces)-len(m.pieces) < n {
		m.pieces = make([]piece, 0, max(n, minPieces, min(2*cap(m.pieces), maxPieces)))
	}
	return m.pieces[len(m.pieces):]
}

// arrival keeps the pieces, which stand in the last room.
func (m *arena) arrival(pieces []piece) *Arrival {
	if len(m.arrivals) == cap(m.arrivals) {
		m.arrivals = make([]Arrival, 0, max(minArrivals, min(2*cap(m.arrivals), maxArrivals)))
	}
	m.pieces = m.pieces[:len(m.pieces)+len(pieces)]
	m.arrivals = append(m.arrivals, Arrival{pieces[:len(pieces):len(pieces)]})
	return &m.arrivals[len(m.arrivals)-1]
}

// then is the function then, in the arena.
func (m *arena) then(first, next *Arrival) *Arrival {
	switch {
	case first == nil || next == nil:
		return nil
	case first.constant() && first.pieces[0].value == 0:
		return next
	case next.constant():
		return m.later(first, next.pieces[0].value)
	}
	// Each piece of first makes one, and so does each start of a piece of next
	// in the week that first arrives in.
	out := m.room(len(first.pieces) + len(next.pieces))
	c := cursor{next: next}
	c.skipTo(first.At(0))
	for i, p := range first.pieces {
		out = c.follow(out, p, first.end(i))
	}
	return m.nearer(m.arrival(out))
}

// later arrives d later.
func (m *arena) later(a *Arrival, d time.Duration) *Arrival {
	if d == 0 {
		return a
	}
	out := m.room(len(a.pieces))
	for _, p := range a.pieces {
		out = append(out, piece{p.from, p.value + d, p.level})
	}
	return m.nearer(m.arrival(out))
}

// nearer keeps an arrival within the horizon. This bends no law: going on from
// what takes too long takes too long.
func (m *arena) nearer(a *Arrival) *Arrival {
	// At no time does it take a week longer than on Monday at 00:00.
	if a.pieces[0].value <= horizon-week {
		return a
	}
	return m.earlier(a, after(horizon))
}

// cursor stands on a piece of an arrival, in the week that starts at monday.
type cursor struct {
	next   *Arrival
	i      int
	monday time.Duration
}

// skipTo goes forward to the piece in which t lies.
func (c *cursor) skipTo(t time.Duration) {
	if t >= c.monday+week {
		c.i, c.monday = 0, t-t%week
	}
	for c.end() <= t {
		c.i++
	}
}

func (c *cursor) piece() piece { return c.next.pieces[c.i] }

// end returns where the piece ends.
func (c *cursor) end() time.Duration { return c.monday + c.next.end(c.i) }

// follow appends the pieces from p.from to end of going p and from there on.
func (c *cursor) follow(out []piece, p piece, end time.Duration) []piece {
	if p.level {
		c.skipTo(p.value)
		return join(out, piece{p.from, c.monday + c.piece().at(p.value-c.monday), true})
	}
	for from := p.from; from < end; from = c.end() - p.value {
		c.skipTo(from + p.value)
		on := c.piece()
		if on.level {
			out = join(out, piece{from, c.monday + on.value, true})
		} else {
			out = join(out, piece{from, p.value + on.value, false})
		}
	}
	return out
}

// earlier is the function earlier, in the arena.
func (m *arena) earlier(a, b *Arrival) *Arrival {
	switch {
	case b == nil || a == b:
		return a
	case a == nil:
		return b
	case a.constant() && b.constant():
		if a.pieces[0].value <= b.pieces[0].value {
			return a
		}
		return b
	}
	// Each start of a piece begins a stretch, which may be cut once.
	l := lower{out: m.room(2 * (len(a.pieces) + len(b.pieces)))}
	l.sweep(a, b)
	switch {
	case !l.b:
		return a
	case !l.a:
		return b
	}
	return m.arrival(l.out)
}

// lower collects the pieces of the lower of two arrivals a and b.
type lower struct {
	out  []piece
	a, b bool // is it lower than the other somewhere?
}

func (l *lower) sweep(a, b *Arrival) {
	i, j := 0, 0
	for from := time.Duration(0); from < week; {
		endA, endB := a.end(i), b.end(j)
		end := min(endA, endB)
		l.stretch(a.pieces[i], b.pieces[j], from, end)
		if endA == end {
			i++
		}
		if endB == end {
			j++
		}
		from = end
	}
}

// stretch appends what is lower in [from, end), where both are one piece.
func (l *lower) stretch(a, b piece, from, end time.Duration) {
	switch {
	case a.level != b.level && a.level:
		levelLower, slopeLower := l.cut(b, a, from, end)
		l.a, l.b = l.a || levelLower, l.b || slopeLower
	case a.level != b.level:
		levelLower, slopeLower := l.cut(a, b, from, end)
		l.a, l.b = l.a || slopeLower, l.b || levelLower
	default:
		l.a, l.b = l.a || a.value < b.value, l.b || b.value < a.value
		l.out = join(l.out, piece{from, min(a.value, b.value), a.level})
	}
}

// cut appends the slope up to where it rises over the level, then the level.
func (l *lower) cut(slope, level piece, from, end time.Duration) (levelLower, slopeLower bool) {
	crossing := level.value - slope.value
	if slopeLower = from < crossing; slopeLower {
		l.out = join(l.out, piece{from, slope.value, false})
	}
	if levelLower = crossing < end; levelLower {
		l.out = join(l.out, piece{max(from, crossing), level.value, true})
	}
	return levelLower, slopeLower
}
