package receipts

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/txn"
)

// letters are what shops' names are made of, and what attackers put in them.
var letters = []rune("文具商店有限公司，。（）《》“”·AbcdXYZ0189 -/&'.é–Ж한ｱ１　\t\n\x1b\u0301\u202e\U0001F4DA")

func anyText() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom(letters), 0, 60, -1)
}

func anyCell() *rapid.Generator[Cell] {
	return rapid.Custom(func(t *rapid.T) Cell {
		c := Cell{
			Text:  anyText().Draw(t, "text"),
			Width: rapid.SampledFrom([]int{0, 0, 0, 4, 9}).Draw(t, "width"),
			Align: rapid.SampledFrom([]Align{Left, Center, Right}).Draw(t, "align"),
			Size:  rapid.SampledFrom([]Size{Normal, Tall, Large}).Draw(t, "size"),
		}
		if rapid.Bool().Draw(t, "whole") {
			c.NoBreak, c.Text = true, rapid.StringMatching(`[0-9A-Z:/ ]{0,20}`).Draw(t, "number")
		}
		return c
	})
}

// TestLayoutKeepsEverything: any document on any paper keeps every character in
// order, inside the paper, side by side, and what may not be broken whole.
func TestLayoutKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(20, 64).Draw(t, "columns")
		cells := rapid.SliceOfN(anyCell(), 1, 4).Draw(t, "cells")
		for i := range cells {
			cells[i].Field = Field("cell " + string(rune('0'+i)))
		}
		page, err := Layout(Document{Lines: []Line{{Cells: cells}}}, columns)
		if err != nil {
			t.Fatalf("Layout: %v", err)
		}
		checkPlaces(t, page)
		for _, c := range cells {
			shown := page.show(c.Field)
			if got, want := squeeze(shown...), squeeze(clean(c.Text)); got != want {
				t.Fatalf("%q became %q", want, got)
			}
			if c.NoBreak && c.Text != "" && !slices.Equal(shown, []string{c.Text}) {
				t.Fatalf("%q was broken: %q", c.Text, shown)
			}
		}
	})
}

// checkPlaces wants runs inside the paper, apart from one another, and cells
// that add up to their run.
func checkPlaces(t *rapid.T, p Page) {
	for _, row := range p.Rows {
		end := -1
		for _, run := range row.Runs {
			if run.Text == "" || run.Col <= end && end >= 0 || run.Col < 0 || run.Col+run.Cols > p.Columns {
				t.Fatalf("run %+v after column %d on %d columns", run, end, p.Columns)
			}
			end = run.Col + run.Cols
			text, next := "", run.Col
			for col, cell := range run.Cells() {
				if col != next {
					t.Fatalf("cell %q of %+v at %d, want %d", cell, run, col, next)
				}
				text += cell
				next += Width(cell) * run.Size.W()
			}
			if text != run.Text || next != end {
				t.Fatalf("cells of %+v give %q up to %d", run, text, next)
			}
		}
	}
}

// TestSlipNeverBreaksFacts: whatever the shop is called and whatever is
// charged, in every currency, on every paper, the slip keeps its own rules.
func TestSlipNeverBreaksFacts(t *testing.T) {
	base := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		slip, o := base, sampleOptions()
		code := rapid.SampledFrom(txn.CurrencyCodes()).Draw(t, "currency")
		currency, _ := txn.CurrencyByCode(code)
		slip.Txn.Amount = txn.Money{Minor: rapid.Int64Range(0, txn.MaxMinor).Draw(t, "minor"), Currency: currency}
		slip.Copy = rapid.SampledFrom([]txn.Copy{txn.MerchantCopy, txn.CardholderCopy, txn.FaultSlip}).Draw(t, "copy")
		slip.Txn.Status = prints(slip.Copy)
		slip.Duplicate = rapid.Bool().Draw(t, "duplicate")
		o.Merchant.Name = Words{"店" + anyText().Draw(t, "zh"), anyText().Draw(t, "en")}
		o.Columns = rapid.IntRange(30, 64).Draw(t, "columns")
		o.Lang = rapid.SampledFrom([]Lang{Chinese, English, Both}).Draw(t, "lang")
		o.Training = rapid.Bool().Draw(t, "training")
		page, err := Render(slip, o)
		if err != nil {
			t.Fatalf("Render: %v", err)
		}
		checkPlaces(t, page)
		want := strings.Replace(code, "CNY", "RMB", 1) + " " + slip.Txn.Amount.Grouped()
		if got := page.show(FieldAmount); !slices.Equal(got, []string{want}) {
			t.Fatalf("amount %q, want %q", got, want)
		}
	})
}

func TestLayoutIsDeterministic(t *testing.T) {
	a, f := build(t, sample(t), sampleOptions(), nil)
	for range 3 {
		if b, _ := Layout(CardSlip(f), 32); !reflect.DeepEqual(a, b) {
			t.Fatal("the same document gave another page")
		}
	}
}

// TestLayoutLeavesDocument: cleaning a text does not write into the document.
func TestLayoutLeavesDocument(t *testing.T) {
	doc := Document{Lines: []Line{{Cells: []Cell{{Text: "a\x1bb"}}}}}
	page, err := Layout(doc, 32)
	if err != nil || page.Rows[0].Runs[0].Text != "a\uFFFDb" || doc.Lines[0].Cells[0].Text != "a\x1bb" {
		t.Errorf("page %+v, document %+v, %v", page, doc, err)
	}
}

