package crash

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
	"vpos/txn/proof"
)

// till is one process of the product without its goroutines: the real machine,
// the real journal, and a host whose ledger is the real one. It performs effects
// one by one, in order, and answers each the way the engine does.
type till struct {
	r       *rand.Rand
	state   txn.State
	effects []txn.Effect
	now     time.Time
	outside *outside
	write   func(...txn.Record) error
	settle  func() error
	hold    func(code string, day time.Time) (*txn.Transaction, txn.Money, error)
	hand    txn.Transaction // the slip the cashier keys from
	find    func(txn.STAN) (*txn.Transaction, error)
	healed  bool // the network does as it is told, and so does the printer
	over    bool // the process cannot go on
}

// outside is what no power cut at the till undoes: the host's ledger, messages
// on their way to it, what people saw and the paper they hold.
type outside struct {
	ledger *sim.Ledger
	wire   []txn.Request // late, but not lost
	shown  []proof.Shown
	papers []proof.Paper
}

func newOutside() *outside { return &outside{ledger: sim.NewLedger(true)} }

// clone is a copy for a cut that is only looked at.
func (o *outside) clone() (*outside, error) {
	l, err := sim.Restore(true, o.ledger.Entries(sim.Filter{}))
	return &outside{
		ledger: l, wire: append([]txn.Request(nil), o.wire...),
		shown: append([]proof.Shown(nil), o.shown...), papers: append([]proof.Paper(nil), o.papers...),
	}, err
}

// setup is the terminal's. Times are short: the clock is ours.
func setup() txn.Setup {
	return txn.Setup{
		Terminal: terminalID, Merchant: merchantID, Currency: cny,
		ReplyTimeout: 30 * time.Second, ReversalPause: 5 * time.Second, ReversalMax: time.Minute, QR: true,
	}
}

// newTill is a till that has been started on what its journal knew.
func newTill(r *rand.Rand, now time.Time, o *outside, known txn.Recovered) *till {
	t := &till{r: r, state: txn.New(setup()), now: now, outside: o}
	t.happened(txn.Started{Recovered: known})
	return t
}

// happened gives the machine an event and notes what a person can now see.
func (t *till) happened(e txn.Event) {
	for _, e := range []txn.Event{txn.Tick{Now: t.now}, e} {
		var effects []txn.Effect
		t.state, effects = txn.Step(t.state, e)
		t.effects = append(t.effects, effects...)
	}
	switch d := t.state.Draft; t.state.Name {
	case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown:
		if d.Kind.Managing() {
			return // it leaves no row
		}
		t.outside.shown = append(t.outside.shown, proof.Shown{Key: d.Key(), Status: d.Status, Amount: d.Amount})
	default:
	}
}

// run performs effects until there are none left, or the process is over.
func (t *till) run() {
	for len(t.effects) > 0 && !t.over {
		f := t.effects[0]
		t.effects = t.effects[1:]
		switch f := f.(type) {
		case txn.Append:
			t.append(f)
		case txn.Send:
			t.send(f.Request)
		case txn.Print:
			t.print(f.Slip)
		case txn.Lookup:
			found, err := t.find(f.STAN)
			if err != nil {
				found = nil
			}
			t.happened(txn.Found{Txn: found})
		case txn.LookupHold:
			found, held, err := t.hold(f.AuthCode, f.Day)
			if err != nil {
				found = nil
			}
			t.happened(txn.FoundHold{Txn: found, Held: held})
		case txn.Forget:
			f.Card.Wipe()
		case txn.ForgetSensitive:
			f.Wipe()
		}
	}
}

// append is the engine's: after a failure nothing is believed until the journal
// has settled it, and when it cannot the process waits for its end.
func (t *till) append(f txn.Append) {
	err := t.write(f.Records...)
	switch {
	case errors.Is(err, errDead):
		t.over = true
		return
	case err == nil:
		t.happened(txn.Stored{Tag: f.Tag})
		return
	case errors.Is(err, txn.ErrImpossible):
		t.happened(txn.Contradicted{})
	}
	for range 3 {
		if err = t.settle(); err == nil {
			t.happened(txn.StoreFailed{Tag: f.Tag})
			return
		}
	}
	t.over = true
}

