package host

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Shape is how a captured message is wrapped and how it begins, as far as its
// bytes tell without a profile.
type Shape struct {
	Length    LengthForm // of the frame; empty for none
	Inclusive bool       // the length counts its own bytes too
	TPDU      bool       // a transport header follows
	Transport TPDU       // that header
	Header    bool       // UnionPay's six bytes are before the message type
	Software  string     // of them, the class and the software version: 6031
	MTI       Encoding
	Type      string // the message type, four digits
	Bitmap    BitmapForm
	Secondary bool  // there is a second bitmap
	Fields    []int // the fields the bitmap announces, ascending

	From, To int // the message without what is around it: capture[From:To]
	Missing  int // bytes the length promises and the capture lacks
	Rest     int // bytes after the message
}

// Request reports whether the message type is that of a request or an advice.
func (s Shape) Request() bool { return len(s.Type) == 4 && (s.Type[2]-'0')%2 == 0 }

// wrap is one way to see the frame around a message.
type wrap struct {
	length        LengthForm
	inclusive     bool
	from, to      int
	missing, rest int
}

// mostShapes bounds the ways to see one capture that are worth trying.
const mostShapes = 8

// shapes lists the ways to see a capture in which a plausible message begins, the
// most plausible first.
func shapes(raw []byte) []Shape {
	var out []Shape
	for _, w := range wraps(raw) {
		for _, tpdu := range []bool{false, true} {
			from := w.from
			if tpdu {
				if from+TPDUSize > w.to || raw[from] != tpduID {
					continue
				}
				from += TPDUSize
			}
			for _, header := range []bool{false, true} {
				s := Shape{
					Length: w.length, Inclusive: w.inclusive, TPDU: tpdu, Header: header,
					From: from, To: w.to, Missing: w.missing, Rest: w.rest,
				}
				if tpdu {
					s.Transport = TPDU(raw[w.from : w.from+TPDUSize])
				}
				out = append(out, openings(raw[from:w.to], s)...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Shape) int { return cmp.Compare(b.score(), a.score()) })
	return out[:min(len(out), mostShapes)]
}

// wraps lists the frames a capture may have: none, and each length that can be
// meant.
func wraps(raw []byte) []wrap {
	out := []wrap{{to: len(raw)}}
	for _, form := range []LengthForm{LengthBE2, LengthBCD2, LengthASCII4} {
		size := form.size()
		if len(raw) <= size {
			continue
		}
		claim, ok := (Framing{Length: form}).claimed(raw[:size])
		if !ok {
			continue
		}
		for _, inclusive := range []bool{false, true} {
			w := wrap{length: form, inclusive: inclusive, from: size, to: size + claim}
			if inclusive {
				w.to = claim
			}
			if w.to > len(raw) {
				w.missing, w.to = w.to-len(raw), len(raw)
			}
			w.rest = len(raw) - w.to
			if w.to > size && w.missing <= 3*len(raw) {
				out = append(out, w)
			}
		}
	}
	return out
}

// openings is a shape with each message type and bitmap that can be read where it
// begins.
func openings(message []byte, s Shape) []Shape {
	if s.Header {
		if len(message) < headerSize || message[0]>>4 != 6 || !packedAllows(message[:headerSize], 2*headerSize, Numeric, false, AlignLeft) {
			return nil
		}
		s.Software = string(unpackDigits(nil, message, 4, AlignLeft))
		message = message[headerSize:]
	}
	var out []Shape
	for _, enc := range []Encoding{ASCII, BCD} {
		mti, rest := typeOf(message, enc)
		if mti == "" {
			continue
		}
		for _, form := range []BitmapForm{BitmapBinary, BitmapHex} {
			s.MTI, s.Type, s.Bitmap = enc, mti, form
			set, _, ok := bitsOf(rest, form)
			if !ok || !slices.Contains(set, 11) {
				continue // every message has a trace number
			}
			s.Fields, s.Secondary = set, set[len(set)-1] > 64
			out = append(out, s)
		}
	}
	return out
}

// typeOf reads a message type, empty for what is none: a version (ISO 8583, 4.1),
// a class, a function and an origin that are in use.
func typeOf(b []byte, enc Encoding) (mti string, rest []byte) {
	size := 4
	if enc == BCD {
		size = 2
	}
	if len(b) < size {
		return "", nil
	}
	if enc == BCD {
		if !packedAllows(b[:size], 4, Numeric, false, AlignLeft) {
			return "", nil
		}
		mti = string(unpackDigits(nil, b[:size], 4, AlignLeft))
	} else {
		mti = string(b[:size])
	}
	for i, most := range []byte("2875") {
		if mti[i] < '0' || mti[i] > most {
			return "", nil
		}
	}
	if mti[1] == '0' {
		return "", nil
	}
	return mti, b[size:]
}

// bitsOf reads the bitmaps a message has and gives the fields they announce, in
// so many bytes.
func bitsOf(b []byte, form BitmapForm) (list []int, size int, ok bool) {
	set, size, err := bitmapCode{hex: form == BitmapHex}.fields(b)
	return slices.Collect(set.all), size, err == nil
}

// score is how plausible a shape is. A length that ends where the capture does is
// no accident; nor is a message with a terminal and a merchant.
func (s Shape) score() int {
	n := 4 // no length at all
	switch {
	case s.Length == "":
	case s.Missing == 0 && s.Rest == 0:
		n = 8
	case s.Missing == 0:
		n = 3
	default:
		n = 2
	}
	for _, f := range []int{41, 42} {
		if slices.Contains(s.Fields, f) {
			n++
		}
	}
	if s.Bitmap == BitmapHex {
		n += 2 // sixteen such digits are no accident either
	}
	return n
}

// payload is what a captured network packet carries, and the size of the headers
// before it: Ethernet, IPv4 or IPv6, TCP. Of anything else it is all.
func payload(raw []byte) (carried []byte, headers int) {
	for _, link := range []int{0, 14} {
		if len(raw) < link+40 || link > 0 && raw[12] != 0x08 && raw[12] != 0x86 {
			continue
		}
		ip := raw[link:]
		var head, end int
		switch {
		case ip[0]>>4 == 4 && ip[9] == 6:
			head, end = int(ip[0]&0xF)*4, int(binary.BigEndian.Uint16(ip[2:]))
		case ip[0]>>4 == 6 && ip[6] == 6:
			head, end = 40, 40+int(binary.BigEndian.Uint16(ip[4:]))
		}
		if head < 20 || end > len(ip) || end < head+20 {
			continue
		}
		if from := head + int(ip[head+12]>>4)*4; from >= head+20 && from < end {
			return ip[from:end], link + from
		}
	}
	return raw, 0
}

// ebcdic reports whether a message type in EBCDIC stands near the beginning.
func ebcdic(raw []byte) bool {
	for at := range min(20, max(len(raw)-3, 0)) {
		digits := make([]byte, 4)
		for i := range digits {
			digits[i] = raw[at+i] - 0xF0 + '0'
		}
		if mti, _ := typeOf(digits, ASCII); mti != "" && slices.Min(raw[at:at+4]) >= 0xF0 {
			return true
		}
	}
	return false
}
