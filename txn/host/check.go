package host

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"vpos/txn"
)

// keyError is something wrong with a profile, at a key of its file.
type keyError struct {
	key string
	err error
}

func (e *keyError) Error() string { return e.key + ": " + e.err.Error() }
func (e *keyError) Unwrap() error { return e.err }

// at gives an error the key of the value it is about.
func at(key string, err error) error { return &keyError{key, err} }

// within puts an error's key below another.
func within(key string, err error) error {
	var e *keyError
	if errors.As(err, &e) {
		return at(key+"."+e.key, e.err)
	}
	return at(key, err)
}

// digits reports whether s is n digits.
func digits(s string, n int) bool { return len(s) == n && Numeric.allows([]byte(s)) }

// check looks at everything outside the field table and the rows.
func (p *Profile) check() error {
	if err := p.Framing.check(); err != nil {
		return at("framing", err)
	}
	if err := p.Header.check(); err != nil {
		return err
	}
	if err := p.Keys.Check(); err != nil {
		return at("keys", err)
	}
	for i, row := range p.Entry {
		if !Text.allows([]byte(row.Code)) || row.Code == "" || len(row.Code) != len(p.Entry[0].Code) {
			return at("entry."+row.Mode+".code", fmt.Errorf("not as long as the others, %d", len(p.Entry[0].Code)))
		}
		if !digits(row.Reader, len(row.Reader)) || !digits(row.Condition, len(row.Condition)) ||
			len(row.Reader) > 1 || len(row.Condition) > 1 {
			return at("entry."+p.Entry[i].Mode, errors.New("reader and condition are one digit each"))
		}
	}
	if err := p.plain(); err != nil {
		return err
	}
	institution := func(s string) bool { return len(s) <= 11 && digits(s, len(s)) }
	switch {
	case p.MTI != ASCII && p.MTI != BCD:
		return at("mti", fmt.Errorf("%q: neither ascii nor bcd", p.MTI))
	case p.Bitmap != BitmapBinary && p.Bitmap != BitmapHex:
		return at("bitmap", fmt.Errorf("%q: neither binary nor hex", p.Bitmap))
	case !digits(p.NII, 3):
		return at("nii", errors.New("not three digits"))
	case !institution(p.Acquirer):
		return at("acquirer", errors.New("not at most eleven digits"))
	case !institution(p.Forward):
		return at("forwarder", errors.New("not at most eleven digits"))
	case p.PINLength != "" && !digits(p.PINLength, 2):
		return at("pin.length", errors.New("not two digits"))
	case p.Limits.Details < 0 || p.Limits.MaxAmount < 0 || p.Limits.MaxAmount > txn.MaxMinor:
		return at("limits", ErrRange)
	}
	return nil
}

// check looks at one row of the field table. Numbers and dates must be fixed
// and as long as what they hold, so that nothing later needs to look again.
func (f *FieldSpec) check() error {
	most := map[int]int{0: 9999, 2: 99, 3: 999}[f.Prefix]
	switch {
	case f.Number <= bitmapNumber || f.Number > lastNumber || f.Number == 65:
		return fmt.Errorf("number: %w", ErrRange)
	case f.Length < 1 || f.Length > most:
		return at("form", fmt.Errorf("length: %w", ErrRange))
	case !f.Kind.known():
		return at("form", fmt.Errorf("kind %q: unknown", f.Kind))
	case !f.encodable():
		return at("encoding", fmt.Errorf("%q: not for %s", f.Encoding, f.Kind))
	case !slices.Contains([]Encoding{"", ASCII, BCD}, f.LengthIn):
		return at("length", fmt.Errorf("%q: neither ascii nor bcd", f.LengthIn))
	case !slices.Contains([]Align{"", AlignLeft, AlignRight}, f.Align):
		return at("align", fmt.Errorf("%q: neither left nor right", f.Align))
	case f.Holds != "" && len(f.Parts) > 0:
		return at("parts", errors.New("the field holds something itself"))
	}
	if err := f.checkContent(f.Holds, f.Parts); err != nil {
		return err
	}
	for _, l := range f.Layouts {
		if err := f.checkContent(l.Holds, l.Parts); err != nil {
			return within("layouts."+l.Name, err)
		}
	}
	return nil
}

