// Package sheet reads the small TOML files the rooms of package reader are
// described by: strictly, and with the place of whatever is wrong.
//
// The package is pure.
package sheet

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// MaxBytes is the largest file that is looked at.
const MaxBytes = 256 << 10

// Error is one thing that is wrong with a file, and where.
type Error struct {
	Line, Column int    // from 1; Column is 0 for a whole line, Line 0 for the whole file
	Key          string // the dotted key, where there is one
	Text         string // what is wrong; it never repeats a value
}

// Error gives place and cause.
func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.Text
	case e.Key == "":
		return fmt.Sprintf("line %d: %s", e.Line, e.Text)
	}
	return fmt.Sprintf("line %d, %s: %s", e.Line, e.Key, e.Text)
}

// Decode fills into from a file. An unknown key, a wrong type and a value its
// type refuses are an [*Error].
func Decode(data []byte, into any) error {
	if len(data) > MaxBytes {
		return &Error{Text: fmt.Sprintf("%d bytes; at most %d are read", len(data), MaxBytes)}
	}
	if !utf8.Valid(data) {
		return &Error{Text: "this is not UTF-8 text"}
	}
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(into)
	var strict *toml.StrictMissingError
	var decode *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		line, column := strict.Errors[0].Position()
		return &Error{Line: line, Column: column, Key: key(strict.Errors[0].Key()), Text: "there is no such key"}
	case errors.As(err, &decode):
		line, column := decode.Position()
		return &Error{Line: line, Column: column, Key: key(decode.Key()), Text: plainly(decode)}
	}
	return &Error{Text: strings.TrimPrefix(err.Error(), "toml: ")}
}

// plainly is what is wrong in the words of a person who never saw our types.
func plainly(err error) string {
	text := strings.TrimPrefix(err.Error(), "toml: ")
	if rest, ok := strings.CutPrefix(text, "cannot decode TOML "); ok {
		kind, _, _ := strings.Cut(rest, " into")
		return "a TOML " + kind + " cannot stand here"
	}
	return text
}

func key(k toml.Key) string { return strings.Join(k, ".") }

// At is an error about the i-th table [[name]] of a file, counted from 0, or
// about the whole file where it has no such table.
func At(data []byte, name string, i int, key, text string) *Error {
	return at(data, name, i, key, text, false)
}

// AtKey is At with the line of the key, where the table has it.
func AtKey(data []byte, name string, i int, key, text string) *Error {
	return at(data, name, i, key, text, true)
}

func at(data []byte, name string, i int, key, text string, exact bool) *Error {
	var found *Error
	for n, line := range bytes.Split(data, []byte("\n")) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		word, _, given := bytes.Cut(bytes.Join(bytes.Fields(line), nil), []byte("="))
		switch {
		case found != nil && (!exact || !given && bytes.HasPrefix(word, []byte("["))):
			return found
		case found != nil && given && string(word) == key:
			found.Line = n + 1
			return found
		case found == nil && !given && string(word) == "[["+name+"]]":
			if i == 0 {
				found = &Error{Line: n + 1, Key: name + "." + key, Text: text}
			}
			i--
		}
	}
	if found == nil {
		return &Error{Key: key, Text: key + ": " + text}
	}
	return found
}

// Hex is bytes as pairs of hex digits; spaces between them are for the reader.
type Hex []byte

// ErrHex says that a value is not hex.
var ErrHex = errors.New("want pairs of hex digits")

// UnmarshalText reads hex.
func (h *Hex) UnmarshalText(text []byte) error {
	text = bytes.Join(bytes.Fields(text), nil)
	out := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(out, text); err != nil {
		return ErrHex // hex.Decode would quote it
	}
	*h = out
	return nil
}

// Near lists which of some names a misspelt one may have meant, best first: those
// that begin with it or differ from it in few characters.
func Near(name string, names []string) []string {
	var near []string
	for limit := range len(name)/3 + 2 {
		for _, n := range names {
			if distance(name, n) == limit {
				near = append(near, n)
			}
		}
	}
	for _, n := range names {
		begins := name != "" && strings.HasPrefix(n, name) && distance(name, n) >= len(name)/3+2
		if begins {
			near = append(near, n)
		}
	}
	return near[:min(len(near), 5)]
}

// distance is how many characters must be put in, left out or changed.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
