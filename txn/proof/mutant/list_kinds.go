package mutant

// Refunds, which are asked for again and never reversed.
var refunds = []Mutant{
	{"refund asked under a new number", "txn/advice.go", "m.setUntold(0, t)\n\tswitch {",
		"m.setUntold(0, t)\n\tif t.Status == Asking {\n\t\tt.STAN = m.takeSTAN()\n\t}\n\tswitch {"},
	{"refund reversed", "txn/kind.go", "lost: lostAsked,", "lost: lostReversed,"},
	{"unanswered refund taken for declined", "txn/sale.go", "case lostAsked:\n\t\treturn Asking", "case lostAsked:\n\t\treturn Declined"},
	{"unanswered refund taken for approved", "txn/sale.go", "case lostAsked:\n\t\treturn Asking", "case lostAsked:\n\t\treturn Approved"},
	{"open refund not asked again at start", "txn/step.go", "Asking, Restarted\n\t\t\tm.Untold = append(m.Untold, t)", "Asking, Restarted"},
	{"refund given up after three tries", "txn/advice.go", "pause := max(m.tellPause, m.Setup.ReversalPause)",
		"if len(m.Untold) > 0 && m.Untold[0].Told > 3 {\n\t\tm.Untold = m.Untold[1:]\n\t}\n\tpause := max(m.tellPause, m.Setup.ReversalPause)"},
	{"refund of something else", "txn/void.go", "RRN: p.RRN}", "RRN: \"000000000001\"}"},
	{"refund asked again for more", "txn/advice.go", "t.Told++\n", "t.Told++\n\tif t.Status == Asking {\n\t\tt.Amount.Minor++\n\t}\n"},
	{"card wiped while its refund is asked again", "txn/entry.go", "m.Draft.Status == Asking ||", ""},
}

// The pre-authorisation family.
var holds = []Mutant{
	{"completion over 115 % let through", "txn/preauth.go", "maxCompletion = 115", "maxCompletion = 150"},
	{"completion not held against the hold", "txn/entry.go", "if !m.covers(amount) {", "if false {"},
	{"completion with another card", "txn/preauth.go", "if card := e.Txn.Card.PAN; !card.Empty() &&", "if card := e.Txn.Card.PAN; false &&"},
	{"increments forgotten in a void of the hold", "txn/preauth.go", "m.Draft.Amount = e.Held", "m.Draft.Amount = e.Txn.Amount"},
	{"voided completion still counted", "txn/sale.go", "if v.Kind.Voids() && v.Status == Approved {", "if v.Kind == Void && v.Status == Approved {"},
	{"a completion's void voided", "txn/kind.go", "return other == Completion\n", "return other == Completion || other == CompletionVoid\n"},
	{"a completion voided as a sale", "txn/kind.go", "other == Phone || other == Offline", "other == Phone || other == Offline || other == Completion"},
	{"lost completion taken for declined", "txn/sale.go", "default:\n\t\treturn ReversalPending",
		"default:\n\t\tif k == Completion {\n\t\t\treturn Declined\n\t\t}\n\t\treturn ReversalPending"},
	{"completion counted nowhere", "txn/kind.go", "steps: heldSteps, chip: chipNames, side: Debit,", "steps: heldSteps, chip: chipNames,"},
	{"hold counted as charged", "txn/kind.go", "{op: OpAuth, steps:", "{op: OpAuth, side: Debit, steps:"},
	{"card changed after it was held against the hold's", "txn/entry.go", "case m.Hold.Minor > 0 && ", "case false && "},
	{"balance reversed", "txn/sale.go", "case lostDropped:\n\t\treturn Failed", "case lostDropped:\n\t\treturn ReversalPending"},
	{"part approved, the whole counted", "txn/sale.go", "v.Asked, v.Amount = v.Amount, r.Amount", "v.Asked = r.Amount"},
}

