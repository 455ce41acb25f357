package world

import (
	"errors"

	"vpos/reader"
	"vpos/txn"
)

// disk models the journal of a terminal: an append log of frames that are real
// once they were synced. The test of this file holds it against package journal.
type disk struct {
	items []item // each transaction folded, oldest first
	batch txn.Batch
	stan  txn.STAN // the newest trace number given out
	tail  []frame  // written, and not known to be synced
	wipes bool     // cards are wiped in this world, so the disk keeps its own copies
}

// item is a transaction as its rows add up.
type item struct {
	txn     txn.Transaction // as of the newest row about money
	digits  [19]byte        // of the PAN, when cards are wiped
	n       int
	foreign bool // the card is of a scheme from abroad
	intents int
	sent    int // how often its request went out: what the world saw, not the disk
	undone  int // how often its reversal did
	printed txn.Copies
	waived  txn.Copies
}

// frame is one row on its way to the platter. The last row of a commit makes the
// commit valid, and only if every frame before it is whole.
type frame struct {
	record txn.Record
	last   bool
	torn   bool
}

// The answers of the journal that say the machine broke the law.
var (
	errDuplicate  = errors.New("trace number used twice in the batch")
	errTransition = errors.New("a row that does not follow")
	errWiped      = errors.New("the card is wiped")
)

func (d *disk) reset(wipes bool) {
	d.items, d.batch, d.stan, d.tail, d.wipes = d.items[:0], 1, 0, d.tail[:0], wipes
}

// find is a transaction's item, or nil. The newest is wanted nearly always.
func (d *disk) find(k txn.Key) *item {
	for i := len(d.items) - 1; i >= 0; i-- {
		if t := &d.items[i].txn; t.STAN == k.STAN && t.Batch == k.Batch {
			return &d.items[i]
		}
	}
	return nil
}

// status is what the disk says of a transaction; Drafted for nothing.
func (d *disk) status(k txn.Key) txn.Status {
	if i := d.find(k); i != nil {
		return i.txn.Status
	}
	return txn.Drafted
}

// admit is the journal's own last line of the money law.
func (d *disk) admit(records []txn.Record) error {
	if !txn.Together(records) {
		return errTransition
	}
	for n := range records {
		r := &records[n]
		before := d.status(r.Txn.Key())
		known := before != txn.Drafted
		for m := range n { // earlier rows of the same commit
			if p := &records[m]; p.Txn.Key() == r.Txn.Key() {
				before, known = statusAfter(p.Type, before, p.Txn.Status), true
			}
		}
		switch {
		case r.Type == txn.RecIntent && known:
			return errDuplicate
		case !r.Follows(before):
			return errTransition
		}
		over := isOver(statusAfter(r.Type, before, r.Txn.Status))
		if !known && !over && !r.Txn.Card.PAN.Empty() && len(r.Txn.Card.PAN.Reveal()) == 0 {
			return errWiped
		}
	}
	return nil
}

// commit appends in one durable commit.
func (d *disk) commit(records []txn.Record) error {
	if err := d.admit(records); err != nil {
		return err
	}
	d.tail = d.tail[:0] // a commit that failed before is overwritten by this one
	for i := range records {
		d.fold(&records[i])
	}
	return nil
}

// stage writes a commit without syncing it; only whole frames reach the platter.
func (d *disk) stage(records []txn.Record, r *rng) {
	d.tail = d.tail[:0]
	if d.admit(records) != nil {
		return
	}
	for i := range records {
		d.tail = append(d.tail, frame{record: records[i], last: i == len(records)-1, torn: r.odds(half)})
	}
}

// settle makes sure that a failed commit is gone: a later commit takes its place
// in the log.
func (d *disk) settle() { d.tail = d.tail[:0] }

// crash is the power going: what the platter has of the tail counts, up to the
// first frame that is torn.
func (d *disk) crash() {
	from := 0
	for i := range d.tail {
		if d.tail[i].torn {
			break
		}
		if d.tail[i].last {
			for ; from <= i; from++ {
				d.fold(&d.tail[from].record)
			}
		}
	}
	d.tail = d.tail[:0]
}

