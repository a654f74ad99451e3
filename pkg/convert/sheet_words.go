package convert

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/customer-corridor/corridor/pkg/model"
)

// sheetPlain takes out of a text what the same words differ in between
// writers and keyboards: case, accents, vowel signs and hamzas, the two forms
// of ya and kaf, ta marbuta, stretched letters and the digits of a script.
func sheetPlain(text string) string {
	return strings.Map(sheetFold, norm.NFKD.String(strings.ToLower(text)))
}

func sheetFold(c rune) rune {
	switch {
	case c < 0x80:
		return c
	case c >= '٠' && c <= '٩':
		return c - '٠' + '0'
	case c >= '۰' && c <= '۹':
		return c - '۰' + '0'
	case unicode.Is(unicode.Mn, c) || c == 'ـ' || c == '\u200d' || c == '\u200e' || c == '\u200f':
		return -1
	}
	switch c {
	case 'ي', 'ى', 'ے':
		return 'ی'
	case 'ك':
		return 'ک'
	case 'ة', 'ہ', 'ھ', 'ە':
		return 'ه'
	case 'ٱ':
		return 'ا'
	case '٫':
		return '.'
	case '\u200c', '\u00a0':
		return ' '
	case '–', '—', '−', '‑', '‐':
		return '-'
	}
	return c
}

