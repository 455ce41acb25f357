package chip_test

import (
	"testing"

	"vpos/reader/deck"
	"vpos/txn"
)

// One card takes the place of another that asks for its PIN: the first is over, and
// the second is read without being put in again.
func TestSwapped(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-debit", "1234")
	b.until(txn.PINEntry)
	second, err := deck.Find("visa-credit")
	if err != nil {
		t.Fatal(err)
	}
	b.port.Insert(second)
	b.until(txn.Processing)
	b.until(txn.ApprovedShown)
	b.end(txn.ApprovedShown, 1)
	if c := b.state.Draft.Card.Chip; c == nil || c.PIN || !c.Signature {
		t.Errorf("not the second card: %+v", c)
	}
}

// A card that is taken out is asked nothing more: what is typed then is no answer.
func TestTakenOutAsksNothing(t *testing.T) {
	b := newTill(t, nil)
	b.present("two-applications", "1234")
	b.until(txn.Choose)
	b.port.Remove()
	b.until(txn.Processing, txn.Present)
	b.key("1")
	b.until(txn.Present, txn.PANEntry)
	b.end(b.state.Name, 0)
	if len(b.rows) != 0 {
		t.Errorf("%d rows", len(b.rows))
	}
}
