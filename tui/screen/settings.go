package screen

import (
	"strconv"

	"vpos/tui/theme"
	"vpos/tui/words"
)

// Tuning is what the settings screen shows beside the table of settings.
type Tuning struct {
	Value  func(key string) string // as the configuration has it; nil where there is none
	File   string                  // where changes are written
	Saving bool
	Saved  bool // the last change is on the disk
	Failed bool // it is not
}

func (t *Tuning) value(key string) string {
	if t.Value == nil {
		return ""
	}
	return t.Value(key)
}

// settings lists the groups, or the rows of one with their values, or the values of one
// row with what it is for. A digit chooses; what is fixed is only shown.
func settings(p *page, h int) {
	if row, ok := words.SettingAt(p.Page); ok && row.Key != "" {
		p.setting(&row, h)
		return
	}
	p.para(theme.Dim, p.text(words.ForState(p.State.Name).Prompt))
	p.gap()
	rows := words.SettingsOf(p.Page)
	airy := h-len(p.lines)-2 >= 2*len(rows)
	for i := range rows {
		tail := p.text(rows[i].Help)
		if rows[i].Key != "" {
			tail = rows[i].Shown(p.Lang, p.Tuning.value(rows[i].Key))
		}
		p.option(i, p.text(rows[i].Name), tail)
		if airy {
			p.gap()
		}
	}
	p.foot(h)
}

// option is one line to choose: its digit, its name, and on the right what it stands at.
func (p *page) option(i int, name, tail string) {
	head := " " + strconv.Itoa(i+1) + "  " + name
	if room := p.w - width(head) - 4; width(tail) > room {
		tail = "" // the row itself says it
	}
	line := spread(p.ink(theme.Strong, " "+head), p.ink(theme.Accent, tail)+" ", p.w)
	if i == p.Cursor {
		line = p.ink(theme.Selected, spread("▸"+head, tail+" ", p.w))
	}
	p.add(p.zone(OnRow, strconv.Itoa(i), line))
}

// setting is one row: what it is for, and its values.
func (p *page) setting(row *words.Setting, h int) {
	value := p.Tuning.value(row.Key)
	if row.Fixed() {
		p.para(theme.Strong, row.Shown(p.Lang, value))
		p.gap()
		p.para(theme.Ink, p.text(words.SettingFixed))
		p.add(p.ink(theme.Dim, row.Key))
		p.foot(h)
		return
	}
	p.para(theme.Ink, p.text(row.Help))
	p.gap()
	now := row.Chosen(value)
	if now < 0 { // set in the file to what is no choice
		p.add(p.ink(theme.Strong, "  ●  "+row.Shown(p.Lang, value)))
	}
	for i := range row.Choices {
		sign := ""
		if i == now {
			sign = "●"
		}
		p.option(i, row.Choices[i].In(p.Lang), sign)
	}
	p.aside(row, h-1) // the foot has the last line
	p.foot(h)
}

// aside says when a change counts and what the key is called in the file, as far as there
// is room.
func (p *page) aside(row *words.Setting, h int) {
	when := words.SettingLater
	if row.Now {
		when = words.SettingNow
	}
	lines := []string{p.text(when), row.Key}
	if width(row.Key)+1+width(lines[0]) <= p.w {
		lines = []string{spread(row.Key, lines[0], p.w)}
	}
	if len(p.lines)+len(lines) < h {
		p.gap()
	}
	for _, line := range lines[:max(0, min(len(lines), h-len(p.lines)))] {
		p.add(p.ink(theme.Dim, line))
	}
}

// foot says what became of the last change, on the last line.
func (p *page) foot(h int) {
	role := theme.Dim
	var text words.Text
	switch {
	case p.Tuning.Saving:
		text = words.SettingSaving
	case p.Tuning.Saved:
		role, text = theme.Good, words.SettingSaved
	case p.Tuning.Failed:
		role, text = theme.Warn, words.SettingFailed
	default:
		return
	}
	for len(p.lines) < h-1 {
		p.gap()
	}
	line := p.text(text)
	if p.Tuning.Saved {
		line = "✓ " + line
		if file := line + "  " + words.SettingInFile.Fill(p.Lang, p.Tuning.File); width(file) <= p.w {
			line = file
		}
	}
	p.middle(role, line)
}
