package main

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/txn"
	"vpos/txn/host/sim"
)

// chipSale is one sale with a chip card, and what must come of it everywhere.
type chipSale struct {
	name   string
	card   string // as deck.Find takes it
	amount string // keyed; 12.34 where empty
	picks  []string
	pins   []string
	issuer sim.FaultName // what the host does wrong
	down   bool          // there is no host
	unseen bool          // a card that does not answer
	want   chipEnd
}

// chipEnd is what a sale came to: on the screen, in the journal, in the host's
// ledger, on paper.
type chipEnd struct {
	state    txn.Name
	why      string // the host's code, the cause of the end, or the problem on the screen
	tvr, tsi string // hex
	cid      byte
	verified string // pin, sign
	status   txn.Status
	reason   string    // of the reversal
	host     sim.State // empty for no row
	slip     bool
}

// ended looks everywhere.
func (c *counter) ended(s txn.State) chipEnd {
	c.Helper()
	e := chipEnd{state: s.Name, why: string(s.Problem), slip: c.slips() > c.paper}
	d := s.Draft
	if s.Name != txn.Present {
		e.why = cmp.Or(string(d.Cause), d.Result.Code)
	}
	data := d.Card.Chip
	if t := c.entry(); t != nil {
		e.status, e.reason, data = t.Status, t.Reason, t.Card.Chip
	}
	if data != nil {
		e.tvr, e.tsi, e.cid = fmt.Sprintf("%X", data.TVR), fmt.Sprintf("%X", data.TSI), data.CID
		e.verified = verifiedBy(data)
	}
	if row := c.bank.row(c.last); row != nil {
		e.host = row.State
	}
	return e
}

func verifiedBy(d *reader.ChipData) string {
	var by []string
	if d.PIN {
		by = append(by, "pin")
	}
	if d.Signature {
		by = append(by, "sign")
	}
	return strings.Join(by, "+")
}

// TestChipSales: every kind of sale with a chip card through the whole terminal. The
// next card goes into the other slot while the one before is taken out.
func TestChipSales(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for _, sale := range chipSales() {
		c.one(sale)
	}
	c.audit()
}

// one is one sale of the table.
func (c *counter) one(sale chipSale) {
	c.Helper()
	switch {
	case sale.down:
		c.bank.shut()
	case sale.issuer != "":
		c.bank.server.Arm(sim.Fault{Do: sale.issuer, On: txn.OpSale})
	}
	amount := cmp.Or(sale.amount, "1234")
	var card *present
	if sale.unseen { // nothing to wait for: it comes when the terminal waits for it
		c.until("no card in", func(s txn.State) bool { return s.CardIn == "" })
		c.begin(amount)
		card = c.put(sale.card, 0)
	} else {
		card = c.put(sale.card, 0)
		c.seen(card)
		c.begin(amount)
	}
	s := c.settle(sale.name, cardholder{sale.picks, sale.pins})
	if sale.down {
		c.bank.open()
	}
	if got := c.ended(s); got != sale.want {
		c.Errorf("%s:\n got %+v\nwant %+v", sale.name, got, sale.want)
	}
	c.agreed(sale.name)
	c.over()
	c.pull(card)
}

// The table has every fault of the deck and every fault of the issuer.
func TestChipSalesAreAll(t *testing.T) {
	faults, issuer := map[string]bool{}, map[sim.FaultName]bool{}
	for _, sale := range chipSales() {
		issuer[sale.issuer] = true
		for _, f := range strings.Split(sale.card, "+")[1:] {
			name, _, _ := strings.Cut(f, ":")
			faults[name] = true
		}
	}
	for _, f := range deck.Faults() {
		if !faults[f.Name] {
			t.Errorf("no sale with the card's fault %s", f.Name)
		}
	}
	for _, f := range sim.CardFaultNames() {
		if !issuer[f] {
			t.Errorf("no sale with the issuer's fault %s", f)
		}
	}
}

