package access

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/model"
)

// reference is an arrival that is worked out anew for every moment.
type reference func(time.Duration) time.Duration

// both is an arrival and its reference; the reference of never is nil.
type both struct {
	*Arrival
	ref reference
}

func stepOf(open []model.Opening, always bool, delay, waits, takes time.Duration) both {
	a := stepArrival(open, always, delay, waits, takes)
	if !always && len(open) == 0 {
		return both{a, nil}
	}
	var isOpen [model.WeekMinutes]bool
	for m := range isOpen {
		isOpen[m] = always || slices.ContainsFunc(open, func(o model.Opening) bool { return o.From <= m && m < o.To })
	}
	return both{a, func(t time.Duration) time.Duration {
		t += delay
		for !isOpen[t/time.Minute%model.WeekMinutes] {
			t = t.Truncate(time.Minute) + time.Minute
		}
		return t + waits + takes
	}}
}

func (x both) then(y both) both {
	a := then(x.Arrival, y.Arrival)
	if x.ref == nil || y.ref == nil {
		return both{a, nil}
	}
	return both{a, func(t time.Duration) time.Duration { return y.ref(x.ref(t)) }}
}

func (x both) earlier(y both) both {
	a := earlier(x.Arrival, y.Arrival)
	switch {
	case x.ref == nil:
		return both{a, y.ref}
	case y.ref == nil:
		return both{a, x.ref}
	}
	return both{a, func(t time.Duration) time.Duration { return min(x.ref(t), y.ref(t)) }}
}

// check compares the arrival with its reference where it bends, just before
// and after, and at n moments of the first weeks; and looks at its form.
func (x both) check(t *testing.T, r *rand.Rand, n int) {
	t.Helper()
	if (x.Arrival == nil) != (x.ref == nil) {
		t.Fatalf("never: got %v, want %v", x.Arrival == nil, x.ref == nil)
	}
	if x.Arrival == nil {
		return
	}
	checkForm(t, x.Arrival)
	var moments []time.Duration
	for _, p := range x.pieces {
		moments = append(moments, max(0, p.from-1), p.from, p.from+1, p.from+week)
	}
	for range n {
		moments = append(moments, time.Duration(r.Int64N(int64(3*week))), minutes(r.IntN(model.WeekMinutes)))
	}
	for _, at := range moments {
		if got, want := x.At(at), x.ref(at); got != want {
			t.Fatalf("at %v: arrival at %v, want %v, with pieces %v", at, got, want, x.pieces)
		}
	}
}

func checkForm(t *testing.T, a *Arrival) {
	t.Helper()
	if len(a.pieces) == 0 || a.pieces[0].from != 0 {
		t.Fatalf("the pieces do not start on Monday at 00:00: %v", a.pieces)
	}
	for i, p := range a.pieces {
		last := a.end(i) - 1
		switch {
		case p.from > last:
			t.Fatalf("piece %d is empty: %v", i, a.pieces)
		case p.at(last) < last || p.at(last) > last+horizon:
			t.Fatalf("piece %d arrives before it starts or after the horizon: %v", i, a.pieces)
		case a.At(last) > a.At(last+1):
			t.Fatalf("after piece %d, who starts later arrives earlier: %v", i, a.pieces)
		case i > 0 && p.level == a.pieces[i-1].level && p.value == a.pieces[i-1].value:
			t.Fatalf("pieces %d and %d are one: %v", i-1, i, a.pieces)
		}
	}
}

// randomHours are like those of model.Hours; one in eight is never open, and
// spans may touch Sunday midnight.
func randomHours(r *rand.Rand) []model.Opening {
	var open []model.Opening
	at := r.IntN(2000)
	if r.IntN(4) == 0 {
		at = 0
	}
	if r.IntN(8) == 0 {
		return nil
	}
	for n := 1 + r.IntN(8); n > 0 && at < model.WeekMinutes; n-- {
		to := min(at+1+r.IntN(3000), model.WeekMinutes)
		if r.IntN(8) == 0 {
			to = model.WeekMinutes
		}
		open = append(open, model.Opening{From: at, To: to})
		at = to + 1 + r.IntN(1500)
	}
	return open
}

func randomDuration(r *rand.Rand) time.Duration {
	units := []time.Duration{0, 1, time.Second, time.Minute, time.Hour, 24 * time.Hour, week}
	d := units[r.IntN(len(units))] * time.Duration(r.IntN(70))
	if r.IntN(3) == 0 {
		d += time.Duration(r.IntN(90)) * time.Second
	}
	return d
}

func randomStep(r *rand.Rand) both {
	return stepOf(randomHours(r), r.IntN(5) == 0, randomDuration(r), randomDuration(r)/8, randomDuration(r)/8)
}

