package txn

// SlipWanted asks for the slips of a transaction that the list of them shows, of whatever
// batch: the reprint by its key. It is taken at the list alone, and answered like a trace
// number.
type SlipWanted struct{ Key Key }

func (SlipWanted) event() {}

// slipWanted asks the journal for the transaction; [machine.found] prints its slips again,
// or says why there are none.
func (m *machine) slipWanted(k Key) {
	if m.Name != Journal {
		m.Problem = NotHere
		return
	}
	m.Problem, m.Name = NoProblem, TraceEntry
	m.seeking++
	m.sought = true
	m.do(Lookup{STAN: k.STAN, Batch: k.Batch})
}
