package emv

import (
	"slices"
	"strconv"

	"vpos/reader/tlv"
)

// maxEntries bounds how often a PIN is asked for, whatever the card counts.
const maxEntries = 15

// pinState is what PIN entry keeps.
type pinState struct {
	pinKey    publicKey
	keyKnown  bool
	tries     int  // left, -1 for not told
	triesRead bool // the card was asked
	exceeded  bool // no tries are left
	bypassed  bool
	entries   int
	pinResult PINResult // while the card makes its challenge
}

// startOfflinePIN is Book 3, 10.5.1: what speaks against asking at all.
func (k *Kernel) startOfflinePIN(i int) Request {
	if k.rules[i].cipher() && !k.keyKnown {
		if fault := k.recoverPINKey(); fault != AuthGood {
			k.note(RulePINKey, string(fault))
			return k.methodFailed(i)
		}
		k.keyKnown = true
	}
	if k.triesRead {
		return k.askPIN(i)
	}
	k.triesRead, k.tries = true, -1
	return k.send(getData(uint16(tagPINTries)), func(r reply) Request {
		if v, ok := primitive(r, tagPINTries); ok && len(v) == 1 {
			k.tries, k.exceeded = int(v[0]), v[0] == 0
			k.note(RulePINTries, strconv.Itoa(k.tries))
		}
		return k.askPIN(i)
	})
}

// primitive takes the value out of the reply to GET DATA (Book 3, 6.5.7.4).
func primitive(r reply, tag tlv.Tag) ([]byte, bool) {
	nodes, err := tlv.Parse(r.data)
	if !r.ok() || err != nil || len(nodes) != 1 || nodes[0].Tag != tag {
		return nil, false
	}
	return nodes[0].Value, true
}

// askPIN asks the cardholder, unless it is known that it cannot help. A PIN
// gone past once is not asked for again (Book 4, 6.3.4.3).
func (k *Kernel) askPIN(i int) Request {
	r := k.rules[i]
	switch {
	case k.bypassed:
		k.note(RulePINBypass, "", PINNot)
		return k.methodFailed(i)
	case k.exceeded && !r.onlinePIN():
		k.note(RulePINBlocked, "", PINTries)
		return k.methodFailed(i)
	}
	ask := NeedPIN{Online: r.onlinePIN(), Enciphered: r.cipher(), TriesLeft: -1, Language: k.speaks()}
	if !ask.Online {
		ask.TriesLeft, ask.Wrong = k.tries, k.entries > 0
	}
	switch {
	case ask.Enciphered:
		ask.Padding = len(k.pinKey.modulus) - 17
	case !ask.Online:
		ask.PINPad = case3(0x00, insVerify, 0, 0x80, []byte{0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
	}
	k.pending = pending{kind: waitPIN, pin: func(p PINResult) Request { return k.entered(i, p) }}
	return ask
}

// entered takes what came of asking.
func (k *Kernel) entered(i int, p PINResult) Request {
	r := k.rules[i]
	switch {
	case p.Broken:
		p.wipe()
		k.note(RulePINPad, "", PINPad)
		return k.methodFailed(i)
	case r.onlinePIN() && p.Entered:
		p.wipe()
		k.pinOnline, k.pinGood = true, true
		k.note(RulePINGood, "online", PINOnline)
		return k.methodDone(i, cvmResultUnknown)
	case p.Bypassed || r.onlinePIN() || len(p.Digits) == 0 && p.Status == 0:
		p.wipe()
		k.bypassed = true
		k.note(RulePINBypass, "", PINNot)
		return k.methodFailed(i)
	case p.Status != 0 && !r.cipher():
		p.wipe()
		return k.pinVerified(i, reply{sw: p.Status})
	case r.cipher():
		k.pinResult = p
		return k.send(case2(0x00, insGetChallenge, 0, 0), func(c reply) Request { return k.challenged(i, c) })
	}
	block, ok := pinBlock(p.Digits)
	p.wipe()
	if !ok {
		k.note(RulePINPad, "digits", PINPad)
		return k.methodFailed(i)
	}
	return k.sendVerify(i, 0x80, block)
}

// challenged enciphers the PIN for the card (Book 2, 7.2).
func (k *Kernel) challenged(i int, c reply) Request {
	defer k.pinResult.wipe()
	if !c.ok() || len(c.data) != 8 {
		k.note(RulePINKey, "challenge "+swText(c.sw))
		return k.methodFailed(i)
	}
	block, ok := pinBlock(k.pinResult.Digits)
	var data []byte
	if ok {
		data = encipherPIN(k.pinKey, block, c.data, k.pinResult.Padding)
	}
	clear(block)
	if data == nil {
		k.note(RulePINPad, "digits", PINPad)
		return k.methodFailed(i)
	}
	return k.sendVerify(i, 0x88, data)
}

// sendVerify sends VERIFY (Book 3, 6.5.12) and wipes the block it was made of.
func (k *Kernel) sendVerify(i int, p2 byte, block []byte) Request {
	command := case3(0x00, insVerify, 0, p2, block)
	clear(block)
	return k.sendSecret(command, func(r reply) Request { return k.pinVerified(i, r) })
}

// pinVerified is what the card says (Book 3, 10.5.1): right, wrong with so many
// tries left, or no more tries.
func (k *Kernel) pinVerified(i int, r reply) Request {
	k.entries++
	switch {
	case r.ok():
		k.pinGood = true
		k.note(RulePINGood, "offline")
		if k.rules[i].signs() {
			k.signature = true
			return k.methodDone(i, cvmResultUnknown)
		}
		return k.methodDone(i, cvmResultSuccess)
	case r.sw == swBlocked, r.sw == swInvalidated, r.sw == 0x63C0:
		k.exceeded = true
		k.note(RulePINBlocked, swText(r.sw), PINTries)
		return k.methodFailed(i)
	case r.sw&0xFFF0 == 0x63C0:
		k.tries = int(r.sw & 0x0F)
		k.note(RulePINWrong, strconv.Itoa(k.tries))
		if k.entries >= maxEntries {
			return k.methodFailed(i)
		}
		return k.askPIN(i)
	}
	return k.badStatus(r)
}

// recoverPINKey is Book 2, 7.1: the card's key for PINs, or its own key where it
// has no other.
func (k *Kernel) recoverPINKey() AuthFault {
	if !k.data.has(tagPINCert, tagPINExp) {
		if len(k.cardKey.modulus) == 0 {
			if fault := k.recoverCard(); fault != AuthGood {
				return fault
			}
		}
		k.pinKey = k.cardKey
		return AuthGood
	}
	fault := k.recoverIssuer()
	if fault != AuthGood {
		return fault
	}
	k.pinKey, fault = cardCert{
		issuer: k.issuerKey, cert: k.data[tagPINCert], remainder: k.data[tagPINRem],
		exponent: k.data[tagPINExp], pan: k.identity.PAN.Reveal(), at: k.txn.Time,
	}.recover()
	return fault
}

// sortedTags lists the keys of a table in order, so that the first fault found
// is always the same one.
func sortedTags[V any](m map[tlv.Tag]V) []tlv.Tag {
	tags := make([]tlv.Tag, 0, len(m))
	for t := range m {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	return tags
}
