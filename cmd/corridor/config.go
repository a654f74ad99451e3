package main

import (
	"fmt"
	"io"
	"path"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
)

func configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Tell which settings hold",
		Long: `Settings are in .corridor.yaml: the nearest one from the folder of a journey up
to that of the repository. They say which rules are on, how grave their findings
are and from which limits on they speak, for all files or for some:

  rules:
    single-way: off
    care: warning            # a whole group
    long-detour: {severity: error, factor: 2, difference: 30m}
  min-score: 90%             # the least access score of a journey
  baseline: known.json       # findings that are set aside
  suppressions: {never: [blocked-customer]}
  overrides:
    - files: ["drafts/**"]
      rules: {roles: off}

"corridor explain settings" tells more; "corridor schema config" prints the JSON
Schema.`,
		Example: "  corridor config show\n  corridor config show journeys/visit.corridor.yaml",
		Args:    exactly(0, "config takes the name of what to do, such as `corridor config show`"),
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(configShowCommand())
	return c
}

func configShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show [FILE]",
		Short: "Tell which settings hold for a file, and where each was set",
		Long: `Show lists every rule and threshold as it holds for a file, or for the current
folder, with the place where it was set.`,
		Example:           "  corridor config show\n  corridor config show journeys/visit.corridor.yaml",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeCorridors,
		RunE: func(c *cobra.Command, args []string) error {
			name := "."
			if len(args) > 0 {
				name = args[0]
			}
			s, err := settingsHere(c, name)
			if err != nil {
				return err
			}
			return showSettings(c.OutOrStdout(), s)
		},
	}
}

// settingsHere returns what holds for a file or folder.
func settingsHere(c *cobra.Command, name string) (*check.Settings, error) {
	w, err := world.New(false, settingsOf(c))
	if err != nil {
		return nil, err
	}
	folder := isFolder(w.Absolute(name))
	t, at, err := w.Locate(name, folder)
	if err != nil {
		return nil, err
	}
	if folder {
		at = path.Join(at, "any") // of the files in it, one without an override of its own
	}
	return w.Of(t, filepath.ToSlash(at))
}

// showSettings lists settings with the places where they were set.
func showSettings(w io.Writer, s *check.Settings) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rule.All {
		set := s.Rules[r.ID]
		by := source.Span{}
		if set.On != nil {
			by = set.On.Span
		}
		level := onOff(s.Rules.On(r.Descriptor))
		if level == "on" {
			level = s.Rules.Severity(r.ID, r.Severity).String()
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", r.ID, level, setBy(by, r.Always))
		for _, t := range r.Thresholds {
			fmt.Fprintf(out, "  %s\t%s\t%s\n", t.Name, t.Unit.Format(s.Rules.Threshold(r.Descriptor, t.Name)), setBy(set.Thresholds[t.Name].Span, false))
		}
	}
	for _, n := range s.Never {
		fmt.Fprintf(out, "%s\tnever suppressed\t%s\n", n.Value, setBy(n.Span, false))
	}
	return out.Flush()
}

// setBy names the place where something was set.
func setBy(at source.Span, always bool) string {
	switch {
	case always:
		return "always"
	case at.IsZero():
		return "default"
	}
	return report.Place(at)
}
