package workspace

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestIgnoreLines(t *testing.T) {
	for _, test := range []struct{ lines, ignored, kept string }{
		{"", "", "a a/b"},
		{"drafts", "drafts x/drafts drafts/", "drafts2 x/my-drafts"},
		{"drafts/", "drafts/ x/drafts/", "drafts x/drafts"},
		{"/drafts", "drafts drafts/", "x/drafts"},
		{"old/drafts", "old/drafts", "x/old/drafts drafts"},
		{"*.yaml", "a.yaml x/a.yaml .yaml", "a.yml a.yaml.x"},
		{"a*b*c", "abc a1b2c x/aXbYc abcbc", "ab ac abcd"},
		{"x/*", "x/a x/b/", "x/a/b a"},
		{"x/*/a", "x/1/a", "x/a x/1/2/a"},
		{"x/**", "x/a x/a/b", "x y/x/a"},
		{"**/a", "a x/a x/y/a", "ba x/ba"},
		{"x/**/a", "x/a x/y/a x/y/z/a", "a y/x/a"},
		{"a/**/b/**/c", "a/b/c a/x/b/y/z/c a/b/b/c", "a/c b/c"},
		{"**/a?/b*", "a1/b x/a1/bb", "a/b a1/x/b"},
		{"a?c", "abc", "ac a/c abbc"},
		{"[a-c]x", "ax cx", "dx x"},
		{"[!a-c]x", "dx", "ax bx"},
		{"[^a]x", "bx", "ax"},
		{"[]-]x", "]x -x", "ax"},
		{"[[:digit:]_]x", "1x _x", "ax"},
		{"[[:nosuch:]]x", "", "1x ax"},
		{`a\*b`, "a*b", "axb"},
		{`\#a`, "#a", "a"},
		{`\!a`, "!a", "a"},
		{"#a", "", "a #a"},
		{"*\n!a", "b x/b", "a x/a"},
		{"!a\n*", "a b", ""},
		{"a \nb  ", "a b", "c"},
		{"a\r\nb\r\n", "a b", "c"},
		{"\xef\xbb\xbfa\nb", "a b", ""},
		{"a[\n[]\nb\\", "", "a a[ b [] b\\"},
		{"مسودة/\nپیش‌نویس*", "مسودة/ x/مسودة/ پیش‌نویس-۱", "مسودة نویس"},
		{"[a-\n[a-\\\n[[:digit\n[[:]x\n[[::]]x\n[a[:digit]x", "[x ax", "1x b"},
		{"/\n!\n//\n\n \n", "", "a a/b"},
	} {
		rules := &ignoreRules{base: ".", patterns: parseIgnore([]byte(test.lines))}
		for _, path := range strings.Fields(test.ignored) {
			if p, folder := strings.CutSuffix(path, "/"); !rules.match(p, folder) {
				t.Errorf("%q does not ignore %s", test.lines, path)
			}
		}
		for _, path := range strings.Fields(test.kept) {
			if p, folder := strings.CutSuffix(path, "/"); rules.match(p, folder) {
				t.Errorf("%q ignores %s", test.lines, path)
			}
		}
	}
}