// random is some steps put together.
func random(r *rand.Rand, steps int) both {
	if steps <= 1 {
		return randomStep(r)
	}
	n := 1 + r.IntN(steps-1)
	x, y := random(r, n), random(r, steps-n)
	if r.IntN(2) == 0 {
		return x.then(y)
	}
	return x.earlier(y)
}

func TestStepArrival(t *testing.T) {
	const h, d = time.Hour, 24 * time.Hour
	office := []model.Opening{{From: 9 * 60, To: 17 * 60}, {From: (24 + 9) * 60, To: (24 + 17) * 60}} // Mo-Tu 09:00-17:00
	night := []model.Opening{{From: 0, To: 2 * 60}, {From: (6*24 + 22) * 60, To: model.WeekMinutes}}  // Su 22:00-02:00
	for name, test := range map[string]struct {
		open                []model.Opening
		always              bool
		delay, waits, takes time.Duration
		start, want         time.Duration
	}{
		"always open":              {nil, true, h, 2 * h, 3 * h, 5 * h, 11 * h},
		"before it opens":          {office, false, 0, 0, h, 8 * h, 10 * h},
		"at once":                  {office, false, 0, 0, h, 9 * h, 10 * h},
		"ends after closing":       {office, false, 0, h, h, 17*h - 1, 19*h - 1},
		"at closing":               {office, false, 0, 0, h, 17 * h, d + 10*h},
		"the week is over":         {office, false, 0, 0, h, 2 * d, week + 10*h},
		"delay, then wait":         {office, false, 12 * h, 0, h, 8 * h, d + 10*h},
		"delay of weeks":           {office, false, 3*week + time.Second, 0, h, 9 * h, 3*week + 10*h + time.Second},
		"queue runs while closed":  {office, false, 0, d, h, 16 * h, d + 17*h},
		"over Sunday midnight":     {night, false, 2 * h, 0, h, week - h, week + 2*h},
		"a span in the other week": {night, false, 0, 0, h, 2 * h, 6*d + 23*h},
		"a later week":             {night, false, 0, 0, h, 5*week + 2*h, 5*week + 6*d + 23*h},
	} {
		t.Run(name, func(t *testing.T) {
			x := stepOf(test.open, test.always, test.delay, test.waits, test.takes)
			x.check(t, rand.New(rand.NewPCG(0, 0)), 100)
			if got := x.At(test.start); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	if a := stepArrival(nil, false, h, h, h); a != nil {
		t.Errorf("what never opens is arrived at: %v", a)
	}
}

func TestWholeWeekIsAlwaysOpen(t *testing.T) {
	whole := []model.Opening{{From: 0, To: model.WeekMinutes}}
	if !same(stepArrival(whole, false, 1, 2, 3), stepArrival(nil, true, 1, 2, 3)) {
		t.Error("24/7 is not always open")
	}
}

func TestArrivalsAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 1500 {
		random(r, 1+r.IntN(9)).check(t, r, 10)
	}
}

// TestEveryMinute compares all that is told of the minutes of the week.
func TestEveryMinute(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2))
	for range 12 {
		x := random(r, 1+r.IntN(4))
		if x.Arrival == nil {
			continue
		}
		limit := x.Wait(r.IntN(model.WeekMinutes)) - time.Duration(r.IntN(2))
		share, late := x.within(limit)
		shortest, kept := horizon, 0
		for m := range model.WeekMinutes {
			wait := x.ref(minutes(m)) - minutes(m)
			if got := x.Wait(m); got != wait {
				t.Fatalf("minute %d: takes %v, want %v", m, got, wait)
			}
			shortest = min(shortest, wait)
			isLate := slices.ContainsFunc(late, func(o model.Opening) bool { return o.From <= m && m < o.To })
			if isLate != (wait > limit) {
				t.Fatalf("minute %d: late %v, but it takes %v of %v: %v", m, isLate, wait, limit, late)
			}
			if wait <= limit {
				kept++
			}
		}
		if got := x.Shortest(); got != shortest {
			t.Errorf("shortest is %v, want %v", got, shortest)
		}
		if want := float64(kept) / model.WeekMinutes; share != want {
			t.Errorf("share is %v, want %v", share, want)
		}
		checkSpans(t, late)
	}
}

func checkSpans(t *testing.T, spans []model.Opening) {
	t.Helper()
	for i, o := range spans {
		if o.From < 0 || o.From >= o.To || o.To > model.WeekMinutes || i > 0 && spans[i-1].To >= o.From {
			t.Errorf("the spans are not sorted and apart: %v", spans)
		}
	}
}

