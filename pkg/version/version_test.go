package version

import "testing"

func TestStringIsNeverEmpty(t *testing.T) {
	if String() == "" {
		t.Fatal("a program without a version cannot be compared with another")
	}
}

func TestReleaseWins(t *testing.T) {
	defer func() { release = "" }()
	release = "v1.2.3"
	if got := String(); got != "v1.2.3" {
		t.Fatalf("version %q, want the packager's", got)
	}
}
