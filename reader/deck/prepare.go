package deck

import (
	"bytes"
	"slices"

	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
)

// newApp puts an application into use. Its certificates come later.
func newApp(a *application, f *flaws) app {
	pan, _ := a.find(tagPAN)
	digits := numberOf(pan)
	out := app{
		application: a,
		keys:        issuer.TestRing()[issuer.TestIndex].Card(a.Cryptogram, digits, a.sequence()),
		aip:         a.profile(f),
		state:       AppState{ATC: uint16(a.ATC), LastOnline: uint16(a.LastOnline), Tries: a.Tries, PIN: bytes.Clone(a.PIN)}, //nolint:gosec // checked
	}
	if f.pinBlocked {
		out.state.Tries = 0
	}
	out.values = map[tlv.Tag][]byte{}
	for _, r := range a.Records {
		for _, o := range r.Objects {
			out.values[o.tag] = o.value
		}
	}
	out.afl = a.locator()
	return out
}

// sequence is the PAN sequence number, -1 for none.
func (a *application) sequence() int {
	if v, ok := a.find(tagPSN); ok && len(v) == 1 {
		return int(v[0]>>4)*10 + int(v[0]&0x0F)
	}
	return -1
}

// profile is the AIP the card announces. A wrong one changes which method of
// authentication it claims, so that it is never what was signed.
func (a *application) profile(f *flaws) []byte {
	aip := bytes.Clone(a.AIP)
	if f.wrongAIP {
		aip[0] ^= map[string]byte{"none": aipSDA, "sda": aipDDA, "dda": aipCDA, "cda": aipDDA}[a.Authentication]
	}
	return aip
}

// locator writes the application file locator (Book 3, 10.2): runs of records of
// one file, the signed ones first.
func (a *application) locator() []byte {
	var afl []byte
	for i := 0; i < len(a.Records); {
		first := a.Records[i]
		last, signed := i, 0
		for last+1 < len(a.Records) {
			n := a.Records[last+1]
			if n.SFI != first.SFI || n.Number != a.Records[last].Number+1 || n.Signed && !a.Records[last].Signed {
				break
			}
			last++
		}
		for _, r := range a.Records[i : last+1] {
			signed += toInt(r.Signed)
		}
		afl = append(afl, byte(first.SFI<<3), byte(first.Number), byte(a.Records[last].Number), byte(signed)) //nolint:gosec // checked
		i = last + 1
	}
	return afl
}

// make writes the records with everything the deck makes for them: once, when
// the first of them is read.
func (a *app) make(f *flaws) {
	if a.records != nil {
		return
	}
	a.records = map[[2]byte][]byte{}
	static := a.static()
	m := certificates(a.asked(), a.values[tagPAN], static, f)
	for t, v := range m {
		if _, held := a.values[t]; held {
			a.values[t] = v
		}
	}
	for i, r := range a.Records {
		body := r.body(m)
		if f.oversized && i == len(a.Records)-1 {
			body = padTo(body, 253) // with its template one byte more than a record may have
		}
		a.records[[2]byte{byte(r.SFI), byte(r.Number)}] = tlv.Append(nil, tagRecord, body) //nolint:gosec // checked
	}
}

// padTo makes a record's inside exactly size bytes long with an object of no
// meaning. It leaves alone what has no room for one.
func padTo(body []byte, size int) []byte {
	fill := size - len(body) - 3
	if fill >= 0x80 {
		fill--
	}
	return tlv.Append(body, 0xDF7F, bytes.Repeat([]byte{0x55}, max(0, fill)))
}

// body is what stands in the record's template.
func (r record) body(m made) []byte {
	var out []byte
	for _, o := range r.Objects {
		v := o.value
		if o.made {
			v = m[o.tag]
		}
		if len(v) > 0 {
			out = tlv.Append(out, o.tag, v)
		}
	}
	return out
}

// static is the data to be authenticated (Book 3, 10.3): the signed records in
// the order of the locator, without their template for files 1 to 10, then the
// AIP as the file says it where the tag list names it.
func (a *app) static() []byte {
	var out []byte
	for _, r := range a.Records {
		body := r.body(nil)
		switch {
		case !r.Signed:
		case r.SFI <= 10:
			out = append(out, body...)
		default:
			out = append(out, tlv.Append(nil, tagRecord, body)...)
		}
	}
	if slices.Equal(a.values[tagTagList], []byte{byte(tagAIP)}) {
		out = append(out, a.AIP...)
	}
	return out
}
