package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/reader"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// key takes a key press. Whatever types a character passes the capture first,
// on every screen, so that a swipe never reaches a field.
func (m *Model) key(k tea.KeyPressMsg) {
	m.touch()
	typed := runes(k)
	if len(typed) == 0 {
		m.take(m.capture.Flush(m.clock), false)
		m.named(k.String())
		return
	}
	for _, r := range typed {
		r, ok := m.input.take(r)
		if !ok {
			continue
		}
		m.take(m.capture.Key(r, m.clock), isEnter(r))
	}
}

// touch tells the machine, at most once a second, that somebody is at work: most keys
// it never sees.
func (m *Model) touch() {
	if !m.hidden && m.state.Operator != "" && m.clock.Sub(m.touched) >= time.Second {
		m.touched = m.clock
		m.adopt(m.terminal.Dispatch(txn.Touched{}))
	}
}

func isEnter(r rune) bool { return r == '\r' || r == '\n' }

// runes is what a key types; nothing for a key that is only a name.
func runes(k tea.KeyPressMsg) []rune {
	switch {
	case k.Text != "":
		return []rune(k.Text)
	case k.Mod == tea.ModCtrl && k.Code == 'j':
		return []rune{'\n'}
	case k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper|tea.ModHyper) != 0:
		return nil
	case k.Code == tea.KeyEnter || k.Code == tea.KeyKpEnter:
		return []rune{'\r'}
	case k.Code >= tea.KeyKp0 && k.Code <= tea.KeyKp9:
		return []rune{'0' + k.Code - tea.KeyKp0}
	}
	if r, ok := keypadRunes[k.Code]; ok {
		return []rune{r}
	}
	return nil
}

var keypadRunes = map[rune]rune{
	tea.KeyKpEqual: '=', tea.KeyKpMultiply: '*', tea.KeyKpPlus: '+', tea.KeyKpMinus: '-',
	tea.KeyKpDecimal: '.', tea.KeyKpComma: '.', tea.KeyKpSep: '.',
}

func (m *Model) tooSmall() bool {
	return m.width > 0 && (m.width < screen.MinWidth || m.height < screen.MinHeight)
}

// typed takes a character that is a person's. A field takes what it wants;
// a digit where no field is yet opens one; the rest are shortcuts.
func (m *Model) typed(r rune) {
	if m.hidden {
		m.peek(keypad.Name(r))
		return
	}
	if !m.field.Wants(r) && m.covers(keypad.Name(r)) || m.deaf(keypad.Name(r)) {
		return
	}
	if m.help {
		m.help = false
		return
	}
	digit := keypad.IsDigit(r)
	switch {
	case m.why != nil:
		m.named(keypad.Name(r))
		return
	case m.listed && digit:
		m.insertOnPage(int(reader.Fold(r) - '0'))
		return
	case m.listed:
		m.named(keypad.Name(r))
		return
	case m.field.Wants(r):
	case m.state.Name == txn.Idle && (digit || keypad.IsPoint(r)):
		m.dispatch(txn.Opened{Kind: txn.Sale})
	case m.state.Name == txn.Present && digit:
		m.dispatch(txn.Opened{Name: txn.PANEntry})
	case m.state.Name == txn.Menu && digit:
		m.pick(string(reader.Fold(r)))
		return
	case m.state.Name == txn.Settings && digit:
		m.chooseSetting(int(reader.Fold(r) - '1'))
		return
	case m.state.Name == txn.Choose && digit:
		m.application(int(reader.Fold(r) - '0'))
		return
	case m.state.Name == txn.Journal && m.book.View == keypad.SearchView && digit && reader.Fold(r) != '0':
		m.criterion(string(reader.Fold(r)))
		return
	default:
		m.named(keypad.Name(r))
		return
	}
	if m.field.Type(r) {
		m.muted = true
		m.shelf.At, m.shelf.Fault = unmarked, ""
		m.light(r)
	}
}

// named takes a key by its name.
func (m *Model) named(name string) {
	if m.hidden {
		m.peek(name)
		return
	}
	if m.covers(name) || m.deaf(name) {
		return
	}
	if m.help {
		m.help = false
		return
	}
	if m.why != nil {
		m.scroll(name)
		return
	}
	b, ok := m.sight().Find(name)
	switch {
	case ok:
		m.flash(drawn[name])
		m.act(b)
	case m.listed:
	case m.sight().Known(name) || keypad.IsDigit([]rune(name + " ")[0]) && len(name) == 1:
		m.dispatch(txn.Misread{Code: txn.NotHere})
	}
}

// sight is what decides which keys work.
func (m *Model) sight() keypad.Sight {
	return keypad.Sight{State: m.state, Deck: m.cards != nil, Listed: m.listed, Told: len(m.options.Trace()) > 0, Explained: m.why != nil, View: m.book.View, Hidden: m.hidden}
}

// drawn is the drawn key that a named key belongs to.
var drawn = map[string]string{
	"enter": string(keypad.Enter), "esc": string(keypad.Cancel), "backspace": string(keypad.Clear),
}

// light flashes a drawn digit, but never one of a card: a screen that repeats
// the number key by key would tell it to everybody.
func (m *Model) light(r rune) {
	switch kind := m.field.Kind(); {
	case kind.Sum(), kind == keypad.TraceField, kind == keypad.GoodsField, kind == keypad.DateField, kind == keypad.FindField:
		m.flash(string(reader.Fold(r)))
	}
}

func (m *Model) flash(key string) { m.pressed, m.lit = key, m.clock.Add(flash) }
