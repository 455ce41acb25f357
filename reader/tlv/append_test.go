package tlv

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestAppend(t *testing.T) {
	for _, c := range []struct {
		tag    Tag
		size   int
		header string
	}{
		{0x5A, 0, "5A00"}, {0x5A, 0x7F, "5A7F"}, {0x5A, 0x80, "5A8180"}, {0x9F02, 0xFF, "9F0281FF"},
		{0x5A, 0x100, "5A820100"}, {0x5A, 0xFFFF, "5A82FFFF"}, {0xFF8106, 0x10000, "FF810683010000"},
	} {
		got := Append([]byte{1}, c.tag, make([]byte, c.size))
		want := append(append([]byte{1}, un(t, c.header)...), make([]byte, c.size)...)
		if !bytes.Equal(got, want) {
			t.Errorf("%v of %d: got % X…", c.tag, c.size, got[:min(8, len(got))])
		}
	}
}

func TestAppendNode(t *testing.T) {
	for _, in := range []string{
		fci, fciPBOC, record, "5A810112", "5A82000112", "5A8300000112", "5A840000000112",
		"70820007005A0112FFFF00", "7006 5A82000112FF", "5A0812", "6F1084024142A5", "5A847FFFFFFF12", "1F80050102",
	} {
		b := un(t, in)
		nodes, _ := Parse(b)
		if len(nodes) != 1 {
			t.Fatalf("%s: %v", in, nodes)
		}
		if got := AppendNode(nil, nodes[0]); !bytes.Equal(got, b) {
			t.Errorf("%s: got %X", in, got)
		}
	}
	made := Node{Tag: 0x77, Children: []Node{{Tag: 0x82, Value: []byte{0x39, 0}}, {Tag: 0x94, Value: []byte{8, 1, 2, 0}}}}
	if got := AppendNode(nil, made); !bytes.Equal(got, un(t, "770A82023900940408010200")) {
		t.Errorf("got %X", got)
	}
}

// drawTag gives any tag a card could send.
func drawTag(t *rapid.T, constructed bool) Tag {
	known := rapid.SampledFrom(Tags()).Filter(func(i Info) bool { return i.Tag.Constructed() == constructed })
	any := rapid.Custom(func(t *rapid.T) Tag {
		first := rapid.ByteRange(1, 0xFF).Filter(func(b byte) bool { return (b&0x20 != 0) == constructed }).Draw(t, "first")
		if first&0x1F != 0x1F {
			return Tag(first)
		}
		tag := Tag(first)
		for range rapid.IntRange(0, 2).Draw(t, "middle") {
			tag = tag<<8 | Tag(rapid.ByteRange(0x80, 0xFE).Draw(t, "more"))
		}
		return tag<<8 | Tag(rapid.ByteRange(0x01, 0x7F).Draw(t, "last"))
	})
	if rapid.Bool().Draw(t, "known") {
		return known.Draw(t, "tag").Tag
	}
	return any.Draw(t, "tag")
}

// drawObject writes one object with a length of any form, and the node that
// Parse must make of it.
func drawObject(t *rapid.T, at, depth int) ([]byte, Node) {
	constructed := depth > 0 && rapid.IntRange(0, 2).Draw(t, "constructed") == 0
	n := Node{Tag: drawTag(t, constructed), Offset: at}
	size := rapid.IntRange(1, 5).Draw(t, "length bytes")
	var value []byte
	if !constructed {
		value = rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "value")
	}
	if lengthSize(len(value)) > size {
		size = lengthSize(len(value))
	}
	if constructed {
		size = max(size, 3) // room for whatever the children come to
	}
	n.Header = n.Tag.Size() + size
	if constructed {
		value, n.Children = drawObjects(t, at+n.Header, depth-1)
	}
	n.Value = value
	head := appendLength(appendTag(nil, n.Tag), len(value), size)
	return append(head, value...), n
}

func drawObjects(t *rapid.T, at, depth int) (b []byte, nodes []Node) {
	pad := rapid.SampledFrom([]string{"", "", "", "\x00", "\x00\x00", "\xFF\xFF\x00", "\xFF\x00"})
	for range rapid.IntRange(0, 3).Draw(t, "objects") {
		b = append(b, pad.Draw(t, "padding")...)
		o, n := drawObject(t, at+len(b), depth)
		b = append(b, o...)
		nodes = append(nodes, n)
	}
	return append(b, pad.Draw(t, "padding")...), nodes
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, want := drawObjects(t, 0, 3)
		got, err := Parse(b)
		if err != nil || sketch(got) != sketch(want) {
			t.Fatalf("%X: %v\n%s\n%s", b, err, sketch(got), sketch(want))
		}
		sameBytes(t, b, got)
	})
}

// sameBytes puts the objects back where they were; between them is padding.
func sameBytes(t interface{ Fatalf(string, ...any) }, b []byte, nodes []Node) {
	at := 0
	for _, n := range nodes {
		if n.Offset < at || padding(b[at:n.Offset]) != n.Offset-at && padding(b[at:]) != n.Offset-at {
			t.Fatalf("%X: between %d and %d is no padding", b, at, n.Offset)
		}
		if got := AppendNode(nil, n); !bytes.Equal(got, b[n.Offset:n.End()]) {
			t.Fatalf("%v: got %X, want %X", n, got, b[n.Offset:n.End()])
		}
		at = n.End()
		if n.Tag.Constructed() {
			inside(t, n)
		}
	}
}

// inside does the same with what a template holds.
func inside(t interface{ Fatalf(string, ...any) }, n Node) {
	children := make([]Node, len(n.Children))
	start := n.Offset + n.Header
	for i, c := range n.Children {
		c.Offset -= start
		children[i] = c
	}
	for _, c := range children {
		if got := AppendNode(nil, c); !bytes.Equal(got, n.Value[c.Offset:c.End()]) {
			t.Fatalf("%v: got %X", c, got)
		}
	}
}

// What a card reads back is what was written, whatever the lengths.
func TestAppendParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tag := drawTag(t, false)
		value := rapid.SliceOfN(rapid.Byte(), 0, 70000).Draw(t, "value")
		nodes, err := Parse(Append(nil, tag, value))
		if err != nil || len(nodes) != 1 || nodes[0].Tag != tag || !bytes.Equal(nodes[0].Value, value) {
			t.Fatalf("%v of %d: %v, %v", tag, len(value), nodes, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, in := range []string{fci, fciPBOC, record, "FF810603500141", "6F80", "5A847FFFFFFF12", "0000FFFF5A01"} {
		f.Add(un(f, in))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := string(b)
		nodes, err := Parse(b)
		if string(b) != before {
			t.Fatal("the input was changed")
		}
		if e, ok := err.(*Error); err != nil && (!ok || e.Offset < 0 || e.Offset > len(b)) {
			t.Fatalf("a nameless place: %v", err)
		}
		check(t, b, nodes, err != nil)
	})
}

// check holds every node to the bytes it came from.
func check(t *testing.T, b []byte, nodes []Node, damaged bool) {
	for _, n := range nodes {
		if n.Missing > 0 && !damaged {
			t.Fatalf("%v is cut and nobody said so", n)
		}
		if got := AppendNode(nil, n); !bytes.Equal(got, b[n.Offset:n.End()]) {
			t.Fatalf("%v: got %X", n, got)
		}
		check(t, b[:n.End()], n.Children, damaged)
	}
}
