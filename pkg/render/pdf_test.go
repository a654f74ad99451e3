package render

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

func printed(t testing.TB, s *Scene) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := PDF(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// document is a PDF that was read by its table of places.
type document struct {
	objects map[int]string // without their streams
	streams map[int][]byte // unpacked
}

var (
	objectHead = regexp.MustCompile(`^(\d+) 0 obj\n`)
	streamSize = regexp.MustCompile(`/Length (\d+)>>\nstream\n$`)
)

// read holds a file to the form that PDF has, and leaves no byte unread.
func read(t testing.TB, data []byte) document {
	t.Helper()
	tail := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(data)
	if !bytes.HasPrefix(data, []byte("%PDF-1.7\n")) || tail == nil {
		t.Fatal("no PDF begins or ends like this")
	}
	at, _ := strconv.Atoi(string(tail[1]))
	table := strings.Split(string(data[at:]), "\n")
	var size int
	if n, err := fmt.Sscanf(table[0]+" "+table[1], "xref 0 %d", &size); n != 1 {
		t.Fatalf("no table at %d: %v", at, err)
	}
	d := document{map[int]string{}, map[int][]byte{}}
	end := bytes.IndexByte(data, '\n') + 7 // the second line says that there are bytes
	for i := 1; i < size; i++ {
		var place, generation int
		if n, _ := fmt.Sscanf(table[2+i], "%010d %05d n ", &place, &generation); n != 2 || len(table[2+i]) != 19 {
			t.Fatalf("line %d of the table is %q", i, table[2+i])
		}
		if place != end {
			t.Fatalf("object %d begins at %d, the one before ends at %d", i, place, end)
		}
		end += d.readObject(t, i, data[place:at])
	}
	if end != at {
		t.Fatalf("the objects end at %d, the table begins at %d", end, at)
	}
	return d
}

func (d document) readObject(t testing.TB, i int, data []byte) (size int) {
	head := objectHead.FindSubmatch(data)
	if head == nil || string(head[1]) != strconv.Itoa(i) {
		t.Fatalf("object %d begins with %.20q", i, data)
	}
	start := len(head[0])
	end := start + bytes.Index(data[start:], []byte("\nendobj\n"))
	body := string(data[start:end])
	if at := strings.Index(body, ">>\nstream\n"); at >= 0 {
		head := body[:at+len(">>\nstream\n")]
		long, _ := strconv.Atoi(streamSize.FindStringSubmatch(head)[1])
		start += len(head)
		d.streams[i] = unpacked(t, head, data[start:start+long])
		end = start + long + len("\nendstream")
		if !bytes.HasPrefix(data[start+long:], []byte("\nendstream\nendobj\n")) {
			t.Fatalf("the stream of object %d is not as long as it says", i)
		}
		body = head
	}
	d.objects[i] = body
	return end + len("\nendobj\n")
}

func unpacked(t testing.TB, head string, data []byte) []byte {
	if !strings.Contains(head, "/Filter/FlateDecode") {
		return data
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	fontObject = regexp.MustCompile(`/F(\d+) (\d+) 0 R`)
	mapped     = regexp.MustCompile(`<([0-9A-F]{4})><([0-9A-F]+)>`)
	shown      = regexp.MustCompile(`BT /F(\d+) \S+ Tf [03] Tr 1 0 0 -1 \S+ \S+ Tm \[([^]]*)\] TJ ET`)
	code       = regexp.MustCompile(`<([0-9A-F]+)>`)
)

// text returns what a reader finds on the page, from left to right.
func (d document) text(t testing.TB) string {
	maps := map[string]map[string]string{}
	for _, f := range fontObject.FindAllStringSubmatch(d.objects[pdfOnlyPage], -1) {
		maps[f[1]] = map[string]string{}
		first, _ := strconv.Atoi(f[2])
		for _, m := range mapped.FindAllStringSubmatch(string(d.streams[first+fontCharacters]), -1) {
			maps[f[1]][m[1]] = decoded(t, m[2])
		}
	}
	var b strings.Builder
	for _, run := range shown.FindAllStringSubmatch(string(d.streams[pdfContent]), -1) {
		for _, codes := range code.FindAllStringSubmatch(run[2], -1) {
			for i := 0; i < len(codes[1]); i += 4 {
				b.WriteString(maps[run[1]][codes[1][i:i+4]])
			}
		}
	}
	return b.String()
}

func decoded(t testing.TB, digits string) string {
	data, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	var units []uint16
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
	}
	return string(utf16.Decode(units))
}

func labels(s *Scene) []Shape {
	var list []Shape
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			if shape.Kind == Label {
				list = append(list, shape)
			}
		}
	}
	return list
}

