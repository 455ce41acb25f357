package chip_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/emv"
	"vpos/reader/scheme"
	"vpos/txn"
	"vpos/txn/chip"
	"vpos/txn/host/sim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

func kernel() emv.Config {
	return scheme.Builtin().Config(emv.Terminal{
		Capabilities: [3]byte{0xE0, 0xB8, 0xC8}, Additional: [5]byte{0x60, 0x00, 0xF0, 0xA0, 0x01},
		Type: 0x22, Country: 156, Serial: "VPOS0001", ID: "10000001", Merchant: "100000000000001",
		MerchantName: "VPOS", Category: 5999, Acquirer: "1",
	}, deck.CAKeys()...)
}

// till is a machine at a deck and a host's ledger, without an engine: events are
// taken one after the other.
type till struct {
	*testing.T
	port   *deck.Port
	cards  *chip.Cards
	ledger *sim.Ledger
	events chan txn.Event
	state  txn.State
	rows   []txn.Record
	slips  []txn.Slip
	now    time.Time
	tamper func(*txn.Reply)
}

func newTill(t *testing.T, change func(*chip.Options)) *till {
	t.Helper()
	cny, _ := txn.CurrencyByCode("CNY")
	b := &till{T: t, port: deck.New(), ledger: sim.NewLedger(true), events: make(chan txn.Event, 64), now: noon}
	o := chip.Options{
		Port: b.port, Kernel: kernel(), Training: true, Tell: func(e txn.Event) { b.events <- e },
	}
	looked := make(chan struct{})
	first := sync.OnceFunc(func() { close(looked) })
	o.Looked = func() { first() }
	if change != nil {
		change(&o)
	}
	b.cards = chip.New(o)
	b.cards.Watch()
	<-looked // a card that is in before that has not been put in by anybody
	t.Cleanup(b.cards.Close)
	b.state = txn.New(txn.Setup{
		Terminal: "10000001", Merchant: "100000000000001", Currency: cny,
		ReplyTimeout: 30 * time.Second, ReversalPause: 5 * time.Second, ReversalMax: time.Minute,
	})
	b.give(txn.Tick{Now: b.now})
	b.give(txn.Started{Recovered: txn.Recovered{NextSTAN: 1, Batch: 1}})
	return b
}

// give lets one thing happen and performs what it leads to.
func (b *till) give(e txn.Event) {
	b.Helper()
	var effects []txn.Effect
	b.state, effects = txn.Step(b.state, e)
	for _, f := range effects {
		switch f := f.(type) {
		case txn.Append:
			b.rows = append(b.rows, f.Records...)
			b.give(txn.Stored{Tag: f.Tag})
		case txn.Send:
			reply := b.ledger.Apply(b.now, &f.Request).Reply
			if b.tamper != nil && f.Request.Op == txn.OpSale {
				b.tamper(&reply)
			}
			b.give(txn.Replied{Reply: reply})
		case txn.Lookup:
			b.give(txn.Found{Txn: b.find(f.STAN)})
		case txn.LookupHold:
			b.give(txn.FoundHold{})
		case txn.Print:
			b.slips = append(b.slips, f.Slip)
			b.give(txn.Printed{Slip: f.Slip})
		case txn.ForgetSensitive:
			f.Wipe()
		case txn.ReadCard:
			b.cards.Read(f)
		case txn.AnswerCard:
			b.cards.Answer(f)
		case txn.StopCard:
			b.cards.Stop(f)
		}
	}
	if b.state.Halted != txn.NoProblem {
		b.Fatalf("the machine stopped: %s", b.state.Halted)
	}
}

// until takes what the card tells until the state is reached and nothing is read.
func (b *till) until(names ...txn.Name) {
	b.Helper()
	limit := time.After(10 * time.Second)
	for {
		if slices.Contains(names, b.state.Name) {
			return
		}
		select {
		case e := <-b.events:
			b.give(e)
		case <-limit:
			b.Fatalf("the state stays %s (problem %q), want %v", b.state.Name, b.state.Problem, names)
		}
	}
}

// find is what a journal of these rows has under a number.
func (b *till) find(stan txn.STAN) *txn.Transaction {
	var found *txn.Transaction
	for _, r := range b.rows {
		if r.Txn.STAN == stan {
			t := r.Txn
			found = &t
		}
	}
	return found
}

func (b *till) key(text string) { b.give(txn.Entered{Text: reader.NewSecret(text)}) }