func TestWithin(t *testing.T) {
	office := []model.Opening{{From: 540, To: 1020}} // Mo 09:00-17:00
	a := stepArrival(office, false, 0, 0, 90*time.Second)
	for limit, want := range map[time.Duration]string{
		90*time.Second - 1:                "0 [{0 10080}]",
		90 * time.Second:                  "480 [{0 540} {1020 10080}]", // inclusive
		2*time.Minute + 30*time.Second:    "481 [{0 539} {1020 10080}]",
		time.Hour + 90*time.Second:        "540 [{0 480} {1020 10080}]",
		time.Hour + 90*time.Second - 1:    "539 [{0 481} {1020 10080}]",
		10*time.Hour + 90*time.Second:     "1080 [{1020 10020}]",
		week - 8*time.Hour + 89*1e9:       "10079 [{1020 1021}]",
		week - 8*time.Hour + 90*1e9:       "10080 []",
		100 * 365 * 24 * time.Hour:        "10080 []",
		9*time.Hour + 90*time.Second:      "1020 [{1020 10080}]",
		9*time.Hour + 150*time.Second:     "1021 [{1020 10079}]",
		9*time.Hour + 150*time.Second - 1: "1020 [{1020 10080}]",
	} {
		share, late := a.within(limit)
		if got := fmt.Sprint(math.Round(share*model.WeekMinutes), late); got != want {
			t.Errorf("within %v: got %s, want %s", limit, got, want)
		}
	}
}

// TestLaws compares pieces, not samples: the form is canonical.
func TestLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 3000 {
		a, b, c := random(r, 1+r.IntN(4)).Arrival, random(r, 1+r.IntN(4)).Arrival, random(r, 1+r.IntN(4)).Arrival
		for law, holds := range map[string]bool{
			"then is associative":             same(then(then(a, b), c), then(a, then(b, c))),
			"staying changes nothing":         same(then(stay(), a), a) && same(then(a, stay()), a),
			"never is never":                  then(a, nil) == nil && then(nil, a) == nil,
			"earlier is commutative":          same(earlier(a, b), earlier(b, a)),
			"earlier is associative":          same(earlier(earlier(a, b), c), earlier(a, earlier(b, c))),
			"earlier is idempotent":           same(earlier(a, a), a),
			"never is not earlier":            earlier(a, nil) == a && earlier(nil, a) == a,
			"nothing is earlier than staying": a == nil || same(earlier(a, stay()), stay()),
			"then spreads over the earlier":   same(then(earlier(a, b), c), earlier(then(a, c), then(b, c))),
			"and on the other side":           same(then(a, earlier(b, c)), earlier(then(a, b), then(a, c))),
			"a pointer tells of no change":    (earlier(a, b) == a) == same(earlier(a, b), a),
		} {
			if !holds {
				t.Fatalf("%s: not for %v, %v and %v", law, a, b, c)
			}
		}
	}
}

func TestEarlierGivesBackWhatItIsGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		a, b := random(r, 3).Arrival, random(r, 3).Arrival
		e := earlier(a, b)
		if earlier(e, a) != e || earlier(e, b) != e {
			t.Fatalf("a minimum changes with what it was made of: %v and %v", a, b)
		}
		if got := earlier(a, e); e != a && got != e {
			t.Fatalf("the lower one is copied: %v", got)
		}
	}
}

// TestMoreOpenMinutes: longer hours never make anyone later.
func TestMoreOpenMinutes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 1000 {
		open, d := randomHours(r), randomDuration(r)
		if len(open) == 0 {
			continue
		}
		less := open[:1+r.IntN(len(open))]
		more, fewer := stepArrival(open, false, d, 0, 1), stepArrival(less, false, d, 0, 1)
		if earlier(more, fewer) != more {
			t.Fatalf("%v is later than %v", open, less)
		}
	}
}

func TestHorizonPassedWithinTheWeek(t *testing.T) {
	morning := []model.Opening{{From: 540, To: 600}} // Mo 09:00-10:00
	a := stepArrival(morning, false, horizon-week+9*time.Hour+30*time.Minute, 0, 0)
	checkForm(t, a)
	if got := a.Wait(31); got != horizon {
		t.Errorf("after a missed opening it takes %v, want %v", got, horizon)
	}
	if got, want := a.Wait(24*60), horizon-24*time.Hour+9*time.Hour; got != want {
		t.Errorf("on Tuesday it takes %v, want %v", got, want)
	}
}

// TestHorizon: what takes longer than can be told is told as the horizon, and
// all laws hold there.
func TestHorizon(t *testing.T) {
	const century = 100 * 365 * 24 * time.Hour
	r := rand.New(rand.NewPCG(3, 6))
	for range 1000 {
		var steps [4]*Arrival
		for i := range steps {
			steps[i] = stepArrival(append(randomHours(r), model.Opening{From: model.WeekMinutes - 1, To: model.WeekMinutes}), r.IntN(3) == 0,
				time.Duration(r.Int64N(int64(century))), time.Duration(r.IntN(2))*century, time.Duration(r.IntN(2))*century)
			checkForm(t, steps[i])
		}
		a, b, c, d := steps[0], steps[1], steps[2], steps[3]
		left, right := then(then(a, b), then(c, d)), then(a, then(then(b, c), d))
		checkForm(t, left)
		if !same(left, right) {
			t.Fatalf("then is not associative: %v and %v", left, right)
		}
	}
}

