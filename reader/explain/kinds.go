package explain

import (
	"errors"
	"slices"

	"vpos/reader/tlv"
)

// Kind is one sort of bytes that can be explained, under the name the command
// line gives it.
type Kind struct {
	Name    string // tlv, tvr, atr …
	Title   Words
	Explain func(b []byte) ([]Item, error)
}

// Kinds lists every sort, in the order to show them in.
func Kinds() []Kind { return slices.Clone(kinds) }

// KindOf finds a sort by its name.
func KindOf(name string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

var kinds = []Kind{
	{"tlv", Words{"BER-TLV objects: an FCI, a record, field 55", "BER-TLV数据：FCI、记录、55域"}, TLV},
	{"atr", Words{"Answer to reset", "复位应答"}, one(ATR)},
	{"tvr", Words{"Terminal verification results (95)", "终端验证结果（95）"}, one(TVR)},
	{"tsi", Words{"Transaction status information (9B)", "交易状态信息（9B）"}, one(TSI)},
	{"cvm", Words{"Cardholder verification method list (8E)", "持卡人验证方法列表（8E）"}, one(CVM)},
	{"cvmr", Words{"Cardholder verification results (9F34)", "持卡人验证方法结果（9F34）"}, one(CVMResults)},
	{"aip", Words{"Application interchange profile (82)", "应用交互特征（82）"}, one(AIP)},
	{"auc", Words{"Application usage control (9F07)", "应用用途控制（9F07）"}, one(AUC)},
	{"iad", Words{"Issuer application data (9F10)", "发卡行应用数据（9F10）"}, one(IAD)},
	{"afl", Words{"Application file locator (94)", "应用文件定位器（94）"}, one(AFL)},
	{"dol", Words{"Data object list: PDOL, CDOL1, CDOL2, DDOL, TDOL", "数据对象列表：PDOL、CDOL1、CDOL2、DDOL、TDOL"}, one(DOL)},
	{"cid", Words{"Cryptogram information data (9F27)", "密文信息数据（9F27）"}, one(CID)},
	{"tcap", Words{"Terminal capabilities (9F33)", "终端性能（9F33）"}, one(TerminalCapabilities)},
	{"atcap", Words{"Additional terminal capabilities (9F40)", "附加终端性能（9F40）"}, one(AdditionalCapabilities)},
	{"ttq", Words{"Terminal transaction qualifiers (9F66)", "终端交易属性（9F66）"}, one(TTQ)},
	{"ctq", Words{"Card transaction qualifiers (9F6C)", "卡片交易属性（9F6C）"}, one(CTQ)},
}

func one(f func([]byte) (Item, error)) func([]byte) ([]Item, error) {
	return func(b []byte) ([]Item, error) {
		item, err := f(b)
		return []Item{item}, err
	}
}

// TVR explains terminal verification results (EMV Book 3, C5).
func TVR(b []byte) (Item, error) { return Value(0x95, b) }

// TSI explains transaction status information (EMV Book 3, C6).
func TSI(b []byte) (Item, error) { return Value(0x9B, b) }

// AIP explains an application interchange profile (EMV Book 3, C1).
func AIP(b []byte) (Item, error) { return Value(0x82, b) }

// AUC explains an application usage control (EMV Book 3, C2).
func AUC(b []byte) (Item, error) { return Value(0x9F07, b) }

// AFL explains an application file locator (EMV Book 3, 10.2).
func AFL(b []byte) (Item, error) { return Value(0x94, b) }

// CVM explains a list of cardholder verification methods, rule by rule (EMV
// Book 3, 10.5 and C3).
func CVM(b []byte) (Item, error) { return Value(0x8E, b) }

// CVMResults explains what became of the cardholder's verification (EMV Book 4,
// A4).
func CVMResults(b []byte) (Item, error) { return Value(0x9F34, b) }

// CID explains cryptogram information data (EMV Book 3, 6.5.5.4).
func CID(b []byte) (Item, error) { return Value(0x9F27, b) }

// TerminalCapabilities explains 9F33 (EMV Book 4, A2).
func TerminalCapabilities(b []byte) (Item, error) { return Value(0x9F33, b) }

// AdditionalCapabilities explains 9F40 (EMV Book 4, A3).
func AdditionalCapabilities(b []byte) (Item, error) { return Value(0x9F40, b) }

// TTQ explains terminal transaction qualifiers (EMV Contactless Book A, 5.7).
func TTQ(b []byte) (Item, error) { return Value(0x9F66, b) }

// CTQ explains card transaction qualifiers (EMV Contactless Book C-3, A.2).
func CTQ(b []byte) (Item, error) { return value(0x9F6C, b, view{families: []tlv.Family{tlv.C3}}) }

// IAD explains issuer application data by the layout it seems to have: Visa's,
// UnionPay's, Mastercard's M/Chip, or the common core (EMV Book 3, C9).
func IAD(b []byte) (Item, error) { return Value(0x9F10, b) }

// DOL explains a data object list (EMV Book 3, 5.4).
func DOL(b []byte) (Item, error) {
	p := dol(view{}, b)
	return Item{
		Length: len(b), Title: Words{"Data object list", "数据对象列表"}, Text: p.text, Children: p.children,
	}, located(p.err, 0, "")
}

// Value explains the value of one object, without its tag and length.
func Value(t tlv.Tag, b []byte) (Item, error) { return value(t, b, view{}) }

func value(t tlv.Tag, b []byte, v view) (Item, error) {
	n := tlv.Node{Tag: t, Value: b}
	item, err := v.object(n)
	return item, located(err, 0, t.String())
}

// located puts the place of a value before an error about the inside of it.
func located(err error, offset int, path string) error {
	if err == nil {
		return nil
	}
	var inner *tlv.Error
	if !errors.As(err, &inner) {
		return &tlv.Error{Offset: offset, Path: path, Err: err}
	}
	if inner.Path != "" && path != "" {
		path += "/"
	}
	return &tlv.Error{Offset: offset + inner.Offset, Path: path + inner.Path, Err: inner.Err}
}
