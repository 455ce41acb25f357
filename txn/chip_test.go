package txn_test

import (
	"testing"

	"vpos/reader"
	"vpos/txn"
)

// The stripe of a chip card does after three chips that could not be read, where
// that is configured, and is told as fallback; the next sale starts counting anew.
func TestFallback(t *testing.T) {
	stripe := "swipe 4111111111111111=30122010000000000"
	for _, allowed := range []bool{false, true} {
		p := newPlayer()
		p.state.Setup.Fallback = allowed
		play := func(lines ...string) {
			t.Helper()
			for _, line := range lines {
				if _, err := p.play(line); err != nil {
					t.Fatal(err)
				}
			}
		}
		play("start", "reply 00", "enter 1234")
		for i := range 3 {
			play(stripe)
			if p.state.Problem != txn.Code(reader.FaultSwipeChipRequired) {
				t.Fatalf("allowed %t: problem %q before the third chip", allowed, p.state.Problem)
			}
			if i == 0 {
				play("misread card.mute") // it never answered
				continue
			}
			play("card in", "card done fallback emv.card-data", "card out")
		}
		want := map[bool]txn.Code{true: txn.SwipeInstead, false: "emv.card-data"}[allowed]
		if p.state.Problem != want {
			t.Errorf("allowed %t: problem %q, want %q", allowed, p.state.Problem, want)
		}
		play(stripe)
		entry := map[bool]reader.EntryMode{true: reader.Fallback, false: reader.NoEntry}[allowed]
		if got := p.state.Draft.Card.Entry; got != entry {
			t.Errorf("allowed %t: entry %q, want %q", allowed, got, entry)
		}
		play("cancel", "enter 1234", stripe)
		if got := p.state.Draft.Card.Entry; got != reader.NoEntry {
			t.Errorf("allowed %t: the next sale takes the stripe as %q", allowed, got)
		}
	}
}
