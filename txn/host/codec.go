package host

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/moov-io/iso8583"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// Codec turns requests and replies into messages of one profile and back. It
// has no state and may be used by many goroutines.
type Codec struct {
	profile  Profile
	spec     *iso8583.MessageSpec
	slots    []*slot          // ascending
	number   map[int]*slot    // the same by number
	first    *slot            // the MTI
	held     map[Holder]*part // where each holder is first found
	rows     []*row
	byOp     map[string]map[txn.Op]*row // by when, then by operation
	asked    map[string][]*row          // by the MTI of a request
	answered map[string][]*row          // and of a reply
	size     int                        // room for the values of one message
	macSize  int                        // bytes of a MAC on the wire
	packed   bool                       // some field is not in plain characters
}

// The numbers of the parts that are no fields.
const (
	mtiNumber    = 0
	bitmapNumber = 1
	lastNumber   = 128
)

// Profile is the profile the codec was made of.
func (c *Codec) Profile() Profile { return c.profile }

// BitmapAt is where the bitmap of every message begins, in bytes.
func (c *Codec) BitmapAt() int {
	return c.profile.Header.size() + c.first.bytes(c.first.spec.Length)
}

// PackRequest makes the message of a request, without framing. Fields 7, 12 and
// 13 come from r.At: 7 in UTC, 12 and 13 in its own zone. The bytes hold
// cardholder data; wipe them when they are sent.
//
// With k the PIN and the track are sealed and the message is signed, as far as
// the profile has it; without, a message has no MAC, and a PIN is [ErrNoKeys].
//
// Errors are [*FieldError], also about what k refuses, and [ErrOperation] for an
// operation that the profile lacks.
func (c *Codec) PackRequest(r txn.Request, k *keys.Session) ([]byte, error) {
	row := c.rowFor(&r)
	if row == nil {
		return nil, fmt.Errorf("%s operation %q: %w", c.profile.Name, r.Op, ErrOperation)
	}
	m := content{codec: c, row: row, codes: row, request: r, keys: k}
	if row.spec.Each {
		if err := m.spread(); err != nil {
			return nil, err
		}
	}
	if o := m.request.Original; o != nil {
		m.result.AuthCode, m.result.RRN, m.result.Code = o.AuthCode, o.RRN, o.Reason
		m.original = c.rowOf(o.Op)
	}
	if row.spec.OfOriginal {
		if m.original == nil {
			return nil, c.fault(c.originalPath(), fmt.Errorf("original operation: %w", ErrMissing))
		}
		m.codes = m.original
	}
	if err := c.seal(&m); err != nil {
		return nil, err
	}
	mti := row.spec.MTI
	if r.Repeat {
		mti = row.spec.Repeat
	}
	return c.pack(mti, &m)
}

// originalPath is where a message says what it takes back.
func (c *Codec) originalPath() string {
	for _, h := range []Holder{HoldsOriginalMTI, HoldsType, HoldsProcessing} {
		if p := c.held[h]; p != nil {
			return strconv.Itoa(p.number)
		}
	}
	return "0"
}

// PackReply makes the reply to a request, the host's side: its amount, codes
// and identities are the reply's, the rest is the request's. Fields 12 and 13
// are rep.HostAt in its own zone.
func (c *Codec) PackReply(req txn.Request, rep txn.Reply, k *keys.Session) ([]byte, error) {
	row := c.rowOf(rep.Op)
	if rep.Op == req.Op {
		row = c.rowFor(&req)
	}
	if row == nil {
		return nil, fmt.Errorf("%s operation %q: %w", c.profile.Name, rep.Op, ErrOperation)
	}
	m := content{
		codec: c, row: row, codes: row, request: req, answer: rep, result: rep.Result, field55: rep.Field55,
		reply: true, keys: k,
	}
	m.request.STAN, m.request.Amount = rep.STAN, rep.Amount
	m.request.Terminal, m.request.Merchant = rep.Terminal, rep.Merchant
	if row.spec.Each && len(req.Details) > 0 {
		m.codes = c.rowOf(req.Details[0].Op)
	} else if row.spec.OfOriginal && req.Original != nil {
		m.codes = c.rowOf(req.Original.Op)
	}
	if m.codes == nil {
		m.codes = row
	}
	m.compared()
	return c.pack(row.answer, &m)
}

// UnpackRequest reads a request, the host's side. ref is the present: it
// supplies the years that fields 7, 13, 61 and 90 lack, and its zone is that of
// the times given back. The request holds copies, never views of raw.
//
// of gives the keys of a terminal, nil where there are none; it may be nil. A
// MAC that is wrong, or that a message lacks which must have one, gives BadMAC
// and neither PIN nor encrypted track. A PIN block that does not open gives a
// PIN that is no PIN.
func (c *Codec) UnpackRequest(raw []byte, ref time.Time, of func(terminal string) *keys.Session) (txn.Request, error) {
	m := content{codec: c}
	defer func() { clear(m.scratch) }()
	mti, err := c.unpack(raw, ref, &m, of)
	if err != nil {
		return txn.Request{}, err
	}
	if m.row == nil {
		return txn.Request{}, c.fault("0", ErrOperation)
	}
	if err := c.musts(&m); err != nil {
		return txn.Request{}, err
	}
	m.enter()
	m.open()
	r := m.request
	r.Op, r.Repeat = m.row.spec.Op, mti == m.row.spec.Repeat && mti != m.row.spec.MTI
	m.chipOf(&r.Card)
	if r.At = m.sent; r.At.IsZero() {
		r.At = m.hostAt
	}
	if r.Tip.Minor != 0 {
		r.Tip.Currency = r.Amount.Currency
	}
	r.Original = c.past(&m)
	if m.row.spec.Each {
		r = gathered(r)
	}
	return r, nil
}

