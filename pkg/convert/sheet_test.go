package convert

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// TestSheets prints the flow and the findings of each sheet in testdata/sheet.
// A section `columns` has a line HEADER=MEANING each; a section `encoding` says
// how the sheet is saved before it is read.
func TestSheets(t *testing.T) {
	golden.Run(t, "testdata/sheet/*.txtar", func(t *testing.T, a *golden.Archive) {
		o := Options{Columns: map[string]string{}}
		if columns, ok := a.Input("columns"); ok {
			for _, line := range strings.Fields(string(columns)) {
				header, meaning, _ := strings.Cut(line, "=")
				o.Columns[header] = meaning
			}
		}
		name, data := sheetInput(t, a)
		format, ok := Detect(name, data)
		if !ok || format.Name != "csv" {
			t.Fatalf("%s is not taken for a sheet", name)
		}
		text, guessed := format.Decode(data)
		o.Guessed = guessed
		flow, findings := sheetRead(source.New(name, text), o)
		if flow != nil {
			flow.guessed(guessed)
			findings = append(findings, flow.findings...)
		}
		a.Equal("flow", []byte(printedFlow(flow)))
		a.Equal("findings", []byte(printedFindings(findings)))
	})
}

// sheetInput returns the sheet of an archive, in its encoding.
func sheetInput(t *testing.T, a *golden.Archive) (name string, data []byte) {
	t.Helper()
	name = a.Files[0].Name
	data, _ = a.Input(name)
	encoding, _ := a.Input("encoding")
	switch word := strings.TrimSpace(string(encoding)); word {
	case "":
	case "windows-1256":
		data = encoded(t, charmap.Windows1256, string(data))
	case "windows-1252":
		data = encoded(t, charmap.Windows1252, string(data))
	case "utf-16le":
		data = encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(string(data), "\n", "\r\n"))
	default:
		t.Fatalf("no encoding %q", word)
	}
	return name, data
}

func printedFindings(findings []finding.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		from := f.Span.From()
		fmt.Fprintf(&b, "%d:%d %s %q: %s\n", from.Line, from.Column, f.Rule, f.Span.Text(), f.Message)
		if f.Help != "" {
			fmt.Fprintf(&b, "    %s\n", f.Help)
		}
	}
	return b.String()
}

// printedFlow writes down all that a flow says.
func printedFlow(f *flow) string {
	if f == nil {
		return "none\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", f.doc.Title.Plain)
	printField(&b, "description", f.doc.Description.Plain)
	printField(&b, "language", f.doc.Language.Value)
	for _, s := range f.doc.Stages {
		printDefinition(&b, "stage", s.Definition)
	}
	for _, c := range f.doc.Capabilities {
		printDefinition(&b, "capability", c.Definition)
	}
	for _, c := range f.doc.Channels {
		printDefinition(&b, "channel", c.Definition)
	}
	for _, d := range f.doc.Departments {
		printDefinition(&b, "department", d.Definition)
	}
	for _, c := range f.doc.Customers {
		printDefinition(&b, "customer", c.Definition)
	}
	for i, n := range f.nodes {
		fmt.Fprintf(&b, "%d %s %s", i, [...]string{"step", "gateway", "start", "end"}[n.kind], n.key)
		if n.name.Value != n.key {
			fmt.Fprintf(&b, " (%s)", n.name.Value)
		}
		fmt.Fprintf(&b, " @%d\n", n.span.From().Line)
		printTouchpoint(&b, n.touchpoint)
	}
	for _, e := range f.edges {
		fmt.Fprintf(&b, "%d → %d", e.from, e.to)
		if e.label.Value != "" {
			fmt.Fprintf(&b, " %q", e.label.Value)
		}
		if e.share != nil {
			fmt.Fprintf(&b, " %v", e.share.Value)
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

func printField(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s: %q\n", name, value)
	}
}

func printDefinition(b *strings.Builder, what string, d model.Definition) {
	fmt.Fprintf(b, "%s %s", what, d.ID.Value)
	if d.Name.Plain != "" {
		fmt.Fprintf(b, " (%s)", d.Name.Plain)
	}
	from := d.ID.Span.From()
	fmt.Fprintf(b, " @%d:%d\n", from.Line, from.Column)
}

// printTouchpoint writes each field that is set, in the order of the model.
func printTouchpoint(b *strings.Builder, t model.Touchpoint) {
	printField(b, "    description", t.Description.Plain)
	v := reflect.ValueOf(t)
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.Name != "Definition" && !v.Field(i).IsZero() {
			fmt.Fprintf(b, "    %s: %s\n", field.Name, printed(v.Field(i)))
		}
	}
}

func printed(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case source.Span:
		return ""
	case time.Duration:
		return x.String()
	case model.Text:
		return fmt.Sprintf("%q", x.Plain)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return printed(v.Elem())
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, printed(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if p := printed(v.Field(i)); p != "" {
				parts = append(parts, p)
			}
		}
		return strings.Join(parts, " ")
	}
	return fmt.Sprint(v.Interface())
}

