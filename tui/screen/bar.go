package screen

import (
	"strconv"
	"strings"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// statusBar is the first line of every frame: the mode, the link, the reader,
// the printer, the clock. A device has a sign as well as a colour.
func (f *Frame) statusBar() string {
	roomy := f.Width >= 80
	space := f.ink(theme.Bar, " ")
	line := ""
	for _, d := range f.devices(roomy) {
		line += space + d
		if roomy {
			line += space
		}
	}
	if width(f.mark()+line+" 15:04 ") > f.Width {
		line = strings.TrimPrefix(line, space) // the mark ends in a space of its own
	}
	line = f.mark() + line
	tail := f.ink(theme.Bar, f.clock(roomy, f.Width-width(line)))
	return line + f.ink(theme.Bar, spaces(f.Width-width(line)-width(tail))) + tail
}

// clock is the time, with the terminal's number and the date where there is room:
// of the three the minutes are what a cashier needs.
func (f *Frame) clock(roomy bool, room int) string {
	if f.Clock.IsZero() {
		return " "
	}
	short := f.Clock.Format("15:04") + " "
	long := f.Clock.Format("2006-01-02 15:04") + " "
	full := f.State.Setup.Terminal + "  " + long
	if who := f.State.Operator; who != "" {
		full, long = who+" · "+full, who+" · "+long
	}
	switch {
	case roomy && f.State.Setup.Terminal != "" && width(full) <= room:
		return full
	case roomy && width(long) <= room:
		return long
	}
	return short
}

// mark says which mode it is, on every frame.
func (f *Frame) mark() string {
	if f.Live {
		return f.ink(theme.Live, " "+f.say(words.Live)+" ")
	}
	return f.ink(theme.Training, " "+f.say(words.Training)+" ")
}

func (f *Frame) devices(roomy bool) []string {
	sign := func(role theme.Role, sign, text string) string {
		return f.ink(role, sign) + f.ink(theme.Bar, " "+text)
	}
	host := sign(theme.BarDim, "○", f.say(words.HostWord))
	switch f.State.Link {
	case txn.LinkUp:
		host = sign(theme.BarGood, "●", f.say(words.HostWord))
	case txn.LinkDown:
		host = sign(theme.BarBad, "✗", f.say(words.HostWord))
	case txn.LinkUnknown:
	}
	role, mark, label := f.printer()
	if !roomy {
		label = words.PrinterWord
	}
	return []string{host, f.reader(roomy), sign(role, mark, f.say(label))}
}

// printer is the sign of where slips go, and what is the matter.
func (f *Frame) printer() (theme.Role, string, words.Label) {
	switch f.Devices.Printer {
	case PrinterFile:
		return theme.BarGood, "●", words.PrinterFile
	case PrinterReady:
		return theme.BarGood, "●", words.PrinterWord
	case PrinterNearEnd:
		return theme.BarGood, "▲", words.PrinterNearEnd
	case PrinterNone, PrinterTrouble:
	}
	return theme.BarBad, "✗", words.PrinterTrouble
}

// reader is the sign of the chip reader; where there is room it says what is
// the matter.
func (f *Frame) reader(roomy bool) string {
	role, sign, label := theme.BarDim, "○", words.ReaderWord
	switch f.Devices.Reader {
	case ReaderReady:
		role, sign = theme.BarGood, "●"
	case ReaderDisabled:
		sign, label = "–", words.ReaderDisabled
	case ReaderNoService:
		sign, label = "–", words.ReaderNoService
	case ReaderNone:
		sign, label = "–", words.ReaderNone
	case ReaderCardIn:
		role, sign, label = theme.BarGood, "▣", words.ReaderCardIn
	case ReaderMute:
		role, sign, label = theme.BarBad, "✗", words.ReaderMute
	case ReaderBusy:
		role, sign, label = theme.BarBad, "✗", words.ReaderBusy
	case ReaderUnknown:
	}
	if !roomy {
		label = words.ReaderWord
	}
	return f.ink(role, sign) + f.ink(theme.Bar, " "+f.say(label))
}

// warnings are what stands on every screen until it is put right: a forgotten
// card, the disk, money to be reversed, paper owed.
func (f *Frame) warnings() []string {
	text := ""
	add := func(s string) {
		if text != "" {
			text += " · "
		}
		text += s
	}
	if words.CardForgotten(f.State) {
		add(f.say(words.CardOut))
	}
	if f.State.Frozen != nil && f.State.Draft.Kind != txn.Settlement {
		add(f.text(words.ForCode(txn.BatchFrozen).Headline))
	}
	for _, code := range []txn.Code{f.State.Halted, f.State.Trouble} {
		if code != txn.NoProblem {
			add(f.text(words.ForCode(code).Headline))
		}
	}
	if f.State.StuckReversals() > 0 {
		add(f.text(words.ForCode(txn.ReversalStuck).Headline))
	}
	if n := len(f.State.Pending); n > 0 {
		add(words.PendingReversals.Fill(f.Lang, n))
	}
	if n := words.AdvicesLate(f.State); n > 0 {
		add(words.AdvicesWaiting.Fill(f.Lang, n))
	}
	if n := len(f.State.Owed); n > 0 {
		add(words.OwedSlips.Fill(f.Lang, n))
	}
	var lines []string
	for i, line := range words.Wrap(text, f.Width-4) {
		head := " ! "
		if i > 0 {
			head = "   "
		}
		lines = append(lines, f.ink(theme.Warn, head+line))
	}
	return lines
}

// problem is why the last entry or act was refused, and the next step.
func (f *Frame) problem(w int) []string {
	if f.State.Problem == txn.NoProblem {
		return nil
	}
	advice := words.ForCode(f.State.Problem)
	lines := []string{f.ink(theme.Warn, "! "+f.text(advice.Headline))}
	for _, line := range words.Wrap(f.text(advice.Next), w-2) {
		lines = append(lines, "  "+f.ink(theme.Ink, line))
	}
	return lines
}

// footer is the last line: the keys of the state, most wanted first, as many as
// fit. Help is always among them.
func (f *Frame) footer() string {
	if f.Help {
		return " " + f.ink(theme.Dim, f.say(words.HelpFoot))
	}
	item := func(i int, b keypad.Binding) string {
		return f.zone(OnFooter, strconv.Itoa(i), f.ink(theme.Accent, f.text(b.Cap))+" "+f.ink(theme.Dim, f.text(b.Short)))
	}
	var help string
	var rest []string
	for i, b := range f.sight().Footer() {
		if b.Action == keypad.Help {
			help = item(i, b)
			continue
		}
		rest = append(rest, item(i, b))
	}
	line := " "
	for _, s := range rest {
		if width(line)+width(s)+2+width(help) < f.Width {
			line += s + "  "
		}
	}
	return spread(line, help+" ", f.Width)
}
