package txn_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vpos/reader"
	"vpos/txn"
)

// TestLaw drives the machine with events in any order, sensible or not, and
// holds it to the money law. The effects it asks for are answered late, out of
// turn, wrongly or never.
func TestLaw(t *testing.T) { rapid.Check(t, checkLaw) }

func checkLaw(t *rapid.T) {
	w := &witness{t: t, player: newPlayer(), stored: map[string]bool{}, used: map[txn.STAN]bool{}, agreed: map[uint64]bool{}}
	w.step(txn.Started{Recovered: txn.Recovered{NextSTAN: 999_990, Batch: 1}})
	for range rapid.IntRange(1, 120).Draw(t, "events") {
		w.step(txn.Tick{Now: w.clock})
		w.step(w.draw())
	}
}

// witness watches the effects and remembers what is on disk.
type witness struct {
	t *rapid.T
	*player
	stored map[string]bool // "ROW STAN" on disk
	used   map[txn.STAN]bool
	agreed map[uint64]bool // sessions whose card has approved
}

func row(t txn.RecordType, s txn.STAN) string { return fmt.Sprintf("%s %s", t, s) }

func (w *witness) step(e txn.Event) {
	if s, ok := e.(txn.Stored); ok {
		w.stored[row(s.Tag.Type, s.Tag.Key.STAN)] = true
	}
	var effects []txn.Effect
	w.state, effects = txn.Step(w.state, e)
	w.asked = append(w.asked, effects...)
	if done, ok := e.(txn.CardDone); ok && done.Approved {
		w.agreed[done.Session] = true
	}
	for _, f := range effects {
		w.judge(f)
	}
	if w.state.Halted != txn.NoProblem {
		w.t.Fatalf("the machine calls this impossible: %s", describe(w.state))
	}
	d := w.state.Draft
	shown := map[txn.Name]txn.RecordType{txn.ApprovedShown: txn.RecApproved}[w.state.Name]
	if shown != "" && !w.stored[row(shown, d.STAN)] {
		w.t.Fatalf("%s shown before its row is on disk", w.state.Name)
	}
	if d.Status == txn.Approved && !w.state.Slip.Duplicate && !w.stored[row(txn.RecApproved, d.STAN)] {
		w.t.Fatalf("the draft says approved before the disk does")
	}
}

func (w *witness) judge(f txn.Effect) {
	switch f := f.(type) {
	case txn.Append:
		if f.Tag.Type == txn.RecIntent {
			stan := f.Tag.Key.STAN
			if w.used[stan] {
				w.t.Fatalf("STAN %s used twice", stan)
			}
			w.used[stan] = true
		}
		w.judgeVoid(f)
		if r := f.Records[0]; r.Type == txn.RecApproved && r.Txn.Card.Chip != nil && !w.agreed[w.session()] {
			w.t.Fatalf("%s is approved, and its card has not agreed", r.Txn.STAN)
		}
	case txn.Send:
		q := f.Request
		if q.Op.Financial() && !w.stored[row(txn.RecIntent, q.STAN)] {
			w.t.Fatalf("%s %s sent before its INTENT is on disk", q.Op, q.STAN)
		}
		if q.Op.Reversible() && len(w.state.Pending) > 0 {
			w.t.Fatalf("a %s went before a pending reversal", q.Op)
		}
		if q.Op == txn.OpReversal && w.stored[row(txn.RecApproved, q.STAN)] {
			w.t.Fatalf("%s was approved and is being reversed", q.STAN)
		}
	case txn.Print:
		if f.Slip.Duplicate {
			return // of what a Lookup found
		}
		if want := map[bool]txn.RecordType{true: txn.RecReversalPending, false: txn.RecApproved}[f.Slip.Copy == txn.FaultSlip]; !w.stored[row(want, f.Slip.Txn.STAN)] {
			w.t.Fatalf("a slip before APPROVED is on disk")
		}
	case txn.Forget, txn.ForgetSensitive, txn.HangUp, txn.Lookup, txn.Note:
	}
}

