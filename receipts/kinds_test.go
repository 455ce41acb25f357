package receipts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/txn"
)

// about is the sample as a kind of transaction about an earlier one that has
// everything.
func about(tb testing.TB, k txn.Kind) txn.Slip {
	tb.Helper()
	slip := sample(tb)
	past := slip.Txn.Past()
	past.STAN, past.AuthCode, past.RRN = 77, "H0LD77", "411111111111" // a reference number may pass for a card's
	past.Kind, past.At = txn.Sale, time.Date(2026, time.February, 28, 0, 0, 0, 0, time.UTC)
	slip.Txn.Kind, slip.Txn.Of, slip.Txn.Approver = k, past, "90"
	if k == txn.Tip {
		slip.Txn.Tip = txn.Money{Minor: 3450, Currency: slip.Txn.Amount.Currency}
	}
	return slip
}

// TestKindsSay: what each kind's slip says of the earlier transaction, and that the
// rules miss each such line.
func TestKindsSay(t *testing.T) {
	for k, want := range map[txn.Kind]map[Field]string{
		txn.Void:           {FieldOriginal: "000077", FieldAmount: "RMB -1,234.50"},
		txn.CompletionVoid: {FieldOriginal: "000077", FieldAmount: "RMB -1,234.50"},
		txn.Refund:         {FieldOriginalRef: "411111111111", FieldOriginalDate: "2026/02/28", FieldAmount: "RMB -1,234.50"},
		txn.Increment:      {FieldOriginalAuth: "H0LD77", FieldOriginalDate: "2026/02/28", FieldAmount: "RMB 1,234.50"},
		txn.PreAuthVoid:    {FieldOriginalAuth: "H0LD77", FieldOriginalDate: "2026/02/28", FieldAmount: "RMB -1,234.50"},
		txn.Completion:     {FieldOriginalAuth: "H0LD77", FieldOriginalDate: "2026/02/28", FieldAmount: "RMB 1,234.50"},
		txn.Offline:        {FieldVoice: "A1B2C3", FieldAmount: "RMB 1,234.50"},
		txn.Tip:            {FieldOriginal: "000077", FieldBase: "RMB 1,200.00", FieldTip: "RMB 34.50", FieldAmount: "RMB 1,234.50"},
	} {
		want[FieldApprover], want[FieldOperator] = "90", "01"
		for field, value := range want {
			page, facts := build(t, about(t, k), sampleOptions(), nil)
			if got := page.show(field); !slices.Equal(got, []string{value}) {
				t.Errorf("%s: %s is %q, want %q", k, field, got, value)
			}
			wantCheck(t, Check(page, facts), NoField, "")
			page, facts = build(t, about(t, k), sampleOptions(), without(field))
			wantCheck(t, Check(page, facts), field, Missing)
		}
	}
}

// TestKindsNeed: without the facts that name the earlier transaction there is no slip.
func TestKindsNeed(t *testing.T) {
	for _, c := range []struct {
		kind  txn.Kind
		lose  func(*txn.Transaction)
		field Field
	}{
		{txn.Void, func(t *txn.Transaction) { t.Of = nil }, FieldOriginal},
		{txn.CompletionVoid, func(t *txn.Transaction) { t.Of.STAN = 0 }, FieldOriginal},
		{txn.Refund, func(t *txn.Transaction) { t.Of.RRN = "" }, FieldOriginalRef},
		{txn.Refund, func(t *txn.Transaction) { t.Of.At = time.Time{} }, FieldOriginalDate},
		{txn.Increment, func(t *txn.Transaction) { t.Of.AuthCode = "" }, FieldOriginalAuth},
		{txn.PreAuthVoid, func(t *txn.Transaction) { t.Of.AuthCode = "" }, FieldOriginalAuth},
		{txn.Completion, func(t *txn.Transaction) { t.Of.At = time.Time{} }, FieldOriginalDate},
		{txn.Offline, func(t *txn.Transaction) { t.Result.AuthCode = "" }, FieldVoice},
		{txn.Tip, func(t *txn.Transaction) { t.Tip = txn.Money{} }, FieldBase},
	} {
		slip := about(t, c.kind)
		c.lose(slip.Txn)
		_, err := Render(slip, sampleOptions())
		wantCheck(t, err, c.field, NoValue)
	}
}

// TestHeld: what a hold comes to is on the slips that change it, where it is known.
func TestHeld(t *testing.T) {
	for k, want := range map[txn.Kind]string{
		txn.Increment: "RMB 3,234.50", txn.Completion: "RMB 2,000.00", txn.PreAuthVoid: "", txn.PreAuth: "",
	} {
		slip := about(t, k)
		slip.Txn.Of.Amount = txn.Money{Minor: 200000, Currency: slip.Txn.Amount.Currency}
		page, facts := build(t, slip, sampleOptions(), nil)
		if got := strings.Join(page.show(FieldHeld), " "); got != want || facts.Held != want {
			t.Errorf("%s: %q, want %q", k, got, want)
		}
		slip.Copy, slip.Txn.Status = txn.FaultSlip, txn.ReversalPending
		if page, _ := build(t, slip, sampleOptions(), nil); page.show(FieldHeld) != nil {
			t.Errorf("%s: a fault slip says what is held, which nobody knows", k)
		}
	}
}

