package main

import (
	"testing"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// Every flow of the terminal as a cashier does it, once: what is typed, where it leads
// and what must be seen there, in the words of the catalogue. The line dialogue and the
// screen are both driven by it, in each language and dialect.

// scene is a terminal with its rules and what is done at it, in this order.
type scene struct {
	name  string
	rules string // of its configuration
	staff bool   // operators sign in
	flows []flow
}

// first is the state a scene begins at.
func (s scene) first() txn.Name {
	if s.staff {
		return txn.Lock
	}
	return txn.Idle
}

// flow is a transaction, or one that does not come about.
type flow struct {
	name  string
	kind  txn.Kind
	opens keypad.Action // of a flow that is no transaction
	of    string        // the flow whose slip is at hand
	turns []turn
}

// turn is one entry and what it leads to. In an entry TRACE, AUTH, REF and DAY stand for
// what the slip at hand says.
type turn struct {
	say    string
	at     txn.Name
	wrong  txn.Code   // why it is not taken
	status txn.Status // of a result; approved where empty
	code   string     // the host's, of a result; 00 where empty
	cause  txn.Code   // why there is none of the host
	says   words.Text // instead of the state's title
}

// The cards of the day. The first two are keyed, the stripes swiped.
const (
	stripe      = ";" + homeCard + "=30121010000000000?"
	otherStripe = ";5555555555554444=30121010000000000?"
)

// sees is what must be on the screen after a turn.
func (f flow) sees(t turn) []words.Text {
	if t.wrong != txn.NoProblem {
		return []words.Text{words.ForCode(t.wrong).Headline}
	}
	if !t.says.Empty() {
		return []words.Text{t.says}
	}
	d := txn.Transaction{Kind: f.kind, Status: t.status, Cause: t.cause, Result: txn.Result{Code: t.code}}
	switch t.at {
	case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown:
		if d.Status == "" {
			d.Status = txn.Approved
		}
		if d.Result.Code == "" && d.Cause == txn.NoProblem {
			d.Result.Code = "00"
		}
		o := words.OutcomeOf(d)
		return []words.Text{o.Headline, o.Money}
	default:
	}
	return []words.Text{words.Of(txn.State{Name: t.at, Draft: d}).Title}
}

// binding is the key, the menu item and the word that begin a flow.
func binding(t *testing.T, f flow) keypad.Binding {
	t.Helper()
	for _, b := range keypad.Leaves() {
		if b.Action == keypad.Begin && f.opens == keypad.None && b.Kind == f.kind || f.opens != keypad.None && b.Action == f.opens {
			return b
		}
	}
	t.Fatalf("nothing begins %s", f.name)
	return keypad.Binding{}
}

// begins is the turn that begins a kind; a sale begins with its first digit.
func begins(at txn.Name) turn { return turn{say: beginning, at: at} }

// beginning stands for the key or the word of the kind, and printing for those that put the
// screen on paper.
const (
	beginning = "\x00"
	printing  = "\x01"
)

// onto puts a screen on paper.
func onto(at txn.Name) turn { return turn{say: printing, at: at, says: sheetOut} }

// keyed reads a card's number and date, and its code where one is asked for.
func keyedCard(coded bool, next txn.Name) []turn {
	turns := []turn{{say: abroadCard, at: txn.ExpiryEntry}}
	if !coded {
		return append(turns, turn{say: "1230", at: next})
	}
	return append(turns, turn{say: "1230", at: txn.CVVEntry}, turn{say: "123", at: next})
}

var approvedByEnter = turn{at: txn.ApprovedShown}

// retyped confirms what takes money back, after an Enter alone and digits that are not its
// figure.
func retyped(at txn.Name, figure string) []turn {
	return []turn{
		{at: at, wrong: txn.ConfirmDigits},
		{say: "1" + figure, at: at, wrong: txn.ConfirmDiffers},
		{say: figure, at: txn.ApprovedShown},
	}
}

func joined(parts ...any) []turn {
	var turns []turn
	for _, p := range parts {
		switch p := p.(type) {
		case turn:
			turns = append(turns, p)
		case []turn:
			turns = append(turns, p...)
		}
	}
	return turns
}

// about begins what is about a hold: card, code and day.
func aboutHold(next txn.Name) []turn {
	return joined(begins(txn.Present), keyedCard(false, txn.AuthEntry), turn{say: "AUTH", at: txn.DateEntry}, turn{say: "DAY", at: next})
}

// paid is Enter at the confirmation of a stripe, and the PIN.
var paid = []turn{{at: txn.PINEntry}, {say: "1234", at: txn.ApprovedShown}}

// sheetOut says that the screen is on paper.
var sheetOut = words.Text{EN: words.SheetPrinted.In(words.EN), ZH: words.SheetPrinted.In(words.ZH)}

// stored says that a good is on the list.
func stored(code, en, zh string, minor int64) words.Text {
	cny, _ := txn.CurrencyByCode("CNY")
	price := txn.Money{Minor: minor, Currency: cny}
	return words.Text{EN: words.GoodStored.Fill(words.EN, code, en, price), ZH: words.GoodStored.Fill(words.ZH, code, zh, price)}
}

// scenes are all of them.
var scenes = []scene{
	{name: "a day", rules: "tips = true\nmax_refund = \"50.00\"\n", flows: day},
	{name: "rules", rules: "void_card = true\nbatch_max = 2\n", flows: strict},
	{name: "staff", staff: true, flows: staffed},
}

// dayNet is what the day comes to, less what was given back.
const dayNet = "12900"

// day is every kind, and what is refused on the way.
var day = []flow{
	{name: "sign-on", kind: txn.SignOn, turns: []turn{begins(txn.ApprovedShown), onto(txn.ApprovedShown)}},
	{name: "sale", kind: txn.Sale, turns: joined(
		turn{say: "1234", at: txn.TipEntry}, turn{at: txn.Present}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "sale with tip", kind: txn.Sale, turns: joined(
		turn{say: "2000", at: txn.TipEntry},
		turn{say: "1001", at: txn.TipEntry, wrong: txn.TipTooLarge},
		turn{say: "150", at: txn.Present}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "swiped sale", kind: txn.Sale, turns: joined(
		turn{say: "3000", at: txn.TipEntry}, turn{at: txn.Present}, turn{say: stripe, at: txn.Confirm}, paid)},
	{name: "order", kind: txn.Phone, turns: joined(
		begins(txn.AmountEntry), turn{say: "4000", at: txn.PANEntry}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "offline", kind: txn.Offline, turns: joined(
		begins(txn.AmountEntry), turn{say: "2500", at: txn.Present}, keyedCard(false, txn.AuthEntry),
		turn{say: "12", at: txn.AuthEntry, wrong: txn.AuthFormat},
		turn{say: "8a31zl", at: txn.Confirm}, approvedByEnter)},
	{name: "scan", kind: txn.Scan, turns: []turn{
		begins(txn.AmountEntry), {say: "1500", at: txn.TipEntry}, {at: txn.PayCodeEntry},
		{say: "99345678901234567890", at: txn.PayCodeEntry, wrong: "paycode.wallet"},
		{say: "12345678", at: txn.PayCodeEntry, wrong: "paycode.length"},
		{say: "134567890123456789", at: txn.Confirm}, approvedByEnter,
	}},
	{name: "show", kind: txn.Show, turns: []turn{
		begins(txn.AmountEntry), {say: "1600", at: txn.TipEntry}, {at: txn.Confirm}, approvedByEnter,
	}},
	{name: "scan voided", kind: txn.Void, of: "scan", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.Confirm}, retyped(txn.Confirm, "1500"))},
	{name: "balance", kind: txn.Balance, turns: joined(
		begins(txn.Present), keyedCard(false, txn.Confirm), approvedByEnter, onto(txn.ApprovedShown))},

	{name: "hold", kind: txn.PreAuth, turns: joined(
		begins(txn.AmountEntry), turn{say: "10000", at: txn.Present}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "more", kind: txn.Increment, of: "hold", turns: joined(
		aboutHold(txn.AmountEntry), turn{say: "2500", at: txn.Confirm}, approvedByEnter)},
	{name: "completed", kind: txn.Completion, of: "hold", turns: joined(
		aboutHold(txn.AmountEntry), turn{say: "14376", at: txn.AmountEntry, wrong: txn.HoldOverrun},
		turn{say: "9000", at: txn.Confirm}, approvedByEnter)},
	{name: "completion voided", kind: txn.CompletionVoid, of: "completed", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.Confirm}, retyped(txn.Confirm, "9000"))},
	{name: "another hold", kind: txn.PreAuth, turns: joined(
		begins(txn.AmountEntry), turn{say: "5000", at: txn.Present}, keyedCard(true, txn.Confirm), approvedByEnter)},
	{name: "released", kind: txn.PreAuthVoid, of: "another hold", turns: joined(aboutHold(txn.Confirm), retyped(txn.Confirm, "5000"))},

	{name: "voided", kind: txn.Void, of: "sale", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.Confirm}, retyped(txn.Confirm, "1234"))},
	{name: "tip", kind: txn.Tip, of: "sale with tip", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.TipEntry}, turn{say: "300", at: txn.Confirm}, approvedByEnter)},
	{name: "refund", kind: txn.Refund, of: "order", turns: joined(
		begins(txn.Present), keyedCard(false, txn.ReferenceEntry),
		turn{say: "123", at: txn.ReferenceEntry, wrong: txn.ReferenceFormat},
		turn{say: "REF", at: txn.DateEntry}, turn{say: "1340", at: txn.DateEntry, wrong: txn.DateFormat},
		turn{say: "DAY", at: txn.AmountEntry}, turn{say: "5001", at: txn.AmountEntry, wrong: txn.RefundLimit},
		turn{say: "500", at: txn.Confirm}, retyped(txn.Confirm, "500"))},

	{name: "no money", kind: txn.Sale, turns: joined(
		turn{say: "1051", at: txn.TipEntry}, turn{at: txn.Present}, keyedCard(true, txn.Confirm),
		turn{at: txn.DeclinedShown, status: txn.Declined, code: "51"}, onto(txn.DeclinedShown))},
	{name: "a card keyed wrong", kind: txn.Sale, turns: []turn{
		{say: "700", at: txn.TipEntry},
		{at: txn.Present},
		{say: "4111111111111112", at: txn.PANEntry, wrong: "pan.check-digit"},
		{say: "41111111", at: txn.PANEntry, wrong: "pan.length"},
		{say: abroadCard, at: txn.ExpiryEntry},
		{say: "1330", at: txn.ExpiryEntry, wrong: "expiry.month"},
		{say: "0120", at: txn.ExpiryEntry, wrong: "expiry.past"},
		{say: "1230", at: txn.CVVEntry},
		{say: "12", at: txn.CVVEntry, wrong: "cvv.length"},
		{at: txn.CVVEntry, wrong: txn.CVVExpected},
	}},
	{name: "no amount", kind: txn.Sale, turns: []turn{{say: "0", at: txn.AmountEntry, wrong: txn.AmountZero}}},
	{name: "voided twice", kind: txn.Void, of: "sale", turns: []turn{
		begins(txn.TraceEntry), {say: "0", at: txn.TraceEntry, wrong: txn.TraceFormat},
		{say: "999999", at: txn.TraceEntry, wrong: txn.TraceUnknown}, {say: "TRACE", at: txn.TraceEntry, wrong: txn.VoidAlready},
	}},
	{name: "a refund voided", kind: txn.Void, of: "refund", turns: []turn{
		begins(txn.TraceEntry), {say: "TRACE", at: txn.TraceEntry, wrong: txn.VoidNotSale},
	}},
	{name: "a sale voided as a completion", kind: txn.CompletionVoid, of: "order", turns: []turn{
		begins(txn.TraceEntry), {say: "TRACE", at: txn.TraceEntry, wrong: txn.VoidNotDone},
	}},
	{name: "a tip on a refund", kind: txn.Tip, of: "refund", turns: []turn{
		begins(txn.TraceEntry), {say: "TRACE", at: txn.TraceEntry, wrong: txn.TipNotSale},
	}},
	{name: "the hold of another card", kind: txn.Completion, of: "hold", turns: []turn{
		begins(txn.Present), {say: otherStripe, at: txn.AuthEntry}, {say: "AUTH", at: txn.DateEntry},
		{say: "DAY", at: txn.DateEntry, wrong: txn.HoldOtherCard},
	}},
	{name: "a refund of nothing", kind: txn.Refund, turns: joined(
		begins(txn.Present), keyedCard(false, txn.ReferenceEntry), turn{say: "999999999999", at: txn.DateEntry},
		turn{say: "0101", at: txn.AmountEntry}, turn{say: "500", at: txn.Confirm},
		turn{say: "5.00", at: txn.DeclinedShown, status: txn.Declined, code: "25"})},

	{name: "goods list", opens: keypad.Stock, turns: []turn{
		begins(txn.Stock), {say: "1 4.50 Tea/茶", at: txn.Stock, says: stored("1", "Tea", "茶", 450)},
		{say: "0 0.5 Bag/袋", at: txn.Stock, says: stored("0", "Bag", "袋", 50)},
		{say: "0-", at: txn.Stock, says: words.Text{EN: words.GoodGone.Fill(words.EN, "0", "Bag"), ZH: words.GoodGone.Fill(words.ZH, "0", "袋")}},
	}},
	{name: "goods", kind: txn.Sale, opens: keypad.Goods, turns: []turn{
		begins(txn.GoodsEntry), {at: txn.GoodsEntry, wrong: txn.BasketEmpty}, {say: "9", at: txn.GoodsEntry, wrong: txn.GoodsUnknown},
		{say: "0*1", at: txn.GoodsEntry, wrong: txn.BasketQuantity}, {say: "3*1", at: txn.GoodsEntry, says: words.Text{EN: "13.50", ZH: "13.50"}},
		{say: "1", at: txn.GoodsEntry, says: words.Text{EN: "18.00", ZH: "18.00"}}, {at: txn.TipEntry}, {at: txn.Present},
		{say: otherStripe, at: txn.Confirm}, approvedByEnter,
	}},
	{name: "goods voided", kind: txn.Void, of: "goods", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.Confirm}, retyped(txn.Confirm, "1800"))},

	{name: "report", opens: keypad.Report, turns: []turn{begins(txn.ReportShown), {at: txn.ReportShown, says: sheetOut}}},
	{name: "device check", opens: keypad.Doctor, turns: []turn{begins(txn.DoctorShown), {at: txn.DoctorShown}, onto(txn.DoctorShown)}},
	{name: "settlement", kind: txn.Settlement, turns: joined(begins(txn.Settle), retyped(txn.Settle, dayNet))},
	{name: "nothing to settle", kind: txn.Settlement, turns: []turn{{say: beginning, at: txn.Settle, wrong: txn.BatchEmpty}}},
	{name: "sign-off", kind: txn.SignOff, turns: []turn{begins(txn.ApprovedShown)}},
}

// strict is a shop that wants the card to a void, and whose batch is soon full.
var strict = []flow{
	{name: "sale", kind: txn.Sale, turns: joined(turn{say: "1234", at: txn.Present}, turn{say: stripe, at: txn.Confirm}, paid)},
	{name: "voided with its card", kind: txn.Void, of: "sale", turns: joined(
		begins(txn.TraceEntry), turn{say: "TRACE", at: txn.Confirm}, turn{at: txn.Confirm, wrong: txn.VoidCardFirst},
		turn{say: otherStripe, at: txn.Confirm, wrong: txn.VoidOtherCard}, turn{say: stripe, at: txn.Confirm}, retyped(txn.Confirm, "1234"))},
	{name: "full", kind: txn.Sale, turns: joined(
		turn{say: "1234", at: txn.Present}, keyedCard(true, txn.Confirm),
		turn{at: txn.DeclinedShown, status: txn.Failed, cause: txn.BatchFull})},
}
