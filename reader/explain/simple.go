package explain

import (
	"fmt"
	"strconv"
	"strings"

	"vpos/reader/tlv"
)

// money puts an amount in minor units into words, in the currency the rest of
// the input names.
func (v view) money(amount uint64) Words {
	c, known := currencies[hexOf(v.currency)]
	if !known {
		return say("%d in the smallest unit", "%d（最小货币单位）", amount)
	}
	digits := fmt.Sprintf("%0*d", c.decimals+1, amount)
	if c.decimals > 0 {
		cut := len(digits) - c.decimals
		digits = digits[:cut] + "." + digits[cut:]
	}
	return say("%[1]s %[2]s", "%[1]s %[2]s", c.code, digits)
}

func decimalAmount(v view, b []byte) piece {
	n, err := strconv.ParseUint(hexOf(b), 10, 64)
	if err != nil {
		return piece{err: ErrValue}
	}
	return piece{text: v.money(n)}
}

func binaryAmount(v view, b []byte) piece { return piece{text: v.money(unsigned(b))} }

// unsigned reads at most eight bytes, the first the highest.
func unsigned(b []byte) uint64 {
	var n uint64
	for _, c := range b[:min(len(b), 8)] {
		n = n<<8 | uint64(c)
	}
	return n
}

func counter(_ view, b []byte) piece {
	n := strconv.FormatUint(unsigned(b), 10)
	return piece{text: Words{n, n}}
}

// date reads YYMMDD (EMV Book 4, 6.7.3 for the century).
func date(_ view, b []byte) piece {
	s := hexOf(b)
	if len(s) != 6 || strings.ContainsAny(s, "ABCDEF") {
		return piece{err: ErrValue}
	}
	century := "20"
	if s >= "50" {
		century = "19"
	}
	text := century + s[:2] + "-" + s[2:4] + "-" + s[4:]
	p := piece{text: Words{text, text}}
	if s[2:4] < "01" || s[2:4] > "12" || s[4:] < "01" || s[4:] > "31" {
		p.err = ErrValue
	}
	return p
}

func clock(_ view, b []byte) piece {
	s := hexOf(b)
	if len(s) != 6 || s[:2] > "23" || s[2:4] > "59" || s[4:] > "59" || strings.ContainsAny(s, "ABCDEF") {
		return piece{err: ErrValue}
	}
	text := s[:2] + ":" + s[2:4] + ":" + s[4:]
	return piece{text: Words{text, text}}
}

func country(_ view, b []byte) piece { return piece{text: countries[hexOf(b)]} }

func money(_ view, b []byte) piece {
	c := currencies[hexOf(b)].code
	return piece{text: Words{c, c}}
}

// application names a card application by its identifier (EMV Book 1, 12.2.1).
func application(_ view, b []byte) piece {
	if w, ok := environments[string(b)]; ok {
		return piece{text: w, value: string(b)}
	}
	for _, s := range schemes {
		rest, ok := strings.CutPrefix(string(b), string(s.rid))
		if !ok {
			continue
		}
		for known, w := range s.products {
			if strings.HasPrefix(rest, known) {
				return piece{text: Words{s.name.EN + ", " + w.EN, s.name.ZH + "，" + w.ZH}}
			}
		}
		return piece{text: s.name}
	}
	return piece{}
}

// priority is the order the card prefers (EMV Book 1, table 48).
func priority(_ view, b []byte) piece {
	p := piece{text: say("Priority %d.", "优先级%d。", b[0]&0x0F)}
	if b[0]&0x0F == 0 {
		p.text = Words{"No priority.", "未指定优先级。"}
	}
	if b[0]&0x80 != 0 {
		p.text = p.text.and(Words{"The cardholder must confirm.", "须持卡人确认。"})
	}
	return p
}

// languages are two letters each (ISO 639-1), the most wanted first.
func languages(_ view, b []byte) piece {
	if len(b)%2 != 0 || !printable(b) {
		return piece{err: ErrValue}
	}
	var list []string
	for at := 0; at < len(b); at += 2 {
		list = append(list, string(b[at:at+2]))
	}
	return piece{text: Words{strings.Join(list, ", "), strings.Join(list, "、")}}
}

var transactionTypes = map[byte]Words{
	0x00: {"Purchase", "消费"}, 0x01: {"Cash", "取现"}, 0x09: {"Purchase with cashback", "消费返现"},
	0x17: {"Cash disbursement", "柜面取现"}, 0x20: {"Refund", "退货"}, 0x21: {"Deposit", "存款"},
	0x30: {"Inquiry", "查询"}, 0x31: {"Balance inquiry", "余额查询"}, 0x40: {"Transfer", "转账"},
	0x50: {"Payment", "付款"}, 0x60: {"Designated account load", "指定账户圈存"}, 0x63: {"Load", "非指定账户圈存"},
}

