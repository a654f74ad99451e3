package diff

import "slices"

// maxTable bounds the table in which two ways are compared; of longer ones all
// between the first and the last difference is taken for new.
const maxTable = 1_000_000

// compareWays tells how one way became another: which steps came, went and
// moved.
func compareWays(before, after []string) []StepChange {
	if slices.Equal(before, after) {
		return nil
	}
	staysBefore, staysAfter := common(before, after)
	gone := map[string]int{}
	for i, step := range before {
		if !staysBefore[i] {
			gone[step]++
		}
	}
	var all []StepChange
	for i, step := range after {
		if staysAfter[i] {
			continue
		}
		c := StepChange{What: Added, Step: step}
		if i > 0 {
			c.After = after[i-1]
		}
		if gone[step] > 0 {
			gone[step]--
			c.What = Moved
		}
		all = append(all, c)
	}
	for i := len(before) - 1; i >= 0; i-- { // the last ones of a name are those that moved nowhere
		if step := before[i]; !staysBefore[i] && gone[step] > 0 {
			gone[step]--
			all = append(all, StepChange{What: Removed, Step: step})
		}
	}
	slices.SortStableFunc(all, func(a, b StepChange) int { return order(a) - order(b) })
	return all
}

func order(c StepChange) int { return slices.Index([]string{Added, Moved, Removed}, c.What) }

// common finds a longest common subsequence (Wagner and Fischer 1974) and
// tells which elements of both lists are part of it.
func common(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	first := 0
	for first < min(len(a), len(b)) && a[first] == b[first] {
		inA[first], inB[first] = true, true
		first++
	}
	endA, endB := len(a), len(b)
	for endA > first && endB > first && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
		inA[endA], inB[endB] = true, true
	}
	middle(a[first:endA], b[first:endB], inA[first:endA], inB[first:endB])
	return inA, inB
}

func middle(a, b []string, inA, inB []bool) {
	if len(a)*len(b) > maxTable {
		return
	}
	length := make([][]int, len(a)+1) // of what a[i:] and b[j:] have in common
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
}
