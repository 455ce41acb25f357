package receipts

import (
	"slices"

	"vpos/txn"
)

// Render goes the whole way from a slip to a page that keeps the rules. The
// error is [ErrNoSlip], a [*WidthError], a [*CheckError], the template's, or what a logo is
// refused for.
func Render(slip txn.Slip, o Options) (Page, error) {
	facts, err := NewFacts(slip, o)
	if err != nil {
		return Page{}, err
	}
	doc, err := o.document(slip.Txn.Kind, facts)
	if err != nil {
		return Page{}, err
	}
	page, err := Layout(o.adorn(doc), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := Check(page, facts); err != nil {
		return Page{}, err
	}
	return page, nil
}

// document is a slip's, as the template has it or the house.
func (o Options) document(k txn.Kind, f Facts) (Document, error) {
	switch {
	case k == txn.Settlement:
		return SettlementSlip(f), nil
	case o.Template != nil:
		return o.Template.Document(f)
	}
	return CardSlip(f), nil
}

// adorn adds what the merchant wants on every slip: a logo and lines above the title, lines at
// the end. The training mark stays first and last.
func (o Options) adorn(doc Document) Document {
	if o.Logo == nil && len(o.Header) == 0 && len(o.Footer) == 0 {
		return doc
	}
	var head, foot writer
	if o.Logo != nil {
		head.doc.Lines = append(head.doc.Lines, Line{Picture: o.Logo})
	}
	for _, text := range o.Header {
		head.line(Cell{Text: text, Align: Center})
	}
	if len(o.Footer) > 0 {
		foot.line()
	}
	for _, text := range o.Footer {
		foot.line(Cell{Text: text, Align: Center})
	}
	from, to := 0, len(doc.Lines)
	if o.Training {
		from, to = min(1, to), max(0, to-1)
	}
	return Document{Lines: slices.Concat(doc.Lines[:from], head.doc.Lines, doc.Lines[from:to], foot.doc.Lines, doc.Lines[to:])}
}
