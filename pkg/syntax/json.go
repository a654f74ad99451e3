package syntax

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// decodeJSON reads a JSON file into the nodes that YAML would give. YAML's
// own reader refuses some JSON (paired \u escapes, tabs), so JSON has a
// reader of its own.
func (r *reader) decodeJSON() *yaml.Node {
	j := &jsonNodes{text: r.file.Text, decoder: json.NewDecoder(bytes.NewReader(r.file.Text)), line: 1, column: 1}
	j.decoder.UseNumber()
	root, err := j.next(0)
	if errors.Is(err, io.EOF) && root == nil && len(bytes.TrimSpace(r.file.Text)) == 0 {
		r.empty()
		return nil
	}
	if err == nil {
		if _, end := j.decoder.Token(); end == nil || !errors.Is(end, io.EOF) {
			err = errors.New("more text")
		}
	}
	if err != nil {
		r.jsonError(j, err)
		return nil
	}
	return root
}

// jsonHints say what the JSON reader's errors mean, by a part of each.
var jsonHints = []struct{ part, message, help string }{
	{"unexpected end", "the JSON ends before its last bracket or quote", "Close what is open."},
	{"object key string", "a key in double quotes was expected here", "JSON has no comments and no comma after the last entry; keys stand in double quotes."},
	{"after object key:value pair", "a `,` or `}` was expected here", "Put a comma between the entries."},
	{"after object key", "a `:` was expected here", "Write `\"key\": value`."},
	{"after array element", "a `,` or `]` was expected here", "Put a comma between the entries."},
	{"beginning of value", "a value was expected here", "JSON has no comments and no comma after the last entry; texts stand in double quotes."},
	{"in string", "this cannot stand in a text as it is", "Write a backslash as `\\\\`, a quote as `\\\"` and a line break as `\\n`."},
	{"deep in each other", fmt.Sprintf("maps and lists stand more than %d deep in each other", MaxDepth), "No part of a corridor is that deep; look for a bracket too many."},
	{"more text", "more text follows after the end of the JSON value", "A corridor file holds one journey; put others into files of their own."},
	{"", "this is not valid JSON", "Look at the brackets, commas and quotes just before this place."},
}

func (r *reader) jsonError(j *jsonNodes, err error) {
	at, message := int(j.decoder.InputOffset()), err.Error()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = max(0, int(syntax.Offset)-1)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(message, "unexpected end") {
		at, message = len(bytes.TrimRight(r.file.Text, " \t\r\n")), "unexpected end"
	}
	at = min(at, len(r.file.Text))
	_, n := utf8.DecodeRune(r.file.Text[at:])
	for _, h := range jsonHints {
		if strings.Contains(message, h.part) {
			r.report("invalid-yaml", r.to(at, at+n), h.message, h.help)
			return
		}
	}
}

// jsonNodes makes YAML nodes from JSON tokens.
type jsonNodes struct {
	text    []byte
	decoder *json.Decoder

	at, line, column int // how far lines and columns were counted
}

// next reads the next value.
func (j *jsonNodes) next(depth int) (*yaml.Node, error) {
	token, err := j.decoder.Token()
	if err != nil {
		return nil, err
	}
	n := j.node(token)
	if delim, ok := token.(json.Delim); ok {
		return n, j.fill(n, delim, depth)
	}
	return n, nil
}

// fill reads the values of an object or array up to its closing bracket.
// What is nested beyond the limit is read no further; guard reports it.
func (j *jsonNodes) fill(n *yaml.Node, open json.Delim, depth int) error {
	n.Kind = yaml.MappingNode
	if open == '[' {
		n.Kind = yaml.SequenceNode
	}
	if depth > 10*MaxDepth {
		return fmt.Errorf("brackets are more than %d deep in each other", 10*MaxDepth)
	}
	for j.decoder.More() {
		child, err := j.next(depth + 1)
		if err != nil {
			return err
		}
		n.Content = append(n.Content, child)
	}
	_, err := j.decoder.Token()
	return err
}

// node makes the node of a token and counts the lines up to it. The decoder
// tells where a token ends; it starts after the white space, commas and
// colons that follow the token before.
func (j *jsonNodes) node(token json.Token) *yaml.Node {
	j.skip()
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: j.line, Column: j.column}
	switch v := token.(type) {
	case string:
		n.Value, n.Tag, n.Style = v, "!!str", yaml.DoubleQuotedStyle
	case json.Number:
		n.Value, n.Tag = v.String(), "!!int"
		if strings.ContainsAny(n.Value, ".eE") {
			n.Tag = "!!float"
		}
	case bool:
		n.Value, n.Tag = fmt.Sprint(v), "!!bool"
	case nil:
		n.Value, n.Tag = "null", "!!null"
	}
	j.advance(int(j.decoder.InputOffset()))
	return n
}

func (j *jsonNodes) skip() {
	end := j.at
	for end < len(j.text) && strings.IndexByte(" \t\r\n,:]}", j.text[end]) >= 0 {
		end++
	}
	j.advance(end)
}

// advance counts lines and columns as yaml.v3 does.
func (j *jsonNodes) advance(to int) {
	for j.at < to && j.at < len(j.text) {
		if n := lineBreak(j.text[j.at:]); n > 0 {
			j.at, j.line, j.column = j.at+n, j.line+1, 1
			continue
		}
		_, n := utf8.DecodeRune(j.text[j.at:])
		j.at, j.column = j.at+n, j.column+1
	}
}
