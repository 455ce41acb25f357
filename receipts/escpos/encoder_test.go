package escpos

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"vpos/receipts"
	"vpos/receipts/raster"
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
	// A printer that takes UTF-8 has the same letters, and pictographs no more than others.
	utf8 := encoder(t, "utf8-80")
	for text, dots := range map[string]bool{"消费": false, "喆": false, "\U0001F9FE": true} {
		page, _ := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Cells: []receipts.Cell{{Text: text, Size: receipts.Large}}}}}, 48)
		job, _ := utf8.Append(nil, page)
		if p, err := decode(job, true); err != nil || same(page, p, utf8) != nil || (p.lines[0].dots.W > 0) != dots {
			t.Errorf("UTF-8 %q: dots %t, %v", text, p.lines[0].dots.W > 0, err)
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
