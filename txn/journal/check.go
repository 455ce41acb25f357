package journal

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

const (
	// wholeCheckBytes is the size up to which start-up runs integrity_check
	// over the whole file. The check reads everything: a million rows take
	// over a second, which a till does not have. Above this the small tables
	// are checked whole and the end of the chain row by row; every other page
	// still carries a checksum that is verified whenever it is read, and
	// Verify runs the whole check.
	wholeCheckBytes = 8 << 20

	// tailRows is how much of the chain start-up verifies: more than a crash
	// could have left half done, and a millisecond's work.
	tailRows = 512
)

// check runs at start-up. Its error is ErrCorrupt, or why it could not look.
func (j *Journal) check() error {
	pages, err := j.db.number("PRAGMA page_count")
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	size, err := j.db.number("PRAGMA page_size")
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	pragmas := []string{"integrity_check(meta)", "integrity_check(head)", "integrity_check(batch_key)",
		"integrity_check(operator)", "integrity_check(audit_head)"}
	if pages*size <= wholeCheckBytes {
		pragmas = []string{"integrity_check"}
	}
	for _, p := range pragmas {
		if err := j.db.integrity(p); err != nil {
			return err
		}
	}
	if err := j.checkTail(); err != nil {
		return err
	}
	return j.checkAudit()
}

// integrity runs one of SQLite's own checks.
func (d *db) integrity(pragma string) error {
	var found []string
	err := d.query("PRAGMA "+pragma, func(s *sqlite3.Stmt) (bool, error) {
		if line := s.ColumnText(0); line != "ok" {
			found = append(found, line)
		}
		return len(found) < 3, nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", pragma, err)
	case len(found) > 0:
		return fmt.Errorf("%s: %w: %s", pragma, ErrCorrupt, strings.Join(found, "; "))
	}
	return nil
}

// checkTail verifies the newest rows against each other and against the head.
func (j *Journal) checkTail() error {
	w := newWalk(j.opt.Mode, j.opt.Terminal)
	from := max(j.head.seq-tailRows, 0)
	if from > 0 {
		w.next = from
		w.skipFirst = true // its predecessor is not read, so it is only taken as a start
	}
	for {
		n, err := j.walkSome(w, nil)
		if err != nil {
			return fmt.Errorf("check newest rows: %w", err)
		}
		if n == 0 || w.broken != nil {
			break
		}
	}
	if w.broken == nil {
		w.compareHead(j.head)
	}
	if w.broken != nil {
		return errors.Join(ErrCorrupt, w.broken)
	}
	return nil
}
