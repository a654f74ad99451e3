package main

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// watched returns a watch of one file, and how often it was told of a change.
func watched(t *testing.T, poll bool, name string) *atomic.Int64 {
	t.Helper()
	w := newWatch(poll, func(sentence string) { t.Log(sentence) })
	ctx, stop := context.WithCancel(t.Context())
	var changes atomic.Int64
	ended := make(chan struct{})
	w.add(name)
	go func() {
		defer close(ended)
		w.run(ctx, func() { changes.Add(1) })
	}()
	t.Cleanup(func() {
		stop()
		<-ended
		w.close()
	})
	return &changes
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rises waits until a number has risen above what it was.
func rises(t *testing.T, n *atomic.Int64, was int64) {
	t.Helper()
	for range 500 {
		if n.Load() > was {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nobody was told of the change")
}

func TestWatch(t *testing.T) {
	const usual = "one"
	for name, change := range map[string]func(t *testing.T, file string){
		"written": func(t *testing.T, file string) { must(t, os.WriteFile(file, []byte("two"), 0o666)) },
		"moved over": func(t *testing.T, file string) {
			must(t, os.WriteFile(file+"~", []byte("two"), 0o666))
			must(t, os.Rename(file+"~", file))
		},
		"removed":      func(t *testing.T, file string) { must(t, os.Remove(file)) },
		"renamed":      func(t *testing.T, file string) { must(t, os.Rename(file, file+".old")) },
		"its folder":   func(t *testing.T, file string) { must(t, os.RemoveAll(filepath.Dir(file))) },
		"of same size": func(t *testing.T, file string) { must(t, os.WriteFile(file, []byte("eno"), 0o666)) },
	} {
		for _, poll := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", polled"}[poll], func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "folder", "visit.corridor.yaml")
				must(t, os.Mkdir(filepath.Dir(file), 0o777))
				must(t, os.WriteFile(file, []byte(usual), 0o666))
				changes := watched(t, poll, file)
				change(t, file)
				rises(t, changes, 0)
				// Whatever happened: that the file comes back is seen too.
				told := changes.Load()
				must(t, os.MkdirAll(filepath.Dir(file), 0o777))
				must(t, os.WriteFile(file, []byte("three"), 0o666))
				rises(t, changes, told)
			})
		}
	}
}

func TestWatchWaitsForAFileThatIsNotThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a", "b", "visit.corridor.yaml")
	changes := watched(t, false, file)
	must(t, os.MkdirAll(filepath.Dir(file), 0o777))
	must(t, os.WriteFile(file, []byte("one"), 0o666))
	rises(t, changes, 0)
}

func TestWatchFollowsLinks(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "far", "visit.yaml"), filepath.Join(folder, "near", "visit.yaml")
	must(t, os.Mkdir(filepath.Dir(file), 0o777))
	must(t, os.Mkdir(filepath.Dir(link), 0o777))
	must(t, os.WriteFile(file, []byte("one"), 0o666))
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	changes := watched(t, false, link)
	must(t, os.WriteFile(file, []byte("two"), 0o666))
	rises(t, changes, 0)
}

func TestWatchTellsOnceOfTwoWrites(t *testing.T) {
	file := filepath.Join(t.TempDir(), "visit.corridor.yaml")
	must(t, os.WriteFile(file, []byte("one"), 0o666))
	changes := watched(t, false, file)
	must(t, os.WriteFile(file, nil, 0o666)) // as editors do, which truncate first
	time.Sleep(quiet / 5)
	must(t, os.WriteFile(file, []byte("two"), 0o666))
	rises(t, changes, 0)
	time.Sleep(6 * quiet)
	if n := changes.Load(); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestWatchIgnoresWhatChangesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "visit.corridor.yaml")
	must(t, os.WriteFile(file, []byte("one"), 0o666))
	changes := watched(t, false, file)
	must(t, os.WriteFile(file, []byte("one"), 0o666))
	must(t, os.WriteFile(file+"~", []byte("a neighbour"), 0o666))
	time.Sleep(6 * quiet)
	if n := changes.Load(); n != 0 {
		t.Errorf("told %d times", n)
	}
}
