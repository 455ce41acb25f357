package world

import (
	"cmp"
	"slices"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// What the disk gives back, as the queries of the journal do.

// transaction gives a transaction back as it is after a restart.
func (d *disk) transaction(i *item) txn.Transaction {
	t := i.txn
	t.Printed, t.Tries, t.Told = i.printed|i.waived, 0, 0
	if d.wipes && i.n > 0 {
		t.Card.PAN, _ = reader.RestorePAN(i.digits[:i.n]) // they were a PAN before
	}
	return t
}

// open is the batch that new transactions belong to.
func (d *disk) open() txn.Batch {
	if i := d.find(txn.Key{Batch: d.batch, STAN: d.stan}); i != nil && i.txn.Kind == txn.Settlement && i.txn.Status == txn.Approved {
		return d.batch.Next()
	}
	return d.batch
}

// counts reports whether a transaction is in the totals of the open batch.
func (d *disk) counts(i *item, batch txn.Batch) bool {
	return i.txn.Batch == batch && i.txn.Status == txn.Approved && i.txn.Kind.Side() != txn.Nowhere
}

// reckon is what the open batch comes to.
func (d *disk) reckon() (t txn.Totals) {
	batch := d.open()
	for n := range d.items {
		i := &d.items[n]
		if !d.counts(i, batch) {
			continue
		}
		sides := &t.Domestic
		if i.foreign {
			sides = &t.Foreign
		}
		side := &sides.Debits
		if i.txn.Kind.Side() == txn.Credit {
			side = &sides.Credits
		}
		side.Count++
		side.Minor += i.txn.Amount.Minor
	}
	return t
}

// list is every transaction in that.
func (d *disk) list() (list []txn.Detail) {
	batch := d.open()
	for n := range d.items {
		if i := &d.items[n]; d.counts(i, batch) {
			t := d.transaction(i)
			list = append(list, txn.Detail{
				Op: t.Kind.Op(), STAN: t.STAN, At: t.At, Amount: t.Amount, PAN: t.Card.PAN, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
			})
		}
	}
	return list
}

// lookup is the transaction of the open batch with that trace number, or for 0
// the newest approved one.
func (d *disk) lookup(stan txn.STAN) *txn.Transaction {
	batch := d.open()
	for n := len(d.items) - 1; n >= 0; n-- {
		i := &d.items[n]
		if i.txn.Batch == batch && (stan == 0 && i.txn.Status == txn.Approved || i.txn.STAN == stan) {
			t := d.transaction(i)
			return &t
		}
	}
	return nil
}

// hold is the approved pre-authorisation with that approval code whose cashier
// confirmed it that day, and what it holds with its increments; nil for none.
func (d *disk) hold(code string, day time.Time) (*txn.Transaction, txn.Money) {
	i := d.holder(code, day)
	if i == nil {
		return nil, txn.Money{}
	}
	t := d.transaction(i)
	return &t, d.held(i)
}

// holder is the item of a hold.
func (d *disk) holder(code string, day time.Time) *item {
	y, m, dd := day.Date()
	for n := len(d.items) - 1; n >= 0; n-- {
		i := &d.items[n]
		if i.txn.Kind != txn.PreAuth || i.txn.Status != txn.Approved || i.txn.Result.AuthCode != code {
			continue
		}
		if yy, mm, ddd := i.txn.At.Date(); yy == y && mm == m && ddd == dd {
			return i
		}
	}
	return nil
}

// held is what a pre-authorisation holds with its increments.
func (d *disk) held(i *item) txn.Money {
	held := i.txn.Amount
	for n := range d.items {
		x := &d.items[n].txn
		if x.Kind == txn.Increment && x.Status == txn.Approved && x.Of.AuthCode == i.txn.Result.AuthCode && x.Of.At.Equal(i.txn.At) {
			held.Minor += x.Amount.Minor
		}
	}
	return held
}

// recover is what the journal knows at start-up.
func (d *disk) recover() txn.Recovered {
	r := txn.Recovered{Batch: d.open(), NextSTAN: txn.NextSTAN(d.stan)}
	for d.find(txn.Key{Batch: r.Batch, STAN: r.NextSTAN}) != nil {
		r.NextSTAN = txn.NextSTAN(r.NextSTAN)
	}
	for n := range d.items {
		if d.items[n].txn.Batch == r.Batch {
			r.Count++
		}
		if i := &d.items[n]; i.txn.Untold || i.txn.Status == txn.Asking {
			r.Untold = append(r.Untold, d.transaction(i))
		}
		switch i := &d.items[n]; i.txn.Status {
		case txn.Open:
			r.Open = append(r.Open, d.transaction(i))
		case txn.ReversalPending:
			r.Pending = append(r.Pending, d.transaction(i))
		case txn.Approved:
			if i.txn.Kind.Copies()&^(i.printed|i.waived) != 0 {
				r.Unprinted = append(r.Unprinted, d.transaction(i))
			}
		case txn.Drafted, txn.Declined, txn.Failed, txn.Reversed, txn.Voided, txn.Asking, txn.Refused:
		}
	}
	if len(r.Untold) > 1 {
		slices.SortStableFunc(r.Untold, func(a, b txn.Transaction) int {
			return cmp.Or(cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.STAN, b.STAN))
		})
	}
	r.Last = d.lookup(0)
	return r
}
