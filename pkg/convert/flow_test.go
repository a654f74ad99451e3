package convert

import (
	"testing"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

func TestLanguageByLetters(t *testing.T) {
	for _, test := range []struct {
		language, title string
		steps           []string
		want            string
	}{
		{"", "C.2.0", []string{"Pay", "Receive"}, ""},
		{"", "", nil, ""},
		{"", "1256", []string{"فتح حساب", "تقديم الهوية"}, "ar"},
		{"", "", []string{"دخول", "سداد"}, "ar"},
		{"", "", []string{"ویزیت پزشک", "گرفتن نوبت"}, "fa"},
		{"", "clinic", []string{"ثبت‌نام در وب‌سایت", "پرداخت"}, "fa"},
		{"", "journey", []string{"תיאום תור", "ביקור"}, "he"},
		{"", "حساب", []string{"Open the account", "Pay"}, ""},
		{"en", "", []string{"فتح حساب"}, "en"},
	} {
		f := newFlow(source.New("x.mmd", nil))
		f.doc.Language.Value, f.doc.Title = test.language, model.Text{Plain: test.title}
		for _, name := range test.steps {
			f.node(node{kind: step, name: source.Spanned[string]{Value: name}})
		}
		f.speak()
		if got := f.doc.Language.Value; got != test.want {
			t.Errorf("%q %q: %q, want %q", test.title, test.steps, got, test.want)
		}
	}
}
