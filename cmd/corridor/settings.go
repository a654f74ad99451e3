package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
)

func addSettings(root *cobra.Command) {
	f := root.PersistentFlags()
	f.String("config", "", "the settings file; without it $"+world.ConfigVariable+", else the nearest .corridor.yaml")
	f.Bool("no-config", false, "use no settings file")
	if err := root.MarkPersistentFlagFilename("config", "yaml", "yml"); err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
	root.MarkFlagsMutuallyExclusive("config", "no-config")
}

// settingsOf returns what the flags of a command say of settings.
func settingsOf(c *cobra.Command) world.Flags {
	var s world.Flags
	s.Config, _ = c.Flags().GetString("config")
	s.NoConfig, _ = c.Flags().GetBool("no-config")
	if s.Config == "" && !s.NoConfig {
		s.Config = os.Getenv(world.ConfigVariable)
	}
	return s
}

// tellSettings prints what is wrong with the settings.
func tellSettings(stderr io.Writer, b *world.BadSettings) {
	for i := range b.Findings {
		b.Findings[i].Severity = finding.Error
	}
	width, terminal := terminalOf(stderr)
	style := report.Style{Width: width, Bidi: terminal, Color: terminal && os.Getenv("NO_COLOR") == ""}
	report.Formats[0].Write(stderr, report.Report{Findings: b.Findings, Complete: true}, style)
}
