package receipts

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"vpos/reader"
	"vpos/txn"
)

// ChipFacts is what a slip says of a chip's part in a transaction: UnionPay's
// chip block. Empty where no chip took part.
type ChipFacts struct {
	Present     bool   // a chip took part: the AID is on the slip
	Label       string // the application's name, tag 50 or 9F12
	AID         string // 84, hexadecimal like all that follow
	Cryptogram  string // 9F26
	Proof       Field  // what the cryptogram is, by 9F27: [FieldTC], [FieldARQC] or [FieldAAC]
	TVR         string // 95
	TSI         string // 9B
	ATC         string // 9F36
	PIN         string // that the PIN was verified; empty where it was not
	NoSignature bool   // the PIN stands for the signature
}

// chipFacts gathers the block. A chip that only said who it is, for a refund or a
// completion, has a name and no proof; a transaction about an earlier sale asked
// nothing of the chip at all.
func chipFacts(k kind, card reader.Card, lang Lang) ChipFacts {
	d := card.Chip
	if d == nil || k.sold {
		return ChipFacts{}
	}
	f := ChipFacts{Present: true, Label: tidy(reader.MaskText(d.Label)), AID: strings.ToUpper(tidy(d.AID))}
	if len(d.Cryptogram) > 0 {
		f.Cryptogram, f.Proof = hexFact(d.Cryptogram), proof(d.CID)
		f.TVR, f.TSI, f.ATC = hexFact(d.TVR[:]), hexFact(d.TSI[:]), fmt.Sprintf("%04X", d.ATC)
	}
	if d.PIN {
		f.PIN = labels[FieldPIN].In(lang)
		f.NoSignature = !d.Signature
	}
	for _, fact := range []*string{&f.AID, &f.Cryptogram} {
		if shows(*fact, card.PAN) {
			*fact = "" // Check says what is missing
		}
	}
	return f
}

// proof names a cryptogram by the first two bits of its information data (EMV
// Book 3, table 15).
func proof(cid byte) Field {
	switch cid >> 6 {
	case 0:
		return FieldAAC
	case 1:
		return FieldTC
	}
	return FieldARQC
}

func hexFact(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

// shows reports whether a chip's data hold the card's own number, which only a
// hostile one does.
func shows(fact string, pan reader.PAN) bool {
	digits := pan.Reveal()
	return len(digits) > 0 && strings.Contains(fact, string(digits))
}

// chip is the chip block.
func (w *writer) chip(f Facts) {
	w.pair(Cell{Text: f.Chip.Label, Field: FieldAppLabel, NoBreak: unbroken(f.Chip.Label)})
	w.value(FieldAID, f.Chip.AID)
	w.value(f.Chip.Proof, f.Chip.Cryptogram)
	w.value(FieldTVR, f.Chip.TVR)
	w.value(FieldTSI, f.Chip.TSI)
	w.value(FieldATC, f.Chip.ATC)
	if f.Chip.PIN != "" {
		w.line(Cell{Text: f.Chip.PIN, Field: FieldPIN, NoBreak: true})
	}
}

// unbroken reports whether a label is as short as tag 50 has it, sixteen characters,
// and so fits any paper in one piece.
func unbroken(label string) bool { return utf8.RuneCountInString(label) <= 16 }

// signed is where the cardholder signs, or why nobody does.
func (w *writer) signed(f Facts) {
	if why := f.unsigned(); why != NoField {
		w.both(why, labels[why], Left)
		w.rule(Thin)
		return
	}
	w.line(Cell{Text: labels[FieldSignature].In(f.Lang), Field: FieldSignature})
	w.line()
	w.line()
	w.rule(Thin)
}

// unsigned is why nobody signs, or NoField where somebody does.
func (f *Facts) unsigned() Field {
	switch {
	case f.ByCode:
		return FieldByCode
	case f.Unseen:
		return FieldUnseen
	case f.Chip.NoSignature:
		return FieldNoSignature
	}
	return NoField
}

// chipMust are the facts of the chip block that a slip must show: the AID on every
// chip's slip, the rest where the chip gave it.
func chipMust(f Facts) []must {
	c := f.Chip
	label := c.Label
	if !unbroken(label) {
		label = "" // it may wrap
	}
	return []must{
		{FieldAppLabel, label, false},
		{FieldAID, c.AID, c.Present},
		{c.Proof, c.Cryptogram, false},
		{FieldTVR, c.TVR, false},
		{FieldTSI, c.TSI, false},
		{FieldATC, c.ATC, false},
		{FieldPIN, c.PIN, false},
	}
}

// signatures are the rules about signing: a place for it on the merchant's copy
// unless the PIN stands for it or nobody has seen the card, which that copy then says;
// nothing of either elsewhere.
func signatures(p Page, f Facts) []mark {
	merchant := f.Copy == txn.MerchantCopy && f.Tallies == nil // a settlement is signed by nobody
	why := f.unsigned()
	return []mark{
		{FieldSignature, len(p.show(FieldSignature)) > 0, merchant && why == NoField},
		{FieldNoSignature, len(p.show(FieldNoSignature)) > 0, merchant && why == FieldNoSignature},
		{FieldByCode, len(p.show(FieldByCode)) > 0, merchant && why == FieldByCode},
		{FieldUnseen, len(p.show(FieldUnseen)) > 0, merchant && why == FieldUnseen},
	}
}
