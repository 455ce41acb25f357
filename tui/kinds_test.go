package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// sent notes the requests that a bench's host gets.
func sent(b *bench) *[]txn.Request {
	var list []txn.Request
	host := b.till.host
	b.till.host = func(r txn.Request) []txn.Event {
		list = append(list, r)
		return host(r)
	}
	return &list
}

// Every kind is done from the keypad alone: the arrow that opens the menu, digits and
// Enter. Nothing else is pressed.
func TestEveryKindFromTheKeypad(t *testing.T) {
	const (
		card = visa + "\n1230\n"
		sale = "1234\n" + visa + "\n1230\n123\n\n\n\n"
		hold = "10000\n" + visa + "\n1230\n123\n"
		of   = card + "831000\n1122\n"
	)
	held := "↓41" + hold + "\n\n\n"
	completed := held + "↓44" + of + "9000\n\n\n\n"
	for kind, keys := range map[txn.Kind]string{
		txn.Sale:           "↓1" + sale,
		txn.Phone:          "↓61" + sale,
		txn.Void:           sale + "↓21\n#\n\n\n",
		txn.Refund:         "↓3" + card + reference + "1121\n5000\n#\n\n\n",
		txn.PreAuth:        held,
		txn.Increment:      held + "↓42" + of + "2500\n\n\n\n",
		txn.PreAuthVoid:    held + "↓43" + of + "#\n\n\n",
		txn.Completion:     completed,
		txn.CompletionVoid: completed + "↓452\n#\n\n\n",
		txn.Balance:        "↓5" + card + "\n\n",
		txn.Offline:        "↓621234\n" + card + "831000\n\n\n\n",
		txn.Tip:            sale + "↓631\n150\n\n\n\n",
		txn.Settlement:     "↓82#\n\n\n",
		txn.SignOn:         "↓81\n",
		txn.SignOff:        "↓83\n",
	} {
		b := newBench(t, words.ZH, "mono")
		b.size(40, 20)
		b.till.totals = dayTotals
		requests := sent(b)
		for _, r := range keys {
			if r == '↓' {
				b.at(txn.Idle)
				b.press(tea.KeyPressMsg{Code: tea.KeyDown})
				continue
			}
			b.keys(string(r))
		}
		if b.m.state.Name != txn.Idle {
			t.Errorf("%s ends at %s (problem %q)", kind, b.m.state.Name, b.m.state.Problem)
		}
		if !slices.ContainsFunc(*requests, func(r txn.Request) bool { return r.Op == kind.Op() }) {
			t.Errorf("%s: the bank never heard of it", kind)
		}
		copies := 0
		for _, s := range b.till.slips {
			if s.Txn.Kind == kind {
				copies++
			}
		}
		if want := map[txn.Copies]int{0: 0, txn.Copies(txn.MerchantCopy): 1, txn.AllCopies: 2}[kind.Copies()]; copies != want {
			t.Errorf("%s: %d slips, want %d", kind, copies, want)
		}
	}
}

// What is keyed of an earlier transaction reaches the bank.
func TestWhatIsKeyedOfThePast(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	requests := sent(b)
	b.keys(refunded + "#\n")
	b.at(txn.ApprovedShown)
	r := (*requests)[len(*requests)-1]
	if r.Op != txn.OpRefund || r.Original.RRN != "326140300001" || r.Original.At.Format("0102") != "1121" || r.Amount.Minor != 5000 {
		t.Errorf("refund of %s, %v", r.Amount, r.Original)
	}
	b = newBench(t, words.EN, "mono")
	requests = sent(b)
	b.keys("f" + card + "a1b2c3\n1122\n11000\n\n")
	b.at(txn.ApprovedShown)
	if r := (*requests)[len(*requests)-1]; r.Op != txn.OpComplete || r.Original.AuthCode != "A1B2C3" {
		t.Errorf("completion of %v", r.Original)
	}
}

// Letters that are keyed into a code are no shortcuts, and nothing is left in the field
// that the next one asks for.
func TestLettersOfACode(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("o1234\n" + card + "lxecj?")
	b.at(txn.AuthEntry)
	if b.m.Lang() != words.EN || !b.m.help {
		t.Errorf("language %v, help %v", b.m.Lang(), b.m.help)
	}
	b.keys(" q\n")
	b.at(txn.Confirm)
	if got := b.m.state.Draft.Result.AuthCode; got != "LXECJQ" {
		t.Errorf("code %q", got)
	}
	b = newBench(t, words.EN, "mono")
	b.till.state.Setup.Tips = true
	b.keys("10000\n")
	b.at(txn.TipEntry)
	if b.m.field.Len() != 0 {
		t.Errorf("the tip begins with %d characters of the amount", b.m.field.Len())
	}
	b.keys("12.5")
	b.shows("CNY 112.50")
}