func TestArena(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	var m arena
	var made, want []*Arrival
	for round := range 600 {
		a, b := random(r, 1+r.IntN(6)).Arrival, random(r, 1+r.IntN(6)).Arrival
		made = append(made, m.then(a, b), m.earlier(a, b))
		want = append(want, then(a, b), earlier(a, b))
		if round%50 < 49 {
			continue
		}
		kept := made[len(made)-1].copy()
		for i := range made {
			if !same(made[i], want[i]) {
				t.Fatalf("the arena overwrote an arrival: %v, want %v", made[i], want[i])
			}
		}
		m.reset()
		m.then(random(r, 9).Arrival, random(r, 9).Arrival)
		if !same(kept, want[len(want)-1]) {
			t.Fatal("a copy lies in the arena")
		}
		made, want = made[:0], want[:0]
	}
}

func TestArenaIsReused(t *testing.T) {
	a, b := spans(20, 0), spans(20, 1)
	var m arena
	allocated := testing.AllocsPerRun(100, func() {
		m.reset()
		for range 20 {
			m.earlier(m.then(a, b), b)
		}
	})
	if allocated > 0 {
		t.Errorf("%v allocations in an arena that was large enough", allocated)
	}
}

// FuzzArrival reads the bytes as a program over a stack of arrivals.
func FuzzArrival(f *testing.F) {
	f.Add([]byte{0, 10, 200, 60, 1, 0, 50, 90, 3, 2, 9, 10})
	f.Add([]byte{1, 3, 200, 1, 255, 2, 7, 0, 0, 255, 4, 4, 10, 9})
	f.Fuzz(func(t *testing.T, program []byte) {
		r := rand.New(rand.NewPCG(3, 8))
		stack := []both{{stay(), func(t time.Duration) time.Duration { return t }}}
		for i := 0; i+3 < min(len(program), 60); i += 4 {
			top := len(stack) - 1
			op, x, y, z := program[i], int(program[i+1]), int(program[i+2]), time.Duration(program[i+3])
			switch {
			case op < 9:
				from, to := x*39, min(x*39+y*int(op)+1, model.WeekMinutes)
				unit := []time.Duration{1, time.Second, time.Hour}[op%3]
				stack = append(stack, stepOf([]model.Opening{{From: from, To: to}}, x == 255, z*unit, z, z*time.Second))
			case top > 0 && op%2 == 0:
				stack = append(stack[:top-1], stack[top-1].then(stack[top]))
			case top > 0:
				stack = append(stack[:top-1], stack[top-1].earlier(stack[top]))
			}
		}
		for _, x := range stack {
			x.check(t, r, 5)
		}
	})
}

// spans is an arrival of 2n pieces: n spans of open hours and what lies between.
func spans(n, shift int) *Arrival {
	var open []model.Opening
	every := model.WeekMinutes / n
	for i := range n {
		from := i*every + 1 + shift*every/3
		open = append(open, model.Opening{From: from, To: from + every/2})
	}
	return stepArrival(open, false, 0, 0, time.Duration(shift+1)*time.Minute)
}

func benchmarkArrivals(b *testing.B, put func(m *arena, x, y *Arrival) *Arrival) {
	constant := stepArrival(nil, true, time.Hour, 0, time.Minute)
	pairs := []struct {
		name string
		x, y *Arrival
	}{{"always+always", constant, after(time.Minute)}, {"always+20", constant, spans(10, 1)}, {"20+always", spans(10, 1), constant}}
	for _, n := range []int{2, 20, 200} {
		pairs = append(pairs, struct {
			name string
			x, y *Arrival
		}{fmt.Sprintf("%d+%d", n, n), spans(n/2, 0), spans(n/2, 1)})
	}
	for _, p := range pairs {
		b.Run(p.name, func(b *testing.B) {
			b.ReportAllocs()
			var m arena
			for b.Loop() {
				m.reset()
				put(&m, p.x, p.y)
			}
			b.ReportMetric(float64(len(put(&m, p.x, p.y).pieces)), "pieces")
		})
	}
}

func BenchmarkThen(b *testing.B)    { benchmarkArrivals(b, (*arena).then) }
func BenchmarkEarlier(b *testing.B) { benchmarkArrivals(b, (*arena).earlier) }

// BenchmarkWithin tells the late minutes of a deadline.
func BenchmarkWithin(b *testing.B) {
	for _, n := range []int{2, 20, 200} {
		a := spans(n/2, 0)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				a.within(10 * time.Minute)
			}
		})
	}
}
