package host

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// keyError is something wrong with a profile, at a key of its file.
type keyError struct {
	key string
	err error
	or  string // the other key of the two it is about; empty for none
}

func (e *keyError) Error() string { return e.key + ": " + e.err.Error() }
func (e *keyError) Unwrap() error { return e.err }

// at gives an error the key of the value it is about.
func at(key string, err error) error { return &keyError{key: key, err: err} }

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
func (p *Profile) check() (wrong faults) {
	wrong = append(wrong, p.Framing.check()...)
	wrong.add(p.Header.check())
	wrong.add(checkKeys(p.Keys))
	for _, row := range p.Entry {
		key := "entry." + row.Mode
		switch {
		case row.Code == "":
			wrong.add(at(key+".code", ErrMissing))
		case !Text.allows([]byte(row.Code)):
			wrong.add(at(key+".code", ErrCharacter))
		}
		if len(row.Reader) > 1 || !digits(row.Reader, len(row.Reader)) {
			wrong.add(at(key+".reader", errDigit))
		}
		if len(row.Condition) > 1 || !digits(row.Condition, len(row.Condition)) {
			wrong.add(at(key+".condition", errDigit))
		}
	}
	wrong = append(wrong, p.plain()...)
	institution := func(s string) bool { return len(s) <= 11 && digits(s, len(s)) }
	refuse := func(bad bool, key string, err error) {
		if bad {
			wrong.add(at(key, err))
		}
	}
	refuse(p.MTI != ASCII && p.MTI != BCD, "mti", fmt.Errorf("%q: neither ascii nor bcd", p.MTI))
	refuse(p.Bitmap != BitmapBinary && p.Bitmap != BitmapHex, "bitmap", fmt.Errorf("%q: neither binary nor hex", p.Bitmap))
	refuse(!digits(p.NII, 3), "nii", errors.New("not three digits"))
	refuse(!institution(p.Acquirer), "acquirer", errors.New("not at most eleven digits"))
	refuse(!institution(p.Forward), "forwarder", errors.New("not at most eleven digits"))
	refuse(p.PINLength != "" && !digits(p.PINLength, 2), "pin.length", errors.New("not two digits"))
	wrong.add(inRange("limits.details", int64(p.Limits.Details), 0, 99))
	wrong.add(inRange("limits.max_amount", p.Limits.MaxAmount, 0, txn.MaxMinor))
	return wrong
}

var errDigit = errors.New("not one digit")

// inRange is the fault of a number outside its bounds.
func inRange(key string, n, least, most int64) error {
	if n >= least && n <= most {
		return nil
	}
	return at(key, &KeyFault{Is: ErrRange, Got: strconv.FormatInt(n, 10), Want: fmt.Sprintf("%d..%d", least, most)})
}

// checkKeys looks at the rules of the keys.
func checkKeys(r keys.Rules) error {
	err := r.Check()
	var rule *keys.RuleError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &rule):
		return at("keys."+rule.Key, err)
	}
	return at("keys", err)
}

// check looks at one row of the field table. Numbers and dates must be fixed
// and as long as what they hold, so that nothing later needs to look again.
func (f *FieldSpec) check() faults {
	if err := f.formed(); err != nil {
		return faults{err}
	}
	wrong := f.checkContent(f.Holds, f.Parts)
	for _, l := range f.Layouts {
		wrong.within("layouts."+l.Name, f.checkContent(l.Holds, l.Parts)...)
	}
	return wrong
}

// formed looks at the form of a field.
func (f *FieldSpec) formed() error {
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

func (f *FieldSpec) checkContent(holds Holder, parts []Part) (wrong faults) {
	if len(parts) == 0 {
		wrong.add(checkHolder(holds, f.Kind, f.Length, f.Prefix == 0))
		return wrong
	}
	tagged := parts[0].Tag != ""
	for i, p := range parts {
		key := fmt.Sprintf("parts.%d", i)
		switch err := p.check(tagged); {
		case (p.Tag != "") != tagged || tagged && !digits(p.Tag, 2):
			wrong.add(at(key+".tag", errors.New("all parts have tags of two digits, or none has")))
		case p.Open && i != len(parts)-1 && !tagged:
			wrong.add(at(key+".form", errors.New("only the last part is open")))
		default:
			wrong.within(key, err)
		}
	}
	return wrong
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
func (o *OpSpec) check() (wrong faults) {
	refuse := func(bad bool, key string, err error) {
		if bad {
			wrong.add(at(key, err))
		}
	}
	refuse(!slices.Contains(txn.Ops(), o.Op), "op", fmt.Errorf("%q: no operation", o.Op))
	refuse(!digits(o.MTI, 4) || ReplyMTI(o.MTI) == "", "mti", errors.New("MTI of no request"))
	refuse(o.Repeat != "" && (!digits(o.Repeat, 4) || ReplyMTI(o.Repeat) != ReplyMTI(o.MTI)), "repeat", errors.New("MTI of no repeat"))
	refuse(o.When != "" && o.When != WhenChip, "when", fmt.Errorf("%q: unknown", o.When))
	for _, code := range []Pair{
		{"processing", o.Processing},
		{"condition", o.Condition},
		{"phone", o.Phone},
		{"type", o.Type},
		{"function", o.Function},
		{"network", strings.ReplaceAll(o.Network, " ", "")},
	} {
		refuse(!digits(code.Wire, len(code.Wire)), code.Here, ErrCharacter)
	}
	return wrong
}
