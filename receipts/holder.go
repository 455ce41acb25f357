package receipts

import "vpos/txn"

// Holder says in which language the cardholder's copy is, apart from the shop's own.
type Holder struct {
	ByCard bool // as the chip prefers (EMV tag 5F2D), where it says
	Set    bool // Lang counts; else the slip's own language
	Lang   Lang
}

// ParseHolder reads the word of the configuration: auto, a [Lang], or same, which is the
// language of the screens.
func ParseHolder(word string, screens Lang) Holder {
	lang, known := ParseLang(word)
	switch {
	case word == "same":
		return Holder{Set: true, Lang: screens}
	case known:
		return Holder{Set: true, Lang: lang}
	}
	return Holder{ByCard: true}
}

// lang is the language of a slip: the cardholder's copy may have one of its own.
func (o *Options) lang(slip txn.Slip) Lang {
	if slip.Copy != txn.CardholderCopy {
		return o.Lang
	}
	if chip := slip.Txn.Card.Chip; o.Holder.ByCard && chip != nil {
		if lang, ok := ParseLang(chip.Lang); ok && lang != Both {
			return lang
		}
	}
	if o.Holder.Set {
		return o.Holder.Lang
	}
	return o.Lang
}
