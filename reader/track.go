package reader

import (
	"bytes"
	"fmt"
	"log/slog"
)

// The most characters ISO/IEC 7811-2 leaves for data on a track, without the
// sentinels and the check character.
const (
	maxTrack1 = 76
	maxTrack2 = 37
)

// Track2 is the data of track 2 without its sentinels and check character, as
// ISO 8583 field 35 wants it: PAN, '=', YYMM, service code, discretionary data.
// It may never be stored after authorisation (PCI DSS 3.3.1.1). It prints as
// its masked PAN and a star.
type Track2 struct{ secret }

// Track is what one track says. Of track 1 the cardholder's name is read over
// and not kept.
type Track struct {
	PAN     PAN
	Expiry  Expiry      // zero when the track leaves it out or fills it with zeros
	Service ServiceCode // empty when the track leaves it out
	Track2  Track2      // empty for track 1
}

// Empty reports whether there was no such track.
func (t Track) Empty() bool { return t.PAN.Empty() }

// Wipe overwrites every secret of the track.
func (t Track) Wipe() {
	t.PAN.Wipe()
	t.Track2.Wipe()
}

// ParseTrack1 reads the data of track 1, format B, without sentinels and check
// character: B, PAN, ^, name, ^, YYMM or ^, service code or ^, the rest
// (ISO/IEC 7813, 6). Errors name the part and end in [FaultSwipeMalformed].
func ParseTrack1(clear []byte) (Track, error) {
	if len(clear) > maxTrack1 {
		return Track{}, trackFault(1, "length")
	}
	if len(clear) == 0 || clear[0] != 'B' {
		return Track{}, trackFault(1, "format code")
	}
	pan, rest, ok := bytes.Cut(clear[1:], []byte{'^'})
	if !ok {
		return Track{}, trackFault(1, "first separator")
	}
	_, rest, ok = bytes.Cut(rest, []byte{'^'})
	if !ok {
		return Track{}, trackFault(1, "second separator")
	}
	digits := withoutSpaces(pan)
	defer wipe(digits)
	return parseTrack(1, digits, rest, '^')
}

// ParseTrack2 reads the data of track 2 without sentinels and check character:
// PAN, =, YYMM or =, service code or =, the rest (ISO/IEC 7813, 7). The D that
// chips and some readers write for = is taken too. Errors name the part and end
// in [FaultSwipeMalformed].
func ParseTrack2(clear []byte) (Track, error) {
	if len(clear) > maxTrack2 {
		return Track{}, trackFault(2, "length")
	}
	data := bytes.ReplaceAll(clear, []byte{'D'}, []byte{'='})
	for _, c := range data {
		if !isDigit(c) && c != '=' {
			wipe(data)
			return Track{}, trackFault(2, "characters")
		}
	}
	pan, rest, ok := bytes.Cut(data, []byte{'='})
	if !ok {
		wipe(data)
		return Track{}, trackFault(2, "separator")
	}
	t, err := parseTrack(2, pan, rest, '=')
	if err != nil {
		wipe(data)
		return Track{}, err
	}
	t.Track2 = Track2{own(data)}
	return t, nil
}

// parseTrack reads what both tracks have in common. A missing expiry or service
// code is one separator in its place; a track may also end early, as cards made
// for one chain's own tills do.
func parseTrack(n int, pan, rest []byte, separator byte) (Track, error) {
	number, err := stripePAN(pan)
	if err != nil {
		return Track{}, trackFault(n, "number")
	}
	t := Track{PAN: number}
	date, rest, err := field(rest, 4, separator)
	if err == nil && len(date) > 0 && !bytes.Equal(date, []byte("0000")) {
		t.Expiry, err = ParseYYMM(date)
	}
	if err != nil {
		t.Wipe()
		return Track{}, trackFault(n, "expiry")
	}
	code, _, err := field(rest, 3, separator)
	if err == nil {
		t.Service, err = ParseServiceCode(code)
	}
	if err != nil {
		t.Wipe()
		return Track{}, trackFault(n, "service code")
	}
	return t, nil
}

// field cuts a fixed number of digits, one separator standing for none, or
// nothing where the track has ended.
func field(data []byte, size int, separator byte) (value, rest []byte, err error) {
	switch {
	case len(data) == 0:
		return nil, nil, nil
	case data[0] == separator:
		return nil, data[1:], nil
	case len(data) < size || !allDigits(data[:size]):
		return nil, nil, FaultSwipeMalformed
	}
	return data[:size], data[size:], nil
}

// stripePAN takes the number of a stripe. Nobody typed it, so a range or length
// our table does not know is left to the host, and so is the check digit where
// genuine cards fail it; any other failing check is a bad read.
func stripePAN(digits []byte) (PAN, error) {
	if !luhn(digits) && !BrandOf(digits).SoftCheck() {
		return PAN{}, FaultPANCheckDigit
	}
	return RestorePAN(digits)
}

// withoutSpaces is a copy without the spaces some issuers group the number of track 1 with.
func withoutSpaces(b []byte) []byte {
	return bytes.ReplaceAll(b, []byte{' '}, nil)
}

func trackFault(n int, part string) error {
	return fmt.Errorf("track %d, %s: %w", n, part, FaultSwipeMalformed)
}

// CardFromTracks makes the card of a swipe. Either track may be empty; track 2
// leads where both are there. The card shares its bytes with the tracks. A card
// of track 1 alone has no Track2.
//
// Faults: [FaultSwipeNoTrack] when both are empty, [FaultSwipeMismatch] when
// they name different numbers or dates. Whether a chip must be tried first is
// for the entry decision: see [ServiceCode.RequiresChip].
func CardFromTracks(track1, track2 Track) (Card, error) {
	lead, other := track2, track1
	if lead.Empty() {
		lead, other = track1, Track{}
	}
	switch {
	case lead.Empty():
		return Card{}, FaultSwipeNoTrack
	case !other.Empty() && !lead.agrees(other):
		return Card{}, FaultSwipeMismatch
	}
	card := Card{
		Entry: Swipe, PAN: lead.PAN, Expiry: lead.Expiry, Track2: lead.Track2, Service: lead.Service,
	}
	if card.Expiry.IsZero() {
		card.Expiry = other.Expiry
	}
	if card.Service == "" {
		card.Service = other.Service
	}
	return card, nil
}

// agrees reports whether two tracks can be of one card.
func (t Track) agrees(o Track) bool {
	sameDate := t.Expiry == o.Expiry || t.Expiry.IsZero() || o.Expiry.IsZero()
	return t.PAN.Equal(o.PAN) && sameDate
}

// String is the masked form, ************1111=*.
func (t Track2) String() string {
	if t.Empty() {
		return ""
	}
	pan, _, _ := bytes.Cut(t.Reveal(), []byte{'='})
	return Mask(pan) + "=*"
}

// Format prints the masked form under every verb.
func (t Track2) Format(f fmt.State, _ rune) { writeMask(f, t.String()) }

// GoString is the masked form.
func (t Track2) GoString() string { return t.String() }

// LogValue is the masked form.
func (t Track2) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText is the masked form.
func (t Track2) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// MarshalJSON is the masked form.
func (t Track2) MarshalJSON() ([]byte, error) { return marshalMask(t.String()) }
