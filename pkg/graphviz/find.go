package graphviz

import (
	"os/exec"
	"path/filepath"
)

const programName = "corridor-studio"

// Find returns the path of corridor-studio: beside executable (the path of the
// running program, symlinks resolved), so that two installations never mix, else
// on the PATH. A relative folder on the PATH is not searched: the file there
// would be chosen by whoever wrote the current folder. Empty executable means
// the PATH only. The error is a [MissingError].
func Find(executable string) (string, error) {
	folder := ""
	if real, err := filepath.EvalSymlinks(executable); executable != "" && err == nil {
		folder = filepath.Dir(real)
		if path, err := exec.LookPath(filepath.Join(folder, programName)); err == nil {
			return path, nil
		}
	}
	if path, err := exec.LookPath(programName); err == nil {
		return path, nil
	}
	return "", &MissingError{Folder: folder}
}
