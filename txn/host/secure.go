package host

import (
	"errors"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/keys"
)

// ErrNoKeys means that a PIN is to be sent and there is nothing to seal it with.
var ErrNoKeys = errors.New("no keys to seal it with")

// notPIN is the PIN of a block that does not open: no digits, so nobody's PIN.
const notPIN = "?"

// seal makes field 52 of the PIN and encrypts the track, where the row carries
// them.
func (c *Codec) seal(m *content) error {
	if !m.request.PIN.Empty() && m.row.holding(HoldsPINBlock, false) {
		if m.keys == nil || c.profile.Keys.PIN == "" {
			return c.atHolder(HoldsPINBlock, ErrNoKeys)
		}
		var err error
		if m.block, m.ksn, err = m.keys.SealPIN(m.request.PIN, m.request.Card.PAN); err != nil {
			return c.atHolder(HoldsPINBlock, err)
		}
	}
	if track := m.request.Card.Track2; m.sealsTracks() && !track.Empty() && m.row.holding(HoldsTrack2, false) {
		var err error
		if m.track, err = m.keys.SealTrack(track.Reveal()); err != nil {
			return c.atHolder(HoldsTrack2, err)
		}
	}
	return nil
}

// open gives the host the PIN that was entered. Of a block that does not open it
// gives a PIN that is none, for which a host has a code of its own; of a message
// that is not to be believed, and where there are no keys, it gives nothing.
func (m *content) open() {
	if m.block == nil || m.keys == nil || m.request.BadMAC {
		return
	}
	pin, err := m.keys.OpenPIN(m.block, m.ksn, m.request.Card.PAN)
	if err != nil {
		pin = reader.NewSecret(notPIN)
	}
	m.request.PIN = pin
}

// signs reports whether messages have a MAC here.
func (m *content) signs() bool { return m.keys != nil && m.codec.profile.Keys.MAC != keys.NoMAC }

// sign writes the MAC into the room at the end of a message, over everything
// between the header and it.
func (c *Codec) sign(m *content, raw []byte) error {
	if !m.signed {
		return nil
	}
	p := c.held[HoldsMAC]
	mac, err := m.keys.MAC(raw[c.profile.Header.size() : len(raw)-c.macSize])
	if err != nil {
		return p.fault(err)
	}
	if c.macSize == 2*len(mac) {
		appendHex(raw[:len(raw)-c.macSize], mac[:])
	} else {
		copy(raw[len(raw)-c.macSize:], mac[:])
	}
	return nil
}

// distrusts reports whether the MAC of a message that came in is wrong.
func (c *Codec) distrusts(m *content, raw []byte, last *slot) bool {
	if !m.signs() || !m.signed {
		return false
	}
	if !last.whole.holds(HoldsMAC) {
		return true // it is not of the whole message
	}
	return !m.keys.CheckMAC(raw[c.profile.Header.size():len(raw)-c.macSize], m.mac)
}

// misses reports whether a message lacks a MAC it must have. A host may leave it out
// only where it says that it has no keys to make one with: any other refusal decides
// about money too, that of a reversal above all.
func (m *content) misses() bool {
	return m.signs() && !m.signed && m.row != nil && m.row.holding(HoldsMAC, m.reply) &&
		(!m.reply || !keyless(m.result.Code))
}

// keyless reports whether a code says that the host has no keys for a reply.
func keyless(code string) bool { return txn.ClassOf(code) == txn.ClassKeys || code == codeBatch }

// codeBatch asks for a new sign-on (UnionPay: 批次不一致).
const codeBatch = "77"
