package explain

import (
	"fmt"

	"vpos/reader/tlv"
)

var commands = map[byte]Words{
	0x16: {"CARD BLOCK", "锁定卡片"},
	0x18: {"APPLICATION UNBLOCK", "解锁应用"},
	0x1E: {"APPLICATION BLOCK", "锁定应用"},
	0x24: {"PIN CHANGE/UNBLOCK", "修改/解锁PIN"},
	0xDA: {"PUT DATA", "设置数据"},
	0xD2: {"UPDATE RECORD (own)", "更新记录（自定义）"},
	0xDC: {"UPDATE RECORD", "更新记录"},
}

// scriptCommand names the command a host sends to a card (EMV Book 3, 10.10).
// What it carries stays hidden: a new PIN may be among it.
func scriptCommand(_ view, b []byte) piece {
	if len(b) < 4 {
		return piece{err: ErrSize}
	}
	w, ok := commands[b[1]]
	if !ok {
		w = say("Command %02X", "命令%02X", b[1])
	}
	header := hexOf(b[:4])
	return piece{text: Words{w.EN + " (" + header + ").", w.ZH + "（" + header + "）。"}}
}

var scriptOutcomes = [...]Words{
	{"not performed", "未执行"}, {"failed", "失败"}, {"successful", "成功"},
}

// scriptResults explains five bytes a script: what came of it and at which
// command, and its identifier (EMV Book 4, A5).
func scriptResults(_ view, b []byte) piece {
	var p piece
	for at := 0; at < len(b); at += 5 {
		if len(b)-at < 5 {
			p.err = &tlv.Error{Offset: at, Err: ErrSize}
			break
		}
		r := b[at]
		item := Item{
			Offset: at, Length: 5, Code: fmt.Sprintf("S%d", at/5+1), Value: hexOf(b[at : at+5]),
			Title: say("Script %X", "脚本%X", b[at+1:at+5]), Text: reserved,
		}
		if int(r>>4) < len(scriptOutcomes) {
			w := scriptOutcomes[r>>4]
			item.Text = w
			if r>>4 == 1 && r&0x0F > 0 {
				item.Text = say(w.EN+" at command %d", w.ZH+"于第%d条命令", r&0x0F)
			}
		} else if p.err == nil {
			p.err = &tlv.Error{Offset: at, Err: ErrValue}
		}
		p.children = append(p.children, item)
	}
	return p
}

// issuerAuthentication explains 91 in the two layouts of EMV Book 2, 8.2: a
// cryptogram of eight bytes and a response code, or one of four and card status
// updates.
func issuerAuthentication(_ view, b []byte) piece {
	switch {
	case len(b) == 10:
		p := piece{children: []Item{
			{Offset: 0, Length: 8, Code: "ARPC", Title: Words{"Authorisation response cryptogram", "授权响应密文"}, Value: hexOf(b[:8])},
			{Offset: 8, Length: 2, Code: "ARC", Title: Words{"Authorisation response code", "授权响应码"}, Value: hexOf(b[8:])},
		}}
		if printable(b[8:]) {
			p.children[1].Value = string(b[8:])
			p.children[1].Text = response(view{}, b[8:]).text
		}
		return p
	case len(b) >= 8:
		return piece{text: Words{"As the issuer lays it out: method 1 or method 2.", "由发卡行规定格式：方法1或方法2。"}}
	}
	return piece{err: ErrSize}
}
