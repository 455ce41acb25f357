package deck

import (
	"bytes"
	"testing"

	"vpos/reader/tlv"
)

// FuzzCardFile: any text is a card or an error, and what is a card can be used.
func FuzzCardFile(f *testing.F) {
	for _, c := range Cards() {
		text, _ := Source(c.Name)
		f.Add(text)
	}
	f.Add([]byte("name = 'x'\n[[application]]\naid='A0'"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Load(text)
		if err != nil {
			return
		}
		c.PowerOn()
		for i := range c.apps {
			a := &c.apps[i]
			a.make(&c.flaws)
			for _, record := range a.records {
				if _, err := tlv.Parse(record); err != nil {
					t.Errorf("a record that is no template: %v", err)
				}
			}
			c.Command(append([]byte{0, 0xA4, 4, 0, byte(len(a.AID))}, a.AID...))
		}
		if err := c.Restore(c.Snapshot()); err != nil {
			t.Error(err)
		}
	})
}

// FuzzCommand: a card answers any bytes in any order, over both protocols, and
// counts what it must. The input is commands, each behind its length.
func FuzzCommand(f *testing.F) {
	session := func(commands ...string) []byte {
		var out []byte
		for _, c := range commands {
			b := unhex(c)
			out = append(append(out, byte(len(b))), b...)
		}
		return out
	}
	sale := []string{
		"00A404000E315041592E5359532E444446303100", "00B2010C00", "00A4040007A000000004101000", "80A8000002830000",
		"00B2010C00", "00B2011400", "00B2021400", "00B2011C00", "0084000000", "80CA9F1700", "0020008008241234FFFFFFFFFF",
	}
	amounts := "000000001234000000000000015680000480000156261122000102030400"
	online := append(sale, "80AE90001D"+amounts, "80AE500029"+"3030"+"00112233445566773030"+amounts)
	f.Add(byte(0), session(sale...))
	f.Add(byte(1), session(online...))
	f.Add(byte(2), session(append(online, "841E0000080102030405060708", "04DA9F580901020304050607080A")...))
	f.Add(byte(3), session("00A4040005A000000003", "00A4040205A000000003", "00880000040102030400", "00C0000000"))
	names := []string{"mastercard-credit", "visa-credit", "unionpay-credit+unknown-tags", "visa-dda", "jcb+two-apps", "visa-credit+garbage:2+oversized"}
	f.Fuzz(func(t *testing.T, which byte, commands []byte) {
		c, err := Find(names[int(which)%len(names)])
		if err != nil {
			t.Fatal(err)
		}
		exchange := c.Command
		if which%2 == 1 {
			exchange = (&T0{Card: c}).Command
		}
		c.PowerOn()
		for len(commands) > 0 {
			size := min(int(commands[0]), len(commands)-1)
			command := bytes.Clone(commands[1 : 1+size])
			commands = commands[1+size:]
			r := exchange(command)
			if r.SW == 0 && !r.Mute && !r.Torn {
				t.Errorf("no answer to %X", command)
			}
			for i := range c.apps {
				if s := c.apps[i].state; s.Tries < 0 || s.Tries > c.apps[i].Tries || s.LastOnline > s.ATC {
					t.Errorf("the counters are out: %v", s)
				}
			}
		}
	})
}
