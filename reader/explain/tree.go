package explain

import (
	"bytes"
	"slices"

	"vpos/reader/tlv"
)

// view is what the rest of the input says about one value: whose card it is and
// in which currency.
type view struct {
	families []tlv.Family // to look in first
	currency []byte       // of the application (9F42), else of the transaction (5F2A)
}

// piece is what a decoder found; offsets are from the start of the value.
type piece struct {
	text     Words
	value    string // where it says more than the bytes
	children []Item
	err      error
}

// TLV explains objects and templates (EMV Book 3, Annex B): a file's control
// information, a record, field 55. On damage it explains what could be read; the
// error is about the first thing wrong.
func TLV(b []byte) ([]Item, error) {
	nodes, err := tlv.Parse(b)
	v := look(nodes)
	items, inner := v.objects(nodes, "")
	if err == nil {
		err = inner
	}
	return items, err
}

// look finds whose card it is by the application's name, and the currency.
func look(nodes []tlv.Node) view {
	var v view
	walk(nodes, func(n tlv.Node) {
		switch n.Tag {
		case 0x4F, 0x84, 0x9F06:
			if v.families == nil {
				v.families = families(n.Value)
			}
		case 0x9F42:
			v.currency = n.Value
		case 0x5F2A:
			if v.currency == nil {
				v.currency = n.Value
			}
		}
	})
	return v
}

func walk(nodes []tlv.Node, visit func(tlv.Node)) {
	for _, n := range nodes {
		visit(n)
		walk(n.Children, visit)
	}
}

// objects explains siblings. The error is the first that a value gave.
func (v view) objects(nodes []tlv.Node, path string) ([]Item, error) {
	var items []Item
	var first error
	for _, n := range nodes {
		where := path + n.Tag.String()
		item, err := v.object(n)
		if err != nil && first == nil {
			first = located(err, n.Offset+n.Header, where)
		}
		if n.Tag.Constructed() {
			item.Children, err = v.objects(n.Children, where+"/")
			if first == nil {
				first = err
			}
		}
		items = append(items, item)
	}
	return items, first
}

// object explains one object without its children; an error is placed from the
// start of the value.
func (v view) object(n tlv.Node) (Item, error) {
	info, known := v.meaning(n.Tag, len(n.Value))
	item := Item{
		Offset: n.Offset, Length: n.Header + len(n.Value), Code: n.Tag.String(),
		Title: Words{info.EN, info.ZH},
	}
	var err error
	switch {
	case !known:
		item.Title = Words{"Unknown tag", "未知标签"}
	case n.Missing > 0:
	case !info.Fits(len(n.Value)):
		err = ErrSize
		item.Text = many(len(n.Value), "1 byte, which is not a length it can have.",
			"%d bytes, which is not a length it can have.", "长度%d字节，不符合规定。")
	}
	if n.Missing > 0 {
		item.Text = cutOff(n.Missing)
	}
	if n.Tag.Constructed() {
		return item, err
	}
	var why Words
	item.Value, why = show(info, n.Value)
	item.Text = item.Text.and(why)
	decode := decoders[meaning{info.Tag, info.Family}]
	if decode != nil && known && len(n.Value) > 0 && why != suspicious {
		p := decode(v, n.Value)
		item.take(p, n.Offset+n.Header)
		// What a cut value lacks has been said.
		if n.Missing == 0 && p.err != nil {
			err = p.err
		}
	}
	return item, err
}

func cutOff(missing int) Words {
	return many(missing, "Cut off: 1 byte is missing.", "Cut off: %d bytes are missing.", "数据不完整：缺少%d字节。")
}

// take adds what a decoder found. A hidden value stays hidden.
func (i *Item) take(p piece, start int) {
	i.Text = i.Text.and(p.text)
	if p.value != "" {
		i.Value = p.value
	}
	i.Children = shift(p.children, start)
}

// meaning finds what a tag means on this card: to its families first, and only
// what a value of that size can be, where there is a choice. Where track data is
// among the choices that could be meant, it is taken to be that.
func (v view) meaning(t tlv.Tag, size int) (tlv.Info, bool) {
	all := tlv.Variants(t)
	for _, f := range v.families {
		for _, info := range all {
			if info.Family == f && info.Fits(size) {
				return info, true
			}
		}
	}
	if i := slices.IndexFunc(all, func(info tlv.Info) bool { return info.Fits(size) }); i >= 0 {
		return all[i], true
	}
	first, known := tlv.LookupIn(t, v.families...)
	for _, info := range all {
		if info.Secrecy > first.Secrecy {
			first = info
		}
	}
	return first, known
}

// families tells by the registered part of an application's name whose private
// tags it uses.
func families(aid []byte) []tlv.Family {
	for _, s := range schemes {
		if bytes.HasPrefix(aid, s.rid) {
			return s.families
		}
	}
	return nil
}
