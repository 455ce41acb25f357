// Package plain is the terminal as a line dialogue: no alternate screen, one
// line a state, for screen readers, serial lines, pipes and tests.
//
// Out, each state prints one line, "STATE: text"; a state that changes while it
// is shown prints its line again. In, each line is that state's entry followed
// by Enter; an empty line is Enter alone; cancel, clear and menu are the keys of
// those names, and at idle the menu's items are words, so that any transaction is begun
// by its word: refund, pre-auth, tip. Where there is a deck of
// virtual cards, "card NAME" puts one in and "remove" takes it out. The end of the
// input quits once idle.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/reader/swipe"
	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

// Terminal is whatever runs the machine.
type Terminal interface {
	State() txn.State
	Dispatch(e txn.Event) txn.State
}

// Lines is where entries come from. ReadLine returns one line without its line
// end, or [io.EOF]; hidden asks that what is typed is not echoed.
type Lines interface {
	ReadLine(hidden bool) ([]byte, error)
}

// Options are the parts of a dialogue.
type Options struct {
	Terminal Terminal
	Changed  <-chan struct{} // receives after the state changed by itself
	In       Lines
	Out      io.Writer
	Lang     words.Lang
	HelpLine string                // the merchant's help line; shown on failures
	Notice   string                // lines said once, before the first state: what this terminal cannot do
	Deck     words.Deck            // the virtual cards of training; nil where there are none
	Trace    func() []emv.Decision // what the kernel decided about the card read last; nil for no card
	// Recent gives the newest transactions as lines for the journal, masked.
	Recent func(ctx context.Context, lang words.Lang) ([]string, error)
	Book   Book // searches, shows and sums up; nil where nothing does
	// Report gives the lines of the open batch's report.
	Report func(ctx context.Context, lang words.Lang) ([]string, error)
	// Print puts what a state shows on paper, because somebody wants it there; found is what
	// the device check has found. nil where nothing is printed.
	Print func(ctx context.Context, s txn.State, found []health.Finding) error
	// Doctor checks the devices and tells what it finds as it comes, from any goroutine.
	Doctor   func(ctx context.Context, tell func(health.Finding))
	Settings Settings // nil where nothing can be changed
	Stock    Stock    // nil where there are no goods
	Beep     bool     // a result sounds; only where somebody sits at a terminal
}

// Run speaks with a person or a pipe until the input ends or quit is said, and
// returns an error only if it cannot write, or the cause that ended ctx.
func Run(ctx context.Context, o Options) error {
	d := &dialogue{Options: o}
	if o.Notice != "" {
		for line := range strings.Lines(o.Notice) {
			d.say("%s", strings.TrimSuffix(line, "\n"))
		}
	}
	for {
		if err := d.settle(ctx); err != nil {
			return err
		}
		if d.quit {
			return d.err
		}
		line, err := d.next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			return errors.Join(d.leave(ctx), d.err)
		case err != nil:
			return err
		}
		d.take(ctx, line)
		clear(line)
	}
}

// next waits for a line. What changes by itself meanwhile is shown; the end of
// ctx does not wait for a line to come.
func (d *dialogue) next(ctx context.Context) ([]byte, error) {
	type read struct {
		line []byte
		err  error
	}
	got := make(chan read, 1)
	hidden := d.dark || hides(d.Terminal.State().Name)
	go func() {
		line, err := d.In.ReadLine(hidden)
		got <- read{line, err}
	}()
	for {
		select {
		case r := <-got:
			return r.line, r.err
		case <-d.Changed:
			d.show(d.Terminal.State())
		case <-ctx.Done():
			return nil, fmt.Errorf("dialogue: %w", context.Cause(ctx))
		}
	}
}

// hides reports whether an entry is card data, a PIN or a payment code, which a terminal must not
// echo.
func hides(n txn.Name) bool {
	switch n {
	case txn.Present, txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry, txn.PINEntry, txn.OTPEntry,
		txn.PayCodeEntry, txn.Passcode, txn.NewPasscode:
		return true
	default:
		return false
	}
}

type dialogue struct {
	Options
	shown  string           // the last line printed
	query  keypad.Query     // what the journal is searched for
	offset int              // of its next page
	list   string           // the state and language of that line: the journal is listed once
	rung   txn.Name         // the state the last beep was for
	found  []health.Finding // by the device check shown last
	quit   bool
	dark   bool  // nothing is said of the state until somebody asks for it again
	err    error // of Out
}

// settle shows the state and waits until it wants an entry.
func (d *dialogue) settle(ctx context.Context) error {
	for {
		s := d.Terminal.State()
		d.show(s)
		if d.err != nil {
			return d.err
		}
		if s.Settled() {
			return nil
		}
		if err := d.wait(ctx); err != nil {
			return err
		}
	}
}

func (d *dialogue) wait(ctx context.Context) error {
	select {
	case <-d.Changed:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("dialogue: %w", context.Cause(ctx))
	}
}

