//go:build unix && !linux

package graphviz

import (
	"os/exec"
	"syscall"
)

// standApart keeps a Ctrl-C in the terminal from the child, so that its end is
// always our doing. Should we be killed, the child ends with its input.
func standApart(process *exec.Cmd) {
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
