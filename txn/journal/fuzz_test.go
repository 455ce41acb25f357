package journal

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"vpos/reader"
)

func FuzzOpenSealed(f *testing.F) {
	s, _ := NewSealer(context.Background(), fixedKey("k"))
	k, _, _ := s.newBatchKey(terminalID, 1)
	f.Add(k.seal(terminalID, 1, reader.Card{}))
	f.Add([]byte{})
	f.Add(make([]byte, sealLen))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := k.open(terminalID, 1, b); err != nil && !errors.Is(err, ErrSeal) {
			t.Errorf("%v", err)
		}
		_, _ = s.openBatchKey(terminalID, 1, [keyIDLen]byte{}, wrappedKeys{b, b})
		c, err := parseCard(b)
		if err != nil && !errors.Is(err, ErrSeal) {
			t.Errorf("%v", err)
		}
		if err == nil && (c.PAN.Len() < 12 || c.PAN.Len() > 19) {
			t.Errorf("a card of %d digits", c.PAN.Len())
		}
	})
}

func FuzzParseBody(f *testing.F) {
	f.Add(`{"made":1773460800123,"made_zone":28800,"pan_length":16,"presence":"1"}`)
	f.Add(`{"asked":-1,"later":{"x":[1]}}`)
	f.Add(`{"chip":{"aid":"A000000333010101","atc":28,"cryptogram":"0123456789ABCDEF","sequence":0,"tsi":"E800","tvr":"0000048000"},"reason":"06"}`)
	f.Add(`{"chip":{"tsi":"E8","tvr":"0000048000"}}`)
	f.Add(`{"chip":{"cryptogram":"","tsi":"0000","tvr":"0000000000"}}`)
	f.Add(`{"chip":{"cryptogram":"xyz","tsi":"E800","tvr":"0000048000"}}`)
	f.Add(``)
	f.Fuzz(func(t *testing.T, text string) {
		b, err := parseBody(text)
		if err != nil {
			return
		}
		once, err := b.text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseBody(once)
		if err != nil || !reflect.DeepEqual(again, b) {
			t.Errorf("%+v became %+v, %v", b, again, err)
		}
		r := rec{body: text, hostAt: 1}
		if _, err := r.row(Hash{}); err != nil {
			t.Error(err)
		}
	})
}

func FuzzParseKeyFile(f *testing.F) {
	f.Add([]byte(`{"kind":"keychain","name":"x"}`))
	f.Add([]byte(`{"kind":"passphrase","salt":"AAAAAAAAAAAAAAAAAAAAAA==","time":3,"memory":65536,"lanes":4}`))
	f.Add([]byte(`{"kind":"passphrase","salt":"AAAAAAAAAAAAAAAAAAAAAA==","time":3,"memory":4294967295,"lanes":4}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, err := parseKeyFile(b)
		if err != nil && !errors.Is(err, ErrKeyFile) {
			t.Errorf("%v", err)
		}
		if err == nil && (k.Memory > 16*argonMemory || k.Time > 64) {
			t.Errorf("asks for %d KiB", k.Memory)
		}
	})
}
