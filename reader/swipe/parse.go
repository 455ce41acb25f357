package swipe

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"vpos/reader"
)

// MaxKeys bounds a burst: three tracks with their sentinels are 226 characters
// at most (ISO/IEC 7811-2), the rest is room for line ends and input methods.
const MaxKeys = 400

// minLayout is the shortest sentinel-opened burst without an end sentinel that
// is put down to a wrong keyboard layout.
const minLayout = 16

// Parse reads one burst, UTF-8: any of tracks 1, 2 and 3 in this order, each
// between its sentinels, each followed by its check character or not, with
// line ends between and after. Full-width and lower-case characters are folded
// first. Track 3 is passed over; a reader's E for an unreadable track is taken
// for a missing one. Track 2 leads, and a card comes from any one good track.
//
// Errors say which track or which character (counted from 1) and end in
// [reader.FaultSwipeMalformed], [reader.FaultSwipeLRC],
// [reader.FaultSwipeMismatch], [reader.FaultSwipeNoTrack] or
// [reader.FaultSwipeKeyboard]. Parse neither keeps nor wipes its argument.
func Parse(burst []byte) (reader.Card, error) {
	if utf8.RuneCount(burst) > MaxKeys {
		return reader.Card{}, at(MaxKeys+1, "too long", reader.FaultSwipeMalformed)
	}
	keys := make([]rune, 0, MaxKeys)
	for rest := burst; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		keys, rest = append(keys, r), rest[size:]
	}
	defer clear(keys)
	return parseKeys(keys)
}

func parseKeys(keys []rune) (reader.Card, error) {
	f := fold(keys)
	defer clear(f.text)
	p := parser{text: f.text}
	defer func() { p.track1.Wipe() }() // the card is of track 2, or a copy
	card, err := p.card()
	if err != nil {
		p.track2.Wipe()
		if f.foreign || wrongLayout(f.text) {
			return reader.Card{}, fmt.Errorf("%w (%w)", reader.FaultSwipeKeyboard, err)
		}
		return reader.Card{}, err
	}
	return card, nil
}

// wrongLayout recognises a European keyboard layout set for a reader that types
// on the American one: where that has ^ and ?, they have & and _.
func wrongLayout(text []byte) bool {
	return len(text) >= minLayout && isStart(text[0]) &&
		bytes.IndexByte(text, '?') < 0 && bytes.ContainsAny(text, "&_")
}

func at(n int, what string, fault reader.Fault) error {
	return fmt.Errorf("character %d, %s: %w", n, what, fault)
}

// parser walks a folded burst once, from left to right.
type parser struct {
	text           []byte
	pos            int
	track1, track2 reader.Track
	seen1, seen2   bool  // the track has been passed, readable or not
	bad            error // the first unreadable track
}

func (p *parser) card() (reader.Card, error) {
	for {
		p.skipEnters()
		if p.pos == len(p.text) {
			break
		}
		if err := p.track(); err != nil {
			// What follows track 2 can only be track 3, which nobody needs.
			if !p.seen2 || p.text[p.pos] != ';' && p.text[p.pos] != '+' {
				return reader.Card{}, err
			}
			break
		}
	}
	if p.bad != nil && p.track1.Empty() && p.track2.Empty() {
		return reader.Card{}, p.bad
	}
	card, err := reader.CardFromTracks(p.track1, p.track2)
	if err != nil {
		return reader.Card{}, fmt.Errorf("tracks: %w", err)
	}
	if p.track2.Empty() {
		p.track1 = reader.Track{} // the card has taken its bytes over
	}
	return card, nil
}

func (p *parser) skipEnters() {
	for p.pos < len(p.text) && isEnter(rune(p.text[p.pos])) {
		p.pos++
	}
}

// track reads one track. An error means that the burst makes no sense from
// here on, and leaves pos at the track's start; a track that is merely
// unreadable is noted in bad.
func (p *parser) track() error {
	start := p.pos
	number := p.number(p.text[start])
	if number == 0 {
		return at(start+1, "start sentinel", reader.FaultSwipeMalformed)
	}
	length := bytes.IndexByte(p.text[start:], '?')
	if length < 0 {
		return at(len(p.text)+1, "end sentinel", reader.FaultSwipeMalformed)
	}
	end := start + length + 1
	data := p.text[start+1 : end-1]
	after, good, err := p.checkCharacter(number, start, end)
	if err != nil {
		return err
	}
	p.pos = after
	if !good {
		p.note(fmt.Errorf("track %d: %w", number, reader.FaultSwipeLRC))
	}
	p.take(number, data, good)
	return nil
}

// number says which track a start sentinel opens here, 0 for none.
func (p *parser) number(sentinel byte) int {
	switch {
	case sentinel == '%' && !p.seen1 && !p.seen2:
		return 1
	case sentinel == ';' && !p.seen2:
		return 2
	case sentinel == ';', sentinel == '+':
		return 3
	}
	return 0
}

// take reads the data of a track and remembers that the track has been there.
func (p *parser) take(number int, data []byte, good bool) {
	p.seen1 = p.seen1 || number == 1
	p.seen2 = p.seen2 || number == 2
	if !good || number == 3 || len(data) == 0 || string(data) == "E" {
		return
	}
	var err error
	switch {
	case bytes.IndexByte(data, alien) >= 0:
		err = fmt.Errorf("track %d, characters: %w", number, reader.FaultSwipeMalformed)
	case number == 1:
		p.track1, err = reader.ParseTrack1(data)
	default:
		p.track2, err = reader.ParseTrack2(data)
	}
	if err != nil {
		p.note(err)
	}
}

func (p *parser) note(err error) {
	if p.bad == nil {
		p.bad = err
	}
}

// checkCharacter decides whether the character after an end sentinel is the
// track's check character (LRC), and where the next track begins. A check
// character may look like a sentinel, so it is compared with the right one
// first.
func (p *parser) checkCharacter(number, start, end int) (after int, good bool, err error) {
	rest := p.text[end:]
	switch {
	case len(rest) == 0 || isEnter(rune(rest[0])):
		return end, true, nil
	case rest[0] == lrc(p.text[start:end], number) && p.boundary(rest[1:]):
		return end + 1, true, nil
	case isStart(rest[0]) || rest[0] == '+':
		return end, true, nil
	case number == 3 && p.boundary(rest[1:]):
		return end + 1, true, nil // track 3 comes in two codings; not ours to check
	case p.boundary(rest[1:]):
		return end + 1, false, nil
	}
	return 0, false, at(end+1, "after the end sentinel", reader.FaultSwipeMalformed)
}

// boundary reports whether a track can end before rest.
func (p *parser) boundary(rest []byte) bool {
	return len(rest) == 0 || isEnter(rune(rest[0])) || isStart(rest[0]) || rest[0] == '+'
}

// lrc is the check character of a whole track with its sentinels: the columns'
// parity, without the parity bit (ISO/IEC 7811-2, 10.5). Track 1 has six-bit
// characters counted from space, track 2 four-bit ones counted from 0.
func lrc(track []byte, number int) byte {
	first, bits := byte('0'), byte(0x0F)
	if number == 1 {
		first, bits = ' ', 0x3F
	}
	var x byte
	for _, c := range track {
		x ^= (c - first) & bits
	}
	return x + first
}
