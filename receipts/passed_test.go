package receipts

import (
	"strings"
	"testing"

	"vpos/txn"
)

// TestPassed: the merchant's copy says why a card was keyed and what was warned of, on
// every width of paper; the cardholder's says nothing of it; and a slip that lost it is
// no slip.
func TestPassed(t *testing.T) {
	for _, columns := range []int{32, 42, 48} {
		for _, lang := range []Lang{Chinese, English, Both} {
			slip := sample(t)
			slip.Txn.Approver = "90"
			slip.Txn.Passed = string(txn.KeyedReader) + " " + string(txn.GuardDuplicate) + " " + string(txn.GuardSplit)
			o := sampleOptions()
			o.Lang, o.Columns = lang, columns
			keyed := Words{"读卡器故障", "READER BROKEN"}.In(lang)
			warned := Words{"同卡同额", "SAME AMOUNT AGAIN"}.In(lang) + ", " + Words{"疑似拆单", "SPLIT SALE"}.In(lang)
			page, facts := build(t, slip, o, nil)
			wantCheck(t, Check(page, facts), NoField, "")
			for field, want := range map[Field]string{FieldKeyedWhy: keyed, FieldWarned: warned} {
				if got := squeeze(page.show(field)...); got != squeeze(want) {
					t.Errorf("%v %d: %s is %q, want %q", lang, columns, field, got, want)
				}
				page, facts := build(t, slip, o, without(field))
				wantCheck(t, Check(page, facts), field, Missing)
			}
			slip.Copy = txn.CardholderCopy
			if page, _ := build(t, slip, o, nil); page.show(FieldKeyedWhy) != nil || page.show(FieldWarned) != nil {
				t.Errorf("%v %d: the cardholder reads of a suspicion", lang, columns)
			}
		}
	}
}

// TestPassedWords: every warning and every reason has its words, in both languages, none
// like another.
func TestPassedWords(t *testing.T) {
	seen := map[Words]txn.Code{}
	for _, c := range []struct {
		table map[txn.Code]Words
		codes []txn.Code
	}{{warnedOf, txn.GuardCodes()}, {keyedBecause, txn.KeyedReasons()}} {
		for _, code := range c.codes {
			w := c.table[code]
			if w.Zh == "" || w.En == "" || strings.ToUpper(w.En) != w.En {
				t.Errorf("%s is printed as %+v", code, w)
			}
			if twin, ok := seen[w]; ok {
				t.Errorf("%s and %s are printed alike", code, twin)
			}
			seen[w] = code
		}
		if len(c.table) != len(c.codes) {
			t.Errorf("%d words for %d codes", len(c.table), len(c.codes))
		}
	}
}
