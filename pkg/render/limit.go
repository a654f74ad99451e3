package render

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// MostSteps is how many steps a map may have. Nobody reads a wall of more, and
// what is laid out for each of them beside all others would take minutes.
const MostSteps = 4000

// LargeError says that a corridor has more steps than a map may have.
type LargeError struct{ Steps int }

// Error says how many there are, and how many may be.
func (e *LargeError) Error() string {
	return fmt.Sprintf("it has %d steps, and a map can have %d at most", e.Steps, MostSteps)
}

// SlowError says that a map was not laid out in the time that it may take.
type SlowError struct {
	Limit  time.Duration
	Routed bool // a router was to be asked
}

// Error says how long it was.
func (e *SlowError) Error() string { return fmt.Sprintf("the map was not finished within %v", e.Limit) }

var errSlow = errors.New("time limit")

// withinLimit lays out with a limit of time; nought is none. The router has a
// limit of its own, so with one it may take as long again.
func withinLimit(ctx context.Context, limit time.Duration, route Router, layout func(context.Context, Router) (*Scene, error)) (*Scene, error) {
	if limit <= 0 {
		return layout(ctx, route)
	}
	whole, unlimited := limit, route
	if route != nil {
		whole *= 2
		unlimited = func(_ context.Context, dot string) ([]byte, error) { return route(ctx, dot) }
	}
	limited, cancel := context.WithTimeoutCause(ctx, whole, errSlow)
	defer cancel()
	scene, err := layout(limited, unlimited)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil && context.Cause(limited) == errSlow {
		return nil, &SlowError{limit, route != nil}
	}
	return scene, err
}
