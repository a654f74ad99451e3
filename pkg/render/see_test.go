package render

import (
	"context"
	"os"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

func TestSee(t *testing.T) {
	dir := os.Getenv("SEE")
	if dir == "" {
		t.Skip()
	}
	for name, g := range map[string]*corridor.Graph{"coffee": coffee(), "r1": random(0, 8, 12), "r2": random(4, 12, 30), "r3": random(2, 1, 3)} {
		scene, err := Layout(context.Background(), g, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := os.Create(dir + "/" + name + ".svg")
		SVG(f, scene)
		f.Close()
	}
}
