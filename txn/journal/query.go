package journal

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// Filter picks rows. Zero fields pick everything.
type Filter struct {
	Batch    txn.Batch
	STAN     txn.STAN
	Type     txn.RecordType // of rows; Transactions ignores it
	Status   txn.Status     // of rows: after the row; of transactions: now
	From, To time.Time      // when the row, or the transaction's first row, was written: from inclusive, to exclusive
	PAN      reader.PAN     // transactions of this card, looked up by its HMAC
	Limit    int            // at most so many; 0 for all
	Offset   int            // after passing over so many
}

// Row is a journal row as it may be shown: the card by its last four digits.
type Row struct {
	Seq       int64
	At        time.Time // when it was written, in the terminal's zone then
	Type      txn.RecordType
	Kind      txn.Kind
	Batch     txn.Batch
	STAN      txn.STAN
	Amount    txn.Money
	Asked     txn.Money // see txn.Transaction
	Last4     string
	PANLength int
	Brand     reader.Brand
	Entry     reader.EntryMode
	Status    txn.Status // after this row
	Result    txn.Result
	Cause     txn.Code
	Tip       txn.Money // the part of the amount that is a tip
	Operator  string
	Approver  string // the supervisor who let it pass
	Terminal  string
	Merchant  string
	Attempts  int
	Of        *txn.Past        // what a void takes back; nil for none
	Reason    string           // field 39 of its reversal; empty is 98, no reply
	Refused   string           // field 39 of the host's refusal to reverse it
	Chip      *reader.ChipData // what the chip said, without field 55; nil where the row has none
	Copy      txn.Copy
	Wallet    reader.Wallet // who paid by a code
	Payer     string        // the last four digits of a payment code
	Made      time.Time     // when the cashier confirmed
	Sealed    bool          // whether the row holds a sealed card
	Hash      Hash
}

// MaskedPAN is the card's number as slips and screens show it,
// ************1111, or a payment code's, ****6789; empty when the row has neither. It
// needs no key.
func (r Row) MaskedPAN() string {
	if r.Payer != "" {
		return "****" + r.Payer
	}
	if r.PANLength < len(r.Last4) || r.Last4 == "" {
		return ""
	}
	return strings.Repeat("*", r.PANLength-len(r.Last4)) + r.Last4
}

// Summary is a transaction folded into one line: its newest row about money,
// with the status it has now.
type Summary struct {
	Row
	First   int64      // seq of its first row
	Begun   time.Time  // when that was written
	Printed txn.Copies // copies printed or waived
	Late    bool       // a late reply was logged
}

// Owed reports whether it was approved and paper of it is missing.
func (s Summary) Owed() bool { return s.Status == txn.Approved && s.Kind.Copies()&^s.Printed != 0 }

func (r *rec) row(hash Hash) (Row, error) {
	t, err := r.transaction()
	if err != nil {
		return Row{}, err
	}
	b, err := parseBody(r.body)
	return Row{
		Seq: r.seq, At: moment(r.at, int(r.zone)), Type: txn.RecordType(r.typ), Kind: t.Kind, Batch: t.Batch, STAN: t.STAN,
		Amount: t.Amount, Asked: t.Asked, Last4: r.last4, PANLength: b.PANLength, Brand: reader.Brand(r.brand), Entry: t.Card.Entry,
		Status: t.Status, Result: t.Result, Cause: t.Cause, Tip: t.Tip, Operator: t.Operator, Approver: t.Approver, Terminal: t.Terminal, Merchant: t.Merchant,
		Attempts: int(t.Attempts), Of: t.Of, Reason: t.Reason, Refused: t.Refused, Chip: t.Card.Chip,
		Wallet: t.Wallet, Payer: t.Payer,
		Copy: txn.Copy(r.copy), Made: t.At, Sealed: len(r.sealed) > 0, Hash: hash, //nolint:gosec // a set of two
	}, err
}

// where collects conditions and their arguments.
type where struct {
	terms []string
	args  []any
}

func (w *where) add(when bool, term string, arg any) {
	if when {
		w.terms, w.args = append(w.terms, term), append(w.args, arg)
	}
}

// clause is the WHERE; empty without conditions.
func (w *where) clause() string {
	if len(w.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.terms, " AND ")
}

