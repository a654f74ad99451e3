package syntax_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// objects are the maps of the language with keys of its own: what the parser
// calls one, where it stands in the schema, and a file around one.
var objects = []struct{ what, at, file string }{
	{"a corridor file", "", "%s"},
	{"a capability", "/capabilities/*", "{corridor: 1, title: T, capabilities: {c: %s}}"},
	{"a channel", "/channels/*", "{corridor: 1, title: T, channels: {c: %s}}"},
	{"a department", "/departments/*", "{corridor: 1, title: T, departments: {d: %s}}"},
	{"a customer", "/customers/*", "{corridor: 1, title: T, customers: {c: %s}}"},
	{"a segment", "/customers/*/segment", "{corridor: 1, title: T, customers: {c: {segment: %s}}}"},
	{"a need", "/needs/*", "{corridor: 1, title: T, needs: {n: %s}}"},
	{"a touchpoint", "/touchpoints/*", "{corridor: 1, title: T, touchpoints: {t: %s}}"},
	{"a backstage action", "/touchpoints/*/backstage/[]", "{corridor: 1, title: T, touchpoints: {t: {backstage: [%s]}}}"},
	{"a hand-over", "/touchpoints/*/hands-over", "{corridor: 1, title: T, touchpoints: {t: {hands-over: %s}}}"},
	{"a measure", "/touchpoints/*/measures/*", "{corridor: 1, title: T, touchpoints: {t: {measures: {m: %s}}}}"},
	{"an exception", "/touchpoints/*/exceptions/*", "{corridor: 1, title: T, touchpoints: {t: {exceptions: {e: %s}}}}"},
	{"a reaction", "/touchpoints/*/exceptions/*/reaction", "{corridor: 1, title: T, touchpoints: {t: {exceptions: {e: {reaction: %s}}}}}"},
	{"a pre-action", "/touchpoints/*/exceptions/*/preaction", "{corridor: 1, title: T, touchpoints: {t: {exceptions: {e: {preaction: %s}}}}}"},
	{"paths", "/paths", "{corridor: 1, title: T, paths: %s}"},
	{"an optional path", "/paths/optional/*", "{corridor: 1, title: T, paths: {basic: [a], optional: {o: %s}}}"},
	{"an alternative", "/paths/alternative/*", "{corridor: 1, title: T, paths: {basic: [a], alternative: {o: %s}}}"},
}

// beyond are the findings that the schema leaves to the parser, and why. All
// others it makes too.
var beyond = []struct {
	rule   string
	what   *regexp.Regexp // matches "subject: message"
	reason string
}{
	{"duplicate-key", regexp.MustCompile(``), "a JSON value has each key once"},
	{"invalid-value", regexp.MustCompile(`\.hours: `), "no pattern that a person could read tells good hours from bad"},
	{"invalid-value", regexp.MustCompile(`\.(target|actual): `), "a unit is any text; the schema knows how a number begins"},
	{"invalid-value", regexp.MustCompile(`\.(within|delay|waits|takes): .*not a duration`), "the sum of a duration has a bound, its digits have none"},
	{"invalid-value", regexp.MustCompile(`hidden character U\+200C`), "Go and ECMAScript have no common expression for Arabic script"},
	{"name-conflict", regexp.MustCompile(`^stages.*twice`), "a stage with a name and one without are different values"},
}

// TestSchemaIsValid checks the schema itself: its draft, a sentence on every
// key, and the same bytes each time.
func TestSchemaIsValid(t *testing.T) {
	compile(t, syntax.Schema())
	for range 10 {
		if !bytes.Equal(syntax.Schema(), syntax.Schema()) {
			t.Fatal("the schema differs from one call to the next")
		}
	}
	for at, o := range objectsOf(t) {
		for key, s := range o.keys {
			if d, _ := s["description"].(string); !strings.HasSuffix(d, ".") {
				t.Errorf("%s/%s: its description is no sentence: %q", at, key, d)
			}
		}
	}
}

// TestSchemaPatterns checks that no pattern has an escape that means nothing,
// or something else, in the expressions of ECMAScript, which editors read.
func TestSchemaPatterns(t *testing.T) {
	patterns := regexp.MustCompile(`"pattern": "(.*)"`).FindAllStringSubmatch(string(syntax.Schema()), -1)
	if len(patterns) < 10 {
		t.Fatal("the schema has no patterns")
	}
	escape := regexp.MustCompile(`\\\\(p\{[A-Za-z]*\}|.)|\(\?.`)
	for _, p := range patterns {
		for _, e := range escape.FindAllString(p[1], -1) {
			if !slices.Contains([]string{`\\p{L}`, `\\p{M}`, `\\p{Nd}`, `\\d`, `\\s`, `\\S`, `\\.`, `\\|`}, e) {
				t.Errorf("%s has the escape %s", p[1], e)
			}
		}
	}
}

