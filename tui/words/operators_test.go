package words

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vpos/txn"
	"vpos/txn/staff"
)

// The commands about operators are spoken in both languages, with the same arguments.
func TestOperatorWords(t *testing.T) {
	for _, f := range []Failure{
		OperatorNone, OperatorUnknown, OperatorTaken, OperatorNumber, OperatorName, OperatorRole, OperatorFirst, OperatorLast, OperatorShift,
		OperatorWeak, OperatorDiffers, OperatorStopped, OperatorNotSuper, OperatorNoStore,
	} {
		check(t, f.Code+" headline", f.Headline, 2*page, 2*page, 1)
		check(t, f.Code+" next", f.Next, 2*page, 2*page, 2)
	}
	for _, s := range []Sentence{
		OperatorWrong, OperatorLocked, OperatorPIN, OperatorChoose, OperatorAdded, OperatorRemoved, OperatorReset, OperatorUnlocked,
		AuditMore, auditBy, auditFor, operatorTries, operatorUntil,
		{OperatorWrongNext}, {OperatorLockedNext}, {OperatorWho}, {OperatorRepeat}, {OperatorFresh}, {OperatorFew}, {AuditNone},
		{operatorFirstPIN}, {operatorReady}, {Role(txn.Cashier)}, {Role(txn.Supervisor)},
	} {
		if s.EN == "" || !han(s.ZH) || han(s.EN) || strings.Count(s.EN, "%") != strings.Count(s.ZH, "%") {
			t.Errorf("%q, %q", s.EN, s.ZH)
		}
	}
}

func TestEveryActHasWords(t *testing.T) {
	seen := map[string]staff.Act{}
	for _, a := range staff.Acts() {
		words := Act(a)
		if !han(words.ZH) || han(words.EN) || words.EN == string(a) {
			t.Errorf("%s: %q, %q", a, words.EN, words.ZH)
		}
		for _, l := range Langs() {
			if other, twice := seen[words.In(l)]; twice || ansi.StringWidth(words.In(l)) > ActWidth {
				t.Errorf("%s is called %q, as %s is, or too long", a, words.In(l), other)
			}
			seen[words.In(l)] = a
		}
	}
}

func TestAuditDetails(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	for _, c := range []struct {
		row    staff.Row
		en, zh string
	}{
		{staff.Row{Act: staff.LetPass, Operator: "01", By: "02", Kind: txn.Refund}, "asked by 02: Refund", "申请：02 退货"},
		{staff.Row{Act: staff.LetPass, Operator: "01", Kind: txn.Void}, "Void", "消费撤销"},
		{staff.Row{Act: staff.Added, Operator: "02", By: "01"}, "by 01", "经办：01"},
		{staff.Row{Act: staff.Float, Operator: "01", Amount: txn.Money{Minor: 20000, Currency: cny}}, "CNY 200.00", "CNY 200.00"},
		{staff.Row{Act: staff.SignedIn, Operator: "01"}, "", ""},
	} {
		if en, zh := AuditDetail(EN, &c.row), AuditDetail(ZH, &c.row); en != c.en || zh != c.zh {
			t.Errorf("%+v: %q, %q", c.row, en, zh)
		}
	}
	for _, c := range []struct {
		o     staff.Operator
		until string
		want  string
	}{
		{staff.Operator{}, "", "ready"}, {staff.Operator{Fresh: true}, "", "first PIN"},
		{staff.Operator{Fails: 2, Fresh: true}, "", "wrong PINs: 2"}, {staff.Operator{Fails: 5}, "12:30", "locked until 12:30"},
	} {
		if got := OperatorState(EN, &c.o, c.until); got != c.want {
			t.Errorf("%+v: %q", c.o, got)
		}
	}
}