func statusAfter(t txn.RecordType, before, stated txn.Status) txn.Status {
	switch t {
	case txn.RecIntent:
		return txn.Open
	case txn.RecApproved:
		return txn.Approved
	case txn.RecDeclined:
		return txn.Declined
	case txn.RecFailed:
		return txn.Failed
	case txn.RecReversalPending:
		return txn.ReversalPending
	case txn.RecReversed:
		return txn.Reversed
	case txn.RecVoided:
		return txn.Voided
	case txn.RecAsking:
		return txn.Asking
	case txn.RecRefused:
		return txn.Refused
	case txn.RecAdjusted, txn.RecAdvice, txn.RecTold, txn.RecLate, txn.RecPrinted, txn.RecWaived, txn.RecReprinted:
		if before != txn.Drafted {
			return before
		}
	}
	return stated
}

// fold takes one durable row into its transaction.
func (d *disk) fold(r *txn.Record) {
	i := d.find(r.Txn.Key())
	known := i != nil
	if !known {
		i = d.grow()
		d.batch, d.stan = r.Txn.Batch, r.Txn.STAN
		i.keep(r, d.wipes)
	}
	switch r.Type {
	case txn.RecIntent:
		i.intents++
		i.money(r, known)
	case txn.RecLate:
		i.txn.Late = true
	case txn.RecAdvice, txn.RecTold:
		i.txn.Untold = r.Type == txn.RecAdvice
	case txn.RecPrinted:
		i.printed |= txn.Copies(r.Copy)
	case txn.RecWaived, txn.RecReprinted:
		i.waived |= txn.Copies(r.Copy)
	case txn.RecAdjusted: // its amount, and nothing else of it
		i.txn.Amount, i.txn.Tip = r.Txn.Amount, r.Txn.Tip
	case txn.RecRefused:
		i.money(r, known)
		i.txn.Untold = false
	case txn.RecApproved, txn.RecDeclined, txn.RecFailed, txn.RecReversalPending, txn.RecReversed, txn.RecVoided, txn.RecAsking:
		i.money(r, known)
	}
}

// grow adds an item, in old memory where there is some.
func (d *disk) grow() *item {
	if n := len(d.items); n < cap(d.items) {
		d.items = d.items[:n+1]
	} else {
		d.items = append(d.items, item{})
	}
	i := &d.items[len(d.items)-1]
	i.n, i.foreign, i.intents, i.sent, i.undone, i.printed, i.waived = 0, false, 0, 0, 0, 0, 0
	return i
}

// keep takes over what only the first row tells: the card.
func (i *item) keep(r *txn.Record, wipes bool) {
	i.txn = r.Txn
	i.txn.Status = statusAfter(r.Type, txn.Drafted, r.Txn.Status)
	i.txn.Late, i.txn.Untold = r.Type == txn.RecLate, r.Type == txn.RecAdvice
	i.txn.Card, i.foreign = stored(r.Txn.Card), txn.Foreign(r.Txn.Card.PAN.Brand())
	if isOver(i.txn.Status) { // nothing will be sent again, so the number is not kept
		i.txn.Card.PAN, i.txn.Card.Expiry = reader.PAN{}, reader.Expiry{}
		return
	}
	if wipes {
		i.n = copy(i.digits[:], r.Txn.Card.PAN.Reveal())
		i.txn.Card.PAN = reader.PAN{}
	}
}

func isOver(s txn.Status) bool { return s == txn.Declined || s == txn.Failed || s == txn.Reversed }

// stored is a card less what is never written down.
func stored(c reader.Card) reader.Card {
	return reader.Card{Entry: c.Entry, PAN: c.PAN, Expiry: c.Expiry, CVVStatus: c.CVVStatus, Chip: c.Chip}
}

// money takes over everything but the card.
func (i *item) money(r *txn.Record, known bool) {
	if !known {
		return
	}
	card, late, untold := i.txn.Card, i.txn.Late, i.txn.Untold
	if chip := r.Txn.Card.Chip; chip != nil {
		card.Chip = chip
	}
	before := i.txn.Status
	i.txn = r.Txn
	i.txn.Card, i.txn.Late, i.txn.Untold = card, late, untold
	i.txn.Status = statusAfter(r.Type, before, r.Txn.Status)
}
