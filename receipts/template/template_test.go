package template

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/receipts"
	"vpos/receipts/samples"
	"vpos/receipts/text"
	"vpos/txn"
)

func source(tb testing.TB, name string) string {
	tb.Helper()
	data, err := Source(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func parsed(tb testing.TB, src string) *Template {
	tb.Helper()
	t, err := Parse("slip.txt", []byte(src))
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// The standard template is the slip without a template, of every sample.
func TestStandard(t *testing.T) {
	standard := parsed(t, source(t, "standard"))
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			for _, training := range []bool{false, true} {
				o := samples.Options(lang, 32, training)
				want, err := s.Render(o)
				if err != nil {
					t.Fatal(err)
				}
				o.Template = standard
				got, err := s.Render(o)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s %v: %s", s.Name, lang, diff)
				}
			}
		}
	}
}

func TestShippedKeepTheRules(t *testing.T) {
	for _, name := range Shipped() {
		if err := parsed(t, source(t, name)).Verify(); err != nil {
			t.Error(err)
		}
	}
	if _, err := Source("fancy"); !errors.Is(err, ErrName) {
		t.Error(err)
	}
}

// A template that leaves out what a slip must say does not load; the error names the field.
func TestVerify(t *testing.T) {
	standard := source(t, "standard")
	for old, want := range map[[2]string]string{
		{`{{part "card"}}`, ""}:                          "pan is not on the slip",
		{`{{part "foot"}}`, ""}:                          "signature is not on the slip",
		{`{{part "foot"}}`, `{{part "contacts"}}`}:       "signature is not on the slip",
		{`{{part "numbers"}}`, `{{part "amount"}}`}:      "batch is not on the slip",
		{`{{part "training"}}`, ""}:                      "training mark is not on the slip",
		{`{{part "shop"}}`, "|expiry {{value \"pan\"}}"}: "merchant no is not on the slip",
		{`{{part "card"}}`, "4111 1111 1111 1111"}:       "pan is not on the slip",
	} {
		if err := parsed(t, strings.Replace(standard, old[0], old[1], 1)).Verify(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: %v, want %q", old[0], err, want)
		}
	}
	// The chip block alone: AID.
	own := strings.Replace(standard, `{{part "numbers"}}`, `|{{label "batch"}} | {{value "batch"}}
|{{label "trace"}} | {{value "trace"}}
{{part "original"}}
|{{label "auth code"}} | {{value "auth code"}}
|{{label "reference"}} | {{value "reference"}}
|{{label "date/time"}} | {{value "date/time"}}
{{part "goods"}}
{{part "amount"}}`, 1)
	err := parsed(t, own).Verify()
	if err == nil || !strings.Contains(err.Error(), "application label is not on the slip") || !strings.Contains(err.Error(), "sample sale-chip") {
		t.Errorf("without the chip: %v", err)
	}
}

func TestErrorsHaveLines(t *testing.T) {
	for src, want := range map[string]string{
		"a\nb\n{{value \"amout\"}}\n":                  `slip.txt:3: no such name: value "amout"; there are acquirer, address, aid, amount`,
		"{{if value \"tip\"}}\n{{label \"x\"}}{{end}}": `slip.txt:2: no such name: label "x"`,
		"\n{{part \"head\" | value}}":                  "slip.txt:2",
		"\n\n{{if}}":                                   "slip.txt:3: missing value for if",
		"a\n{{end}}":                                   "slip.txt:2: unexpected {{end}}",
		"{{range 9}}x{{end}}":                          "slip.txt:1: not understood: range",
		"{{template \"t\"}}":                           "slip.txt:1: not understood: template",
		"a\n{{nothing}}":                               `slip.txt:2: function "nothing" not defined`,
		"a\n\uE0F0":                                    "slip.txt:2: not understood: a private character",
		strings.Repeat("x", MaxBytes+1):                "slip.txt: too large",
	} {
		var e *Error
		t1, err := Parse("slip.txt", []byte(src))
		if err == nil {
			err = t1.Verify()
		}
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.30q: %v, want %q", src, err, want)
		}
	}
	for src, want := range map[string]string{
		"x {{part \"head\"}}": "not understood: x part head", "{fancy:1}": "not understood: {fancy:1}", "{width:0}": "not understood", "{code:a|b}": "not understood",
	} {
		if _, err := parsed(t, src).Document(receipts.Facts{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", src, err, want)
		}
	}
}

