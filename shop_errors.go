package main

import (
	"errors"

	"vpos/tui/words"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
)

// journalError puts what is wrong with the journal in the catalogue's words.
func journalError(err error, l words.Lang) error {
	table := []struct {
		is    error
		words words.Failure
	}{
		{journal.ErrMissing, words.JournalMissing},
		{journal.ErrInUse, words.JournalInUse},
		{journal.ErrCorrupt, words.JournalCorrupt},
		{journal.ErrSeal, words.JournalCorrupt},
		{journal.ErrReadOnly, words.JournalReadOnly},
		{journal.ErrFull, words.JournalFull},
		{journal.ErrMode, words.JournalMode},
		{journal.ErrTerminal, words.JournalTerminal},
		{journal.ErrNewer, words.JournalNewer},
		{journal.ErrForeign, words.JournalForeign},
		{journal.ErrKey, words.JournalKey},
		{journal.ErrKeyLost, words.JournalKey},
		{journal.ErrKeyFile, words.JournalKey},
		{journal.ErrPassphrase, words.JournalPassphrase},
		{journal.ErrNoKeySource, words.JournalNoKey},
	}
	for _, row := range table {
		if errors.Is(err, row.is) {
			return advise(row.words, l, err)
		}
	}
	return advise(words.JournalFailed, l, err)
}

// ledgerError puts what is wrong with the host's ledger in the catalogue's words.
func ledgerError(err error, l words.Lang) error {
	if errors.Is(err, sim.ErrInUse) {
		return advise(words.LedgerInUse, l, err)
	}
	return advise(words.HostStoreFailed, l, err)
}
