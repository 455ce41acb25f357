package proof

import "vpos/txn"

// What a batch comes to on both sides, and what is taken back, held, tipped and
// refunded in it.

// sides adds up debits and credits.
type sides txn.Sides

func (s *sides) add(side txn.Side, minor int64) {
	switch side {
	case txn.Debit:
		s.Debits.Count++
		s.Debits.Minor += minor
	case txn.Credit:
		s.Credits.Count++
		s.Credits.Minor += minor
	case txn.Nowhere:
	}
}

// total is one batch in one currency, on both sides.
type total struct {
	batch    txn.Batch
	currency txn.Currency
	terminal sides
	host     sides
}

// approval adds what the terminal holds approved.
func (c *Checker) approval(t *TxnView) {
	if side := t.kind().Side(); side != txn.Nowhere {
		c.sum(t.Key.Batch, t.Amount.Currency).terminal.add(side, t.Amount.Minor)
	}
}

// charging adds what the host has charged or given back.
func (c *Checker) charging(h *HostView) {
	if side := h.side(); side != txn.Nowhere {
		c.sum(h.Key.Batch, h.Amount.Currency).host.add(side, h.Amount.Minor)
	}
}

func (c *Checker) sum(b txn.Batch, currency txn.Currency) *total {
	for i := len(c.sums) - 1; i >= 0; i-- {
		if c.sums[i].batch == b && c.sums[i].currency == currency {
			return &c.sums[i]
		}
	}
	c.sums = append(c.sums, total{batch: b, currency: currency})
	return &c.sums[len(c.sums)-1]
}

func (c *Checker) totals(terminal string) {
	for i := range c.sums {
		if s := &c.sums[i]; s.terminal != s.host {
			c.report(RuleTotals, terminal, txn.Key{Batch: s.batch}, "%s: terminal %d for %d less %d for %d, host %d for %d less %d for %d", s.currency,
				s.terminal.Debits.Count, s.terminal.Debits.Minor, s.terminal.Credits.Count, s.terminal.Credits.Minor,
				s.host.Debits.Count, s.host.Debits.Minor, s.host.Credits.Count, s.host.Credits.Minor)
		}
	}
}
