package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/reader/explain"
	"vpos/reader/swipe"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Model is the root model of the terminal. It is used behind a pointer: the
// field being typed exists once and is wiped in place.
type Model struct {
	terminal Terminal
	history  History
	options  Options
	lang     words.Lang
	width    int // zero until the size is known
	height   int

	state   txn.State
	field   keypad.Field
	input   *input // nil where the keys come by themselves
	capture *swipe.Capture
	run     runStart // where the present run of keys began
	muted   bool     // the problem was read: something was typed since

	cursor int
	page   string // of the menu, as the digits that lead to it
	list   screen.List
	book   bookView
	report reportView
	sheet  sheetView
	doctor doctorView
	tuning tuning
	shelf  shelfView
	recent []screen.Line
	help   bool
	leave  bool

	cards  []words.DeckCard // the deck's; nil where there is none
	listed bool             // their list lies over the screen
	marked int              // in it; kept from one card to the next
	refuse string           // why the card chosen last cannot be put in
	why    []explain.Item   // what the card decided; it lies over the screen

	look  Look         // how it looks and sounds, see look.go
	base  *theme.Theme // in all colours
	theme *theme.Theme // in those the terminal has
	depth theme.Depth
	dark  bool // the terminal's own background; assumed until it says so
	ascii bool
	sized bool // the first size came, and with it the time to ask the terminal
	bell  bell
	click time.Time // the last one

	clock     time.Time
	beat      int       // the generation of the running timer
	waiting   bool      // a timer for the capture is running
	pressed   string    // the drawn key that flashes
	lit       time.Time // until when
	quiet     time.Time // until when the screen ignores keys
	opened    time.Time // when it came up
	hidden    bool      // nothing is shown, and no key does anything but show it again
	hushed    bool      // it ignores them now
	waking    bool      // a timer for the end of that is running
	ambiguous int       // see [Model.AmbiguousWidth]

	touched time.Time // when the machine was told last that somebody is at work
}

// New makes the model of a terminal. history may be nil.
func New(t Terminal, history History, o Options) *Model {
	m := &Model{terminal: t, history: history, options: o.filled(), lang: o.Lang, capture: swipe.NewCapture()}
	m.clock = m.options.Now()
	m.dark = true
	m.Wear(m.options.Look)
	m.state = t.State()
	m.field.Reset(keypad.FieldAt(m.state))
	if o.Deck != nil {
		m.cards = o.Deck.Cards()
	}
	return m
}

// Init starts the clock, reads the newest transactions and asks the terminal what it can
// do; nothing waits for its answer.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.nextBeat(), m.readRecent(), m.readGoods(), m.askColour())
}

// Update routes a message. Keys, pastes and changes of the machine go on to one
// method each, which leaves behind what has to be read or timed.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.clock = m.options.Now()
	before := m.state.Name
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m, m.askWidth()
	case tea.ColorProfileMsg, tea.BackgroundColorMsg, probeDue:
		return m, m.told(msg)
	case tea.MouseClickMsg:
		m.sync()
		m.clicked(msg.Mouse())
	case tea.KeyPressMsg:
		m.sync()
		m.key(msg)
	case tea.PasteMsg:
		m.sync()
		m.paste(msg.Content)
	case Changed:
		m.sync()
	case captureDue:
		m.waiting = false
		m.sync()
		m.take(m.capture.Idle(m.clock), false)
	case hushDue:
		m.sync()
		m.quietened()
	case pageRead:
		m.pageRead(msg)
	case storyRead:
		m.storyRead(msg)
	case chartRead:
		m.chartRead(msg)
	case recentRead:
		m.recent = msg.lines
	case reportRead:
		m.reportRead(msg)
	case settingStored:
		m.sync()
		return m, tea.Batch(m.settingStored(msg), m.after(before))
	case goodsRead:
		m.sync()
		m.goodsRead(msg)
	case goodKeyed:
		m.sync()
		m.goodKeyed(msg)
	case sheetPrinted:
		m.sheetPrinted(msg)
	case deviceFound:
		m.deviceFound(msg)
	case glyphLate:
		m.glyphAnswered()
	case tea.CursorPositionMsg:
		m.glyphMeasured(msg)
		m.glyphAnswered()
	case beat:
		if msg.generation != m.beat {
			return m, nil // a slower timer was replaced by a faster one
		}
		m.sync()
		return m, tea.Batch(m.nextBeat(), m.after(before))
	}
	return m, m.after(before)
}

