package virtual

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/receipts"
	"vpos/receipts/escpos"
	"vpos/receipts/printer"
	"vpos/receipts/printer/port"
	"vpos/receipts/printer/spool"
	"vpos/receipts/printer/wire"
	"vpos/receipts/raster"
	"vpos/receipts/samples"
	"vpos/txn"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counter is a printer at a TCP port, and what prints on it.
type counter struct {
	*testing.T
	printer *Printer
	wire    *wire.Printer
	encoder *escpos.Encoder
	dir     string
	list    *spool.Spool
}

func newCounter(t *testing.T, profile string) *counter {
	t.Helper()
	p, err := escpos.Load(profile)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{T: t, printer: New(Options{Columns: p.Columns[0]}), encoder: &escpos.Encoder{Profile: p, Draw: raster.Row, Cut: escpos.CutPartial}, dir: t.TempDir()}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- c.printer.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	a, err := port.Parse("tcp:" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.wire = &wire.Printer{Open: a.Open, Answers: true, Confirms: p.Confirms, Wait: time.Second, Paper: 5 * time.Second}
	c.open()
	t.Cleanup(func() { _ = c.list.Close() })
	return c
}

func (c *counter) open() {
	c.Helper()
	var err error
	if c.list, err = spool.Open(filepath.Join(c.dir, "spool"), time.Now); err != nil {
		c.Fatal(err)
	}
}

func (c *counter) restart() {
	_ = c.list.Close()
	c.open()
}

func (c *counter) device(o receipts.Options) *printer.Device {
	return &printer.Device{Spool: c.list, Printer: c.wire, Options: o, Encode: func(p receipts.Page, _ bool) ([]byte, error) {
		return c.encoder.Append(nil, p)
	}}
}

func options(c *counter) receipts.Options {
	return samples.Options(receipts.Chinese, c.printer.o.Columns, false)
}

// Every paper comes out of the virtual printer as the same letters in the same columns: of
// what its font says as letters, and of what was sent as dots, dot by dot.
func TestEveryPaper(t *testing.T) {
	for _, profile := range []string{"generic-58", "generic-80-42", "epson-tm-t82-cn", "utf8-80", "raster-58"} {
		c := newCounter(t, profile)
		for _, s := range samples.All() {
			for _, lang := range receipts.Langs() {
				page, err := s.Render(samples.Options(lang, c.printer.o.Columns, false))
				if err != nil {
					t.Fatal(err)
				}
				job, err := c.encoder.Append(nil, page)
				if err != nil {
					t.Fatal(err)
				}
				in := interpreter{columns: page.Columns}
				for _, b := range job {
					in.feed([]byte{b})
				}
				in.finish()
				paper := Paper{Columns: page.Columns, Lines: in.lines}
				want, got := raster.Page(page), paper.Image()
				for y := range want.H {
					for x := range want.W {
						if want.Black(x, y) != got.Black(x, y) && !ruled(page, y) {
							t.Fatalf("%s %s %v: dot %d,%d", profile, s.Name, lang, x, y)
						}
					}
				}
				if len(in.warnings) > 0 {
					t.Errorf("%s %s: %q", profile, s.Name, in.warnings)
				}
			}
		}
	}
}

// ruled reports whether a row of dots belongs to a rule, which a printer sets in letters.
func ruled(page receipts.Page, y int) bool {
	for _, r := range page.Rows {
		if y -= r.Height() * receipts.CellHeight; y < 0 {
			return r.Rule != receipts.NoRule
		}
	}
	return false
}

// law holds the papers of one slip against what must be true.
func (c *counter) law(what string) {
	c.Helper()
	unmarked, whole := 0, 0
	for _, p := range c.printer.Papers() {
		text := p.Text()
		if !strings.Contains(text, "1,234.50") {
			continue // a torn piece, without its amount
		}
		whole++
		if !strings.Contains(text, "DUPLICATE") {
			unmarked++
		}
	}
	if whole == 0 || unmarked > 1 {
		c.Errorf("%s: %d slips, %d unmarked", what, whole, unmarked)
	}
	c.printer.mu.Lock()
	c.printer.papers = nil
	c.printer.mu.Unlock()
}

// TestEveryByte: the printer breaks off at every byte of a slip, the terminal goes on or is
// started again. No slip is lost, none comes twice without its mark.
func TestEveryByte(t *testing.T) {
	c := newCounter(t, "epson-tm-t82-cn")
	sale := samples.Sale()
	page, err := receipts.Render(txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}, options(c))
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.encoder.Append(nil, page)
	if err != nil {
		t.Fatal(err)
	}
	step := 1
	if testing.Short() {
		step = 17
	}
	for at := 1; at <= len(job)+11; at += step {
		sale.STAN++
		slip := txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}
		c.printer.BreakAfter(at)
		err := c.device(options(c)).Print(t.Context(), slip)
		var e *spool.Error
		if at < len(job)+11 && (!errors.As(err, &e) || !e.MayBeOut()) {
			t.Errorf("byte %d: %v", at, err)
		}
		if at%2 == 0 {
			c.restart()
		}
		if err := c.device(options(c)).Print(t.Context(), slip); err != nil {
			t.Errorf("byte %d, then: %v", at, err)
		}
		c.law(fmt.Sprintf("byte %d of %d", at, len(job)+11))
	}
}

