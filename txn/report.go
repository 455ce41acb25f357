package txn

import (
	"cmp"
	"slices"
	"time"

	"vpos/reader"
)

// Reports: what the transactions of one batch come to, by whatever a shop asks. A
// report counts the transactions one by one, beside the totals that a settlement
// compares with the host, and must agree with them.

// Report is one batch as the journal has it.
type Report struct {
	Batch    Batch
	Currency Currency
	Terminal string       // field 41
	Merchant string       // field 42
	Closed   *Transaction // the settlement that closed the batch; nil while it is open
	Lines    []ReportLine // every transaction of the batch but its settlements, oldest first
}

// ReportLine is one transaction of a batch. It holds no secret.
type ReportLine struct {
	Key
	Kind     Kind
	At       time.Time // when the cashier confirmed
	Amount   int64     // minor units
	Tip      int64     // the part of the amount that is one
	Brand    reader.Brand
	Entry    reader.EntryMode
	Last4    string        // of the card, or of a payment code
	Wallet   reader.Wallet // who paid by a code; empty for a card
	AID      string        // of the chip's application; empty for none
	Operator string        // who began it; empty when nobody was signed in
	Status   Status
	Untold   bool // the host is still to be told of it
	Owed     bool // paper of it has not left the printer
}

// Counts is the side of the batch's totals that the transaction is on as it stands.
func (l *ReportLine) Counts() Side {
	if l.Status != Approved {
		return Nowhere
	}
	return l.Kind.Side()
}

// Moved is what the transaction itself moved: of a tip that was added afterwards, the
// tip, since its sale has the rest. Minor units.
func (l *ReportLine) Moved() int64 {
	if l.Kind == Tip {
		return l.Tip
	}
	return l.Amount
}

// From and To are when the first and the last transaction was confirmed; zero for none.
func (r *Report) From() time.Time { return r.edge(0) }

// To is From's other end.
func (r *Report) To() time.Time { return r.edge(len(r.Lines) - 1) }

func (r *Report) edge(i int) time.Time {
	if len(r.Lines) == 0 {
		return time.Time{}
	}
	return r.Lines[i].At
}

// Totals is what the batch comes to, as a settlement has it.
func (r *Report) Totals() Totals {
	var t Totals
	for i := range r.Lines {
		sides := &t.Domestic
		if Foreign(r.Lines[i].Brand) {
			sides = &t.Foreign
		}
		sides.count(&r.Lines[i])
	}
	return t
}

// Net is what the shop is owed, before fees: debits less credits, in minor units.
func (r *Report) Net() int64 { return r.Totals().Sum().Net() }

// Agrees reports whether the transactions come to what the settlement closed the batch
// with. An open batch has nothing to disagree with.
func (r *Report) Agrees() bool {
	return r.Closed == nil || r.Closed.Totals != nil && *r.Closed.Totals == r.Totals()
}

// Net is debits less credits, in minor units.
func (s Sides) Net() int64 { return s.Debits.Minor - s.Credits.Minor }

// count adds a transaction where it counts.
func (s *Sides) count(l *ReportLine) {
	switch l.Counts() {
	case Debit:
		s.Debits.add(l.Amount)
	case Credit:
		s.Credits.add(l.Amount)
	case Nowhere:
	}
}

func (t *Tally) add(minor int64) {
	t.Count++
	t.Minor += minor
}

// Part is what one kind, brand or operator has of a batch's totals.
type Part[K cmp.Ordered] struct {
	Of K
	Sides
}

// ByKind, ByBrand and ByOperator part the totals; what has nothing is left out.
func (r *Report) ByKind() []Part[Kind] {
	return parts(r.Lines, func(l *ReportLine) Kind { return l.Kind }, Kinds())
}

// ByBrand parts what cards paid by their scheme.
func (r *Report) ByBrand() []Part[reader.Brand] {
	return parts(r.paidBy(false), func(l *ReportLine) reader.Brand { return l.Brand }, reader.Brands())
}

// ByWallet parts what was paid by a code by whose it was.
func (r *Report) ByWallet() []Part[reader.Wallet] {
	return parts(r.paidBy(true), func(l *ReportLine) reader.Wallet { return l.Wallet }, reader.Wallets())
}

