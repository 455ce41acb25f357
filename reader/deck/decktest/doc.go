// Package decktest is what every card of the deck must come to in the hands of
// the kernel: a table of cases, and a way to play one over any transport. The same
// table holds in the terminal's own process, over a virtual reader and over a real
// one.
//
// The package is pure; its tests play the table against [deck.Card] directly.
package decktest
