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
		p.add(p.helpRow(typed(p.State.Name), p.say(digits(p.State.Name))))
	}
	rows := p.helpful()
	crowded := len(rows)+len(p.lines) > h
	names := p.names(rows, p.w-7)
	var letters []keypad.Binding
	for _, b := range rows {
		if crowded && b.Foot == 0 && b.Item != "" {
			letters = append(letters, b) // the menu says it as well
			continue
		}
		p.add(p.helpRow(p.text(b.Cap), p.purpose(b, names)))
	}
	switch {
	case crowded && p.w >= pairWidth && len(p.lines)+(len(letters)+1)/2 <= h:
		p.pairs(letters)
	case crowded:
		p.add(p.helpRow("A–Z", p.say(words.MoreLetters)))
	}
	if h > len(p.lines)+6 && takesSwipe(p.State) {
		p.gap()
		p.note(words.SwipeAny, theme.Ink, p.say(words.SwipeAnyText))
	}
}

// pairWidth is the least width at which two keys stand beside each other.
const pairWidth = 72

// pairs are keys in two columns, the second behind the first.
func (p *page) pairs(list []keypad.Binding) {
	const key, gap = 3, 1
	half, w := (len(list)+1)/2, p.w/2-key-gap
	names := p.names(list, w)
	cell := func(b keypad.Binding) string {
		return left(left(p.ink(theme.Accent, p.text(b.Cap)), key)+p.ink(theme.Ink, p.purpose(b, names)), p.w/2)
	}
	for i := range half {
		line := cell(list[i])
		if i+half < len(list) {
			line += cell(list[i+half])
		}
		p.add(line)
	}
}

// names is how wide a column of what the menu calls them is, before what they do: a
// cashier looks for the name. It is 0 where there is no room for it.
func (p *page) names(list []keypad.Binding, w int) (column int) {
	for _, b := range list {
		if menued(b) {
			column = max(column, width(p.text(b.Short))+1)
		}
	}
	if slices.ContainsFunc(list, func(b keypad.Binding) bool { return menued(b) && column+width(p.text(b.Help)) > w }) {
		return 0
	}
	return column
}

// purpose is what a key does, behind its name in a column of that width.
func (p *page) purpose(b keypad.Binding, column int) string {
	if column == 0 || !menued(b) {
		return p.text(b.Help)
	}
	return left(p.text(b.Short), column) + p.text(b.Help)
}

// menued reports whether a key is a short cut to something a cashier knows by its name.
func menued(b keypad.Binding) bool {
	return b.Item != "" && (b.Action == keypad.Begin && b.Kind != txn.Sale || b.Action == keypad.Report)
}

// helpful lists the bindings that the help screen tells of.
func (p *page) helpful() []keypad.Binding {
	return slices.DeleteFunc(p.sight().Enabled(), func(b keypad.Binding) bool { return b.Keys == nil || b.Short.Empty() })
}

// typed is what is keyed in a state that takes digits.
func typed(name txn.Name) string {
	if digits(name) == words.DigitsLetters {
		return "0-9A-Z"
	}
	return "0-9"
}

// takesSwipe reports whether a card may be swiped in a state. Behind the card's own
// questions one is dropped.
func takesSwipe(s txn.State) bool {
	switch s.Name {
	case txn.Idle, txn.AmountEntry, txn.Present, txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry, txn.Confirm, txn.DeclinedShown:
		return s.Draft.Kind != txn.Phone && s.Draft.Kind != txn.Tip && s.Draft.Kind != txn.Settlement && !s.Draft.Kind.Managing()
	default:
		return false
	}
}

// digits is what a digit does in a state.
func digits(name txn.Name) words.Label {
	switch name {
	case txn.Idle:
		return words.DigitsBegin
	case txn.Menu, txn.Choose, txn.Settings:
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
