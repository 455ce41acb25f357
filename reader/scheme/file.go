package scheme

import (
	"crypto/sha1" //nolint:gosec // the checksum of EMV Book 2, 11.2.3
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/reader/sheet"
	"vpos/reader/tlv"
)

//go:embed scheme.toml
var builtin []byte

// Builtin gives the file that comes with the program, a copy each time. It cannot
// be wrong: a test reads it.
func Builtin() *Scheme { return parsed().clone() }

var parsed = sync.OnceValue(func() *Scheme {
	s, err := Load(builtin)
	if err != nil {
		return &Scheme{}
	}
	return s
})

// Source is the text of [Builtin], comments and all: to begin one's own with.
func Source() []byte { return slices.Clone(builtin) }

// file is the file as it is written; scheme.toml says what each line means.
type file struct {
	NeverLive    []sheet.Hex   `toml:"never-live"`
	Applications []application `toml:"application"`
	Keys         []key         `toml:"key"`
	Revocations  []revocation  `toml:"revocation"`
	Exceptions   []exception   `toml:"exception"`
}

type application struct {
	Name      string    `toml:"name"`
	Brand     string    `toml:"brand"`
	AID       sheet.Hex `toml:"aid"`
	Partial   bool      `toml:"partial"`
	Version   sheet.Hex `toml:"version"`
	Denial    sheet.Hex `toml:"denial"`
	Online    sheet.Hex `toml:"online"`
	Default   sheet.Hex `toml:"default"`
	Floor     int64     `toml:"floor"`
	Threshold int64     `toml:"threshold"`
	Target    int       `toml:"target"`
	MaxTarget int       `toml:"max-target"`
	DDOL      sheet.Hex `toml:"ddol"`
	TDOL      sheet.Hex `toml:"tdol"`
	Test      bool      `toml:"test"`
}

type key struct {
	RID      sheet.Hex `toml:"rid"`
	Index    sheet.Hex `toml:"index"`
	Modulus  sheet.Hex `toml:"modulus"`
	Exponent sheet.Hex `toml:"exponent"`
	Checksum sheet.Hex `toml:"checksum"`
	Expiry   day       `toml:"expiry"`
	Test     bool      `toml:"test"`
}

type revocation struct {
	RID    sheet.Hex `toml:"rid"`
	Index  sheet.Hex `toml:"index"`
	Serial sheet.Hex `toml:"serial"`
}

type exception struct {
	First    string `toml:"first"`
	Last     string `toml:"last"`
	Length   int    `toml:"length"`
	Sequence *int   `toml:"sequence"`
}

// day is YYYY-MM-DD in quotes.
type day time.Time

var errDay = errors.New("want YYYY-MM-DD in quotes")

// UnmarshalText reads a day.
func (d *day) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return errDay
	}
	*d = day(t)
	return nil
}

// Load reads a file. Errors are a [*sheet.Error] with line and key.
func Load(text []byte) (*Scheme, error) {
	var f file
	if err := sheet.Decode(text, &f); err != nil {
		return nil, err
	}
	s := &Scheme{}
	for _, h := range f.NeverLive {
		if len(h) != sha1.Size {
			return nil, &sheet.Error{Key: "never-live", Text: "never-live: want the 20 bytes of a SHA-1"}
		}
		s.never = append(s.never, [sha1.Size]byte(h))
	}
	for _, part := range []struct {
		table string
		count int
		add   func(i int) (key, wrong string)
	}{
		{"application", len(f.Applications), func(i int) (string, string) { return s.addApplication(f.Applications[i]) }},
		{"key", len(f.Keys), func(i int) (string, string) { return s.addKey(f.Keys[i]) }},
		{"revocation", len(f.Revocations), func(i int) (string, string) { return s.addRevocation(f.Revocations[i]) }},
		{"exception", len(f.Exceptions), func(i int) (string, string) { return s.addException(f.Exceptions[i]) }},
	} {
		for i := range part.count {
			if key, wrong := part.add(i); wrong != "" {
				return nil, sheet.At(text, part.table, i, key, wrong)
			}
		}
	}
	if len(s.Applications) == 0 {
		return nil, &sheet.Error{Key: "application", Text: "there is no application"}
	}
	return s, nil
}

// code is one terminal action code.
func code(h sheet.Hex) (c [5]byte, ok bool) {
	if len(h) != len(c) {
		return c, false
	}
	return [5]byte(h), true
}

