package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/report"
)

// Each line fits, and the columns of a table stand under each other whatever
// its names are written in.
func TestMatrixKeepsItsColumns(t *testing.T) {
	for about, g := range grids(t) {
		text := matrixOf(t, g, Options{})
		for _, line := range strings.Split(text, "\n") {
			if n := report.Columns(strings.ReplaceAll(line, toLeft, "")); n > textWide {
				t.Errorf("%s: a line of %d columns: %q", about, n, line)
			}
		}
	}
	rest := "needs: {n: {}}\npaths: {basic: [a, b, c]}"
	head := strings.NewReplacer("name: All", "name: 訪問する 👩‍👩‍👧", "name: Some", "name: موقع الويب (v2)").Replace(marksHead)
	var at []int
	for _, line := range strings.Split(matrixOf(t, written(t, head+rest), Options{}), "\n") {
		if i := strings.LastIndexAny(line, "✓✗"); i > 0 && strings.Contains(line, "50%") {
			at = append(at, report.Columns(line[:i]))
		}
	}
	if len(at) != 2 || at[0] != at[1] {
		t.Errorf("the results stand at %v", at)
	}
}

func TestResultsStandFirstWhereTheyHaveNoRoom(t *testing.T) {
	groups := []stepGroup{{0, 0, 0, 8}, {1, -1, 8, 12}, {2, -1, 12, 13}}
	for _, c := range []struct {
		room, ends int
		want       string
	}{
		{80, 20, "0-8 8-12 12-13*"},
		{50, 20, "* | 0-8 8-12 12-13"},
		{30, 10, "0-8 | 8-12 12-13*"},
		{20, 30, "* | 0-6 | 6-8 8-12 | 12-13"},
		{2, 1, "* | 0-1 | 1-2 | 2-3 | 3-4 | 4-5 | 5-6 | 6-7 | 7-8 | 8-9 | 9-10 | 10-11 | 11-12 | 12-13"},
	} {
		var all []string
		for _, b := range textBands(groups, 3, c.room, c.ends) {
			var parts []string
			for _, g := range b.groups {
				parts = append(parts, fmt.Sprintf("%d-%d", g.first, g.end))
			}
			band := strings.Join(parts, " ")
			if b.ends {
				band += "*"
			}
			all = append(all, band)
		}
		if got := strings.Join(all, " | "); got != c.want {
			t.Errorf("room for %d, ends of %d: %s, want %s", c.room, c.ends, got, c.want)
		}
	}
}

// Nothing of a file commands a terminal or turns what stands beside it.
func TestMatrixHoldsNothingThatActs(t *testing.T) {
	hostile := "a\x1b[31m\u202e\u200e\u200b\u2066\u061c\ufeff\u0085\r\nb`"
	for _, text := range []string{hostile, strings.Repeat(hostile+" ", 30), "\u202e", "می‌شود", "مرحبا \u202d"} {
		for _, language := range []string{"en", "ar"} {
			m := &matrixWriter{plan: newPlan(coffee(), Options{Language: language})}
			for _, line := range wrapText(m.foreign(clean(text)), 20) {
				for _, r := range line {
					if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !strings.ContainsRune(isolate+endIsolate+"\u200c\u200d", r) {
						t.Errorf("%q holds %U", line, r)
					}
				}
			}
		}
	}
}

func TestTextIsWrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		wide int
		want []string
	}{
		{"", 5, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"abcdefghij kl", 4, []string{"abcd", "efgh", "ij", "kl"}},
		{"訪問する", 4, []string{"訪問", "する"}},
		{"👩‍👩‍👧👩‍👩‍👧", 2, []string{"👩‍👩‍👧", "👩‍👩‍👧"}},
		{"訪", 1, []string{"訪"}},
	} {
		if got := wrapText(c.text, c.wide); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d columns: %q, want %q", c.text, c.wide, got, c.want)
		}
	}
}

func TestLengthsOfTime(t *testing.T) {
	for _, c := range []struct {
		language, length, want string
	}{
		{"en", "0s", "no time"}, {"en", "26h3m", "1 d 2 h 3 min"}, {"en", "90s", "1 min 30 s"},
		{"fa", "26h", "۱ روز ۲ ساعت"},
		{"ar", "0s", "لا وقت"}, {"ar", "24h", "يوم واحد"}, {"ar", "50h", "يومين وساعتين"}, {"ar", "72h5m", "٣ أيام و٥ دقائق"},
		{"ar", "264h", "١١ يومًا"}, {"ar", "2400h", "١٠٠ يوم"}, {"ar", "2424h", "١٠١ يوم"}, {"ar", "2472h", "١٠٣ أيام"},
	} {
		if got := wordsOf(c.language).lasts(parsed(t, c.length)); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.length, c.language, got, c.want)
		}
	}
	for share, want := range map[float64]string{0: "0%", 0.0001: "0.1%", 0.9999: "99.9%", 1: "100%", 0.5: "50%"} {
		if got := wordsOf("en").openShare(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

// Lists of words are as long as what they name.
func TestWordsOfAccessAreComplete(t *testing.T) {
	for _, w := range catalogue() {
		a := w.Access
		if len(a.Marks) != countMarks || len(a.Days) != 7 || len(a.Outages) != 4 {
			t.Errorf("%s: %d marks, %d days, %d outages", w.language, len(a.Marks), len(a.Days), len(a.Outages))
		}
		for _, pattern := range append(slices.Clone(a.Outages), a.Without, a.Moment, a.Within, a.Others) {
			if strings.Count(pattern, "%s") != 1 {
				t.Errorf("%s: %q has no place for a name", w.language, pattern)
			}
		}
	}
}

func parsed(t *testing.T, length string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(length)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
