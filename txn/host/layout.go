package host

import "vpos/txn"

// put appends what the layout says of a message, nothing where it says nothing.
func (l *layout) put(m *content, dst []byte) ([]byte, error) {
	if l.tagged {
		return l.putTags(m, dst)
	}
	start, end, said := len(dst), len(dst), !l.held
	for _, p := range l.parts {
		from := len(dst)
		var err error
		if dst, err = p.put(m, dst); err != nil {
			return nil, p.fault(err)
		}
		speaks := len(dst) > from
		said = said || speaks
		if !speaks {
			dst = append(dst, p.spec.Value...)
		}
		speaks = len(dst) > from
		if dst, err = p.fill(dst, from); err != nil {
			return nil, p.fault(err)
		}
		if speaks {
			end = len(dst)
		}
	}
	switch {
	case !said:
		return dst[:start], nil
	case l.slot.spec.Prefix > 0:
		return dst[:end], nil // the parts at the end that say nothing are left out
	}
	return dst, nil
}

// put appends what one part says.
func (p *part) put(m *content, dst []byte) ([]byte, error) {
	switch {
	case p.group != nil:
		return p.putGroup(m, dst)
	case !p.spec.Hex:
		return p.holder.put(m, p, dst)
	}
	clear, err := p.holder.put(m, p, nil)
	if err != nil {
		return nil, err
	}
	return appendHex(dst, clear), nil
}

// putGroup appends the group once a detail.
func (p *part) putGroup(m *content, dst []byte) ([]byte, error) {
	if len(m.request.Details) > p.spec.Repeat {
		return nil, ErrLength
	}
	for i := range m.request.Details {
		m.detail = &m.request.Details[i]
		for _, q := range p.group.parts {
			from := len(dst)
			var err error
			if dst, err = q.put(m, dst); err != nil {
				return nil, q.fault(err)
			}
			if len(dst) == from {
				dst = append(dst, q.spec.Value...)
			}
			if dst, err = q.fill(dst, from); err != nil {
				return nil, q.fault(err)
			}
		}
	}
	return dst, nil
}

// fill brings a part that began at from to its length: numbers must have it,
// text is filled with spaces; a part that says nothing is zeros or spaces. It
// checks the characters.
func (p *part) fill(dst []byte, from int) ([]byte, error) {
	if p.whole || p.group != nil {
		return dst, nil // the field itself does it
	}
	n := len(dst) - from
	if p.spec.Length > 0 && n > p.spec.Length {
		return nil, ErrLength
	}
	if !p.spec.Kind.allows(dst[from:]) {
		return nil, ErrCharacter
	}
	if p.spec.Prefix > 0 {
		dst = append(dst, "00"...)
		copy(dst[from+2:], dst[from:from+n])
		appendDigits(dst[:from], int64(n), 2)
		return dst, nil
	}
	if p.spec.Open || n == p.spec.Length {
		return dst, nil
	}
	filler := byte(' ')
	switch {
	case p.spec.Kind == Numeric && n == 0:
		filler = '0'
	case p.spec.Kind == Numeric || p.spec.Kind == Binary:
		return nil, ErrLength
	}
	for len(dst) < from+p.spec.Length {
		dst = append(dst, filler)
	}
	return dst, nil
}

// take reads what the layout says. Parts may be missing at the end.
func (l *layout) take(m *content, v []byte) error {
	if l.tagged {
		return l.takeTags(m, v)
	}
	for _, p := range l.parts {
		if len(v) == 0 && !p.whole {
			return nil
		}
		rest, err := p.take(m, v)
		if err != nil {
			return p.fault(err)
		}
		v = rest
	}
	if len(v) > 0 {
		return l.slot.fault(ErrLength)
	}
	return nil
}

// take reads one part off the front of v and gives what is left.
func (p *part) take(m *content, v []byte) ([]byte, error) {
	if p.group != nil {
		return p.takeGroup(m, v)
	}
	value, rest, err := p.cut(v)
	if err != nil {
		return nil, err
	}
	if !p.spec.Hex {
		return rest, p.holder.take(m, p, value)
	}
	if len(value)%2 != 0 || !isHex(value) {
		return nil, ErrCharacter
	}
	return rest, p.holder.take(m, p, appendUnhex(nil, value))
}

