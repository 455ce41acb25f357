package journal

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// Figures of a journal as it is after years: a million rows, as ratios to an empty one.
// They run under `make bench`, which sets VPOS_BENCH.

// largeRows is three rows a sale: about a thousand sales a day for a year.
const (
	largeRows   = 1_000_000
	salesPerDay = 1_000
)

// years appends n rows of a shop that sells a thousand times a day: four operators, ten
// thousand cards, amounts up to 500, a refund in fifty, a settlement every evening. All of
// it is over, and the last day's batch is open.
func years(t testing.TB, j *Journal, n int) {
	t.Helper()
	ctx := context.Background()
	if err := j.db.conn.Exec("PRAGMA synchronous=OFF; PRAGMA cache_size=-65536"); err != nil {
		t.Fatal(err)
	}
	var rows []txn.Record
	for i := range n / 3 {
		day, at := i/salesPerDay, noon.AddDate(0, 0, i/salesPerDay).Add(time.Duration(i%salesPerDay*30-4*3600)*time.Second)
		s := sale(t, txn.Batch(1+day), txn.STAN(1+i%int(txn.MaxSTAN)))
		s.Card.PAN = numbered(t, i*7919%10_000)
		s.Amount.Minor, s.Operator, s.At = int64(1+i*104_729%50_000), fmt.Sprintf("%02d", 1+i%4), at
		if i%50 == 49 {
			s.Kind, s.Of = txn.Refund, &txn.Past{RRN: reference(i - 20), At: at.Add(-10 * time.Minute)}
		}
		a := ended(s, txn.RecApproved)
		a.Txn.Result.RRN = reference(i)
		rows = append(rows, txn.Record{Type: txn.RecIntent, Txn: s}, a, paper(a.Txn, txn.RecWaived, txn.Copy(txn.AllCopies)))
		if len(rows) < 3000 && i%salesPerDay != salesPerDay-1 && i != n/3-1 {
			continue
		}
		if err := j.Append(ctx, at, rows); err != nil {
			t.Fatal(err)
		}
		rows = rows[:0]
	}
	if err := j.db.conn.Exec("PRAGMA synchronous=EXTRA; PRAGMA cache_size=-2000; PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
}

// reference is the bank's number of the ith transaction.
func reference(i int) string { return fmt.Sprintf("%012d", 700_000_000_000+i) }

// numbered is one of ten thousand cards that differ in their last four digits.
func numbered(t testing.TB, n int) reader.PAN {
	t.Helper()
	pan, err := reader.RestorePAN(fmt.Appendf(nil, "411111111111%04d", n))
	if err != nil {
		t.Fatal(err)
	}
	return pan
}

// large makes the large journal.
func large(t *testing.T) *Journal {
	t.Helper()
	begun := time.Now()
	j := fresh(t)
	years(t, j, largeRows)
	info, err := os.Stat(j.opt.Path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("journal: %d rows made in %v, %d MiB\n", largeRows/3*3, time.Since(begun).Round(time.Millisecond), info.Size()>>20)
	return j
}

func measuring(t *testing.T) {
	t.Helper()
	if os.Getenv("VPOS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
}

// at95 is the time that nineteen in twenty stay below.
func at95(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)*95/100]
}

// TestBenchLarge: start to recovered, search by every filter, and a sale's commits, in a
// journal of a million rows and in an empty one.
func TestBenchLarge(t *testing.T) {
	measuring(t)
	big, small := large(t), fresh(t)
	benchStart(t, big, small)
	benchSearch(t, big)
	benchSale(t, big, small)
	benchWeigh(t, big, largeRows)
	benchMigrate(t, big)
}

// benchMigrate is the first start of this version over a million rows of the last: once in
// the life of a journal.
func benchMigrate(t *testing.T, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, j.opt.Path, withoutSearch+"PRAGMA user_version=4")
	begun := time.Now()
	open(t, j.opt)
	fmt.Printf("journal migration of 1M rows, with its backup: %v\n", time.Since(begun).Round(time.Millisecond))
}

