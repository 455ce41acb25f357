//go:build !unix

package main

import "vpos/txn/health"

// hardenProcess has nothing to do where there are no core dumps.
func hardenProcess() {}

func dumps() health.Finding { return found(health.DumpsUnknown, health.NotApplicable) }