// Lang is the language on screen now, so that a program that ends can remember
// it.
func (m *Model) Lang() words.Lang { return m.lang }

// View draws the screen.
func (m *Model) View() tea.View {
	view := tea.NewView(screen.Draw(m.frame()))
	view.AltScreen = true
	if m.look.Mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	view.WindowTitle = "vpos · " + string(m.state.Name)
	if m.hidden {
		view.WindowTitle = "vpos"
	}
	return view
}

// frame gathers what a picture is made from.
func (m *Model) frame() screen.Frame {
	f := screen.Frame{
		State: m.state, Field: &m.field, Lang: m.lang, Theme: m.theme,
		Width: m.width, Height: m.height, Clock: m.clock,
		Live: m.options.Live, Devices: m.options.Devices(), HelpLine: m.options.HelpLine,
		Cursor: m.cursor, Page: m.page, List: m.list, Book: m.book.Book, Report: m.report.Report, Doctor: m.doctor.Doctor, Sheet: m.sheet.Sheet, Tuning: m.tuned(), Shelf: m.shown(), Recent: m.recent, Help: m.help,
		Deck: m.cards, Listed: m.listed, Marked: m.marked, Refuse: m.refuse,
		Told: m.sight().Told, Why: m.why, Hidden: m.hidden,
	}
	if m.muted {
		f.State.Problem = txn.NoProblem
	}
	if lang, known := words.Cardholder(m.state); known && !f.Help && f.Why == nil && !f.Hidden {
		f.Lang = lang // the question is the customer's
	}
	f.ASCII = m.ascii
	f.Notes, f.Flash = m.bell.shown(m.state, m.clock)
	if m.clock.Before(m.lit) {
		f.Pressed = m.pressed
	}
	return f
}

// sync takes over what the machine did by itself.
func (m *Model) sync() {
	before := m.state
	m.adopt(m.terminal.State())
	m.byItself(&before)
}

// dispatch gives the machine an event.
func (m *Model) dispatch(e txn.Event) {
	m.muted = false
	m.adopt(m.terminal.Dispatch(e))
}

// adopt makes s the state on screen. A new screen begins with an empty field, and one on
// which a key too many does harm takes none until the hands are quiet.
func (m *Model) adopt(s txn.State) {
	before := m.state.Name
	if s.Problem != m.state.Problem {
		m.muted = false
	}
	if s.PIN != m.state.PIN {
		m.field.Reset(keypad.FieldAt(s)) // another question: nothing typed for the last one answers it
	}
	if !slices.Equal(s.Choice.Names, m.state.Choice.Names) {
		m.cursor = 0
	}
	was, kind := keypad.FieldAt(m.state), keypad.FieldAt(s)
	m.notice(m.state, s)
	m.state = s
	if kind != was || s.Name != before && kind != m.field.Kind() {
		m.field.Reset(kind)
	}
	if s.Name == before {
		return
	}
	m.cursor, m.page, m.muted = 0, "", false
	m.sheet = sheetView{}
	m.uncover()
	if before == txn.Journal {
		m.list, m.book = screen.List{}, bookView{serial: m.book.serial + 1}
	}
	if before == txn.ReportShown {
		m.report = reportView{}
	}
	m.tuning, m.shelf = tuning{}, shelfView{Shelf: screen.Shelf{At: unmarked}}
	if before == txn.DoctorShown {
		m.leaveDoctor()
	}
	if s.Name == txn.DoctorShown {
		m.wantCheck()
	}
	if wary(&s) && (!isResult(s.Name) || !isResult(before)) {
		m.hush()
	}
}

// uncover takes away what lies over the screen.
func (m *Model) uncover() {
	if m.why != nil {
		m.cursor = 0
	}
	m.help, m.listed, m.refuse, m.why = false, false, "", nil
}

func isResult(n txn.Name) bool {
	return n == txn.ApprovedShown || n == txn.DeclinedShown || n == txn.UnknownShown
}
