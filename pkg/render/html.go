package render

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// The page is one file that fetches nothing: the map as SVG, all answers as
// JSON, one style and one script. A policy in it allows these two and nothing
// else, so that text of a journey file could not run or fetch anything even if
// it got out of its place.
var (
	//go:embed html/page.html
	pageHTML string
	//go:embed html/page.css
	pageCSS string
	//go:embed html/page.js
	pageJS string
)

// writeHTML writes the page of a corridor.
func writeHTML(ctx context.Context, w io.Writer, g *corridor.Graph, o Options, route Router) error {
	m, scene, err := mapOfPage(ctx, g, o, route)
	if err != nil {
		return err
	}
	data, err := m.data(ctx, o.Ask)
	if err != nil {
		return err
	}
	var svg bytes.Buffer
	if err := inline(&svg, scene); err != nil {
		return err
	}
	text, err := json.Marshal(data) // <, > and & are escaped, so no text ends the element
	if err != nil {
		return err
	}
	values := m.pageValues(scene, data)
	values["map"], values["data"] = svg.String(), string(text)
	style, script := m.pageStyle(scene, string(text)), pageScript()
	values["style"], values["script"], values["policy"] = style, script, policy(style, script)
	_, err = io.WriteString(w, fillPage(pageHTML, values))
	return err
}

// mapOfPage lays out the map of a page. On a spine, ways can be shown.
func mapOfPage(ctx context.Context, g *corridor.Graph, o Options, route Router) (*pageMaker, *Scene, error) {
	if v := viewOf(o.View); v.Name != Views[0].Name || g == nil || len(g.Paths) == 0 {
		scene, err := Layout(ctx, g, o, route)
		if err != nil {
			return nil, nil, err
		}
		return newPageMaker(newPlan(g, o)), scene, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	p, err := planSpine(ctx, g, o, route)
	if err != nil {
		return nil, nil, err
	}
	m, scene := newPageMaker(p), p.scene()
	drawing := svgWriter{scene: scene}
	m.lines = newLinesOf(p, func(points []Point) string { return drawing.bent(Shape{Points: points, Radius: 6 * Px}) })
	return m, scene, nil
}

// policy allows the page its own style and script and nothing from elsewhere.
func policy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; img-src data:; font-src data:; "+
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'", hash(style), hash(script))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// pageScript is the script as browsers see it, whatever git makes of line ends.
func pageScript() string { return strings.ReplaceAll(pageJS, "\r\n", "\n") }

// pageStyle is the fonts, the colours of the theme and the style itself.
func (m *pageMaker) pageStyle(s *Scene, text string) string {
	var b bytes.Buffer
	fonts := svgWriter{nil, s}
	for i := len(subsets) - 1; i >= 0; i-- {
		if needs(text, i) || fonts.uses(i, false) || fonts.uses(i, true) {
			for weight := range subsets[i].files {
				b.WriteString(fontFace(subsets[i], weight))
			}
		}
	}
	b.WriteString(":root{")
	for _, r := range []Role{paper, card, ink, softInk, inverse, columnFill, columnShade, bindingInk, altInk} {
		fmt.Fprintf(&b, "--%s:%s;", r, s.color(r))
	}
	b.WriteString("}\n" + strings.ReplaceAll(pageCSS, "\r\n", "\n"))
	return b.String()
}

// pagePart is a place in the page, such as {{title}}.
var pagePart = regexp.MustCompile(`\{\{[a-zA-Z]+\}\}`)

// fillPage puts values into their places, once: what looks like a place in a
// value stays as it is. Values are escaped already.
func fillPage(page string, values map[string]string) string {
	return pagePart.ReplaceAllStringFunc(page, func(part string) string {
		return values[part[2:len(part)-2]]
	})
}

// pageValues are the texts of the page, escaped.
func (m *pageMaker) pageValues(s *Scene, d *pageData) map[string]string {
	p := m.page
	texts := map[string]string{
		"language": languageTag(s.Language), "direction": direction(s.RightToLeft), "title": s.Title,
		"customer": p.Customer, "need": p.Need, "day": p.Day, "hour": p.Hour, "out": p.Out, "panel": p.Panel, "mapName": p.Map,
		"zoom": p.Zoom, "zoomIn": p.ZoomIn, "zoomOut": p.ZoomOut, "fit": p.Fit, "mapHint": p.MapHint, "search": p.Search,
		"searchHint": p.SearchHint, "noScript": p.NoScript, "score": p.Score, "scoreMeans": p.ScoreMeans,
		"details": p.Details, "detailsHint": p.DetailsHint, "legend": p.Legend,
		"leftOut": "",
	}
	if m.leftOut > 0 {
		texts["leftOut"] = say(p.LeftOut.of(m.leftOut, m.words.language), m.words.digits(strconv.Itoa(m.leftOut)))
	}
	for name, text := range texts {
		texts[name] = escape(text)
	}
	texts["wordsLanguage"] = ""
	if d.Language != "" && !strings.HasPrefix(strings.ToLower(s.Language), d.Language) {
		texts["wordsLanguage"] = fmt.Sprintf(` lang="%s" dir="ltr"`, languageTag(d.Language))
	}
	return texts
}
