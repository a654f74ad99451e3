package convert

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestXgov reads the archives of forms and of journey maps: the first section
// is read, and `read` is what came of it.
func TestXgov(t *testing.T) {
	for _, format := range []Format{xgov, defra} {
		golden.Run(t, "testdata/"+format.Name+"/*.txtar", func(t *testing.T, a *golden.Archive) {
			name := a.Files[0].Name
			data, _ := a.Input(name)
			if found, ok := Detect(name, data); !ok || found.Name != format.Name {
				t.Errorf("%s is taken for %q", name, found.Name)
			}
			file := source.New(name, data)
			f, findings := format.read(file, Options{})
			a.Equal("read", xgovPrint(f, findings))
			xgovHolds(t, file, f, findings)
		})
	}
}

// xgovPrint prints all that was read.
func xgovPrint(f *flow, findings []finding.Finding) []byte {
	var b bytes.Buffer
	if f != nil {
		fmt.Fprintf(&b, "title %s language %q\n", f.doc.Title.In("cy"), f.doc.Language.Value)
		for _, c := range f.doc.Customers {
			fmt.Fprintf(&b, "customer %s (%s) lacks %s\n", c.ID.Value, c.Name.Plain, xgovIDs(c.Lacks))
		}
		for i, n := range f.nodes {
			xgovPrintNode(&b, f, i, n)
		}
		for _, bound := range f.doc.Bounds {
			fmt.Fprintf(&b, "bound %s\n", bound.Value)
		}
		findings = append(slices.Clone(findings), f.findings...)
	}
	for _, found := range findings {
		fmt.Fprintf(&b, "%s %s %s: %s\n", xgovPlace(found.Span), found.Rule, found.Subject, found.Message)
		if found.Help != "" {
			fmt.Fprintf(&b, "  = %s\n", found.Help)
		}
	}
	return b.Bytes()
}

func xgovIDs(names []source.Spanned[string]) string {
	var ids []string
	for _, n := range names {
		ids = append(ids, n.Value)
	}
	return strings.Join(ids, " ")
}

func xgovPrintNode(b *bytes.Buffer, f *flow, i int, n node) {
	fmt.Fprintf(b, "%s %s %q", [...]string{"step", "gateway", "start", "end"}[n.kind], n.key, n.name.Value)
	if n.lost {
		b.WriteString(" lost")
	}
	for _, r := range n.touchpoint.Requires {
		fmt.Fprintf(b, " requires %s at %s", strings.Join(r.AnyOf, "|"), xgovPlace(r.Span))
	}
	b.WriteString("\n")
	for _, tr := range n.touchpoint.Name.Translations {
		fmt.Fprintf(b, "  %s: %s\n", tr.Language.Value, tr.Text.Value)
	}
	for _, e := range f.edges {
		if e.from == i {
			fmt.Fprintf(b, "  → %s", f.nodes[e.to].key)
			if e.label.Value != "" {
				fmt.Fprintf(b, " if %s", e.label.Value)
			}
			b.WriteString("\n")
		}
	}
}

func xgovPlace(at source.Span) string {
	if at.IsZero() {
		return "nowhere"
	}
	text := strings.ReplaceAll(at.Text(), "\n", " ")
	return fmt.Sprintf("%d:%d %.30q", at.From().Line, at.From().Column, text)
}

