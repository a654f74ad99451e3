package world

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// ConfigVariable names a settings file in the environment, as --config does.
const ConfigVariable = "CORRIDOR_CONFIG"

// Flags are what the flags of a command say of settings.
type Flags struct {
	Config   string // the settings file; "": the nearest one
	NoConfig bool
	Only     []string // rules and groups
	Skip     []string
	Today    string // for tests: the day by which suppressions end
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
	Flags
	today    func() time.Time
	named    *settingsFile            // the one of --config
	byFolder map[string]*settingsFile // by absolute folder; nil: none up to the workspace's root
	usual    *check.Settings          // where there is no file
}

// useSettings makes ready what the flags say. The rules that they name must
// exist.
func (w *World) useSettings(flags Flags) error {
	w.settings = settings{Flags: flags, byFolder: map[string]*settingsFile{}, today: sync.OnceValue(Today)}
	known := config.Names(rule.Descriptors())
	for _, name := range slices.Concat(flags.Only, flags.Skip) {
		if !slices.Contains(known, name) {
			return UnknownRule(name, known)
		}
	}
	if flags.Today != "" {
		day, err := time.Parse(time.DateOnly, flags.Today)
		if err != nil {
			return trouble("--today is a day such as 2027-01-31, not %q", flags.Today)
		}
		w.settings.today = func() time.Time { return day }
	}
	if flags.Config == "" {
		return nil
	}
	data, err := ReadRegular(flags.Config)
	if err != nil {
		return &Error{(&workspace.ReadError{Path: flags.Config, Err: err}).Error(), "It was named by --config or $" + ConfigVariable + "; `--no-config` goes without settings."}
	}
	w.settings.named, err = newSettingsFile(w.Absolute(flags.Config), filepath.ToSlash(flags.Config), data)
	return err
}

// Today is the day here. To find it out reads the machine's time zone.
func Today() time.Time {
	y, m, d := time.Now().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Of returns what holds for a file of a workspace. A file of a commit is held
// to the settings of today, so that two versions are judged alike.
func (w *World) Of(t *Tree, at string) (*check.Settings, error) {
	if t.past {
		var err error
		if t, at, err = w.Locate(t.Abs(at), false); err != nil {
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
			s.usual = &check.Settings{Rules: config.Rules(nil).Select(s.Only, s.Skip, rule.Descriptors()), Today: s.today}
		}
		return s.usual, nil
	}
	name, err := filepath.Rel(file.folder, t.Abs(at))
	if err != nil {
		name = at
	}
	name = filepath.ToSlash(name)
	key := fmt.Sprint(file.Matching(name))
	if file.rules[key] == nil {
		rules := file.For(name, rule.Descriptors()).Select(s.Only, s.Skip, rule.Descriptors())
		file.rules[key] = &check.Settings{Rules: rules, Never: file.Never, Today: s.today}
	}
	return file.rules[key], nil
}

// settingsFor returns the settings file that holds for a folder: the one that
// was named, else the nearest one up to the folder of a repository or the
// workspace's root.
func (w *World) settingsFor(t *Tree, folder string) (*settingsFile, error) {
	s := &w.settings
	if s.named != nil || s.NoConfig {
		return s.named, nil
	}
	abs := t.Abs(folder)
	if known, ok := s.byFolder[abs]; ok {
		return known, nil
	}
	found, err := w.readSettings(t, path.Join(folder, config.FileName))
	if top := folder == "." || folder+"/" == t.Home; found == nil && err == nil && !top && !Has(t, path.Join(folder, ".git")) {
		found, err = w.settingsFor(t, path.Dir(folder))
	}
	s.byFolder[abs] = found
	return found, err
}

// Has tells whether a tree has something of that name.
func Has(t *Tree, name string) bool {
	_, err := t.Stat(name)
	return err == nil
}

// readSettings reads the settings file of that path, if there is one.
func (w *World) readSettings(t *Tree, at string) (*settingsFile, error) {
	w.look(t.Abs(at))
	if _, err := os.Lstat(t.Abs(at)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	data, err := workspace.ReadFile(t, at)
	if err != nil {
		return nil, &workspace.ReadError{Path: t.Name(at), Err: err}
	}
	return newSettingsFile(t.Abs(at), t.Name(at), data)
}

// ReadRegular reads a file that is named by a user or by settings, up to a
// little more than the largest that is read. What is no regular file, such as
// a pipe, might never end.
func ReadRegular(name string) ([]byte, error) {
	folder, file := filepath.Split(name)
	return workspace.ReadFile(os.DirFS(filepath.Clean(folder)), file)
}

func newSettingsFile(abs, name string, data []byte) (*settingsFile, error) {
	read, found := syntax.Settings(source.New(name, data))
	found = append(found, read.Check(rule.Descriptors())...)
	if len(found) > 0 {
		finding.Sort(found)
		return nil, &BadSettings{found}
	}
	return &settingsFile{Settings: read, folder: filepath.Dir(abs), rules: map[string]*check.Settings{}}, nil
}

// BadSettings is a settings file that says what nobody can follow. Then
// nothing is checked: a check by other rules than those meant proves nothing.
type BadSettings struct{ Findings []finding.Finding }

func (b *BadSettings) Error() string {
	return "the settings cannot be followed, so nothing was checked"
}
