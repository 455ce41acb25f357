package journal

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// day is a batch with every kind of transaction and every end one can come to, in one
// currency. Its amounts are prime to one another, so that no two sums agree by chance.
type day struct {
	t    *testing.T
	j    *Journal
	c    txn.Currency
	next txn.STAN
}

// UnionPay's number and Visa's: one is domestic.
const domesticPAN = "6225887890123451"

func (d *day) begin(k txn.Kind, minor int64, operator string, domestic bool) txn.Transaction {
	d.t.Helper()
	d.next++
	s := sale(d.t, 1, d.next)
	s.Kind, s.Amount, s.Operator = k, txn.Money{Minor: minor, Currency: d.c}, operator
	s.At = s.At.Add(time.Duration(d.next) * time.Minute)
	if domestic {
		pan, err := reader.RestorePAN([]byte(domesticPAN))
		if err != nil {
			d.t.Fatal(err)
		}
		s.Card.PAN = pan
	}
	return s
}

// stands writes one that is approved.
func (d *day) stands(s txn.Transaction, more ...txn.Record) txn.Transaction {
	d.t.Helper()
	return taken(d.t, d.j, s, more...)
}

// ends writes one that ends in another way.
func (d *day) ends(s txn.Transaction, by ...txn.RecordType) {
	d.t.Helper()
	write(d.t, d.j, txn.Record{Type: txn.RecIntent, Txn: s})
	for _, t := range by {
		write(d.t, d.j, ended(s, t))
	}
}

// takeBack voids one with another.
func (d *day) takeBack(k txn.Kind, of txn.Transaction, operator string) {
	d.t.Helper()
	v := d.begin(k, of.Amount.Minor, operator, !txn.Foreign(of.Card.PAN.Brand()))
	v.Of = of.Past()
	write(d.t, d.j, txn.Record{Type: txn.RecIntent, Txn: v})
	v.Status = txn.Approved
	of.Status = txn.Voided
	write(d.t, d.j, txn.Record{Type: txn.RecApproved, Txn: v}, txn.Record{Type: txn.RecVoided, Txn: of})
}

// tip adds to a sale, and gives the tip and the sale as it is with it.
func (d *day) tip(of txn.Transaction, minor int64, operator string) (tip, tipped txn.Transaction) {
	d.t.Helper()
	tip = d.begin(txn.Tip, of.Amount.Minor+minor, operator, !txn.Foreign(of.Card.PAN.Brand()))
	tip.Of, tip.Tip = of.Past(), txn.Money{Minor: minor, Currency: d.c}
	tip.Of.Amount = of.Amount
	tipped = of
	tipped.Amount, tipped.Tip = tip.Amount, tip.Tip
	write(d.t, d.j, txn.Record{Type: txn.RecIntent, Txn: tip})
	tip.Status, tip.Untold = txn.Approved, true
	write(d.t, d.j, txn.Record{Type: txn.RecApproved, Txn: tip}, txn.Record{Type: txn.RecAdvice, Txn: tip},
		txn.Record{Type: txn.RecAdjusted, Txn: tipped})
	return tip, tipped
}

