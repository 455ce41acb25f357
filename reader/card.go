package reader

// EntryMode says how a card was read. It decides ISO 8583 field 22 and the
// letter after the PAN on the slip.
type EntryMode string

// The entry modes. The zero value means no card yet.
const (
	NoEntry     EntryMode = ""
	Manual      EntryMode = "manual"      // hand-keyed
	Swipe       EntryMode = "swipe"       // magnetic stripe
	Fallback    EntryMode = "fallback"    // stripe after a chip that could not be read
	Chip        EntryMode = "chip"        // contact chip
	Contactless EntryMode = "contactless" // tap
	QR          EntryMode = "qr"          // no card at all: a wallet's code, scanned or shown
)

// Letter is the mark printed after the PAN: I chip, C contactless, S swipe,
// F fallback, M manual, Q a wallet's code; 0 for no card.
func (m EntryMode) Letter() byte {
	switch m {
	case Chip:
		return 'I'
	case Contactless:
		return 'C'
	case Swipe:
		return 'S'
	case Fallback:
		return 'F'
	case Manual:
		return 'M'
	case QR:
		return 'Q'
	case NoEntry:
	}
	return 0
}

// CVVStatus says what the cashier found where the security code should be. The
// values are the field's presence indicator: 0 bypassed, 1 present, 2 illegible,
// 9 not on the card.
type CVVStatus byte

// The presence indicators. The zero value means not asked.
const (
	CVVNotAsked   CVVStatus = 0
	CVVBypassed   CVVStatus = '0'
	CVVEntered    CVVStatus = '1'
	CVVUnreadable CVVStatus = '2'
	CVVAbsent     CVVStatus = '9'
)

// Card is one card as it was presented for one transaction. The secret parts
// share their bytes between copies; Wipe wipes them all.
type Card struct {
	Entry     EntryMode
	PAN       PAN
	Expiry    Expiry      // zero when the entry had none
	Track2    Track2      // empty unless track 2 was swiped
	Service   ServiceCode // empty when the track had none
	CVV       CVV         // gone once the request is built
	CVVStatus CVVStatus
	Chip      *ChipData // what the chip said; nil for any other entry
}

// Wipe overwrites every secret of the card.
func (c Card) Wipe() {
	c.PAN.Wipe()
	c.WipeSensitive()
}

// WipeSensitive overwrites what may not outlive the authorisation (PCI DSS 3.3):
// the track and the security code. The PAN stays.
func (c Card) WipeSensitive() {
	c.Track2.Wipe()
	c.CVV.Wipe()
}
