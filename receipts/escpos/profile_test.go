package escpos

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/raster"
	"vpos/receipts/samples"
)

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
