package journal

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// What a shop asks of a batch, open or closed: read row by row, so that a report is a
// second count beside [Journal.Reckon].

// Report is a batch with every transaction of it; batch 0 is the open one. One that
// nobody has begun anything in has no lines, and no currency.
func (j *Journal) Report(ctx context.Context, batch txn.Batch) (txn.Report, error) {
	if err := j.lock(); err != nil {
		return txn.Report{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	r, err := j.report(batch)
	if err != nil {
		return txn.Report{}, wrap("report", err)
	}
	return r, nil
}

// LastSettlement is the newest settlement that closed a batch; nil where none has.
func (j *Journal) LastSettlement(ctx context.Context) (*txn.Transaction, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	t, err := j.settlement("", nil)
	return t, wrap("find the settlement", err)
}

func (j *Journal) report(batch txn.Batch) (r txn.Report, err error) {
	if batch == 0 {
		if batch, err = j.openBatch(); err != nil {
			return r, err
		}
	}
	r.Batch = batch
	if r.Closed, err = j.settlement(" AND i.batch = ?", []any{int64(batch)}); err != nil {
		return r, err
	}
	sql := "SELECT " + columnList("l.") + ", " + itemList("i.") + `, f.body, f.brand
		FROM item i JOIN journal l ON l.seq = i.last JOIN journal f ON f.seq = i.first WHERE i.batch = ? ORDER BY i.first`
	err = j.db.query(sql, func(s *sqlite3.Stmt) (bool, error) {
		var f folded
		f.hash = f.scan(s, 0)
		n := len(columns) + 1
		f.item = scanItem(s, n)
		f.begun, f.brand, f.operator = s.ColumnText(n+len(itemColumns)), s.ColumnText(n+len(itemColumns)+1), f.item.operator
		if f.currency == "" {
			return true, nil // the mark of a restoring: no money
		}
		r.Currency, r.Terminal, r.Merchant = txn.CurrencyNumbered(f.currency), f.terminal, f.merchant
		if txn.Kind(f.kind) == txn.Settlement {
			return true, nil
		}
		line, err := f.line()
		r.Lines = append(r.Lines, line)
		return true, err
	}, int64(batch))
	if err != nil {
		return r, fmt.Errorf("read the batch: %w", err)
	}
	return r, nil
}

// line is a transaction as a report has it. The card and the operator are those of its
// first row: an adjustment may have come with another's.
func (f *folded) line() (txn.ReportLine, error) {
	t, err := f.transaction()
	if err != nil {
		return txn.ReportLine{}, err
	}
	if err := restoreChip(&t, f.begun); err != nil {
		return txn.ReportLine{}, fmt.Errorf("row %d: %w", f.item.first, err)
	}
	line := txn.ReportLine{
		Key: t.Key(), Kind: t.Kind, At: t.At, Amount: t.Amount.Minor, Tip: t.Tip.Minor,
		Brand: reader.Brand(f.brand), Entry: t.Card.Entry, Last4: f.last4, Operator: f.operator,
		Status: txn.Status(f.item.status), Untold: f.item.untold != 0,
	}
	if line.Wallet = t.Wallet; t.Payer != "" {
		line.Last4 = t.Payer
	}
	if t.Card.Chip != nil {
		line.AID = t.Card.Chip.AID
	}
	line.Owed = line.Status == txn.Approved && f.item.due&^f.item.printed != 0
	return line, nil
}

// settlement is the newest approved one under a further condition; nil for none.
func (j *Journal) settlement(more string, args []any) (*txn.Transaction, error) {
	list, err := j.transactions(false, `WHERE +i.status = 'approved' AND i.kind = ?`+more+" ORDER BY i.first DESC LIMIT 1",
		append([]any{string(txn.Settlement)}, args...)...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
