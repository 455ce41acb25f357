package explain

import (
	"encoding/binary"
	"fmt"

	"vpos/reader/tlv"
)

// methods of verifying the cardholder, by bits 6 to 1 (EMV Book 3, C3).
var methods = map[byte]Words{
	0x00: {"Fail the verification", "判定验证失败"},
	0x01: {"Plaintext PIN, checked by the card", "IC卡明文PIN验证"},
	0x02: {"Enciphered PIN, checked online", "联机加密PIN验证"},
	0x03: {"Plaintext PIN, checked by the card, and signature", "IC卡明文PIN验证加签名"},
	0x04: {"Enciphered PIN, checked by the card", "IC卡加密PIN验证"},
	0x05: {"Enciphered PIN, checked by the card, and signature", "IC卡加密PIN验证加签名"},
	0x1E: {"Signature on paper", "签名"},
	0x1F: {"No verification required", "无需持卡人验证"},
	0x20: {"Scheme's own method 20 (UnionPay: cardholder's identity document)", "支付系统自定义方法20（银联：持卡人证件出示）"},
	0x3F: {"No verification was performed", "未执行持卡人验证"},
}

func method(code byte) Words {
	code &= 0x3F
	w, known := methods[code]
	switch {
	case known:
		return w
	case code >= 0x30:
		return say("Issuer's own method %02X", "发卡行自定义方法%02X", code)
	case code >= 0x20:
		return say("Scheme's own method %02X", "支付系统自定义方法%02X", code)
	}
	return say("Reserved method %02X", "保留的方法%02X", code)
}

// conditions say when a rule applies (EMV Book 3, C3, table 44). The last four
// compare with the amounts of the list, and only in the application's currency.
var conditions = [...]Words{
	{"always", "总是"},
	{"for unattended cash", "无人值守取现时"},
	{"for anything but cash and cashback", "非取现且非返现时"},
	{"if the terminal supports the method", "终端支持该方法时"},
	{"for manual cash", "人工取现时"},
	{"for a purchase with cashback", "消费返现时"},
	{"if the amount is under X", "交易金额低于X时"},
	{"if the amount is over X", "交易金额高于X时"},
	{"if the amount is under Y", "交易金额低于Y时"},
	{"if the amount is over Y", "交易金额高于Y时"},
}

func condition(code byte) Words {
	switch {
	case int(code) < len(conditions):
		return conditions[code]
	case code >= 0x80:
		return say("under the scheme's own condition %02X", "满足支付系统自定义条件%02X时", code)
	}
	return say("under reserved condition %02X", "满足保留条件%02X时", code)
}

// cvmList explains 8E: two amounts of four bytes, then rules of two.
func cvmList(v view, b []byte) piece {
	if len(b) < 8 {
		return piece{err: &tlv.Error{Err: ErrSize}}
	}
	x, y := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	p := piece{children: []Item{
		{Offset: 0, Length: 4, Code: "X", Title: Words{"Amount X", "金额X"}, Value: hexOf(b[:4]), Text: v.money(uint64(x))},
		{Offset: 4, Length: 4, Code: "Y", Title: Words{"Amount Y", "金额Y"}, Value: hexOf(b[4:8]), Text: v.money(uint64(y))},
	}}
	at := 8
	for ; at+2 <= len(b); at += 2 {
		p.children = append(p.children, v.rule(b, at, x, y))
	}
	rules := len(p.children) - 2
	switch {
	case at != len(b):
		p.err = &tlv.Error{Offset: at, Err: ErrSize}
	case rules == 0:
		p.err = &tlv.Error{Offset: at, Err: ErrSize}
		p.text = Words{"There is no rule.", "没有规则。"}
		return p
	}
	p.text = many(rules, "1 rule.", "%d rules, tried in this order.", "共%d条规则，按顺序执行。")
	return p
}

// rule explains the two bytes at an offset.
func (v view) rule(b []byte, at int, x, y uint32) Item {
	code, when := b[at], condition(b[at+1])
	var amount Words
	switch b[at+1] {
	case 6, 7:
		amount = v.money(uint64(x))
	case 8, 9:
		amount = v.money(uint64(y))
	}
	if !amount.empty() {
		when = Words{when.EN + " (" + amount.EN + ")", when.ZH + "（" + amount.ZH + "）"}
	}
	next := Words{"If it fails, the verification has failed.", "失败则持卡人验证失败。"}
	if code&0x40 != 0 {
		next = Words{"If it fails, the next rule is tried.", "失败则尝试下一条规则。"}
	}
	m := method(code)
	return Item{
		Offset: at, Length: 2, Code: fmt.Sprintf("R%d", (at-8)/2+1), Value: hexOf(b[at : at+2]),
		Title: Words{m.EN + ", " + when.EN, m.ZH + "，" + when.ZH}, Text: next,
	}
}

var cvmOutcomes = [...]Words{
	{"Unknown: for a signature or an online PIN, another has to check", "未知：例如签名或联机PIN，需另行验证"},
	{"Failed", "失败"},
	{"Successful", "成功"},
}

// cvmResults explains 9F34: the last method, its condition, what came of it (EMV
// Book 4, A4).
func cvmResults(_ view, b []byte) piece {
	if len(b) != 3 {
		return piece{err: &tlv.Error{Err: ErrSize}}
	}
	outcome := say("Reserved result %02X", "保留的结果%02X", b[2])
	if int(b[2]) < len(cvmOutcomes) {
		outcome = cvmOutcomes[b[2]]
	}
	return piece{children: []Item{
		{Offset: 0, Length: 1, Code: "B1", Value: hexOf(b[:1]), Title: Words{"Method", "验证方法"}, Text: method(b[0])},
		{Offset: 1, Length: 1, Code: "B2", Value: hexOf(b[1:2]), Title: Words{"Condition", "条件"}, Text: condition(b[1])},
		{Offset: 2, Length: 1, Code: "B3", Value: hexOf(b[2:]), Title: Words{"Result", "结果"}, Text: outcome},
	}}
}
