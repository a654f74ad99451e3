package serve

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"html/template"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/report"
)

//go:embed page
var assets embed.FS

// templates are the pages. They escape all that they are given but what said
// has made of it.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"said": said}).ParseFS(assets, "page/*.html"))
})

// said marks up a sentence of ours: what stands between backquotes is from a
// file, and keeps its own direction.
func said(sentence string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(report.Visible(sentence), "`") {
		text := template.HTMLEscapeString(part)
		if i%2 == 1 {
			text = "<bdi><code>" + text + "</code></bdi>"
		}
		b.WriteString(text)
	}
	return template.HTML(b.String())
}

// frame is what all pages have.
type frame struct {
	W             words
	Language, Dir string
	Title         string
	Version       string
	Back          bool // there is a list to go back to
}

func (s *Server) frame(language string) frame {
	f := frame{W: wordsOf(language), Dir: "ltr", Version: s.version(), Back: s.Single == ""}
	f.Language = f.W.Code
	if model.RightToLeft(f.Language) {
		f.Dir = "rtl"
	}
	return f
}

// listPage is the page of several journeys.
type listPage struct {
	frame
	Journeys []listing
	Problems []string
	Findings []findingView
}

// journeyPage is the page of one journey.
type journeyPage struct {
	frame
	File     string
	Form     *form // nil where there is nothing to ask
	Banner   string
	Notes    []string // on the question and on the map, in the page's language
	Straight string
	Problems []string
	Picture  *pictureView
	NoMap    string // why there is no picture
	Counts   []count
	Aside    string // how many findings comments set aside
	Findings []findingView
	Gaps     *gapsView
	NoGaps   string
}

// pictureView is where a page finds its map.
type pictureView struct {
	Source, Title, Description string
	Width, Height              int
}

// servePage answers with a journey, or with the list of several.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	page, code, why := s.page(r.Context(), r.URL.Query())
	if code != 0 {
		http.Error(w, why, code)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page) // who does not want it any more has hung up
}

// fileOf is the journey that a query is about.
func (s *Server) fileOf(query url.Values) string { return cmp.Or(s.Single, query.Get("file")) }

func (s *Server) page(ctx context.Context, query url.Values) (page []byte, code int, why string) {
	s.work.Lock()
	defer s.work.Unlock()
	a, err := s.ask(query)
	if err != nil {
		return nil, http.StatusBadRequest, err.Error()
	}
	name := s.fileOf(query)
	if name == "" {
		return write("list.html", s.listPage(a))
	}
	j := s.journeyOf(name)
	if j == nil {
		return nil, http.StatusNotFound, "there is no such journey here; the list of them is at /"
	}
	return write("journey.html", s.journeyPage(ctx, j, a))
}

// write fills a template in memory, so that a page is whole or not there.
func write(name string, data any) (page []byte, code int, why string) {
	var out bytes.Buffer
	if err := templates().ExecuteTemplate(&out, name, data); err != nil {
		panic(err) // the template does not fit its data: a mistake of ours
	}
	return out.Bytes(), 0, ""
}

func (s *Server) listPage(a asked) listPage {
	all := s.list()
	language := a.language
	if language == "" && len(all) > 0 {
		language = all[0].Language
	}
	p := listPage{frame: s.frame(language), Journeys: all, Problems: visible(sentences(s.reading.Problems))}
	p.Title, p.Back = p.W.Journeys, false
	p.Findings = p.W.findings(s.reading.Findings)
	return p
}

func visible(texts []string) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = report.Visible(t)
	}
	return all
}

func (s *Server) journeyPage(ctx context.Context, j *journey, a asked) journeyPage {
	p := journeyPage{frame: s.frame(j.language(a)), File: report.Visible(j.name), Problems: visible(j.problems)}
	p.Title = cmp.Or(j.title(), p.File)
	p.Banner = p.W.banner(j)
	found := s.findings(j)
	p.Findings, p.Counts = p.W.findings(found), p.W.counts(found)
	if j.now != nil && j.now.Suppressed > 0 {
		p.Aside = p.W.Aside + " " + p.W.Number(j.now.Suppressed)
	}
	switch {
	case j.good == nil:
		p.NoMap, p.NoGaps = p.W.NoMap, p.W.NoGaps
	case j.good.Graph == nil:
		p.NoMap = p.W.Library
	default:
		s.showMap(ctx, &p, j, a)
	}
	return p
}

// language is that of the page.
func (j *journey) language(a asked) string {
	for _, o := range j.seen() {
		if a.language == "" && o.Journey != nil {
			return o.Journey.Language
		}
	}
	return a.language
}

func (j *journey) title() string {
	for _, o := range j.seen() {
		if o.Journey != nil {
			if title := o.Journey.Document.Title.In(o.Journey.Language); title != "" {
				return report.Visible(title)
			}
		}
	}
	return ""
}

