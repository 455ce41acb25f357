package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// What a scanner types arrives whole, Enter and all, whatever the wallet's length; it
// goes into the request once, and nowhere on the screen.
func TestScannerTypesAPaymentCode(t *testing.T) {
	for code, wallet := range map[string]reader.Wallet{
		payCode: reader.WeChat, "2876543210987654": reader.Alipay, "287654321098765432109876": reader.Alipay,
		"6212345678901234567": reader.UnionPayQR,
	} {
		b := newBench(t, words.EN, "mono")
		said := ""
		b.till.host = func(r txn.Request) []txn.Event {
			said += string(r.PayCode.Reveal())
			return answer("00")(r)
		}
		b.keys("w1234\n")
		b.burst(code+"\n", 0)
		b.wait(1e9)
		b.at(txn.Confirm)
		if d := b.m.state.Draft; d.Wallet != wallet || d.Payer != code[len(code)-4:] {
			t.Errorf("a code of %d digits: %q, %q", len(code), d.Wallet, d.Payer)
		}
		b.shows(words.Simulated)
		b.keys("\n")
		b.at(txn.ApprovedShown)
		if said != code {
			t.Errorf("the host heard %d digits of %d", len(said), len(code))
		}
		if strings.Contains(b.screen(), code) {
			t.Error("the payment code is on the screen")
		}
	}
}

// A code on the screen is dark on light in every theme that has colours, with quiet
// around it, and says that it is simulated.
func TestCodeOnTheScreen(t *testing.T) {
	for _, theme := range []string{"dark", "light", "mono"} {
		for _, size := range [][2]int{{40, 20}, {80, 24}, {120, 40}} {
			b := newBench(t, words.ZH, theme)
			payable(b)
			b.size(size[0], size[1])
			b.shows(words.Simulated)
			screen := b.m.View().Content
			const black = "\x1b[38;2;0;0;0;48;2;255;255;255m"
			lines, blank := 0, 0
			for line := range strings.Lines(screen) {
				if strings.Contains(line, black) {
					lines++
					_, after, _ := strings.Cut(line, black)
					inside, _, _ := strings.Cut(after, "\x1b[m")
					if strings.TrimSpace(inside) == "" {
						blank++
					}
					if !strings.HasPrefix(inside, "  ") || !strings.HasSuffix(inside, "  ") {
						t.Errorf("%s %v: no quiet beside the code", theme, size)
					}
				}
			}
			if theme == "mono" {
				if lines = strings.Count(ansi.Strip(screen), "███"); lines < 10 {
					t.Errorf("%s %v: %d", theme, size, lines)
				}
				continue
			}
			if lines < 15 || blank < 2 {
				t.Errorf("%s %v: %d lines of black on white, %d of them quiet", theme, size, lines, blank)
			}
		}
	}
}

// Live, neither kind is in the menu, on a key or a word; asked for all the same, the
// terminal says why not.
func TestNoCodesLive(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.till.state.Setup.QR = false
	b.feed(Changed{})
	b.keys("m6")
	b.hides("scan to pay")
	b.hides("show QR")
	b.keys("4")
	b.shows(words.ForCode(txn.QRSimulated).Headline.EN)
	b.keys("\x1b\x1bw")
	b.at(txn.Idle)
}
