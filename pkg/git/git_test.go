package git

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// repo is a repository to test with.
type repo struct {
	*testing.T
	dir string
}

func newRepo(t *testing.T) repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git on this machine, which these tests run")
	}
	for _, name := range located {
		if value, ok := os.LookupEnv(name); ok {
			t.Setenv(name, value) // brings it back at the end
			os.Unsetenv(name)
		}
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	r := repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

// git runs git in the repository and returns its first line.
func (r repo) git(args ...string) string {
	r.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"}, args...)...)
	c.Dir = r.dir
	out, err := c.CombinedOutput()
	if err != nil {
		r.Fatalf("git %q: %v\n%s", args, err, out)
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return line
}

// commit writes files, each a name and its content, and commits all.
func (r repo) commit(files ...string) string {
	r.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(r.dir, filepath.FromSlash(files[i]))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(files[i+1]), 0o666)); err != nil {
			r.Fatal(err)
		}
	}
	r.git("add", "-A")
	r.git("commit", "-q", "--allow-empty", "-m", "x")
	return r.git("rev-parse", "HEAD")
}

func open(t *testing.T, dir, ref string) *Tree {
	t.Helper()
	tree, err := Open(context.Background(), dir, ref)
	if err != nil {
		t.Fatalf("%s in %s: %v", ref, dir, err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

func content(t *testing.T, tree fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(tree, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The names that files have in earnest.
var names = []string{"a.yaml", "مواعيد/طبيب.corridor.yaml", "نوبت/دندان‌پزشک.yaml", "with space/x y.yaml", "deep/er/est/x", "-dash", "quote\"'`", "empty"}

func TestFilesOfACommit(t *testing.T) {
	r := newRepo(t)
	all := names
	if runtime.GOOS != "windows" {
		all = append(slices.Clone(names), "line\nbreak/a\nb.yaml", "tab\there")
	}
	var files []string
	for _, name := range all {
		files = append(files, name, "content of "+name)
	}
	files[2*slices.Index(all, "empty")+1] = ""
	r.commit(files...)
	r.commit("a.yaml", "newer", "later", "x")

	tree := open(t, r.dir, "HEAD~1")
	if err := fstest.TestFS(tree, all...); err != nil {
		t.Error(err)
	}
	for i, name := range all {
		if got := content(t, tree, name); got != files[2*i+1] {
			t.Errorf("%q holds %q", name, got)
		}
	}
	if _, err := tree.Stat("later"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a later file: %v", err)
	}
	if newer := open(t, r.dir, "main"); content(t, newer, "a.yaml") != "newer" {
		t.Error("the newest commit has the old content")
	}
}

func TestNothingIsTouched(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "1", "b", "2", ".gitattributes", "* filter=cry diff=cry")
	r.git("config", "filter.cry.smudge", "touch cried")
	r.git("config", "diff.cry.textconv", "touch cried")
	r.git("config", "core.fsmonitor", "touch cried")
	if err := os.WriteFile(filepath.Join(r.dir, "a"), []byte("dirty"), 0o666); err != nil {
		t.Fatal(err)
	}
	before := everything(t, r.dir)
	tree := open(t, r.dir, "HEAD")
	if got := content(t, tree, "a"); got != "1" {
		t.Errorf("a holds %q", got)
	}
	if _, err := MergeBase(context.Background(), r.dir, "main"); err != nil {
		t.Error(err)
	}
	if after := everything(t, r.dir); after != before {
		t.Errorf("the folder has changed\n%s\n%s", before, after)
	}
}

// everything lists a folder with sizes and times.
func everything(t *testing.T, dir string) string {
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && !e.IsDir() {
			b.WriteString(name + " " + info.ModTime().String() + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFolders(t *testing.T) {
	r := newRepo(t)
	r.commit("مسیر/sub/x", "1")
	bare := filepath.Join(t.TempDir(), "bare.git")
	r.git("clone", "-q", "--bare", ".", bare)
	beside := filepath.Join(t.TempDir(), "beside")
	r.git("worktree", "add", "-q", "--detach", beside)
	top, err := filepath.EvalSymlinks(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ dir, prefix, top string }{
		{r.dir, ".", top},
		{filepath.Join(r.dir, "مسیر", "sub"), "مسیر/sub", top},
		{filepath.Join(beside, "مسیر"), "مسیر", beside},
		{bare, ".", ""},
		{filepath.Join(r.dir, ".git"), ".", ""},
	} {
		tree := open(t, c.dir, "main")
		if tree.Prefix != c.prefix || content(t, tree, "مسیر/sub/x") != "1" {
			t.Errorf("%s: prefix %q", c.dir, tree.Prefix)
		}
		if got := tree.Top; got != c.top && !sameFile(got, c.top) {
			t.Errorf("%s: top %q, not %q", c.dir, got, c.top)
		}
	}
}

func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// TestInAHook sets what git sets for hooks: the folder's own repository counts,
// and the variable only where the folder has none.
func TestInAHook(t *testing.T) {
	r := newRepo(t)
	r.commit("here", "1", "sub/x", "2")
	t.Chdir(r.dir)
	t.Setenv("GIT_DIR", ".git")
	if tree := open(t, filepath.Join(r.dir, "sub"), "HEAD"); tree.Prefix != "sub" {
		t.Errorf("the prefix is %q", tree.Prefix)
	}
	elsewhere := t.TempDir()
	if tree := open(t, elsewhere, "HEAD"); content(t, tree, "here") != "1" {
		t.Error("GIT_DIR says nothing where there is no repository")
	}
}

func TestLinksAndSubmodules(t *testing.T) {
	r := newRepo(t)
	r.commit("file", "1")
	if err := os.Symlink("../../etc/passwd", filepath.Join(r.dir, "link")); err != nil {
		t.Skip("this file system has no links: ", err)
	}
	r.git("add", "link")
	r.git("update-index", "--add", "--cacheinfo", "160000,"+r.git("rev-parse", "HEAD")+",module")
	r.git("commit", "-q", "-m", "x")
	tree := open(t, r.dir, "HEAD")
	for _, op := range []func() error{
		func() error { _, err := tree.Open("link"); return err },
		func() error { _, err := tree.Stat("link"); return err },
		func() error { _, err := fs.ReadFile(tree, "link"); return err },
	} {
		if err := op(); !errors.Is(err, errLink) {
			t.Errorf("a link: %v", err)
		}
	}
	if target, err := tree.ReadLink("link"); target != "../../etc/passwd" || err != nil {
		t.Errorf("the link leads to %q: %v", target, err)
	}
	entries, err := tree.ReadDir("module")
	if err != nil || len(entries) > 0 {
		t.Errorf("the submodule has %v: %v", entries, err)
	}
	entries, _ = tree.ReadDir(".")
	var kinds []string
	for _, e := range entries {
		kinds = append(kinds, e.Name()+" "+e.Type().String())
	}
	if want := []string{"file ----------", "link L---------", "module d---------"}; !slices.Equal(kinds, want) {
		t.Errorf("%q", kinds)
	}
}

func TestReferences(t *testing.T) {
	r := newRepo(t)
	first := r.commit("a", "1")
	r.git("tag", "-a", "-m", "x", "v1")
	r.git("update-ref", "refs/heads/-q", "HEAD")
	r.git("branch", "الفرع")
	r.commit("a", "2")
	for _, ref := range []string{first, first[:8], "v1", "HEAD~1", "-q", "الفرع", "main^", "HEAD^{/x}~1"} {
		if tree := open(t, r.dir, ref); tree.Commit != first || content(t, tree, "a") != "1" {
			t.Errorf("%s is %s", ref, tree.Commit)
		}
	}
	for _, ref := range []string{"", "mian", "--all", "main..v1", "main:a", "a\x00b", "a\nb", "HEAD~9", strings.Repeat("x", 5000), "v1^{tree}", "--output=x"} {
		_, err := Open(context.Background(), r.dir, ref)
		var unknown *RefError
		if !errors.As(err, &unknown) || unknown.Ref != ref {
			t.Errorf("%.20q: %v", ref, err)
		}
	}
	if exists(filepath.Join(r.dir, "x")) {
		t.Error("a reference was taken for an option")
	}
	_, err := Open(context.Background(), r.dir, "mian")
	if got := err.(*RefError).Known; !slices.Equal(got, []string{"-q", "main", "الفرع", "v1"}) {
		t.Errorf("known are %q", got)
	}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func TestLargeFiles(t *testing.T) {
	r := newRepo(t)
	large := strings.Repeat("0123456789abcdef", wholeAtOnce/16+100)
	r.commit("large", large, "small", "1")
	tree := open(t, r.dir, "HEAD")
	f, err := tree.Open("large")
	if err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 16)
	if _, err := io.ReadFull(f, head); err != nil || string(head) != large[:16] {
		t.Errorf("%q %v", head, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if content(t, tree, "small") != "1" || content(t, tree, "large") != large {
		t.Error("the contents are others")
	}
}

func TestManyReadersAtOnce(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "content of a", "b", "content of b")
	tree := open(t, r.dir, "HEAD")
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			name := []string{"a", "b"}[i%2]
			if data, err := fs.ReadFile(tree, name); string(data) != "content of "+name || err != nil {
				t.Errorf("%s holds %q: %v", name, data, err)
			}
		})
	}
	all.Wait()
	if err := errors.Join(tree.Close(), tree.Close()); err != nil {
		t.Error(err)
	}
}

func TestMergeBase(t *testing.T) {
	r := newRepo(t)
	base := r.commit("a", "1")
	r.git("checkout", "-q", "-b", "work")
	r.commit("a", "2")
	r.git("checkout", "-q", "main")
	r.commit("b", "1")
	r.git("checkout", "-q", "work")
	if got, err := MergeBase(context.Background(), r.dir, "main"); got != base || err != nil {
		t.Errorf("%s %v, want %s", got, err, base)
	}
	r.git("checkout", "-q", "--orphan", "alone")
	r.commit("c", "1")
	if _, err := MergeBase(context.Background(), r.dir, "main"); err == nil || !strings.Contains(err.Error(), "no commit in common") {
		t.Error(err)
	}
	if _, err := MergeBase(context.Background(), r.dir, "mian"); !errors.As(err, new(*RefError)) {
		t.Error(err)
	}
}

func TestShallowClone(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "1")
	r.git("checkout", "-q", "-b", "work")
	r.commit("a", "2")
	r.commit("a", "3")
	shallow := repo{t, filepath.Join(t.TempDir(), "shallow")}
	r.git("clone", "-q", "--depth", "1", "file://"+filepath.ToSlash(r.dir), shallow.dir)
	_, err := Open(context.Background(), shallow.dir, "HEAD~1")
	var unknown *RefError
	if !errors.As(err, &unknown) || !strings.Contains(unknown.Next(""), "fetch-depth: 0") {
		t.Errorf("%v", err)
	}
	r.git("clone", "-q", "--single-branch", "file://"+filepath.ToSlash(r.dir), filepath.Join(shallow.dir, "remote"))
	shallow.git("fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
	_, err = MergeBase(context.Background(), shallow.dir, "origin/main")
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Next, "fetch-depth: 0") {
		t.Errorf("%v", err)
	}
	_, err = Open(context.Background(), shallow.dir, "main")
	if !errors.As(err, &unknown) || !strings.Contains(unknown.Next(""), `There is "origin/main"`) {
		t.Errorf("%v", err)
	}
}

// TestPartialClone reads a clone without contents, whose server is there: that
// nothing is fetched shows in that the content is still missing.
func TestPartialClone(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "1")
	r.git("config", "uploadpack.allowFilter", "true")
	r.git("config", "uploadpack.allowAnySHA1InWant", "true")
	partial := filepath.Join(t.TempDir(), "partial")
	r.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://"+filepath.ToSlash(r.dir), partial)
	tree, err := Open(context.Background(), partial, "HEAD")
	if err == nil {
		defer tree.Close()
		_, err = tree.ReadDir(".")
		if err != nil {
			t.Error(err)
		}
		_, err = fs.ReadFile(tree, "a")
	}
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Message, "partial clone") || e.Next == "" {
		t.Errorf("%v", err)
	}
}

func TestNoRepository(t *testing.T) {
	newRepo(t)
	var e *Error
	_, err := Open(context.Background(), t.TempDir(), "HEAD")
	if !errors.As(err, &e) || !strings.Contains(e.Message, "in no git repository") || e.Next == "" {
		t.Errorf("%v", err)
	}
	_, err = Open(context.Background(), filepath.Join(t.TempDir(), "gone"), "HEAD")
	if !errors.As(err, &e) {
		t.Errorf("%v", err)
	}
	empty := newRepo(t)
	if _, err = Open(context.Background(), empty.dir, "HEAD"); !errors.As(err, new(*RefError)) {
		t.Errorf("a repository without a commit: %v", err)
	}
	if _, err = MergeBase(context.Background(), empty.dir, "HEAD"); !errors.As(err, new(*RefError)) {
		t.Errorf("a repository without a commit: %v", err)
	}
}

func TestSomebodyElsesRepository(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "1")
	t.Setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1") // git's own switch for its tests
	var e *Error
	_, err := Open(context.Background(), r.dir, "HEAD")
	if !errors.As(err, &e) || !strings.Contains(e.Message, "belongs to another user") || !strings.Contains(e.Next, "safe.directory "+r.dir) {
		t.Errorf("%v", err)
	}
}

func TestNoGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var e *Error
	_, err := Open(context.Background(), t.TempDir(), "HEAD")
	if !errors.As(err, &e) || !strings.Contains(e.Message, "git was not found") || e.Next == "" {
		t.Errorf("%v", err)
	}
}

func TestContextEndsReading(t *testing.T) {
	r := newRepo(t)
	r.commit("a", "1")
	ctx, stop := context.WithCancel(context.Background())
	tree, err := Open(ctx, r.dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got := content(t, tree, "a"); got != "1" {
		t.Error(got)
	}
	stop()
	if _, err := tree.blobs.read(tree.Commit); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := Open(ctx, r.dir, "HEAD"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestForgedTrees parses names that no honest commit has.
func TestForgedTrees(t *testing.T) {
	line := func(name string) string { return "100644 blob 1111 1\t" + name + "\x00" }
	all := parseTree(line("../x") + line("/etc/passwd") + line("a//b") + line("a/./b") + line("") + line("..") + line(".") +
		line("ok") + line("ok/below") + line("ok") + line("dir/x") + line("dir") + "nonsense\x00" + "100644 blob 1 x\tunknown\x00")
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{".", "dir", "dir/x", "ok", "unknown"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	if len(all["."].children) != 3 || all["ok"].IsDir() || all["unknown"].size != -1 {
		t.Error("the folders are others")
	}
}
