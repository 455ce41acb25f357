package receipts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// wantCheck wants Check to fail about a field for a reason; no problem means it passes.
func wantCheck(t *testing.T, err error, field Field, problem Problem) {
	t.Helper()
	var e *CheckError
	switch {
	case problem == "" && err != nil:
		t.Errorf("Check = %v", err)
	case problem != "" && (!errors.As(err, &e) || *e != CheckError{field, problem}):
		t.Errorf("Check = %v, want: %v", err, &CheckError{field, problem})
	case problem != "" && !strings.Contains(err.Error(), string(field)):
		t.Errorf("%q does not name %s", err, field)
	}
}

// without takes every line that shows a field out of the document.
func without(field Field) func(*Document) {
	return func(d *Document) {
		d.Lines = slices.DeleteFunc(d.Lines, func(l Line) bool {
			return slices.ContainsFunc(l.Cells, func(c Cell) bool { return c.Field == field })
		})
	}
}

// TestCheckNamesMissingLine takes away one mandatory line at a time.
func TestCheckNamesMissingLine(t *testing.T) {
	fields := []Field{
		FieldTraining, FieldCopy, FieldDuplicate, FieldMerchantName, FieldMerchantNo, FieldTerminalNo, FieldOperator,
		FieldBrand, FieldPAN, FieldKind, FieldBatch, FieldTrace, FieldAuthCode, FieldReference, FieldDateTime,
		FieldAsked, FieldAmount, FieldSignature, FieldAgreement,
	}
	slip := sample(t)
	slip.Duplicate = true
	slip.Txn.Asked = txn.Money{Minor: 200000, Currency: slip.Txn.Amount.Currency}
	for _, field := range fields {
		t.Run(string(field), func(t *testing.T) {
			page, facts := build(t, slip, sampleOptions(), without(field))
			wantCheck(t, Check(page, facts), field, Missing)
		})
	}
	page, facts := build(t, slip, sampleOptions(), nil)
	wantCheck(t, Check(page, facts), NoField, "")
}

// TestCheckNamesUnknownFact: a transaction that lacks what a slip must say.
func TestCheckNamesUnknownFact(t *testing.T) {
	for field, lose := range map[Field]func(*txn.Transaction, *Options){
		FieldMerchantNo:   func(t *txn.Transaction, _ *Options) { t.Merchant = " " },
		FieldTerminalNo:   func(t *txn.Transaction, _ *Options) { t.Terminal = "" },
		FieldPAN:          func(t *txn.Transaction, _ *Options) { t.Card = reader.Card{Entry: reader.Swipe} },
		FieldAmount:       func(t *txn.Transaction, _ *Options) { t.Amount = txn.Money{} },
		FieldMerchantName: func(_ *txn.Transaction, o *Options) { o.Merchant.Name = Words{} },
		FieldDateTime: func(t *txn.Transaction, _ *Options) {
			t.At, t.Result.HostAt = time.Time{}, time.Time{}
		},
	} {
		slip, o := sample(t), sampleOptions()
		lose(slip.Txn, &o)
		_, err := Render(slip, o)
		wantCheck(t, err, field, NoValue)
	}
}

func TestCheckMarks(t *testing.T) {
	retext := func(field Field, text string) func(*Document) {
		return func(d *Document) {
			for i := range d.Lines {
				for j := range d.Lines[i].Cells {
					if c := &d.Lines[i].Cells[j]; c.Field == field {
						c.Text = text
					}
				}
			}
		}
	}
	put := func(at int, cells ...Cell) func(*Document) {
		return func(d *Document) {
			if at < 0 {
				at += len(d.Lines) + 1
			}
			d.Lines = slices.Insert(d.Lines, at, Line{Cells: cells})
		}
	}
	cut := func(at int) func(*Document) {
		return func(d *Document) {
			for i, n := 0, 0; i < len(d.Lines); i++ {
				if c := d.Lines[i].Cells; len(c) > 0 && c[0].Field == FieldTraining {
					if n++; n == at {
						d.Lines = slices.Delete(d.Lines, i, i+1)
						return
					}
				}
			}
		}
	}
	mark := Cell{Text: TrainingMark, Field: FieldTraining}
	for _, tc := range []struct {
		name              string
		holder, live, dup bool
		change            func(*Document)
		field             Field
		problem           Problem
	}{
		{name: "no top mark", change: cut(1), field: FieldTraining, problem: Missing},
		{name: "no middle mark", change: cut(2), field: FieldTraining, problem: Missing},
		{name: "no bottom mark", change: cut(3), field: FieldTraining, problem: Missing},
		{name: "a line above", change: put(0, Cell{Text: "x"}), field: FieldTraining, problem: Missing},
		{name: "a line below", change: put(-1, Cell{Text: "x"}), field: FieldTraining, problem: Missing},
		{name: "training in live", live: true, change: put(0, mark), field: FieldTraining, problem: Forbidden},
		{name: "wrong copy", change: retext(FieldCopy, CardholderMark), field: FieldCopy, problem: Missing},
		{name: "both copies", change: put(3, Cell{Text: CardholderMark, Field: FieldCopy}), field: FieldCopy, problem: Forbidden},
		{name: "duplicate on original", change: put(3, Cell{Text: DuplicateMark, Field: FieldDuplicate}), field: FieldDuplicate, problem: Forbidden},
		{name: "signature for the holder", holder: true, change: put(3, Cell{Text: "sign", Field: FieldSignature}), field: FieldSignature, problem: Forbidden},
		{name: "another amount", change: retext(FieldAmount, "RMB 234.50"), field: FieldAmount, problem: Missing},
		{name: "part of the amount", change: retext(FieldAmount, "RMB 11,234.50"), field: FieldAmount, problem: Missing},
		{name: "fine", dup: true, live: true},
		{name: "fine for the holder", holder: true, dup: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			slip, o := sample(t), sampleOptions()
			slip.Duplicate, o.Training = tc.dup, !tc.live
			if tc.holder {
				slip.Copy = txn.CardholderCopy
			}
			page, facts := build(t, slip, o, tc.change)
			wantCheck(t, Check(page, facts), tc.field, tc.problem)
		})
	}
}

