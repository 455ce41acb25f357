package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"github.com/charmbracelet/x/term"

	"vpos/reader/pcsc"
	"vpos/tui"
	"vpos/tui/screen"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn/engine"
	"vpos/txn/journal"
)

// runScreen shows the first frame before a disk or a network has been looked at:
// entries are taken at once, and nothing moves until the journal has been read.
func runScreen(ctx context.Context, p *shop) error {
	if !term.IsTerminal(os.Stdout.Fd()) {
		return advise(words.NoTerminal, p.lang, nil)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	changed, notify := notifier()
	e := p.newEngine(notify, func(err error) { cancel(advise(words.Panicked, p.lang, err)) })
	devices := &devices{}
	model := tui.New(e, &history{shop: p}, tui.Options{
		Lang: p.lang, Theme: theme.Choose("", os.LookupEnv), Live: p.config.Mode.Live, Devices: devices.now,
		HelpLine: p.config.Merchant.HelpLine,
	})
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if err := openBehind(ctx, p, e, devices); err != nil {
			cancel(err)
		}
	}()
	err := model.Run(ctx, changed)
	cause := context.Cause(ctx)
	cancel(nil)
	<-opened
	e.Close()
	if cause != nil && !errors.Is(cause, context.Canceled) {
		return cause //nolint:wrapcheck // it says all, and its words are for the person
	}
	if errors.Is(err, tui.ErrPanic) {
		return advise(words.Panicked, p.lang, err)
	}
	return err
}

// notifier is a channel that remembers one call.
func notifier() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	return c, func() {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// openBehind opens what the screen did not wait for.
func openBehind(ctx context.Context, p *shop, e *engine.Engine, d *devices) error {
	parts, err := p.open(ctx)
	if err != nil {
		return err
	}
	if err := e.Start(ctx, parts); err != nil {
		return journalError(err, p.lang)
	}
	d.look(ctx)
	return nil
}

// devices is what the status bar says, looked up beside the screen.
type devices struct{ reader atomic.Value }

// now is the last known state; it never blocks.
func (d *devices) now() tui.Devices {
	state, _ := d.reader.Load().(screen.Reader)
	return tui.Devices{Reader: state, Printer: screen.PrinterFile}
}

// readerStates says a PC/SC state in the words of the status bar.
var readerStates = map[pcsc.State]screen.Reader{
	pcsc.Disabled: screen.ReaderDisabled, pcsc.NoService: screen.ReaderNoService,
	pcsc.NoReader: screen.ReaderNone, pcsc.Ready: screen.ReaderReady,
}

func (d *devices) look(ctx context.Context) {
	d.reader.Store(readerStates[pcsc.Check(ctx).State])
}

// history reads the journal for the screens.
type history struct{ shop *shop }

// Recent lists transactions, newest first.
func (h *history) Recent(ctx context.Context, limit, offset int) ([]tui.JournalLine, error) {
	if h.shop.journal == nil {
		return nil, nil
	}
	list, err := h.shop.journal.Transactions(ctx, journal.Filter{Limit: limit, Offset: offset})
	if err != nil {
		return nil, fmt.Errorf("recent transactions: %w", err)
	}
	lines := make([]tui.JournalLine, len(list))
	for i, t := range list {
		lines[i] = tui.JournalLine{
			At: t.Begun, Kind: t.Kind, Batch: t.Batch, STAN: t.STAN, Amount: t.Amount, PAN: t.MaskedPAN(),
			Brand: t.Brand, Entry: t.Entry, Status: t.Status,
			Code: t.Result.Code, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
		}
	}
	return lines, nil
}
