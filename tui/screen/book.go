package screen

import (
	"fmt"
	"math"
	"time"

	"vpos/reader"
	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Book is what of the journal is on screen beside its list.
type Book struct {
	View   keypad.View
	Query  keypad.Query
	Asked  keypad.Criterion // what is being keyed
	Detail Story
	Chart  Chart
}

// Event is one thing that happened to a transaction.
type Event struct {
	At     time.Time
	Type   txn.RecordType
	Amount txn.Money
	Code   string // field 39
	Copy   txn.Copy
}

// Story is one transaction in full, masked.
type Story struct {
	Line
	Began    time.Time
	Tip      txn.Money
	Asked    txn.Money // where the host approved less
	Operator string
	Approver string
	Passed   []txn.Code // what was let pass, and why the card was keyed
	Terminal string
	Merchant string
	Cause    txn.Code
	Printed  txn.Copies
	Chip     *reader.ChipData
	Events   []Event

	Loading, Done, Failed bool
}

// fact is a label and its value; without a label the value stands alone.
type fact struct{ label, value string }

// facts are what is told of a transaction, what matters most first.
func (s *Story) facts(l words.Lang) []fact {
	var list []fact
	add := func(label words.Text, value string) {
		if value != "" {
			list = append(list, fact{label.In(l), value})
		}
	}
	text := func(b words.Label) words.Text { return words.Text{EN: b.In(words.EN), ZH: b.In(words.ZH)} }
	status := words.StatusText(s.Status).In(l)
	if s.Code != "" {
		status += " " + s.Code
	}
	add(words.Kind(s.Kind), status)
	add(text(words.Amount), s.Amount.String())
	if s.Tip.Minor != 0 {
		add(text(words.TipLabel), s.Tip.Grouped())
	}
	if s.Asked.Minor != 0 {
		add(words.AskedFor, s.Asked.Grouped())
	}
	add(text(words.TimeLabel), s.Began.Format("2006-01-02 15:04:05"))
	add(text(words.CardLabel), s.PAN)
	add(words.Tender(s.Brand, s.Entry, s.Wallet), words.Entry(s.Entry).In(l))
	add(text(words.BatchLabel), s.Batch.String())
	add(text(words.TraceLabel), s.STAN.String())
	if s.Of != 0 {
		add(text(words.OriginalLabel), s.Of.String())
	}
	add(text(words.AuthLabel), s.AuthCode)
	add(text(words.ReferenceLabel), s.RRN)
	add(text(words.OperatorLabel), s.Operator)
	add(text(words.RoleLabel), s.Approver)
	add(words.KeyedWhy, words.KeyedBecause(s.Passed).In(l))
	add(words.LetPass, words.Passed(s.Passed, l))
	if s.Cause != txn.NoProblem {
		add(text(words.Why), words.ForCode(s.Cause).Headline.In(l))
	}
	if due := s.Kind.Copies(); due != 0 && s.Status == txn.Approved {
		add(words.SlipsOut, words.CopiesText(due&s.Printed, l))
		add(words.SlipsOwed, words.CopiesText(due&^s.Printed, l))
	}
	return append(append(list, s.chipFacts(l)...), s.history(l)...)
}

// chipFacts are what the chip said, without anything that names the card.
func (s *Story) chipFacts(l words.Lang) []fact {
	c := s.Chip
	if c == nil {
		return nil
	}
	list := []fact{{"AID", c.AID}, {words.ApplicationLabel.In(l), words.Outside(c.Label)}}
	if len(c.Cryptogram) > 0 {
		list = append(list, fact{"TVR", fmt.Sprintf("%X", c.TVR[:])}, fact{"TSI", fmt.Sprintf("%X", c.TSI[:])},
			fact{"AC", fmt.Sprintf("%02X %X", c.CID, c.Cryptogram)}, fact{"ATC", fmt.Sprintf("%04X", c.ATC)})
	}
	return list
}

// history is what happened when, oldest first.
func (s *Story) history(l words.Lang) []fact {
	if len(s.Events) == 0 {
		return nil
	}
	list := []fact{{words.DetailHistory.In(l), ""}}
	day := ""
	for _, e := range s.Events {
		if d := e.At.Format("2006-01-02"); d != day {
			day = d
			list = append(list, fact{"", d})
		}
		what := e.At.Format("15:04:05") + " " + words.RecordText(e.Type).In(l)
		switch {
		case e.Copy != 0:
			what += words.Comma.In(l) + words.CopiesText(txn.Copies(e.Copy), l)
		case e.Type == txn.RecAdjusted:
			what += " " + e.Amount.Grouped()
		case e.Code != "" && e.Type != txn.RecIntent:
			what += " " + e.Code
		}
		list = append(list, fact{"", what})
	}
	return list
}

// StoryLines is a transaction in full as text, for the line dialogue.
func StoryLines(s Story, l words.Lang) []string {
	var lines []string
	for _, f := range s.facts(l) {
		switch {
		case f.label == "":
			lines = append(lines, f.value)
		case f.value == "":
			lines = append(lines, f.label)
		default:
			lines = append(lines, f.label+": "+f.value)
		}
	}
	return lines
}

// searchMenu lists what can be searched by, with what is searched for now.
func searchMenu(p *page, h int) {
	list := keypad.Criteria()
	if h > len(list)+3 {
		p.para(theme.Dim, p.text(words.SearchHint))
		p.gap()
	}
	cell := func(c keypad.Criterion, w int) string {
		name := p.ink(theme.Strong, " "+string(c.Digit)) + "  " + p.ink(theme.Ink, p.text(c.Name))
		return spread(name, p.ink(theme.Accent, c.Show(p.Book.Query, p.Lang)), w)
	}
	if h >= len(list) {
		for _, c := range list {
			p.add(cell(c, p.w))
		}
	} else {
		half := (len(list) + 1) / 2
		for i := range half {
			p.add(cell(list[i], p.w/2-1) + "  " + cell(list[i+half], p.w/2-1))
		}
	}
	if h > len(p.lines)+1 {
		p.add(p.ink(theme.Strong, " 0") + "  " + p.ink(theme.Ink, p.text(words.SearchAll)))
	}
}

// find asks for what is searched for.
func find(p *page, h int) {
	c := p.Book.Asked
	p.para(theme.Ink, p.text(c.Ask))
	shown := p.Field.Trace()
	if c.Field == keypad.FindAmountField {
		shown = p.Field.Amount(p.State).Value
	}
	p.entry(shown)
	if c.Word == "kind" {
		p.kindsToFind(h - len(p.lines))
	}
	if h > len(p.lines)+1 {
		p.gap()
		p.para(theme.Dim, p.text(words.SearchClear))
	}
}

// kindsToFind are the kinds by number, in as many columns as the height wants.
func (p *page) kindsToFind(h int) {
	kinds := keypad.FindKinds()
	columns, name := 2, words.Kind
	if (len(kinds)+1)/2 > h {
		columns, name = 3, words.ShortKind
	}
	rows := (len(kinds) + columns - 1) / columns
	for i := range rows {
		line := ""
		for at := i; at < len(kinds); at += rows {
			line += left(p.ink(theme.Strong, fmt.Sprintf("%2d", at+1))+" "+p.ink(theme.Ink, p.text(name(kinds[at]))), p.w/columns)
		}
		p.add(line)
	}
}

// story is one transaction in full, from line Cursor on.
func story(p *page, h int) {
	s := &p.Book.Detail
	switch {
	case s.Failed:
		p.middle(theme.Warn, p.say(words.RecentFailed))
		return
	case !s.Done:
		p.middle(theme.Dim, p.say(words.Loading))
		return
	}
	lines := p.storyLines(s)
	room := max(1, h-len(p.lines))
	end := 0
	if len(lines) > room {
		room = max(1, room-1)
		end = len(lines) - room
	}
	if p.end != nil {
		*p.end = end
	}
	top := max(0, min(p.Cursor, end))
	p.add(lines[top:min(top+room, len(lines))]...)
	if top < end {
		p.add(center(p.ink(theme.Dim, p.say(words.MoreBelow)), p.w))
	}
}

// storyLines lays the facts out: a label to the left of its value, or above it where both
// have no room.
func (p *page) storyLines(s *Story) []string {
	var lines []string
	for _, f := range s.facts(p.Lang) {
		switch {
		case f.label != "" && f.value == "":
			lines = append(lines, p.ink(theme.Accent, f.label))
		case f.label != "" && width(f.label)+2+width(f.value) <= p.w:
			lines = append(lines, spread(p.ink(theme.Dim, f.label), p.ink(theme.Ink, f.value), p.w))
		default:
			if f.label != "" {
				lines = append(lines, p.ink(theme.Dim, f.label))
			}
			for _, line := range words.Wrap(f.value, p.w) {
				lines = append(lines, p.ink(theme.Ink, line))
			}
		}
	}
	return lines
}

// StoryEnd is the line the last page of a transaction begins with.
func StoryEnd(f Frame) int {
	end := 0
	f.Cursor, f.end = math.MaxInt, &end
	compose(&f)
	return end
}

// bookScreens draw the views behind the list.
var bookScreens = map[keypad.View]func(p *page, h int){
	keypad.SearchView: searchMenu, keypad.FindView: find, keypad.DetailView: story, keypad.ChartView: chart,
}

// bookTitle is what a view is called; empty for the list, whose state has a name.
func (f *Frame) bookTitle() string {
	switch f.Book.View {
	case keypad.SearchView:
		return f.text(words.SearchTitle)
	case keypad.FindView:
		return f.text(words.SearchShort) + " › " + f.text(f.Book.Asked.Name)
	case keypad.DetailView:
		return words.FillText(words.DetailTitle, f.Lang, f.Book.Detail.Batch.String()+"/"+f.Book.Detail.STAN.String())
	case keypad.ChartView:
		return words.FillText(words.TotalsTitle, f.Lang, f.Book.Chart.Day.String()+" "+words.Weekday(f.Book.Chart.Day).In(f.Lang))
	case keypad.ListView:
	}
	return ""
}

// inBook reports whether a view behind the journal's list is on screen.
func (f *Frame) inBook() bool { return f.State.Name == txn.Journal && f.Book.View != keypad.ListView }

// foundBy says above a list what it was searched by.
func (p *page) foundBy() {
	if !p.Book.Query.Empty() {
		p.para(theme.Accent, p.text(words.FoundBy)+": "+p.Book.Query.Terms(p.Lang))
	}
}
