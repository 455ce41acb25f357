package issuer

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/reader/tlv"
)

// What the issuer writes the card reads, and nothing else.
func TestBothEnds(t *testing.T) {
	for _, m := range Methods() {
		s := vectorSession(m)
		for _, approves := range []bool{true, false} {
			code := [2]byte{'0', '0'}
			if !approves {
				code = [2]byte{'0', '5'}
			}
			data := s.Answer(code, approves)
			if genuine, says := s.Accepts(data); !genuine || says != approves {
				t.Errorf("%s: %X is %v %v", m, data, genuine, says)
			}
			for i := range data {
				data[i] ^= 0x80
				if genuine, _ := s.Accepts(data); genuine {
					t.Errorf("%s: byte %d may differ", m, i)
				}
				data[i] ^= 0x80
			}
		}
		for _, pin := range []string{"1234", "123456789012"} {
			command, ok := s.ChangePIN([]byte(pin))
			data, genuine := s.Open(s.Seal(command))
			digits, good := s.NewPIN(data)
			if !ok || !genuine || !good || string(digits) != pin {
				t.Errorf("%s: PIN change %v %v %v", m, ok, genuine, good)
			}
		}
		sealed := s.Seal(PutData(0x9F13, []byte{1, 2}))
		for i := range sealed {
			sealed[i] ^= 1
			if _, genuine := s.Open(sealed); genuine {
				t.Errorf("%s: byte %d of a script may differ", m, i)
			}
			sealed[i] ^= 1
		}
	}
	for _, pin := range []string{"123", "1234567890123", "12a4"} {
		if _, ok := vectorSession(VisaCVN10).ChangePIN([]byte(pin)); ok {
			t.Errorf("a PIN of %d characters", len(pin))
		}
	}
}

func TestScript(t *testing.T) {
	s := vectorSession(VisaCVN10)
	for _, before := range []bool{true, false} {
		nodes, err := tlv.Parse(s.Script(before, [4]byte{1, 2, 3, 4}, BlockCard(), UnblockApplication(), UnblockPIN()))
		if err != nil || len(nodes) != 1 || (nodes[0].Tag == 0x71) != before || len(nodes[0].Children) != 4 {
			t.Fatalf("%v %v", nodes, err)
		}
		for i, ins := range []byte{InsCardBlock, InsAppUnblock, InsPINChange} {
			if c := nodes[0].Children[i+1].Value; c[0] != ClaPayment || c[1] != ins || int(c[4]) != len(c)-5 {
				t.Errorf("command %d: %X", i, c[:5])
			}
		}
	}
	if got := s.Script(true, [4]byte{}, BlockApplication()); got[2] != 0x86 {
		t.Errorf("an empty identifier is written: %X", got)
	}
	if got := s.Seal(PutData(0xDF01, make([]byte, 300))); len(got) != 5+int(got[4]) {
		t.Errorf("too long a command: %d", len(got))
	}
}

// The rightmost sixteen digits, padded where the number is short; option B only
// beyond sixteen digits, letters after digits.
func TestDiversifier(t *testing.T) {
	for _, c := range []struct {
		pan  string
		psn  int
		b    bool
		want string
	}{
		{"4761739001010119", 1, false, "6173900101011901"},
		{"4761739001010119", 1, true, "6173900101011901"},
		{"123456789012", 3, false, "0012345678901203"},
		{"123456789012", -1, true, "0012345678901200"},
		{"6205500000000000004", 100, false, "0000000000000400"},
	} {
		if got := fmt.Sprintf("%X", diversifier([]byte(c.pan), c.psn, c.b)); got != c.want {
			t.Errorf("%d digits: %s, want %s", len(c.pan), got, c.want)
		}
	}
}

func TestMissingData(t *testing.T) {
	card := TestRing()[TestIndex].Card(VisaCVN10, []byte("4761739001010119"), 1)
	for _, e := range append(Signed(), tlv.Entry{Tag: tagIAD}) {
		tag := e.Tag
		_, err := card.Cryptogram(func(want tlv.Tag) ([]byte, bool) {
			if want == tag {
				return nil, false
			}
			return with("06010A03A49002")(want)
		})
		if !errors.Is(err, ErrData) || !strings.Contains(err.Error(), tag.String()) {
			t.Errorf("without %s: %v", tag, err)
		}
	}
	if _, err := (Card{Method: "none"}).Cryptogram(with("06010A03A49002")); !errors.Is(err, ErrData) {
		t.Errorf("an unknown method: %v", err)
	}
}

// A key prints as its check value only.
func TestPrints(t *testing.T) {
	k := TestRing()[TestIndex].AC
	j, _ := json.Marshal(k)
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s %x %d", k, k, k, k, k, k), k.LogValue().String(), k.GoString(), string(j),
		fmt.Sprintf("%v", Card{Method: VisaCVN10, Keys: Keys{AC: k}})} {
		if !strings.Contains(text, "key[08D7B4]") || strings.Contains(strings.ToUpper(text), "89ABCD") {
			t.Errorf("prints %s", text)
		}
	}
}

func FuzzVerify(f *testing.F) {
	for _, v := range vectors {
		f.Add(field55(v.iad, v.arqc, 0x80), int8(1), []byte(v.answer))
	}
	pan, _ := reader.RestorePAN([]byte("4761739001010119"))
	f.Fuzz(func(t *testing.T, data []byte, psn int8, more []byte) {
		v, fault := TestRing().Verify(pan, int(psn), data)
		if fault == Good && len(v.CVR) == 0 {
			t.Error("verified without results")
		}
		for _, m := range Methods() {
			s := vectorSession(m)
			if genuine, _ := s.Accepts(more); genuine && len(more) < 8 {
				t.Error("accepts a stub")
			}
			_, _ = s.Open(more)
			_, _ = s.NewPIN(more)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	v := vectors[0]
	pan, _ := reader.RestorePAN([]byte(v.pan))
	field := field55(v.iad, v.arqc, 0x80)
	for b.Loop() {
		if _, fault := TestRing().Verify(pan, v.psn, field); fault != Good {
			b.Fatal(fault)
		}
	}
}
