package host

import "vpos/txn"

// Profile is one acquirer's dialect as data. It holds no secrets. A codec is
// made of it by [NewCodec], which also checks it.
type Profile struct {
	Name     string
	Framing  Framing
	Bitmap   BitmapForm
	NII      string      // field 24, three digits
	Acquirer string      // of field 90, at most eleven digits
	Forward  string      // of field 90, at most eleven digits
	Fields   []FieldSpec // every field a message may hold, any order
	Ops      []OpSpec    // the first row that fits a message names its operation
	Entry    []EntryRow  // field 22
	Security Security    // field 48
}

// BitmapForm is how the bitmap is written.
type BitmapForm string

// The bitmap forms: eight bytes, or sixteen hexadecimal digits, for each.
const (
	BitmapBinary BitmapForm = "binary"
	BitmapHex    BitmapForm = "hex"
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
)

// FieldSpec describes one field: its form, and what it holds.
type FieldSpec struct {
	Number int    // 2 to 128, without 65
	Name   string // for error messages
	Kind   Kind
	Length int    // characters (bytes for [Binary]): exactly when fixed, at most when variable
	Prefix int    // ASCII digits of the length before a variable field: 0 fixed, 2 or 3
	Holds  Holder // where the value comes from and goes to; empty: it is checked and passed over
}

// Holder is what a field holds, so that a profile may put it in any field.
type Holder string

// The holders, with the fields they live in by ISO 8583:1987.
const (
	HoldsPAN        Holder = "pan"           // 2
	HoldsProcessing Holder = "processing"    // 3
	HoldsAmount     Holder = "amount"        // 4, minor units
	HoldsSentUTC    Holder = "sent-utc"      // 7, MMDDhhmmss in UTC
	HoldsSTAN       Holder = "stan"          // 11
	HoldsTime       Holder = "local-time"    // 12, hhmmss
	HoldsDate       Holder = "local-date"    // 13, MMDD
	HoldsExpiry     Holder = "expiry"        // 14, YYMM
	HoldsEntryMode  Holder = "entry-mode"    // 22
	HoldsSequence   Holder = "card-sequence" // 23
	HoldsNII        Holder = "nii"           // 24
	HoldsCondition  Holder = "condition"     // 25
	HoldsTrack2     Holder = "track-2"       // 35
	HoldsRRN        Holder = "rrn"           // 37
	HoldsAuthCode   Holder = "auth-code"     // 38
	HoldsResponse   Holder = "response"      // 39; in a reversal its reason
	HoldsTerminal   Holder = "terminal"      // 41
	HoldsMerchant   Holder = "merchant"      // 42
	HoldsSecurity   Holder = "security-code" // 48
	HoldsCurrency   Holder = "currency"      // 49, three digits
	HoldsChip       Holder = "chip"          // 55, BER-TLV
	HoldsBatch      Holder = "batch"         // 60
	HoldsInvoice    Holder = "invoice"       // 62
	HoldsNetwork    Holder = "network-code"  // 70
	HoldsOriginal   Holder = "original"      // 90
)

// OpSpec is one operation's row of codes.
type OpSpec struct {
	Op         txn.Op
	MTI        string // of the request; the reply's is made of it, see [ReplyMTI]
	Repeat     string // MTI of a repeat; empty where a request is never repeated
	Processing string // field 3; empty where there is none
	Condition  string // field 25; empty where there is none
	Network    string // field 70; empty where there is none
	OfOriginal bool   // fields 3 and 25 are those of the operation taken back

	Request []Carried // the fields of the request
	Reply   []Carried // the fields of the reply
}

// Carried is a field of one message.
type Carried struct {
	Number int
	Must   bool // the message is refused without it, both ways
}

// EntryRow is one entry mode's field 22.
type EntryRow struct {
	Mode string // a [vpos/reader.EntryMode]
	Code string // three digits: how the number was read (2), PIN capability (1)
}

// Security says how the private field 48 carries the security code: a list of
// tag (2 digits), length (2 digits), value.
type Security struct {
	CodeTag     string // the digits of the code
	PresenceTag string // one digit, a [vpos/reader.CVVStatus]
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
