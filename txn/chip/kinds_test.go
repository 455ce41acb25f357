package chip_test

import (
	"testing"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/txn"
)

// begin starts a transaction of a kind.
func (b *till) begin(k txn.Kind) {
	b.Helper()
	b.give(txn.Cancelled{})
	for b.state.Name != txn.Idle {
		b.give(txn.Cancelled{})
	}
	b.give(txn.Opened{Kind: k})
}

// insert puts a card in and lets it talk.
func (b *till) insert(spec string, until ...txn.Name) {
	b.Helper()
	b.port.Remove()
	c, err := deck.Find(spec)
	if err != nil {
		b.Fatal(err)
	}
	b.port.Insert(c)
	b.until(until...)
}

// approved asserts the end of a flow.
func (b *till) approved(what string) txn.Transaction {
	b.Helper()
	if b.state.Name != txn.ApprovedShown {
		b.Fatalf("%s: the state is %s (problem %q, cause %q, code %q)", what, b.state.Name, b.state.Problem, b.state.Draft.Cause, b.state.Draft.Result.Code)
	}
	return b.state.Draft
}

// A refund, a completion and their like want no more of a chip than its number: no
// PIN, no cryptogram.
func TestCardOnlyNamed(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-credit", "12.34")
	b.finish()
	sold := b.approved("the sale")

	b.begin(txn.Refund)
	b.insert("visa-credit", txn.ReferenceEntry)
	if card := b.state.Draft.Card; card.Entry != reader.Chip || !card.PAN.Equal(sold.Card.PAN) && card.PAN.Last4() != sold.Card.PAN.Last4() || card.Expiry.MMYY() == "" {
		t.Fatalf("the card said %v %v", card.PAN, card.Entry)
	}
	if c := b.state.Draft.Card.Chip; c == nil || len(c.Cryptogram) > 0 || len(c.Field55) > 0 {
		t.Errorf("a named card has a cryptogram: %+v", c)
	}
	b.key(sold.Result.RRN)
	b.key(b.now.Format("0102"))
	b.key("12.34")
	b.key("1234")
	b.approved("the refund")
}

// The pre-authorisation is the whole dialogue with the card; its completion only asks
// for the number.
func TestHoldByChip(t *testing.T) {
	b := newTill(t, nil)
	b.begin(txn.PreAuth)
	b.key("100")
	b.insert("visa-credit", txn.PINEntry, txn.ApprovedShown, txn.DeclinedShown)
	b.finish()
	held := b.approved("the pre-authorisation")
	if held.Card.Chip == nil || len(held.Card.Chip.Cryptogram) == 0 {
		t.Error("the card made no cryptogram for it")
	}
	b.begin(txn.Completion)
	b.insert("visa-credit", txn.AuthEntry)
	b.key(held.Result.AuthCode)
	b.key(b.now.Format("0102"))
	b.key("115.01") // the journal of this till knows no holds: the host does
	b.key("")
	if b.state.Name != txn.DeclinedShown || b.state.Draft.Result.Code != "61" {
		t.Errorf("over 115 per cent: %s %q", b.state.Name, b.state.Draft.Result.Code)
	}
	b.begin(txn.Completion)
	b.insert("visa-credit", txn.AuthEntry)
	b.key(held.Result.AuthCode)
	b.key(b.now.Format("0102"))
	b.key("115")
	b.key("")
	b.approved("the completion")
}

// A balance is asked with a cryptogram over no amount, and shown.
func TestBalanceByChip(t *testing.T) {
	b := newTill(t, nil)
	b.begin(txn.Balance)
	b.insert("visa-credit", txn.PINEntry, txn.ApprovedShown, txn.DeclinedShown)
	b.finish()
	b.approved("the enquiry")
	if b.state.Left == nil || b.state.Left.Minor <= 0 {
		t.Errorf("the balance is %v", b.state.Left)
	}
	if len(b.slips) > 0 {
		t.Errorf("%d slips of an enquiry", len(b.slips))
	}
}

// A void may want the card again, and another card will not do.
func TestVoidWantsCard(t *testing.T) {
	b := newTill(t, nil)
	b.state.Setup.VoidCard = true
	b.present("visa-credit", "12.34")
	b.finish()
	sold := b.approved("the sale")
	b.begin(txn.Void)
	b.key(sold.STAN.String())
	b.key("")
	if b.state.Problem != txn.VoidCardFirst {
		t.Fatalf("voided without the card: %s %q", b.state.Name, b.state.Problem)
	}
	b.insert("mastercard-credit", txn.Processing)
	b.until(txn.Confirm)
	if b.state.Problem != txn.VoidOtherCard {
		t.Errorf("another card: %q", b.state.Problem)
	}
	b.insert("visa-credit", txn.Processing)
	b.until(txn.Confirm)
	if b.state.Problem != txn.NoProblem {
		t.Fatalf("its own card: %q", b.state.Problem)
	}
	b.key(b.state.Figure())
	b.approved("the void")
}
