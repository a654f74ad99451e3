package render

// monochrome is for printers, those without colours too: words and heavy lines
// are black, everything else is paper and pale greys, which need little ink.
// What a printer may lose, a pale ground, has a rim.
var monochrome = &Theme{"print", "black on white paper, for printers without colours", map[Role]Color{
	paper: "#ffffff", plate: "#ffffff", cropInk: "#333333", card: "#ffffff", cardAlt: "#ffffff", ink: "#000000", softInk: "#333333", inverse: "#ffffff",
	bandFill: "#eeeeee", columnFill: "#ffffff", columnShade: "#f7f7f7",
	altInk: "#3a3a3a", optionInk: "#3a3a3a", bindingInk: "#000000", momentFill: "#ffffff", momentInk: "#000000",
	mishapInk: "#000000", alarmInk: "#000000", customerInk: "#000000", companyInk: "#4a4a4a", apartFill: "#e8e8e8", gridInk: "#b0b0b0",
	paleInk: "#8c8c8c", closedInk: "#000000", hatchInk: "#8c8c8c", wayInk: "#000000", repairInk: "#3a3a3a",
	chevronText: "#000000", "chevron-1": "#cccccc", "chevron-2": "#d9d9d9", "chevron-3": "#e4e4e4", "chevron-4": "#eeeeee", "chevron-5": "#f8f8f8",
	ownerText: "#000000", "owner-1": "#ffffff", "owner-2": "#d0d0d0", "owner-3": "#f0f0f0", "owner-4": "#b8b8b8", "owner-5": "#e2e2e2",
	"owner-6": "#ffffff", "owner-7": "#d0d0d0", "owner-8": "#f0f0f0", "owner-9": "#b8b8b8", "owner-10": "#e2e2e2",
	accessOpen: "#ffffff", accessOpenInk: "#000000", accessDoor: "#333333", accessDoorInk: "#ffffff", accessClosed: "#dddddd", accessClosedInk: "#333333",
	accessNone: "#f0f0f0", accessNoneInk: "#6b6b6b", accessWarn: "#ffffff", accessPart: "#d4d4d4", accessWarnInk: "#000000", gridRule: "#b0b0b0",
	rimInk: "#000000", softRim: "#8c8c8c",
}, printRims(), nil}

// printRims outlines what is pale. The second half of the owners has the
// greys of the first, and dashes around them.
func printRims() map[Role]rim {
	rims := map[Role]rim{
		bandFill:    {softRim, Px * 3 / 4, false},
		columnFill:  {softRim, Px / 2, false},
		columnShade: {softRim, Px / 2, false},
		apartFill:   {rimInk, Px * 3 / 4, false},
		accessOpen:  {softRim, Px / 2, false},
		accessWarn:  {rimInk, Px * 3 / 4, true},
		accessPart:  {softRim, Px / 2, true},
	}
	for i := range chevronShades {
		rims[chevron(i, chevronShades)] = rim{rimInk, Px * 3 / 4, false}
	}
	for i := range ownerColors {
		rims[ownerColor(i)] = rim{rimInk, Px, i >= ownerColors/2}
	}
	return rims
}
