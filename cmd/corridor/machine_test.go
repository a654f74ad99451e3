package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/render"
)

// A map is the same bytes on every machine: with other fonts, in another
// language and time zone, for another user, in another folder, on one
// processor or several.
func TestMapIsTheSameOnEveryMachine(t *testing.T) {
	home := programs(t)
	examples, err := filepath.Abs(filepath.Join(project, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	noFonts := filepath.Join(t.TempDir(), "fonts.conf")
	write(t, noFonts, "<?xml version=\"1.0\"?><fontconfig></fontconfig>", 0o600)
	machines := [][]string{
		{"HOME=" + home, cacheVariable(home), "PATH=" + os.Getenv("PATH"), "LANG=en_GB.UTF-8", "TZ=UTC", "GOMAXPROCS=1"},
		{"HOME=" + t.TempDir(), cacheVariable(home), "PATH=" + home, "LANG=ar_SA.UTF-8", "LC_ALL=ar_SA.UTF-8", "LC_NUMERIC=de_DE.UTF-8",
			"TZ=Asia/Tehran", "FONTCONFIG_FILE=" + noFonts, "GOMAXPROCS=4", "TERM=xterm-256color", "COLUMNS=40"},
	}
	for _, example := range []string{"clinic/clinic", "bank-branch/current-account", "web-shop/coffee-machine"} {
		for _, args := range everyKindOfMap(met[example]) {
			t.Run(example+strings.Join(args, " "), func(t *testing.T) {
				t.Parallel()
				file := filepath.Join(examples, filepath.FromSlash(example)+".corridor.yaml")
				args := append([]string{"render", file}, args...)
				var first []byte
				for _, machine := range machines {
					c := exec.Command(filepath.Join(home, "corridor"), args...)
					c.Dir, c.Env = t.TempDir(), machine
					var talk bytes.Buffer
					c.Stderr = &talk
					out, err := c.Output()
					if err != nil || len(out) == 0 {
						t.Fatalf("%v: %s", err, talk.String())
					}
					if first == nil {
						first = out
					} else if !bytes.Equal(first, out) {
						t.Error("the two maps differ")
					}
				}
			})
		}
	}
}

// met is a customer of some examples, and what they need.
var met = map[string][]string{
	"clinic/clinic":               {"--customer", "senior", "--need", "consult"},
	"bank-branch/current-account": {"--customer", "متقاعد", "--need", "حساب-جديد"},
	"web-shop/coffee-machine":     {"--customer", "senior", "--need", "own"},
}

// everyKindOfMap returns the arguments for each view as an SVG, its lines
// routed by Graphviz, and for the usual view in each other format.
func everyKindOfMap(met []string) (all [][]string) {
	for _, v := range render.Views {
		args := []string{"--view", v.Name}
		if v.Name == "customer" {
			args = append(args, met...)
		}
		all = append(all, args)
	}
	for _, f := range render.Formats[1:] {
		all = append(all, []string{"--routing", "straight", "--format", f.Name})
	}
	return all
}
