// Package sim is the host simulator: the acquirer the terminal talks to in
// training, in a classroom and in proofs. One code base serves all three.
//
// [Ledger] is the host's whole mind and a pure state machine: no clock, no
// goroutine, no I/O, no randomness. What it holds is rows, one a transaction;
// accounts, holds, the totals of batches and what is left of a sale to refund
// are added up from them, so that a store keeps rows and nothing else. [Server]
// gives it a network, a codec and the keys of the terminals, and [SQLite] a disk:
// what it decided is committed before it is answered.
//
// What goes wrong on purpose is a [Fault]: armed live, by the command line, or by
// a script ([ParseScript]). What a card is answered by itself is a [Card] of
// cards.toml.
//
// What is kept of a card is the number of its account, which does not lead back
// to it: see [Account]. Neither number, track, PIN nor code is stored or logged.
package sim
