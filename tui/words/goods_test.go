package words

import (
	"strings"
	"testing"

	"vpos/txn/goods"
)

// Every problem of a list has words, and says where it is and what is there.
func TestGoodsProblems(t *testing.T) {
	for _, code := range goods.Codes() {
		for _, l := range Langs() {
			if goodsProblems[code].In(l) == "" {
				t.Errorf("%s has no words in %s", code, l)
			}
			if got := GoodsProblem(l, 3, "price", code, "<got>", "<want>"); !strings.Contains(got, "3") || !strings.Contains(got, "price") || strings.ContainsAny(got, "{}") {
				t.Errorf("%s: %s", code, got)
			}
		}
	}
	if len(goodsProblems) != len(goods.Codes()) {
		t.Errorf("words for %d problems of %d", len(goodsProblems), len(goods.Codes()))
	}
}
