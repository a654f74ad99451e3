package diff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// sideOf makes a side of files, by their paths.
func sideOf(name string, files map[string]string) Side {
	fsys := fstest.MapFS{}
	for path, text := range files {
		fsys[path] = &fstest.MapFile{Data: []byte(text), Mode: 0o444}
	}
	shown := func(path string) string { return name + ":" + path }
	w := &workspace.Workspace{FS: fsys, Name: shown}
	s := Side{Name: name + ":"}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		s.Files = append(s.Files, Version{path, shown(path), func() *check.Outcome { return check.File(w, path, check.Settings{}) }})
	}
	return s
}

func reported(t *testing.T, before, after map[string]string) *Report {
	t.Helper()
	r, err := Compare(context.Background(), sideOf("main", before), sideOf("work", after))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestArchives compares what an archive has in old/ with what it has in new/.
func TestArchives(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, a *golden.Archive) {
		sides := map[string]map[string]string{"old": {}, "new": {}}
		for _, f := range a.Files {
			if folder, path, ok := strings.Cut(f.Name, "/"); ok {
				data, _ := a.Input(f.Name)
				sides[folder][path] = string(data)
			}
		}
		r := reported(t, sides["old"], sides["new"])
		for _, f := range Formats {
			var out bytes.Buffer
			if err := f.Write(&out, r, Style{}); err != nil {
				t.Fatal(err)
			}
			a.Equal(f.Name, out.Bytes())
		}
	})
}

// archives returns the two sides of each archive.
func archives(t *testing.T) (all [][2]map[string]string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sides := [2]map[string]string{{}, {}}
		for _, f := range a.Files {
			if name, ok := strings.CutPrefix(f.Name, "old/"); ok {
				sides[0][name] = string(f.Data)
			}
			if name, ok := strings.CutPrefix(f.Name, "new/"); ok {
				sides[1][name] = string(f.Data)
			}
		}
		all = append(all, sides)
	}
	return all
}

