package host

import (
	"errors"
	"fmt"
)

// What can be wrong with a message. Every error of the codec is one of these,
// wrapped in a [*FieldError] that says where.
var (
	ErrShort     = errors.New("ends too early")
	ErrTrailing  = errors.New("bytes after the last field")
	ErrLength    = errors.New("length not allowed")
	ErrCharacter = errors.New("character not allowed")
	ErrUndefined = errors.New("not a field of this profile")
	ErrMissing   = errors.New("missing")
	ErrRange     = errors.New("value out of range")
	ErrDate      = errors.New("no such date or time")
	ErrOperation = errors.New("not an operation of this profile")
	ErrBitmap    = errors.New("bitmap malformed")
	ErrTLV       = errors.New("chip data malformed")
)

// FieldError says which part of a message is wrong and how. It never holds the
// value: the field may be cardholder data.
type FieldError struct {
	Profile string // name of the profile
	Path    string // field number, with the tag below it: 4, 48.92; 0 is the MTI, 1 the bitmap
	Name    string // the field's name in the profile; may be empty
	Err     error  // one of the errors of this package
}

// Error is the place and the fault: iso87-ascii field 4 (amount): missing.
func (e *FieldError) Error() string {
	if e.Name == "" {
		return fmt.Sprintf("%s field %s: %v", e.Profile, e.Path, e.Err)
	}
	return fmt.Sprintf("%s field %s (%s): %v", e.Profile, e.Path, e.Name, e.Err)
}

// Unwrap gives the fault.
func (e *FieldError) Unwrap() error { return e.Err }