// judgeVoid holds that a void is approved and its sale ended in one commit, and
// that neither happens alone.
func (w *witness) judgeVoid(f txn.Append) {
	voids, sales := 0, 0
	for _, r := range f.Records {
		switch {
		case r.Type == txn.RecApproved && r.Txn.Kind == txn.Void:
			voids++
		case r.Type == txn.RecVoided:
			sales++
			if first := f.Records[0].Txn; first.Of == nil || first.Of.Key != r.Txn.Key() || first.Amount != r.Txn.Amount {
				w.t.Fatalf("void %s ends %s for %s", first.STAN, r.Txn.STAN, r.Txn.Amount)
			}
		}
	}
	if voids != sales {
		w.t.Fatalf("%d voids approved, %d sales ended in one commit", voids, sales)
	}
}

var lines = strings.Split(`enter|enter|enter|enter 1234|enter 4111111111111111|enter 1230|enter 123|cancel
open menu|open journal|open trace|open trace void|enter 6|found 6|found 6 voided|open pan|open amount|misread swipe.malformed|enter 6224242900000114
swipe 4111111111111111=30121010000000000|swipe 4111111111111111=30122010000000000
stored|stored|stored|stored|store-failed|printed|printed|print-failed|print-unsure|enter 2|found nothing
reply 00|reply 00|reply 00|reply 51|reply 10 amount=1|reply 77|reply 00 stan=3|reply 00 op=sale|reply 00 amount=5
card in|card out|card choose A B|card pin|card pin wrong|enter 1|card online 4111111111111111=30122010000000000
card done approved|card done declined emv.offline|card done fallback emv.card-data|card done card.torn|card done emv.card-refused
send-failed|send-failed written|link-lost host.lost|after 1s|after 31s|after 90s`, "\n")

// draw picks an event that fits two times in three.
func (w *witness) draw() txn.Event {
	all := strings.Split(strings.Join(lines, "|"), "|")
	for {
		line := w.fitting()
		if rapid.IntRange(0, 2).Draw(w.t, "odd") == 0 {
			line = rapid.SampledFrom(all).Draw(w.t, "event")
		}
		events, err := w.event(strings.Fields(line))
		if err == nil {
			return events[len(events)-1]
		}
	}
}

// fitting is what would go on with a sale.
func (w *witness) fitting() string {
	for _, f := range w.asked {
		if _, ok := f.(txn.Append); ok {
			return "stored"
		}
	}
	if w.state.OnLink() != "" {
		return "reply 00"
	}
	if w.state.Reading() && rapid.IntRange(0, 3).Draw(w.t, "refuses") > 0 {
		if w.state.Draft.STAN == 0 {
			return "card online 4111111111111111=30122010000000000"
		}
		return "card done approved"
	}
	switch w.state.Name {
	case txn.Present:
		if rapid.IntRange(0, 2).Draw(w.t, "chip") == 0 {
			return "card in"
		}
		return "enter 4111111111111111"
	case txn.Idle:
		if rapid.IntRange(0, 3).Draw(w.t, "void") == 0 {
			return "open trace void"
		}
		return "enter 1234"
	case txn.PANEntry:
		return "enter 4111111111111111"
	case txn.ExpiryEntry:
		return "enter 1230"
	case txn.CVVEntry:
		return "enter 123"
	case txn.TraceEntry:
		switch {
		case !w.state.Settled():
			return "found 6"
		case w.state.Draft.Kind == txn.Void:
			return "enter 6"
		}
		return "cancel"
	case txn.Menu, txn.Journal:
		return "cancel"
	default:
		return "enter"
	}
}