// journeys are those of the examples.
func journeys(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS("../../examples")
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".corridor.yaml") {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files[path] = string(data)
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

// TestSameIsNoChange compares all that there is with itself.
func TestSameIsNoChange(t *testing.T) {
	all := append(archives(t), [2]map[string]string{journeys(t), nil})
	for _, sides := range all {
		for _, files := range sides {
			for _, f := range reported(t, files, files).Files {
				if f.Broken = nil; f.Changed() {
					t.Errorf("%s differs from itself: %+v", f.Path, f)
				}
			}
		}
	}
}

// TestBackwards holds that the way back undoes the way there.
func TestBackwards(t *testing.T) {
	all := archives(t)
	texts := journeys(t)
	paths := slices.Sorted(maps.Keys(texts))
	for i, path := range paths { // journeys that have nothing to do with each other
		other := paths[(i+1)%len(paths)]
		all = append(all, [2]map[string]string{{"x.yaml": texts[path]}, {"x.yaml": texts[other]}})
	}
	for _, sides := range all {
		there, back := reported(t, sides[0], sides[1]), reported(t, sides[1], sides[0])
		if len(there.Files) != len(back.Files) || !equal(there.OldScore, back.NewScore) || !equal(there.NewScore, back.OldScore) {
			t.Errorf("%v and back differ", slices.Sorted(maps.Keys(sides[0])))
			continue
		}
		for _, f := range there.Files {
			i := slices.IndexFunc(back.Files, func(b File) bool { return b.Path == f.Path || b.OldPath == f.Path })
			b := back.Files[i]
			for _, pair := range [][2][]Turn{{f.Lost, b.Gained}, {f.Gained, b.Lost}, {f.Worse, b.Better}, {f.Better, b.Worse}, {f.New, b.Gone}, {f.Gone, b.New}} {
				if a, z := cells(pair[0]), cells(pair[1]); !slices.Equal(a, z) {
					t.Errorf("%s: %q there, %q back", f.Path, a, z)
				}
			}
			if len(f.Changes) != len(b.Changes) {
				t.Errorf("%s: %d changes there, %d back", f.Path, len(f.Changes), len(b.Changes))
			}
			if len(f.Broken) == 0 && (len(f.Opened) != len(b.Closed) || len(f.Closed) != len(b.Opened)) {
				t.Errorf("%s: findings %d and %d there, %d and %d back", f.Path, len(f.Opened), len(f.Closed), len(b.Opened), len(b.Closed))
			}
		}
	}
}

func equal(a, b *float64) bool {
	return (a == nil) == (b == nil) && (a == nil || math.Abs(*a-*b) < 1e-12)
}

// cells names those of turns.
func cells(turns []Turn) []string {
	var all []string
	for _, turn := range turns {
		all = append(all, turn.Customer.ID+" "+turn.Need.ID)
	}
	slices.Sort(all)
	return all
}

const plain = `corridor: 1
title: T
touchpoints: {call: phone, web: {channel: web, owner: desk, takes: 2m}}
departments: {desk: {}}
customers: {one: {name: One, share: 50%}, two: {lacks: [hearing]}}
paths: {basic: [web], optional: {more: {after: web, steps: [call]}}}
`

// TestOneChange makes one change to a small journey and looks for it.
func TestOneChange(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"title: T", "title: 'T' # the same", ""},
		{"{call: phone, web:", "{call: {channel: phone}, web:", ""},
		{"takes: 2m", "takes: 120s", ""},
		{"share: 50%", "share: 0.5", ""},
		{"name: One, share: 50%", "share: 50%, name: {en: One}", ""},
		{"takes: 2m", "takes: 3m", "touchpoint `web`/takes: `2m` → `3m`"},
		{"call: phone", "call: sms", "touchpoint `call`/channel: `phone` → `sms`"},
		{"one: {name: One", "eins: {name: One", "customer `eins` (One): was called `one`"},
		{"two: {", "zwei: {", "customer `zwei`: new/lacks `hearing`|customer `two`: removed/lacks `hearing`"},
		{"desk: {}", "desk: {hours: 24/7}", "department `desk`/hours: now `24/7`, before not given"},
		{"basic: [web]", "basic: [web, call]", "path `basic`/steps: adds `call` after `web`"},
		{"{after: web", "{before: web", "path `more`/before: now `web`, before not given/after: no longer given, before `web`"},
		{"title: T", "title: T\nneeds: {in: {within: 2d}}", "need `in`: new/within `2d`"},
		{"lacks: [hearing]", "lacks: [speech, hearing]", "customer `two`/lacks: adds `speech`"},
		{"lacks: [hearing]", "lacks: []", "customer `two`/lacks: drops `hearing`"},
	} {
		r := reported(t, map[string]string{"x.yaml": plain}, map[string]string{"x.yaml": strings.Replace(plain, c.old, c.new, 1)})
		var all []string
		for _, e := range r.Files[0].changeEntries() {
			all = append(all, strings.Join(append([]string{gaps.Unmarked(e.head)}, e.lines...), "/"))
		}
		if got := gaps.Unmarked(strings.Join(all, "|")); got != c.want {
			t.Errorf("%s to %s: %s, want %s", c.old, c.new, got, c.want)
		}
	}
}

// TestRenamedCustomersKeepTheirAccess holds a rename against a loss.
func TestRenamedCustomersKeepTheirAccess(t *testing.T) {
	before := strings.Replace(plain, "two: {lacks: [hearing]}", "two: {name: Zwei, lacks: [hearing]}", 1)
	after := strings.NewReplacer("two: ", "zwei: ", "basic: [web]", "basic: [web, call]").Replace(before)
	r := reported(t, map[string]string{"x.yaml": before}, map[string]string{"x.yaml": after})
	if f := r.Files[0]; len(f.Lost) != 1 || f.Lost[0].Customer.ID != "zwei" || len(f.New)+len(f.Gone) > 0 || !r.LostAccess() {
		t.Errorf("%+v", f)
	}
}

