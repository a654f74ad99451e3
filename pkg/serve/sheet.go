package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/report"
)

// sheet is the answer to one question about one journey: a page shows its
// words, and then asks for its picture.
type sheet struct {
	key           string
	picture       []byte // an SVG; nil where none could be drawn
	width, height int    // pixels
	title         string
	description   string
	straight      string // why the lines are straight; "" where they need not be told of
	problem       string // why there is no picture
	gaps          *gaps.Report
	gapsProblem   string
}

// maxSheets is how many answers are kept: one for each page that is likely to
// be open. With them the memory stays the same however long the preview runs.
const maxSheets = 4

// answerLimit is the longest that the analysis of one question may take.
const answerLimit = 30 * time.Second

// sheetOf answers a question about the last sound version of a journey.
func (s *Server) sheetOf(ctx context.Context, j *journey, a asked) *sheet {
	key := fmt.Sprintf("%s %d %s", j.name, j.turn, a.query("").Encode())
	if i := slices.IndexFunc(s.sheets, func(h *sheet) bool { return h.key == key }); i >= 0 {
		return s.sheets[i]
	}
	ctx, stop := context.WithTimeout(ctx, answerLimit)
	defer stop()
	made := &sheet{key: key}
	s.draw(ctx, made, j, a)
	made.analyse(ctx, j, a)
	if ctx.Err() == nil { // else it is not an answer, but an interruption
		s.sheets = append(s.sheets, made)
		s.sheets = slices.Clone(s.sheets[max(0, len(s.sheets)-maxSheets):])
	}
	return made
}

// draw makes the picture. Where the lines cannot be routed they are laid
// straight, and the page says so.
func (s *Server) draw(ctx context.Context, h *sheet, j *journey, a asked) {
	route := s.Route
	if j.straight != "" {
		route = nil
	}
	scene, err := render.Layout(ctx, j.good.Graph, a.options(), route)
	if err != nil && route != nil && ctx.Err() == nil && !errors.Is(err, render.ErrNoPath) {
		// It would fail again, after as long a wait, at each change.
		j.straight = err.Error()
		scene, err = render.Layout(ctx, j.good.Graph, a.options(), nil)
	}
	h.straight = j.straight
	if err != nil {
		h.problem = err.Error()
		return
	}
	var out bytes.Buffer
	if err := render.SVG(&out, scene); err != nil {
		h.problem = err.Error()
		return
	}
	h.picture, h.title, h.description = out.Bytes(), report.Visible(scene.Title), report.Visible(scene.Description)
	h.width, h.height = int(scene.Width/render.Px), int(scene.Height/render.Px)
}

// analyse finds out who gets through. What takes too long is told as a problem,
// beside the map that there is.
func (h *sheet) analyse(ctx context.Context, j *journey, a asked) {
	if j.good.Access == nil {
		return
	}
	r, err := gaps.Answer(ctx, j.good.Graph, j.good.Access, a.without, a.wants)
	if err != nil {
		h.gapsProblem = err.Error()
		return
	}
	r.File = j.name
	if a.moment != nil {
		r.At = *a.moment
	}
	h.gaps = &r
}

// servePicture answers with the map that a page shows.
func (s *Server) servePicture(w http.ResponseWriter, r *http.Request) {
	picture, code, why := s.picture(r)
	if code != 0 {
		http.Error(w, why, code)
		return
	}
	w.Header().Set("Content-Security-Policy", picturePolicy)
	w.Header().Set("Content-Type", "image/svg+xml; charset=utf-8")
	_, _ = w.Write(picture) // who does not want it any more has hung up
}

func (s *Server) picture(r *http.Request) (picture []byte, code int, why string) {
	s.work.Lock()
	defer s.work.Unlock()
	query := r.URL.Query()
	j := s.journeyOf(s.fileOf(query))
	if j == nil {
		return nil, http.StatusNotFound, "there is no such journey here"
	}
	a, err := s.ask(query)
	if err != nil {
		return nil, http.StatusBadRequest, err.Error()
	}
	if j.good == nil {
		return nil, http.StatusNotFound, "there is no map of this file yet"
	}
	if dropped := a.settle(j.good.Journey); len(dropped) > 0 {
		return nil, http.StatusBadRequest, "the journey does not know " + report.Visible(dropped[0])
	}
	h := s.sheetOf(r.Context(), j, a)
	if h.picture == nil {
		return nil, http.StatusNotFound, h.problem
	}
	return h.picture, 0, ""
}
