package journal

import (
	"encoding/hex"
	"errors"
	"fmt"

	"vpos/reader"
	"vpos/txn"
)

// chip is what the body keeps of a [reader.ChipData]: what a slip, an explanation
// and a reversal after a restart need. The request's field 55 is not kept: a
// request is never sent a second time.
type chip struct {
	AID        string `json:"aid,omitempty"`        // hexadecimal
	ATC        uint16 `json:"atc,omitempty"`        //
	CID        byte   `json:"cid,omitempty"`        //
	Cryptogram octets `json:"cryptogram,omitempty"` // 8 bytes
	Label      string `json:"label,omitempty"`      // outside text
	Lang       string `json:"lang,omitempty"`       // the cardholder's, of their slip
	PIN        bool   `json:"pin,omitempty"`        //
	Reversal55 octets `json:"reversal55,omitempty"` // field 55 of its reversal
	Script55   octets `json:"script55,omitempty"`   // field 55 of the advice about the issuer's scripts
	Sequence   *int   `json:"sequence,omitempty"`   // absent for none; 0 is one
	Signature  bool   `json:"signature,omitempty"`  //
	TSI        octets `json:"tsi"`                  // 2 bytes
	TVR        octets `json:"tvr"`                  // 5 bytes
}

// octets are bytes, in JSON as hexadecimal digits.
type octets []byte

// MarshalText writes upper-case digits.
func (o octets) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%X", []byte(o)), nil }

// UnmarshalText reads digits of either case; none are nothing, as if they were absent.
func (o *octets) UnmarshalText(text []byte) error {
	*o = nil
	if len(text) == 0 {
		return nil
	}
	b := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(b, text); err != nil {
		return errors.New("not hexadecimal") // the library's error quotes what stands there
	}
	*o = b
	return nil
}

func chipOf(d *reader.ChipData) *chip {
	if d == nil {
		return nil
	}
	c := &chip{
		AID: d.AID, ATC: d.ATC, CID: d.CID, Cryptogram: d.Cryptogram, Label: d.Label, Lang: d.Lang, PIN: d.PIN,
		Reversal55: d.Reversal55, Script55: d.Script55, Signature: d.Signature, TSI: d.TSI[:], TVR: d.TVR[:],
	}
	if d.Sequence >= 0 {
		c.Sequence = &d.Sequence
	}
	return c
}

// check holds the parts of fixed size against theirs.
func (c *chip) check() error {
	if c != nil && (len(c.TVR) != len(reader.ChipData{}.TVR) || len(c.TSI) != len(reader.ChipData{}.TSI)) {
		return errors.New("chip: TVR or TSI of another size")
	}
	return nil
}

func (c *chip) data() *reader.ChipData {
	if c == nil {
		return nil
	}
	d := &reader.ChipData{
		AID: c.AID, ATC: c.ATC, CID: c.CID, Cryptogram: c.Cryptogram, Label: c.Label, Lang: c.Lang, PIN: c.PIN,
		Reversal55: c.Reversal55, Script55: c.Script55, Sequence: -1, Signature: c.Signature,
	}
	copy(d.TSI[:], c.TSI)
	copy(d.TVR[:], c.TVR)
	if c.Sequence != nil {
		d.Sequence = *c.Sequence
	}
	return d
}

// restoreChip makes up from the first row's body what the newest money row says
// nothing of: the chip, or the field 55 its reversal needs.
func restoreChip(t *txn.Transaction, first string) error {
	now := t.Card.Chip
	if now != nil && len(now.Reversal55) > 0 {
		return nil
	}
	b, err := parseBody(first)
	if err != nil || b.Chip == nil {
		return err
	}
	begun := b.Chip.data()
	if now == nil {
		t.Card.Chip = begun
		return nil
	}
	now.Reversal55 = begun.Reversal55
	return nil
}
