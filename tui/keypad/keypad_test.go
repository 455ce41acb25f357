package keypad

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

func in156() txn.State {
	cny, _ := txn.CurrencyByCode("CNY")
	return txn.State{Setup: txn.Setup{Currency: cny, MaxAmount: 100_000_00}, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
}

func TestEveryBindingHasBothLanguages(t *testing.T) {
	for _, b := range Bindings() {
		for _, l := range words.Langs() {
			if b.Help.In(l) == "" || b.Keys != nil && b.Cap.In(l) == "" || (b.Foot > 0 || b.Item != "") && b.Short.In(l) == "" {
				t.Errorf("%s %v lacks words in %s", b.Action, b.Keys, l)
			}
			if got := ansi.StringWidth(b.Help.In(l)); got > 30 {
				t.Errorf("%s: help of %d cells, want at most 30: %q", b.Action, got, b.Help.In(l))
			}
			if got := ansi.StringWidth(b.Short.In(l)); got > 14 {
				t.Errorf("%s: footer of %d cells, want at most 14: %q", b.Action, got, b.Short.In(l))
			}
		}
		if b.When == nil || b.Action == None {
			t.Errorf("%v has no action or no states", b.Keys)
		}
	}
}

// No state is a dead end, and help and language are always at hand.
func TestEveryStateHasItsKeys(t *testing.T) {
	for _, name := range txn.Names() {
		s := txn.State{Name: name}
		for _, key := range []string{"enter", "esc", "?", "f2"} {
			if _, ok := Find(key, s); !ok {
				t.Errorf("%s has no %s", name, key)
			}
		}
		if b, ok := Find("l", s); ok == spelled(s) || ok && b.Action != Language {
			t.Errorf("%s: l is %q, %v", name, b.Action, ok)
		}
		foot := map[string]bool{}
		for _, b := range Footer(s) {
			for _, k := range b.Keys {
				if first, _ := Find(k, s); first.Help == b.Help && foot[k] {
					t.Errorf("%s lists %s twice", name, k)
				}
				foot[k] = true
			}
		}
		if _, ok := Find("q", s); ok != (name == txn.Idle || name == txn.Lock) {
			t.Errorf("%s: q is bound: %v", name, ok)
		}
	}
}

// Letters are shortcuts only where no field wants them.
func TestNoShortcutIsAFieldsCharacter(t *testing.T) {
	for _, name := range txn.Names() {
		var f Field
		f.Reset(FieldOf(name))
		for _, b := range Enabled(txn.State{Name: name}) {
			for _, key := range b.Keys {
				if r := []rune(key); len(r) == 1 && f.Wants(r[0]) {
					t.Errorf("%s: the field and %s both want %q", name, b.Action, key)
				}
			}
		}
	}
}

// Letters of a code are typed; what is no letter or digit is not.
func TestLetteredFields(t *testing.T) {
	for kind, want := range map[Kind]string{AuthField: "8A31ZL", ReferenceField: "8A31ZLQ12345"} {
		if got := fill(kind, "8a-3 1Zｌq1234567").Trace(); got != want {
			t.Errorf("field %d holds %q, want %q", kind, got, want)
		}
	}
	if got := fill(DateField, "1x1/22").Date(); got != "11-22" {
		t.Errorf("date %q", got)
	}
	if got := fill(DateField, "11").Date(); got != "11-__" {
		t.Errorf("date %q", got)
	}
}

func TestPlainWords(t *testing.T) {
	for word, want := range map[string]Action{"cancel": Cancel, "CLEAR": ClearAll, "help": Help} {
		if b, ok := FindPlain(word, txn.State{Name: txn.AmountEntry}); !ok || b.Action != want {
			t.Errorf("%q is %q, %v", word, b.Action, ok)
		}
	}
	if b, ok := FindPlain("menu", txn.State{Name: txn.Idle}); !ok || b.Action != Menu {
		t.Errorf("menu is %q, %v", b.Action, ok)
	}
	if _, ok := FindPlain("", txn.State{Name: txn.Idle}); ok {
		t.Error("an empty word is bound")
	}
}

func fill(kind Kind, text string) *Field {
	f := new(Field)
	f.Reset(kind)
	for _, r := range text {
		f.Type(r)
	}
	return f
}

func TestAmountView(t *testing.T) {
	for text, want := range map[string]AmountView{
		"":        {Value: "0.00"},
		"5":       {Value: "0.05"},
		"123456":  {Value: "1,234.56"},
		"１２":      {Value: "0.12"},
		"12.":     {Value: "12."},
		".5":      {Value: "0.5"},
		"1234.5":  {Value: "1,234.5"},
		"12..5":   {Value: "12.5"},
		"3*4.50":  {Value: "13.50", Sum: "3 × 4.50"},
		"3x4.50+": {Value: "13.50", Sum: "3 × 4.50 + "},
		"*-5":     {Value: "0.05"},
		"1-2":     {Value: "1 − 2", Sum: "1 − 2", Code: txn.AmountNegative},
		"12.345":  {Value: "12.345", Code: txn.AmountFraction},
		"99999999999": {
			Value: "99999999999", Code: txn.AmountTooLarge,
		},
	} {
		got := fill(AmountField, text).Amount(in156())
		if got.Money = (txn.Money{}); got != want {
			t.Errorf("%q shows %+v, want %+v", text, got, want)
		}
	}
}

// What the amount field shows is what the machine would charge.
func TestAmountShownIsAmountCharged(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789.+-*")), 1, 20, -1).Draw(r, "text")
		f := fill(AmountField, text)
		view := f.Amount(in156())
		money, code := txn.ParseAmount(string(f.Secret().Reveal()), in156().Setup.Currency, in156().Setup.MaxAmount)
		if code != txn.NoProblem {
			return
		}
		shown := strings.ReplaceAll(view.Value, ",", "")
		if whole, frac, ok := strings.Cut(shown, "."); ok {
			shown = whole + "." + (frac + "00")[:2]
		}
		if view.Money != money {
			r.Fatalf("%q means %s, charges %s", text, view.Money, money)
		}
		if shown != money.Decimal() {
			r.Fatalf("%q shows %s, charges %s", text, view.Value, money.Decimal())
		}
	})
}

