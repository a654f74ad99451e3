package render

import (
	"reflect"
	"testing"

	"github.com/customer-corridor/corridor/pkg/model"
)

// A language has every word that English has, in lists and maps too.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	for _, w := range catalogue() {
		missing(t, w.language, reflect.ValueOf(w), reflect.ValueOf(catalogue()[0]))
		for _, c := range model.BuiltInChannels {
			if w.Channels[c.ID.Value] == "" {
				t.Errorf("%s: no word for the channel %s", w.language, c.ID.Value)
			}
		}
		for _, stage := range model.DefaultStages {
			if w.Stages[stage] == "" {
				t.Errorf("%s: no word for the stage %s", w.language, stage)
			}
		}
	}
}

// missing reports what is empty in one value and ought to be as in another.
func missing(t *testing.T, name string, v, as reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			missing(t, name+" "+v.Type().Field(i).Name, v.Field(i), as.Field(i))
		}
	case reflect.Map:
		for _, key := range as.MapKeys() {
			if at := v.MapIndex(key); !at.IsValid() {
				t.Errorf("%s: no %s", name, key)
			} else {
				missing(t, name+" "+key.String(), at, as.MapIndex(key))
			}
		}
		if v.Len() > as.Len() {
			t.Errorf("%s: more than English has", name)
		}
	case reflect.Pointer: // a language may do without
		if !v.IsNil() && !as.IsNil() {
			missing(t, name, v.Elem(), as.Elem())
		}
	default:
		if v.IsZero() {
			t.Errorf("%s: nothing is said", name)
		}
	}
}