// present begins a sale and puts a card in.
func (b *till) present(spec, amount string) *deck.Card {
	b.Helper()
	c, err := deck.Find(spec)
	if err != nil {
		b.Fatal(err)
	}
	b.key(amount)
	b.port.Insert(c)
	b.until(txn.Processing, txn.Choose, txn.PINEntry)
	return c
}

// pin answers every question as a cardholder who knows the PIN.
func (b *till) finish(pins ...string) {
	b.Helper()
	for {
		b.until(txn.Choose, txn.PINEntry, txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown, txn.Present, txn.Idle)
		switch b.state.Name {
		case txn.Choose:
			b.key("1")
		case txn.PINEntry:
			pin := "1234"
			if len(pins) > 0 {
				pin, pins = pins[0], pins[1:]
			}
			b.key(pin)
		default:
			return
		}
	}
}

// books holds that the terminal and the host agree.
func (b *till) books() (charged int) {
	b.Helper()
	last := map[txn.Key]txn.Transaction{}
	for _, r := range b.rows {
		last[r.Txn.Key()] = r.Txn
	}
	for _, e := range b.ledger.Entries(sim.Filter{}) {
		t := last[txn.Key{Batch: e.Batch, STAN: e.STAN}]
		if (e.State == sim.Charged) != (t.Status == txn.Approved) {
			b.Errorf("STAN %s: the host has it as %s, the terminal as %s", e.STAN, e.State, t.Status)
		}
		if e.State == sim.Charged {
			charged++
		}
	}
	return charged
}

func (b *till) end(name txn.Name, charged int) {
	b.Helper()
	if b.state.Name != name {
		b.Errorf("ended at %s (problem %q, cause %q, code %q), want %s", b.state.Name, b.state.Problem,
			b.state.Draft.Cause, b.state.Draft.Result.Code, name)
	}
	if got := b.books(); got != charged {
		b.Errorf("%d charged, want %d", got, charged)
	}
}

func TestApproved(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-credit", "1234")
	b.finish()
	b.end(txn.ApprovedShown, 1)
	c := b.state.Draft.Card
	if c.Chip == nil || c.Chip.CID&0xC0 != 0x40 || c.Chip.Label == "" || len(c.Chip.Cryptogram) != 8 || c.Chip.AID == "" {
		t.Errorf("chip data %+v", c.Chip)
	}
	if c.Entry != reader.Chip || !c.Track2.Empty() {
		t.Errorf("entry %s, the track is still there: %t", c.Entry, !c.Track2.Empty())
	}
	if len(b.slips) != 1 {
		t.Errorf("%d slips", len(b.slips))
	}
}

// Every amount the host refuses, and every issuer's misdeed.
func TestHostSays(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-credit", "1251")
	b.finish()
	b.end(txn.DeclinedShown, 0)
	if got := b.state.Draft.Result.Code; got != "51" {
		t.Errorf("code %s", got)
	}
}

// A wrong cryptogram is declined by the issuer, not waved through.
func TestForgedCryptogram(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-credit+wrong-cryptogram", "1234")
	b.finish()
	b.end(txn.DeclinedShown, 0)
	if got := b.state.Draft.Result.Code; got != sim.CodeNotHonoured {
		t.Errorf("code %s", got)
	}
}

// A card that refuses what the host approved: reversed with reason 06.
func TestCardRefuses(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-credit+ac2-refused", "1234")
	b.finish()
	b.end(txn.UnknownShown, 0)
	d := b.state.Draft
	if d.Status != txn.Reversed || d.Reason != txn.ReasonCardRefused {
		t.Errorf("%s, reason %q", d.Status, d.Reason)
	}
}

// The card is torn out at every command of a sale: no hang, and both books agree.
func TestTornAnywhere(t *testing.T) {
	total := 0
	for at := 1; ; at++ {
		b := newTill(t, nil)
		c := b.present(fmt.Sprintf("visa-credit+tear:%d", at), "1234")
		_ = c
		b.finish()
		switch b.state.Name {
		case txn.ApprovedShown:
			b.end(txn.ApprovedShown, 1)
			if at < 5 {
				t.Fatalf("approved although it was torn at command %d", at)
			}
			t.Logf("%d commands, torn at each", at-1)
			return
		case txn.UnknownShown, txn.Present:
			b.end(b.state.Name, 0)
		default:
			t.Fatalf("torn at %d: %s (problem %q)", at, b.state.Name, b.state.Problem)
		}
		if total++; total > 60 {
			t.Fatal("it never ends")
		}
	}
}