// run plays the day. What it comes to is written beside each act, by hand.
func (d *day) run() {
	d.t.Helper()
	const us, abroad = true, false
	first := d.stands(d.begin(txn.Sale, 10_007, "01", us)) // 10007 by 01
	d.stands(d.begin(txn.Sale, 2_003, "01", abroad))       // 2003 abroad by 01
	d.stands(d.begin(txn.Phone, 503, "02", abroad))        // 503 abroad by 02
	d.takeBack(txn.Void, d.stands(d.begin(txn.Sale, 77_777, "01", us)), "02")
	d.takeBack(txn.Void, d.stands(d.begin(txn.Phone, 88_881, "01", us)), "01")
	d.stands(d.begin(txn.Refund, 1_009, "02", us))   // -1009 by 02
	d.stands(d.begin(txn.Refund, 211, "01", abroad)) // -211 abroad by 01
	hold := d.stands(d.begin(txn.PreAuth, 50_021, "01", us))
	more := d.begin(txn.Increment, 10_037, "01", us)
	more.Of = hold.Past()
	d.stands(more)
	done := d.begin(txn.Completion, 60_013, "01", us) // 60013 by 01
	done.Of = hold.Past()
	d.stands(done)
	other := d.stands(d.begin(txn.PreAuth, 31_013, "02", us))
	off := d.begin(txn.PreAuthVoid, 31_013, "02", us)
	off.Of = other.Past()
	d.stands(off)
	again := d.begin(txn.Completion, 41_011, "02", us)
	again.Of = other.Past()
	d.takeBack(txn.CompletionVoid, d.stands(again), "02")
	d.stands(d.begin(txn.Balance, 0, "01", us))
	voice := d.begin(txn.Offline, 3_001, "02", us) // 3001 by 02, still to be told
	d.stands(voice, txn.Record{Type: txn.RecAdvice, Txn: voice})
	late := d.begin(txn.Offline, 4_001, "02", us)
	late = d.stands(late, txn.Record{Type: txn.RecAdvice, Txn: late})
	late.Status = txn.Refused
	write(d.t, d.j, txn.Record{Type: txn.RecRefused, Txn: late})
	told, _ := d.tip(first, 601, "02") // +601, on the sale of 01
	write(d.t, d.j, txn.Record{Type: txn.RecTold, Txn: told})
	plain := d.stands(d.begin(txn.Sale, 5_003, "01", us)) // 5003 by 01; its tip is refused
	no, _ := d.tip(plain, 701, "02")
	no.Status = txn.Refused
	write(d.t, d.j, txn.Record{Type: txn.RecRefused, Txn: no}, txn.Record{Type: txn.RecAdjusted, Txn: plain})
	part := d.begin(txn.Sale, 9_001, "01", us)
	part.Asked = txn.Money{Minor: 9_001, Currency: d.c}
	write(d.t, d.j, txn.Record{Type: txn.RecIntent, Txn: part})
	part.Operator = "02"                                 // answered after the hand-over: it is still whose it was
	part.Amount.Minor, part.Status = 6_007, txn.Approved // 6007 by 01, of 9001 asked for
	write(d.t, d.j, txn.Record{Type: txn.RecApproved, Txn: part}, paper(part, txn.RecPrinted, txn.MerchantCopy),
		paper(part, txn.RecWaived, txn.CardholderCopy))
	d.ends(d.begin(txn.Sale, 100_003, "01", us), txn.RecDeclined)
	d.ends(d.begin(txn.Sale, 100_019, "01", us), txn.RecFailed)
	d.ends(d.begin(txn.Sale, 100_043, "01", us), txn.RecReversalPending, txn.RecReversed)
	d.ends(d.begin(txn.Sale, 100_049, "01", us), txn.RecReversalPending)
	d.ends(d.begin(txn.Sale, 100_057, "01", us))
	asks := d.begin(txn.Refund, 100_069, "02", us)
	write(d.t, d.j, txn.Record{Type: txn.RecIntent, Txn: asks})
	asks.Status = txn.Asking
	write(d.t, d.j, txn.Record{Type: txn.RecAsking, Txn: asks})
}

// worth is what [day.run] comes to, added up by hand.
var worth = txn.Totals{
	Domestic: txn.Sides{Debits: txn.Tally{Count: 5, Minor: 10_608 + 60_013 + 3_001 + 5_003 + 6_007}, Credits: txn.Tally{Count: 1, Minor: 1_009}},
	Foreign:  txn.Sides{Debits: txn.Tally{Count: 2, Minor: 2_003 + 503}, Credits: txn.Tally{Count: 1, Minor: 211}},
}

