// Package issuer is the other end of a chip: what the bank that issued a card
// keeps and computes. It verifies the cryptogram of a request (field 55),
// answers with one of its own, and writes scripts that change the card.
//
// The virtual cards and the host simulator share it: a card makes its
// cryptogram with the very keys the simulator derives anew from card number and
// sequence number.
//
// The rules are EMV Book 2, chapters 8 and 9 with annex A1, and what each scheme
// puts in their place: see [Method]. What a method does that is not public is
// said where it is done.
//
// The package is pure: no I/O, no clock, no randomness. Keys print as their
// check value, never as themselves.
package issuer
