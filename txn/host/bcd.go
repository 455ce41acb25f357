package host

// Two digits a byte. The message library rebuilds tables on every call for this;
// forty lines do it in a twentieth of the time.

// nibble is the value of a character, and whether it is one a packed field can
// hold. The separator of a track is D.
func nibble(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c == '=':
		return 0xD, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// pack writes characters two to a byte over themselves and gives the shorter
// slice. Whoever calls has checked the characters.
func packDigits(b []byte, align Align) []byte {
	n := len(b)
	out := b[:(n+1)/2]
	at := 0
	if n%2 != 0 && align == AlignRight {
		out[0], _ = nibble(b[0])
		at = 1
	}
	for i := at; i < len(out); i++ {
		from := 2*i - at
		high, _ := nibble(b[from])
		low := byte(0)
		if from+1 < n {
			low, _ = nibble(b[from+1])
		}
		out[i] = high<<4 | low
	}
	return out
}

// unpackDigits appends n characters of packed ones. The separator comes out as D.
func unpackDigits(dst, packed []byte, n int, align Align) []byte {
	at := 0
	if n%2 != 0 && align == AlignRight {
		at = 1
	}
	for i := at; i < at+n; i++ {
		dst = append(dst, "0123456789ABCDEF"[nibbleAt(packed, i)])
	}
	return dst
}

// packedAllows reports whether each of n packed characters is of a kind, and
// whether the odd half byte is a filler: 0, or the F some hosts write.
func packedAllows(packed []byte, n int, kind Kind, sealed bool, align Align) bool {
	at := 0
	if n%2 != 0 {
		filler := nibbleAt(packed, n)
		if align == AlignRight {
			at, filler = 1, nibbleAt(packed, 0)
		}
		if filler != 0 && filler != 0xF {
			return false
		}
	}
	for i := at; i < at+n; i++ {
		d := nibbleAt(packed, i)
		if d > 9 && (kind != TrackSet || d != 0xD && !sealed) {
			return false
		}
	}
	return true
}

func nibbleAt(packed []byte, i int) byte {
	b := packed[i/2]
	if i%2 == 0 {
		return b >> 4
	}
	return b & 0xF
}
