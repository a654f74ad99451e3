//go:build race

package convert

// slower is how many times smaller hostile texts are under the race detector,
// which takes some ten times as long and looks for other faults.
const slower = 16
