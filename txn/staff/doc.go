// Package staff knows the operators of a terminal: who they are, whether a PIN is
// theirs, and what they did that an owner may want to read later.
//
// A try is counted on disk before the PIN is compared: whoever cuts the power at the
// right moment has lost the try. Five wrong ones lock an operator for half an hour, or
// until a supervisor unlocks.
//
// PINs are few enough to try them all, so a stolen folder must not let anybody try: a
// PIN goes through HMAC-SHA-256 under a key that is derived from the folder's master key
// and then through argon2id. It is in no log, no error and no row of the audit.
//
// The package decides; a [Store] keeps. Package journal is one.
package staff
