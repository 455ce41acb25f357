package journal

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// busy is a journal of three years in which everything comes that is searched for.
func busy(t *testing.T, seed uint64, n int) *Journal {
	t.Helper()
	j := fresh(t)
	rnd := rand.New(rand.NewPCG(seed, 3))
	at, tipped := noon, []txn.Transaction(nil)
	for i := range n {
		at = at.Add(time.Duration(rnd.IntN(60)) * time.Hour)
		if rnd.IntN(10) == 0 {
			at = at.AddDate(0, 2, 0) // closed for a while
		}
		s := sale(t, txn.Batch(1+i/7), txn.STAN(1+i%40))
		s.Card.PAN = numbered(t, rnd.IntN(4))
		s.Amount.Minor, s.Operator = int64(100*(1+rnd.IntN(4))), []string{"", "01", "02"}[rnd.IntN(3)]
		switch rnd.IntN(5) {
		case 0:
			s.Kind = txn.Refund
		case 1:
			s.Kind, s.Card, s.Payer, s.Wallet = txn.Scan, reader.Card{Entry: reader.QR}, "0002", reader.Alipay
		}
		end := ended(s, []txn.RecordType{txn.RecApproved, txn.RecDeclined}[rnd.IntN(2)])
		rows := []txn.Record{{Type: txn.RecIntent, Txn: s}, end}
		if s.Kind == txn.Sale && end.Type == txn.RecApproved && rnd.IntN(3) == 0 {
			tipped = append(tipped, end.Txn)
		}
		for _, r := range rows {
			if err := j.Append(context.Background(), at, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, s := range tipped {
		addTip(t, j, at.Add(time.Duration(i)*time.Minute), s, txn.STAN(900+i))
	}
	return j
}

// addTip puts 1.00 on a sale, so that it comes to something else than it began with.
func addTip(t *testing.T, j *Journal, at time.Time, s txn.Transaction, stan txn.STAN) {
	t.Helper()
	tip := sale(t, s.Batch, stan)
	tip.Kind, tip.Card, tip.Of, tip.Status = txn.Tip, s.Card, s.Past(), txn.Approved
	tip.Of.Amount = s.Amount
	tip.Tip = txn.Money{Minor: 100, Currency: cny}
	tip.Amount = txn.Money{Minor: s.Amount.Minor + 100, Currency: cny}
	s.Amount, s.Tip = tip.Amount, tip.Tip
	rows := []txn.Record{
		{Type: txn.RecIntent, Txn: tip}, {Type: txn.RecApproved, Txn: tip}, {Type: txn.RecAdvice, Txn: tip}, {Type: txn.RecAdjusted, Txn: s},
	}
	if err := j.Append(context.Background(), at, rows); err != nil {
		t.Fatal(err)
	}
}

// matches says of a line whether a filter wants it: the other way to search.
func (f Filter) matches(s Summary) bool {
	day := txn.DayOf(s.Begun)
	return (f.Batch == 0 || f.Batch == s.Batch) && (f.STAN == 0 || f.STAN == s.STAN) && (f.Status == "" || f.Status == s.Status) &&
		(f.Last4 == "" || strings.HasSuffix(s.MaskedPAN(), f.Last4)) && (f.Amount == 0 || f.Amount == s.Amount.Minor) &&
		(f.Kind == "" || f.Kind == s.Kind) && (f.Operator == "" || f.Operator == s.By) &&
		(f.First == 0 || day >= f.First) && (f.Last == 0 || day <= f.Last)
}

// Every filter, and every two of them, finds what looking at each transaction finds, in
// the order of the list, whole and in pages; a filter that finds nothing would not do.
func TestEveryFilter(t *testing.T) {
	ctx := context.Background()
	j := busy(t, 1, 160)
	mustVerify(t, j)
	all, err := j.Transactions(ctx, Filter{})
	if err != nil || len(all) < 160 {
		t.Fatalf("%d, %v", len(all), err)
	}
	middle := txn.DayOf(all[80].Begun)
	parts := []struct {
		name string
		add  func(*Filter)
	}{
		{"all", func(*Filter) {}},
		{"trace", func(f *Filter) { f.STAN = all[80].STAN }},
		{"last4", func(f *Filter) { f.Last4 = "0002" }},
		{"amount", func(f *Filter) { f.Amount = 300 }},
		{"from", func(f *Filter) { f.First = middle }},
		{"to", func(f *Filter) { f.Last = middle }},
		{"day", func(f *Filter) { f.First, f.Last = middle, middle }},
		{"kind", func(f *Filter) { f.Kind = txn.Scan }},
		{"operator", func(f *Filter) { f.Operator = "02" }},
		{"batch", func(f *Filter) { f.Batch = all[80].Batch }},
		{"status", func(f *Filter) { f.Status = txn.Approved }},
		{"card", func(f *Filter) { f.PAN = numbered(t, 2); f.Last4 = "0002" }},
	}
	for i, a := range parts {
		for _, b := range parts[i:] {
			var f Filter
			a.add(&f)
			b.add(&f)
			t.Run(a.name+"+"+b.name, func(t *testing.T) {
				var want []string
				for _, s := range all {
					if f.matches(s) && (f.PAN.Empty() || s.Payer == "") {
						want = append(want, s.Batch.String()+s.STAN.String())
					}
				}
				if a.name == b.name && len(want) == 0 {
					t.Fatal("nothing to find")
				}
				if got := pages(t, j, f, 0); !slices.Equal(got, want) {
					t.Errorf("found %d, want %d", len(got), len(want))
				}
				for _, size := range []int{1, 3, 50} {
					if got := pages(t, j, f, size); !slices.Equal(got, want) {
						t.Errorf("pages of %d: %d, want %d", size, len(got), len(want))
					}
				}
				if n, err := j.Count(ctx, f); err != nil || n != len(want) {
					t.Errorf("%d counted, want %d, %v", n, len(want), err)
				}
				var each []string
				err := j.Each(ctx, f, func(s Summary) error {
					each = append(each, s.Batch.String()+s.STAN.String())
					return nil
				})
				slices.Reverse(each)
				if err != nil || !slices.Equal(each, want) {
					t.Errorf("each: %d, want %d, %v", len(each), len(want), err)
				}
				rows, err := j.List(ctx, f)
				if err != nil || len(rows) < len(want) || len(want) == 0 && len(rows) > 0 && f.Status == "" {
					t.Errorf("%d rows of %d, %v", len(rows), len(want), err)
				}
			})
		}
	}
	if err := j.Each(ctx, Filter{}, func(Summary) error { return errStop }); !errors.Is(err, errStop) {
		t.Errorf("each went on: %v", err)
	}
}

var errStop = errors.New("stop")

// pages reads a filter's hits in pages of a size; 0 is one page.
func pages(t *testing.T, j *Journal, f Filter, size int) (got []string) {
	t.Helper()
	for {
		f.Limit, f.Offset = size, len(got)
		list, err := j.Transactions(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			got = append(got, s.Batch.String()+s.STAN.String())
		}
		if size == 0 || len(list) < size {
			return got
		}
	}
}

// A search by anything a person searches by goes over an index, to a page of hits.
func TestSearchesUseTheirIndex(t *testing.T) {
	j := busy(t, 2, 10)
	for index, f := range map[string]Filter{
		"item_first": {}, "item_stan": {STAN: 1}, "item_batch": {Batch: 1}, "item_day": {First: 20260101, Last: 20270101, Kind: txn.Sale},
		"item_kind": {Kind: txn.Sale, Operator: "01"}, "item_operator": {Operator: "01"},
		"item_last4": {Last4: "0001", First: 20260101}, "item_amount": {Amount: 100, Kind: txn.Sale},
	} {
		w := j.picked(f)
		if w.monthly {
			w.terms = append([]string{"i.day / 100 = 202603"}, w.terms...)
		}
		rest, args := w.rest(w.order, Filter{Limit: 50})
		var plan strings.Builder
		stmt, _, err := j.db.conn.Prepare("EXPLAIN QUERY PLAN SELECT i.batch, i.stan FROM item i" + rest)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range args {
			if err := bindAny(stmt, i+1, a); err != nil {
				t.Fatal(err)
			}
		}
		for stmt.Step() {
			plan.WriteString(stmt.ColumnText(3) + "\n")
		}
		_ = stmt.Close()
		if got := plan.String(); !strings.Contains(got, index+" ") && !strings.HasSuffix(got, index+"\n") || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%s: %s", index, got)
		}
	}
}

// A day comes to what its transactions come to, by the hour, by the kind and in the week.
func TestTurnover(t *testing.T) {
	ctx := context.Background()
	j := busy(t, 5, 120)
	all, err := j.Transactions(ctx, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, of := range all {
		day := txn.DayOf(of.Begun)
		got, err := j.Turnover(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		want := txn.Turnover{Day: day, Currency: got.Currency}
		kinds := map[txn.Kind]txn.Tally{}
		for i := range want.Week {
			want.Week[i].Day = day.Add(i - 6)
			for _, s := range all {
				if txn.DayOf(s.Begun) != want.Week[i].Day || s.Status != txn.Approved || s.Kind.Side() == txn.Nowhere {
					continue
				}
				one := txn.Tally{Count: 1, Minor: s.Amount.Minor}
				if s.Kind.Side() == txn.Credit {
					one.Minor = -one.Minor
				}
				want.Week[i].Add(one)
				if i == 6 {
					want.Hours[s.Begun.Hour()].Add(one)
					sum := kinds[s.Kind]
					sum.Add(one)
					kinds[s.Kind] = sum
				}
			}
		}
		for _, k := range txn.Kinds() {
			if sum, ok := kinds[k]; ok {
				want.Kinds = append(want.Kinds, txn.KindTally{Kind: k, Tally: sum})
			}
		}
		seen += want.Sum().Count
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %+v, want %+v", day, got, want)
		}
	}
	if seen == 0 {
		t.Error("nothing was sold")
	}
}