// cut takes the part off the front of v.
func (p *part) cut(v []byte) (value, rest []byte, err error) {
	n, from := p.spec.Length, 0
	switch {
	case p.whole:
		return v, nil, nil
	case p.spec.Open:
		n = len(v)
	case p.spec.Prefix > 0:
		if len(v) < 2 || !Numeric.allows(v[:2]) {
			return nil, nil, ErrShort
		}
		n, from = digitsInt(v[:2]), 2
	}
	switch {
	case len(v) < from+n:
		return nil, nil, ErrShort
	case p.spec.Length > 0 && n > p.spec.Length:
		return nil, nil, ErrLength
	}
	value = v[from : from+n : from+n]
	if !p.spec.Kind.allows(value) {
		return nil, nil, ErrCharacter
	}
	return value, v[from+n:], nil
}

// takeGroup reads a detail as often as there is one.
func (p *part) takeGroup(m *content, v []byte) ([]byte, error) {
	for len(v) > 0 {
		if len(m.request.Details) == p.spec.Repeat {
			return nil, ErrLength
		}
		m.request.Details = append(m.request.Details, txn.Detail{})
		m.detail = &m.request.Details[len(m.request.Details)-1]
		for _, q := range p.group.parts {
			rest, err := q.take(m, v)
			if err != nil {
				return nil, q.fault(err)
			}
			v = rest
		}
	}
	if m.claimed != 0 && m.claimed != len(m.request.Details) {
		return nil, ErrRange
	}
	return v, nil
}

// putTags appends the parts that say something, each behind its tag and length.
func (l *layout) putTags(m *content, dst []byte) ([]byte, error) {
	for _, p := range l.parts {
		from := len(dst)
		dst = append(append(dst, p.spec.Tag...), "00"...)
		value := len(dst)
		var err error
		if dst, err = p.put(m, dst); err != nil {
			return nil, p.fault(err)
		}
		n := len(dst) - value
		switch {
		case n == 0:
			dst = dst[:from]
			continue
		case n > 99 || p.spec.Length > 0 && n > p.spec.Length:
			return nil, p.fault(ErrLength)
		case !p.spec.Kind.allows(dst[value:]):
			return nil, p.fault(ErrCharacter)
		}
		appendDigits(dst[:value-2], int64(n), 2)
	}
	return dst, nil
}

// takeTags reads parts in any order and passes over those nobody knows.
func (l *layout) takeTags(m *content, v []byte) error {
	for len(v) > 0 {
		tag, value, rest, err := l.cutTag(v)
		if err != nil {
			return err
		}
		v = rest
		p := l.tag(tag)
		if p == nil {
			continue
		}
		if !p.spec.Kind.allows(value) && p.spec.Kind != Numeric { // a holder judges its own digits
			return p.fault(ErrCharacter)
		}
		if p.spec.Hex {
			if len(value)%2 != 0 || !isHex(value) {
				return p.fault(ErrCharacter)
			}
			value = appendUnhex(nil, value)
		}
		if err := p.holder.take(m, p, value); err != nil {
			return p.fault(err)
		}
	}
	return nil
}

// cutTag takes one tag with its length and value off the front of v.
func (l *layout) cutTag(v []byte) (tag string, value, rest []byte, err error) {
	if len(v) < 4 || !Numeric.allows(v[:4]) {
		return "", nil, nil, l.slot.fault(ErrShort)
	}
	tag = string(v[:2])
	n := digitsInt(v[2:4])
	if len(v) < 4+n {
		at := l.slot.at
		at.Path, at.Err = at.Path+"."+tag, ErrShort
		return "", nil, nil, &at
	}
	return tag, v[4 : 4+n : 4+n], v[4+n:], nil
}

func (l *layout) tag(tag string) *part {
	for _, p := range l.parts {
		if p.spec.Tag == tag {
			return p
		}
	}
	return nil
}
