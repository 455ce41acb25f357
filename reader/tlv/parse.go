package tlv

import (
	"fmt"
	"io"
	"log/slog"
	"math"
)

// maxDepth bounds templates inside each other; the deepest of the books is four.
const maxDepth = 16

// Node is one object as it was read. Its Value may be card data: a Node prints
// as its tag and length under every verb but %p. Keep it in exported fields: fmt
// cannot ask a value in an unexported field how it wants to be printed.
type Node struct {
	Tag      Tag
	Offset   int    // of the tag, from the start of the input
	Header   int    // bytes of tag and length together
	Value    []byte // aliases the input, no capacity beyond it
	Children []Node // of a constructed object

	// Missing is how many bytes the length promised and the input no longer had;
	// only a tree that came with an error has such a node.
	Missing int
}

// End is the offset behind the last byte read of the object.
func (n Node) End() int { return n.Offset + n.Header + len(n.Value) }

// String is the tag and the number of bytes of the value, never the value.
func (n Node) String() string { return fmt.Sprintf("%s[%d]", n.Tag, len(n.Value)) }

// Format prints String under every verb but %p, which fmt keeps for itself.
func (n Node) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, n.String()) }

// LogValue is String.
func (n Node) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalText is String.
func (n Node) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// Parse reads the objects of b, and the objects inside templates, to the last
// byte. Before, between and after objects, bytes 00 and FF without meaning are
// passed over (EMV Book 3, B1; ISO/IEC 7816-4, 5.2.2.1). FF begins tags too
// (FF8106), so it is padding only at the end, before a 00, and in a run of two
// or more, which is how memory that was never written looks.
//
// On damage it gives what it could read and an [*Error] about the first place:
// the damaged object itself where its header could be read (with
// [Node.Missing]), and whatever comes behind a template whose inside is damaged.
func Parse(b []byte) ([]Node, error) {
	p := parser{input: b}
	nodes := p.objects(0, len(b), "", 0)
	if p.damage != nil {
		return nodes, p.damage
	}
	return nodes, nil
}

type parser struct {
	input  []byte
	damage *Error // the first
}

func (p *parser) fail(offset int, path string, err error) {
	if p.damage == nil {
		p.damage = &Error{Offset: offset, Path: path, Err: err}
	}
}

// objects reads the input from at to end.
func (p *parser) objects(at, end int, path string, depth int) []Node {
	var nodes []Node
	for {
		at += padding(p.input[at:end])
		if at == end {
			return nodes
		}
		n, where, ok := p.object(at, end, path)
		if !ok {
			return nodes
		}
		switch {
		case !n.Tag.Constructed():
		case depth == maxDepth:
			p.fail(at, where, ErrDepth)
		default:
			n.Children = p.objects(at+n.Header, n.End(), where, depth+1)
		}
		nodes = append(nodes, n)
		at = n.End()
	}
}

// object reads one object without its children, and gives the path to it.
func (p *parser) object(at, end int, path string) (n Node, where string, ok bool) {
	tag, tagSize, err := readTag(p.input[at:end])
	if err != nil {
		p.fail(at, path, err)
		return Node{}, "", false
	}
	where = join(path, tag)
	length, lengthSize, err := readLength(p.input[at+tagSize : end])
	if err != nil {
		p.fail(at, where, err)
		return Node{}, "", false
	}
	n = Node{Tag: tag, Offset: at, Header: tagSize + lengthSize}
	start := at + n.Header
	if length > end-start {
		p.fail(at, where, ErrShort)
		n.Missing = length - (end - start)
		length = end - start
	}
	n.Value = p.input[start : start+length : start+length]
	return n, where, true
}

func join(path string, t Tag) string {
	if path == "" {
		return t.String()
	}
	return path + "/" + t.String()
}

// padding counts the bytes without meaning at the start of b.
func padding(b []byte) int {
	i := 0
	for i < len(b) {
		run := i
		for run < len(b) && b[run] == 0xFF {
			run++
		}
		switch {
		case b[i] == 0:
			i++
		case run-i >= 2, run > i && (run == len(b) || b[run] == 0):
			i = run
		default:
			return i
		}
	}
	return i
}

// readLength reads the length at the start of b (EMV Book 3, B2): one byte up to
// 7F, or 81 to 84 and as many bytes as that says.
func readLength(b []byte) (length, size int, err error) {
	switch {
	case len(b) == 0:
		return 0, 0, ErrShort
	case b[0] < 0x80:
		return int(b[0]), 1, nil
	case b[0] == 0x80:
		return 0, 0, ErrIndefinite
	case b[0] > 0x84:
		return 0, 0, ErrLength
	}
	size = 1 + int(b[0]&0x7F)
	if len(b) < size {
		return 0, 0, ErrShort
	}
	var v uint64
	for _, c := range b[1:size] {
		v = v<<8 | uint64(c)
	}
	if v > math.MaxInt32 {
		return 0, 0, ErrLength
	}
	return int(v), size, nil
}

// Find follows a path of tags down the tree, at each step to the first object
// of that tag that leads on. An empty path finds nothing.
func Find(nodes []Node, path ...Tag) (Node, bool) {
	if len(path) == 0 {
		return Node{}, false
	}
	first, rest := path[0], path[1:]
	for _, n := range nodes {
		if n.Tag != first {
			continue
		}
		if len(rest) == 0 {
			return n, true
		}
		if found, ok := Find(n.Children, rest...); ok {
			return found, true
		}
	}
	return Node{}, false
}
