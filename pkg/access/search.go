package access

// The fastest way is a search over labels: the places that have been passed
// and are worth going on from, and what is held. A customer may go back to any
// place passed before, in no time, so where exactly they stand does not
// matter. It pays to pass a step while it is open and to fetch something
// elsewhere afterwards, so all places are gone on from, not only the last.
// Once nothing more is to be gained, a search backward from the target answers
// for all places at once; the same with everything held bounds what can still
// come of a label.

// measure is what a search makes smallest: a cost, or the arrival at every
// moment of the week.
type measure[V any] interface {
	stay() V
	step(step int) V
	then(first, next V) V
	// better returns the better of two, and whether it is not just the first.
	better(a, b V) (V, bool)
}

// search finds the best way of an open class.
type search[V any] struct {
	*class
	measure[V]
	wanted   set   // names that are not held at the start, can be had and are asked for
	all      set   // what is held with all of them
	gifts    []set // of each point: what it gives of the wanted names; nil for nothing
	limit    int
	turning  bool   // whether turning back is tried, for which see turn
	possible []bool // each step: it could be taken with all that can be had
	news     []int  // the possible steps that can be worth turning back for

	labels  []*label[V]
	byKey   map[string]int
	queue   []int
	queued  []bool
	key     []byte // of what is looked up
	passed  set    // see leave
	fresh   set    // see worthwhile
	kept    set
	places  []int
	onward  map[string][]*V // holdings → from each place to the target
	ideal   []*V            // the same with everything held that can be had
	best    *V
	limited bool // the limit on labels was reached
}

// label is one situation of a customer on the way, with the best way to it.
type label[V any] struct {
	places set // passed, and worth going on from
	held   set
	value  V
}

func newSearch[V any](e *explorer, m measure[V]) *search[V] {
	s := &search[V]{class: e.class, measure: m, onward: map[string][]*V{}, limit: e.options.States}
	if s.limit == 0 {
		s.limit = DefaultStates
	}
	s.wanted, s.all = e.wanted()
	s.gifts = make([]set, len(s.points))
	for i := range s.points {
		if gives := s.points[i].gives; gives.meets(s.wanted) {
			s.gifts[i] = gives.clone()
			for w := range gives {
				s.gifts[i][w] &= s.wanted[w]
			}
		}
	}
	s.passed = newSet(s.graph.Places)
	return s
}

// turn prepares to try turning back.
func (s *search[V]) turn() {
	s.turning, s.labels, s.queued, s.byKey = true, nil, nil, nil
	s.fresh, s.kept = newSet(s.graph.Places), newSet(s.graph.Places)
	s.possible = make([]bool, len(s.of))
	for step := range s.possible {
		s.possible[step] = s.open[step] && s.graph.Steps[step].From != s.target && s.met(step, s.all)
		if pt := s.of[step]; s.possible[step] && (s.graph.Steps[step].To == s.target || s.binds(step) || pt >= 0 && s.gifts[pt] != nil) {
			s.news = append(s.news, step)
		}
	}
}

// wanted returns the names that some step asks for which can be taken only
// with them, and all that is held with them.
func (e *explorer) wanted() (wanted, all set) {
	wanted, all = newSet(len(e.names)), e.held.clone()
	reached := newSet(e.graph.Places)
	for _, s := range e.states {
		all.addAll(s.held)
		reached.addAll(s.reached)
	}
	for i, step := range e.graph.Steps {
		if pt := e.of[i]; pt >= 0 && e.open[i] && reached.has(step.From) {
			for _, c := range e.needs[pt] {
				if !c.anyOf.meets(e.held) {
					wanted.addAll(c.anyOf)
				}
			}
		}
	}
	for i, w := range all {
		wanted[i] &= w &^ e.held[i]
	}
	return wanted, all
}

// run returns the best way from the start to the target. Most need no turning
// back: if going forward alone is as good as it would be with everything
// held from the start, nothing is better.
func (s *search[V]) run() *V {
	s.ideal = s.fromHere(s.all)
	s.sweep()
	if ideal := s.ideal[s.start]; s.best == nil || ideal != nil && s.promising(*ideal) {
		s.turn()
		s.sweep()
	}
	return s.best
}

// sweep follows all ways from the start.
func (s *search[V]) sweep() {
	first := newSet(s.graph.Places)
	first.add(s.start)
	s.arrive(first, s.held, s.stay())
	for len(s.queue) > 0 {
		i := s.queue[0]
		s.queue = s.queue[1:]
		s.queued[i] = false
		s.leave(s.labels[i])
	}
}

