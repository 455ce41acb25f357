package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// counter is the real machine with a performer that answers every effect at once:
// a disk that writes, a host that approves, a printer with paper, and a card that
// gives the answers it was told to.
type counter struct {
	state   txn.State
	session uint64
	answers []txn.Event
	effects []txn.Effect
	book    map[txn.Key]txn.Transaction // the journal
	host    func(txn.Request) txn.Event // nil approves everything
}

func newCounter(answers ...txn.Event) *counter {
	cny, _ := txn.CurrencyByCode("CNY")
	c := &counter{answers: answers, book: map[txn.Key]txn.Transaction{}}
	c.state = txn.New(txn.Setup{Terminal: "10000001", Merchant: "104110000000001", Currency: cny, ReplyTimeout: time.Minute, ReversalPause: 5 * time.Second, ReversalMax: time.Minute, QR: true})
	c.Dispatch(txn.Started{Recovered: txn.Recovered{NextSTAN: 1, Batch: 1}})
	c.Dispatch(txn.Tick{Now: time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)})
	return c
}

func (c *counter) State() txn.State { return c.state }

func (c *counter) Dispatch(e txn.Event) txn.State {
	state, effects := txn.Step(c.state, e)
	c.state = state
	c.effects = append(c.effects, effects...)
	for _, effect := range effects {
		switch effect := effect.(type) {
		case txn.Append:
			for _, r := range effect.Records {
				c.book[r.Txn.Key()] = r.Txn
			}
			c.Dispatch(txn.Stored{Tag: effect.Tag})
		case txn.Lookup, txn.LookupHold, txn.Reckon:
			c.Dispatch(c.look(effect))
		case txn.Print:
			c.Dispatch(txn.Printed{Slip: effect.Slip})
		case txn.Send:
			if c.host == nil {
				c.Dispatch(approving(effect.Request))
			} else {
				c.Dispatch(c.host(effect.Request))
			}
		case txn.ReadCard:
			c.session = effect.Session
			c.say()
		case txn.AnswerCard:
			c.say()
		}
	}
	return c.state
}

// say is the card's next word.
func (c *counter) say() {
	if len(c.answers) == 0 {
		return
	}
	next := c.answers[0]
	c.answers = c.answers[1:]
	switch e := next.(type) {
	case txn.CardChoose:
		e.Session = c.session
		next = e
	case txn.CardPIN:
		e.Session = c.session
		next = e
	case txn.CardOnline:
		e.Session = c.session
		next = e
	case txn.CardDone:
		e.Session = c.session
		next = e
	}
	c.Dispatch(next)
}

// one is a deck of one card, put into a counter.
type one struct{ *counter }

func (one) Cards() []words.DeckCard {
	return []words.DeckCard{{Name: "visa-credit", About: words.Text{EN: "a Visa card", ZH: "一张 Visa 卡"}}}
}

func (o one) Insert(spec string) error {
	if name, _, _ := strings.Cut(spec, "+"); name != "visa-credit" {
		return errors.New("no such card: \x1b[31m" + name)
	}
	o.Dispatch(txn.Inserted{Reader: "deck"})
	return nil
}

func (o one) Remove() {
	o.Dispatch(txn.Removed{})
	if o.state.Reading() {
		o.Dispatch(txn.CardDone{Session: o.session, Code: txn.CardTorn})
	}
}

// script gives lines, and notes which were asked for hidden.
type script struct {
	lines  []string
	hidden []string
}

func (s *script) ReadLine(hidden bool) ([]byte, error) {
	if len(s.lines) == 0 {
		return nil, io.EOF
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	if hidden {
		s.hidden = append(s.hidden, line)
	}
	return []byte(line), nil
}

// The word privacy says one line and no more, whatever goes on; a line that is typed then
// goes nowhere and is not echoed, and an empty one shows where the sale stands.
func TestPrivacyInLines(t *testing.T) {
	for _, lang := range words.Langs() {
		out, in := talk(t, newCounter(), nil, lang, "1234", "privacy", "4111111111111111", "77", "", visa, "1230", "123", "privacy", "void", "privacy", "", "privacy", "")
		_, rest, _ := strings.Cut(out, "privacy: "+words.HiddenLine.In(lang)+"\n")
		first, _, _ := strings.Cut(rest, "present: ")
		if strings.Contains(first, "12.34") || strings.Count(first, "privacy: ") != 2 {
			t.Errorf("while hidden:\n%s", first)
		}
		holds(t, out, "present: ", "confirm: ", "approved: ")
		if strings.Count(out, "trace: ") != 0 {
			t.Errorf("a word that was not heard began something:\n%s", out)
		}
		if !slices.Contains(in.hidden, "77") || !slices.Contains(in.hidden, "void") {
			t.Errorf("echoed while hidden; not echoed were %q", in.hidden)
		}
	}
}

// talk runs a dialogue and gives what was printed.
func talk(t *testing.T, c *counter, deck words.Deck, lang words.Lang, lines ...string) (string, *script) {
	t.Helper()
	return talkWith(t, c, Options{Deck: deck}, lang, lines...)
}

// talkWith is talk with ports of its own.
func talkWith(t *testing.T, c *counter, o Options, lang words.Lang, lines ...string) (string, *script) {
	t.Helper()
	in, out := &script{lines: lines}, &bytes.Buffer{}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	o.Terminal, o.In, o.Out, o.Lang = c, in, out, lang
	if err := Run(ctx, o); err != nil {
		t.Fatal(err)
	}
	return out.String(), in
}

func chipCard(t *testing.T) reader.Card {
	t.Helper()
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	if err != nil {
		t.Fatal(err)
	}
	return reader.Card{Entry: reader.Chip, PAN: pan, Chip: &reader.ChipData{Label: "VISA CREDIT", PIN: true, Sequence: -1}}
}

func holds(t *testing.T, out string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		before, after, ok := strings.Cut(out, want)
		if !ok {
			t.Errorf("no %q behind:\n%s\nin:\n%s", want, before, out)
			return
		}
		out = after
	}
}

