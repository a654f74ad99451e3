package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// configVariable names a settings file in the environment, as --config does.
const configVariable = "CORRIDOR_CONFIG"

// settingsFlags are those of every command that checks.
type settingsFlags struct {
	config   string // the settings file; "": the nearest one
	noConfig bool
	only     []string // rules and groups
	skip     []string
	today    string // for tests: the day by which suppressions end
}

func addSettings(root *cobra.Command) {
	f := root.PersistentFlags()
	f.String("config", "", "the settings file; without it $"+configVariable+", else the nearest .corridor.yaml")
	f.Bool("no-config", false, "use no settings file")
	if err := root.MarkPersistentFlagFilename("config", "yaml", "yml"); err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
	root.MarkFlagsMutuallyExclusive("config", "no-config")
}

// settingsOf returns what the flags of a command say of settings.
func settingsOf(c *cobra.Command) settingsFlags {
	var s settingsFlags
	s.config, _ = c.Flags().GetString("config")
	s.noConfig, _ = c.Flags().GetBool("no-config")
	if s.config == "" && !s.noConfig {
		s.config = os.Getenv(configVariable)
	}
	return s
}

// settingsFile is a settings file that was read, and what it says of the
// files that were asked about.
type settingsFile struct {
	*config.Settings
	folder string // absolute
	rules  map[string]*check.Settings
}

// settings looks settings files up, each once.
type settings struct {
	settingsFlags
	today    func() time.Time
	named    *settingsFile            // the one of --config
	byFolder map[string]*settingsFile // by absolute folder; nil: none up to the workspace's root
	usual    *check.Settings          // where there is no file
}

// useSettings makes ready what the flags say. The rules that they name must
// exist.
func (w *world) useSettings(flags settingsFlags) error {
	w.settings = settings{settingsFlags: flags, byFolder: map[string]*settingsFile{}, today: sync.OnceValue(today)}
	known := config.Names(rule.Descriptors())
	for _, name := range slices.Concat(flags.only, flags.skip) {
		if !slices.Contains(known, name) {
			return unknownRule(name, known)
		}
	}
	if flags.today != "" {
		day, err := time.Parse(time.DateOnly, flags.today)
		if err != nil {
			return trouble("--today is a day such as 2027-01-31, not %q", flags.today)
		}
		w.settings.today = func() time.Time { return day }
	}
	if flags.config == "" {
		return nil
	}
	data, err := readRegular(flags.config)
	if err != nil {
		return exit{exitTrouble, (&workspace.ReadError{Path: flags.config, Err: err}).Error(), "It was named by --config or $" + configVariable + "; `--no-config` goes without settings."}
	}
	w.settings.named, err = newSettingsFile(w.absolute(flags.config), filepath.ToSlash(flags.config), data)
	return err
}

// today is the day here. To find it out reads the machine's time zone.
func today() time.Time {
	y, m, d := time.Now().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// of returns what holds for a file of a workspace. A file of a commit is held
// to the settings of today, so that two versions are judged alike.
func (w *world) of(t *tree, at string) (*check.Settings, error) {
	if t.past {
		var err error
		if t, at, err = w.locate(t.abs(at), false); err != nil {
			return nil, err
		}
	}
	file, err := w.settingsFor(t, path.Dir(at))
	if err != nil {
		return nil, err
	}
	s := &w.settings
	if file == nil {
		if s.usual == nil {
			s.usual = &check.Settings{Rules: config.Rules(nil).Select(s.only, s.skip, rule.Descriptors()), Today: s.today}
		}
		return s.usual, nil
	}
	name, err := filepath.Rel(file.folder, t.abs(at))
	if err != nil {
		name = at
	}
	name = filepath.ToSlash(name)
	key := fmt.Sprint(file.Matching(name))
	if file.rules[key] == nil {
		rules := file.For(name, rule.Descriptors()).Select(s.only, s.skip, rule.Descriptors())
		file.rules[key] = &check.Settings{Rules: rules, Never: file.Never, Today: s.today}
	}
	return file.rules[key], nil
}

// settingsFor returns the settings file that holds for a folder: the one that
// was named, else the nearest one up to the folder of a repository or the
// workspace's root.
func (w *world) settingsFor(t *tree, folder string) (*settingsFile, error) {
	s := &w.settings
	if s.named != nil || s.noConfig {
		return s.named, nil
	}
	abs := t.abs(folder)
	if known, ok := s.byFolder[abs]; ok {
		return known, nil
	}
	found, err := w.readSettings(t, path.Join(folder, config.FileName))
	if top := folder == "." || folder+"/" == t.Home; found == nil && err == nil && !top && !has(t, path.Join(folder, ".git")) {
		found, err = w.settingsFor(t, path.Dir(folder))
	}
	s.byFolder[abs] = found
	return found, err
}

func has(t *tree, name string) bool {
	_, err := t.Stat(name)
	return err == nil
}

// readSettings reads the settings file of that path, if there is one.
func (w *world) readSettings(t *tree, at string) (*settingsFile, error) {
	if _, err := os.Lstat(t.abs(at)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	data, err := workspace.ReadFile(t, at)
	if err != nil {
		return nil, &workspace.ReadError{Path: t.Name(at), Err: err}
	}
	return newSettingsFile(t.abs(at), t.Name(at), data)
}

// readRegular reads a file that is named by a user or by settings, up to a
// little more than the largest that is read. What is no regular file, such as
// a pipe, might never end.
func readRegular(name string) ([]byte, error) {
	folder, file := filepath.Split(name)
	return workspace.ReadFile(os.DirFS(filepath.Clean(folder)), file)
}

func newSettingsFile(abs, name string, data []byte) (*settingsFile, error) {
	read, found := syntax.Settings(source.New(name, data))
	found = append(found, read.Check(rule.Descriptors())...)
	if len(found) > 0 {
		finding.Sort(found)
		return nil, &badSettings{found}
	}
	return &settingsFile{Settings: read, folder: filepath.Dir(abs), rules: map[string]*check.Settings{}}, nil
}

// badSettings is a settings file that says what nobody can follow. Then
// nothing is checked: a check by other rules than those meant proves nothing.
type badSettings struct{ findings []finding.Finding }

func (b *badSettings) Error() string {
	return "the settings cannot be followed, so nothing was checked"
}

// tell prints what is wrong with the settings.
func (b *badSettings) tell(stderr io.Writer) {
	for i := range b.findings {
		b.findings[i].Severity = finding.Error
	}
	width, terminal := terminalOf(stderr)
	style := report.Style{Width: width, Bidi: terminal, Color: terminal && os.Getenv("NO_COLOR") == ""}
	report.Formats[0].Write(stderr, report.Report{Findings: b.findings, Complete: true}, style)
}
