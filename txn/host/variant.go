package host

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// encodings is how a profile writes numbers, tracks and lengths where a field
// does not say; the zero value is of a profile without a rule.
type encodings struct{ numeric, track, length Encoding }

// encodingsOf is the rule all fields of a profile keep to, if there is one.
func encodingsOf(p Profile) encodings {
	var e encodings
	one := func(at *Encoding, of Encoding) bool {
		if of == "" {
			of = ASCII
		}
		if *at == "" {
			*at = of
		}
		return *at == of
	}
	for _, f := range p.Fields {
		ok := f.Prefix == 0 || one(&e.length, f.LengthIn)
		switch f.Kind {
		case Numeric:
			ok = ok && one(&e.numeric, f.Encoding)
		case TrackSet:
			ok = ok && one(&e.track, f.Encoding)
		default:
		}
		if !ok {
			return encodings{}
		}
	}
	return e
}

// variants lists the encodings to try, a profile's own first. One without a rule
// is taken as it is.
func variants(own encodings) []encodings {
	out := []encodings{own}
	if slices.Contains([]Encoding{own.numeric, own.track, own.length}, "") {
		return out
	}
	both := []Encoding{ASCII, BCD}
	for _, n := range both {
		for _, t := range both {
			for _, l := range both {
				if e := (encodings{n, t, l}); e != own {
					out = append(out, e)
				}
			}
		}
	}
	return out
}

// variant is a profile with other encodings.
type variant struct {
	header    bool
	mti       Encoding
	bitmap    BitmapForm
	encodings encodings
}

// codec makes the profile's variant; nil where that is no profile.
func (t *trial) codec(v variant) *Codec {
	if c, known := t.codecs[v]; known {
		return c
	}
	p := t.candidate.Profile
	p.MTI, p.Bitmap = v.mti, v.bitmap
	switch {
	case !v.header:
		p.Header = Header{}
	case p.Header.none():
		p.Header = Header{Class: "60", Software: "31", State: "0", Minor: "000000"} // any is read
	}
	if v.encodings != t.own {
		p.Fields = slices.Clone(p.Fields)
		for i := range p.Fields {
			v.encodings.apply(&p.Fields[i])
		}
	}
	c, err := NewCodec(p)
	if err != nil {
		c = nil
	}
	t.codecs[v] = c
	return c
}

func (e encodings) apply(f *FieldSpec) {
	f.LengthIn = e.length
	switch f.Kind {
	case Numeric:
		f.Encoding = e.numeric
	case TrackSet:
		f.Encoding = e.track
	default:
	}
}

// changes is what must differ in a profile's file for the shape and the
// encodings; settings is what does not decide whether a message is read, but is
// this acquirer's own.
func changes(p Profile, s Shape, own, e encodings) (changes, settings []Change) {
	put := func(key string, is, was string) {
		if is != was {
			changes = append(changes, Change{key, strconv.Quote(is)})
		}
	}
	if s.Length != "" {
		put("framing.length", string(s.Length), string(p.Framing.Length))
		if s.Inclusive != p.Framing.Inclusive {
			changes = append(changes, Change{"framing.inclusive", strconv.FormatBool(s.Inclusive)})
		}
	}
	tpdu := ""
	if s.TPDU {
		tpdu = ownTPDU(s)
	}
	switch framed := s.Length != "" || s.TPDU; {
	case framed && s.TPDU != (p.Framing.TPDU != ""):
		put("framing.tpdu", tpdu, p.Framing.TPDU)
	case s.TPDU && tpdu != p.Framing.TPDU:
		settings = append(settings, Change{"framing.tpdu", strconv.Quote(tpdu)})
	}
	put("mti", string(s.MTI), string(p.MTI))
	put("bitmap", string(s.Bitmap), string(p.Bitmap))
	put("encoding.numeric", string(e.numeric), string(own.numeric))
	put("encoding.track", string(e.track), string(own.track))
	put("encoding.length", string(e.length), string(own.length))
	switch {
	case s.Header && p.Header.none():
		changes = append(changes, Change{"header.class", strconv.Quote(s.Software[:2])},
			Change{"header.software", strconv.Quote(s.Software[2:])}, Change{"header.state", `"0"`}, Change{"header.minor", `"000000"`})
	case !s.Header && !p.Header.none():
		for _, key := range []string{"class", "software", "state", "minor"} {
			changes = append(changes, Change{"header." + key, `""`})
		}
	case s.Header:
		for _, c := range []struct{ key, is, was string }{
			{"header.class", s.Software[:2], p.Header.Class}, {"header.software", s.Software[2:], p.Header.Software},
		} {
			if c.is != c.was {
				settings = append(settings, Change{c.key, strconv.Quote(c.is)})
			}
		}
	}
	return changes, settings
}

// ownTPDU is the transport header a terminal sends: a reply has it the other way
// round.
func ownTPDU(s Shape) string {
	t := s.Transport
	if !s.Request() {
		t = t.Answer()
	}
	return strings.ToUpper(hex.EncodeToString(t[:]))
}

// framed is a framing as the shape has it, as far as it shows one.
func framed(f Framing, s Shape) Framing {
	if s.Length != "" {
		f.Length, f.Inclusive = s.Length, s.Inclusive
		f.Max = min(f.Max, f.limit()-f.Length.size())
	}
	if s.Length != "" || s.TPDU {
		f.TPDU = ""
		if s.TPDU {
			f.TPDU = ownTPDU(s)
		}
	}
	return f
}
