package deck

import (
	"bytes"

	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
)

// script is a command of the issuer (Book 3, 6.5): it counts only with a right
// MAC over the cryptogram the card has just made.
func (c *Card) script(k command) Reply {
	e, s := &c.live, &c.current.state
	if !e.open {
		return status(swConditions)
	}
	if e.scripts == 0 {
		s.Scripts, s.ScriptFailed = 0, false // of this transaction, for the next one's results
	}
	e.scripts++
	r := c.obey(k)
	if r.SW == swOK {
		s.Scripts = min(s.Scripts+1, 15)
	} else {
		s.ScriptFailed = true
	}
	return r
}

func (c *Card) obey(k command) Reply {
	data, genuine := c.live.session.Open(k.raw)
	switch {
	case c.flaws.rejectsScripts:
		return status(swSecurity)
	case !genuine:
		return status(swBadMAC)
	}
	s := &c.current.state
	switch {
	case k.cla == issuer.ClaISO && k.ins == issuer.InsPutData:
		return c.putData(tlv.Tag(k.p1)<<8|tlv.Tag(k.p2), data)
	case k.cla != issuer.ClaPayment:
		return status(swClass)
	case k.ins == issuer.InsPINChange:
		return c.changePIN(k.p2, data)
	case len(data) > 0 || k.p1 != 0 || k.p2 != 0:
		return status(swBadP1P2)
	case k.ins == issuer.InsAppBlock:
		s.Blocked = true
	case k.ins == issuer.InsAppUnblock:
		s.Blocked = false
	case k.ins == issuer.InsCardBlock:
		c.blocked = true
	default:
		return status(swInstruction)
	}
	return status(swOK)
}

// changePIN is PIN CHANGE/UNBLOCK: a new PIN, or only its tries again.
func (c *Card) changePIN(p2 byte, data []byte) Reply {
	s := &c.current.state
	switch {
	case p2 == issuer.PINUnblock && len(data) == 0:
	case p2 == issuer.PINChange:
		pin, ok := c.live.session.NewPIN(data)
		if !ok {
			return status(swBadData)
		}
		clear(s.PIN)
		s.PIN = pin
	default:
		return status(swBadP1P2)
	}
	s.Tries = c.current.Tries
	return status(swOK)
}

// maxData bounds what issuers may leave on a card.
const (
	maxDataObjects = 16
	maxDataSize    = 200
)

// putData is PUT DATA: only for objects that GET DATA gives, and not for what the
// card counts itself.
func (c *Card) putData(tag tlv.Tag, value []byte) Reply {
	a := c.current
	_, held := a.held(tag)
	private := tag>>8 == 0xDF || tag>>8 == 0xBF || tag>>8 == 0x9F && tag&0xFF >= 0x50
	switch {
	case tag == tagATC || tag == tagLastOnline || tag == tagPINTries, !held && !private:
		return status(swNoData)
	case len(value) > maxDataSize || len(a.state.Data) >= maxDataObjects && !held:
		return status(0x6A84) // no room
	}
	if a.state.Data == nil {
		a.state.Data = map[tlv.Tag][]byte{}
	}
	a.state.Data[tag] = bytes.Clone(value)
	return status(swOK)
}
