package screen

import (
	"strings"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// amountLabel stands over every large amount.
const amountLabel = words.Amount

// keycap is one drawn key.
type keycap struct {
	id   string // as in Frame.Pressed
	face string
	wide int // cells inside the border
	role theme.Role
	on   bool // does something in this state
}

// keypadWidth is the drawn keypad's, of the standard layout.
const keypadWidth = 31

// pad draws the keypad, three lines a row of keys, or one where it is flat. In
// the tall form Enter is two rows high, as on a counter.
func (f *Frame) pad(flat bool) []string {
	digits, actions := f.digitKeys(), f.actionKeys()
	var out, column []string
	for i, row := range digits {
		if flat {
			line := ""
			for _, k := range append(row, actions[i]) {
				line += f.flatKey(k)
			}
			out = append(out, line)
			continue
		}
		lines := []string{"", "", ""}
		for _, k := range row {
			for y, part := range f.boxKey(k, len(lines)) {
				lines[y] += part
			}
		}
		out = append(out, lines...)
	}
	if flat {
		return out
	}
	column = append(column, f.boxKey(actions[0], 3)...)
	column = append(column, f.boxKey(actions[1], 3)...)
	column = append(column, f.boxKey(actions[3], 6)...)
	for y := range out {
		out[y] += column[y]
	}
	return out
}

func (f *Frame) digitKeys() [][]keycap {
	on := f.takesDigits()
	key := func(id string) keycap {
		_, bound := f.sight().Find(id)
		return keycap{id, id, 5, theme.Strong, on || bound}
	}
	point := key(".")
	point.on = on && (f.State.Name == txn.Idle || (keypad.FieldAt(f.State).Sum() || f.inBook() && f.Book.Asked.Field.Sum()))
	return [][]keycap{
		{key("1"), key("2"), key("3")},
		{key("4"), key("5"), key("6")},
		{key("7"), key("8"), key("9")},
		{point, key("0"), key("00")},
	}
}

// actionKeys is the column on the right; the third place is Enter's upper half.
func (f *Frame) actionKeys() [4]keycap {
	key := func(a keypad.Action, name string, label words.Label, role theme.Role) keycap {
		b, ok := f.sight().Find(name)
		return keycap{string(a), f.say(label), 8, role, ok && b.Foot > 0}
	}
	return [4]keycap{
		key(keypad.Cancel, "esc", words.KeyCancel, theme.Bad),
		key(keypad.Clear, "backspace", words.KeyClear, theme.Warn),
		{wide: 8},
		key(keypad.Enter, "enter", words.KeyEnter, theme.Good),
	}
}

// takesDigits reports whether a digit means something now.
func (f *Frame) takesDigits() bool {
	if f.Listed {
		return true
	}
	if f.State.Name == txn.Journal {
		return f.Book.View == keypad.FindView || f.Book.View == keypad.SearchView
	}
	switch f.State.Name {
	case txn.Idle, txn.Present, txn.Menu, txn.Choose, txn.Settings:
		return true
	}
	return keypad.FieldAt(f.State) != keypad.NoField
}

// boxKey draws one key with a border, h lines high; what is not active is dim.
func (f *Frame) boxKey(k keycap, h int) []string {
	role, edge := theme.Dim, theme.Line
	switch {
	case f.Pressed == k.id:
		role, edge = theme.Selected, theme.Accent
	case k.on && k.role == theme.Strong:
		role = k.role
	case k.on:
		role, edge = k.role, k.role
	}
	bar := strings.Repeat("─", k.wide)
	lines := []string{f.ink(edge, "╭"+bar+"╮")}
	for y := 1; y < h-1; y++ {
		face := ""
		if y == h/2 {
			face = k.face
		}
		lines = append(lines, f.ink(edge, "│")+f.ink(role, center(face, k.wide))+f.ink(edge, "│"))
	}
	return append(lines, f.ink(edge, "╰"+bar+"╯"))
}

// flatKey draws one key in brackets.
func (f *Frame) flatKey(k keycap) string {
	if k.id == "" {
		return spaces(k.wide + 2)
	}
	role := theme.Dim
	switch {
	case f.Pressed == k.id:
		role = theme.Selected
	case k.on:
		role = k.role
	}
	return f.ink(theme.Line, "[") + f.ink(role, center(k.face, k.wide)) + f.ink(theme.Line, "]")
}
