// Package scheme is what a terminal knows of the card schemes before any card
// comes: one file of applications, certification authority keys, revoked
// certificates and cards not to be accepted, turned into an [emv.Config].
//
// Keys that protect nothing are marked as test keys; a live terminal leaves them
// out ([Scheme.Real]) and is checked for them once more ([Scheme.CheckLive]). The
// keys of the virtual cards are not in here: who trains adds them.
//
// The package is pure.
package scheme
