module github.com/customer-corridor/corridor

go 1.26.0

// What the person whom this is for fixed.
require (
	github.com/goccy/go-graphviz v0.2.10
	github.com/spf13/cobra v1.10.2
	gopkg.in/yaml.v3 v3.0.1
)

// What else the programs link, each with its reason.
require (
	github.com/bmatcuk/doublestar/v4 v4.10.4 // the globs of --exclude, with ** and braces
	github.com/clipperhouse/displaywidth v0.11.0 // how many terminal cells Arabic, CJK and emoji take
	github.com/fsnotify/fsnotify v1.10.1 // tells the preview that a file was saved
	github.com/go-text/typesetting v0.3.4 // shapes Arabic and Persian, so that text fits its box
	github.com/rogpeppe/go-internal v1.16.0 // the unified diffs of fmt; in tests testscript and txtar
	golang.org/x/image v0.25.0 // the fixed-point numbers that go-text speaks; fills the shapes of a png
	golang.org/x/term v0.47.0 // whether there is a terminal, and its width
	golang.org/x/text v0.43.0 // NFC, by which ids are compared; the classes of bidirectional text
)

// For tests only.
require (
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // holds the schema to the parser
	gonum.org/v1/gonum v0.17.0 // the oracle of the graph algorithms
)

require (
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/disintegration/imaging v1.6.2 // indirect
	github.com/flopp/go-findfont v0.1.0 // indirect
	github.com/fogleman/gg v1.3.0 // indirect
	github.com/golang/freetype v0.0.0-20170609003504-e2365dfdc4a0 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	github.com/tetratelabs/wazero v1.10.1 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)
