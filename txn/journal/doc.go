// Package journal keeps what happened to the money: an append-only, hash-chained
// and sealed list of rows on SQLite.
//
// # What it promises
//
//   - [Journal.Append] is one durable commit: when it returns nil every row is on
//     disk and survives a power cut; when it returns an error none is, unless the
//     error is [ErrFate].
//   - What [Open] finds it makes durable before anybody can act on it: a process
//     that was killed may have left rows that no disk holds yet.
//   - A row is never changed or deleted. Triggers refuse it, and each row carries
//     SHA-256 of the previous row's hash and of every column of its own, so that
//     [Journal.Verify] names the first row that somebody altered behind them.
//   - Card data is never in clear. The PAN and expiry are sealed once, on the
//     first row of their transaction, under the key of their batch
//     (AES-256-GCM); the batch key is wrapped by the master key of a
//     [KeySource]. The expiry is under a second key of its batch within, which goes
//     in the commit of the batch's settlement. [Journal.Shred] drops a batch key and with it the card data,
//     while the chain stays whole. A PAN is looked up by HMAC-SHA-256, never by
//     a bare hash. Track, security code and PIN have no place here in any form.
//     What a chip said that is no card data (AID, cryptogram, TVR, the field 55 of a
//     reversal) stays in clear; a record whose chip hides the number in it is refused.
//   - One process owns the file. A second one is refused with [ErrInUse].
//   - A journal belongs to one mode and one terminal, and refuses others.
//
// # What it does not promise
//
// The chain is a fingerprint, not a signature: whoever can write the file can
// recompute all of it, or put an old copy back. Against that stands the head
// hash, which [Journal.Head] gives for the settlement slip. A record that holds
// a PAN in one of its public texts is refused, but only the engine can see to
// it that no other text holds card data.
//
// # Layout
//
// Table journal is the truth. Tables head and item are derived from it in the
// same commit, so that start-up reads a handful of rows and not all of them;
// [Journal.Rebuild] makes them anew and [Journal.Verify] compares. Times are
// kept to the millisecond with their offset from UTC.
package journal