// Each label of one direction is on the page, character by character.
func TestPDFHoldsTheText(t *testing.T) {
	s := newSketch("fa", "همهٔ لا بأس بدلًا ۀ")
	s.basic(s.touch("fi ffi Đăng", "web", "Österreich"), s.touch("訪問", "phone", "گفت‌وگو"))
	for _, g := range []*corridor.Graph{coffee(), cases["arabic"](), s.done()} {
		scene := laidOut(t, g)
		found := read(t, printed(t, scene)).text(t)
		for _, label := range labels(scene) {
			runs := runs([]rune(label.Text), label.RightToLeft)
			if len(runs) != 1 {
				continue
			}
			want := []rune(label.Text)
			if runs[0].rightToLeft() {
				slices.Reverse(want)
			}
			if !strings.Contains(found, string(want)) {
				t.Errorf("%q is not on the page", label.Text)
			}
		}
	}
}

// Another program finds every word as it is written.
func TestPDFIsSearchable(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext on this machine")
	}
	arabic := newSketch("ar", "الاتصال بالهاتف المصرفي")
	arabic.basic(arabic.touch("حساب جارٍ بدلًا من الدور", "phone", "الأقسام"), arabic.touch("زيارة الموقع (Website)", "web", "الفرع"))
	persian := newSketch("fa", "خرید آنلاین دستگاه قهوه‌ساز")
	persian.basic(persian.touch("همهٔ راه‌هایی که باید", "chat", "پشتیبانی"), persian.touch("پرداخت", "web", "فروش"))
	for _, g := range []*corridor.Graph{coffee(), arabic.done(), persian.done()} {
		scene := laidOut(t, g)
		file := filepath.Join(t.TempDir(), "map.pdf")
		if err := os.WriteFile(file, printed(t, scene), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "-enc", "UTF-8", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Join(wordsIn(string(out)), " ")
		for _, label := range labels(scene) {
			for _, word := range wordsIn(label.Text) {
				if !strings.Contains(found, word) {
					t.Errorf("pdftotext does not find %q", word)
				}
			}
		}
	}
}

// wordsIn are the words of a text, without signs and marks of direction.
func wordsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\u200c'
	})
}

// The page and the picture are the same.
func TestPDFLooksAsThePNG(t *testing.T) {
	program, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("there is no pdftoppm on this machine to draw it")
	}
	for _, g := range []*corridor.Graph{coffee(), twoWays("en"), twoWays("ar"), manyOptions()} {
		scene := laidOut(t, g)
		from := filepath.Join(t.TempDir(), "map.pdf")
		if err := os.WriteFile(from, printed(t, scene), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(program, "-r", "192", "-png", "-singlefile", from, strings.TrimSuffix(from, ".pdf")).CombinedOutput(); err != nil || len(out) > 0 {
			t.Fatalf("%v: %s", err, out)
		}
		file, err := os.Open(strings.TrimSuffix(from, "pdf") + "png")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		page, err := png.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		worst, at := unlike(t, page, picture(t, scene, 192))
		t.Logf("the most unlike block, at %v, differs by %d of 255 on average", at, worst)
		if worst > 64 { // poppler moves thin lines to whole pixels
			t.Errorf("the page is another one than the picture at %v: %d of 255 on average", at, worst)
		}
	}
}

func TestPDFPage(t *testing.T) {
	scene := laidOut(t, cases["arabic"]())
	d := read(t, printed(t, scene))
	size := fmt.Sprintf("/MediaBox[0 0 %s %s]", px(scene.Width*3/4), px(scene.Height*3/4))
	if !strings.Contains(d.objects[pdfOnlyPage], size) {
		t.Errorf("the page is not %s: %s", size, d.objects[pdfOnlyPage])
	}
	if c := d.objects[pdfCatalog]; !strings.Contains(c, "/Lang(ar)") || !strings.Contains(c, "/Direction/R2L") {
		t.Errorf("it does not say that it is Arabic: %s", c)
	}
	title := regexp.MustCompile(`/Title<FEFF([0-9A-F]*)>`).FindStringSubmatch(d.objects[pdfInfo])
	if title == nil || decoded(t, title[1]) != scene.Title {
		t.Errorf("its title is %q", title)
	}
	alt := regexp.MustCompile(`/Alt<FEFF([0-9A-F]*)>`).FindStringSubmatch(d.objects[pdfFigure])
	if alt == nil || decoded(t, alt[1]) != scene.Description {
		t.Errorf("it tells %q", alt)
	}
	wellFormed(t, d.streams[pdfMetadata], func(xml.StartElement) {})
	for _, f := range fontObject.FindAllStringSubmatch(d.objects[pdfOnlyPage], -1) {
		first, _ := strconv.Atoi(f[2])
		if !bytes.HasPrefix(d.streams[first+fontProgram], []byte{0, 1, 0, 0}) {
			t.Errorf("font %s is none", f[1])
		}
	}
}

