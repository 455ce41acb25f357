package deck

import "bytes"

// T0 gives a card the manners of the protocol T=0 (Book 1, 9.2 and 9.3.1): data
// that belongs to a command with data of its own waits for GET RESPONSE (61xx),
// and a length that is not right is answered with the right one (6Cxx). A command
// asked again with the right length is not performed again.
type T0 struct {
	*Card
	waiting []byte // data for GET RESPONSE
	asked   []byte // the header of a command whose answer waits for the right length
	kept    Reply
}

// PowerOn resets the card.
func (t *T0) PowerOn() []byte {
	t.forget()
	t.waiting = nil
	return t.Card.PowerOn()
}

func (t *T0) forget() { t.asked, t.kept = nil, Reply{} }

// Command is one exchange.
func (t *T0) Command(apdu []byte) Reply {
	if len(apdu) < 4 {
		return t.Card.Command(apdu)
	}
	switch {
	case apdu[1] == insGetResponse && apdu[0] == 0:
		return t.response(apdu)
	case len(apdu) > 5:
		return t.withData(apdu)
	}
	return t.without(apdu)
}

// withData is cases 3 and 4: the answer's data waits.
func (t *T0) withData(apdu []byte) Reply {
	t.forget()
	t.waiting = nil
	if lc := int(apdu[4]); len(apdu) == 6+lc {
		apdu = apdu[:5+lc] // Le does not exist in this protocol
	}
	r := t.Card.Command(apdu)
	if len(r.Data) == 0 {
		return r
	}
	t.waiting, r.Data = r.Data, nil
	if r.SW == swOK {
		r.SW = 0x6100 | uint16(byte(min(len(t.waiting), 256))) //nolint:gosec // 256 is 00
	}
	return r
}

// without is cases 1 and 2: the last byte says how much data is wanted.
func (t *T0) without(apdu []byte) Reply {
	t.waiting = nil
	r := t.kept
	if t.asked == nil || !bytes.Equal(t.asked, apdu[:4]) {
		r = t.Card.Command(apdu)
	}
	t.forget()
	if len(r.Data) == 0 || len(apdu) == 5 && int(apdu[4]) == len(r.Data)%256 {
		return r
	}
	t.asked, t.kept = bytes.Clone(apdu[:4]), r
	return Reply{SW: 0x6C00 | uint16(byte(len(r.Data))), Delay: r.Delay} //nolint:gosec // 256 is 00
}

// response is GET RESPONSE (Book 1, 9.3.1.3).
func (t *T0) response(apdu []byte) Reply {
	t.forget()
	size := 256
	if len(apdu) >= 5 && apdu[4] != 0 {
		size = int(apdu[4])
	}
	switch {
	case len(t.waiting) == 0:
		return status(swConditions)
	case size > len(t.waiting):
		if len(apdu) >= 5 && apdu[4] != 0 || len(t.waiting) < 256 {
			return status(0x6C00 | uint16(byte(len(t.waiting)))) //nolint:gosec // below 256
		}
	}
	size = min(size, len(t.waiting))
	r := give(t.waiting[:size])
	t.waiting = t.waiting[size:]
	if len(t.waiting) > 0 {
		r.SW = 0x6100 | uint16(byte(min(len(t.waiting), 256))) //nolint:gosec // 256 is 00
	}
	return r
}
