package render

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// SVG writes a scene as plain SVG 1.1: text stays text, nothing is fetched,
// nothing runs. Any text is safe; see escape.
func SVG(w io.Writer, s *Scene) error {
	out := svgWriter{bufio.NewWriter(w), s}
	out.put("%s\n", `<?xml version="1.0" encoding="UTF-8"?>`)
	out.open()
	out.style()
	out.close()
	return out.Flush()
}

// inline writes a scene as a part of an html page, which brings the fonts.
func inline(w io.Writer, s *Scene) error {
	out := svgWriter{bufio.NewWriter(w), s}
	out.open()
	out.close()
	return out.Flush()
}

type svgWriter struct {
	*bufio.Writer
	scene *Scene
}

// put writes; the first error stays in the writer until Flush.
func (w svgWriter) put(format string, values ...any) { fmt.Fprintf(w.Writer, format, values...) }

func (w svgWriter) open() {
	s := w.scene
	width, height := px(s.Width), px(s.Height)
	wide, high := width, height
	if s.Paper.X > 0 {
		wide, high = millimetres(s.Paper.X), millimetres(s.Paper.Y)
	}
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="%s" height="%s" viewBox="0 0 %s %s"`, wide, high, width, height)
	w.put(` xml:lang="%s" direction="%s" font-family="%s"`, languageTag(s.Language), direction(s.RightToLeft), fontList)
	w.put(` role="img" aria-labelledby="map-title" aria-describedby="map-description">` + "\n")
	w.put("<title id=\"map-title\">%s</title>\n<desc id=\"map-description\">%s</desc>\n", escape(s.Title), escape(s.Description))
}

func (w svgWriter) close() {
	for _, g := range w.scene.Groups {
		w.group(g)
	}
	w.put("</svg>\n")
}

// fontList names fonts that have Arabic script, for viewers that do not read
// the embedded one.
const fontList = FontFamily + ", 'Noto Sans Arabic', 'Segoe UI', Tahoma, sans-serif"

func direction(rightToLeft bool) string {
	if rightToLeft {
		return "rtl"
	}
	return "ltr"
}

// languageTag keeps only what a language tag may hold.
func languageTag(language string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, language)
}

// style embeds the files of the font whose characters occur.
func (w svgWriter) style() {
	w.put("<style>\n")
	for i := range slices.Backward(subsets) { // browsers ask the last one first
		for weight, bold := range []bool{false, true} {
			if w.uses(i, bold) {
				w.WriteString(fontFace(subsets[i], weight))
			}
		}
	}
	w.put("</style>\n")
}

func (w svgWriter) uses(subset int, bold bool) bool {
	for _, g := range w.scene.Groups {
		for _, s := range g.Shapes {
			if s.Kind == Label && s.Face.Bold == bold && needs(s.Text, subset) {
				return true
			}
		}
	}
	return false
}

// needs reports whether a text has a character for which browsers ask this
// subset, being the first that has it.
func needs(text string, subset int) bool {
	for _, r := range text {
		for i, s := range subsets {
			if s.has(r) {
				if i == subset {
					return true
				}
				break
			}
		}
	}
	return false
}

func fontFace(s subset, weight int) string {
	return fmt.Sprintf("@font-face{font-family:'%s';font-weight:%d;src:url(data:font/woff;base64,%s) format('woff');unicode-range:%s}\n",
		FontFamily, 400+300*weight, base64.StdEncoding.EncodeToString(s.files[weight]), unicodeRange(s))
}

// unicodeRange lists the characters of a subset that no subset before it has.
func unicodeRange(s subset) string {
	var list []string
	for _, r := range s.ranges {
		list = append(list, fmt.Sprintf("U+%X-%X", r.from, r.to))
	}
	return strings.Join(list, ",")
}

func (w svgWriter) group(g Group) {
	w.put("<g")
	if g.ID != "" {
		w.put(` id="%s"`, g.ID)
	}
	if g.Label != "" {
		w.put(` role="group" aria-label="%s"`, escape(g.Label))
	}
	w.put(">\n")
	for _, s := range g.Shapes {
		w.shape(s)
	}
	w.put("</g>\n")
}

func (w svgWriter) shape(s Shape) {
	switch s.Kind {
	case Rectangle:
		w.rectangle(s)
	case Circle:
		w.put(`<circle cx="%s" cy="%s" r="%s"`, px(w.scene.X(s.At.X)), px(s.At.Y), px(s.Radius))
	case Line:
		w.put(`<path d="%s"`, w.bent(s))
	case Polygon:
		w.put(`<polygon points="%s"`, w.corners(s.Points))
	case Label:
		w.label(s)
		return
	case Image:
		w.image(s)
		return
	}
	w.paint(s)
	w.put("/>\n")
}

func (w svgWriter) rectangle(s Shape) {
	x := s.At.X
	if w.scene.RightToLeft {
		x = w.scene.X(x + s.Size.X)
	}
	w.put(`<rect x="%s" y="%s" width="%s" height="%s"`, px(x), px(s.At.Y), px(s.Size.X), px(s.Size.Y))
	if s.Radius > 0 {
		w.put(` rx="%s"`, px(s.Radius))
	}
}

func (w svgWriter) paint(s Shape) {
	fill := Color("none")
	if s.Fill != "" {
		fill = w.scene.color(s.Fill)
	}
	w.put(` fill="%s"`, fill)
	if s.Stroke != "" {
		w.put(` stroke="%s" stroke-width="%s"`, w.scene.color(s.Stroke), px(s.Weight))
	}
	if s.Dashed {
		w.put(` stroke-dasharray="5 3"`)
	}
}

func (w svgWriter) corners(points []Point) string {
	var list []string
	for _, pt := range points {
		list = append(list, px(w.scene.X(pt.X))+","+px(pt.Y))
	}
	return strings.Join(list, " ")
}

// bent writes a line whose bends are rounded.
func (w svgWriter) bent(s Shape) string {
	d := "M" + w.point(s.Points[0])
	for i := 1; i < len(s.Points)-1; i++ {
		a, b, c := s.Points[i-1], s.Points[i], s.Points[i+1]
		r := min(s.Radius, distance(a, b)/2, distance(b, c)/2)
		d += "L" + w.point(towards(b, a, r)) + "Q" + w.point(b) + " " + w.point(towards(b, c, r))
	}
	return d + "L" + w.point(s.Points[len(s.Points)-1])
}

func (w svgWriter) point(pt Point) string { return px(w.scene.X(pt.X)) + " " + px(pt.Y) }

// distance is that of two points on a line along an axis.
func distance(a, b Point) Length { return abs(a.X-b.X) + abs(a.Y-b.Y) }

func abs(l Length) Length { return max(l, -l) }

// towards returns the point r away from a in the direction of b.
func towards(a, b Point, r Length) Point {
	switch {
	case b.X < a.X:
		return Point{a.X - r, a.Y}
	case b.X > a.X:
		return Point{a.X + r, a.Y}
	case b.Y < a.Y:
		return Point{a.X, a.Y - r}
	}
	return Point{a.X, a.Y + r}
}

// label writes a line of text. Its direction is its own; in a mirrored map
// its start is on the right.
func (w svgWriter) label(s Shape) {
	anchor := "middle"
	switch {
	case s.Anchor == Start && s.RightToLeft == w.scene.RightToLeft:
		anchor = "start"
	case s.Anchor == Start:
		anchor = "end"
	}
	w.put(`<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="%s"`, px(w.scene.X(s.At.X)), px(s.At.Y), px(s.Face.Size), anchor, w.scene.color(s.Fill))
	if s.Face.Bold {
		w.put(` font-weight="700"`)
	}
	if s.RightToLeft != w.scene.RightToLeft {
		w.put(` direction="%s"`, direction(s.RightToLeft))
	}
	w.put(">%s</text>\n", escape(s.Text))
}

func (w svgWriter) image(s Shape) {
	at := w.scene.corner(s)
	w.put(`<image x="%s" y="%s" width="%s" height="%s" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/png;base64,%s"/>`+"\n",
		px(at.X), px(at.Y), px(s.Size.X), px(s.Size.Y), base64.StdEncoding.EncodeToString(s.Logo.PNG))
}

// px writes a length in pixels, exactly.
func px(l Length) string {
	sign := ""
	if l < 0 {
		sign, l = "-", -l
	}
	text := sign + strconv.Itoa(int(l/Px))
	if rest := l % Px; rest > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%06d", int(rest)*1000000/64), "0")
	}
	return text
}

// escape makes a text safe in XML, in elements and in attributes.
func escape(text string) string { return escaper.Replace(clean(text)) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")