// banner says in words that what is shown is old, and since when; "" where it
// is not.
func (w words) banner(j *journey) string {
	text := ""
	switch {
	case !j.broken || j.good == nil && !j.gone:
	case j.gone:
		text = w.Gone
	case len(j.problems) > 0 || j.now == nil:
		text = w.Unread
	default:
		text = w.Stale
	}
	return strings.ReplaceAll(text, "%s", w.clock(j.since))
}

// showMap answers the question of a page about a journey with a map.
func (s *Server) showMap(ctx context.Context, p *journeyPage, j *journey, a asked) {
	if dropped := a.settle(j.good.Journey); len(dropped) > 0 {
		p.Notes = append(p.Notes, strings.ReplaceAll(p.W.Dropped, "%s", "`"+strings.Join(dropped, "`, `")+"`"))
	}
	h := s.sheetOf(ctx, j, a)
	p.Form = s.form(p.W, j, a)
	p.Straight = h.straight
	query := a.query("")
	if s.Single == "" {
		query.Set("file", j.name)
	}
	if h.picture == nil {
		p.NoMap = h.problem
	} else {
		query.Set("v", h.mark())
		p.Picture = &pictureView{"/map.svg?" + query.Encode(), h.title, h.description, h.width, h.height}
	}
	p.Gaps, p.NoGaps = p.W.gaps(h, a), h.gapsProblem
	if h.gaps == nil && h.gapsProblem == "" {
		p.NoGaps = p.W.NoGaps
	}
}

// serveAsset answers with the style or the script of the pages.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	data, err := assets.ReadFile("page" + r.URL.Path)
	if err != nil {
		panic(err) // the path is none of the two: a mistake of ours
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	_, _ = w.Write(data) // who does not want it any more has hung up
}

// form is the controls of a page.
type form struct {
	File                     string
	Views, Themes, Languages []choice
	Customers, Needs, Days   []choice
	Clock                    string
	Groups                   []group
	Out                      int    // how many things are out
	OutText                  string // what is out, in short
}

// choice is a value that a control can have.
type choice struct {
	Value, Label string
	Chosen       bool
}

// group is choices of one kind.
type group struct {
	Label   string
	Choices []choice
}

func (s *Server) form(w words, j *journey, a asked) *form {
	journey := j.good.Journey
	f := &form{Clock: a.clock, Out: len(a.without)}
	if s.Single == "" {
		f.File = j.name
	}
	f.Views, f.Themes = w.named(w.Views, viewNames(), a.view), w.named(w.Themes, themeNames(), a.theme)
	f.Languages = w.languages(s.Language, a.language)
	f.Customers = w.things(definitions(journey.Customers, func(c *model.Customer) model.Definition { return c.Definition }), a.customer, w.Code)
	f.Needs = w.things(definitions(journey.Needs, func(n *model.Need) model.Definition { return n.Definition }), a.need, w.Code)
	f.Days = append([]choice{{"", w.AnyTime, a.day == ""}}, w.named(w.Days, days, a.day)...)
	f.outages(w, journey, a)
	return f
}

// outages lists what can be out.
func (f *form) outages(w words, j *model.Journey, a asked) {
	known := things(j)
	var out []string
	for _, kind := range outages {
		g := group{Label: w.Kinds[kind]}
		for _, d := range known[kind] {
			c := choice{Value: kind + ":" + d.ID.Value, Label: label(d, w.Code)}
			for _, o := range a.without {
				c.Chosen = c.Chosen || o.Kind+":"+o.ID == c.Value
			}
			if c.Chosen {
				out = append(out, c.Label)
			}
			g.Choices = append(g.Choices, c)
		}
		if len(g.Choices) > 0 {
			f.Groups = append(f.Groups, g)
		}
	}
	f.OutText = w.Nothing
	if len(out) > 0 {
		f.OutText = out[0]
	}
	if len(out) > 1 {
		f.OutText += " +" + w.Number(len(out)-1)
	}
}

func label(d model.Definition, language string) string {
	return report.Visible(cmp.Or(d.Label(language), d.ID.Value))
}

// things are the choices of a control that can also leave the choice open.
func (w words) things(all []model.Definition, chosen, language string) []choice {
	list := []choice{{"", w.All, chosen == ""}}
	for _, d := range all {
		list = append(list, choice{d.ID.Value, label(d, language), d.ID.Value == chosen})
	}
	return list
}

// named are the names of a table as choices.
func (w words) named(labels map[string]string, all []string, chosen string) []choice {
	var list []choice
	for _, name := range all {
		list = append(list, choice{name, named(labels, name), name == chosen})
	}
	return list
}

// languages are those that a page can be shown in; one that the program was
// started with is among them.
func (w words) languages(started, chosen string) []choice {
	list := []choice{{"", w.Own, chosen == ""}}
	for _, l := range catalogue() {
		list = append(list, choice{l.Code, l.Name, l.Code == chosen})
	}
	if !slices.ContainsFunc(list, func(c choice) bool { return c.Value == started }) {
		list = append(list, choice{started, started, started == chosen})
	}
	return list
}
