package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/customer-corridor/corridor/pkg/workspace"
)

// writeWhole writes a file whole or not at all: first under another name in
// the same folder, then under its own. A file that is no regular one, such as
// /dev/stdout, is written as it is.
func writeWhole(name string, data []byte) error {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return trouble("%s is a folder; name a file in it", name)
	}
	if err == nil && !info.Mode().IsRegular() {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return notWritten(name, err)
		}
		return nil
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // a link stays one
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".corridor-*")
	if err != nil {
		return notWritten(name, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	mode := os.FileMode(0o644)
	if info != nil {
		mode = info.Mode().Perm()
	}
	_, err = f.Write(data)
	for _, next := range []func() error{
		func() error { return f.Chmod(mode) },
		f.Sync,
		f.Close,
		func() error { return os.Rename(f.Name(), name) },
	} {
		if err == nil {
			err = next()
		}
	}
	if err != nil {
		f.Close()
		return notWritten(name, err)
	}
	return nil
}

func notWritten(name string, err error) error {
	reason := workspace.Reason(err)
	switch {
	case errors.Is(err, fs.ErrPermission):
		reason = "you have no permission to write there"
	case !isFolder(filepath.Dir(name)):
		reason = "there is no folder " + filepath.Dir(name)
	}
	return trouble("%s cannot be written: %s", name, reason)
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
