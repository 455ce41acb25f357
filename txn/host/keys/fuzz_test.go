package keys

import (
	"bytes"
	"errors"
	"testing"

	"vpos/reader"
)

func FuzzSessionLoad(f *testing.F) {
	for _, b := range []Blob{Blob24, Blob40, Blob60} {
		blob, err := NewSession(Rules{MAC: UnionPay, Blob: b}, TestTMK).Deal(stuck{b: 0x5A})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b), blob)
		f.Add(string(b), blob[1:])
	}
	f.Add("", []byte(nil))
	f.Fuzz(func(t *testing.T, layout string, blob []byte) {
		r := Rules{MAC: UnionPay, PIN: ISO0, PINUnder: UnderSession, Blob: Blob(layout)}
		s := NewSession(r, TestTMK)
		given := bytes.Clone(blob)
		err := s.Load(blob)
		if !bytes.Equal(given, blob) {
			t.Error("the blob was written to")
		}
		if (err == nil) != s.Ready() {
			t.Errorf("ready is %v after %v", s.Ready(), err)
		}
		if err != nil && !errors.Is(err, ErrBlob) && !errors.Is(err, ErrCheckValue) && !errors.Is(err, ErrKeyLength) {
			t.Error(err)
		}
	})
}

func FuzzOpenPIN(f *testing.F) {
	number := pan(f, "6224242900000113")
	for _, form := range []PINFormat{ISO0, ISO1, ISO3, ISO4} {
		block, err := SealPIN(form, TestTMK, pin("123456"), number, stuck{b: 3})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(form), block)
		f.Add(string(form), block[:7])
	}
	f.Fuzz(func(t *testing.T, form string, block []byte) {
		got, err := OpenPIN(PINFormat(form), TestTMK, block, number)
		if err != nil {
			if !got.Empty() || !errors.Is(err, ErrPINBlock) && !errors.Is(err, ErrRules) {
				t.Errorf("%v", err)
			}
			return
		}
		if checkPIN(got.Reveal()) != nil {
			t.Error("what came out is no PIN")
		}
		again, err := SealPIN(PINFormat(form), TestTMK, got, number, nil)
		if err != nil || form == string(ISO0) && !bytes.Equal(again, block) {
			t.Errorf("sealed again: %v", err)
		}
	})
}

func FuzzOpenTrack(f *testing.F) {
	for _, track := range []string{"6224242900000113D28062013949031013", "6224242900000113=280620139490310131234", "11111111111111111"} {
		sealed, err := sealTrack(TestTMK, []byte(track))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sealed)
		f.Add([]byte(track))
	}
	f.Fuzz(func(t *testing.T, sealed []byte) {
		given := bytes.Clone(sealed)
		track, err := openTrack(TestTMK, sealed)
		if !bytes.Equal(given, sealed) {
			t.Error("the track was written to")
		}
		if err != nil {
			if track != nil || !errors.Is(err, ErrTrack) {
				t.Errorf("%v", err)
			}
			return
		}
		if _, err := reader.ParseTrack2(track); err == nil && len(track) > 37 {
			t.Error("longer than a track")
		}
		again, err := sealTrack(TestTMK, track)
		if err != nil || !bytes.Equal(again, sealed) {
			t.Errorf("sealed again: %v", err)
		}
	})
}
