package scheme

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // names a key, protects nothing
	"errors"
	"fmt"
	"slices"

	"vpos/reader"
	"vpos/reader/emv"
)

// Scheme is what a file says.
type Scheme struct {
	Applications []Application
	Keys         []Key
	Revoked      []emv.Revocation
	Exceptions   []Exception

	never [][sha1.Size]byte // moduli that are never live
}

// Application is one AID of the terminal.
type Application struct {
	emv.Application
	Name  string       // for people
	Brand reader.Brand // the scheme
	Test  bool         // for training only
}

// Key is the key of a certification authority.
type Key struct {
	emv.CAPK
	Test bool // published for tests: it proves nothing
}

// Exception is one card of the exception file, as much of it as may be written
// down (PCI DSS 3.4.1).
type Exception struct {
	First    string // six to eight digits
	Last     string // four
	Length   int    // of the number, in digits
	Sequence int    // -1 for any
}

// matches reports whether a card is one the entry may mean.
func (e Exception) matches(pan reader.PAN, sequence int) bool {
	digits := pan.Reveal()
	return len(digits) == e.Length && bytes.HasPrefix(digits, []byte(e.First)) && bytes.HasSuffix(digits, []byte(e.Last)) &&
		(e.Sequence < 0 || e.Sequence == sequence)
}

func (s *Scheme) clone() *Scheme {
	return &Scheme{
		Applications: slices.Clone(s.Applications), Keys: slices.Clone(s.Keys), Revoked: slices.Clone(s.Revoked),
		Exceptions: slices.Clone(s.Exceptions), never: slices.Clone(s.never),
	}
}

// Real is a copy without what is marked as test: what a live terminal uses.
func (s *Scheme) Real() *Scheme {
	r := s.clone()
	r.Applications = slices.DeleteFunc(r.Applications, func(a Application) bool { return a.Test })
	r.Keys = slices.DeleteFunc(r.Keys, func(k Key) bool { return k.Test })
	return r
}

// Config is the kernel's configuration: the terminal's own data, everything of
// the file, and further keys, as the virtual cards' in training. Languages and
// choices of the terminal are the caller's to set.
func (s *Scheme) Config(t emv.Terminal, more ...emv.CAPK) emv.Config {
	cfg := emv.Config{Terminal: t, Revoked: slices.Clone(s.Revoked)}
	for _, a := range s.Applications {
		cfg.Applications = append(cfg.Applications, a.Application)
	}
	for _, k := range s.Keys {
		cfg.Keys = append(cfg.Keys, k.CAPK)
	}
	cfg.Keys = append(cfg.Keys, more...)
	if list := slices.Clone(s.Exceptions); len(list) > 0 {
		cfg.Exception = func(pan reader.PAN, sequence int) bool {
			return slices.ContainsFunc(list, func(e Exception) bool { return e.matches(pan, sequence) })
		}
	}
	return cfg
}

// ErrTest says that something meant for tests is in a live terminal.
var ErrTest = errors.New("scheme: this is for tests only")

// CheckLive looks through a configuration that is to be live for what must never
// be: test keys of this file or of the file that comes with the program, and the
// key of the virtual cards. The error is [ErrTest] and names the first.
func (s *Scheme) CheckLive(cfg emv.Config) error {
	known := parsed()
	keys := slices.Concat(s.Keys, known.Keys)
	never := slices.Concat(s.never, known.never)
	for _, k := range cfg.Keys {
		marked := slices.ContainsFunc(keys, func(t Key) bool { return t.Test && bytes.Equal(t.Modulus, k.Modulus) })
		if marked || slices.Contains(never, sha1.Sum(k.Modulus)) { //nolint:gosec // as above
			return fmt.Errorf("key %s: %w", Key{CAPK: k}, ErrTest)
		}
	}
	for _, a := range cfg.Applications {
		if slices.ContainsFunc(s.Applications, func(t Application) bool { return t.Test && bytes.Equal(t.AID, a.AID) }) {
			return fmt.Errorf("application %X: %w", a.AID, ErrTest)
		}
	}
	return nil
}
