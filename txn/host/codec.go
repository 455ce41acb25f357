package host

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/moov-io/iso8583"
	libfault "github.com/moov-io/iso8583/errors"

	"vpos/txn"
)

// Codec turns requests and replies into messages of one profile and back. It
// has no state and may be used by many goroutines.
type Codec struct {
	profile Profile
	spec    *iso8583.MessageSpec
	slots   []*slot                 // ascending
	number  map[int]*slot           // the same by number
	held    map[Holder]int          // the field of each holder
	answers []string                // of each operation, the MTI of the reply
	money   map[string]txn.Currency // by their digits
	size    int                     // room for the values of one message
}

// The numbers of the parts that are no fields.
const (
	mtiNumber    = 0
	bitmapNumber = 1
	lastNumber   = 128
)

// Profile is the profile the codec was made of.
func (c *Codec) Profile() Profile { return c.profile }

// PackRequest makes the message of a request, without framing. Fields 7, 12 and
// 13 come from r.At: 7 in UTC, 12 and 13 in its own zone. The bytes hold
// cardholder data; wipe them when they are sent.
//
// Errors are [*FieldError], and [ErrOperation] for an operation that the
// profile lacks.
func (c *Codec) PackRequest(r txn.Request) ([]byte, error) {
	op := c.row(r.Op)
	if op == nil {
		return nil, fmt.Errorf("%s operation %q: %w", c.profile.Name, r.Op, ErrOperation)
	}
	m := content{codec: c, op: op, codes: op, request: r}
	mti := op.MTI
	if r.Repeat {
		mti = op.Repeat
	}
	if r.Original != nil {
		m.result.AuthCode, m.result.RRN, m.result.Code = r.Original.AuthCode, r.Original.RRN, r.Original.Reason
		m.original = c.row(r.Original.Op)
	}
	if op.OfOriginal {
		if m.original == nil {
			return nil, c.fault("90", fmt.Errorf("original operation: %w", ErrMissing))
		}
		m.codes = m.original
	}
	return c.pack(mti, op.Request, &m)
}

// PackReply makes the reply to a request, the host's side: its amount, codes
// and identities are the reply's, the rest is the request's. Fields 12 and 13
// are rep.HostAt in its own zone.
func (c *Codec) PackReply(req txn.Request, rep txn.Reply) ([]byte, error) {
	op := c.row(rep.Op)
	if op == nil {
		return nil, fmt.Errorf("%s operation %q: %w", c.profile.Name, rep.Op, ErrOperation)
	}
	m := content{codec: c, op: op, codes: op, request: req, result: rep.Result, field55: rep.Field55, reply: true}
	m.request.STAN, m.request.Amount = rep.STAN, rep.Amount
	m.request.Terminal, m.request.Merchant = rep.Terminal, rep.Merchant
	if op.OfOriginal && req.Original != nil {
		if codes := c.row(req.Original.Op); codes != nil {
			m.codes = codes
		}
	}
	return c.pack(ReplyMTI(op.MTI), op.Reply, &m)
}

// UnpackRequest reads a request, the host's side. ref is the present: it
// supplies the years that fields 7 and 90 lack, and its zone is that of the
// times given back. The request holds copies, never views of raw.
func (c *Codec) UnpackRequest(raw []byte, ref time.Time) (txn.Request, error) {
	m := content{codec: c}
	mti, err := c.unpack(raw, ref, &m)
	if err != nil {
		return txn.Request{}, err
	}
	if m.op = c.find(mti, &m, false); m.op == nil {
		return txn.Request{}, c.fault("0", ErrOperation)
	}
	if err := c.musts(m.op.Request, &m); err != nil {
		return txn.Request{}, err
	}
	r := m.request
	r.Op, r.Repeat = m.op.Op, m.op.Repeat == mti
	m.chipOf(&r.Card)
	r.At = m.sent
	if len(m.originalMTI) > 0 {
		r.Original = &txn.Original{
			Op: c.origin(&m), STAN: m.originalSTAN, At: m.originalAt,
			AuthCode: m.result.AuthCode, RRN: m.result.RRN, Reason: m.result.Code,
		}
	}
	return r, nil
}

