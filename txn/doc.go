// Package txn is the vocabulary of money and the machine that moves it.
//
// [Step] is a pure function from a state and an event to the next state and the
// effects that must happen, in order. It knows no clock, no disk, no network, no
// language and no randomness: time, stored rows, host replies and keys arrive as
// events; writes, messages and paper leave as effects. Whoever drives it — the
// engine in production, the simulator in proofs — must perform the effects in
// the order given and answer each as its documentation says.
//
// The law it keeps: durable before sent, durable before shown. A [Send] of a
// financial request is only ever returned in answer to the [Stored] of its
// INTENT, and no state named approved is ever returned except in answer to the
// [Stored] of its APPROVED row.
package txn
