// Package version knows which version of the project a program was built from.
//
// corridor and corridor-studio talk only to each other's own version, so both
// ask here and both get the same answer when they were built together.
package version

import "runtime/debug"

// release is set by a packager who builds without module information:
//
//	go build -ldflags "-X github.com/customer-corridor/corridor/pkg/version.release=v1.2.3" ./cmd/...
var release string

// unknown is what the Go tools themselves call a build from a plain checkout.
const unknown = "(devel)"

// String returns the version of the running program: the packager's, else the
// module version that the Go tools recorded, else "(devel)". It is never empty
// and holds no line break.
func String() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return unknown
	}
	return info.Main.Version
}
