//go:build unix

package graphviz

import (
	"context"
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

// eventually waits for something that takes a moment on a busy machine.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 1000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("in vain: ", what)
}

// pidIn waits for a slow fake to write its number to path.
func pidIn(t *testing.T, path string) int {
	t.Helper()
	eventually(t, "the child begins to draw", func() bool { _, err := os.Stat(path); return err == nil })
	text, _ := os.ReadFile(path)
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// gone tells whether the process has ended; one that nobody has waited for counts.
func gone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func slowGraph(t *testing.T) Request {
	return Request{EngineNop, FormatJSON, []byte(filepath.Join(t.TempDir(), "pid"))}
}

func TestTimeLimitKillsTheChild(t *testing.T) {
	o := options(t, fake(t, "fake-slow"))
	o.Timeout = 300 * time.Millisecond
	client, request := started(t, o), slowGraph(t)
	begin := time.Now()
	_, err := client.Run(t.Context(), request)
	var late *TimeoutError
	if !errors.As(err, &late) || late.Limit != o.Timeout || time.Since(begin) > 10*time.Second {
		t.Fatalf("got %v after %s, want a TimeoutError", err, time.Since(begin))
	}
	needs(t, err, "300ms")
	if pid := pidIn(t, string(request.DOT)); !gone(pid) {
		t.Fatalf("process %d outlived its time limit", pid)
	}
}

func TestCancelKillsTheChild(t *testing.T) {
	client, request := started(t, options(t, fake(t, "fake-slow"))), slowGraph(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { _, err := client.Run(ctx, request); ended <- err }()
	pid := pidIn(t, string(request.DOT))
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want %v", err, context.Canceled)
	}
	if !gone(pid) {
		t.Fatalf("process %d outlived its context", pid)
	}
}

func TestCloseEndsTheChild(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-pid")))
	pid, _ := strconv.Atoi(mustRun(t, client, graph))
	client.Close()
	if !gone(pid) {
		t.Fatalf("process %d outlived its client", pid)
	}
}

func TestKilledParentLeavesNoChild(t *testing.T) {
	request, slow := slowGraph(t), options(t, fake(t, "fake-slow"))
	parent := exec.Command(fake(t, "fake-parent"), slow.Program, slow.CacheDir, string(request.DOT))
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	pid := pidIn(t, string(request.DOT))
	parent.Process.Kill()
	parent.Wait()
	eventually(t, "the child ends with its parent", func() bool { return gone(pid) })
}

func TestGrandchildrenDoNotHoldUsUp(t *testing.T) {
	script := filepath.Join(t.TempDir(), "corridor-studio")
	os.WriteFile(script, []byte("#!/bin/sh\n/bin/sleep 60\n"), 0o700)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begin := time.Now()
	if _, err := Start(ctx, options(t, script)); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 10*time.Second {
		t.Fatalf("got %v after %s", err, time.Since(begin))
	}
}

func TestCacheIsPrivate(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "corridor", "graphviz")
	store := openCache(folder)
	info, err := os.Stat(folder)
	if err != nil || store.folder != folder || store.temporary || info.Mode().Perm() != 0o700 {
		t.Fatalf("got %+v, %v", store, err)
	}
	for _, entry := range store.environment() {
		if name, value, _ := strings.Cut(entry, "="); name != "GOTRACEBACK" && value != folder {
			t.Fatalf("the child gets %s", entry)
		}
	}
}

func TestUntrustedCacheIsNotUsed(t *testing.T) {
	spoil := map[string]func(folder string){
		"readable by others": func(folder string) { os.Chmod(folder, 0o750) },
		"parent writable":    func(folder string) { os.Chmod(filepath.Dir(folder), 0o770) },
		"a file":             func(folder string) { os.Remove(folder); os.WriteFile(folder, nil, 0o600) },
		"a symlink": func(folder string) {
			os.Rename(folder, folder+"2")
			os.Symlink(folder+"2", folder)
		},
	}
	for name, spoil := range spoil {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "corridor", "graphviz")
			os.MkdirAll(folder, 0o700)
			spoil(folder)
			store := openCache(folder)
			if store.folder == folder || !store.temporary {
				t.Fatalf("got %+v, want a temporary cache", store)
			}
			store.remove()
			if _, err := os.Stat(store.folder); err == nil {
				t.Fatal("the temporary cache was left behind")
			}
		})
	}
}

func TestForeignCacheIsNotUsed(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder to someone else")
	}
	folder := filepath.Join(t.TempDir(), "corridor", "graphviz")
	os.MkdirAll(folder, 0o700)
	os.Chown(folder, 12345, 12345)
	store := openCache(folder)
	defer store.remove()
	if store.folder == folder {
		t.Fatal("a folder of another user is used")
	}
}