func TestSheetDurations(t *testing.T) {
	for text, want := range map[string]string{
		"10 min": "10m0s", "10m": "10m0s", "1h30": "1h30m0s", "1h 30m": "1h30m0s", "2 days": "48h0m0s", "90s": "1m30s", "1.5 h": "1h30m0s", "1,5 hours": "1h30m0s",
		"1:30": "1h30m0s", "00:10": "10m0s", "0:00:45": "45s", "half an hour": "30m0s", "an hour": "1h0m0s", "an hour and a half": "1h30m0s", "two weeks": "336h0m0s",
		"quarter of an hour": "15m0s", "3-5 days": "120h0m0s?", "3 to 5 days": "120h0m0s?", "1 day - 2 days": "48h0m0s?", "~5 min": "5m0s?", "up to 2 working days": "48h0m0s?", "1 month": "720h0m0s?", "immediately": "0s",
		"٥ دقائق": "5m0s", "۱۰ دقیقه": "10m0s", "ساعة": "1h0m0s", "ساعة ونصف": "1h30m0s", "ساعتان": "2h0m0s", "ساعتين و 30 دقيقة": "2h30m0s", "يومين": "48h0m0s", "نصف ساعة": "30m0s", "ربع ساعة": "15m0s", "٢٫٥ ساعة": "2h30m0s",
		"حوالي ٣ أيام": "72h0m0s?", "من ٣ إلى ٥ أيام عمل": "120h0m0s?", "أسبوعان": "336h0m0s", "نیم ساعت": "30m0s", "یک ساعت و نیم": "1h30m0s", "سه روز کاری": "72h0m0s?", "۲ تا ۳ هفته": "504h0m0s?", "فوری": "0s", "7": "7m0s", "0": "0s", "20'": "20m0s", "2 Std.": "2h0m0s",
		"": "", "soon": "", "-5 min": "", "5 apples": "", "5 6 min": "", "1:75": "", "1:2:3:4": "", "999999999999 years": "", "1e9 d": "", "12.5.3 min": "",
	} {
		d := sheetParseDuration(text, time.Minute)
		got := d.length.String()
		if d.vague {
			got += "?"
		}
		if !d.ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestSheetHours(t *testing.T) {
	for text, want := range map[string]string{
		"Mo-Fr 08:00-16:00": "Mo-Fr 08:00-16:00", "Sun-Thu 8am-4pm": "Su-Th 08:00-16:00", "Monday to Friday 9 - 17": "Mo-Fr 09:00-17:00", "8:30–15:00": "08:30-15:00",
		"24 hours": "24/7", "24/7": "24/7", "Daily 9am to 5:30 pm": "Mo-Su 09:00-17:30", "closed": "off", "Mon, Wed 9-12; Sat 10-11": "Mo,We 09:00-12:00; Sa 10:00-11:00",
		"الأحد - الخميس ٨:٠٠ - ١٦:٠٠": "Su-Th 08:00-16:00", "من الأحد إلى الخميس 8 صباحا - 4 مساء": "Su-Th 08:00-16:00", "شنبه تا چهارشنبه ۸ تا ۱۶": "Sa-We 08:00-16:00", "سه شنبه ۹ تا ۱۲": "Tu 09:00-12:00", "شبانه‌روزی": "24/7",
		"whenever": "", "8": "", "pm": "", "25-26": "", "Mo": "24:00",
	} {
		got, ok := sheetHours(source.Spanned[string]{Value: text})
		if want == "24:00" {
			want = "Mo 00:00-24:00"
		}
		spans, err := syntax.ParseHours(want)
		if ok != (err == nil) || ok && !reflect.DeepEqual(got.Spans, spans) {
			t.Errorf("%q: got %v, %v; want %s", text, got, ok, want)
		}
	}
}

func TestSheetHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"Touchpoint": "touchpoint", "TOUCH-POINTS": "touchpoint", "Customer action": "touchpoint", "Step name": "touchpoint", "نقطة الاتصال": "touchpoint", "نقاط تماس": "touchpoint", "نقطه‌تماس": "touchpoint", "الخطوة": "touchpoint", "گام‌ها": "touchpoint",
		"Phase": "stage", "Journey stages": "stage", "المرحلة": "stage", "مرحله": "stage", "مرحلة الرحلة": "stage", "Channel / القناة": "channel", "القناة (Channel)": "channel", "كانال": "channel", "Contact channel": "channel",
		"Responsible department": "owner", "المسؤول": "owner", "المسئول": "owner", "واحد مسئول": "owner", "Team": "owner", "Persona": "customers", "العميل": "customers", "مشتری": "customers",
		"Emotion": "experience", "Überhaupt": "", "Sentiment score": "experience", "امتياز": "experience", "Duration (min)": "takes", "Time in hours": "takes", "المدة بالدقائق": "takes", "زمان به دقیقه": "takes", "Waiting time (min)": "waits", "زمان انتظار": "waits",
		"Opening hours": "hours", "ساعات العمل": "hours", "Notes": "description", "Moment of truth?": "moment-of-truth", "No.": "number", "#": "number", "ردیف": "number", "Instead of": "instead-of", "به جای": "instead-of", "بعد": "after", "Path": "path", "مسیر": "path", "Optional?": "optional",
		"SLA": "promise", "Language": "languages", "Next step": "", "Pain points": "", "": "", "Price": "", "Number of customers": "",
	} {
		got := ""
		if m := sheetMatchHeader(header); m.column >= 0 {
			got = SheetColumns[m.column].Name
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", header, got, want)
		}
	}
}