// xgovHolds is what every reading holds: all places are in the file, keys tell
// nodes apart, edges join nodes, and a second reading says the same.
func xgovHolds(t *testing.T, file *source.File, f *flow, findings []finding.Finding) {
	t.Helper()
	within := func(what string, at source.Span) {
		if !at.IsZero() && (at.File != file || at.Start < 0 || at.Start > at.End || at.End > len(file.Text)) {
			t.Errorf("%s is at %d to %d of %d", what, at.Start, at.End, len(file.Text))
		}
	}
	if f == nil {
		if len(findings) == 0 {
			t.Error("nothing was read, and nothing is said of it")
		}
		return
	}
	keys := map[string]bool{}
	for _, n := range f.nodes {
		if keys[n.key] || n.key == "" {
			t.Errorf("two nodes have the key %q", n.key)
		}
		keys[n.key] = true
		within("node "+n.key, n.span)
		within("the name of "+n.key, n.name.Span)
		for _, r := range n.touchpoint.Requires {
			within("a requirement of "+n.key, r.Span)
		}
	}
	for _, e := range f.edges {
		within("an edge", e.span)
		within("a label", e.label.Span)
		if e.from < 0 || e.from >= len(f.nodes) || e.to < 0 || e.to >= len(f.nodes) {
			t.Errorf("an edge leads from %d to %d of %d nodes", e.from, e.to, len(f.nodes))
		}
	}
	for _, found := range append(slices.Clone(findings), f.findings...) {
		within(found.Message, found.Span)
		if found.Message == "" || found.Rule == "" {
			t.Errorf("a finding says nothing: %+v", found)
		}
	}
}

func TestXgovTellsFormsFromOthers(t *testing.T) {
	for text, want := range map[string]string{
		`{"startPage":"/a","pages":[]}`:                                       "xgov-form",
		"\xef\xbb\xbf \n{\"pages\" : [ {\"path\":\"/a\"}],\"conditions\":[]}": "xgov-form",
		`{"pages":[{"path":"/a"}],"lists":[]}`:                                "xgov-form",
		`{"pages":[{"title":"\"","path":"/a"}],"lists":[`:                     "xgov-form",
		`{"pages":[{"title":"path"}],"lists":[]}`:                             "",
		`{"pages":{"path":"/a"},"startPage":"/a"}`:                            "",
		`{"book":{"pages":[{"path":"/a"}],"startPage":"/a"}}`:                 "",
		`{"title":"pages","startPage":"/a"}`:                                  "",
		`[{"pages":[{"path":"/a"}],"startPage":"/a"}]`:                        "",
		`corridor: 1`: "", ``: "", `{`: "", `{"`: "",
		"home:\n  path: \"/\"\n  handlers: a\n  next: b\nb:\n  path: '/b'\n  handlers: b\n":                "defra-journey",
		"--- # Root map\r\nhome:\r\n  path: /\r\n  route: home.route\r\n":                                  "defra-journey",
		"# sold\n\"home\":\n    title: x\n    path: /\n    next:\n      query: a\n      when: {x: home}\n": "defra-journey",
		"apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec:\n  path: /x\n  route: y\n":                 "",
		"openapi: 3.0.0\npaths:\n  /pets:\n    get: {}\n":                                                  "",
		"name: CI\non:\n  push:\n    paths: [a]\njobs:\n  test:\n    path: /x\n":                           "",
		"services:\n  web:\n    image: x\n    path: /x\n    next: y\nvolumes:\n  x: {}\n":                  "",
		"blog_list:\n    path: /blog\n    controller: App\\Blog::list\n":                                   "",
		"- path: /a\n  next: b\n": "",
		"corridor: 1\ntitle: x\ntouchpoints:\n  a:\n    path: /a\n    next: b\n": "",
	} {
		found, _ := Detect("x", []byte(text))
		if found.Name != want {
			t.Errorf("%q is taken for %q, not %q", text, found.Name, want)
		}
	}
}

// TestXgovNeeds holds the arithmetic of choices to what it means: a set of
// abilities is enough exactly if it has one of each clause.
func TestXgovNeeds(t *testing.T) {
	phone, email, upload, address := xgovAbility(0), xgovAbility(1), xgovAbility(2), xgovAbility(3)
	for _, need := range []xgovNeed{xgovNothing, phone, phone & email, phone | email, phone&upload | email&address, (phone | email) & (upload | address) & email} {
		clauses := need.clauses()
		for set := range 16 {
			enough := !slices.ContainsFunc(clauses, func(clause int) bool { return clause&set == 0 })
			if enough != (need>>set&1 == 1) {
				t.Errorf("need %016b has the clauses %v, of which %04b is not what it says", need, clauses, set)
			}
		}
	}
	if got := (phone & (phone | email)).clauses(); !reflect.DeepEqual(got, []int{1}) {
		t.Errorf("a phone, and a phone or e-mail, are %v", got)
	}
}