// What happens at the till, and the host is told of.
var tills = []Mutant{
	{"offline sale not stored as untold", "txn/offline.go", "{Type: RecApproved, Txn: v}, {Type: RecAdvice, Txn: v}}", "{Type: RecApproved, Txn: v}}"},
	{"offline sale not told", "txn/sale.go", "if m.Draft.Untold {\n\t\tm.queueAdvice(m.Draft)", "if false {\n\t\tm.queueAdvice(m.Draft)"},
	{"offline sale asked for and not taken", "txn/kind.go", "AuthEntry}, lost: lostNever,", "AuthEntry},"},
	{"refused advice taken for told", "txn/advice.go", "case t.Kind.Told() && !Approves(r.Code):", "case false:"},
	{"refused tip left on its sale", "txn/advice.go", "if t.Kind == Tip {\n\t\tsale := t", "if false {\n\t\tsale := t"},
	{"refusal written down as told", "txn/advice.go", "m.write(RecRefused, t.Key(), rows...)",
		"m.write(RecTold, t.Key(), Record{Type: RecTold, Txn: t})\n\t_ = rows"},
	{"tip not written on the sale", "txn/offline.go", "if v.Kind == Tip {", "if false {"},
	{"tip on the sale without its amount", "txn/offline.go", "sale.Amount, sale.Tip = amount, tip", "sale.Tip = tip"},
	{"tip on a voided sale", "txn/tip.go", "case t.Status == Voided:\n\t\treturn VoidAlready", "case t.Status == Voided:\n\t\treturn NoProblem"},
	{"tip on a hold", "txn/tip.go", "!Void.Takes(t.Kind) || t.Status != Approved", "t.Status != Approved"},
	{"tip on what is being reversed", "txn/tip.go", "t.Status == ReversalPending:\n\t\treturn VoidPending", "t.Status == ReversalPending:\n\t\treturn NoProblem"},
	{"taken at the till into a frozen batch", "txn/link.go", "on what is being reversed\n\t\tm.undertaken()", "on what is being reversed\n\t\tm.begin()"},
	{"tip on what the host has not heard of", "txn/tip.go", "t.unheard):", "t.unheard) && false:"},
	{"nothing sent any more after a sign-off", "txn/link.go", "m.gone = false", "_ = kind"},
	{"void before its sale was told", "txn/link.go", "return k.Voids() ||", "return"},
	{"refund before its sale was told", "txn/link.go", "k == Refund ||", ""},
	{"batch closed with an asking refund", "txn/link.go", "k == Settlement || k == Refund", "k == Refund"},
	{"full batch ignored", "txn/link.go", "case m.full() && !settling:", "case false:"},
	{"full batch forgotten by a start", "txn/step.go", "m.Count = r.Count", "m.Count = 0"},
}

// The guards.
var guards = []Mutant{
	{"the guards not asked", "txn/guard.go", "m.Setup.Guards != nil && !m.weighed", "false && !m.weighed"},
	{"a warning passed by Enter alone", "txn/confirm.go", "return d.Amount.Minor, !s.Overrules()", "return 0, false"},
	{"a warning passed without the supervisor", "txn/guard.go", "return s.Staffed && s.Draft.Approver == \"\"", "return false"},
	{"what was let pass not noted", "txn/guard.go", "m.Draft.pass(w.Rule)", "_ = w"},
	{"more given back than was paid", "txn/guard.go", "case e.Returned+minor > of.Amount.Minor:", "case false:"},
	{"only this refund looked at", "txn/guard.go", "case e.Returned+minor > of", "case minor > of"},
}

// The confirmation of what takes money back.
var confirmations = []Mutant{
	{"settles on a bare Enter", "txn/confirm.go", "case text.Empty():\n\t\treturn ConfirmDigits",
		"case text.Empty() && m.Draft.Kind == Settlement:\n\t\treturn NoProblem\n\tcase text.Empty():\n\t\treturn ConfirmDigits"},
	{"void accepts wrong digits", "txn/confirm.go", "case !types(text, figure):", "case !types(text, figure) && m.Draft.Kind != Void:"},
	{"refund on a bare Enter", "txn/confirm.go", "case Void, CompletionVoid, PreAuthVoid, Refund, Settlement:", "case Void, CompletionVoid, PreAuthVoid, Settlement:"},
	{"a figure without its last digit taken", "txn/confirm.go", "return err == nil && isDigits(digits) && n == figure",
		"return err == nil && isDigits(digits) && (n == figure || n == figure/10)"},
}