func report(t *testing.T, j *Journal, batch txn.Batch) txn.Report {
	t.Helper()
	r, err := j.Report(context.Background(), batch)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A report comes to what the terminal settles, to the minor unit, in currencies of
// every exponent; and every way to part it comes to the same.
func TestReportAgrees(t *testing.T) {
	for _, code := range []string{"CNY", "USD", "JPY", "KWD"} {
		t.Run(code, func(t *testing.T) {
			currency, _ := txn.CurrencyByCode(code)
			d := &day{t: t, j: fresh(t), c: currency}
			d.run()
			reckoned, err := d.j.Reckon(context.Background())
			if err != nil || reckoned != worth {
				t.Fatalf("the terminal reckons %+v, %v; want %+v", reckoned, err, worth)
			}
			r := report(t, d.j, 0)
			if r.Totals() != reckoned || r.Currency != currency || r.Batch != 1 || r.Closed != nil || r.Terminal != terminalID {
				t.Errorf("the report has %+v of %+v", r.Totals(), r)
			}
			sum := reckoned.Sum()
			for name, sides := range map[string][]txn.Sides{
				"kind": sidesOf(r.ByKind()), "brand": sidesOf(r.ByBrand()), "operator": sidesOf(r.ByOperator()),
			} {
				if got := added(sides); got != sum {
					t.Errorf("by %s it comes to %+v, want %+v", name, got, sum)
				}
			}
			if r.Net() != sum.Debits.Minor-sum.Credits.Minor {
				t.Errorf("the net is %d", r.Net())
			}
			mustVerify(t, d.j)
		})
	}
}

func sidesOf[K ~string](parts []txn.Part[K]) []txn.Sides {
	var list []txn.Sides
	for _, p := range parts {
		list = append(list, p.Sides)
	}
	return list
}

func added(list []txn.Sides) txn.Sides {
	var t txn.Totals
	for _, s := range list {
		t = txn.Totals{Domestic: t.Sum(), Foreign: s}
	}
	return t.Sum()
}

// The parts of a report are those of the day.
func TestReportParts(t *testing.T) {
	d := &day{t: t, j: fresh(t), c: cny}
	d.run()
	r := report(t, d.j, 0)
	var got []string
	put := func(what any, t txn.Tally) {
		if t.Count > 0 {
			got = append(got, fmt.Sprintf("%v %d %d", what, t.Count, t.Minor))
		}
	}
	for _, p := range r.ByKind() {
		put(p.Of, p.Debits)
		put(string(p.Of)+"-", p.Credits)
	}
	for _, p := range r.ByBrand() {
		put(p.Of, p.Debits)
		put(string(p.Of)+"-", p.Credits)
	}
	for _, p := range r.ByOperator() {
		put(p.Of, p.Debits)
		put(p.Of+"-", p.Credits)
	}
	put("tips", r.Tips())
	for _, s := range r.Beside() {
		put(s.Of, s.Tally)
	}
	for _, s := range r.Ended() {
		put(s.Of, s.Tally)
	}
	for _, s := range r.Left() {
		put(s.Of, s.Tally)
	}
	want := []string{
		"sale 4 23621", "moto 1 503", "refund- 2 1220", "completion 1 60013", "offline 1 3001",
		"visa 2 2506", "visa- 1 211", "unionpay 5 84632", "unionpay- 1 1009",
		"01 5 83634", "01- 1 211", "02 2 3504", "02- 1 1009",
		"tips 1 601",
		"void 2 166658", "pre-auth 2 81034", "increment 1 10037", "pre-auth-void 1 31013", "completion-void 1 41011", "balance 1 0", "tip 1 601",
		"voided 3 207669", "reversed 1 100043", "refused 2 4702", "declined 1 100003", "failed 1 100019",
		"reverse 2 200106", "ask 1 100069", "tell 1 3001",
	}
	owed := got[len(got)-1]
	if got = got[:len(got)-1]; !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	recovered := recovered(t, d.j)
	if n := len(recovered.Unprinted); n == 0 || owed[:len(fmt.Sprintf("print %d ", n))] != fmt.Sprintf("print %d ", n) {
		t.Errorf("%s, and %d slips are owed", owed, n)
	}
}

// A closed batch keeps its report, which says whether it is what was settled; the next
// batch has none of it.
func TestReportOfClosed(t *testing.T) {
	ctx := context.Background()
	d := &day{t: t, j: fresh(t), c: cny}
	if last, err := d.j.LastSettlement(ctx); last != nil || err != nil {
		t.Errorf("nothing is settled, and the last is %+v, %v", last, err)
	}
	d.run()
	no := d.begin(txn.Settlement, 0, "01", true)
	no.Card, no.Totals = reader.Card{}, &worth
	d.ends(no, txn.RecDeclined)
	if r := report(t, d.j, 0); r.Closed != nil || len(r.Lines) != int(no.STAN)-1 {
		t.Errorf("a settlement that failed: closed %+v, %d lines", r.Closed, len(r.Lines))
	}
	yes := d.begin(txn.Settlement, worth.Sum().Net(), "01", true)
	yes.Card, yes.Totals = reader.Card{}, &worth
	yes = d.stands(yes)
	r := report(t, d.j, 1)
	if r.Closed == nil || r.Closed.Key() != yes.Key() || !r.Agrees() || r.Totals() != worth {
		t.Errorf("of the closed batch: %+v, agrees %t", r.Closed, r.Agrees())
	}
	if last, err := d.j.LastSettlement(ctx); err != nil || last == nil || last.Key() != yes.Key() || *last.Totals != worth {
		t.Errorf("the last settlement is %+v, %v", last, err)
	}
	if r := report(t, d.j, 0); r.Batch != 2 || len(r.Lines) != 0 || r.Closed != nil || r.Totals() != (txn.Totals{}) {
		t.Errorf("the next batch begins with %+v", r)
	}
	other := worth
	other.Domestic.Debits.Minor--
	r.Closed.Totals = &other
	if r.Agrees() {
		t.Error("a settlement of one cent less agrees")
	}
}
