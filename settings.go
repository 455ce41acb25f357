package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/adrg/xdg"

	"vpos/tui/words"
	"vpos/txn/config"
	"vpos/txn/journal"
)

// settingsName is the file of a training terminal that was started without one: what its
// merchant changed on the settings screen. It lies in the data folder.
const settingsName = "settings.toml"

// configFile is the file a run goes by: the flag's, or the one that the settings screen
// wrote into the data folder; empty where there is none.
func configFile(s settings) string {
	if s.config != "" {
		return s.config
	}
	path := ownSettings(s)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return path
}

// ownSettings is where the settings of a terminal without a file are kept. Such a one is
// a training terminal.
func ownSettings(s settings) string {
	if s.data != "" {
		return filepath.Join(s.data, settingsName)
	}
	return filepath.Join(xdg.StateHome, "vpos", string(journal.Training), settingsName)
}

// tuner writes what the settings screen changes. It is safe for concurrent use.
type tuner struct {
	shop *shop
	path string

	mu  sync.Mutex
	now config.Config // as the file has it
}

func (p *shop) tuner() *tuner {
	t := &tuner{shop: p, path: p.config.Source, now: p.config}
	if t.path == "" {
		t.path = filepath.Join(p.dir, settingsName)
	}
	return t
}

// Value is what the file says of a key; the defaults where there is none.
func (t *tuner) Value(key string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	value, _ := t.now.Value(key)
	return value
}

// Change writes a key's new value to the file. Only what the settings offer is taken: the
// host, its keys and the mode are no settings, whoever asks.
func (t *tuner) Change(_ context.Context, key, value string) error {
	row, known := words.SettingOf(key)
	if !known || row.Chosen(value) < 0 {
		return errNoSetting
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c, err := config.Store(t.path, words.SettingsHead.In(t.shop.lang)+"\n"+config.Checksum, key, value)
	if err != nil {
		t.shop.log.Error("settings", "key", key, "err", err)
		return err
	}
	t.now = c
	t.shop.log.Info("settings", "key", key, "value", value)
	return nil
}

// File is where changes are written.
func (t *tuner) File() string { return t.path }

var errNoSetting = errors.New("no setting, or no value of it")
