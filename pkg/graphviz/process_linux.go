package graphviz

import (
	"os/exec"
	"syscall"
)

// standApart keeps a Ctrl-C in the terminal from the child, so that its end is
// always our doing, and has the system end it should we be killed.
func standApart(process *exec.Cmd) {
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
