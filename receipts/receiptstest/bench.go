package receiptstest

import (
	"testing"
	"time"
)

// Figures of others, measured on two cores for a Chinese slip of 32 columns without a QR code:
// what a benchmark's own figure is a part of.
var (
	Receiptline = Other{"receiptline", 480 * time.Microsecond, 2654} // the npm package, to ESC/POS
	Naive       = Other{"naive", 7 * time.Microsecond, 549}          // a plain GB18030 slip in Go
)

// Other is what another program takes for such a slip.
type Other struct {
	Name  string
	Time  time.Duration
	Bytes int
}

// Bench runs draw, which gives the bytes of a slip, and reports its size, and its time as a
// part of a copy of those bytes and of what others take.
func Bench(b *testing.B, draw func() []byte, others ...Other) {
	b.Helper()
	data := draw()
	into := make([]byte, len(data))
	const copies = 2000
	began := time.Now()
	for range copies {
		copy(into, data)
	}
	raw := time.Since(began) / copies
	b.ReportAllocs()
	for b.Loop() {
		data = draw()
	}
	each := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(len(data)), "bytes")
	b.ReportMetric(float64(each)/float64(max(raw, 1)), "x-of-copy")
	for _, o := range others {
		b.ReportMetric(float64(each)/float64(o.Time), "x-of-"+o.Name)
		b.ReportMetric(float64(len(data))/float64(o.Bytes), "bytes-of-"+o.Name)
	}
}