// Each fault is told before anything is printed, or leaves the slip in doubt; then it is
// mended, and the slip comes once.
func TestFaults(t *testing.T) {
	for fault, c := range map[Fault]struct {
		why txn.Code
		out bool
	}{
		PaperOut: {txn.PrinterPaperOut, false}, CoverOpen: {txn.PrinterCover, false}, Offline: {txn.PrinterOffline, false},
		Mute: {txn.PrinterNoStatus, false}, WrongID: {txn.PrinterWrongID, true},
	} {
		k := newCounter(t, "epson-tm-t82-cn")
		k.wire.Wait, k.wire.Paper = 100*time.Millisecond, 300*time.Millisecond
		sale := samples.Sale()
		slip := txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}
		k.printer.Set(fault, true)
		var e *spool.Error
		if err := k.device(options(k)).Print(t.Context(), slip); !errors.As(err, &e) || e.Code() != c.why || e.MayBeOut() != c.out {
			t.Errorf("%s: %v", fault, err)
		}
		k.printer.Well()
		k.wire.Wait, k.wire.Paper = time.Second, 5*time.Second
		if err := k.device(options(k)).Print(t.Context(), slip); err != nil {
			t.Errorf("%s, mended: %v", fault, err)
		}
		k.law(string(fault))
	}
}

// The paper ends under a slip: half of it is there, the printer says why, and the whole one
// comes marked.
func TestPaperEnds(t *testing.T) {
	k := newCounter(t, "epson-tm-t82-cn")
	k.wire.Paper = 300 * time.Millisecond
	sale := samples.Sale()
	slip := txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}
	k.printer.PaperFor(7)
	var e *spool.Error
	if err := k.device(options(k)).Print(t.Context(), slip); !errors.As(err, &e) || e.Code() != txn.PrinterPaperOut || !e.MayBeOut() {
		t.Errorf("%v", err)
	}
	k.printer.Well()
	k.wire.Paper = 5 * time.Second
	if err := k.device(options(k)).Print(t.Context(), slip); err != nil {
		t.Error(err)
	}
	k.law("paper ends")
	s, code, err := k.wire.Check(t.Context())
	if err != nil || code != "" || s.NearEnd {
		t.Errorf("%+v %q %v", s, code, err)
	}
	k.printer.Set(NearEnd, true)
	if s, code, _ := k.wire.Check(t.Context()); !s.NearEnd || code != "" {
		t.Errorf("%+v %q", s, code)
	}
}

// A printer that only says that it has read so far is believed so far.
func TestSecondTier(t *testing.T) {
	k := newCounter(t, "generic-80")
	sale := samples.Sale()
	if err := k.device(options(k)).Print(t.Context(), txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}); err != nil {
		t.Error(err)
	}
	k.law("GS r 1")
}

func FuzzInterpreter(f *testing.F) {
	e, _ := escpos.Load("generic-58")
	page, _ := samples.All()[0].Render(samples.Options(receipts.Both, 32, true))
	job, _ := (&escpos.Encoder{Profile: e, Draw: raster.Row}).Append(nil, page)
	f.Add(job)
	f.Add([]byte("\x1dv0\x00\xff\xff\xff\xff"))
	f.Add([]byte("\x1d(k\x03\x001Q0\x1b$\xff\xff\xc4\xe3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var whole, bit interpreter
		whole.columns, bit.columns = 32, 32
		whole.feed(data)
		for i := range data {
			bit.feed(data[i : i+1])
		}
		a, b := Paper{Columns: 32, Lines: whole.lines}, Paper{Columns: 32, Lines: bit.lines}
		if a.Text() != b.Text() {
			t.Error("pieces matter")
		}
		if len(a.Lines) < 200 {
			a.Image()
		}
	})
}
