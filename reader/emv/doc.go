// Package emv is the contact kernel: everything a terminal must do with a chip
// card between its reset and the final cryptogram (EMV Books 1 to 4).
//
// The package is pure: no I/O, no clock, no randomness. A [Kernel] is a machine
// that is asked and answers. [Kernel.Start] gives the first [Request]; every
// request names the one method that takes its answer:
//
//	Transmit           send the command to the card, then Card (or Torn)
//	ChooseApplication  ask the cardholder, then Chosen
//	NeedPIN            ask for the PIN, then PIN
//	NeedOnline         ask the issuer, then Online
//	Outcome            the end; every further call answers with it again
//
// Torn may be called at any time: the card is gone. A call that does not answer
// the pending request ends the transaction safely, it never repeats a command.
//
// The transport below follows 61xx and 6Cxx; what arrives here is the last
// status and the whole data of a reply.
//
// The terminal verification results say what came out of a check, the
// transaction status information which checks were made. Each is written while
// the decision is made, together with a [Decision] that says which rule made
// it: see [Outcome].Trace. The trace has codes, no language, and no digit of a
// card.
package emv
