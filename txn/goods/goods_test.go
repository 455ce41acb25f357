package goods

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/txn"
)

func yuan() txn.Currency {
	c, _ := txn.CurrencyByCode("CNY")
	return c
}

const small = "code,zh,en,price\r\n10,绿茶,Green tea,12.5\r\n2,\"面, 汤\",,8\r\n6901234567892,,\"Cup \"\"L\"\"\",0.05\r\n,,,\r\n"

var smallList = txn.Goods{
	{Code: "2", ZH: "面, 汤", Price: 800},
	{Code: "10", ZH: "绿茶", EN: "Green tea", Price: 1250},
	{Code: "6901234567892", EN: "Cup \"L\"", Price: 5},
}

// The same list comes from every encoding a spreadsheet saves, in any order of columns.
func TestParse(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(small)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"utf-8": small, "mark": mark + small, "gb18030": gb, "lf": strings.ReplaceAll(small, "\r", "")} {
		got, err := Parse([]byte(data), yuan())
		if diff := cmp.Diff(smallList, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	got, err := Parse([]byte("Price,stock,EN,Code\n3,7,Tea,001\n"), yuan())
	if diff := cmp.Diff(txn.Goods{{Code: "001", EN: "Tea", Price: 300}}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// Everything that is wrong is told with its line and column.
func TestProblems(t *testing.T) {
	const head = "code,zh,en,price\n"
	for _, c := range []struct {
		name, data string
		want       []Problem
	}{
		{"empty", "", []Problem{{Code: Head, Line: 1, Column: CodeColumn}, {Code: Head, Line: 1, Column: ZHColumn}, {Code: Head, Line: 1, Column: ENColumn}, {Code: Head, Line: 1, Column: PriceColumn}}},
		{"no price", "code,en\n", []Problem{{Code: Head, Line: 1, Column: PriceColumn}}},
		{"binary", "code\x00", []Problem{{Code: NotText}}},
		{"utf-16", "\xff\xfec\x00", []Problem{{Code: NotText}}},
		{"quote", head + "1,\"茶,,1\n", []Problem{{Code: Quotes, Line: 2}}},
		{"fields", head + "1,茶,2\n2,茶,,1\n", []Problem{{Code: Fields, Line: 2}}},
		{"code", head + "A1,茶,,1\n12345678901234,茶,,1\n,茶,,1\n", []Problem{{Code: BadCode, Line: 2, Column: CodeColumn}, {Code: BadCode, Line: 3, Column: CodeColumn}, {Code: BadCode, Line: 4, Column: CodeColumn}}},
		{"twice", head + "1,茶,,1\n2,茶,,1\n1,茶,,2\n", []Problem{{Code: Duplicate, Line: 4, Column: CodeColumn, Want: "2"}}},
		{"names", head + "1,,,1\n2,=1+1,,1\n3,,a\tb,1\n4,,4111111111111111,1\n", []Problem{{Code: NoName, Line: 2}, {Code: BadName, Line: 3, Column: ZHColumn}, {Code: BadName, Line: 4, Column: ENColumn}, {Code: BadName, Line: 5, Column: ENColumn}}},
		{"prices", head + "1,茶,,1.234\n2,茶,,-1\n3,茶,,\"1,000\"\n4,茶,,\n5,茶,,1.\n6,茶,,99999999999\n", []Problem{
			{Code: BadPrice, Line: 2, Column: PriceColumn}, {Code: BadPrice, Line: 3, Column: PriceColumn}, {Code: BadPrice, Line: 4, Column: PriceColumn},
			{Code: BadPrice, Line: 5, Column: PriceColumn}, {Code: BadPrice, Line: 6, Column: PriceColumn}, {Code: Dear, Line: 7, Column: PriceColumn},
		}},
		{"large", head + strings.Repeat(" ", MaxBytes), []Problem{{Code: TooLarge}}},
	} {
		list, err := Parse([]byte(c.data), yuan())
		var got Problems
		if !errors.As(err, &got) || list != nil {
			t.Errorf("%s: %v, %v", c.name, list, err)
			continue
		}
		same := slices.EqualFunc(got, c.want, func(g, w Problem) bool {
			return g.Code == w.Code && g.Line == w.Line && g.Column == w.Column && (w.Want == "" || g.Want == w.Want)
		})
		if !same || strings.Contains(err.Error(), "4111111111111111") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Parse([]byte(head+strings.Repeat("x,茶,,1\n", 1000)), yuan()); len(err.(Problems)) != MostFound { //nolint:errcheck,errorlint // a panic fails the test
		t.Error("the list of problems has no bound")
	}
}

// What was stored is found again; a bad list never takes the place of a good one.
func TestStore(t *testing.T) {
	folder := t.TempDir()
	if l, err := Load(folder, yuan()); len(l) != 0 || err != nil {
		t.Fatalf("%v %v", l, err)
	}
	if err := Store(folder, smallList, yuan()); err != nil {
		t.Fatal(err)
	}
	l, err := Load(folder, yuan())
	if diff := cmp.Diff(smallList, l); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
	for _, g := range smallList {
		if got, ok := l.Find(g.Code); !ok || got != g {
			t.Errorf("%s finds %v", g.Code, got)
		}
	}
	for _, code := range []string{"", "3", "02", "6901234567893"} {
		if got, ok := l.Find(code); ok {
			t.Errorf("%q finds %v", code, got)
		}
	}
	if names, _ := filepath.Glob(filepath.Join(folder, "*")); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
	if err := os.WriteFile(filepath.Join(folder, FileName), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(folder, yuan()); err == nil {
		t.Error("a broken list was read")
	}
}

// Whatever a file holds: a list that is written and read again is the same, and what is
// refused is told without a card number.
func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(mark + small))
	f.Add([]byte("code,zh,price\n1,\xc2\xcc\xb2\xe8,3\n"))
	f.Add([]byte("en,price,code\n\"a\nb\",1,1\n4111111111111111,x,4111111111111111\n"))
	f.Add([]byte("code,en,price\n1,a,1\n01,b,2\n001,c,3\n1,d,4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data, yuan())
		if err != nil {
			var p Problems
			if !errors.As(err, &p) || len(p) == 0 || len(p) > MostFound+len(columns) || l != nil {
				t.Fatalf("%v, %v", l, err)
			}
			return
		}
		for i, g := range l {
			if !digits(g.Code) || len(g.Code) > MaxCode || g.Price < 0 || g.Price > txn.MaxMinor || i > 0 && txn.CompareCodes(l[i-1].Code, g.Code) >= 0 {
				t.Fatalf("took %+v", g)
			}
		}
		again, err := Parse(Bytes(l, yuan()), yuan())
		if diff := cmp.Diff(l, again); err != nil || diff != "" {
			t.Fatalf("%v %s", err, diff)
		}
	})
}

// A list that the terminal keeps is taken as it was written, and not with a byte changed.
func TestAltered(t *testing.T) {
	dir := t.TempDir()
	if err := Store(dir, smallList, yuan()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		bad := bytes.Clone(whole)
		bad[at] ^= 1 << (at % 8)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(dir, yuan())
		var found Problems
		if !errors.As(err, &found) || found[0].Code != Altered {
			t.Fatalf("byte %d changed: %v", at, err)
		}
	}
	worked := bytes.Replace(whole, []byte("12.50"), []byte("13.50"), 1)
	if err := os.WriteFile(path, worked, 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := Read(path, yuan()); err != nil || len(l) != len(smallList) {
		t.Errorf("imported from its place: %v, %v", l, err)
	}
}