// xgovCorpus yields the files of a folder of the corpus of real journeys.
func xgovCorpus(t *testing.T, folder string) (names []string, read func(string) []byte) {
	t.Helper()
	root := os.Getenv("CORRIDOR_CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	root = filepath.Join(root, folder)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("there is no corpus of real journeys in %s; CORRIDOR_CORPUS says where it is", root)
	}
	if err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names, func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
}

// TestXgovCorpus reads all real forms and logs what came of them, one line
// each. Dangling links are counted by hand: there are two.
func TestXgovCorpus(t *testing.T) {
	names, read := xgovCorpus(t, "xgov-forms")
	dangling := 0
	for _, name := range names {
		data := read(name)
		if found, _ := Detect(name, data); found.Name != "xgov-form" {
			t.Errorf("%s is taken for %q", name, found.Name)
			continue
		}
		file := source.New(filepath.Base(name), data)
		f, findings := xgov.read(file, Options{})
		if f == nil || len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		xgovHolds(t, file, f, findings)
		c := xgovCount(f)
		t.Logf("%-60s %v", filepath.Base(name), c)
		for _, found := range f.findings {
			if found.Rule == "dangling-target" {
				dangling++
				t.Logf("  %s %s", xgovPlace(found.Span), found.Message)
			}
		}
		if c.satisfied == 0 || c.unreached > 0 && c.dangling == 0 || c.stuck > 0 && c.dangling == 0 {
			t.Logf("  look at %s: %s", file.Name, strings.Join(c.odd, ", "))
		}
	}
	if len(names) == 140 && dangling != 2 {
		t.Errorf("%d links dangle, not 2", dangling)
	}
}

func TestDefraCorpus(t *testing.T) {
	names, read := xgovCorpus(t, "defra-journey")
	for _, name := range names {
		data := read(name)
		if found, _ := Detect(name, data); found.Name != "defra-journey" {
			t.Errorf("%s is taken for %q", name, found.Name)
			continue
		}
		file := source.New(filepath.Base(name), data)
		f, findings := defra.read(file, Options{})
		if f == nil || len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		xgovHolds(t, file, f, findings)
		c := xgovCount(f)
		t.Logf("%s %v; look at %s", file.Name, c, strings.Join(c.odd, ", "))
	}
}

// xgovTally is what there is in a flow, with the keys of the nodes that no
// way leads to or that lead nowhere.
type xgovTally struct {
	pages, ways, satisfied, lost, dangling, unreached, stuck, needs int
	odd                                                             []string
}

func (c xgovTally) String() string {
	return fmt.Sprintf("pages %2d ways %2d satisfied %d lost %d dangling %d unreached %d stuck %d needs %d", c.pages, c.ways, c.satisfied, c.lost, c.dangling, c.unreached, c.stuck, c.needs)
}

func xgovCount(f *flow) (c xgovTally) {
	out := make([][]int, len(f.nodes))
	for _, e := range f.edges {
		out[e.from] = append(out[e.from], e.to)
	}
	reached := make([]bool, len(f.nodes))
	var walk func(int)
	walk = func(n int) {
		if !reached[n] {
			reached[n] = true
			for _, to := range out[n] {
				walk(to)
			}
		}
	}
	for i, n := range f.nodes {
		if n.kind == start {
			walk(i)
		}
	}
	for i, n := range f.nodes {
		switch {
		case n.kind == end && n.lost:
			c.lost++
		case n.kind == end:
			c.satisfied++
		case n.kind == step:
			c.pages++
			c.needs += len(n.touchpoint.Requires)
		}
		if !reached[i] {
			c.unreached++
			c.odd = append(c.odd, "unreached "+n.key)
		}
		if n.kind == step && len(out[i]) == 0 {
			c.stuck++
			c.odd = append(c.odd, "stuck "+n.key)
		}
	}
	c.ways = len(f.edges)
	for _, found := range f.findings {
		if found.Rule == "dangling-target" {
			c.dangling++
		}
	}
	return c
}

