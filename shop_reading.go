package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"vpos/tui/words"
	"vpos/txn/journal"
)

// What a command that only reads opens, and what must be there before anything is
// opened.

// readShop is openShop for a command that only reads: it makes no folder and
// writes no log. A journal or a ledger that is not there is not made.
func readShop(s settings) (*shop, error) {
	c, lang, err := loadConfig(s)
	if err != nil {
		return nil, err
	}
	return &shop{config: c, lang: lang, dir: dataFolder(s, c), log: slog.New(slog.DiscardHandler), reading: true}, nil
}

// keyThere holds that a journal still has its key beside it: a new key in its
// place would open nothing, and stand in the way of the old one.
func (p *shop) keyThere() error {
	there := func(name string) (bool, error) {
		info, err := os.Stat(filepath.Join(p.dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, advise(words.FolderFailed, p.lang, err)
		}
		return info.Size() > 0, nil
	}
	kept, err := there(journalName)
	switch {
	case err != nil:
		return err
	case !kept && p.reading:
		return advise(words.JournalMissing, p.lang, errors.New(p.dir))
	case !kept:
		return nil
	}
	key, err := there("journal.key")
	if err == nil && !key {
		return journalError(journal.ErrKeyLost, p.lang)
	}
	return err
}

// journalName is the journal's file in the data folder.
const journalName = "journal.db"
