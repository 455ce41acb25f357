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
	Last4    string         // transactions of cards, or payment codes, that end so
	Amount   int64          // transactions that come to so many minor units now
	Kind     txn.Kind
	Operator string  // who began the transaction
	First    txn.Day // transactions begun on that day or later, by the terminal's wall clock
	Last     txn.Day // or on that day and before
	Limit    int     // at most so many; 0 for all
	Offset   int     // after passing over so many
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
	Approver  string     // the supervisor who let it pass
	Passed    []txn.Code // what was let pass, and why a card was keyed
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
	End     string     // the last digits of its card, or of its payment code
	By      string     // who began it
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
		Status: t.Status, Result: t.Result, Cause: t.Cause, Tip: t.Tip, Operator: t.Operator, Approver: t.Approver, Passed: t.PassedCodes(), Terminal: t.Terminal, Merchant: t.Merchant,
		Attempts: int(t.Attempts), Of: t.Of, Reason: t.Reason, Refused: t.Refused, Chip: t.Card.Chip,
		Wallet: t.Wallet, Payer: t.Payer,
		Copy: txn.Copy(r.copy), Made: t.At, Sealed: len(r.sealed) > 0, Hash: hash, //nolint:gosec // a set of two
	}, err
}

// List returns rows, newest first.
func (j *Journal) List(ctx context.Context, f Filter) ([]Row, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	w := j.pickedRows(f)
	rest, args := w.rest("seq DESC", f)
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