// paidBy are the transactions of wallets, or those of cards.
func (r *Report) paidBy(wallets bool) []ReportLine {
	return slices.DeleteFunc(slices.Clone(r.Lines), func(l ReportLine) bool { return (l.Entry == reader.QR) != wallets })
}

// ByOperator parts the totals by who began the transaction.
func (r *Report) ByOperator() []Part[string] {
	return parts(r.Lines, func(l *ReportLine) string { return l.Operator }, nil)
}

// parts tallies the lines that count by a key, in the order given, others after it in
// their own.
func parts[K cmp.Ordered](lines []ReportLine, key func(*ReportLine) K, order []K) []Part[K] {
	var list []Part[K]
	for i := range lines {
		l := &lines[i]
		if l.Counts() == Nowhere {
			continue
		}
		at := slices.IndexFunc(list, func(p Part[K]) bool { return p.Of == key(l) })
		if at < 0 {
			at, list = len(list), append(list, Part[K]{Of: key(l)})
		}
		list[at].count(l)
	}
	rank := func(k K) int {
		if i := slices.Index(order, k); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(list, func(a, b Part[K]) int {
		return cmp.Or(cmp.Compare(rank(a.Of), rank(b.Of)), cmp.Compare(a.Of, b.Of))
	})
	return list
}

// Share is a tally of one thing.
type Share[K any] struct {
	Of K
	Tally
}

// Beside are the kinds that happened and count for nothing themselves: voids, holds,
// balances, tips that their sales have already.
func (r *Report) Beside() []Share[Kind] {
	return shares(r.Lines, Kinds(), func(l *ReportLine, k Kind) bool {
		return l.Kind == k && l.Status == Approved && k.Side() == Nowhere
	})
}

// Ended are the transactions that charge nothing, by how they came to their end.
func (r *Report) Ended() []Share[Status] {
	ends := []Status{Voided, Reversed, Refused, Declined, Failed}
	return shares(r.Lines, ends, func(l *ReportLine, s Status) bool { return l.Status == s })
}

// Unsettled is what is still to be done about a batch's transactions.
type Unsettled string

// What may be left to do.
const (
	ToReverse Unsettled = "reverse" // unknown, and to be taken back
	ToAsk     Unsettled = "ask"     // unknown, and to be asked again
	ToTell    Unsettled = "tell"    // the host is to be told of it
	ToPrint   Unsettled = "print"   // its paper is owed
)

// Left is what is still to be done, all four whether there is any or not.
func (r *Report) Left() []Share[Unsettled] {
	list := make([]Share[Unsettled], 0, 4)
	for _, u := range []Unsettled{ToReverse, ToAsk, ToTell, ToPrint} {
		s := Share[Unsettled]{Of: u}
		for i := range r.Lines {
			if r.Lines[i].wants(u) {
				s.add(r.Lines[i].Moved())
			}
		}
		list = append(list, s)
	}
	return list
}

// wants reports whether something is still to be done about a transaction.
func (l *ReportLine) wants(u Unsettled) bool {
	switch u {
	case ToReverse:
		return l.Status == Open || l.Status == ReversalPending
	case ToAsk:
		return l.Status == Asking
	case ToTell:
		return l.Untold
	case ToPrint:
		return l.Owed
	}
	return false
}

// Tips is what of the totals is tips.
func (r *Report) Tips() Tally {
	var t Tally
	for i := range r.Lines {
		if l := &r.Lines[i]; l.Counts() == Debit && l.Tip > 0 {
			t.add(l.Tip)
		}
	}
	return t
}

// shares tallies the lines that are of each key; a key that has none is left out.
func shares[K any](lines []ReportLine, keys []K, is func(*ReportLine, K) bool) []Share[K] {
	var list []Share[K]
	for _, k := range keys {
		s := Share[K]{Of: k}
		for i := range lines {
			if is(&lines[i], k) {
				s.add(lines[i].Moved())
			}
		}
		if s.Count > 0 {
			list = append(list, s)
		}
	}
	return list
}
