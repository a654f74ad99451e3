package git

import (
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// settings hold whatever the user's configuration says: nothing runs beside
// git, and nothing is fetched.
var settings = []string{
	"--no-pager",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=/dev/null",
	"-c", "protocol.allow=never", // before git 2.45 the variable below says nothing
}

var variables = []string{
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_NO_LAZY_FETCH=1",
	"GIT_TERMINAL_PROMPT=0",
	"LC_ALL=C", // its sentences are looked into
}

// located are the variables by which git is told where the repository is.
var located = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"}

// command is git in the repository's folder, not yet started.
func (r *repository) command(args ...string) *exec.Cmd {
	c := exec.CommandContext(r.ctx, "git", slices.Concat(settings, args)...)
	c.WaitDelay = time.Second
	c.Env = c.Environ() // before the folder is set, which would change PWD in it
	c.Dir = r.dir
	if !r.located {
		c.Env = slices.DeleteFunc(c.Env, isLocation)
	}
	for i, v := range c.Env {
		c.Env[i] = absolute(v)
	}
	c.Env = append(c.Env, variables...)
	return c
}

func isLocation(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains(located, name) || name == "PWD"
}

// absolute makes a relative place in a variable one that holds in any folder.
func absolute(variable string) string {
	name, value, _ := strings.Cut(variable, "=")
	if (name == "GIT_DIR" || name == "GIT_WORK_TREE") && value != "" {
		if abs, err := filepath.Abs(value); err == nil {
			return name + "=" + abs
		}
	}
	return variable
}

// hasLocation reports whether git was told where the repository is.
func (r *repository) hasLocation() bool {
	return slices.ContainsFunc(new(exec.Cmd).Environ(), func(v string) bool { return strings.HasPrefix(v, "GIT_DIR=") })
}

// output runs git to its end and returns what it wrote.
func (r *repository) output(args ...string) (string, error) {
	out, err := r.command(args...).Output()
	return string(out), err
}

// exitCode returns the code that git ended with; 0 where it did not end by
// itself.
func exitCode(err error) int {
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return max(0, ended.ExitCode())
	}
	return 0
}

// talk returns what git wrote to its standard error.
func talk(err error) string {
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return string(ended.Stderr)
	}
	return ""
}
