package proof_test

import (
	"slices"
	"testing"

	"vpos/txn"
	"vpos/txn/proof"
)

// every is a world with everything in it: a tipped sale that is refunded in part, a
// hold that was added to and charged, one that was charged and is held again, one that
// was released, what happened at the till, and a balance.
func every() *proof.View {
	t := func(stan txn.STAN, k txn.Kind, of txn.STAN, minor int64) proof.TxnView {
		x := proof.TxnView{Key: key(stan), Kind: k, Amount: yuan(minor), Status: txn.Approved, Intents: 1}
		if of > 0 {
			x.Of = key(of)
		}
		return x
	}
	h := func(stan txn.STAN, op txn.Op, of txn.STAN, minor int64, s proof.HostState) proof.HostView {
		x := proof.HostView{Terminal: terminal, Key: key(stan), Op: op, Amount: yuan(minor), State: s}
		if of > 0 {
			x.Of = key(of)
		}
		return x
	}
	totals := &txn.Totals{Foreign: txn.Sides{
		Debits: txn.Tally{Count: 3, Minor: 550 + 1380 + 300}, Credits: txn.Tally{Count: 1, Minor: 550},
	}}
	v := &proof.View{
		Terminals: []proof.TerminalView{{
			Terminal: terminal,
			Txns: []proof.TxnView{
				t(1, txn.Sale, 0, 550), t(2, txn.Tip, 1, 550), t(3, txn.Refund, 0, 550),
				t(4, txn.PreAuth, 0, 1000), t(5, txn.Increment, 4, 200), t(6, txn.Completion, 4, 1380),
				t(7, txn.PreAuth, 0, 100), t(8, txn.Completion, 7, 100), t(9, txn.CompletionVoid, 8, 100),
				t(10, txn.PreAuth, 0, 50), t(11, txn.PreAuthVoid, 10, 50),
				t(12, txn.Offline, 0, 300), t(13, txn.Offline, 0, 400), t(14, txn.Balance, 0, 0),
				t(15, txn.Settlement, 0, 2230-550),
			},
			Shown: []proof.Shown{
				{Key: key(1), Status: txn.Approved, Amount: yuan(500)}, {Key: key(13), Status: txn.Approved, Amount: yuan(400)},
			},
			Papers: []proof.Paper{
				{Key: key(1), Copy: txn.MerchantCopy, Amount: yuan(500)}, {Key: key(13), Copy: txn.MerchantCopy, Amount: yuan(400)},
				{Key: key(13), Copy: txn.FaultSlip, Amount: yuan(400)}, {Key: key(15), Copy: txn.MerchantCopy, Amount: yuan(2230 - 550)},
			},
			PaperSeen: true,
		}},
		Host: []proof.HostView{
			h(1, txn.OpSale, 0, 550, proof.Charged), h(2, txn.OpTip, 1, 550, proof.Noted), h(3, txn.OpRefund, 1, 550, proof.Charged),
			h(4, txn.OpAuth, 0, 1200, proof.Completed), h(5, txn.OpIncrement, 4, 200, proof.Held), h(6, txn.OpComplete, 4, 1380, proof.Charged),
			h(7, txn.OpAuth, 0, 100, proof.Held), h(8, txn.OpComplete, 7, 100, proof.Voided), h(9, txn.OpCompleteVoid, 8, 100, proof.Charged),
			h(10, txn.OpAuth, 0, 50, proof.Voided), h(11, txn.OpAuthVoid, 10, 50, proof.Charged),
			h(12, txn.OpOffline, 0, 300, proof.Charged), h(13, txn.OpOffline, 0, 400, proof.Declined), h(14, txn.OpBalance, 0, 0, proof.Noted),
			h(15, txn.OpSettle, 0, 0, proof.Closed),
		},
	}
	list := v.Terminals[0].Txns
	list[7].Status, list[12].Status, list[14].Totals = txn.Voided, txn.Refused, totals
	return v
}

func TestEveryKindRight(t *testing.T) {
	if found := proof.Check(every()); found != nil {
		t.Error(found)
	}
}

