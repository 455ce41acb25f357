package reader

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTrack2(t *testing.T) {
	for data, c := range map[string]struct{ expiry, service, clear string }{
		"4111111111111111=30122011234":          {"3012", "201", ""},
		"4111111111111111D30122011234":          {"3012", "201", "4111111111111111=30122011234"},
		"4111111111111111=3012=1234":            {"3012", "", ""},
		"4111111111111111==2011234":             {"", "201", ""},
		"4111111111111111===1234":               {"", "", ""},
		"4111111111111111=3012":                 {"3012", "", ""},
		"4111111111111111=":                     {"", "", ""},
		"4111111111111111=0000220":              {"", "220", ""},
		"6205500000000000004=3012220":           {"3012", "220", ""},
		badUnionPay + "=3012220":                {"3012", "220", ""},
		"9558800000000000000=4912120":           {"4912", "120", ""},
		"4111111111111111=30122010000000000123": {"3012", "201", ""},
	} {
		got, err := ParseTrack2([]byte(data))
		if c.clear == "" {
			c.clear = data
		}
		pan, _, _ := strings.Cut(c.clear, "=")
		if err != nil || got.Expiry.YYMM() != c.expiry || string(got.Service) != c.service ||
			string(got.Track2.Reveal()) != c.clear || string(got.PAN.Reveal()) != pan {
			t.Errorf("%s: got %q %q %q, %v", data, got.Expiry.YYMM(), got.Service, got.Track2.Reveal(), err)
		}
	}
}

func TestParseTrack1(t *testing.T) {
	for data, c := range map[string]struct{ expiry, service string }{
		"B4111111111111111^DOE/JANE^30122011234":    {"3012", "201"},
		"B4111 1111 1111 1111^DOE/JANE^30122011234": {"3012", "201"},
		"B4111111111111111^^^^":                     {"", ""},
		"B4111111111111111^DOE^^201":                {"", "201"},
		"B4111111111111111^DOE^3012^":               {"3012", ""},
		"B4111111111111111^DOE^":                    {"", ""},
	} {
		got, err := ParseTrack1([]byte(data))
		if err != nil || got.Expiry.YYMM() != c.expiry || string(got.Service) != c.service ||
			string(got.PAN.Reveal()) != "4111111111111111" || !got.Track2.Empty() {
			t.Errorf("%s: got %q %q, %v", data, got.Expiry.YYMM(), got.Service, err)
		}
	}
}

func TestBadTracks(t *testing.T) {
	for data, part := range map[string]string{
		"":                                       "track 2, separator",
		"4111111111111111":                       "track 2, separator",
		"4111111111111111=3013201":               "track 2, expiry",
		"4111111111111111=301":                   "track 2, expiry",
		"4111111111111111=30122":                 "track 2, service code",
		"4111111111111112=3012201":               "track 2, number",
		"41111111111=3012201":                    "track 2, number",
		"4111 11111111 1111=3012201":             "track 2, characters",
		"4111111111111111=301220100000000001234": "track 2, length",
	} {
		_, err := ParseTrack2([]byte(data))
		checkTrackError(t, data, err, part)
	}
	for data, part := range map[string]string{
		"":                                   "track 1, format code",
		"A4111111111111111^DOE^3012201":      "track 1, format code",
		"B4111111111111111":                  "track 1, first separator",
		"B4111111111111111^DOE":              "track 1, second separator",
		"B4111111111111111^DOE^3O12201":      "track 1, expiry",
		"B4111111111111111^DOE^301220":       "track 1, service code",
		"B411111111111111=^DOE^3012201":      "track 1, number",
		"B" + strings.Repeat("4", maxTrack1): "track 1, length",
	} {
		_, err := ParseTrack1([]byte(data))
		checkTrackError(t, data, err, part)
	}
}

func checkTrackError(t *testing.T, data string, err error, part string) {
	t.Helper()
	if !errors.Is(err, FaultSwipeMalformed) || !strings.HasPrefix(err.Error(), part+":") {
		t.Errorf("%q: got %v, want one about %q", data, err, part)
	}
}