// UnpackReply reads a message from the acquirer, the terminal's side. ref is
// the present in the terminal's zone: it supplies the year that field 13 lacks,
// across New Year too. A well-formed message that answers no operation of the
// profile has an empty Op; whoever waits for a reply discards it. An amount in
// a currency nobody knows keeps only its number.
func (c *Codec) UnpackReply(raw []byte, ref time.Time) (txn.Reply, error) {
	m := content{codec: c, reply: true}
	mti, err := c.unpack(raw, ref, &m)
	if err != nil {
		return txn.Reply{}, err
	}
	r := txn.Reply{
		STAN: m.request.STAN, Amount: m.request.Amount,
		Terminal: m.request.Terminal, Merchant: m.request.Merchant, Field55: m.field55, Result: m.result,
	}
	r.HostAt = m.hostAt
	if m.op = c.find(mti, &m, true); m.op == nil {
		return r, nil
	}
	r.Op = m.op.Op
	return r, c.musts(m.op.Reply, &m)
}

// pack fills and writes the fields listed.
func (c *Codec) pack(mti string, list []Carried, m *content) ([]byte, error) {
	if mti == "" {
		return nil, c.fault("0", ErrOperation)
	}
	msg := iso8583.NewMessage(c.spec)
	if err := msg.BinaryField(mtiNumber, []byte(mti)); err != nil {
		return nil, c.located(err, "0")
	}
	values := make([]byte, 0, c.size+len(m.chip())) // it never grows: a copy left behind would not be wiped
	for _, carry := range list {
		slot := c.number[carry.Number]
		start := len(values)
		for range slot.spec.Prefix {
			values = append(values, 0)
		}
		from := len(values)
		var err error
		values, err = slot.holder.put(m, &slot.spec, values)
		if err != nil {
			return nil, slot.fault(err)
		}
		if len(values) == from {
			if carry.Must {
				return nil, slot.fault(ErrMissing)
			}
			values = values[:start]
			continue
		}
		if err := msg.BinaryField(carry.Number, values[start:len(values):len(values)]); err != nil {
			return nil, c.located(err, strconv.Itoa(carry.Number))
		}
	}
	raw, err := msg.Pack()
	clear(values)
	if err != nil {
		return nil, c.located(err, "")
	}
	return raw, nil
}

// unpack reads every field and hands the ones that hold something to m.
func (c *Codec) unpack(raw []byte, ref time.Time, m *content) (mti string, err error) {
	msg := iso8583.NewMessage(c.spec)
	if err := msg.Unpack(raw); err != nil {
		return "", c.located(err, "")
	}
	bitmap := msg.Bitmap()
	if bitmap.Len() > lastNumber {
		return "", c.fault("65", ErrBitmap) // a third bitmap
	}
	first, ok := msg.GetField(mtiNumber).(*element)
	if !ok {
		return "", c.fault("0", ErrMissing)
	}
	mti = string(first.value)
	rest := first.rest - c.bitmapSize(bitmap.Len())
	for _, slot := range c.slots {
		if !bitmap.IsSet(slot.spec.Number) {
			continue
		}
		e, ok := msg.GetField(slot.spec.Number).(*element)
		if !ok {
			return "", slot.fault(ErrMissing)
		}
		rest = e.rest
		m.present.set(slot.spec.Number)
		if err := slot.holder.take(m, e.value); err != nil {
			return "", slot.fault(err)
		}
	}
	if rest != 0 {
		return "", c.fault("end", ErrTrailing)
	}
	return mti, c.moments(ref, m)
}

// musts holds the message against the fields it must carry.
func (c *Codec) musts(list []Carried, m *content) error {
	for _, carry := range list {
		if carry.Must && !m.present.has(carry.Number) {
			return c.number[carry.Number].fault(ErrMissing)
		}
	}
	return nil
}

func (c *Codec) bitmapSize(bits int) int {
	if c.profile.Bitmap == BitmapHex {
		return bits / 4
	}
	return bits / 8
}

// located turns an error of the library, which may quote values and keeps the
// whole message, into one of ours, which does neither.
func (c *Codec) located(err error, path string) error {
	var at *FieldError
	if errors.As(err, &at) {
		return at
	}
	cause := ErrBitmap
	var lib *libfault.UnpackError
	if errors.As(err, &lib) {
		path = lib.FieldID
	}
	if errors.Is(err, ErrShort) {
		cause = ErrShort
	}
	if n, fail := strconv.Atoi(path); fail == nil && n > bitmapNumber && c.number[n] == nil {
		cause = ErrUndefined
	}
	return c.fault(path, cause)
}

func (c *Codec) fault(path string, err error) error {
	return &FieldError{Profile: c.profile.Name, Path: path, Err: err}
}
