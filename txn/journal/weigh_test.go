package journal

import (
	"context"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// TestWeigh: the guards hear of today's transactions and whose card they were on, and a
// refund of the sale it names.
func TestWeigh(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	other, err := reader.RestorePAN([]byte("5555555555554444"))
	if err != nil {
		t.Fatal(err)
	}
	begin := func(stan txn.STAN, at time.Time, change func(*txn.Transaction)) txn.Transaction {
		s := sale(t, 1, stan)
		s.At = at
		if change != nil {
			change(&s)
		}
		if err := j.Append(ctx, at, []txn.Record{{Type: txn.RecIntent, Txn: s}}); err != nil {
			t.Fatal(err)
		}
		return s
	}
	end := func(s txn.Transaction, by txn.RecordType, rrn string) {
		r := ended(s, by)
		if by == txn.RecApproved {
			r.Txn.Result.RRN = rrn
		}
		if err := j.Append(ctx, s.At.Add(time.Second), []txn.Record{r}); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := noon.Add(-24 * time.Hour)
	end(begin(1, yesterday, nil), txn.RecApproved, "111111111111")
	end(begin(2, noon, nil), txn.RecApproved, "222222222222")
	end(begin(3, noon, func(s *txn.Transaction) { s.Card.PAN, s.Card.Entry = other, reader.Chip }), txn.RecDeclined, "")
	giveBack := func(stan txn.STAN, minor int64, rrn string) txn.Transaction {
		return begin(stan, noon, func(s *txn.Transaction) {
			s.Kind, s.Amount.Minor, s.Of = txn.Refund, minor, &txn.Past{RRN: rrn, At: yesterday}
		})
	}
	end(giveBack(4, 100, "111111111111"), txn.RecApproved, "444444444444")
	end(giveBack(5, 50, "111111111111"), txn.RecDeclined, "")
	end(giveBack(6, 25, "999999999999"), txn.RecApproved, "666666666666")

	got, err := j.Weigh(ctx, txn.Weigh{Serial: 7, Card: card(t).PAN, Since: noon.Add(-12 * time.Hour)})
	if err != nil || got.Serial != 7 || got.Original != nil || len(got.Priors) != 5 {
		t.Fatalf("weighed %+v, %v", got, err)
	}
	want := txn.Prior{
		Key: txn.Key{Batch: 1, STAN: 2}, Kind: txn.Sale, Status: txn.Approved, Amount: txn.Money{Minor: 1234, Currency: cny},
		Entry: reader.Manual, SameCard: true,
	}
	first := got.Priors[0]
	if !first.At.Equal(noon) {
		t.Errorf("begun at %s, want %s", first.At, noon)
	}
	if first.At = (time.Time{}); first != want {
		t.Errorf("prior %+v, want %+v", first, want)
	}
	if p := got.Priors[1]; p.SameCard || p.Entry != reader.Chip || p.Status != txn.Declined {
		t.Errorf("another's declined card is %+v", p)
	}

	of := &txn.Past{RRN: "111111111111", At: time.Date(2026, 3, 13, 0, 0, 0, 0, shanghai)}
	got, err = j.Weigh(ctx, txn.Weigh{Card: card(t).PAN, Since: noon, Of: of})
	if err != nil || got.Original == nil || got.Original.STAN != 1 || !got.Original.SameCard || got.Returned != 100 {
		t.Errorf("the sale that is refunded: %+v, %v", got, err)
	}
	of.At = noon // not the day of that sale
	if got, err = j.Weigh(ctx, txn.Weigh{Card: card(t).PAN, Since: noon, Of: of}); err != nil || got.Original != nil {
		t.Errorf("a sale of another day was found: %+v, %v", got.Original, err)
	}
	if got, err = j.Weigh(ctx, txn.Weigh{Since: yesterday}); err != nil || len(got.Priors) != 6 || got.Priors[0].SameCard {
		t.Errorf("without a card: %+v, %v", got, err)
	}
}
