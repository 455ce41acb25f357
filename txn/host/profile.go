package host

import (
	"time"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// Profile is one acquirer's dialect as data. It holds no secrets. A codec is
// made of it by [NewCodec], which also checks it; files are read by
// [LoadProfile].
type Profile struct {
	Name     string
	Title    Title
	Framing  Framing
	Header   Header
	MTI      Encoding // [ASCII] or [BCD]
	Bitmap   BitmapForm
	NII      string // field 24, three digits
	Acquirer string // of fields 90 and 56, at most eleven digits
	Forward  string // of field 90, at most eleven digits

	Keys      keys.Rules
	PINLength string // field 26: the longest PIN the pad takes, two digits

	Fields  []FieldSpec // every field a message may hold, any order
	Ops     []OpSpec    // at least one row an operation
	Entry   []EntryRow  // field 22
	PIN     PINDigits   // of field 22
	Codes   []Pair      // field 39: here, and on the wire; what is not listed is the same in both
	Reasons []Pair      // why something is reversed, in the same way
	Brands  []Pair      // of a card, and its organisation's three letters (field 63)
	Limits  Limits
}

// Title is what people call an acquirer; empty for a plain dialect.
type Title struct{ ZH, EN string }

// Limits are an acquirer's, where the configuration has none of its own. Zero is
// none.
type Limits struct {
	Details        int           // transactions one message of a batch upload takes
	MaxAmount      int64         // minor units a transaction may take
	ReplyTimeout   time.Duration // how long a reply is waited for
	ConnectTimeout time.Duration
	EchoEvery      time.Duration // idle time before the line is tried
}

// Pair is one code in here and on the wire.
type Pair struct{ Here, Wire string }

// PINDigits are what stands for a question mark in the code of an [EntryRow].
type PINDigits struct{ Entered, None string }

// BitmapForm is how the bitmap is written.
type BitmapForm string

// The bitmap forms: eight bytes, or sixteen hexadecimal digits, for each.
const (
	BitmapBinary BitmapForm = "binary"
	BitmapHex    BitmapForm = "hex"
)

// Encoding is how characters become bytes.
type Encoding string

// The encodings.
const (
	ASCII Encoding = "ascii" // a byte each
	BCD   Encoding = "bcd"   // two digits a byte: of n, z and lengths
	Hex   Encoding = "hex"   // two characters a byte, A to F upper case: of b
)

// Align is where the odd digit of a BCD field goes.
type Align string

// The alignments.
const (
	AlignLeft  Align = "left"  // filled with 0 on the right
	AlignRight Align = "right" // filled with 0 on the left
)

// Kind is the character set of a field, in the letters of ISO 8583, 4.
type Kind string

// The kinds.
const (
	Numeric  Kind = "n"   // digits
	AlphaNum Kind = "an"  // letters, digits and the space that fills a fixed field
	Text     Kind = "ans" // printable ASCII
	TrackSet Kind = "z"   // digits and the separator = (D is taken too)
	Binary   Kind = "b"   // any byte; lengths count bytes
	Chinese  Kind = "gbk" // text in GBK; lengths count bytes
)

// FieldSpec describes one field: its form, and what it holds. One of Holds and
// Parts says what is in it; both empty: it is checked and passed over.
type FieldSpec struct {
	Number   int    // 2 to 128, without 65
	Name     string // for error messages and descriptions
	Kind     Kind
	Length   int      // characters (bytes for [Binary] and [Chinese]): exactly when fixed, at most when variable
	Prefix   int      // digits of the length before a variable field: 0 fixed, 2 or 3
	Encoding Encoding // of the value; empty: [ASCII], and bytes as they are for b
	LengthIn Encoding // of the length, [ASCII] or [BCD]; empty: [ASCII]
	Align    Align    // of an odd digit in BCD; empty: [AlignLeft]

	Holds   Holder // where the value comes from and goes to
	Parts   []Part
	Layouts []Layout // other contents, which some operations have instead
}

// Layout is what a field holds in some operations: [Carried] names it.
type Layout struct {
	Name  string
	Holds Holder
	Parts []Part
}

// Part is one part of a field. The parts of a field either follow each other, or
// all have a tag: then each present one is its tag, a length of two digits and
// the value, in any order.
type Part struct {
	Name   string
	Tag    string // two digits; empty for none
	Kind   Kind
	Length int  // exactly; of an open part or one with a prefix, at most; 0: whatever fits
	Prefix int  // digits of a length in front of it, 0 or 2
	Open   bool // all that is left

	Hex   bool   // bytes, as hexadecimal digits
	Holds Holder // empty: passed over, and filled
	Value string // what stands there when nothing is held

	Repeat int    // the parts below are repeated as often as there are details, at most so often
	Parts  []Part // of one detail
}

// OpSpec is one operation's row of codes. No two rows may be taken for each
// other, in requests or in replies.
type OpSpec struct {
	Name       string // of the row; the operation's own when empty
	Op         txn.Op
	When       string // "chip": the row of requests with chip data; empty: of the others
	MTI        string // of the request; the reply's is made of it, see [ReplyMTI]
	Repeat     string // MTI of a repeat; empty where a request is never repeated
	Processing string // field 3; empty where there is none
	Condition  string // field 25; empty where there is none
	Phone      string // field 25 of an order by mail or telephone; empty where it is as any other
	Network    string // field 70, or 60.3; several with spaces between: the first is sent, all are taken
	Type       string // 60.1
	Function   string // field 24 of ISO 8583:1993
	Approved   string // field 39 for 00 in the replies, where it is not as usual
	Original   txn.Op // what it takes back, completes or changes
	OfOriginal bool   // the codes that are empty here are those of the operation taken back
	Each       bool   // a message of a batch upload that carries one transaction in its own fields

	Request []Carried // the fields of the request
	Reply   []Carried // the fields of the reply
}

// WhenChip is the word for rows of requests with chip data.
const WhenChip = "chip"

// Carried is a field of one message.
type Carried struct {
	Number int
	Must   bool   // the message is refused without it, both ways
	Layout string // what is in it; empty: what its [FieldSpec] says
}

// EntryRow is one entry mode's codes.
type EntryRow struct {
	Mode      string // a [vpos/reader.EntryMode]
	Code      string // field 22; ? stands for the digit of [PINDigits]
	Reader    string // 60.4
	Condition string // 60.5: tells rows with one code apart
}

// ReplyMTI is the message type that answers one: the function digit goes up by
// one, and a repeat is answered as its original is (ISO 8583, 4.1). It is empty
// for what is no request.
func ReplyMTI(mti string) string {
	if len(mti) != 4 || mti[2] < '0' || mti[2] > '8' || (mti[2]-'0')%2 != 0 {
		return ""
	}
	b := []byte(mti)
	b[2]++
	if b[3] == '1' || b[3] == '3' || b[3] == '5' {
		b[3]--
	}
	return string(b)
}