// TestObjects checks that the table above knows all objects of the language.
func TestObjects(t *testing.T) {
	known := map[string]bool{}
	for _, o := range objects {
		known[o.at] = true
		if objectsOf(t)[o.at].keys == nil {
			t.Errorf("the schema has no object at %q", o.at)
		}
	}
	for at := range objectsOf(t) {
		if !known[at] {
			t.Errorf("the object at %q is not tested", at)
		}
	}
}

// TestSchemaOnExamples holds schema and parser to the same answer on the
// files that people will copy from.
func TestSchemaOnExamples(t *testing.T) {
	s := compile(t, syntax.Schema())
	for _, example := range referenceExamples(t) {
		s.agree(t, example)
		s.accepts(t, example)
	}
	n := 0
	err := filepath.WalkDir("../../examples", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".corridor.yaml") {
			return err
		}
		text, err := os.ReadFile(path)
		s.agree(t, string(text))
		n++
		return err
	})
	if err != nil || n == 0 {
		t.Fatalf("%d examples were found: %v", n, err)
	}
}

// TestSchemaOnFragments runs testdata/schema/fragments.txtar: a section for
// each object, a line for each form of its values. "ok" lines are accepted
// by both, "no" lines refused by both, "parser" lines by the parser only.
func TestSchemaOnFragments(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/schema/fragments.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, syntax.Schema())
	excused := map[string]bool{}
	for _, o := range objects {
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == o.what })
		if i < 0 {
			t.Errorf("no fragments of %s", o.what)
			continue
		}
		good, bad := map[string]bool{}, map[string]bool{}
		for line := range strings.Lines(string(archive.Files[i].Data)) {
			verdict, fragment, _ := strings.Cut(strings.TrimSpace(line), " ")
			if verdict == "" || verdict == "#" {
				continue
			}
			text := fmt.Sprintf(o.file, strings.TrimSpace(fragment))
			s.fragment(t, verdict, text)
			for _, f := range parse(text) {
				excused[leftToParser(f)] = verdict == "parser" || excused[leftToParser(f)]
			}
			mark := bad
			if verdict == "ok" {
				mark = good
			}
			for _, key := range topKeys(fragment) {
				mark[key] = true
			}
		}
		for key := range objectsOf(t)[o.at].keys {
			if !good[key] || !bad[key] {
				t.Errorf("%s: the key %s needs a line that is ok and one that is not", o.what, key)
			}
		}
	}
	for _, b := range beyond {
		if !excused[b.reason] {
			t.Errorf("no fragment shows that %s", b.reason)
		}
	}
}

// fragment checks a line of the fragments.
func (s schema) fragment(t *testing.T, verdict, text string) {
	t.Helper()
	s.agree(t, text)
	invalid, found := s.refuses(parseYAML(t, text)), parse(text)
	switch verdict {
	case "ok":
		if invalid != nil || len(found) > 0 {
			t.Errorf("%s\nis not accepted: %v\n%s", text, invalid, list(found))
		}
	case "no":
		if invalid == nil || len(found) == 0 {
			t.Errorf("%s\nis not refused by both: schema %v, parser %s", text, invalid, list(found))
		}
	case "parser":
		if invalid != nil || len(found) == 0 {
			t.Errorf("%s\nis not refused by the parser only: schema %v, parser %s", text, invalid, list(found))
		}
	default:
		t.Errorf("a line begins with %q", verdict)
	}
}

// TestSchemaOnMutations puts each of some values in the place of every value
// of the whole file in the reference, takes out every key and renames it, and
// expects schema and parser to agree each time. A section of the file at a
// time is enough, as neither looks from one into another.
func TestSchemaOnMutations(t *testing.T) {
	s := compile(t, syntax.Schema())
	examples := referenceExamples(t)
	whole := parseYAML(t, examples[len(examples)-1])
	s.mutate(t, &yaml.Node{Kind: yaml.MappingNode, Content: whole.Content[:4]}) // corridor and title
	for i := 4; i < len(whole.Content); i += 2 {
		section := parseYAML(t, "{corridor: 1, title: T}")
		section.Content = append(section.Content, whole.Content[i:i+2]...)
		s.mutate(t, section)
	}
}

