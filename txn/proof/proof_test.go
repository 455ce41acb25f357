package proof_test

import (
	"slices"
	"testing"

	"vpos/txn"
	"vpos/txn/proof"
)

var cny, _ = txn.CurrencyByCode("CNY")

func yuan(minor int64) txn.Money { return txn.Money{Minor: minor, Currency: cny} }

func key(stan txn.STAN) txn.Key { return txn.Key{Batch: 1, STAN: stan} }

const terminal = "00000001"

// right is a world in which everything is as it should be.
func right() *proof.View {
	return &proof.View{
		Terminals: []proof.TerminalView{{
			Terminal: terminal,
			Txns: []proof.TxnView{
				{Key: key(1), Amount: yuan(100), Status: txn.Approved, Intents: 1, Printed: txn.AllCopies},
				{Key: key(2), Amount: yuan(200), Status: txn.Declined, Intents: 1},
				{Key: key(3), Amount: yuan(300), Status: txn.Reversed, Intents: 1},
				{Key: key(4), Amount: yuan(400), Status: txn.Approved, Intents: 1, Printed: txn.Copies(txn.MerchantCopy), Waived: txn.Copies(txn.CardholderCopy)},
				{Key: key(5), Amount: yuan(500), Status: txn.Approved, Intents: 1},
				{Key: key(6), Amount: yuan(600), Status: txn.Reversed, Intents: 1},
				{Key: key(7), Amount: yuan(700), Status: txn.Failed, Intents: 1},
			},
			Shown: []proof.Shown{
				{Key: key(1), Status: txn.Approved, Amount: yuan(100)}, {Key: key(3), Status: txn.ReversalPending, Amount: yuan(300)},
			},
			Papers: []proof.Paper{
				{Key: key(4), Copy: txn.MerchantCopy, Amount: yuan(400)},
				{Key: key(1), Copy: txn.MerchantCopy, Amount: yuan(100)},
				{Key: key(1), Copy: txn.CardholderCopy, Amount: yuan(100)},
				{Key: key(1), Copy: txn.CardholderCopy, Amount: yuan(100), Duplicate: true},
				{Key: key(5), Copy: txn.MerchantCopy, Amount: yuan(500)}, // out, and the record of it lost: still owed
				{Key: key(3), Copy: txn.FaultSlip, Amount: yuan(300)},
			},
			PaperSeen: true,
		}},
		Host: []proof.HostView{
			{Terminal: terminal, Key: key(4), Amount: yuan(400), State: proof.Charged},
			{Terminal: terminal, Key: key(1), Amount: yuan(100), State: proof.Charged},
			{Terminal: terminal, Key: key(2), Amount: yuan(200), State: proof.Declined},
			{Terminal: terminal, Key: key(3), Amount: yuan(300), State: proof.Reversed},
			{Terminal: terminal, Key: key(5), Amount: yuan(500), State: proof.Charged},
			{Terminal: terminal, Key: key(6), Amount: yuan(600), State: proof.Tombstone},
		},
	}
}

func TestRight(t *testing.T) {
	if found := proof.Check(right()); found != nil {
		t.Error(found)
	}
	if found := proof.Check(&proof.View{}); found != nil {
		t.Error(found)
	}
}

// Every way to be wrong is seen, and by the rule of its name.
func TestWrong(t *testing.T) {
	for name, tt := range map[string]struct {
		rule  proof.Rule
		spoil func(*proof.TerminalView, *proof.View)
	}{
		"not charged":      {proof.RuleLost, func(_ *proof.TerminalView, v *proof.View) { v.Host[1].State = proof.Reversed }},
		"no row":           {proof.RuleLost, func(_ *proof.TerminalView, v *proof.View) { v.Host = v.Host[1:] }},
		"charged":          {proof.RuleDoubled, func(_ *proof.TerminalView, v *proof.View) { v.Host[3].State = proof.Charged }},
		"charged unheard":  {proof.RuleDoubled, func(p *proof.TerminalView, _ *proof.View) { p.Txns = p.Txns[:4] }},
		"whose terminal":   {proof.RuleDoubled, func(_ *proof.TerminalView, v *proof.View) { v.Host[0].Terminal = "2" }},
		"amount":           {proof.RuleAmount, func(_ *proof.TerminalView, v *proof.View) { v.Host[0].Amount.Minor++ }},
		"currency":         {proof.RuleAmount, func(_ *proof.TerminalView, v *proof.View) { v.Host[0].Amount.Currency = txn.CurrencyNumbered("840") }},
		"totals":           {proof.RuleTotals, func(_ *proof.TerminalView, v *proof.View) { v.Host[0].Amount.Minor++ }},
		"vanished":         {proof.RuleVanished, func(p *proof.TerminalView, _ *proof.View) { p.Shown[0].Key = key(3) }},
		"vanished whole":   {proof.RuleVanished, func(p *proof.TerminalView, _ *proof.View) { p.Shown[0].Key = key(99) }},
		"shown for more":   {proof.RuleVanished, func(p *proof.TerminalView, _ *proof.View) { p.Shown[0].Amount.Minor++ }},
		"open":             {proof.RuleUnresolved, func(p *proof.TerminalView, _ *proof.View) { p.Txns[1].Status = txn.Open }},
		"pending":          {proof.RuleUnresolved, func(p *proof.TerminalView, _ *proof.View) { p.Txns[1].Status = txn.ReversalPending }},
		"queued":           {proof.RuleUnresolved, func(p *proof.TerminalView, _ *proof.View) { p.Queue = 1 }},
		"no tombstone":     {proof.RuleTombstone, func(_ *proof.TerminalView, v *proof.View) { v.Host = v.Host[:5] }},
		"number twice":     {proof.RuleSTAN, func(p *proof.TerminalView, _ *proof.View) { p.Txns[1].Intents = 2 }},
		"two of one name":  {proof.RuleSTAN, func(p *proof.TerminalView, _ *proof.View) { p.Txns = append(p.Txns, p.Txns[1]) }},
		"slip twice":       {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers[3].Duplicate = false }},
		"slip lost":        {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers = p.Papers[1:] }},
		"slip of decline":  {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers[4].Key = key(2) }},
		"slip of nothing":  {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers[4].Key = key(99) }},
		"slip for more":    {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers[4].Amount.Minor++ }},
		"needless a fault": {proof.RulePaper, func(p *proof.TerminalView, _ *proof.View) { p.Papers[5].Key = key(5) }},
	} {
		v := right()
		tt.spoil(&v.Terminals[0], v)
		found := proof.Check(v)
		if !slices.ContainsFunc(found, func(x proof.Violation) bool { return x.Rule == tt.rule }) {
			t.Errorf("%s: %v", name, found)
		}
	}
	v := right()
	v.Terminals[0].Papers, v.Terminals[0].PaperSeen = nil, false
	if found := proof.Check(v); found != nil {
		t.Errorf("where nobody watched the printer: %v", found)
	}
}

// The checker's own order does not hang on that of the view, and it leaves the
// view alone.
func TestAnyOrder(t *testing.T) {
	v := right()
	slices.Reverse(v.Terminals[0].Txns)
	slices.Reverse(v.Host)
	slices.Reverse(v.Terminals[0].Papers)
	first := v.Terminals[0].Txns[0].Key
	if found := proof.Check(v); found != nil {
		t.Error(found)
	}
	if v.Terminals[0].Txns[0].Key != first {
		t.Error("the view was sorted")
	}
	if got := v.Terminals[0].Txns[2].Owed(); got != txn.AllCopies {
		t.Errorf("owed %d", got)
	}
}
