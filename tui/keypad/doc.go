// Package keypad is the terminal's keys as data, and the fields they type into.
//
// One table, [Bindings], says of every key what it does, in which state, and in
// which words. The footer, the help screen, the menu, the plain dialogue and
// the manual are all made from it, so none of them can promise a key that does
// not work.
package keypad

import (
	"slices"
	"strings"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// Action is what a key does. The words are stable.
type Action string

// The actions. Digits and operators are no bindings: a field takes them, see
// [Field.Type].
const (
	None     Action = ""
	Enter    Action = "enter"    // green 确认
	Cancel   Action = "cancel"   // red 取消
	Clear    Action = "clear"    // yellow 更正: the last character
	ClearAll Action = "clearall" // the whole field
	Up       Action = "up"
	Down     Action = "down"
	PageUp   Action = "pageup"
	PageDown Action = "pagedown"
	Begin    Action = "begin" // a transaction of the binding's kind
	KeyIn    Action = "keyin" // from present to the card number
	Menu     Action = "menu"
	Group    Action = "group" // a page of the menu
	Journal  Action = "journal"
	Report   Action = "report" // what the batch came to so far
	Doctor   Action = "doctor" // the device check
	Reprint  Action = "reprint"
	Print    Action = "print"    // what is on the screen, which nobody owes
	Cards    Action = "cards"    // the list of virtual cards
	TakeOut  Action = "takeout"  // the virtual card that is in
	Explain  Action = "explain"  // what the card read last decided, and why
	LockUp   Action = "lock"     // until an operator signs in
	HandOver Action = "handover" // the shift ends
	Settings Action = "settings"
	Goods    Action = "goods" // a sale by the shop's goods
	Stock    Action = "stock" // the list of them
	Language Action = "language"
	Help     Action = "help"
	Privacy  Action = "privacy" // blanks the screen, and brings it back
	Quit     Action = "quit"
)

// Binding is one key in one group of states.
type Binding struct {
	Action Action
	Kind   txn.Kind               // what begins, of [Begin]
	Keys   []string               // keystroke names, see [Name]; letters in lower case
	Cap    words.Text             // what is printed on the key
	Short  words.Text             // for the footer: one or two words
	Help   words.Text             // for the help screen: one sentence
	Plain  string                 // the word of the plain dialogue; empty for none
	Foot   int                    // place in the footer, 1 first; 0 not there
	Item   string                 // the digits that lead to it in the menu, one a page: 4, then 41; empty: not there
	Deck   bool                   // only where there is a deck of virtual cards
	Told   bool                   // only where a card was read
	Sim    bool                   // only where the host is simulated: payment by code
	When   func(s txn.State) bool // enabled
}

// Sight is what decides which keys work: the state, and what the machine does
// not know of.
type Sight struct {
	State  txn.State
	Deck   bool // there is a deck of virtual cards
	Listed bool // its list lies over the screen
	Told   bool // a card was read, and its decisions can be explained
	// Explained says that they lie over the screen.
	Explained bool
	View      View // of the journal
	// Hidden says that nothing is shown.
	Hidden bool
}

// rows is the bindings that could work here, whatever the state.
func (v Sight) rows() []Binding {
	switch {
	case v.Hidden:
		return hiddenTable
	case v.Listed:
		return deckTable
	case v.Explained:
		return whyTable
	case v.State.Name == txn.Journal && v.View != ListView:
		return bookTables[v.View]
	}
	return table
}

func (v Sight) works(b Binding) bool {
	return (v.Deck || !b.Deck) && (v.Told || !b.Told) && b.offered(v.State) && b.When(v.State)
}

// Find is the binding a key has.
func (v Sight) Find(key string) (Binding, bool) {
	for _, b := range v.rows() {
		if v.works(b) && slices.Contains(b.Keys, key) {
			return b, true
		}
	}
	return Binding{}, false
}

// FindPlain is the binding a word of the plain dialogue has. The word is taken in
// any case.
func (v Sight) FindPlain(word string) (Binding, bool) {
	for _, b := range v.rows() {
		if b.Plain != "" && strings.EqualFold(b.Plain, word) && v.works(b) {
			return b, true
		}
	}
	return Binding{}, false
}

// Enabled lists the bindings that work, in the order of the table.
func (v Sight) Enabled() []Binding {
	taken := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(v.rows()), func(b Binding) bool { return !v.works(b) || !free(b.Keys, taken) })
}

