package render

// dark is for screens in dark rooms: light words on a dark ground, and strips
// of light colours with dark words.
var dark = &Theme{"dark", "light words on a dark ground, for screens", map[Role]Color{
	paper: "#0f172a", plate: "#ffffff", cropInk: "#333333", card: "#1e293b", cardAlt: "#2c2517", ink: "#f1f5f9", softInk: "#b6c2d1", inverse: "#0f172a",
	bandFill: "#1d3557", columnFill: "#131c31", columnShade: "#182339",
	altInk: "#fbbf24", optionInk: "#a9b8cb", bindingInk: "#fda4af", momentFill: "#fde047", momentInk: "#0f172a",
	chevronText: "#ffffff", "chevron-1": "#334155", "chevron-2": "#3e4c61", "chevron-3": "#48576d", "chevron-4": "#546379", "chevron-5": "#607086",
	ownerText: "#0b1220", "owner-1": "#93c5fd", "owner-2": "#f59e0b", "owner-3": "#5eead4", "owner-4": "#c084fc", "owner-5": "#fbcfe8",
	"owner-6": "#84cc16", "owner-7": "#a5f3fc", "owner-8": "#f87171", "owner-9": "#ddd6fe", "owner-10": "#94a3b8",
}, nil, nil}
