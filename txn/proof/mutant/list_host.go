package mutant

// The money bugs of the host's ledger.
var host = []Mutant{
	{"tombstone not kept", "txn/host/sim/ledger.go",
		"if old == nil {\n\t\tseq", "if old == nil {\n\t\tv.Reply.Code = CodeNoOriginal\n\t\tif now.Unix() > 0 {\n\t\t\treturn\n\t\t}\n\t\tseq"},
	{"tombstone overlooked", "txn/host/sim/ledger.go",
		"r.STAN); old != nil {", "r.STAN); old != nil && old.state != Tombstone {"},
	{"tombstone lost at a restart", "txn/host/sim/ledger.go",
		"e := &entries[i]\n", "e := &entries[i]\n\t\tif e.State == Tombstone {\n\t\t\tcontinue\n\t\t}\n"},
	{"reversal acknowledged and not done", "txn/host/sim/ledger.go", "e.State = Reversed", "e.State = Charged"},
	{"duplicate approved", "txn/host/sim/ledger.go", "v.Reply.Code = CodeDuplicate", "v.Reply.Code = CodeApproved"},
	{"duplicate overlooked", "txn/host/sim/ledger.go",
		"r.STAN); old != nil {", "r.STAN); old != nil && old.state != Charged {"},
	{"refusal charged", "txn/host/sim/ledger.go", "state := Declined", "state := Charged"},
	{"charge not stored", "txn/host/sim/ledger.go",
		"func (v *Verdict) change(e Entry) { v.Changed, v.Entry = true, e }",
		"func (v *Verdict) change(e Entry) { v.Changed, v.Entry = e.State != Charged, e }"},
	{"terminals mixed up", "txn/host/sim/rows.go", "return key(terminal)<<40 |", "return key(terminal&0)<<40 |"},
	{"update of a row lost", "txn/host/sim/rows.go", "l.rows[i] = r\n", "l.rows[i].at = r.at\n"},
}

// List is every mutant of the gate.
func List() []Mutant {
	return append(append(append([]Mutant(nil), machine...), aftermath...), host...)
}
