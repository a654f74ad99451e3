package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// guard walks all nodes once, before anything else does, and reports what
// would make the walk long or endless: nesting, and aliases that multiply or
// contain themselves. It notes hidden direction characters on its way. It
// returns false if the document must not be walked.
func (r *reader) guard(root *yaml.Node) bool {
	g := &guard{reader: r, sizes: map[*yaml.Node]int{}}
	g.size(root, 1)
	return !g.stopped
}

type guard struct {
	*reader
	sizes   map[*yaml.Node]int // values below an anchored node; -1 while counting
	written int                // values that aliases stand for, so far
	at      []crumb            // the path to the node, without places
	stopped bool
}

// size returns the number of values below a node, with aliases written out.
func (g *guard) size(n *yaml.Node, depth int) int {
	if g.stopped {
		return 0
	}
	switch n.Kind {
	case yaml.ScalarNode:
		g.note(n)
		return 1
	case yaml.AliasNode:
		return g.aliased(n, depth)
	}
	if depth > MaxDepth {
		g.stop(n, fmt.Sprintf("maps and lists stand more than %d deep in each other", MaxDepth), "No part of a corridor is that deep; look for a bracket or an indentation too many.")
		return 0
	}
	if n.Anchor != "" {
		g.sizes[n] = -1
	}
	total := 1
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode {
			g.at = append(g.at, crumb{key: n.Content[i&^1].Value})
		} else {
			g.at = append(g.at, crumb{index: i})
		}
		total += g.size(c, depth+1)
		g.at = g.at[:len(g.at)-1]
	}
	if n.Anchor != "" {
		g.sizes[n] = total
	}
	return total
}

// aliased counts what an alias stands for without walking it again, and
// checks that writing it out here would not nest too deep.
func (g *guard) aliased(n *yaml.Node, depth int) int {
	t := resolve(n)
	size, counted := g.sizes[t]
	switch {
	case t.Kind == yaml.ScalarNode:
		return 1
	case size < 0:
		g.stop(n, "the alias `*"+n.Value+"` stands inside what it stands for, so it never ends", "Write the value out.")
		return 0
	case counted && depth+height(t) > MaxDepth:
		g.stop(n, fmt.Sprintf("with its aliases written out, the file is more than %d deep", MaxDepth), "Write the values out.")
		return 0
	}
	if g.written += size; g.written > MaxAliasValues {
		g.stop(n, fmt.Sprintf("the aliases (`*name`) up to here stand for more than %d values", MaxAliasValues), "Define the values once and name them by their id.")
	}
	return size
}

// height is the depth of the maps and lists below a node that was already
// counted, so that it is known to end.
func height(n *yaml.Node) int {
	most := 0
	for _, c := range resolve(n).Content {
		if c.Kind == yaml.MappingNode || c.Kind == yaml.SequenceNode || c.Kind == yaml.AliasNode {
			if most = max(most, 1+height(c)); most > MaxDepth {
				return most
			}
		}
	}
	return most
}

func (g *guard) stop(n *yaml.Node, message, help string) {
	if !g.stopped {
		g.report("invalid-yaml", g.span(n), message, help)
	}
	g.stopped = true
}

// note records the hidden direction characters of a scalar, each at its own
// place if it stands there as itself, else (an escape) at the whole scalar.
func (g *guard) note(n *yaml.Node) {
	if strings.IndexByte(n.Value, 0xE2) < 0 || !strings.ContainsFunc(n.Value, directionControl) {
		return
	}
	whole := g.span(n)
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		g.noteBlock(n.Value, whole.End)
		return
	}
	found := false
	for i, c := range whole.Text() {
		if directionControl(c) {
			g.hide(c, g.to(whole.Start+i, whole.Start+i+utf8.RuneLen(c)))
			found = true
		}
	}
	if !found {
		i := strings.IndexFunc(n.Value, directionControl)
		c, _ := utf8.DecodeRuneInString(n.Value[i:])
		g.hide(c, whole)
	}
}

// noteBlock finds the characters of a block of lines, which begins at from:
// nothing in it is escaped.
func (g *guard) noteBlock(value string, from int) {
	for _, c := range value {
		if !directionControl(c) {
			continue
		}
		from += max(0, bytes.IndexRune(g.file.Text[from:], c))
		g.hide(c, g.to(from, from+utf8.RuneLen(c)))
		from += utf8.RuneLen(c)
	}
}

func (g *guard) hide(c rune, at source.Span) {
	g.path = g.at
	g.hidden = append(g.hidden, model.Hidden{Spanned: source.Spanned[rune]{Value: c, Span: at}, Subject: g.subject()})
	g.path = nil
}

// directionControl reports whether a character changes the direction of the
// text around it without being seen (UAX #9 embeddings, overrides, isolates).
func directionControl(c rune) bool {
	return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
}
