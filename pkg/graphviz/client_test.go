package graphviz

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// options are those of a quick client with a cache folder of its own.
func options(t testing.TB, program string) Options {
	return Options{
		Program:  program,
		Version:  testVersion,
		CacheDir: filepath.Join(t.TempDir(), "corridor", "graphviz"),
		Timeout:  20 * time.Second,
	}
}

func started(t testing.TB, options Options) *Client {
	t.Helper()
	client, err := Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func mustRun(t testing.TB, client *Client, request Request) string {
	t.Helper()
	picture, err := client.Run(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return string(picture)
}

// needs fails the test unless text holds every part: messages are for people.
func needs(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Fatalf("error %v, want one with %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "goroutine") {
		t.Fatalf("error %q is not one sentence", err)
	}
}

func TestRunAnswers(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-upper")))
	if got := mustRun(t, client, graph); got != "DIGRAPH { A }" {
		t.Fatalf("got %q", got)
	}
}

func TestRefusedGraph(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-upper")))
	_, err := client.Run(t.Context(), Request{EngineNop, FormatJSON, []byte("no")})
	var refused *DrawError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a DrawError", err)
	}
	needs(t, err, "this graph is refused")
	if got := mustRun(t, client, graph); got != "DIGRAPH { A }" {
		t.Fatalf("after a refused graph: %q", got)
	}
}

func TestBadRequestNeverLeaves(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-exits")))
	_, err := client.Run(t.Context(), Request{"circo", FormatJSON, graph.DOT})
	needs(t, err, "circo")
}

func TestOtherVersionIsRefused(t *testing.T) {
	program := fake(t, "fake-other")
	_, err := Start(t.Context(), options(t, program))
	var other *VersionError
	if !errors.As(err, &other) || other.Theirs != "v9.9.9" || other.Ours != testVersion {
		t.Fatalf("got %v, want a VersionError", err)
	}
	needs(t, err, testVersion, "v9.9.9", program, InstallCommand)
}

func TestProgramThatDoesNotComeUp(t *testing.T) {
	for name, want := range map[string]string{
		"fake-broken":  "panic: no luck",
		"fake-foreign": "larger than",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Start(t.Context(), options(t, fake(t, name)))
			var failed *StartError
			if !errors.As(err, &failed) {
				t.Fatalf("got %v, want a StartError", err)
			}
			needs(t, err, want, InstallCommand)
		})
	}
}

func TestProgramThatCannotRun(t *testing.T) {
	_, err := Start(t.Context(), options(t, filepath.Join(t.TempDir(), "nothing")))
	var failed *StartError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want a StartError", err)
	}
}

func TestProgramThatDiesDuringAPicture(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-exits")))
	_, err := client.Run(t.Context(), graph)
	needs(t, err, "could not draw the map: fatal error: stack overflow")
}

func TestAnswersHaveALimit(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-huge")))
	_, err := client.Run(t.Context(), graph)
	needs(t, err, "larger than")
}

func TestDamagedCacheIsReplaced(t *testing.T) {
	o := options(t, fake(t, "fake-damaged"))
	damaged := filepath.Join(o.CacheDir, libraryFolder, "damaged")
	os.MkdirAll(filepath.Dir(damaged), 0o700)
	os.WriteFile(damaged, nil, 0o600)
	kept := filepath.Join(o.CacheDir, "kept")
	os.WriteFile(kept, nil, 0o600)
	client := started(t, o)
	if got := mustRun(t, client, graph); got != o.CacheDir {
		t.Fatalf("after the damage the cache is %q, want %q", got, o.CacheDir)
	}
	if _, err := os.Stat(damaged); err == nil {
		t.Fatal("the damaged cache is still there")
	}
	if _, err := os.Stat(kept); err != nil {
		t.Fatal("a file that is none of our business is gone")
	}
}

func TestProcessIsReplacedAfterManyPictures(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-pid")))
	first := mustRun(t, client, graph)
	for range picturesPerChild - 1 {
		if got := mustRun(t, client, graph); got != first {
			t.Fatal("the process was replaced too early")
		}
	}
	if got := mustRun(t, client, graph); got == first {
		t.Fatal("the process was not replaced")
	}
}

func TestManyGoroutinesTakeTurns(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-upper")))
	var all sync.WaitGroup
	for _, text := range strings.Fields("a b c d e f g h i j") {
		all.Go(func() {
			got, err := client.Run(t.Context(), Request{EngineNop, FormatJSON, []byte(text)})
			if string(got) != strings.ToUpper(text) {
				t.Errorf("asked for %q, got %q, %v", text, got, err)
			}
		})
	}
	all.Wait()
}

func TestRunAfterClose(t *testing.T) {
	client := started(t, options(t, fake(t, "fake-upper")))
	client.Close()
	client.Close()
	if _, err := client.Run(t.Context(), graph); err != errClosed {
		t.Fatalf("got %v, want %v", err, errClosed)
	}
}

func TestStartHeedsItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := Start(ctx, options(t, fake(t, "fake-silent")))
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 10*time.Second {
		t.Fatalf("got %v after %s", err, time.Since(begin))
	}
}
