package host

import (
	"slices"
	"time"

	"vpos/txn/host/keys"
)

// unpack reads every field, finds the operation they are of, and hands what they
// hold to m: first what says which operation it is and of which terminal, then
// the rest, for which that and the terminal's keys must be known.
func (c *Codec) unpack(raw []byte, ref time.Time, m *content, of func(string) *keys.Session) (mti string, err error) {
	want, err := c.profile.Header.read(raw)
	if err != nil {
		return "", c.fault("header", err)
	}
	m.answer.Want = want
	var scratch []byte
	if c.packed {
		scratch = make([]byte, 0, 2*len(raw)) // it never grows
		m.scratch = scratch[:cap(scratch)]
	}
	mti, fields, err := c.split(raw[c.profile.Header.size():], m, scratch)
	if err != nil {
		return "", err
	}
	for _, f := range fields {
		if f.slot.codes {
			if err := f.slot.whole.take(m, f.value); err != nil {
				return "", f.slot.fault(err)
			}
		}
	}
	if m.row = c.find(mti, m); m.row != nil {
		m.request.Phone = m.phoned()
	}
	if of != nil {
		m.keys = of(m.request.Terminal)
	}
	if err := c.check(m, raw, fields); err != nil {
		return "", err
	}
	for _, f := range fields {
		if f.slot.codes || f.slot.early() {
			continue
		}
		if l := m.layoutOf(f.slot); l != nil {
			if err := l.take(m, f.value); err != nil {
				return "", f.slot.fault(err)
			}
		}
	}
	m.request.BadMAC = m.request.BadMAC || m.misses()
	return mti, c.moments(ref, m)
}

// phoned reports whether the message is of an order by mail or telephone.
func (m *content) phoned() bool {
	if !m.row.spec.OfOriginal {
		return m.row.spec.phoned(m.said.condition) == exactly
	}
	return slices.ContainsFunc(m.codec.rows, func(r *row) bool { return r.spec.phoned(m.said.condition) == exactly })
}

// check verifies the MAC, if there is one.
func (c *Codec) check(m *content, raw []byte, fields []taken) error {
	for _, f := range fields {
		if !f.slot.early() {
			continue
		}
		if err := f.slot.whole.take(m, f.value); err != nil {
			return f.slot.fault(err)
		}
	}
	if len(fields) > 0 {
		m.request.BadMAC = c.distrusts(m, raw, fields[len(fields)-1].slot)
	}
	return nil
}

// early reports whether a field is read before the others: the MAC.
func (s *slot) early() bool { return s.whole.holds(HoldsMAC) }

// layoutOf is what is in a field of this message, nil for nothing that counts: a
// request says no more than its row, or it could not be answered for; a host may
// add what it likes, as long as it is known what that is.
func (m *content) layoutOf(s *slot) *layout {
	if m.row != nil {
		if f := m.row.carries(s.spec.Number, m.reply); f != nil {
			return f.layout
		}
	}
	if len(s.layouts) > 0 || m.row != nil && !m.reply {
		return nil
	}
	return s.whole
}

// split cuts a message into its fields.
func (c *Codec) split(raw []byte, m *content, scratch []byte) (mti string, fields []taken, err error) {
	digits, at, scratch, err := c.cutType(raw, scratch)
	if err != nil {
		return "", nil, err
	}
	set, size, err := c.cutBitmap(raw[at:])
	if err != nil {
		return "", nil, err
	}
	m.present = set
	fields, err = c.cutFields(raw, at+size, set, scratch)
	return string(digits), fields, err
}