// sheetTokens returns the words and numbers of a text: without the article
// of Arabic and the s of an English plural.
func sheetTokens(text string) []string {
	tokens := strings.FieldsFunc(sheetPlain(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i, token := range tokens {
		rest, article := strings.CutPrefix(token, "ال")
		switch {
		case article && len(rest) > 4: // more than two letters
			tokens[i] = rest
		case len(token) > 3 && strings.HasSuffix(token, "s") && !strings.HasSuffix(token, "ss"):
			tokens[i] = token[:len(token)-1]
		}
	}
	return tokens
}

// sheetKey is equal for texts that say the same in the same words. Where a
// text has no letter or digit, it is the text.
func sheetKey(text string) string {
	if key := strings.Join(sheetTokens(text), ""); key != "" {
		return key
	}
	return text
}

// sheetTable makes a lookup by key of rows that have several words each,
// separated by commas.
func sheetTable[T any](rows []T, words func(T) string) map[string]T {
	table := map[string]T{}
	for _, row := range rows {
		for _, word := range strings.Split(words(row), ",") {
			if key := sheetKey(strings.TrimSpace(word)); key != "" {
				if _, taken := table[key]; !taken {
					table[key] = row
				}
			}
		}
	}
	return table
}

// sheetWords are the words for one thing.
type sheetWords[T any] struct {
	means T
	words string // separated by commas
}

func sheetWordsOf[T any](w sheetWords[T]) string { return w.words }

// sheetChannels are the words for the channels that are built in.
var sheetChannels = []sheetWords[string]{
	{"phone", "phone, telephone, tel, call, phone call, telephone call, voice call, mobile, mobile phone, landline, hotline, helpline, call centre, call center, contact centre, contact center, telephony, هاتف, تليفون, تلفون, اتصال, اتصال هاتفي, مكالمة, مكالمة هاتفية, مركز الاتصال, مركز اتصال, جوال, موبايل, تلفن, تماس, تماس تلفنی, مرکز تماس, موبایل, تلفن همراه"},
	{"ivr", "ivr, phone menu, voice menu, automated phone, interactive voice response, الرد الآلي, المجيب الآلي, منشی تلفنی, تلفن گویا, تلفنگویا"},
	{"sms", "sms, text, text message, texting, رسالة نصية, رسائل نصية, رسالة قصيرة, رسائل قصيرة, پیامک, اس ام اس, پیام کوتاه"},
	{"email", "email, e-mail, mail message, electronic mail, بريد إلكتروني, البريد الإلكتروني, ايميل, إيميل, ایمیل, رایانامه, پست الکترونیک, پست الکترونیکی"},
	{"chat", "chat, live chat, web chat, webchat, chatbot, bot, messenger, instant messaging, whatsapp, whats app, telegram, دردشة, محادثة, محادثة فورية, واتساب, واتس اب, تيليجرام, چت, گفتگوی آنلاین, گفت وگوی آنلاین, واتساپ, تلگرام, پیام رسان"},
	{"web", "web, website, web site, site, online, internet, portal, web portal, web page, webpage, online form, web form, homepage, landing page, online banking, internet banking, e-banking, e-service, browser, desktop, digital, الموقع, موقع, موقع إلكتروني, الموقع الإلكتروني, ويب, إنترنت, انترنت, الكتروني, إلكترونيا, عبر الإنترنت, أونلاين, بوابة, بوابة إلكترونية, البوابة الإلكترونية, وب, وب‌سایت, وبسایت, وبگاه, سایت, تارنما, اینترنت, اینترنتی, آنلاین, برخط, درگاه, پورتال, سامانه"},
	{"social", "social, social media, social network, facebook, instagram, twitter, x, tiktok, linkedin, youtube, snapchat, تواصل اجتماعي, وسائل التواصل, وسائل التواصل الاجتماعي, شبكات اجتماعية, شبكات التواصل, شبكات التواصل الاجتماعي, فيسبوك, تويتر, انستغرام, إنستغرام, سناب شات, شبکه اجتماعی, شبکه های اجتماعی, شبکه‌های اجتماعی, اینستاگرام, رسانه اجتماعی"},
	{"app", "app, mobile app, application, mobile application, smartphone app, phone app, mobile banking, تطبيق, تطبيق الجوال, تطبيق الهاتف, تطبيق الموبايل, التطبيق الذكي, اپ, اپلیکیشن, برنامه, برنامک, همراه بانک, نرم افزار"},
	{"video", "video, video call, video conference, video chat, webinar, zoom, teams, skype, مكالمة فيديو, اتصال مرئي, مكالمة مرئية, فيديو, تماس تصویری, ویدئو, ویدیو, ویدیو کنفرانس"},
	{"kiosk", "kiosk, self-service kiosk, self service kiosk, self-service machine, terminal, atm, cash machine, ticket machine, queue machine, كشك, جهاز الخدمة الذاتية, صراف آلي, الصراف الآلي, صراف, جهاز الدور, کیوسک, خودپرداز, عابر بانک, عابربانک, دستگاه نوبت, نوبت دهی"},
	{"visit", "visit, in person, in-person, face to face, face-to-face, f2f, on site, on-site, onsite, personal visit, store visit, appointment, meeting, showroom, زيارة, حضوري, حضوريا, شخصيا, وجها لوجه, مقابلة, موعد, عيادة, بازدید, مراجعه, مراجعه حضوری, حضوری, ملاقات, درمانگاه, نمایشگاه"},
	{"counter", "counter, branch, office, desk, front desk, reception, service desk, service centre, service center, service point, store, shop, teller, window, الفرع, فرع, شباك, كاونتر, مكتب, استقبال, مكتب الاستقبال, مركز الخدمة, مركز خدمة, متجر, محل, شعبه, باجه, دفتر, پیشخوان, پذیرش, گیشه, مغازه, فروشگاه"},
	{"event", "event, fair, exhibition, trade fair, seminar, workshop, conference, فعالية, معرض, ندوة, ورشة عمل, مؤتمر, رویداد, همایش, کارگاه"},
	{"home-visit", "home visit, house call, at home, customer's home, field visit, doorstep, courier, زيارة منزلية, في المنزل, المنزل, ویزیت در منزل, مراجعه به منزل, بازدید از منزل, منزل, پیک"},
	{"post", "post, letter, mail, postal mail, by post, postal, parcel, fax and post, بريد, رسالة, خطاب, رسالة بريدية, نامه, پست, مرسوله"},
	{"sign", "sign, signage, poster, billboard, outdoor, notice board, display, لافتة, لوحة, لوحة إعلانية, ملصق, تابلو, بنر, بیلبورد, پوستر, تابلوی راهنما"},
	{"print", "print, brochure, leaflet, flyer, newspaper, magazine, paper, paper form, form on paper, document, catalogue, catalog, مطبوعات, كتيب, منشور, صحيفة, جريدة, ورقي, نموذج ورقي, استمارة ورقية, چاپ, چاپی, بروشور, روزنامه, مجله, کاغذی, فرم کاغذی"},
	{"word-of-mouth", "word of mouth, word-of-mouth, recommendation, referral, friend, friends and family, توصية, توصية صديق, صديق, كلام الناس, الأصدقاء, توصیه, توصیه دوستان, معرفی, دوستان, دهان به دهان"},
}

// sheetLinks are the words that stand before a channel.
const sheetLinks = "by, via, on, at, in, over, through, using, with, the, our, your, a, an, عبر, عن, طريق, من, خلال, في, على, بواسطة, از, طریق, با, در, به, روی"

// sheetCapabilities are the words for what customers can do and have.
var sheetCapabilities = []sheetWords[string]{
	{"vision", "vision, sight, seeing, eyesight, البصر, بصر, الرؤية, بینایی"},
	{"colour", "colour, color, colour vision, الألوان, تمييز الألوان, تشخیص رنگ"},
	{"hearing", "hearing, السمع, سمع, شنوایی"},
	{"speech", "speech, speaking, voice, النطق, الكلام, نطق, گفتار, تکلم"},
	{"hands", "hands, use of hands, dexterity, اليدين, استخدام اليدين, دست, دست ها"},
	{"reach", "reach, mobility of arms, مدى الوصول, دسترسی فیزیکی"},
	{"cognition", "cognition, understanding, concentration, الإدراك, الفهم, درک, شناخت"},
	{"phone", "phone, telephone, a phone, phone call, هاتف, تليفون, تلفن"},
	{"smartphone", "smartphone, smart phone, mobile, mobile phone, هاتف ذكي, جوال, الهاتف الذكي, گوشی هوشمند, تلفن هوشمند, موبایل"},
	{"computer", "computer, pc, laptop, desktop, حاسوب, كمبيوتر, حاسب آلي, رایانه, کامپیوتر, لپ تاپ"},
	{"internet", "internet, internet access, online access, wifi, إنترنت, انترنت, اینترنت"},
	{"email", "email, e-mail, email address, e-mail address, email account, بريد إلكتروني, البريد الإلكتروني, ایمیل, رایانامه"},
	{"card", "card, payment card, bank card, debit card, credit card, بطاقة, بطاقة بنكية, بطاقة دفع, بطاقة ائتمان, کارت, کارت بانکی"},
	{"cash", "cash, money, نقد, نقدا, نقود, پول نقد, وجه نقد, نقدی"},
	{"account", "account, user account, login, customer account, حساب, حساب مستخدم, حساب کاربری"},
	{"id-document", "id, id card, identity card, id document, identity document, passport, national id, proof of identity, photo id, هوية, بطاقة الهوية, بطاقة هوية, إثبات هوية, جواز السفر, جواز سفر, الهوية الوطنية, رقم قومي, کارت ملی, شناسنامه, گذرنامه, مدرک شناسایی, کارت شناسایی"},
	{"address", "address, postal address, home address, عنوان, عنوان بريدي, آدرس, نشانی, آدرس پستی"},
	{"travel", "travel, transport, being able to travel, ability to travel, التنقل, السفر, مواصلات, سفر, رفت و آمد"},
	{"reading", "reading, literacy, القراءة, سواد, خواندن"},
}

// sheetLanguages are the words for languages.
var sheetLanguages = []sheetWords[string]{
	{"ar", "ar, arabic, عربي, العربية, اللغة العربية, عربی"},
	{"en", "en, eng, english, إنجليزي, انجليزي, الإنجليزية, انجليزية, انگلیسی"},
	{"fa", "fa, persian, farsi, dari, فارسي, الفارسية, فارسی, پارسی"},
	{"ur", "ur, urdu, أردو, الأردية, اردو"},
	{"hi", "hi, hindi, هندي, الهندية, هندی"},
	{"tr", "tr, turkish, تركي, التركية, ترکی, ترکی استانبولی"},
	{"ku", "ku, kurdish, كردي, الكردية, کردی"},
	{"fr", "fr, french, français, فرنسي, الفرنسية, فرانسه, فرانسوی"},
	{"de", "de, german, deutsch, ألماني, الألمانية, آلمانی"},
	{"es", "es, spanish, español, إسباني, الإسبانية, اسپانیایی"},
	{"it", "it, italian, italiano, إيطالي, الإيطالية, ایتالیایی"},
	{"pt", "pt, portuguese, برتغالي, البرتغالية, پرتغالی"},
	{"ru", "ru, russian, روسي, الروسية, روسی"},
	{"zh", "zh, chinese, mandarin, صيني, الصينية, چینی"},
	{"bn", "bn, bengali, bangla, بنغالي, البنغالية, بنگالی"},
	{"tl", "tl, tagalog, filipino, فلبيني, الفلبينية, فیلیپینی"},
	{"pl", "pl, polish, بولندي, البولندية, لهستانی"},
	{"cy", "cy, welsh, ويلزي, ولزی"},
	{"so", "so, somali, صومالي, الصومالية, سومالیایی"},
	{"ps", "ps, pashto, باشتو, پشتو"},
}

// sheetScores are the words for how well it went, from 1 to 5.
var sheetScores = []sheetWords[float64]{
	{5, "very positive, very happy, very good, very satisfied, delighted, excellent, great, amazing, love it, love, إيجابي جدا, سعيد جدا, جيد جدا, راض جدا, راضي جدا, ممتاز, ممتازة, رائع, عالی, خیلی خوب, بسیار خوب, خیلی راضی, بسیار راضی, خیلی مثبت, بسیار مثبت, خیلی خوشحال"},
	{4, "positive, happy, good, satisfied, pleased, relieved, confident, إيجابي, إيجابية, سعيد, جيد, جيدة, راض, راضي, مرتاح, مطمئن, مثبت, خوب, راضی, خوشحال, خشنود"},
	{3, "neutral, ok, okay, average, fair, medium, mixed, indifferent, محايد, محايدة, عادي, عادية, متوسط, متوسطة, مقبول, خنثی, معمولی, بی طرف"},
	{2, "negative, unhappy, bad, poor, dissatisfied, sad, annoyed, confused, worried, anxious, unsure, سلبي, سلبية, سيئ, سيء, حزين, غير راض, غير راضي, قلق, حائر, محتار, منزعج, منفی, بد, ناراضی, ناخشنود, نگران, سردرگم, ناراحت"},
	{1, "very negative, very unhappy, very bad, very poor, very dissatisfied, terrible, awful, angry, frustrated, furious, hate, سلبي جدا, سيئ جدا, سيء جدا, غاضب, محبط, مستاء جدا, غير راض جدا, خیلی بد, بسیار بد, خیلی منفی, افتضاح, عصبانی, خشمگین, کلافه, خیلی ناراضی, بسیار ناراضی"},
}

// sheetFaces are the signs for how well it went.
var sheetFaces = []sheetWords[float64]{
	{5, "😀😃😄😁😆🤩😍🥰😊🎉👏"}, {4, "🙂☺😌👍😎✓"}, {3, "😐😑😶🤔😕"}, {2, "🙁☹😟😞😔😒👎😰😥"}, {1, "😡😠😢😭🤬😩😫😤😖😣"},
}

// sheetLevels are the words for how much of something there is, from 1 to 5.
var sheetLevels = []sheetWords[float64]{
	{5, "very high, critical, essential, مرتفع جدا, عال جدا, عالي جدا, حرج, خیلی زیاد, بسیار زیاد, خیلی بالا, حیاتی"},
	{4, "high, important, مرتفع, عال, عالي, مهم, زیاد, بالا, مهم"},
	{3, "medium, moderate, average, normal, متوسط, عادي, معمولی"},
	{2, "low, easy, minor, منخفض, قليل, سهل, کم, پایین, آسان"},
	{1, "very low, very easy, none, trivial, منخفض جدا, قليل جدا, سهل جدا, خیلی کم, بسیار کم, خیلی آسان, هیچ"},
}

// sheetAnswers are the words for yes and no.
var sheetAnswers = []sheetWords[bool]{
	{true, "yes, y, true, 1, x, نعم, ن, صحيح, صح, أجل, بله, آری, بلی, درست, ✓, ✔, ☑, ✅, ●, •, *"},
	{false, "no, n, false, 0, لا, خطأ, كلا, خير, خیر, نه, نادرست, ✗, ✘, ☐, ❌"},
}

// sheetEveryone are the words for all customers.
const sheetEveryone = "all, everyone, everybody, any, anyone, all customers, الجميع, الكل, كل العملاء, جميع العملاء, همه, همه مشتریان, تمام مشتریان"

// sheetKinds are the two kinds of touchpoint.
var sheetKinds = []sheetWords[string]{
	{"physical", "physical, offline, human, in person, manual, مادي, فعلي, فيزيائي, ملموس, حضوري, فیزیکی, حضوری, غیر آنلاین"},
	{"technological", "technological, digital, online, electronic, automated, technical, تقني, تكنولوجي, رقمي, إلكتروني, دیجیتال, فناورانه, الکترونیکی, آنلاین"},
}

// sheetUnit is a length of time and what goes with its words.
type sheetUnit struct {
	length  time.Duration
	smaller time.Duration // the unit of a number after it: 1h30
	count   float64       // how many of it the word means; 0: one or what stands before it
	vague   bool          // months are not equally long
}

const sheetDay = 24 * time.Hour

// sheetUnits are the words for lengths of time, as sheetPlain leaves them.
var sheetUnits = []sheetWords[sheetUnit]{
	{sheetUnit{length: time.Second}, "s, sec, secs, second, seconds, ثانیه, ثوانی, ثوان, sekunde, sekunden, seconde, secondes"},
	{sheetUnit{length: time.Minute, smaller: time.Second}, "m, min, mins, minute, minutes, دقیقه, دقایق, د, minuten, ', ′, ’"},
	{sheetUnit{length: time.Minute, count: 2}, "دقیقتان, دقیقتین"},
	{sheetUnit{length: time.Hour, smaller: time.Minute}, "h, hr, hrs, hour, hours, ساعه, ساعات, ساعت, std, stunde, stunden, heure, heures"},
	{sheetUnit{length: time.Hour, smaller: time.Minute, count: 2}, "ساعتان, ساعتین"},
	{sheetUnit{length: sheetDay, smaller: time.Hour}, "d, day, days, یوم, یوما, ایام, روز, روزه, tag, tage, jour, jours"},
	{sheetUnit{length: sheetDay, smaller: time.Hour, count: 2}, "یومان, یومین"},
	{sheetUnit{length: 7 * sheetDay, smaller: sheetDay}, "w, wk, wks, week, weeks, اسبوع, اسابیع, هفته, woche, wochen, semaine, semaines"},
	{sheetUnit{length: 7 * sheetDay, smaller: sheetDay, count: 2}, "اسبوعان, اسبوعین"},
	{sheetUnit{length: 30 * sheetDay, smaller: sheetDay, vague: true}, "mo, month, months, شهر, اشهر, شهور, ماه, monat, monate, mois"},
	{sheetUnit{length: 30 * sheetDay, smaller: sheetDay, count: 2, vague: true}, "شهران, شهرین"},
	{sheetUnit{length: 365 * sheetDay, smaller: 30 * sheetDay, vague: true}, "y, yr, yrs, year, years, سنه, سنوات, عام, سال, jahr, jahre, ans"},
}

// sheetNumbers are the numbers that durations have in words.
var sheetNumbers = []sheetWords[float64]{
	{0.25, "quarter, ربع"}, {0.5, "half, نصف, نیم"}, {1, "one, واحد, واحده, یک"}, {2, "two, اثنان, اثنین, دو"},
	{3, "three, ثلاث, ثلاثه, سه"}, {4, "four, اربع, اربعه, چهار"}, {5, "five, خمس, خمسه, پنج"}, {6, "six, ست, سته, شش"},
	{7, "seven, سبع, سبعه, هفت"}, {10, "ten, عشر, عشره, ده"}, {0, "immediate, immediately, instant, instantly, now, فوری, فورا, بلافاصله, انی"},
}

// sheetVague are the words that make a duration less exact than it looks.
const sheetVague = "about, approx, approximately, around, circa, ca, roughly, up, under, below, over, within, less, more, than, max, maximum, most, at, least, from, working, business, work, حوالی, تقریبا, نحو, خلال, اقل, اکثر, من, حتی, کحد, اقصی, عمل, حدود, حداکثر, حداقل, کمتر, بیشتر, از, ظرف, کاری"

// sheetBeside are the words that say nothing in a duration.
const sheetBeside = "and, a, an, of, the, in, و, در, فی"

// sheetTo are the words between the ends of a range.
const sheetTo = "to, until, till, الی, حتی, تا, -"

// sheetLookup are the tables by word.
type sheetLookup struct {
	channels, capabilities, languages, kinds, days map[string]sheetWords[string]
	scores, levels                                 map[string]sheetWords[float64]
	answers                                        map[string]sheetWords[bool]
	paths                                          map[string]sheetWords[model.Kind]
	links, everyone                                map[string]bool
	units                                          map[string]sheetWords[sheetUnit]
	numbers                                        map[string]sheetWords[float64]
	vague, beside, to                              map[string]bool
	headers                                        map[string]sheetHeading
}

// sheetTables returns the tables, which are made when the first sheet is read.
var sheetTables = sync.OnceValue(func() *sheetLookup {
	return &sheetLookup{
		channels:     sheetTable(sheetChannels, sheetWordsOf),
		capabilities: sheetTable(sheetCapabilities, sheetWordsOf),
		languages:    sheetTable(sheetLanguages, sheetWordsOf),
		kinds:        sheetTable(sheetKinds, sheetWordsOf),
		days:         sheetTable(sheetDays, sheetWordsOf),
		scores:       sheetTable(sheetScores, sheetWordsOf),
		levels:       sheetTable(sheetLevels, sheetWordsOf),
		paths:        sheetTable(sheetPathWords, sheetWordsOf),
		answers:      sheetTable(sheetAnswers, sheetWordsOf),
		links:        sheetSet(sheetLinks, sheetKey),
		everyone:     sheetSet(sheetEveryone, sheetKey),
		units:        sheetPlainTable(sheetUnits, sheetWordsOf),
		numbers:      sheetPlainTable(sheetNumbers, sheetWordsOf),
		vague:        sheetSet(sheetVague, sheetPlain),
		beside:       sheetSet(sheetBeside, sheetPlain),
		to:           sheetSet(sheetTo, sheetPlain),
	}
})

// sheetHeaders returns the meanings of headers. They are apart from the other
// tables, which those who read cells need.
var sheetHeaders = sync.OnceValue(sheetHeadings)

// sheetSet makes a set of words separated by commas.
func sheetSet(words string, key func(string) string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Split(words, ",") {
		set[key(strings.TrimSpace(word))] = true
	}
	return set
}

// sheetPlainTable is sheetTable for words that are compared letter by letter.
func sheetPlainTable[T any](rows []T, words func(T) string) map[string]T {
	table := map[string]T{}
	for _, row := range rows {
		for _, word := range strings.Split(words(row), ",") {
			table[sheetPlain(strings.TrimSpace(word))] = row
		}
	}
	return table
}
