package main

import (
	"testing"

	"vpos/txn/config"
	"vpos/txn/host"
)

// Payment by code is offered in training, and only in a dialect that has it; live never.
func TestCodesOnlyInTraining(t *testing.T) {
	for _, c := range []struct{ live, has, want bool }{{false, true, true}, {false, false, false}, {true, true, false}} {
		p := &shop{config: config.Default(), dialect: host.ISO87()}
		p.config.Mode.Live = c.live
		if !c.has {
			p.dialect.Ops = nil
		}
		if got := p.setup().QR; got != c.want {
			t.Errorf("live %t, in the dialect %t: offered %t", c.live, c.has, got)
		}
	}
}
