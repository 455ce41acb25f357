package explain

import "testing"

func FuzzATR(f *testing.F) {
	for _, c := range samples {
		if c.kind == "atr" {
			f.Add(un(f, c.in))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		item, err := ATR(b)
		inBounds(t, []Item{item}, 0, len(b))
		worded(t, []Item{item})
		// Without an error, the bytes are all explained, one after the other.
		at := 0
		for _, c := range item.Children {
			if c.Offset != at {
				t.Fatalf("%s at %d, not %d", c.Code, c.Offset, at)
			}
			at += c.Length
		}
		if err == nil && at != len(b) {
			t.Fatalf("%d of %d bytes", at, len(b))
		}
	})
}

// FuzzExplain takes any bytes for every kind, and as the value of any tag.
func FuzzExplain(f *testing.F) {
	for _, c := range samples {
		f.Add(un(f, c.in))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 300 {
			return // nothing on a card is longer; time is for more cases
		}
		before := string(b)
		for _, k := range Kinds() {
			items, err := k.Explain(b)
			inBounds(t, items, 0, len(b))
			worded(t, items)
			if err != nil && err.Error() == "" {
				t.Fatal("an error without words")
			}
		}
		for m := range decoders {
			item, _ := Value(m.tag, b)
			worded(t, []Item{item})
		}
		items, _ := TLV(b)
		for _, pan := range pans {
			if found := leaks(items, pan); found != "" {
				t.Fatal(found)
			}
		}
		if string(b) != before {
			t.Fatal("the input was changed")
		}
	})
}
