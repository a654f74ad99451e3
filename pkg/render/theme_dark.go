package render

// dark is for screens in dark rooms: light words on a dark ground, and strips
// of light colours with dark words.
var dark = &Theme{"dark", "light words on a dark ground, for screens", map[Role]Color{
	paper: "#0f172a", plate: "#ffffff", cropInk: "#333333", card: "#1e293b", cardAlt: "#2c2517", ink: "#f1f5f9", softInk: "#b6c2d1", inverse: "#0f172a",
	bandFill: "#1d3557", columnFill: "#131c31", columnShade: "#182339",
	altInk: "#fbbf24", optionInk: "#a9b8cb", bindingInk: "#fda4af", momentFill: "#fde047", momentInk: "#0f172a",
	mishapInk: "#67e8f9", alarmInk: "#fca5a5", customerInk: "#5eead4", companyInk: "#d8b4fe", apartFill: "#4c1d24", gridInk: "#3b4a61",
	paleInk: "#64748b", closedInk: "#fda4af", hatchInk: "#7f3347", wayInk: "#7dd3fc", repairInk: "#6ee7b7",
	chevronText: "#ffffff", "chevron-1": "#334155", "chevron-2": "#3e4c61", "chevron-3": "#48576d", "chevron-4": "#546379", "chevron-5": "#607086",
	ownerText: "#0b1220", "owner-1": "#93c5fd", "owner-2": "#f59e0b", "owner-3": "#5eead4", "owner-4": "#c084fc", "owner-5": "#fbcfe8",
	"owner-6": "#84cc16", "owner-7": "#a5f3fc", "owner-8": "#f87171", "owner-9": "#ddd6fe", "owner-10": "#94a3b8",
	accessOpen: "#14362a", accessOpenInk: "#86efac", accessDoor: "#f87171", accessDoorInk: "#1f0a0a", accessClosed: "#47181d", accessClosedInk: "#fca5a5",
	accessNone: "#27344a", accessNoneInk: "#94a3b8", accessWarn: "#5b4708", accessPart: "#6b3a0a", accessWarnInk: "#fef3c7", gridRule: "#334155",
}, nil, nil}
