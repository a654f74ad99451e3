package convert

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Texts as analysts write them. Windows-1256 has no Persian ي and old programs
// wrote the Arabic one, so persian1256 is what such a file holds.
const (
	arabicText  = "المرحلة,نقطة الاتصال,القناة\nالحاجة,يسمع العميل عن الحساب من صديق,توصية\nالوصول,يتصل بمركز الخدمة ويحجز موعداً,هاتف\nالرضا,يستلم البطاقة، ويسحب أول مبلغ,فرع\n"
	persianText = "مرحله;گام;کانال\nپیش از خرید;جست‌وجوی چند فروشگاه و مقایسهٔ قیمت;وب‌سایت\nخرید;پرداخت با کارت، گرفتن کد رهگیری;وب‌سایت\nپس از خرید;پیگیری ژاکت پشمی از پشتیبانی;تلفن\n"
	persian1256 = "مرحله;گام;کانال\nپيش از خريد;جستجوي چند فروشگاه و مقايسه قيمت;وبسايت\nخريد;پرداخت با کارت، گرفتن کد رهگيري;وبسايت\nپس از خريد;پيگيري ژاکت پشمي از پشتيباني;تلفن\n"
	frenchText  = "Étape;Point de contact;Canal\nÀ l’écoute;Être reçu à la mairie – dès 9 h;Accueil\nAccès;Déposer le dossier complété, payé 12 €;Guichet\nSatisfaction;Où en est-on ? Ça a été réglé;Téléphone\n"
	germanText  = "Schritt;Kanal\nÖffnungszeiten prüfen;Webseite\nÜberweisung ausfüllen;Schalter\nGrüße vom Bürgerbüro erhalten, 5 € zurück;E-Mail\n"
	spanishText = "Etapa;Acción;Canal\nInformación;¿Dónde está la oficina más próxima?;Teléfono\nAtención;Señalar el año de baja;Ventanilla\n"
	icelandic   = "Skref;Leið\nÞað þarf að hringja í þjónustuver;Sími\nFá bréf frá sýslumanni;Póstur\n"
)

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	data, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecodeText(t *testing.T) {
	for _, text := range []string{arabicText, persianText, frenchText, germanText, "a;b\n", "مرحلة\n"} {
		for name, e := range map[string]encoding.Encoding{
			"UTF-8 with a mark":          unicode.UTF8BOM,
			"UTF-16LE with a mark":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
			"UTF-16BE with a mark":       unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
			"UTF-16LE without a mark":    unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
			"UTF-16BE without a mark":    unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
			"UTF-8 as everybody does it": encoding.Nop,
		} {
			if got, guessed := decodeText(encoded(t, e, text)); string(got) != text || guessed != "" {
				t.Errorf("%s: got %q, guessed %q, want %q", name, got, guessed, text)
			}
		}
	}
}

func TestDecodeCodePages(t *testing.T) {
	for _, test := range []struct {
		encoding encoding.Encoding
		want     string
		texts    []string
	}{
		{charmap.Windows1256, decodeArabic, []string{arabicText, persian1256, "مرحلة;خطوة\n", "Stage,Step\nNeed,يتصل العميل\n"}},
		{charmap.Windows1252, decodeWestern, []string{frenchText, germanText, spanishText, icelandic, "Café\n", "à;b\n", "5 €\n", "« oui »\n"}},
	} {
		for _, text := range test.texts {
			for _, text := range append(strings.SplitAfter(text, "\n"), text) { // each line by itself, too
				data := encoded(t, test.encoding, text)
				if utf8.Valid(data) {
					continue
				}
				if got, guessed := decodeText(data); string(got) != text || guessed != test.want {
					t.Errorf("got %q, guessed %q, want %q", got, guessed, text)
				}
			}
		}
	}
}

