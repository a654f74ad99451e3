package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A journey that is too large to draw is told so at once, whatever is asked
// for; none is drawn in part.
func TestTooLargeToDraw(t *testing.T) {
	var file strings.Builder
	file.WriteString("corridor: 1\ntitle: Too long\ntouchpoints: {a: web, b: web}\npaths:\n  basic: [a, b]\n  optional:\n")
	for i := range 45_000 {
		fmt.Fprintf(&file, "    x%d: {after: basic/a, steps: [a, b]}\n", i)
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "long.corridor.yaml"), file.String(), 0o600)
	for _, args := range [][]string{{"long.corridor.yaml"}, {"long.corridor.yaml", "--routing", "straight", "-o", "map.png"}, {".", "-o", "maps"}} {
		began := time.Now()
		code, out, talk := asUser(t, folder, append([]string{"render"}, args...)...)
		talk += out
		if code != exitTrouble || !strings.Contains(talk, "90002 steps, and a map can have 4000 at most") || !strings.Contains(talk, "plit the journey into several files") {
			t.Errorf("render %q ends with %d: %.300s", args, code, talk)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("render %q took %v", args, took)
		}
	}
	small := "corridor: 1\ntitle: A\ntouchpoints: {a: web}\npaths: {basic: [a]}\n"
	write(t, filepath.Join(folder, "small.corridor.yaml"), small, 0o600)
	code, _, talk := asUser(t, folder, "render", "small.corridor.yaml", "--time-limit", "1ns", "--routing", "straight")
	if code != exitTrouble || !strings.Contains(talk, "was not finished within 1ns") || !strings.Contains(talk, "--time-limit") {
		t.Errorf("a map in no time ends with %d: %s", code, talk)
	}
}
