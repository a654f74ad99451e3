// Package pkg_test holds the code to the project's architecture: who may
// import whom, and how the code is written. README.md in this folder is the
// same policy in words.
package pkg_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/customer-corridor/corridor/"

// layer is a package of ours and those that it may import. A row speaks for
// the packages in folders below it too, which may import one another.
type layer struct {
	level     int
	pkg       string
	mayImport string // names below pkg, separated by spaces; * is everything on lower levels
}

// layers is a statement of policy, not a record of what happens to be so.
// Change it when the architecture changes, together with README.md, never to
// let one import pass. A row may wait for its package; a package without a row
// is an error. Tests may import what they like.
var layers = []layer{
	{0, "pkg/source", ""},
	{0, "pkg/graph", ""},
	{0, "pkg/version", ""},
	{0, "pkg/git", ""},
	{0, "pkg/pattern", ""},
	{1, "pkg/model", "source"},
	{1, "pkg/finding", "source"},
	{2, "pkg/config", "source model finding pattern"},
	{2, "pkg/baseline", "source finding"},
	{2, "pkg/edit", "source finding"},
	{2, "pkg/report", "source finding"},
	{3, "pkg/syntax", "source model finding config"},
	{3, "pkg/corridor", "source model finding graph"},
	{4, "pkg/convert", "source model finding graph syntax corridor"},
	{4, "pkg/access", "model corridor graph"},
	{5, "pkg/workspace", "source model finding pattern syntax convert"},
	{5, "pkg/render", "source model finding graph corridor access"},
	{5, "pkg/gaps", "source model finding report corridor access"},
	{5, "pkg/graphviz", ""},
	{6, "pkg/rule", "source model finding graph syntax config workspace corridor access"},
	{7, "pkg/check", "source model finding graph syntax config baseline convert workspace corridor access rule"},
	{8, "pkg/serve", "source model finding report workspace corridor access render gaps check"},
	{8, "pkg/diff", "source model finding report corridor access gaps check"},
	{9, "cmd/internal", "*"},
	{10, "cmd/corridor", "*"},
	{10, "cmd/corridor-studio", "*"},
	{9, "pkg/internal", "*"}, // for tests, so only tests import it
}

// door is a package of others, with all below it, and the folders of ours that
// may import it, separated by spaces; none when only tests may. Packages of
// the standard library that are no door are open to all; of any other module
// each needs a door.
type door struct{ pkg, folders string }

var doors = []door{
	{"os", "cmd pkg/graphviz pkg/git pkg/internal"}, // all others are handed an fs.FS or an io.Writer
	{"log", "cmd"},
	{"math/rand", ""},
	{"testing/fstest", "cmd pkg/internal"}, // links no testing; its MapFS is a file system in memory
	{"testing", "pkg/internal"},
	{"net/http", "cmd/corridor-studio pkg/serve"},
	{"crypto/tls", ""},
	{"gopkg.in/yaml.v3", "pkg/syntax"},
	{"github.com/spf13/cobra", "cmd"},
	{"github.com/spf13/pflag", "cmd"},
	{"github.com/goccy/go-graphviz", "cmd/corridor-studio"},
	{"github.com/fsnotify/fsnotify", "cmd/corridor-studio"},
	{"github.com/bmatcuk/doublestar/v4", "pkg/pattern"},
	{"github.com/clipperhouse/displaywidth", "pkg/report pkg/render"},
	{"github.com/go-text/typesetting", "pkg/render"},
	{"github.com/rogpeppe/go-internal", "pkg/edit pkg/internal"},
	{"github.com/santhosh-tekuri/jsonschema/v6", ""},
	{"golang.org/x/image", "pkg/render"},
	{"golang.org/x/sys", "cmd pkg/graphviz"},
	{"golang.org/x/term", "cmd"},
	{"golang.org/x/text", "cmd pkg"},
}

// unlinked must not be part of the program that runs in everybody's checks:
// each costs start-up time, size or trust.
var unlinked = []string{"net/http", "crypto/tls", "github.com/fsnotify/fsnotify", "github.com/goccy/go-graphviz", "github.com/tetratelabs/wazero"}

// outside are the calls by which a package would depend on more than what it
// is handed. Only commands, the Graphviz process and tests make them.
var outside = []string{
	"fmt.Print", "fmt.Printf", "fmt.Println",
	"os.Exit", "os.Getenv", "os.LookupEnv", "os.Environ",
	"time.Now", "time.Since", "time.Until",
}

