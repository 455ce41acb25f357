package screen

import (
	"strings"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// compact is the layout from 40×20: no border, and a keypad in brackets where
// the screen leaves room for one.
func compact(f *Frame) ([]string, int) {
	lines := append([]string{f.statusBar()}, f.warnings()...)
	w := f.Width - 2
	h := f.Height - len(lines) - 2 // the title and the footer
	var keys []string
	if !f.over() && f.State.Name != txn.Menu && f.State.Name != txn.Settings && f.State.Name != txn.Choose && f.Book.View != keypad.SearchView &&
		f.takesDigits() {
		keys = centred(f.pad(true), w)
		if len(trimBlank(f.content(w, h, false)))+len(f.problem(w))+len(keys) > h {
			keys = nil
		}
	}
	body, lost := f.body(w, h-len(keys), false)
	body = append(box(body, w, h-len(keys)), keys...)
	lines = append(lines, " "+f.ink(theme.Strong, f.title()))
	for _, line := range box(body, w, h) {
		lines = append(lines, " "+line)
	}
	return append(lines, f.footer()), lost
}

// standard is the layout from 80×24: the display on the left, the keypad on the
// right.
func standard(f *Frame) ([]string, int) {
	lines := append([]string{f.statusBar()}, f.warnings()...)
	h := f.Height - len(lines) - 1
	if f.over() || f.fills() {
		body, lost := f.framed(f.Width, h, false)
		return append(append(lines, body...), f.footer()), lost
	}
	body, lost := f.framed(f.Width-keypadWidth-1, h, false)
	lines = append(lines, beside(body, f.side(h))...)
	return append(lines, f.footer()), lost
}

// fills reports whether a screen has the whole width: a list, and nothing to type digits
// into.
func (f *Frame) fills() bool {
	switch f.State.Name {
	case txn.Journal:
		return f.Book.View != keypad.FindView
	case txn.ReportShown, txn.DoctorShown, txn.Settings:
		return true
	default:
		return false
	}
}

// wide is the layout from 120×40: the display above, the keypad and its words
// below, the newest transactions on the right.
func wide(f *Frame) ([]string, int) {
	lines := append([]string{f.statusBar()}, f.warnings()...)
	h := f.Height - len(lines) - 1
	const below = 14
	pane := 40
	main := f.Width - pane - 1
	top, lost := f.framed(main, h-below, true)
	keys := box(f.pad(false), keypadWidth, below)
	bottom := beside(keys, f.keysPane(main-keypadWidth-1, below))
	for i := range bottom {
		bottom[i] = left(bottom[i], main)
	}
	lines = append(lines, beside(append(top, bottom...), f.recentPane(pane, h))...)
	return append(lines, f.footer()), lost
}

// side is the keypad with the space around it.
func (f *Frame) side(h int) []string {
	pad := f.pad(false)
	top := (h - len(pad)) / 2
	return box(append(make([]string, max(0, top)), pad...), keypadWidth, h)
}

// framed is the body of a screen in its panel.
func (f *Frame) framed(w, h int, tall bool) ([]string, int) {
	inner := w - 6
	body, lost := f.body(inner, h-2, tall)
	for i := range body {
		body[i] = " " + left(body[i], inner) + " "
	}
	return f.panel(f.title(), box(body, inner+2, h-2), inner+2), lost
}

// title is what the screen is called; as many notes follow as there were beeps.
func (f *Frame) title() string {
	if f.Notes > 0 {
		return f.name() + " " + strings.Repeat("♪", f.Notes)
	}
	return f.name()
}

func (f *Frame) name() string {
	if f.Help {
		return f.say(words.HelpTitle)
	}
	if f.Listed {
		return f.say(words.DeckTitle)
	}
	if f.Why != nil {
		return f.say(words.WhyTitle)
	}
	if f.inBook() {
		return f.bookTitle()
	}
	title := f.text(words.Of(f.State).Title)
	if b, ok := keypad.ItemAt(f.Page); ok && f.State.Name == txn.Menu {
		title += " › " + f.text(b.Short)
	}
	if row, ok := words.SettingAt(f.Page); ok && f.State.Name == txn.Settings {
		title += " › " + f.text(row.Name)
	}
	return title
}

// body is the screen's content with the problem, if any, at its foot, or what became of its
// paper.
func (f *Frame) body(w, h int, tall bool) ([]string, int) {
	if f.over() {
		return fit(f.content(w, h, tall), h)
	}
	problem := f.problem(w)
	if problem == nil {
		problem = f.sheet()
	}
	top, lost := fit(f.content(w, h-len(problem), tall), h-len(problem))
	if len(problem) == 0 {
		return top, lost
	}
	return append(box(top, w, h-len(problem)), problem...), lost
}

// content calls the screen of the state.
func (f *Frame) content(w, h int, tall bool) []string {
	p := &page{Frame: f, w: w, tall: tall}
	draw := screens[f.State.Name]
	switch {
	case f.Help:
		draw = help
	case f.Listed:
		draw = deck
	case f.Why != nil:
		draw = why
	case f.inBook():
		draw = bookScreens[f.Book.View]
	case draw == nil:
		draw = idle
	}
	if w > MinWidth {
		p.gap() // below the border
	}
	draw(p, h)
	return p.lines
}

// screens has one entry a state.
var screens = map[txn.Name]func(p *page, h int){
	txn.Idle:           idle,
	txn.AmountEntry:    amount,
	txn.Present:        present,
	txn.Choose:         choose,
	txn.PINEntry:       pin,
	txn.PANEntry:       pan,
	txn.ExpiryEntry:    expiry,
	txn.CVVEntry:       cvv,
	txn.OTPEntry:       otp,
	txn.Confirm:        confirm,
	txn.Processing:     processing,
	txn.ApprovedShown:  approved,
	txn.DeclinedShown:  declined,
	txn.UnknownShown:   unknown,
	txn.Printing:       printing,
	txn.PaperEntry:     paper,
	txn.Menu:           menu,
	txn.Journal:        journal,
	txn.TraceEntry:     trace,
	txn.TipEntry:       tip,
	txn.AuthEntry:      past,
	txn.ReferenceEntry: past,
	txn.DateEntry:      past,
	txn.PayCodeEntry:   paycode,
	txn.ReasonEntry:    reason,
	txn.WarningShown:   warning,
	txn.Settle:         settle,
	txn.ReportShown:    report,
	txn.DoctorShown:    doctor,
	txn.Settings:       settings,
	txn.GoodsEntry:     goods,
	txn.Stock:          stock,

	txn.Lock:            who,
	txn.SupervisorEntry: who,
	txn.Passcode:        passcode,
	txn.NewPasscode:     passcode,
	txn.CashEntry:       amount,
	txn.ShiftShown:      shift,
}

// fit makes lines fit a height: first the empty ones go, from the end, then
// content is lost, which the tests do not allow at any size.
func fit(lines []string, h int) ([]string, int) {
	lines = trimBlank(lines)
	for i := len(lines) - 1; i >= 0 && len(lines) > h; i-- {
		if lines[i] == "" {
			lines = append(lines[:i:i], lines[i+1:]...)
		}
	}
	if len(lines) > h {
		return lines[:max(0, h)], len(lines) - h
	}
	return lines, 0
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func centred(lines []string, w int) []string {
	for i := range lines {
		lines[i] = center(lines[i], w)
	}
	return lines
}

// keysPane tells, in the wide layout, what every key of the state does.
func (f *Frame) keysPane(w, h int) []string {
	p := &page{Frame: f, w: w - 4}
	for _, b := range f.sight().Footer() {
		p.add(left(f.ink(theme.Accent, f.text(b.Cap)), 7) + f.ink(theme.Ink, f.text(b.Help)))
	}
	return f.panel(f.say(words.Keys), box(p.lines, w-4, h-2), w-4)
}
