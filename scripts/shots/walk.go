package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// walk is a terminal with its rules and what is done at it.
type walk struct {
	name  string
	rules string
	goods string // the shop's list; empty is none
	deaf  bool   // its bank is a program of its own that takes sales and reversals and answers none
	steps []step
}

// step is some keys, the state they lead to, and the name of its picture; without one
// none is taken.
type step struct {
	keys    []string
	at      string
	picture string
}

// keyed sells something by keyed card without pictures.
func keyed(amount string) []step {
	return []step{
		{[]string{"=" + amount, "Enter"}, "present", ""},
		{[]string{"=4111111111111111", "Enter"}, "expiry", ""},
		{[]string{"=1230", "Enter"}, "cvv", ""},
		{[]string{"=123", "Enter"}, "confirm", ""},
	}
}

// reasoned is a keyed card at a terminal that asks why it is keyed.
var reasoned = slices.Concat(keyed("12800")[:3], []step{{[]string{"=123", "Enter"}, "reason", ""}})

// paid is Enter at the confirmation, and at the result.
var paid = []step{{[]string{"Enter"}, "approved", ""}, {[]string{"Enter"}, "idle", ""}}

// walks are a day at the counter, and a terminal that asks before it charges.
var walks = []walk{
	{name: "day", steps: slices.Concat(
		keyed("4560"), paid, keyed("1800"), paid,
		[]step{
			{nil, "idle", "idle"},
			{[]string{"=12800"}, "amount", "amount"},
			{[]string{"Enter"}, "present", "present"},
			{[]string{"=4111111111111111"}, "pan", "pan"},
			{[]string{"Enter"}, "expiry", ""},
			{[]string{"=3012"}, "expiry", ""},
			{[]string{"Enter"}, "expiry", "expiry"},
			{[]string{"C-u", "=1230"}, "expiry", ""},
			{[]string{"Enter"}, "cvv", ""},
			{[]string{"=123"}, "cvv", "cvv"},
			{[]string{"Enter"}, "confirm", "confirm"},
			{[]string{"Enter"}, "approved", "approved"},
			{[]string{"Enter"}, "idle", "slip"},
		},
		keyed("1051"), []step{{[]string{"Enter"}, "declined", "declined"}, {[]string{"Escape"}, "idle", ""}},
		keyed("1098"), []step{{[]string{"Enter"}, "unknown", "reversed"}, {[]string{"Escape"}, "idle", ""}},
		[]step{
			{[]string{"=k"}, "amount", ""},
			{[]string{"=8800", "Enter"}, "pan", ""},
			{[]string{"=4111111111111111", "Enter"}, "expiry", ""},
			{[]string{"=1230", "Enter"}, "cvv", ""},
			{[]string{"=123", "Enter"}, "confirm", ""},
		}, paid,
		[]step{
			{[]string{"=v"}, "trace", ""},
			{[]string{"=2", "Enter"}, "confirm", "void"},
			{[]string{"=1800", "Enter"}, "approved", ""},
			{[]string{"Enter"}, "idle", ""},
			{[]string{"=m"}, "menu", "menu"},
			{[]string{"Escape", "=?"}, "idle", "help"},
			{[]string{"Escape", "=j"}, "journal", "journal"},
			{[]string{"Enter"}, "journal", "detail"},
			{[]string{"Escape", "=2", "Right"}, "journal", "chart"},
			{[]string{"Escape", "Escape", "Escape", "=s"}, "settle", "settle"},
			{[]string{"Escape", "=d"}, "doctor", "doctor"},
		},
	)},
	{name: "warnings", rules: "[guards]\nuse = \"on\"\nkeyed_reason = \"on\"\n", steps: slices.Concat(
		reasoned, []step{{nil, "reason", "reason"}, {[]string{"=1", "Enter"}, "confirm", ""}}, paid,
		reasoned, []step{{[]string{"=1", "Enter"}, "confirm", ""}, {[]string{"Enter"}, "warning", "warning"}},
	)},
	{name: "goods", goods: "code,zh,en,price\n1001,绿茶,Green tea,4.50\n1002,肉包,Pork bun,3.00\n2001,保温杯,Thermos cup,68.00\n", steps: slices.Concat(
		[]step{
			{[]string{"=u"}, "goods", ""},
			{[]string{"=3*1001", "Enter"}, "goods", ""},
			{[]string{"=1002", "Enter"}, "goods", ""},
			{[]string{"=2001", "Enter"}, "goods", "goods"},
			{[]string{"Enter"}, "present", ""},
		}, keyed("")[1:], paid[:1], []step{{[]string{"Enter"}, "idle", "goods-slip"}},
	)},
	{name: "unknown", deaf: true, steps: slices.Concat(
		keyed("12800"), []step{{[]string{"Enter"}, "unknown", "unknown"}},
	)},
}

// take walks, and gives each picture to keep.
func (w walk) take(bin, folder, lang string, keep func(name string, svg []byte) error) (err error) {
	if err := w.stock(bin, folder); err != nil {
		return err
	}
	address := "embedded"
	if w.deaf {
		bank, err := deafBank(bin, folder)
		if err != nil {
			return err
		}
		defer bank.close()
		address = bank.address
	}
	p, err := open(bin, folder, lang, address, w.rules)
	if err != nil {
		return err
	}
	defer func() {
		if closed := p.close(); err == nil {
			err = closed
		}
	}()
	if err := p.until("idle"); err != nil {
		return err
	}
	for _, s := range w.steps {
		if err := p.do(s); err != nil {
			return err
		}
		if s.picture == "" {
			continue
		}
		svg, err := p.picture(s)
		if err != nil {
			return err
		}
		if err := keep(s.picture, svg); err != nil {
			return err
		}
	}
	return nil
}

// stock gives the terminal the shop's list.
func (w walk) stock(bin, folder string) error {
	if w.goods == "" {
		return nil
	}
	list := filepath.Join(folder, "goods.csv")
	if err := os.WriteFile(list, []byte(w.goods), 0o600); err != nil {
		return fmt.Errorf("goods: %w", err)
	}
	if out, err := exec.Command(bin, "goods", "import", list, "--data", filepath.Join(folder, "data")).CombinedOutput(); err != nil { //nolint:gosec // the program that was built
		return fmt.Errorf("goods: %w: %s", err, out)
	}
	return nil
}

// picture draws the screen, or the slip that came out last.
func (p *pane) picture(s step) ([]byte, error) {
	if strings.HasSuffix(s.picture, "slip") {
		return p.slip()
	}
	cells, err := p.still()
	if err != nil {
		return nil, err
	}
	page := window
	page.title = "vpos · " + s.at
	return draw(page, cells), nil
}

// slip draws the newest merchant's copy.
func (p *pane) slip() ([]byte, error) {
	slips, err := filepath.Glob(filepath.Join(p.folder, "data", "receipts", "*merchant.txt"))
	if err != nil || len(slips) == 0 {
		return nil, fmt.Errorf("no slip came out: %v", err) //nolint:errorlint // there may be none
	}
	text, err := os.ReadFile(slices.Max(slips))
	if err != nil {
		return nil, fmt.Errorf("slip: %w", err)
	}
	cells := parse(strings.Split(strings.TrimRight(string(text), "\n"), "\n"))
	for y := range cells {
		cells[y] = steady(cells[y])
	}
	return draw(sheet, cells), nil
}
