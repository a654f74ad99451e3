package convert

import (
	"strings"
	"time"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// SheetColumn is what a column of a sheet can mean.
type SheetColumn struct {
	Name    string   // in the words of the language: touchpoint
	Summary string   // one sentence without a final period
	Headers []string // by which it is known, in English, Arabic and Persian; case, accents and plurals do not count
	// heads are those of the headers that mean the same with other words
	// beside: `Journey stage`, `مرحلة الرحلة`.
	heads string
	// read takes a cell into its row; nil where the row itself does.
	read func(*sheetReader, *sheetRow, *sheetHeader, source.Spanned[string])
}

// SheetColumns are all meanings of columns, the most important first.
var SheetColumns = []SheetColumn{
	sheetColumn("touchpoint", "what the customer does or meets; a row of its own each", nil,
		"touchpoint", "touchpoint, touch point, contact point, step, activity, action, task, interaction, customer action, user action, customer activity, customer step, user step, journey step, process step, moment, event, name, نقطة اتصال, نقطة الاتصال, نقطة التواصل, نقطة التماس, خطوة, الخطوات, إجراء, الإجراءات, نشاط, الأنشطة, مهمة, فعل العميل, إجراء العميل, اسم, نقطه تماس, نقاط تماس, نقطه ارتباط, گام, گام‌ها, قدم, اقدام, فعالیت, کار, اقدام مشتری, نام"),
	sheetColumn("stage", "the stage of the journey; an empty cell goes on with the one above", (*sheetReader).stage,
		"stage, phase, مرحلة, مرحله", "stage, phase, step group, group, section, journey stage, customer stage, مرحلة, المراحل, طور, مرحله, مراحل, فاز, بخش سفر"),
	sheetColumn("channel", "by what it happens: phone, web, branch …", (*sheetReader).channel,
		"channel, medium, قناة, کانال", "channel, medium, media, contact channel, communication channel, via, through, touchpoint type, قناة, القنوات, وسيلة, وسيلة التواصل, وسيلة الاتصال, الوسيط, کانال, کانال‌ها, کانال ارتباطی, رسانه, ابزار, وسیله"),
	sheetColumn("owner", "the department that answers for it", (*sheetReader).owner,
		"owner, department, team, responsible, إدارة, قسم, جهة, مسؤول, مسئول, واحد, اداره, دپارتمان", "owner, department, team, responsible, responsibility, accountable, unit, owned by, business unit, function, division, who, staff, role, lane, مالك, المالك, المسؤول, مسئول, مسؤولية, الجهة المسؤولة, القسم, الأقسام, الإدارة, الجهة, الفريق, مالک, واحد, واحد سازمانی, مسئول, مسؤول, مسئولیت, دپارتمان, اداره, بخش, تیم"),
	sheetColumn("path", "empty or `basic` for the way that all go, `optional: NAME` for one that may be skipped, `alternative: NAME` for one that stands in for others", nil,
		"path, مسار, مسیر", "path, option, optional or basic, variant, route, flow, scenario, path type, type of path, corridor, track, مسار, المسارات, خيار, بديل, البدائل, سيناريو, نوع المسار, ممر, مسیر, مسیرها, گزینه, سناریو, نوع مسیر, حالت"),
	sheetColumn("optional", "yes: the step may be skipped", nil,
		"", "optional, optional?, is optional, skippable, can be skipped, اختياري, اختیاری"),
	sheetColumn("after", "the step after which a path begins", nil,
		"", "after, follows, comes after, previous, previous step, predecessor, after step, depends on, بعد, بعد خطوة, الخطوة السابقة, السابق, يأتي بعد, پس از, بعد از, گام قبلی, قبلی, مرحله قبل, پیش نیاز گام"),
	sheetColumn("before", "the step before which a path ends", nil,
		"", "before, comes before, rejoins at, rejoins before, back to, قبل, قبل خطوة, يأتي قبل, يعود إلى, پیش از, قبل از"),
	sheetColumn("instead-of", "the step, or the first and the last of several, that an alternative stands in for", nil,
		"", "instead of, instead, alternative to, replaces, in place of, substitutes, بدلا من, بدل, بديل عن, يحل محل, عوضا عن, به جای, بجای, جایگزین, جایگزین گام"),
	sheetColumn("customers", "who takes part in it, separated by commas", (*sheetReader).customers,
		"persona, عميل, متعامل, مشتری", "customer, persona, actor, user, who is it for, customer segment, segment, client, customer type, customer group, audience, target group, participant, patient, citizen, العميل, العملاء, المتعامل, المتعاملون, المتعاملين, طالب الخدمة, الزبون, الزبائن, الشخصية, المستفيد, المستفيدون, شريحة, شريحة العملاء, فئة العملاء, المراجع, المريض, المواطن, الفاعل, مشتری, مشتریان, پرسونا, کاربر, مخاطب, ارباب رجوع, مراجع, متقاضی, بیمار, شهروند, نقش, گروه مشتری"),
	sheetColumn("experience", "how the customer finds it: 1 to 5, 🙂 or a word", (*sheetReader).experience,
		"score, experience, emotion, sentiment, satisfaction, feeling, تقييم, رضا, تجربة, شعور, مشاعر, امتیاز, رضایت, تجربه, احساس", "score, experience, customer experience, emotion, sentiment, feeling, mood, satisfaction, rating, customer score, csat, cx score, experience score, how it feels, تجربة, تجربة العميل, المشاعر, الشعور, شعور العميل, رضا, الرضا, رضا العميل, التقييم, تقييم العميل, درجة, النقاط, امتیاز, نمره, تجربه, تجربه مشتری, احساس, احساس مشتری, رضایت, رضایت مشتری, ارزیابی"),
	sheetColumn("company-experience", "how the company itself scores it, likewise", (*sheetReader).companyExperience,
		"", "company experience, company score, our score, internal score, self assessment, own score, تقييم الشركة, تقييمنا, التقييم الداخلي, درجة الشركة, امتیاز شرکت, ارزیابی شرکت, امتیاز سازمان, خودارزیابی"),
	sheetColumn("importance", "how much it matters to the customer, 1 to 5 or low to high", (*sheetReader).importance,
		"importance", "importance, priority, weight, أهمية, الأهمية, الأولوية, اهمیت, اولویت"),
	sheetColumn("effort", "the customer's effort, 1 to 5 or low to high", (*sheetReader).effort,
		"effort", "effort, customer effort, ces, difficulty, جهد, الجهد, جهد العميل, الصعوبة, تلاش, زحمت, دشواری, سختی"),
	sheetColumn("hours", "when it is open: Su-Th 08:00-16:00", (*sheetReader).hours,
		"", "hours, opening hours, opening times, open, availability, available, working hours, business hours, service hours, office hours, ساعات العمل, ساعات, أوقات العمل, أوقات الدوام, الدوام, مواعيد العمل, ساعات کار, ساعت کاری, ساعات کاری, ساعت کار, زمان دسترسی"),
	sheetColumn("takes", "how long it takes: 10 min, 1h30, ٥ دقائق", sheetTimes(func(r *sheetRow) **model.Duration { return &r.touchpoint.Takes }),
		"duration, مدة, مدت", "takes, duration, time, how long, length, time taken, time needed, time spent, handling time, processing time, minutes, lead time, المدة, مدة, الزمن, الوقت, زمن التنفيذ, الوقت المستغرق, المدة الزمنية, مدة الإنجاز, زمان, مدت, مدت زمان, زمان انجام, زمان لازم, زمان مورد نیاز"),
	sheetColumn("waits", "how long one queues for it", sheetTimes(func(r *sheetRow) **model.Duration { return &r.touchpoint.Waits }),
		"", "waits, wait, waiting, waiting time, wait time, queue, queue time, queuing time, الانتظار, وقت الانتظار, زمن الانتظار, مدة الانتظار, انتظار, زمان انتظار, مدت انتظار, صف"),
	sheetColumn("delay", "the time that passes before it can begin", sheetTimes(func(r *sheetRow) **model.Duration { return &r.touchpoint.Delay }),
		"", "delay, lag, time before, elapsed before, التأخير, تأخير, المهلة, تاخیر, تأخیر, فاصله"),
	sheetColumn("description", "what happens, in full", (*sheetReader).description,
		"description, comment, note", "description, detail, details, note, comment, remark, explanation, what happens, الوصف, وصف, التفاصيل, ملاحظات, ملاحظة, شرح, تعليق, توضیح, توضیحات, شرح, یادداشت, جزئیات, ملاحظات"),
	sheetColumn("requires", "what a customer needs for it, separated by commas; `a or b` is a choice", (*sheetReader).requires,
		"requirement", "requires, require, required, needs, need, requirement, prerequisite, precondition, what you need, required documents, documents, input, يتطلب, المتطلبات, متطلبات, الشروط, شروط, المستندات المطلوبة, المستندات, الوثائق, يحتاج, الاحتياجات, نیازمند, نیازها, نیازمندی, نیازمندی‌ها, پیش‌نیاز, پیش نیازها, لازم, مدارک, مدارک لازم, مدارک مورد نیاز"),
	sheetColumn("asks", "what the customer must tell", (*sheetReader).asks,
		"", "asks, asks for, questions, information asked, data collected, information needed, data required, يسأل عن, البيانات المطلوبة, المعلومات المطلوبة, الأسئلة, می‌پرسد, پرسش‌ها, سؤالات, اطلاعات لازم, اطلاعات مورد نیاز"),
	sheetColumn("gives", "what the customer holds afterwards", (*sheetReader).gives,
		"", "gives, give, output, outcome, result, deliverable, receives, customer receives, what you get, المخرجات, مخرجات, النتيجة, يعطي, يحصل العميل على, يستلم العميل, خروجی, خروجی‌ها, نتیجه, می‌دهد, دریافت مشتری"),
	sheetColumn("promise", "what is promised to the customer here", (*sheetReader).promise,
		"", "promise, service promise, service level, sla, commitment, الوعد, وعد, الالتزام, مستوى الخدمة, وعدنا, وعده, قول, تعهد, سطح خدمت"),
	sheetColumn("languages", "the languages that it is offered in", (*sheetReader).languages,
		"language", "language, languages, spoken languages, اللغة, اللغات, لغات, زبان, زبان‌ها"),
	sheetColumn("kind", "physical or technological, where no channel says it", (*sheetReader).kind,
		"", "kind, physical or digital, physical or technological, physical/digital, نوع, نوع نقطة الاتصال, مادي أو تقني, نوع نقطه تماس, فیزیکی یا دیجیتال"),
	sheetColumn("backstage", "what the owner does behind it, unseen", (*sheetReader).backstage,
		"backstage", "backstage, back stage, backstage action, backstage activity, backstage process, internal action, internal process, behind the scenes, خلف الكواليس, الإجراءات الداخلية, العمليات الداخلية, پشت صحنه, اقدامات پشت صحنه, فرایند داخلی, فرآیند داخلی"),
	sheetColumn("differentiator", "how it beats the competition", (*sheetReader).differentiator,
		"", "differentiator, competitive advantage, what makes us different, الميزة التنافسية, ما يميزنا, مزیت رقابتی, تمایز, وجه تمایز"),
	sheetColumn("moment-of-truth", "yes: here customers decide what they think of us", (*sheetReader).momentOfTruth,
		"", "moment of truth, mot, key moment, critical moment, لحظة الحقيقة, لحظة حاسمة, لحظه حقیقت, لحظه کلیدی"),
	sheetColumn("binding", "yes: there is no turning back after it", (*sheetReader).binding,
		"", "binding, no return, point of no return, irreversible, ملزم, لا رجعة فيه, الزام‌آور, بی بازگشت, غیرقابل بازگشت"),
	sheetColumn("share", "how many of the customers take the path of the row", nil,
		"", "share, percentage, percent, share of customers, volume share, usage, النسبة, نسبة, النسبة المئوية, نسبة العملاء, سهم, درصد, درصد مشتریان"),
	sheetColumn("success", "how many of the visits succeed", (*sheetReader).success,
		"", "success, success rate, completion rate, conversion, conversion rate, نسبة النجاح, معدل النجاح, معدل الإنجاز, نرخ موفقیت, درصد موفقیت, نرخ تبدیل"),
	sheetColumn("number", "the number of the row, by which `after`, `before` and `instead-of` may name it", nil,
		"", "number, no, no., nr, #, id, ref, reference, step no, step number, step id, seq, sequence, order, row, رقم, الرقم, م, ت, تسلسل, ترتيب, رقم الخطوة, شماره, ردیف, ترتیب, کد, شماره گام"),
	sheetColumn("ignore", "nothing: the column is left out", nil, "", ""),
}

func sheetColumn(name, summary string, read func(*sheetReader, *sheetRow, *sheetHeader, source.Spanned[string]), heads, headers string) SheetColumn {
	c := SheetColumn{Name: name, Summary: summary, heads: heads, read: read}
	if headers != "" {
		c.Headers = strings.Split(headers, ", ")
	}
	return c
}

// sheetHeading is what the text of a header means.
type sheetHeading struct {
	column int // of SheetColumns
	head   bool
}

// sheetHeadings makes the lookup of headers by key. The earlier column has a
// header that two list.
func sheetHeadings() map[string]sheetHeading {
	table := map[string]sheetHeading{}
	for i, c := range SheetColumns {
		for _, header := range append([]string{c.Name}, c.Headers...) {
			if _, taken := table[sheetHeaderKey(header)]; !taken {
				table[sheetHeaderKey(header)] = sheetHeading{column: i}
			}
		}
		for _, head := range strings.Split(c.heads, ", ") {
			if c.heads != "" {
				table[sheetHeaderKey(head)] = sheetHeading{i, true}
			}
		}
	}
	return table
}

// sheetMatch is what a header says.
type sheetMatch struct {
	column int           // of SheetColumns; -1: nothing that is known
	sure   bool          // by all its words
	unit   time.Duration // of the numbers below; 0: not said
}

// sheetMatchHeader finds what a header means: by all its words, those of one
// of its languages (`Channel / القناة`), else by the word that the others only
// describe, which is the last one in English and the first one in Arabic and
// Persian.
func sheetMatchHeader(text string) sheetMatch {
	if len(text) > 200 { // no header is that long
		return sheetMatch{column: -1}
	}
	found := sheetMatch{column: -1}
	parts := append([]string{text}, strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("/|()[]\n:،,-–", c) })...)
	for _, part := range parts {
		tokens, unit := sheetHeaderTokens(part)
		if found.unit == 0 {
			found.unit = unit
		}
		if column, ok := sheetByAll(part, tokens, unit); ok && !found.sure {
			found.column, found.sure = column, true
		}
	}
	if !found.sure {
		found.column = sheetByHead(parts[min(1, len(parts)-1)])
	}
	return found
}

