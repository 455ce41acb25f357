// Package backup writes a data folder into one sealed file, and back.
//
// The file is a header in clear (a mark, and how its key is made of a passphrase) and
// then chunks of 64 KiB under AES-256-GCM. The number of a chunk and whether it is the
// last are its nonce, the header is its additional data: a chunk that is missing, doubled,
// moved or altered, and a file that ends early, are all found before a byte of them is
// believed. Inside is a compressed tar archive of regular files.
//
// The key is argon2id of the passphrase (RFC 9106) with a salt of its own, so that no two
// files share one. Nothing else opens it.
package backup