// arrive records a way to a situation, and goes on from there if it is better
// than those known and can still lead to the best.
func (s *search[V]) arrive(places, held set, value V) {
	if places.has(s.target) {
		s.finish(value)
		return
	}
	if held.contains(s.wanted) {
		s.goOn(places, s.fromHere(held), value, s.finish)
		return
	}
	if s.turning {
		places = s.worthwhile(places, held)
	}
	if !s.hopeful(places, value) {
		return
	}
	s.key = places.key(held.key(s.key[:0]))
	i, known := s.byKey[string(s.key)]
	switch {
	case known:
		better, changed := s.better(s.labels[i].value, value)
		if !changed {
			return
		}
		s.labels[i].value = better
	case len(s.labels) >= s.limit:
		s.limited = true
		return
	default:
		i = len(s.labels)
		if s.byKey == nil {
			s.byKey = map[string]int{}
		}
		s.byKey[string(s.key)] = i
		s.labels = append(s.labels, &label[V]{places.clone(), held, value})
		s.queued = append(s.queued, false)
	}
	if !s.queued[i] {
		s.queued[i] = true
		s.queue = append(s.queue, i)
	}
}

// goOn calls f with each way to the target from one of the places.
func (s *search[V]) goOn(places set, rest []*V, value V, f func(V)) {
	places.each(func(place int) {
		if rest[place] != nil {
			f(s.then(value, *rest[place]))
		}
	})
}

// hopeful reports whether going on from one of the places could be better than
// the best known way.
func (s *search[V]) hopeful(places set, value V) bool {
	return places.some(func(place int) bool {
		rest := s.ideal[place]
		return rest != nil && s.promising(s.then(value, *rest))
	})
}

// promising reports whether a way to the target is better than the best known.
func (s *search[V]) promising(value V) bool {
	if s.best == nil {
		return true
	}
	_, better := s.better(*s.best, value)
	return better
}

func (s *search[V]) finish(value V) {
	if s.best == nil {
		s.best = &value
	} else if better, changed := s.better(*s.best, value); changed {
		s.best = &better
	}
}

// leave takes each step that can be taken from a situation.
func (s *search[V]) leave(l *label[V]) {
	l.places.each(func(place int) {
		for _, step := range s.graph.Out(place) {
			if !s.open[step] || !s.met(int(step), l.held) {
				continue
			}
			to := s.graph.Steps[step].To
			held, gained := s.gain(int(step), l.held)
			if s.turning && !gained && l.places.has(to) && !s.binds(int(step)) {
				continue
			}
			places := s.passed
			clear(places)
			if s.turning && !s.binds(int(step)) {
				places.addAll(l.places)
			}
			places.add(to)
			s.arrive(places, held, s.then(l.value, s.step(int(step))))
		}
	})
}

// gain returns what is held after a step, of the names that matter.
func (s *search[V]) gain(step int, held set) (after set, gained bool) {
	pt := s.of[step]
	if pt < 0 || s.gifts[pt] == nil || held.contains(s.gifts[pt]) {
		return held, false
	}
	after = held.clone()
	after.addAll(s.gifts[pt])
	return after, true
}

// worthwhile returns those of the places passed from which a step leads to
// something new: a name that is wanted, a binding step, the target, or an
// unpassed place from which one of these follows. The set is good until the
// next call.
func (s *search[V]) worthwhile(passed, held set) set {
	clear(s.fresh) // unpassed places with something new
	clear(s.kept)
	places := s.places[:0]
	add := func(place int) {
		switch {
		case passed.has(place):
			s.kept.add(place)
		case !s.fresh.has(place):
			s.fresh.add(place)
			places = append(places, place)
		}
	}
	for _, step := range s.news {
		pt := s.of[step]
		if s.graph.Steps[step].To == s.target || s.binds(step) || !held.contains(s.gifts[pt]) {
			add(s.graph.Steps[step].From)
		}
	}
	for len(places) > 0 {
		place := places[len(places)-1]
		places = places[:len(places)-1]
		for _, step := range s.graph.In(place) {
			if s.possible[step] {
				add(s.graph.Steps[step].From)
			}
		}
	}
	s.places = places
	return s.kept
}

// fromHere returns the best way from each place to the target with what is
// held, nil where there is none. Nothing more is gained on it.
func (s *search[V]) fromHere(held set) []*V {
	s.key = held.key(s.key[:0])
	if values, known := s.onward[string(s.key)]; known {
		return values
	}
	values, room := make([]*V, s.graph.Places), make([]V, s.graph.Places)
	s.onward[string(s.key)] = values
	room[s.target] = s.stay()
	values[s.target] = &room[s.target]
	queue, queued := append(make([]int, 0, s.graph.Places), s.target), newSet(s.graph.Places)
	for len(queue) > 0 {
		place := queue[0]
		queue = queue[1:]
		queued.remove(place)
		for _, step := range s.graph.In(place) {
			from := s.graph.Steps[step].From
			if from == s.target || !s.open[step] || !s.met(int(step), held) {
				continue
			}
			value, changed := s.then(s.step(int(step)), *values[place]), true
			if values[from] != nil {
				value, changed = s.better(*values[from], value)
			}
			if changed {
				room[from], values[from] = value, &room[from]
				if !queued.has(from) {
					queued.add(from)
					queue = append(queue, from)
				}
			}
		}
	}
	return values
}
