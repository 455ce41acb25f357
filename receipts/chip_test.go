package receipts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

// TestChipBlock: what each field says, on every paper in every language.
func TestChipBlock(t *testing.T) {
	want := map[Field]string{
		FieldAppLabel: "PBOC DEBIT", FieldAID: "A000000333010101", FieldTC: "0F1E2D3C4B5A6978", FieldTVR: "0080040800",
		FieldTSI: "E801", FieldATC: "002B",
	}
	for _, lang := range []Lang{Chinese, English, Both} {
		for _, columns := range []int{32, 42, 48} {
			o := sampleOptions()
			o.Lang, o.Columns = lang, columns
			page, err := Render(chipSample(t), o)
			if err != nil {
				t.Fatal(err)
			}
			for field, value := range want {
				if got := page.show(field); !slices.Equal(got, []string{value}) {
					t.Errorf("%v %d: %s is %q, want %q", lang, columns, field, got, value)
				}
			}
		}
	}
}

// TestCryptogramIsNamed by the two bits that say what it is.
func TestCryptogramIsNamed(t *testing.T) {
	for cid, want := range map[byte]Field{
		0x00: FieldAAC, 0x40: FieldTC, 0x80: FieldARQC, 0x48: FieldTC, 0x8F: FieldARQC,
	} {
		slip := chipSample(t)
		slip.Txn.Card.Chip.CID = cid
		page, err := Render(slip, sampleOptions())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []Field{FieldAAC, FieldTC, FieldARQC} {
			if (len(page.show(f)) == 1) != (f == want) {
				t.Errorf("%02X: %s is %q", cid, f, page.show(f))
			}
		}
	}
}

// TestSignatureOrPIN: who signs, who does not, and who is told why.
func TestSignatureOrPIN(t *testing.T) {
	for _, c := range []struct {
		pin, signature bool
		copy           txn.Copy
		sign, none     bool
	}{
		{false, false, txn.MerchantCopy, true, false},
		{false, true, txn.MerchantCopy, true, false},
		{true, true, txn.MerchantCopy, true, false},
		{true, false, txn.MerchantCopy, false, true},
		{true, false, txn.CardholderCopy, false, false},
		{true, false, txn.FaultSlip, false, false},
	} {
		slip := chipSample(t)
		slip.Copy, slip.Txn.Status = c.copy, prints(c.copy)
		slip.Txn.Card.Chip.PIN, slip.Txn.Card.Chip.Signature = c.pin, c.signature
		page, err := Render(slip, sampleOptions())
		if err != nil {
			t.Fatal(err)
		}
		got := [3]bool{len(page.show(FieldSignature)) > 0, len(page.show(FieldNoSignature)) > 0, len(page.show(FieldPIN)) > 0}
		if want := [3]bool{c.sign, c.none, c.pin}; got != want {
			t.Errorf("%+v: signature, none and PIN are %v, want %v", c, got, want)
		}
	}
}

// TestCheckChip breaks every rule about the chip's block.
func TestCheckChip(t *testing.T) {
	add := func(field Field) func(*Document) {
		return func(d *Document) { d.Lines = slices.Insert(d.Lines, 5, Line{Cells: []Cell{{Text: "x", Field: field}}}) }
	}
	for _, field := range []Field{FieldAppLabel, FieldAID, FieldTC, FieldTVR, FieldTSI, FieldATC, FieldPIN, FieldNoSignature} {
		page, facts := build(t, chipSample(t), sampleOptions(), without(field))
		wantCheck(t, Check(page, facts), field, Missing)
	}
	page, facts := build(t, chipSample(t), sampleOptions(), add(FieldSignature))
	wantCheck(t, Check(page, facts), FieldSignature, Forbidden)
	page, facts = build(t, sample(t), sampleOptions(), add(FieldNoSignature))
	wantCheck(t, Check(page, facts), FieldNoSignature, Forbidden)
	signed := chipSample(t)
	signed.Txn.Card.Chip.Signature = true
	page, facts = build(t, signed, sampleOptions(), without(FieldSignature))
	wantCheck(t, Check(page, facts), FieldSignature, Missing)

	for _, field := range []Field{FieldAppLabel, FieldAID, FieldTC, FieldTVR} {
		page, facts = build(t, chipSample(t), sampleOptions(), func(d *Document) {
			for i, l := range d.Lines {
				if len(l.Cells) == 2 && l.Cells[1].Field == field {
					d.Lines[i].Cells[1].NoBreak = false
					d.Lines[i].Cells[1].Width = 7
				}
			}
		})
		wantCheck(t, Check(page, facts), field, Broken)
	}
	slip := chipSample(t)
	slip.Txn.Card.Chip.AID = ""
	_, err := Render(slip, sampleOptions())
	wantCheck(t, err, FieldAID, NoValue)
}

