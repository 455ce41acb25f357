//go:build unix && !linux

package main

// The limit is all there is here, and it holds.
func undumpable()      {}
func dumpable() bool   { return true }
func limitHolds() bool { return true }
