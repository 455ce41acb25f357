package pcsc

import (
	"bytes"
	"slices"
	"testing"

	"vpos/reader"
)

func nobody(string) bool { return false }

func event(name string, state uint32, atr ...byte) row {
	return row{name: name, event: state, atr: atr}
}

func TestTable(t *testing.T) {
	var tab table
	if r := tab.readers(nobody); r.State != string(NoReader) || r.List != nil {
		t.Errorf("of nothing: %+v", r)
	}
	if !tab.list([]string{"A", "B", "A"}) || tab.list([]string{"A", "B"}) {
		t.Error("the names changed once")
	}
	if rows := tab.ask(); len(rows) != 3 || rows[2].name != plugAndPlay || rows[2].current != 2<<16 {
		t.Errorf("asks %+v", rows)
	}
	changed, swapped := tab.take([]row{event("A", 0x00010022, 0x3B), event("B", 0x00000012), event("gone", 0x22)})
	if !changed || swapped != nil {
		t.Errorf("first look: %v %v", changed, swapped)
	}
	if rows := tab.ask(); rows[0].current != 0x00010020 || rows[1].current != 0x00000010 {
		t.Errorf("the counter is not kept, or the change is: %+v", rows)
	}
	if changed, _ := tab.take([]row{event("A", 0x00010020, 0x3B), event("B", 0x10)}); changed {
		t.Error("nothing changed")
	}
	tab.list([]string{"C", "A"})
	if rows := tab.ask(); rows[0].current != 0 || rows[1].current != 0x00010020 {
		t.Errorf("a new reader in front: %+v", rows)
	}
	tab.take([]row{event("C", 0x000C)}) // unplugged between the list and the look
	if r := tab.readers(nobody); len(r.List) != 1 || r.List[0].Name != "A" {
		t.Errorf("one is gone: %+v", r)
	}
	tab.list([]string{"C", "A"})
	if rows := tab.ask(); rows[0].current != 0 {
		t.Errorf("plugged in again: %+v", rows)
	}
	if changed, _ := tab.take([]row{event(plugAndPlay, 0x00030002)}); changed || len(tab.ask()) != 3 {
		t.Error("plug and play was given up")
	}
	if tab.take([]row{event(plugAndPlay, stateUnknown|stateChanged)}); len(tab.ask()) != 2 {
		t.Error("a service that does not know plug and play is asked for it")
	}
}

func TestTableStates(t *testing.T) {
	mine := func(string) bool { return true }
	for name, c := range map[string]struct {
		state uint32
		ours  func(string) bool
		want  reader.CardState
	}{
		"empty":         {0x12, nobody, reader.NoCard},
		"in":            {0x22, nobody, reader.CardIn},
		"in use":        {0x0122, nobody, reader.CardIn},
		"mute":          {0x0222, nobody, reader.CardMute},
		"exclusive":     {0xA2, nobody, reader.CardShared},
		"ours":          {0xA2, mine, reader.CardIn},
		"ours and mute": {0x02A2, mine, reader.CardMute},
	} {
		var tab table
		tab.list([]string{"A"})
		tab.take([]row{event("A", c.state, 0x3B, 0x80, 0x80, 0x01, 0x01)})
		got := tab.readers(c.ours).List[0]
		if got.Card != c.want || got.Contactless != (c.want != reader.NoCard) || (got.ATR == nil) != (c.want == reader.NoCard) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A card in the place of another between two looks.
func TestSwap(t *testing.T) {
	for name, c := range map[string]struct {
		state uint32
		atr   byte
		want  bool
	}{
		"the same":     {0x00010022, 0x3B, false},
		"taken by one": {0x000100A2, 0x3B, false},
		"counted":      {0x00030022, 0x3B, true},
		"another ATR":  {0x00010022, 0x3F, true},
		"gone":         {0x00020012, 0, false},
		"counted over": {0x00000022, 0x3B, true},
	} {
		var tab table
		tab.list([]string{"A", "B"})
		tab.take([]row{event("A", 0x00010022, 0x3B), event("B", 0x00010022, 0x3B)})
		_, swapped := tab.take([]row{event("A", c.state, c.atr), event("B", 0x00010022, 0x3B)})
		if (len(swapped) == 1) != c.want {
			t.Errorf("%s: %v", name, swapped)
		}
		now := tab.readers(nobody)
		between := emptied(now, swapped)
		if c.want && (between.List[0].Card != reader.NoCard || between.List[1].Card != reader.CardIn || now.List[0].Card != reader.CardIn) {
			t.Errorf("%s: %+v then %+v", name, between, now)
		}
	}
}

func TestSame(t *testing.T) {
	a := reader.Readers{State: "s", List: []reader.ReaderState{{Name: "A", Card: reader.CardIn, ATR: []byte{1}}}}
	for i, change := range []func(*reader.Readers){
		func(r *reader.Readers) { r.State = "t" },
		func(r *reader.Readers) { r.List[0].Name = "B" },
		func(r *reader.Readers) { r.List[0].Card = reader.CardMute },
		func(r *reader.Readers) { r.List[0].ATR = []byte{2} },
		func(r *reader.Readers) { r.List[0].Contactless = true },
		func(r *reader.Readers) { r.List = nil },
	} {
		b := a
		b.List = slices.Clone(a.List)
		b.List[0].ATR = bytes.Clone(a.List[0].ATR)
		if !same(a, b) {
			t.Fatal("a copy is not the same")
		}
		if change(&b); same(a, b) {
			t.Errorf("change %d is not seen", i)
		}
	}
}
