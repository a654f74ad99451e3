package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
)

// update has the name of pkg/internal/golden's flag, which only pkg may import.
var update = flag.Bool("update", false, "rewrite the expected outputs in testdata and examples")

// The programs are built once, when the first test asks for them, and removed
// at the end.
var built struct {
	once   sync.Once
	folder string
	err    error
}

// cleanly removes what the tests built.
type cleanly struct{ *testing.M }

func (m cleanly) Run() int {
	defer func() { os.RemoveAll(built.folder) }()
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(cleanly{m}, map[string]func(){"corridor": main})
}

// programs returns a folder with corridor and corridor-studio, and with the
// cache that the latter fills when it starts for the first time.
func programs(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.folder, built.err = os.MkdirTemp("", "corridor-programs-"); built.err != nil {
			return
		}
		out, err := exec.Command("go", "build", "-buildvcs=false", "-o", built.folder+"/", "../...").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%v\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.folder
}

func cacheVariable(folder string) string { return "XDG_CACHE_HOME=" + filepath.Join(folder, "cache") }

// TestScripts runs testdata/script. Beside what testscript has itself, the
// scripts know the commands below. With -update, `cmp stdout want` accepts what
// is there.
func TestScripts(t *testing.T) {
	folder := programs(t)
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, cacheVariable(folder), "STUDIO="+folder)
			only, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Setenv("ONLY", only) // where corridor is, and nothing else
			env.Setenv("PATH", env.Getenv("PATH")+string(os.PathListSeparator)+folder)
			// The scripts see a workspace of their own, whatever stands above.
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o777)
		},
		Condition: func(condition string) (bool, error) {
			if condition == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("there is no condition %q", condition)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "bytes": writeBytes, "utf16": writeUTF16, "crlf": writeCRLF, "mkfifo": makePipe,
			"clean": clean, "holds": holds, "repeat": repeat, "same": same, "expand": expand,
			"evil-names": evilNames, "exits-evil": exitsEvil, "many-files": manyFiles,
		},
	})
}

// exits CODE COMMAND … runs a command that must end with that exit code, and
// never with a stack trace.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("a stack trace")
	}
}

// bytes FILE TEXT writes the text of a Go string, without its quotes.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// utf16 le|be FROM TO writes a file as UTF-16, with a byte order mark.
func writeUTF16(ts *testscript.TestScript, _ bool, args []string) {
	var out bytes.Buffer
	for _, u := range utf16.Encode([]rune("\uFEFF" + ts.ReadFile(args[1]))) {
		if args[0] == "be" {
			out.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			out.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out.Bytes(), 0o666))
}

// crlf FROM TO writes a file with the line ends of Windows.
func writeCRLF(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")), 0o666))
}

// clean OUTPUT … checks that an output holds nothing that a terminal or a
// viewer acts on: no control character but the line break, no direction.
func clean(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if at, bad := control(ts.ReadFile(name)); bad {
			ts.Fatalf("%s has %q", name, at)
		}
	}
}

// control returns the first character that must not get out, with what stands
// before it.
func control(text string) (string, bool) {
	for i, r := range text {
		acts := unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029
		if _, size := utf8.DecodeRuneInString(text[i:]); acts || r == utf8.RuneError && size == 1 {
			return text[max(0, i-40) : i+size], true
		}
	}
	return "", false
}

// holds FOLDER NAME … checks that a folder holds just these.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := slices.Sorted(slices.Values(args[1:]))
	slices.Sort(names)
	if !slices.Equal(names, want) {
		ts.Fatalf("%s holds %q, want %q", args[0], names, want)
	}
}

// repeat FILE TIMES TEXT writes a text many times over; `%d` in it is the
// number of the time.
func repeat(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	ts.Check(err)
	defer f.Close()
	var out bytes.Buffer
	for i := range times {
		out.WriteString(strings.ReplaceAll(text, "%d", strconv.Itoa(i)))
	}
	_, err = f.Write(out.Bytes())
	ts.Check(err)
}

// same N COMMAND … runs a command N times more and checks that it writes the
// same bytes as the command before it.
func same(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[0])
	ts.Check(err)
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	for range times {
		_ = ts.Exec(args[1], args[2:]...) // its code is that of the command before
		if ts.ReadFile("stdout") != stdout || ts.ReadFile("stderr") != stderr {
			ts.Fatalf("another output at another run")
		}
	}
}

// evil is a name that moves the cursor, rings, and turns the direction.
const evil = "\x1b[2J\a\u202e\u009b\r::error::"

// evil-names FOLDER writes corridors with such names, one of them with a
// finding.
func evilNames(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.MkdirAll(ts.MkAbs(filepath.Join(args[0], evil)), 0o777))
	for _, name := range []string{evil, filepath.Join(evil, "\n"+evil)} {
		ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[0], name+".corridor.yaml")), []byte("corridor: 1\n"), 0o666))
	}
	ts.Check(os.Symlink("nowhere", ts.MkAbs(filepath.Join(args[0], "link"+evil+".corridor.yaml"))))
}

// many-files FOLDER writes sixty corridors with findings, in several folders
// and not in their order.
func manyFiles(ts *testscript.TestScript, _ bool, args []string) {
	for i := range 20 {
		for _, name := range []string{"c/x%d", "a/x%d", "b/%d/x"} {
			file := ts.MkAbs(filepath.Join(args[0], fmt.Sprintf(name, 19-i)+".corridor.yaml"))
			ts.Check(os.MkdirAll(filepath.Dir(file), 0o777))
			ts.Check(os.WriteFile(file, []byte("corridor: 1\nfirst: x\nsecond: y\ntouchpoints: {call: phonee}\npaths: {basic: [cal]}\n"), 0o666))
		}
	}
}

// exits-evil CODE COMMAND … runs a command with such a name behind it, whose
// outputs must be clean.
func exitsEvil(ts *testscript.TestScript, _ bool, args []string) {
	exits(ts, false, append(args, evil+"["))
	clean(ts, false, []string{"stdout", "stderr"})
}

// expand FILE replaces the variables in a file.
func expand(ts *testscript.TestScript, _ bool, args []string) {
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

func makePipe(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(namedPipe(ts.MkAbs(args[0])))
}

// exists tells whether there is something of that name.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

func write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
