//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkStart compares how long `corridor` takes from its start to its end,
// with hardly anything to do, with a program that only builds an empty cobra
// command. The programs run in turns; the least time is what a start costs,
// the median what it usually takes here.
func BenchmarkStart(b *testing.B) {
	bin := b.TempDir()
	for _, pkg := range []string{".", "./testdata/cobra"} {
		if out, err := exec.Command("go", "build", "-o", bin+"/", pkg).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	file := filepath.Join(bin, "dentist.corridor.yaml")
	if err := os.WriteFile(file, []byte(dentist), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("check", func(b *testing.B) { start(b, []string{bin + "/corridor", "check", file}, []string{bin + "/cobra"}) })
	b.Run("version", func(b *testing.B) { start(b, []string{bin + "/corridor", "version"}, []string{bin + "/cobra"}) })
}

const dentist = `corridor: 1
title: See the dentist
touchpoints:
  look-up: web
  call: phone
  treatment: visit
paths:
  basic: [look-up, call, treatment]
`

func start(b *testing.B, ours, peer []string) {
	b.Setenv("GOMAXPROCS", "1")
	var a, z []time.Duration
	for b.Loop() {
		a, z = append(a, life(b, ours)), append(z, life(b, peer))
	}
	slices.Sort(a)
	slices.Sort(z)
	b.ReportMetric(0, "ns/op") // both together: of no use
	b.ReportMetric(float64(a[0])/1e6, "ms")
	b.ReportMetric(float64(z[0])/1e6, "peer-ms")
	b.ReportMetric(float64(a[0])/float64(z[0]), "ratio")
	b.ReportMetric(float64(a[len(a)/2])/float64(z[len(z)/2]), "median-ratio")
}

// life returns how long a process lives.
func life(b *testing.B, args []string) time.Duration {
	began := time.Now()
	if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return time.Since(began)
}
