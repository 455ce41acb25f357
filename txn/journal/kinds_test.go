package journal

import (
	"context"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// kind is a transaction of a kind, of five yuan a trace number.
func kind(t *testing.T, k txn.Kind, stan txn.STAN) txn.Transaction {
	t.Helper()
	s := sale(t, 1, stan)
	s.Kind, s.Amount.Minor = k, 500*int64(stan)
	return s
}

// taken writes a transaction that was approved.
func taken(t *testing.T, j *Journal, s txn.Transaction, more ...txn.Record) txn.Transaction {
	t.Helper()
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	s.Status = txn.Approved
	write(t, j, append([]txn.Record{{Type: txn.RecApproved, Txn: s}}, more...)...)
	return s
}

// What counts in a batch, and on which side.
func TestReckonKinds(t *testing.T) {
	j := fresh(t)
	want := txn.Totals{}
	for i, k := range txn.Kinds() {
		if k.Voids() || k == txn.Tip || k == txn.Settlement || k.Managing() {
			continue
		}
		s := kind(t, k, txn.STAN(i+1)) //nolint:gosec // a few
		taken(t, j, s)
		side := &want.Foreign.Debits
		switch k.Side() {
		case txn.Nowhere:
			continue
		case txn.Credit:
			side = &want.Foreign.Credits
		case txn.Debit:
		}
		if !txn.Foreign(s.Card.PAN.Brand()) {
			t.Fatal("the fixture's card is domestic")
		}
		side.Count++
		side.Minor += s.Amount.Minor
	}
	if want.Foreign.Debits.Count != 6 || want.Foreign.Credits.Count != 1 {
		t.Fatalf("sale, moto, completion, offline and the two by wallet are debits, a refund a credit: %+v", want)
	}
	got, err := j.Reckon(context.Background())
	if err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	mustVerify(t, j)
}

// A tip gives its sale another amount; refused, the sale has the old one again.
func TestTipAdjusts(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	s := taken(t, j, kind(t, txn.Sale, 1))
	tip := kind(t, txn.Tip, 2)
	tip.Of = s.Past()
	tip.Of.Amount, tip.Amount.Minor, tip.Tip = s.Amount, s.Amount.Minor+100, txn.Money{Minor: 100, Currency: s.Amount.Currency}
	tipped := s
	tipped.Amount, tipped.Tip = tip.Amount, tip.Tip
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: tip}, txn.Record{Type: txn.RecApproved, Txn: tip},
		txn.Record{Type: txn.RecAdvice, Txn: tip}, txn.Record{Type: txn.RecAdjusted, Txn: tipped})
	sum := func() int64 {
		t.Helper()
		totals, err := j.Reckon(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return totals.Sum().Debits.Minor
	}
	if got := sum(); got != tip.Amount.Minor {
		t.Errorf("the batch comes to %d with the tip, want %d", got, tip.Amount.Minor)
	}
	r := recovered(t, j)
	if len(r.Untold) != 1 || r.Untold[0].Tip != tip.Tip || *r.Untold[0].Of != *tip.Of || r.Count != 2 {
		t.Errorf("recovered %+v, %d", r.Untold, r.Count)
	}
	tip.Status = txn.Refused
	if err := j.Append(ctx, noon, []txn.Record{{Type: txn.RecRefused, Txn: tip}}); err == nil {
		t.Error("a tip was refused, and its sale kept it")
	}
	write(t, j, txn.Record{Type: txn.RecRefused, Txn: tip}, txn.Record{Type: txn.RecAdjusted, Txn: s})
	if got := sum(); got != s.Amount.Minor {
		t.Errorf("the batch comes to %d without the tip, want %d", got, s.Amount.Minor)
	}
	if r := recovered(t, j); len(r.Untold) != 0 {
		t.Errorf("still to be told: %+v", r.Untold)
	}
	mustVerify(t, j)
}

