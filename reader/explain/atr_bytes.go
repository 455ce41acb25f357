package explain

import (
	"fmt"
	"strings"
)

// interfaceByte explains TAi, TBi or TCi. From the third on, and TC2, they speak
// of the protocol the byte TD before them named (ISO/IEC 7816-3, 8.3).
func interfaceByte(letter rune, i int, protocol, c byte) (title, text Words) {
	switch {
	case letter == 'A' && i == 1:
		return Words{"Speed", "速率"}, speed(c)
	case letter == 'B' && i <= 2:
		return Words{"Programming voltage", "编程电压"}, Words{"No longer used.", "已不再使用。"}
	case letter == 'C' && i == 1:
		return Words{"Extra guard time", "额外保护时间"}, guardTime(c)
	case letter == 'A' && i == 2:
		return Words{"Specific mode", "专用模式"}, specificMode(c)
	case letter == 'C' && i == 2:
		return Words{"Waiting time, T=0", "T=0等待时间"}, say("Waiting time integer %d.", "等待时间整数%d。", c)
	case protocol == 1:
		return blockProtocol(letter, c)
	case protocol == 15:
		return globalByte(letter, c)
	}
	return say("Byte of T=%d", "T=%d的接口字节", protocol), Words{}
}

// Tables 7 and 8 of ISO/IEC 7816-3; 0 is reserved.
var (
	clockRates = [16]int{372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048, 0, 0}
	topClocks  = [16]string{"4", "5", "6", "8", "12", "16", "20", "", "", "5", "7.5", "10", "15", "20", "", ""}
	bitRates   = [16]int{0, 1, 2, 4, 8, 16, 32, 64, 12, 20}
)

func speed(c byte) Words {
	f, d := clockRates[c>>4], bitRates[c&0x0F]
	if f == 0 || d == 0 {
		return Words{"A reserved value.", "保留值。"}
	}
	return say("%d clock cycles for %d bits (Fi %[1]d, Di %[2]d), up to %[3]s MHz.",
		"每%[2]d位%[1]d个时钟周期（Fi %[1]d，Di %[2]d），最高%[3]s MHz。", f, d, topClocks[c>>4])
}

func guardTime(c byte) Words {
	if c == 0xFF {
		return Words{"The shortest.", "最短。"}
	}
	if c == 0 {
		return Words{"None.", "无。"}
	}
	return many(int(c), "1 bit time more.", "%d bit times more.", "增加%d个位时间。")
}

func specificMode(c byte) Words {
	w := say("Only T=%d.", "仅T=%d。", c&0x0F)
	if c&0x80 != 0 {
		w = w.and(Words{"The card cannot change its mode.", "卡片不能改变模式。"})
	}
	if c&0x10 != 0 {
		return w.and(Words{"The speed is the card's own, not TA1's.", "速率由卡片规定，不按TA1。"})
	}
	return w
}

// blockProtocol explains the bytes of T=1 (ISO/IEC 7816-3, 11.4).
func blockProtocol(letter rune, c byte) (title, text Words) {
	switch letter {
	case 'A':
		return Words{"Block size, T=1", "T=1块长度"}, say("The card takes up to %d bytes a block.", "卡片每块最多接收%d字节。", c)
	case 'B':
		return Words{"Waiting times, T=1", "T=1等待时间"},
			say("Character waiting time %d, block waiting time %d.", "字符等待时间%d，块等待时间%d。", c&0x0F, c>>4)
	}
	if c&1 != 0 {
		return Words{"Error detection, T=1", "T=1差错检测"}, Words{"CRC.", "CRC。"}
	}
	return Words{"Error detection, T=1", "T=1差错检测"}, Words{"LRC.", "LRC。"}
}

var clockStops = [4]Words{
	{"The clock may not be stopped.", "时钟不可停止。"},
	{"The clock may be stopped, low.", "时钟可停在低电平。"},
	{"The clock may be stopped, high.", "时钟可停在高电平。"},
	{"The clock may be stopped, either way.", "时钟可停在任意电平。"},
}

// globalByte explains the bytes after T=15 (ISO/IEC 7816-3, 8.3).
func globalByte(letter rune, c byte) (title, text Words) {
	if letter != 'A' {
		return Words{"Global byte", "全局接口字节"}, Words{}
	}
	var volts []string
	for n, class := range []string{"5 V", "3 V", "1.8 V"} {
		if c&(1<<n) != 0 {
			volts = append(volts, class)
		}
	}
	text = clockStops[c>>6]
	if volts != nil {
		list := strings.Join(volts, ", ")
		text = text.and(say("Voltages: %s.", "电压：%s。", list))
	}
	return Words{"Clock stop and voltage", "时钟停止和电压等级"}, text
}