// The card is taken out while people or the host think.
func TestTakenOut(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-debit", "1234")
	b.until(txn.PINEntry)
	b.port.Remove()
	b.until(txn.Present)
	if b.state.Problem != txn.CardTorn {
		t.Errorf("problem %q", b.state.Problem)
	}
	b.end(txn.Present, 0)
}

func TestPINs(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-debit", "1234")
	b.finish("9999", "1234")
	b.end(txn.ApprovedShown, 1)
	if !b.state.Draft.Card.Chip.PIN {
		t.Error("no word of the PIN")
	}
}

// Cancelled at the PIN: nothing is sent, and the session ends.
func TestCancelled(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-debit", "1234")
	b.until(txn.PINEntry)
	b.give(txn.Cancelled{})
	b.end(txn.Idle, 0)
	if len(b.rows) != 0 {
		t.Errorf("%d rows", len(b.rows))
	}
}

// In training no more is read of a stranger's card than who it is: no PIN is asked
// for, no cryptogram made, nothing sent.
func TestStranger(t *testing.T) {
	var log strings.Builder
	b := newTill(t, func(o *chip.Options) { o.Test = func(reader.PAN) bool { return false } })
	b.port.Pause = nil
	b.present("visa-debit", "1234")
	b.until(txn.Present)
	b.end(txn.Present, 0)
	seen := fmt.Sprint(b.state.Seen.PAN)
	if b.state.Problem != txn.CardReal || !strings.HasPrefix(seen, "****") || len(b.state.Seen.PAN.Reveal()) != 0 {
		t.Errorf("problem %q, seen %s", b.state.Problem, seen)
	}
	if log.Len() > 0 {
		t.Error(log.String())
	}
}

// A card of the deck pays in training although it is read through a reader that
// could hold any card.
func TestKnownCard(t *testing.T) {
	b := newTill(t, func(o *chip.Options) { o.Test = deck.Knows })
	b.present("visa-credit", "1234")
	b.finish()
	b.end(txn.ApprovedShown, 1)
}

// Live without a PIN device: no PIN is ever asked for on the keyboard.
func TestLiveAsksNoPIN(t *testing.T) {
	b := newTill(t, func(o *chip.Options) { o.Training = false })
	b.present("visa-debit", "1234")
	b.until(txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown)
	b.end(txn.ApprovedShown, 1) // its list goes on to a signature
	if c := b.state.Draft.Card.Chip; c.PIN || !c.Signature {
		t.Errorf("PIN %t, signature %t", c.PIN, c.Signature)
	}
}

// Session after session: the older gives way.
func TestSessionsGiveWay(t *testing.T) {
	b := newTill(t, nil)
	for range 3 {
		b.present("visa-debit", "1234")
		b.until(txn.PINEntry)
		b.give(txn.Cancelled{})
		b.port.Remove()
		b.until(txn.Idle)
	}
	b.present("visa-credit", "1234")
	b.finish()
	b.end(txn.ApprovedShown, 1)
}

// broken is a port whose readers fail.
type broken struct {
	err error
}

func (p *broken) Watch(ctx context.Context, changed func(reader.Readers)) {
	changed(reader.Readers{List: []reader.ReaderState{{Name: "one"}}})
	changed(reader.Readers{List: []reader.ReaderState{{Name: "one", Card: reader.CardIn}}})
	<-ctx.Done()
}

func (p *broken) Open(context.Context, string) (reader.Slot, error) { return nil, p.err }

func TestReaderFails(t *testing.T) {
	for err, want := range map[error]txn.Code{
		reader.ErrCardBusy: txn.CardBusy, reader.ErrCardMute: txn.CardMute,
		reader.ErrNoCard: txn.CardTorn, errors.New("odd"): txn.ReaderFailed,
	} {
		b := newTill(t, func(o *chip.Options) { o.Port = &broken{err: fmt.Errorf("port: %w", err)} })
		b.key("1234")
		b.until(txn.Processing)
		b.until(txn.Present)
		if b.state.Problem != want {
			t.Errorf("%v: problem %q, want %q", err, b.state.Problem, want)
		}
	}
}

// A card that falls silent in the middle is given up, and no sale waits for it for
// ever.
func TestSilent(t *testing.T) {
	b := newTill(t, func(o *chip.Options) { o.Patience = 50 * time.Millisecond })
	b.port.Pause = func(ctx context.Context, _ time.Duration) error { <-ctx.Done(); return ctx.Err() }
	b.present("visa-credit+slow", "1234")
	b.until(txn.Present)
	if b.state.Problem != txn.CardMute {
		t.Errorf("problem %q", b.state.Problem)
	}
	b.end(txn.Present, 0)
}
