package serve

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

const visit = `corridor: 1
title: A visit
customers: {someone: {name: Some person}, deaf: {lacks: [hearing]}}
needs: {help: {}, care: {}}
touchpoints: {call: phone, come: visit}
paths: {basic: [call, come]}
`

// stage is files in memory, and a server of them.
type stage struct {
	*Server
	web    *httptest.Server
	t      *testing.T
	mu     sync.Mutex
	files  fstest.MapFS
	now    time.Time
	broken []string
}

// staged serves files: one alone, or several.
func staged(t *testing.T, single string, files map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, files: fstest.MapFS{}, now: time.Date(2126, 11, 24, 14, 2, 11, 0, time.UTC)}
	for name, text := range files {
		s.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s.web = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.ServeHTTP(w, r) }))
	t.Cleanup(s.web.Close)
	port, _ := strconv.Atoi(s.web.URL[strings.LastIndex(s.web.URL, ":")+1:])
	s.Server = New(Options{
		Port: port, Single: single, Read: s.read, Now: func() time.Time { return s.now },
		Broken: func(what string) { s.broken = append(s.broken, what) },
	})
	t.Cleanup(s.Server.Close)
	return s
}

// read looks at the files in memory, as a command does at those on disk.
func (s *stage) read() Reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	files := fstest.MapFS{}
	var r Reading
	for name, f := range s.files {
		files[name] = f
		if strings.HasSuffix(name, ".corridor.yaml") {
			r.Names = append(r.Names, name)
		}
	}
	slices.Sort(r.Names)
	if s.Server != nil && s.Single != "" && files[s.Single] == nil {
		r.Problems = []error{&workspace.ReadError{Path: s.Single, Err: fs.ErrNotExist}}
	}
	w := &workspace.Workspace{FS: files}
	r.Check = func(name string) (*check.Outcome, error) { return check.Target{Workspace: w, Path: name}.Check(), nil }
	return r
}

// save puts a file in its place and has the server look; no text removes it.
func (s *stage) save(name, text string) {
	s.mu.Lock()
	delete(s.files, name)
	if text != "" {
		s.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s.mu.Unlock()
	s.now = s.now.Add(time.Minute)
	s.Changed()
}

// ask sends a request with headers, such as `Host: evil`, and returns the answer.
func (s *stage) ask(method, target string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.web.URL, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.URL.Opaque = target // as it stands, with its dots
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(body)
}

// page returns a page that must be there.
func (s *stage) page(target string) string {
	s.t.Helper()
	answer, body := s.ask("GET", target)
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s: %s", target, answer.Status, body)
	}
	return body
}

