package world

import (
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/proof"
)

// Chip cards: what the session with one would tell the machine. A card may decline
// by itself, be taken out at any moment, refuse what the host approved, or say
// nothing any more.

// plastic is what a card is about to tell.
type plastic struct {
	due   time.Duration
	event txn.Event
}

// chipping is whether the seed's people have chip cards, and how often. Like voids it
// is not drawn, so that older worlds stay as they were.
func chipping(seed uint64) uint32 {
	if seed%8 == 1 || seed%(2*sweepEvery) == 2*sweepEvery-1 {
		return half
	}
	return 0
}

var (
	chipData = &reader.ChipData{AID: "A0000000031010", CID: 0x80}
	scripted = &reader.ChipData{AID: "A0000000031010", CID: 0x40, Script55: []byte{0xDF, 0x31, 1, 0x20}}
)

var insert txn.Event = txn.Inserted{Reader: "world"}

// readCard is a session's beginning: mostly it wants to go online.
func (w *World) readCard(t *terminal, f *txn.ReadCard) {
	t.session = f.Session // what an older one still has to say comes all the same
	done := txn.CardDone{Session: f.Session}
	switch w.rng.n(10) {
	case 0:
		done.Declined, done.Code = true, "emv.offline"
		w.tellLater(t, done)
	case 1:
		done.Fallback, done.Code = true, "emv.card-data"
		w.tellLater(t, done)
	case 2:
		done.Code = txn.CardTorn
		w.tellLater(t, done)
	default:
		c := w.cardOf(t)
		c.Entry, c.Chip = reader.Chip, chipData
		if f.Names {
			c.Chip = chipData.Named()
			w.tellLater(t, txn.CardNamed{Session: f.Session, Card: c})
			break
		}
		w.tellLater(t, txn.CardOnline{Session: f.Session, Card: c})
		if w.rng.n(12) == 0 { // taken out while the host thinks
			done.Code = txn.CardTorn
			t.plastic = append(t.plastic, plastic{due: w.now + w.wait(), event: done})
		}
	}
}

// answerCard is the host's word, and what the card makes of it. One that is told
// that there is none may approve all the same: that is nobody's business any more.
func (w *World) answerCard(t *terminal, f *txn.AnswerCard) {
	if f.Host == nil || f.Session == t.gone {
		return
	}
	done := txn.CardDone{Session: f.Session, Approved: f.Host.Approved || f.Host.Unable}
	if w.rng.n(4) == 0 { // the issuer had scripts for it
		done.Card = reader.Card{Entry: reader.Chip, Chip: scripted}
	}
	switch w.rng.n(10) {
	case 0:
		return // silent for ever
	case 1, 2:
		done.Approved, done.Code = false, "emv.card-refused"
	case 3, 4:
		t.plastic = append(t.plastic, plastic{due: w.now + w.wait(), event: done}) // perhaps too late
		return
	}
	w.tellLater(t, done)
}

func (w *World) tellLater(t *terminal, e txn.Event) {
	t.plastic = append(t.plastic, plastic{due: w.now, event: e})
}

// card lets a card say what is due, and reports whether it did.
func (w *World) card(t *terminal) bool {
	for i := range t.plastic {
		if t.plastic[i].due > w.now {
			continue
		}
		e := t.plastic[i].event
		t.plastic = append(t.plastic[:i], t.plastic[i+1:]...)
		if w.boundary() != noCut {
			w.cut(t)
			return true
		}
		if done, over := e.(txn.CardDone); over {
			t.gone = done.Session
		}
		if done, over := e.(txn.CardDone); over && done.Approved && done.Session == t.session {
			t.agreed = t.state.Draft.Key()
		}
		w.step(t, e)
		return true
	}
	return false
}

// watchCard holds that nothing is approved that its card has not agreed to, and
// remembers what a card had to say to its issuer.
func (w *World) watchCard(t *terminal) {
	d := &t.state.Draft
	if over := t.name == txn.ApprovedShown || t.name == txn.DeclinedShown; over && d.Card.Chip == scripted {
		t.said = append(t.said, d.Key())
	}
	if d.Kind != txn.Sale && d.Kind != txn.PreAuth {
		return // the card only said who it is, or its word moves nothing
	}
	if t.name == txn.ApprovedShown && d.Card.Chip != nil && t.agreed != d.Key() {
		w.violation(proof.RuleOrder, t, d.Key(), "shown as approved, and its card never agreed")
	}
}
