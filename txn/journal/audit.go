package journal

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
	"vpos/txn/staff"
)

// The audit is a chain of its own beside the journal's: rows about people, not money.

// AuditRow is one row of the audit as it may be shown.
type AuditRow struct {
	staff.Row
	Seq     int64
	At      time.Time // in the terminal's zone then
	Journal int64     // the journal's newest row at that time
	Hash    Hash
}

// auditOrigin is the hash before the audit's first row. It binds the chain to its mode
// and terminal, and is not the journal's.
func auditOrigin(mode Mode, terminal string) Hash {
	b := appendBytes([]byte("vpos audit 1"), string(mode))
	return sha256.Sum256(appendBytes(b, terminal))
}

// auditRec is one row as the table has it, without its hash.
type auditRec struct {
	seq, at, zone        int64
	act, operator, other string
	kind                 string
	amount               int64
	currency             string
	journal              int64
}

const (
	auditColumns = "seq, at, zone, act, operator, other, kind, amount, currency, journal, hash"
	insertAudit  = "INSERT INTO audit (" + auditColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

func newAuditRec(seq int64, at time.Time, journal int64, r staff.Row) auditRec {
	ms, zone := millis(at)
	return auditRec{
		seq: seq, at: ms, zone: int64(zone), act: string(r.Act), operator: r.Operator, other: r.By, kind: string(r.Kind),
		amount: r.Amount.Minor, currency: r.Amount.Currency.Number(), journal: journal,
	}
}

// scanAudit reads a row selected with auditColumns. A stored hash of the wrong length
// becomes zeros, which no row has.
func scanAudit(s *sqlite3.Stmt) (r auditRec, hash Hash) {
	r = auditRec{
		seq: s.ColumnInt64(0), at: s.ColumnInt64(1), zone: s.ColumnInt64(2), act: s.ColumnText(3), operator: s.ColumnText(4),
		other: s.ColumnText(5), kind: s.ColumnText(6), amount: s.ColumnInt64(7), currency: s.ColumnText(8), journal: s.ColumnInt64(9),
	}
	if b := s.ColumnRawBlob(10); len(b) == len(hash) {
		copy(hash[:], b)
	}
	return r, hash
}

// values are the columns in the order of the table and of the canonical form.
func (r *auditRec) values() []any {
	return []any{r.seq, r.at, r.zone, r.act, r.operator, r.other, r.kind, r.amount, r.currency, r.journal}
}

// chain is the hash of a row after previous: numbers as eight bytes big-endian, texts as
// a four-byte length and their bytes.
func (r *auditRec) chain(previous Hash) Hash {
	b := previous[:]
	for _, v := range r.values() {
		switch v := v.(type) {
		case int64:
			b = appendNumber(b, v)
		case string:
			b = appendBytes(b, v)
		}
	}
	return sha256.Sum256(b)
}

func (r *auditRec) row(hash Hash) AuditRow {
	out := AuditRow{
		Row: staff.Row{Act: staff.Act(r.act), Operator: r.operator, By: r.other, Kind: txn.Kind(r.kind)},
		Seq: r.seq, At: moment(r.at, int(r.zone)), Journal: r.journal, Hash: hash,
	}
	if r.currency != "" {
		out.Amount = txn.Money{Minor: r.amount, Currency: txn.CurrencyNumbered(r.currency)}
	}
	return out
}

// readAuditHead is the end of the audit's chain on disk.
func (j *Journal) readAuditHead() (seq int64, hash Hash, err error) {
	hash = auditOrigin(j.opt.Mode, j.opt.Terminal)
	err = j.db.query("SELECT seq, hash FROM audit_head", func(s *sqlite3.Stmt) (bool, error) {
		seq, hash = s.ColumnInt64(0), Hash{}
		copy(hash[:], s.ColumnRawBlob(1))
		return false, nil
	})
	if err != nil {
		return 0, hash, fmt.Errorf("read the audit's head: %w", err)
	}
	return seq, hash, nil
}

// addAudit appends rows to the audit, in a commit that somebody else began.
func (j *Journal) addAudit(at time.Time, rows []staff.Row) error {
	seq, hash, err := j.readAuditHead()
	if err != nil || len(rows) == 0 {
		return err
	}
	for _, r := range rows {
		seq++
		row := newAuditRec(seq, at, j.head.seq, r)
		hash = row.chain(hash)
		if err := j.db.exec(insertAudit, append(row.values(), hash[:])...); err != nil {
			return fmt.Errorf("write audit row %d: %w", seq, err)
		}
	}
	if err := j.db.exec("INSERT OR REPLACE INTO audit_head (id, seq, hash) VALUES (1, ?, ?)", seq, hash[:]); err != nil {
		return fmt.Errorf("write the audit's head: %w", err)
	}
	return nil
}

// walkAudit follows the audit's chain from a row on to its head; from row 1 on it checks
// all of it, from a later one that row is only taken as a start. It returns how far the
// chain is whole, and the first thing wrong; nil when all is well. The journal is held.
func (j *Journal) walkAudit(from int64) (last int64, broken *Break, err error) {
	end, skip, after := auditOrigin(j.opt.Mode, j.opt.Terminal), from > 1, from-1
	if !skip {
		after = beforeAll // a row 0 or below would be extra
	}
	last = from - 1
	fail := func(seq int64, detail string) { broken = &Break{Seq: seq, Fault: FaultAudit, Detail: detail} }
	err = j.db.query("SELECT "+auditColumns+" FROM audit WHERE seq > ? ORDER BY seq", func(s *sqlite3.Stmt) (bool, error) {
		row, stored := scanAudit(s)
		switch {
		case row.seq <= last:
			fail(row.seq, "a row before the first")
		case row.seq > last+1:
			fail(last+1, fmt.Sprintf("the next row is %d", row.seq))
		case !skip && row.chain(end) != stored:
			fail(row.seq, "it does not match its hash")
		default:
			last, end, skip = row.seq, stored, false
		}
		return broken == nil, nil
	}, after)
	if err != nil || broken != nil {
		return last, broken, err
	}
	seq, hash, err := j.readAuditHead()
	switch {
	case err != nil:
		return last, nil, err
	case seq > last:
		fail(last+1, fmt.Sprintf("the newest acknowledged row is %d", seq))
	case seq < last:
		fail(seq+1, "rows after the newest acknowledged one")
	case hash != end:
		fail(seq, "the head has another hash")
	}
	return last, broken, nil
}

// checkAudit is walkAudit at the start, for the newest rows.
func (j *Journal) checkAudit() error {
	seq, _, err := j.readAuditHead()
	if err != nil {
		return err
	}
	_, broken, err := j.walkAudit(max(seq-tailRows, 1))
	switch {
	case err != nil:
		return fmt.Errorf("check the audit: %w", err)
	case broken != nil:
		return errors.Join(ErrCorrupt, broken)
	}
	return nil
}

// Audit is the newest rows of the audit, oldest first; limit 0 is all. total is how many
// there are.
func (j *Journal) Audit(ctx context.Context, limit int) (rows []AuditRow, total int64, err error) {
	err = j.locked(ctx, func() error {
		if total, err = j.db.number("SELECT count(*) FROM audit"); err != nil {
			return err
		}
		if limit <= 0 {
			limit = -1
		}
		return j.db.query("SELECT "+auditColumns+" FROM audit ORDER BY seq DESC LIMIT ?", func(s *sqlite3.Stmt) (bool, error) {
			row, hash := scanAudit(s)
			rows = append(rows, row.row(hash))
			return true, nil
		}, int64(limit))
	})
	slices.Reverse(rows)
	return rows, total, wrap("read the audit", err)
}
