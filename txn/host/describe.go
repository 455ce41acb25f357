package host

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Piece is one piece of a message as [Codec.Describe] found it.
type Piece struct {
	Offset int    // bytes from the start of the message
	Length int    // bytes of it, its own length in front included; of a part inside a packed field, of the whole field
	Path   string // header, 0, 1, 4, 60.3, 48.92, 55.9F26
	Name   string // from the profile or the dictionary; may be empty
	Holds  Holder // empty where the profile makes nothing of it
	Value  string // fit to be shown: masked, text in UTF-8, bytes in hexadecimal
	Op     string // of the MTI: the operation the message is, or whose reply; empty where it is none
}

// Describe takes a message apart for a person, without framing and keys: what
// stands where, secrets masked. Of a broken message it gives the pieces before
// the place, and a [*FieldError] that names it. Requests and replies are told
// apart by their message type.
func (c *Codec) Describe(raw []byte) ([]Piece, error) {
	d := &describer{codec: c, raw: raw}
	err := d.message()
	return d.pieces, err
}

type describer struct {
	codec  *Codec
	raw    []byte
	at     int
	pieces []Piece
	m      content
}

func (d *describer) message() error {
	c := d.codec
	if size := c.profile.Header.size(); size > 0 {
		if _, err := c.profile.Header.read(d.raw); err != nil {
			return c.fault("header", err)
		}
		d.header()
		d.at = size
	}
	digits, size, _, err := c.cutType(d.raw[d.at:], nil)
	if err != nil {
		return err
	}
	d.add(Piece{Length: size, Path: "0", Name: "MTI", Value: string(digits)})
	set, size, err := c.cutBitmap(d.raw[d.at:])
	if size > 0 {
		d.bitmap(set, size)
	}
	if err != nil {
		return err
	}
	return d.fields(string(digits), set)
}

// header splits the six bytes.
func (d *describer) header() {
	text := string(unpackDigits(nil, d.raw[:headerSize], 2*headerSize, AlignLeft))
	for _, p := range []struct {
		name     string
		from, to int
	}{
		{"application class", 0, 2}, {"software major version", 2, 4}, {"terminal state", 4, 5},
		{"processing request", 5, 6}, {"software minor version", 6, 12},
	} {
		d.pieces = append(d.pieces, Piece{
			Offset: p.from / 2, Length: (p.to+1)/2 - p.from/2, Path: "header", Name: p.name, Value: text[p.from:p.to],
		})
	}
}

// add appends a piece at the current place and steps over it.
func (d *describer) add(p Piece) {
	p.Offset = d.at
	d.pieces = append(d.pieces, p)
	d.at += p.Length
}

// bitmap lists the fields there are.
func (d *describer) bitmap(set numbers, size int) {
	var words []byte
	for n := range set.all {
		words = append(strconv.AppendInt(words, int64(n), 10), ' ')
	}
	d.add(Piece{Length: size, Path: "1", Name: "bitmap", Value: strings.TrimSuffix(string(words), " ")})
}

// fields cuts every field first: what some hold depends on what others say.
func (d *describer) fields(mti string, set numbers) error {
	d.m = content{codec: d.codec}
	list, broken := d.codec.cutFields(d.raw, d.at, set, nil)
	d.name(mti, list)
	for _, f := range list {
		d.at = f.from
		if err := d.field(f); err != nil && broken == nil {
			broken = err
		}
	}
	return broken
}

// name finds the operation.
func (d *describer) name(mti string, list []taken) {
	for _, f := range list {
		if f.slot.codes {
			_ = f.slot.whole.take(&d.m, f.value) // what is wrong with it is said at the field
		}
	}
	for _, d.m.reply = range []bool{false, true} {
		if d.m.row = d.codec.find(mti, &d.m); d.m.row != nil {
			break
		}
	}
	if d.m.row == nil {
		return
	}
	for i := range d.pieces {
		if d.pieces[i].Path == "0" {
			d.pieces[i].Op = string(d.m.row.spec.Op)
		}
	}
}

// field describes one field and its parts.
func (d *describer) field(f taken) error {
	l := d.m.layoutOf(f.slot)
	whole := Piece{Length: f.size, Path: f.slot.at.Path, Name: f.slot.spec.Name}
	if l == nil {
		whole.Value = hidden(f.value)
		d.add(whole)
		return nil
	}
	if p := l.parts[0]; p.whole {
		whole.Holds = p.spec.Holds
		whole.Value = p.shown(f.value)
		d.add(whole)
		if p.holder.mask == maskTLV {
			return d.tags(f)
		}
		return d.judge(l, f.value)
	}
	d.add(whole)
	return errors.Join(d.parts(l, f, f.value), d.judge(l, f.value))
}

// judge lets the field's own rules have their say, on a copy of nothing that
// matters.
func (d *describer) judge(l *layout, value []byte) error {
	m := content{codec: d.codec, row: d.m.row, reply: d.m.reply}
	err := l.take(&m, value)
	m.request.Card.Wipe()
	for _, detail := range m.request.Details {
		detail.PAN.Wipe()
	}
	if err != nil {
		return l.slot.fault(err)
	}
	if m.moment[0] != 0 || m.date[0] != 0 {
		if err := d.codec.moments(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), &m); err != nil {
			return err
		}
	}
	return nil
}

// parts describes the parts of a field, as far as they can be cut.
func (d *describer) parts(l *layout, f taken, v []byte) error {
	if l.tagged {
		return d.tagged(l, f, v)
	}
	for _, p := range l.parts {
		if len(v) == 0 {
			return nil
		}
		if p.group != nil {
			for len(v) > 0 {
				before := len(v)
				for _, q := range p.group.parts {
					value, rest, err := q.cut(v)
					if err != nil {
						return q.fault(err)
					}
					d.part(q, f, len(f.value)-len(v), value)
					v = rest
				}
				if len(v) == before {
					return nil
				}
			}
			return nil
		}
		value, rest, err := p.cut(v)
		if err != nil {
			return p.fault(err)
		}
		d.part(p, f, len(f.value)-len(v), value)
		v = rest
	}
	return nil
}

// part adds a part that begins so many characters into its field.
func (d *describer) part(p *part, f taken, from int, value []byte) {
	s := f.slot
	first := s.bytes(from)
	if s.spec.Encoding == BCD {
		first = from / 2
	}
	d.pieces = append(d.pieces, Piece{
		Offset: f.from + s.room + first, Length: s.bytes(from+len(value)) - first,
		Path: p.at.Path, Name: p.spec.Name, Holds: p.spec.Holds, Value: p.shown(value),
	})
}

func (d *describer) tagged(l *layout, f taken, v []byte) error {
	for len(v) > 0 {
		tag, value, rest, err := l.cutTag(v)
		if err != nil {
			return err
		}
		p := l.tag(tag)
		if p == nil {
			p = &part{spec: Part{Kind: Text}, at: l.slot.at, holder: holder{mask: maskAll}}
			p.at.Path += "." + tag
		}
		d.part(p, f, len(f.value)-len(v)+4, value)
		v = rest
	}
	return nil
}
