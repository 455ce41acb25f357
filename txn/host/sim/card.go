package sim

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// Card is a card the simulator has something special to say to.
type Card struct {
	Name      string `toml:"name"`      // a stable word
	Number    string `toml:"number"`    // a test number in public circulation, or of no issuer
	Balance   int64  `toml:"balance"`   // hundredths of whatever currency it is used in
	Overdraft bool   `toml:"overdraft"` // the balance may go below nothing without end
	Limit     int64  `toml:"limit"`     // the most one transaction may come to, in hundredths; 0 for none: 61
	Answer    string `toml:"answer"`    // field 39 of every answer; empty for none special
	Partial   bool   `toml:"partial"`   // what there is is approved, with 10, rather than refused with 51
	Code      bool   `toml:"code"`      // a sale without a one-time code is answered 1A
	PIN       string `toml:"pin"`       // the right one; empty for [TestPIN]
}

// What every card answers to. They are no secrets: the simulator's cards are all
// for practice.
const (
	TestPIN = "1234"
	TestOTP = "123456"
)

// ordinary is every card the table does not name. It never runs dry.
var ordinary = Card{Name: "ordinary", Balance: 10_000_000, Overdraft: true, PIN: TestPIN}

//go:embed cards.toml
var cardsFile []byte

var cards = sync.OnceValue(func() []Card {
	var file struct {
		Card []Card `toml:"card"`
	}
	_ = toml.Unmarshal(cardsFile, &file) // a test reads it
	for i := range file.Card {
		if file.Card[i].PIN == "" {
			file.Card[i].PIN = TestPIN
		}
	}
	return file.Card
})

// Cards lists the cards that are something special, for the training screens.
func Cards() []Card { return slices.Clone(cards()) }
