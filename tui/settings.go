package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

// Settings keeps the configuration for the settings screen.
type Settings interface {
	// Value is what a key stands at, or will from the next start on. It must not block.
	Value(key string) string
	// Change writes a key's new value to the file, and returns once it is on the disk. The
	// value is one of the choices of [words.Setting].
	Change(ctx context.Context, key, value string) error
	// File is where it is written.
	File() string
}

// tuning is the settings on screen.
type tuning struct {
	key, value string // to be written; the key is empty for nothing
	saving     bool
	saved      bool
	failed     bool
}

// settingStored says what became of a change.
type settingStored struct {
	key, value string
	err        error
}

// tuned is what the picture shows of it.
func (m *Model) tuned() screen.Tuning {
	if m.options.Settings == nil || m.state.Name != txn.Settings {
		return screen.Tuning{}
	}
	t := &m.tuning
	return screen.Tuning{
		Value: m.options.Settings.Value, File: m.options.Settings.File(), Saving: t.saving, Saved: t.saved, Failed: t.failed,
	}
}

// choices is how many rows the settings show now.
func (m *Model) choices() int {
	if row, ok := words.SettingAt(m.page); ok && row.Key != "" {
		return len(row.Choices)
	}
	return len(words.SettingsOf(m.page))
}

// chooseSetting takes a row of the settings, from 0: it opens a group or a row, or has a
// value written.
func (m *Model) chooseSetting(i int) {
	if i < 0 || i >= m.choices() {
		m.dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	row, ok := words.SettingAt(m.page)
	if !ok || row.Key == "" {
		m.openSetting(words.SettingsOf(m.page)[i].Item)
		return
	}
	m.cursor = i
	m.tuning = tuning{key: row.Key, value: row.Choices[i].Value}
}

// openSetting goes to a group, or to a row with the mark on what it stands at.
func (m *Model) openSetting(item string) {
	m.turn(item)
	m.tuning = tuning{}
	if row, ok := words.SettingAt(item); ok && row.Key != "" && m.options.Settings != nil {
		m.cursor = max(0, row.Chosen(m.options.Settings.Value(row.Key)))
	}
}

// closeSetting goes back to what a page of the settings was opened from.
func (m *Model) closeSetting() {
	last := m.page[len(m.page)-1]
	m.openSetting(m.page[:len(m.page)-1])
	m.cursor = int(last - '1')
}

// storeSetting has a change written. Until it is, the screen takes no key: leaving it
// would leave the change out of the audit.
func (m *Model) storeSetting() tea.Cmd {
	t := &m.tuning
	if t.key == "" || t.saving || m.options.Settings == nil {
		return nil
	}
	t.saving = true
	settings, key, value := m.options.Settings, t.key, t.value
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		return settingStored{key, value, settings.Change(ctx, key, value)}
	}
}

// settingStored takes what became of a change. What is of the screen counts at once.
func (m *Model) settingStored(msg settingStored) tea.Cmd {
	m.tuning = tuning{saved: msg.err == nil, failed: msg.err != nil}
	if msg.err != nil {
		return nil
	}
	m.dispatch(txn.Configured{Key: msg.key, Value: msg.value})
	look := m.look
	switch msg.key {
	case "terminal.language":
		if lang, one := words.ParseLang(msg.value); one {
			m.lang = lang
		}
		return nil
	case "screen.theme":
		look.Theme = msg.value
	case "screen.borders":
		look.Borders = msg.value
		m.sized = false
	case "screen.mouse":
		look.Mouse = msg.value == "true"
	case "screen.beep":
		look.Beep = msg.value == "true"
	default:
		return nil
	}
	m.Wear(look)
	return tea.Batch(m.askColour(), m.askWidth())
}
