package tlv

import (
	"errors"
	"fmt"
)

// What can be wrong, found with errors.Is in the [*Error] that says where.
var (
	ErrShort      = errors.New("tlv: the data ends inside an object")
	ErrTag        = errors.New("tlv: no such tag")
	ErrLength     = errors.New("tlv: no such length")
	ErrIndefinite = fmt.Errorf("%w: indefinite", ErrLength) // EMV Book 3, B2 knows definite lengths only
	ErrDepth      = errors.New("tlv: too many templates inside each other")
)

// Error is damage and its place. It carries no value, only tags.
type Error struct {
	Offset int    // of the first byte of the damaged object, from the start of the input
	Path   string // tags from the outside in, 6F/A5/9F38; of the template around it where the tag itself cannot be read
	Err    error  // one of the sentinels
}

// Error gives place and cause.
func (e *Error) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("offset %d: %v", e.Offset, e.Err)
	}
	return fmt.Sprintf("offset %d, %s: %v", e.Offset, e.Path, e.Err)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }
