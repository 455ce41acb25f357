package words

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// The narrowest page is 38 cells; beside a label a note has less.
const (
	page     = 38
	noteEN   = page - 6
	noteZH   = page - 10
	nextStep = page - 2
)

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// check holds a text in both languages to its width: at most lines lines of w
// cells, English without Chinese characters and Chinese with some.
func check(t *testing.T, what string, text Text, wEN, wZH, lines int) {
	t.Helper()
	switch {
	case text.EN == "" || text.ZH == "":
		t.Errorf("%s lacks a language: %+v", what, text)
	case han(text.EN):
		t.Errorf("%s: English has Chinese characters: %q", what, text.EN)
	case !han(text.ZH):
		t.Errorf("%s: Chinese has none: %q", what, text.ZH)
	}
	if got := len(Wrap(text.EN, wEN)); got > lines {
		t.Errorf("%s: English takes %d lines of %d, want %d: %q", what, got, wEN, lines, text.EN)
	}
	if got := len(Wrap(text.ZH, wZH)); got > lines {
		t.Errorf("%s: Chinese takes %d lines of %d, want %d: %q", what, got, wZH, lines, text.ZH)
	}
	if strings.ContainsAny(text.ZH, ",;!?") {
		t.Errorf("%s: Chinese with Latin punctuation: %q", what, text.ZH)
	}
}

func TestEveryStateHasWords(t *testing.T) {
	for _, name := range txn.Names() {
		s := ForState(name)
		check(t, string(name)+" title", s.Title, 24, 24, 1)
		check(t, string(name)+" prompt", s.Prompt, page, page, 2)
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	general := ForCode("no-such-code")
	codes := txn.Codes()
	for _, f := range reader.Faults() {
		codes = append(codes, txn.Code(f))
	}
	for _, code := range codes {
		a := ForCode(code)
		if a == general {
			t.Errorf("%s has no entry of its own", code)
		}
		check(t, string(code)+" headline", a.Headline, page-4, page-4, 1)
		check(t, string(code)+" next", a.Next, nextStep, nextStep, 2)
	}
}

func TestLabels(t *testing.T) {
	for b, text := range labels {
		if text.EN == "" || text.ZH == "" {
			t.Errorf("label %d lacks a language: %+v", b, text)
		}
		if strings.Count(text.EN, "%") != strings.Count(text.ZH, "%") {
			t.Errorf("label %d has other verbs in Chinese: %+v", b, text)
		}
	}
	if got := PendingReversals.Fill(ZH, 2); got != "待冲正 2 笔" {
		t.Errorf("Fill gives %q", got)
	}
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		txn   txn.Transaction
		money Label
	}{
		{txn.Transaction{Status: txn.Approved, Result: txn.Result{Code: "00"}}, Charged},
		{txn.Transaction{Status: txn.Declined, Result: txn.Result{Code: "51"}}, NothingCharged},
		{txn.Transaction{Status: txn.Failed, Cause: txn.HostUnreachable}, NothingCharged},
		{txn.Transaction{Cause: txn.DiskFailed}, NothingCharged},
		{txn.Transaction{Status: txn.ReversalPending, Cause: txn.HostTimeout}, WillBeReversed},
		{txn.Transaction{Status: txn.Reversed, Cause: txn.HostTimeout}, WasReversed},
	} {
		out := OutcomeOf(c.txn)
		if out.Money != labels[c.money] {
			t.Errorf("%q %s: money %q, want %q", c.txn.Status, c.txn.Cause, out.Money.EN, labels[c.money].EN)
		}
		if out.Headline.Empty() || out.Do.Empty() {
			t.Errorf("%q %s: lacks a headline or a next step: %+v", c.txn.Status, c.txn.Cause, out)
		}
		if c.txn.Status == txn.ReversalPending && strings.Contains(strings.ToLower(out.Headline.EN), "declined") {
			t.Errorf("an unknown outcome is called %q", out.Headline.EN)
		}
	}
}

func TestNames(t *testing.T) {
	for _, b := range reader.Brands() {
		if Brand(b) == Brand(reader.UnknownBrand) {
			t.Errorf("brand %s has no name", b)
		}
	}
	if got := Month(EN, reader.Expiry{Year: 2030, Month: 12}); got != "December 2030" {
		t.Errorf("Month gives %q", got)
	}
	for _, month := range []int{0, 13} {
		if got := Month(ZH, reader.Expiry{Year: 2030, Month: month}); got != "" {
			t.Errorf("month %d gives %q", month, got)
		}
	}
}

