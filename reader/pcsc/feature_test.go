package pcsc

import (
	"bytes"
	"errors"
	"testing"

	"vpos/reader"
)

func TestParseFeatures(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want map[feature]uint32
		err  error
	}{
		"none":         {"", nil, nil},
		"one":          {"06 04 42 33 00 06", map[feature]uint32{featureVerifyDirect: 0x42330006}, nil},
		"three":        {"06 04 42 33 00 06 07 04 42 33 00 07 12 04 42 33 00 12", map[feature]uint32{6: 0x42330006, 7: 0x42330007, 0x12: 0x42330012}, nil},
		"odd length":   {"0A 02 00 01 06 04 00 00 00 01", map[feature]uint32{6: 1}, nil},
		"twice":        {"06 04 00 00 00 01 06 04 00 00 00 02", map[feature]uint32{6: 1}, nil},
		"cut":          {"06 04 00 00 00 01 07 04 00 00", map[feature]uint32{6: 1}, errFeatures},
		"half a head":  {"06", nil, errFeatures},
		"of no length": {"06 00", nil, nil},
	} {
		got, err := parseFeatures(hex(t, c.in))
		if !errors.Is(err, c.err) || len(got) != len(c.want) {
			t.Errorf("%s: %v %v", name, got, err)
		}
		for f, code := range c.want {
			if got[f] != code {
				t.Errorf("%s: feature %d is %X, want %X", name, f, got[f], code)
			}
		}
	}
}

func FuzzParseFeatures(f *testing.F) {
	f.Fuzz(func(t *testing.T, in []byte) {
		got, _ := parseFeatures(in)
		if len(got) > len(in)/6 {
			t.Fatalf("%d features in %d bytes", len(got), len(in))
		}
	})
}

// The bytes of PC/SC part 10, 2.5.2, field by field.
func TestPINStructure(t *testing.T) {
	want := hex(t, "1E 1E"+ // time-outs
		" 89 47 04"+ // a format 2 block
		" 0C 04"+ // 4 to 12 digits
		" 02 01 09 04 00"+ // confirm key, one message, English, the first
		" 00 00 00"+ // T=1 prologue
		" 0D 00 00 00"+ // 13 bytes follow
		" 00 20 00 80 08 20 FF FF FF FF FF FF FF")
	if got := block(reader.PINEntry{}).structure(); !bytes.Equal(got, want) {
		t.Errorf("got  %X\nwant %X", got, want)
	}
	got := block(reader.PINEntry{Seconds: 60, Chinese: true}).structure()
	if got[0] != 60 || got[9] != 0x04 || got[10] != 0x08 {
		t.Errorf("got %X", got)
	}
}

func TestContactlessATR(t *testing.T) {
	for atr, want := range map[string]bool{
		"3B 80 80 01 01":                         true,
		"3B 8A 80 01 00 31 C1 73 C8 40 00 00 90": true,
		"3B 80 80 01":                            false,
		"3B 60 00 00":                            false,
		"3B 80 81 31 20 10":                      false,
		"3F 80 80 01 01":                         false,
		"":                                       false,
	} {
		if got := contactlessATR(hex(t, atr)); got != want {
			t.Errorf("%q: %v", atr, got)
		}
	}
}

func TestMatch(t *testing.T) {
	const name = "ACS ACR39U ICC Reader 00 00"
	for setting, want := range map[string]bool{
		"": true, "pcsc:": true, "pcsc:ACS ACR39U": true, "PCSC: acs acr39u icc reader": true, "acs": true,
		"pcsc:ACR39U": false, "pcsc:ACS ACR39U ICC Reader 00 00 00": false,
	} {
		if got := Match(setting, name); got != want {
			t.Errorf("%q: %v", setting, got)
		}
	}
}

func TestMeaning(t *testing.T) {
	for c, want := range map[code][2]error{
		codeBusy:         {reader.ErrCardBusy, reader.ErrCardBusy},
		codeNoCard:       {reader.ErrNoCard, reader.ErrTorn},
		codeRemoved:      {reader.ErrNoCard, reader.ErrTorn},
		codeReset:        {reader.ErrCardMute, reader.ErrTorn},
		codeUntransacted: {reader.ErrCardMute, reader.ErrTorn},
		codeUnpowered:    {reader.ErrCardMute, reader.ErrCardMute},
		codeUnresponsive: {reader.ErrCardMute, reader.ErrCardMute},
		codeMismatch:     {reader.ErrCardMute, reader.ErrReader},
		codeNoReaderName: {reader.ErrReader, reader.ErrReader},
		codeUnavailable:  {reader.ErrReader, reader.ErrReader},
		codeNoService:    {reader.ErrReader, reader.ErrReader},
		0x8010FFFF:       {reader.ErrReader, reader.ErrReader},
	} {
		for i, table := range []map[code]error{whileOpening, whileTalking} {
			if got := meaning(c, table); !errors.Is(got, want[i]) {
				t.Errorf("%v, table %d: %v, want %v", c, i, got, want[i])
			}
		}
	}
	if got := code(0x80100016).Error(); got != "0x80100016, not transacted" {
		t.Error(got)
	}
}
