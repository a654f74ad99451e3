//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shown is a running corridor serve.
type shown struct {
	*exec.Cmd
	address string
	talk    bytes.Buffer
}

// serving starts corridor serve and waits for its address.
func serving(t *testing.T, flags ...string) *shown {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the programs")
	}
	work := t.TempDir()
	write(t, filepath.Join(work, "journey.corridor.yaml"), starter, 0o666)
	p := &shown{Cmd: exec.Command(filepath.Join(programs(t), "corridor"), append([]string{"serve", "journey.corridor.yaml"}, flags...)...)}
	p.Dir, p.Stderr = work, &p.talk
	p.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + work, cacheVariable(programs(t))}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { p.Process.Kill() })
	t.Cleanup(func() { late.Stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if p.address = strings.TrimSpace(line); err != nil || !strings.HasPrefix(p.address, "http://127.0.0.1:") {
		t.Fatalf("%q, %v", line, err)
	}
	return p
}

// answers tells whether the preview can be reached, and what it shows.
func (p *shown) answers(path string) (string, bool) {
	answer, err := http.Get(p.address + path)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err == nil && answer.StatusCode == http.StatusOK
}

func TestServeEndsAsTheUserWants(t *testing.T) {
	for _, sent := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sent.String(), func(t *testing.T) {
			p := serving(t)
			page, ok := p.answers("")
			if !ok || !strings.Contains(page, "/map.svg?") {
				t.Fatalf("%v: %s", ok, page)
			}
			if picture, ok := p.answers("map.svg"); !ok || !strings.HasSuffix(picture, "</svg>\n") || strings.Contains(page, "laid straight") {
				t.Errorf("the map was not routed: %.200s", picture)
			}
			if err := p.Process.Signal(sent); err != nil {
				t.Fatal(err)
			}
			begin := time.Now()
			p.Wait()
			if code := p.ProcessState.ExitCode(); code != exitClean || time.Since(begin) > 5*time.Second {
				t.Errorf("exit code %d after %v; it said %s", code, time.Since(begin), &p.talk)
			}
			if _, ok := p.answers(""); ok {
				t.Error("the preview goes on")
			}
			if talk := p.talk.String(); talk != "corridor: the page follows the files; Ctrl-C ends the preview\n" {
				t.Errorf("it said %q", talk)
			}
		})
	}
}

func TestKilledServeLeavesNoServer(t *testing.T) {
	p := serving(t, "--routing", "straight")
	p.Process.Kill()
	p.Process.Wait()
	within(t, "the server ended", func() bool { _, ok := p.answers(""); return !ok })
}

func TestServeTellsThatThePortIsTaken(t *testing.T) {
	p := serving(t, "--routing", "straight")
	port := strings.TrimSuffix(p.address[strings.LastIndex(p.address, ":")+1:], "/")
	second := exec.Command(filepath.Join(programs(t), "corridor"), "serve", "journey.corridor.yaml", "--port", port)
	second.Dir, second.Env = p.Dir, p.Env
	out, _ := second.CombinedOutput()
	if code := second.ProcessState.ExitCode(); code != exitTrouble || !strings.Contains(string(out), "choose another with --port") || strings.Contains(string(out), "corridor-studio:") {
		t.Errorf("exit code %d: %s", code, out)
	}
	p.Process.Signal(os.Interrupt)
	p.Wait()
}
