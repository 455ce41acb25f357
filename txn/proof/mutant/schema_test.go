package mutant

import (
	"errors"
	"strings"
	"testing"
)

const before = `package p

const most = 3

var table = []int{1, 2}

type box struct{ n int }

func (b *box) add(by int, more ...int) (int, error) {
	b.n += by
	return b.n, nil
}

func (box) none(_ int) int { return 1 }

func plain(a, b int) { println(a + b) }

func any1[T any](v T) T { return v }
`

// What changes inside a function is grafted; anything else is built alone.
func TestGraft(t *testing.T) {
	for old, c := range map[string]struct{ with, call, name string }{
		"b.n += by": {"b.n -= by", "case 7: return b.add_planted7(by, more...)", "func (b *box) add_planted7(by int, more ...int) (int, error) {\n\tb.n -= by"},
		"a + b":     {"a - b", "case 7: plain_planted7(a, b); return", "func plain_planted7(a, b int) { println(a - b) }"},
		"most = 3":  {with: "most = 4"},
		"1, 2":      {with: "2, 1"},
		"return 1":  {with: "return 2"}, // nothing to hand on
		"return v":  {with: "return *new(T)"},
		"{ n int }": {with: "{ n int8 }"},
		"by int,":   {with: "by int8,"},
		"b.n, nil":  {with: "b.n, nil }; func another() { "},
	} {
		if strings.Count(before, old) != 1 {
			t.Fatalf("%q is not there", old)
		}
		g, err := newGraft("p.go", before)
		if err != nil {
			t.Fatal(err)
		}
		switch err := g.add(7, strings.Replace(before, old, c.with, 1)); {
		case c.name == "" && !errors.Is(err, errAlone):
			t.Errorf("%s: %v", old, err)
		case c.name != "" && err != nil:
			t.Errorf("%s: %v", old, err)
		}
		grown := g.grown()
		if !strings.Contains(grown, c.call) || !strings.Contains(grown, c.name) || c.name == "" && strings.Contains(grown, "planted") {
			t.Errorf("%s grows to:\n%s", old, grown)
		}
		if _, _, err := source("p.go", grown); err != nil {
			t.Errorf("%s: %v\n%s", old, err, grown)
		}
	}
}
