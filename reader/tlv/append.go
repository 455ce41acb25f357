package tlv

// Append writes an object with the shortest length (EMV Book 3, B2) behind dst.
// The tag must be one that a card could send: its first byte not 00, its second
// not FF.
func Append(dst []byte, tag Tag, value []byte) []byte {
	dst = appendTag(dst, tag)
	dst = appendLength(dst, len(value), lengthSize(len(value)))
	return append(dst, value...)
}

// AppendNode writes a node as [Parse] read it, byte for byte: also a length
// longer than needed, padding inside a template, and a length that promises more
// than there was. A node nobody read (no Header) gets the shortest length, and
// its children stand for its value where it has none.
func AppendNode(dst []byte, n Node) []byte {
	if n.Header == 0 {
		value := n.Value
		if value == nil {
			for _, c := range n.Children {
				value = AppendNode(value, c)
			}
		}
		return Append(dst, n.Tag, value)
	}
	dst = appendTag(dst, n.Tag)
	dst = appendLength(dst, len(n.Value)+n.Missing, n.Header-n.Tag.Size())
	return append(dst, n.Value...)
}

func appendTag(dst []byte, tag Tag) []byte {
	for i := tag.Size() - 1; i >= 0; i-- {
		dst = append(dst, byte(tag>>(8*i))) //nolint:gosec // the byte of that place
	}
	return dst
}

// lengthSize is the fewest bytes that hold a length.
func lengthSize(length int) int {
	if length < 0x80 {
		return 1
	}
	size := 2
	for length > 0xFF {
		length >>= 8
		size++
	}
	return size
}

// appendLength writes a length in exactly that many bytes.
func appendLength(dst []byte, length, size int) []byte {
	if size == 1 {
		return append(dst, byte(length)) //nolint:gosec // below 80
	}
	dst = append(dst, 0x80|byte(size-1)) //nolint:gosec // at most 5
	for i := size - 2; i >= 0; i-- {
		dst = append(dst, byte(length>>(8*i))) //nolint:gosec // the byte of that place
	}
	return dst
}