// emptyNames say nothing about what a package is for.
var emptyNames = []string{"util", "utils", "common", "types", "core", "helper", "helpers", "base", "misc", "shared"}

func TestLayersHaveNoCircle(t *testing.T) {
	for _, l := range layers {
		for _, name := range strings.Fields(l.mayImport) {
			i := slices.IndexFunc(layers, func(below layer) bool { return below.pkg == "pkg/"+name })
			if name != "*" && (i < 0 || layers[i].level >= l.level) {
				t.Errorf("%s may import %s, which is not on a lower level", l.pkg, name)
			}
		}
	}
}

func TestLayers(t *testing.T) {
	for _, f := range code(t) {
		from := layerOf(f.folder())
		if from == nil {
			t.Errorf("%s: %s has no row in the table of layers", f.path, f.folder())
			continue
		}
		for _, imported := range f.imports() {
			if to, ours := strings.CutPrefix(imported, module); ours && !from.allows(to) {
				t.Errorf("%s imports %s: the layers forbid it to %s", f.path, to, from.pkg)
			}
		}
	}
}

// layerOf returns the row that speaks for a folder, nil when none does.
func layerOf(folder string) *layer {
	for i, l := range layers {
		if within(folder, l.pkg) {
			return &layers[i]
		}
	}
	return nil
}

func (l *layer) allows(folder string) bool {
	to := layerOf(folder)
	switch {
	case to == nil || to == l:
		return to == l
	case to.pkg == "pkg/internal":
		return false
	case l.mayImport == "*":
		return to.level < l.level
	}
	return slices.Contains(strings.Fields(l.mayImport), strings.TrimPrefix(to.pkg, "pkg/"))
}

func TestDoors(t *testing.T) {
	for _, f := range code(t) {
		for _, imported := range f.imports() {
			i := slices.IndexFunc(doors, func(d door) bool { return within(imported, d.pkg) })
			switch {
			case strings.HasPrefix(imported, module):
			case i >= 0 && !slices.ContainsFunc(strings.Fields(doors[i].folders), func(folder string) bool { return within(f.path, folder) }):
				t.Errorf("%s imports %s, which is open only to: %s", f.path, imported, doors[i].folders)
			case i < 0 && strings.Contains(strings.Split(imported, "/")[0], "."):
				t.Errorf("%s imports %s, for which there is no door; a new dependency needs its reason", f.path, imported)
			}
		}
	}
}

func TestCorridorLinksLittle(t *testing.T) {
	if _, err := os.Stat("../cmd/corridor"); err != nil {
		t.Skip("there is no cmd/corridor")
	}
	for _, goos := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "./cmd/corridor")
		var talk strings.Builder
		list.Dir, list.Env, list.Stderr = "..", append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0"), &talk
		out, err := list.Output()
		linked := strings.Fields(string(out))
		if err != nil || !slices.Contains(linked, module+"cmd/corridor") {
			t.Fatalf("%v: %v: %s", list, err, &talk)
		}
		for _, pkg := range linked {
			if slices.ContainsFunc(unlinked, func(not string) bool { return within(pkg, not) }) {
				t.Errorf("cmd/corridor links %s on %s", pkg, goos)
			}
		}
	}
}

func TestOnlyCommandsReachOutside(t *testing.T) {
	for _, f := range code(t) {
		if within(f.path, "cmd") || within(f.path, "pkg/internal") || within(f.path, "pkg/graphviz") {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(outside, name(s)) {
				t.Errorf("%v: only commands call %s", fset.Position(s.Pos()), name(s))
			}
			return true
		})
	}
}

// name returns a selection from a package as it is written, such as fmt.Print.
func name(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return ""
}

func TestPackagesAreNamedAndDescribed(t *testing.T) {
	described := map[string]bool{}
	var folders []string
	for _, f := range code(t) {
		pkg, doc := f.tree.Name.Name, f.tree.Doc.Text()
		if slices.Contains(emptyNames, pkg) {
			t.Errorf("%s: a package called %s says nothing about its job", f.path, pkg)
		}
		if pkg == "main" && doc != "" || strings.HasPrefix(doc, "Package "+pkg+" ") {
			described[f.folder()] = true
		}
		folders = append(folders, f.folder())
	}
	slices.Sort(folders)
	for _, folder := range slices.Compact(folders) {
		if !described[folder] {
			t.Errorf("%s has no package comment", folder)
		}
	}
}

