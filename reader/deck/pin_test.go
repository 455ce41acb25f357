package deck

import (
	"bytes"
	"math/big"
	"testing"
)

// encipher is the terminal's side of an enciphered PIN (Book 2, 7.2).
func encipher(key *rsaKey, block, challenge []byte) []byte {
	clear := append([]byte{0x7F}, block...)
	clear = append(clear, challenge...)
	clear = append(clear, bytes.Repeat([]byte{0x5A}, key.size()-len(clear))...)
	x := new(big.Int).SetBytes(clear)
	x.Exp(x, new(big.Int).SetBytes(key.exponent), key.n)
	data := x.FillBytes(make([]byte, key.size()))
	return append([]byte{0, 0x20, 0, 0x88, byte(len(data))}, data...)
}

// An enciphered PIN is good for one challenge: neither recorded nor without one.
func TestChallenge(t *testing.T) {
	c, _ := Find("mastercard-credit")
	c.PowerOn()
	c.Command(unhex("00A4040007A000000004101000"))
	pin := unhex("241234FFFFFFFFFF")
	first := bytes.Clone(c.Command(unhex("0084000000")).Data)
	recorded := encipher(rsaOf(pinKey), pin, first)
	if r := c.Command(recorded); r.SW != swOK {
		t.Fatalf("the right PIN: %04X", r.SW)
	}
	if r := c.Command(recorded); r.SW != swConditions {
		t.Errorf("without a challenge: %04X", r.SW)
	}
	c.Command(unhex("0084000000"))
	if r := c.Command(recorded); r.SW != 0x63C2 {
		t.Errorf("recorded: %04X", r.SW)
	}
	c.Command(unhex("0084000000"))
	if r := c.Command(recorded[:len(recorded)-1]); r.SW != swLength {
		t.Errorf("cut: %04X", r.SW)
	}
}

// What is for a reader is not counted: a card torn at its second command is there
// for the first.
func TestReaderCommands(t *testing.T) {
	c, _ := Find("visa-credit+tear:2")
	c.PowerOn()
	for range 3 {
		if r := c.Command(unhex("FFCA000000")); r.SW != swClass || r.Torn {
			t.Errorf("%04X %v", r.SW, r.Torn)
		}
	}
	if r := c.Command(selectVisa); r.SW != swOK {
		t.Errorf("%04X", r.SW)
	}
	if r := c.Command(selectVisa); !r.Torn {
		t.Error("it is still there")
	}
}

// The next occurrence is that of the same name; another name begins anew.
func TestNextOccurrence(t *testing.T) {
	c, _ := Find("next-occurrence")
	c.PowerOn()
	for _, step := range []struct {
		command string
		label   string // empty for 6A82
	}{
		{"00A4040007A0000000031010", "VISA ONE"}, {"00A4040207A0000000031010", "VISA TWO"},
		{"00A4040207A0000000031010", ""}, {"00A4040205A000000003", "VISA ONE"}, {"00A4040205A000000003", "VISA TWO"},
		{"00A4040005A000000003", "VISA ONE"}, {"00A4040208A000000003101002", "VISA TWO"},
	} {
		r := c.Command(unhex(step.command))
		if step.label == "" && r.SW != swNoFile || !bytes.Contains(r.Data, []byte(step.label)) {
			t.Errorf("%s: %04X %X", step.command, r.SW, r.Data)
		}
	}
}