// TestTornEverywhere: the card is torn out at every command of a sale, those of the
// look at whose it is in training and those of the sale itself. Nothing hangs, the
// screen says what happened to the money, and both books agree.
func TestTornEverywhere(t *testing.T) {
	t.Parallel()
	for spec, least := range map[string]int{"visa-credit": 16, "mastercard-credit": 22} {
		t.Run(spec, func(t *testing.T) {
			c := openCounter(t)
			reversed := 0
			for at := 1; ; at++ {
				card := c.put(spec, at)
				c.seen(card)
				s := c.sell(fmt.Sprintf("torn at %d", at), "1234", cardholder{pins: []string{"1234"}})
				c.agreed(fmt.Sprintf("torn at %d", at))
				c.over()
				c.pull(card)
				if s.Name == txn.ApprovedShown {
					if at <= least || reversed == 0 {
						t.Errorf("approved although torn at command %d; %d reversed", at, reversed)
					}
					t.Logf("torn at each of %d commands; %d reversed", at-1, reversed)
					break
				}
				switch got := c.ended(s); {
				case got == unread(txn.CardTorn):
				case s.Name == txn.UnknownShown && got.status == txn.Reversed && got.host == sim.Reversed &&
					got.reason == txn.ReasonCardRefused && got.why == string(txn.CardTorn) && !got.slip:
					reversed++
				default:
					t.Errorf("torn at %d: %+v", at, got)
				}
			}
			c.audit()
		})
	}
}

// TestStrangeCard: of a card that is no test card, training reads no more than who
// it is, and the screen shows no more than its last digits.
func TestStrangeCard(t *testing.T) {
	c := openCounter(t)
	source, _ := deck.Source("visa-credit")
	const known, strange = "4761739001010119", "4012000033330125"
	card, err := deck.Load([]byte(strings.ReplaceAll(string(source), known, strange)))
	if err != nil {
		t.Fatal(err)
	}
	p := c.putCard(card, 0)
	c.seen(p)
	s := c.sell("strange", "1234", cardholder{})
	if got := c.ended(s); got != unread(txn.CardReal) {
		t.Errorf("%+v", got)
	}
	if seen := fmt.Sprint(s.Seen.PAN); !strings.HasSuffix(seen, "*"+strange[12:]) || len(s.Seen.PAN.Reveal()) != 0 {
		t.Errorf("seen %s", seen)
	}
	c.over()
	c.pull(p)
	for _, ins := range p.heard {
		switch ins {
		case 0xA4, 0xA8, 0xB2, 0xCA: // SELECT, GET PROCESSING OPTIONS, READ RECORD, GET DATA
		default:
			t.Errorf("it heard instruction %02X", ins)
		}
	}
	if len(p.heard) == 0 {
		t.Error("it heard nothing")
	}
	c.audit()
}

// TestTakenOut: the card is taken out while people or the host think.
func TestTakenOut(t *testing.T) {
	c := openCounter(t)
	card := c.put("visa-debit", 0)
	c.seen(card)
	c.begin("1234")
	c.until("PIN", func(s txn.State) bool { return s.Name == txn.PINEntry })
	c.pull(card)
	if got := c.ended(c.settle("at the PIN", cardholder{})); got.why != string(txn.CardTorn) || got.state != txn.Present || got.status != txn.Drafted {
		t.Errorf("at the PIN: %+v", got)
	}
	c.over()

	c.bank.server.Arm(sim.Fault{Do: sim.FaultDelay, On: txn.OpSale, Delay: 2 * time.Second})
	card = c.put("visa-credit", 0)
	c.seen(card)
	c.begin("1234")
	c.until("online", func(s txn.State) bool { return s.OnLink() == txn.OpSale })
	c.pull(card)
	c.until("seen out", func(s txn.State) bool { return s.CardIn == "" })
	got := c.ended(c.settle("while the host thinks", cardholder{}))
	if got.state != txn.UnknownShown || got.status != txn.Reversed || got.reason != txn.ReasonCardRefused || got.host != sim.Reversed || got.slip {
		t.Errorf("while the host thinks: %+v", got)
	}
	c.agreed("while the host thinks")
	c.over()
	c.audit()
}
