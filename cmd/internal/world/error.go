package world

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// Error says what could not be done, and on a line of its own what to do next.
type Error struct{ Message, Next string }

func (e *Error) Error() string { return e.Message }

// trouble is a sentence on what could not be done.
func trouble(format string, args ...any) error {
	return &Error{Message: fmt.Sprintf(format, args...)}
}

// Unknown says that there is no such word, and what there is.
func Unknown(what, word string, words []string) error {
	if near := finding.Nearest(word, words); near != "" {
		return trouble("there is no %s %q; did you mean %q?", what, word, near)
	}
	return trouble("there is no %s %q; there are %s", what, word, strings.Join(words, ", "))
}

// UnknownRule says that there is no such rule; where many would have to be
// listed it names the command that does.
func UnknownRule(id string, known []string) error {
	if err := Unknown("rule", id, known); len(err.Error()) < 100 {
		return err
	}
	return trouble("there is no rule %q; `corridor rules` lists them", id)
}
