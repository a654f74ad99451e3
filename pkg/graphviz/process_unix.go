//go:build unix

package graphviz

import (
	"io/fs"
	"os"
	"os/exec"
	"syscall"
)

// kill ends the process and whatever it started. It may be called more than
// once, but not after Wait has returned: the number could be another's by then.
func kill(process *exec.Cmd) {
	syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
}

func ownedByUser(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

func safeMode(info fs.FileInfo, without fs.FileMode) bool {
	return info.Mode().Perm()&without == 0
}
