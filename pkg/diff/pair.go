package diff

import (
	"cmp"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// pair is the two versions of one file; one of them may be nil.
type pair struct{ old, new *Version }

func (p pair) path() string {
	if p.new != nil {
		return p.new.Path
	}
	return p.old.Path
}

// pairUp pairs the files of the same path, then those that were moved. Two
// files that were named one by one are a pair, whatever their names.
func pairUp(before, after []Version) []pair {
	byPath := map[string]*Version{}
	for i := range before {
		byPath[norm.NFC.String(before[i].Path)] = &before[i]
	}
	var pairs []pair
	var added []*Version
	for i := range after {
		key := norm.NFC.String(after[i].Path)
		if old := byPath[key]; old != nil {
			pairs = append(pairs, pair{old, &after[i]})
			delete(byPath, key)
		} else {
			added = append(added, &after[i])
		}
	}
	removed := slices.SortedFunc(maps.Values(byPath), func(a, b *Version) int { return cmp.Compare(a.Path, b.Path) })
	pairs = append(pairs, moved(removed, added)...)
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.path(), b.path()) })
	return pairs
}

// maxMoved is how many removed files are compared with how many added ones:
// beyond it they are hardly moved ones, and each would be read with each.
const maxMoved = 200

// moved pairs removed and added files that are mostly the same, the most alike
// first; the rest stay alone.
func moved(removed, added []*Version) []pair {
	var pairs []pair
	taken := map[*Version]bool{}
	if len(removed) <= maxMoved && len(added) <= maxMoved {
		for _, l := range likenesses(removed, added) {
			if !taken[l.old] && !taken[l.new] {
				taken[l.old], taken[l.new] = true, true
				pairs = append(pairs, l.pair)
			}
		}
	}
	for _, v := range removed {
		if !taken[v] {
			pairs = append(pairs, pair{old: v})
		}
	}
	for _, v := range added {
		if !taken[v] {
			pairs = append(pairs, pair{new: v})
		}
	}
	return pairs
}

// likeness is how alike two files are, 0 to 1.
type likeness struct {
	pair
	alike float64
}

// likenesses returns the pairs of files that may be versions of one, the most
// alike first.
func likenesses(removed, added []*Version) []likeness {
	if len(removed) == 0 || len(added) == 0 {
		return nil
	}
	before, after := identities(removed), identities(added)
	var all []likeness
	for i, a := range before {
		for j, b := range after {
			if alike := a.like(b); alike > 0.5 {
				all = append(all, likeness{pair{removed[i], added[j]}, alike})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.old.Path, b.old.Path), cmp.Compare(a.new.Path, b.new.Path))
	})
	return all
}

// identity is by what a file is known again: its title, and the ids of what it
// defines itself.
type identity struct {
	title string
	ids   map[string]bool
}

func identities(files []*Version) []identity {
	all := make([]identity, len(files))
	for i, f := range files {
		v := read(f)
		all[i] = identity{title(v), map[string]bool{}}
		if v.Journey == nil {
			continue
		}
		for _, d := range definitionsIn(v.Journey.Document, v.language()) {
			all[i].ids[d.kind+" "+d.id()] = true
		}
	}
	return all
}

// like is the share of the ids that both have; a title that is the same counts
// for half of it, and is enough where anything else is the same.
func (a identity) like(b identity) float64 {
	both := 0
	for id := range a.ids {
		if b.ids[id] {
			both++
		}
	}
	alike := float64(both) / float64(max(1, len(a.ids)+len(b.ids)-both))
	if a.title != "" && a.title == b.title {
		return 0.5 + alike/2
	}
	return alike
}
