// Package world is a small world with everything that goes wrong in it: a few
// terminals, one host, a network, printers, people and the power. One thread and
// one seed: a seed always gives the same world, event for event.
//
// What is real in it is what the proof is about: [txn.Step] drives each
// terminal, and the ledger of package sim decides at the host. The journal, the
// link and the printer are models of the ones in production, which do what the
// real ones promise and no more: a commit is torn, lost or of unknown fate until
// it was synced; a message is dropped, delayed, doubled, overtaken or cut in
// half; paper is out and the record of it is not.
//
// A scenario begins with people selling while things break; in some worlds they void,
// settle or have chip cards, and in some they do everything there is. Then the network
// heals, every terminal is switched off and on, and the world runs until
// nothing moves any more. What is left goes to package proof. Beside that the
// world watches the order of things as they happen: nothing is sent, shown or
// printed whose row is not on disk.
package world
