package escpos

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/receipts"
	"vpos/receipts/raster"
	"vpos/receipts/receiptstest"
	"vpos/receipts/samples"
)

func encoder(tb testing.TB, name string) *Encoder {
	tb.Helper()
	p, err := Load(name)
	if err != nil {
		tb.Fatal(err)
	}
	return &Encoder{Profile: p, Draw: raster.Row, Cut: CutFull, Drawer: true, Beep: true}
}

// want is a page's row as a printer shows it.
func want(r *receipts.Row, columns int) (list []printed) {
	if r.Rule != receipts.NoRule {
		c := map[receipts.Rule]string{receipts.Thin: "-", receipts.Double: "="}[r.Rule]
		for col := range columns {
			list = append(list, printed{col: col, char: c})
		}
	}
	for _, run := range r.Runs {
		for col, c := range run.Cells() {
			if c != " " {
				list = append(list, printed{col, c, run.Size == receipts.Large, run.Size != receipts.Normal, run.Bold})
			}
		}
	}
	return list
}

// same holds what a printer made of a page against the page: every letter in its column, or
// the row's dots.
func same(page receipts.Page, p paper, e *Encoder) error {
	lines := p.lines
	for i := range page.Rows {
		r := &page.Rows[i]
		if len(lines) == 0 {
			return fmt.Errorf("row %d is missing", i)
		}
		if lines[0].dots.W == 0 && lines[0].qr == "" {
			if got := lines[0].letters; !slices.Equal(got, want(r, page.Columns)) {
				return fmt.Errorf("row %d: %+v", i, got)
			}
			lines = lines[1:]
			continue
		}
		if lines[0].qr != "" {
			if r.Picture == nil || lines[0].qr != r.Picture.QR || lines[0].module != r.Picture.Module {
				return fmt.Errorf("row %d: QR %q", i, lines[0].qr)
			}
			lines = lines[1:]
			continue
		}
		whole := raster.Row(page.Columns, *r)
		y := 0
		for ; y < whole.H && len(lines) > 0; lines = lines[1:] {
			m := lines[0].dots
			if bad := e.Profile.Raster.Bad; m.W == 0 || m.H > e.Profile.Raster.Height || bad > 0 && m.H%bad == 0 {
				return fmt.Errorf("row %d: a piece of %d dots", i, m.H)
			}
			for dy := range m.H {
				for x := range whole.W {
					if m.Black(x, dy) != whole.Black(x, y+dy) {
						return fmt.Errorf("row %d: dot %d,%d", i, x, y+dy)
					}
				}
			}
			y += m.H
		}
	}
	if len(lines) > 0 {
		return fmt.Errorf("%d lines more", len(lines))
	}
	return nil
}

// Every paper, language and width comes out of every printer that takes the width as the
// same cells.
func TestEveryPaper(t *testing.T) {
	for _, name := range Shipped() {
		e := encoder(t, name)
		for _, columns := range e.Profile.Columns {
			for _, s := range samples.All() {
				for _, lang := range receipts.Langs() {
					page, err := s.Render(samples.Options(lang, columns, true))
					if err != nil {
						t.Fatal(err)
					}
					job, err := e.Append(nil, page)
					if err != nil {
						t.Fatal(err)
					}
					p, err := decode(job, e.Profile.UTF8)
					if err == nil {
						err = same(page, p, e)
					}
					if err != nil {
						t.Fatalf("%s: %s %v %d: %v", name, s.Name, lang, columns, err)
					}
				}
			}
		}
	}
}

// What is done with the paper is what is wanted, as far as the printer can.
func TestEnd(t *testing.T) {
	for name, want := range map[string]paper{
		"generic-80": {cut: 1, fed: 5, beeps: 1, kicked: true}, "epson-tm-t88": {cut: 2, fed: 4, kicked: true},
		"pos-5890": {fed: 4, beeps: 1, kicked: true},
	} {
		e := encoder(t, name)
		job, err := e.Append([]byte{}, receipts.Page{Columns: e.Profile.Columns[0]})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decode(job, false); err != nil || got.cut != want.cut || got.fed != want.fed || got.beeps != want.beeps || got.kicked != want.kicked {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		e.Cut, e.Drawer, e.Beep = CutNone, false, false
		job, _ = e.Append(nil, receipts.Page{Columns: e.Profile.Columns[0]})
		if got, err := decode(job, false); err != nil || got.cut != 0 || got.beeps != 0 || got.kicked {
			t.Errorf("%s, nothing wanted: %+v, %v", name, got, err)
		}
	}
	if _, err := encoder(t, "generic-58").Append(nil, receipts.Page{Columns: 48}); !errors.Is(err, ErrColumns) {
		t.Error(err)
	}
}

// Signs that a Chinese font draws too wide, letters no code page here has, and hanzi of a
// printer without Chinese go as dots; nothing becomes a question mark.
func TestStrangeLetters(t *testing.T) {
	for text, dots := range map[string]bool{"plain": false, "消费": false, "a × b": true, "é": true, "消费 – ok": true, "\U00020000": true, "喆": false} {
		page, err := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Cells: []receipts.Cell{{Text: text}}}}}, 32)
		if err != nil {
			t.Fatal(err)
		}
		e := encoder(t, "generic-58")
		job, _ := e.Append(nil, page)
		p, err := decode(job, false)
		if err == nil {
			err = same(page, p, e)
		}
		if err != nil || (p.lines[0].dots.W > 0) != dots {
			t.Errorf("%q: dots %t, %v", text, p.lines[0].dots.W > 0, err)
		}
	}
	// GB 2312 alone has no 喆.
	gb2312 := encoder(t, "generic-58")
	profile := *gb2312.Profile
	profile.Encoding = GB2312
	gb2312.Profile = &profile
	page, _ := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Cells: []receipts.Cell{{Text: "喆"}}}, {Cells: []receipts.Cell{{Text: "吉"}}}}}, 32)
	job, _ := gb2312.Append(nil, page)
	if p, err := decode(job, false); err != nil || p.lines[0].dots.W == 0 || len(p.lines[1].letters) != 1 {
		t.Errorf("GB 2312: %+v, %v", p, err)
	}
}

