package convert

import (
	"strconv"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
)

func TestIDsOfOneNameAreNumbered(t *testing.T) {
	taken := ids{"call-4": true}
	for _, want := range []string{"call", "call-2", "call-5"} {
		if got := taken.id(source.Spanned[string]{Value: "Call!"}, "").Value; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := taken.id(source.Spanned[string]{Value: "basic"}, "").Value; got != "basic-2" {
		t.Errorf("a word of the language became %s", got)
	}
	for range 50_000 { // quick, whatever the machine
		taken.id(source.Spanned[string]{Value: "wait"}, "")
	}
	if last := "wait-" + strconv.Itoa(50_000); !taken[last] || len(taken) != 50_005 {
		t.Errorf("%d ids, without %s", len(taken), last)
	}
}