// has checks what a page must say, and what it must not, after a !.
func has(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, word := range words {
		text, forbidden := strings.CutPrefix(word, "!")
		if forbidden == strings.Contains(page, text) {
			t.Errorf("the page must have %q: %v\n%s", text, !forbidden, page)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := staged(t, "", map[string]string{"a.corridor.yaml": visit, "b.corridor.yaml": visit, "secret.yaml": "corridor: 1\ntitle: Secret\n"})
	port := strconv.Itoa(s.Port)
	for _, c := range []struct {
		name, method, target string
		headers              []string
		code                 int
	}{
		{"this machine", "GET", "/", nil, 200},
		{"its name", "GET", "/", []string{"Host: localhost:" + port}, 200},
		{"only the head", "HEAD", "/", nil, 200},
		{"another name for it", "GET", "/", []string{"Host: evil.example:" + port}, 403},
		{"a name that begins alike", "GET", "/", []string{"Host: localhost:" + port + ".evil.example"}, 403},
		{"another port", "GET", "/", []string{"Host: 127.0.0.1:1"}, 403},
		{"no port", "GET", "/", []string{"Host: 127.0.0.1"}, 403},
		{"our page", "GET", "/events", []string{"Origin: http://127.0.0.1:1"}, 403},
		{"a page of ours", "GET", "/?file=a.corridor.yaml", []string{"Origin: http://127.0.0.1:" + port}, 200},
		{"a page of others", "GET", "/", []string{"Origin: https://evil.example"}, 403},
		{"a page of nobody", "GET", "/", []string{"Origin: null"}, 403},
		{"a picture in a page of others", "GET", "/map.svg?file=a.corridor.yaml", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"a link in a page of others", "GET", "/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"}, 200},
		{"post", "POST", "/", nil, 405},
		{"put", "PUT", "/a.corridor.yaml", nil, 405},
		{"delete", "DELETE", "/", nil, 405},
		{"options", "OPTIONS", "/", nil, 405},
		{"the file itself", "GET", "/a.corridor.yaml", nil, 404},
		{"up", "GET", "/../secret.yaml", nil, 404},
		{"up, encoded", "GET", "/%2e%2e/secret.yaml", nil, 404},
		{"up, encoded twice", "GET", "/%252e%252e%252fsecret.yaml", nil, 404},
		{"a page by a detour", "GET", "/x/../map.svg", nil, 404},
		{"the pages' own files", "GET", "/page/list.html", nil, 404},
		{"the script", "GET", "/page.js", nil, 200},
		{"the style", "GET", "/page.css", nil, 200},
		{"no journey", "GET", "/?file=secret.yaml", nil, 404},
		{"file up", "GET", "/?file=../secret.yaml", nil, 404},
		{"file up, encoded", "GET", "/?file=%2e%2e%2fa.corridor.yaml", nil, 404},
		{"file, absolute", "GET", "/?file=/etc/passwd", nil, 404},
		{"file with a detour", "GET", "/?file=./a.corridor.yaml", nil, 404},
		{"picture up", "GET", "/map.svg?file=..%2Fsecret.yaml", nil, 404},
		{"a nul", "GET", "/?file=a.corridor.yaml%00", nil, 404},
		{"a long question", "GET", "/?x=" + strings.Repeat("x", maxQuery), nil, 414},
		{"an unknown view", "GET", "/?view=%3Cscript%3E", nil, 400},
		{"an unknown theme", "GET", "/?theme=x", nil, 400},
		{"an unknown language", "GET", "/?lang=xx", nil, 400},
		{"an unknown day", "GET", "/?day=Xx", nil, 400},
		{"several days", "GET", "/?day=Mo-Fr&time=09:00", nil, 400},
		{"an unknown time", "GET", "/?day=Mo&time=29:00", nil, 400},
		{"an unknown outage", "GET", "/?without=weather:rain", nil, 400},
		{"too many outages", "GET", "/?" + strings.Repeat("&without=channel:phone", maxOutages+1), nil, 400},
		{"a picture for nobody", "GET", "/map.svg?file=a.corridor.yaml&customer=nobody", nil, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, body := s.ask(c.method, c.target, c.headers...)
			if answer.StatusCode != c.code {
				t.Errorf("%s, want %d: %s", answer.Status, c.code, body)
			}
			if strings.Contains(body, "Secret") || c.code >= 400 && !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain") {
				t.Errorf("%v: %s", answer.Header, body)
			}
			if policy := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || answer.Header.Get("X-Content-Type-Options") != "nosniff" ||
				answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("the answer is not protected: %v", answer.Header)
			}
		})
	}
	if len(s.broken) > 0 {
		t.Error(s.broken)
	}
}

// outward is what would make a browser ask another machine.
var outward = regexp.MustCompile(`(?i)(src|href|action|url\(|@import|fetch\(|EventSource\()[="' (]*(https?:)?//`)

func TestNothingComesFromElsewhere(t *testing.T) {
	s := staged(t, "", map[string]string{"a.corridor.yaml": visit})
	for _, target := range []string{"/", "/?file=a.corridor.yaml", "/page.css", "/page.js", "/map.svg?file=a.corridor.yaml"} {
		if at := outward.FindString(s.page(target)); at != "" {
			t.Errorf("%s has %s", target, at)
		}
	}
	if !outward.MatchString(`<img src="//evil.example/x">`) || !outward.MatchString(`<a href="https://x">`) {
		t.Error("the test finds nothing")
	}
}

func TestPageTellsAll(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	page := s.page("/")
	has(t, page, "<h1><bdi>A visit</bdi></h1>", `src="/map.svg?`, "cannot get through", "Some person", "is stopped", "gets through", "Access score", "visit.corridor.yaml:", "blocked-customer", "!stale", "!All journeys")
	source := regexp.MustCompile(`src="(/map\.svg\?[^"]*)"`).FindStringSubmatch(page)[1]
	answer, picture := s.ask("GET", strings.ReplaceAll(source, "&amp;", "&"))
	if answer.Header.Get("Content-Type") != "image/svg+xml; charset=utf-8" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "sandbox") || !strings.HasSuffix(picture, "</svg>\n") {
		t.Errorf("%v: %.200s", answer.Header, picture)
	}
}