// Every header that the table promises means what the table says.
func TestSheetHeadersOfTheTable(t *testing.T) {
	for _, c := range SheetColumns {
		for _, header := range append([]string{c.Name}, c.Headers...) {
			if m := sheetMatchHeader(header); m.column < 0 || SheetColumns[m.column].Name != c.Name {
				t.Errorf("%q does not mean %s", header, c.Name)
			}
		}
	}
}

func TestSheetChannels(t *testing.T) {
	r := &sheetReader{words: sheetTables()}
	for text, want := range map[string]string{
		"Telephone": "phone", "by phone": "phone", "via the website": "web", "عبر الهاتف": "phone", "عن طريق الموقع": "web", "از طریق تلفن": "phone", "وب‌سایت": "web", "وب سایت": "web", "شعبه": "counter", "الفرع": "counter",
		"E-Mail": "email", "Email": "email", "Text message": "sms", "پیامک": "sms", "Mobile App": "app", "Letter": "post", "Face-to-face": "visit", "Live chat": "chat", "ATM": "kiosk", "carrier pigeon": "", "": "", "the": "",
	} {
		if got, _ := r.builtIn(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	known := map[string]bool{}
	for _, c := range model.BuiltInChannels {
		known[c.ID.Value] = true
	}
	for _, c := range sheetChannels {
		if !known[c.means] {
			t.Errorf("%s is no built-in channel", c.means)
		}
		delete(known, c.means)
	}
	if len(known) > 0 {
		t.Errorf("there are no words for %v", known)
	}
}

func TestSheetChannelsByHead(t *testing.T) {
	r := &sheetReader{words: sheetTables()}
	for text, want := range map[string]string{"in person (clinic)": "visit", "Bank website": "web", "موقع البلدية": "web", "carrier pigeon (phone)": "", "phone book entry": "", "pigeon": ""} {
		if got, _ := r.channelByHead(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSheetScores(t *testing.T) {
	for _, test := range []struct {
		cells string // of one column
		want  string // their scores from 1 to 5
	}{
		{"1 3 5 4,5 ٢", "1 3 5 4.5 2"}, {"-2 0 2", "1 3 5"}, {"+1 -1", "4 2"}, {"1 10", "1 5"}, {"0 10", "1 5"}, {"0 50 100", "1 3 5"}, {"4/5 5/10 80%", "4 2.78 4.2"}, {"😀 🙂 😐 ☹️ 😡", "5 4 3 2 1"}, {"★★★☆☆", "3"},
		{"positive neutral negative", "4 3 2"}, {"ممتاز محايد سلبي", "5 3 2"}, {"عالی معمولی بد", "5 3 2"}, {"7 1000", "? ?"}, {"nice", "?"}, {"6/5", "?"}, {"1.2.3", "?"},
	} {
		text := "Step\tScore\n"
		for _, cell := range strings.Fields(test.cells) {
			text += "s\t" + cell + "\n"
		}
		flow, _ := sheetRead(source.New("x.tsv", []byte(text)), Options{})
		var got []string
		for _, n := range flow.nodes {
			switch {
			case n.kind == step && len(n.touchpoint.Experience) == 1:
				got = append(got, fmt.Sprint(n.touchpoint.Experience[0].Score.Value))
			case n.kind == step:
				got = append(got, "?")
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: got %s, want %s", test.cells, s, test.want)
		}
	}
}

func TestSheetDetect(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"x.csv", "", true}, {"X.TSV", "a\tb\n", true}, {"x.txt", "Stage\tStep\tChannel\nNeed\tCall\tphone\n", true}, {"<stdin>", "Stage,Touchpoint,Channel\n", true},
		{"x.txt", "Dear reader,\nthis is a letter.\n", false}, {"x.txt", "Steps\n\nfirst, second\n", false}, {"x.md", "| Stage | Step | Channel |\n", false}, {"x.yaml", "Stage,Step,Channel\n", false}, {"x", "", false},
	} {
		if format, got := Detect(test.name, []byte(test.text)); got != test.want || got && format.Name != "csv" {
			t.Errorf("%s %q: got %v %s", test.name, test.text, got, format.Name)
		}
	}
}

func TestCellsOfFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Call": "Call", "=1+2": "'=1+2", "+44": "'+44", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "'=1": "'=1", "a=1": "a=1", "اتصال": "اتصال",
	} {
		got := exportCell(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		s := newSheetScanner(source.New("x.csv", []byte(got)), ",", 0)
		cells, _ := s.next()
		if want := strings.TrimSpace(strings.TrimPrefix(got, "'")); len(cells) > 0 && strings.TrimSpace(s.value(cells[0]).Value) != want {
			t.Errorf("%q is read as %q, not %q", got, s.value(cells[0]).Value, want)
		}
	}
}

// Sheets that cost much when one is careless: the test is over at once.
func TestSheetsOfAnySize(t *testing.T) {
	row := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(strings.ReplaceAll(format, "N", fmt.Sprint(i)), "P", fmt.Sprint(max(0, i-1))) + "\n")
		}
		return b.String()
	}
	const many = 30_000 / slower
	for name, text := range map[string]string{
		"equal names":              row("Call,,,", many),
		"options in a row":         row("SN,optional,,", many),
		"options on options":       "S,,,\n" + row("SN,optional: oN,SP,", many),
		"alternatives in a row":    "S,,,\n" + row("SN,alternative: aN,,", many),
		"a circle":                 row("SN,alternative: aN,SP,", many) + "S,,,\n",
		"names that are not there": row("SN,alternative: aN,xN,", many) + "S,,,\n",
		"ambiguous names":          row("S,alternative: aN,S,", many) + "S,,,\n",
		"columns":                  strings.Repeat("x,", 5*many) + "\n",
		"quotes":                   strings.Repeat("\"\"\"\",", 5*many) + "\n",
	} {
		begin := time.Now()
		flow, findings := sheetRead(source.New("x.csv", []byte("Step,Path,After,Number\n"+text)), Options{})
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
		if flow == nil {
			t.Errorf("%s: nothing is read: %s", name, printedFindings(findings))
		}
	}
	if flow, findings := sheetRead(source.New("x.csv", []byte("Step\n"+row("S", sheetRows+1))), Options{}); flow != nil || findings[0].Rule != "invalid-file" {
		t.Errorf("more than %d rows are read", sheetRows)
	}
	if flow, findings := sheetRead(source.New("x.csv", make([]byte, syntax.MaxFileSize+1)), Options{}); flow != nil || len(findings) != 1 {
		t.Error("a file of any size is read")
	}
}

