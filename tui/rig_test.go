package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

// till is a terminal made of the real machine and a performer that carries out
// every effect at once: a disk that always writes, a host that answers as told,
// a printer with paper. Nothing of Step is faked.
type till struct {
	totals txn.Totals // what the journal makes of the batch
	state  txn.State
	now    time.Time
	queue  []txn.Effect
	host   func(txn.Request) []txn.Event
	paper  func(txn.Slip) txn.Event
	disk   func(txn.Append) txn.Event
	slips  []txn.Slip
	sales  map[txn.Key]txn.Transaction
	events []txn.Event
	card   chipScript
	staff  map[string]txn.Vouched // by their numbers: what is said of whoever keys passcode
	shift  bool                   // they have one open
	priors []txn.Prior            // what the guards are told of
	blind  bool                   // or that the journal cannot be read
}

// passcode is the PIN of everybody who works at a till; wrong ones lock at the third.
const passcode = "2580"

// vouch is the store of operators, with no memory but of wrong tries.
func (t *till) vouch(v txn.Vouch) txn.Vouched {
	known, ok := t.staff[v.Operator]
	known.Operator, known.Shift = v.Operator, t.shift
	switch {
	case !ok:
		known.Code = txn.StaffUnknown
	case string(v.PIN.Reveal()) != passcode:
		known.Left--
		t.staff[v.Operator] = known
		known.Code = txn.StaffWrong
		if known.Left < 3 {
			known.Code, known.Until = txn.StaffLocked, start.Add(30*time.Minute)
		}
	case !v.New.Empty():
		known.Code = txn.NoProblem
		if v.New.Len() == 4 {
			known.Code = txn.StaffWeak
		}
	case v.For != "" && known.Role != txn.Supervisor:
		known.Code = txn.StaffNotSuper
	}
	return known
}

// hire gives a till operators: 01 is a cashier, 02 a supervisor, 03 has a first PIN.
func (t *till) hire() {
	t.staff = map[string]txn.Vouched{
		"01": {Role: txn.Cashier, Left: 5}, "02": {Role: txn.Supervisor, Left: 5},
		"03": {Role: txn.Cashier, Left: 5, Code: txn.StaffFresh},
	}
	t.send(txn.Started{Recovered: txn.Recovered{NextSTAN: 1, Batch: 1, Staffed: true}})
}

var start = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)

func newTill() *till {
	cny, _ := txn.CurrencyByCode("CNY")
	t := &till{now: start, sales: map[txn.Key]txn.Transaction{}, host: answer("00")}
	t.paper = func(s txn.Slip) txn.Event { return txn.Printed{Slip: s} }
	t.disk = func(a txn.Append) txn.Event { return txn.Stored{Tag: a.Tag} }
	t.state = txn.New(txn.Setup{
		Terminal: "10000001", Merchant: "104110000000001", Currency: cny, MaxAmount: 5_000_000_00,
		ReplyTimeout: 60 * time.Second, ReversalPause: 5 * time.Second, ReversalMax: 5 * time.Minute, QR: true,
	})
	t.send(txn.Started{Recovered: txn.Recovered{NextSTAN: 1, Batch: 1}})
	t.send(txn.Tick{Now: start})
	return t
}

// answer is a host that gives every request about money this code; empty means
// silence.
func answer(code string) func(txn.Request) []txn.Event {
	return func(r txn.Request) []txn.Event {
		reply := txn.Reply{Op: r.Op, STAN: r.STAN, Amount: r.Amount, Terminal: r.Terminal, Merchant: r.Merchant}
		reply.Code = "00"
		if r.Op.Reversible() || r.Op == txn.OpRefund || r.Op == txn.OpBalance {
			if code == "" {
				return nil
			}
			reply.Code = code
			if txn.Approves(code) {
				reply.AuthCode, reply.RRN = "831000", fmt.Sprintf("%012d", 326_140_300_000+uint64(r.STAN))
			}
		}
		if r.Order != "" && reply.Code == "00" {
			reply.Wallet = reader.Alipay
		}
		if r.Op == txn.OpBalance && reply.Code == "00" {
			reply.Balance = &txn.Money{Minor: 123_456_78, Currency: r.Amount.Currency}
		}
		return []txn.Event{txn.Replied{Reply: reply}}
	}
}

