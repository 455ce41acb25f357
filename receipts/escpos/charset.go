package escpos

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// codes are the two bytes of every character that GBK has, by its code point; zero for the
// others.
var codes = sync.OnceValue(func() *[0x10000]uint16 {
	var table [0x10000]uint16
	encoder := encoding.ReplaceUnsupported(simplifiedchinese.GBK.NewEncoder())
	var in [utf8.UTFMax]byte
	var out [8]byte
	for r := rune(0x80); r < 0x10000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		n, _, err := encoder.Transform(out[:], in[:utf8.EncodeRune(in[:], r)], true)
		if err == nil && n == 2 && out[0] >= 0x81 {
			table[r] = uint16(out[0])<<8 | uint16(out[1])
		}
		encoder.Reset()
	}
	return &table
})

// GB 2312 has its rows from A1A1 up, hanzi in B0 to F7.
func inGB2312(code uint16) bool {
	return code>>8 >= 0xA1 && code>>8 <= 0xF7 && code&0xFF >= 0xA1 && (code>>8 <= 0xA9 || code>>8 >= 0xB0)
}

// hanzi is what a character of two columns is sent as, zero for its UTF-8; ok is false where
// the printer's own letters lack it. The letters of a printer that takes UTF-8 are those of
// GBK all the same: it has no pictographs.
func (e Encoding) hanzi(r rune) (code uint16, ok bool) {
	if e == NoChinese || r >= 0x10000 {
		return 0, false
	}
	switch code = codes()[r]; e {
	case UTF8:
		return 0, code != 0
	case GB2312:
		return code, inGB2312(code)
	case GBK, GB18030, NoChinese:
	}
	return code, code != 0
}
