package main

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"

	"vpos/reader/emv"
	"vpos/tui"
	"vpos/tui/screen"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn/chip"
	"vpos/txn/config"
	"vpos/txn/engine"
)

// runScreen shows the first frame before a disk or a network has been looked at:
// entries are taken at once, and nothing moves until the journal has been read.
func runScreen(ctx context.Context, p *shop) error {
	if !term.IsTerminal(os.Stdout.Fd()) {
		return advise(words.NoTerminal, p.lang, nil)
	}
	began := time.Now()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	changed, notify := notifier()
	e := p.newEngine(notify, func(err error) { cancel(advise(words.Panicked, p.lang, err)) })
	r, err := p.openReaders()
	if err != nil {
		return err
	}
	devices := &devices{printer: p.printer}
	doctor := &doctor{shop: p, engine: e, began: began}
	model := tui.New(e, &history{shop: p}, tui.Options{
		Lang: p.lang, Look: look(p.config.Screen), Live: p.config.Mode.Live, Devices: devices.now,
		HelpLine: p.config.Merchant.HelpLine, Deck: r.deck.shown(),
		Trace:   func() []emv.Decision { return devices.cards.Load().Trace() },
		Reports: openReports{p}, Doctor: doctor, Print: p.printScreen, Settings: p.tuner(), Stock: shelf{p},
	})
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if err := openBehind(ctx, p, e, r, devices); err != nil {
			cancel(err)
			return
		}
		doctor.atStart(ctx)
	}()
	err = model.Run(ctx, changed)
	cause := context.Cause(ctx)
	cancel(nil)
	<-opened
	e.Close()
	devices.cards.Load().Close()
	if cause != nil && !errors.Is(cause, context.Canceled) {
		return cause //nolint:wrapcheck // it says all, and its words are for the person
	}
	if errors.Is(err, tui.ErrPanic) {
		return advise(words.Panicked, p.lang, err)
	}
	return err
}

// look is what the configuration and the environment say of the screen.
func look(c config.Screen) tui.Look {
	l := tui.Look{Theme: c.Theme, Borders: c.Borders, Mouse: c.Mouse, Beep: c.Beep, Narrow: tui.LegacyLocale(os.LookupEnv)}
	l.NoColour = theme.NoColour(os.LookupEnv)
	return l
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
func openBehind(ctx context.Context, p *shop, e *engine.Engine, r readers, d *devices) error {
	parts, err := p.open(ctx)
	if err != nil {
		return err
	}
	cards, err := p.openCards(r, e)
	if err != nil {
		return err
	}
	if err := p.start(ctx, e, parts, cards); err != nil {
		return err
	}
	d.cards.Store(cards)
	return nil
}

// devices is what the status bar says.
type devices struct {
	cards   atomic.Pointer[chip.Cards]
	printer *counterPrinter
}

// now is the state as it was told last; it never blocks.
func (d *devices) now() tui.Devices {
	return tui.Devices{Reader: screen.ReaderOf(d.cards.Load().Readers()), Printer: d.printer.now()}
}