// UnpackReply reads a message from the acquirer, the terminal's side. ref is
// the present in the terminal's zone: it supplies the year that field 13 lacks,
// across New Year too. A well-formed message that answers no operation of the
// profile has an empty Op; whoever waits for a reply discards it. An amount in
// a currency nobody knows keeps only its number. The code is empty where the
// dialect's reply has none, as UnionPay's to a settlement.
func (c *Codec) UnpackReply(raw []byte, ref time.Time, k *keys.Session) (txn.Reply, error) {
	m := content{codec: c, reply: true}
	defer func() { clear(m.scratch) }()
	if _, err := c.unpack(raw, ref, &m, func(string) *keys.Session { return k }); err != nil {
		return txn.Reply{}, err
	}
	r := m.answer
	r.STAN, r.Amount, r.Terminal, r.Merchant = m.request.STAN, m.request.Amount, m.request.Terminal, m.request.Merchant
	r.Field55, r.Result, r.Balance, r.BadMAC = m.field55, m.result, m.balance.left(), m.request.BadMAC
	r.HostAt = m.hostAt
	m.request.Card.Wipe() // of a host that sends the number back
	if m.row == nil {
		return r, nil
	}
	if r.Op = m.row.spec.Op; r.Op == txn.OpSignOn {
		r.Batch = m.request.Batch
	}
	m.judged(&r)
	return r, c.musts(&m)
}

// pack fills and writes the fields of the message. The library packs what comes before
// them, the type and the bitmap: it grows a message as it goes, and would leave what it
// outgrew lying about, card number and all.
func (c *Codec) pack(mti string, m *content) ([]byte, error) {
	if mti == "" {
		return nil, c.fault("0", ErrOperation)
	}
	msg := iso8583.NewMessage(c.spec)
	if err := msg.BinaryField(mtiNumber, []byte(mti)); err != nil {
		return nil, c.located(err, "0")
	}
	values := make([]byte, 0, c.size+m.bulk()) // it never grows: a copy left behind would not be wiped
	var fields [][]byte
	defer func() {
		clear(values[:cap(values)])
		for _, f := range fields {
			clear(f)
		}
	}()
	size := 0
	for _, f := range m.row.list(m.reply) {
		start := len(values)
		for range f.slot.room {
			values = append(values, 0)
		}
		from := len(values)
		var err error
		values, err = f.layout.put(m, values)
		if err != nil {
			return nil, f.slot.fault(err)
		}
		if len(values) == from {
			if f.must {
				return nil, f.slot.fault(ErrMissing)
			}
			values = values[:start]
			continue
		}
		if err := msg.BinaryField(f.slot.spec.Number, nil); err != nil {
			return nil, c.located(err, f.slot.at.Path)
		}
		field, err := (&element{slot: f.slot, value: values[start:len(values):len(values)]}).Pack()
		if err != nil {
			return nil, c.located(err, f.slot.at.Path)
		}
		fields, size = append(fields, field), size+len(field)
	}
	head, err := msg.Pack()
	if err != nil {
		return nil, c.located(err, "")
	}
	raw := make([]byte, 0, headerSize+len(head)+size)
	if !c.profile.Header.none() {
		raw = c.profile.Header.append(raw, m.answer.Want)
	}
	raw = append(raw, head...)
	for _, f := range fields {
		raw = append(raw, f...)
	}
	return raw, c.sign(m, raw)
}

// bulk is how much longer than usual the values of a message are.
func (m *content) bulk() int {
	n := len(m.chip()) + len(m.answer.Keys) + len(m.answer.Data) + len(m.request.Ask) + len(m.answer.Notes.Text)
	return 2*n + 128*len(m.request.Details)
}

// musts holds the message against the fields it must carry.
func (c *Codec) musts(m *content) error {
	for _, f := range m.row.list(m.reply) {
		if f.must && !m.present.has(f.slot.spec.Number) {
			return f.slot.fault(ErrMissing)
		}
	}
	return nil
}

// located turns an error of the library, which may quote values, into one of ours,
// which does not.
func (c *Codec) located(err error, path string) error {
	var at *FieldError
	if errors.As(err, &at) {
		return at
	}
	return c.fault(path, ErrUndefined)
}

func (c *Codec) fault(path string, err error) error {
	return &FieldError{Profile: c.profile.Name, Path: path, Err: err}
}