// TestNothingIsClaimedOfWhatIsBroken breaks one version, or both.
func TestNothingIsClaimedOfWhatIsBroken(t *testing.T) {
	for name, broken := range map[string]string{
		"no YAML": "corridor: [", "an error": strings.Replace(plain, "phone", "phonee", 1), "a missing import": plain + "imports: [gone.yaml]\n", "nothing": "",
	} {
		for i, sides := range [][2]string{{plain, broken}, {broken, plain}, {broken, broken}} {
			r := reported(t, map[string]string{"x.yaml": sides[0]}, map[string]string{"x.yaml": sides[1]})
			if !r.Incomplete() || r.LostAccess() || r.Compared != 0 {
				t.Errorf("%s, %d: %+v", name, i, r.Files[0])
			}
			for _, f := range Formats {
				var out bytes.Buffer
				if err := f.Write(&out, r, Style{}); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(out.String(), "nobody") || !strings.Contains(out.String(), "could not be compared") {
					t.Errorf("%s, %d as %s:\n%s", name, i, f.Name, &out)
				}
			}
		}
		if r := reported(t, map[string]string{"x.yaml": broken}, nil); r.Incomplete() {
			t.Errorf("%s: a file that was removed need not be analysed", name)
		}
		if r := reported(t, nil, map[string]string{"x.yaml": broken}); !r.Incomplete() {
			t.Errorf("%s: a new file with errors passes", name)
		}
	}
}

func TestLibraries(t *testing.T) {
	library := "corridor: 1\ntitle: L\ntouchpoints: {call: phone}\n"
	r := reported(t, map[string]string{"x.yaml": library}, map[string]string{"x.yaml": strings.Replace(library, "phone", "sms", 1)})
	if r.Incomplete() || len(r.Files[0].Changes) != 1 || r.OldScore != nil || strings.Contains(r.Verdict(), "nobody") {
		t.Errorf("%s: %+v", r.Verdict(), r.Files[0])
	}
	r = reported(t, map[string]string{"x.yaml": plain}, map[string]string{"x.yaml": library})
	if f := r.Files[0]; r.Incomplete() || len(f.Gone) != 2 || len(f.Lost) > 0 || strings.Contains(r.Verdict(), "nobody") {
		t.Errorf("%s: %+v", r.Verdict(), f)
	}
}

func TestPairs(t *testing.T) {
	other := strings.NewReplacer("title: T", "title: Other", "call:", "ring:", "steps: [call]", "steps: [ring]").Replace(plain)
	strange := "corridor: 1\ntitle: T\ntouchpoints: {a: web, b: web, c: web, d: web}\npaths: {basic: [a, b, c, d]}\n"
	for _, c := range []struct {
		name     string
		old, new map[string]string
		want     string
	}{
		{"the same path", map[string]string{"a": plain}, map[string]string{"a": other}, "a=a"},
		{"moved", map[string]string{"a": plain}, map[string]string{"b/a": plain}, "a=b/a"},
		{"moved and retitled", map[string]string{"a": plain}, map[string]string{"b": other}, "a=b"},
		{"the likest of two", map[string]string{"a": plain}, map[string]string{"b": other, "c": plain}, "+b a=c"},
		{"the title and little else", map[string]string{"a": plain}, map[string]string{"b": strange}, "a=b"},
		{"nothing in common", map[string]string{"a": other}, map[string]string{"b": strange}, "-a +b"},
		{"one in two forms", map[string]string{"\u0622": plain}, map[string]string{"\u0627\u0653": plain}, "\u0622=\u0627\u0653"},
		{"broken", map[string]string{"a": "corridor: ["}, map[string]string{"b": "corridor: ["}, "-a +b"},
	} {
		var all []string
		for _, f := range reported(t, c.old, c.new).Files {
			switch {
			case f.Added:
				all = append(all, "+"+f.Path)
			case f.Removed:
				all = append(all, "-"+f.Path)
			default:
				all = append(all, f.OldPath+"="+f.Path)
			}
		}
		if got := strings.Join(all, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWays(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"a b c", "a b c", ""},
		{"a b c", "a x b c", "+x>a"},
		{"a b c", "x a b c", "+x>"},
		{"a b c", "a c", "-b"},
		{"a b c", "c a b", "~c>"},
		{"", "a", "+a>"},
		{"a", "", "-a"},
		{"a b a", "a a b", "~b>a"},
		{"a b c d", "d x", "+x>d -a -b -c"},
	} {
		var all []string
		for _, s := range compareWays(strings.Fields(c.old), strings.Fields(c.new)) {
			switch s.What {
			case Added:
				all = append(all, "+"+s.Step+">"+s.After)
			case Moved:
				all = append(all, "~"+s.Step+">"+s.After)
			default:
				all = append(all, "-"+s.Step)
			}
		}
		slices.SortStableFunc(all, func(a, b string) int { return strings.Index("+~-", a[:1]) - strings.Index("+~-", b[:1]) })
		got := strings.Join(all, " ")
		if c.old == "a b c d" {
			slices.Sort(all)
			got = strings.Join(all, " ")
		}
		if got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.old, c.new, got, c.want)
		}
	}
	long := strings.Fields(strings.Repeat("a b ", 2000))
	if got := compareWays(long, slices.Repeat([]string{"c"}, 4000)); len(got) != 8000 {
		t.Errorf("%d changes of a long way", len(got))
	}
}

