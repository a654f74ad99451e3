package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/render"
)

func TestPictureIsNamedAfterItsJourney(t *testing.T) {
	for journey, want := range map[string]string{
		"clinic.corridor.yaml": "clinic.svg",
		"clinic.corridor.yml":  "clinic.svg",
		"Clinic.CORRIDOR.JSON": "Clinic.svg",
		"clinic.yaml":          "clinic.svg",
		"clinic.v2.yaml":       "clinic.v2.svg",
		"clinic.corridor":      "clinic.svg",
		"clinic":               "clinic.svg",
		"clinic.txt":           "clinic.txt.svg",
		".yaml":                ".yaml.svg",
		".corridor.yaml":       ".corridor.svg",
		"عيادة.corridor.yaml":  "عيادة.svg",
	} {
		if got := pictureName(journey, render.Formats[0]); got != want {
			t.Errorf("the picture of %s is %s, want %s", journey, got, want)
		}
	}
}

func TestEveryFormatHasAnEndingOfItsOwn(t *testing.T) {
	of := map[string]string{}
	for _, f := range render.Formats {
		if len(f.Extensions) == 0 {
			t.Errorf("%s has no ending", f.Name)
		}
		for _, ext := range f.Extensions {
			if of[ext] != "" {
				t.Errorf("%s and %s both end in %s", of[ext], f.Name, ext)
			}
			of[ext] = f.Name
		}
	}
}

func TestProgressTakesItselfAway(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, did: "drew", files: 12}
	p.step(3)
	p.step(4) // too soon after the one before
	p.end()
	p.end()
	if got, want := out.String(), "\rdrew 3 of 12 files\r\x1b[K"; got != want {
		t.Errorf("it wrote %q, want %q", got, want)
	}
	out.Reset()
	p = newProgress(&out, "drew", 12)
	p.next = time.Time{}
	p.step(1)
	p.end()
	if out.Len() > 0 {
		t.Errorf("where there is no terminal it wrote %q", out.String())
	}
}
