package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/report"
)

// drawing is one run of render with a picture for each journey.
type drawing struct {
	renderOptions
	format render.Format
	studio *studio
	world  *world.World
	talk   io.Writer
	jobs   []job

	done     int            // pictures that were written, or compared
	findings int            // in the journeys that were drawn
	stale    []string       // what pictures are not current, with --check
	unsound  []check.Target // files that say what nobody can draw
	left     []string       // libraries that were named
	lacking  []lacking
	problems []error
}

// lacking is a journey whose picture has boxes in the place of characters.
type lacking struct {
	name       string
	characters []string
}

// job is a journey, and the file of its picture.
type job struct {
	target  check.Target
	picture string // as people know it
	named   bool   // the journey was named itself, not found in a folder
}

// renderAll draws all journeys that were named or found, or compares them with
// the pictures that are there.
func renderAll(c *cobra.Command, args []string, opt renderOptions, format render.Format, studio *studio) error {
	w, err := world.New(opt.allowOutside, settingsOf(c))
	if err != nil {
		return err
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	d := &drawing{renderOptions: opt, format: format, studio: studio, world: w, talk: c.ErrOrStderr()}
	if err := d.find(args, c.InOrStdin()); err != nil {
		return err
	}
	if err := d.clash(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := d.run(ctx); {
	case ctx.Err() != nil:
		return exit{code: 130, message: d.interrupted()}
	case err != nil:
		return err
	}
	return d.end(c, style)
}

// find collects the journeys, each once, with the names of their pictures.
func (d *drawing) find(args []string, stdin io.Reader) error {
	alone := len(args) == 1 && (args[0] == "-" || !isFolder(args[0]))
	if err := d.wrongFolder(); err != nil && !alone {
		return err
	}
	seen := map[check.Target]bool{}
	for _, arg := range args {
		targets, problems, err := d.world.Targets([]string{arg}, stdin, world.FindOptions{Exclude: d.exclude, StdinName: d.stdinName})
		if err != nil {
			return err
		}
		d.problems = append(d.problems, problems...)
		for _, t := range targets {
			if seen[t] {
				continue
			}
			seen[t] = true
			j := job{t, d.picture(arg, t), !isFolder(arg)}
			if alone && d.out != "" {
				j.picture = d.out
			}
			d.jobs = append(d.jobs, j)
		}
	}
	return nil
}

// wrongFolder says why the output is no folder for several pictures.
func (d *drawing) wrongFolder() error {
	name := d.out
	info, err := os.Stat(name)
	switch {
	case name == "":
		return nil
	case name == "-":
		return trouble("several pictures cannot share standard output; name a folder for them, such as `-o maps`")
	case err == nil && !info.IsDir():
		return trouble("%s is a file, and several pictures need a folder, such as `-o maps`", name)
	}
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	if err != nil && slices.ContainsFunc(render.Formats, func(f render.Format) bool { return slices.Contains(f.Extensions, ext) }) {
		return trouble("%s is the name of one picture, and several need a folder, such as `-o maps`", name)
	}
	return nil
}

// picture names the picture of a journey that an argument stands for.
func (d *drawing) picture(arg string, t check.Target) string {
	abs := d.world.TreeOf(t).Abs(t.Path)
	folder, name := filepath.Dir(abs), pictureName(filepath.Base(abs), d.format)
	switch {
	case d.out == "":
		return d.world.Display(filepath.Join(folder, name))
	case !isFolder(arg):
		folder = ""
	default:
		if below, err := filepath.Rel(d.world.Absolute(arg), folder); err == nil && filepath.IsLocal(below) {
			folder = below
		}
	}
	return filepath.ToSlash(filepath.Join(d.out, folder, name))
}

// clash finds two journeys with one picture, and a picture that would take
// the place of a journey, before anything is written.
func (d *drawing) clash() error {
	journeys, pictures := map[string]bool{}, map[string]job{}
	for _, j := range d.jobs {
		journeys[d.place(d.world.TreeOf(j.target).Abs(j.target.Path))] = true
	}
	for _, j := range d.jobs {
		at := d.place(d.world.Absolute(filepath.FromSlash(j.picture)))
		if journeys[at] {
			return trouble("%s is a journey itself; name another place for the picture of %s, such as `-o maps`", j.picture, j.target.Name())
		}
		other, taken := pictures[at]
		switch {
		case taken && isLibrary(j.target.Check()):
			continue
		case taken && !isLibrary(other.target.Check()):
			return exit{exitTrouble, fmt.Sprintf("%s and %s would both be drawn as %s; nothing was drawn", other.target.Name(), j.target.Name(), j.picture),
				"Give one of them another name, or name just the folder that both are in."}
		}
		pictures[at] = j
	}
	return nil
}

// place is a file as the file system knows it: links are followed, and where
// it does not tell capitals from small letters, neither do we.
func (d *drawing) place(abs string) string {
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return strings.ToLower(nfc(abs))
	}
	return abs
}

// isLibrary reports whether a file is sound and has no path of its own.
func isLibrary(o *check.Outcome) bool { return o.Graph == nil && !unsound(o) }

// run draws one journey after the other. The error ends the run: it would be
// the same for every other journey.
func (d *drawing) run(ctx context.Context) error {
	did := "drew"
	if d.check {
		did = "compared"
	}
	progress := newProgress(d.talk, did, len(d.jobs))
	defer progress.end()
	for i, j := range d.jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.draw(ctx, j); err != nil {
			return err
		}
		progress.step(i + 1)
	}
	return nil
}

