//go:build unix

package check_test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// The work that the project promises the cost of.
const (
	files = 1000
	lines = 150
)

// BenchmarkCheck compares the check of files in memory with decoding the same
// bytes into YAML nodes, which is the least that any reader of YAML pays.
func BenchmarkCheck(b *testing.B) {
	folder := gen.Folder(files, lines)
	against(b, func() { checkAll(b, folder) }, func() { decodeAll(b, folder) })
}

// BenchmarkCheckFromDisk is BenchmarkCheck with files that are found and read.
func BenchmarkCheckFromDisk(b *testing.B) {
	dir := onDisk(b)
	against(b, func() { checkAll(b, os.DirFS(dir)) }, func() { decodeAll(b, os.DirFS(dir)) })
}

// BenchmarkCheckCommand compares the whole process `corridor check` with that
// of a program that does nothing but decode the files of a folder.
func BenchmarkCheckCommand(b *testing.B) {
	bin := b.TempDir()
	build(b, bin, "../../cmd/corridor")
	build(b, bin, "./testdata/decode")
	dir := onDisk(b)
	processes(b, []string{bin + "/corridor", "check", "--fail-level", "never", dir}, []string{bin + "/decode", dir})
}

// BenchmarkTraps checks files that would take an algorithm minutes that costs
// the square of its input.
func BenchmarkTraps(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, trap := range gen.Traps() {
		b.Run(trap.Name, func(b *testing.B) {
			fsys := fstest.MapFS{"trap" + path.Ext(trap.Name): {Data: trap.Data, Mode: 0o444}}
			var times []time.Duration
			for b.Loop() {
				times = append(times, cpu(func() { checkTrap(b, fsys, "trap"+path.Ext(trap.Name)) }))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(slices.Min(times))/1e6, "cpu-ms")
			b.ReportMetric(float64(len(trap.Data))/(1<<20), "MiB")
		})
	}
}

// checkTrap reads the places of the findings too, as every report does.
func checkTrap(tb testing.TB, fsys fs.FS, name string) {
	o := check.File(&workspace.Workspace{FS: fsys}, name, check.Settings{})
	if o.Err != nil {
		tb.Fatal(o.Err)
	}
	for _, f := range o.Findings {
		if !f.Span.IsZero() {
			f.Span.From()
			f.Span.To()
		}
	}
}

// BenchmarkMemory reports what 10,000 checked files without findings leave
// behind in memory.
func BenchmarkMemory(b *testing.B) {
	fsys := manyTimes{fstest.MapFS{"a": {Data: quiet(), Mode: 0o444}}}
	for b.Loop() {
		b.ReportMetric(float64(kept(b, fsys, 1000)), "bytes-after-1000")
		b.ReportMetric(float64(kept(b, fsys, 10_000)), "bytes-after-10000")
	}
	b.ReportMetric(0, "ns/op")
}

func checkAll(tb testing.TB, fsys fs.FS) {
	w := &workspace.Workspace{FS: fsys}
	paths, problems, err := workspace.Find(context.Background(), fsys, ".", workspace.FindOptions{})
	if err != nil || len(problems) > 0 || len(paths) != files {
		tb.Fatal(len(paths), problems, err)
	}
	targets := make([]check.Target, len(paths))
	for i, p := range paths {
		targets[i] = check.Target{Workspace: w, Path: p}
	}
	s, err := check.Files(context.Background(), targets, nil)
	if err != nil || s.Files != files || !s.Complete {
		tb.Fatal(s, err)
	}
}

func decodeAll(tb testing.TB, fsys fs.FS) {
	n := 0
	err := fs.WalkDir(fsys, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		n++
		return yaml.Unmarshal(data, new(yaml.Node))
	})
	if err != nil || n != files {
		tb.Fatal(n, err)
	}
}

func onDisk(b *testing.B) string {
	dir := b.TempDir()
	if err := os.CopyFS(dir, gen.Folder(files, lines)); err != nil {
		b.Fatal(err)
	}
	return dir
}

func build(b *testing.B, bin, pkg string) {
	if out, err := exec.Command("go", "build", "-o", bin+"/", pkg).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
}

// against measures two functions in turns and reports the least CPU time of
// each, garbage collection included, and the ratio. The machine may be busy:
// the least of several turns is what the work costs.
func against(b *testing.B, ours, peer func()) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var a, z []time.Duration
	for b.Loop() {
		a, z = append(a, cpu(ours)), append(z, cpu(peer))
	}
	report(b, slices.Min(a), slices.Min(z))
}

func report(b *testing.B, ours, peer time.Duration) {
	b.ReportMetric(0, "ns/op") // both together: of no use
	b.ReportMetric(float64(ours)/1e6, "cpu-ms")
	b.ReportMetric(float64(peer)/1e6, "peer-cpu-ms")
	b.ReportMetric(float64(ours)/float64(peer), "ratio")
}

// cpu returns the CPU time that a function takes in this process.
func cpu(work func()) time.Duration {
	runtime.GC() // what came before is not on this bill
	before := spent()
	work()
	return spent() - before
}

func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// processes is against for programs.
func processes(b *testing.B, ours, peer []string) {
	b.Setenv("GOMAXPROCS", "1")
	var a, z []time.Duration
	for b.Loop() {
		a, z = append(a, process(b, ours)), append(z, process(b, peer))
	}
	report(b, slices.Min(a), slices.Min(z))
}

func process(b *testing.B, args []string) time.Duration {
	c := exec.Command(args[0], args[1:]...)
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime()
}