// TestXgovHostile reads what nobody writes, a megabyte of it, and
// gives each reading a few seconds: what costs the square of its length takes
// hours.
func TestXgovHostile(t *testing.T) {
	const size = 1 << 20 / slower
	fill := func(part string) string { return strings.Repeat(part, size/len(part)) }
	long := strings.Repeat("x", size/2)
	half := func(part string) string { return strings.Repeat(part, size/2/len(part)) }
	page := `{"path":"/a","components":[{"name":"c","type":"TextField"}],"next":[{"path":"/a"}]},`
	for what, text := range map[string]string{
		"the same page":        `{"startPage":"/a","pages":[` + fill(page) + `{}]}`,
		"links of one page":    `{"startPage":"/a","pages":[{"path":"/a","next":[` + fill(`{"path":"/b"},`) + `{}]}]}`,
		"long names":           `{"startPage":"/a","pages":[{"path":"/` + long + `","next":[` + half(`{"path":"/b","condition":"c"},`) + `{}]}]}`,
		"long conditions":      `{"startPage":"/a","conditions":[{"name":"c","displayName":"` + long + `"}],"pages":[{"path":"/a","next":[` + half(`{"path":"/a","condition":"c"},`) + `{}]}]}`,
		"a list within itself": `{"startPage":"/a","lists":[{"name":"l","items":[` + half(`{"conditional":{"components":[{"type":"RadiosField","list":"l"}]}},`) + `{}]}],"pages":[` + half(`{"path":"/a","components":[{"type":"RadiosField","list":"l"}]},`) + `{}]}`,
		"sections":             `{"startPage":"/a","sections":[` + half(`{"name":"s"},`) + `{}],"pages":[` + half(`{"path":"/a","section":"t"},`) + `{}]}`,
		"keys":                 `{"startPage":"/a","pages":[{"path":"/a"}],` + fill(`"k":1,`) + `"z":1}`,
		"brackets":             `{"startPage":"/a","pages":` + fill(`[`),
		"queries":              "a:\n  path: /a\n  handlers: a\n  next:\n    query: " + long[:size/4] + "\n    when:\n" + strings.Repeat("      b: a\n", 20_000),
		"pages of a map":       strings.Repeat("a-a-a:\n  path: /a\n  next: b\n", 15_000),
		"hyphens":              strings.Repeat("a-", 100_000) + ":\n  path: /a\n  route: a\n",
	} {
		t.Run(what, func(t *testing.T) {
			began := time.Now()
			file := source.New("x", []byte(text))
			for _, format := range []Format{xgov, defra} {
				format.detect("x", file.Text)
			}
			format := xgov
			if text[0] != '{' {
				format = defra
			}
			f, findings := format.read(file, Options{})
			xgovHolds(t, file, f, findings)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("reading took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

func FuzzXgov(f *testing.F) {
	for _, folder := range []string{"xgov-form", "defra-journey"} {
		paths, _ := filepath.Glob("testdata/" + folder + "/*.txtar")
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			_, data, _ = bytes.Cut(data, []byte(" --\n"))
			data, _, _ = bytes.Cut(data, []byte("-- read --\n"))
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []Format{xgov, defra} {
			format.detect("x", data)
			file := source.New("x", data)
			flow, findings := format.read(file, Options{})
			xgovHolds(t, file, flow, findings)
			again, more := format.read(file, Options{})
			if !bytes.Equal(xgovPrint(flow, findings), xgovPrint(again, more)) {
				t.Error("a second reading says something else")
			}
		}
	})
}