// TestShrink: what may not be broken becomes narrower before it is an error.
func TestShrink(t *testing.T) {
	for _, tc := range []struct {
		columns int
		want    Size
		need    int
	}{{24, Large, 0}, {23, Tall, 0}, {12, Tall, 0}, {11, Normal, 12}} {
		doc := Document{Lines: []Line{{Cells: []Cell{{Text: "RMB 1,234.50", Field: FieldAmount, Size: Large, NoBreak: true}}}}}
		page, err := Layout(doc, tc.columns)
		var e *WidthError
		switch {
		case tc.need > 0 && (!errors.As(err, &e) || e.Need != tc.need || e.Field != FieldAmount):
			t.Errorf("%d columns: %v", tc.columns, err)
		case tc.need == 0 && (err != nil || page.Rows[0].Runs[0].Size != tc.want):
			t.Errorf("%d columns: %+v, %v; want size %v", tc.columns, page, err, tc.want)
		}
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "RMB 1.00": 8, "银联POS签购单": 13, "（）：，": 8, "ＡＢ１": 6, "ｱｲ": 2, "한국": 4, "\u3000": 2,
		"–“”·×…°": 7, "Ж": 1, "e\u0301": 1, "か\u3099": 2, TrainingMark: 30, "\U0001F4DA": 2, "𠮷": 2,
	} {
		if got := Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"文具 Shop": "文具 Shop", "a\tb\nc": "a b c", "\x1b@a": "\uFFFD@a", "a\xffb": "a\uFFFDb",
		"a\u202eb": "a\uFFFDb", "\u0301a": "\uFFFDa", "a \u0301": "a \uFFFD", "e\u0301": "e\u0301", "a\x7f\u0085": "a\uFFFD\uFFFD",
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestCells: a letter and its marks are one cell.
func TestCells(t *testing.T) {
	var got []string
	for col, cell := range (Run{Col: 3, Text: "e\u0301文か\u3099a", Size: Large}).Cells() {
		got = append(got, strconv.Itoa(col)+cell)
	}
	if want := []string{"3e\u0301", "5文", "9か\u3099", "13a"}; !slices.Equal(got, want) {
		t.Errorf("cells %q, want %q", got, want)
	}
}

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"one two three", 8, []string{"one two", "three"}},
		{"one two", 7, []string{"one two"}},
		{"one   two", 4, []string{"one", "two"}},
		{"incomprehensible", 6, []string{"incomp", "rehens", "ible"}},
		{"文具商店", 5, []string{"文具", "商店"}},
		{"文具，商店", 4, []string{"文", "具，", "商店"}},
		{"文具（商店）", 6, []string{"文具", "（商", "店）"}},
		{"文具Shop", 6, []string{"文具", "Shop"}},
		{"well-known", 6, []string{"well-", "known"}},
		{"文具か\u3099。", 6, []string{"文具", "か\u3099。"}},
		{"call 400-123", 9, []string{"call", "400-123"}},
	} {
		var got []string
		for rest := tc.text; rest != ""; {
			var head string
			head, rest = split(rest, tc.columns, 1)
			got = append(got, head)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%q in %d = %q, want %q", tc.text, tc.columns, got, tc.want)
		}
	}
}

// TestTable sets a totals line as the settlement slip will have it.
func TestTable(t *testing.T) {
	line := Line{Cells: []Cell{
		{Text: "预授权完成撤销"}, {Text: "12", Width: 4, Align: Right}, {Text: "1,234.50", Width: 12, Align: Right},
	}}
	for columns, want := range map[int][]string{
		32: {"0 预授权完成撤销|17 12|24 1,234.50"},
		25: {"0 预授权|10 12|17 1,234.50", "0 完成撤|", "0 销|"},
		16: {"0 预授权完成撤销|", "14 12|", "8 1,234.50|"},
	} {
		page, err := Layout(Document{Lines: []Line{line}}, columns)
		if err != nil {
			t.Fatal(err)
		}
		if got := places(page); !samePlaces(got, want) {
			t.Errorf("%d columns: %q, want %q", columns, got, want)
		}
	}
}

// TestTableColumns: fixed columns first, the rest shared, never past the paper.
func TestTableColumns(t *testing.T) {
	cells := func(widths ...int) []Cell {
		c := make([]Cell, len(widths))
		for i, w := range widths {
			c[i].Width = w
		}
		return c
	}
	for _, tc := range []struct {
		cells []Cell
		want  []column
	}{
		{cells(0, 6, 0), []column{{0, 6}, {7, 6}, {14, 6}}},
		{cells(0, 5, 0), []column{{0, 7}, {8, 5}, {14, 6}}},
		{cells(9, 10), []column{{0, 9}, {10, 10}}},
		{cells(9, 11), nil},
		{cells(0, 9, 9), nil},
		{cells(0, 0), nil},
	} {
		if got, ok := tableColumns(tc.cells, 20); !slices.Equal(got, tc.want) || ok != (tc.want != nil) {
			t.Errorf("%+v: %v, %t; want %v", tc.cells, got, ok, tc.want)
		}
	}
}

func places(p Page) []string {
	var rows []string
	for _, row := range p.Rows {
		var b strings.Builder
		for _, run := range row.Runs {
			b.WriteString(strconv.Itoa(run.Col) + " " + run.Text + "|")
		}
		rows = append(rows, b.String())
	}
	return rows
}

func samePlaces(got, want []string) bool {
	return slices.EqualFunc(got, want, func(g, w string) bool {
		return strings.TrimSuffix(g, "|") == strings.TrimSuffix(w, "|")
	})
}
