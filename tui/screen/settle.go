package screen

import (
	"strconv"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// settle shows what the batch comes to: how many and how much on each side, cards
// from abroad apart where there are any, and the net sum.
func settle(p *page, _ int) {
	d := p.State.Draft
	batch := p.State.Batch
	if d.Batch != 0 {
		batch = d.Batch // of one that is asked again
	}
	p.fact(words.BatchLabel, batch.String())
	p.gap()
	if d.Totals == nil {
		if p.State.Problem == txn.NoProblem {
			p.para(theme.Dim, p.say(words.Reckoning))
		}
		return
	}
	p.tallies(d)
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.figure()
}

// tallies are the lines of a batch's totals.
func (p *page) tallies(t txn.Transaction) {
	money := func(minor int64) string { return txn.Money{Minor: minor, Currency: t.Amount.Currency}.Grouped() }
	row := func(l words.Label, tally txn.Tally) {
		p.fact(l, strconv.Itoa(tally.Count)+"  "+money(tally.Minor))
	}
	home, away := t.Totals.Domestic, t.Totals.Foreign
	row(words.SalesTotal, home.Debits)
	row(words.RefundsTotal, home.Credits)
	if away != (txn.Sides{}) {
		row(words.ForeignSales, away.Debits)
		row(words.ForeignRefunds, away.Credits)
	}
	p.fact(words.NetTotal, t.Amount.Currency.Code()+" "+t.Amount.Grouped())
}