// A chip sale in lines: the card, its application, its PIN and its end.
func TestChipSale(t *testing.T) {
	c := newCounter(
		txn.CardChoose{Names: []string{"VISA CREDIT", "\x1b[2JDEBIT\x00"}},
		txn.CardPIN{Tries: 3}, txn.CardPIN{Tries: 1, Wrong: true},
		txn.CardOnline{Card: chipCard(t)}, txn.CardDone{Approved: true},
	)
	out, in := talk(t, c, one{c}, words.EN, "1234", "card", "card nobody", "card visa-credit+slow", "3", "2", "12", "9876", "4321", "", "remove")
	holds(t, out,
		"idle: ", "present: Card, please · CNY 12.34 · Insert or swipe",
		"present: visa-credit – a Visa card", "present: ✗ no such card: [31mnobody",
		"choose: Which application? · CNY 12.34 · 1 VISA CREDIT · 2 [2JDEBIT · The customer chooses",
		"choose: ✗ Not one of the list", "pin: PIN, please · CNY 12.34 · Tries left: 3 · No PIN?",
		"pin: ✗ A PIN has 4 to 12 digits", "pin: PIN, please · CNY 12.34 · ✗ Wrong PIN · Last try",
		"approved: ", "PIN verified", "Take the card out", "idle: ",
	)
	if last := out[strings.LastIndex(out, "idle: "):]; strings.Contains(last, "Take the card out") {
		t.Errorf("after remove: %s", last)
	}
	if strings.ContainsAny(out, "\x1b\x00") || strings.Contains(out, "9876") || strings.Contains(out, "4321") {
		t.Errorf("an escape or a PIN came out:\n%q", out)
	}
	for _, pin := range []string{"12", "9876", "4321"} {
		if !strings.Contains(strings.Join(in.hidden, " "), pin) {
			t.Errorf("the line %s was echoed", pin)
		}
	}
}

// Where the PIN is keyed on the reader nothing typed here answers for it.
func TestPINOnTheReader(t *testing.T) {
	c := newCounter(txn.CardPIN{Tries: -1, Pad: true})
	out, _ := talk(t, c, one{c}, words.ZH, "1234", "card visa-credit", "", "1234", "remove")
	holds(t, out, "pin: 请输入密码 · CNY 12.34 · 请持卡人在读卡器键盘上输入密码")
	for _, e := range c.effects {
		if _, ok := e.(txn.AnswerCard); ok {
			t.Error("a line answered for the reader's keys")
		}
	}
}

// A card that was read and cannot pay is named, masked, and must come out first.
func TestCardThatCannotPay(t *testing.T) {
	card := chipCard(t)
	card.Wipe()
	c := newCounter(txn.CardDone{Code: txn.CardReal, Card: card})
	out, _ := talk(t, c, one{c}, words.EN, "1234", "card visa-credit", "remove", "card x y", "cancel", "card", "remove")
	holds(t, out, "present: ✗ A real card", "Visa ************1111 · Take the card out",
		"present: ", "Insert or swipe", "no such card", "idle: ", "idle: ✗ That does nothing here", "idle: ")
}

// Without a deck its words are entries like any other, and help does not list them.
func TestWithoutADeck(t *testing.T) {
	for _, deck := range []bool{false, true} {
		c := newCounter()
		var d words.Deck
		if deck {
			d = one{c}
		}
		out, _ := talk(t, c, d, words.EN, "1234", "help")
		if got := strings.Contains(out, "present: card – "); got != deck {
			t.Errorf("deck %v: help lists the deck: %v\n%s", deck, got, out)
		}
	}
}