func FuzzSheet(f *testing.F) {
	for _, text := range []string{
		arabicText, persianText, frenchText, germanText, "Step,Path,After,Before,Instead of\na,,,,\nb,optional,a,,\nc,alternative: x,,,a;b\n,skip,,,a\n", "sep=;\nStep;Score\na;4/5\n", "Step\n\"a", "Step|Time|Open\na|1h30|Mo-Fr 8am-4pm\n",
		"Step,Touchpoint,Customer action,Activity,Channel,Notes\na,b,c,d,e,f\n", "Touchpoint,Kind,Channel\na,digital,counter\nb,physical,own\nc,digital,own\n",
		"No,Step,Path,Instead of\n1,a,,\n2,b,x,3\n3,c,y,2\n", "\xff\xfeS\x00t\x00e\x00p\x00\n\x00a\x00", "Title\n\nStage,Step,Customers,Requires\nx,y,\"a, b\",a phone or id card\n,z,a,\n",
	} {
		f.Add([]byte(text), "touchpoint")
	}
	f.Fuzz(func(t *testing.T, data []byte, meaning string) {
		text, _ := decodeText(data)
		file := source.New("x.csv", text)
		o := Options{}
		if len(meaning)%2 == 1 {
			o.Columns = map[string]string{"1": meaning, "B": "path"}
		}
		flow, findings := sheetRead(file, o)
		again, _ := sheetRead(file, o)
		if flow == nil {
			if len(findings) == 0 {
				t.Fatal("nothing is read, and nothing says so")
			}
			holdsPlaces(t, file, findings)
			return
		}
		if a, b := printedFlow(flow), printedFlow(again); a != b || printedFindings(flow.findings) != printedFindings(again.findings) {
			t.Fatalf("got\n%s\nthen\n%s", a, b)
		}
		holdsPlaces(t, file, flow.findings)
		holdsFlow(t, file, flow)
	})
}

