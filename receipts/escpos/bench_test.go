package escpos

import (
	"bytes"
	"testing"
	"time"

	"vpos/receipts"
	"vpos/receipts/samples"
)

// What the same slip costs elsewhere, for the ratios of the benchmark: receiptline, the
// nearest encoder that has Chinese, and Go that only translates the lines into GB18030.
const (
	receiptlineMicros, receiptlineBytes = 480, 2654
	naiveMicros, naiveBytes             = 7, 549
)

// The budget of a Chinese slip of 32 columns without a QR code.
const maxMicros, maxBytes = 20, 800

func slip(tb testing.TB) receipts.Page {
	tb.Helper()
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		tb.Fatal(err)
	}
	return page
}

// A slip is as short as a slow serial line wants it, and takes no memory where there is some
// to write to.
func TestBudget(t *testing.T) {
	e, page := encoder(t, "generic-58"), slip(t)
	job, err := e.Append(nil, page)
	if err != nil || len(job) > maxBytes {
		t.Errorf("%d bytes, at most %d; %v", len(job), maxBytes, err)
	}
	if n := testing.AllocsPerRun(100, func() { job, _ = e.Append(job[:0], page) }); n > 0 {
		t.Errorf("%v allocations a slip", n)
	}
}

func BenchmarkChineseSlip(b *testing.B) {
	e, page := encoder(b, "generic-58"), slip(b)
	job, err := e.Append(nil, page)
	if err != nil {
		b.Fatal(err)
	}
	copied := bytes.Clone(job)
	began := time.Now()
	const copies = 1 << 16
	for range copies {
		copied = append(copied[:0], job...)
	}
	raw := time.Since(began).Seconds() / copies
	b.ReportAllocs()
	for b.Loop() {
		job, _ = e.Append(job[:0], page)
	}
	took := b.Elapsed().Seconds() / float64(b.N)
	if len(job) != len(copied) || took*1e6 > maxMicros {
		b.Errorf("%.1f µs, at most %d", took*1e6, maxMicros)
	}
	b.ReportMetric(took*1e6, "µs")
	b.ReportMetric(float64(len(job)), "bytes")
	b.ReportMetric(took/raw, "x-copy")
	b.ReportMetric(took*1e6/naiveMicros, "x-naive-µs")
	b.ReportMetric(float64(len(job))/naiveBytes, "x-naive-bytes")
	b.ReportMetric(took*1e6/receiptlineMicros, "x-receiptline-µs")
	b.ReportMetric(float64(len(job))/receiptlineBytes, "x-receiptline-bytes")
}