// A QR code is the printer's own or dots, and says the same; logos are dots.
func TestPictures(t *testing.T) {
	logo := receipts.NewImage(200, 500)
	for i := range 200 {
		logo.Set(i, i*2)
	}
	doc := receipts.Document{Lines: []receipts.Line{
		{Picture: &receipts.Picture{Image: logo, Align: receipts.Right}},
		{Picture: &receipts.Picture{QR: "https://example.org/收据/268", Align: receipts.Center}},
		{Cells: []receipts.Cell{{Text: "end"}}},
	}}
	for _, name := range []string{"generic-58", "pos-5890", "raster-58"} {
		page, err := receipts.Layout(doc, 32)
		if err != nil {
			t.Fatal(err)
		}
		e := encoder(t, name)
		job, err := e.Append(nil, page)
		if err != nil {
			t.Fatal(err)
		}
		p, err := decode(job, false)
		if err == nil {
			err = same(page, p, e)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		native := slices.ContainsFunc(p.lines, func(l line) bool { return l.qr != "" && l.align == 1 })
		if native != e.Profile.QR {
			t.Errorf("%s: its own QR code %t", name, native)
		}
	}
}

// Any page at all, of letters that a printer has, that it lacks, and that nobody has.
func TestAnyPage(t *testing.T) {
	names := Shipped()
	rapid.Check(t, func(t *rapid.T) {
		p, err := Load(rapid.SampledFrom(names).Draw(t, "profile"))
		if err != nil {
			t.Fatal(err)
		}
		e := &Encoder{Profile: p, Draw: raster.Row, Cut: CutNone}
		cell := rapid.Custom(func(t *rapid.T) receipts.Cell {
			return receipts.Cell{
				Text:  rapid.OneOf(rapid.StringMatching(`[ -~]{0,30}`), rapid.StringMatching(`[一-龥 a-z。，]{0,12}`), rapid.StringN(0, 8, 20)).Draw(t, "text"),
				Align: receipts.Align(rapid.IntRange(0, 2).Draw(t, "align")), Size: receipts.Size(rapid.IntRange(0, 2).Draw(t, "size")),
				Bold: rapid.Bool().Draw(t, "bold"),
			}
		})
		var doc receipts.Document
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			doc.Lines = append(doc.Lines, receipts.Line{
				Rule:  receipts.Rule(max(0, rapid.IntRange(-4, 2).Draw(t, "rule"))),
				Cells: rapid.SliceOfN(cell, 0, 3).Draw(t, "cells"),
			})
		}
		page, err := receipts.Layout(doc, p.Columns[0])
		if err != nil {
			return
		}
		job, err := e.Append(nil, page)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(job, p.UTF8)
		if err == nil {
			err = same(page, got, e)
		}
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
	})
}

func TestProfiles(t *testing.T) {
	for _, columns := range []int{32, 42, 48} {
		if p, err := Load(Generic(columns)); err != nil || !slices.Contains(p.Columns, columns) {
			t.Errorf("%d columns: %v", columns, err)
		}
	}
	const good = "columns = [32]\nencoding = \"gbk\"\nconfirms = \"nothing\"\n[raster]\nheight = 240\n"
	if _, err := Parse("good", []byte(good)); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{
		strings.Replace(good, "32", "33", 1):         "columns",
		strings.Replace(good, "gbk", "big5", 1):      "encoding",
		strings.Replace(good, "nothing", "maybe", 1): "confirms",
		strings.Replace(good, "240", "23", 1):        "raster.height",
		"colums = 1\n" + good:                        `line 1: unknown key "colums"`,
		"feed = 21\n" + good:                         "feed",
		"cut = [\"none\"]\n" + good:                  "cut",
		good + "bad = 1\n":                           "raster.bad",
		"feed = \"x\"\n" + good:                      "line 1",
		strings.Repeat("#\n", maxProfile) + good:     "bytes",
		"":                                           "columns",
	} {
		if _, err := Parse("mine", []byte(text)); !errors.Is(err, ErrProfile) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
	if _, err := Load("lp0"); !errors.Is(err, ErrProfile) {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Shipped() {
		data, _ := shipped.ReadFile("profiles/" + name + ".toml")
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse("f", data)
		if err != nil {
			if !errors.Is(err, ErrProfile) {
				t.Error(err)
			}
			return
		}
		e := &Encoder{Profile: p, Draw: raster.Row, Cut: CutFull, Drawer: true}
		page, err := samples.All()[0].Render(samples.Options(receipts.Both, p.Columns[0], true))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Append(nil, page); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkChineseSlip(b *testing.B) {
	e := encoder(b, "generic-58")
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		b.Fatal(err)
	}
	var job []byte
	receiptstest.Bench(b, func() []byte {
		if job, err = e.Append(job[:0], page); err != nil {
			b.Fatal(err)
		}
		return job
	}, receiptstest.Receiptline, receiptstest.Naive)
}

// The slip is small and quick enough for the slowest line.
func TestSlipIsSmall(t *testing.T) {
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		t.Fatal(err)
	}
	if job, err := encoder(t, "generic-58").Append(nil, page); err != nil || len(job) > 800 {
		t.Errorf("%d bytes, %v", len(job), err)
	}
}
