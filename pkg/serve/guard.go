package serve

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
)

// maxQuery is the longest query that a form can have use of.
const maxQuery = 16 << 10

// policy lets a page load what this server gives it and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// picturePolicy is that of a map which is opened by itself: it runs nothing.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'; sandbox"

// ServeHTTP answers a request of a browser on this machine, and refuses all
// others. Whatever happens in it, the server goes on.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.mistake(func() {
		http.Error(w, "the preview made a mistake; it is ours, not your file's", http.StatusInternalServerError)
	})
	protect(w.Header())
	if code, why := s.refuses(r); code != 0 {
		http.Error(w, why, code)
		return
	}
	switch r.URL.Path {
	case "/":
		s.servePage(w, r)
	case "/map.svg":
		s.servePicture(w, r)
	case "/events":
		s.serveEvents(w, r)
	case "/page.css", "/page.js":
		serveAsset(w, r)
	default:
		http.Error(w, "there is no such page; the preview begins at /", http.StatusNotFound)
	}
}

// mistake recovers from a mistake of ours, for which nobody is to lose the
// preview, and then does what is left to do.
func (s *Server) mistake(then func()) {
	wrong := recover()
	if wrong == nil {
		return
	}
	if s.Broken != nil {
		s.Broken(fmt.Sprintf("%v\n%s", wrong, debug.Stack()))
	}
	if then != nil {
		then()
	}
}

func protect(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// refuses says why a request is not answered; 0 where it is. A page of the
// internet can make the browser send requests to this machine, also under a
// name of its own that leads here: so the name must be this machine's.
func (s *Server) refuses(r *http.Request) (code int, why string) {
	switch {
	case !slices.Contains(s.hosts(), r.Host):
		return http.StatusForbidden, "this preview is only for this machine; open " + s.Address()
	case !s.ours(r.Header):
		return http.StatusForbidden, "this preview does not answer the pages of others"
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return http.StatusMethodNotAllowed, "this preview only shows; it takes nothing"
	case len(r.URL.RawQuery) > maxQuery:
		return http.StatusRequestURITooLong, "the question is too long"
	}
	return 0, ""
}

// Address is where the preview begins.
func (s *Server) Address() string { return "http://127.0.0.1:" + strconv.Itoa(s.Port) + "/" }

// hosts are the names by which this server may be called.
func (s *Server) hosts() []string {
	port := ":" + strconv.Itoa(s.Port)
	names := []string{"127.0.0.1" + port, "localhost" + port}
	if s.Port == 80 { // which browsers leave out
		names = append(names, "127.0.0.1", "localhost")
	}
	return names
}

// ours tells whether a request comes from a page of this server, or from the
// reader who typed or followed the address.
func (s *Server) ours(h http.Header) bool {
	for _, origin := range h.Values("Origin") {
		if !slices.ContainsFunc(s.hosts(), func(host string) bool { return origin == "http://"+host }) {
			return false
		}
	}
	foreign := h.Get("Sec-Fetch-Site") == "cross-site" || h.Get("Sec-Fetch-Site") == "same-site"
	return !foreign || h.Get("Sec-Fetch-Mode") == "navigate"
}
