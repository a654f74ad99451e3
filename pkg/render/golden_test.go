package render

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
)

// cases are the corridors of testdata, each archive named after one.
var cases = map[string]func() *corridor.Graph{
	"coffee-machine": coffee,
	"many-options":   manyOptions,
	"one-step": func() *corridor.Graph {
		s := newSketch("en", "One step")
		s.basic(s.touch("Call", "phone", ""))
		return s.done()
	},
	"arabic": func() *corridor.Graph {
		s := newSketch("ar", "زيارة الموقع (Website v2.1)")
		s.basic(s.touch("زيارة الموقع (Website v2.1)", "web", "المبيعات"), s.touch("SMS", "sms", "Sales"))
		s.path(model.Alternative, "direct", 1, 2)
		s.path(model.Optional, "help", 1, 1, s.touch("طلب المساعدة", "chat", "المبيعات"))
		s.tag(1, 0.4, "مباشرة")
		s.tag(2, 0.125, "مساعدة")
		return s.done()
	},
	"unsafe-text": func() *corridor.Graph {
		s := newSketch("en", `</title><script>alert("1")</script>`)
		s.basic(s.touch("a\" onload=\"x\\\" & <b> \x00\x1b ]]>\nnext", `we"b`, "o'&<"))
		return s.done()
	},
	// Paths that hang on paths, that run backwards, that are longer than what
	// they replace, and that go from an option to elsewhere.
	"paths-on-paths": func() *corridor.Graph {
		s := newSketch("en", "Paths on paths")
		s.basic(s.touch("One", "", ""), s.touch("Two", "", ""), s.touch("Three", "", ""))
		s.path(model.Alternative, "long", 1, 2, s.touch("Long 1", "", ""), s.touch("Long 2", "", ""), s.touch("Long 3", "", "")) // makes 4, 5
		s.path(model.Optional, "aside", 2, 2, s.touch("Aside 1", "", ""), s.touch("Aside 2", "", ""))                            // makes 6
		s.path(model.Alternative, "inner", 4, 5, s.touch("Inner", "", ""))
		s.path(model.Optional, "extra", 5, 5, s.touch("Extra", "", ""))
		s.path(model.Alternative, "again", 3, 1, s.touch("Again", "", ""))
		s.path(model.Alternative, "away", 6, 3, s.touch("Away", "", ""))
		s.path(model.Alternative, "across", 4, 6, s.touch("Across", "", ""))
		return s.done()
	},
}

func TestGolden(t *testing.T) {
	seen := 0
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, a *golden.Archive) {
		seen++
		build := cases[strings.TrimPrefix(filepath.Base(t.Name()), "TestGolden/")]
		if build == nil {
			t.Fatal("no case has this name")
		}
		a.Equal("map.svg", withoutFonts(draw(t, build(), nil)))
		var dot bytes.Buffer
		if err := DOT(&dot, build(), Options{}); err != nil {
			t.Fatal(err)
		}
		a.Equal("map.dot", dot.Bytes())
		a.Equal("map.mmd", []byte(flowchart(t, build())))
	})
	if seen != len(cases) {
		t.Errorf("%d archives for %d cases", seen, len(cases))
	}
}

var fontData = regexp.MustCompile(`base64,[A-Za-z0-9+/=]+`)

// withoutFonts leaves out the font files, which would hide all else.
func withoutFonts(svg []byte) []byte { return fontData.ReplaceAll(svg, []byte("base64,...")) }
