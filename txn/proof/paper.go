package proof

import (
	"cmp"
	"slices"

	"vpos/txn"
)

// papers checks the slips of one terminal: its transactions are in c.txns.
func (c *Checker) papers(t *TerminalView) {
	if !t.PaperSeen {
		return
	}
	c.paper = append(c.paper[:0], t.Papers...)
	byKey := func(a, b Paper) int { return cmp.Or(compareKeys(a.Key, b.Key), cmp.Compare(a.Copy, b.Copy)) }
	if !slices.IsSortedFunc(c.paper, byKey) {
		slices.SortStableFunc(c.paper, byKey)
	}
	p := 0
	for i := range c.txns {
		x := &c.txns[i]
		for ; p < len(c.paper) && compareKeys(c.paper[p].Key, x.Key) < 0; p++ {
			c.report(RulePaper, t.Terminal, c.paper[p].Key, "a slip of a transaction the journal does not have")
		}
		from := p
		for p < len(c.paper) && c.paper[p].Key == x.Key {
			p++
		}
		c.slips(t.Terminal, x, c.paper[from:p])
	}
	for ; p < len(c.paper); p++ {
		c.report(RulePaper, t.Terminal, c.paper[p].Key, "a slip of a transaction the journal does not have")
	}
}

// slips checks the paper of one transaction.
func (c *Checker) slips(terminal string, t *TxnView, papers []Paper) {
	var originals [4]int // by copy, which is 1 or 2
	faults := 0
	for i := range papers {
		p := &papers[i]
		if p.Copy == txn.FaultSlip {
			faults++
			continue
		}
		if !p.Duplicate {
			originals[p.Copy&3]++
		}
		if p.Amount != t.Amount && !c.tipped(t.Key) {
			c.report(RulePaper, terminal, t.Key, "a slip for %s of a transaction for %s", p.Amount, t.Amount)
		}
	}
	switch t.Status {
	case txn.Approved, txn.Voided:
		if faults > 0 {
			c.report(RulePaper, terminal, t.Key, "approved, and a fault slip asks a person to see to it")
		}
	case txn.Refused: // it was approved when it was taken
	default:
		if n := len(papers) - faults; n > 0 {
			c.report(RulePaper, terminal, t.Key, "%d slips of a transaction that is %q", n, t.Status)
		}
		return
	}
	due := t.copies()
	for _, copied := range [...]txn.Copy{txn.MerchantCopy, txn.CardholderCopy} {
		switch n := originals[copied]; {
		case n > 1:
			c.report(RulePaper, terminal, t.Key, "copy %d left the printer %d times without the DUPLICATE mark", copied, n)
		case n > 0 && !due.Has(copied):
			c.report(RulePaper, terminal, t.Key, "copy %d left the printer, and a %s has none", copied, t.kind())
		case n == 0 && t.Printed.Has(copied):
			c.report(RulePaper, terminal, t.Key, "copy %d is recorded as printed and never left the printer", copied)
		}
	}
}
