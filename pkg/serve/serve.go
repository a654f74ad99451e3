// Package serve is a live preview of journeys for a browser on the same machine:
// the map, the findings and the gaps, told anew as soon as a file changes.
//
// It reads nothing itself. Who starts it hands in how files are read, and calls
// [Server.Changed] when they may have changed. It answers no other machine, and
// its pages ask none; see guard.go.
package serve

import (
	"cmp"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/render"
)

// Reading is one look at the files that are served.
type Reading struct {
	Names    []string // of the journeys, in their order, each once
	Problems []error  // what could not be read
	// Findings are those of settings that cannot be followed; then there are
	// no names.
	Findings []finding.Finding
	// Check checks one of the names.
	Check func(name string) (*check.Outcome, error)
}

// Options say what is served, and how.
type Options struct {
	Port int // where the server is reached; see guard.go
	// Read looks at the files as they are now. It is never called twice at
	// once.
	Read func() Reading
	// Single is the one journey that is served; "" for several.
	Single string
	// Route lays the lines of the maps; nil lays them straight.
	Route render.Router
	Now   func() time.Time
	// Broken is told of a mistake of the program itself: a request was given
	// up, and the server goes on.
	Broken func(what string)

	// View, Theme and Language are those of a page that names none; ""
	// for the first ones, and the journey's own language.
	View, Theme, Language string
}

// Server answers the requests of browsers.
type Server struct {
	Options
	hub hub

	work     sync.Mutex // held by all that reads, draws or looks at what is below
	reading  Reading
	listed   []listing // nil: to be made
	journeys []*journey
	sheets   []*sheet // the latest, the newest last
	turn     int      // how often something has changed
	began    string   // tells the turns of this server from those of another
}

// New returns a server that has looked at the files once.
func New(o Options) *Server {
	o.View = cmp.Or(o.View, render.Views[0].Name)
	o.Theme = cmp.Or(o.Theme, render.Themes[0].Name)
	s := &Server{Options: o, began: strconv.FormatInt(o.Now().UnixNano(), 36)}
	s.hub.clients = map[chan string]bool{}
	s.Changed()
	return s
}

// Changed looks at the files anew and tells all pages.
func (s *Server) Changed() {
	s.work.Lock()
	defer s.work.Unlock()
	defer s.mistake(nil)
	s.reading, s.listed = s.Read(), nil
	s.turn++
	for _, j := range s.journeys {
		s.look(j)
	}
	s.hub.tell(s.version())
}

// version names what there is to be seen now.
func (s *Server) version() string { return s.began + "-" + strconv.Itoa(s.turn) }

// Close ends the connections that wait for changes, so that the server can be
// shut down.
func (s *Server) Close() { s.hub.close() }

// HTTP returns the server with the limits on time and size that keep a
// connection from being held for ever.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      2 * time.Minute, // of a map that takes long to draw
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
