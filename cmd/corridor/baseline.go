package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
)

func baselineCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "baseline",
		Short: "Set today's findings aside, so that a check tells what is new",
		Long: `A baseline is a file of findings that a team knows of: ` + "`corridor check`" + ` does not
tell them again, only what is new. A finding keeps its entry when lines move,
names are reworded or texts translated, or when fewer customers are concerned;
it loses it when others or other steps are. Findings that make a file mean
nothing are never set aside.

The file is ` + baseline.FileName + ` in the folder of the repository, unless the
settings or --baseline name another.`,
		Example: "  corridor baseline write\n  corridor check\n  corridor baseline prune",
		Args:    exactly(0, "baseline takes the name of what to do: write, prune or show"),
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		baselineAction("write [files or folders]", "Set all findings of today aside", "Write checks, and writes a baseline of all that is found.",
			"  corridor baseline write\n  corridor baseline write journeys/", writeBaseline),
		baselineAction("prune [files or folders]", "Remove what is no longer found", "Prune checks, and removes the entries of which there is no finding any more.\nName the same files as for write, or none: entries of files that are not looked\nat stay.",
			"  corridor baseline prune", pruneBaseline),
		baselineAction("show [files or folders]", "List what is set aside", "Show lists the findings of the baseline, and whether each is still found.",
			"  corridor baseline show", showBaseline),
	)
	return c
}

// baselineAction makes one of the commands. What it does gets a check without
// any baseline, and the baseline that there is, if any, with its file.
func baselineAction(use, short, long, example string, do func(*cobra.Command, *known) error) *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, ValidArgsFunction: completeCorridors,
		RunE: func(c *cobra.Command, args []string) error {
			k, err := know(c, args, opt)
			if err == nil && c.Name() != "write" { // which replaces it, whatever it is
				err = k.read()
			}
			if err != nil {
				return err
			}
			return do(c, k)
		},
	}
	f := c.Flags()
	f.StringVar(&opt.baseline, "baseline", "", "the file of the baseline")
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	addOutside(c, &opt.allowOutside)
	return c
}

// known is a baseline with the check that it is held against.
type known struct {
	*inspection
	name string // of the file, absolute
	home string // the folder of the workspace
	old  *baseline.Baseline
}

func know(c *cobra.Command, args []string, opt checkOptions) (*known, error) {
	opt.noBaseline = true
	i, err := inspect(c, args, opt, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range sentences(i.Problems) {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+report.Visible(p))
	}
	if i.Files == 0 {
		return nil, exit{code: exitNothing, message: nothingHere}
	}
	k := &known{inspection: i, old: &baseline.Baseline{}}
	if k.name, k.home, err = i.world.BaselineFile(i.targets, opt.baseline); err != nil {
		return nil, err
	}
	if k.name == "" {
		k.name = filepath.Join(k.home, baseline.FileName)
	}
	return k, nil
}

// read reads the baseline that there is, if any.
func (k *known) read() (err error) {
	if _, err := os.Lstat(k.name); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	k.old, err = world.ReadBaseline(k.world, k.name)
	return err
}

// writeBaseline writes all findings that can be set aside.
func writeBaseline(c *cobra.Command, k *known) error {
	firm := k.world.FirmBeside(k.home)
	var kept []finding.Finding
	for _, f := range k.Findings {
		if !firm(f) {
			kept = append(kept, f)
		}
	}
	if err := writeWhole(k.name, baseline.Of(kept).Text()); err != nil {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "corridor: %s set aside in %s\n", findings(len(kept)), report.Visible(k.world.Display(k.name)))
	if left := len(k.Findings) - len(kept); left > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: %s cannot be set aside; `corridor check` tells about them\n", findings(left))
	}
	return k.end()
}

// end is how the program ends when something could not be checked.
func (k *known) end() error {
	if !k.Complete || len(k.Problems) > 0 {
		return exit{code: exitTrouble}
	}
	return nil
}

// gone are the entries of which there is no finding any more, in files that
// were looked at or are no longer there.
func (k *known) gone() []baseline.Entry {
	_, missing := k.old.Split(k.Findings, world.Firm)
	looked := map[string]bool{}
	for _, t := range k.targets {
		looked[k.world.TreeOf(t).Abs(t.Path)] = true
	}
	rel, err := filepath.Rel(k.home, k.name)
	ours := err == nil && filepath.IsLocal(rel) // else its files may be those of another workspace
	var gone []baseline.Entry
	for _, e := range missing {
		name := filepath.Join(k.home, filepath.FromSlash(e.File))
		if _, err := os.Lstat(name); looked[name] || ours && errors.Is(err, os.ErrNotExist) {
			gone = append(gone, e)
		}
	}
	return gone
}

func pruneBaseline(c *cobra.Command, k *known) error {
	if len(k.old.Findings) == 0 {
		return trouble("there is nothing in a baseline to prune; `corridor baseline write` makes one")
	}
	if err := k.end(); err != nil {
		return trouble("nothing was pruned: what could not be checked may still be there")
	}
	gone := k.gone()
	if left := k.old.Without(gone, k.Findings).Text(); !bytes.Equal(left, k.old.Text()) {
		if err := writeWhole(k.name, left); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.ErrOrStderr(), "corridor: %s removed from %s, %d left\n", findings(len(gone)), report.Visible(k.world.Display(k.name)), len(k.old.Findings)-len(gone))
	return nil
}

func showBaseline(c *cobra.Command, k *known) error {
	if len(k.old.Findings) == 0 {
		return exit{code: exitNothing, message: "nothing is set aside; `corridor baseline write` makes a baseline"}
	}
	gone := map[string]bool{}
	for _, e := range k.gone() {
		gone[e.Fingerprint] = true
	}
	out := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, e := range k.old.Findings {
		state := "found"
		if gone[e.Fingerprint] {
			state = "gone"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", state, report.Visible(e.File), report.Visible(e.Rule), report.Visible(e.Message))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return k.end()
}
