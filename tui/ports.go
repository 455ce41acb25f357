// Package tui is the terminal a person sees: keys in, pictures out.
//
// The model routes and draws; it decides nothing about money. Every key, swipe
// and paste becomes an event of the machine behind [Terminal], at once and in
// the order it came, and every picture is drawn from the machine's state. The
// only commands are timers and reads of the journal: input never travels
// through a command, because Bubble Tea runs each in a goroutine of its own.
package tui

import (
	"context"
	"time"

	"vpos/reader/emv"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Terminal is whatever runs the machine: the engine in production. Both methods
// are quick and never block on the disk, the network or the printer.
type Terminal interface {
	// State is the machine's state now.
	State() txn.State
	// Dispatch runs the event through the machine and returns the state after
	// it; the effects are performed elsewhere. It does not keep the event: a
	// secret in it is wiped when Dispatch returns.
	Dispatch(e txn.Event) txn.State
}

// History reads the journal for the screens.
type History interface {
	// Recent lists transactions, newest first: at most limit of them, after
	// leaving out the newest offset.
	Recent(ctx context.Context, limit, offset int) ([]JournalLine, error)
	// Search is Recent of the transactions that a query picks.
	Search(ctx context.Context, q keypad.Query, limit, offset int) ([]JournalLine, error)
	// Story is one transaction in full.
	Story(ctx context.Context, key txn.Key) (Story, error)
	// Turnover is what a day came to, and the six before it.
	Turnover(ctx context.Context, day txn.Day) (txn.Turnover, error)
}

// Reports draws what the open batch came to so far, the X report.
type Reports interface {
	// Report is its lines in one language, each at most [ReportWidth] cells wide.
	Report(ctx context.Context, lang words.Lang) ([]string, error)
}

// JournalLine is one transaction as a list shows it: masked.
type JournalLine = screen.Line

// Story is one transaction in full, masked; Event is one thing that happened to it.
type (
	Story = screen.Story
	Event = screen.Event
)

// StoryLines is a transaction in full as text, a line each.
func StoryLines(s Story, l words.Lang) []string { return screen.StoryLines(s, l) }

// TurnoverLines is what a day came to as text: bars with their figures beside them, each
// line w cells wide.
func TurnoverLines(t txn.Turnover, l words.Lang, w int) []string {
	return screen.TurnoverLines(t, l, w)
}

// ReportWidth is the cells a line of a report may take.
const ReportWidth = screen.ReportWidth

// Devices is what the status bar says of the reader and the printer.
type Devices = screen.Devices

// Changed tells the model that the machine's state may have changed by itself:
// a reply, a print, a timer. Send it with [tea.Program.Send].
type Changed struct{}

// Options is what the model is told once. The zero value works: English, dark,
// training, no printer.
type Options struct {
	Lang     words.Lang
	Theme    *theme.Theme   // nil for what Look says
	Look     Look           // how the screen looks and sounds
	Live     bool           // the LIVE mark instead of TRAINING
	Devices  func() Devices // asked at every picture; must not block
	HelpLine string         // telephone number shown on failures
	Deck     words.Deck     // the virtual cards of training; nil where there are none
	// Trace is what the kernel decided about the card read last; nil for no card.
	Trace func() []emv.Decision
	// Reports is nil where there are none; the screen then says so.
	Reports Reports
	Doctor  Doctor // the same of the device check
	Print   Print  // nil where nothing is printed
	// Settings is nil where nothing can be changed.
	Settings Settings
	Stock    Stock            // nil where there are no goods
	Now      func() time.Time // nil for time.Now

	// Quiet is how long no key may have been pressed before a screen that has just
	// come up takes one, where a key too many does harm: an impatient Enter must not
	// charge a card, nor dismiss a decline nobody has read. Zero is 300 ms; negative
	// switches it off.
	Quiet time.Duration
}

func (o Options) filled() Options {
	if o.Devices == nil {
		o.Devices = func() Devices { return Devices{} }
	}
	if o.Trace == nil {
		o.Trace = func() []emv.Decision { return nil }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Quiet == 0 {
		o.Quiet = 300 * time.Millisecond
	}
	return o
}
