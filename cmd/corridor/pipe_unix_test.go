//go:build unix

package main

import "syscall"

func namedPipe(name string) error { return syscall.Mkfifo(name, 0o666) }
