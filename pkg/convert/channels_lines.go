package convert

import "strings"

// linesChannels are the words that people use for the built-in channels.
var linesChannels = linesChannelTable(map[string]string{
	"phone":         "phone telephone call phone-call telephone-call hotline call-centre call-center landline",
	"ivr":           "ivr voice-menu phone-menu",
	"sms":           "sms text text-message texting mobile-message",
	"email":         "email e-mail mail-message electronic-mail newsletter",
	"chat":          "chat live-chat webchat web-chat chatbot whatsapp messenger instant-message instant-messaging",
	"web":           "web website web-site webpage web-page online internet online-form web-form portal web-portal browser self-service homepage webshop web-shop",
	"social":        "social social-media facebook instagram twitter linkedin tiktok",
	"app":           "app mobile-app smartphone-app mobile-application",
	"video":         "video video-call video-conference videoconference video-meeting",
	"kiosk":         "kiosk terminal self-service-terminal self-service-kiosk vending-machine atm",
	"visit":         "visit face-to-face f2f in-person meeting personal-meeting physical-meeting on-site onsite personal branch office",
	"counter":       "counter desk front-desk reception store shop retail point-of-sale pos",
	"event":         "event conference fair exhibition seminar",
	"home-visit":    "home-visit technician-visit",
	"post":          "post letter postal-mail postal mail snail-mail parcel package courier",
	"sign":          "sign signage billboard poster",
	"print":         "print brochure leaflet flyer newspaper magazine printed catalogue catalog",
	"word-of-mouth": "word-of-mouth recommendation referral friends family",
})

func linesChannelTable(words map[string]string) map[string]string {
	table := map[string]string{}
	for channel, list := range words {
		for _, word := range strings.Fields(list) {
			table[word] = channel
		}
	}
	return table
}

// linesChannel returns the built-in channel that a word names, or "".
func linesChannel(word string) string { return linesChannels[slug(word)] }
