package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/reader/deck"
	"vpos/tui/words"
	"vpos/txn"
)

func newDeck(t *testing.T, lang words.Lang) (*bench, *shelf) {
	t.Helper()
	deck := &shelf{}
	return newDeckBench(t, lang, "mono", deck), deck
}

func TestDeckKeys(t *testing.T) {
	right := tea.KeyPressMsg{Code: tea.KeyRight}
	for _, c := range []struct {
		keys []tea.KeyPressMsg
		want string
	}{
		{[]tea.KeyPressMsg{keyOf('1')}, "amex"}, {[]tea.KeyPressMsg{keyOf('9')}, "next-occurrence"},
		{[]tea.KeyPressMsg{keyDown, keyDown, keyUp, keyOf('\n')}, "diners"},
		{[]tea.KeyPressMsg{right, keyOf('４')}, "visa-credit"}, {[]tea.KeyPressMsg{right, right, keyOf('\n')}, "visa-credit"},
		{[]tea.KeyPressMsg{right, keyOf('5')}, ""}, {[]tea.KeyPressMsg{keyOf('0')}, ""}, {[]tea.KeyPressMsg{keyOf('\x1b')}, ""},
		{[]tea.KeyPressMsg{keyOf('c')}, ""}, {[]tea.KeyPressMsg{keyOf('?'), keyOf('m'), keyOf('j')}, ""},
	} {
		b, deck := newDeck(t, words.EN)
		b.keys("1234\nC")
		b.shows(words.DeckTitle.In(words.EN))
		b.press(c.keys...)
		if got := strings.Join(deck.in, " "); got != c.want {
			t.Errorf("%v puts in %q, want %q", c.keys, got, c.want)
		}
		if c.want != "" {
			b.at(txn.Processing)
			b.hides(words.DeckTitle.In(words.EN))
		} else {
			b.at(txn.Present)
		}
	}
}

// The list keeps its mark: the same card is put in again with two keys.
func TestDeckKeepsItsMark(t *testing.T) {
	b, deck := newDeck(t, words.ZH)
	deck.says = []txn.Event{txn.CardDone{Code: txn.CardTorn}}
	b.keys("1234\nc7")
	b.at(txn.Present)
	b.keys("x")
	if deck.outs != 1 || b.m.state.CardIn != "" {
		t.Errorf("%d taken out, %q is in", deck.outs, b.m.state.CardIn)
	}
	b.keys("c\n")
	if got := strings.Join(deck.in, " "); got != "mastercard-credit mastercard-credit" {
		t.Errorf("put in %q", got)
	}
}

// A card is torn out while it is read, too.
func TestDeckTearsACardOut(t *testing.T) {
	b, deck := newDeck(t, words.EN)
	b.keys("1234\nc1")
	b.at(txn.Processing)
	b.keys("x")
	if deck.outs != 1 {
		t.Error("the card is still in")
	}
}

// A swipe goes through the list as through help.
func TestSwipeOverTheDeck(t *testing.T) {
	b, deck := newDeck(t, words.EN)
	b.keys("1234\nc")
	b.wait(time.Second)
	b.burst(stripe, time.Millisecond)
	b.at(txn.Confirm)
	if b.hides(words.DeckTitle.In(words.EN)); len(deck.in) != 0 {
		t.Errorf("the swipe put in %v", deck.in)
	}
}

// Where there is no deck its keys are none, and nothing tells of them.
func TestNoDeck(t *testing.T) {
	for _, size := range sizes {
		b := newBench(t, words.EN, "mono")
		b.size(size.w, size.h)
		b.keys("1234\ncx")
		b.at(txn.Present)
		b.hides(words.DeckTitle.In(words.EN))
		b.keys("?")
		b.hides("virtual")
	}
}

// Every card of the deck itself has room for what is said of it.
func TestDeckHasRoom(t *testing.T) {
	for _, lang := range words.Langs() {
		b, _ := newDeck(t, lang)
		b.m.cards = nil
		for _, c := range deck.Cards() {
			b.m.cards = append(b.m.cards, words.DeckCard{Name: c.Name, About: words.Text{EN: c.EN, ZH: c.ZH}})
		}
		b.keys("1234\nc")
		for i, c := range b.m.cards {
			b.m.mark(i)
			b.m.refuse = strings.Repeat("no such fault ", 5)
			roomy(b, c.Name)
			b.size(80, 24)
			b.shows(c.Name)
			b.shows(words.Wrap(c.About.In(lang), 70)[0])
		}
	}
}