func TestExportsAreDocumented(t *testing.T) {
	for _, f := range code(t) {
		for _, d := range f.tree.Decls {
			for _, id := range undocumented(d) {
				t.Errorf("%v: %s has no doc comment", fset.Position(id.Pos()), id.Name)
			}
		}
	}
}

// undocumented returns the exported names of a declaration that no comment
// describes.
func undocumented(d ast.Decl) (names []*ast.Ident) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		known := d.Recv != nil && slices.Contains(knownMethods, d.Name.Name)
		if d.Name.IsExported() && exportedReceiver(d) && !known && d.Doc.Text() == "" {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(d, spec)...)
		}
	}
	return names
}

// knownMethods have their contract in the standard library.
var knownMethods = []string{"Error", "Unwrap", "Is", "As", "String", "MarshalJSON"}

// exportedReceiver tells whether readers of the documentation meet f: always
// when it is no method.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(f.Recv.List[0].Type, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		exported = exported || ok && id.IsExported()
		return !ok
	})
	return exported
}

// undocumentedSpec lets one comment speak for a group of values, but not for a
// group of types.
func undocumentedSpec(d *ast.GenDecl, spec ast.Spec) (names []*ast.Ident) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc.Text() == "" && (d.Lparen.IsValid() || d.Doc.Text() == "") {
			names = append(names, s.Name)
		}
	case *ast.ValueSpec:
		for _, id := range s.Names {
			if id.IsExported() && d.Doc.Text()+s.Doc.Text()+s.Comment.Text() == "" {
				names = append(names, id)
			}
		}
	}
	return names
}

func TestFunctionsAreShort(t *testing.T) {
	var lengths []int
	for _, f := range code(t) {
		for _, d := range f.tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				lengths = append(lengths, fset.Position(d.End()).Line-fset.Position(d.Pos()).Line+1)
			}
		}
	}
	slices.Sort(lengths)
	n := len(lengths)
	median, p90 := lengths[n/2], lengths[n*9/10]
	t.Logf("%d functions; lines: median %d, 90%% have at most %d, the longest %d", n, median, p90, lengths[n-1])
	if median > 10 || p90 > 40 {
		t.Errorf("functions grow: median %d of 10 lines, 90%% have at most %d of 40", median, p90)
	}
}

func TestNothingRunsAtStart(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, d := range f.tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
				t.Errorf("%v: a func init runs in every command; call what it does where it is needed", fset.Position(d.Pos()))
			}
		}
	}
}

var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`)

func TestNothingIsLeftUndone(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, group := range f.tree.Comments {
			for _, c := range group.List {
				if unfinished.MatchString(c.Text) {
					t.Errorf("%v: do it or open an issue: %s", fset.Position(c.Pos()), c.Text)
				}
			}
		}
	}
}

// TestReadmeShowsTheLayers compares the rows of README.md, such as
//
//	| 1 | `pkg/model` | its one job | source |
//
// with the table above. A dash stands for no package.
func TestReadmeShowsTheLayers(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		row := regexp.MustCompile("(?m)^\\| " + strconv.Itoa(l.level) + " \\| `" + l.pkg + "` \\|[^|\n]*\\| (.*) \\|$").FindSubmatch(text)
		want := strings.ReplaceAll(l.mayImport, "*", "everything")
		switch {
		case row == nil:
			t.Errorf("README.md has no row for %s on level %d", l.pkg, l.level)
		case want != strings.Trim(string(row[1]), "–"):
			t.Errorf("README.md lets %s import %q, the table of layers %q", l.pkg, row[1], want)
		}
	}
}

// goFile is one Go file of ours; path is below the module, with slashes.
type goFile struct {
	path string
	tree *ast.File
}

func (f goFile) folder() string { return path.Dir(f.path) }

func (f goFile) imports() (paths []string) {
	for _, spec := range f.tree.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// code returns all Go files but tests, those of every operating system.
func code(t *testing.T) []goFile {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(goFiles(t)), func(f goFile) bool { return strings.HasSuffix(f.path, "_test.go") })
}

// goFiles returns all Go files below cmd and pkg, in the order of their paths.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	files, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var fset = token.NewFileSet()

var parsed = sync.OnceValues(func() (files []goFile, err error) {
	for _, top := range []string{"cmd", "pkg"} {
		err = filepath.WalkDir(filepath.Join("..", top), func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == "testdata":
				return fs.SkipDir
			case entry.IsDir() || filepath.Ext(name) != ".go":
				return nil
			}
			tree, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
			files = append(files, goFile{strings.TrimPrefix(filepath.ToSlash(name), "../"), tree})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
})

// within tells whether a path is the folder or below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
