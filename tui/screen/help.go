package screen

import (
	"slices"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// help lists every key of the state below it, from the table of bindings.
func help(p *page, h int) {
	p.add(p.ink(theme.Accent, p.text(words.Of(p.State).Title)))
	p.gap()
	rows := p.helpful()
	if len(rows)+len(p.lines)+1 > h && p.w >= 2*helpColumn {
		p.helpTwice(rows)
		return
	}
	if p.takesDigits() {
		p.add(p.helpRow("0-9", p.say(digits(p.State.Name))))
	}
	crowded := len(rows)+len(p.lines) > h
	for _, b := range rows {
		if crowded && b.Foot == 0 && b.Item != "" {
			continue // the menu says it as well
		}
		p.add(p.helpRow(p.text(b.Cap), p.text(b.Help)))
	}
	if crowded {
		p.add(p.helpRow("A–Z", p.say(words.MoreLetters)))
	}
	if h > len(p.lines)+6 {
		p.gap()
		p.note(words.SwipeAny, theme.Ink, p.say(words.SwipeAnyText))
	}
}

// helpColumn is the width of a row of help in two columns: six cells of keys, the
// longest sentence there is, and a gap.
const helpColumn = 37

// helpTwice lists the bindings in two columns, down the first one first.
func (p *page) helpTwice(rows []keypad.Binding) {
	var cells []string
	add := func(key, text string) {
		cells = append(cells, left(p.ink(theme.Accent, key), 6)+p.ink(theme.Ink, text))
	}
	if p.takesDigits() {
		add("0-9", p.say(digits(p.State.Name)))
	}
	for _, b := range rows {
		add(p.text(b.Cap), p.text(b.Help))
	}
	half := (len(cells) + 1) / 2
	for i := range half {
		line := left(cells[i], helpColumn)
		if i+half < len(cells) {
			line += cells[i+half]
		}
		p.add(line)
	}
}

// helpful lists the bindings that the help screen tells of.
func (p *page) helpful() []keypad.Binding {
	return slices.DeleteFunc(p.sight().Enabled(), func(b keypad.Binding) bool { return b.Keys == nil || b.Short.Empty() })
}

// digits is what a digit does in a state.
func digits(name txn.Name) words.Label {
	switch name {
	case txn.Idle:
		return words.DigitsBegin
	case txn.Menu, txn.Choose:
		return words.DigitsChoose
	case txn.AuthEntry, txn.ReferenceEntry:
		return words.DigitsLetters
	default:
		return words.TypeDigits
	}
}

func (p *page) helpRow(key, text string) string {
	return left(p.ink(theme.Accent, key), 7) + p.ink(theme.Ink, left(text, min(width(text), p.w-7)))
}
