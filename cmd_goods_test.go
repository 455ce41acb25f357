package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vpos/tui/words"
)

// A shop's list goes in, comes out the same, and a bad one changes nothing.
func TestGoodsCommands(t *testing.T) {
	folder := t.TempDir()
	o := office{t, filepath.Join(folder, "data")}
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	o.refuses(words.GoodsNone.Headline.EN, words.GoodsNone.Headline.ZH, nil, "goods", "list")
	o.refuses(words.GoodsUnreadable.Headline.EN, words.GoodsUnreadable.Headline.ZH, nil, "goods", "import", filepath.Join(folder, "none.csv"))
	o.does("Imported 2 goods", nil, "goods", "import", file("good.csv", "code,zh,en,price\n10,绿茶,Green tea,1234.5\n2,面,,8\n"))
	bad := file("bad.csv", "code,zh,price\n1,茶,2\n1,茶,x\n")
	o.refuses("line 3, column code: 1 stands in line 2", "第 3 行，code 列：1 与第 2 行重复", nil, "goods", "import", bad)
	o.refuses("line 3, column price: x is no price; write it as 12.50", "第 3 行，price 列：x 不是单价", nil, "goods", "import", bad)
	o.does("10                   1,234.50  Green tea\n2 goods", nil, "goods", "list")
	out, ok := dictated(t, o.data, "zh", nil, "goods", "export")
	if want := "\ufeffcode,zh,en,price\n2,面,,8.00\n10,绿茶,Green tea,1234.50\n"; !ok || out != want {
		t.Errorf("exported %q, want %q", out, want)
	}
	o.does("Imported 2 goods", nil, "goods", "import", file("again.csv", out))
	if again, _ := dictated(t, o.data, "en", nil, "goods", "export"); again != out || strings.Contains(again, "x") {
		t.Errorf("exported again %q", again)
	}
}
