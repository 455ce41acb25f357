// Package reader is the vocabulary of cards: what a card number is, how it was
// entered, and what a stripe or a chip said about it.
//
// The package is pure: no I/O, no clock, no randomness. Its children do the
// work: swipe parses a keyboard-wedge burst, pcsc talks to readers.
//
// Anything secret here ([PAN], [Track2], [CVV], [Secret]) prints masked under
// every verb and encoder, holds its bytes privately, and is wiped by Wipe when
// the state that needed it ends. The only way to the clear bytes is a method
// called Reveal, so a search for that word finds every place that looks. An
// [Expiry] prints masked too; its clear forms are YYMM and MMYY. What prints
// masked also encodes masked: to keep a card, seal what Reveal gives and come
// back through [RestorePAN] and [ParseYYMM].
package reader
