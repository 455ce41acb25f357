package font

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/receipts"
)

// All of GB 2312: its 6763 hanzi, and its signs but for vertical brackets, numbers with a full
// stop (⒈) and dashed
// or uneven lines of boxes.
func TestGB2312(t *testing.T) {
	gbk := simplifiedchinese.GBK.NewEncoder()
	hanzi := 0
	for r := rune(0xA0); r <= 0xFFFF; r++ {
		code, err := gbk.String(string(r))
		if err != nil || len(code) != 2 || code[0] < 0xA1 || code[1] < 0xA1 || code[0] > 0xF7 {
			continue
		}
		if r >= 0x4E00 && r <= 0x9FFF && code[0] >= 0xB0 {
			hanzi++
		}
		if r >= 0x2487 && r <= 0x249B || r >= 0xFE30 && r <= 0xFE4F || r >= 0x2500 && r <= 0x257F || r == '\u3000' {
			continue
		}
		if g, ok := Find(r); !ok || g == (Glyph{Cols: g.Cols}) || g.Cols != cols(r) {
			t.Errorf("no %c %U", r, r)
		}
	}
	if hanzi != 6763 {
		t.Errorf("%d hanzi", hanzi)
	}
}

func TestSigns(t *testing.T) {
	for r := rune(0x21); r < 0x7F; r++ {
		if g, ok := Find(r); !ok || g.Cols != 1 || g == (Glyph{Cols: 1}) {
			t.Errorf("no %c", r)
		}
	}
	for _, r := range "，。：；！？（）《》、“”‘’–·×…¥€£°éüñ█▀▄！＊①─┼═╬\u0301" {
		if g, ok := Find(r); !ok || g.Cols != cols(r) || g == (Glyph{Cols: g.Cols}) {
			t.Errorf("no %c, or not %d columns", r, cols(r))
		}
	}
}

// Whatever the program may say on paper the face has: every text in the sources of the
// papers and of the words that reach them.
func TestEveryWord(t *testing.T) {
	read := 0
	for _, pattern := range []string{"../*.go", "../../tui/words/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, text := range texts(t, file) {
				read++
				for _, r := range text {
					if _, ok := Find(r); !ok && r >= ' ' && !notDrawn(r) {
						t.Errorf("%s: no %c %U in %q", file, r, r, text)
					}
				}
			}
		}
	}
	if read < 1000 {
		t.Errorf("only %d texts", read)
	}
}

// notDrawn are bounds of ranges and characters that receipts itself takes out.
func notDrawn(r rune) bool { return r == '\u2028' || r == '\u2029' || r == 0x7F }

// texts are the strings in a source file that is no test.
func texts(t *testing.T, file string) (all []string) {
	t.Helper()
	if strings.HasSuffix(file, "_test.go") {
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				all = append(all, s)
			}
		}
		return true
	})
	return all
}

// What the face lacks is a frame with its code, no two the same, and never nothing.
func TestMissing(t *testing.T) {
	seen := map[Dots]rune{}
	for _, r := range []rune{0x1F600, 0x1F601, 0x20002, 0x20003, 0x0E01, 0x0E02, 0xAC00, 0x10FFFF} {
		d := *Cell(r)
		if d.Cols != cols(r) || d.Rows[0] == 0 || d.Rows[receipts.CellHeight-1] == 0 {
			t.Errorf("%U: %+v", r, d)
		}
		if other, twice := seen[d]; twice {
			t.Errorf("%U looks like %U", r, other)
		}
		seen[d] = r
		if g, ok := Find(r); ok || Of(r) == g {
			t.Errorf("%U is there", r)
		}
	}
}

// The code in a frame can be read.
func TestCode(t *testing.T) {
	for _, c := range []struct {
		r      rune
		lines  [2]string
		margin int
	}{
		{0x0E8F, [2]string{"0E", "8F"}, 0},
		{0x1D49C, [2]string{"D4", "9C"}, 0},
		{0xAC9D, [2]string{"AC", "9D"}, 6},
		{0x1F600, [2]string{"01F", "600"}, 3},
	} {
		d := Cell(c.r)
		for i, line := range c.lines {
			for k, digit := range line {
				g, _ := Find(digit)
				for y, want := range g.Rows[:Size-1] {
					at := receipts.CellWidth*d.Cols - c.margin - column*(k+1)
					if got := d.Rows[1+i*(Size-1)+y] >> at & 0x3F; got != uint32(want) {
						t.Fatalf("%U: %c, row %d is %06b, want %06b", c.r, digit, y, got, want)
					}
				}
			}
		}
	}
}
