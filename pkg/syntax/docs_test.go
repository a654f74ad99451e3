package syntax_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// referenceExamples are the whole files in the language reference.
func referenceExamples(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, block := range yamlBlock.FindAllStringSubmatch(syntax.Reference, -1) {
		if strings.HasPrefix(block[1], "corridor: 1\n") {
			files = append(files, block[1])
		}
	}
	if len(files) < 2 {
		t.Fatal("the reference has no examples")
	}
	return files
}

// TestReferenceExamples checks that every whole file in the reference has no
// finding, that every other block is marked as a part, and that the parts of a
// file hold too.
func TestReferenceExamples(t *testing.T) {
	for _, example := range referenceExamples(t) {
		if found := parse(example); len(found) > 0 {
			t.Errorf("%s\n%s", list(found), example)
		}
	}
	for _, block := range yamlBlock.FindAllStringSubmatch(syntax.Reference, -1) {
		text := block[1]
		if strings.HasPrefix(text, "corridor: 1\n") {
			continue
		}
		if !strings.HasPrefix(text, "# fragment\n") {
			t.Errorf("this block is neither a file nor marked as a fragment:\n%s", text)
		}
		for _, key := range topKeys(text) {
			if objectsOf(t)[""].keys[key] == nil {
				continue
			}
			if found := parse("corridor: 1\ntitle: T\n" + text); len(found) > 0 {
				t.Errorf("%s\n%s", list(found), text)
			}
		}
	}
}

// TestReferenceExampleIsWhole checks that the last example uses every key, as
// the text above it says.
func TestReferenceExampleIsWhole(t *testing.T) {
	examples := referenceExamples(t)
	used := map[string]bool{}
	markKeys(jsonValue(parseYAML(t, examples[len(examples)-1])), "", used)
	for _, o := range objects {
		for key := range objectsOf(t)[o.at].keys {
			if !used[o.at+"/"+key] {
				t.Errorf("the whole file has no %s/%s", o.at, key)
			}
		}
	}
}

// markKeys notes the places of all keys of a file, as in objects.
func markKeys(v any, at string, used map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			used[at+"/"+key] = true
			markKeys(value, at+"/"+key, used)
			markKeys(value, at+"/*", used)
		}
	case []any:
		for _, value := range v {
			markKeys(value, at+"/[]", used)
		}
	}
}

// TestReferenceIsReadable checks that the reference fits a terminal.
func TestReferenceIsReadable(t *testing.T) {
	for i, line := range strings.Split(syntax.Reference, "\n") {
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("line %d has %d characters", i+1, n)
		}
		if line != strings.TrimRight(line, " \t") {
			t.Errorf("line %d ends in white space", i+1)
		}
	}
}

// TestReferenceKeys checks the tables of keys against the language, both
// ways, with their marks of what is needed and their words to choose from.
func TestReferenceKeys(t *testing.T) {
	tables := tables()
	for _, o := range objects {
		rows, ok := tables["key of "+o.what]
		if !ok {
			t.Errorf("the reference has no table of the keys of %s", o.what)
			continue
		}
		keys, required, seen := objectsOf(t)[o.at].keys, objectsOf(t)[o.at].required, map[string]bool{}
		for _, row := range rows {
			key, star := strings.CutSuffix(row[0], " *")
			key = strings.Trim(key, "`")
			if keys[key] == nil || seen[key] {
				t.Errorf("%s has no key %s, or the reference names it twice", o.what, key)
			}
			if star != slices.Contains(required, any(key)) {
				t.Errorf("%s: the mark * of %s is wrong", o.what, key)
			}
			seen[key] = true
			words, _ := keys[key]["enum"].([]any)
			for _, word := range words {
				if !strings.Contains(strings.Join(row[1:], " "), fmt.Sprintf("`%s`", word)) {
					t.Errorf("%s: the reference does not say that %s may be %s", o.what, key, word)
				}
			}
		}
		for key := range keys {
			if !seen[key] {
				t.Errorf("%s: the reference does not have the key %s", o.what, key)
			}
		}
	}
	for header := range tables {
		if what, ok := strings.CutPrefix(header, "key of "); ok && !slices.ContainsFunc(objects, func(o struct{ what, at, file string }) bool { return o.what == what }) {
			t.Errorf("the reference has a table of the keys of %s", what)
		}
	}
}