// Payment by a wallet's code.
var codes = []Mutant{
	{"payment code kept", "txn/qr.go", "m.do(ForgetSensitive{PayCode: m.paycode})", "_ = m.paycode"},
	{"payment code wiped before it is sent", "txn/sale.go", "r.PayCode = m.paycode\n\tm.send(r)\n\tm.dropPayCode()",
		"r.PayCode = m.paycode\n\tm.dropPayCode()\n\tm.send(r)"},
	{"code on the screen before its INTENT", "txn/qr.go", "s.stage != stageSent {", "s.stage < stageIntent {"},
	{"lost payment by code taken for failed", "txn/sale.go", "default:\n\t\treturn ReversalPending",
		"default:\n\t\tif k.QR() {\n\t\t\treturn Failed\n\t\t}\n\t\treturn ReversalPending"},
	{"payment by code counted nowhere", "txn/kind.go", "showFlow    = flow{op: OpQR, steps: []Name{AmountEntry, TipEntry}, chip: chipNames, side: Debit,",
		"showFlow    = flow{op: OpQR, steps: []Name{AmountEntry, TipEntry}, chip: chipNames,"},
	{"wallet's payment counted nowhere", "txn/host/sim/rows.go", "case txn.OpSale, txn.OpQR, txn.OpOffline,", "case txn.OpSale, txn.OpOffline,"},
	{"order of another amount", "txn/transaction.go", "t.Batch, t.STAN, t.Amount.Minor)", "t.Batch, t.STAN, t.Amount.Minor+1)"},
	{"tip on a payment by code", "txn/tip.go", "case t.Kind.QR():", "case false:"},
}

// The host's part of all that.
var accounts = []Mutant{
	{"repeated refund refused as a duplicate", "txn/host/sim/told.go", "if l.again(r, v) ||", "if r.Op != txn.OpRefund && l.again(r, v) ||"},
	{"refunds of a charge not remembered", "txn/host/sim/rows.go", "l.refunded[r.parent] += sign * r.minor", "l.refunded[r.parent] += 0"},
	{"refunded sale voided", "txn/host/sim/ledger.go", ", l.refunded[sale.seq] > 0:", ":"},
	{"increment held and not added", "txn/host/sim/held.go", "e.Amount.Minor += r.Amount.Minor", "e.Amount.Minor += 0"},
	{"reversed increment still held", "txn/host/sim/held.go", "e.Amount.Minor -= old.minor", "e.Amount.Minor -= 0"},
	{"charged hold still held", "txn/host/sim/held.go", "e.State = Completed\n", "e.State = Held\n"},
	{"reversed completion leaves no hold", "txn/host/sim/held.go",
		", old.op == txn.OpComplete && parent.state == Completed:", ":"},
	{"voided completion leaves no hold", "txn/host/sim/held.go", "h.State = Held\n", "h.State = Completed\n"},
	{"completion void leaves the charge", "txn/host/sim/held.go",
		"case txn.OpCompleteVoid:\n\t\te.State = Voided", "case txn.OpCompleteVoid:\n\t\te.State = Charged"},
	{"tip acknowledged and not charged", "txn/host/sim/told.go", "e.Amount.Minor = r.Amount.Minor\n", "e.Amount.Minor += 0\n"},
	{"refund counted as a sale", "txn/host/sim/rows.go", "if side == credit {\n\t\ttally = &of.Credits", "if false {\n\t\ttally = &of.Credits"},
}

// Who may do it.
var people = []Mutant{
	{"void without a supervisor", "txn/signin.go", "case Void, Refund, PreAuthVoid,", "case Refund, PreAuthVoid,"},
	{"refund let pass by a cashier's word", "txn/signin.go", "m.Draft.Approver = e.Operator", "m.Draft.Approver = m.Operator"},
	{"supervisor's refusal taken for a yes", "txn/signin.go", "m.whoAgain()\n\t}\n}\n\n// letIn", "m.letIn(e)\n\t}\n}\n\n// letIn"},
	{"wrong PIN let in", "txn/signin.go", "case StaffWrong:\n\t\tm.dropPasscodes()\n\t\tm.Name = Passcode", "case StaffWrong:\n\t\tm.letIn(e)"},
	{"signed in without asking", "txn/signin.go", "m.signing.pin = reader.NewSecret(text.Reveal())\n\tm.vouch(reader.Secret{})", "m.letIn(Vouched{Operator: m.Who, Shift: true})"},
	{"sale by nobody", "txn/sale.go", "d.Terminal, d.Merchant, d.Operator = m.Setup.Terminal, m.Setup.Merchant, m.Operator",
		"d.Terminal, d.Merchant = m.Setup.Terminal, m.Setup.Merchant"},
	{"nobody signed in after a start", "txn/signin.go", "m.Staffed && m.Operator == \"\" }", "false }"},
	{"locked in the middle of a request", "txn/signin.go", "s.stage != stageNone || s.chip", "s.chip"},
}
