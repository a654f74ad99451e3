package serve

import (
	"bytes"
	"embed"
	"encoding/json"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/render"
)

// words are those of the pages in one language, as a file of the folder words
// has them. There is one for every language in which maps have words. What
// findings and gaps say stays as the commands say it.
type words struct {
	Code, Name string            `json:"-"`
	Zero       string            `json:"zero"`  // nought
	Point      string            `json:"point"` // before tenths
	Percent    string            `json:"percent"`
	Journeys   string            `json:"journeys"`
	Empty      string            `json:"empty"` // there are none
	Live       string            `json:"live"`
	Lost       string            `json:"lost"` // the connection
	Show       string            `json:"show"`
	View       string            `json:"view"`
	Theme      string            `json:"theme"`
	Language   string            `json:"language"`
	Own        string            `json:"own"` // the journey's own language
	Customer   string            `json:"customer"`
	Need       string            `json:"need"`
	All        string            `json:"all"`
	Day        string            `json:"day"`
	Time       string            `json:"time"`
	AnyTime    string            `json:"anyTime"`
	Without    string            `json:"without"`
	Nothing    string            `json:"nothing"`
	Actual     string            `json:"actual"` // size of the map
	Alone      string            `json:"alone"`  // the map in a page of its own
	Map        string            `json:"map"`
	Findings   string            `json:"findings"`
	None       string            `json:"none"` // findings
	Rule       string            `json:"rule"`
	Aside      string            `json:"aside"` // before a number
	Gaps       string            `json:"gaps"`
	Score      string            `json:"score"`
	Usual      string            `json:"usual"` // before the score without outages
	Answer     string            `json:"answer"`
	InFull     string            `json:"inFull"`
	NoGaps     string            `json:"noGaps"`
	Stale      string            `json:"stale"`  // %s is a time
	Gone       string            `json:"gone"`   // %s is a time
	Unread     string            `json:"unread"` // %s is a time
	NoMap      string            `json:"noMap"`
	Library    string            `json:"library"`
	Straight   string            `json:"straight"`
	Dropped    string            `json:"dropped"` // %s is a list of names
	Severity   map[string]string `json:"severity"`
	Severities map[string]string `json:"severities"`
	States     map[string]string `json:"states"`
	Kinds      map[string]string `json:"kinds"`
	Days       map[string]string `json:"days"`
	Views      map[string]string `json:"views"`
	Themes     map[string]string `json:"themes"`
}

//go:embed words/*.json
var wordFiles embed.FS

// catalogue has the words of all languages of maps, English first.
var catalogue = sync.OnceValue(func() []words {
	var all []words
	for _, code := range render.Languages() {
		w, err := readWords(code)
		if err != nil {
			panic("serve: the words of " + code + " cannot be read: " + err.Error())
		}
		all = append(all, w)
	}
	return all
})

// names of languages in themselves, as a reader looks for them.
var names = map[string]string{"en": "English", "ar": "العربية", "fa": "فارسی"}

func readWords(code string) (words, error) {
	w := words{Code: code, Name: languageName(code)}
	text, err := wordFiles.ReadFile("words/" + code + ".json")
	if err != nil {
		return w, err
	}
	read := json.NewDecoder(bytes.NewReader(text))
	read.DisallowUnknownFields()
	return w, read.Decode(&w)
}

func languageName(code string) string {
	if name, ok := names[code]; ok {
		return name
	}
	return code
}

// wordsOf returns the words of a language, the English ones where it has none.
func wordsOf(language string) words {
	for _, w := range catalogue() {
		if model.Meets(w.Code, language) {
			return w
		}
	}
	return catalogue()[0]
}

// digits writes the digits of a text as the language does.
func (w words) digits(text string) string {
	zero, _ := utf8.DecodeRuneInString(w.Zero)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, text)
}

// share writes a share of the whole.
func (w words) share(n float64) string {
	return strings.NewReplacer(".", w.Point, "%", w.Percent).Replace(w.digits(finding.Percent(n)))
}

// clock writes a time of the day.
func (w words) clock(t time.Time) string { return w.digits(t.Format("15:04:05")) }

// named returns a word of ours for a name of a table, else the name.
func named(all map[string]string, name string) string {
	if word, ok := all[name]; ok {
		return word
	}
	return name
}
