package graphviz

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// testVersion is the version that all well-behaved programs of these tests have.
const testVersion = "v0.0.0-test"

// The test binary plays corridor-studio when it is started under one of these
// names; the child's environment is too bare to tell it otherwise.
var fakes = map[string]func(){
	"fake-upper":   func() { serve(testVersion, drawUpper) },
	"fake-other":   func() { serve("v9.9.9", drawUpper) },
	"fake-pid":     func() { serve(testVersion, drawPid) },
	"fake-slow":    func() { serve(testVersion, drawSlowly) },
	"fake-exits":   func() { serve(testVersion, drawFatally) },
	"fake-huge":    fakeHuge,
	"fake-damaged": fakeDamaged,
	"fake-broken":  func() { fmt.Fprintln(os.Stderr, "panic: no luck\n\ngoroutine 1 [running]:"); os.Exit(2) },
	"fake-foreign": func() { fmt.Println("Usage: another program"); time.Sleep(time.Minute) },
	"fake-silent":  func() { time.Sleep(time.Minute) },
	"fake-parent":  fakeParent,
}

func TestMain(m *testing.M) {
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	if play, ok := fakes[name]; ok {
		play()
		return
	}
	code := m.Run()
	os.RemoveAll(studioFolder)
	os.Exit(code)
}

// fake returns the path of a program that behaves as its name says.
func fake(t testing.TB, name string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), fakePath(name))
	if os.Link(self, path) == nil {
		return path
	}
	program, err := os.ReadFile(self)
	if err == nil {
		err = os.WriteFile(path, program, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// fakePath is name as the system wants it for a program.
func fakePath(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

func serve(version string, draw Draw) {
	if err := Serve(os.Stdin, os.Stdout, version, draw); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func drawUpper(request Request) ([]byte, error) {
	if string(request.DOT) == "no" {
		return nil, fmt.Errorf("this graph is refused")
	}
	return []byte(strings.ToUpper(string(request.DOT))), nil
}

// drawFatally dies as Go does where no recover helps.
func drawFatally(Request) ([]byte, error) {
	fmt.Fprintln(os.Stderr, "fatal error: stack overflow\n\ngoroutine 1 [running]:")
	os.Exit(2)
	return nil, nil
}

func drawPid(Request) ([]byte, error) { return []byte(strconv.Itoa(os.Getpid())), nil }

// drawSlowly writes its process number to the file that the DOT names, and hangs.
func drawSlowly(request Request) ([]byte, error) {
	path := string(request.DOT)
	os.WriteFile(path+".new", []byte(strconv.Itoa(os.Getpid())), 0o600)
	os.Rename(path+".new", path)
	time.Sleep(time.Minute)
	return nil, nil
}

// fakeHuge promises an answer beyond every limit.
func fakeHuge() {
	sendGreeting(os.Stdout, testVersion)
	receiveRequest(os.Stdin)
	send(os.Stdout, []byte(statusOK))
	os.Stdout.Write([]byte{0xff, 0xff, 0xff, 0xff})
	io.Copy(io.Discard, os.Stdin)
}

// fakeDamaged dies as long as its cache is damaged, as go-graphviz does.
func fakeDamaged() {
	if _, err := os.Stat(filepath.Join(os.TempDir(), libraryFolder, "damaged")); err == nil {
		panic("invalid checksum")
	}
	serve(testVersion, func(Request) ([]byte, error) { return []byte(os.TempDir()), nil })
}

// fakeParent is a corridor: program, cache folder and graph are its arguments.
func fakeParent() {
	client, err := Start(context.Background(), Options{Program: os.Args[1], Version: testVersion, CacheDir: os.Args[2]})
	if err == nil {
		_, err = client.Run(context.Background(), Request{EngineNop, FormatJSON, []byte(os.Args[3])})
	}
	fmt.Fprintln(os.Stderr, err)
}
