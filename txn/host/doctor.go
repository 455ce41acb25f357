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
	Size   int     // bytes of the capture
	Packet int     // of them, network headers in front, which everything below leaves out
	Shapes []Shape // the ways to see it, the most plausible first; empty where no message was found
	Fits   []Fit   // one a profile, the best first
	EBCDIC bool    // no message was found, but a message type in EBCDIC
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
	typed    bool        // the profile has the message type
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

// Doctor tries profiles on captured messages. It keeps what it made of them; only
// one goroutine may use it at a time.
type Doctor struct{ trials []*trial }

// NewDoctor makes a doctor who knows these profiles.
func NewDoctor(profiles []Candidate) *Doctor {
	d := &Doctor{}
	for _, p := range profiles {
		d.trials = append(d.trials, &trial{candidate: p, own: encodingsOf(p.Profile), codecs: map[variant]*Codec{}})
	}
	return d
}

// Diagnose looks at the bytes of one captured message, with or without its frame,
// and tries every profile on it, as it is and with other encodings. ref is the
// present, for the years that messages leave out. Nothing of what the fields hold
// is in the answer.
func (doc *Doctor) Diagnose(raw []byte, ref time.Time) Diagnosis {
	carried, headers := payload(raw)
	d := Diagnosis{Size: len(raw), Packet: headers, Shapes: shapes(carried)}
	d.EBCDIC = len(d.Shapes) == 0 && ebcdic(carried)
	for _, t := range doc.trials {
		f := t.best(carried, d.Shapes, ref)
		f.Shape.shift(headers)
		d.Fits = append(d.Fits, f)
	}
	for i := range d.Shapes {
		d.Shapes[i].shift(headers)
	}
	slices.SortStableFunc(d.Fits, better)
	if len(d.Fits) > 0 && d.Fits[0].Fault == nil { // what reads it saw it rightly
		if i := slices.IndexFunc(d.Shapes, d.Fits[0].Shape.same); i > 0 {
			d.Shapes[0], d.Shapes[i] = d.Shapes[i], d.Shapes[0]
		}
	}
	return d
}

func (s *Shape) shift(by int) { s.From, s.To = s.From+by, s.To+by }

func (s Shape) same(o Shape) bool {
	return s.Length == o.Length && s.From == o.From && s.To == o.To && s.Header == o.Header && s.MTI == o.MTI &&
		s.Bitmap == o.Bitmap
}

// better orders fits: a message that is read, then one whose type the profile has,
// then what is framed better, then one of which a quarter more is read (a byte more
// may be luck), then what takes fewer changes.
func better(a, b Fit) int {
	rank := func(f Fit) int {
		n := 0
		if f.typed {
			n++
		}
		if f.Fault == nil {
			n += 2
		}
		return n
	}
	quarters := func(f Fit) int { return 4 * f.Read / max(f.Of, 1) }
	return cmp.Or(
		cmp.Compare(rank(b), rank(a)),
		cmp.Compare(b.Shape.score(), a.Shape.score()),
		cmp.Compare(quarters(b), quarters(a)),
		cmp.Compare(len(a.Changes), len(b.Changes)),
		cmp.Compare(b.Read*max(a.Of, 1), a.Read*max(b.Of, 1)),
	)
}

// trial tries one profile.
type trial struct {
	candidate Candidate
	own       encodings
	codecs    map[variant]*Codec // nil for what is no profile
}

// best is the best of all ways to read a capture by the profile.
func (t *trial) best(raw []byte, list []Shape, ref time.Time) Fit {
	if len(list) == 0 {
		f := Fit{Profile: t.candidate.Profile, Name: t.candidate.Name, Of: len(raw), Fault: t.asIs(raw, ref)}
		f.Shape.To = len(raw)
		f.AsIs = f.Fault
		return f
	}
	var fits []Fit
	for _, s := range list {
		for i, e := range variants(t.own) {
			f, ok := t.fit(raw, s, e, ref)
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
	f.AsIs = f.Fault
	if len(f.Changes) > 0 {
		f.AsIs = t.asIs(raw[f.Shape.From:f.Shape.To], ref)
	}
	return f
}

// asIs is what is wrong with a message for the profile without any change.
func (t *trial) asIs(message []byte, ref time.Time) *FieldError {
	p := t.candidate.Profile
	_, _, fault := t.codec(variant{!p.Header.none(), p.MTI, p.Bitmap, t.own}).examine(message, ref)
	return fault
}

// fit reads the capture as the shape has it, with these encodings; false where
// that is no profile.
func (t *trial) fit(raw []byte, s Shape, e encodings, ref time.Time) (Fit, bool) {
	c := t.codec(variant{s.Header, s.MTI, s.Bitmap, e})
	if c == nil {
		return Fit{}, false
	}
	f := Fit{Name: t.candidate.Name, Shape: s, Of: s.To - s.From, typed: c.typed(s.Type)}
	f.Changes, f.Settings = changes(t.candidate.Profile, s, t.own, e)
	f.Op, f.Read, f.Fault = c.examine(raw[s.From:s.To], ref)
	f.Profile = c.profile
	f.Profile.Framing = framed(f.Profile.Framing, s)
	return f, true
}

// typed reports whether some operation of the profile has that message type.
func (c *Codec) typed(mti string) bool {
	return slices.ContainsFunc(c.rows, func(r *row) bool {
		return mti == r.spec.MTI || mti == r.spec.Repeat || mti == r.answer
	})
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
// frame around it, of whatever form, and network headers before that. Where there
// is none it is the most plausible message of another; or all there is.
func (c *Codec) Locate(raw []byte, ref time.Time) Shape {
	carried, headers := payload(raw)
	list := shapes(carried)
	best, most := Shape{To: len(carried)}, -1
	if len(list) > 0 {
		best = list[0]
	}
	for _, s := range list {
		if s.Header == c.profile.Header.none() || s.MTI != c.profile.MTI || s.Bitmap != c.profile.Bitmap {
			continue
		}
		_, read, fault := c.examine(carried[s.From:s.To], ref)
		if fault == nil {
			best = s
			break
		}
		if read > most {
			best, most = s, read
		}
	}
	best.shift(headers)
	return best
}