// encodable reports whether the kind can be encoded so.
func (f *FieldSpec) encodable() bool {
	switch f.Encoding {
	case "", ASCII:
		return true
	case BCD:
		return f.Kind == Numeric || f.Kind == TrackSet
	case Hex:
		return f.Kind == Binary
	}
	return false
}

func (f *FieldSpec) checkContent(holds Holder, parts []Part) error {
	if len(parts) == 0 {
		return checkHolder(holds, f.Kind, f.Length, f.Prefix == 0)
	}
	tagged := parts[0].Tag != ""
	for i, p := range parts {
		key := fmt.Sprintf("parts.%d", i)
		if (p.Tag != "") != tagged || tagged && !digits(p.Tag, 2) {
			return at(key+".tag", errors.New("all parts have tags of two digits, or none has"))
		}
		if p.Open && i != len(parts)-1 && !tagged {
			return at(key+".form", errors.New("only the last part is open"))
		}
		if err := p.check(tagged); err != nil {
			return within(key, err)
		}
	}
	return nil
}

func (p *Part) check(tagged bool) error {
	fixed := p.Prefix == 0 && !p.Open && !tagged
	if p.Repeat > 0 {
		for i := range p.Parts {
			if err := p.Parts[i].check(false); err != nil {
				return within(fmt.Sprintf("parts.%d", i), err)
			}
		}
		return nil
	}
	switch {
	case !p.Kind.known():
		return at("form", fmt.Errorf("kind %q: unknown", p.Kind))
	case fixed && p.Length < 1 || p.Length > 999:
		return at("form", fmt.Errorf("length: %w", ErrRange))
	case p.Value != "" && (len(p.Value) > p.Length || !p.Kind.allows([]byte(p.Value))):
		return at("value", ErrLength)
	case p.Hex:
		return checkHolder(p.Holds, Binary, p.Length/2, false)
	}
	return checkHolder(p.Holds, p.Kind, p.Length, fixed)
}

// checkHolder holds the form of a field or part against what it is to hold.
func checkHolder(h Holder, kind Kind, length int, fixed bool) error {
	rule, known := holders[h]
	switch {
	case !known:
		return at("holds", fmt.Errorf("%q: unknown", h))
	case rule.size > 0 && (kind != Numeric && kind != AlphaNum || length != rule.size || !fixed && h != HoldsTip):
		return at("form", fmt.Errorf("holds %q: must be n%d, fixed", h, rule.size))
	case rule.most > 0 && length > rule.most:
		return at("form", fmt.Errorf("holds %q: at most %d digits", h, rule.most))
	case len(rule.kinds) > 0 && !slices.Contains(rule.kinds, kind):
		return at("form", fmt.Errorf("holds %q: must be %s", h, rule.kinds[0]))
	case h == HoldsChip && fixed:
		return at("form", fmt.Errorf("holds %q: must be variable", h))
	case h == HoldsMAC && (length != 8 || !fixed):
		return at("form", fmt.Errorf("holds %q: must be b8", h))
	}
	return nil
}

// check looks at one row of the operations.
func (o *OpSpec) check() error {
	switch {
	case !slices.Contains(txn.Ops(), o.Op):
		return at("op", fmt.Errorf("%q: no operation", o.Op))
	case !digits(o.MTI, 4) || ReplyMTI(o.MTI) == "":
		return at("mti", errors.New("MTI of no request"))
	case o.Repeat != "" && (!digits(o.Repeat, 4) || ReplyMTI(o.Repeat) != ReplyMTI(o.MTI)):
		return at("repeat", errors.New("MTI of no repeat"))
	case o.When != "" && o.When != WhenChip:
		return at("when", fmt.Errorf("%q: unknown", o.When))
	}
	for key, code := range map[string]string{
		"processing": o.Processing, "condition": o.Condition, "phone": o.Phone, "type": o.Type, "function": o.Function,
		"network": strings.ReplaceAll(o.Network, " ", ""),
	} {
		if !digits(code, len(code)) {
			return at(key, ErrCharacter)
		}
	}
	return nil
}
