package access

// Missing returns what would open a step to which one comes but which cannot
// be taken, the smallest set, as at a [Door]. It is nil for a step that can be
// taken, for one to which one does not come, and behind satisfaction.
func (r *Reach) Missing(step int) []string {
	e := r.explorer
	if e.graph.Steps[step].From == e.target || r.Takes(step) {
		return nil
	}
	return e.missing(step)
}