// Footer lists the bindings the bottom line shows, most wanted first.
func (v Sight) Footer() []Binding {
	foot := slices.DeleteFunc(v.Enabled(), func(b Binding) bool { return b.Foot == 0 })
	slices.SortStableFunc(foot, func(a, b Binding) int { return a.Foot - b.Foot })
	return foot
}

// Find is the binding a key has in a state, without a deck.
func Find(key string, s txn.State) (Binding, bool) { return Sight{State: s}.Find(key) }

// FindPlain is the binding a word of the plain dialogue has in a state, without a
// deck.
func FindPlain(word string, s txn.State) (Binding, bool) { return Sight{State: s}.FindPlain(word) }

// Enabled lists the bindings that work in a state, without a deck.
func Enabled(s txn.State) []Binding { return Sight{State: s}.Enabled() }

// Footer lists the bottom line's bindings in a state, without a deck.
func Footer(s txn.State) []Binding { return Sight{State: s}.Footer() }

// Known reports whether a key is bound in any state: pressed elsewhere it
// deserves an answer, while a key that is bound nowhere is ignored.
func (v Sight) Known(key string) bool {
	return slices.ContainsFunc(table, func(b Binding) bool { return (v.Deck || !b.Deck) && slices.Contains(b.Keys, key) })
}

// Bindings is the whole table, in the order of the help screen, and behind it what
// works over the list of virtual cards.
func Bindings() []Binding {
	return slices.Concat(table, deckTable, whyTable, viewBindings(), hiddenTable)
}

// free reports whether any of the keys is still free, and takes them: a row
// all of whose keys an earlier row has does not count.
func free(keys []string, taken map[string]bool) bool {
	ok := len(keys) == 0
	for _, k := range keys {
		ok = ok || !taken[k]
		taken[k] = true
	}
	return ok
}

// Items lists a page of the menu by number: the first page for an empty path, that of
// a group for the digits that lead to it.
func Items(path string) []Binding {
	items := slices.DeleteFunc(slices.Clone(table), func(b Binding) bool {
		return len(b.Item) != len(path)+1 || !strings.HasPrefix(b.Item, path)
	})
	slices.SortFunc(items, func(a, b Binding) int { return strings.Compare(a.Item, b.Item) })
	return items
}

// offered reports whether a terminal has what a binding leads to.
func (b Binding) offered(s txn.State) bool { return !b.Sim || s.Setup.QR }

// Offered leaves out of a list what a terminal does not have.
func Offered(items []Binding, s txn.State) []Binding {
	return slices.DeleteFunc(slices.Clone(items), func(b Binding) bool { return !b.offered(s) })
}

// Leaves lists whatever the menu leads to, by number, without the pages between.
func Leaves() []Binding {
	var leaves []Binding
	for _, b := range Items("") {
		if b.Action != Group {
			leaves = append(leaves, b)
			continue
		}
		leaves = append(leaves, Items(b.Item)...)
	}
	return leaves
}

// ItemAt is the menu's item of those digits.
func ItemAt(path string) (Binding, bool) {
	for _, b := range table {
		if path != "" && b.Item == path {
			return b, true
		}
	}
	return Binding{}, false
}

// Name is the keystroke name of a typed rune: full-width forms folded, letters
// in lower case, = as enter.
func Name(r rune) string {
	const digits = "0123456789"
	r = reader.Fold(r)
	if i := strings.IndexRune(digits, r); i >= 0 {
		return digits[i : i+1] // a string of its own would keep a digit of a card
	}
	switch r {
	case '\r', '\n', '=':
		return "enter"
	case '\b', 0x7f:
		return "backspace"
	}
	return strings.ToLower(string(r))
}
