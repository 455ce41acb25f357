package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// chipScript is a card that says what it was told to say: one event an effect, in
// order, then nothing.
type chipScript struct {
	session uint64
	says    []txn.Event
	heard   []txn.AnswerCard
}

func (c *chipScript) perform(e txn.Effect) []txn.Event {
	switch e := e.(type) {
	case txn.ReadCard:
		c.session = e.Session
	case txn.AnswerCard:
		c.heard = append(c.heard, e)
	case txn.StopCard:
		c.says = nil
		return []txn.Event{txn.CardDone{Session: e.Session, Code: txn.CardCancelled}}
	}
	if len(c.says) == 0 {
		return nil
	}
	next := c.says[0]
	c.says = c.says[1:]
	return []txn.Event{inSession(next, c.session)}
}

// inSession gives an event of a card its session.
func inSession(e txn.Event, session uint64) txn.Event {
	switch e := e.(type) {
	case txn.CardChoose:
		e.Session = session
		return e
	case txn.CardPIN:
		e.Session = session
		return e
	case txn.CardOnline:
		e.Session = session
		return e
	case txn.CardDone:
		e.Session = session
		return e
	}
	return e
}

// insert puts a card in that will say this.
func (b *bench) insert(says ...txn.Event) {
	b.till.card.says = says
	b.till.send(txn.Inserted{Reader: "Virtual 00"})
	b.feed(Changed{})
}

// says lets the card say something by itself.
func (b *bench) says(e txn.Event) {
	b.till.send(inSession(e, b.till.card.session))
	b.feed(Changed{})
}

// remove takes the card out.
func (b *bench) remove() {
	b.till.send(txn.Removed{})
	b.feed(Changed{})
}

// chipped is a card read by its chip.
func chipped(data reader.ChipData) reader.Card {
	pan, err := reader.ParsePAN([]byte(visa))
	if err != nil {
		panic(err)
	}
	data.Sequence = -1
	return reader.Card{Entry: reader.Chip, PAN: pan, Chip: &data}
}

// wiped is what is left of a card that cannot pay.
func wiped() reader.Card {
	card := chipped(reader.ChipData{})
	card.Wipe()
	return card
}

// shelf is a deck of made-up cards.
type shelf struct {
	till *till
	in   []string // what was put in
	outs int
	fail bool
	says []txn.Event // what the next card says
}

func (s *shelf) Cards() []words.DeckCard {
	var cards []words.DeckCard
	for i, name := range strings.Fields(`amex diners discover foreign jcb maestro mastercard-credit mastercard-sda
		next-occurrence two-applications unionpay-credit unionpay-debit visa-credit`) {
		cards = append(cards, words.DeckCard{Name: name, About: words.Text{
			EN: fmt.Sprintf("Test card %d: a credit card with a PIN, and its issuer wants to be asked", i+1),
			ZH: fmt.Sprintf("测试卡 %d：带密码的贷记卡，发卡行要求联机授权", i+1),
		}})
	}
	return cards
}

func (s *shelf) Insert(spec string) error {
	if s.fail {
		return errors.New("no fault is called \x1b[31mslwo; near: slow")
	}
	s.in = append(s.in, spec)
	s.till.card.says = s.says
	s.till.send(txn.Inserted{Reader: "deck"})
	return nil
}

func (s *shelf) Remove() {
	s.outs++
	s.till.send(txn.Removed{})
}

// newBenchOf is the bench a scene wants.
func newBenchOf(t *testing.T, s scene, lang words.Lang, themeName string) *bench {
	t.Helper()
	if strings.Contains(s.name, "deck") {
		return newDeckBench(t, lang, themeName, &shelf{})
	}
	return newBench(t, lang, themeName)
}
