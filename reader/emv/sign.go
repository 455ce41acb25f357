package emv

import "crypto/subtle"

// recoverStatic checks the signed static application data (tag 93; Book 2,
// 5.4) and gives the data authentication code (9F45).
func recoverStatic(issuer publicKey, signed, static []byte) ([]byte, AuthFault) {
	message, fault := issuer.recover(signed, 0x03, static)
	switch {
	case fault != AuthGood:
		return nil, fault
	case message[1] != hashSHA1:
		return nil, AuthHashAlg
	}
	return message[2:4], AuthGood
}

// recoverDynamic checks signed dynamic application data (9F4B; Book 2, 6.5.2
// and 6.6.2) and gives the ICC dynamic data. more is the DDOL data, or the
// unpredictable number alone where the signature came with a cryptogram.
func recoverDynamic(card publicKey, signed, more []byte) ([]byte, AuthFault) {
	message, fault := card.recover(signed, 0x05, more)
	switch {
	case fault != AuthGood:
		return nil, fault
	case message[1] != hashSHA1:
		return nil, AuthHashAlg
	}
	size := int(message[2])
	if size > len(message)-3 {
		return nil, AuthDynamic
	}
	return message[3 : 3+size], AuthGood
}

// dynamicNumber takes the ICC dynamic number, two to eight bytes, off the front
// of the ICC dynamic data (Book 2, table 17).
func dynamicNumber(dynamic []byte) (number, rest []byte, ok bool) {
	if len(dynamic) == 0 {
		return nil, nil, false
	}
	n := int(dynamic[0])
	if n < 2 || n > 8 || n > len(dynamic)-1 {
		return nil, nil, false
	}
	return dynamic[1 : 1+n], dynamic[1+n:], true
}

// combined is what a CDA signature says (Book 2, table 19).
type combined struct {
	number     []byte // ICC dynamic number, 9F4C
	cid        byte   // 9F27
	cryptogram []byte // 9F26
}

// recoverCombined checks the signature that came with a cryptogram (Book 2,
// 6.6.2): cid is what the reply said in clear, transaction the bytes the
// transaction data hash goes over.
func recoverCombined(card publicKey, signed, un []byte, cid byte, transaction ...[]byte) (combined, AuthFault) {
	dynamic, fault := recoverDynamic(card, signed, un)
	if fault != AuthGood {
		return combined{}, fault
	}
	number, rest, ok := dynamicNumber(dynamic)
	if !ok || len(rest) < 1+8+hashSize {
		return combined{}, AuthDynamic
	}
	c := combined{number: number, cid: rest[0], cryptogram: rest[1:9]}
	switch {
	case c.cid != cid:
		return combined{}, AuthCID
	case subtle.ConstantTimeCompare(digest(transaction...), rest[9:9+hashSize]) != 1:
		return combined{}, AuthTxnHash
	}
	return c, AuthGood
}

// pinHeader begins the data enciphered for an offline PIN (Book 2, table 25).
const pinHeader = 0x7F

// encipherPIN makes the data of an enciphered VERIFY (Book 2, 7.2): header, PIN
// block, the card's challenge, random padding up to the key's length. It gives
// nil where the parts do not fit the key; the clear block it built is wiped.
func encipherPIN(key publicKey, block, challenge, padding []byte) []byte {
	need := len(key.modulus) - 1 - 8 - 8
	if len(block) != 8 || len(challenge) != 8 || need < 0 || len(padding) < need {
		return nil
	}
	clearText := make([]byte, 0, len(key.modulus))
	clearText = append(clearText, pinHeader)
	clearText = append(clearText, block...)
	clearText = append(clearText, challenge...)
	clearText = append(clearText, padding[:need]...)
	defer clear(clearText)
	return key.apply(clearText)
}
