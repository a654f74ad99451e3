package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/customer-corridor/corridor/pkg/render"
)

// pictureName is the name of a journey's file with the ending of a format in
// the place of its own.
func pictureName(journey string, format render.Format) string {
	stem, lower := journey, strings.ToLower(journey)
	for _, ending := range []string{".yaml", ".yml", ".json"} {
		if strings.HasSuffix(lower, ending) {
			stem = stem[:len(stem)-len(ending)]
			break
		}
	}
	const kind = ".corridor"
	if n := len(stem) - len(kind); n > 0 && strings.EqualFold(stem[n:], kind) {
		stem = stem[:n]
	}
	if stem == "" {
		stem = journey
	}
	return stem + "." + format.Extensions[0]
}

// writeBelow writes a file whole, and makes the folders that it is in.
func writeBelow(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return notWritten(filepath.ToSlash(name), err)
	}
	return writeWhole(name, data)
}