// TestTipOfAPart: where the bank approved less than the tip, nobody knows what of it
// is one.
func TestTipOfAPart(t *testing.T) {
	slip := sample(t)
	slip.Txn.Tip = txn.Money{Minor: slip.Txn.Amount.Minor, Currency: slip.Txn.Amount.Currency}
	page, err := Render(slip, sampleOptions())
	if err != nil || page.show(FieldTip) != nil || page.show(FieldBase) != nil {
		t.Errorf("%q and %q, %v", page.show(FieldBase), page.show(FieldTip), err)
	}
}

// TestUnseen: nobody signs where nobody has seen the card, nor what takes such a sale
// back; the merchant's copy says so.
func TestUnseen(t *testing.T) {
	phone := sample(t)
	phone.Txn.Kind = txn.Phone
	void := about(t, txn.Void)
	void.Txn.Of.Kind = txn.Phone
	for _, slip := range []txn.Slip{phone, void} {
		for _, c := range []txn.Copy{txn.MerchantCopy, txn.CardholderCopy} {
			slip.Copy = c
			page, facts := build(t, slip, sampleOptions(), nil)
			said := len(page.show(FieldUnseen)) > 0
			if page.show(FieldSignature) != nil || said != (c == txn.MerchantCopy) {
				t.Errorf("%s copy %d: signature %q, said why %t", slip.Txn.Kind, c, page.show(FieldSignature), said)
			}
			wantCheck(t, Check(page, facts), NoField, "")
		}
		slip.Copy = txn.MerchantCopy
		page, facts := build(t, slip, sampleOptions(), without(FieldUnseen))
		wantCheck(t, Check(page, facts), FieldUnseen, Missing)
	}
	if got := voidOf(t, void).show(FieldOriginalKind); !slices.Equal(got, []string{"电话/邮购 MOTO"}) {
		t.Errorf("the void is of %q", got)
	}
}

func voidOf(t *testing.T, slip txn.Slip) Page {
	t.Helper()
	page, err := Render(slip, sampleOptions())
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestRefusedSlip: what was taken without the host and refused since has a fault slip
// of its own; what is reversed never has that one, and the other way about.
func TestRefusedSlip(t *testing.T) {
	for _, k := range []txn.Kind{txn.Offline, txn.Tip} {
		slip := about(t, k)
		slip.Copy, slip.Txn.Status, slip.Txn.Result.Code = txn.FaultSlip, txn.Refused, "51"
		page, facts := build(t, slip, sampleOptions(), nil)
		wantCheck(t, Check(page, facts), NoField, "")
		all := strings.Join(page.show(FieldAct), "")
		if !slices.Equal(page.show(FieldCopy), []string{RefusedMark}) || !slices.Equal(page.show(FieldRefused), []string{"51"}) ||
			!strings.Contains(all, "联机上送被拒") || strings.Contains(all, "冲正") {
			t.Errorf("%s: %q %q %q", k, page.show(FieldCopy), page.show(FieldRefused), all)
		}
		slip.Txn.Status = txn.ReversalPending
		if _, err := Render(slip, sampleOptions()); err == nil {
			t.Errorf("%s is never reversed, and has a slip of it", k)
		}
	}
	sold := about(t, txn.Sale)
	sold.Copy, sold.Txn.Status = txn.FaultSlip, txn.Refused
	if _, err := Render(sold, sampleOptions()); err == nil {
		t.Error("a sale is never refused afterwards, and has a slip of it")
	}
}

// TestNamedChip: a chip that only said who it is has a name on the slip and no proof.
func TestNamedChip(t *testing.T) {
	for k, named := range map[txn.Kind]bool{txn.Refund: true, txn.Completion: true, txn.PreAuthVoid: true, txn.Tip: false} {
		slip := about(t, k)
		slip.Txn.Card.Chip = chipSample(t).Txn.Card.Chip.Named()
		page, err := Render(slip, sampleOptions())
		if err != nil {
			t.Fatal(err)
		}
		if got := len(page.show(FieldAID)) == 1 && len(page.show(FieldAppLabel)) == 1; got != named {
			t.Errorf("%s: says the application %t, want %t", k, got, named)
		}
		for _, field := range []Field{FieldTC, FieldAAC, FieldARQC, FieldTVR, FieldTSI, FieldATC} {
			if page.show(field) != nil {
				t.Errorf("%s: %s is %q", k, field, page.show(field))
			}
		}
	}
}