// A hold is found by its code and day, with what was added to it.
func TestFindHold(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	auth := kind(t, txn.PreAuth, 1)
	auth.Result.AuthCode = "HOLD01"
	auth = taken(t, j, auth)
	add := kind(t, txn.Increment, 2)
	add.Of = auth.Past()
	add = taken(t, j, add)
	undone := kind(t, txn.Increment, 3)
	undone.Of = auth.Past()
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: undone}, ended(undone, txn.RecReversalPending))
	other := kind(t, txn.PreAuth, 4)
	other.At, other.Result.AuthCode = other.At.AddDate(0, 0, -1), "HOLD01"
	taken(t, j, other)

	found, held, err := j.FindHold(ctx, "HOLD01", auth.At)
	if err != nil || found == nil || found.Key() != auth.Key() || held.Minor != auth.Amount.Minor+add.Amount.Minor {
		t.Fatalf("found %+v holding %v, %v", found, held, err)
	}
	if !found.Card.PAN.Equal(auth.Card.PAN) {
		t.Error("its card is another")
	}
	for _, c := range []struct {
		code string
		day  time.Time
	}{{"HOLD02", auth.At}, {"HOLD01", auth.At.AddDate(0, 0, 1)}} {
		if found, _, err := j.FindHold(ctx, c.code, c.day); found != nil || err != nil {
			t.Errorf("%s of %s: %+v, %v", c.code, c.day, found, err)
		}
	}
	found.Card.Wipe()
}

// What is asked again comes back after a start, with its card.
func TestAskingRecovered(t *testing.T) {
	j := fresh(t)
	s := kind(t, txn.Refund, 1)
	s.Of = &txn.Past{Kind: txn.Sale, RRN: "636523000001", At: noon}
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	s.Status = txn.Asking
	write(t, j, txn.Record{Type: txn.RecAsking, Txn: s})
	r := recovered(t, j)
	if len(r.Untold) != 1 || r.Untold[0].Status != txn.Asking || r.Untold[0].Card.PAN.Empty() || r.Untold[0].Of.RRN != "636523000001" {
		t.Fatalf("recovered %+v", r.Untold)
	}
	s.Status = txn.Approved
	s.Card = reader.Card{}
	write(t, j, txn.Record{Type: txn.RecApproved, Txn: s})
	if r := recovered(t, j); len(r.Untold) != 0 || len(r.Unprinted) != 1 {
		t.Errorf("after its answer: %+v", r)
	}
	totals, err := j.Reckon(context.Background())
	if err != nil || totals.Sum().Credits.Count != 1 {
		t.Errorf("%+v, %v", totals, err)
	}
}

// What a wallet paid keeps the wallet and four digits, through every row and a restart,
// and no card.
func TestByCodeKeepsItsWallet(t *testing.T) {
	j := fresh(t)
	s := kind(t, txn.Scan, 1)
	s.Card, s.Wallet, s.Payer = reader.Card{Entry: reader.QR}, reader.Alipay, "9876"
	taken(t, j, s)
	show := kind(t, txn.Show, 2)
	show.Card = s.Card
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: show})
	show.Wallet, show.Status = reader.WeChat, txn.Approved
	write(t, j, txn.Record{Type: txn.RecApproved, Txn: show})
	for stan, want := range map[txn.STAN]txn.Transaction{1: s, 2: show} {
		got, err := j.Find(context.Background(), stan)
		if err != nil || got == nil || got.Wallet != want.Wallet || got.Payer != want.Payer || !got.ByCode() || !got.Card.PAN.Empty() {
			t.Errorf("%s: %+v, %v", stan, got, err)
		}
	}
	report, err := j.Report(context.Background(), 0)
	if err != nil || len(report.ByWallet()) != 2 || len(report.ByBrand()) != 0 || report.Lines[0].Last4 != "9876" {
		t.Errorf("%+v, %v", report, err)
	}
	mustVerify(t, j)
}
