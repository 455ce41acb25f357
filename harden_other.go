//go:build !unix

package main

// hardenProcess has nothing to do where there are no core dumps.
func hardenProcess() {}
