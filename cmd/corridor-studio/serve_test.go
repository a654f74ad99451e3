package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/cmd/internal/preview"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/version"
)

const visit = "corridor: 1\ntitle: A visit\nimports: [things/library.corridor.yaml]\ncustomers: {someone: {}}\nneeds: {help: {}}\npaths: {basic: [call, come]}\n"
const imported = "corridor: 1\ntitle: Things\ntouchpoints: {call: {name: First call, channel: phone}, come: visit}\n"

// served serves a folder and returns the address of its page.
func served(t *testing.T, o preview.Order) (address string) {
	t.Helper()
	t.Chdir(t.TempDir())
	must(t, os.MkdirAll(".git", 0o777))
	must(t, os.Mkdir("things", 0o777))
	must(t, os.WriteFile("visit.corridor.yaml", []byte(visit), 0o666))
	must(t, os.WriteFile("things/library.corridor.yaml", []byte(imported), 0o666))
	o.Version, o.Straight, o.Limit = version.String(), true, time.Minute
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- runServe(ctx, o, in, io.Discard) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("it ends with %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	return strings.TrimSpace(line)
}

// get returns a page of the server.
func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return string(body)
}

// told waits for a change and returns the page after it.
func told(t *testing.T, address string, change func()) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, "GET", address+"events", nil)
	must(t, err)
	answer, err := http.DefaultClient.Do(r)
	must(t, err)
	defer answer.Body.Close()
	lines, versions := bufio.NewScanner(answer.Body), 0
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "data: ") {
			continue
		}
		if versions++; versions == 2 {
			return get(t, address)
		}
		change()
	}
	t.Fatal("nobody was told of the change: ", lines.Err())
	return ""
}

func save(t *testing.T, name, text string) func() {
	return func() { must(t, os.WriteFile(name, []byte(text), 0o666)) }
}

func TestServeFollowsAllThatCounts(t *testing.T) {
	for _, poll := range []bool{false, true} {
		t.Run(map[bool]string{false: "told", true: "polled"}[poll], func(t *testing.T) {
			address := served(t, preview.Order{Names: []string{"visit.corridor.yaml"}, Single: "visit.corridor.yaml", Poll: poll})
			for _, c := range []struct {
				change    func()
				is, isNot string
			}{
				{func() {}, "First call", "Since"},
				{save(t, "visit.corridor.yaml", strings.Replace(visit, "A visit", "Another visit", 1)), "Another visit", "A visit"},
				{save(t, "things/library.corridor.yaml", strings.Replace(imported, "First", "Second", 1)), "Second call", "First call"},
				{save(t, ".corridor.yaml", "rules: {customer-goes-nowhere: off}\n"), "cannot be followed", "<b>100%</b> <"},
				{save(t, ".corridor.yaml", "rules: {care: off}\n"), "Second call", "cannot be followed"},
				{save(t, "visit.corridor.yaml", strings.Replace(visit, "call, come", "cal, come", 1)), "the file has errors", "no such file"},
				{func() { must(t, os.Remove("visit.corridor.yaml")) }, "the file is not there", "has errors"},
				{save(t, "visit.corridor.yaml", visit), "A visit", "Since"},
			} {
				page := get(t, address)
				if c.is != "First call" {
					page = told(t, address, c.change)
				}
				if !strings.Contains(page, c.is) || strings.Contains(page, c.isNot) {
					t.Fatalf("the page must have %q, and not %q:\n%s", c.is, c.isNot, page)
				}
			}
		})
	}
}

func TestServeFindsNewJourneys(t *testing.T) {
	address := served(t, preview.Order{Names: []string{"."}})
	page := told(t, address, save(t, "new.corridor.yaml", "corridor: 1\ntitle: A new one\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n"))
	if !strings.Contains(page, "A new one") || !strings.Contains(page, "A visit") {
		t.Error(page)
	}
}

func TestServeStaysInTheWorkspace(t *testing.T) {
	outside := t.TempDir() + "/secret.corridor.yaml"
	must(t, os.WriteFile(outside, []byte("corridor: 1\ntitle: A secret\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n"), 0o666))
	address := served(t, preview.Order{Names: []string{"."}})
	if err := os.Symlink(outside, "link.corridor.yaml"); err != nil {
		t.Skip(err)
	}
	save(t, "import.corridor.yaml", strings.Replace(visit, "things/library.corridor.yaml", "../../"+outside, 1))()
	told(t, address, save(t, "last.corridor.yaml", visit))
	for _, file := range []string{"", "link.corridor.yaml", "import.corridor.yaml", outside, "../secret.corridor.yaml"} {
		if page := get(t, address+"?file="+url.QueryEscape(file)); strings.Contains(page, "A secret") {
			t.Errorf("%s leads out:\n%s", file, page)
		}
	}
}

func TestServeRefusesOtherVersions(t *testing.T) {
	err := runServe(t.Context(), preview.Order{Version: "v0.0.0"}, io.Discard, io.Discard)
	var other *graphviz.VersionError
	if !errors.As(err, &other) || !strings.Contains(err.Error(), "v0.0.0") {
		t.Error(err)
	}
}

func TestServeSaysThatThePortIsTaken(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	err = runServe(t.Context(), preview.Order{Version: version.String(), Port: l.Addr().(*net.TCPAddr).Port}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "choose another with --port") {
		t.Error(err)
	}
}

func TestServeWantsAnOrder(t *testing.T) {
	root := rootCommand()
	root.SetArgs([]string{"serve"})
	root.SetIn(strings.NewReader(""))
	root.SetOut(new(bytes.Buffer))
	if err := root.Execute(); err == nil || !strings.Contains(err.Error(), "corridor serve") {
		t.Error(err)
	}
}