// The bank's voice code continues the sale it did not want to decide alone: the same
// card, the same amount, from the keypad.
func TestReferral(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		b.till.host = answer("01")
		b.keys(sold + "\n")
		b.at(txn.DeclinedShown)
		b.shows(words.VoiceOffer.In(lang))
		b.keys("1")
		b.at(txn.AuthEntry)
		b.keys("831000\n")
		b.at(txn.Confirm)
		b.keys("\n")
		b.at(txn.ApprovedShown)
		d := b.m.state.Draft
		if d.Kind != txn.Offline || d.Amount.Minor != 1234 || d.Result.AuthCode != "831000" {
			t.Errorf("a %s of %s with code %s", d.Kind, d.Amount, d.Result.AuthCode)
		}
	}
	b := newBench(t, words.EN, "mono")
	b.till.host = answer("51")
	b.keys(sold + "\n1o")
	b.at(txn.DeclinedShown)
	if strings.Contains(b.screen(), words.VoiceOffer.In(words.EN)) {
		t.Error("a decline for want of funds offers a voice code")
	}
}

// A balance is for the eyes of whoever asked: no slip, no list, and gone with the
// screen.
func TestBalanceIsKeptNowhere(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("b" + card + "\n")
	b.at(txn.ApprovedShown)
	b.size(120, 40)
	b.shows(words.BalanceKept.In(words.EN))
	b.hides(words.MerchantSlip.In(words.EN))
	b.keys("\n")
	b.at(txn.Idle)
	if len(b.till.slips) != 0 || b.m.state.Left != nil {
		t.Errorf("%d slips; left %v", len(b.till.slips), b.m.state.Left)
	}
	for _, kept := range b.till.sales {
		if kept.Amount.Minor != 0 {
			t.Errorf("a balance was kept as %s", kept.Amount)
		}
	}
}

// Enter leaves a page of the menu for what it marks, Esc for the page before, with the
// mark where it was; another Esc for idle.
func TestMenuPages(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("m4")
	b.shows("Menu › pre-auth")
	b.press(tea.KeyPressMsg{Code: tea.KeyDown})
	b.keys("\x1b")
	if b.m.page != "" || b.m.cursor != 3 {
		t.Errorf("back at page %q, mark %d", b.m.page, b.m.cursor)
	}
	b.keys("0")
	b.shows(words.ForCode(txn.NotHere).Headline.EN)
	b.keys("\n")
	b.hides(words.ForCode(txn.NotHere).Headline.EN)
	b.keys("\x1b\x1b")
	b.at(txn.Idle)
	b.keys("m")
	if b.m.page != "" || b.m.cursor != 0 {
		t.Errorf("the menu opens at page %q, mark %d", b.m.page, b.m.cursor)
	}
	b.keys("73")
	b.shows(words.ForCode(txn.NotHere).Headline.EN) // no card was read
}

// Whatever the bank answers to whichever kind, there is room for it.
func TestEveryKindsAnswerHasRoom(t *testing.T) {
	held := aHold + done
	for _, keys := range []string{"k1234\n" + coded, refunded, aHold, "b" + card, held + "f" + ofHold + "11000\n", aSale + "v1\n", aScan, "y1234\n"} {
		for _, code := range words.ResponseCodes() {
			b := newBench(t, words.EN, "mono")
			b.keys(keys)
			b.till.host = answer(code)
			b.keys("#\n")
			for _, lang := range words.Langs() {
				b.m.lang = lang
				roomy(b, "answer "+code+" to "+string(b.m.state.Draft.Kind))
			}
		}
	}
}

// A card that is swiped goes with every kind that takes one.
func TestSwipedKinds(t *testing.T) {
	for keys, want := range map[string]txn.Name{
		"r": txn.ReferenceEntry, "a10000\n": txn.Confirm, "b": txn.Confirm, "f": txn.AuthEntry, "o1234\n": txn.AuthEntry,
		"k1234\n": txn.PANEntry, "t": txn.TraceEntry, "w1234\n": txn.PayCodeEntry,
	} {
		b := newBench(t, words.EN, "mono")
		b.keys(keys)
		b.burst(stripe, 0)
		b.wait(1e9)
		if b.m.state.Name != want {
			t.Errorf("a swipe after %q leads to %s, want %s", keys, b.m.state.Name, want)
		}
		if entry := b.m.state.Draft.Card.Entry; (entry == reader.Swipe) != (want != txn.PANEntry && want != txn.TraceEntry && want != txn.PayCodeEntry) {
			t.Errorf("after %q the card is %q", keys, entry)
		}
	}
}
