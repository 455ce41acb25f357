package host

import (
	"time"

	"vpos/txn"
)

// content is what one message says, on its way in or out.
type content struct {
	codec *Codec
	op    *OpSpec
	codes *OpSpec // the row whose fields 3 and 25 are used: the original's in a reversal
	reply bool

	request txn.Request
	result  txn.Result
	field55 []byte // of a reply going out; of any message coming in, a copy

	// Going out: the operation taken back.
	original *OpSpec

	// Coming in. The slices are views into the message.
	present    numbers
	processing []byte
	condition  []byte
	network    []byte
	moment     [10]byte // field 7
	clock      [6]byte  // field 12
	date       [4]byte  // field 13
	sent       time.Time
	hostAt     time.Time

	originalMTI    []byte
	originalSTAN   txn.STAN
	originalMoment [10]byte
	originalAt     time.Time
}

// numbers is a set of field numbers.
type numbers [3]uint64

func (s *numbers) set(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *numbers) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// moments gives the times their years. Field 7 is in UTC, fields 12 and 13 are
// in the zone of ref.
func (c *Codec) moments(ref time.Time, m *content) error {
	var ok bool
	if m.moment[0] != 0 && !m.reply { // a reply's is our own
		if m.sent, ok = moment(ref, m.moment); !ok {
			return c.atHolder(HoldsSentUTC, ErrDate)
		}
	}
	if m.originalMoment[0] != 0 && !m.reply {
		if m.originalAt, ok = moment(ref, m.originalMoment); !ok {
			return c.atHolder(HoldsOriginal, ErrDate)
		}
	}
	if m.date[0] == 0 {
		return nil
	}
	hour, minute, second := 0, 0, 0
	if m.clock[0] != 0 {
		hour, minute, second = digitsInt(m.clock[:2]), digitsInt(m.clock[2:4]), digitsInt(m.clock[4:])
	}
	at, ok := nearest(ref, digitsInt(m.date[:2]), digitsInt(m.date[2:]), hour, minute, second, ref.Location())
	if !ok {
		return c.atHolder(HoldsDate, ErrDate)
	}
	if m.clock[0] != 0 {
		m.hostAt = at
	}
	return nil
}

// moment reads MMDDhhmmss in UTC and gives it in the zone of ref.
func moment(ref time.Time, b [10]byte) (time.Time, bool) {
	t, ok := nearest(ref, digitsInt(b[:2]), digitsInt(b[2:4]),
		digitsInt(b[4:6]), digitsInt(b[6:8]), digitsInt(b[8:]), time.UTC)
	return t.In(ref.Location()), ok
}

// atHolder is err at the field that holds h.
func (c *Codec) atHolder(h Holder, err error) error { return c.number[c.held[h]].fault(err) }

// row finds the row of an operation, nil for none.
func (c *Codec) row(op txn.Op) *OpSpec {
	for i := range c.profile.Ops {
		if c.profile.Ops[i].Op == op {
			return &c.profile.Ops[i]
		}
	}
	return nil
}

// find names a message that came in: the first row whose MTI and codes are the
// message's, nil for none.
func (c *Codec) find(mti string, m *content, reply bool) *OpSpec {
	for i := range c.profile.Ops {
		op := &c.profile.Ops[i]
		switch {
		case reply && c.answers[i] != mti, !reply && op.MTI != mti && op.Repeat != mti:
		case op.fits(m, string(m.network)):
			return op
		}
	}
	return nil
}

// fits holds the codes of a message against the row's. A condition code the
// message leaves out fits any.
func (o *OpSpec) fits(m *content, network string) bool {
	if o.Network != network {
		return false
	}
	return o.OfOriginal || o.Processing == string(m.processing) &&
		(len(m.condition) == 0 || o.Condition == string(m.condition))
}

// origin names the operation a reversal takes back; empty for none.
func (c *Codec) origin(m *content) txn.Op {
	for i := range c.profile.Ops {
		op := &c.profile.Ops[i]
		if op.MTI == string(m.originalMTI) && !op.OfOriginal && op.fits(m, op.Network) {
			return op.Op
		}
	}
	return ""
}
