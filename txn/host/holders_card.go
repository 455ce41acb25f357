package host

import "vpos/reader"

// The card, and what a person typed beside it.

func putPAN(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Card.PAN.Reveal()...), nil
}

func takePAN(m *content, _ *part, v []byte) error {
	pan, err := reader.RestorePAN(v)
	if err != nil {
		return ErrLength
	}
	m.request.Card.PAN = pan
	return nil
}

func putExpiry(m *content, _ *part, dst []byte) ([]byte, error) {
	e := m.request.Card.Expiry
	if e.IsZero() {
		return dst, nil
	}
	dst = appendDigits(dst, int64(e.Year%100), 2)
	return appendDigits(dst, int64(e.Month), 2), nil
}

func takeExpiry(m *content, _ *part, v []byte) error {
	e, err := reader.ParseYYMM(v)
	if err != nil {
		return ErrDate
	}
	m.request.Card.Expiry = e
	return nil
}

func putTrack2(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.track != nil {
		return append(dst, m.track...), nil
	}
	return append(dst, m.request.Card.Track2.Reveal()...), nil
}

// takeTrack2 reads a track, also from under the track key. One that cannot be
// opened for want of trust in the message is none.
func takeTrack2(m *content, _ *part, v []byte) error {
	if m.sealsTracks() {
		if m.request.BadMAC {
			m.hasPAN()
			return nil
		}
		clearTrack, err := m.keys.OpenTrack(v)
		if err != nil {
			return err
		}
		defer clear(clearTrack)
		v = clearTrack
	}
	t, err := reader.ParseTrack2(v)
	if err != nil {
		return ErrCharacter
	}
	card := &m.request.Card
	card.Track2, card.Service = t.Track2, t.Service
	if card.PAN.Empty() {
		card.PAN = t.PAN
		m.hasPAN()
	} else {
		t.PAN.Wipe() // field 2 has it
	}
	if card.Expiry.IsZero() {
		card.Expiry = t.Expiry
	}
	return nil
}

// hasPAN notes that the track makes up for field 2.
func (m *content) hasPAN() {
	if p := m.codec.held[HoldsPAN]; p != nil {
		m.present.set(p.number)
	}
}

// sealsTracks reports whether tracks go under the track key.
func (m *content) sealsTracks() bool { return m.codec.profile.Keys.Track && m.keys != nil }

// Field 22: how the number was read, and whether a PIN was entered. Codes that
// two modes share are told apart by 60.5.

func putEntryMode(m *content, _ *part, dst []byte) ([]byte, error) {
	row, err := m.entryRow()
	if row == nil {
		return dst, err
	}
	digit := m.codec.profile.PIN.None
	if !m.request.PIN.Empty() {
		digit = m.codec.profile.PIN.Entered
	}
	for _, c := range []byte(row.Code) {
		if c == '?' {
			dst = append(dst, digit...)
			continue
		}
		dst = append(dst, c)
	}
	return dst, nil
}

// entryRow is the row of the card's entry mode, nil for no card.
func (m *content) entryRow() (*EntryRow, error) {
	mode := string(m.request.Card.Entry)
	if mode == "" || m.reply {
		return nil, nil //nolint:nilnil // no card has no row
	}
	for i := range m.codec.profile.Entry {
		if row := &m.codec.profile.Entry[i]; row.Mode == mode {
			return row, nil
		}
	}
	return nil, ErrRange
}

func takeEntryMode(m *content, _ *part, v []byte) error {
	m.entry = v
	for i := range m.codec.profile.Entry {
		if m.codec.profile.Entry[i].reads(v) {
			return nil
		}
	}
	return ErrRange
}

// reads reports whether a field 22 is the row's, whatever its PIN digit.
func (e *EntryRow) reads(v []byte) bool {
	if len(v) != len(e.Code) {
		return false
	}
	for i, c := range v {
		if e.Code[i] != c && e.Code[i] != '?' {
			return false
		}
	}
	return true
}

// enter settles the entry mode: the row whose code and condition fit, or else one
// of the code that stands for nothing out of the ordinary.
func (m *content) enter() {
	plain := -1
	for i := range m.codec.profile.Entry {
		row := &m.codec.profile.Entry[i]
		if len(m.entry) == 0 || !row.reads(m.entry) {
			continue
		}
		if row.Condition == string(m.condition) {
			plain = i
			break
		}
		if plain < 0 || blank([]byte(row.Condition)) {
			plain = i
		}
	}
	if plain >= 0 {
		m.request.Card.Entry = reader.EntryMode(m.codec.profile.Entry[plain].Mode)
	}
}

func putReader(m *content, _ *part, dst []byte) ([]byte, error) {
	row, err := m.entryRow()
	if row == nil {
		return dst, err
	}
	return append(dst, row.Reader...), nil
}

func putFallback(m *content, _ *part, dst []byte) ([]byte, error) {
	row, err := m.entryRow()
	if row == nil {
		return dst, err
	}
	return append(dst, row.Condition...), nil
}

func takeFallback(m *content, _ *part, v []byte) error { m.condition = v; return nil }

// The security code, and whether the card has one.

func putCVVStatus(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.request.Card.CVVStatus == reader.CVVNotAsked {
		return dst, nil
	}
	return append(dst, byte(m.request.Card.CVVStatus)), nil
}

func takeCVVStatus(m *content, _ *part, v []byte) error {
	if len(v) != 1 {
		return ErrLength
	}
	switch s := reader.CVVStatus(v[0]); s {
	case reader.CVVBypassed, reader.CVVEntered, reader.CVVUnreadable, reader.CVVAbsent:
		m.request.Card.CVVStatus = s
	default:
		return ErrRange
	}
	return nil
}

func putCVV(m *content, _ *part, dst []byte) ([]byte, error) {
	card := m.request.Card
	if card.CVVStatus != reader.CVVEntered {
		return dst, nil
	}
	if card.CVV.Empty() {
		return nil, ErrMissing // wiped too early
	}
	return append(dst, card.CVV.Reveal()...), nil
}

func takeCVV(m *content, _ *part, v []byte) error {
	code, err := reader.ParseCVV(v, m.request.Card.PAN.Brand())
	if err != nil {
		return ErrLength
	}
	m.request.Card.CVV = code
	return nil
}

func putOTP(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.OTP.Reveal()...), nil
}

func takeOTP(m *content, _ *part, v []byte) error { m.request.OTP = reader.NewSecret(v); return nil }

// putBrand is the card organisation of a request, by the card's brand.
func putBrand(m *content, _ *part, dst []byte) ([]byte, error) {
	brand := string(m.request.Card.PAN.Brand())
	for _, p := range m.codec.profile.Brands {
		if p.Here == brand {
			return append(dst, p.Wire...), nil
		}
	}
	return dst, nil
}

// The card sequence number, EMV tag 5F34: it tells cards with one number apart.

func putSequence(m *content, _ *part, dst []byte) ([]byte, error) {
	chip := m.request.Card.Chip
	switch {
	case chip == nil || chip.Sequence < 0:
		return dst, nil
	case chip.Sequence > 999:
		return nil, ErrRange
	}
	return appendDigits(dst, int64(chip.Sequence), 3), nil
}

func takeSequence(m *content, _ *part, v []byte) error {
	m.request.Card.Chip = &reader.ChipData{Sequence: digitsInt(v)}
	return nil
}