// TestForeignTextIsNoMarkup writes names that are markup, mentions and
// terminal commands.
func TestForeignTextIsNoMarkup(t *testing.T) {
	hostile := "x\\e[31m\\u202E @team #12 GH-7 <script> **b** [l](https://e.org) www.e.org `c` |\\n# head"
	after := strings.NewReplacer("title: T", `title: "`+hostile+`"`, "name: One", `name: "`+hostile+`"`, "takes: 2m", `takes: 2m, promise: "`+hostile+`"`,
		"basic: [web]", "basic: [web, call]").Replace(plain)
	r := reported(t, map[string]string{"x.yaml": plain}, map[string]string{"x.yaml": after})
	for _, f := range Formats {
		for _, s := range []Style{{}, {Width: 40, Bidi: true}} {
			var out bytes.Buffer
			if err := f.Write(&out, r, s); err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(out.String(), "\x1b\u202e") {
				t.Errorf("%s lets through a command", f.Name)
			}
			if f.Name != "markdown" {
				continue
			}
			text := outsideCode(t, out.String())
			for _, markup := range []string{"@t", "#1", "GH-7", "<script", " **b", " [l", "l](", "://", "www.", " `c`", "\n# "} {
				if strings.Contains(text, markup) {
					t.Errorf("%q is left in\n%s", markup, text)
				}
			}
			if !strings.Contains(text, "@&#8203;team") {
				t.Error("the name is not told")
			}
		}
	}
}

// outsideCode takes the code out of Markdown, in which nothing is markup.
func outsideCode(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		parts := strings.Split(strings.ReplaceAll(line, "\\`", ""), "`")
		if len(parts)%2 == 0 {
			t.Errorf("code does not end in %s", line)
		}
		for i := 0; i < len(parts); i += 2 {
			b.WriteString(parts[i])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a `b*` c_":   "a `b*` c\\_",
		"a ` b":       "a \\` b",
		"a `` b":      "a (nothing) b",
		"`a``b`":      "`a` `b`",
		"`a` `b` `":   "`a` `b` \\`",
		"a & b < c":   "a &amp; b &lt; c",
		"مريض `عامل`": "مريض `عامل`",
	} {
		if got := markdown(text); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
	}
}

// TestCommentsAreNotTooLong compares a journey of which everything changed, as
// long as code hosts allow a comment to be and longer.
func TestCommentsAreNotTooLong(t *testing.T) {
	journey := func(channel string) string {
		var b strings.Builder
		b.WriteString("corridor: 1\ntitle: T\ntouchpoints:\n")
		for i := range 3000 {
			fmt.Fprintf(&b, "  t%d: {name: مريض, channel: %s, owner: nobody-%s}\n", i, channel, channel)
		}
		b.WriteString("departments: {nobody-web: {}, nobody-sms: {}}\npaths: {basic: [t1]}\n")
		return b.String()
	}
	r := reported(t, map[string]string{"x.yaml": journey("web"), "y.yaml": plain}, map[string]string{"x.yaml": journey("sms"), "y.yaml": strings.Replace(plain, "basic: [web]", "basic: [call]", 1)})
	var out bytes.Buffer
	if err := markdownFormat.Write(&out, r, Style{}); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if n := utf8.RuneCountInString(text); n >= 65_536 || n < 50_000 {
		t.Errorf("%d characters", n)
	}
	if strings.Count(text, "<details>") != strings.Count(text, "</details>") || !strings.Contains(text, "lines more") {
		t.Errorf("…%s", text[len(text)-500:])
	}
	if strings.Index(text, "Lose access") > strings.Index(text, "t1`") {
		t.Error("what is lost does not come first")
	}
}

func TestContextEndsComparing(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Compare(ctx, sideOf("a", map[string]string{"x": plain}), sideOf("b", nil)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