// Every mark of the markup, and what is none.
func TestMarkup(t *testing.T) {
	facts := receipts.Facts{Amount: `RMB 1|2^"3"`, Batch: "000017", Lang: receipts.English}
	cell := func(text string, more ...func(*receipts.Cell)) receipts.Cell {
		c := receipts.Cell{Text: text}
		for _, m := range more {
			m(&c)
		}
		return c
	}
	at := func(a receipts.Align) func(*receipts.Cell) { return func(c *receipts.Cell) { c.Align = a } }
	size := func(s receipts.Size) func(*receipts.Cell) { return func(c *receipts.Cell) { c.Size = s } }
	bold := func(c *receipts.Cell) { c.Bold = true }
	fact := func(f receipts.Field) func(*receipts.Cell) {
		return func(c *receipts.Cell) { c.Field, c.NoBreak = f, true }
	}
	wide := func(n int) func(*receipts.Cell) { return func(c *receipts.Cell) { c.Width = n } }
	line := func(cells ...receipts.Cell) []receipts.Line { return []receipts.Line{{Cells: cells}} }
	for src, want := range map[string][]receipts.Line{
		"middle":                      line(cell("middle", at(receipts.Center))),
		"|left":                       line(cell("left")),
		"right|":                      line(cell("right", at(receipts.Right))),
		"a | b":                       line(cell("a"), cell("b", at(receipts.Right))),
		"|a|b|c|":                     line(cell("a"), cell("b", at(receipts.Center)), cell("c", at(receipts.Right))),
		"^tall":                       line(cell("tall", at(receipts.Center), size(receipts.Tall))),
		"|^^\"large\"":                line(cell("large", size(receipts.Large), bold)),
		`|\^a\|b\\`:                   line(cell(`^a|b\`)),
		"---":                         {{Rule: receipts.Thin}},
		"======":                      {{Rule: receipts.Double}},
		`\---`:                        line(cell("---", at(receipts.Center))),
		"":                            {{}},
		`{{value "amount"}}`:          line(cell(facts.Amount, at(receipts.Center), fact(receipts.FieldAmount))),
		`x | "{{value "batch"}}"`:     line(cell("x"), cell("000017", at(receipts.Right), bold, fact(receipts.FieldBatch))),
		`|No {{value "batch"}}`:       line(cell("No 000017")),
		`|{{label "amount"}}`:         line(cell("AMOUNT")),
		`a{{if value "tip"}}b{{end}}`: line(cell("a", at(receipts.Center))),
		"{width:*,5}\na|b":            line(cell("a", wide(0)), cell("b", at(receipts.Right), wide(5))),
		`{code:no {{value "batch"}}}`: {{Picture: &receipts.Picture{QR: "no 000017", Align: receipts.Center}}},
	} {
		doc, err := parsed(t, src).Document(facts)
		if err != nil {
			t.Errorf("%q: %v", src, err)
			continue
		}
		if diff := cmp.Diff(want, doc.Lines); diff != "" {
			t.Errorf("%q: %s", src, diff)
		}
	}
}

// A template that runs away ends.
func TestBounded(t *testing.T) {
	if _, err := parsed(t, strings.Repeat("x\n", maxLines+1)).Document(receipts.Facts{}); !errors.Is(err, ErrLarge) {
		t.Error(err)
	}
	long := receipts.Facts{Amount: strings.Repeat("9", 10_000)}
	if _, err := parsed(t, strings.Repeat(`{{value "amount"}}`+"\n", 20)).Document(long); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Error(err)
	}
}

func FuzzTemplate(f *testing.F) {
	for _, name := range Shipped() {
		f.Add(source(f, name), "RMB 12.34")
	}
	f.Add("|^^\"a\" | {{value \"amount\"}}\n{code:x}\n{width:*,5}\n\\", "|^\"{}\\\ufffd")
	sale := samples.Sale()
	facts, err := receipts.NewFacts(txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}, samples.Options(receipts.Both, 32, true))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src, amount string) {
		tmpl, err := Parse("f", []byte(src))
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Error(err)
			}
			return
		}
		facts := facts
		facts.Amount = amount
		doc, err := tmpl.Document(facts)
		if err != nil {
			return
		}
		if page, err := receipts.Layout(doc, 32); err == nil {
			_ = text.Render(page)
		}
	})
}

// A fact is never markup, whatever it says.
func TestFactsAreNoMarkup(t *testing.T) {
	tmpl := parsed(t, `{{value "amount"}}`)
	for _, amount := range []string{"---", "a|b", "^x", `"x"`, "{code:x}", `\`, "{{.}}", string(valueBegin) + "00" + string(valueEnd), fmt.Sprintf("%c", partBegin) + "head"} {
		doc, err := tmpl.Document(receipts.Facts{Amount: amount})
		if err != nil || len(doc.Lines) != 1 || !slices.ContainsFunc(doc.Lines[0].Cells, func(c receipts.Cell) bool { return c.Text == amount && c.Field == receipts.FieldAmount }) {
			t.Errorf("%q: %+v, %v", amount, doc, err)
		}
	}
}