// historical explains the historical bytes (ISO/IEC 7816-4, 12.1.1). Those of a
// tap are what the reader found on the air (PC/SC part 3, 3.1.3.2.3.1).
func historical(h []byte, tap bool) Item {
	item := Item{Title: Words{"Historical bytes", "历史字节"}, Value: hexOf(h)}
	if looksSecret(h, false) {
		item.Value = bullets(h)
	}
	switch {
	case storageCard(h):
		item.Text = storage(h[3:])
	case tap && len(h) == 8 && h[0] != 0x80:
		item.Text = Words{
			"A type A card's own, or a type B card's application data and protocol.",
			"A型卡自身的历史字节，或B型卡的应用数据和协议信息。",
		}
	case h[0] == 0x80:
		item.Text = Words{"Compact objects.", "紧凑TLV数据。"}
		item.Children = compact(h, 1)
	case h[0] == 0x00 && len(h) >= 4:
		item.Text = Words{"Compact objects and a status.", "紧凑TLV数据和状态。"}
		item.Children = append(compact(h[:len(h)-3], 1), status(h[len(h)-3:], len(h)-3))
	case h[0] == 0x10:
		item.Text = Words{"Points to the directory file.", "指向目录文件。"}
	default:
		item.Text = Words{"The issuer's own.", "发卡方自定义。"}
		if printable(h) && !looksSecret(h, false) {
			item.Text = item.Text.and(say("As text: %s", "文本：%s", h))
		}
	}
	return item
}

var compactNames = [16]Words{
	0x1: {"Country", "国家代码"}, 0x2: {"Issuer number", "发卡方标识号"}, 0x3: {"Card services", "卡片服务数据"},
	0x4: {"First access", "初始访问数据"}, 0x5: {"Issuer's data", "发卡方数据"}, 0x6: {"Maker's data", "预发卡数据"},
	0x7: {"Card capabilities", "卡片能力"}, 0x8: {"Status", "状态"}, 0xF: {"Application", "应用标识符"},
}

// compact explains objects whose tag and length share a byte (ISO/IEC 7816-4,
// 12.1.1.2), from an offset on.
func compact(h []byte, at int) []Item {
	var items []Item
	for at < len(h) {
		end := at + 1 + int(h[at]&0x0F)
		item := Item{Offset: at, Code: fmt.Sprintf("%Xx", h[at]>>4), Title: compactNames[h[at]>>4]}
		if item.Title.empty() {
			item.Title = Words{"Reserved", "保留"}
		}
		if end > len(h) {
			item.Text = cutOff(end - len(h))
			end = len(h)
		}
		v := h[at+1 : end]
		item.Length = end - at
		item.Value = hexOf(v)
		if looksSecret(v, false) {
			item.Value = bullets(v)
		}
		items = append(items, item)
		at = end
	}
	return items
}

func status(b []byte, at int) Item {
	return Item{
		Offset: at, Length: 3, Title: compactNames[8], Value: hexOf(b),
		Text: say("Life cycle %02X, status %X", "生命周期%02X，状态字%X", b[0], b[1:]),
	}
}

var storageNames = map[string]string{
	"0001": "MIFARE Classic 1K", "0002": "MIFARE Classic 4K", "0003": "MIFARE Ultralight",
	"0026": "MIFARE Mini", "F004": "Topaz", "F011": "FeliCa 212K", "F012": "FeliCa 424K",
}

// storageCard reports whether the reader says that it is a memory card: 80 4F,
// a length, the PC/SC workgroup and what it calls the card (PC/SC part 3,
// 3.1.3.2.3.2).
func storageCard(h []byte) bool {
	return len(h) >= 11 && h[0] == 0x80 && h[1] == 0x4F && int(h[2]) == len(h)-3 &&
		strings.HasPrefix(string(h[3:]), "\xA0\x00\x00\x03\x06")
}

// storage names a memory card.
func storage(v []byte) Words {
	name, known := storageNames[hexOf(v[6:8])]
	if !known {
		return Words{"A memory card, not a payment card", "存储卡，不是支付卡"}
	}
	return say("%s, a memory card, not a payment card", "%s，存储卡，不是支付卡", name)
}
