package graphviz

import (
	"fmt"
	"strings"
	"time"
)

// InstallCommand installs corridor and corridor-studio in one version.
const InstallCommand = "go install github.com/customer-corridor/corridor/cmd/...@latest"

// MissingError says that corridor-studio is not on this machine.
type MissingError struct {
	Folder string // where the running program stands; empty if unknown
}

func (e *MissingError) Error() string {
	place := "on the PATH"
	if e.Folder != "" {
		place = "in " + e.Folder + " or on the PATH"
	}
	return fmt.Sprintf("drawing maps needs the program %s, which is not %s; install both programs with: %s",
		programName, place, InstallCommand)
}

// VersionError says that corridor-studio belongs to another version of corridor.
type VersionError struct {
	Program string // path of the corridor-studio that answered
	Theirs  string // its version
	Ours    string // the version that asked
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("this is corridor %s, but %s is version %s; install both programs in one version with: %s",
		e.Ours, e.Program, e.Theirs, InstallCommand)
}

// StartError says that corridor-studio was found but does not come up.
type StartError struct {
	Program string // path of the program
	Reason  string // one line
}

func (e *StartError) Error() string {
	return fmt.Sprintf("%s does not start (%s); install both programs again with: %s", e.Program, e.Reason, InstallCommand)
}

// TimeoutError says that a picture took longer than its time limit and was
// given up. The same request would run into the same limit again.
type TimeoutError struct {
	Limit time.Duration
}

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("the map was not finished within %s", e.Limit)
}

// DrawError says that Graphviz could not draw what it was given.
type DrawError struct {
	Reason string // one line
}

func (e *DrawError) Error() string {
	return "Graphviz could not draw the map: " + e.Reason
}

// firstLine returns the first line of text that says something, cut to a
// length that fits in a message. Stack traces never get further than this.
func firstLine(text string) string {
	const most = 200
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line = strings.TrimSpace(strings.ToValidUTF8(line, "\uFFFD"))
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return line
}
