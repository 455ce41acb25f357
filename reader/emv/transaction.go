package emv

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"vpos/reader/tlv"
)

// The transaction types (9C; the first two digits of the ISO 8583 processing
// code).
const (
	TypePurchase byte = 0x00
	TypeCash     byte = 0x01
	TypeCashback byte = 0x09
	TypeRefund   byte = 0x20
	TypeBalance  byte = 0x31
)

// Transaction is what is known when the card comes. Time and chance arrive
// here because the kernel has neither.
type Transaction struct {
	Type     byte  // 9C
	Amount   int64 // 9F02, minor units, cashback included; 0 to 999 999 999 999
	Other    int64 // 9F03, the cashback in it
	Currency int   // 5F2A, ISO 4217 numeric
	Exponent int   // 5F36, 0 to 3

	Time          time.Time // local time of the terminal
	Unpredictable [4]byte   // 9F37, fresh for every transaction
	Random        int       // 1 to 99, for random selection (Book 3, 10.6.2)
	Counter       uint32    // 9F41, the transaction sequence counter

	PriorAmount int64 // spent offline with this card just before, 10.6.1
	ForceOnline bool  // the merchant wants the issuer to be asked, Book 4, 6.5.3
	Identify    bool  // stop after reading the card; no cryptogram is made
}

// maxAmount is what twelve digits hold.
const maxAmount = 999_999_999_999

// ErrTransaction says that a transaction cannot be put to a card.
var ErrTransaction = errors.New("emv: transaction")

// Check looks for values the card could not be told.
func (t Transaction) Check() error {
	switch {
	case t.Amount < 0 || t.Amount > maxAmount || t.Other < 0 || t.Other > t.Amount:
		return fmt.Errorf("amount: %w", ErrTransaction)
	case t.Currency < 1 || t.Currency > 999 || t.Exponent < 0 || t.Exponent > 9:
		return fmt.Errorf("currency: %w", ErrTransaction)
	case t.Time.IsZero():
		return fmt.Errorf("time: %w", ErrTransaction)
	case t.Random < 1 || t.Random > 99:
		return fmt.Errorf("random number: %w", ErrTransaction)
	}
	if _, ok := bcd(t.Type); !ok {
		return fmt.Errorf("type: %w", ErrTransaction)
	}
	return nil
}

// number writes a number as packed digits in size bytes (format n).
func number(n int64, size int) []byte {
	digits := fmt.Sprintf("%0*d", 2*size, max(0, n))
	b, _ := hex.DecodeString(digits[len(digits)-2*size:])
	return b
}

// text writes characters in exactly size bytes, spaces to the end.
func text(s string, size int) []byte {
	return []byte((s + strings.Repeat(" ", size))[:size])
}

// binary4 is an amount as four bytes, FFFFFFFF where it does not fit.
func binary4(n int64) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(min(max(0, n), 1<<32-1))) //nolint:gosec // bounded
}

// terminalData is the terminal's and the transaction's side of the data store
// (Book 3, Annex A). Every value is its own copy, because the store is wiped.
func (k *Kernel) terminalData() store {
	t, x := k.cfg.Terminal, k.txn
	s := store{
		tagCapabilities: bytes.Clone(t.Capabilities[:]),
		tagAdditional:   bytes.Clone(t.Additional[:]),
		tagTerminalType: {t.Type},
		tagNation:       number(int64(t.Country), 2),
		tagMCC:          number(int64(t.Category), 2),
		tagSerial:       text(t.Serial, 8),
		tagTerminalID:   text(t.ID, 8),
		tagMerchant:     text(t.Merchant, 15),
		tagMerchantName: []byte(t.MerchantName),
		tagEntryMode:    {0x05},
		tagAmount:       number(x.Amount, 6),
		tagOther:        number(x.Other, 6),
		tagAmountBinary: binary4(x.Amount),
		tagOtherBinary:  binary4(x.Other),
		tagType:         {x.Type},
		tagCurrency:     number(int64(x.Currency), 2),
		tagExponent:     {byte(x.Exponent)}, //nolint:gosec // checked
		tagDate:         number(int64(dayOf(x.Time)%1_000_000), 3),
		tagTime:         number(int64(x.Time.Hour()*10000+x.Time.Minute()*100+x.Time.Second()), 3),
		tagUN:           bytes.Clone(x.Unpredictable[:]),
		tagCounter:      number(int64(x.Counter), 4),
	}
	if t.Acquirer != "" {
		n, _ := hex.DecodeString(evened(t.Acquirer))
		s[tagAcquirer] = append(make([]byte, max(0, 6-len(n))), n...)
	}
	s.addAll(t.Extra)
	return s
}

// applicationData adds what the terminal holds for the application chosen.
func (s store) applicationData(a Application) {
	s[tagTerminalAID] = bytes.Clone(a.AID)
	s[tagVersion] = bytes.Clone(a.Version[:])
	s[tagFloor] = binary4(a.Floor)
	if len(a.RiskData) > 0 {
		s[tagRiskData] = bytes.Clone(a.RiskData)
	}
	s.addAll(a.Extra)
}

func (s store) addAll(extra map[tlv.Tag][]byte) {
	for t, v := range extra {
		s[t] = bytes.Clone(v)
	}
}