func TestQuestions(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	has(t, s.page("/?customer=someone&need=help"), `<td><bdi>Some person</bdi></td><td><bdi>help</bdi></td>`, "!<td><bdi>deaf</bdi></td>", "!<td><bdi>care</bdi></td>", `value="someone" selected`)
	has(t, s.page("/?without=touchpoint:come&without=touchpoint:come"), `value="touchpoint:come" checked`, "(otherwise ", "!>gets through<")
	has(t, s.page("/?day=Tu&time=22:30"), `value="22:30"`, `value="Tu" selected`)
	has(t, s.page("/?day=Tu"), `value="12:00"`)
	has(t, s.page("/?customer=n%3Cb%3Eobody&need=none&without=channel:none"), "left out of the question: <bdi><code>n&lt;b&gt;obody</code></bdi>, <bdi><code>none</code></bdi>", "Some person")
	has(t, s.page("/?lang=fa"), `lang="fa" dir="rtl"`, "یافته‌ها", "۵۰٪")
	has(t, s.page("/?lang=ar"), `lang="ar" dir="rtl"`, "الملاحظات", "٥٠٪")
}

func TestErrorKeepsTheLastMap(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	good := s.page("/")
	has(t, good, "!Since")
	s.save("visit.corridor.yaml", strings.Replace(visit, "basic: [call", "basic: [cal", 1))
	bad := s.page("/")
	has(t, bad, "Since 14:03:11 the file has errors", `class="old"`, "cal", `src="/map.svg?`, "Some person")
	source := regexp.MustCompile(`src="/map[^"]*"`)
	if source.FindString(good) != source.FindString(bad) {
		t.Errorf("the map is not the old one: %s, %s", source.FindString(good), source.FindString(bad))
	}
	s.save("visit.corridor.yaml", "corridor: [1")
	has(t, s.page("/"), "Since 14:03:11 the file has errors") // the first time counts
	s.save("visit.corridor.yaml", strings.Replace(visit, "A visit", "Another visit", 1))
	has(t, s.page("/"), "!Since", "Another visit")
	if source.FindString(s.page("/")) == source.FindString(good) {
		t.Error("the map is still the old one")
	}
}

func TestErrorFromTheBeginning(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": "corridor: 1\ntitle: A visit\ntouchpoints: {call: phonee}\npaths: {basic: [call]}\n"})
	has(t, s.page("/"), "There is no map yet", "phonee", "!map.svg", "!Since", "<h1><bdi>A visit</bdi></h1>")
	if answer, _ := s.ask("GET", "/map.svg"); answer.StatusCode != http.StatusNotFound {
		t.Error(answer.Status)
	}
	s.save("visit.corridor.yaml", visit)
	has(t, s.page("/"), "map.svg", "!There is no map yet")
}

func TestDeletedFile(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	s.page("/")
	s.save("visit.corridor.yaml", "")
	has(t, s.page("/"), "Since 14:03:11 the file is not there", "map.svg")
	s.save("visit.corridor.yaml", visit)
	has(t, s.page("/"), "!Since", "map.svg")
}

func TestUnreadableFile(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	s.page("/")
	s.Read = func() Reading { return Reading{Problems: []error{errors.New("the settings cannot be followed")}} }
	s.Changed()
	has(t, s.page("/"), "Since 14:02:11 the file cannot be checked", "the settings cannot be followed", "map.svg")
}

func TestImportChanged(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{
		"visit.corridor.yaml": "corridor: 1\ntitle: A visit\nimports: [lib.corridor.yaml]\npaths: {basic: [call]}\n",
		"lib.corridor.yaml":   "corridor: 1\ntitle: Things\ntouchpoints: {call: {name: First call, channel: phone}}\n",
	})
	has(t, s.page("/"), "First call")
	s.save("lib.corridor.yaml", "corridor: 1\ntitle: Things\ntouchpoints: {call: {name: Second call, channel: phone}}\n")
	has(t, s.page("/"), "Second call", "!First call")
	s.save("lib.corridor.yaml", "")
	has(t, s.page("/"), "Since 14:04:11", "Second call", "lib.corridor.yaml")
}

func TestLibrary(t *testing.T) {
	s := staged(t, "lib.corridor.yaml", map[string]string{"lib.corridor.yaml": "corridor: 1\ntitle: Things\nchannels: {fax: {}}\n"})
	has(t, s.page("/"), "for other files to import", "!map.svg", "!Since")
}

func TestList(t *testing.T) {
	s := staged(t, "", map[string]string{"a/x & y.corridor.yaml": visit, "b.corridor.yaml": "corridor: 1\ntouchpoints: {call: phonee}\n"})
	has(t, s.page("/"), `href="/?file=a%2fx%20%26%20y.corridor.yaml"`, "A visit", "Errors: ")
	has(t, s.page("/?file=a%2fx%20%26%20y.corridor.yaml"), "A visit", `name="file" value="a/x &amp; y.corridor.yaml"`, `class="back"`)
	s.save("c.corridor.yaml", strings.Replace(visit, "A visit", "A new one", 1))
	has(t, s.page("/"), "A new one")
}