// take gives one line to the machine.
func (d *dialogue) take(ctx context.Context, line []byte) {
	s := d.Terminal.State()
	d.shown = "" // whatever happens, the state answers
	word := strings.TrimSpace(string(line))
	if d.dark {
		d.peek(word)
		return
	}
	if s.Name == txn.Journal && d.browsed(ctx, word) {
		return
	}
	if b, ok := d.sight(s).FindPlain(word); ok && word != "" {
		d.perform(ctx, b)
		return
	}
	if d.presented(ctx, s, word) {
		return
	}
	if r := swipe.Paste(string(line)); r.Kind == swipe.Card || r.Kind == swipe.Fault {
		d.swiped(r)
		return
	}
	switch {
	case s.Name == txn.Menu:
		d.choose(ctx, word)
		return
	case s.Name == txn.Journal && word == "", s.Name == txn.Settings && word == "":
		d.Terminal.Dispatch(txn.Cancelled{})
		return
	case s.Name == txn.Settings:
		d.setting(ctx, word)
		return
	case s.Name == txn.Stock:
		d.keyGood(word)
		return
	case s.Name == txn.GoodsEntry && d.looked(word):
		return
	case s.Name == txn.ReportShown && word == "":
		d.printSheet(ctx)
		return
	case s.Name == txn.DoctorShown && word == "":
		d.Terminal.Dispatch(txn.Opened{Name: txn.DoctorShown}) // which tries the link
		d.list = ""                                            // and checks again
		return
	case s.Name == txn.Journal, s.Name == txn.ReportShown, s.Name == txn.DoctorShown:
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
		return
	case s.Name == txn.PINEntry && s.PIN.Pad:
		return // the reader's own keys are for it; an empty entry would go past the PIN
	case s.Name == txn.Idle && word == "", s.Name == txn.Lock && word == "" && s.Away == "":
		return // an Enter too many behind a swipe must not clear what was said of it
	}
	entry := reader.NewSecret(line)
	if s.Name == txn.CVVEntry {
		entry = presence(word, entry)
	}
	d.enter(entry)
}

// enter gives the machine an entry, and wipes it.
func (d *dialogue) enter(entry reader.Secret) {
	d.Terminal.Dispatch(txn.Entered{Text: entry})
	entry.Wipe()
}

// presence turns the words of the security code's state into its indicators.
func presence(word string, entry reader.Secret) reader.Secret {
	switch strings.ToLower(word) {
	case "absent", "none", "无":
		return reader.NewSecret([]byte{byte(reader.CVVAbsent)})
	case "unreadable", "不清":
		return reader.NewSecret([]byte{byte(reader.CVVUnreadable)})
	}
	return entry
}

func (d *dialogue) swiped(r swipe.Result) {
	if r.Kind == swipe.Card {
		d.Terminal.Dispatch(txn.Swiped{Card: r.Card})
		return
	}
	d.Terminal.Dispatch(txn.Misread{Code: txn.Code(reader.FaultOf(r.Err))})
}

// choose takes the digits of a menu item: all of them at once, since no page stays
// open behind a line. Its words are bindings already.
func (d *dialogue) choose(ctx context.Context, word string) {
	b, ok := keypad.ItemAt(word)
	switch {
	case !ok:
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
	case b.Action == keypad.Group:
		d.say("%s", items(keypad.Offered(keypad.Items(word), d.Terminal.State()), d.Lang))
	default:
		d.perform(ctx, b)
	}
}

// perform does what a word or a menu item says.
func (d *dialogue) perform(ctx context.Context, b keypad.Binding) {
	switch b.Action {
	case keypad.Cancel:
		d.Terminal.Dispatch(txn.Cancelled{})
	case keypad.Menu:
		d.Terminal.Dispatch(txn.Opened{Name: txn.Menu})
	case keypad.Begin:
		d.Terminal.Dispatch(txn.Opened{Kind: b.Kind})
	case keypad.Journal:
		d.Terminal.Dispatch(txn.Opened{Name: txn.Journal})
	case keypad.Totals:
		if d.Book != nil {
			d.totals(ctx, nil)
		}
	case keypad.Report:
		d.Terminal.Dispatch(txn.Opened{Name: txn.ReportShown})
	case keypad.Doctor:
		d.Terminal.Dispatch(txn.Opened{Name: txn.DoctorShown})
	case keypad.Print:
		d.printSheet(ctx)
	case keypad.Reprint:
		d.Terminal.Dispatch(txn.Opened{Name: txn.TraceEntry})
	case keypad.Settings:
		d.Terminal.Dispatch(txn.Opened{Name: txn.Settings})
	case keypad.Goods:
		d.openGoods(txn.GoodsEntry)
	case keypad.Stock:
		d.openGoods(txn.Stock)
	case keypad.Clear:
		d.Terminal.Dispatch(txn.LineRemoved{})
	case keypad.LockUp:
		d.Terminal.Dispatch(txn.Opened{Name: txn.Lock})
	case keypad.HandOver:
		d.Terminal.Dispatch(txn.Opened{Name: txn.CashEntry})
	case keypad.Language:
		d.Lang = d.Lang.Other()
	case keypad.Privacy:
		d.hide()
	case keypad.Help:
		d.help(d.Terminal.State())
	case keypad.Cards:
		d.cards()
	case keypad.Explain:
		d.explain()
	case keypad.TakeOut:
		d.Deck.Remove()
		d.await(ctx, func(now txn.State) bool { return now.CardIn == "" })
	case keypad.Quit:
		d.quit = true
	default: // a field is empty at the start of a line: clear has nothing to do
	}
}

// leave brings the terminal to idle after the input ended, printing what is owed
// and dropping what was not confirmed.
func (d *dialogue) leave(ctx context.Context) error {
	for {
		if err := d.settle(ctx); err != nil {
			return err
		}
		s := d.Terminal.State()
		switch {
		case s.Name == txn.Idle, s.Name == txn.Lock:
			return nil
		case (s.Name == txn.ApprovedShown || s.Name == txn.Printing) && s.Problem == txn.NoProblem:
			d.Terminal.Dispatch(txn.Entered{})
		default:
			d.Terminal.Dispatch(txn.Cancelled{})
		}
	}
}
