// Package mutant proves the proof: it plants money bugs in the machine and in
// the host's ledger, one at a time, and holds that the simulator catches each.
//
// No line of it is in the product. A mutant is a text in a source file and what
// stands there instead; it is built with the go command's -overlay, from a copy
// in a temporary folder. Those that change no more than the inside of functions share
// one build, each behind a choice at the beginning of its function: so the gate takes
// seconds, not minutes, and every mutant still runs as it is written. A text that is not there exactly once fails the gate,
// so that the list cannot rot while the code moves on.
package mutant
