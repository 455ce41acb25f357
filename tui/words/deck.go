package words

// Deck is the virtual cards of a training terminal and the one slot they go into.
// Its methods are quick and may be called at any time.
type Deck interface {
	// Cards lists the cards, in the order they are shown.
	Cards() []DeckCard

	// Insert puts a card in by its name, NAME or NAME+fault+…, in place of the one
	// that is in. The text of an error is for the person.
	Insert(spec string) error

	// Remove takes out the card that is in; without one it does nothing.
	Remove()
}

// DeckCard is one card of the deck.
type DeckCard struct {
	Name  string
	About Text // one line
}
