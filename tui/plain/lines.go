package plain

import (
	"context"
	"fmt"
	"io"
	"strings"

	"vpos/reader/explain"
	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// show prints the state's line unless it is the one printed last.
func (d *dialogue) show(s txn.State) {
	if d.dark {
		return
	}
	text := d.text(s)
	line := string(s.Name) + ": " + text
	if line == d.shown {
		return
	}
	d.shown = line
	d.beep(s)
	d.print(line)
	list := string(s.Name) + d.Lang.String()
	if s.Name == txn.Journal && list != d.list {
		d.journal()
	}
	if s.Name == txn.ReportShown && list != d.list {
		d.report()
	}
	again := list != d.list
	if s.Name == txn.Settings && list != d.list {
		d.rows("")
	}
	d.list = list
	if s.Name == txn.DoctorShown && again {
		d.doctor()
	}
}

// beep sounds once for an approval, twice for a decline and three times for what is
// neither, each result once.
func (d *dialogue) beep(s txn.State) {
	n := map[txn.Name]int{txn.ApprovedShown: 1, txn.DeclinedShown: 2, txn.UnknownShown: 3}[s.Name]
	if d.Beep && s.Name != d.rung && n > 0 && d.err == nil {
		_, d.err = io.WriteString(d.Out, strings.Repeat("\a", n))
	}
	d.rung = s.Name
}

func (d *dialogue) print(line string) {
	if d.err == nil {
		_, d.err = fmt.Fprintln(d.Out, line)
	}
}

// say prints a line that belongs to the present state.
func (d *dialogue) say(format string, args ...any) {
	d.print(string(d.Terminal.State().Name) + ": " + fmt.Sprintf(format, args...))
}

// text is what a state says: what is wrong, what it is about, what it asks for.
func (d *dialogue) text(s txn.State) string {
	if lang, known := words.Cardholder(s); known {
		customers := *d // the question is theirs
		customers.Lang = lang
		d = &customers
	}
	var parts []string
	add := func(texts ...string) {
		for _, t := range texts {
			if t != "" {
				parts = append(parts, t)
			}
		}
	}
	if s.Problem != txn.NoProblem {
		a := words.ForCode(s.Problem)
		add("✗ "+a.Headline.In(d.Lang), d.step(s, a))
		if s.Offer != "" {
			short, long := keypad.OfferText(s, d.Lang)
			add(words.Offer.Fill(d.Lang, short, long))
		}
	}
	switch s.Name {
	case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown:
		add(d.outcome(s)...)
	case txn.Menu:
		add(items(keypad.Offered(keypad.Leaves(), s), d.Lang))
	default:
		screen := words.Of(s)
		add(d.kind(s), screen.Title.In(d.Lang), d.subject(s))
		add(d.chip(s)...)
		add(d.basket(s)...)
		add(d.facts(s)...)
		add(words.Warnings(s, d.Lang)...)
		add(words.StaffNotice(s, d.Lang))
		if !s.Checking() {
			add(screen.Prompt.In(d.Lang))
		}
	}
	add(d.standing(s)...)
	return strings.Join(parts, " · ")
}

// items are entries of the menu: the digits, the name, the word.
func items(list []keypad.Binding, l words.Lang) string {
	parts := make([]string, len(list))
	for i, b := range list {
		parts[i] = fmt.Sprintf("%s %s (%s)", b.Item, b.Short.In(l), b.Plain)
	}
	return strings.Join(parts, " · ")
}

// kind is what a transaction that is no sale is called, where its state's own title
// does not say.
func (d *dialogue) kind(s txn.State) string {
	switch k := s.Draft.Kind; {
	case s.Toward != "":
		return words.ForState(s.Toward).Title.In(d.Lang)
	case k == "" || k == txn.Sale || k == txn.Settlement:
		return ""
	case words.Of(s).Title != words.ForState(s.Name).Title:
		return ""
	default:
		return words.Kind(k).In(d.Lang)
	}
}

// facts are what a person must see of the transaction under way.
func (d *dialogue) facts(s txn.State) []string {
	var parts []string
	for _, f := range words.FactsOf(s) {
		parts = append(parts, f.Label.In(d.Lang)+" "+f.Value)
	}
	return parts
}

// step is the next step of what is wrong. There is no line of keys here: the words
// are told instead.
func (d *dialogue) step(s txn.State, a words.Advice) string {
	switch {
	case s.Problem != txn.NotHere:
		return a.Next.In(d.Lang)
	case s.Name == txn.Journal:
		return words.PlainBack.In(d.Lang)
	}
	return words.PlainHelp.In(d.Lang)
}

// subject is the amount and the card of the transaction under way.
func (d *dialogue) subject(s txn.State) string {
	var parts []string
	if s.Draft.Totals != nil {
		return d.batch(s.Draft)
	}
	if s.Draft.Amount.Minor != 0 {
		parts = append(parts, s.Draft.Amount.String())
	}
	if paid := words.PaidBy(&s.Draft).In(d.Lang); paid != "" {
		parts = append(parts, paid)
	}
	if c := s.Draft.Card; !c.PAN.Empty() {
		parts = append(parts, words.Brand(c.PAN.Brand()).In(d.Lang), c.PAN.String())
	}
	return strings.Join(parts, " ")
}

// batch is what a batch comes to, and the net sum.
func (d *dialogue) batch(t txn.Transaction) string {
	var parts []string
	home, away := t.Totals.Domestic, t.Totals.Foreign
	for _, row := range []struct {
		label words.Label
		tally txn.Tally
	}{
		{words.SalesTotal, home.Debits}, {words.RefundsTotal, home.Credits},
		{words.ForeignSales, away.Debits}, {words.ForeignRefunds, away.Credits},
	} {
		if row.tally.Count > 0 {
			sum := txn.Money{Minor: row.tally.Minor, Currency: t.Amount.Currency}
			parts = append(parts, fmt.Sprintf("%s %d: %s", row.label.In(d.Lang), row.tally.Count, sum.Grouped()))
		}
	}
	return strings.Join(append(parts, words.NetTotal.In(d.Lang)+" "+t.Amount.String()), " · ")
}

// outcome is the result: the word, the money, the reason and the next step.
func (d *dialogue) outcome(s txn.State) []string {
	o := words.OutcomeOf(s.Draft)
	t := s.Draft
	parts := []string{d.name(t), o.Headline.In(d.Lang), d.subject(s)}
	if s.Name == txn.ApprovedShown && t.Kind == txn.Balance {
		parts = append(parts, d.left(s)...)
	}
	if t.Result.Code != "" {
		parts = append(parts, words.CodeLabel.In(d.Lang)+" "+t.Result.Code)
	}
	if t.Result.AuthCode != "" {
		parts = append(parts, words.AuthLabel.In(d.Lang)+" "+t.Result.AuthCode)
	}
	if t.STAN != 0 {
		parts = append(parts, words.TraceLabel.In(d.Lang)+" "+t.STAN.String())
	}
	parts = append(parts, d.verified(t))
	parts = append(parts, o.Money.In(d.Lang), o.Cause.In(d.Lang), o.Say.In(d.Lang), o.Do.In(d.Lang))
	if s.Referred() {
		parts = append(parts, words.VoiceWord.Fill(d.Lang, voiceWord))
	}
	if t.Status != txn.Approved && d.HelpLine != "" {
		parts = append(parts, words.HelpLine.Fill(d.Lang, d.HelpLine))
	}
	return parts
}

// name is what a result of anything but a sale begins with.
func (d *dialogue) name(t txn.Transaction) string {
	if t.Kind == "" || t.Kind == txn.Sale || t.Kind == txn.Settlement {
		return ""
	}
	return words.Kind(t.Kind).In(d.Lang)
}

// left is what the bank told of an account.
func (d *dialogue) left(s txn.State) []string {
	if s.Left == nil {
		return []string{words.BalanceNone.In(d.Lang)}
	}
	return []string{words.BalanceLeft.In(d.Lang) + " " + s.Left.String(), words.BalanceKept.In(d.Lang)}
}

// voiceWord takes the code that the bank gives by voice.
var voiceWord = wordOf(txn.Offline)

// wordOf begins a transaction of a kind.
func wordOf(k txn.Kind) string {
	for _, b := range keypad.Leaves() {
		if b.Action == keypad.Begin && b.Kind == k {
			return b.Plain
		}
	}
	return ""
}

// standing is what must be seen at every state: reversals that wait, paper that
// is owed, a disk that fails.
func (d *dialogue) standing(s txn.State) []string {
	var parts []string
	if words.CardForgotten(s) {
		parts = append(parts, words.CardOut.In(d.Lang))
	}
	if s.Frozen != nil && s.Draft.Kind != txn.Settlement {
		parts = append(parts, advice(txn.BatchFrozen, d.Lang))
	}
	if n := len(s.Pending); n > 0 {
		parts = append(parts, words.PendingReversals.Fill(d.Lang, n))
	}
	if s.StuckReversals() > 0 {
		parts = append(parts, advice(txn.ReversalStuck, d.Lang))
	}
	if n := words.AdvicesLate(s); n > 0 {
		parts = append(parts, words.AdvicesWaiting.Fill(d.Lang, n))
	}
	if n := len(s.Owed); n > 0 {
		parts = append(parts, words.OwedSlips.Fill(d.Lang, n))
	}
	for _, code := range []txn.Code{s.Trouble, s.Halted} {
		if code != txn.NoProblem {
			parts = append(parts, advice(code, d.Lang))
		}
	}
	return parts
}

func advice(code txn.Code, l words.Lang) string {
	a := words.ForCode(code)
	return a.Headline.In(l) + " · " + a.Next.In(l)
}

// help prints the words that work at this state, from the bindings.
func (d *dialogue) help(s txn.State) {
	for _, b := range d.sight(s).Enabled() {
		word := b.Plain
		if b.Action == keypad.Enter || b.Action == keypad.KeyIn {
			word = "⏎"
		}
		if word != "" && !b.Short.Empty() {
			d.say("%s – %s", word, b.Help.In(d.Lang))
		}
	}
}

// journal prints the newest transactions, a line each.
func (d *dialogue) journal() {
	if d.query, d.offset = (keypad.Query{}), pageLines; d.Recent == nil {
		return
	}
	lines, err := d.Recent(context.Background(), d.Lang)
	switch {
	case err != nil:
		d.say("%s", words.RecentFailed.In(d.Lang))
	case len(lines) == 0:
		d.say("%s", words.NoRecent.In(d.Lang))
	}
	for _, l := range lines {
		d.say("%s", l)
	}
	if d.Book != nil {
		d.say("%s", words.JournalPlain.In(d.Lang))
	}
}

// explain prints what the kernel decided about the card read last, a line each.
func (d *dialogue) explain() {
	if d.Trace == nil || len(d.Trace()) == 0 {
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	for _, phase := range explain.Decisions(d.Trace()) {
		d.say("%s", d.words(phase.Title))
		for _, decision := range phase.Children {
			d.say("  %s %s", d.words(decision.Title), words.Outside(decision.Value))
			for _, bit := range decision.Children {
				d.say("    %s %s", bit.Code, d.words(bit.Title))
			}
		}
	}
}

func (d *dialogue) words(w explain.Words) string { return words.Text{EN: w.EN, ZH: w.ZH}.In(d.Lang) }
