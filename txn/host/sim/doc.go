// Package sim is the host simulator: the acquirer the terminal talks to in
// training, in a classroom and in proofs. One code base serves all three.
//
// [Ledger] is the host's whole mind and a pure state machine: no clock, no
// goroutine, no I/O, no randomness. [Server] gives it a network and a codec,
// and [Store] a disk: what it decided is committed before it is answered.
//
// What it knows of a card is nothing: neither PAN nor track is kept.
package sim
