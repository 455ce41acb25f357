package mutant

// The money bugs of the machine. Each is one a tired person could write.
var machine = []Mutant{
	{"send before INTENT", "txn/sale.go",
		"m.stage = stageIntent\n\tm.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})",
		"m.sendDraft()\n\tm.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})"},
	{"send without waiting for INTENT", "txn/sale.go",
		"m.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})",
		"m.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})\n\tm.sendDraft()"},
	{"send although INTENT could not be written", "txn/step.go",
		"m.Draft.Status = Drafted\n\t\tm.refuse(DiskFailed)",
		"m.sendDraft()"},
	{"show without waiting for OUTCOME", "txn/sale.go",
		"\tm.write(row, v.Key(), Record{Type: row, Txn: v})\n}",
		"\tm.write(row, v.Key(), Record{Type: row, Txn: v})\n\tm.showOutcome()\n}"},
	{"OUTCOME never written", "txn/sale.go",
		"\tm.write(row, v.Key(), Record{Type: row, Txn: v})\n}",
		"\tm.showOutcome()\n}"},
	{"lost OUTCOME shown as approved", "txn/sale.go",
		"m.verdict.Status, m.verdict.Cause = ReversalPending, DiskRecover",
		"m.verdict.Status = Approved"},
	{"unknown never queued", "txn/sale.go", "m.queueReversal(m.Draft)", ""},
	{"duplicate taken for a refusal", "txn/sale.go", "case isDuplicate(r.Code):", "case false && isDuplicate(r.Code):"},
	{"timeout taken for nothing charged", "txn/sale.go", "if written {", "if false {"},
	{"timed-out sale sent again", "txn/sale.go",
		"v := m.Draft\n\tv.Cause, v.Status = cause, Failed",
		"if written && m.Draft.Attempts == 0 {\n\t\tm.Draft.Attempts++\n\t\tm.sendDraft()\n\t\treturn\n\t}\n\tv := m.Draft\n\tv.Cause, v.Status = cause, Failed"},
	{"another amount sent than journaled", "txn/sale.go",
		"At: d.At, Amount: d.Amount,", "At: d.At, Amount: Money{d.Amount.Minor + 1, d.Amount.Currency},"},
	{"slip before OUTCOME", "txn/sale.go",
		"m.stage, m.verdict = stageOutcome, v\n",
		"m.stage, m.verdict = stageOutcome, v\n\tif v.Status == Approved {\n\t\tm.feed(Slip{Txn: v, Copy: MerchantCopy})\n\t}\n"},
	{"refusal taken for an approval", "txn/sale.go", "case Approves(r.Code):", `case Approves(r.Code) || r.Code == "05":`},
	{"written bytes forgotten", "txn/link.go", "m.unanswered(e.Written, cause)", "m.unanswered(false, cause)"},
	{"broken link taken for nothing sent", "txn/link.go", "m.unanswered(true, e.Code)", "m.unanswered(false, e.Code)"},
	{"silence taken for nothing sent", "txn/link.go", "m.unanswered(true, cause)\n}\n\n// unanswered ends", "m.unanswered(false, cause)\n}\n\n// unanswered ends"},
	{"sale before the reversal", "txn/link.go", "case len(m.Pending) > 0 && due:", "case len(m.Pending) > 0 && due && !waiting:"},
	{"reversal taken as done after silence", "txn/link.go",
		"case OpReversal:\n\t\tm.reversalUndelivered()", "case OpReversal:\n\t\tm.reversalReplied(Reply{Result: Result{Code: \"00\"}})"},
	{"late approval honoured", "txn/late.go",
		"m.write(RecLate, t.Key(), Record{Type: RecLate, Txn: row})",
		"m.write(RecApproved, t.Key(), Record{Type: RecApproved, Txn: row})"},
	{"late reply ends the reversal", "txn/late.go",
		"m.setPending(i, t)", "m.Pending = append(append([]Transaction(nil), m.Pending[:i]...), m.Pending[i+1:]...)"},
	{"reply matched without STAN", "txn/link.go", "r.STAN != q.STAN ||", ""},
	{"reply matched without terminal", "txn/link.go", "r.Terminal != q.Terminal ||", ""},
	{"reply matched without merchant", "txn/link.go", "|| r.Merchant != q.Merchant", ""},
	{"reply matched without operation", "txn/link.go", "r.Op != q.Op ||", ""},
	{"reply matched without amount", "txn/link.go", "r.Amount == q.Amount", "r.Amount.Minor > 0"},
}