func TestExpiryView(t *testing.T) {
	s := in156()
	for text, want := range map[string]ExpiryView{
		"":     {Display: "__/__"},
		"12":   {Display: "12/__"},
		"1230": {Display: "12/30", Date: reader.Expiry{Year: 2030, Month: 12}},
		"3012": {Display: "30/12", Date: reader.Expiry{Year: 2030, Month: 12}, Fault: reader.FaultExpirySwapped},
		"1320": {Display: "13/20", Fault: reader.FaultExpiryMonth},
	} {
		if got := fill(ExpiryField, text).Expiry(s); got != want {
			t.Errorf("%q shows %v, want %v", text, got.Display, want.Display)
		}
	}
	s.Offer = "0730"
	if short, long := OfferText(s, words.EN); short != "07/30" || long != "July 2030" {
		t.Errorf("offer %q, %q", short, long)
	}
}

func TestCVVIsHidden(t *testing.T) {
	f := fill(CVVField, "737")
	if got := f.CVV(reader.Amex); got != "● ● ● – " {
		t.Errorf("shows %q", got)
	}
}

func TestPINIsHidden(t *testing.T) {
	for text, want := range map[string]string{"": "– – – – ", "12": "● ● – – ", "123456": "● ● ● ● ● ● "} {
		if got := fill(PINField, text).PIN(); got != want {
			t.Errorf("%q shows %q, want %q", text, got, want)
		}
	}
}

// The deck's keys are there with a deck and nowhere else, and none of them is a
// character of the field or another key of the state.
func TestDeckKeys(t *testing.T) {
	for _, name := range txn.Names() {
		s := txn.State{Name: name, CardIn: "deck"}
		var f Field
		f.Reset(FieldOf(name))
		for _, key := range []string{"c", "x"} {
			without, _ := Find(key, s)
			with, ok := Sight{State: s, Deck: true}.Find(key)
			if without.Deck || ok && !with.Deck {
				t.Errorf("%s: %s is %q without a deck, %q with", name, key, without.Action, with.Action)
			}
			if ok && f.Wants(rune(key[0])) {
				t.Errorf("%s: the field and %s both want %q", name, with.Action, key)
			}
		}
		if b, ok := (Sight{State: s, Deck: true}).FindPlain("remove"); !ok || b.Action != TakeOut {
			t.Errorf("%s: remove is %q", name, b.Action)
		}
		list := Sight{State: s, Deck: true, Listed: true}
		for key, want := range map[string]Action{"enter": Enter, "esc": Cancel, "x": TakeOut, "m": None, "q": None} {
			if b, _ := list.Find(key); b.Action != want {
				t.Errorf("%s: over the list %s is %q, want %q", name, key, b.Action, want)
			}
		}
	}
}