// silent is a host that takes a message of this kind and never answers it.
func silent(op txn.Op) func(txn.Request) []txn.Event {
	return func(r txn.Request) []txn.Event {
		if r.Op == op {
			return []txn.Event{txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}}
		}
		return answer("00")(r)
	}
}

// refusing is a host that answers one kind of message with a code.
func refusing(op txn.Op, code string) func(txn.Request) []txn.Event {
	return func(r txn.Request) []txn.Event {
		events := answer("00")(r)
		if reply, ok := events[0].(txn.Replied); ok && r.Op == op {
			reply.Reply.Code = code
			events[0] = reply
		}
		return events
	}
}

func (t *till) State() txn.State { return t.state }

func (t *till) Dispatch(e txn.Event) txn.State {
	t.events = append(t.events, e)
	return t.send(e)
}

func (t *till) send(e txn.Event) txn.State {
	state, effects := txn.Step(t.state, e)
	t.state = state
	t.queue = append(t.queue, effects...)
	for len(t.queue) > 0 {
		next := t.queue[0]
		t.queue = t.queue[1:]
		for _, reply := range t.perform(next) {
			t.send(reply)
		}
	}
	return t.state
}

func (t *till) perform(e txn.Effect) []txn.Event {
	switch e := e.(type) {
	case txn.Append:
		for _, r := range e.Records {
			t.sales[r.Txn.Key()] = r.Txn
		}
		return []txn.Event{t.disk(e)}
	case txn.Send:
		return t.host(e.Request)
	case txn.Print:
		t.slips = append(t.slips, e.Slip)
		if reply := t.paper(e.Slip); reply != nil {
			return []txn.Event{reply}
		}
	case txn.Lookup:
		for _, sale := range t.sales {
			if e.STAN == 0 && sale.Status == txn.Approved || sale.STAN == e.STAN {
				sale.Card.PAN, _ = reader.RestorePAN([]byte(visa)) // what was sealed
				return []txn.Event{txn.Found{Txn: &sale}}
			}
		}
		return []txn.Event{txn.Found{}}
	case txn.LookupHold:
		for _, hold := range t.sales {
			if hold.Kind == txn.PreAuth && hold.Status == txn.Approved && hold.Result.AuthCode == e.AuthCode {
				hold.Card.PAN, _ = reader.RestorePAN([]byte(visa))
				return []txn.Event{txn.FoundHold{Txn: &hold, Held: hold.Amount}}
			}
		}
		return []txn.Event{txn.FoundHold{}}
	case txn.Vouch:
		return []txn.Event{t.vouch(e)}
	case txn.Drawer:
		return []txn.Event{txn.Drawn{Operator: e.Operator, Begin: e.Begin, Shift: txn.Shift{
			Operator: e.Operator, From: start.Add(-8 * time.Hour), To: start, Count: e.Amount, Totals: dayTotals,
			Float: txn.Money{Minor: 200_00, Currency: e.Amount.Currency},
		}}}
	case txn.Weigh:
		return []txn.Event{txn.Weighed{Serial: e.Serial, Failed: t.blind, Priors: t.priors}}
	case txn.Reckon:
		return []txn.Event{txn.Reckoned{Totals: t.totals}}
	case txn.ListBatch:
		return []txn.Event{txn.Listed{Details: []txn.Detail{{Op: txn.OpSale, STAN: 1}}}}
	case txn.ReadCard, txn.AnswerCard, txn.StopCard:
		return t.card.perform(e)
	case txn.Forget:
		e.Card.Wipe()
	case txn.ForgetSensitive:
		e.Wipe()
	}
	return nil
}

// pass moves the machine's clock.
func (t *till) pass(d time.Duration) {
	t.now = t.now.Add(d)
	t.send(txn.Tick{Now: t.now})
}

// ledger is a journal of a few made-up sales.
type ledger struct{ fail bool }