// holdsPlaces fails unless each finding has a place in the file.
func holdsPlaces(t *testing.T, file *source.File, findings []finding.Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Span.File != file || f.Span.Start < 0 || f.Span.Start > f.Span.End || f.Span.End > len(file.Text) {
			t.Errorf("%s: %q is at %d to %d", f.Rule, f.Message, f.Span.Start, f.Span.End)
		}
	}
}

// holdsFlow fails unless a flow of a sheet is whole: every node is on a way
// from the start to the end, no way is there twice, keys are, too.
func holdsFlow(t *testing.T, file *source.File, f *flow) {
	t.Helper()
	keys, ways := map[string]bool{}, map[[2]int]bool{}
	ahead, back := make([][]int, len(f.nodes)), make([][]int, len(f.nodes))
	from, to := -1, -1
	for i, n := range f.nodes {
		if keys[n.key] {
			t.Errorf("the key %q is there twice", n.key)
		}
		keys[n.key] = true
		if n.span.File != file || n.span.End > len(file.Text) {
			t.Errorf("%q is nowhere", n.key)
		}
		switch n.kind {
		case start:
			from = i
		case end:
			to = i
		}
	}
	for _, e := range f.edges {
		if ways[[2]int{e.from, e.to}] {
			t.Errorf("there are two ways from %d to %d:\n%s", e.from, e.to, printedFlow(f))
		}
		ways[[2]int{e.from, e.to}] = true
		ahead[e.from], back[e.to] = append(ahead[e.from], e.to), append(back[e.to], e.from)
	}
	for i := range f.nodes {
		if !reaches(ahead, from, i) || !reaches(back, to, i) {
			t.Errorf("%q is on no way:\n%s", f.nodes[i].key, printedFlow(f))
			return
		}
	}
}

func reaches(ways [][]int, from, to int) bool {
	seen := make([]bool, len(ways))
	stack := []int{from}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if v == to {
			return true
		}
		if !seen[v] {
			seen[v] = true
			stack = append(stack, ways[v]...)
		}
	}
	return false
}
