package workspace

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// maxImports is how many files one journey may import, directly or not.
const maxImports = 1000

// loader follows the imports of one file.
type loader struct {
	workspace *Workspace
	documents []*model.Document // imported ones, each after what it imports
	found     []finding.Finding // of reading the files
	joining   []finding.Finding // of joining them
	failed    []error
	cut       bool // there are more imports than are followed
	unknown   bool // something that may define names could not be read

	done  map[string]bool // paths that were followed, or are being so
	chain []link          // from the root to the file being followed
}

// link is a file with the place of the import that led to it.
type link struct {
	path    string
	at      source.Span
	subject string // of the import
}

func (l *loader) report(rule string, at source.Span, subject, message, help string, related ...finding.Related) {
	l.joining = finding.Append(l.joining, finding.Finding{Rule: rule, Span: at, Subject: subject, Message: message, Help: help, Related: related})
}

// follow reads the imports of a document, depth first, each file once.
func (l *loader) follow(file string, doc *model.Document) {
	l.done[file] = true
	for i, imp := range doc.Imports {
		subject := fmt.Sprintf("imports[%d]", i)
		target, ok := l.locate(file, imp, subject)
		if !ok {
			l.unknown = true
			continue
		}
		l.chain = append(l.chain, link{target, imp.Span, subject})
		l.open(target, imp, subject)
		l.chain = l.chain[:len(l.chain)-1]
	}
}

// locate returns the path in the workspace that an import stands for.
func (l *loader) locate(file string, imp source.Spanned[string], subject string) (string, bool) {
	name := imp.Value
	switch {
	case strings.Contains(name, "://"):
		l.report("import-outside", imp.Span, subject, "an import is a file of this workspace, not an address on the network", "Save the file beside this one and import it by its path.")
		return "", false
	case strings.Contains(name, `\`):
		l.report("invalid-value", imp.Span, subject, "the path "+finding.Quote(name)+" has backslashes", "Write it with `/`: `"+strings.ReplaceAll(name, `\`, "/")+"`.")
		return "", false
	case path.IsAbs(name) && l.workspace.AbsoluteImports:
		return strings.TrimPrefix(path.Clean(name), "/"), true
	case path.IsAbs(name) || len(name) > 1 && name[1] == ':':
		l.outside(imp, subject, "the import "+finding.Quote(name)+" is an absolute path, which differs from one computer to the next")
		return "", false
	}
	target := path.Join(path.Dir(file), name)
	if !fs.ValidPath(target) {
		l.outside(imp, subject, "the import "+finding.Quote(name)+" leads out of the workspace")
		return "", false
	}
	return target, true
}

func (l *loader) outside(imp source.Spanned[string], subject, message string) {
	l.report("import-outside", imp.Span, subject, message, "Move the file into the workspace, or allow it with `--allow-outside`.")
}

// open reads an imported file and follows its own imports.
func (l *loader) open(target string, imp source.Spanned[string], subject string) {
	above := l.chain[:len(l.chain)-1]
	if i := slices.IndexFunc(above, func(k link) bool { return k.path == target }); i >= 0 {
		l.cycle(l.chain[i:])
		return
	}
	if l.done[target] {
		return
	}
	if len(l.done) > maxImports {
		l.tooMany(imp, subject)
		return
	}
	p := l.workspace.parseImport(target)
	if p.err != nil {
		l.unknown = true
		l.unreadable(target, imp, subject, p.err)
		return
	}
	l.found = append(l.found, p.findings...)
	if p.doc == nil {
		l.unknown = true
		return
	}
	l.follow(target, p.doc)
	l.documents = append(l.documents, p.doc)
}

// tooMany reports, once, that there are more imports than are followed.
func (l *loader) tooMany(imp source.Spanned[string], subject string) {
	if !l.cut {
		l.joining = finding.Append(l.joining, finding.Finding{
			Rule: "invalid-value", Span: imp.Span, Subject: subject, Unchecked: true,
			Message: fmt.Sprintf("more than %d files are imported; the rest is not read", maxImports), Help: "Join some of them.",
		})
	}
	l.cut, l.unknown = true, true
}

// parseImport reads a file and keeps it, since others may import it too.
func (w *Workspace) parseImport(path string) *parsed {
	p := w.parse(path)
	if w.imported == nil {
		w.imported = map[string]*parsed{}
	}
	w.imported[path] = p
	return p
}

// cycle reports files that import each other. The circle begins and ends with
// the same file. Each of its files leads to it, so it is told from the first
// one by name: then it is the same finding, whichever file is checked.
func (l *loader) cycle(circle []link) {
	files := circle[1:] // each with the import that leads to it
	first := 0
	for i, k := range files {
		if k.path < files[first].path {
			first = i
		}
	}
	files = append(slices.Clone(files[first:]), files[:first]...)
	names := l.workspace.Shown(files[0].path)
	var related []finding.Related
	for i := 1; i <= len(files); i++ {
		k := files[i%len(files)]
		names += " → " + l.workspace.Shown(k.path)
		if i > 1 {
			related = append(related, finding.Related{Span: k.at, Message: "imports " + l.workspace.Shown(k.path)})
		}
	}
	way := files[1%len(files)]
	l.report("import-cycle", way.at, way.subject, "the imports go round in a circle: "+names,
		"Move what both files need into a third one that both import.", related...)
}

// unreadable reports an import that cannot be read. A file that is not there
// is the author's mistake; for any other reason something stays unchecked.
func (l *loader) unreadable(target string, imp source.Spanned[string], subject string, err error) {
	switch {
	case missing(err):
		help, fix := finding.Correct(imp.Span, imp.Value, l.siblings(target, imp))
		l.joining = finding.Append(l.joining, finding.Finding{
			Rule: "undefined-name", Span: imp.Span, Subject: subject, Message: "there is no file " + finding.Quote(imp.Value),
			Help: cmp.Or(help, "The path is read from the folder of the file that imports it."), Fix: fix,
		})
	case leaves(err):
		l.outside(imp, subject, "the import "+finding.Quote(imp.Value)+" is a link that leads out of the workspace")
	default:
		l.report("invalid-value", imp.Span, subject, "the import "+finding.Quote(imp.Value)+" cannot be read: "+Reason(err), "Import a corridor file that you may read.")
		l.failed = append(l.failed, err)
	}
}

// leaves reports whether the file system refused to follow a path out of its
// root, as os.Root does.
func leaves(err error) bool {
	var p *fs.PathError
	return errors.As(err, &p) && strings.Contains(p.Err.Error(), "escapes")
}

// siblings lists the files of the folder that an import names, written as
// the import was, but for the importing file.
func (l *loader) siblings(target string, imp source.Spanned[string]) []string {
	entries, err := fs.ReadDir(l.workspace.FS, path.Dir(target))
	if err != nil || len(entries) > 1000 {
		return nil
	}
	var names []string
	for _, e := range entries {
		if l.workspace.Shown(path.Join(path.Dir(target), e.Name())) != imp.Span.File.Name {
			names = append(names, strings.TrimSuffix(imp.Value, path.Base(imp.Value))+e.Name())
		}
	}
	return names
}
