package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// A file that a program writes for itself, and no person edits, carries the hash of the
// rest of it in a comment. A byte that changed by itself could else change a limit without
// a word. It is no guard against whoever means to change the file.

// checksumMark begins the comment.
const checksumMark = "# checksum "

// Checksum is the comment for a new file: [Store] fills it in, and renews it.
const Checksum = checksumMark + "\n"

// split takes the checksum's line out of a file: what is before it, its digits, and what
// is behind it. ok is false where there is none.
func split(data []byte) (before, digits, behind []byte, ok bool) {
	i := bytes.Index(data, []byte(checksumMark))
	if i < 0 || i > 0 && data[i-1] != '\n' {
		return data, nil, nil, false
	}
	line, rest, _ := bytes.Cut(data[i:], []byte("\n"))
	return data[:i], line[len(checksumMark):], rest, true
}

func sumOf(before, behind []byte) string {
	h := sha256.New()
	_, _ = h.Write(before)
	_, _ = h.Write(behind)
	return hex.EncodeToString(h.Sum(nil))
}

// renewed is a file with the checksum it should have; one without a checksum stays as it
// is.
func renewed(data []byte) []byte {
	before, _, behind, ok := split(data)
	if !ok {
		return data
	}
	out := append(bytes.Clone(before), checksumMark+sumOf(before, behind)+"\n"...)
	return append(out, behind...)
}

// amiss is the problem of a file whose checksum is another; nil where it fits, or there is
// none.
func amiss(data []byte) *Problem {
	before, digits, behind, ok := split(data)
	if want := sumOf(before, behind); ok && string(digits) != want {
		line := bytes.Count(before, []byte("\n")) + 1
		return &Problem{Line: line, Column: 1, Code: Altered, Got: excerpt(string(digits)), Want: strconv.Itoa(line)}
	}
	return nil
}
