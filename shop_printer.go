package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"vpos/receipts"
	"vpos/receipts/escpos"
	"vpos/receipts/logo"
	"vpos/receipts/printer"
	"vpos/receipts/printer/port"
	"vpos/receipts/printer/spool"
	"vpos/receipts/printer/wire"
	"vpos/receipts/raster"
	"vpos/receipts/template"
	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/engine"
	"vpos/txn/health"
)

// The printer on the counter: found in the configuration before a screen is shown, opened
// with the journal. Without one slips are text files.

// counterPrinter is the printer that the configuration names.
type counterPrinter struct {
	encoder escpos.Encoder
	wire    *wire.Printer
	sees    atomic.Uint32 // a screen.Printer: how it is, as far as is known
}

// findPrinter reads what the configuration says of a printer; nil for text files.
func (p *shop) findPrinter() (*counterPrinter, error) {
	c := p.config.Receipts
	if c.Printer == config.PrinterFile {
		if _, err := printerProfile(c); err != nil { // files may be made for one
			return nil, advise(words.PrinterProfileBad, p.lang, err)
		}
		return nil, nil //nolint:nilnil // there is none
	}
	address, err := port.Parse(c.Printer)
	if err != nil {
		return nil, advise(words.PrinterNamed, p.lang, err)
	}
	profile, err := printerProfile(c)
	switch {
	case err != nil:
		return nil, advise(words.PrinterProfileBad, p.lang, err)
	case !slices.Contains(profile.Columns, c.Columns):
		return nil, advise(words.PrinterNarrow, p.lang, nil)
	}
	found := &counterPrinter{
		encoder: escpos.Encoder{Profile: profile, Draw: raster.Row, Cut: escpos.Cut(c.Cut), Drawer: c.Drawer, Beep: c.Beep},
		wire:    &wire.Printer{Open: address.Open, Answers: address.Answers(), Confirms: profile.Confirms},
	}
	found.sees.Store(uint32(screen.PrinterReady))
	found.wire.Seen = found.saw
	return found, nil
}

// printerProfile is what the printer can do: a shipped profile, a file, or by the columns.
func printerProfile(c config.Receipts) (*escpos.Profile, error) {
	switch {
	case c.Profile == config.ProfileAuto:
		return escpos.Load(escpos.Generic(c.Columns))
	case slices.Contains(escpos.Shipped(), c.Profile):
		return escpos.Load(c.Profile)
	}
	data, err := os.ReadFile(c.Profile)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", escpos.ErrProfile, err)
	}
	return escpos.Parse(filepath.Base(c.Profile), data)
}

// saw keeps how the printer is for the status bar.
func (c *counterPrinter) saw(s wire.Status, code txn.Code) {
	now := screen.PrinterReady
	switch {
	case code != txn.NoProblem:
		now = screen.PrinterTrouble
	case s.NearEnd:
		now = screen.PrinterNearEnd
	}
	c.sees.Store(uint32(now))
}

// printerFindings are the troubles that the device check tells apart.
var printerFindings = map[txn.Code]health.Code{
	txn.PrinterPaperOut: health.PrinterPaperOut, txn.PrinterCover: health.PrinterCover, txn.PrinterOffline: health.PrinterOffline,
	txn.PrinterNoStatus: health.PrinterSilent, txn.PrinterMissing: health.PrinterMissing, txn.PrinterDenied: health.PrinterDenied,
	txn.PrinterBusy: health.PrinterBusy, txn.PrinterUnreached: health.PrinterUnreached,
}

// finding is how the printer is, for the device check.
func (c *counterPrinter) finding(ctx context.Context) health.Finding {
	status, code, _ := c.wire.Check(ctx)
	known, ok := printerFindings[code]
	switch {
	case ok:
		return found(known, health.Fault)
	case code != txn.NoProblem:
		return found(health.PrinterTrouble, health.Fault)
	case status.NearEnd:
		return found(health.PrinterNearEnd, health.Warning)
	}
	return found(health.PrinterOnline, health.Good)
}

// now is how the printer is, for the status bar.
func (c *counterPrinter) now() screen.Printer {
	if c == nil {
		return screen.PrinterFile
	}
	return screen.Printer(c.sees.Load()) //nolint:gosec // one of its own
}

// encode is a page as the printer's bytes.
func (c *counterPrinter) encode(page receipts.Page, drawer bool) ([]byte, error) {
	e := c.encoder
	e.Drawer = e.Drawer && drawer
	job, err := e.Append(nil, page)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return job, nil
}

