package host

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"vpos/txn"
)

// Diagnosis is what can be said of a captured message: how it is written, and
// which profiles read it.
type Diagnosis struct {
	Size    int     // bytes of the capture
	Packet  int     // of them, network headers in front, which everything below leaves out
	Shapes  []Shape // the ways to see it, the most plausible first; empty where no message was found
	Fits    []Fit   // one a profile, the best first
	EBCDIC  bool    // no message was found, but a message type in EBCDIC
	message []byte
}

// Fit is how well one profile reads the message.
type Fit struct {
	Profile  Profile     // as it is with the changes
	Name     string      // as it was asked for
	Shape    Shape       // how the message was seen
	Changes  []Change    // what must differ in the profile's file for it
	Settings []Change    // what this acquirer has there: addresses and versions
	Op       txn.Op      // the message is, or answers; empty where it is none of the profile
	Read     int         // bytes of the message that made sense
	Of       int         // bytes of the message
	Fault    *FieldError // what is wrong; nil when the message is as the profile has it
	AsIs     *FieldError // what is wrong without the changes
}

// Change is one line of a profile's file: a dotted key and a value as TOML has it.
type Change struct{ Key, Value string }

// Line is the change as it stands in a file.
func (c Change) Line() string { return c.Key + " = " + c.Value }

// Candidate is a profile to try.
type Candidate struct {
	Name    string // a shipped profile's, or the path of a file
	Profile Profile
}

// Candidates are the shipped profiles.
func Candidates() []Candidate {
	var out []Candidate
	for _, name := range Shipped() {
		out = append(out, Candidate{name, mustShip(name)})
	}
	return out
}

// Diagnose looks at the bytes of one captured message, with or without its frame,
// and tries every profile on it, as it is and with other encodings. ref is the
// present, for the years that messages leave out. Nothing of what the fields hold
// is in the answer.
func Diagnose(raw []byte, profiles []Candidate, ref time.Time) Diagnosis {
	carried, headers := payload(raw)
	d := Diagnosis{Size: len(raw), Packet: headers, Shapes: shapes(carried)}
	if len(d.Shapes) == 0 {
		d.EBCDIC = ebcdic(carried)
		d.Shapes = nil
	}
	for _, p := range profiles {
		t := trial{raw: carried, candidate: p, ref: ref, codecs: map[variant]*Codec{}}
		d.Fits = append(d.Fits, t.best(d.Shapes))
	}
	slices.SortStableFunc(d.Fits, better)
	if len(d.Fits) > 0 && len(d.Shapes) > 0 {
		// What reads it, saw it rightly.
		i := slices.IndexFunc(d.Shapes, func(s Shape) bool { return s.same(d.Fits[0].Shape) })
		if d.Fits[0].Fault == nil && i > 0 {
			d.Shapes[0], d.Shapes[i] = d.Shapes[i], d.Shapes[0]
		}
	}
	return d
}

func (s Shape) same(o Shape) bool {
	return s.From == o.From && s.To == o.To && s.Header == o.Header && s.MTI == o.MTI && s.Bitmap == o.Bitmap && s.Inclusive == o.Inclusive
}

// better orders fits: a message that is read, then one of which more is; then
// what takes fewer changes.
func better(a, b Fit) int {
	clean := func(f Fit) int {
		if f.Fault == nil {
			return 1
		}
		return 0
	}
	share := func(f Fit) int { return 1000 * f.Read / max(f.Of, 1) }
	return cmp.Or(
		cmp.Compare(clean(b), clean(a)),
		cmp.Compare(share(b), share(a)),
		cmp.Compare(len(a.Changes), len(b.Changes)),
		cmp.Compare(b.Shape.score(), a.Shape.score()),
	)
}

// trial tries one profile on one capture.
type trial struct {
	raw       []byte
	candidate Candidate
	ref       time.Time
	codecs    map[variant]*Codec // nil for what is no profile
}

