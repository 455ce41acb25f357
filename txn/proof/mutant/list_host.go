package mutant

import "slices"

// The money bugs of the host's ledger.
var host = []Mutant{
	{"tombstone not kept", "txn/host/sim/ledger.go",
		"if old == nil {\n\t\tseq", "if old == nil {\n\t\tv.Reply.Code = CodeNoOriginal\n\t\tif now.Unix() > 0 {\n\t\t\treturn\n\t\t}\n\t\tseq"},
	{"tombstone overlooked", "txn/host/sim/ledger.go",
		"if old == nil {\n\t\treturn false", "if old == nil || old.state == Tombstone {\n\t\treturn false"},
	{"tombstone lost at a restart", "txn/host/sim/ledger.go",
		"e := &entries[i]\n", "e := &entries[i]\n\t\tif e.State == Tombstone {\n\t\t\tcontinue\n\t\t}\n"},
	{"reversal acknowledged and not done", "txn/host/sim/ledger.go", "e.State = Reversed", "e.State = Charged"},
	{"duplicate approved", "txn/host/sim/ledger.go", "v.Reply.Code = CodeDuplicate", "v.Reply.Code = CodeApproved"},
	{"duplicate overlooked", "txn/host/sim/ledger.go",
		"if old == nil {\n\t\treturn false", "if old == nil || old.state == Charged {\n\t\treturn false"},
	{"refusal charged", "txn/host/sim/ledger.go", "state := Declined", "state := Charged"},
	{"charge not stored", "txn/host/sim/ledger.go",
		"func (v *Verdict) change(e Entry) { v.Changed, v.Entry = true, e }",
		"func (v *Verdict) change(e Entry) { v.Changed, v.Entry = e.State != Charged, e }"},
	{"terminals mixed up", "txn/host/sim/rows.go", "return key(terminal)<<40 |", "return key(terminal&0)<<40 |"},
	{"update of a row lost", "txn/host/sim/rows.go", "l.rows[i] = r\n", "l.rows[i].at = r.at\n"},
	{"void approved and not done", "txn/host/sim/ledger.go", "e.State = Voided\n\t\tv.Sale = &e", "e.State = Voided"},
	{"reversed void not charged again", "txn/host/sim/held.go",
		"case old.op == txn.OpVoid && parent.state == Voided:\n\t\te.State = Charged\n\t\tv.Sale = &e",
		"case old.op == txn.OpVoid && parent.state == Voided:\n\t\te.State = Charged"},
	{"voided sale not stored", "txn/host/sim/ledger.go", "if v.Sale != nil {\n\t\tl.put(v.Sale)", "if false {\n\t\tl.put(v.Sale)"},
}

// List is every mutant of the gate.
func List() []Mutant {
	return slices.Concat(machine, aftermath, voids, seals, advices, settlements, chips, refunds, holds, tills, guards, confirmations, people, codes, host, accounts)
}
