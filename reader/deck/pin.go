package deck

import (
	"bytes"
	"crypto/subtle"

	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
)

// The forms of VERIFY, P2 (Book 3, table 23).
const (
	pinPlain      = 0x80
	pinEnciphered = 0x88
	pinHeader     = 0x7F // begins deciphered PIN data (Book 2, table 25)
)

// challengeSize is what GET CHALLENGE gives (Book 3, 6.5.6).
const challengeSize = 8

// makeChallenge is GET CHALLENGE.
func (c *Card) makeChallenge(k command) Reply {
	if k.p1 != 0 || k.p2 != 0 || len(k.data) > 0 {
		return status(swBadP1P2)
	}
	c.challenge = c.draw(challengeSize)
	return give(c.challenge)
}

// verify is VERIFY (Book 3, 6.5.12): right, wrong with so many tries left, or no
// more tries.
func (c *Card) verify(k command) Reply {
	a := c.current
	challenge := c.challenge
	c.challenge = nil
	switch {
	case k.p1 != 0 || k.p2 != pinPlain && k.p2 != pinEnciphered:
		return status(swBadP1P2)
	case len(a.state.PIN) == 0:
		return status(swNoData)
	case a.state.Tries == 0:
		c.live.pinTried = true
		return status(swPINBlocked)
	}
	block, enciphered := k.data, k.p2 == pinEnciphered
	if enciphered {
		if len(challenge) == 0 {
			return status(swConditions)
		}
		block = a.decipherPIN(k.data, challenge)
	}
	given, ok := issuer.Digits(block)
	c.live.pinTried, c.live.pinEnciphered = true, enciphered
	if !enciphered && !ok {
		return status(swBadData)
	}
	// What cannot be deciphered is a wrong PIN: a card tells nobody which.
	if ok && subtle.ConstantTimeCompare(given, a.state.PIN) == 1 {
		clear(given)
		a.state.Tries, c.live.pinGood = a.Tries, true
		return status(swOK)
	}
	clear(given)
	a.state.Tries--
	c.live.pinGood = false
	return status(swPINWrong | uint16(a.state.Tries)) //nolint:gosec // at most 15
}

// decipherPIN is the card's part of Book 2, 7.2: header, PIN block, the challenge
// it gave, and padding. It gives nil for anything else.
func (a *app) decipherPIN(data, challenge []byte) []byte {
	key := rsaOf(cardKey)
	if _, own := a.values[tagPINCert]; own {
		key = rsaOf(pinKey)
	}
	opened := key.private(data)
	if len(opened) < 17 || opened[0] != pinHeader || !bytes.Equal(opened[9:17], challenge) {
		return nil
	}
	return opened[1:9]
}

// signData is INTERNAL AUTHENTICATE (Book 2, 6.5; Book 3, 6.5.9).
func (c *Card) signData(k command) Reply {
	a := c.current
	dol, _ := tlv.ParseDOL(a.values[tagDDOL])
	switch {
	case a.Authentication != "dda" && a.Authentication != "cda" || !c.live.started:
		return status(swConditions)
	case k.p1 != 0 || k.p2 != 0:
		return status(swBadP1P2)
	case len(a.values[tagDDOL]) > 0 && len(k.data) != dol.Size():
		return status(swLength)
	}
	c.live.dda = true
	signed := rsaOf(cardKey).seal(c.dynamicHead(c.dynamicNumber()), c.flaws.badDynamic, k.data)
	if a.Format == 2 {
		return give(tlv.Append(nil, tagFormat2, tlv.Append(nil, tagSigned, signed)))
	}
	return give(tlv.Append(nil, tagFormat1, signed))
}

// dynamicNumber is the ICC dynamic number with its length (Book 2, 6.5.1).
func (c *Card) dynamicNumber() []byte { return append([]byte{8}, c.draw(8)...) }

// dynamicHead is the start of dynamic application data (Book 2, tables 15 and
// 18): format, algorithm, length, data.
func (c *Card) dynamicHead(data []byte) []byte {
	return append([]byte{formatDynamic, algSHA1, byte(len(data))}, data...) //nolint:gosec // at most 38
}
