package edit

import "testing"

func TestUnified(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"a\n", "a\n", ""},
		{"a\n", "b\n", "--- x.yaml\n+++ x.yaml\n@@ -1,1 +1,1 @@\n-a\n+b\n"},
		{"a", "a\n", "--- x.yaml\n+++ x.yaml\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"", "a\n", "--- x.yaml\n+++ x.yaml\n@@ -0,0 +1,1 @@\n+a\n"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
			"--- x.yaml\n+++ x.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
	} {
		if got := string(Unified("x.yaml", []byte(c.old), []byte(c.new))); got != c.want {
			t.Errorf("%q to %q: got\n%s", c.old, c.new, got)
		}
	}
}
