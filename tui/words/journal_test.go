package words

import (
	"testing"

	"vpos/txn"
)

func TestEveryRowHasWords(t *testing.T) {
	for _, r := range txn.RecordTypes() {
		if text, ok := recordTexts[r]; !ok || text.EN == "" || text.ZH == "" {
			t.Errorf("%s has no words", r)
		}
	}
}
