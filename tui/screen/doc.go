// Package screen draws the terminal: one file a screen, each a pure function
// from what is known to lines of text.
//
// A screen is drawn into a box of a given width and height. The parts every
// screen shares (status bar, warnings, the drawn keypad, the footer) are put
// around it by the layout, which has three forms: compact from 40×20, standard
// from 80×24, wide from 120×40. All widths are measured with x/ansi, never in
// bytes or runes: a Chinese character takes two cells.
package screen

import (
	"strings"
	"time"

	"vpos/reader"
	"vpos/reader/explain"
	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// The least a terminal may have; below it the screen asks to be enlarged.
const (
	MinWidth  = 40
	MinHeight = 20
)

// Line is one transaction of the journal as a list shows it: masked.
type Line struct {
	Of       txn.STAN // of a void: the sale it takes back
	At       time.Time
	Kind     txn.Kind
	Batch    txn.Batch
	STAN     txn.STAN
	Amount   txn.Money
	PAN      string // masked: ************1111
	Brand    reader.Brand
	Entry    reader.EntryMode
	Wallet   reader.Wallet // who paid by a code
	Status   txn.Status
	Code     string // ISO 8583 field 39, empty when there was no answer
	AuthCode string
	RRN      string
}

// Reader is what is known of the chip reader. A keyboard-wedge stripe reader
// cannot be seen: a card may be swiped whatever this says.
type Reader uint8

// The reader's states.
const (
	ReaderUnknown   Reader = iota // not looked yet
	ReaderDisabled                // this program was built without PC/SC
	ReaderNoService               // the smart-card service is not running
	ReaderNone                    // no reader is plugged in
	ReaderReady                   // it waits for a card
	ReaderCardIn                  // a card that answers is in it
	ReaderMute                    // something that does not answer is in it
	ReaderBusy                    // another program holds the card in it
)

// ReaderOf is the sign of what a [reader.Port] says of its readers: the card where
// there is one, in whichever reader.
func ReaderOf(r reader.Readers) Reader {
	for _, one := range r.List {
		switch one.Card {
		case reader.CardIn:
			return ReaderCardIn
		case reader.CardMute:
			return ReaderMute
		case reader.CardShared:
			return ReaderBusy
		case reader.NoCard:
		}
	}
	switch r.State {
	case "pcsc.disabled":
		return ReaderDisabled
	case "pcsc.no-service":
		return ReaderNoService
	case "pcsc.no-reader":
		return ReaderNone
	case "pcsc.ready", "deck.ready":
		return ReaderReady
	}
	return ReaderUnknown
}

// Printer is where slips go.
type Printer uint8

// The printers.
const (
	PrinterNone    Printer = iota
	PrinterFile            // a text file a slip
	PrinterReady           // a printer, well as far as is known
	PrinterNearEnd         // and its paper ends soon
	PrinterTrouble         // it has refused, or does not answer
)

// Devices is what the status bar says of the things on the counter.
type Devices struct {
	Reader  Reader
	Printer Printer
}

// List is the journal as far as it was read.
type List struct {
	Lines   []Line // newest first
	More    bool   // there are older ones
	Loading bool
	Done    bool // at least one page was read
	Failed  bool
}

// Report is the report of the open batch as far as it was read.
type Report struct {
	Lines  []string // as on paper, at most [ReportWidth] cells each
	Done   bool     // it was read
	Failed bool
}

// Frame is everything a picture is made from.
type Frame struct {
	State    txn.State
	Field    *keypad.Field
	Lang     words.Lang
	Theme    *theme.Theme
	Width    int
	Height   int
	Clock    time.Time // now, for the clock and the elapsed count
	Live     bool
	Devices  Devices
	HelpLine string // telephone number shown on failures; may be empty
	Cursor   int    // the marked line of the menu or the journal
	Page     string // the menu's page, as the digits that lead to it; empty for the first
	List     List   // the journal's page
	Book     Book   // what of the journal is on screen
	Report   Report // of the open batch; Cursor is its first line shown
	Doctor   Doctor // the device check; Cursor is its first line shown
	Sheet    Sheet  // what became of the paper of this screen
	Tuning   Tuning // of the settings; Page is theirs, Cursor the marked row
	Shelf    Shelf  // the goods
	Recent   []Line // the newest few, for the side pane
	Pressed  string // the key that flashes: 0-9 . 00 enter cancel clear
	Hidden   bool   // nothing is shown but the mode and how to come back
	Help     bool   // the help screen lies over the rest
	HelpPage int

	Deck   []words.DeckCard // the virtual cards; nil where there are none
	Listed bool             // their list lies over the rest
	Marked int              // the marked card of it
	Refuse string           // why the card chosen last cannot be put in, for the person

	Told bool           // a card's decisions can be explained
	Why  []explain.Item // they lie over the rest, from line Cursor on; nil for not

	ASCII bool       // signs and borders in ASCII
	Notes int        // as many beeps sounded: the title shows as many notes
	Flash theme.Role // the border's colour while something calls for the eye; Ink for none

	said   *[]string // takes every text that is to be read in full; nil where nobody asks
	marked bool      // zones are marked, see [SpotAt]
	end    *int      // takes the line at which scrolling ends; nil where nobody asks
}

// sight is what decides which keys work.
func (f *Frame) sight() keypad.Sight {
	return keypad.Sight{State: f.State, Deck: f.Deck != nil, Listed: f.Listed, Told: f.Told, Explained: f.Why != nil, View: f.Book.View, Hidden: f.Hidden}
}

// over reports whether something lies over the state's own screen.
func (f *Frame) over() bool { return f.Help || f.Listed || f.Why != nil }

// Draw makes the picture: Height lines of exactly Width cells.
func Draw(f Frame) string {
	lines, _ := compose(&f)
	for i, line := range lines {
		if f.ASCII {
			line = plainly(line)
		}
		lines[i] = f.Theme.Paint(line)
	}
	return strings.Join(lines, "\n")
}

// Overflow counts the lines of content for which there is no room, at sizes
// that are large enough to draw at all. It is zero unless a text has outgrown
// its screen; the tests hold that.
func Overflow(f Frame) int {
	_, lost := compose(&f)
	return lost
}

// Said lists the texts of a picture that are to be read in full: what is asked, what is
// wrong, what to do, and the values of facts. The tests look for them in the picture.
func Said(f Frame) []string {
	said := []string{}
	f.said = &said
	compose(&f)
	for i := range said {
		if f.ASCII {
			said[i] = plainly(said[i])
		}
	}
	return said
}

// compose makes the lines, and says how many lines of content did not fit.
func compose(f *Frame) (lines []string, lost int) {
	switch {
	case f.Width < 1 || f.Height < 1:
		return nil, 0
	case f.Hidden:
		lines = hidden(f)
	case f.Width < MinWidth || f.Height < MinHeight:
		lines = tooSmall(f)
	case f.Width >= 120 && f.Height >= 40:
		lines, lost = wide(f)
	case f.Width >= 80 && f.Height >= 24:
		lines, lost = standard(f)
	default:
		lines, lost = compact(f)
	}
	return box(lines, f.Width, f.Height), lost
}

func (f *Frame) say(l words.Label) string { return l.In(f.Lang) }
func (f *Frame) text(t words.Text) string { return t.In(f.Lang) }
func (f *Frame) ink(r theme.Role, text string) string {
	return f.Theme.Render(r, text)
}
