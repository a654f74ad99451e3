//go:build !race

package convert

const slower = 1