func benchStart(t *testing.T, big, small *Journal) {
	t.Helper()
	start := func(j *Journal) time.Duration {
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		again := open(t, j.opt)
		if _, err := again.Recover(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err := again.Transactions(context.Background(), Filter{Limit: 40}); err != nil {
			t.Fatal(err)
		}
		took := time.Since(begun)
		j.db, j.keys, j.head = again.db, again.keys, again.head
		again.db = nil
		return took
	}
	var slow, quick []time.Duration
	for range 25 {
		slow, quick = append(slow, start(big)), append(quick, start(small))
	}
	fmt.Printf("journal start: 1M rows p50 %v p95 %v (at most 1s), empty p50 %v: ratio %.2f\n",
		mid(slow), at95(slow), mid(quick), float64(mid(slow))/float64(mid(quick)))
	if at95(slow) > time.Second {
		t.Errorf("a start takes %v", at95(slow))
	}
}

func mid(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func benchSearch(t *testing.T, j *Journal) {
	t.Helper()
	ctx := context.Background()
	lastDay := txn.DayOf(noon.AddDate(0, 0, (largeRows/3-1)/salesPerDay))
	const far = 7 // days between the searches
	for _, f := range []struct {
		name string
		of   func(i int) Filter
	}{
		{"none", func(i int) Filter { return Filter{Offset: i * 50} }},
		{"trace", func(i int) Filter { return Filter{STAN: txn.STAN(1 + i*3331)} }},
		{"last4", func(i int) Filter { return Filter{Last4: fmt.Sprintf("%04d", i*97%10_000)} }},
		{"card", func(i int) Filter { return Filter{PAN: numbered(t, i*97%10_000)} }},
		{"amount", func(i int) Filter { return Filter{Amount: int64(1 + i*499%50_000)} }},
		{"day", func(i int) Filter { day := lastDay.Add(-i * far % 300); return Filter{First: day, Last: day} }},
		{"days", func(i int) Filter { return Filter{First: lastDay.Add(-300), Last: lastDay.Add(-i)} }},
		{"kind sale", func(i int) Filter { return Filter{Kind: txn.Sale, Offset: i * 50} }},
		{"kind refund", func(i int) Filter { return Filter{Kind: txn.Refund, Offset: i * 50} }},
		{"kind none has", func(int) Filter { return Filter{Kind: txn.Tip} }},
		{"operator", func(i int) Filter { return Filter{Operator: fmt.Sprintf("%02d", 1+i%4), Offset: i * 50} }},
		{"operator none", func(int) Filter { return Filter{Operator: "77"} }},
		{"batch", func(i int) Filter { return Filter{Batch: txn.Batch(1 + i*3)} }},
		{"day+kind", func(i int) Filter {
			day := lastDay.Add(-i * far % 300)
			return Filter{First: day, Last: day, Kind: txn.Refund}
		}},
		{"kind+operator", func(i int) Filter { return Filter{Kind: txn.Refund, Operator: "02"} }},
		{"last4+days", func(i int) Filter {
			return Filter{Last4: fmt.Sprintf("%04d", i*97%10_000), First: lastDay.Add(-200), Last: lastDay}
		}},
	} {
		var took []time.Duration
		hits := 0
		for i := range 100 {
			filter := f.of(i)
			filter.Limit = 50
			begun := time.Now()
			list, err := j.Transactions(ctx, filter)
			if err != nil {
				t.Fatal(err)
			}
			took, hits = append(took, time.Since(begun)), hits+len(list)
		}
		p50, p95 := mid(took), at95(took)
		fmt.Printf("journal search by %-14s p50 %8v p95 %8v of 20ms: ratio %.2f, %d hits\n",
			f.name, p50.Round(time.Microsecond), p95.Round(time.Microsecond), float64(p95)/float64(20*time.Millisecond), hits)
		if p95 > 20*time.Millisecond {
			t.Errorf("a search by %s takes %v", f.name, p95)
		}
	}
	var took []time.Duration
	for i := range 100 {
		begun := time.Now()
		if _, err := j.Turnover(ctx, lastDay.Add(-i)); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	fmt.Printf("journal turnover of a week of 7000 sales: p50 %v p95 %v\n", mid(took).Round(time.Microsecond), at95(took).Round(time.Microsecond))
}

// benchSale is the durable part of a sale, INTENT and then APPROVED, turn by turn in both
// journals so that the disk's moods hit both.
func benchSale(t *testing.T, big, small *Journal) {
	t.Helper()
	tomorrow := noon.AddDate(0, 0, largeRows/3/salesPerDay+1)
	sell := func(j *Journal, i int) time.Duration {
		s := sale(t, 900, txn.STAN(i+1))
		s.Card.PAN = numbered(t, i*7919%10_000)
		s.Amount.Minor = int64(1 + i*104_729%50_000)
		time.Sleep(2 * time.Millisecond)
		begun := time.Now()
		for _, r := range []txn.Record{{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved)} {
			if err := j.Append(context.Background(), tomorrow, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
		return time.Since(begun)
	}
	var slow, quick []time.Duration
	for i := range 1000 {
		if i%2 == 0 {
			slow, quick = append(slow, sell(big, i)), append(quick, sell(small, i))
		} else {
			quick, slow = append(quick, sell(small, i)), append(slow, sell(big, i))
		}
	}
	ratio, means := float64(mid(slow))/float64(mid(quick)), mean(slow)/mean(quick)
	fmt.Printf("journal sale: 1M rows p50 %v, empty p50 %v: ratio p50 %.3f mean %.3f\n",
		mid(slow).Round(time.Microsecond), mid(quick).Round(time.Microsecond), ratio, means)
}

// benchWeigh is what the guards cost before a sale on an evening, and before a refund of a
// sale of that day, of the month before and of the first day.
func benchWeigh(t *testing.T, j *Journal, rows int) {
	t.Helper()
	const most = 20 * time.Millisecond
	sales := rows / 3
	days := (sales - 1) / salesPerDay
	for _, c := range []struct {
		name string
		sale func(i int) int // the sale that is given back; below zero: a sale is weighed
	}{
		{"sale", func(int) int { return -1 }},
		{"refund, today's", func(i int) int { return (days-1)*salesPerDay + i*9 }},
		{"refund, a month", func(i int) int { return (days-30)*salesPerDay + i*9 }},
		{"refund, a year", func(i int) int { return i * 9 }},
	} {
		var took []time.Duration
		for i := range 100 {
			w := txn.Weigh{Card: numbered(t, i), Since: noon.AddDate(0, 0, days-1)}
			if n := c.sale(i); n >= 0 {
				w.Of = &txn.Past{RRN: reference(n), At: noon.AddDate(0, 0, n/salesPerDay)}
			}
			begun := time.Now()
			got, err := j.Weigh(context.Background(), w)
			if err != nil || len(got.Priors) < salesPerDay || (got.Original != nil) != (w.Of != nil) && c.sale(i)%50 != 49 {
				t.Fatalf("%s %d: %d transactions, original %+v, %v", c.name, i, len(got.Priors), got.Original, err)
			}
			took = append(took, time.Since(begun))
		}
		p95 := at95(took)
		fmt.Printf("journal weigh %-16s p50 %8v p95 %8v of %v: ratio %.2f\n",
			c.name, mid(took).Round(time.Microsecond), p95.Round(time.Microsecond), most, float64(p95)/float64(most))
		if p95 > most {
			t.Errorf("weighing a %s takes %v", c.name, p95)
		}
	}
}
