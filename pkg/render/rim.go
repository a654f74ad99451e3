package render

// rim is a line around every area of a role, in themes whose grounds are too
// pale to be seen by themselves.
type rim struct {
	color  Role
	weight Length
	dashed bool
}

// The roles of rims. Only themes that have rims give them colours.
const (
	rimInk  Role = "rim"
	softRim Role = "soft-rim"
)

// rimmed draws the rims of its theme around the areas of a scene that have no
// line around them already. It is done here, once, so that no view needs to
// know which themes have rims.
func (s *Scene) rimmed() *Scene {
	if len(s.Theme.rims) == 0 {
		return s
	}
	for _, g := range s.Groups {
		for i := range g.Shapes {
			shape := &g.Shapes[i]
			if e, ok := s.Theme.rims[shape.Fill]; ok && shape.Stroke == "" && shape.Kind != Label && shape.Kind != Line {
				shape.Stroke, shape.Weight, shape.Dashed = e.color, e.weight, e.dashed
			}
		}
	}
	return s
}
