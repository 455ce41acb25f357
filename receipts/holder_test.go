package receipts

import (
	"testing"

	"vpos/reader"
	"vpos/txn"
)

func TestCardholdersLanguage(t *testing.T) {
	for _, c := range []struct {
		word, chip         string
		screens, shop      Lang
		merchant, customer Lang
	}{
		{"auto", "en", Chinese, Chinese, Chinese, English},
		{"auto", "zh", English, Both, Both, Chinese},
		{"auto", "", English, Both, Both, Both},
		{"auto", "both", English, Chinese, Chinese, Chinese}, // a card says no such thing
		{"zh", "en", English, English, English, Chinese},
		{"both", "en", English, English, English, Both},
		{"same", "zh", English, Chinese, Chinese, English},
		{"same", "", Chinese, English, English, Chinese},
	} {
		o := Options{Lang: c.shop, Holder: ParseHolder(c.word, c.screens)}
		slip := txn.Slip{Copy: txn.MerchantCopy, Txn: &txn.Transaction{}}
		slip.Txn.Card.Chip = &reader.ChipData{Lang: c.chip}
		if got := o.lang(slip); got != c.merchant {
			t.Errorf("%s, chip %q: the merchant's copy is in %s, want %s", c.word, c.chip, got, c.merchant)
		}
		slip.Copy = txn.CardholderCopy
		if got := o.lang(slip); got != c.customer {
			t.Errorf("%s, chip %q: the cardholder's copy is in %s, want %s", c.word, c.chip, got, c.customer)
		}
	}
	if got := (&Options{Lang: English, Holder: ParseHolder("auto", Chinese)}).lang(txn.Slip{Copy: txn.CardholderCopy, Txn: &txn.Transaction{}}); got != English {
		t.Errorf("without a chip it is in %s", got)
	}
}
