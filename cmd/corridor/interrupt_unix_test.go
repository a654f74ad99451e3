//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterruptLeavesNothing interrupts a drawing while corridor-studio is
// busy, before and after it has come up.
func TestInterruptLeavesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the programs")
	}
	studio := filepath.Join(programs(t), "corridor-studio")
	for name, script := range map[string]string{
		// Neither does it greet, nor does it end with its standard input.
		"starting": "sleep 60 & echo $! >>\"$here/pids\"\nwait\n",
		// The request never reaches it.
		"drawing": "sleep 60 | '" + studio + "' \"$@\"\n",
	} {
		for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(name+" "+sent.String(), func(t *testing.T) { interrupt(t, script, sent) })
		}
	}
}

func interrupt(t *testing.T, script string, sent syscall.Signal) {
	folder, work := t.TempDir(), t.TempDir()
	pids := filepath.Join(folder, "pids")
	script = "#!/bin/sh\nhere=${0%/*}\necho $$ >>\"$here/pids\"\n" + script
	write(t, filepath.Join(folder, "corridor-studio"), script, 0o755)
	write(t, filepath.Join(work, "journey.corridor.yaml"), starter, 0o666)
	write(t, filepath.Join(work, "map.svg"), "the old map", 0o666)
	if err := os.Link(filepath.Join(programs(t), "corridor"), filepath.Join(folder, "corridor")); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(filepath.Join(folder, "corridor"), "render", "journey.corridor.yaml", "-o", "map.svg")
	c.Dir = work
	c.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + folder, "TMPDIR=" + work, cacheVariable(programs(t))}
	var out, talk bytes.Buffer
	c.Stdout, c.Stderr = &out, &talk
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(30*time.Second, func() { c.Process.Kill() })
	defer late.Stop()
	within(t, "the stand-in started", func() bool { return exists(pids) })
	time.Sleep(300 * time.Millisecond) // until corridor waits for it
	if err := c.Process.Signal(sent); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	c.Wait()
	if code := c.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, want 130 (%s)", code, c.ProcessState)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %v to end", took)
	}
	if out.Len() > 0 || talk.String() != "corridor: interrupted; nothing was written\n" {
		t.Errorf("it wrote %q and said %q", out.String(), talk.String())
	}
	untouched(t, work)
	within(t, "all children ended", func() bool { return ended(t, pids) })
}

// TestInterruptLeavesWholePictures interrupts the drawing of a folder after its
// first picture, which is drawn without corridor-studio.
func TestInterruptLeavesWholePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the programs")
	}
	folder, work := t.TempDir(), t.TempDir()
	pids := filepath.Join(folder, "pids")
	write(t, filepath.Join(folder, "corridor-studio"), "#!/bin/sh\nhere=${0%/*}\necho $$ >>\"$here/pids\"\nsleep 60 & echo $! >>\"$here/pids\"\nwait\n", 0o755)
	write(t, filepath.Join(work, "a.corridor.yaml"), "corridor: 1\ntitle: A call\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", 0o666)
	write(t, filepath.Join(work, "b.corridor.yaml"), starter, 0o666)
	write(t, filepath.Join(work, "b.svg"), "the old map", 0o666)
	if err := os.Link(filepath.Join(programs(t), "corridor"), filepath.Join(folder, "corridor")); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(filepath.Join(folder, "corridor"), "render")
	c.Dir = work
	c.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + folder, "TMPDIR=" + work, cacheVariable(programs(t))}
	var talk bytes.Buffer
	c.Stderr = &talk
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(30*time.Second, func() { c.Process.Kill() })
	defer late.Stop()
	within(t, "the stand-in started", func() bool { return exists(pids) })
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.Wait()
	if code := c.ProcessState.ExitCode(); code != 130 || talk.String() != "corridor: interrupted; 1 of 2 maps drawn\n" {
		t.Errorf("exit code %d, and it said %q", code, talk.String())
	}
	picture(t, filepath.Join(work, "a.svg"))
	entries, err := os.ReadDir(work)
	if old, _ := os.ReadFile(filepath.Join(work, "b.svg")); err != nil || len(entries) != 4 || string(old) != "the old map" {
		t.Errorf("there is %v, and the old map has %d bytes: %v", entries, len(old), err)
	}
	within(t, "all children ended", func() bool { return ended(t, pids) })
}

// within waits for something that must come true soon.
func within(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within ten seconds: %s", what)
		}
	}
}

// untouched checks that the old map is as it was and that nothing came to it.
func untouched(t *testing.T, work string) {
	t.Helper()
	entries, err := os.ReadDir(work)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "map.svg" && e.Name() != "journey.corridor.yaml" {
			t.Errorf("%s was left behind", e.Name())
		}
	}
	if text, _ := os.ReadFile(filepath.Join(work, "map.svg")); string(text) != "the old map" {
		t.Errorf("the map has %d bytes", len(text))
	}
}

// ended reports whether none of the processes in a file of ids runs any more.
func ended(t *testing.T, pids string) bool {
	text, err := os.ReadFile(pids)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		if !gone(pid) {
			return false
		}
	}
	return true
}

// gone reports whether a process has ended. One that nobody has waited for
// yet has ended, too.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && bytes.Contains(stat, []byte(") Z "))
}
