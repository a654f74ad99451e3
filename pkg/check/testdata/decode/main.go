// Command decode decodes all files of a folder into YAML nodes and does
// nothing with them: the measure that `corridor check` is held against.
package main

import (
	"io/fs"
	"os"

	"gopkg.in/yaml.v3"
)

func main() {
	folder := os.DirFS(os.Args[1])
	err := fs.WalkDir(folder, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		if err != nil {
			return err
		}
		return yaml.Unmarshal(data, new(yaml.Node))
	})
	if err != nil {
		panic(err)
	}
}
