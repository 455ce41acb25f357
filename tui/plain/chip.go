package plain

import (
	"context"
	"strconv"
	"strings"
	"time"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// What a card with a chip adds to the dialogue, and the deck of virtual cards.

// insertTime is how long the terminal may take to see a card that was put in.
const insertTime = 2 * time.Second

func (d *dialogue) sight(s txn.State) keypad.Sight {
	return keypad.Sight{State: s, Deck: d.Deck != nil, Told: d.Trace != nil && len(d.Trace()) > 0}
}

// chip is what the card says or asks at a state.
func (d *dialogue) chip(s txn.State) []string {
	switch {
	case s.Name == txn.Present && !s.Seen.PAN.Empty():
		return []string{words.Brand(s.Seen.PAN.Brand()).In(d.Lang) + " " + s.Seen.PAN.String()}
	case s.Name == txn.Choose:
		return d.applications(s.Choice)
	case s.Name == txn.PINEntry:
		return d.tries(s.PIN)
	}
	return nil
}

// applications lists the card's applications by number. Their names are text from
// outside.
func (d *dialogue) applications(c txn.CardChoose) []string {
	var parts []string
	if c.Retry {
		parts = append(parts, "✗ "+words.ChoiceRetry.In(d.Lang))
	}
	for i, name := range c.Names {
		if name = words.Outside(name); name == "" {
			name = words.ChoiceNameless.In(d.Lang)
		}
		parts = append(parts, strconv.Itoa(i+1)+" "+name)
	}
	return parts
}

func (d *dialogue) tries(ask txn.CardPIN) []string {
	var parts []string
	if ask.Wrong {
		parts = append(parts, "✗ "+words.PINWrong.In(d.Lang))
	}
	switch {
	case ask.Tries == 1:
		parts = append(parts, words.PINLastTry.In(d.Lang))
	case ask.Tries > 1:
		parts = append(parts, words.PINTries.Fill(d.Lang, ask.Tries))
	}
	if !ask.Pad {
		parts = append(parts, words.PINBypass.In(d.Lang))
	}
	return parts
}

// verified is how the cardholder of an approved chip sale was verified.
func (d *dialogue) verified(t txn.Transaction) string {
	chip := t.Card.Chip
	switch {
	case chip == nil || t.Status != txn.Approved:
		return ""
	case chip.Signature:
		return words.SignatureLabel.In(d.Lang) + " " + words.SignSlip.In(d.Lang)
	case chip.PIN:
		return words.PINVerified.In(d.Lang)
	}
	return ""
}

// cards lists the deck, a line a card.
func (d *dialogue) cards() {
	for _, c := range d.Deck.Cards() {
		d.say("%s – %s", c.Name, c.About.In(d.Lang))
	}
}

// presented takes a line that names a card of the deck, and reports whether it was
// one. It waits until the terminal has seen the card: the next line is meant for
// what the card asks.
func (d *dialogue) presented(ctx context.Context, s txn.State, line string) bool {
	word, name, _ := strings.Cut(line, " ")
	if d.Deck == nil || !strings.EqualFold(word, cardWord) {
		return false
	}
	if b, ok := d.sight(s).FindPlain(word); !ok || b.Action != keypad.Cards {
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
		return true
	}
	if err := d.Deck.Insert(strings.TrimSpace(name)); err != nil {
		d.say("✗ %s", words.Outside(err.Error()))
		return true
	}
	d.await(ctx, func(now txn.State) bool { return now.Name != s.Name || now.CardIn != "" && s.CardIn == "" })
	return true
}

// cardWord is the word of the binding that lists the cards.
var cardWord = plainOf(keypad.Cards)

// plainOf is the word of an action.
func plainOf(a keypad.Action) string {
	for _, b := range keypad.Bindings() {
		if b.Action == a && b.Plain != "" {
			return b.Plain
		}
	}
	return ""
}

// await waits until the state is as wanted, for a while.
func (d *dialogue) await(ctx context.Context, wanted func(txn.State) bool) {
	late := time.After(insertTime)
	for !wanted(d.Terminal.State()) {
		select {
		case <-d.Changed:
		case <-late:
			return
		case <-ctx.Done():
			return
		}
	}
}