// What no one can read is left alone, so that the reader names the place.
func TestDecodeLeavesAlone(t *testing.T) {
	russian := encoded(t, charmap.Windows1251, "Этап;Шаг;Канал\nДоступ;Позвонить в банк;Телефон\n")
	for name, data := range map[string][]byte{
		"Cyrillic":                      russian,
		"Greek":                         encoded(t, charmap.Windows1253, "στάδιο;βήμα\nανάγκη;τηλεφώνημα στην τράπεζα\n"),
		"Hebrew":                        encoded(t, charmap.Windows1255, "שלב;צעד\nהלקוח מתקשר למוקד\n"),
		"Arabic of ISO 8859-6":          encoded(t, charmap.ISO8859_6, "يتصل العميل بالبنك\n"),
		"UTF-8 with a broken letter":    append([]byte(arabicText), 0xd8),
		"French UTF-8, cut in a letter": []byte(frenchText[:strings.Index(frenchText, "dès")+2]),
		"a workbook":                    []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xe9\xe8\xff"),
		"UTF-32":                        []byte("\xff\xfe\x00\x00a\x00\x00\x00"),
		"nothing":                       nil,
	} {
		if got, guessed := decodeText(data); !bytes.Equal(got, data) || guessed != "" {
			t.Errorf("%s: got %q, guessed %q", name, got, guessed)
		}
	}
}

func TestDecodeXML(t *testing.T) {
	const arabic, french = `<task name="يتصل العميل"/>`, `<task name="Déposer le dossier"/>`
	declared := func(encoding, body string) string {
		return `<?xml version="1.0" encoding="` + encoding + `"?>` + "\n" + body
	}
	for _, test := range []struct {
		name     string
		encoding encoding.Encoding
		text     string
	}{
		{"UTF-8", encoding.Nop, declared("UTF-8", arabic)},
		{"UTF-8 with a mark", unicode.UTF8BOM, declared("UTF-8", arabic)},
		{"no declaration", encoding.Nop, arabic},
		{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), declared("UTF-16", arabic)},
		{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), declared("UTF-16", arabic)},
		{"UTF-16LE without a mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), declared("UTF-16", arabic)},
		{"Windows-1256", charmap.Windows1256, declared("windows-1256", arabic)},
		{"Windows-1252", charmap.Windows1252, declared("Windows-1252", french)},
		{"Latin 1", charmap.ISO8859_1, declared("ISO-8859-1", french)},
		{"single quotes", charmap.ISO8859_6, `<?xml version='1.0' encoding='iso-8859-6' ?>` + arabic},
		{"UTF-8 that says UTF-16", encoding.Nop, declared("UTF-16", arabic)},
		{"UTF-8 that says Latin 1", encoding.Nop, declared("ISO-8859-1", french)},
	} {
		if got, guessed := decodeXML(encoded(t, test.encoding, test.text)); string(got) != test.text || guessed != "" {
			t.Errorf("%s: got %q, guessed %q, want %q", test.name, got, guessed, test.text)
		}
	}
	for _, text := range []string{declared("x-unknown", "\xe9"), declared("UTF-8", "\xe9"), "\xe9", ""} {
		if got, _ := decodeXML([]byte(text)); string(got) != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{arabicText, persianText, frenchText, germanText} {
		f.Add([]byte(text))
		data, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
		f.Add(data)
	}
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1256"?>` + "\xc7\xe1"))
	f.Add([]byte("a\x00,\x00\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, decode := range []func([]byte) ([]byte, string){decodeText, decodeXML} {
			text, guessed := decode(bytes.Clone(data))
			again, _ := decode(bytes.Clone(data))
			switch {
			case !bytes.Equal(text, again):
				t.Errorf("got %q, then %q", text, again)
			case guessed != "" && !utf8.Valid(text):
				t.Errorf("%q is no text of %s", text, guessed)
			case utf8.Valid(data) && !bytes.ContainsRune(data, 0) && !bytes.Equal(text, bytes.TrimPrefix(data, source.BOM)):
				t.Errorf("UTF-8 became %q", text)
			}
		}
	})
}
