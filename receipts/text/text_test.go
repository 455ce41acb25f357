package text

import (
	"slices"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/samples"
	"vpos/txn"
)

// TestRender draws every kind of row: rules, nothing, sizes, trailing spaces.
func TestRender(t *testing.T) {
	cell := func(text string, a receipts.Align, s receipts.Size) receipts.Cell {
		return receipts.Cell{Text: text, Align: a, Size: s}
	}
	doc := receipts.Document{Lines: []receipts.Line{
		{Rule: receipts.Double},
		{Cells: []receipts.Cell{cell("标题", receipts.Center, receipts.Large)}},
		{},
		{Cells: []receipts.Cell{cell("left  ", receipts.Left, receipts.Normal), cell("12.34", receipts.Right, receipts.Large)}},
		{Cells: []receipts.Cell{cell("spaces \u3000", receipts.Left, receipts.Normal)}},
		{Cells: []receipts.Cell{cell("wide", receipts.Left, receipts.Large)}},
		{Rule: receipts.Thin},
	}}
	page, err := receipts.Layout(doc, 20)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"====================",
		"        标题",
		"",
		"left           12.34",
		"spaces",
		"wide",
		"--------------------",
		"",
	}, "\n")
	if got := Render(page); got != want {
		t.Errorf("drew\n%s\nwant\n%s", got, want)
	}
	if got := Lines(page); !slices.Equal(got, strings.Split(strings.TrimSuffix(want, "\n"), "\n")) {
		t.Errorf("Lines = %q", got)
	}
}

// TestCellsAreThePages: at normal size the text has every character in the
// column the page gives it.
func TestCellsAreThePages(t *testing.T) {
	sale := samples.Sale()
	page, err := receipts.Render(txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}, samples.Options(receipts.Both, 42, true))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range Lines(page) {
		if receipts.Width(line) > page.Columns || strings.TrimRight(line, " ") != line {
			t.Errorf("row %d: %q", i, line)
		}
		for _, run := range page.Rows[i].Runs {
			if run.Size == receipts.Large {
				continue
			}
			before, _, found := strings.Cut(line, run.Text)
			if !found || receipts.Width(before) != run.Col {
				t.Errorf("%q is not at column %d of %q", run.Text, run.Col, line)
			}
		}
	}
}

func TestPreview(t *testing.T) {
	sale := samples.Sale()
	slip := txn.Slip{Txn: &sale, Copy: txn.CardholderCopy}
	lines, err := Preview(slip, samples.Options(receipts.English, 48, false))
	if err != nil || !slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, "RMB 1,234.50") }) {
		t.Errorf("preview %q, %v", lines, err)
	}
	slip.Txn.Merchant = ""
	if lines, err := Preview(slip, samples.Options(receipts.English, 48, false)); err == nil || lines != nil {
		t.Errorf("preview of a slip that breaks the rules: %q, %v", lines, err)
	}
}
