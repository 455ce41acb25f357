package host

import (
	"time"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// content is what one message says, on its way in or out.
type content struct {
	codec *Codec
	row   *row // nil for a message that is no operation of the profile
	codes *row // the row whose codes are used: the original's in a reversal
	reply bool

	request txn.Request // of a reply, what it has in common with one
	answer  txn.Reply   // the rest of a reply
	result  txn.Result
	field55 []byte // of a reply going out; of any message coming in, a copy

	// Keys, and what they made of a request's secrets.
	keys     *keys.Session
	block    []byte // field 52
	ksn      []byte // of the key that sealed it, where it has one
	track    []byte // field 35
	signed   bool   // a MAC is carried
	mac      [8]byte
	original *row // going out: of the operation taken back

	detail  *txn.Detail // the one a repeated part is about
	claimed int         // how many there are, where the message says so
	line    int         // the next line of a text

	// Coming in. The slices are views into the message, or into the scratch, which
	// is wiped in the end.
	scratch   []byte
	present   numbers
	said      codes
	entry     []byte   // field 22
	condition []byte   // 60.5
	moment    [10]byte // field 7
	clock     [6]byte  // field 12
	date      [4]byte  // field 13
	sent      time.Time
	hostAt    time.Time
	local     time.Time // field 12 with its year
	balance   balance
	before    before
}

// balance is field 54 while it is read.
type balance struct {
	present  bool
	credit   bool
	minor    int64
	currency txn.Currency
}

// before is what a message says of an earlier one, while it is read.
type before struct {
	mti      []byte
	function []byte
	stan     txn.STAN
	batch    txn.Batch
	moment   [10]byte // field 7 of it
	date     [4]byte
	at       time.Time
}

// moments gives the times their years. Field 7 is in UTC, fields 12 and 13 are
// in the zone of ref.
func (c *Codec) moments(ref time.Time, m *content) error {
	var ok bool
	if m.moment[0] != 0 && !m.reply { // a reply's is our own
		if m.sent, ok = moment(ref, m.moment); !ok {
			return c.atHolder(HoldsSentUTC, ErrDate)
		}
	}
	if err := c.originalMoment(ref, m); err != nil {
		return err
	}
	if !m.local.IsZero() {
		t := m.local
		m.hostAt = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, ref.Location())
		return nil
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

// originalMoment is when the operation taken back was: a moment, or a day.
func (c *Codec) originalMoment(ref time.Time, m *content) error {
	b := &m.before
	var ok bool
	switch {
	case m.reply:
	case b.moment[0] != 0:
		if b.at, ok = moment(ref, b.moment); !ok {
			return c.atHolder(HoldsOriginalUTC, ErrDate)
		}
	case b.date[0] != 0:
		b.at, ok = nearest(ref, digitsInt(b.date[:2]), digitsInt(b.date[2:]), 0, 0, 0, ref.Location())
		if !ok {
			return c.atHolder(HoldsOriginalDate, ErrDate)
		}
	case !b.at.IsZero():
		t := b.at
		b.at = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, ref.Location())
	}
	return nil
}

// moment reads MMDDhhmmss in UTC and gives it in the zone of ref.
func moment(ref time.Time, b [10]byte) (time.Time, bool) {
	t, ok := nearest(ref, digitsInt(b[:2]), digitsInt(b[2:4]),
		digitsInt(b[4:6]), digitsInt(b[6:8]), digitsInt(b[8:]), time.UTC)
	return t.In(ref.Location()), ok
}

// atHolder is err at the part that holds h.
func (c *Codec) atHolder(h Holder, err error) error {
	if p := c.held[h]; p != nil {
		return p.fault(err)
	}
	return c.fault("0", err)
}

// mine is the moment of fields 12 and 13: the sender's own.
func (m *content) mine() time.Time {
	if m.reply {
		return m.result.HostAt
	}
	return m.request.At
}
