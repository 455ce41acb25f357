package crash

import (
	"context"
	"fmt"
	"slices"

	"vpos/txn"
	"vpos/txn/journal"
)

// list is the journal's rows, oldest first.
func list(j *journal.Journal) ([]journal.Row, error) {
	rows, err := j.List(context.Background(), journal.Filter{})
	slices.Reverse(rows)
	return rows, err
}

// inspect starts the journal on what a cut left and holds it against the book.
func (h *history) inspect(d *Disk) *Finding {
	ctx := context.Background()
	opt := h.opt
	name, forget := d.Register()
	defer forget()
	opt.VFS = name
	j, err := journal.Open(ctx, opt)
	if h.unborn(err) {
		h.tally.Unborn++
		return nil
	}
	if err != nil {
		return corrupt("open: %v", err)
	}
	defer func() {
		d.Kill() // nobody wants what closing would write
		_ = j.Close()
	}()
	rows, err := list(j)
	if err != nil {
		return corrupt("list: %v", err)
	}
	maybe, f := h.book.match(rows)
	if f != nil {
		return f
	}
	b := h.book.clone()
	b.adopt(maybe)
	return h.use(j, &b)
}

// use does with a journal that has the right rows what a terminal would: each
// cut is for one of these, in turn, so that all the time goes into cuts. Every
// start has walked the chain and checked the file already.
func (h *history) use(j *journal.Journal, b *book) *Finding {
	h.checked++
	all, turn := h.cfg.Only != nil, h.checked%8
	if all || turn%2 == 0 {
		r, err := j.Recover(context.Background())
		if err != nil {
			return corrupt("recover: %v", err)
		}
		if f := b.recovers(r); f != nil {
			return f
		}
	}
	if all || turn == 1 {
		if f := verify(j, len(b.rows)); f != nil {
			return f
		}
	}
	switch {
	case h.outside != nil && (all || turn%4 == 3 || h.inDoubt()):
		return h.healed(j)
	case all || turn == 5:
		return h.further(j, b)
	}
	return nil
}

func verify(j *journal.Journal, rows int) *Finding {
	report, err := j.Verify(context.Background())
	switch {
	case err != nil:
		return corrupt("verify: %v", err)
	case report.Broken != nil:
		return corrupt("verify: %v", report.Broken)
	case report.Rows != int64(rows):
		return corrupt("verify saw %d rows of %d", report.Rows, rows)
	}
	return nil
}

// further appends another row: a journal that recovered must also work.
func (h *history) further(j *journal.Journal, b *book) *Finding {
	batch, next := b.next(fold(b.rows))
	t, rows := sale(batch, next, 4242), len(b.rows)
	if err := j.Append(context.Background(), h.now, []txn.Record{{Type: txn.RecIntent, Txn: t}}); err != nil {
		return corrupt("append after the cut: %v", err)
	}
	if seq, _ := j.Head(); seq != int64(rows+1) {
		return corrupt("append after the cut made row %d of %d", seq, rows+1)
	}
	return nil
}

// replay is the command that shows a finding again.
func (f *Finding) Replay() string {
	return fmt.Sprintf("go run ./txn/proof/crash/cmd -seed %d -cut %s -v", f.Seed, f.At)
}
