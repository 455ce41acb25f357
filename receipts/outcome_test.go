package receipts

import (
	"errors"
	"testing"

	"vpos/txn"
)

func declinedSample(t *testing.T) *txn.Transaction {
	sale := sample(t).Txn
	sale.Status, sale.Result.Code, sale.Result.AuthCode = txn.Declined, "51", ""
	return sale
}

var short = Declined{Why: Words{"余额不足。", "Insufficient funds."}, Next: Words{"请换一张卡。", "Take another card."}}

// A slip of a refusal says why in every language of the slip, and only of a refusal there is
// one.
func TestDeclinedSlip(t *testing.T) {
	o := sampleOptions()
	for _, lang := range Langs() {
		o.Lang = lang
		page, err := RenderDeclined(declinedSample(t), short, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := page.show(FieldCode); len(got) != 1 || got[0] != "51" || len(page.show(FieldSignature))+len(page.show(FieldAgreement)) > 0 {
			t.Errorf("%v: code %q", lang, got)
		}
	}
	if _, err := RenderDeclined(sample(t).Txn, short, o); !errors.Is(err, ErrNoSlip) {
		t.Errorf("an approved sale: %v", err)
	}
	o.Lang = Both
	_, err := RenderDeclined(declinedSample(t), Declined{Why: Words{Zh: "余额不足。"}}, o)
	wantCheck(t, err, FieldWhy, NoValue)
	exposed := declinedSample(t)
	exposed.Operator = "4111111111111111"
	_, err = RenderDeclined(exposed, short, o)
	wantCheck(t, err, FieldOperator, Exposed)
}

// Each of the facts is needed, and nobody signs.
func TestOutcomeIsChecked(t *testing.T) {
	o := sampleOptions()
	x := outcome{mark: DeclinedMark, code: "51", why: short.Why}
	f := gather(txn.Slip{Txn: declinedSample(t), Copy: txn.CardholderCopy}, kinds[txn.Sale], o)
	for _, field := range []Field{FieldOutcome, FieldMerchantNo, FieldTerminalNo, FieldPAN, FieldKind, FieldTrace, FieldDateTime, FieldAmount, FieldCode, FieldWhy, FieldTraining} {
		doc := outcomeDocument(f, x)
		without(field)(&doc)
		page, err := Layout(doc, o.Columns)
		if err != nil {
			t.Fatal(err)
		}
		wantCheck(t, checkOutcome(page, f, x), field, Missing)
	}
	doc := outcomeDocument(f, x)
	doc.Lines = append(doc.Lines[:3:3], append([]Line{{Cells: []Cell{{Text: "sign here", Field: FieldSignature}}}}, doc.Lines[3:]...)...)
	page, err := Layout(doc, o.Columns)
	if err != nil {
		t.Fatal(err)
	}
	wantCheck(t, checkOutcome(page, f, x), FieldSignature, Forbidden)
}

func TestBalanceSlip(t *testing.T) {
	asked := sample(t).Txn
	cny := asked.Amount.Currency
	asked.Kind = txn.Balance
	page, err := RenderBalance(asked, txn.Money{Minor: -50, Currency: cny}, sampleOptions())
	if err != nil || len(page.show(FieldAvailable)) != 1 || page.show(FieldAvailable)[0] != "RMB -0.50" || len(page.show(FieldAmount)) > 0 {
		t.Errorf("%q, %v", page.show(FieldAvailable), err)
	}
	_, err = RenderBalance(asked, txn.Money{}, sampleOptions())
	wantCheck(t, err, FieldAvailable, NoValue)
	if _, err := RenderBalance(sample(t).Txn, txn.Money{Minor: 1, Currency: cny}, sampleOptions()); !errors.Is(err, ErrNoSlip) {
		t.Error(err)
	}
}

func TestNoticesAreChecked(t *testing.T) {
	o := sampleOptions()
	at := sample(t).Txn.At
	_, err := RenderSignOn(SignOn{At: at, Terminal: "10020030", Merchant: "898110058120001"}, o)
	wantCheck(t, err, FieldBatch, NoValue)
	good := SignOn{At: at, Terminal: "10020030", Merchant: "898110058120001", Batch: "000017"}
	if _, err := RenderSignOn(good, o); err != nil {
		t.Error(err)
	}
	row := DeviceRow{Subject: Words{"打印机", "Printer"}, Outcome: Words{"故障", "fault"}, Headline: Words{"缺纸", "Out of paper"}}
	check := DeviceCheck{At: at, Terminal: "10020030", Rows: []DeviceRow{row}}
	if _, err := RenderDeviceCheck(check, o); err != nil {
		t.Error(err)
	}
	check.Rows[0].Headline = Words{}
	_, err = RenderDeviceCheck(check, o)
	wantCheck(t, err, FieldWhy, NoValue)
	o.Merchant.Name = Words{}
	_, err = RenderSignOn(good, o)
	wantCheck(t, err, FieldMerchantName, Missing)
}
