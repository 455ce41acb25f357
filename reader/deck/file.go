package deck

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"

	"vpos/reader/deck/issuer"
	"vpos/reader/sheet"
	"vpos/reader/tlv"
)

// definition is a card file as it is written. What a line means is said in
// cards/visa-credit.toml, the one with all the comments.
type definition struct {
	Name         string        `toml:"name"`
	EN           string        `toml:"en"`
	ZH           string        `toml:"zh"`
	Brand        string        `toml:"brand"`
	Contactless  bool          `toml:"contactless"`
	Protocol     string        `toml:"protocol"`
	ATR          sheet.Hex     `toml:"atr"`
	NoPSE        bool          `toml:"no-pse"`
	Languages    string        `toml:"languages"`
	Faults       []string      `toml:"faults"`
	Applications []application `toml:"application"`
}

// application is one application of a card.
type application struct {
	AID            sheet.Hex     `toml:"aid"`
	Label          string        `toml:"label"`
	Preferred      string        `toml:"preferred"`
	Priority       int           `toml:"priority"`
	Confirm        bool          `toml:"confirm"`
	PDOL           sheet.Hex     `toml:"pdol"`
	AIP            sheet.Hex     `toml:"aip"`
	Format         int           `toml:"format"`
	Cryptogram     issuer.Method `toml:"cryptogram"`
	Authentication string        `toml:"authentication"`
	PIN            digits        `toml:"pin"`
	Tries          int           `toml:"tries"`
	ATC            int           `toml:"atc"`
	LastOnline     int           `toml:"last-online"`
	Decide         string        `toml:"decide"`
	AtEnd          string        `toml:"at-end"`
	IssuerAuth     string        `toml:"issuer-authentication"`
	OfflineLower   int           `toml:"offline-lower"`
	OfflineUpper   int           `toml:"offline-upper"`
	Log            sheet.Hex     `toml:"log"`
	Data           []object      `toml:"data"`
	FCI            []object      `toml:"fci"`
	Records        []record      `toml:"record"`
}

// record is one record of a file of the card.
type record struct {
	SFI     int      `toml:"sfi"`
	Number  int      `toml:"number"`
	Signed  bool     `toml:"signed"`
	Objects []object `toml:"objects"`
}

// object is one data element: `TAG HEX`, `TAG 'text'` or `TAG made`.
type object struct {
	tag   tlv.Tag
	value []byte
	made  bool
}

// The mistakes of an object.
var (
	errObject = errors.New("want a tag and a value: \"5A 4761…\", \"50 'VISA'\" or \"90 made\"")
	errMade   = errors.New("the deck cannot make this tag")
	errInside = errors.New("this tag is a template: its value must be objects")
)

// UnmarshalText reads an object.
func (o *object) UnmarshalText(text []byte) error {
	name, rest, ok := strings.Cut(strings.TrimSpace(string(text)), " ")
	raw, err := hex.DecodeString(name)
	tags, bad := tlv.ParseTags(raw)
	if !ok || err != nil || bad != nil || len(tags) != 1 {
		return errObject
	}
	o.tag = tags[0]
	rest = strings.TrimSpace(rest)
	switch {
	case rest == "made":
		o.made = true
		for _, t := range canMake {
			if t == o.tag {
				return nil
			}
		}
		return errMade
	case len(rest) >= 2 && rest[0] == '\'' && rest[len(rest)-1] == '\'':
		o.value = []byte(rest[1 : len(rest)-1])
		return o.template(raw[0])
	}
	var h sheet.Hex
	if h.UnmarshalText([]byte(rest)) != nil {
		return errObject
	}
	o.value = h
	return o.template(raw[0])
}

// template holds that a constructed tag (ISO/IEC 8825-1, 8.1.2.5: bit 6 of its
// first byte) has objects inside.
func (o *object) template(first byte) error {
	if first&0x20 == 0 {
		return nil
	}
	if _, err := tlv.Parse(o.value); err != nil {
		return errInside
	}
	return nil
}

// digits is a PIN: 4 to 12 digits. It prints as stars.
type digits []byte

var errDigits = errors.New("want 4 to 12 digits")

// UnmarshalText reads a PIN.
func (d *digits) UnmarshalText(text []byte) error {
	if len(text) < 4 || len(text) > 12 || bytes.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return errDigits
	}
	*d = bytes.Clone(text)
	return nil
}

// find gives the value of a data element the records hold.
func (a *application) find(tag tlv.Tag) ([]byte, bool) {
	for _, r := range a.Records {
		for _, o := range r.Objects {
			if o.tag == tag {
				return o.value, true
			}
		}
	}
	return nil, false
}

// asked lists what of the records the deck must make.
func (a *application) asked() []tlv.Tag {
	var tags []tlv.Tag
	for _, r := range a.Records {
		for _, o := range r.Objects {
			if o.made {
				tags = append(tags, o.tag)
			}
		}
	}
	return tags
}

// clone copies a definition deeply enough for faults to change it.
func (d *definition) clone() *definition {
	c := *d
	c.Applications = make([]application, len(d.Applications))
	for i, a := range d.Applications {
		a.AID, a.AIP = bytes.Clone(a.AID), bytes.Clone(a.AIP)
		a.FCI = append([]object(nil), a.FCI...)
		a.Records = append([]record(nil), a.Records...)
		for j := range a.Records {
			a.Records[j].Objects = append([]object(nil), a.Records[j].Objects...)
		}
		c.Applications[i] = a
	}
	return &c
}

// replace puts another value in place of a record's.
func (a *application) replace(tag tlv.Tag, value []byte) {
	for _, r := range a.Records {
		for i := range r.Objects {
			if r.Objects[i].tag == tag {
				r.Objects[i].value = value
			}
		}
	}
}
