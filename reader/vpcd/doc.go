// Package vpcd is the card's side of the vpcd protocol: a card in this process
// goes into a virtual reader of the PC/SC service, and every program on the
// machine sees it as a real one.
//
// The virtual reader (Debian's vsmartcard-vpcd) listens on one TCP port a slot.
// Connecting inserts the card, closing takes it out. A message is its length in
// two bytes, high byte first, and that many bytes. One byte from the reader is
// about power (0 off, 1 on, 2 reset; none is answered) or asks for the ATR (4,
// answered with it); more is a command APDU, answered with data and SW.
//
// The reader listens on every interface and asks nobody who they are. What is
// inserted must be a test card.
package vpcd