// rest is everything after FROM, ordered newest first.
func (w *where) rest(order string, f Filter) (string, []any) {
	limit := int64(-1) // SQLite: no limit
	if f.Limit > 0 {
		limit = int64(f.Limit)
	}
	return w.clause() + " ORDER BY " + order + " DESC LIMIT ? OFFSET ?", append(w.args, limit, int64(max(f.Offset, 0)))
}

// List returns rows, newest first.
func (j *Journal) List(ctx context.Context, f Filter) ([]Row, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	var w where
	w.add(f.Batch != 0, "batch = ?", int64(f.Batch))
	w.add(f.STAN != 0, "stan = ?", int64(f.STAN))
	w.add(f.Type != "", "type = ?", string(f.Type))
	w.add(f.Status != "", "status = ?", string(f.Status))
	w.add(!f.From.IsZero(), "at >= ?", f.From.UnixMilli())
	w.add(!f.To.IsZero(), "at < ?", f.To.UnixMilli())
	if !f.PAN.Empty() {
		w.add(true, "(batch, stan) IN (SELECT batch, stan FROM journal WHERE tag <> x'' AND tag = ?)", j.opt.Sealer.tag(f.PAN))
	}
	rest, args := w.rest("seq", f)
	rows, err := j.rows(rest, args...)
	return rows, wrap("list", err)
}

// ByTrace returns the rows of one transaction, oldest first; none if there is
// no such transaction.
func (j *Journal) ByTrace(ctx context.Context, batch txn.Batch, stan txn.STAN) ([]Row, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	rows, err := j.rows(" WHERE batch = ? AND stan = ? ORDER BY seq", int64(batch), int64(stan))
	return rows, wrap("list by trace", err)
}

func (j *Journal) rows(rest string, args ...any) (rows []Row, err error) {
	err = j.db.query("SELECT "+columnList("")+" FROM journal"+rest, func(s *sqlite3.Stmt) (bool, error) {
		var r rec
		hash := r.scan(s, 0)
		row, err := r.row(hash)
		rows = append(rows, row)
		return true, err
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return rows, nil
}

// Transactions returns one line for each transaction, the newest begun first.
func (j *Journal) Transactions(ctx context.Context, f Filter) ([]Summary, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	rest, args := j.picked(f).rest("i.first", f)
	list, err := j.summaries(rest, args...)
	return list, wrap("transactions", err)
}

// Count returns how many lines [Journal.Transactions] would give, whatever the
// filter's Limit and Offset.
func (j *Journal) Count(ctx context.Context, f Filter) (int, error) {
	if err := j.lock(); err != nil {
		return 0, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	w := j.picked(f)
	n, err := j.db.number("SELECT count(*) FROM item i JOIN journal f ON f.seq = i.first"+w.clause(), w.args...)
	return int(n), wrap("count transactions", err)
}

// picked is the filter of transactions.
func (j *Journal) picked(f Filter) *where {
	var w where
	w.add(f.Batch != 0, "i.batch = ?", int64(f.Batch))
	w.add(f.STAN != 0, "i.stan = ?", int64(f.STAN))
	w.add(f.Status != "", "i.status = ?", string(f.Status))
	w.add(!f.From.IsZero(), "f.at >= ?", f.From.UnixMilli())
	w.add(!f.To.IsZero(), "f.at < ?", f.To.UnixMilli())
	if !f.PAN.Empty() {
		w.add(true, "f.tag <> x'' AND f.tag = ?", j.opt.Sealer.tag(f.PAN))
	}
	return &w
}

func (j *Journal) summaries(rest string, args ...any) (list []Summary, err error) {
	sql := "SELECT " + columnList("l.") + `, i.first, i.last, i.status, i.printed, i.late, i.untold, i.due, i.counts, f.at, f.zone
		FROM item i JOIN journal l ON l.seq = i.last JOIN journal f ON f.seq = i.first`
	err = j.db.query(sql+rest, func(s *sqlite3.Stmt) (bool, error) {
		var r rec
		row, err := r.row(r.scan(s, 0))
		n := len(columns) + 1
		i := scanItem(s, n)
		row.Status = txn.Status(i.status)
		list = append(list, Summary{
			Row: row, First: i.first, Begun: moment(s.ColumnInt64(n+8), s.ColumnInt(n+9)),
			Printed: txn.Copies(i.printed), Late: i.late != 0, //nolint:gosec // a set of two
		})
		return true, err
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("read transactions: %w", err)
	}
	return list, nil
}
