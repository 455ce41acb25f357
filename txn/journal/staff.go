package journal

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
	"vpos/txn/staff"
)

// The journal is the store of package staff: operators change, the audit only grows.
var _ staff.Store = (*Journal)(nil)

const operatorColumns = "id, name, role, fresh, fails, until, salt, time, memory, lanes, sum"

// Operators lists the operators by number.
func (j *Journal) Operators(ctx context.Context) (list []staff.Operator, err error) {
	err = j.locked(ctx, func() error {
		entries, err := j.operators("ORDER BY id")
		for i := range entries {
			list = append(list, entries[i].Operator)
		}
		return err
	})
	return list, wrap("list operators", err)
}

// Operator finds an operator with the PIN's hash.
func (j *Journal) Operator(ctx context.Context, id string) (e staff.Entry, found bool, err error) {
	err = j.locked(ctx, func() error {
		entries, err := j.operators("WHERE id = ?", id)
		if len(entries) > 0 {
			e, found = entries[0], true
		}
		return err
	})
	return e, found, wrap("find the operator", err)
}

func (j *Journal) operators(rest string, args ...any) (list []staff.Entry, err error) {
	err = j.db.query("SELECT "+operatorColumns+" FROM operator "+rest, func(s *sqlite3.Stmt) (bool, error) {
		list = append(list, staff.Entry{
			Operator: staff.Operator{
				ID: s.ColumnText(0), Name: s.ColumnText(1), Role: txn.Role(s.ColumnText(2)), Fresh: s.ColumnInt64(3) != 0,
				Fails: s.ColumnInt(4), Until: moment(s.ColumnInt64(5), 0),
			},
			PIN: staff.Hash{
				Cost: staff.Cost{Time: narrow(s.ColumnInt64(7)), Memory: narrow(s.ColumnInt64(8)), Lanes: uint8(min(narrow(s.ColumnInt64(9)), math.MaxUint8))}, //nolint:gosec // bounded
				Salt: s.ColumnBlob(6, nil), Sum: s.ColumnBlob(10, nil),
			},
		})
		return true, nil
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("read operators: %w", err)
	}
	return list, nil
}

// narrow keeps a number that does not fit from becoming one that does.
func narrow(n int64) uint32 {
	if n < 0 || n > math.MaxUint32 {
		return math.MaxUint32
	}
	return uint32(n)
}

// Change writes operators and audit rows in one durable commit, as [staff.Store] asks.
// Errors are those of the disk, as [Journal.Append] has them; [ErrFate] too.
func (j *Journal) Change(ctx context.Context, at time.Time, c staff.Change) error {
	if err := j.lock(); err != nil {
		return err
	}
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return j.opt.wrap("change operators", err)
	}
	committing, err := j.db.atomic(func() error {
		if err := j.putOperator(c.Put); err != nil {
			return err
		}
		if c.Remove != "" {
			if err := j.db.exec("DELETE FROM operator WHERE id = ?", c.Remove); err != nil {
				return fmt.Errorf("remove operator: %w", err)
			}
		}
		return j.addAudit(at, c.Rows)
	})
	switch {
	case err == nil:
		j.uncertain = false
		return nil
	case committing:
		return j.commitFailed(err)
	}
	return j.opt.wrap("change operators", err)
}

func (j *Journal) putOperator(e *staff.Entry) error {
	if e == nil {
		return nil
	}
	fresh := int64(0)
	if e.Fresh {
		fresh = 1
	}
	until, _ := millis(e.Until)
	err := j.db.exec("INSERT OR REPLACE INTO operator ("+operatorColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID, e.Name, string(e.Role), fresh, int64(e.Fails), until,
		e.PIN.Salt, int64(e.PIN.Time), int64(e.PIN.Memory), int64(e.PIN.Lanes), e.PIN.Sum)
	if err != nil {
		return fmt.Errorf("write operator: %w", err)
	}
	return nil
}

// Shift is what an operator's open shift came to so far: the transactions begun since
// its float, in whatever batch, counted as [Journal.Reckon] counts a batch.
func (j *Journal) Shift(ctx context.Context, operator string) (s txn.Shift, open bool, err error) {
	err = j.locked(ctx, func() error {
		begun, err := j.drawer(operator)
		if err != nil || begun == nil || begun.Act != staff.Float {
			return err
		}
		open = true
		s = txn.Shift{Operator: operator, From: begun.At, Float: begun.Amount}
		s.Totals, err = j.totals(shiftCounting, begun.Journal, operator)
		return err
	})
	if err != nil {
		return txn.Shift{}, false, wrap("read the shift", err)
	}
	return s, open, nil
}

// shiftCounting are an operator's transactions since a row of the journal that are
// settled, or will be. Who began one is in its first row: a tip may come from another.
const shiftCounting = "WHERE i.first > ? AND i.status = 'approved' AND i.counts <> 0 AND f.operator = ?"

// drawer is the newest row about an operator's drawer; nil for none.
func (j *Journal) drawer(operator string) (newest *AuditRow, err error) {
	err = j.db.query("SELECT "+auditColumns+` FROM audit WHERE operator = ? AND act IN ('FLOAT', 'COUNT')
		ORDER BY seq DESC LIMIT 1`, func(s *sqlite3.Stmt) (bool, error) {
		rec, hash := scanAudit(s)
		row := rec.row(hash)
		newest = &row
		return false, nil
	}, operator)
	if err != nil {
		return nil, fmt.Errorf("read the drawer: %w", err)
	}
	return newest, nil
}

// staffed reports whether there are operators.
func (j *Journal) staffed() (bool, error) {
	n, err := j.db.number("SELECT count(*) FROM operator")
	if err != nil {
		return false, fmt.Errorf("count operators: %w", err)
	}
	return n > 0, nil
}
