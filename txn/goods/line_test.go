package goods

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"vpos/txn"
)

func TestParseLine(t *testing.T) {
	list := txn.Goods{{Code: "7", EN: "Tea", Price: 300}, {Code: "1001", EN: "Tea", ZH: "茶", Price: 450}}
	for text, c := range map[string]struct {
		want  txn.Good
		gone  bool
		fault txn.Code
	}{
		"1002 4.50 Coffee":     {want: txn.Good{Code: "1002", EN: "Coffee", Price: 450}},
		"1002-4.5-Coffee":      {fault: BadPrice},
		"1002-4.5 Coffee":      {want: txn.Good{Code: "1002", EN: "Coffee", Price: 450}},
		" 1002  4  美式 咖啡 ":     {want: txn.Good{Code: "1002", ZH: "美式 咖啡", Price: 400}},
		"1002 4 Coffee/咖啡":     {want: txn.Good{Code: "1002", EN: "Coffee", ZH: "咖啡", Price: 400}},
		"1002 4 咖啡 / Coffee":   {want: txn.Good{Code: "1002", EN: "Coffee", ZH: "咖啡", Price: 400}},
		"1002 4 1/2 Pint":      {want: txn.Good{Code: "1002", EN: "1/2 Pint", Price: 400}},
		"1002 4 大/小":           {want: txn.Good{Code: "1002", ZH: "大/小", Price: 400}},
		"1001 5":               {want: txn.Good{Code: "1001", EN: "Tea", ZH: "茶", Price: 500}},
		"1001-5.20":            {want: txn.Good{Code: "1001", EN: "Tea", ZH: "茶", Price: 520}},
		"1001 5 Mint":          {want: txn.Good{Code: "1001", EN: "Mint", Price: 500}},
		"1001-":                {want: list[1], gone: true},
		"1001 -":               {want: list[1], gone: true},
		"1002 -":               {fault: BadPrice},
		"1002":                 {fault: BadPrice},
		"1002 5":               {fault: NoName},
		"Tea 5":                {fault: BadCode},
		"":                     {fault: BadCode},
		"12345678901234 1 Tea": {fault: BadCode},
		"1002 4.505 Tea":       {fault: BadPrice},
		"1002 4 =Tea":          {fault: BadName},
		"1002 99999999999 Tea": {fault: Dear},
	} {
		got, gone, err := ParseLine(text, list, yuan())
		var found Problems
		switch errors.As(err, &found); {
		case c.fault != "" && (len(found) == 0 || found[0].Code != c.fault):
			t.Errorf("%q: %+v, %v, want %s", text, got, err, c.fault)
		case c.fault == "" && (err != nil || got != c.want || gone != c.gone):
			t.Errorf("%q: %+v, %t, %v", text, got, gone, err)
		}
	}
}

// A good of a list comes back from its line as it was, and a line that is no good never
// makes one that a list would refuse.
func TestLineProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9]{0,14}[ -]{0,2}[0-9]{0,4}(\.[0-9]{0,3})?( .{0,12}| [a-z/]{1,9}| [茶水/a ]{1,6})?`).Draw(t, "text")
		g, _, err := ParseLine(text, nil, yuan())
		if err != nil {
			return
		}
		again, gone, err := ParseLine(Line(g, yuan()), nil, yuan())
		if err != nil || gone || again != g {
			t.Errorf("%q is %+v, then %+v, %v", text, g, again, err)
		}
		if l, err := Parse(Bytes(txn.Goods{g}, yuan()), yuan()); err != nil || len(l) != 1 || l[0] != g {
			t.Errorf("%q: %+v in a file is %v, %v", text, g, l, err)
		}
	})
}
