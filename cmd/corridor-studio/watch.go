package main

import (
	"context"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long files must stay as they are before they are read:
	// editors write twice, and move one file over the other.
	quiet = 50 * time.Millisecond
	// restless is for how many quiets files may go on changing.
	restless = 20
	// pollEvery is how often files are looked at where nobody tells of changes.
	pollEvery = 500 * time.Millisecond
	// maxRead is how much of a file counts; more is never checked.
	maxRead = 32 << 20
)

// watch tells when files differ from what they were. The system says when it is
// worth looking; what counts is what stands in the files.
type watch struct {
	tell   func(string)
	seed   maphash.Seed
	system *fsnotify.Watcher // nil: polls

	mu     sync.Mutex
	names  []string
	states map[string]uint64 // what each file was when it was last looked at
	failed bool              // the system could not watch a folder
	polls  chan struct{}     // closed when it could not
}

// newWatch watches nothing yet. Where the system cannot tell of changes it says
// so, and polls.
func newWatch(poll bool, tell func(string)) *watch {
	w := &watch{tell: tell, seed: maphash.MakeSeed(), states: map[string]uint64{}, polls: make(chan struct{})}
	if poll {
		w.failed = true
		close(w.polls)
		return w
	}
	system, err := fsnotify.NewWatcher()
	if err != nil {
		w.fail(err)
		return w
	}
	w.system = system
	return w
}

func (w *watch) close() {
	if w.system != nil {
		_ = w.system.Close() // nothing was written
	}
}

// add watches a file or folder, whether it is there or not. It is called before
// the file is read, so that no change falls between.
func (w *watch) add(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.states[name]; known {
		return
	}
	w.follow(name)
	w.names = append(w.names, name)
	w.states[name] = w.state(name)
}

// follow has the system watch the folder of a file: an editor may put another
// file in its place. Of a link it is the folders at both ends.
func (w *watch) follow(name string) {
	if w.failed {
		return
	}
	w.followFolder(name)
	if real, err := filepath.EvalSymlinks(name); err == nil && real != name {
		w.followFolder(real)
	}
}

// followFolder has the system watch the folder that a file is in, or the
// nearest one above that is there.
func (w *watch) followFolder(name string) {
	folder := name
	if !isFolder(name) {
		folder = filepath.Dir(name)
	}
	for !isFolder(folder) && folder != filepath.Dir(folder) {
		folder = filepath.Dir(folder)
	}
	if err := w.system.Add(folder); err != nil && isFolder(folder) {
		w.fail(err)
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// fail gives the system up and polls.
func (w *watch) fail(err error) {
	if w.failed {
		return
	}
	w.failed = true
	w.tell("the system does not tell of changes here (" + err.Error() + "), so the files are looked at twice a second, as with --poll")
	close(w.polls)
}

// state is a number for what stands in a file or folder.
func (w *watch) state(name string) uint64 {
	var h maphash.Hash
	h.SetSeed(w.seed)
	info, err := os.Stat(name)
	switch {
	case err != nil:
		h.WriteString("no: " + err.Error())
	case info.IsDir():
		entries, _ := os.ReadDir(name) // one that cannot be read is empty
		for _, e := range entries {
			h.WriteString(e.Name() + "\x00")
		}
	case info.Mode().IsRegular():
		f, err := os.Open(name)
		if err != nil {
			h.WriteString("no: " + err.Error())
			break
		}
		defer f.Close()
		if _, err := io.Copy(&h, io.LimitReader(f, maxRead)); err != nil {
			h.WriteString("no: " + err.Error())
		}
	}
	return h.Sum64()
}

// differ looks at all files and tells whether one has changed since.
func (w *watch) differ() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	differ := false
	for _, name := range w.names {
		w.follow(name) // its folder may be another one by now
		if now := w.state(name); now != w.states[name] {
			w.states[name], differ = now, true
		}
	}
	return differ
}

// run calls changed after each change, until the context ends.
func (w *watch) run(ctx context.Context, changed func()) {
	for w.wait(ctx) {
		time.Sleep(quiet)
		if !w.differ() {
			continue
		}
		for range restless {
			time.Sleep(quiet)
			if !w.differ() {
				break
			}
		}
		changed()
	}
}

// wait returns when it is worth looking, false when the context has ended.
func (w *watch) wait(ctx context.Context) bool {
	var events chan fsnotify.Event
	var errors chan error
	if w.system != nil {
		events, errors = w.system.Events, w.system.Errors
	}
	select {
	case <-ctx.Done():
		return false
	case _, open := <-events:
		if !open {
			return false
		}
	case <-errors: // some events were lost
	case <-w.polls:
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pollEvery):
		}
	}
	for { // what has come meanwhile is seen with the same look
		select {
		case _, open := <-events:
			if !open {
				return false
			}
		default:
			return ctx.Err() == nil
		}
	}
}
