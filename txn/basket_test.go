package txn

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is keyed, the total is the sum of the lines and stays below the limit, a
// refusal changes nothing, and no older basket is changed in place.
func TestBasketTotal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		most := rapid.SampledFrom([]int64{0, 1, 1000, 100_000_00, MaxMinor}).Draw(r, "most")
		bound := most
		if bound == 0 {
			bound = MaxMinor
		}
		var b *Basket
		for range rapid.IntRange(0, 70).Draw(r, "keys") {
			before, was := b, b.Total()
			if rapid.IntRange(0, 9).Draw(r, "less") == 0 {
				b = b.Less()
			} else {
				g := Good{
					Code:  rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "code"),
					Price: rapid.OneOf(rapid.Int64Range(200, 400), rapid.Int64Range(-1, 999), rapid.Int64Range(-1, MaxMinor+1), rapid.Int64()).Draw(r, "price"),
				}
				quantity := rapid.OneOf(rapid.Int64Range(1, 3), rapid.Int64Range(0, MaxQuantity+1), rapid.Int64()).Draw(r, "quantity")
				next, code := b.With(g, quantity, most)
				if code != NoProblem && next != b {
					r.Fatalf("refused with %s, and changed", code)
				}
				if want := was + g.Price*quantity; code == NoProblem && next.Total() != want {
					r.Fatalf("total %d, want %d", next.Total(), want)
				}
				b = next
			}
			if before.Total() != was {
				r.Fatal("a basket was changed in place")
			}
			if b == nil {
				continue
			}
			sum := new(big.Int)
			for _, l := range b.Lines {
				if l.Quantity < 1 || l.Quantity > MaxQuantity {
					r.Fatalf("quantity %d", l.Quantity)
				}
				sum.Add(sum, new(big.Int).Mul(big.NewInt(l.Good.Price), big.NewInt(l.Quantity)))
			}
			if len(b.Lines) == 0 || len(b.Lines) > MaxLines {
				r.Fatalf("%d lines", len(b.Lines))
			}
			if sum.Cmp(big.NewInt(b.Total())) != 0 || b.Total() > bound || b.Total() < 0 {
				r.Fatalf("total %d, sum %s, most %d", b.Total(), sum, bound)
			}
		}
	})
}

// The same good again joins its line; at another price it does not.
func TestBasketLines(t *testing.T) {
	tea := Good{Code: "1", EN: "Tea", Price: 500}
	dear := tea
	dear.Price = 600
	var b *Basket
	for _, g := range []Good{tea, tea, dear, tea} {
		b, _ = b.With(g, 2, 0)
	}
	if len(b.Lines) != 3 || b.Lines[0].Quantity != 4 || b.Total() != 4200 {
		t.Fatalf("%+v comes to %d", b, b.Total())
	}
	for _, want := range []int64{3200, 2000, 0, 0} {
		if b = b.Less(); b.Total() != want {
			t.Fatalf("%d is left, want %d", b.Total(), want)
		}
	}
	if b != nil {
		t.Fatal("an empty basket is not nil")
	}
	for range MaxLines / 2 {
		b, _ = b.With(tea, 1, 0)
		b, _ = b.With(dear, 1, 0)
	}
	if _, code := b.With(tea, 1, 0); code != BasketFull {
		t.Fatalf("line %d: %q", MaxLines+1, code)
	}
	if _, code := b.With(dear, MaxQuantity, 0); code != BasketQuantity {
		t.Fatalf("too many: %q", code)
	}
}