// openPaper opens what slips are printed through: the spool of the printer, or a folder.
func (p *shop) openPaper() (engine.Printer, error) {
	slips, err := p.slips()
	if err != nil {
		return nil, err
	}
	return &dayEnd{slips: slips, shop: p}, nil
}

func (p *shop) slips() (engine.Printer, error) {
	if p.printer == nil {
		return &printer.Slips{File: p.slipsIn, Options: p.slipOptions()}, nil
	}
	list, err := spool.Open(filepath.Join(p.dir, spoolName), time.Now)
	if err != nil {
		return nil, advise(words.SpoolFailed, p.lang, err)
	}
	if n := list.Damaged(); n > 0 {
		p.log.Error("the list of what was printed is damaged", "lines", n)
	}
	p.closers = append(p.closers, list.Close)
	p.paper = &printer.Device{Spool: list, Printer: p.printer.wire, Encode: p.printer.encode, Options: p.slipOptions()}
	return p.paper, nil
}

// spoolName is the folder of the spool.
const spoolName = "spool"

// reports are where reports go: into a folder of their own, and on paper.
func (p *shop) reports() *printer.Reports {
	return &printer.Reports{File: p.booksIn, Paper: p.paper}
}

// dayEnd is the engine's printer: after the slip of a settlement comes the Z report of
// the batch it has closed. Until both are out the slip stays owed.
type dayEnd struct {
	slips engine.Printer
	shop  *shop
}

// Print puts out a slip, and what goes with it. A report says the time of its
// settlement, so that one asked for again is the same paper.
func (d *dayEnd) Print(ctx context.Context, slip txn.Slip) error {
	if err := d.chained(ctx, slip).Print(ctx, slip); err != nil || slip.Txn.Kind != txn.Settlement || slip.Duplicate {
		return err
	}
	r, err := d.shop.journal.Report(ctx, slip.Txn.Batch)
	if err != nil {
		return fmt.Errorf("report of batch %s: %w", slip.Txn.Batch, err)
	}
	err = d.shop.reports().Print(ctx, d.shop.named(&r), d.shop.reportOptions(receipts.ReportOptions{At: slip.Txn.At}))
	d.shop.shredOld(ctx)
	if e, ok := errors.AsType[*spool.Error](err); ok && e.Out {
		// The slip is out and counts. The report may be: it is in the folder, and printed again
		// it comes marked.
		d.shop.log.Warn("print the report", "batch", slip.Txn.Batch, "err", err)
		return nil
	}
	return err
}

// chained is the printer of a slip. A settlement's says where the journal had come to.
func (d *dayEnd) chained(ctx context.Context, slip txn.Slip) engine.Printer {
	if slip.Txn.Kind != txn.Settlement {
		return d.slips
	}
	chain := d.shop.chainAt(ctx, slip.Txn.Key())
	switch slips := d.slips.(type) {
	case *printer.Slips:
		with := *slips
		with.Options.Chain = chain
		return &with
	case *printer.Device:
		with := *slips
		with.Options.Chain = chain
		return &with
	}
	return d.slips
}

// findLayout reads the template and the logo that the configuration names, and holds the
// template against every sample: what it leaves out must be known before money moves.
func (p *shop) findLayout() error {
	c := p.config.Receipts
	if c.Logo != "" {
		data, err := readPaper(c.Logo, logo.MaxBytes)
		if err != nil {
			return advise(words.LogoFailed, p.lang, err)
		}
		dots, err := logo.Decode(data)
		if err != nil {
			return advise(words.LogoFailed, p.lang, err)
		}
		p.logo = &receipts.Picture{Image: dots, Align: receipts.Center}
	}
	if c.Template == config.Default().Receipts.Template {
		return nil
	}
	source, err := template.Source(c.Template)
	if err != nil {
		source, err = readPaper(c.Template, template.MaxBytes)
	}
	if err != nil {
		return advise(words.TemplateFailed, p.lang, err)
	}
	layout, err := template.Parse(filepath.Base(c.Template), source)
	if err == nil {
		err = layout.Verify()
	}
	if err != nil {
		return advise(words.TemplateFailed, p.lang, err)
	}
	p.layout = layout
	return nil
}

// readPaper reads a file of at most so many bytes, and one more, which tells that there are
// more.
func readPaper(path string, most int) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the file that the configuration names
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return data, nil
}
