package host

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// LengthForm is how a frame writes its length.
type LengthForm string

// The length forms.
const (
	LengthBE2    LengthForm = "be2"    // two bytes, big endian
	LengthBCD2   LengthForm = "bcd2"   // two bytes, four BCD digits
	LengthASCII4 LengthForm = "ascii4" // four ASCII digits
)

// LengthForms lists the length forms.
func LengthForms() []LengthForm { return []LengthForm{LengthBE2, LengthBCD2, LengthASCII4} }

// size is the number of bytes the length itself takes.
func (l LengthForm) size() int {
	if l == LengthASCII4 {
		return 4
	}
	return 2
}

// Framing says where a message begins and ends on a byte stream.
type Framing struct {
	Length    LengthForm
	Inclusive bool   // the length counts its own bytes too
	TPDU      string // ten hexadecimal digits, 60 dst src, counted by the length; empty for none
	Max       int    // the most bytes after the length; a frame that claims more is refused
}

// TPDUSize is the bytes of a transport header: 60, destination 2, source 2.
const TPDUSize = 5

// tpduID is the first byte of a transport header.
const tpduID = 0x60

// TPDU is a transport header as read.
type TPDU [TPDUSize]byte

// Answer is the header of the reply: destination and source change places.
func (t TPDU) Answer() TPDU { return TPDU{t[0], t[3], t[4], t[1], t[2]} }

// ErrFrame means that the stream is out of step: a length that is no number,
// is zero, or is more than allowed, or a transport header that is none. Nothing
// after it can be trusted; close the connection.
var ErrFrame = errors.New("not a frame")

func (f Framing) check() (wrong faults) {
	switch f.Length {
	case LengthBE2, LengthBCD2, LengthASCII4:
		wrong.add(inRange("framing.max", int64(f.Max), 1, int64(f.limit()-f.Length.size())))
	default:
		wrong.add(at("framing.length", fmt.Errorf("%q: neither be2, bcd2 nor ascii4", f.Length)))
	}
	if f.TPDU == "" {
		return wrong
	}
	if t, err := hex.DecodeString(f.TPDU); err != nil || len(t) != TPDUSize || t[0] != tpduID {
		wrong.add(at("framing.tpdu", errors.New("not 60 and eight hexadecimal digits")))
	}
	return wrong
}

// limit is the largest number the length can hold.
func (f Framing) limit() int {
	if f.Length == LengthBE2 {
		return 0xFFFF
	}
	return 9999
}

// Header is the transport header of a request, zero where the framing has none.
func (f Framing) Header() TPDU {
	var t TPDU
	if b, err := hex.DecodeString(f.TPDU); err == nil {
		copy(t[:], b)
	}
	return t
}

// Append appends the frame of one message to dst. tpdu is left out where the
// framing has none.
func (f Framing) Append(dst []byte, tpdu TPDU, message []byte) ([]byte, error) {
	n := len(message)
	if f.TPDU != "" {
		n += TPDUSize
	}
	if len(message) == 0 || n > f.Max {
		return nil, fmt.Errorf("frame of %d bytes: %w", n, ErrRange)
	}
	claim := n
	if f.Inclusive {
		claim += f.Length.size()
	}
	switch f.Length {
	case LengthBE2:
		dst = binary.BigEndian.AppendUint16(dst, uint16(claim)) //nolint:gosec // check keeps Max within it
	case LengthBCD2:
		dst = append(dst, byte(claim/1000<<4|claim/100%10), byte(claim/10%10<<4|claim%10)) //nolint:gosec // four digits
	default:
		dst = appendDigits(dst, int64(claim), 4)
	}
	if f.TPDU != "" {
		dst = append(dst, tpdu[:]...)
	}
	return append(dst, message...), nil
}

// Framer reads messages off a byte stream, however it is cut into reads.
type Framer struct {
	framing Framing
	r       *bufio.Reader
	buf     []byte
}

// NewFramer reads frames from r.
func NewFramer(r io.Reader, f Framing) *Framer {
	return &Framer{framing: f, r: bufio.NewReaderSize(r, 4096)}
}

// Wait blocks until a byte of the next frame is there. The error is the
// stream's: io.EOF when it ended between frames.
func (f *Framer) Wait() error {
	_, err := f.r.Peek(1)
	return err //nolint:wrapcheck // the stream's own, as documented
}

// Next is the next message and its transport header, zero where the framing has
// none. The message is valid until the next call; the caller may wipe it. It
// allocates no more than the framing's Max, whatever a frame claims.
//
// io.EOF means the stream ended between frames, io.ErrUnexpectedEOF inside one;
// [ErrFrame] that it is out of step; others are the stream's.
func (f *Framer) Next() ([]byte, TPDU, error) {
	var head [4]byte
	size := f.framing.Length.size()
	if _, err := io.ReadFull(f.r, head[:size]); err != nil {
		return nil, TPDU{}, err //nolint:wrapcheck // the stream's own, as documented
	}
	n, ok := f.framing.claimed(head[:size])
	if f.framing.Inclusive {
		n -= size
	}
	least := 1
	if f.framing.TPDU != "" {
		least += TPDUSize
	}
	if !ok || n < least || n > f.framing.Max {
		return nil, TPDU{}, fmt.Errorf("length: %w", ErrFrame)
	}
	if cap(f.buf) < n {
		f.buf = make([]byte, n)
	}
	body := f.buf[:n]
	if err := f.take(body); err != nil {
		return nil, TPDU{}, err
	}
	if f.framing.TPDU == "" {
		return body, TPDU{}, nil
	}
	tpdu := TPDU(body[:TPDUSize])
	if tpdu[0] != tpduID {
		return nil, TPDU{}, fmt.Errorf("transport header: %w", ErrFrame)
	}
	return body[TPDUSize:], tpdu, nil
}

// take reads the rest of a frame, and leaves nothing of it in the reader's own buffer.
func (f *Framer) take(body []byte) error {
	for len(body) > 0 {
		if _, err := f.r.Peek(1); errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		} else if err != nil {
			return err //nolint:wrapcheck // the stream's own, as documented
		}
		there, _ := f.r.Peek(min(f.r.Buffered(), len(body))) // no more than there is: it cannot fail
		n := copy(body, there)
		clear(there)
		_, _ = f.r.Discard(n)
		body = body[n:]
	}
	return nil
}

// claimed is the number the length bytes hold; false when they hold none.
func (f Framing) claimed(head []byte) (int, bool) {
	switch f.Length {
	case LengthBE2:
		return int(binary.BigEndian.Uint16(head)), true
	case LengthBCD2:
		n := 0
		for _, b := range head {
			if b>>4 > 9 || b&0xF > 9 {
				return 0, false
			}
			n = n*100 + int(b>>4)*10 + int(b&0xF)
		}
		return n, true
	case LengthASCII4:
		return digitsInt(head), Numeric.allows(head)
	}
	return 0, false
}
