package host

import (
	"fmt"

	"vpos/reader"
	"vpos/txn"
)

// holder moves one kind of value between a message and its content.
type holder struct {
	// put appends the value going out, nothing where there is none.
	put func(m *content, spec *FieldSpec, dst []byte) ([]byte, error)
	// take reads the value coming in; its characters and length are checked.
	// It copies what it keeps.
	take func(m *content, value []byte) error
}

// tagError is a fault at a tag inside a field.
type tagError struct {
	tag string
	err error
}

func (e *tagError) Error() string { return fmt.Sprintf("tag %s: %v", e.tag, e.err) }
func (e *tagError) Unwrap() error { return e.err }

// holders is every holder a profile may name.
var holders = map[Holder]holder{
	"":              {put: putNothing, take: takeNothing},
	HoldsPAN:        {put: putPAN, take: takePAN},
	HoldsProcessing: {put: putProcessing, take: takeProcessing},
	HoldsAmount:     {put: putAmount, take: takeAmount},
	HoldsSentUTC:    {put: putSentUTC, take: takeSentUTC},
	HoldsSTAN:       {put: putSTAN, take: takeSTAN},
	HoldsTime:       {put: putTime, take: takeTime},
	HoldsDate:       {put: putDate, take: takeDate},
	HoldsExpiry:     {put: putExpiry, take: takeExpiry},
	HoldsEntryMode:  {put: putEntryMode, take: takeEntryMode},
	HoldsSequence:   {put: putSequence, take: takeSequence},
	HoldsNII:        {put: putNII, take: takeNothing},
	HoldsCondition:  {put: putCondition, take: takeCondition},
	HoldsTrack2:     {put: putTrack2, take: takeTrack2},
	HoldsRRN:        {put: putRRN, take: takeRRN},
	HoldsAuthCode:   {put: putAuthCode, take: takeAuthCode},
	HoldsResponse:   {put: putResponse, take: takeResponse},
	HoldsTerminal:   {put: putTerminal, take: takeTerminal},
	HoldsMerchant:   {put: putMerchant, take: takeMerchant},
	HoldsSecurity:   {put: putSecurity, take: takeSecurity},
	HoldsCurrency:   {put: putCurrency, take: takeCurrency},
	HoldsChip:       {put: putChip, take: takeChip},
	HoldsBatch:      {put: putBatch, take: takeBatch},
	HoldsInvoice:    {put: putInvoice, take: takeNothing},
	HoldsNetwork:    {put: putNetwork, take: takeNetwork},
	HoldsOriginal:   {put: putOriginal, take: takeOriginal},
}

func putNothing(_ *content, _ *FieldSpec, dst []byte) ([]byte, error) { return dst, nil }
func takeNothing(*content, []byte) error                              { return nil }

// The codes of the operation's row.

func putProcessing(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.codes.Processing...), nil
}

func takeProcessing(m *content, v []byte) error { m.processing = v; return nil }

func putCondition(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.codes.Condition...), nil
}

func takeCondition(m *content, v []byte) error { m.condition = v; return nil }

func putNetwork(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.op.Network...), nil
}

func takeNetwork(m *content, v []byte) error { m.network = v; return nil }

func putNII(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.codec.profile.NII...), nil
}

// Money. Minor units go as they are: the exponent belongs to the currency and
// is never on the wire.

func putAmount(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	a := m.request.Amount
	if a.Minor < 0 || a.Minor > txn.MaxMinor {
		return nil, ErrRange
	}
	if a == (txn.Money{}) {
		return dst, nil
	}
	return appendDigits(dst, a.Minor, 12), nil
}

func takeAmount(m *content, v []byte) error {
	for _, c := range v {
		m.request.Amount.Minor = m.request.Amount.Minor*10 + int64(c-'0')
	}
	return nil
}

func putCurrency(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.request.Amount.Currency.Number...), nil
}

func takeCurrency(m *content, v []byte) error {
	currency, known := m.codec.money[string(v)]
	if !known {
		currency = txn.Currency{Number: string(v)}
	}
	m.request.Amount.Currency = currency
	return nil
}

// Times.

func putSentUTC(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	if m.request.At.IsZero() {
		return dst, nil
	}
	return appendMoment(dst, m.request.At.UTC()), nil
}

func takeSentUTC(m *content, v []byte) error { copy(m.moment[:], v); return nil }

func putTime(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	if t := m.local(); !t.IsZero() {
		return appendClock(dst, t), nil
	}
	return dst, nil
}

func takeTime(m *content, v []byte) error { copy(m.clock[:], v); return nil }

func putDate(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	if t := m.local(); !t.IsZero() {
		return appendDate(dst, t), nil
	}
	return dst, nil
}

func takeDate(m *content, v []byte) error { copy(m.date[:], v); return nil }

// The card.

func putPAN(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.request.Card.PAN.Reveal()...), nil
}

func takePAN(m *content, v []byte) error {
	pan, err := reader.RestorePAN(v)
	if err != nil {
		return ErrLength
	}
	m.request.Card.PAN = pan
	return nil
}

func putExpiry(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	e := m.request.Card.Expiry
	if e.IsZero() {
		return dst, nil
	}
	dst = appendDigits(dst, int64(e.Year%100), 2)
	return appendDigits(dst, int64(e.Month), 2), nil
}

func takeExpiry(m *content, v []byte) error {
	e, err := reader.ParseYYMM(v)
	if err != nil {
		return ErrDate
	}
	m.request.Card.Expiry = e
	return nil
}

func putTrack2(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.request.Card.Track2.Reveal()...), nil
}

func takeTrack2(m *content, v []byte) error {
	t, err := reader.ParseTrack2(v)
	if err != nil {
		return ErrCharacter
	}
	card := &m.request.Card
	card.Track2, card.Service = t.Track2, t.Service
	if card.PAN.Empty() {
		card.PAN = t.PAN
		m.present.set(m.codec.held[HoldsPAN])
	}
	if card.Expiry.IsZero() {
		card.Expiry = t.Expiry
	}
	return nil
}

func putEntryMode(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	mode := string(m.request.Card.Entry)
	if mode == "" {
		return dst, nil
	}
	for _, row := range m.codec.profile.Entry {
		if row.Mode == mode {
			return append(dst, row.Code...), nil
		}
	}
	return nil, ErrRange
}

func takeEntryMode(m *content, v []byte) error {
	for _, row := range m.codec.profile.Entry {
		if row.Code == string(v) {
			m.request.Card.Entry = reader.EntryMode(row.Mode)
			return nil
		}
	}
	return ErrRange
}
