package receipts

import "vpos/txn"

// Lang is the language of a slip's labels. Values (a shop's name, a bank's
// name) stay as they were given; marks ([TrainingMark], the copy, DUPLICATE)
// are always in both languages, because whoever picks up the paper must be able
// to read them.
type Lang uint8

// The languages.
const (
	Chinese Lang = iota
	English
	Both // Chinese, then English, on one line where it fits
)

// Langs lists them.
func Langs() []Lang { return []Lang{Chinese, English, Both} }

// String is the word the configuration uses: zh, en, both.
func (l Lang) String() string {
	switch l {
	case English:
		return "en"
	case Both:
		return "both"
	case Chinese:
	}
	return "zh"
}

// ParseLang reads the word of [Lang.String]; false for any other.
func ParseLang(word string) (Lang, bool) {
	for _, l := range Langs() {
		if l.String() == word {
			return l, true
		}
	}
	return Chinese, false
}

// Words is one thing to say, in both languages. An empty half means the other
// serves for both.
type Words struct{ Zh, En string }

// In is the words in a language; both halves with a space between for [Both].
func (w Words) In(lang Lang) string {
	switch {
	case w.En == "" || w.Zh != "" && lang == Chinese:
		return w.Zh
	case w.Zh == "" || lang == English || w.Zh == w.En:
		return w.En
	}
	return w.Zh + " " + w.En
}

// TrainingMark stands at the top, in the middle and at the bottom of every slip
// that is no receipt. It is never broken.
const TrainingMark = "TRAINING – NOT VALID 培训 无效"

// The other marks.
const (
	DuplicateMark  = "重打印 DUPLICATE"
	MerchantMark   = "商户存根 MERCHANT COPY"
	CardholderMark = "持卡人存根 CARDHOLDER COPY"
	FaultMark      = "冲正不成功 REVERSAL FAULT"
	RefusedMark    = "上送被拒 ADVICE REFUSED" // of what was taken without the host, which has refused it since
)

// copyMarks are all that a slip carries one of.
var copyMarks = []string{MerchantMark, CardholderMark, FaultMark, RefusedMark}

// copyMark says whose slip it is; empty where the transaction has no such copy.
func copyMark(s txn.Slip) string {
	t := s.Txn
	switch {
	case s.Copy == txn.FaultSlip && t.Status == txn.ReversalPending && !t.Kind.Told():
		return FaultMark
	case s.Copy == txn.FaultSlip && t.Status == txn.Refused && t.Kind.Told():
		return RefusedMark
	case t.Status != txn.Approved:
	case s.Copy == txn.MerchantCopy:
		return MerchantMark
	case s.Copy == txn.CardholderCopy:
		return CardholderMark
	}
	return ""
}