func TestTextIsEscaped(t *testing.T) {
	evil := `"'><script>alert(1)</script><b>{{.}}`
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": strings.NewReplacer(
		"A visit", "'"+strings.ReplaceAll(evil, "'", "''")+"'", "Some person", `"\u202e\u0007`+strings.ReplaceAll(evil, `"`, `\"`)+`"`, "call", "call<b>x").Replace(visit)})
	page := s.page("/?customer=" + url.QueryEscape(evil))
	has(t, page, "!<script>alert", "!<b>", "!\u202e", "!\a", "&lt;script&gt;alert")
}

func TestPanicIsOurs(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	read := s.Read
	s.Read = func() Reading {
		return Reading{Names: []string{"visit.corridor.yaml"}, Check: func(string) (*check.Outcome, error) { panic("a mistake") }}
	}
	s.Changed()
	answer, body := s.ask("GET", "/")
	if answer.StatusCode != http.StatusInternalServerError || strings.Contains(body, "goroutine") || len(s.broken) != 1 || !strings.Contains(s.broken[0], "a mistake") {
		t.Errorf("%s: %s; told: %q", answer.Status, body, s.broken)
	}
	s.Read = read
	s.Changed()
	has(t, s.page("/"), "A visit")
}

// events opens a stream of changes and returns how the next one is waited for.
func (s *stage) events() (next func() string, end func()) {
	s.t.Helper()
	answer, err := http.Get(s.web.URL + "/events")
	if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatal(answer, err)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		return ""
	}, func() { answer.Body.Close() }
}

func TestEvents(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	next, end := s.events()
	defer end()
	first := next()
	has(t, s.page("/"), `data-version="`+first+`"`)
	s.save("visit.corridor.yaml", strings.Replace(visit, "A visit", "Another visit", 1))
	second := next()
	if second == "" || second == first {
		t.Fatalf("told %q after %q", second, first)
	}
	has(t, s.page("/"), `data-version="`+second+`"`, "Another visit")
	s.Server.Close()
	if last := next(); last != "" {
		t.Errorf("told %q after the end", last)
	}
}

func TestSlowClientsHoldNobodyUp(t *testing.T) {
	h := hub{clients: map[chan string]bool{}}
	c := h.join()
	for i := range 100 {
		h.tell(strconv.Itoa(i))
	}
	if last := <-c; last != "99" {
		t.Errorf("told %q, want the latest", last)
	}
}

func TestClientsAreBounded(t *testing.T) {
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	var ends []func()
	for range maxClients {
		next, end := s.events()
		next()
		ends = append(ends, end)
	}
	if answer, _ := s.ask("GET", "/events"); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Error(answer.Status)
	}
	for _, end := range ends {
		end()
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		s.hub.mu.Lock()
		left := len(s.hub.clients)
		s.hub.mu.Unlock()
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d clients that have gone are still kept", left)
		}
	}
}

// TestThousandPictures draws a map after each of a thousand edits, as a browser
// asks for it, and wants the memory of the tenth part.
func TestThousandPictures(t *testing.T) {
	pictures := 1000
	if testing.Short() {
		pictures = 200
	}
	s := staged(t, "visit.corridor.yaml", map[string]string{"visit.corridor.yaml": visit})
	source := regexp.MustCompile(`src="(/map\.svg\?[^"]*)"`)
	before := uint64(0)
	for i := range pictures {
		s.save("visit.corridor.yaml", strings.Replace(visit, "A visit", "Visit "+strconv.Itoa(i), 1))
		page := answered(s, "/")
		if picture := answered(s, strings.ReplaceAll(source.FindStringSubmatch(page)[1], "&amp;", "&")); !strings.Contains(picture, "Visit "+strconv.Itoa(i)) {
			t.Fatalf("picture %d is another one", i)
		}
		if i+1 == 100 {
			before = heap()
		}
	}
	after := heap()
	t.Logf("heap after 100 pictures: %d KiB, after %d: %d KiB", before>>10, pictures, after>>10)
	if after > before+before/10+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
}

// answered asks the server without a network between.
func answered(s *stage, target string) string {
	r := httptest.NewRequest("GET", target, nil)
	r.Host = "127.0.0.1:" + strconv.Itoa(s.Port)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Body.String()
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
