package render

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

func TestMapHasALimitOfSteps(t *testing.T) {
	for _, v := range Views {
		_, err := Layout(context.Background(), crammed(MostSteps+1), Options{View: v.Name}, nil)
		var large *LargeError
		if !errors.As(err, &large) || large.Steps != MostSteps+1 {
			t.Errorf("view %s: %v", v.Name, err)
		}
	}
}

// The corridor that costs the most for its size: all alternatives at one place.
func TestLargestMapIsLaidOutInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	began := time.Now()
	if _, err := Layout(context.Background(), crammed(MostSteps), Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

// crammed is a corridor of n steps of which all but three are at one place.
func crammed(n int) *corridor.Graph {
	s := newSketch("en", "A crowd")
	touch := s.touch("Asks for an offer", "web", "Sales")
	s.basic(touch, touch, touch)
	for i := 3; i < n; i++ {
		s.path(model.Alternative, "a", 1, 2, touch)
		s.tag(i-2, 0.01, "A way")
	}
	return s.done()
}

func TestLayoutEndsWithItsTime(t *testing.T) {
	wait := func(ctx context.Context, _ Router) (*Scene, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	var slow *SlowError
	if _, err := withinLimit(context.Background(), time.Millisecond, nil, wait); !errors.As(err, &slow) || slow.Limit != time.Millisecond {
		t.Errorf("late: %v", err)
	}
	if _, err := Layout(context.Background(), coffee(), Options{Limit: time.Nanosecond}, nil); !errors.As(err, &slow) {
		t.Errorf("a map in no time: %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := withinLimit(ended, time.Hour, nil, wait); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	// The router's time is its own: it does not see the limit of the layout.
	asked := false
	route := func(ctx context.Context, _ string) ([]byte, error) {
		_, limited := ctx.Deadline()
		asked = !limited
		return nil, errors.New("no")
	}
	if _, err := Layout(context.Background(), coffee(), Options{Limit: time.Hour}, route); err == nil || err.Error() != "no" || !asked {
		t.Errorf("the router: %v, asked without a limit: %v", err, asked)
	}
}
