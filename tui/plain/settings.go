package plain

import (
	"context"
	"strconv"
	"strings"

	"vpos/tui/words"
	"vpos/txn"
)

// Settings keeps the configuration, see [vpos/tui.Settings].
type Settings interface {
	Value(key string) string
	Change(ctx context.Context, key, value string) error
	File() string
}

// rows prints the rows of the settings behind some digits, a line each.
func (d *dialogue) rows(path string) {
	for _, row := range words.SettingsOf(path) {
		if row.Key == "" {
			d.say("%s %s – %s", row.Item, row.Name.In(d.Lang), row.Help.In(d.Lang))
			continue
		}
		d.say("%s %s%s%s (%s)", row.Item, row.Name.In(d.Lang), words.Colon.In(d.Lang), row.Shown(d.Lang, d.value(row.Key)), row.Key)
	}
}

func (d *dialogue) value(key string) string {
	if d.Settings == nil {
		return ""
	}
	return d.Settings.Value(key)
}

// setting takes a line at the settings: the digits of a group, of a row, or of a row and
// one of its values; or a key and its value.
func (d *dialogue) setting(ctx context.Context, word string) {
	row, choice, found := settingOf(word)
	switch {
	case !found:
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
	case choice >= 0:
		d.change(ctx, &row, row.Choices[choice].Value)
	case row.Key == "":
		d.rows(row.Item)
	default:
		d.describe(&row)
	}
}

// settingOf reads what was keyed: the row, and the place of the value wanted or -1.
func settingOf(word string) (row words.Setting, choice int, found bool) {
	if row, found = words.SettingAt(word); found {
		return row, -1, true
	}
	if key, value, two := strings.Cut(word, " "); two {
		row, found = words.SettingOf(key)
		choice = row.Chosen(strings.TrimSpace(value))
		return row, choice, found && choice >= 0
	}
	if row, found = words.SettingOf(word); found {
		return row, -1, true
	}
	if len(word) == 3 {
		row, found = words.SettingAt(word[:2])
		n, err := strconv.Atoi(word[2:])
		return row, n - 1, found && err == nil && n >= 1 && n <= len(row.Choices)
	}
	return row, -1, false
}

// describe prints what a row is for and its values.
func (d *dialogue) describe(row *words.Setting) {
	value := d.value(row.Key)
	d.say("%s%s%s (%s)", row.Name.In(d.Lang), words.Colon.In(d.Lang), row.Shown(d.Lang, value), row.Key)
	if row.Fixed() {
		d.say("%s", words.SettingFixed.In(d.Lang))
		return
	}
	d.say("%s", row.Help.In(d.Lang))
	parts := make([]string, len(row.Choices))
	for i := range row.Choices {
		parts[i] = row.Item + strconv.Itoa(i+1) + " " + row.Choices[i].In(d.Lang)
	}
	d.say("%s", strings.Join(parts, " · "))
}

// change has a value written, and says what became of it.
func (d *dialogue) change(ctx context.Context, row *words.Setting, value string) {
	if d.Settings == nil {
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	if err := d.Settings.Change(ctx, row.Key, value); err != nil {
		d.say("✗ %s", words.SettingFailed.In(d.Lang))
		return
	}
	d.Terminal.Dispatch(txn.Configured{Key: row.Key, Value: value})
	when := words.SettingLater
	if row.Key == "terminal.language" {
		if lang, one := words.ParseLang(value); one {
			d.Lang = lang
		}
		when = words.SettingNow
	}
	d.say("✓ %s · %s · %s · %s", row.Name.In(d.Lang)+words.Colon.In(d.Lang)+row.Shown(d.Lang, value), words.SettingSaved.In(d.Lang),
		words.SettingInFile.Fill(d.Lang, d.Settings.File()), when.In(d.Lang))
}
