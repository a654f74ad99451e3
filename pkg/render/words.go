package render

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// words are the fixed words of a map in one language. To add a language, add
// an entry to catalogue; what it leaves empty is said in English.
type words struct {
	Language    string
	Zero        rune // the digit nought
	Comma       string
	Point       string // before tenths
	Percent     string // after a number
	Subtitle    string
	Basic       string
	Alternative string
	Optional    string
	Start       string
	Satisfied   string
	Moment      string
	Binding     string
	Skip        string // on an empty alternative
	Step        string // before a number
	Channel     string
	Owner       string
	Stage       string
	InsteadOf   string // %s is a list of steps
	After       string // %s is a step
	Before      string // %s is a step
	Channels    map[string]string
	Stages      map[string]string
}

var catalogue = []words{
	{
		Language: "en", Zero: '0', Comma: ", ", Point: ".", Percent: "%",
		Subtitle: "Customer journey corridor: every way that is meant to be possible",
		Basic:    "Basic path", Alternative: "Alternative", Optional: "Optional",
		Start: "Start", Satisfied: "Satisfied", Moment: "Moment of truth", Binding: "No turning back",
		Skip: "may be skipped", Step: "Step", Channel: "Channel", Owner: "Owner", Stage: "Stage",
		InsteadOf: "instead of %s", After: "after %s", Before: "before %s",
		Channels: map[string]string{
			"phone": "phone", "ivr": "voice menu", "sms": "SMS", "email": "e-mail", "chat": "chat", "web": "web",
			"social": "social media", "app": "app", "video": "video call", "kiosk": "kiosk", "visit": "visit",
			"counter": "counter", "event": "event", "home-visit": "home visit", "post": "post", "sign": "sign",
			"print": "print", "word-of-mouth": "word of mouth",
		},
		Stages: map[string]string{
			"need": "Need", "evaluation": "Evaluation", "access": "Access", "satisfaction": "Satisfaction",
		},
	},
	{
		Language: "ar", Zero: '٠', Comma: "، ", Point: "٫", Percent: "٪",
		Subtitle: "ممر رحلة العميل: كل طريق يُراد أن يكون ممكنًا",
		Basic:    "الممر الأساسي", Alternative: "بديل", Optional: "اختياري",
		Start: "البداية", Satisfied: "تمت تلبية الحاجة", Moment: "لحظة الحقيقة", Binding: "لا رجوع بعدها",
		Skip: "يمكن تخطّيه", Step: "الخطوة", Channel: "القناة", Owner: "المسؤول", Stage: "المرحلة",
		InsteadOf: "بدلًا من %s", After: "بعد %s", Before: "قبل %s",
		Channels: map[string]string{
			"phone": "الهاتف", "ivr": "الرد الآلي", "sms": "رسالة نصية", "email": "البريد الإلكتروني", "chat": "محادثة فورية",
			"web": "الموقع الإلكتروني", "social": "وسائل التواصل", "app": "التطبيق", "video": "مكالمة مرئية",
			"kiosk": "جهاز الخدمة الذاتية", "visit": "زيارة", "counter": "الشباك", "event": "فعالية",
			"home-visit": "زيارة منزلية", "post": "البريد", "sign": "لافتة", "print": "مطبوعة", "word-of-mouth": "توصية شفهية",
		},
		Stages: map[string]string{
			"need": "الحاجة", "evaluation": "التقييم", "access": "إمكانية الوصول", "satisfaction": "الرضا",
		},
	},
	{
		Language: "fa", Zero: '۰', Comma: "، ", Point: "٫", Percent: "٪",
		Subtitle: "کریدور سفر مشتری: همهٔ راه‌هایی که باید ممکن باشند",
		Basic:    "مسیر اصلی", Alternative: "جایگزین", Optional: "اختیاری",
		Start: "آغاز", Satisfied: "نیاز برآورده شد", Moment: "لحظهٔ حقیقت", Binding: "بازگشت‌ناپذیر",
		Skip: "می‌توان رد شد", Step: "گام", Channel: "کانال", Owner: "مسئول", Stage: "مرحله",
		InsteadOf: "به‌جای %s", After: "پس از %s", Before: "پیش از %s",
		Channels: map[string]string{
			"phone": "تلفن", "ivr": "تلفن گویا", "sms": "پیامک", "email": "ایمیل", "chat": "گفت‌وگوی آنلاین", "web": "وب",
			"social": "شبکه‌های اجتماعی", "app": "برنامهٔ موبایل", "video": "تماس تصویری", "kiosk": "کیوسک",
			"visit": "مراجعهٔ حضوری", "counter": "باجه", "event": "رویداد", "home-visit": "بازدید در خانه", "post": "پست",
			"sign": "تابلو", "print": "چاپی", "word-of-mouth": "توصیهٔ دیگران",
		},
		Stages: map[string]string{
			"need": "نیاز", "evaluation": "ارزیابی", "access": "دسترسی", "satisfaction": "رضایت",
		},
	},
}

// wordsOf returns the words of a language, or else the English ones with
// that language's digits.
func wordsOf(language string) words {
	for _, w := range catalogue {
		if model.Meets(w.Language, language) {
			return w
		}
	}
	w := catalogue[0]
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "ur", "ps", "ckb", "sd":
		w.Zero = '۰'
	}
	return w
}

// channel returns what a map calls a channel: the file's name for it, else
// the fixed word for a built-in one, else its id as words.
func (w words) channel(j *model.Journey, id, language string) string {
	return named(j.Channel(id), w.Channels, id, language)
}

func named(c *model.Channel, fixed map[string]string, id, language string) string {
	if c != nil && !c.Name.Empty() {
		return c.Name.In(language)
	}
	if word, ok := fixed[id]; ok {
		return word
	}
	return strings.ReplaceAll(id, "-", " ")
}

// stage returns what a map calls a stage, likewise.
func (w words) stage(s *model.Stage, language string) string {
	if word, ok := w.Stages[s.ID.Value]; ok && s.Name.Empty() {
		return word
	}
	return s.Label(language)
}
