package escpos

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"vpos/receipts"
)

// Profile is what a printer can do. Make one with [Load] or [Parse].
type Profile struct {
	Name     string   `toml:"-"`
	Models   string   `toml:"models"`   // what it fits, for people
	Columns  []int    `toml:"columns"`  // of the papers it takes, in letters of font A
	Encoding Encoding `toml:"encoding"` // of hanzi
	UTF8     bool     `toml:"utf8_command"`
	QR       bool     `toml:"qr"` // GS ( k
	Cut      []Cut    `toml:"cut"`
	Drawer   bool     `toml:"drawer"`
	Beep     bool     `toml:"beep"` // ESC B
	Feed     int      `toml:"feed"` // lines from the head to the cutter, or to the tear bar
	Raster   Raster   `toml:"raster"`
	Confirms Confirms `toml:"confirms"`
}

// Raster is how GS v 0 may be used.
type Raster struct {
	Height int `toml:"height"` // the most rows of dots in one command
	Bad    int `toml:"bad"`    // heights that are multiples of this come out broken; zero for none
}

// Encoding is how a printer takes hanzi.
type Encoding string

// The encodings.
const (
	NoChinese Encoding = "none"
	GB18030   Encoding = "gb18030" // as far as it is two bytes long
	GBK       Encoding = "gbk"
	GB2312    Encoding = "gb2312"
	UTF8      Encoding = "utf-8"
)

// Cut is what is done to the paper at the end. The words are those of the configuration.
type Cut string

// The cuts.
const (
	CutFull    Cut = "full"
	CutPartial Cut = "partial"
	CutNone    Cut = "none"
)

// Confirms is how a printer says that a slip is out.
type Confirms string

// The ways.
const (
	ConfirmsID      Confirms = "process-id" // GS ( H function 48: when it is printed, with our number
	ConfirmsStatus  Confirms = "status"     // GS r 1 behind the slip: when it has been read so far
	ConfirmsNothing Confirms = "nothing"
)

// ErrProfile says that a profile cannot be used. The error wrapping it says why.
var ErrProfile = errors.New("not a printer profile")

const (
	maxProfile = 64 << 10
	maxFeed    = 20
	maxRaster  = 2400
)

//go:embed profiles/*.toml
var shipped embed.FS

// Shipped lists the names that [Load] knows, in order.
func Shipped() []string {
	entries, err := shipped.ReadDir("profiles")
	if err != nil {
		panic(err) // it is part of the program
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".toml")
	}
	slices.Sort(names)
	return names
}

// Load gives a shipped profile. The error wraps [ErrProfile].
func Load(name string) (*Profile, error) {
	data, err := shipped.ReadFile("profiles/" + name + ".toml")
	if err != nil {
		return nil, fmt.Errorf("%w: %q is none of %s", ErrProfile, name, strings.Join(Shipped(), ", "))
	}
	return Parse(name, data)
}

// Generic is the name of the profile for a printer of which only the columns are known.
func Generic(columns int) string {
	switch columns {
	case 42:
		return "generic-80-42"
	case 48:
		return "generic-80"
	}
	return "generic-58"
}

// Parse reads a profile: TOML of at most 64 KiB, every key known. The error wraps
// [ErrProfile] and names the line or the key.
func Parse(name string, data []byte) (*Profile, error) {
	if len(data) > maxProfile {
		return nil, fmt.Errorf("%w: %s: %d bytes, at most %d", ErrProfile, name, len(data), maxProfile)
	}
	p := &Profile{Name: name}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(p); err != nil {
		return nil, fmt.Errorf("%w: %s: %s", ErrProfile, name, said(err))
	}
	if key, why := p.wrong(); key != "" {
		return nil, fmt.Errorf("%w: %s: %s: %s", ErrProfile, name, key, why)
	}
	return p, nil
}

// said is what the TOML library has to say, with its line.
func said(err error) string {
	if missing, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(missing.Errors) > 0 {
		row, _ := missing.Errors[0].Position()
		return fmt.Sprintf("line %d: unknown key %q", row, strings.Join(missing.Errors[0].Key(), "."))
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, _ := wrong.Position()
		return fmt.Sprintf("line %d: %s", row, wrong.Error())
	}
	return err.Error()
}

// wrong is the first key with a value that means nothing, and why.
func (p *Profile) wrong() (key, why string) {
	not := func(n int) bool { return n != 32 && n != 42 && n != 48 }
	other := func(c Cut) bool { return c != CutFull && c != CutPartial }
	switch {
	case len(p.Columns) == 0 || slices.ContainsFunc(p.Columns, not):
		return "columns", "want 32, 42 or 48"
	case !slices.Contains([]Encoding{NoChinese, GB18030, GBK, GB2312, UTF8}, p.Encoding):
		return "encoding", "want none, gb2312, gbk, gb18030 or utf-8"
	case slices.ContainsFunc(p.Cut, other):
		return "cut", "want full or partial"
	case p.Feed < 0 || p.Feed > maxFeed:
		return "feed", fmt.Sprintf("want 0 to %d", maxFeed)
	case p.Raster.Height < receipts.CellHeight || p.Raster.Height > maxRaster:
		return "raster.height", fmt.Sprintf("want %d to %d", receipts.CellHeight, maxRaster)
	case p.Raster.Bad < 0 || p.Raster.Bad == 1:
		return "raster.bad", "want 0, or 2 and more"
	case !slices.Contains([]Confirms{ConfirmsID, ConfirmsStatus, ConfirmsNothing}, p.Confirms):
		return "confirms", "want process-id, status or nothing"
	}
	return "", ""
}

// cut is what is done where so much is wanted.
func (p *Profile) cut(want Cut) Cut {
	switch {
	case want == CutNone || len(p.Cut) == 0:
		return CutNone
	case slices.Contains(p.Cut, want):
		return want
	}
	return p.Cut[0]
}
