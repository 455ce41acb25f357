package explain

import (
	"fmt"
	"slices"
	"strings"

	"vpos/reader/tlv"
)

// ATR explains an answer to reset (ISO/IEC 7816-3, 8; EMV Book 1, 8): how the
// card talks, which protocols it offers, its historical bytes and its check
// byte. An error's path is the name of the byte.
func ATR(b []byte) (Item, error) {
	a := atr{b: b}
	a.read()
	item := Item{
		Length: len(b), Title: Words{"Answer to reset", "复位应答"}, Text: a.summary(),
		Value: hexOf(b), Children: a.items,
	}
	if a.secret || looksSecret(b, a.damage == nil) {
		item.Value = bullets(b)
	}
	if a.damage != nil {
		return item, a.damage
	}
	return item, nil
}

type atr struct {
	b         []byte
	at        int
	protocols []byte // in the order offered, without 15
	needCheck bool   // one of them, or 15, is not 0
	secret    bool   // the historical bytes are not shown
	items     []Item
	damage    *tlv.Error // the first
}

func (a *atr) fail(at int, name string, err error) {
	if a.damage == nil {
		a.damage = &tlv.Error{Offset: at, Path: name, Err: err}
	}
}

// next takes one byte; false at the end.
func (a *atr) next(name string) (byte, bool) {
	if a.at >= len(a.b) {
		a.fail(a.at, name, tlv.ErrShort)
		return 0, false
	}
	a.at++
	return a.b[a.at-1], true
}

// say adds an item about the byte just taken.
func (a *atr) say(name string, title, text Words) {
	at := a.at - 1
	a.items = append(a.items, Item{Offset: at, Length: 1, Code: name, Title: title, Text: text, Value: hexOf(a.b[at:a.at])})
}

func (a *atr) read() {
	ts, ok := a.next("TS")
	if !ok {
		return
	}
	a.convention(ts)
	t0, ok := a.next("T0")
	if !ok {
		return
	}
	history := int(t0 & 0x0F)
	a.say("T0", Words{"Format", "格式字符"}, many(history, "1 historical byte.", "%d historical bytes.", "%d个历史字节。").and(follows(1, t0)))
	if !a.interfaces(t0) {
		return
	}
	a.history(history)
	a.check()
}

func (a *atr) convention(ts byte) {
	title := Words{"Initial character", "起始字符"}
	switch ts {
	case 0x3B:
		a.say("TS", title, Words{"Direct convention.", "正向约定。"})
	case 0x3F:
		a.say("TS", title, Words{"Inverse convention.", "反向约定。"})
	default:
		a.say("TS", title, Words{"Not a start of an answer to reset.", "不是有效的复位应答起始字符。"})
		a.fail(0, "TS", ErrValue)
	}
}

// follows names the interface bytes that a T0 or TD announces.
func follows(i int, y byte) Words {
	var names []string
	for n, letter := range "ABCD" {
		if y&(0x10<<n) != 0 {
			names = append(names, fmt.Sprintf("T%c%d", letter, i))
		}
	}
	if names == nil {
		return Words{"No interface byte follows.", "其后没有接口字节。"}
	}
	return say("Followed by %s.", "其后是%s。", strings.Join(names, " "))
}

// interfaces takes TA1 to the last TD. It reports whether all of them were there.
func (a *atr) interfaces(y byte) bool {
	protocol := byte(0) // of the TD before; nothing said means T=0
	more := true
	for i := 1; more; i++ {
		more = false
		for n, letter := range "ABCD" {
			if y&(0x10<<n) == 0 {
				continue
			}
			name := fmt.Sprintf("T%c%d", letter, i)
			c, ok := a.next(name)
			if !ok {
				return false
			}
			if letter != 'D' {
				title, text := interfaceByte(letter, i, protocol, c)
				a.say(name, title, text)
				continue
			}
			a.protocol(name, i, c)
			protocol, y, more = c&0x0F, c, true // D is the last letter
		}
	}
	if a.protocols == nil {
		a.protocols = []byte{0}
	}
	return true
}

func (a *atr) protocol(name string, i int, c byte) {
	t := c & 0x0F
	a.needCheck = a.needCheck || t != 0
	offers := say("Offers T=%d.", "支持T=%d。", t)
	if t == 15 {
		offers = Words{"Global bytes follow.", "其后为全局接口字节。"}
	} else if !slices.Contains(a.protocols, t) {
		a.protocols = append(a.protocols, t)
	}
	a.say(name, Words{"Protocol", "协议"}, offers.and(follows(i+1, c)))
}

func (a *atr) history(n int) {
	if n == 0 {
		return
	}
	have := min(n, len(a.b)-a.at)
	h := a.b[a.at : a.at+have]
	if have > 0 {
		a.secret = looksSecret(h, false)
		item := historical(h, contactless(a.b))
		item.Offset, item.Length, item.Code = a.at, have, "T1"
		if have > 1 {
			item.Code = fmt.Sprintf("T1-T%d", have)
		}
		item.Children = shift(item.Children, a.at)
		a.items = append(a.items, item)
	}
	a.at += have
	if have < n {
		a.fail(a.at, fmt.Sprintf("T%d", have+1), tlv.ErrShort)
	}
}

// check takes TCK, which makes the exclusive or of T0 to TCK zero. It is there
// unless T=0 is the only protocol.
func (a *atr) check() {
	if a.damage != nil && a.damage.Err == tlv.ErrShort { //nolint:errorlint // our own
		return
	}
	if a.needCheck {
		tck, ok := a.next("TCK")
		if !ok {
			return
		}
		var sum byte
		for _, c := range a.b[1 : a.at-1] {
			sum ^= c
		}
		text := Words{"Correct.", "正确。"}
		if sum != tck {
			text = say("Wrong, %02X expected.", "错误，应为%02X。", sum)
			a.fail(a.at-1, "TCK", ErrValue)
		}
		a.say("TCK", Words{"Check character", "校验字符"}, text)
	}
	if a.at < len(a.b) {
		a.items = append(a.items, Item{
			Offset: a.at, Length: len(a.b) - a.at, Title: Words{"More bytes than announced", "多余的字节"},
		})
		a.fail(a.at, "", ErrSize)
	}
}

// summary says in one breath what kind of card answers.
func (a *atr) summary() Words {
	if len(a.protocols) == 0 {
		return Words{}
	}
	if contactless(a.b) {
		return Words{"Contactless card; the reader made up this answer (PC/SC part 3).", "非接触卡，此应答由读卡器生成（PC/SC第3部分）。"}
	}
	var names []string
	for _, t := range a.protocols {
		names = append(names, fmt.Sprintf("T=%d", t))
	}
	list := strings.Join(names, ", ")
	return say("Contact card, %s.", "接触式卡，%s。", list)
}

// contactless tells the answer a reader makes up: 3B 8n 80 01 (PC/SC part 3,
// 3.1.3.2.3).
func contactless(b []byte) bool {
	return len(b) > 4 && b[0] == 0x3B && b[1]>>4 == 8 && b[2] == 0x80 && b[3] == 0x01
}