// TestWrap counts from 999999 to 1 and passes over what is unsettled: here the
// disk keeps REVERSED from being written, so trace 1 stays pending.
func TestWrap(t *testing.T) {
	p := newPlayer()
	play := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if _, err := p.play(line); err != nil {
				t.Fatal(err)
			}
		}
	}
	sale := []string{"enter 500", "enter 4111111111111111", "enter 1230", "enter 123", "enter"}
	play("start next=999999", "reply 00")
	play(sale...)
	play("stored")
	if got := p.last().STAN; got != txn.MaxSTAN {
		t.Errorf("first STAN %s", got)
	}
	play("reply 00", "stored", "printed", "enter", "printed", "stored", "stored")

	pending, err := transaction("1", txn.ReversalPending)
	if err != nil {
		t.Fatal(err)
	}
	p.state.Pending = []txn.Transaction{pending}
	play(sale...)
	play("reply 00") // the reversal of 1, whose REVERSED is still on its way to disk
	if got := p.state.NextSTAN; got != 1 {
		t.Fatalf("next STAN %s, want 1", got)
	}
	p.state.Pending = []txn.Transaction{pending, pending}
	play("stored")
	if got := p.last().STAN; got != 1 || p.last().Op != txn.OpReversal {
		t.Fatalf("sent %s %s before the second reversal", p.last().Op, got)
	}
	if s, _ := txn.Step(p.state, txn.Cancelled{}); s.Name != txn.Idle {
		t.Errorf("a sale that waits for a reversal cannot be cancelled: %s", s.Name)
	}
	p.state.Pending = []txn.Transaction{pending}
	if got := txn.TakeSTAN(p.state); got != 2 {
		t.Errorf("took STAN %s while 1 is unsettled", got)
	}
}

// TestDeadline holds the clock's contract: the machine names the next moment it
// needs, and does something when it comes.
func TestDeadline(t *testing.T) {
	p := newPlayer()
	if _, err := p.play("start"); err != nil {
		t.Fatal(err)
	}
	want := p.clock.Add(10 * time.Second)
	if got := p.state.Deadline(); !got.Equal(want) {
		t.Fatalf("deadline %v, want the sign-on's %v", got, want)
	}
	p.state.Setup.EchoEvery = time.Minute
	if _, err := p.play("reply 00"); err != nil {
		t.Fatal(err)
	}
	if got := p.state.Deadline(); !got.Equal(p.clock.Add(time.Minute)) {
		t.Fatalf("deadline %v, want the echo's", got)
	}
	out, err := p.play("after 60s")
	if err != nil || !strings.Contains(out, "send echo") {
		t.Fatalf("no echo when idle: %s %v", out, err)
	}
}

// TestStepLeavesItsArgument holds that a state is a value.
func TestStepLeavesItsArgument(t *testing.T) {
	p := newPlayer()
	for _, line := range []string{"start pending=4 next=5", "reply 00"} {
		if _, err := p.play(line); err != nil {
			t.Fatal(err)
		}
	}
	before := p.state
	attempts := before.Pending[0].Attempts
	for _, line := range []string{"send-failed", "after 5s", "reply 00", "stored"} {
		if _, err := p.play(line); err != nil {
			t.Fatal(err)
		}
	}
	if len(before.Pending) != 1 || before.Pending[0].Attempts != attempts {
		t.Errorf("an older state changed: %+v", before.Pending)
	}
	if len(p.state.Pending) != 0 {
		t.Errorf("not reversed: %s", describe(p.state))
	}
	var _ = reader.Card{}
}

func BenchmarkSale(b *testing.B) {
	p := newPlayer()
	if _, err := p.play("start"); err != nil {
		b.Fatal(err)
	}
	if _, err := p.play("reply 00"); err != nil {
		b.Fatal(err)
	}
	start := p.state
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	if err != nil {
		b.Fatal(err)
	}
	card := reader.Card{Entry: reader.Swipe, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}}
	amount := reader.NewSecret("1234")
	for b.Loop() {
		s := start
		var fx []txn.Effect
		step := func(e txn.Event) { s, fx = txn.Step(s, e) }
		step(txn.Entered{Text: amount})
		step(txn.Swiped{Card: card})
		step(txn.Entered{})
		tag := fx[0].(txn.Append).Tag
		step(txn.Stored{Tag: tag})
		q := fx[0].(txn.Send).Request
		step(txn.Replied{Reply: txn.Reply{
			Op: q.Op, STAN: q.STAN, Amount: q.Amount, Terminal: q.Terminal, Merchant: q.Merchant,
			Result: txn.Result{Code: "00"},
		}})
		tag.Type = txn.RecApproved
		step(txn.Stored{Tag: tag})
		if s.Name != txn.ApprovedShown {
			b.Fatal(s.Name)
		}
	}
}
