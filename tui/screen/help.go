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
	if p.takesDigits() {
		p.add(p.helpRow("0-9", p.say(digits(p.State.Name))))
	}
	rows := p.helpful()
	crowded := len(rows)+len(p.lines) > h
	var letters []keypad.Binding
	for _, b := range rows {
		if crowded && b.Foot == 0 && b.Item != "" {
			letters = append(letters, b) // the menu says it as well
			continue
		}
		p.add(p.helpRow(p.text(b.Cap), p.text(b.Help)))
	}
	switch {
	case crowded && p.w >= pairWidth && len(p.lines)+(len(letters)+1)/2 <= h:
		p.pairs(letters)
	case crowded:
		p.add(p.helpRow("A–Z", p.say(words.MoreLetters)))
	}
	if h > len(p.lines)+6 {
		p.gap()
		p.note(words.SwipeAny, theme.Ink, p.say(words.SwipeAnyText))
	}
}

// pairWidth is the least width at which two keys stand beside each other.
const pairWidth = 72

// pairs are keys in two columns, the second behind the first.
func (p *page) pairs(list []keypad.Binding) {
	half := (len(list) + 1) / 2
	cell := func(b keypad.Binding) string {
		return left(left(p.ink(theme.Accent, p.text(b.Cap)), 4)+p.ink(theme.Ink, p.text(b.Help)), p.w/2)
	}
	for i := range half {
		line := cell(list[i])
		if i+half < len(list) {
			line += cell(list[i+half])
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
