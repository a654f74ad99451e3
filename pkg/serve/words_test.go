package serve

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/render"
)

// TestWordsAreWhole wants every word in every language of maps, and the same
// places for names in each.
func TestWordsAreWhole(t *testing.T) {
	english := reflect.ValueOf(catalogue()[0])
	for i, w := range catalogue() {
		if w.Code != render.Languages()[i] || w.Name == w.Code {
			t.Errorf("%s is called %q", w.Code, w.Name)
		}
		v := reflect.ValueOf(w)
		for f := range v.NumField() {
			name := v.Type().Field(f).Name
			if v.Field(f).Kind() == reflect.Map {
				if keys, want := keysOf(v.Field(f)), keysOf(english.Field(f)); !slices.Equal(keys, want) {
					t.Errorf("%s: %s has %q, want %q", w.Code, name, keys, want)
				}
				continue
			}
			word := v.Field(f).String()
			if word == "" || strings.Count(word, "%s") != strings.Count(english.Field(f).String(), "%s") {
				t.Errorf("%s: %s is %q", w.Code, name, word)
			}
		}
	}
}

func keysOf(m reflect.Value) (keys []string) {
	for _, k := range m.MapKeys() {
		if m.MapIndex(k).String() != "" {
			keys = append(keys, k.String())
		}
	}
	slices.Sort(keys)
	return keys
}
