package keys

import (
	"strings"
	"testing"
)

func TestTrackRefuses(t *testing.T) {
	tdk := key(t, hush)
	for name, track := range map[string]string{
		"empty": "", "short": strings.Repeat("1", 16), "long": strings.Repeat("1", 105),
		"letter": "6224242900000113E28062013949031013", "space": "6224242900000113 28062013949031013",
		"letter inside": "6224242900000113D280620A3949031013",
	} {
		_, err := sealTrack(tdk, []byte(track))
		if err == nil {
			t.Errorf("%s is sealed", name)
		}
		wants(t, err, ErrTrack)
	}
	for name, sealed := range map[string]string{
		"empty": "", "short": strings.Repeat("1", 15), "odd letter": "6224242900000113g87BDCEB57CF8FF113",
		"separator": "6224242900000113=87BDCEB57CF8FF113", "lower case": "6224242900000113287bdceb57cf8ff113",
		"another key's": "6224242900000113287BDCEB57CF8FF113",
	} {
		_, err := openTrack(tdk, []byte(sealed))
		if err == nil {
			t.Errorf("%s opens", name)
		}
		wants(t, err, ErrTrack)
	}
	_, err := sealTrack(key(t, hush+hush), []byte(strings.Repeat("1", 30)))
	wants(t, err, ErrKeyLength)
	_, err = openTrack(Key{}, []byte(strings.Repeat("1", 30)))
	wants(t, err, ErrKeyLength)
}

// The separator may be either, and the caller's track is left as it was.
func TestTrackSeparators(t *testing.T) {
	tdk := key(t, hush)
	for n := 17; n <= 37; n++ {
		track := []byte("6224242900000113=280620139490310131234567"[:n])
		want := string(track)
		sealed, err := sealTrack(tdk, track)
		if err != nil || string(track) != want || len(sealed) != n {
			t.Fatalf("%d digits: %v", n, err)
		}
		if strings.Contains(string(sealed), "=") || string(sealed) == strings.ReplaceAll(want, "=", "D") {
			t.Errorf("%d digits are not encrypted", n)
		}
		got := string(sealed)
		back, err := openTrack(tdk, sealed)
		if err != nil || string(back) != strings.ReplaceAll(want, "=", "D") || string(sealed) != got {
			t.Errorf("%d digits come back otherwise: %v", n, err)
		}
	}
}