func transactionType(_ view, b []byte) piece { return piece{text: transactionTypes[b[0]]} }

var (
	places = [...]Words{
		{"Of a bank", "金融机构"}, {"Of a merchant", "商户"}, {"Of the cardholder", "持卡人"},
	}
	operation = [...]Words{
		{"attended, online only", "有人值守，仅联机"},
		{"attended, offline with online capability", "有人值守，脱机并可联机"},
		{"attended, offline only", "有人值守，仅脱机"},
		{"unattended, online only", "无人值守，仅联机"},
		{"unattended, offline with online capability", "无人值守，脱机并可联机"},
		{"unattended, offline only", "无人值守，仅脱机"},
	}
)

// terminalType is EMV Book 4, A1.
func terminalType(_ view, b []byte) piece {
	who, how := int(b[0]>>4)-1, int(b[0]&0x0F)-1
	if who < 0 || who >= len(places) || how < 0 || how >= len(operation) {
		return piece{err: ErrValue}
	}
	return piece{text: Words{places[who].EN + ", " + operation[how].EN, places[who].ZH + "，" + operation[how].ZH}}
}

var responses = map[string]Words{
	"00": {"Approved by the host", "主机批准"},
	"Y1": {"Approved offline", "脱机批准"}, "Z1": {"Declined offline", "脱机拒绝"},
	"Y3": {"Unable to go online, approved offline", "无法联机，脱机批准"},
	"Z3": {"Unable to go online, declined offline", "无法联机，脱机拒绝"},
}

// response is EMV Book 4, A6; the rest are codes of ISO 8583 field 39.
func response(_ view, b []byte) piece {
	if w, ok := responses[string(b)]; ok {
		return piece{text: w}
	}
	return piece{text: Words{"A code of the host", "主机响应码"}}
}

var serviceDigits = [3]map[byte]Words{
	{
		'1': {"International.", "国际通用。"}, '2': {"International, with chip.", "国际通用，带芯片。"},
		'5': {"National.", "国内通用。"}, '6': {"National, with chip.", "国内通用，带芯片。"},
		'7': {"Private.", "专用。"}, '9': {"Test.", "测试卡。"},
	},
	{
		'0': {"Normal authorisation.", "一般授权。"}, '2': {"By the issuer, online.", "由发卡行联机授权。"},
		'4': {"By the issuer, unless agreed otherwise.", "由发卡行联机授权（有约定除外）。"},
	},
	{
		'0': {"No restriction, PIN required.", "无限制，需PIN。"}, '1': {"No restriction.", "无限制。"},
		'2': {"Goods and services only.", "仅限商品和服务。"}, '3': {"ATM only, PIN required.", "仅限ATM，需PIN。"},
		'4': {"Cash only.", "仅限现金。"}, '5': {"Goods and services only, PIN required.", "仅限商品和服务，需PIN。"},
		'6': {"No restriction, PIN where possible.", "无限制，尽可能使用PIN。"},
		'7': {"Goods and services only, PIN where possible.", "仅限商品和服务，尽可能使用PIN。"},
	},
}

// serviceCode is ISO/IEC 7813, 6.
func serviceCode(_ view, b []byte) piece {
	s := hexOf(b)
	if len(s) != 4 || s[0] != '0' {
		return piece{err: ErrValue}
	}
	var p piece
	for i, words := range serviceDigits {
		w, ok := words[s[1+i]]
		if !ok {
			p.err = ErrValue
		}
		p.text = p.text.and(w)
	}
	return p
}

func shortFile(_ view, b []byte) piece {
	if b[0] < 1 || b[0] > 30 {
		return piece{err: ErrValue}
	}
	return piece{text: say("File %d", "文件%d", b[0])}
}

func logEntry(_ view, b []byte) piece {
	if len(b) != 2 {
		return piece{err: ErrSize}
	}
	return piece{text: say("File %d, up to %d records", "文件%d，最多%d条记录", b[0], b[1])}
}

// yesNo is a byte that is 1 for yes.
func yesNo(_ view, b []byte) piece {
	if b[0] == 1 {
		return piece{text: Words{"Yes", "是"}}
	}
	return piece{text: Words{"No", "否"}}
}

// decoders by meaning.
var decoders map[meaning]decoder

func init() { decoders = allDecoders() }

func add(m map[meaning]decoder, f tlv.Family, d decoder, tags ...tlv.Tag) {
	for _, t := range tags {
		m[meaning{t, f}] = d
	}
}
