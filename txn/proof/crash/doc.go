// Package crash cuts the power of the production journal and looks at what is
// left.
//
// [Disk] is a file system in memory under the real SQLite and the real
// [vpos/txn/journal], settings and all. [Play] lets a terminal live on it —
// several processes one after the other, each of which closes, is killed or dies
// with the power — and takes a copy of the disk before every operation, as a
// power cut there would leave it. Each copy is started by the same production
// code and held against a model that knows only what the journal was asked and
// what it answered. Half the histories write rows of every kind and shape; the
// other half sell, with the real machine over a bad network to a host with the
// real ledger, and after a cut the network heals and both sides must agree
// ([vpos/txn/proof]).
//
// # What a disk may do
//
//   - A write, a new length and a truncation are sure once the file is synced.
//     Until then each sector of 512 bytes is there or not, whatever the order
//     they were written in, and may be torn in two.
//   - Where a file grew and nothing of it was written there may be zeros, ones,
//     noise, or what a deleted file had there.
//   - A name that was given or taken away is sure once the folder is synced, and
//     never because the file was. The database library deletes with a sync of the
//     folder where SQLite asks for one, and never syncs it for a file it creates,
//     though SQLite relies on that; [journal.Open] syncs the folder itself, and a
//     Disk takes part in that by [Disk.SyncDir].
//   - An operation may fail, once, for a while or for good: no room, an error, a
//     write of which a part is done. After a sync that failed the system tries no
//     more: what it covered may be there or not for ever, whatever is synced
//     later, until it is written anew. A killed process leaves the next one what
//     it wrote, synced or not.
//   - Overwriting some bytes never harms others. That is what the library claims
//     of real disks.
//
// The very first start is treated with patience: a cut can leave a file there
// that no later start accepts, see history.unborn. Nothing is in it.
package crash
