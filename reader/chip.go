package reader

// ChipData is what a chip told of itself and of the transaction, as far as it may be
// told on: field 55 of a request, and what a slip and a journal keep. It never
// changes once made. There is no card number, no track and no name in it.
type ChipData struct {
	AID        string // 84, hexadecimal
	Label      string // the application's name
	Sequence   int    // 5F34, ISO 8583 field 23; -1 for none
	TVR        [5]byte
	TSI        [2]byte
	CID        byte   // 9F27 of the newest cryptogram
	Cryptogram []byte // 9F26: the ARQC of a request, the TC of a slip
	ATC        uint16 // 9F36
	Lang       string // the first of its languages that the terminal speaks (5F2D), ISO 639-1; empty for none
	PIN        bool   // the cardholder entered a PIN, and the card found it right or the issuer is to judge
	Signature  bool   // the slip needs a signature
	Field55    []byte // of the request
	Reversal55 []byte // of its reversal
	Script55   []byte // of the advice that tells what became of the issuer's scripts; nil where there were none
}

// Named is who the card is, without what it said to one transaction; nil for nil.
func (d *ChipData) Named() *ChipData {
	if d == nil {
		return nil
	}
	return &ChipData{AID: d.AID, Label: d.Label, Sequence: d.Sequence, Lang: d.Lang}
}

// IsPIN reports whether an entry is 4 to 12 digits (ISO 9564-1, 6.1).
func IsPIN(entry []byte) bool {
	for _, c := range entry {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(entry) >= 4 && len(entry) <= 12
}