// Every way to be wrong with each kind is seen, and by the rule of its name.
func TestEveryKindWrong(t *testing.T) {
	const asked = txn.Asking
	for name, tt := range map[string]struct {
		rule  proof.Rule
		spoil func([]proof.TxnView, []proof.HostView)
	}{
		"tip not charged":            {proof.RuleAmount, func(_ []proof.TxnView, h []proof.HostView) { h[0].Amount.Minor = 500 }},
		"tip not on the sale":        {proof.RuleTotals, func(x []proof.TxnView, _ []proof.HostView) { x[0].Amount.Minor = 500 }},
		"tip on a hold":              {proof.RuleTip, func(x []proof.TxnView, _ []proof.HostView) { x[1].Of = key(4) }},
		"tip on another batch":       {proof.RuleTip, func(x []proof.TxnView, _ []proof.HostView) { x[1].Key.Batch = 2 }},
		"tip never told":             {proof.RuleLost, func(_ []proof.TxnView, h []proof.HostView) { h[1].State = proof.Absent }},
		"refund not done":            {proof.RuleLost, func(_ []proof.TxnView, h []proof.HostView) { h[2].State = proof.Declined }},
		"refund unheard":             {proof.RuleDoubled, func(x []proof.TxnView, _ []proof.HostView) { x[2].Status = txn.Declined }},
		"refund asked for ever":      {proof.RuleUnresolved, func(x []proof.TxnView, h []proof.HostView) { x[2].Status, h[2].State = asked, proof.Absent }},
		"refund counts as a sale":    {proof.RuleTotals, func(_ []proof.TxnView, h []proof.HostView) { h[2].Op = txn.OpSale }},
		"refunded twice":             {proof.RuleRefund, func(_ []proof.TxnView, h []proof.HostView) { h[13] = h[2]; h[13].Key = key(14) }},
		"refunded and voided":        {proof.RuleRefund, func(_ []proof.TxnView, h []proof.HostView) { h[0].State = proof.Voided }},
		"hold lost":                  {proof.RuleLost, func(_ []proof.TxnView, h []proof.HostView) { h[6].State = proof.Reversed }},
		"hold released":              {proof.RuleHold, func(x []proof.TxnView, _ []proof.HostView) { x[10].Of = key(7) }},
		"hold unheard":               {proof.RuleDoubled, func(x []proof.TxnView, _ []proof.HostView) { x[6].Status = txn.Declined }},
		"still held once charged":    {proof.RuleHold, func(_ []proof.TxnView, h []proof.HostView) { h[3].State = proof.Held }},
		"increment not held":         {proof.RuleAmount, func(_ []proof.TxnView, h []proof.HostView) { h[3].Amount.Minor = 1000 }},
		"increment of nothing":       {proof.RuleHold, func(x []proof.TxnView, _ []proof.HostView) { x[4].Of = key(1) }},
		"charged too much of a hold": {proof.RuleHold, func(x []proof.TxnView, h []proof.HostView) { x[5].Amount.Minor++; h[5].Amount.Minor++ }},
		"charged twice of a hold":    {proof.RuleHold, func(x []proof.TxnView, h []proof.HostView) { x[7].Status, x[7].Of = txn.Approved, key(4) }},
		"completion still charged":   {proof.RuleLost, func(_ []proof.TxnView, h []proof.HostView) { h[7].State = proof.Charged }},
		"completion voided by none":  {proof.RuleVoid, func(x []proof.TxnView, _ []proof.HostView) { x[8].Status = txn.Reversed }},
		"a void voided":              {proof.RuleVoid, func(x []proof.TxnView, _ []proof.HostView) { x[8].Of = key(11) }},
		"offline sale dropped":       {proof.RuleLost, func(_ []proof.TxnView, h []proof.HostView) { h[11].State = proof.Absent }},
		"offline sale untold":        {proof.RuleUnresolved, func(x []proof.TxnView, _ []proof.HostView) { x[11].Untold = true }},
		"charged though refused":     {proof.RuleDoubled, func(_ []proof.TxnView, h []proof.HostView) { h[12].State = proof.Charged }},
		"refund not in the totals":   {proof.RuleSettled, func(x []proof.TxnView, _ []proof.HostView) { x[14].Totals = &txn.Totals{} }},
		"no slip of it at all":       {proof.RulePaper, func(x []proof.TxnView, _ []proof.HostView) { x[0].Kind = txn.Balance }},
	} {
		v := every()
		tt.spoil(v.Terminals[0].Txns, v.Host)
		if found := proof.Check(v); !slices.ContainsFunc(found, func(x proof.Violation) bool { return x.Rule == tt.rule }) {
			t.Errorf("%s: %v", name, found)
		}
	}
}
