package words

import (
	"testing"

	"vpos/txn"
)

// What a cardholder is asked is in their language: the shop's word goes before the card's,
// and what only the cashier sees is nobody else's.
func TestCardholder(t *testing.T) {
	for _, c := range []struct {
		name         txn.Name
		holder, card string
		want         Lang
		known        bool
	}{
		{txn.PINEntry, "", "zh", ZH, true}, {txn.PINEntry, "", "", EN, false},
		{txn.PINEntry, "en", "zh", EN, true}, {txn.PINEntry, "zh", "", ZH, true},
		{txn.Choose, "zh", "en", ZH, true}, {txn.Choose, "", "en", EN, true},
		{txn.Confirm, "zh", "zh", EN, false}, {txn.AmountEntry, "zh", "zh", EN, false},
	} {
		s := txn.State{Name: c.name, Setup: txn.Setup{Holder: c.holder}, PIN: txn.CardPIN{Lang: c.card}, Choice: txn.CardChoose{Lang: c.card}}
		if lang, known := Cardholder(s); known != c.known || known && lang != c.want {
			t.Errorf("%s, shop %q, card %q: %s %v", c.name, c.holder, c.card, lang, known)
		}
	}
}
