package proof

import "vpos/txn"

// Transactions that are about another: voids, holds, tips and refunds.

// Takes reports whether an approved transaction of a kind takes back one of another,
// whole: the rule once more, since a proof believes no table of the machine's.
func Takes(k, other txn.Kind) bool {
	if k == txn.CompletionVoid {
		return other == txn.Completion
	}
	return k == txn.Void && (other == txn.Sale || other == txn.Phone || other == txn.Offline || other == txn.Scan || other == txn.Show)
}

// maxCompletion is the most that may be charged of a hold, in per cent.
const maxCompletion = 115

// due is what the host must hold an approved transaction to be, and for how much.
func (c *Checker) due(t *TxnView) (HostState, txn.Money) {
	switch t.Kind {
	case txn.PreAuth:
		return c.hold(t)
	case txn.Increment:
		return Held, t.Amount
	case txn.Tip, txn.Balance:
		return Noted, t.Amount
	default:
		return Charged, t.Amount
	}
}

// hold is what became of a pre-authorisation by what the terminal has approved since:
// increments add to it, a void or a completion ends it.
func (c *Checker) hold(t *TxnView) (HostState, txn.Money) {
	state, amount := Held, t.Amount
	for i := range c.txns {
		x := &c.txns[i]
		if x.Of != t.Key || x.Status != txn.Approved {
			continue
		}
		switch x.Kind {
		case txn.Increment:
			amount.Minor += x.Amount.Minor
		case txn.PreAuthVoid:
			state = Voided
		case txn.Completion:
			state = Completed
		default:
		}
	}
	return state, amount
}

// about holds that what is approved is about something that can bear it.
func (c *Checker) about(terminal string, t *TxnView) {
	if t.Status != txn.Approved || t.Of == (txn.Key{}) {
		return
	}
	of := c.find(t.Of)
	switch {
	case t.Kind == txn.Tip && (of == nil || !Takes(txn.Void, of.kind()) || of.kind().QR() || of.Status != txn.Approved && of.Status != txn.Voided):
		c.report(RuleTip, terminal, t.Key, "a tip on %s, which is no sale that stands", t.Of.STAN)
	case t.Kind == txn.Tip && t.Of.Batch != t.Key.Batch:
		c.report(RuleTip, terminal, t.Key, "a tip on a sale of batch %s", t.Of.Batch)
	case !t.Kind.Held():
	case of == nil || of.Kind != txn.PreAuth || of.Status != txn.Approved:
		c.report(RuleHold, terminal, t.Key, "about %s, which holds nothing", t.Of.STAN)
	case t.Kind == txn.Completion || t.Kind == txn.PreAuthVoid:
		c.ended(terminal, t, of)
	}
}

// ended holds that a pre-authorisation is ended once, and charged for no more than it
// may be.
func (c *Checker) ended(terminal string, t, of *TxnView) {
	if _, held := c.hold(of); t.Kind == txn.Completion && t.Amount.Minor > held.Minor*maxCompletion/100 {
		c.report(RuleHold, terminal, t.Key, "charged %s of a hold of %s", t.Amount, held)
	}
	for i := range c.txns {
		x := &c.txns[i]
		if x.Of == t.Of && x.Key != t.Key && x.Status == txn.Approved && (x.Kind == txn.Completion || x.Kind == txn.PreAuthVoid) {
			c.report(RuleHold, terminal, t.Key, "ends %s, as %s does", t.Of.STAN, x.Key.STAN)
		}
	}
}

// void holds that a charge is voided by exactly one approved void of its whole
// amount, and that an approved void has voided its charge.
func (c *Checker) void(terminal string, t *TxnView) {
	if t.Kind.Voids() && t.Status == txn.Approved {
		sale := c.find(t.Of)
		switch {
		case sale == nil || !Takes(t.Kind, sale.kind()):
			c.report(RuleVoid, terminal, t.Key, "voids %s, which is nothing it can void", t.Of.STAN)
		case sale.Status != txn.Voided || sale.Amount != t.Amount:
			c.report(RuleVoid, terminal, t.Key, "voids %s of %s, which is %q for %s", t.Amount, t.Of.STAN, sale.Status, sale.Amount)
		}
	}
	if t.Status != txn.Voided {
		return
	}
	voids := 0
	for i := range c.txns {
		if v := &c.txns[i]; v.Kind.Voids() && v.Of == t.Key && v.Status == txn.Approved {
			voids++
		}
	}
	if voids != 1 {
		c.report(RuleVoid, terminal, t.Key, "voided by %d voids", voids)
	}
}

// tipped reports whether a tip was ever added to a sale: its amount was another before.
func (c *Checker) tipped(sale txn.Key) bool {
	for i := range c.txns {
		if t := &c.txns[i]; t.Kind == txn.Tip && t.Of == sale {
			return true
		}
	}
	return false
}

// refunds holds that no charge is given back more than once: what is refunded of it at
// the host is no more than it came to, and nothing where it was taken back whole.
func (c *Checker) refunds(terminal string) {
	for i := range c.host {
		h := &c.host[i]
		if h.Op != txn.OpRefund || h.State != Charged || h.Of == (txn.Key{}) {
			continue
		}
		back, left := int64(0), int64(0)
		for n := range c.host {
			switch o := &c.host[n]; {
			case o.Key == h.Of && o.State == Charged:
				left = o.Amount.Minor
			case o.Op == txn.OpRefund && o.State == Charged && o.Of == h.Of:
				back += o.Amount.Minor
			}
		}
		if back > left {
			c.report(RuleRefund, terminal, h.Key, "%d given back in all of %s, of which %d is charged", back, h.Of.STAN, left)
		}
	}
}
