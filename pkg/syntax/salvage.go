package syntax

import (
	"bytes"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/model"
)

// salvaged are the rules that can be judged from a part of a file: what they
// find there stays true, whatever follows.
var salvaged = []string{"unknown-key", "wrong-type", "duplicate-key", "invalid-value", "name-conflict"}

// salvage reads what stands above a syntax error, so that one mistake hides
// no other. The last line above it may be cut off in the middle of what it
// says, so nothing is said about that.
func (r *reader) salvage(end int) {
	text := r.file.Text[:end]
	root, err := decodeNode(yaml.NewDecoder(bytes.NewReader(text)))
	if err != nil {
		return
	}
	above := newReader(r.file)
	if root = content(root); root.Kind != yaml.MappingNode || !above.guard(root) || !above.supported(root) {
		return
	}
	document.read(above, root, new(model.Document))
	last := bytes.LastIndexByte(bytes.TrimRight(text, " \t\r\n"), '\n') + 1
	for _, f := range above.findings {
		if slices.Contains(salvaged, f.Rule) && f.Span.End <= last {
			r.findings = append(r.findings, f)
		}
	}
}
