package swipe

import "vpos/reader"

// Kind says what became of a key.
type Kind byte

// The kinds of result.
const (
	None      Kind = iota // nothing to report
	Swallowed             // the key belongs to a burst; show nothing
	Keys                  // ordinary keys, to be handled now, in order
	Card                  // a swipe was read
	Fault                 // a burst that was a swipe but could not be read
	Code                  // the last keys were a scanned code, see Result
)

// Result is one thing that a key, or time passing, brought about.
//
// Keys without sentinels cannot be held back: they go to the screen as Keys,
// and only the end of the run shows that they were a device's. So keep a
// snapshot of the state before each Keys result that is First; when a result
// has a Count, go back to the last snapshot and act on the result instead.
type Result struct {
	Kind  Kind
	Keys  []rune        // Keys: what was typed
	First bool          // Keys: begins a run that may turn out to be a code
	Card  reader.Card   // Card: the caller wipes it
	Err   error         // Fault: located, never with card data; see reader.FaultOf
	Code  reader.Secret // Code: what was scanned, without the closing Enter; the caller wipes it
	Count int           // Code, and Fault of a swipe whose beginning was lost: keys to take back
}

var kindNames = [...]string{"none", "swallowed", "keys", "card", "fault", "code"}

// String is the kind as a lower-case word.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "invalid"
}
