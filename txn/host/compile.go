package host

import (
	"fmt"
	"slices"

	"github.com/moov-io/iso8583"
	"github.com/moov-io/iso8583/field"
	"github.com/moov-io/iso8583/prefix"

	"vpos/txn"
)

// NewCodec checks a profile and makes its codec. The error names the first
// thing wrong: the framing, a field's number, form or holder, or an operation's
// row.
func NewCodec(p Profile) (*Codec, error) {
	c := &Codec{profile: p, number: map[int]*slot{}, held: map[Holder]int{}, money: currencies()}
	if err := c.compile(); err != nil {
		return nil, fmt.Errorf("profile %s: %w", p.Name, err)
	}
	return c, nil
}

// currencies is every currency by its three digits, field 49.
func currencies() map[string]txn.Currency {
	out := map[string]txn.Currency{}
	for _, code := range txn.CurrencyCodes() {
		if c, ok := txn.CurrencyByCode(code); ok {
			out[c.Number] = c
		}
	}
	return out
}

func (c *Codec) compile() error {
	p := &c.profile
	if err := p.Framing.check(); err != nil {
		return err
	}
	if p.Bitmap != BitmapBinary && p.Bitmap != BitmapHex {
		return fmt.Errorf("bitmap %q: neither binary nor hex", p.Bitmap)
	}
	if err := p.checkCodes(); err != nil {
		return err
	}
	mti := FieldSpec{Number: mtiNumber, Name: "MTI", Kind: Numeric, Length: 4}
	form := bitmapCode{hex: p.Bitmap == BitmapHex}
	lib := map[int]field.Field{
		mtiNumber:    &element{slot: newSlot(p.Name, mti)},
		bitmapNumber: field.NewBitmap(&field.Spec{Length: 8, Description: "bitmap", Enc: form, Pref: prefix.Binary.Fixed}),
	}
	p.Fields = slices.Clone(p.Fields)
	slices.SortFunc(p.Fields, func(a, b FieldSpec) int { return a.Number - b.Number })
	for i := range p.Fields {
		f := &p.Fields[i]
		if err := f.check(); err != nil {
			return fmt.Errorf("field %d: %w", f.Number, err)
		}
		if c.number[f.Number] != nil {
			return fmt.Errorf("field %d: twice", f.Number)
		}
		slot := newSlot(p.Name, *f)
		c.number[f.Number] = slot
		c.slots = append(c.slots, slot)
		lib[f.Number] = &element{slot: slot}
		if f.Holds != "" {
			if c.held[f.Holds] != 0 {
				return fmt.Errorf("field %d: holds %q, as field %d does", f.Number, f.Holds, c.held[f.Holds])
			}
			c.held[f.Holds] = f.Number
			c.size += f.Prefix + min(f.Length, 42)
		}
	}
	c.spec = &iso8583.MessageSpec{Name: p.Name, Fields: lib}
	return c.compileOps()
}

func (c *Codec) compileOps() error {
	for i := range c.profile.Ops {
		op := &c.profile.Ops[i]
		answer := ReplyMTI(op.MTI)
		if answer == "" || op.Repeat != "" && ReplyMTI(op.Repeat) == "" {
			return fmt.Errorf("operation %s: MTI of no request", op.Op)
		}
		c.answers = append(c.answers, answer)
		for _, carry := range slices.Concat(op.Request, op.Reply) {
			if c.number[carry.Number] == nil {
				return fmt.Errorf("operation %s: field %d is not in the table", op.Op, carry.Number)
			}
		}
	}
	return nil
}

// sizes is the exact length of what a holder puts, where it has one.
var sizes = map[Holder]int{
	HoldsProcessing: 6, HoldsAmount: 12, HoldsSentUTC: 10, HoldsSTAN: 6, HoldsTime: 6, HoldsDate: 4,
	HoldsExpiry: 4, HoldsEntryMode: 3, HoldsSequence: 3, HoldsNII: 3, HoldsCondition: 2, HoldsCurrency: 3,
	HoldsNetwork: 3, HoldsOriginal: 42,
}

// check looks at one row of the field table. Numbers and dates must be fixed
// and as long as what they hold, so that nothing later needs to look again.
func (f *FieldSpec) check() error {
	_, known := holders[f.Holds]
	size, exact := sizes[f.Holds]
	most := map[int]int{0: 9999, 2: 99, 3: 999}[f.Prefix]
	switch {
	case f.Number <= bitmapNumber || f.Number > lastNumber || f.Number == 65:
		return fmt.Errorf("number: %w", ErrRange)
	case f.Length < 1 || f.Length > most:
		return fmt.Errorf("length or prefix: %w", ErrRange)
	case !slices.Contains([]Kind{Numeric, AlphaNum, Text, TrackSet, Binary}, f.Kind):
		return fmt.Errorf("kind %q: unknown", f.Kind)
	case !known:
		return fmt.Errorf("holds %q: unknown", f.Holds)
	case exact && (f.Kind != Numeric || f.Prefix != 0 || f.Length != size):
		return fmt.Errorf("holds %q: must be n%d, fixed", f.Holds, size)
	case f.Holds == HoldsPAN && f.Kind != Numeric:
		return fmt.Errorf("holds %q: must be n", f.Holds)
	case f.Holds == HoldsChip && (f.Kind != Binary || f.Prefix == 0):
		return fmt.Errorf("holds %q: must be b, variable", f.Holds)
	}
	return nil
}

// checkCodes looks at the codes outside the field table.
func (p *Profile) checkCodes() error {
	digits := func(s string, n int) bool { return len(s) == n && Numeric.allows([]byte(s)) }
	for _, row := range p.Entry {
		if !digits(row.Code, 3) {
			return fmt.Errorf("entry mode %s: not three digits", row.Mode)
		}
	}
	institution := func(s string) bool { return len(s) <= 11 && digits(s, len(s)) }
	switch {
	case !digits(p.NII, 3):
		return fmt.Errorf("NII: not three digits")
	case !institution(p.Acquirer) || !institution(p.Forward):
		return fmt.Errorf("acquirer or forwarder: not at most eleven digits")
	case !digits(p.Security.CodeTag, 2) || !digits(p.Security.PresenceTag, 2):
		return fmt.Errorf("security tags: not two digits")
	}
	return nil
}
