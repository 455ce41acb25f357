package journal

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vpos/txn"
)

// BenchmarkAppend times a durable commit of one row against the raw cost of
// writing and syncing as many bytes in the same folder, in turns. Reported:
// commits a second, and how many times the raw cost a commit is, by the medians
// and by the means. Back to back is as no shop sells: at rest, both begin after a
// pause, as a sale does; in a row, the raw write comes to a disk that the commit
// before it has just woken.
func BenchmarkAppend(b *testing.B) {
	for _, how := range []struct {
		name string
		rest time.Duration
	}{{"at-rest", 5 * time.Millisecond}, {"in-a-row", 0}} {
		b.Run(how.name, func(b *testing.B) { benchmarkAppend(b, how.rest) })
	}
}

func benchmarkAppend(b *testing.B, rest time.Duration) {
	j := fresh(b)
	raw, err := os.Create(filepath.Join(filepath.Dir(j.opt.Path), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	write(b, j, txn.Record{Type: txn.RecIntent, Txn: sale(b, 1, 999_000)})
	size := walBytesPerCommit(b, j)
	block := make([]byte, size)
	_, _ = rand.Read(block)
	var ours, theirs []time.Duration
	n := 0
	for b.Loop() {
		n++
		records := []txn.Record{{Type: txn.RecIntent, Txn: sale(b, 1, txn.STAN(n))}}
		time.Sleep(rest)
		start := time.Now()
		if err := j.Append(context.Background(), noon, records); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		time.Sleep(rest)
		middle := time.Now()
		if _, err := raw.WriteAt(block, int64(n%200)*size); err != nil {
			b.Fatal(err)
		}
		if err := raw.Sync(); err != nil {
			b.Fatal(err)
		}
		ours, theirs = append(ours, took), append(theirs, time.Since(middle))
	}
	b.ReportMetric(1/mean(ours), "commits/s")
	b.ReportMetric(1/mean(theirs), "raw-syncs/s")
	b.ReportMetric(median(ours)/median(theirs), "x-raw-p50")
	b.ReportMetric(mean(ours)/mean(theirs), "x-raw-mean")
	b.ReportMetric(median(ours)*1e6, "p50-µs")
	b.ReportMetric(float64(size), "bytes/commit")
}

// mean and median are in seconds.
func mean(list []time.Duration) float64 {
	var all time.Duration
	for _, d := range list {
		all += d
	}
	return all.Seconds() / float64(len(list))
}

func median(list []time.Duration) float64 {
	slices.Sort(list)
	return list[len(list)/2].Seconds()
}

func walBytesPerCommit(b *testing.B, j *Journal) int64 {
	b.Helper()
	size := func() int64 {
		info, err := os.Stat(j.opt.Path + "-wal")
		if err != nil {
			b.Fatal(err)
		}
		return info.Size()
	}
	const n = 10
	before := size()
	for i := range txn.STAN(n) {
		write(b, j, txn.Record{Type: txn.RecIntent, Txn: sale(b, 1, 999_001+i)})
	}
	return (size() - before) / n
}

// filled makes a journal of n rows, three for a sale, the last few unresolved.
func filled(b *testing.B, n int) *Journal {
	b.Helper()
	j := fresh(b)
	var records []txn.Record
	for i := range n / 3 {
		s := sale(b, txn.Batch(1+i/50_000), txn.STAN(1+i%50_000))
		a := ended(s, txn.RecApproved)
		records = append(records, txn.Record{Type: txn.RecIntent, Txn: s}, a, paper(a.Txn, txn.RecPrinted, txn.MerchantCopy))
		if i >= 10 {
			records[len(records)-1] = paper(a.Txn, txn.RecWaived, txn.Copy(txn.AllCopies))
		}
		if len(records) > 6000 || i == n/3-1 {
			write(b, j, records...)
			records = records[:0]
		}
	}
	for i := range txn.STAN(5) {
		write(b, j, txn.Record{Type: txn.RecIntent, Txn: sale(b, 900, i+1)})
	}
	return j
}

func BenchmarkVerify(b *testing.B) {
	j := filled(b, 100_000)
	var rows int64
	var chain time.Duration
	for b.Loop() {
		r := mustVerify(b, j)
		rows, chain = rows+r.Rows, chain+r.Chain
	}
	b.ReportMetric(float64(rows)/chain.Seconds(), "rows/s")
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows-with-file-check/s")
}

// BenchmarkWalk is the check of the chain alone, on rows already in memory: what
// is left when SQLite's own stepping is taken away.
func BenchmarkWalk(b *testing.B) {
	j := filled(b, 100_000)
	var chunks []*chunk
	for after, n := int64(0), chunkRows; n == chunkRows; {
		c := &chunk{}
		if err := j.db.readChunk(after, c); err != nil {
			b.Fatal(err)
		}
		if n = len(c.ends); n > 0 {
			after = c.last()
			chunks = append(chunks, c)
		}
	}
	var rows int64
	for b.Loop() {
		w := newWalk(j.opt.Mode, j.opt.Terminal)
		w.items = map[txn.Key]item{}
		for _, c := range chunks {
			w.take(c)
		}
		if w.broken != nil {
			b.Fatal(w.broken)
		}
		rows += w.rows
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkStart is what a start costs: open, check, recover.
func BenchmarkStart(b *testing.B) {
	for _, size := range []struct {
		name string
		rows int
	}{{"100k", 100_000}, {"1M", 1_000_000}} {
		b.Run(size.name, func(b *testing.B) {
			if size.rows > 100_000 && os.Getenv("VPOS_BENCH_LARGE") == "" {
				b.Skip("set VPOS_BENCH_LARGE=1 for a million rows")
			}
			j := filled(b, size.rows)
			opt := j.opt
			var opening, recovering time.Duration
			n := 0
			for b.Loop() {
				_ = j.Close()
				start := time.Now()
				j = open(b, opt)
				middle := time.Now()
				r, err := j.Recover(context.Background())
				if err != nil || len(r.Open) != 5 || len(r.Unprinted) != 10 {
					b.Fatalf("%d open, %d unprinted, %v", len(r.Open), len(r.Unprinted), err)
				}
				opening, recovering = opening+middle.Sub(start), recovering+time.Since(middle)
				n++
			}
			b.ReportMetric(opening.Seconds()*1e3/float64(n), "open-ms")
			b.ReportMetric(recovering.Seconds()*1e3/float64(n), "recover-ms")
		})
	}
}
