package receipts

import (
	"strings"

	"vpos/txn"
)

// What somebody has let pass, as the merchant's copy says it: why the card was keyed, and
// which warnings the transaction was made in spite of. Whoever answers a chargeback looks
// for it there; the cardholder's copy does not call its holder a suspect.

// keyedBecause are the reasons for a keyed card, short enough for one line of narrow paper.
var keyedBecause = map[txn.Code]Words{
	txn.KeyedDamaged: {"卡片损坏", "CARD DAMAGED"},
	txn.KeyedReader:  {"读卡器故障", "READER BROKEN"},
	txn.KeyedLetter:  {"邮购/网络", "MAIL ORDER"},
	txn.KeyedOther:   {"其他", "OTHER"},
}

// warnedOf are the warnings.
var warnedOf = map[txn.Code]Words{
	txn.GuardDuplicate: {"同卡同额", "SAME AMOUNT AGAIN"},
	txn.GuardVelocity:  {"频繁交易", "CARD USED OFTEN"},
	txn.GuardSplit:     {"疑似拆单", "SPLIT SALE"},
	txn.GuardDeclines:  {"手输多次被拒", "KEYED, DECLINED"},
	txn.GuardKeyed:     {"手输过多", "MANY KEYED"},
	txn.GuardRefunds:   {"退货超日限", "DAY'S REFUNDS"},
}

// passedFact are the words of those codes of a transaction that a table knows.
func passedFact(t txn.Transaction, table map[txn.Code]Words, lang Lang) string {
	var parts []string
	for _, c := range t.PassedCodes() {
		if text := table[c].In(lang); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}