// A page has a longest side; a longer map is made smaller.
func TestPDFOfALongMap(t *testing.T) {
	scene := laidOut(t, generated(300))
	box := regexp.MustCompile(`/MediaBox\[0 0 (\S+) (\S+)\]`).FindStringSubmatch(read(t, printed(t, scene)).objects[pdfOnlyPage])
	wide, _ := strconv.ParseFloat(box[1], 64)
	high, _ := strconv.ParseFloat(box[2], 64)
	if wide > longest || wide < longest-1 {
		t.Errorf("it is %v wide", wide)
	}
	if ratio := wide / high * float64(scene.Height) / float64(scene.Width); ratio < 0.999 || ratio > 1.001 {
		t.Errorf("it is out of shape: %v × %v", wide, high)
	}
}

// A subset draws what the whole font does, glyphs made of others too.
func TestSubsetDrawsTheSame(t *testing.T) {
	composite := 0
	for _, s := range subsets {
		for _, file := range s.files {
			subset := newSubsetter(file)
			if subset.head[51] != 0 {
				t.Fatal("its offsets are long")
			}
			whole := readFont(t, file, nil)
			for id := 1; id < len(subset.loca)/2-1; id += 7 {
				part := readFont(t, file, subset.with([]pdfGlyph{{id: font.GID(id)}}))
				got, want := part.GlyphData(font.GID(id)), whole.GlyphData(font.GID(id))
				if !reflect.DeepEqual(got, want) {
					t.Errorf("glyph %d is another: %v, want %v", id, got, want)
				}
				if data := subset.glyph(id); len(data) > 0 && data[0] >= 0x80 {
					composite++
				}
			}
		}
	}
	if composite == 0 {
		t.Error("no glyph was made of others")
	}
}

// readFont reads a font, with the outlines of a subset if there is one.
func readFont(t *testing.T, file, subset []byte) *font.Face {
	t.Helper()
	whole, err := opentype.NewLoader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	from := whole
	if subset != nil {
		if from, err = opentype.NewLoader(bytes.NewReader(subset)); err != nil {
			t.Fatal(err)
		}
	}
	var tables []opentype.Table
	for _, tag := range whole.Tables() {
		source := whole
		if from.HasTable(tag) {
			source = from
		}
		data, err := source.RawTable(tag)
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, opentype.Table{Tag: tag, Content: data})
	}
	face, err := font.ParseTTF(bytes.NewReader(opentype.WriteTTF(tables)))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// pdfNames are the names in a part of a PDF. Those that a map has can do
// nothing.
var pdfNames = regexp.MustCompile(`/[^\s/<>\[\]()]*`)

// knownNames are all names that our PDFs have but those of fonts.
var knownNames = func() map[string]bool {
	known := map[string]bool{}
	for _, name := range strings.Fields(`Type Catalog Pages Lang ViewerPreferences DisplayDocTitle Direction L2R R2L Metadata MarkInfo Marked StructTreeRoot
		Count Kids Page Parent MediaBox Contents Resources Font StructParents Tabs S Filter FlateDecode Length Title Producer Subtype XML K ParentTree Nums
		StructElem Figure P Pg Alt A O Layout Placement Block BBox Type0 BaseFont Encoding Identity-H DescendantFonts ToUnicode CIDFontType2 CIDSystemInfo
		Registry Ordering Supplement FontDescriptor CIDToGIDMap DW W FontName Flags ItalicAngle StemV CapHeight FontBBox Ascent Descent FontFile2 Length1`) {
		known["/"+name] = true
	}
	return known
}()

var fontNames = regexp.MustCompile(`^/F\d+$|^/[A-Z]{6}\+Vazirmatn-(Regular|Bold)$`)

// harmlessPDF holds a PDF to the names that can do nothing, and its drawing to
// strings that are codes of glyphs.
func harmlessPDF(t testing.TB, data []byte) {
	t.Helper()
	d := read(t, data)
	for i, object := range d.objects {
		for _, name := range pdfNames.FindAllString(object, -1) {
			if !knownNames[name] && !fontNames.MatchString(name) {
				t.Fatalf("object %d has %s: %s", i, name, object)
			}
		}
	}
	drawing := shown.ReplaceAllString(string(d.streams[pdfContent]), "")
	if strings.ContainsAny(drawing, "()") || strings.Count(drawing, "<") != 2 {
		t.Fatalf("it draws %s", drawing)
	}
}

func FuzzPDF(f *testing.F) {
	for _, text := range []string{"Call", ")", "\\", "endobj", "endstream\nendobj\n9 0 obj\n<</S/JavaScript/JS(app.alert(1))>>", "/JS", "(((", ">>", "<FEFF",
		"\xfe\xff\x00", "مرحبا (a) 12", "👩‍👩‍👧訪", "%%EOF", "1 0 R", "]]></x><?php"} {
		f.Add(text, "en")
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		s := newSketch(language, text)
		s.stage(text)
		s.basic(s.touch(text, language, text))
		s.path(1, text, 1, 1, s.touch(text+"c", text, text))
		harmlessPDF(t, printed(t, laidOut(t, s.done())))
	})
}
