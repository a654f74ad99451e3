package render

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// generated is an orderly corridor of n touchpoints: two in three on the
// basic path, and to every sixth an alternative and an option.
func generated(n int) *corridor.Graph {
	s := newSketch("en", fmt.Sprintf("A journey of %d touchpoints", n))
	touch := func(i int) *model.Touchpoint {
		return s.touch(fmt.Sprintf("Asks for an offer by way %d", i), "web", fmt.Sprintf("Department %d", i%6))
	}
	s.stage("All of it")
	basic := n * 2 / 3
	var steps []*model.Touchpoint
	for i := range basic {
		steps = append(steps, touch(i))
	}
	s.basic(steps...)
	for i := basic; i < n; i++ {
		at := (i - basic) * 2
		if i%2 == 0 {
			s.path(model.Alternative, fmt.Sprint("a", i), at%basic, min(at%basic+1+i%3, basic), touch(i))
		} else {
			s.path(model.Optional, fmt.Sprint("o", i), at%basic, at%basic, touch(i))
		}
	}
	return s.done()
}

func BenchmarkSpine(b *testing.B) {
	for _, n := range []int{30, 300, 1000} {
		g := generated(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				scene, err := Layout(context.Background(), g, Options{}, nil)
				if err != nil {
					b.Fatal(err)
				}
				if err := SVG(io.Discard, scene); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
