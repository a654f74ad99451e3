// Package graphviz is the door to the Graphviz process: DOT in, routed edges or
// a picture out, within a time limit.
//
// Graphviz runs in a program of its own, corridor-studio, because the library
// costs half a second at a cold start, ignores cancelled contexts, leaks with
// each picture and can die before main runs. Only a process can be stopped.
// [Start] starts that program and [Client.Run] sends it one picture at a time;
// [Serve] is the other end of the pipe. Both ends stand here so that they cannot
// drift apart. The package itself knows nothing of Graphviz but its name.
package graphviz

// The engines that a request can name.
const (
	EngineNop = "nop" // nodes stay where their pos says, edges are routed
	EngineDot = "dot" // Graphviz places the nodes in layers
)

// The formats that a request can name.
const (
	FormatJSON = "json" // every node and edge with its pos
	FormatDOT  = "dot"  // the request's DOT with positions added
	FormatSVG  = "svg"
)

var (
	engines = []string{EngineNop, EngineDot}
	formats = []string{FormatJSON, FormatDOT, FormatSVG}
)

// Request asks for one picture.
//
// Graphviz is silent about some failures, so look at what comes back: with
// EngineNop a single node without pos leaves every edge without pos; and unless
// the graph says notranslate=true, all is moved so that its corner is at 0,0.
// Routing with splines=ortho ends in a [DrawError] from about 1,800 nodes on.
type Request struct {
	Engine string // one of the Engine constants; a layout attribute in the DOT overrules it
	Format string // one of the Format constants
	DOT    []byte // one graph as DOT text in UTF-8, at most 64 MiB
}
