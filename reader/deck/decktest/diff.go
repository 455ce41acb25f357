package decktest

import (
	"fmt"

	"vpos/reader/emv"
)

// allTries is the PIN try limit of every card of the deck.
const allTries = 3

// Differences lists what is not as the case wants it, a line each. Tries are
// compared where got knows them.
func (w Want) Differences(got Want) []string {
	if w.Host == "" {
		w.Host, w.ARQC = emv.HostNotAsked, NotAsked
	}
	switch w.Tries {
	case 0:
		w.Tries = allTries
	case NoTries:
		w.Tries = 0
	}
	var list []string
	for _, d := range []struct {
		what      string
		want, got any
		skip      bool
	}{
		{"result", w.Result, got.Result, false},
		{"reason", w.Reason, got.Reason, false},
		{"host", w.Host, got.Host, false},
		{"TVR", w.TVR, got.TVR, false},
		{"TSI", w.TSI, got.TSI, false},
		{"CID", fmt.Sprintf("%02X", w.CID), fmt.Sprintf("%02X", got.CID), false},
		{"ARQC", w.ARQC, got.ARQC, false},
		{"PIN tries", w.Tries, got.Tries, got.Tries < 0},
		{"CVM", w.CVM, got.CVM, w.CVM == ""},
		{"signature", w.Signature, got.Signature, false},
		{"online PIN", w.OnlinePIN, got.OnlinePIN, false},
		{"reverse", w.Reverse, got.Reverse, false},
		{"fallback", w.Fallback, got.Fallback, false},
		{"scripts", w.Scripts, got.Scripts, false},
		{"label", w.Label, got.Label, w.Label == ""},
		{"at", w.At, got.At, w.At == ""},
	} {
		if !d.skip && d.want != d.got {
			list = append(list, fmt.Sprintf("%s: got %v, want %v", d.what, d.got, d.want))
		}
	}
	return list
}
