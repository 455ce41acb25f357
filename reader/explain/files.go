package explain

import (
	"fmt"

	"vpos/reader/tlv"
)

// afl explains which records to read (EMV Book 3, 10.2): a file, its first and
// last record, and how many of them are signed, in four bytes.
func afl(_ view, b []byte) piece {
	var p piece
	at, records := 0, 0
	for ; at+4 <= len(b); at += 4 {
		e := b[at : at+4]
		item, ok := aflEntry(e)
		item.Offset = at
		item.Code = fmt.Sprintf("F%d", at/4+1)
		if ok {
			records += int(e[2]) - int(e[1]) + 1
		} else if p.err == nil {
			p.err = &tlv.Error{Offset: at, Err: ErrValue}
		}
		p.children = append(p.children, item)
	}
	if at != len(b) && p.err == nil {
		p.err = &tlv.Error{Offset: at, Err: ErrSize}
	}
	p.text = many(records, "1 record to read.", "%d records to read.", "需读取%d条记录。")
	return p
}

func aflEntry(e []byte) (Item, bool) {
	sfi, first, last, signed := e[0]>>3, e[1], e[2], e[3]
	item := Item{
		Length: 4, Value: hexOf(e),
		Title: say("File %d, records %d to %d", "文件%d，记录%d至%d", sfi, first, last),
		Text:  Words{"None of them is signed.", "均不参与脱机数据认证。"},
	}
	if first == last {
		item.Title = say("File %d, record %d", "文件%d，记录%d", sfi, first)
	}
	switch {
	case signed == 1:
		item.Text = say("Record %d is signed.", "记录%d参与脱机数据认证。", first)
	case signed > 1:
		item.Text = say("Records %d to %d are signed.", "记录%d至%d参与脱机数据认证。", first, int(first)+int(signed)-1)
	}
	if !aflValid(e) {
		item.Text = Words{"Not a valid entry.", "不是有效的条目。"}
		return item, false
	}
	return item, true
}

func aflValid(e []byte) bool {
	sfi, first, last, signed := e[0]>>3, e[1], e[2], e[3]
	return e[0]&7 == 0 && sfi >= 1 && sfi <= 30 && first >= 1 && last >= first && int(signed) <= int(last)-int(first)+1
}

// dol explains what the card wants of the terminal (EMV Book 3, 5.4).
func dol(v view, b []byte) piece {
	list, err := tlv.ParseDOL(b)
	p := piece{err: err, text: many(len(list), "1 value,", "%d values,", "共%d项，").
		and(many(list.Size(), "1 byte together.", "%d bytes together.", "合计%d字节。"))}
	at := 0
	for _, e := range list {
		item := v.wanted(e.Tag)
		item.Offset, item.Length = at, e.Tag.Size()+1
		item.Text = many(e.Length, "1 byte.", "%d bytes.", "%d字节。").and(item.Text)
		p.children = append(p.children, item)
		at += item.Length
	}
	return p
}

// tagList explains a list of tags without lengths (9F4A; EMV Book 3, 10.3).
func tagList(v view, b []byte) piece {
	tags, err := tlv.ParseTags(b)
	p := piece{err: err}
	at := 0
	for _, t := range tags {
		item := v.wanted(t)
		item.Offset, item.Length = at, t.Size()
		p.children = append(p.children, item)
		at += item.Length
	}
	return p
}

// wanted names a tag of a list.
func (v view) wanted(t tlv.Tag) Item {
	info, known := tlv.LookupIn(t, v.families...)
	item := Item{Code: t.String(), Title: Words{info.EN, info.ZH}}
	if !known {
		item.Title = Words{"Unknown tag", "未知标签"}
	}
	return item
}

// formatOne explains template 80 without tags: the answer to GET PROCESSING
// OPTIONS (profile and file locator) or to GENERATE AC (EMV Book 3, 6.5.8.4 and
// 6.5.5.4).
func formatOne(v view, b []byte) piece {
	parts := []part{{0x9F27, 1}, {0x9F36, 2}, {0x9F26, 8}, {0x9F10, 0}}
	least := 11
	if isProfile(b) {
		parts, least = []part{{0x82, 2}, {0x94, 0}}, 6
	}
	if len(b) < least {
		return piece{err: &tlv.Error{Err: ErrSize}}
	}
	var p piece
	at := 0
	for _, part := range parts {
		end := at + part.size
		if part.size == 0 {
			end = len(b)
		}
		if at == end {
			break // no issuer application data
		}
		item, err := v.object(tlv.Node{Tag: part.tag, Offset: at, Value: b[at:end]})
		if err != nil && p.err == nil {
			p.err = located(err, at, part.tag.String())
		}
		p.children = append(p.children, item)
		at = end
	}
	return p
}

// part is an object whose tag is left out.
type part struct {
	tag  tlv.Tag
	size int // 0 for the rest
}

// isProfile tells the two answers apart: a profile is followed by entries of
// four bytes that are all valid.
func isProfile(b []byte) bool {
	if len(b) < 6 || len(b)%4 != 2 {
		return false
	}
	for at := 2; at < len(b); at += 4 {
		if !aflValid(b[at : at+4]) {
			return false
		}
	}
	return true
}