func TestCardFromTracks(t *testing.T) {
	parse := func(parse func([]byte) (Track, error), data string) Track {
		track, err := parse([]byte(data))
		if err != nil {
			t.Fatal(err)
		}
		return track
	}
	one := parse(ParseTrack1, "B4111111111111111^DOE/JANE^30122011234")
	two := parse(ParseTrack2, "4111111111111111=30122011234")
	bare := parse(ParseTrack2, "4111111111111111=")
	other := parse(ParseTrack2, "5555555555554444=30122011234")
	later := parse(ParseTrack2, "4111111111111111=31012011234")
	for name, c := range map[string]struct {
		one, two Track
		err      error
		track2   bool
	}{
		"both": {one, two, nil, true}, "track 1": {one, Track{}, nil, false}, "track 2": {Track{}, two, nil, true},
		"filled in": {one, bare, nil, true}, "none": {Track{}, Track{}, FaultSwipeNoTrack, false},
		"two numbers": {one, other, FaultSwipeMismatch, false}, "two dates": {one, later, FaultSwipeMismatch, false},
	} {
		card, err := CardFromTracks(c.one, c.two)
		if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: got %v, want %v", name, err, c.err)
			continue
		}
		if err != nil {
			continue
		}
		if card.Entry != Swipe || card.Expiry != (Expiry{2030, 12}) || card.Service != "201" ||
			string(card.PAN.Reveal()) != "4111111111111111" || card.Track2.Empty() == c.track2 {
			t.Errorf("%s: got %+v", name, card)
		}
	}
	card, _ := CardFromTracks(Track{}, two)
	card.WipeSensitive()
	if !card.Track2.Empty() || !two.Track2.Empty() || card.PAN.Empty() {
		t.Error("WipeSensitive must wipe the track in every copy and keep the PAN")
	}
}

func TestServiceCode(t *testing.T) {
	for code, want := range map[ServiceCode][7]bool{
		//     chip   nation test   online pin    prefer goods
		"":    {false, false, false, false, false, false, true},
		"101": {false, false, false, false, false, false, true},
		"201": {true, false, false, false, false, false, true},
		"620": {true, true, false, true, true, false, true},
		"547": {false, true, false, true, false, true, true},
		"713": {false, true, false, false, true, false, false},
		"904": {false, false, true, false, false, false, false},
		"126": {false, false, false, true, false, true, true},
		"205": {true, false, false, false, true, false, true},
	} {
		got := [7]bool{
			code.RequiresChip(), code.National(), code.Test(), code.OnlineOnly(),
			code.RequiresPIN(), code.PrefersPIN(), code.GoodsAllowed(),
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", code, got, want)
		}
	}
	for _, bad := range []string{"1", "12", "1234", "2O1"} {
		if _, err := ParseServiceCode([]byte(bad)); !errors.Is(err, FaultSwipeMalformed) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}

func TestTrackProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pan := drawPAN(t)
		date := rapid.SampledFrom([]string{"3012", "=", "4901"}).Draw(t, "date")
		code := rapid.SampledFrom([]string{"101", "220", "="}).Draw(t, "code")
		data := pan + "=" + date + code + rapid.StringMatching(`[0-9]{0,10}`).Draw(t, "rest")
		got, err := ParseTrack2([]byte(data))
		if err != nil || string(got.PAN.Reveal()) != pan || got.Expiry.YYMM() != strings.Trim(date, "=") ||
			string(got.Service) != strings.Trim(code, "=") || string(got.Track2.Reveal()) != data {
			t.Fatalf("%s: %v", data, err)
		}
	})
}

func FuzzParseTrack(f *testing.F) {
	f.Add([]byte("4111111111111111=30122011234"))
	f.Add([]byte("B4111111111111111^DOE/JANE^30122011234"))
	f.Add([]byte("4111111111111111D3012=1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, parse := range []func([]byte) (Track, error){ParseTrack1, ParseTrack2} {
			before := string(data)
			got, err := parse(data)
			if string(data) != before {
				t.Fatal("the argument was changed")
			}
			if err != nil && (!got.Empty() || !errors.Is(err, FaultSwipeMalformed)) {
				t.Fatalf("a track beside an error, or a nameless one: %v", err)
			}
			if n := got.PAN.Len(); err == nil && (n < minPAN || n > maxPAN) {
				t.Fatalf("a number of %d digits", n)
			}
		}
	})
}