func (s schema) mutate(t *testing.T, root *yaml.Node) {
	t.Helper()
	var replacements []*yaml.Node
	for _, text := range []string{"null", "true", "5", "x", "[]", "{}", "[x]", "{x: 1}", "0.5", "''", "a b"} {
		replacements = append(replacements, parseYAML(t, text))
	}
	visit(root, func(n *yaml.Node) {
		before := *n
		for _, r := range replacements {
			*n = *r
			s.agree(t, marshal(t, root))
		}
		*n = before
		if n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i < len(before.Content); i += 2 {
			n.Content = slices.Delete(slices.Clone(before.Content), i, i+2)
			s.agree(t, marshal(t, root))
			n.Content = slices.Clone(before.Content)
			n.Content[i] = parseYAML(t, "a b")
			s.agree(t, marshal(t, root))
			n.Content = before.Content
		}
	})
}

// visit calls do for a value and all that is in it, keys left out.
func visit(n *yaml.Node, do func(*yaml.Node)) {
	do(n)
	for i, c := range n.Content {
		if n.Kind == yaml.SequenceNode || i%2 == 1 {
			visit(c, do)
		}
	}
}

// schema is the JSON Schema as an editor holds it.
type schema struct{ *jsonschema.Schema }

func compile(t *testing.T, text []byte) schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(syntax.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(syntax.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	if s.DraftVersion != 7 {
		t.Fatalf("the schema is read as draft %d", s.DraftVersion)
	}
	return schema{s}
}

// refuses returns why the schema refuses a value.
func (s schema) refuses(n *yaml.Node) error { return s.Validate(jsonValue(n)) }

func (s schema) accepts(t *testing.T, text string) {
	t.Helper()
	if err := s.refuses(parseYAML(t, text)); err != nil {
		t.Errorf("the schema refuses an example: %v\n%s", err, text)
	}
}

// agree checks that the schema refuses no file that the parser accepts, and
// accepts none in which the parser finds what a schema can know.
func (s schema) agree(t *testing.T, text string) {
	t.Helper()
	invalid, found := s.refuses(parseYAML(t, text)), parse(text)
	visible := slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool { return leftToParser(f) != "" })
	switch {
	case invalid != nil && len(found) == 0:
		t.Errorf("the schema refuses what the parser accepts: %v\n%s", invalid, text)
	case invalid == nil && len(visible) > 0:
		t.Errorf("the schema accepts what the parser refuses: %s\n%s", list(visible), text)
	}
}

// leftToParser returns why the schema does not make a finding; "" if it does.
func leftToParser(f finding.Finding) string {
	for _, b := range beyond {
		if f.Rule == b.rule && b.what.MatchString(f.Subject+": "+f.Message) {
			return b.reason
		}
	}
	return ""
}

func parse(text string) []finding.Finding {
	_, found := syntax.Parse(source.New("test.corridor.yaml", []byte(text)))
	return found
}

func list(found []finding.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "\n\t%s %s: %s", f.Rule, f.Subject, f.Message)
	}
	return b.String()
}

func parseYAML(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return n.Content[0]
}

func marshal(t *testing.T, n *yaml.Node) string {
	t.Helper()
	text, err := yaml.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// jsonValue is what an editor hands to the schema: keys are strings, and a
// date is text, as in YAML 1.2.
func jsonValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return jsonValue(n.Alias)
	case yaml.SequenceNode:
		all := []any{}
		for _, c := range n.Content {
			all = append(all, jsonValue(c))
		}
		return all
	case yaml.MappingNode:
		all := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			all[n.Content[i].Value] = jsonValue(n.Content[i+1])
		}
		return all
	}
	switch n.ShortTag() {
	case "!!null", "!!bool", "!!int", "!!float":
		var v any
		if n.Decode(&v) == nil {
			return v
		}
	}
	return n.Value
}

func topKeys(text string) []string {
	var all map[string]yaml.Node
	if yaml.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	var keys []string
	for k := range all {
		keys = append(keys, k)
	}
	return keys
}

// object is a map of the schema with keys of its own.
type object struct {
	keys     map[string]map[string]any
	required []any
}

// objectsOf returns the objects of the schema by their places.
func objectsOf(t *testing.T) map[string]object {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(syntax.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	all := map[string]object{}
	collect(root, "", all)
	return all
}

func collect(s map[string]any, at string, all map[string]object) {
	properties, _ := s["properties"].(map[string]any)
	if properties != nil {
		o := object{keys: map[string]map[string]any{}}
		o.required, _ = s["required"].([]any)
		for key, p := range properties {
			o.keys[key] = p.(map[string]any)
			collect(o.keys[key], at+"/"+key, all)
		}
		all[at] = o
	}
	for keyword, part := range map[string]string{"additionalProperties": "/*", "items": "/[]"} {
		if each, ok := s[keyword].(map[string]any); ok {
			collect(each, at+part, all)
		}
	}
	choices, _ := s["anyOf"].([]any)
	for _, c := range choices {
		collect(c.(map[string]any), at, all)
	}
}
