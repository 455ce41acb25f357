package deck

import (
	"fmt"
	"strings"
	"testing"
)

// The manners of T=0, command by command.
func TestT0(t *testing.T) {
	c, _ := Find("visa-dda")
	card := &T0{Card: c}
	if !c.TZero() || fmt.Sprintf("%X", card.PowerOn()) != "3B600000" {
		t.Fatal("no T=0 card")
	}
	for _, step := range []struct{ command, want string }{
		{"00C0000010", "6985"}, // nothing waits
		{"00A404000E315041592E5359532E4444463031", "611E"},
		{"00C000001F", "6C1E"}, // more than there is
		{"00C0000000", "6C1E"},
		{"00C000001D", "6101"}, // less
		{"00C0000001", "9000"},
		{"00C0000001", "6985"},
		{"00B2010C00", "6C1D"},
		{"00B2010C1D", "9000"},
		{"00B2020C00", "6A83"},
		{"00A4040007A000000003101000", "612D"}, // an Le that should not be there
		{"00B2010C00", "6C26"},                 // and what waited is gone
		{"00C0000026", "6985"},
		{"0084000000", "6C08"}, // a challenge is made once …
		{"0084000008", "9000"},
		{"80CA9F3600", "6C05"},
		{"80CA9F1305", "9000"}, // another command is not the one asked again
		{"80A80000078305112233" + "0156", "61"},
	} {
		r := card.Command(unhex(step.command))
		if got := fmt.Sprintf("%04X", r.SW); !strings.HasPrefix(got, step.want) {
			t.Errorf("%s: %s, want %s", step.command, got, step.want)
		}
	}
	if r := card.Command([]byte{0}); r.SW != swLength {
		t.Errorf("a stub: %04X", r.SW)
	}
}

// A command asked again with its length is performed once.
func TestT0Once(t *testing.T) {
	c, _ := Find("visa-dda")
	card := &T0{Card: c}
	card.PowerOn()
	card.Command(unhex("00A4040007A0000000031010"))
	before := c.commands
	card.Command(unhex("0084000000"))
	first := c.challenge
	r := card.Command(unhex("0084000008"))
	if c.commands != before+1 || string(r.Data) != string(first) {
		t.Errorf("%d commands", c.commands-before)
	}
}

// A record of 256 bytes is told and given with a length of 00.
func TestT0Oversized(t *testing.T) {
	c, _ := Find("visa-dda+oversized")
	card := &T0{Card: c}
	card.PowerOn()
	card.Command(unhex("00A4040007A0000000031010"))
	if r := card.Command(unhex("00B2021C01")); r.SW != 0x6C00 {
		t.Errorf("%04X", r.SW)
	}
	if r := card.Command(unhex("00B2021C00")); r.SW != swOK || len(r.Data) != 256 {
		t.Errorf("%04X %d bytes", r.SW, len(r.Data))
	}
}
