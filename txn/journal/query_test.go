package journal

import (
	"context"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

func TestQueries(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	other, err := reader.RestorePAN([]byte("5555555555554444"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		s := sale(t, txn.Batch(1+i/5), txn.STAN(i+1))
		if i%2 == 1 {
			s.Card.PAN = other
		}
		end := ended(s, []txn.RecordType{txn.RecApproved, txn.RecDeclined}[i/3%2])
		at := noon.Add(time.Duration(i) * time.Minute)
		for _, r := range []txn.Record{{Type: txn.RecIntent, Txn: s}, end} {
			if err := j.Append(ctx, at, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := map[string]struct {
		filter Filter
		stans  string // of transactions, newest first
		rows   int
	}{
		"all":       {Filter{}, "\n\t\b\a\x06\x05\x04\x03\x02\x01", 20},
		"batch":     {Filter{Batch: 1}, "\x05\x04\x03\x02\x01", 10},
		"trace":     {Filter{Batch: 1, STAN: 3}, "\x03", 2},
		"no such":   {Filter{Batch: 1, STAN: 9}, "", 0},
		"page":      {Filter{Limit: 2, Offset: 3}, "\a\x06", 2},
		"declined":  {Filter{Status: txn.Declined}, "\n\x06\x05\x04", 4},
		"from":      {Filter{From: noon.Add(8 * time.Minute)}, "\n\t", 4},
		"to":        {Filter{To: noon.Add(time.Minute)}, "\x01", 2},
		"card":      {Filter{PAN: other, Limit: 20}, "\n\b\x06\x04\x02", 10},
		"card, day": {Filter{PAN: other, From: noon.Add(8 * time.Minute)}, "\n", 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := j.Transactions(ctx, tt.filter)
			got := ""
			for _, s := range list {
				got += string(rune(s.STAN))
			}
			if err != nil || got != tt.stans {
				t.Errorf("transactions %q, want %q, %v", got, tt.stans, err)
			}
			all := tt.filter
			all.Limit, all.Offset = 0, 0
			list, _ = j.Transactions(ctx, all)
			if n, err := j.Count(ctx, tt.filter); err != nil || n != len(list) {
				t.Errorf("%d counted of %d, %v", n, len(list), err)
			}
			rows, err := j.List(ctx, tt.filter)
			if err != nil || len(rows) != tt.rows {
				t.Errorf("%d rows, want %d, %v", len(rows), tt.rows, err)
			}
			for i := 1; i < len(rows); i++ {
				if rows[i].Seq >= rows[i-1].Seq {
					t.Errorf("row %d after %d", rows[i].Seq, rows[i-1].Seq)
				}
			}
		})
	}
	if rows, err := j.List(ctx, Filter{Type: txn.RecIntent}); err != nil || len(rows) != 10 {
		t.Errorf("%d INTENT rows, %v", len(rows), err)
	}
	rows, err := j.ByTrace(ctx, 1, 2)
	if err != nil || len(rows) != 2 || rows[0].Type != txn.RecIntent || rows[1].Type != txn.RecApproved {
		t.Fatalf("%+v, %v", rows, err)
	}
	r := rows[1]
	if !r.At.Equal(noon.Add(time.Minute)) || r.At.Format("15:04:05.000 -07:00") != "12:01:00.123 +08:00" || !r.Made.Equal(noon) ||
		r.MaskedPAN() != "************4444" || r.Brand != reader.Mastercard || r.Result.AuthCode != "A12345" ||
		!r.Result.HostAt.Equal(noon.Add(2*time.Second)) || r.Amount.String() != "CNY 12.34" {
		t.Errorf("%+v", r)
	}
}

func TestFind(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	find := func(stan txn.STAN) txn.STAN {
		t.Helper()
		f, err := j.Find(ctx, stan)
		if err != nil {
			t.Fatal(err)
		}
		if f == nil {
			return 0
		}
		if string(f.Card.PAN.Reveal()) != plantedPAN || (f.Status == txn.Approved) != (f.STAN != 4) {
			t.Errorf("found %+v", f)
		}
		return f.STAN
	}
	if find(0) != 0 {
		t.Error("found something in an empty journal")
	}
	for i := range txn.STAN(4) {
		s := sale(t, 1, i+1)
		end := txn.RecApproved
		if s.STAN == 4 {
			end = txn.RecReversalPending
		}
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, ended(s, end))
	}
	write(t, j, paper(sale(t, 1, 2), txn.RecPrinted, txn.MerchantCopy))
	for ask, want := range map[txn.STAN]txn.STAN{0: 3, 1: 1, 2: 2, 4: 4, 9: 0} {
		if got := find(ask); got != want {
			t.Errorf("trace %d found %d, want %d", ask, got, want)
		}
	}
	s := sale(t, 2, 5)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	if find(0) != 0 || find(1) != 0 {
		t.Error("found a transaction of a closed batch")
	}
}

// A time keeps its instant and its wall clock, to the millisecond.
func TestMoments(t *testing.T) {
	zones := []*time.Location{time.UTC, shanghai, time.FixedZone("", -(4*3600 + 30*60)), time.FixedZone("", 5*3600+45*60)}
	for _, zone := range zones {
		at := time.Date(2026, 12, 31, 23, 59, 59, 999_999_999, zone)
		back := moment(millis(at))
		if !back.Equal(at.Truncate(time.Millisecond)) || back.Format(time.RFC3339) != at.Format(time.RFC3339) {
			t.Errorf("%v became %v", at, back)
		}
	}
	if !moment(millis(time.Time{})).IsZero() {
		t.Error("no time became a time")
	}
}
