package keys

import (
	"errors"
	"fmt"
)

// What can go wrong. Every error of this package is or wraps one of these.
var (
	ErrKeyLength  = errors.New("not a length this method takes a key of")
	ErrNotReady   = errors.New("the session has no such key")
	ErrRules      = errors.New("rules that do not go together")
	ErrBlob       = errors.New("session keys of another length than the layout's")
	ErrCheckValue = errors.New("check value differs")
	ErrMethod     = errors.New("not a method of authentication")
	ErrPIN        = errors.New("not a PIN of 4 to 12 digits")
	ErrPAN        = errors.New("not a card number a PIN block can be made for")
	ErrPINBlock   = errors.New("PIN block does not open")
	ErrTrack      = errors.New("not a track this method can encrypt")
	ErrKSN        = errors.New("not a key serial number of this method")
	ErrNoKey      = errors.New("no key is loaded")
	ErrKeyThere   = errors.New("there is a key already")
	ErrTestKey    = errors.New("a key everybody knows")
	ErrSealed     = errors.New("not what was sealed here")
	ErrCounter    = errors.New("the counter went on without this device")
	ErrExhausted  = errors.New("every key of the initial key has been used")
)

// Part names a session key.
type Part string

// The session keys.
const (
	PIK Part = "PIK" // seals PIN blocks
	MAK Part = "MAK" // authenticates messages
	TDK Part = "TDK" // encrypts tracks
)

// PartError says which session key something is wrong with.
type PartError struct {
	Part Part
	Err  error // one of the errors of this package
}

// Error is the key and the fault: MAK: check value differs.
func (e *PartError) Error() string { return fmt.Sprintf("%s: %v", e.Part, e.Err) }

// Unwrap gives the fault.
func (e *PartError) Unwrap() error { return e.Err }
