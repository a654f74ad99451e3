package serve

import (
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// journey is a file that a page was asked for.
type journey struct {
	name     string
	now      *check.Outcome // nil where there is nothing to check
	problems []string       // what could not be read
	gone     bool           // the file is not there
	broken   bool           // it does not say now what its author means, so that its map is an old one

	since    time.Time      // when it broke
	good     *check.Outcome // the last sound one; nil before it
	turn     int            // of the good one
	straight string         // why its lines are laid straight; "" where they are not
}

// journeyOf returns a journey of that name, nil where there is none. A file that
// has gone stays known.
func (s *Server) journeyOf(name string) *journey {
	for _, j := range s.journeys {
		if j.name == name {
			return j
		}
	}
	if !slices.Contains(s.reading.Names, name) && name != s.Single {
		return nil
	}
	j := &journey{name: name}
	s.look(j)
	s.journeys = append(s.journeys, j)
	return j
}

// look checks a journey as it is now, and keeps the last good one where it is
// not sound.
func (s *Server) look(j *journey) {
	wasGone := j.gone
	j.now, j.problems, j.gone = nil, nil, false
	switch {
	case slices.Contains(s.reading.Names, j.name):
		s.check(j)
	case len(s.reading.Findings) == 0 && !slices.ContainsFunc(s.reading.Problems, isThere):
		j.gone = true
	default:
		j.problems = sentences(s.reading.Problems)
	}
	sound := j.now != nil && j.now.Sound()
	switch {
	case sound:
		j.good, j.turn = j.now, s.turn
	case !j.broken || j.gone != wasGone:
		j.since = s.Now()
	}
	j.broken = !sound
}

// isThere tells whether a problem is about something that exists.
func isThere(problem error) bool { return !errors.Is(problem, fs.ErrNotExist) }

func sentences(problems []error) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return all
}

func (s *Server) check(j *journey) {
	outcome, err := s.reading.Check(j.name)
	if err != nil {
		j.problems = []string{err.Error()}
		return
	}
	j.now = outcome
	if outcome.Err != nil {
		j.problems = sentences(workspace.Problems(outcome.Err))
	}
}

// findings are those of the file as it is now.
func (s *Server) findings(j *journey) []finding.Finding {
	if j.now == nil {
		return s.reading.Findings
	}
	return j.now.Findings
}

// listing is a journey in the list of all.
type listing struct {
	Name, Title, Language string
	Errors, Warnings      int
}

// maxListed is how many journeys of a list are checked: the names of the others
// must do.
const maxListed = 200

// list returns all journeys, in the order of their names.
func (s *Server) list() []listing {
	if s.listed != nil {
		return s.listed
	}
	s.listed = []listing{}
	for i, name := range s.reading.Names {
		l := listing{Name: name}
		if i < maxListed {
			l = s.listingOf(name)
		}
		s.listed = append(s.listed, l)
	}
	return s.listed
}

func (s *Server) listingOf(name string) listing {
	l := listing{Name: name}
	o, err := s.reading.Check(name)
	if err != nil {
		return l
	}
	l.Errors, l.Warnings, _ = finding.Count(o.Findings)
	if o.Journey != nil {
		l.Title, l.Language = report.Visible(o.Journey.Document.Title.In(o.Journey.Language)), o.Journey.Language
	}
	return l
}