// draw draws one journey, or notes why it cannot.
func (d *drawing) draw(ctx context.Context, j job) error {
	o := j.target.Check()
	switch {
	case unsound(o):
		d.unsound = append(d.unsound, j.target)
		return nil
	case o.Graph == nil && j.named:
		d.left = append(d.left, j.target.Name())
		return nil
	case o.Graph == nil:
		return nil
	}
	picture, lacks, err := draw(ctx, d.format, o, d.renderOptions, d.studio)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isMissing(err):
		return drawError(err, j.target.Name())
	case err != nil:
		d.problems = append(d.problems, notDrawn(j.target.Name(), err))
		return nil
	}
	if len(lacks) > 0 {
		d.lacking = append(d.lacking, lacking{j.target.Name(), lacks})
	}
	if d.put(j, picture) {
		d.done++
		d.findings += len(o.Findings)
	}
	return nil
}

// isMissing reports whether there is no corridor-studio to draw with, which
// no other journey would change.
func isMissing(err error) bool {
	var (
		missing *graphviz.MissingError
		version *graphviz.VersionError
		start   *graphviz.StartError
	)
	return errors.As(err, &missing) || errors.As(err, &version) || errors.As(err, &start)
}

// notDrawn says of one journey among others why there is no picture of it.
func notDrawn(name string, err error) error {
	var late *graphviz.TimeoutError
	var failed *graphviz.DrawError
	var large *render.SizeError
	var slow *render.SlowError
	var steps *render.LargeError
	next := ""
	switch {
	case errors.As(err, &large):
		return fmt.Errorf("%s was not drawn: %w. %s", name, err, strings.TrimSuffix(finer(large), "."))
	case errors.As(err, &steps):
		next = "; split the journey into several files, each with a part of the way"
	case errors.As(err, &slow) && !slow.Routed:
		next = "; allow more with `--time-limit 1m`, or split the journey into several files"
	case errors.As(err, &late), errors.As(err, &slow):
		next = "; try `--routing straight`, or allow more with `--time-limit 1m`"
	case errors.As(err, &failed):
		next = "; with `--routing straight` it is drawn without Graphviz"
	}
	return fmt.Errorf("%s was not drawn: %w%s", name, err, next)
}

// put writes a picture, or compares it with the one that is there, and
// reports whether it could.
func (d *drawing) put(j job, picture []byte) bool {
	var state string
	var err error
	if file := filepath.FromSlash(j.picture); d.check {
		state, err = compare(file, picture)
	} else {
		err = writeBelow(file, picture)
	}
	if state != "" {
		d.stale = append(d.stale, j.picture+" "+state)
	}
	if err != nil {
		d.problems = append(d.problems, err)
	}
	return err == nil
}

// interrupted says what an interrupt left. Each picture is whole.
func (d *drawing) interrupted() string {
	if d.check || d.done == 0 {
		return "interrupted; nothing was written"
	}
	return fmt.Sprintf("interrupted; %d of %s drawn", d.done, counted(len(d.jobs), "map"))
}

// end tells what came of it, and returns how the program ends.
func (d *drawing) end(c *cobra.Command, style report.Style) error {
	for _, state := range d.stale {
		if _, err := fmt.Fprintln(c.OutOrStdout(), report.Visible(state)); err != nil {
			return err
		}
	}
	for _, name := range d.left {
		fmt.Fprintf(d.talk, "corridor: %s was left out: a library has no path to draw\n", report.Visible(name))
	}
	for _, l := range d.lacking {
		tellLacking(d.talk, l.name, l.characters)
	}
	err := d.tell(c, style)
	for _, sentence := range d.verdict() {
		fmt.Fprintln(d.talk, "corridor: "+sentence)
	}
	switch {
	case err != nil:
		return err
	case len(d.stale)+len(d.unsound) > 0:
		return exit{code: exitFindings}
	case len(d.left) > 0 && d.done == 0:
		return exit{code: exitNothing}
	case d.done == 0:
		return exit{code: exitNothing, message: "there is no journey to draw here; `corridor init` writes one to start from"}
	}
	return nil
}

// tell prints what is wrong with the files that were not drawn, as check
// does, and what could not be done.
func (d *drawing) tell(c *cobra.Command, style report.Style) error {
	wrong, err := check.Files(context.Background(), d.unsound, nil)
	if err != nil {
		return err
	}
	r := report.Report{Files: len(d.jobs), Complete: wrong.Complete, Findings: wrong.Findings, FailLevel: finding.Error.String()}
	r.Problems = sentences(append(d.problems, wrong.Problems...))
	if r.Files == 0 && len(r.Problems) == 0 {
		return nil
	}
	return reportOn(c, r, func() error {
		if r.Files = wrong.Files; r.Files == 0 {
			return nil
		}
		return report.Formats[0].Write(c.OutOrStdout(), r, style)
	})
}

// verdict says how many pictures there are, and how many there are not.
func (d *drawing) verdict() []string {
	var all []string
	switch {
	case d.done == 0:
	case len(d.stale) > 0:
		all = append(all, fmt.Sprintf("%d of %s not current; the same command without --check draws them", len(d.stale), counted(d.done, "picture")))
	case d.check:
		all = append(all, counted(d.done, "picture")+" compared, all current")
	case d.findings > 0:
		all = append(all, fmt.Sprintf("%s drawn with %s; `corridor check` tells about them", counted(d.done, "map"), findings(d.findings)))
	default:
		all = append(all, counted(d.done, "map")+" drawn")
	}
	if n := len(d.unsound); n > 0 {
		all = append(all, counted(n, "file")+" not drawn; mend the errors first")
	}
	return all
}
