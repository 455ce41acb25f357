package reader

import "strings"

// ServiceCode is the three digits that say how a stripe may be used, or empty
// (ISO/IEC 7813, 5.1.7).
//
//	first   1 international        2 international, has a chip
//	        5 national             6 national, has a chip
//	        7 private agreement    9 test card
//	second  0 normal               2 issuer online      4 issuer online, or by agreement
//	third   0 any use, PIN         1 any use            2 goods and services
//	        3 cash machine, PIN    4 cash               5 goods and services, PIN
//	        6 any use, PIN if there is a pad            7 goods and services, PIN if there is a pad
type ServiceCode string

// ParseServiceCode takes three ASCII digits or nothing; anything else is
// [FaultSwipeMalformed].
func ParseServiceCode(digits []byte) (ServiceCode, error) {
	if len(digits) != 0 && len(digits) != 3 || !allDigits(digits) {
		return "", FaultSwipeMalformed
	}
	return ServiceCode(digits), nil
}

// RequiresChip reports whether the card carries a chip, so that its stripe may
// be read only as a fallback.
func (s ServiceCode) RequiresChip() bool { return s.digit(0, "26") }

// National reports whether the card works only in its own country, or only by
// private agreement.
func (s ServiceCode) National() bool { return s.digit(0, "567") }

// Test reports whether the issuer marked it a test card.
func (s ServiceCode) Test() bool { return s.digit(0, "9") }

// OnlineOnly reports whether the issuer must be asked for every amount.
func (s ServiceCode) OnlineOnly() bool { return s.digit(1, "24") }

// RequiresPIN reports whether the PIN is demanded.
func (s ServiceCode) RequiresPIN() bool { return s.digit(2, "035") }

// PrefersPIN reports whether the PIN is wanted where a PIN pad is at hand.
func (s ServiceCode) PrefersPIN() bool { return s.digit(2, "67") }

// GoodsAllowed reports whether the card may pay for goods and services; false
// for cash-only and cash-machine-only cards. True for no service code.
func (s ServiceCode) GoodsAllowed() bool { return !s.digit(2, "34") }

func (s ServiceCode) digit(i int, set string) bool {
	return len(s) == 3 && strings.IndexByte(set, s[i]) >= 0
}