func (l ledger) Recent(_ context.Context, limit, offset int) ([]JournalLine, error) {
	if l.fail {
		return nil, errors.New("broken")
	}
	cny, _ := txn.CurrencyByCode("CNY")
	all := []JournalLine{
		{Amount: txn.Money{Minor: 1234}, Brand: reader.Visa, Status: txn.Approved, Code: "00", AuthCode: "831000"},
		{Amount: txn.Money{Minor: 8800}, Brand: reader.UnionPay, Status: txn.Declined, Code: "51"},
		{Amount: txn.Money{Minor: 123456789}, Brand: reader.Amex, Status: txn.ReversalPending},
		{Amount: txn.Money{Minor: 5}, Brand: reader.Mastercard, Status: txn.Reversed},
		{Amount: txn.Money{Minor: 20000}, Brand: reader.JCB, Status: txn.Failed},
	}
	var out []JournalLine
	for i := offset; i < min(60, offset+limit); i++ {
		line := all[i%len(all)]
		line.At, line.Kind, line.Batch, line.STAN = start.Add(-time.Duration(i)*7*time.Minute), txn.Sale, 1, txn.STAN(60-i)
		if kinds := txn.Kinds(); i >= 10 && i%5 == 0 {
			line.Kind = kinds[(i/5-1)%len(kinds)]
			line.Of = 55
		}
		switch i {
		case 11:
			line.Kind, line.Status = txn.Offline, txn.Refused
		case 12:
			line.Kind, line.Status = txn.Refund, txn.Asking
		}
		line.Amount.Currency, line.PAN, line.Entry = cny, fmt.Sprintf("************%04d", 1111+i), reader.Swipe
		line.RRN = fmt.Sprintf("%012d", 326_140_300_000+i)
		out = append(out, line)
	}
	return out, nil
}

// Search picks from a made-up journal as a real one would.
func (l ledger) Search(ctx context.Context, q keypad.Query, limit, offset int) ([]JournalLine, error) {
	if q.Empty() {
		return l.Recent(ctx, limit, offset)
	}
	all, err := l.Recent(ctx, 60, 0)
	var out []JournalLine
	for _, line := range all {
		if (q.STAN == 0 || q.STAN == line.STAN) && (q.Kind == "" || q.Kind == line.Kind) && (q.Batch == 0 || q.Batch == line.Batch) &&
			strings.HasSuffix(line.PAN, q.Last4) && (q.Amount.Minor == 0 || q.Amount == line.Amount) &&
			(q.First == 0 || txn.DayOf(line.At) >= q.First) && (q.Last == 0 || txn.DayOf(line.At) <= q.Last) && q.Operator == "" {
			out = append(out, line)
		}
	}
	return out[min(offset, len(out)):min(offset+limit, len(out))], err
}

// Story is a sale with everything that can be told of one.
func (l ledger) Story(ctx context.Context, key txn.Key) (Story, error) {
	list, err := l.Search(ctx, keypad.Query{STAN: key.STAN}, 1, 0)
	if err != nil {
		return Story{}, err
	}
	at := list[0].At
	return Story{
		Line: list[0], Began: at, Tip: txn.Money{Minor: 200, Currency: list[0].Amount.Currency}, Operator: "01", Approver: "02",
		Passed:  []txn.Code{txn.KeyedDamaged, txn.GuardDuplicate, txn.GuardVelocity},
		Printed: txn.Copies(txn.MerchantCopy),
		Chip:    &reader.ChipData{AID: "A0000000031010", Label: "VISA CREDIT", Cryptogram: []byte{1, 2, 3, 4, 5, 6, 7, 8}, CID: 0x40, ATC: 7},
		Events: []Event{
			{At: at, Type: txn.RecIntent}, {At: at.Add(2 * time.Second), Type: txn.RecApproved, Code: "00"},
			{At: at.Add(9 * time.Second), Type: txn.RecPrinted, Copy: txn.MerchantCopy},
			{At: at.Add(30 * time.Hour), Type: txn.RecAdjusted, Amount: list[0].Amount},
			{At: at.Add(31 * time.Hour), Type: txn.RecReprinted, Copy: txn.CardholderCopy},
		},
	}, nil
}