// More of the machine: what it does at start-up, with reversals and with paper.
var aftermath = []Mutant{
	{"STAN reused", "txn/step.go", "m.NextSTAN = NextSTAN(stan)", "m.NextSTAN = stan"},
	{"STAN begins anew at start", "txn/step.go", "max(r.NextSTAN, 1), max(r.Batch, 1)", "1, max(r.Batch, 1)"},
	{"open INTENT taken for failed at start", "txn/step.go",
		"rows = append(rows, Record{Type: RecReversalPending, Txn: t})\n\t\tm.Pending = append(m.Pending, t)",
		"rows = append(rows, Record{Type: RecFailed, Txn: t})"},
	{"open INTENT not queued at start", "txn/step.go", "m.Pending = append(m.Pending, t)", ""},
	{"pending reversals forgotten at start", "txn/step.go", "m.Pending = slices.Clone(r.Pending)", "m.Pending = nil"},
	{"reversal dropped after three tries", "txn/reversal.go",
		"m.backOff()\n\tm.triedInVain()\n\tif m.stage == stageWaiting {\n\t\tm.refuse(ReversalFirst)",
		"if len(m.Pending) > 0 && m.Pending[0].Attempts > 2 {\n\t\tm.Pending = m.Pending[1:]\n\t}\n\tm.backOff()\n\tm.triedInVain()\n\tif m.stage == stageWaiting {\n\t\tm.refuse(ReversalFirst)"},
	{"reversal of the next STAN", "txn/reversal.go",
		"Op: t.Kind.Op(), STAN: t.STAN, At: t.At, AuthCode: t.Result.AuthCode, Reason", "Op: t.Kind.Op(), STAN: NextSTAN(t.STAN), At: t.At, AuthCode: t.Result.AuthCode, Reason"},
	{"reversal of another amount", "txn/reversal.go", "At: m.Now, Amount: t.Amount,", "At: m.Now, Amount: Money{t.Amount.Minor + 1, t.Amount.Currency},"},
	{"reversal in another batch", "txn/reversal.go", "STAN: t.STAN, Batch: t.Batch,", "STAN: t.STAN, Batch: t.Batch + 1,"},
	{"reversal refused by the host dropped", "txn/reversal.go",
		"t.Refused = code\n\t\tm.setPending(0, t)", "t.Refused = code\n\t\tm.reversalDone(t.Key())"},
	{"REVERSED not written", "txn/reversal.go",
		"m.write(RecReversed, t.Key(), Record{Type: RecReversed, Txn: t})", "m.reversalDone(t.Key())"},
	{"REVERSED not waited for", "txn/reversal.go",
		"m.write(RecReversed, t.Key(), Record{Type: RecReversed, Txn: t})",
		"m.write(RecReversed, t.Key(), Record{Type: RecReversed, Txn: t})\n\tm.reversalDone(t.Key())"},
	{"refused reversal taken as done", "txn/reversal.go", "if !acknowledgesReversal(r.Code) {", "if false {"},
	{"card wiped while its reversal is pending", "txn/entry.go", "if m.Draft.Status == ReversalPending || m.Draft.Untold {", "if m.Draft.Untold {"},
	{"cancelled while the request is out", "txn/entry.go", "if m.stage != stageWaiting && m.chip != chipReading {", "if false {"},
	{"slip printed again without DUPLICATE", "txn/paper.go",
		"m.papers, m.again = AllCopies&^m.Draft.Printed, false", "m.papers, m.again = AllCopies, false"},
	{"reprint without DUPLICATE", "txn/paper.go",
		"m.papers, m.again = AllCopies, true", "m.papers, m.again = AllCopies, false"},
	{"PRINTED before the paper", "txn/paper.go",
		"m.do(Print{Slip: s})",
		"m.write(RecPrinted, s.Txn.Key(), Record{Type: RecPrinted, Txn: s.Txn, Copy: s.Copy})\n\tm.do(Print{Slip: s})"},
}

// Voids: what takes a charge back must itself happen once, whole, and on both
// sides.
var voids = []Mutant{
	{"sale not ended with its void", "txn/sale.go",
		"m.write(row, v.Key(), Record{Type: row, Txn: v}, m.voided())", "m.write(row, v.Key(), Record{Type: row, Txn: v})"},
	{"sale ended whatever became of its void", "txn/sale.go",
		"if v.Kind == Void && v.Status == Approved {", "if v.Kind == Void {"},
	{"sale ended before its void is approved", "txn/sale.go",
		"m.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})",
		"if d.Kind == Void {\n\t\tm.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d}, m.voided())\n\t\treturn\n\t}\n\tm.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})"},
	{"voided twice", "txn/void.go", "return VoidAlready", "return NoProblem"},
	{"a declined sale voided", "txn/void.go", "t.Kind != Sale || t.Status != Approved", "t.Kind != Sale"},
	{"a void voided", "txn/void.go", "case t.Kind != Sale || t.Status != Approved:", "case t.Status != Approved:"},
	{"the wrong sale voided", "txn/void.go", "Original{Op: OpSale, STAN: p.STAN,", "Original{Op: OpSale, STAN: max(p.STAN, 2) - 1,"},
	{"part of a sale voided", "txn/void.go", "Amount: t.Amount, Card: t.Card,", "Amount: Money{max(t.Amount.Minor/2, 1), t.Amount.Currency}, Card: t.Card,"},
	{"lost void not reversed", "txn/sale.go", "if written {", "if written && v.Kind != Void {"},
}

