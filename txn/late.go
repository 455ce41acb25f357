package txn

import "slices"

// Replies that come when nobody waits for them any more.

// stray logs a reply nothing waits for. One that answers a transaction which is
// being reversed, or was, came too late: it is written down and changes nothing.
func (m *machine) stray(r Reply) {
	if r.BadMAC {
		m.do(Note{Code: HostMAC, Key: Key{m.Batch, r.STAN}})
		return
	}
	late := func(t *Transaction) bool {
		return r.Op == t.Kind.Op() && r.STAN == t.STAN && r.Terminal == t.Terminal && !t.Late
	}
	if v := &m.verdict; m.stage == stageOutcome && v.Status == ReversalPending && late(v) {
		m.late(v, r) // its REVERSAL_PENDING is on its way to disk, before this
		return
	}
	if i := slices.IndexFunc(m.Pending, func(t Transaction) bool { return late(&t) }); i >= 0 {
		t := m.Pending[i]
		m.late(&t, r)
		m.setPending(i, t)
		return
	}
	for i, t := range m.over {
		if t != nil && late(t) {
			known := *t
			m.late(&known, r)
			m.over[i] = &known
			return
		}
	}
	m.do(Note{Code: HostStray, Key: Key{m.Batch, r.STAN}})
}

// late writes LATE, once a transaction.
func (m *machine) late(t *Transaction, r Reply) {
	t.Late = true
	row := *t
	row.Result = r.Result
	m.write(RecLate, t.Key(), Record{Type: RecLate, Txn: row})
}

// maxOver is how many reversed transactions are remembered for the sake of a
// late reply: one connection brings at most the replies of the last few.
const maxOver = 8

// remember keeps a transaction whose reversal is acknowledged. Its card is being
// wiped; what a row tells of it stays readable.
func (m *machine) remember(t Transaction) {
	m.over[m.overs%maxOver] = &t
	m.overs++
}