// TestChipTakesNoPartInAVoid: the sale's cryptogram and PIN prove nothing of it.
func TestChipTakesNoPartInAVoid(t *testing.T) {
	slip := chipSample(t)
	slip.Txn.Kind, slip.Txn.Of = txn.Void, slip.Txn.Past()
	page, err := Render(slip, sampleOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []Field{FieldAppLabel, FieldAID, FieldTC, FieldTVR, FieldTSI, FieldATC, FieldPIN, FieldNoSignature} {
		if got := page.show(field); got != nil {
			t.Errorf("%s is %q", field, got)
		}
	}
	if page.show(FieldSignature) == nil {
		t.Error("nowhere to sign")
	}
}

// TestLargestChip: the longest an application may be called and identified by
// fits the narrowest paper in one piece.
func TestLargestChip(t *testing.T) {
	slip, o := chipSample(t), sampleOptions()
	slip.Txn.Card.Chip.AID, slip.Txn.Card.Chip.Label = strings.Repeat("A1", 16), strings.Repeat("银", 16)
	for _, o.Lang = range []Lang{Chinese, English, Both} {
		page, err := Render(slip, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(page.show(FieldAID), page.show(FieldAppLabel)); got != fmt.Sprintf("[%s] [%s]", strings.Repeat("A1", 16), strings.Repeat("银", 16)) {
			t.Errorf("%v: %s", o.Lang, got)
		}
	}
	slip.Txn.Card.Chip.Label = strings.Repeat("label ", 20)
	if _, err := Render(slip, o); err != nil {
		t.Errorf("a label that is too long: %v", err)
	}
}

// TestHostileChip: a card that says its number, or any other, where a slip shows
// what it says.
func TestHostileChip(t *testing.T) {
	for name, plant := range map[string]func(*reader.ChipData){
		"label":         func(d *reader.ChipData) { d.Label = "4111111111111111" },
		"grouped label": func(d *reader.ChipData) { d.Label = "4111-1111-1111-1111" },
		"AID":           func(d *reader.ChipData) { d.AID = "4111111111111111" },
		"AID's tail":    func(d *reader.ChipData) { d.AID = "A0000003334111111111111111" },
		"cryptogram":    func(d *reader.ChipData) { d.Cryptogram = []byte("\x41\x11\x11\x11\x11\x11\x11\x11") },
	} {
		slip := chipSample(t)
		plant(slip.Txn.Card.Chip)
		page, _ := Render(slip, sampleOptions())
		if all := fmt.Sprintf("%+v", page); strings.Contains(all, "11111111") {
			t.Errorf("%s: the slip shows it", name)
		}
	}
	// A label has no say in whether there is a slip.
	masked := chipSample(t)
	masked.Txn.Card.Chip.Label = "4111111111111111"
	if page, err := Render(masked, sampleOptions()); err != nil || !slices.Equal(page.show(FieldAppLabel), []string{"************1111"}) {
		t.Errorf("label %q, %v", page.show(FieldAppLabel), err)
	}
	// Others that look like a number are what they are.
	slip := chipSample(t)
	slip.Txn.Card.Chip.Cryptogram = []byte("\x54\x13\x33\x00\x89\x02\x00\x11")
	slip.Txn.Card.Chip.AID = "A05413330089020011"
	if _, err := Render(slip, sampleOptions()); err != nil {
		t.Errorf("a cryptogram of digits: %v", err)
	}
	slip.Txn.Card.Chip.Label = "\x1b[2J\u202eSPOOF\n"
	page, err := Render(slip, sampleOptions())
	if err != nil || strings.ContainsAny(fmt.Sprint(page.show(FieldAppLabel)), "\x1b\u202e\n") {
		t.Errorf("%q, %v", page.show(FieldAppLabel), err)
	}
}
