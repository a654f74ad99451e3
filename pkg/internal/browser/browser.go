// Package browser drives Chromium in tests, through the DevTools protocol on
// a pipe: it needs no network and no other module.
package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// patience is how long a command may take.
const patience = 60 * time.Second

// Without names the variable by which a run of the tests goes without a browser:
// one that has been elsewhere already.
const Without = "CORRIDOR_WITHOUT_BROWSER"

// Page is a page in a browser of its own, which ends with the test.
type Page struct {
	t       testing.TB
	to      *os.File
	answers chan answer
	session string
	last    int
	// Said are what the page wrote to its console, and errors that it did not
	// catch.
	Said []string
}

// answer is what comes from the browser.
type answer struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// Open opens a browser with an empty page of a size. The test is skipped where
// there is no Chromium.
func Open(t testing.TB, width, height int) *Page {
	t.Helper()
	if os.Getenv(Without) != "" {
		t.Skip(Without + " is set: pages are opened in another run")
	}
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium on this machine to open pages in")
	}
	p := &Page{t: t, answers: make(chan answer)}
	p.start(program)
	var target struct{ TargetID string }
	p.ask("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	p.ask("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log"} {
		p.ask(domain+".enable", map[string]any{}, nil)
	}
	p.ask("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	return p
}

// start starts the browser, whose pipes are files 3 and 4.
func (p *Page) start(program string) {
	itsIn, ourOut, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	ourIn, itsOut, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	// Its helpers may write there a little longer, at which TempDir would fail.
	profile, err := os.MkdirTemp("", "corridor-browser")
	if err != nil {
		p.t.Fatal(err)
	}
	c := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--user-data-dir="+profile)
	c.ExtraFiles = []*os.File{itsIn, itsOut}
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	itsIn.Close()
	itsOut.Close()
	p.to = ourOut
	go p.read(ourIn)
	p.t.Cleanup(func() {
		fmt.Fprintf(ourOut, "{\"id\":%d,\"method\":\"Browser.close\"}\x00", p.last+1)
		ourOut.Close()
		ended := time.AfterFunc(10*time.Second, func() { _ = c.Process.Kill() })
		_ = c.Wait()
		ended.Stop()
		_ = os.RemoveAll(profile)
	})
}

// read hands over what the browser says, to its end.
func (p *Page) read(from *os.File) {
	defer close(p.answers)
	in := bufio.NewReader(from)
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var a answer
		if json.Unmarshal(text[:len(text)-1], &a) == nil {
			select {
			case p.answers <- a:
			case <-time.After(2 * patience): // the test has ended
				return
			}
		}
	}
}

// ask gives a command and waits for its result.
func (p *Page) ask(method string, params map[string]any, result any) {
	p.t.Helper()
	p.last++
	command := map[string]any{"id": p.last, "method": method, "params": params}
	if p.session != "" {
		command["sessionId"] = p.session
	}
	text, err := json.Marshal(command)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.to.Write(append(text, 0)); err != nil {
		p.t.Fatalf("the browser has gone: %v", err)
	}
	a := p.wait(func(a answer) bool { return a.ID == p.last })
	if a.Error != nil {
		p.t.Fatalf("%s: %s", method, a.Error.Message)
	}
	if result != nil {
		if err := json.Unmarshal(a.Result, result); err != nil {
			p.t.Fatalf("%s: %v", method, err)
		}
	}
}

// wait returns the next answer that is wanted, and notes what the page says.
func (p *Page) wait(wanted func(answer) bool) answer {
	p.t.Helper()
	late := time.After(patience)
	for {
		select {
		case a, more := <-p.answers:
			if !more {
				p.t.Fatal("the browser has ended")
			}
			switch a.Method {
			case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded":
				p.Said = append(p.Said, string(a.Params))
			}
			if wanted(a) {
				return a
			}
		case <-late:
			p.t.Fatalf("the browser did not answer in %v", patience)
		}
	}
}

// Load writes a page to a file and opens it, with a fragment such as #a=b.
func (p *Page) Load(html []byte, fragment string) {
	p.t.Helper()
	name := filepath.Join(p.t.TempDir(), "page.html")
	if err := os.WriteFile(name, html, 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.ask("Page.navigate", map[string]any{"url": "file://" + filepath.ToSlash(name) + fragment}, nil)
	p.wait(func(a answer) bool { return a.Method == "Page.loadEventFired" })
}

// ForbidScripts lets no script of the pages run that are loaded from now on.
func (p *Page) ForbidScripts() {
	p.t.Helper()
	p.ask("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
}

// Eval evaluates JavaScript, which may be a promise, and decodes its value.
// The page's policy does not bind it.
func (p *Page) Eval(script string, value any) {
	p.t.Helper()
	var result struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	p.ask("Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true, "awaitPromise": true}, &result)
	if e := result.ExceptionDetails; e != nil {
		p.t.Fatalf("%s %s", e.Text, e.Exception.Description)
	}
	if value == nil {
		return
	}
	if err := json.Unmarshal(result.Result.Value, value); err != nil {
		p.t.Fatalf("%.200s: %v", script, err)
	}
}

// Key is a key of the keyboard.
type Key struct {
	Name string // as KeyboardEvent.key has it
	Code int    // as KeyboardEvent.keyCode has it
	Text string // what it types, if anything
}

// The keys that pages are used with.
var (
	Tab        = Key{"Tab", 9, ""}
	Enter      = Key{"Enter", 13, "\r"}
	ArrowRight = Key{"ArrowRight", 39, ""}
	ArrowLeft  = Key{"ArrowLeft", 37, ""}
	ArrowDown  = Key{"ArrowDown", 40, ""}
	Plus       = Key{"+", 187, "+"}
	Zero       = Key{"0", 48, "0"}
)

// Press presses a key and lets it go.
func (p *Page) Press(k Key) {
	p.t.Helper()
	event := map[string]any{"type": "keyDown", "key": k.Name, "windowsVirtualKeyCode": k.Code}
	if k.Text != "" {
		event["text"] = k.Text
	}
	p.ask("Input.dispatchKeyEvent", event, nil)
	p.ask("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": k.Name, "windowsVirtualKeyCode": k.Code}, nil)
}

// Type types a text where the keyboard is.
func (p *Page) Type(text string) {
	p.t.Helper()
	p.ask("Input.insertText", map[string]any{"text": text}, nil)
}