// sheetByAll finds a header by all its words, less a unit at the end.
func sheetByAll(text string, tokens []string, unit time.Duration) (int, bool) {
	h, ok := sheetHeaders()[sheetHeaderKey(text)]
	if n := len(tokens); !ok && unit > 0 && n > 1 {
		if n > 2 && tokens[n-2] == "به" { // زمان به دقیقه
			n--
		}
		h, ok = sheetHeaders()[strings.Join(tokens[:n-1], "")]
	}
	return h.column, ok
}

// sheetByHead finds a header by the word that its others describe; -1 for none.
func sheetByHead(text string) int {
	tokens, unit := sheetHeaderTokens(text)
	if unit > 0 {
		tokens = tokens[:len(tokens)-1]
	}
	if len(tokens) < 2 {
		return -1
	}
	head := tokens[len(tokens)-1]
	if unicode.Is(unicode.Arabic, []rune(tokens[0])[0]) {
		head = tokens[0]
	}
	if h, ok := sheetHeaders()[head]; ok && h.head {
		return h.column
	}
	return -1
}

// sheetHeaderKey is equal for headers that say the same.
func sheetHeaderKey(text string) string {
	if tokens, _ := sheetHeaderTokens(text); len(tokens) > 0 {
		return strings.Join(tokens, "")
	}
	return strings.TrimSpace(text)
}

// sheetHeaderTokens returns the words of a header without those that say
// nothing, and the unit that it ends with.
func sheetHeaderTokens(text string) (tokens []string, unit time.Duration) {
	for _, token := range sheetTokens(text) {
		switch token {
		case "the", "of", "a", "an", "in":
		default:
			tokens = append(tokens, token)
		}
	}
	if n := len(tokens); n > 1 && tokens[n-1] == "name" {
		tokens = tokens[:n-1]
	} else if n > 1 && (tokens[0] == "اسم" || tokens[0] == "نام" || tokens[0] == "عنوان") {
		tokens = tokens[1:]
	}
	if n := len(tokens); n > 0 {
		unit = sheetTables().units[strings.TrimPrefix(tokens[n-1], "بال")].means.length
	}
	return tokens, unit
}
