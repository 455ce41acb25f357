//go:build !windows

package port

import "syscall"

const nonblock = syscall.O_NONBLOCK

func openWindows(string) (Port, error) { return nil, ErrUnable }

func detectWindows() []Found { return nil }
