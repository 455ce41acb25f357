package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpos/receipts"
	"vpos/receipts/text"
	"vpos/tui/keypad"
	"vpos/tui/words"
)

var update = flag.Bool("update", false, "rewrite what the guide shows")

// guides is the user guide in each language.
var guides = map[words.Lang]string{words.EN: "docs/day.md", words.ZH: "docs/day.zh-CN.md"}

// inGuide holds a block of a guide, which stands between two comments of its name, to
// what the program itself says; with -update it rewrites the block.
func inGuide(t *testing.T, lang words.Lang, name, want string) {
	t.Helper()
	path := filepath.FromSlash(guides[lang])
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	open, end := fmt.Sprintf("<!-- %s -->\n", name), fmt.Sprintf("<!-- end of %s -->\n", name)
	before, rest, ok := strings.Cut(string(b), open)
	got, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no block %q", path, name)
	}
	switch {
	case got == want:
	case *update:
		if err := os.WriteFile(path, []byte(before+open+want+end+after), 0o644); err != nil { //nolint:gosec // a document of the repository
			t.Fatal(err)
		}
	default:
		t.Errorf("%s shows another %s (make golden rewrites it):\n%s", path, name, want)
	}
}

// guide holds the guide to the Z report of this day: the sums are the day's, its hours
// and the host's reference are put to fixed ones.
func (c *checkout) guide() {
	c.Helper()
	r, err := c.shop.journal.Report(c.Context(), c.batch)
	if err != nil {
		c.Fatal(err)
	}
	at := time.Date(2026, time.March, 4, 9, 0, 0, 0, time.UTC)
	for i := range r.Lines {
		r.Lines[i].At = at.Add(time.Duration(i) * 10 * time.Minute)
	}
	evening := at.Add(12 * time.Hour)
	r.Closed.At, r.Closed.Result.HostAt, r.Closed.Result.RRN = evening, evening, "606321000001"
	for lang, paper := range map[words.Lang]receipts.Lang{words.EN: receipts.English, words.ZH: receipts.Chinese} {
		o := c.shop.reportOptions(receipts.ReportOptions{At: evening})
		o.Lang, o.Columns = paper, 32
		page, err := receipts.RenderReport(&r, o)
		if err != nil {
			c.Fatal(err)
		}
		drawn := strings.Split(strings.TrimRight(text.Render(page), "\n"), "\n")
		for i := range drawn {
			drawn[i] = strings.TrimRight(drawn[i], " ")
		}
		inGuide(c.T, lang, "report", "```text\n"+strings.Join(drawn, "\n")+"\n```\n")
	}
}

// The guide's list of what the terminal does is the menu, with its digits, letters and
// words.
func TestGuideKnowsTheMenu(t *testing.T) {
	heads := map[words.Lang]string{
		words.EN: "| Menu | Letter | Word | Does |\n|---|---|---|---|\n",
		words.ZH: "| 菜单 | 字母 | 词 | 用途 |\n|---|---|---|---|\n",
	}
	for _, lang := range words.Langs() {
		table := heads[lang]
		for _, b := range keypad.Leaves() {
			letter := ""
			if len(b.Keys) > 0 {
				letter = b.Cap.In(lang)
			}
			table += fmt.Sprintf("| %s | %s | `%s` | **%s** – %s |\n", b.Item, letter, b.Plain, b.Short.In(lang), b.Help.In(lang))
		}
		inGuide(t, lang, "menu", table)
	}
}
