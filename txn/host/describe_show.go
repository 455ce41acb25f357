package host

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"vpos/reader"
	"vpos/reader/tlv"
)

// mask is how a value is shown.
type mask int

const (
	maskNothing mask = iota // a code by nature: amounts, dates, traces, references
	maskNumber              // the last four of a card number
	maskTrack               // the last four of the number on it
	maskAll                 // nothing but its length
	maskTLV                 // chip data: each tag as the dictionary has it
	maskText                // whatever looks like a card number in what anybody may have chosen
)

// tags describes chip data.
func (d *describer) tags(f taken) error {
	nodes, err := tlv.Parse(f.value)
	d.nodes(f, nodes, f.slot.at.Path)
	if err != nil {
		return f.slot.fault(errors.Join(ErrTLV, err))
	}
	return nil
}

func (d *describer) nodes(f taken, nodes []tlv.Node, path string) {
	for _, n := range nodes {
		info, _ := tlv.LookupIn(n.Tag, tlv.PBOC)
		p := Piece{
			Offset: f.from + f.slot.room + n.Offset, Length: n.End() - n.Offset,
			Path: path + "." + n.Tag.String(), Name: info.EN,
		}
		switch {
		case len(n.Children) > 0:
		case info.Secrecy == tlv.Open:
			p.Value = upperHex(n.Value)
		default:
			p.Value = hidden(n.Value)
		}
		d.pieces = append(d.pieces, p)
		d.nodes(f, n.Children, p.Path)
	}
}

// shown is a value fit to be seen.
func (p *part) shown(v []byte) string {
	switch p.holder.mask {
	case maskNumber:
		return reader.Mask(bytes.TrimLeft(v, "0"))
	case maskTrack:
		number, _, _ := bytes.Cut(bytes.ReplaceAll(v, []byte("D"), []byte("=")), []byte("="))
		if len(number) > 19 {
			return hidden(v) // no separator where a number ends
		}
		return reader.Mask(number) + "*"
	case maskAll, maskTLV:
		return hidden(v)
	case maskNothing, maskText:
	}
	if p.spec.Kind == Chinese {
		if text, err := p.read(v); err == nil {
			return reader.MaskText(text)
		}
	}
	if !Text.allows(v) || p.spec.Hex {
		return upperHex(v)
	}
	text := strings.TrimRight(string(v), " ")
	if p.spec.Holds != "" && p.holder.mask == maskNothing || strings.Trim(text, "0") == "" {
		return text
	}
	return reader.MaskText(text) // nobody knows what is in it
}

func hidden(v []byte) string { return "(" + strconv.Itoa(len(v)) + ")" }

func upperHex(v []byte) string { return strings.ToUpper(hex.EncodeToString(v)) }
