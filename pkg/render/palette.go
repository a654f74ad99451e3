package render

// Color is a colour as SVG and CSS write it: #rrggbb. The empty colour
// draws nothing.
type Color string

// Every pair of text and ground below has a contrast of at least 4.5 to 1
// (WCAG 2.2, AA); a test holds it.
const (
	paper       Color = "#ffffff"
	ink         Color = "#0f172a"
	softInk     Color = "#475569"
	bandFill    Color = "#dbeafe"
	columnFill  Color = "#f8fafc"
	columnShade Color = "#eef2f7"
	altInk      Color = "#b45309"
	altFill     Color = "#fffbeb"
	optionInk   Color = "#475569"
	bindingInk  Color = "#9f1239"
	momentFill  Color = "#fde047"
)

// chevrons get lighter along the journey, so that their order is seen even
// where a reader cannot read the words.
var chevrons = []Color{"#0f172a", "#1e293b", "#334155", "#475569", "#5b6b82"}

// owners differ in lightness as well as in hue, for readers who cannot tell
// hues apart and for printers without them. The name stands on each.
var owners = []Color{
	"#1e40af", "#b45309", "#0f766e", "#7c3aed", "#be185d", "#4d7c0f",
	"#0e7490", "#7f1d1d", "#4c1d95", "#334155",
}

// chevron is the colour of the i-th of n stages.
func chevron(i, n int) Color {
	if n < 2 {
		return chevrons[0]
	}
	return chevrons[i*(len(chevrons)-1)/(n-1)]
}