// Turnover is a day from nine in the morning to eleven at night, refunds among it.
func (l ledger) Turnover(_ context.Context, day txn.Day) (txn.Turnover, error) {
	cny, _ := txn.CurrencyByCode("CNY")
	t := txn.Turnover{Day: day, Currency: cny}
	if l.fail {
		return t, errors.New("broken")
	}
	for h := 9; h < 24; h++ {
		t.Hours[h] = txn.Tally{Count: h, Minor: int64(h*h*1000 - 100_000)}
	}
	for i := range t.Week {
		t.Week[i] = txn.DayTally{Day: day.Add(i - 6), Tally: txn.Tally{Count: 100 * i, Minor: int64(i) * 1_234_567}}
	}
	t.Kinds = []txn.KindTally{
		{Kind: txn.Sale, Tally: txn.Tally{Count: 580, Minor: 8_000_000}}, {Kind: txn.Refund, Tally: txn.Tally{Count: 3, Minor: -592_598}},
	}
	return t, nil
}

// bench is a model at a till, with hands to work it and a clock that moves only
// when told.
type bench struct {
	trace []emv.Decision // of the card read last
	*testing.T
	till *till
	m    *Model
	now  time.Time
	sees screen.Reader // what the status bar says of the reader
	deck *shelf
	acct *accounts
	doc  *clinic
	desk *desk
	shop *grocer

	stuck bool // what is printed does not come to an end
}

// accounts is a shop that draws reports and prints screens, unless it is told to fail.
type accounts struct {
	fail   bool
	jam    error
	papers []txn.Name // the screens that were printed
	found  int        // of the devices printed last
}

func (a *accounts) Report(_ context.Context, lang words.Lang) ([]string, error) {
	if a.fail {
		return nil, errors.New("broken")
	}
	lines := []string{words.Text{EN: "            X REPORT", ZH: "             X 报表"}.In(lang), strings.Repeat("=", ReportWidth)}
	for i := range 40 {
		lines = append(lines, fmt.Sprintf("%-20s%12s", words.Kind(txn.Sale).In(words.EN), txn.Money{Minor: int64(i+1) * 1000}.Grouped()))
	}
	return append(lines, words.Text{EN: "the end", ZH: "完"}.In(lang)), nil
}

func (a *accounts) Print(_ context.Context, s txn.State, found []health.Finding) error {
	if a.jam == nil {
		a.papers, a.found = append(a.papers, s.Name), len(found)
	}
	return a.jam
}

// jammed is a printer's error.
type jammed struct {
	why txn.Code
	out bool
}

func (j jammed) Error() string  { return string(j.why) }
func (j jammed) Code() txn.Code { return j.why }
func (j jammed) MayBeOut() bool { return j.out }

// print runs the print that a message began, as Bubble Tea would.
func (b *bench) print() {
	if b.m.sheet.Is == screen.SheetPrinting && !b.m.sheet.wanted && !b.stuck {
		b.m.Update(sheetPrinted{b.m.state.Name, b.acct.Print(context.Background(), b.m.state, b.m.doctor.Found)})
	}
}

func newBench(t *testing.T, lang words.Lang, themeName string) *bench {
	t.Helper()
	return newDeckBench(t, lang, themeName, nil)
}

// newDeckBench is a bench with virtual cards, or without.
func newDeckBench(t *testing.T, lang words.Lang, themeName string, deck *shelf) *bench {
	t.Helper()
	b := &bench{T: t, till: newTill(), now: start, sees: screen.ReaderNone, deck: deck, acct: &accounts{}, doc: &clinic{found: healthy()}, desk: newDesk(), shop: newGrocer()}
	var cards words.Deck
	if deck != nil {
		deck.till, cards, b.sees = b.till, deck, screen.ReaderReady
	}
	th, _ := theme.ByName(themeName)
	b.m = New(b.till, ledger{}, Options{
		Lang: lang, Theme: th, Now: func() time.Time { return b.now }, HelpLine: "95516",
		Devices: func() Devices { return Devices{Reader: b.sees, Printer: screen.PrinterFile} },
		Trace:   func() []emv.Decision { return b.trace },
		Deck:    cards,
		Reports: b.acct, Doctor: b.doc, Print: b.acct.Print, Settings: b.desk, Stock: b.shop,
	})
	b.feed(b.m.readRecent()())
	b.size(80, 24)
	return b
}

