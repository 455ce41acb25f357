// Package chip puts the kernel to work on a card: it carries the kernel's commands
// to a slot and its questions to the machine, as the events of package txn. What
// an answer means for the money is the machine's business; here is only the
// talking, and who may be talked to.
//
// A session is one goroutine. It ends when the card has had its final word, when
// the card is gone, or when it is stopped, and then says so once.
package chip
