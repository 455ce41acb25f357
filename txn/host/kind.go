package host

import "encoding/hex"

// allows reports whether every byte belongs to the character set.
func (k Kind) allows(b []byte) bool {
	for _, c := range b {
		switch k {
		case Numeric:
			if c < '0' || c > '9' {
				return false
			}
		case AlphaNum:
			if !isAlphaNum(c) {
				return false
			}
		case TrackSet:
			if (c < '0' || c > '9') && c != '=' && c != 'D' {
				return false
			}
		case Text:
			if c < ' ' || c > '~' {
				return false
			}
		case Chinese:
			if c < ' ' || c == 0x7F {
				return false
			}
		case Binary:
			return true
		default:
			return false
		}
	}
	return true
}

func (k Kind) known() bool {
	switch k {
	case Numeric, AlphaNum, Text, TrackSet, Binary, Chinese:
		return true
	}
	return false
}

func isAlphaNum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' '
}

// isHex reports whether every byte is an upper-case hexadecimal digit.
func isHex(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// appendHex appends bytes as upper-case hexadecimal digits.
func appendHex(dst, b []byte) []byte {
	for _, c := range b {
		dst = append(dst, "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&0xF])
	}
	return dst
}

// appendUnhex appends the bytes of hexadecimal digits, which have been checked.
func appendUnhex(dst, digits []byte) []byte {
	dst, _ = hex.AppendDecode(dst, digits) // an even number of them
	return dst
}
