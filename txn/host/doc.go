// Package host is the terminal's side of the acquirer link, and the codec both
// sides share: framing, ISO 8583 messages, and one owned connection.
//
// What differs between acquirers is data. A [Profile] names the framing, the
// fields and the codes of every operation; [LoadProfile] reads one of its file,
// [NewCodec] checks it and gives the functions that turn dialect-free requests
// and replies into bytes and back, and [Codec.Describe] takes a message apart for
// a person. What a profile's fields hold is moved by holders, which know nothing
// of any dialect. [Link] keeps one connection and knows whether a byte of a request
// may have left, which decides whether money is unknown. Package keys has the
// cryptography.
//
// Bytes from outside are never trusted: a length is checked before anything is
// allocated for it, nothing panics, and an error names the field and never its
// value. Cardholder data (fields 2, 14, 35, 48, 52, 55, 57) appears in no error and
// no log line.
package host
