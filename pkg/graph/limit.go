package graph

import "context"

// limit ends a search that takes too long.
type limit struct {
	done  <-chan struct{}
	left  int // nodes; negative means no limit
	nodes int // so far
	spent bool
}

func newLimit(ctx context.Context, b Budget) *limit {
	if b.Nodes <= 0 {
		return &limit{done: ctx.Done(), left: -1}
	}
	return &limit{done: ctx.Done(), left: b.Nodes}
}

// step counts a node and says whether the search may go on.
func (l *limit) step() bool {
	l.nodes++
	if l.left == 0 {
		l.spent = true
	}
	select {
	case <-l.done:
		l.spent = true
	default:
	}
	if l.left > 0 {
		l.left--
	}
	return !l.spent
}