func TestLanguages(t *testing.T) {
	for text, want := range map[string]struct {
		lang Lang
		ok   bool
	}{"en": {EN, true}, "zh": {ZH, true}, "ZH_CN": {ZH, true}, "zh-Hant": {ZH, true}, "fr": {EN, false}, "": {EN, false}, "zhx": {EN, false}} {
		if got, ok := ParseLang(text); got != want.lang || ok != want.ok {
			t.Errorf("ParseLang(%q) = %v, %v", text, got, ok)
		}
	}
	for _, c := range []struct {
		env  map[string]string
		want Lang
	}{
		{map[string]string{}, EN},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, ZH},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, EN},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, ZH},
		{map[string]string{"LANG": "zh_CN", "LC_ALL": ""}, ZH},
	} {
		lookup := func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }
		if got := FromEnv(lookup); got != c.want {
			t.Errorf("FromEnv(%v) = %v, want %v", c.env, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"one two three", 7, "one two|three"},
		{"请检查纸张和盖子，交易不受影响。", 16, "请检查纸张和盖|子，交易不受影|响。"},
		{"输入 3*4.50+2 即可", 10, "输入|3*4.50+2|即可"},
		{"0123456789", 4, "0123|4567|89"},
		{"a卡  ", 3, "a卡"},
		{"", 10, ""}, {"x", 1, ""},
	} {
		if got := strings.Join(Wrap(c.text, c.w), "|"); got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.w, got, c.want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab ，。卡号（）1.!")), 0, 60, -1).Draw(r, "text")
		w := rapid.IntRange(2, 30).Draw(r, "w")
		lines := Wrap(text, w)
		for _, line := range lines {
			if ansi.StringWidth(line) > w {
				r.Fatalf("%q is wider than %d", line, w)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
			r.Fatalf("Wrap(%q, %d) lost text: %q", text, w, lines)
		}
	})
}

// A void takes money back: what it says of money is never what a sale says.
func TestVoidsSpeakOfTheirMoney(t *testing.T) {
	for status, want := range map[txn.Status]Label{
		txn.Approved: TakenBack, txn.Declined: StaysCharged, txn.Failed: StaysCharged,
	} {
		code := "00"
		if status == txn.Declined {
			code = "51"
		}
		got := OutcomeOf(txn.Transaction{Kind: txn.Void, Status: status, Result: txn.Result{Code: code}, Cause: txn.HostUnreachable})
		if got.Money != labels[want] {
			t.Errorf("a void that is %s: %q", status, got.Money.EN)
		}
	}
	sale := OutcomeOf(txn.Transaction{Kind: txn.Sale, Status: txn.Approved, Result: txn.Result{Code: "00"}})
	if sale.Money != labels[Charged] {
		t.Errorf("a sale that is approved: %q", sale.Money.EN)
	}
	void := OutcomeOf(txn.Transaction{Kind: txn.Void, Status: txn.Approved, Result: txn.Result{Code: "00"}})
	for _, text := range []Text{void.Headline, void.Money, void.Cause, void.Say, void.Do} {
		if strings.Contains(text.EN, "approved the sale") {
			t.Errorf("of a void: %q", text.EN)
		}
	}
	if StatusText(txn.Voided) == StatusText(txn.Open) || Kind(txn.Void) == Kind(txn.Sale) {
		t.Error("a void has no words of its own")
	}
}

// Every end the kernel can give has words of its own.
func TestEveryReasonHasWords(t *testing.T) {
	general := ForCode("no-such-code")
	for _, reason := range emv.Reasons() {
		a := ForCode(txn.Code(reason))
		if a == general {
			t.Errorf("%s has no entry of its own", reason)
		}
		check(t, string(reason)+" headline", a.Headline, page-4, page-4, 1)
		check(t, string(reason)+" next", a.Next, nextStep, nextStep, 2)
	}
	if len(reasons) != len(emv.Reasons()) {
		t.Errorf("%d entries for %d reasons", len(reasons), len(emv.Reasons()))
	}
}

func TestOutsideTextIsCleaned(t *testing.T) {
	for text, want := range map[string]string{
		"VISA CREDIT": "VISA CREDIT", "  银联 借记 ": "银联 借记", "\x1b[31mred\x07": "[31mred",
		"a\r\nb\tc": "a b c", "\u202egnol": "gnol", "a\xffb": "a b", "\u200b": "", "": "",
	} {
		if got := Outside(text); got != want {
			t.Errorf("Outside(%q) = %q, want %q", text, got, want)
		}
	}
}

// What the card in the reader changes of a prompt.
func TestChipPrompts(t *testing.T) {
	for _, s := range []txn.State{
		{Name: txn.Idle, CardIn: "r"},
		{Name: txn.Present, CardIn: "r", Spent: true},
		{Name: txn.PINEntry, PIN: txn.CardPIN{Pad: true}},
	} {
		prompt := Of(s).Prompt
		check(t, string(s.Name)+" with a card", prompt, page, page, 2)
		if prompt == ForState(s.Name).Prompt {
			t.Errorf("%s: the prompt is as without a card", s.Name)
		}
	}
	if !CardForgotten(txn.State{Name: txn.Idle, CardIn: "r", Spent: true}) || CardForgotten(txn.State{Name: txn.Idle, CardIn: "r"}) {
		t.Error("only a card that was used is forgotten")
	}
}
