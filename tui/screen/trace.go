package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// trace asks which slip is wanted again, or which transaction is to be voided or
// tipped, and lists those that can be had.
func trace(p *page, h int) {
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	p.add(p.ink(theme.Dim, p.say(words.TraceLabel)))
	p.entry(p.Field.Trace())
	slips, caption := p.originals()
	rows := min(len(slips), h-len(p.lines)-2, 10)
	if p.w <= MinWidth {
		rows = min(rows, 3) // the keypad wants its place
	}
	if rows < 1 {
		return
	}
	p.gap()
	p.add(p.ink(theme.Dim, p.say(caption)))
	for _, line := range slips[:rows] {
		p.add(p.brief(line, p.w))
	}
}

// originals are the transactions whose number may be keyed now, and their caption.
func (f *Frame) originals() ([]Line, words.Label) {
	switch f.State.Draft.Kind {
	case txn.Void:
		return f.takenBy(txn.Void), words.CanBeVoided
	case txn.Tip:
		return f.takenBy(txn.Void), words.CanBeTipped // what can be voided can have a tip
	case txn.CompletionVoid:
		return f.takenBy(txn.CompletionVoid), words.CompletionsLeft
	default:
		return f.slipsLeft(), words.CanBePrinted
	}
}

// takenBy are the transactions that one of a kind takes back, newest first.
func (f *Frame) takenBy(k txn.Kind) []Line {
	var lines []Line
	for _, l := range f.Recent {
		if k.Takes(l.Kind) && l.Status == txn.Approved && l.Batch == f.State.Batch {
			lines = append(lines, l)
		}
	}
	return lines
}

// slipsLeft are the transactions a slip can be printed of: those that lack one
// first, the oldest before the rest, then the newest approved of the open batch.
func (f *Frame) slipsLeft() []Line {
	var lines []Line
	for _, t := range f.State.Owed {
		if t.Batch == f.State.Batch {
			lines = append(lines, Line{At: t.At, Kind: t.Kind, Batch: t.Batch, STAN: t.STAN, Amount: t.Amount, Status: t.Status})
		}
	}
	for _, l := range f.Recent {
		if l.Status == txn.Approved && l.Kind.Copies() != 0 && l.Batch == f.State.Batch && !f.owed(l) {
			lines = append(lines, l)
		}
	}
	return lines
}
