package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"vpos/reader/explain"
	"vpos/reader/tlv"
	"vpos/tui/words"
	"vpos/txn/host"
)

// listing prints a message piece by piece.
type listing struct {
	raw     []byte
	shape   host.Shape
	codec   *host.Codec
	heading string
	lang    words.Lang
	out     io.Writer

	meaning meaning
	suspect []bool // bytes of a broken message that may be part of a card number
	chip    string // the path of the chip data
}

func (l *listing) print() error {
	message := l.raw[l.shape.From:l.shape.To]
	pieces, err := l.codec.Describe(message)
	l.meaning = meaningOf(l.codec.Profile(), pieces, l.lang)
	if err != nil {
		l.suspect = numbers(message)
	}
	fmt.Fprintln(l.out, l.heading)
	fmt.Fprintln(l.out, words.ISOColumns.In(l.lang))
	l.frame()
	for _, p := range pieces {
		l.piece(p)
	}
	l.around()
	if err != nil {
		return l.broken(pieces, err)
	}
	return nil
}

// frame prints what is around the message.
func (l *listing) frame() {
	at := l.shape.From
	tpdu, length := 0, 0
	if l.shape.TPDU {
		tpdu = host.TPDUSize
	}
	switch l.shape.Length {
	case host.LengthASCII4:
		length = 4
	case host.LengthBE2, host.LengthBCD2:
		length = 2
	}
	start := at - tpdu - length
	if start > 0 {
		l.line(0, start, "", words.FieldName("packet").In(l.lang), "")
	}
	if length > 0 {
		l.line(start, length, "", words.FieldName("length").In(l.lang), lengthText(l.shape, l.lang))
	}
	if tpdu > 0 {
		l.line(start+length, tpdu, "", words.FieldName("TPDU").In(l.lang), fmt.Sprintf("% X", l.shape.Transport[:]))
	}
}

// around says what the frame has too little or too much of.
func (l *listing) around() {
	if l.shape.Missing > 0 {
		fmt.Fprintln(l.out, words.ISOMissing.Fill(l.lang, l.shape.Missing))
	}
	if l.shape.Rest > 0 {
		fmt.Fprintln(l.out, words.ISOFollows.Fill(l.lang, l.shape.Rest))
	}
}

// line is one piece: where, how long, which, its name and value.
func (l *listing) line(at, size int, path, name, value string) {
	depth := strings.Count(path, ".")
	fmt.Fprintln(l.out, strings.TrimRight(fmt.Sprintf("%4d  %4d  %s%s  %s  %s",
		at, size, strings.Repeat("  ", depth), pad(path, max(8-2*depth, 2)), name, value), " "))
}

// note is what the piece above it means.
func (l *listing) note(path, text string) {
	if text != "" {
		fmt.Fprintln(l.out, strings.Repeat(" ", 22+2*strings.Count(path, "."))+"→ "+text)
	}
}

func (l *listing) piece(p host.Piece) {
	if p.Holds == host.HoldsChip {
		l.chip = p.Path + "."
	}
	name, value := words.FieldName(p.Name).In(l.lang), l.value(p)
	at := l.shape.From + p.Offset
	if l.chip != "" && strings.HasPrefix(p.Path, l.chip) {
		l.object(p, at)
		return
	}
	path := p.Path
	if path == "header" {
		path = ""
	}
	l.line(at, p.Length, path, name, value)
	if value == p.Value {
		l.note(p.Path, l.meaning.of(p))
	}
}

// value is a piece's value as it may be shown: not what is secret, and of a broken
// message not what may be.
func (l *listing) value(p host.Piece) string {
	n, hidden := withheld(p.Value)
	field, _, _ := strings.Cut(p.Path, ".")
	switch {
	case p.Holds == host.HoldsChip:
		return "" // its objects follow
	case hidden:
		return words.ISONotShown.Fill(l.lang, n)
	case secretFields[field] && p.Holds == "":
		return words.ISONotShown.Fill(l.lang, strconv.Itoa(len(p.Value)))
	case p.Path != "1" && l.suspects(p):
		return words.ISOSuspect.In(l.lang)
	}
	return p.Value
}

// object prints an object of the chip data and what its bits say.
func (l *listing) object(p host.Piece, at int) {
	word := p.Path[strings.LastIndexByte(p.Path, '.')+1:]
	number, _ := strconv.ParseUint(word, 16, 32)
	info, _ := tlv.LookupIn(tlv.Tag(number), tlv.PBOC)
	name := info.EN
	if l.lang == words.ZH {
		name = info.ZH
	}
	value, err := hex.DecodeString(p.Value)
	if err != nil || len(value) == 0 || l.suspects(p) {
		l.line(at, p.Length, p.Path, name, l.value(p))
		return
	}
	item, _ := explain.Value(info.Tag, value) // as far as it can be explained
	l.line(at, p.Length, p.Path, name, item.Value)
	l.note(p.Path, inLang(item.Text, l.lang))
	l.bits(p.Path, item.Children)
}

func (l *listing) bits(path string, items []explain.Item) {
	for _, item := range items {
		text := item.Code + " " + inLang(item.Title, l.lang)
		if says := inLang(item.Text, l.lang); says != "" {
			text += ": " + says
		}
		l.note(path, strings.TrimSpace(text+" "+item.Value))
		l.bits(path+".", item.Children)
	}
}

// broken says where the message breaks and what is left of it.
func (l *listing) broken(pieces []host.Piece, err error) error {
	var fault *host.FieldError
	if !errors.As(err, &fault) {
		return advise(words.DecodeBroken, l.lang, err)
	}
	field, _, _ := strings.Cut(fault.Path, ".")
	at := 0
	for _, p := range pieces {
		if p.Path == field && field != "0" {
			at = p.Offset
			break
		}
		at = max(at, p.Offset+p.Length)
	}
	rest := l.raw[l.shape.From+at : l.shape.To]
	said := words.ISOBreaks.Fill(l.lang, l.shape.From+at, faultPlace(fault, l.lang), faultText(err).In(l.lang))
	if len(rest) > 0 {
		fmt.Fprintln(l.out, words.ISORemains.Fill(l.lang, len(rest), remains(rest, l.open(field))))
	}
	return advise(words.DecodeBroken, l.lang, errors.New(said))
}
