package render

import (
	"strings"
	"time"
)

// What a team may add to the head of a map: its logo and a day.

// The room of a logo: as high as the title and the line under it.
var logoRoom = Point{200 * Px, titleLine + 18*Px}

const (
	logoGap  = 20 * Px // between the words and the logo
	platePad = 6 * Px
)

// plate is the role of the ground of a logo: logos are made for white paper.
const plate Role = "plate"

// headRoom is the width that the words of the head have.
func (p *plan) headRoom() Length {
	room := p.width - 2*margin
	if p.logo != nil {
		room -= p.logo.fit(logoRoom).X + logoGap
	}
	return room
}

// drawLogo puts the logo at the end of the head.
func (p *plan) drawLogo(head Group) Group {
	if p.logo != nil {
		size := p.logo.fit(logoRoom)
		at := Point{p.width - margin - size.X, margin + (logoRoom.Y-size.Y)/2}
		if p.theme.Color(plate) != p.theme.Color(paper) {
			head.Shapes = append(head.Shapes, Shape{Kind: Rectangle, At: Point{at.X - platePad, at.Y - platePad},
				Size: Point{size.X + 2*platePad, size.Y + 2*platePad}, Radius: platePad, Fill: plate})
		}
		head.Shapes = append(head.Shapes, Shape{Kind: Image, At: at, Size: size, Logo: p.logo})
	}
	return head
}

// subtitleText says what the map is and, where that was asked for, of which
// day.
func (p *plan) subtitleText() string {
	says := p.words.Subtitle
	if p.overlay != nil {
		says = p.words.Customer.Subtitle
	}
	if p.date == "" {
		return says
	}
	return says + " · " + p.date
}

// day writes a day as a language does: by the calendar of Iran where the
// language says so. The zero time is no day.
func (w words) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.Date()
	y, m := year, int(month)
	if w.Date.Calendar == "persian" {
		y, m, day = persian(t)
	}
	return strings.NewReplacer("{day}", number(day, w.Zero), "{month}", w.Date.Months[m-1], "{year}", number(y, w.Zero)).Replace(w.Date.Pattern)
}

// dateWords are how a language writes a day.
type dateWords struct {
	Calendar string   `json:"calendar"` // "gregorian" or "persian"
	Pattern  string   `json:"pattern"`  // of {day}, {month} and {year}
	Months   []string `json:"months"`
}

// persian returns a day by the Solar Hijri calendar. Its leap years follow a
// cycle of 33 years, which agrees with the sun from 1800 to 2256.
func persian(t time.Time) (year, month, day int) {
	const daySeconds = 24 * 60 * 60
	newYear := time.Date(2026, time.March, 21, 0, 0, 0, 0, time.UTC) // 1 Farvardin 1405
	y, m, d := t.Date()
	left := int((time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() - newYear.Unix()) / daySeconds)
	for year = 1405; left < 0; year-- {
		left += persianDays(year - 1)
	}
	for ; left >= persianDays(year); year++ {
		left -= persianDays(year)
	}
	if left < 6*31 {
		return year, left/31 + 1, left%31 + 1
	}
	left -= 6 * 31
	return year, left/30 + 7, left%30 + 1
}

func persianDays(year int) int {
	switch (year%33 + 33) % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return 366
	}
	return 365
}
