package gaps

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// edit is a change to the lists of one definition. A definition that stands
// on one line is written anew as a whole; of a longer one only the keys.
type edit struct {
	definition model.Definition
	channel    string // of a touchpoint
	keys       []listed
}

type listed struct {
	key    string
	values []string // nil: the key is taken out
}

// change sets a list that had so many values, unless it still has them.
func (e *edit) change(had int, key string, values []string) {
	if had != len(values) {
		e.keys = append(e.keys, listed{key, values})
	}
}

func (e *edit) remove(key string) { e.keys = append(e.keys, listed{key, nil}) }

// lines returns what is to be written in place of the definition or, indented
// below its id, of its keys.
func (e *edit) lines() []string {
	if len(e.keys) == 0 {
		return nil
	}
	text := ""
	if !e.definition.Span.IsZero() {
		text = strings.TrimSpace(e.definition.Span.Text())
	}
	quoted := strings.HasPrefix(text, `"`)
	if line, ok := e.whole(text, quoted); ok {
		return []string{line}
	}
	lines := []string{word(e.definition.ID.Value, quoted) + ":"}
	for _, k := range e.keys {
		if k.values != nil {
			lines = append(lines, "  "+k.text(quoted))
		} else {
			lines = append(lines, "  # without "+k.key)
		}
	}
	return lines
}

func word(s string, quoted bool) string {
	if quoted {
		return strconv.Quote(s)
	}
	return s
}

func (l listed) text(quoted bool) string {
	all := make([]string, len(l.values))
	for i, v := range l.values {
		all[i] = word(v, quoted)
	}
	return word(l.key, quoted) + ": [" + strings.Join(all, ", ") + "]"
}

// whole returns the definition on one line, if it stands on one.
func (e *edit) whole(text string, quoted bool) (line string, ok bool) {
	if strings.ContainsAny(text, "\n\r") {
		return "", false
	}
	value := "{}"
	if open := strings.Index(text, "{"); open >= 0 {
		if value, ok = flowMap(e.definition.Span, open); !ok {
			return "", false
		}
	} else if e.channel != "" {
		value = "{" + word("channel", quoted) + ": " + word(e.channel, quoted) + "}"
	}
	for _, k := range e.keys {
		value = k.into(value, quoted)
	}
	return word(e.definition.ID.Value, quoted) + ": " + value, true
}

// flowMap returns a map in braces that begins so many bytes after the start of
// a span, up to its closing brace, which a span leaves out; ok if that is on
// the same line.
func flowMap(span source.Span, from int) (text string, ok bool) {
	all := span.File.Text[span.Start+from:]
	depth, quote := 0, byte(0)
	for i, c := range all {
		switch {
		case c == '\n' || c == '\r':
			return "", false
		case quote != 0:
			if c == quote && all[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'' && strings.IndexByte(" [{,:", all[i-1]) >= 0:
			quote = c
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return string(all[:i+1]), true
			}
		}
	}
	return "", false
}

// inFlow finds the lists that repairs change in a map on one line; they are
// compiled when the first repair is told.
var inFlow = sync.OnceValue(func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{}
	for _, key := range []string{"waives", "requires", "asks", "languages", "customers", "needs", "has"} {
		all[key] = regexp.MustCompile(`(^\{|,)(\s*)"?` + key + `"?\s*:\s*(\[[^\]]*\]|[^,{}\[\]]+)`)
	}
	return all
})

// into writes the list into a map on one line, in place of the key where it
// stands there.
func (l listed) into(value string, quoted bool) string {
	if at := inFlow()[l.key].FindStringSubmatchIndex(value); at != nil {
		if l.values != nil {
			return value[:at[5]] + l.text(quoted) + value[at[1]:]
		}
		value = value[:at[3]] + value[at[1]:]
		value = strings.NewReplacer("{,", "{", ",,", ",", ",}", "}").Replace(value)
		return strings.Replace(value, "{ ", "{", 1)
	}
	if l.values == nil {
		return value
	}
	inside := strings.TrimRight(strings.TrimSuffix(value, "}"), " ,")
	if inside == "{" {
		return "{" + l.text(quoted) + "}"
	}
	return inside + ", " + l.text(quoted) + "}"
}
