package main

import (
	"os/exec"
	"runtime"
)

// open shows an address in the user's browser.
func open(address string, tell func(string)) {
	var c *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		c = exec.Command("open", address)
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	default:
		c = exec.Command("xdg-open", address)
	}
	if err := c.Run(); err != nil {
		tell("the browser could not be opened (" + err.Error() + "); open " + address + " yourself")
	}
}