// best is the best of all ways to read the capture by the profile.
func (t *trial) best(list []Shape) Fit {
	if len(list) == 0 {
		f := Fit{Profile: t.candidate.Profile, Name: t.candidate.Name, Of: len(t.raw)}
		f.Fault = t.asIs(t.raw)
		f.AsIs = f.Fault
		return f
	}
	var fits []Fit
	own := encodingsOf(t.candidate.Profile)
	for _, s := range list {
		for i, e := range variants(own) {
			f, ok := t.fit(s, own, e)
			if !ok {
				continue
			}
			fits = append(fits, f)
			if i == 0 && f.Fault == nil {
				break // other encodings cannot be better
			}
		}
	}
	slices.SortStableFunc(fits, better)
	f := fits[0]
	if len(f.Changes) > 0 {
		f.AsIs = t.asIs(t.raw[f.Shape.From:f.Shape.To])
	} else {
		f.AsIs = f.Fault
	}
	return f
}

// asIs is what is wrong with a message for the profile without any change.
func (t *trial) asIs(message []byte) *FieldError {
	c := t.codec(variant{
		header: !t.candidate.Profile.Header.none(), mti: t.candidate.Profile.MTI, bitmap: t.candidate.Profile.Bitmap,
		encodings: encodingsOf(t.candidate.Profile),
	})
	if c == nil {
		return &FieldError{Profile: t.candidate.Name, Path: "0", Err: ErrUndefined}
	}
	_, _, fault := c.examine(message, t.ref)
	return fault
}

// fit reads the capture as the shape has it, with these encodings.
func (t *trial) fit(s Shape, own, e encodings) (Fit, bool) {
	v := variant{header: s.Header, software: s.Software, mti: s.MTI, bitmap: s.Bitmap, encodings: e}
	c := t.codec(v)
	if c == nil {
		return Fit{}, false
	}
	f := Fit{Name: t.candidate.Name, Shape: s, Of: s.To - s.From + s.Missing}
	f.Changes, f.Settings = changes(t.candidate.Profile, s, own, e)
	f.Op, f.Read, f.Fault = c.examine(t.raw[s.From:s.To], t.ref)
	f.Profile = c.profile
	f.Profile.Framing = framed(f.Profile.Framing, s)
	return f, true
}

// examine reads a message as a link would, without keys: the operation it is or
// answers, the bytes that make sense, and what is wrong.
func (c *Codec) examine(message []byte, ref time.Time) (op txn.Op, read int, fault *FieldError) {
	pieces, err := c.Describe(message)
	mti := ""
	for _, p := range pieces {
		read = max(read, p.Offset+p.Length)
		if p.Path == "0" {
			op, mti = txn.Op(p.Op), p.Value
		}
	}
	if err == nil {
		err = c.strictly(message, mti, op, ref)
	}
	if err == nil {
		return op, read, nil
	}
	if !errors.As(err, &fault) {
		fault = &FieldError{Profile: c.profile.Name, Path: "0", Err: err}
	}
	field, _, _ := strings.Cut(fault.Path, ".")
	for _, p := range pieces {
		if p.Path == field && field != "0" {
			read = min(read, p.Offset)
		}
	}
	return op, read, fault
}

// strictly lets the message through the gate of a real one, and keeps nothing.
func (c *Codec) strictly(message []byte, mti string, op txn.Op, ref time.Time) error {
	if op == "" {
		return c.fault("0", ErrOperation)
	}
	if (mti[2]-'0')%2 != 0 {
		rep, err := c.UnpackReply(message, ref, nil)
		clear(rep.Keys)
		return err
	}
	r, err := c.UnpackRequest(message, ref, nil)
	r.Card.Wipe()
	r.OTP.Wipe()
	for _, d := range r.Details {
		d.PAN.Wipe()
	}
	return err
}

// Locate finds the message of the codec's profile in a capture that may have a
// frame around it, of whatever form. Where none is found it is the whole.
func (c *Codec) Locate(raw []byte, ref time.Time) (Shape, []byte) {
	carried, _ := payload(raw)
	whole := Shape{To: len(carried)}
	most := -1
	for _, s := range shapes(carried) {
		if s.Header != (c.profile.Header.size() > 0) || s.MTI != c.profile.MTI || s.Bitmap != c.profile.Bitmap {
			continue
		}
		if _, read, fault := c.examine(carried[s.From:s.To], ref); fault == nil {
			return s, carried[s.From:s.To]
		} else if read > most {
			whole, most = s, read
		}
	}
	return whole, carried[whole.From:whole.To]
}
