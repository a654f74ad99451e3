package graphviz

import (
	"io/fs"
	"os"
	"path/filepath"
)

// libraryFolder is the folder that go-graphviz makes in its temporary folder.
const libraryFolder = "go-graphviz"

// cache is the folder that the child process keeps its compiled code in. The
// child runs what it finds there, so nobody else may be able to write to it.
type cache struct {
	folder    string // empty: none, the child compiles at every start
	temporary bool   // ours alone, to be removed at the end
}

// openCache makes folder private and ready, or the user's own cache folder where
// folder is empty. Where that cannot be trusted, it is a fresh temporary folder;
// where there is none, the child goes without.
func openCache(folder string) cache {
	if folder == "" {
		folder = userCache()
	}
	if folder != "" && os.MkdirAll(folder, 0o700) == nil && trusted(folder) {
		return cache{folder: folder}
	}
	if fresh, err := os.MkdirTemp("", "corridor-graphviz-"); err == nil {
		return cache{folder: fresh, temporary: true}
	}
	return cache{}
}

func userCache() string {
	home, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, "corridor", "graphviz")
}

// trusted tells whether only this user can reach into folder, and whether only
// this user can put another folder in its place.
func trusted(folder string) bool {
	const reachable, writable = 0o077, 0o022
	return ours(folder, reachable) && ours(filepath.Dir(folder), writable)
}

// ours tells whether path is a real folder of this user without the given
// permissions.
func ours(path string, without fs.FileMode) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && ownedByUser(info) && safeMode(info, without)
}

// clear removes what a child left there, and nothing else: the folder may be one
// that the user named.
func (c cache) clear() {
	if c.folder != "" {
		os.RemoveAll(filepath.Join(c.folder, libraryFolder))
	}
}

// remove ends the life of a temporary cache.
func (c cache) remove() {
	if c.temporary {
		os.RemoveAll(c.folder)
	}
}

// environment is all that the child gets to know. Without a cache it is sent to
// a folder that cannot exist, for an empty name would mean the shared one.
func (c cache) environment() []string {
	folder := c.folder
	if folder == "" {
		folder = filepath.Join(os.DevNull, "none")
	}
	return []string{"TMPDIR=" + folder, "TMP=" + folder, "TEMP=" + folder, "GOTRACEBACK=none"}
}