func TestTrimSpaces(t *testing.T) {
	for line, want := range map[string]string{"": "", "  ": "", "a ": "a", " a b  ": " a b", `a\ `: `a\ `, `a\  `: `a\ `, `a\\ `: `a\\`, `a \`: `a \`, "a\t ": "a\t"} {
		if got := trimSpaces(line); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}

// TestIgnoreAsGit compares what Find finds with what git would add, in one
// repository of many folders, each with an ignore file of its own.
func TestIgnoreAsGit(t *testing.T) {
	root := t.TempDir()
	git(t, root, "init", "-q")
	write(t, root, ".gitignore", "*.bak.corridor.yaml\n/case-0/\n!/case-3/keep\ncase-4/b/**\n")
	write(t, root, ".git/info/exclude", "excluded.corridor.yaml\n")
	random := rand.New(rand.NewSource(1))
	for i, lines := range ignoreFiles(random) {
		dir := fmt.Sprintf("case-%d/", i)
		write(t, root, dir+".gitignore", lines)
		for _, name := range []string{"a", "b", "ab", "a b", "a ", "#a", "!a", "a*", "a[", "a]", "[a]", `a\`, "-", "é", "آ", "A", "1", "x.bak", "excluded"} {
			write(t, root, dir+name+".corridor.yaml", "")
		}
		for _, folder := range []string{"a", "b", "ab", "a/b", "a/a/b", "b/a", "b/ab/a", "x/a", "x/b/a", "é/a"} {
			write(t, root, dir+folder+"/a.corridor.yaml", "")
			write(t, root, dir+folder+"/ab.corridor.yaml", "")
			write(t, root, dir+folder+"/a.corridor.yaml.d/a.corridor.yaml", "")
		}
		if i%3 == 0 {
			write(t, root, dir+"a/.gitignore", "!*\nb\n")
			write(t, root, dir+"x/.gitignore", "!a.corridor.yaml\n!/b/\n/b/a/*\n")
		}
	}
	var want []string
	for _, path := range strings.Split(git(t, root, "ls-files", "-co", "--exclude-standard", "-z"), "\x00") {
		if strings.HasSuffix(path, ".yaml") {
			want = append(want, path)
		}
	}
	slices.Sort(want)
	got, problems, err := Find(t.Context(), open(t, root), ".", FindOptions{})
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	t.Logf("%d files found", len(got))
	for _, path := range difference(want, got) {
		t.Errorf("git takes %q, Find does not; its folder ignores %q", path, ignoreFileOf(root, path))
	}
	for _, path := range difference(got, want) {
		t.Errorf("git ignores %q, Find does not; its folder ignores %q", path, ignoreFileOf(root, path))
	}
}

func difference(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool {
		_, found := slices.BinarySearch(b, s)
		return found
	})
}

func ignoreFileOf(root, path string) string {
	dir, _, _ := strings.Cut(path, "/")
	text, _ := os.ReadFile(filepath.Join(root, dir, ".gitignore"))
	return string(text)
}

// ignoreFiles returns ignore files: nasty ones, and random ones from pieces
// in which the wildcards stand side by side.
func ignoreFiles(random *rand.Rand) []string {
	files := []string{
		"", "a", "*\n!a\n!a/\n!*.yaml", "a/*\n!a/b/", "/*\n!/b\n/b/*\n!/b/a", "**", "**/", "/**", "/**/a/**", "a/**/b", "**/b/**\n!**/b/a.corridor.yaml",
		"a**/b", "a/**b", "x/b**a/*", "a**", "**a", "***", "a/***/b", "?/**/b", "?/b**/*", "**\\/a", "x/**\\/a", "*/*", "*/*/*", "[a-b]/", "[!a]*", "[^/]*/b", "a[/]b", "a[.-0]b",
		"é*", "?.corridor.yaml", "??.corridor.yaml", "[é].corridor.yaml", "[[:alpha:]].corridor.yaml", "[[:upper:][:digit:]]*", "[[:punct:]]*", "[[:space:]]*", "[[:blank:]", "a[[:space:]]*", "[[:x:]]*", "[a-]*", "[-a]*", "[]a]*", "[!]a]*", "[b-a]*", "[\\]]*", "[\\!]*", "a\\", "a\\ ", "a \\ .corridor.yaml", "a\\[*", "a\\*.corridor.yaml",
		"\\#a*", "\\!a*", "#a*", "!a*\na*", "a.corridor.yaml   ", "a.corridor.yaml \t", "a.corridor.yaml\r\nb.corridor.yaml\r", "\xef\xbb\xbfa.corridor.yaml", "a.corridor.yaml\x00junk\nb*", "/", "//", "//a", "a//b", "./a", "a/.", "a/", "a//", "/a/", "/a/b/", "!", "!!a", "*.corridor.yaml.d", "*.d/", "!*.d/\na*", "A.corridor.yaml", "**/*/", "a/**/", "a/**/*/", "x/b/a/..", "a*a.corridor.yaml", "*a*b*", "*/a*/*.yaml",
	}
	pieces := []string{"a", "b", "ab", "x", "*", "*", "**", "/", "/", "/**/", "?", "[ab]", "[!b]", "\\a", ".corridor.yaml", ".yaml", "é", " ", "!", "[a-", "]", "\\", "**/", "/*"}
	for range 100 {
		var lines strings.Builder
		for range 1 + random.Intn(4) {
			if random.Intn(3) == 0 {
				lines.WriteByte('!')
			}
			for range 1 + random.Intn(6) {
				lines.WriteString(pieces[random.Intn(len(pieces))])
			}
			lines.WriteByte('\n')
		}
		files = append(files, lines.String())
	}
	return files
}

// git runs git without the settings of whoever runs the test.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed, so there is nothing to compare with")
	}
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "HOME="+dir, "XDG_CONFIG_HOME="+dir, "GIT_DIR="+filepath.Join(dir, ".git"))
	var errors bytes.Buffer
	command.Stderr = &errors
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git %s: %v: %s", args, err, errors.String())
	}
	return string(out)
}

// write makes a file, with the folders that it is in.
func write(t testing.TB, root, path, text string) {
	t.Helper()
	path = filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// open returns a folder as commands hand it in.
func open(t testing.TB, dir string) fs.FS {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS()
}

func TestIgnoreIsQuickOnHostileLines(t *testing.T) {
	name := strings.Repeat("a/", 200) + strings.Repeat("a", 2000)
	start := time.Now()
	for _, line := range []string{"[" + strings.Repeat("[:x", 1<<20) + "]", "?" + strings.Repeat("a", 1<<20), "[" + strings.Repeat("[:x", 1000) + "]",
		strings.Repeat("*a", 500) + "b", "/" + strings.Repeat("**/a", 100) + "b", strings.Repeat("**/*a*", 100) + "b"} {
		if (&ignoreRules{base: ".", patterns: parseIgnore([]byte(line))}).match(name, false) {
			t.Errorf("%.20q… matches", line)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzIgnore(f *testing.F) {
	f.Add([]byte("*.bak\n!/a/**/b[a-c]\\ \n[[:alpha:]]?/"), "a/b.bak", true)
	f.Add([]byte("a**/b\n[!]]\n\\"), "a/x/b", false)
	f.Fuzz(func(t *testing.T, lines []byte, path string, folder bool) {
		if !fs.ValidPath(path) || path == "." {
			return
		}
		rules := &ignoreRules{base: ".", patterns: parseIgnore(lines)}
		ignored := rules.match(path, folder)
		if last := append(slices.Clone(lines), "\n**"...); !(&ignoreRules{base: ".", patterns: parseIgnore(last)}).match(path, folder) {
			t.Error("`**` at the end does not ignore all")
		}
		if again := (&ignoreRules{outer: rules, base: ".", patterns: nil}).match(path, folder); again != ignored {
			t.Error("rules that say nothing change what those around them say")
		}
	})
}