// Seals: what the host's key did not sign, the host did not say.
var seals = []Mutant{
	{"a reply with a wrong MAC believed", "txn/link.go", "case r.BadMAC:", "case false:"},
	{"a wrong MAC taken for a refusal", "txn/link.go", "m.unanswered(true, cause)\n}\n\nfunc (m *machine) signOnReplied",
		"m.unanswered(false, cause)\n}\n\nfunc (m *machine) signOnReplied"},
}

// Advices: what happened is told until it is heard.
var advices = []Mutant{
	{"advice not stored with its outcome", "txn/sale.go",
		"m.write(row, v.Key(), Record{Type: row, Txn: v}, more)", "_ = more\n\t\tm.write(row, v.Key(), Record{Type: row, Txn: v})"},
	{"silence taken for an acknowledged advice", "txn/link.go", "case OpScript:\n\t\tm.adviceUndelivered()",
		"case OpScript:\n\t\tm.write(RecTold, m.Untold[0].Key(), Record{Type: RecTold, Txn: m.Untold[0]})"},
	{"advices forgotten by a start", "txn/step.go", "m.Untold = slices.Clone(r.Untold)", "m.Untold = nil"},
	{"advice taken for told when it is put off", "txn/advice.go", "if comesBack(r.Code) {", "if false {"},
	{"card wiped while its advice is due", "txn/entry.go", "if m.Draft.Status == ReversalPending || m.Draft.Untold {",
		"if m.Draft.Status == ReversalPending {"},
}

// Settlements: a batch is closed once, on both sides, with the same totals.
var settlements = []Mutant{
	{"batch closed by silence", "txn/settle.go", "m.unsettled(cause)\n}\n\n// unsettled leaves",
		"v := m.Draft\n\tv.Status = Approved\n\tm.outcome(v)\n}\n\n// unsettled leaves"},
	{"batch taken for open after silence", "txn/settle.go", "op == OpSettle && !written && v.Attempts == 1", "op == OpSettle"},
	{"sold into a frozen batch", "txn/link.go", "case waiting && m.Frozen != nil && m.Draft.Kind != Settlement:", "case false:"},
	{"settled before the reversal", "txn/link.go", "case len(m.Pending) > 0 && due:",
		"case len(m.Pending) > 0 && due && m.Draft.Kind != Settlement:"},
	{"frozen batch forgotten by a start", "txn/step.go", "m.Frozen = &t", "_ = t"},
	{"totals that differ taken for equal", "txn/settle.go", "m.stage = stageBatch\n\t\tm.do(ListBatch{})",
		"v := m.Draft\n\t\tv.Status = Approved\n\t\tm.outcome(v)"},
	{"a batch further without closing", "txn/settle.go", "m.Frozen = nil\n\tif m.Draft.Status == Approved {", "m.Frozen = nil\n\tif true {"},
	{"closed batch gone on with", "txn/settle.go", "m.Frozen = nil\n\tif m.Draft.Status == Approved {", "m.Frozen = nil\n\tif false {"},
	{"settlement reversed", "txn/step.go", "if t.Kind == Settlement {", "if false {"},
}

// Chip cards: the card has the last word.
var chips = []Mutant{
	{"card's refusal overlooked", "txn/chip.go", "if v.Status == Approved && !e.Approved {", "if false {"},
	{"card that never completes taken as agreed", "txn/chip.go",
		"m.completed(CardDone{Session: m.session, Code: CardGone})", "m.completed(CardDone{Session: m.session, Approved: true})"},
	{"card not asked after the host", "txn/sale.go", "if m.chip == chipOnline {", "if false {"},
	{"refusal by the card taken for nothing charged", "txn/chip.go",
		"v.Status, v.Cause, v.Reason = ReversalPending,", "v.Status, v.Cause, v.Reason = Declined,"},
	{"old card's word believed", "txn/chip.go", "if e.Session != m.session {\n\t\treturn", "if false {\n\t\treturn"},
}