func TestFieldIsBoundedAndWiped(t *testing.T) {
	for kind, most := range bounds {
		f := fill(kind, strings.Repeat("7", 2*maxField))
		if f.Len() != most {
			t.Errorf("kind %d takes %d, want %d", kind, f.Len(), most)
		}
		f.Wipe()
		if f.buf != [maxField]byte{} || f.Len() != 0 {
			t.Errorf("kind %d: something is left after Wipe", kind)
		}
	}
	f := fill(PANField, "4111")
	f.Backspace()
	if f.buf[3] != 0 {
		t.Error("an erased digit is still in the buffer")
	}
	if f.Reset(CVVField); f.buf != [maxField]byte{} {
		t.Error("the next field begins with the last one's digits")
	}
}

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		s    txn.State
		want int
	}{
		{AmountField, txn.State{Name: txn.AmountEntry, Problem: txn.AmountTooLarge}, 4},
		{PANField, txn.State{Name: txn.PANEntry, Problem: txn.Code(reader.FaultPANLength)}, 4},
		{PANField, txn.State{Name: txn.PANEntry, Problem: txn.PANKeyTwice}, 0},
		{PANField, txn.State{Name: txn.ExpiryEntry}, 0},
		{ExpiryField, txn.State{Name: txn.ExpiryEntry, Problem: txn.Code(reader.FaultExpiryPast)}, 0},
		{CVVField, txn.State{Name: txn.CVVEntry, Problem: txn.Code(reader.FaultCVVLength)}, 0},
		{TraceField, txn.State{Name: txn.TraceEntry, Problem: txn.TraceUnknown}, 4},
		{PINField, txn.State{Name: txn.PINEntry, Problem: txn.PINFormat}, 0},
		{PINField, txn.State{Name: txn.PINEntry, PIN: txn.CardPIN{Pad: true}}, 0},
		{AmountField, txn.State{Name: txn.TipEntry}, 0},
		{TipField, txn.State{Name: txn.TipEntry, Problem: txn.TipTooLarge}, 4},
		{AuthField, txn.State{Name: txn.AuthEntry, Problem: txn.AuthFormat}, 4},
		{DateField, txn.State{Name: txn.DateEntry, Problem: txn.DateFormat}, 0},
	} {
		f := fill(c.kind, "1234")
		f.Settle(c.s)
		if f.Len() != c.want {
			t.Errorf("%s with %q keeps %d, want %d", c.s.Name, c.s.Problem, f.Len(), c.want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		text string
		used int
		want bool
	}{
		{AmountField, "1,234.50", 0, true}, {AmountField, "12 34", 0, true}, {AmountField, "12a", 0, false},
		{PANField, "4111 1111-1111 1111", 0, true}, {PANField, "4111", 17, false}, {PANField, " - ", 0, false},
		{ExpiryField, "12/30", 0, true}, {CVVField, "123", 2, false}, {NoField, "1", 0, false},
		{PINField, "1234", 0, true}, {PINField, "1234", 9, false}, {PINField, "12 34", 0, false},
		{TipField, "1,2.50", 0, true}, {AuthField, "ab 12 cd", 0, true}, {AuthField, "ab12cde", 0, false},
		{ReferenceField, "3261 4030 0001", 0, true}, {DateField, "11/22", 0, true}, {DateField, "11222", 0, false},
		{TraceField, "", 0, false}, {AmountField, strings.Repeat(" ", 65) + "1", 0, false},
	} {
		if got := Fits(c.kind, c.text, c.used); got != c.want {
			t.Errorf("Fits(%d, %q, %d) = %v", c.kind, c.text, c.used, got)
		}
	}
}

// A card's number that is typed or scanned where an amount is asked for is not shown,
// and does not stay.
func TestNumberAstrayIsHidden(t *testing.T) {
	s := in156()
	s.Name = txn.AmountEntry
	var f Field
	f.Reset(AmountField)
	for i, r := range "4111111111111111" {
		f.Type(r)
		shown := f.Amount(s)
		if i >= 12 && (strings.ContainsAny(shown.Value+shown.Sum, "0123456789") || shown.Code != txn.AmountTooLarge) {
			t.Errorf("after %d digits: %q %q", i+1, shown.Value, shown.Code)
		}
	}
	s.Problem = txn.AmountTooLarge
	if f.Settle(s); f.Len() != 0 {
		t.Errorf("%d digits stay", f.Len())
	}
	for _, r := range "999999999999" {
		f.Type(r)
	}
	if f.Settle(s); f.Len() != 12 {
		t.Error("an amount that is over the limit does not stay to be mended")
	}
}