// TestCheckBroken: a template that lets a number wrap is found out.
func TestCheckBroken(t *testing.T) {
	for _, field := range []Field{FieldPAN, FieldAmount, FieldDateTime} {
		slip, o := sample(t), sampleOptions()
		page, facts := build(t, slip, o, func(d *Document) {
			for i, l := range d.Lines {
				if len(l.Cells) == 2 && l.Cells[1].Field == field {
					d.Lines[i].Cells[1].NoBreak = false
					d.Lines[i].Cells[1].Width = 12
				}
			}
		})
		wantCheck(t, Check(page, facts), field, Broken)
	}
}

// TestCheckExposed hides a full card number everywhere somebody could put one.
func TestCheckExposed(t *testing.T) {
	for _, number := range []string{
		"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "４１１１１１１１１１１１１１１１", "6225887890123451",
		"card 378282246310005 seen",
	} {
		page, facts := build(t, sample(t), sampleOptions(), func(d *Document) {
			d.Lines = slices.Insert(d.Lines, 5, Line{Cells: []Cell{{Text: number}}})
		})
		wantCheck(t, Check(page, facts), NoField, Exposed)

		o := sampleOptions()
		o.Lang, o.Merchant.Address = Chinese, "青石弄青石弄青石弄青石"+number
		_, err := Render(sample(t), o)
		wantCheck(t, err, FieldAddress, Exposed)
	}
	slip := sample(t)
	slip.Txn.Merchant = "411111111111116" // 15 digits that happen to pass the check digit
	slip.Txn.Result.RRN = "411111111113"
	o := sampleOptions()
	o.Merchant.Phone = "0086 4111-1111-1111"
	if _, err := Render(slip, o); err != nil {
		t.Errorf("genuine numbers refused: %v", err)
	}
}

// TestNothingSecret prints every slip and looks for what may never be on one.
func TestNothingSecret(t *testing.T) {
	slip := sample(t)
	secrets := []string{"4111111111111111", "411111", "11/39", "1139", "3911", "39/11", "2039", "1111111111"}
	for _, lang := range []Lang{Chinese, English, Both} {
		for _, c := range []txn.Copy{txn.MerchantCopy, txn.CardholderCopy, txn.FaultSlip} {
			o := sampleOptions()
			o.Lang, slip.Copy, slip.Txn.Status = lang, c, prints(c)
			page, err := Render(slip, o)
			if err != nil {
				t.Fatal(err)
			}
			all := fmt.Sprintf("%+v", page)
			for _, s := range secrets {
				if strings.Contains(all, s) {
					t.Errorf("%v copy %d shows %s", lang, c, s)
				}
			}
			if !slices.Equal(page.show(FieldPAN), []string{"************1111 /M"}) {
				t.Errorf("card number is %q", page.show(FieldPAN))
			}
		}
	}
}

// TestFaultSlip: it says what to do, wants no signature, and exists only for
// money that is being reversed.
func TestFaultSlip(t *testing.T) {
	slip := sample(t)
	slip.Copy = txn.FaultSlip
	if _, err := Render(slip, sampleOptions()); !errors.Is(err, ErrNoSlip) {
		t.Errorf("an approved sale has no fault slip: %v", err)
	}
	slip.Txn.Status = txn.ReversalPending
	facts, err := NewFacts(slip, sampleOptions())
	if err != nil {
		t.Fatal(err)
	}
	doc := CardSlip(facts)
	for i, line := range doc.Lines {
		if len(line.Cells) > 0 && (line.Cells[0].Field == FieldAct || line.Cells[0].Field == FieldCopy) {
			cut := Document{Lines: slices.DeleteFunc(slices.Clone(doc.Lines), func(l Line) bool {
				return len(l.Cells) > 0 && l.Cells[0].Field == line.Cells[0].Field
			})}
			page, err := Layout(cut, 32)
			if err == nil {
				err = Check(page, facts)
			}
			var missing *CheckError
			if !errors.As(err, &missing) || missing.Field != line.Cells[0].Field {
				t.Errorf("line %d left out: %v", i, err)
			}
		}
	}
	slip.Copy = txn.MerchantCopy
	if _, err := Render(slip, sampleOptions()); !errors.Is(err, ErrNoSlip) {
		t.Errorf("a sale being reversed has no merchant's copy: %v", err)
	}
}