// TestReferenceBuiltIns checks the tables of what is built in.
func TestReferenceBuiltIns(t *testing.T) {
	var want [][]string
	for _, c := range model.BuiltInCapabilities {
		want = append(want, []string{"`" + c.ID.Value + "`", c.Name.Plain})
	}
	same(t, tables()["capability"], want)

	want = nil
	for _, c := range model.BuiltInChannels {
		var requires []string
		for _, r := range c.Requires {
			requires = append(requires, strings.Join(r.AnyOf, `\|`))
		}
		if len(requires) == 0 {
			requires = []string{"nothing"}
		}
		staffed := map[bool]string{true: "yes", false: "no"}[c.Staffed.Value]
		want = append(want, []string{"`" + c.ID.Value + "`", c.Kind.Value, staffed, strings.Join(requires, ", ")})
	}
	same(t, tables()["channel"], want)

	for _, word := range slices.Concat(model.Reserved, model.DefaultStages, model.Outcomes) {
		if !strings.Contains(syntax.Reference, "`"+word+"`") {
			t.Errorf("the reference does not have the word %s", word)
		}
	}
}

func same(t *testing.T, got, want [][]string) {
	t.Helper()
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("the reference has\n%q\nbut it is\n%q", got, want)
	}
}

// TestReferenceLimits checks the numbers of the limits.
func TestReferenceLimits(t *testing.T) {
	limits := map[string]string{}
	for _, row := range tables()["limit"] {
		limits[row[0]] = strings.ReplaceAll(row[1], ",", "")
	}
	for limit, n := range map[string]string{
		"size of a file":                                  fmt.Sprintf("%d MB", syntax.MaxFileSize>>20),
		"maps and lists within each other":                fmt.Sprint(syntax.MaxDepth),
		"values that YAML aliases (`*name`) stand for":    fmt.Sprint(syntax.MaxAliasValues),
		"characters of an id":                             fmt.Sprint(syntax.MaxNameLength),
		"steps of all paths of a journey together":        fmt.Sprint(corridor.MaxSteps),
		"findings each of reading, joining and the paths": fmt.Sprint(syntax.MaxFindings),
	} {
		if limits[limit] != n {
			t.Errorf("the reference says %q of the limit %q, which is %s", limits[limit], limit, n)
		}
	}
}

// TestReferenceHours checks that all forms of hours in the table are read.
func TestReferenceHours(t *testing.T) {
	rows := tables()["written"]
	if len(rows) < 10 {
		t.Fatal("the reference has no table of hours")
	}
	for _, row := range rows {
		for _, form := range strings.Split(row[0], "`, `") {
			text := "{corridor: 1, title: T, departments: {d: {hours: " + strings.Trim(form, "`") + "}}}"
			if found := parse(text); len(found) > 0 {
				t.Errorf("%s%s", text, list(found))
			}
		}
	}
}

var cellBorder = regexp.MustCompile(`[^\\]\|`)

// tables returns the tables of the reference by their first header.
func tables() map[string][][]string {
	all := map[string][][]string{}
	var header string
	for _, line := range strings.Split(syntax.Reference, "\n") {
		switch {
		case !strings.HasPrefix(line, "|"):
			header = ""
		case header == "":
			header = cells(line)[0]
			all[header] = nil
		case !strings.HasPrefix(line, "|--"):
			all[header] = append(all[header], cells(line))
		}
	}
	return all
}

func cells(line string) []string {
	var all []string
	for _, cell := range cellBorder.Split(strings.TrimPrefix(line, "|"), -1) {
		all = append(all, strings.TrimSpace(cell))
	}
	return all[:len(all)-1]
}
