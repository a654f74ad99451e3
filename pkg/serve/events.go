package serve

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// maxClients is how many pages may wait for changes at once.
const maxClients = 32

// heartbeat is how often a connection shows that it is still there.
const heartbeat = 15 * time.Second

// hub tells the pages that are open of changes.
type hub struct {
	mu      sync.Mutex
	version string
	clients map[chan string]bool
	closed  bool
}

// tell gives every client the version, in the place of one that it has not
// taken yet.
func (h *hub) tell(version string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.version = version
	for c := range h.clients {
		select {
		case <-c:
		default:
		}
		c <- version
	}
}

// join returns a client that is told the version of now at once; nil where
// there are too many.
func (h *hub) join() chan string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.clients) >= maxClients {
		return nil
	}
	c := make(chan string, 1)
	c <- h.version
	h.clients[c] = true
	return c
}

func (h *hub) leave(c chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, c)
}

// close lets no client in any more and ends those that there are.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c := range h.clients {
		delete(h.clients, c)
		close(c)
	}
}

// serveEvents tells a page the version of now and each one after it.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	client := s.hub.join()
	if client == nil {
		w.Header().Set("Retry-After", "10")
		http.Error(w, "too many pages are open; close some", http.StatusServiceUnavailable)
		return
	}
	defer s.hub.leave(client)
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	out, beat := http.NewResponseController(w), time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		line := ": here\n\n"
		select {
		case <-r.Context().Done():
			return
		case version, open := <-client:
			if !open {
				return
			}
			line = "event: version\ndata: " + version + "\n\n"
		case <-beat.C:
		}
		// Not every writer has a deadline; then the connection's own holds.
		_ = out.SetWriteDeadline(s.Now().Add(heartbeat))
		if _, err := fmt.Fprint(w, line); err != nil || out.Flush() != nil {
			return
		}
	}
}
