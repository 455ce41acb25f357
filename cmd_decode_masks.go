package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"vpos/reader"
	"vpos/txn/host"
)

// What of a message is not shown: fields that are secret by their number, and in a
// message that breaks, whatever may be part of a card number.

// withheld reports whether a value is only its length, in the parentheses the
// codec puts it in, and gives that.
func withheld(value string) (n string, yes bool) {
	n, end, found := strings.Cut(strings.TrimPrefix(value, "("), ")")
	_, err := strconv.Atoi(n)
	return n, strings.HasPrefix(value, "(") && found && end == "" && err == nil
}

// secretFields are never shown, also where a profile makes nothing of them: the
// number, the expiry, tracks, the PIN block (ISO 8583).
var secretFields = map[string]bool{"2": true, "14": true, "34": true, "35": true, "36": true, "45": true, "52": true}

// suspects reports whether part of a card number may be in a piece that does not
// hold one.
func (l *listing) suspects(p host.Piece) bool {
	if p.Holds == host.HoldsPAN || p.Holds == host.HoldsTrack2 || p.Holds == host.HoldsDetailPAN {
		return false // masked as it is
	}
	for i := p.Offset; i < p.Offset+p.Length && i < len(l.suspect); i++ {
		if l.suspect[i] {
			return true
		}
	}
	return false
}

// open is how many bytes of what remains may be shown: of a field that holds a
// secret its length alone, of another its beginning, of what nobody knows hardly
// anything.
func (l *listing) open(field string) int {
	const most = 4
	n, err := strconv.Atoi(field)
	if err != nil || n < 2 {
		return 2
	}
	for _, f := range l.codec.Profile().Fields {
		if f.Number != n {
			continue
		}
		size := f.Prefix
		if f.LengthIn == host.BCD {
			size = (size + 1) / 2
		}
		if harmless[f.Holds] && len(f.Parts)+len(f.Layouts) == 0 && !secretFields[field] {
			size = most
		}
		return size
	}
	return 0
}

// harmless is what no secret is in.
var harmless = map[host.Holder]bool{
	host.HoldsProcessing: true, host.HoldsAmount: true, host.HoldsSentUTC: true, host.HoldsSTAN: true, host.HoldsTime: true,
	host.HoldsMoment: true, host.HoldsDate: true, host.HoldsEntryMode: true, host.HoldsSequence: true, host.HoldsNII: true,
	host.HoldsFunction: true, host.HoldsCondition: true, host.HoldsReason: true, host.HoldsRRN: true, host.HoldsAuthCode: true,
	host.HoldsResponse: true, host.HoldsTerminal: true, host.HoldsMerchant: true, host.HoldsCurrency: true, host.HoldsNetwork: true,
}

// remains is bytes in hexadecimal digits, masked after the first few.
func remains(b []byte, open int) string {
	const most = 32
	words := make([]string, 0, most+1)
	for i, c := range b[:min(len(b), most)] {
		if i < open {
			words = append(words, fmt.Sprintf("%02X", c))
		} else {
			words = append(words, "**")
		}
	}
	if len(b) > most {
		words = append(words, "…")
	}
	return strings.Join(words, " ")
}

// tracks finds the end of a number, its separator, an expiry and a service code
// (ISO/IEC 7813, 7), as text and as packed digits.
var tracks = regexp.MustCompile(`[0-9]{2,}[=d][0-9]{7,}`)

// numbers marks the bytes that may be part of a card number, as text or as packed
// digits. In a message that is read wrongly one can stand anywhere. Text is digits
// twice over, so packed ones are not looked for in it.
func numbers(message []byte) []bool {
	const run = 6 // digits in a row are text
	marked := make([]bool, len(message))
	text := bytes.Repeat([]byte("."), len(message))
	packed := []byte(hex.EncodeToString(message))
	digits := 0
	for i, c := range message {
		if digits++; c < '0' || c > '9' {
			digits = 0
		}
		if c >= ' ' && c <= '~' {
			text[i] = c
		}
		if digits >= run {
			copy(packed[2*(i-digits+1):], bytes.Repeat([]byte("."), 2*digits))
		}
	}
	mark := func(text string, perByte int) {
		masked := []byte(reader.MaskText(text))
		for _, track := range tracks.FindAllStringIndex(text, -1) {
			clear(masked[track[0]:track[1]])
		}
		for i, c := range masked {
			if c != text[i] {
				marked[i/perByte] = true
			}
		}
	}
	mark(string(text), 1)
	mark(string(packed), 2)
	return marked
}
