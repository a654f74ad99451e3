package check_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// manyTimes is a file system in which any path is the same file, so that the
// files themselves take no memory however many there are.
type manyTimes struct{ file fstest.MapFS }

func (m manyTimes) Open(string) (fs.File, error) { return m.file.Open("a") }

// TestMemoryStaysLevel checks files of which nothing is left to say: with ten
// times as many, hardly more may be kept. What is kept is measured while the
// summary and the workspace are still in use.
func TestMemoryStaysLevel(t *testing.T) {
	fsys := manyTimes{fstest.MapFS{"a": {Data: quiet(), Mode: 0o444}}}
	few, many := kept(t, fsys, 100), kept(t, fsys, 1000)
	t.Logf("kept after 100 files: %d bytes, after 1000: %d", few, many)
	const each = 100 // bytes; one parsed file takes some 100,000
	if many-few > 900*each {
		t.Errorf("900 more files without findings keep %d bytes", many-few)
	}
}

// quiet is a file of some 150 lines in which everybody gets through.
func quiet() []byte {
	var touchpoints, path bytes.Buffer
	for i := range 25 {
		fmt.Fprintf(&touchpoints, "  visit-%d:\n    name: {en: Visit %d, ar: زيارة %d}\n    channel: visit\n    takes: 5m\n    languages: [ar, en]\n    promise: Nobody waits\n", i, i, i)
		fmt.Fprintf(&path, "visit-%d, ", i)
	}
	return fmt.Appendf(nil, "corridor: 1\ntitle: A quiet day\ntouchpoints:\n%spaths:\n  basic: [%s]\n", &touchpoints, &path)
}

// kept returns how many bytes the heap has grown by when so many files were
// checked.
func kept(t testing.TB, fsys fs.FS, files int) int64 {
	w := &workspace.Workspace{FS: fsys}
	targets := make([]check.Target, files)
	for i := range targets {
		targets[i] = check.Target{Workspace: w, Path: "a"}
	}
	before := heap()
	s, err := check.Files(context.Background(), targets, nil)
	if err != nil || len(s.Findings) > 0 || s.Files != files {
		t.Fatal(s, err)
	}
	after := heap()
	runtime.KeepAlive(s)
	runtime.KeepAlive(targets)
	return after - before
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers and pools held is gone after the second
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
