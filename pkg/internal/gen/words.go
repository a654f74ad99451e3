package gen

var (
	titles       = []string{"Outpatient appointment", "A new account", "Return a parcel", "Renew a licence", "Move house", "Report a leak"}
	arabicTitles = []string{"موعد في العيادة", "فتح حساب جديد", "إرجاع طرد", "تجديد الرخصة", "الانتقال إلى بيت جديد", "الإبلاغ عن تسرب"}

	departments       = []string{"front-desk", "back-office", "digital"}
	arabicDepartments = []string{"مكتب الاستقبال", "المكتب الخلفي", "الخدمات الرقمية"}
	measures          = []string{"answer-rate", "first-time-right", "uptime"}
	hours             = []string{"Su-Th 08:00-16:00", "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00", "24/7", "Sa-We 07:30-14:30"}

	actions       = []string{"look-up", "compare", "call", "fill-in", "visit", "wait", "pay", "sign", "receive", "confirm"}
	arabicActions = []string{"بحث", "مقارنة", "اتصال", "استلام"}
)
