package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/workspace"
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

// compare says what is wrong with a picture that ought to have these bytes,
// "" where nothing is.
func compare(name string, want []byte) (state string, err error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing", nil
	case err != nil:
		return "", &workspace.ReadError{Path: filepath.ToSlash(name), Err: err}
	case !info.Mode().IsRegular():
		return "", trouble("%s is no file that can be compared", filepath.ToSlash(name))
	}
	have, err := os.ReadFile(name)
	switch {
	case err != nil:
		return "", &workspace.ReadError{Path: filepath.ToSlash(name), Err: err}
	case bytes.Equal(have, want):
		return "", nil
	case bytes.Equal(bytes.ReplaceAll(have, []byte("\r\n"), []byte("\n")), want):
		return "is current but for its line ends, which git can be told to keep: `*" + filepath.Ext(name) + " -text` in .gitattributes", nil
	}
	return "is not current", nil
}
