package explain

import (
	"fmt"

	"vpos/reader/tlv"
)

// iad explains issuer application data. Its layout is the scheme's own and is
// told by its shape, which is a guess the words admit.
func iad(v view, b []byte) piece {
	switch {
	case len(b) == 32 && b[0] == 0x0F && b[1]>>4 == 0xA && b[16] == 0x0F:
		return v.slices(b, commonCore)
	case len(b) >= 7 && b[0] == 6 && b[3] == 3:
		return v.slices(b, visa)
	case len(b) >= 7 && b[0] == 7 && b[3] == 3:
		return v.slices(b, unionPay)
	case len(b) == 32 && b[0] == 0x1F && b[1]>>4 == 2:
		return v.slices(b, visaTwo)
	case len(b) >= 18 && len(b) <= 28 && len(b)%2 == 0 && b[1]>>4 == 1:
		return v.slices(b, mChip)
	case (len(b) == 8 || len(b) == 9) && b[2] == 3:
		return v.slices(b, mChipTwo)
	}
	return piece{text: Words{"The layout is the issuer's own.", "格式由发卡行自定。"}}
}

// slice is one part of issuer application data.
type slice struct {
	size   int // bytes; 0 for the rest
	en, zh string
	bits   *layout                 // of the part
	words  func(part []byte) Words // what it says
}

// iadLayout is a layout of issuer application data; its last part is the rest.
type iadLayout struct {
	text   Words
	slices []slice
}

func (v view) slices(b []byte, l iadLayout) piece {
	p := piece{text: l.text}
	at := 0
	for i, s := range l.slices {
		size := s.size
		if size == 0 || size > len(b)-at {
			size = len(b) - at
		}
		if size == 0 {
			break
		}
		part := b[at : at+size]
		item := Item{Offset: at, Length: size, Code: fmt.Sprintf("P%d", i+1), Title: Words{s.en, s.zh}}
		item.Value, item.Text = show(tlv.Info{Tag: 0x9F10, Format: tlv.Binary}, part)
		if s.words != nil {
			item.Text = s.words(part)
		}
		if s.bits != nil {
			item.Children = shift(s.bits.explain(part), at)
		}
		p.children = append(p.children, item)
		at += size
	}
	return p
}

func version(part []byte) Words {
	return say("Version %d, hex %02[1]X", "版本%d（十六进制%02[1]X）", part[0])
}

var algorithms = map[byte]Words{
	0x01: {"Triple DES", "3DES"},
	0x04: {"SM4", "SM4"},
}

func algorithm(part []byte) Words {
	if w, ok := algorithms[part[0]]; ok {
		return w
	}
	return say("Algorithm %02X", "算法%02X", part[0])
}

// The layouts: those of Visa and UnionPay have a common ancestor.
var (
	visa = iadLayout{Words{"Laid out as Visa does.", "按Visa格式解释。"}, []slice{
		{size: 1, en: "Length", zh: "长度"},
		{size: 1, en: "Derivation key index", zh: "分散密钥索引"},
		{size: 1, en: "Cryptogram version number", zh: "密文版本号", words: version},
		{size: 4, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）", bits: &visaCVR},
		{en: "Issuer discretionary data", zh: "发卡行自定义数据"},
	}}
	unionPay = iadLayout{Words{"Laid out as UnionPay (PBOC) does.", "按银联（PBOC）格式解释。"}, []slice{
		{size: 1, en: "Length", zh: "长度"},
		{size: 1, en: "Derivation key index", zh: "分散密钥索引"},
		{size: 1, en: "Cryptogram version number", zh: "密文版本号", words: version},
		{size: 4, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）", bits: &visaCVR},
		{size: 1, en: "Algorithm", zh: "算法标识", words: algorithm},
		{en: "Issuer discretionary data", zh: "发卡行自定义数据"},
	}}
	visaTwo = iadLayout{Words{"Laid out as Visa does, format 2.", "按Visa格式2解释。"}, []slice{
		{size: 1, en: "Length", zh: "长度"},
		{size: 1, en: "Cryptogram version number", zh: "密文版本号", words: version},
		{size: 1, en: "Derivation key index", zh: "分散密钥索引"},
		{size: 5, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）"},
		{en: "Issuer discretionary data", zh: "发卡行自定义数据"},
	}}
	mChip = iadLayout{Words{"Laid out as Mastercard M/Chip does.", "按万事达M/Chip格式解释。"}, []slice{
		{size: 1, en: "Key derivation index", zh: "密钥分散索引"},
		{size: 1, en: "Cryptogram version number", zh: "密文版本号", words: version},
		{size: 6, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）", bits: &mChipCVR},
		{size: 2, en: "Data authentication code or dynamic number", zh: "数据认证码或IC卡动态数"},
		{en: "Counters, plain or enciphered", zh: "计数器（明文或密文）"},
	}}
	mChipTwo = iadLayout{Words{"Laid out as Mastercard M/Chip 2 does.", "按万事达M/Chip 2格式解释。"}, []slice{
		{size: 1, en: "Key derivation index", zh: "密钥分散索引"},
		{size: 1, en: "Cryptogram version number", zh: "密文版本号", words: version},
		{size: 4, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）", bits: &visaCVR},
		{en: "Data authentication code or dynamic number", zh: "数据认证码或IC卡动态数"},
	}}
	commonCore = iadLayout{Words{"Laid out as the common core definitions say.", "按EMV通用核心定义（CCD）格式解释。"}, []slice{
		{size: 1, en: "Length", zh: "长度"},
		{size: 1, en: "Common core identifier", zh: "通用核心标识符"},
		{size: 1, en: "Derivation key index", zh: "分散密钥索引"},
		{size: 5, en: "Card verification results (CVR)", zh: "卡片验证结果（CVR）", bits: &coreCVR},
		{size: 8, en: "Counters", zh: "计数器"},
		{size: 1, en: "Length of the issuer's data", zh: "发卡行自定义数据长度"},
		{en: "Issuer discretionary data", zh: "发卡行自定义数据"},
	}}
)
