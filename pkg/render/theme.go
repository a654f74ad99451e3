package render

// Color is a colour as SVG and CSS write it: #rrggbb.
type Color string

// Theme gives every role a colour. A theme is not changed once it is made.
type Theme struct {
	Name, Summary string
	colors        map[Role]Color
	rims          map[Role]rim
	words         map[Role]Role // on owners' strips, where not ownerText
}

// Themes are all themes, the usual one first. In each, text has a contrast
// of at least 4.5 to 1 to its ground and a mark of at least 3 to 1 (WCAG 2.2,
// AA); a test holds it.
var Themes = []*Theme{light, dark, monochrome}

// light is for screens and slides. Owners differ in lightness as well as in
// hue, for readers who cannot tell hues apart and for printers without them.
var light = &Theme{"light", "dark words on white, for screens and slides", map[Role]Color{
	paper: "#ffffff", plate: "#ffffff", cropInk: "#333333", card: "#ffffff", cardAlt: "#fffbeb", ink: "#0f172a", softInk: "#475569", inverse: "#ffffff",
	bandFill: "#dbeafe", columnFill: "#f8fafc", columnShade: "#eef2f7",
	altInk: "#b45309", optionInk: "#475569", bindingInk: "#9f1239", momentFill: "#fde047", momentInk: "#0f172a",
	mishapInk: "#155e75", alarmInk: "#b91c1c", customerInk: "#115e59", companyInk: "#6d28d9", apartFill: "#fee2e2", gridInk: "#cbd5e1",
	paleInk: "#8291a5", closedInk: "#9f1239", hatchInk: "#dfa3b2", wayInk: "#1d4ed8", repairInk: "#047857",
	chevronText: "#ffffff", "chevron-1": "#0f172a", "chevron-2": "#1e293b", "chevron-3": "#334155", "chevron-4": "#475569", "chevron-5": "#5b6b82",
	ownerText: "#ffffff", "owner-1": "#1e40af", "owner-2": "#b45309", "owner-3": "#0f766e", "owner-4": "#7c3aed", "owner-5": "#be185d",
	"owner-6": "#4d7c0f", "owner-7": "#0e7490", "owner-8": "#7f1d1d", "owner-9": "#4c1d95", "owner-10": "#334155",
	accessOpen: "#dcfce7", accessOpenInk: "#166534", accessDoor: "#991b1b", accessDoorInk: "#ffffff", accessClosed: "#fee2e2", accessClosedInk: "#991b1b",
	accessNone: "#dce3eb", accessNoneInk: "#64748b", accessWarn: "#fde68a", accessPart: "#fdba74", accessWarnInk: "#7c2d12", gridRule: "#cbd5e1",
}, nil, nil}

// Color returns the colour of a role.
func (t *Theme) Color(r Role) Color { return t.colors[r] }
