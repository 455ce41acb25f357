// Package proof holds the money law against what really happened.
//
// [Check] is the one checker behind every tier of proof: the simulator, the
// crash tests on the real database and the tests that kill real processes. It
// knows no clock, disk or network. A tier collects what is left once the faults
// are over, the network has healed and everything is quiet — each terminal's
// journal, what its screen ever showed, the paper that left its printer, and the
// host's ledger — as a [View], and gets back every invariant that does not hold.
//
// The invariants, in the words of the rules:
//
//   - [RuleLost], [RuleDoubled], [RuleAmount]: what a terminal holds approved is
//     what the host charged, to the minor unit.
//   - [RuleHold]: what the host holds is what the pre-authorisations, increments, voids
//     and completions come to that the terminal has approved, and no hold is charged for
//     more than 115 % of it, or twice.
//   - [RuleRefund]: no charge is given back more than once.
//   - [RuleTip]: a tip is on a sale that stands, of its own batch.
//   - [RuleVoid]: what is voided was voided once, whole, and was no void.
//   - [RuleVanished]: what was once shown as approved still is.
//   - [RuleUnresolved]: nothing stays open, pending, asked for or untold.
//   - [RuleTombstone]: what a terminal holds reversed, the host can never charge.
//   - [RuleSTAN]: no trace number was given out twice in a batch.
//   - [RuleTotals]: both sides add a batch up to the same, debits and credits.
//   - [RuleSettled]: a batch is closed on both sides, once, with those totals.
//   - [RulePaper]: each approved transaction has each copy of its slip exactly
//     once without the DUPLICATE mark, or a record that it is owed.
package proof
