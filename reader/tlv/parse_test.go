package tlv

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Shaped as test cards answer; the numbers belong to nobody.
const (
	fci     = "6F508407A0000000031010A545500B56495341204352454449548701019F380C9F66049F02069F37045F2A025F2D047A68656E9F1101019F120B56697361204B617274656EBF0C0A42034111119F4D020B0A"
	fciPBOC = "6F318408A000000333010102A525500B50424F43204352454449548701019F38069F7A01DF6901BF0C099F4D020B0ADF610101"
	record  = "70265A0841111111111111115F24033012315F3401005F280201569F0702FF008C069F02069F0306"
)

func un(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sketch is a tree in one line: tag@offset+header=value.
func sketch(nodes []Node) string {
	var parts []string
	for _, n := range nodes {
		s := fmt.Sprintf("%s@%d+%d", n.Tag, n.Offset, n.Header)
		if n.Tag.Constructed() {
			s += "(" + sketch(n.Children) + ")"
		} else {
			s += fmt.Sprintf("=%X", n.Value)
		}
		if n.Missing > 0 {
			s += fmt.Sprintf("!%d", n.Missing)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nothing":         {"", ""},
		"one":             {"5A021234", "5A@0+2=1234"},
		"no value":        {"5A00", "5A@0+2="},
		"two-byte tag":    {"9F0201FF", "9F02@0+3=FF"},
		"three-byte tag":  {"DF810C0102", "DF810C@0+4=02"},
		"four-byte tag":   {"DF81820C0102", "DF81820C@0+5=02"},
		"low long tag":    {"1F80050102", "1F8005@0+4=02"},
		"81":              {"5A810112", "5A@0+3=12"},
		"82":              {"5A82000112", "5A@0+4=12"},
		"83":              {"5A8300000112", "5A@0+5=12"},
		"84":              {"5A840000000112", "5A@0+6=12"},
		"template":        {"6F065004414243" + "44", "6F@0+2(50@2+2=41424344)"},
		"siblings":        {"820239009404080102 00", "82@0+2=3900 94@4+2=08010200"},
		"padded":          {"0000 5A0112 00 FFFF 500141 FF", "5A@2+2=12 50@8+2=41"},
		"padded inside":   {"7007 00 5A0112 FFFF 00", "70@0+2(5A@3+2=12)"},
		"only padding":    {"00FF00FFFFFF", ""},
		"FF before 00":    {"FF00 5A0112", "5A@2+2=12"},
		"FF tag":          {"FF8106035A0112", "FF8106@0+4(5A@4+2=12)"},
		"FF tag two":      {"FF01 035A0112", "FF01@0+3(5A@3+2=12)"},
		"value like tags": {"5A04FFFF0000", "5A@0+2=FFFF0000"},
		"record": {record, "70@0+2(5A@2+2=4111111111111111 5F24@12+3=301231 5F34@18+3=00 5F28@22+3=0156 " +
			"9F07@27+3=FF00 8C@32+2=9F02069F0306)"},
	} {
		nodes, err := Parse(un(t, c.in))
		if got := sketch(nodes); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v; want %s", name, got, err, c.want)
		}
	}
}

func TestDamage(t *testing.T) {
	deep := func(n int) (in, path, want string) {
		var b []byte
		for range n {
			b = Append(nil, 0x70, b)
		}
		path = strings.TrimSuffix(strings.Repeat("70/", maxDepth+1), "/")
		nodes, _ := Parse(b)
		return hex.EncodeToString(b), path, sketch(nodes)
	}
	tooDeep, deepPath, deepTree := deep(maxDepth + 2)
	for name, c := range map[string]struct {
		in     string
		offset int
		path   string
		err    error
		want   string // the tree all the same
	}{
		"no length":        {"9505000000000082", 7, "82", ErrShort, "95@0+2=0000000000"},
		"cut tag":          {"5A01129F", 3, "", ErrShort, "5A@0+2=12"},
		"cut long tag":     {"DF81", 0, "", ErrShort, ""},
		"cut length":       {"5A82", 0, "5A", ErrShort, ""},
		"cut length 2":     {"5A8201", 0, "5A", ErrShort, ""},
		"cut value":        {"5A0812", 0, "5A", ErrShort, "5A@0+2=12!7"},
		"cut template":     {"6F1084024142A5", 0, "6F", ErrShort, "6F@0+2(84@2+2=4142)!11"},
		"five-byte tag":    {"DF8181818101", 0, "", ErrTag, ""},
		"indefinite":       {"6F80840141", 0, "6F", ErrIndefinite, ""},
		"indefinite is":    {"6F80840141", 0, "6F", ErrLength, ""},
		"length of length": {"5A85000000000112", 0, "5A", ErrLength, ""},
		"FF length":        {"5AFF", 0, "5A", ErrLength, ""},
		"huge length":      {"5A84FFFFFFFF12", 0, "5A", ErrLength, ""},
		"large length":     {"5A847FFFFFFF12", 0, "5A", ErrShort, "5A@0+6=12!2147483646"},
		"inside":           {"6F07 A505 5002 4142 9F", 4 + 4, "6F/A5", ErrShort, "6F@0+2(A5@2+2(50@4+2=4142))"},
		"child over parent": {"70045A061234 500141", 2, "70/5A", ErrShort,
			"70@0+2(5A@2+2=1234!4) 50@6+2=41"},
		"two places": {"7002 5A01 7001 9F", 2, "70/5A", ErrShort, "70@0+2(5A@2+2=!1) 70@4+2()"},
		"too deep":   {tooDeep, 2 * maxDepth, deepPath, ErrDepth, deepTree},
	} {
		nodes, err := Parse(un(t, c.in))
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, c.err) || e.Offset != c.offset || e.Path != c.path {
			t.Errorf("%s: got %v, want %v at %d in %q", name, err, c.err, c.offset, c.path)
		}
		if got := sketch(nodes); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// Every template up to the bound is read; the one below it stays closed.
func TestDepth(t *testing.T) {
	var b []byte
	for range maxDepth {
		b = Append(nil, 0x70, b)
	}
	if _, err := Parse(b); err != nil {
		t.Errorf("%d templates: %v", maxDepth, err)
	}
	nodes, err := Parse(Append(nil, 0x70, b))
	if !errors.Is(err, ErrDepth) {
		t.Errorf("%d templates: %v", maxDepth+1, err)
	}
	levels := 0
	for ; len(nodes) > 0; nodes = nodes[0].Children {
		levels++
	}
	if levels != maxDepth+1 {
		t.Errorf("%d levels", levels)
	}
}

// Cut anywhere or with any byte changed, a real answer gives what came before
// the damage and never panics.
func TestDamageEverywhere(t *testing.T) {
	for _, in := range []string{fci, fciPBOC, record} {
		whole := un(t, in)
		for cut := range whole {
			nodes, err := Parse(whole[:cut])
			if cut >= 2 && (err == nil || len(nodes) != 1 || nodes[0].Missing == 0) {
				t.Errorf("cut at %d: %s, %v", cut, sketch(nodes), err)
			}
		}
		full, err := Parse(whole)
		if err != nil {
			t.Fatal(in, err)
		}
		for at := 2; at < len(whole); at++ {
			for _, bad := range []byte{0x00, 0x1F, 0x7F, 0x80, 0x84, 0xFF} {
				b := bytes.Clone(whole)
				b[at] = bad
				nodes, _ := Parse(b)
				// What ends before the damage is as it was.
				if len(nodes) != 1 || !samePrefix(full[0].Children, nodes[0].Children, at) {
					t.Errorf("%02X at %d: %s", bad, at, sketch(nodes))
				}
			}
		}
	}
}

func samePrefix(want, got []Node, before int) bool {
	for i, n := range want {
		if n.End() > before {
			return true
		}
		if i >= len(got) || got[i].Tag != n.Tag || !bytes.Equal(got[i].Value, n.Value) {
			return false
		}
	}
	return true
}

func TestFind(t *testing.T) {
	nodes, err := Parse(un(t, fci))
	if err != nil {
		t.Fatal(err)
	}
	if n, ok := Find(nodes, 0x6F, 0xA5, 0x9F38); !ok || !bytes.Equal(n.Value, un(t, "9F66049F02069F37045F2A02")) {
		t.Errorf("got %v", n)
	}
	for _, path := range [][]Tag{nil, {0x84}, {0x6F, 0x50}, {0x6F, 0xA5, 0x50, 0x50}} {
		if n, ok := Find(nodes, path...); ok {
			t.Errorf("%v: got %v", path, n)
		}
	}
	// The first way that leads on, not the first tag.
	nodes, _ = Parse(un(t, "7000 70035A0112 70035A0134"))
	if n, ok := Find(nodes, 0x70, 0x5A); !ok || n.Value[0] != 0x12 {
		t.Errorf("got %v", n)
	}
}

func TestValueAliasesInput(t *testing.T) {
	b := un(t, record)
	nodes, _ := Parse(b)
	pan, _ := Find(nodes, 0x70, 0x5A)
	clear(b)
	if !bytes.Equal(pan.Value, make([]byte, 8)) {
		t.Error("wiping the input must wipe the value")
	}
	if _ = append(pan.Value, 1); b[pan.End()] == 1 {
		t.Error("appending to a value must not write into the input")
	}
}

func TestTag(t *testing.T) {
	for tag, c := range map[Tag]struct {
		text        string
		size        int
		constructed bool
	}{
		0x5A: {"5A", 1, false}, 0x9F02: {"9F02", 2, false}, 0x6F: {"6F", 1, true}, 0xBF0C: {"BF0C", 2, true},
		0xFF8106: {"FF8106", 3, true}, 0xDF8101: {"DF8101", 3, false}, 0x7F818101: {"7F818101", 4, true}, 0x05: {"05", 1, false},
	} {
		if tag.String() != c.text || tag.Size() != c.size || tag.Constructed() != c.constructed {
			t.Errorf("%s: got %v %d %v", c.text, tag, tag.Size(), tag.Constructed())
		}
	}
}

func TestParseTags(t *testing.T) {
	got, err := ParseTags(un(t, "82 9F36 DF810C"))
	if err != nil || fmt.Sprint(got) != "[82 9F36 DF810C]" {
		t.Errorf("got %v, %v", got, err)
	}
	for in, offset := range map[string]int{"829F": 1, "8200": 1, "00": 0} {
		got, err := ParseTags(un(t, in))
		var e *Error
		if !errors.As(err, &e) || e.Offset != offset || len(got) != offset {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
	}
}

func TestNodePrintsNoValue(t *testing.T) {
	nodes, _ := Parse(un(t, record))
	pan, _ := Find(nodes, 0x70, 0x5A)
	js, err := json.Marshal(nodes)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "node", pan)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "node", pan)
	said := string(js) + log.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		said += fmt.Sprintf(verb, pan) + fmt.Sprintf(verb, nodes)
	}
	for _, secret := range []string{"1111", "17 17", "17, 17", "0x11", "ERER"} {
		if strings.Contains(said, secret) {
			t.Errorf("found %q in %s", secret, said)
		}
	}
	if fmt.Sprint(pan) != "5A[8]" {
		t.Errorf("got %v", pan)
	}
}

func TestErrorText(t *testing.T) {
	for want, e := range map[string]*Error{
		"offset 3: tlv: no such tag":                                   {3, "", ErrTag},
		"offset 9, 6F/A5: tlv: no such length: indefinite":             {9, "6F/A5", ErrIndefinite},
		"offset 0, 70: tlv: the data ends inside an object":            {0, "70", ErrShort},
		"offset 1, 70/70: tlv: too many templates inside each other":   {1, "70/70", ErrDepth},
		"offset 70000, 70/DF810C: tlv: the data ends inside an object": {70000, "70/DF810C", ErrShort},
	} {
		if e.Error() != want {
			t.Errorf("got %q, want %q", e.Error(), want)
		}
	}
}
