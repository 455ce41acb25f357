package keypad

import (
	"strconv"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

// Every page of the menu is numbered from 1 without a gap, has a digit for each of its
// items, and leads somewhere; every letter is in it.
func TestMenuItemsAreNumbered(t *testing.T) {
	pages := []string{""}
	for _, b := range Items("") {
		if b.Action == Group {
			pages = append(pages, b.Item)
		}
	}
	for _, page := range pages {
		items := Items(page)
		if len(items) < 1 || len(items) > 9 {
			t.Errorf("page %q has %d items", page, len(items))
		}
		for i, b := range items {
			if want := page + strconv.Itoa(i+1); b.Item != want {
				t.Errorf("page %q: item %d has number %s", page, i+1, b.Item)
			}
			if got, ok := ItemAt(b.Item); !ok || got.Help != b.Help {
				t.Errorf("%s leads to %q", b.Item, got.Action)
			}
			if b.Action != Group && b.Plain == "" {
				t.Errorf("%s has no word", b.Item)
			}
		}
	}
	if _, ok := ItemAt(""); ok {
		t.Error("no digits are an item")
	}
	listed := map[Action]bool{}
	for _, b := range Leaves() {
		listed[b.Action] = true
	}
	for _, b := range Enabled(txn.State{Name: txn.Idle}) {
		if len(b.Keys) > 0 && len(b.Keys[0]) == 1 && !listed[b.Action] && b.Action != Menu && b.Action != Explain {
			t.Errorf("shortcut %s is no menu item", b.Keys[0])
		}
	}
}

// Every kind begins at idle and in the menu: by its number, by its word and, where it
// has one, by its letter.
func TestEveryKindBegins(t *testing.T) {
	for _, kind := range txn.Kinds() {
		found := false
		for _, b := range Leaves() {
			if b.Action != Begin || b.Kind != kind {
				continue
			}
			found = true
			for _, name := range []txn.Name{txn.Idle, txn.Menu} {
				s := txn.State{Name: name, Setup: txn.Setup{QR: true}}
				if got, ok := FindPlain(b.Plain, s); !ok || got.Kind != kind {
					t.Errorf("%s: at %s the word %s begins %q", kind, name, b.Plain, got.Kind)
				}
				for _, key := range b.Keys {
					if got, ok := Find(key, s); !ok || got.Kind != kind {
						t.Errorf("%s: at %s the key %s begins %q", kind, name, key, got.Kind)
					}
				}
			}
		}
		if !found {
			t.Errorf("%s is nowhere in the menu", kind)
		}
	}
}

// A sale that the bank wants to speak about first offers the voice code, to the keypad
// too; no other decline does.
func TestVoiceCodeIsOffered(t *testing.T) {
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind txn.Kind
		code string
		want bool
	}{{txn.Sale, "01", true}, {txn.Phone, "02", true}, {txn.Sale, "51", false}, {txn.PreAuth, "01", false}} {
		s := txn.State{Name: txn.DeclinedShown, Draft: txn.Transaction{
			Kind: c.kind, Card: reader.Card{PAN: pan}, Status: txn.Declined, Result: txn.Result{Code: c.code},
		}}
		for _, key := range []string{"1", "o"} {
			if b, ok := Find(key, s); ok != c.want || ok && b.Kind != txn.Offline {
				t.Errorf("%s declined with %s: %s is %q, %v", c.kind, c.code, key, b.Kind, ok)
			}
		}
		if _, ok := FindPlain("offline", s); ok != c.want {
			t.Errorf("%s declined with %s: the word works: %v", c.kind, c.code, ok)
		}
	}
}

// Paper is offered only of what has some.
func TestPaperKeys(t *testing.T) {
	for _, kind := range txn.Kinds() {
		s := txn.State{Name: txn.ApprovedShown, Draft: txn.Transaction{Kind: kind, Status: txn.Approved}}
		s.Draft.Printed = s.Draft.Printed.With(txn.MerchantCopy)
		b, _ := Find("enter", s)
		if got, want := b.Short.EN == "next copy", kind.Copies().Has(txn.CardholderCopy); got != want {
			t.Errorf("%s: Enter is %q", kind, b.Short.EN)
		}
	}
}

// A letter begins one thing.
func TestLettersAreOnesOwn(t *testing.T) {
	s := in156()
	s.Name, s.Setup.QR = txn.Idle, true
	owner := map[string]Binding{}
	for _, b := range table {
		for _, key := range b.Keys {
			if !b.When(s) || len(key) != 1 {
				continue
			}
			if first, taken := owner[key]; taken && (first.Action != b.Action || first.Kind != b.Kind) {
				t.Errorf("%s is %s and %s", key, first.Help.EN, b.Help.EN)
			}
			owner[key] = b
		}
	}
}
