package journal

import (
	"fmt"
	"slices"

	"vpos/txn"
)

// admit refuses a row that does not follow from what the journal has of its
// transaction (txn.Record.Follows).
func admit(before item, known bool, r txn.Record) error {
	was := txn.Drafted
	if known {
		was = txn.Status(before.status)
	}
	switch {
	case r.Follows(was):
		return nil
	case !slices.Contains(txn.RecordTypes(), r.Type):
		return fmt.Errorf("%w: unknown row %q", ErrRecord, r.Type)
	case r.Type == txn.RecIntent:
		return fmt.Errorf("%w: batch %s trace %s", ErrDuplicate, r.Txn.Batch, r.Txn.STAN)
	}
	return fmt.Errorf("%w: %s after %q", ErrTransition, r.Type, was)
}

// admitTogether refuses a commit that does or undoes half of something
// (txn.Together).
func admitTogether(records []txn.Record) error {
	if !txn.Together(records) {
		return fmt.Errorf("%w: a void and its sale are one commit", ErrTransition)
	}
	return nil
}
