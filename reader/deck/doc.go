// Package deck is the virtual cards: chips that live. Each is a small readable
// file (see cards/*.toml and [Load]); its certificates are signed by a
// certification authority of the deck's own, its cryptograms are real, it counts,
// remembers wrong PINs and obeys its issuer. Faults are named and can be put on
// any card: see [Find].
//
// A [Card] is a pure machine: [Card.Command] takes a command APDU and gives a
// [Reply]; what takes time or tears is said there for others to do. [Port] puts
// cards into the terminal's own process; [T0] gives a card the manners of the
// T=0 protocol for readers that want them.
//
// Every number here is a published test number, every key is published in this
// package: all of it is TEST. A live terminal refuses the keys (see package
// scheme).
//
// The package is pure: no I/O, no clock, no randomness; what a card needs of
// chance comes from the seed its owner gives it.
package deck