// print puts a slip on paper. A process that dies next never writes that down.
func (t *till) print(s txn.Slip) {
	if !t.healed && t.r.IntN(8) == 0 {
		t.happened(txn.PrintFailed{Slip: s, Why: txn.PrinterPaperOut})
		return
	}
	if s.Copy == txn.MerchantCopy || s.Copy == txn.CardholderCopy {
		t.outside.papers = append(t.outside.papers, proof.Paper{
			Key: s.Txn.Key(), Copy: s.Copy, Duplicate: s.Duplicate, Amount: s.Txn.Amount,
		})
	}
	t.happened(txn.Printed{Slip: s})
}

// send carries a request over a network that loses, delays and breaks.
func (t *till) send(q txn.Request) {
	if len(t.outside.wire) > 0 && t.r.IntN(3) == 0 {
		t.arrives() // an older message arrives first
	}
	if t.healed {
		t.replied(q)
		return
	}
	switch t.r.IntN(14) {
	case 0: // lost on the way
		t.silence()
	case 1: // decided, and the reply lost
		t.outside.ledger.Apply(t.now, &q)
		t.silence()
	case 2:
		t.happened(txn.SendFailed{Op: q.Op, STAN: q.STAN})
	case 3:
		t.happened(txn.SendFailed{Op: q.Op, STAN: q.STAN, Written: true})
	case 4:
		t.outside.ledger.Apply(t.now, &q)
		t.happened(txn.LinkLost{Code: txn.HostLost, Op: q.Op, STAN: q.STAN})
	case 5: // on its way for a long time, and out of the terminal's hands
		if !q.PayCode.Empty() {
			q.PayCode, _ = reader.ParsePayCode(q.PayCode.Reveal())
		}
		t.outside.wire = append(t.outside.wire, q)
		t.silence()
	case 6: // the reply comes after the time-out
		v := t.outside.ledger.Apply(t.now, &q)
		t.silence()
		t.happened(txn.Replied{Reply: v.Reply})
	default:
		t.replied(q)
	}
}

func (t *till) replied(q txn.Request) {
	v := t.outside.ledger.Apply(t.now, &q)
	if v.Delivery == sim.Prompt || t.healed {
		t.happened(txn.Replied{Reply: v.Reply})
		return
	}
	t.silence()
	if v.Delivery == sim.Late {
		t.happened(txn.Replied{Reply: v.Reply})
	}
}

// arrives lets the oldest delayed message reach the host; nobody hears the reply.
func (t *till) arrives() {
	q := t.outside.wire[0]
	t.outside.wire = t.outside.wire[1:]
	t.outside.ledger.Apply(t.now, &q)
}

// silence lets the time of the message on the link run out.
func (t *till) silence() {
	if by := t.state.ReplyBy(); by.After(t.now) {
		t.now = by
	}
	t.happened(txn.Tick{Now: t.now})
}

// rest lets time pass until nothing is pending, as a healed network allows.
func (t *till) rest() {
	t.run()
	for range 40 {
		if t.over || len(t.state.Pending)+len(t.state.Untold) == 0 && t.state.AtRest() && t.state.OnLink() == "" {
			return
		}
		if next := t.state.Deadline(); next.After(t.now) {
			t.now = next
		} else {
			t.now = t.now.Add(time.Second)
		}
		t.happened(txn.Tick{Now: t.now})
		t.run()
	}
}

// reads gives a till what it looks up from a journal.
func (t *till) reads(j *journal.Journal) {
	t.find = func(s txn.STAN) (*txn.Transaction, error) { return j.Find(context.Background(), s) }
	t.hold = func(code string, day time.Time) (*txn.Transaction, txn.Money, error) {
		return j.FindHold(context.Background(), code, day)
	}
}
