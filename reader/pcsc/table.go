package pcsc

import (
	"bytes"
	"slices"

	"vpos/reader"
)

// The bits of a reader's state as SCardGetStatusChange gives it. The high word
// counts insertions and removals.
const (
	stateChanged     = 0x0002
	stateUnknown     = 0x0004
	stateUnavailable = 0x0008
	statePresent     = 0x0020
	stateExclusive   = 0x0080
	stateMute        = 0x0200
	stateWord        = 16
)

// plugAndPlay is the name of the reader that is none: it changes when readers
// come and go. Its high word is how many there are.
const plugAndPlay = `\\?PnP?\Notification`

// row is one reader as the service knows it.
type row struct {
	name    string
	current uint32 // what we were told last; 0 is nothing yet
	event   uint32 // what is
	atr     []byte
}

func (r row) present() bool { return r.current&statePresent != 0 }
func (r row) there() bool   { return r.current&(stateUnknown|stateUnavailable) == 0 }

// table is the readers of one context and what was last seen in each.
type table struct {
	rows []row // in the order of the service
	pnp  row
	deaf bool // this service does not know plugAndPlay
}

// list takes the names of the readers as they are now: new ones are looked at
// by the next wait, those that are gone are forgotten. It reports whether the
// names are others than before.
func (t *table) list(names []string) (changed bool) {
	before := t.rows
	t.rows = nil
	for _, name := range names {
		if slices.ContainsFunc(t.rows, func(r row) bool { return r.name == name }) {
			continue
		}
		r := row{name: name}
		if i := slices.IndexFunc(before, func(b row) bool { return b.name == name }); i >= 0 && before[i].there() {
			r = before[i]
		}
		t.rows = append(t.rows, r)
	}
	t.pnp = row{name: plugAndPlay, current: uint32(len(names)) << stateWord} //nolint:gosec // a handful
	return !slices.EqualFunc(before, t.rows, func(a, b row) bool { return a.name == b.name })
}

// ask is what to wait on: may be empty.
func (t *table) ask() []row {
	rows := slices.Clone(t.rows)
	if !t.deaf {
		rows = append(rows, t.pnp)
	}
	return rows
}

// unaware forgets what we know, so that a wait tells all there is.
func unaware(rows []row) []row {
	for i := range rows {
		if rows[i].name != plugAndPlay {
			rows[i].current = 0
		}
	}
	return rows
}

// take notes what a wait on rows found out. It reports whether a reader changed,
// and those in which one card took the place of another between two looks.
func (t *table) take(rows []row) (changed bool, swapped []string) {
	for _, r := range rows {
		if r.name == plugAndPlay {
			t.deaf = t.deaf || r.event&stateUnknown != 0
			continue
		}
		i := slices.IndexFunc(t.rows, func(b row) bool { return b.name == r.name })
		if i < 0 {
			continue
		}
		before := t.rows[i]
		now := row{name: r.name, current: r.event &^ stateChanged, atr: r.atr}
		if !now.present() {
			now.atr = nil
		}
		if before.current == now.current && bytes.Equal(before.atr, now.atr) {
			continue
		}
		changed = true
		if swap(before, now) {
			swapped = append(swapped, now.name)
		}
		t.rows[i] = now
	}
	return changed, swapped
}

// swap: a card before and a card now, and not the same one.
func swap(before, now row) bool {
	return before.present() && now.present() &&
		(before.current>>stateWord != now.current>>stateWord || !bytes.Equal(before.atr, now.atr))
}

// readers is the table as the terminal sees it; ours says which readers we hold
// ourselves.
func (t *table) readers(ours func(name string) bool) reader.Readers {
	out := reader.Readers{State: string(NoReader)}
	for _, r := range t.rows {
		if !r.there() {
			continue
		}
		out.State = string(Ready)
		out.List = append(out.List, r.state(ours))
	}
	return out
}

func (r row) state(ours func(name string) bool) reader.ReaderState {
	s := reader.ReaderState{Name: r.name}
	switch {
	case !r.present():
		return s
	case r.current&stateMute != 0:
		s.Card = reader.CardMute
	case r.current&stateExclusive != 0 && !ours(r.name):
		s.Card = reader.CardShared
	default:
		s.Card = reader.CardIn
	}
	s.ATR = slices.Clone(r.atr)
	s.Contactless = contactlessATR(r.atr)
	return s
}

// emptied is what was between two looks: the readers without their cards.
func emptied(all reader.Readers, names []string) reader.Readers {
	out := all
	out.List = slices.Clone(all.List)
	for i := range out.List {
		if slices.Contains(names, out.List[i].Name) {
			out.List[i] = reader.ReaderState{Name: out.List[i].Name}
		}
	}
	return out
}

// same reports whether the terminal would see no difference.
func same(a, b reader.Readers) bool {
	return a.State == b.State && slices.EqualFunc(a.List, b.List, func(x, y reader.ReaderState) bool {
		return x.Name == y.Name && x.Card == y.Card && x.Contactless == y.Contactless && bytes.Equal(x.ATR, y.ATR)
	})
}