func (b *bench) size(w, h int) { b.feed(tea.WindowSizeMsg{Width: w, Height: h}) }

// feed gives the model a message and runs the journal reads it asks for; timers
// are left alone.
func (b *bench) feed(msg tea.Msg) {
	story, charting := b.m.book.Detail.Loading, b.m.book.Chart.Loading
	saving, keying := b.m.tuning.saving, b.m.shelf.Saving
	state := b.m.state.Name
	before, reading := b.m.list.Loading, b.m.report.reading
	round := b.m.doctor.round
	_, cmd := b.m.Update(msg)
	b.examine(round)
	if b.m.report.reading && !reading {
		lines, err := b.acct.Report(context.Background(), b.m.lang)
		_, _ = b.m.Update(reportRead{b.m.lang, lines, err})
	}
	if t := b.m.tuning; t.saving && !saving {
		_, _ = b.m.Update(settingStored{t.key, t.value, b.desk.Change(context.Background(), t.key, t.value)})
	}
	if now := b.m.state.Name; now != state && (now == txn.GoodsEntry || now == txn.Stock) {
		list, err := b.shop.Load()
		_, _ = b.m.Update(goodsRead{list, err})
	}
	if b.m.shelf.Saving && !keying {
		done, fault := b.shop.Key(b.m.lang, b.m.shelf.line)
		_, _ = b.m.Update(goodKeyed{done, fault})
	}
	if cmd != nil && b.m.list.Loading && !before {
		lines, err := b.m.history.Search(context.Background(), b.m.book.Query, pageSize, len(b.m.list.Lines))
		_, _ = b.m.Update(pageRead{b.m.book.serial, len(b.m.list.Lines), lines, err})
	}
	if s := b.m.book.Detail; s.Loading && !story {
		key := txn.Key{Batch: s.Batch, STAN: s.STAN}
		got, err := b.m.history.Story(context.Background(), key)
		_, _ = b.m.Update(storyRead{key, got, err})
	}
	if c := b.m.book.Chart; c.Loading && !charting {
		sums, err := b.m.history.Turnover(context.Background(), c.Day)
		_, _ = b.m.Update(chartRead{c.Day, sums, err})
	}
	b.print()
}

// press presses named keys at a person's pace.
func (b *bench) press(keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		b.wait(300 * time.Millisecond)
		b.feed(k)
	}
}

// keys types a text at a person's pace; a line feed is Enter, and # the digits that the
// screen asks for.
func (b *bench) keys(text string) {
	for _, r := range text {
		if r == '#' {
			b.keys(b.m.state.Figure())
			continue
		}
		b.press(keyOf(r))
	}
}

// burst types a text at a device's pace.
func (b *bench) burst(text string, gap time.Duration) {
	for _, r := range text {
		b.pass(gap)
		b.feed(keyOf(r))
	}
}

// wait lets time pass for the model, as its timers would tell it.
func (b *bench) wait(d time.Duration) {
	b.pass(d)
	b.feed(captureDue{})
}

// pass lets time pass; the timer of the grace comes in time.
func (b *bench) pass(d time.Duration) {
	end := b.now.Add(d)
	for b.m.hushed && !b.m.quiet.After(end) {
		b.now = b.m.quiet
		b.feed(hushDue{})
	}
	b.now = end
}

func keyOf(r rune) tea.KeyPressMsg {
	switch r {
	case '\n', '\r':
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case 0x1b:
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case '\b':
		return tea.KeyPressMsg{Code: tea.KeyBackspace}
	}
	return tea.KeyPressMsg{Code: r, Text: string(r)}
}

func (b *bench) at(want txn.Name) {
	b.Helper()
	if got := b.m.state.Name; got != want {
		b.Fatalf("state is %s (problem %q), want %s", got, b.m.state.Problem, want)
	}
}

const (
	visa   = "4111111111111111"
	stripe = "%B4111111111111111^ZHANG/SAN^30121010000000000?;4111111111111111=30121010000000000?\r"
	chip   = ";4111111111111111=30122010000000000?\r"
)
