package crash

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/journal"
)

const (
	terminalID = "10000001"
	merchantID = "100000000000001"
)

// fixedKey is a master key for the proof.
type fixedKey struct{}

func (fixedKey) Kind() journal.KeyKind { return journal.KeyInFile }

func (fixedKey) Key(context.Context) ([]byte, error) {
	k := sha256.Sum256([]byte("crash"))
	return k[:], nil
}

var sealer = sync.OnceValue(func() *journal.Sealer {
	s, err := journal.NewSealer(context.Background(), fixedKey{})
	if err != nil {
		panic(err) // the key is ours
	}
	return s
})

var cny, _ = txn.CurrencyByCode("CNY")

// sale is a transaction as it stands at its INTENT. Cards differ by trace number.
func sale(batch txn.Batch, stan txn.STAN, minor int64) txn.Transaction {
	numbers := []string{"4111111111111111", "5555555555554444", "6250941006528599", "378282246310005"}
	pan, err := reader.RestorePAN([]byte(numbers[int(stan)%len(numbers)]))
	if err != nil {
		panic(err) // they are ours
	}
	return txn.Transaction{
		Kind: txn.Sale, Batch: batch, STAN: stan, Amount: txn.Money{Minor: minor, Currency: cny},
		Card:     reader.Card{Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}},
		At:       time.Date(2026, 3, 14, 11, 59, 0, 0, time.FixedZone("", 8*3600)),
		Terminal: terminalID, Merchant: merchantID, Operator: "01", Status: txn.Open,
	}
}

// made begins the history on a journal that an earlier start has made. The long
// way there is much the same in every history.
func (h *history) made() {
	disk, err := finished()
	if err != nil {
		h.report(corrupt("make the journal: %v", err), Point{})
		return
	}
	h.disk, h.born = disk.Cut(dice(h.cfg.Seed, 2)), true
}

// finished is the disk that such a start leaves.
var finished = sync.OnceValues(func() (*Disk, error) {
	disk := NewDisk()
	name, forget := disk.Register()
	defer forget()
	opt := options()
	opt.VFS = name
	j, err := journal.Open(context.Background(), opt)
	if err == nil {
		err = j.Close()
	}
	return disk, err
})

// options are those of every journal here, but for its disk.
func options() journal.Options {
	return journal.Options{Path: "/journal.db", Sealer: sealer(), Terminal: terminalID, Mode: journal.Training}
}

// script lets a terminal live for some commits: sales that end in every way
// there is, paper, reversals, refused rows, a new batch, an emptied log.
func (h *history) script() {
	for range 4 + h.r.IntN(9) {
		if h.dead || h.stopped || len(h.tally.Findings) > 0 {
			return
		}
		h.now = h.now.Add(time.Duration(1+h.r.IntN(9000)) * time.Millisecond)
		err := h.act()
		if errors.Is(err, journal.ErrFate) && h.r.IntN(4) > 0 {
			err = h.settle()
		}
		if err != nil && !h.trouble.struck && !h.dead {
			h.report(corrupt("refused without a reason: %v", err), Point{h.boundary, 0})
		}
	}
}

// fill makes the write-ahead log so long that the database soon writes it back
// by itself and begins it anew over its old content, as happens some hundred
// sales apart. Nothing is cut on the way there.
func (h *history) fill() {
	const whole, frame = 1000, pageSize + 24 // SQLite's own limit, in pages with their headers
	armed := *h.disk
	h.disk.Before, h.disk.Fault, h.disk.Trace = nil, nil, nil
	for len(h.log().live) < (whole-30-h.r.IntN(30))*frame && len(h.tally.Findings) == 0 {
		all := fold(h.book.rows)
		_, next := h.book.next(all)
		t := sale(1, next, 100)
		if h.append(txn.Record{Type: txn.RecIntent, Txn: t}) != nil || h.append(h.record(txn.RecFailed, fold(h.book.rows)[len(all)])) != nil {
			h.report(corrupt("refused while filling the log"), Point{h.boundary, 0})
		}
	}
	h.disk.Before, h.disk.Fault, h.disk.Trace = armed.Before, armed.Fault, armed.Trace
	h.say("the log has %d bytes, %d rows are on disk", len(h.log().live), len(h.book.rows))
}

// log is the write-ahead log, or an empty file.
func (h *history) log() *node {
	if n := h.disk.names[h.opt.Path+"-wal"]; n != nil {
		return n
	}
	return &node{}
}

// act does one thing that moves the terminal on, chosen among what is lawful.
func (h *history) act() error {
	all := fold(h.book.rows)
	with := func(s txn.Status) []folded {
		return slices.DeleteFunc(slices.Clone(all), func(t folded) bool { return t.status != s })
	}
	open, pending, approved := with(txn.Open), with(txn.ReversalPending), with(txn.Approved)
	switch n := h.r.IntN(16); {
	case n == 0:
		return h.refused(all)
	case n == 1:
		return h.empty()
	case n < 7 && len(open) > 0:
		return h.ends(open[h.r.IntN(len(open))])
	case n == 7 && len(open) > 0:
		return h.restart(open)
	case n < 10 && len(pending) > 0:
		return h.append(h.record(txn.RecReversed, pending[0]))
	case n == 11 && len(approved) > 0 && slices.ContainsFunc(approved, func(t folded) bool { return t.untold }):
		return h.append(h.record(txn.RecTold, approved[slices.IndexFunc(approved, func(t folded) bool { return t.untold })]))
	case n < 12 && len(approved) > 0:
		return h.paper(approved[h.r.IntN(len(approved))])
	case n == 12 && len(approved) > 0:
		return h.void(approved[len(approved)-1], all)
	default:
		return h.begin(all)
	}
}

