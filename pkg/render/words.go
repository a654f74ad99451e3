package render

import (
	"bytes"
	"embed"
	"encoding/json"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/model"
)

// words are the fixed words of a map in one language, as a file of the folder
// words has them. To add a language, add a file, named by its code, with all
// keys that en.json has.
type words struct {
	language    string
	Zero        digit  `json:"zero"` // nought
	Comma       string `json:"comma"`
	Point       string `json:"point"`   // before tenths
	Percent     string `json:"percent"` // after a number
	Subtitle    string `json:"subtitle"`
	Basic       string `json:"basic"`
	Alternative string `json:"alternative"`
	Optional    string `json:"optional"`
	Start       string `json:"start"`
	Satisfied   string `json:"satisfied"`
	Moment      string `json:"moment"`
	Binding     string `json:"binding"`
	Skip        string `json:"skip"` // on an empty alternative
	Step        string `json:"step"` // before a number
	Channel     string `json:"channel"`
	Owner       string `json:"owner"`
	Stage       string `json:"stage"`
	InsteadOf   string `json:"insteadOf"` // %s is a list of steps
	After       string `json:"after"`     // %s is a step
	Before      string `json:"before"`    // %s is a step

	Short      *shortUnits     `json:"short"` // nil where units have no short form
	Lanes      laneWords       `json:"lanes"`
	Details    detailWords     `json:"details"`
	Experience experienceWords `json:"experience"`
	Access     accessWords     `json:"access"`
	Customer   customerWords   `json:"customer"`
	Date       dateWords       `json:"date"`
	Sheets     sheetWords      `json:"sheets"`
	Fold       foldWords       `json:"fold"`

	Channels map[string]string `json:"channels"`
	Stages   map[string]string `json:"stages"`

	Page pageWords `json:"page"`
}

// laneWords are the fixed words of maps with lanes.
type laneWords struct {
	NoOwner     string `json:"noOwner"`   // the lane of steps without an owner
	NoChannel   string `json:"noChannel"` // and of steps without a channel
	Customer    string `json:"customer"`  // what the customer does alone
	Front       string `json:"front"`
	Back        string `json:"back"`
	Support     string `json:"support"`
	Interaction string `json:"interaction"` // the line
	Visibility  string `json:"visibility"`
	Internal    string `json:"internal"`
	Lane        string `json:"lane"`
	Action      string `json:"action"`   // of a department behind the scenes
	HandOver    string `json:"handOver"` // of one department to another
}

// digit is a single character.
type digit rune

// UnmarshalText reads a digit.
func (d *digit) UnmarshalText(text []byte) error {
	r, _ := utf8.DecodeRune(text)
	*d = digit(r)
	return nil
}

//go:embed words/*.json
var wordFiles embed.FS

// catalogue has the words of all languages, English first.
var catalogue = sync.OnceValue(func() []words {
	all := []words{readWords("en")}
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic("render: the words of the maps are not there: " + err.Error())
	}
	for _, f := range files {
		if language := strings.TrimSuffix(f.Name(), ".json"); language != "en" {
			all = append(all, readWords(language))
		}
	}
	return all
})

func readWords(language string) words {
	w := words{language: language}
	text, err := wordFiles.ReadFile("words/" + language + ".json")
	if err == nil {
		read := json.NewDecoder(bytes.NewReader(text))
		read.DisallowUnknownFields()
		err = read.Decode(&w)
	}
	if err != nil {
		panic("render: the words of " + language + " cannot be read: " + err.Error())
	}
	return w
}

// Languages are those in which maps have words of their own, English first.
func Languages() []string {
	var all []string
	for _, w := range catalogue() {
		all = append(all, w.language)
	}
	return all
}

// wordsOf returns the words of a language, or else the English ones with
// that language's digits.
func wordsOf(language string) words {
	for _, w := range catalogue() {
		if model.Meets(w.language, language) {
			return w
		}
	}
	w := catalogue()[0]
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "ur", "ps", "ckb", "sd":
		w.Zero = '۰'
	}
	return w
}

// channel returns what a map calls a channel: the file's name for it, else
// the fixed word for a built-in one, else its id as words.
func (w words) channel(j *model.Journey, id, language string) string {
	return named(j.Channel(id), w.Channels, id, language)
}

func named(c *model.Channel, fixed map[string]string, id, language string) string {
	if c != nil && !c.Name.Empty() {
		return c.Name.In(language)
	}
	if word, ok := fixed[id]; ok {
		return word
	}
	return strings.ReplaceAll(id, "-", " ")
}

// stage returns what a map calls a stage, likewise.
func (w words) stage(s *model.Stage, language string) string {
	if word, ok := w.Stages[s.ID.Value]; ok && s.Name.Empty() {
		return word
	}
	return s.Label(language)
}

// with puts words into the places of a sentence, in order.
func with(sentence string, words ...string) string {
	parts := strings.Split(sentence, "%s")
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(part)
		if i+1 < len(parts) && i < len(words) {
			b.WriteString(words[i])
		}
	}
	return b.String()
}
