package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTmux sells, is declined, is refused a wrong number, reprints and looks at
// the journal, at three sizes in both languages.
func TestTmux(t *testing.T) {
	words := map[string]map[string]string{
		"en": {"approved": "Approved", "declined": "Not enough funds", "charged": "Charged", "nothing": "Nothing charged", "wrong": "A digit is wrong", "training": "TRAINING"},
		"zh": {"approved": "交易成功", "declined": "可用余额不足", "charged": "已扣款", "nothing": "未扣款", "wrong": "卡号有误", "training": "培训"},
	}
	for _, size := range [][2]int{{80, 24}, {40, 20}, {120, 40}} {
		for lang, w := range words {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], lang), func(t *testing.T) {
				t.Parallel()
				data := t.TempDir()
				p := newPane(t, size[0], size[1], "", data, "--lang", lang)
				p.has(w["training"])
				p.sale("1051")
				p.state("declined")
				p.has(w["declined"], w["nothing"], "10.51", w["training"])
				p.quiet()
				p.keys("Enter")
				p.state("present")
				p.has("10.51")
				p.types("4111111111111112")
				p.state("pan")
				p.keys("Enter")
				p.has(w["wrong"])
				p.keys("BSpace")
				p.types("1")
				p.keys("Enter")
				p.state("expiry")
				p.keys("Escape")
				p.state("idle")
				p.sale("1234")
				p.state("approved")
				p.has(w["approved"], w["charged"], "12.34")
				p.quiet()
				p.keys("Enter")
				p.state("idle")
				p.keys("p")
				p.state("trace")
				p.types("2")
				p.keys("Enter")
				p.state("idle")
				p.keys("j")
				p.state("journal")
				p.has("000002", "000001", "1111")
				p.keys("Escape")
				p.state("idle")
				p.keys("q")
				p.gone()
				if files, _ := filepath.Glob(filepath.Join(data, "receipts", "*.txt")); len(files) != 4 {
					t.Errorf("slips: %v", files)
				}
				agree(t, data, data)
				gate(t, data)
			})
		}
	}
}

func (p *pane) sale(amount string) {
	p.t.Helper()
	p.types(amount)
	p.state("amount")
	p.keys("Enter")
	p.state("present")
	p.types("4111111111111111")
	p.keys("Enter")
	p.state("expiry")
	p.types("1230")
	p.keys("Enter")
	p.state("cvv")
	p.types("123")
	p.keys("Enter")
	p.state("confirm")
	p.quiet()
	p.keys("Enter")
}

// quiet lets the moment pass in which a screen that has just come up takes no keys.
func (p *pane) quiet() { time.Sleep(400 * time.Millisecond) }

// TestTmuxResize: too small asks to enlarge and keeps the entry; the language
// changes at any moment and keeps it too; a kill and a start find all right.
func TestTmuxResize(t *testing.T) {
	data := t.TempDir()
	p := newPane(t, 80, 24, "", data, "--lang", "en")
	p.types("1234")
	p.state("amount")
	p.run("resize-window", "-x", "30", "-y", "10")
	p.has("30×10")
	p.run("resize-window", "-x", "120", "-y", "40")
	p.has("Type the amount")
	p.keys("l")
	p.has("请输入金额")
	p.run("resize-window", "-x", "80", "-y", "24")
	p.keys("Enter")
	p.state("present")
	p.has("12.34")
	p.types("41111111")
	p.state("pan")
	p.keys("l")
	p.has("Visa", "8 of 13–19")
	p.keys("?")
	p.has("Esc", "erases")
	p.keys("Escape")
	pid := strings.TrimSpace(p.run("display-message", "-p", "#{pane_pid}"))
	if out, err := exec.Command("kill", "-9", pid).CombinedOutput(); err != nil {
		t.Fatalf("kill: %v %s", err, out)
	}
	p = newPane(t, 80, 24, "", data, "--lang", "en")
	p.sale("500")
	p.state("approved")
	p.quiet()
	p.keys("Enter")
	p.state("idle")
	p.keys("q")
	p.gone()
	agree(t, data, data)
	gate(t, data)
}