// begin writes INTENT, now and then in a new batch.
func (h *history) begin(all []folded) error {
	batch, next := h.book.next(all)
	if h.r.IntN(8) == 0 {
		batch++
		next = 1
	}
	return h.append(txn.Record{Type: txn.RecIntent, Txn: sale(batch, next, 1+h.r.Int64N(1e6))})
}

// void begins to take back a sale of the open batch.
func (h *history) void(f folded, all []folded) error {
	batch, next := h.book.next(all)
	if f.kind != txn.Sale || f.key.Batch != batch {
		return h.begin(all)
	}
	return h.append(txn.Record{Type: txn.RecIntent, Txn: voiding(folded{
		key: txn.Key{Batch: batch, STAN: next}, of: f.key, minor: f.minor,
	})})
}

// voiding is a void as it stands at its INTENT. It carries the card of its sale.
func voiding(f folded) txn.Transaction {
	t, of := sale(f.key.Batch, f.key.STAN, f.minor), sale(f.of.Batch, f.of.STAN, f.minor)
	t.Kind, t.Card, t.Of = txn.Void, of.Card, of.Past()
	return t
}

// record is a later row of a transaction. Half the time its card is wiped by
// then.
func (h *history) record(by txn.RecordType, f folded) txn.Record {
	t := sale(f.key.Batch, f.key.STAN, f.minor)
	if f.kind == txn.Void {
		t = voiding(f)
	}
	if h.r.IntN(2) == 0 {
		t.Card = reader.Card{}
	}
	t.Status = statusAfter(by, f.status)
	switch by {
	case txn.RecApproved, txn.RecLate:
		t.Result = txn.Result{Code: "00", AuthCode: "A12345", RRN: "007312345678", HostAt: h.now}
	case txn.RecDeclined:
		t.Result = txn.Result{Code: "51"}
	case txn.RecFailed:
		t.Cause = txn.HostUnreachable
	case txn.RecReversalPending:
		t.Cause = txn.HostTimeout
	case txn.RecReversed:
		t.Attempts = 1 + h.r.Int32N(3)
	default:
	}
	return txn.Record{Type: by, Txn: t}
}

// ends gives a sale its outcome; an unknown one may have a late reply in the
// same commit.
func (h *history) ends(f folded) error {
	switch h.r.IntN(6) {
	case 0:
		return h.append(h.record(txn.RecDeclined, f))
	case 1:
		return h.append(h.record(txn.RecFailed, f))
	case 2:
		pending := h.record(txn.RecReversalPending, f)
		f.status = txn.ReversalPending
		return h.append(pending, h.record(txn.RecLate, f))
	case 3:
		return h.append(h.record(txn.RecReversalPending, f))
	default:
		return h.approve(f)
	}
}

// approve is the outcome of a sale, or that of a void and the end of its sale in
// one commit. A sale that another void has taken back meanwhile stays as it is.
func (h *history) approve(f folded) error {
	approved := h.record(txn.RecApproved, f)
	if f.kind != txn.Void && h.r.IntN(3) == 0 {
		f.status = txn.Approved
		return h.append(approved, h.record(txn.RecAdvice, f))
	}
	if f.kind != txn.Void {
		return h.append(approved)
	}
	all := fold(h.book.rows)
	i := slices.IndexFunc(all, func(t folded) bool { return t.key == f.of })
	if all[i].status != txn.Approved {
		return h.append(h.record(txn.RecDeclined, f))
	}
	return h.append(approved, h.record(txn.RecVoided, all[i]))
}

// restart turns every open sale into a reversal in one commit, as a start does.
func (h *history) restart(open []folded) error {
	var records []txn.Record
	for _, f := range open {
		records = append(records, h.record(txn.RecReversalPending, f))
	}
	return h.append(records...)
}

func (h *history) paper(f folded) error {
	by := []txn.RecordType{txn.RecPrinted, txn.RecPrinted, txn.RecWaived, txn.RecReprinted}[h.r.IntN(4)]
	r := h.record(by, f)
	r.Copy = txn.Copy(1 + h.r.IntN(2)) //nolint:gosec // one or two
	return h.append(r)
}

// refused asks for what the journal must not take: a trace number twice, an
// approval of what has ended, or half a void, behind a row that is sound.
func (h *history) refused(all []folded) error {
	if len(all) == 0 {
		return nil
	}
	batch, next := h.book.next(all)
	sound := txn.Record{Type: txn.RecIntent, Txn: sale(batch, next, 100)}
	f := all[h.r.IntN(len(all))]
	bad := txn.Record{Type: txn.RecIntent, Txn: sale(f.key.Batch, f.key.STAN, 100)}
	if f.status == txn.ReversalPending || f.status == txn.Reversed {
		bad = h.record(txn.RecApproved, f)
	}
	if f.kind == txn.Void && f.status == txn.Open {
		bad = h.record(txn.RecApproved, f) // and its sale not ended
	}
	err := h.append(sound, bad)
	if err == nil {
		h.report(doubled("took %s twice", f.key.STAN), Point{h.boundary, 0})
	}
	if errors.Is(err, journal.ErrDuplicate) || errors.Is(err, journal.ErrTransition) {
		return nil
	}
	return err
}

// empty has the write-ahead log written back and emptied, by shredding a batch
// that has no key.
func (h *history) empty() error {
	h.say("empty the log")
	return h.j.Shred(context.Background(), 999_999)
}
