// Package keys is the cryptography of the acquirer link: keys, PIN blocks, message
// authentication codes, session keys, DUKPT and encrypted tracks.
//
// A [Session] is one side of one terminal's agreement with its host. What the two
// agreed on is data, a [Rules], which a profile names. The terminal takes session
// keys with [Session.Load], the host deals them with [Session.Deal]; from then on
// both seal, open, sign and check with the same methods.
//
// A [Key] prints masked everywhere and shows nobody but this package's ciphers its
// bytes. No error of this package carries a key, a PIN, a number or a track, nor
// says more of a wrong PIN block than that it is wrong.
//
// DES is here because acquirers use it, not because it is good: every use of it is
// in one file.
package keys