func (s *Scheme) addApplication(a application) (key, wrong string) {
	denial, okDenial := code(a.Denial)
	online, okOnline := code(a.Online)
	otherwise, okDefault := code(a.Default)
	twice := slices.ContainsFunc(s.Applications, func(b Application) bool { return slices.Equal(b.AID, a.AID) })
	switch {
	case len(a.AID) < 5 || len(a.AID) > 16:
		return "aid", "want 5 to 16 bytes"
	case twice:
		return "aid", "it is there twice"
	case a.Brand != "" && !slices.Contains(reader.Brands(), reader.Brand(a.Brand)):
		return "brand", "there is no such brand"
	case len(a.Version) != 2:
		return "version", "want two bytes"
	case !okDenial:
		return "denial", "want five bytes"
	case !okOnline:
		return "online", "want five bytes"
	case !okDefault:
		return "default", "want five bytes"
	case a.Floor < 0 || a.Threshold < 0:
		return "floor", "want limits of 0 or more"
	case a.Target < 0 || a.MaxTarget > 99 || a.Target > a.MaxTarget:
		return "target", "want 0 to max-target, and that at most 99"
	case notDOL(a.DDOL):
		return "ddol", "want tags, each with one byte of length"
	case notDOL(a.TDOL):
		return "tdol", "want tags, each with one byte of length"
	}
	s.Applications = append(s.Applications, Application{
		Name: a.Name, Brand: reader.Brand(a.Brand), Test: a.Test,
		Application: emv.Application{
			AID: a.AID, Partial: a.Partial, Version: [2]byte(a.Version), Denial: denial, Online: online, Default: otherwise,
			Floor: a.Floor, Threshold: a.Threshold, Target: a.Target, MaxTarget: a.MaxTarget, DDOL: a.DDOL, TDOL: a.TDOL,
		},
	})
	return "", ""
}

func notDOL(list []byte) bool {
	_, err := tlv.ParseDOL(list)
	return err != nil
}

func (s *Scheme) addKey(k key) (name, wrong string) {
	switch {
	case len(k.RID) != 5:
		return "rid", "want five bytes"
	case len(k.Index) != 1:
		return "index", "want one byte"
	case len(k.Checksum) != sha1.Size:
		return "checksum", "want the 20 bytes of a SHA-1"
	}
	c := emv.CAPK{
		RID: [5]byte(k.RID), Index: k.Index[0], Modulus: k.Modulus, Exponent: k.Exponent,
		Checksum: [sha1.Size]byte(k.Checksum), Expiry: time.Time(k.Expiry),
	}
	twice := slices.ContainsFunc(s.Keys, func(b Key) bool { return b.RID == c.RID && b.Index == c.Index })
	switch err := c.Check(); {
	case errors.Is(err, emv.ErrChecksum):
		return "checksum", "it is not that of this key"
	case err != nil:
		return "modulus", "nobody can calculate with this modulus and exponent"
	case twice:
		return "index", "it is there twice for this rid"
	}
	s.Keys = append(s.Keys, Key{CAPK: c, Test: k.Test})
	return "", ""
}

func (s *Scheme) addRevocation(r revocation) (key, wrong string) {
	switch {
	case len(r.RID) != 5:
		return "rid", "want five bytes"
	case len(r.Index) != 1:
		return "index", "want one byte"
	case len(r.Serial) != 3:
		return "serial", "want three bytes"
	}
	s.Revoked = append(s.Revoked, emv.Revocation{
		RID: [5]byte(r.RID), Index: r.Index[0], Serial: [3]byte(r.Serial),
	})
	return "", ""
}

func (s *Scheme) addException(e exception) (key, wrong string) {
	isDigits := func(t string) bool { return strings.Trim(t, "0123456789") == "" }
	switch {
	case len(e.First) < 6 || len(e.First) > 8 || !isDigits(e.First):
		return "first", "want the first six to eight digits and no more"
	case len(e.Last) != 4 || !isDigits(e.Last):
		return "last", "want the last four digits"
	case e.Length < 14 || e.Length > 19:
		return "length", "want 14 to 19: fewer digits would be all but written down"
	case e.Sequence != nil && (*e.Sequence < 0 || *e.Sequence > 99):
		return "sequence", "want 0 to 99"
	}
	x := Exception{First: e.First, Last: e.Last, Length: e.Length, Sequence: -1}
	if e.Sequence != nil {
		x.Sequence = *e.Sequence
	}
	s.Exceptions = append(s.Exceptions, x)
	return "", ""
}

// String names the entry for an error.
func (k Key) String() string { return fmt.Sprintf("RID %X index %02X", k.RID, k.Index) }
