package host_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"vpos/txn/host"
)

// framings is every form, by name.
func framings() map[string]host.Framing {
	out := map[string]host.Framing{}
	for _, form := range []host.LengthForm{host.LengthBE2, host.LengthBCD2, host.LengthASCII4} {
		for _, inclusive := range []bool{false, true} {
			for _, tpdu := range []string{"", "6000010002"} {
				name := fmt.Sprintf("%s inclusive=%t tpdu=%s", form, inclusive, tpdu)
				out[name] = host.Framing{Length: form, Inclusive: inclusive, TPDU: tpdu, Max: 2000}
			}
		}
	}
	return out
}

func TestFramesOnTheWire(t *testing.T) {
	message := bytes.Repeat([]byte("m"), 0x123) // 291
	cases := map[string]struct {
		framing host.Framing
		head    string
	}{
		"be2":               {host.Framing{Length: host.LengthBE2, Max: 999}, "\x01\x23"},
		"be2 inclusive":     {host.Framing{Length: host.LengthBE2, Inclusive: true, Max: 999}, "\x01\x25"},
		"be2 TPDU":          {host.Framing{Length: host.LengthBE2, TPDU: "6000010002", Max: 999}, "\x01\x28\x60\x00\x01\x00\x02"},
		"bcd2":              {host.Framing{Length: host.LengthBCD2, Max: 999}, "\x02\x91"},
		"bcd2 inclusive":    {host.Framing{Length: host.LengthBCD2, Inclusive: true, Max: 999}, "\x02\x93"},
		"ascii4":            {host.Framing{Length: host.LengthASCII4, Max: 999}, "0291"},
		"ascii4 incl. TPDU": {host.Framing{Length: host.LengthASCII4, Inclusive: true, TPDU: "6000010002", Max: 999}, "0300\x60\x00\x01\x00\x02"},
	}
	for name, x := range cases {
		got, err := x.framing.Append([]byte("before"), x.framing.Header(), message)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want := "before" + x.head + string(message); string(got) != want {
			t.Errorf("%s: %q", name, got[:20])
		}
	}
}

func TestFramesHoweverCut(t *testing.T) {
	for name, f := range framings() {
		var stream []byte
		var want []string
		for i := 1; i < 40; i++ {
			want = append(want, strings.Repeat(string(rune('a'+i%26)), i*i))
			var err error
			if stream, err = f.Append(stream, f.Header(), []byte(want[i-1])); err != nil {
				t.Fatal(err)
			}
		}
		for cut, r := range map[string]io.Reader{
			"whole": bytes.NewReader(stream), "bytes": iotest.OneByteReader(bytes.NewReader(stream)),
			"halves": iotest.HalfReader(bytes.NewReader(stream)), "data with EOF": iotest.DataErrReader(bytes.NewReader(stream)),
		} {
			framer := host.NewFramer(r, f)
			for i, w := range want {
				got, tpdu, err := framer.Next()
				if err != nil || string(got) != w || tpdu != f.Header() {
					t.Fatalf("%s, %s: message %d: %q %x %v", name, cut, i, got, tpdu, err)
				}
			}
			if _, _, err := framer.Next(); !errors.Is(err, io.EOF) {
				t.Errorf("%s, %s: at the end: %v", name, cut, err)
			}
		}
	}
}

func TestFramesRefused(t *testing.T) {
	be2 := host.Framing{Length: host.LengthBE2, Max: 100}
	inclusive := host.Framing{Length: host.LengthBE2, Inclusive: true, Max: 100}
	bcd2 := host.Framing{Length: host.LengthBCD2, Max: 100}
	ascii4 := host.Framing{Length: host.LengthASCII4, Max: 100}
	tpdu := host.Framing{Length: host.LengthBE2, TPDU: "6000010002", Max: 100}
	cases := []struct {
		name, stream string
		framing      host.Framing
		want         error
	}{
		{"zero", "\x00\x00", be2, host.ErrFrame},
		{"one too many", "\x00\x65" + strings.Repeat("x", 101), be2, host.ErrFrame},
		{"far too many", "\xff\xff", be2, host.ErrFrame},
		{"less than itself", "\x00\x01", inclusive, host.ErrFrame},
		{"only itself", "\x00\x02", inclusive, host.ErrFrame},
		{"not BCD", "\x0a\x00", bcd2, host.ErrFrame},
		{"not digits", "00x4abcd", ascii4, host.ErrFrame},
		{"a sign", "+004abcd", ascii4, host.ErrFrame},
		{"no room for the header", "\x00\x05\x60\x00\x01\x00\x02", tpdu, host.ErrFrame},
		{"no header", "\x00\x06abcdef", tpdu, host.ErrFrame},
		{"half a length", "\x00", be2, io.ErrUnexpectedEOF},
		{"length only", "\x00\x05", be2, io.ErrUnexpectedEOF},
		{"half a message", "\x00\x05abc", be2, io.ErrUnexpectedEOF},
		{"nothing", "", be2, io.EOF},
	}
	for _, x := range cases {
		if _, _, err := host.NewFramer(strings.NewReader(x.stream), x.framing).Next(); !errors.Is(err, x.want) {
			t.Errorf("%s: %v, want %v", x.name, err, x.want)
		}
	}
	if _, err := be2.Append(nil, host.TPDU{}, make([]byte, 101)); !errors.Is(err, host.ErrRange) {
		t.Errorf("a message over the limit: %v", err)
	}
	if _, err := be2.Append(nil, host.TPDU{}, nil); !errors.Is(err, host.ErrRange) {
		t.Errorf("no message: %v", err)
	}
}

// A length that lies costs the cap at most, not what it claims.
func TestALyingLengthAllocatesLittle(t *testing.T) {
	f := host.Framing{Length: host.LengthBE2, Max: 512}
	got := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _, _ = host.NewFramer(strings.NewReader("\xff\xff"), f).Next()
		}
	})
	if n := got.AllocedBytesPerOp(); n > 4096+1024 { // the reader's own buffer
		t.Errorf("%d bytes for one lie", n)
	}
}

func TestTPDUAnswer(t *testing.T) {
	got := host.TPDU{0x60, 0, 1, 0, 2}.Answer()
	if want := (host.TPDU{0x60, 0, 2, 0, 1}); got != want {
		t.Errorf("%x, want %x", got, want)
	}
}
