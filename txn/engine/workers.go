package engine

import (
	"context"
	"errors"
	"time"

	"vpos/txn"
)

// journalWorker performs the effects in order. Those of the link and the printer
// pass through to their own workers, so that rows are never kept waiting by
// either.
func (e *Engine) journalWorker() {
	for {
		f, ok := e.effects.take()
		if !ok {
			return
		}
		switch f := f.(type) {
		case txn.Append:
			e.append(f)
		case txn.Lookup:
			e.lookup(f)
		case txn.LookupHold:
			e.lookupHold(f)
		case txn.Weigh:
			e.weigh(f)
		case txn.Reckon:
			e.reckon()
		case txn.ListBatch:
			e.listBatch()
		case txn.Print:
			e.slips.put(f.Slip)
		case txn.HangUp:
			e.parts.Link.HangUp()
		case txn.Vouch, txn.Drawer, txn.SignedOut, txn.Tuned:
			e.people.put(f)
		case txn.ReadCard, txn.AnswerCard, txn.StopCard:
			e.card(f)
		case txn.Note:
			e.opt.Log.Warn("note", "code", f.Code, "batch", f.Key.Batch, "stan", f.Key.STAN)
		default:
			e.sends.put(f)
		}
	}
}

// card hands an effect to the reader. Without one the machine is never told of a
// card, and asks nothing.
func (e *Engine) card(f txn.Effect) {
	cards := e.parts.Cards
	if cards == nil {
		return
	}
	switch f := f.(type) {
	case txn.ReadCard:
		cards.Read(f)
	case txn.AnswerCard:
		cards.Answer(f)
	case txn.StopCard:
		cards.Stop(f)
	}
}

func (e *Engine) append(f txn.Append) {
	ctx := context.WithoutCancel(e.ctx) // a commit is never cut short by the program's end
	if err := e.parts.Journal.Append(ctx, e.opt.Clock(), f.Records); err != nil {
		e.opt.Log.Error("append", "row", f.Tag.Type, "stan", f.Tag.Key.STAN, "err", err)
		if errors.Is(err, txn.ErrImpossible) {
			e.happened(txn.Contradicted{})
		}
		if e.settle(ctx) {
			e.happened(txn.StoreFailed{Tag: f.Tag})
		}
		return
	}
	e.happened(txn.Stored{Tag: f.Tag})
}

// settlePause is between two looks at a commit whose fate is unknown.
const settlePause = 200 * time.Millisecond

// settle waits until a failed commit is known to have left nothing behind. Until
// then the machine hears nothing: it could only guess. It gives up, false, when
// the program ends; the next start reads what is there.
func (e *Engine) settle(ctx context.Context) bool {
	for {
		err := e.parts.Journal.Settle(ctx)
		if err == nil {
			return true
		}
		e.opt.Log.Error("settle", "err", err)
		select {
		case <-time.After(settlePause):
		case <-e.ctx.Done():
			return false
		}
	}
}

func (e *Engine) lookup(f txn.Lookup) {
	t, err := e.parts.Journal.FindIn(e.ctx, f.Batch, f.STAN)
	if err != nil {
		e.opt.Log.Error("lookup", "stan", f.STAN, "err", err)
		t = nil
	}
	e.happened(txn.Found{Txn: t})
}

func (e *Engine) lookupHold(f txn.LookupHold) {
	t, held, err := e.parts.Journal.FindHold(e.ctx, f.AuthCode, f.Day)
	if err != nil {
		e.opt.Log.Error("look up the hold", "err", err)
		t, held = nil, txn.Money{}
	}
	e.happened(txn.FoundHold{Txn: t, Held: held})
}

func (e *Engine) weigh(f txn.Weigh) {
	w, err := e.parts.Journal.Weigh(e.ctx, f)
	if err != nil {
		e.opt.Log.Error("weigh", "err", err)
		w = txn.Weighed{Serial: f.Serial, Failed: true}
	}
	e.happened(w)
}

func (e *Engine) reckon() {
	t, err := e.parts.Journal.Reckon(e.ctx)
	if err != nil {
		e.opt.Log.Error("reckon", "err", err)
	}
	e.happened(txn.Reckoned{Totals: t, Failed: err != nil})
}

func (e *Engine) listBatch() {
	list, err := e.parts.Journal.Batch(e.ctx)
	if err != nil {
		e.opt.Log.Error("list the batch", "err", err)
	}
	e.happened(txn.Listed{Details: list, Failed: err != nil})
}

func (e *Engine) linkWorker() {
	for {
		f, ok := e.sends.take()
		if !ok {
			return
		}
		switch f := f.(type) {
		case txn.Send:
			e.send(f.Request)
		case txn.ForgetList:
			for _, d := range f.Details {
				d.PAN.Wipe()
			}
		case txn.Forget:
			f.Card.Wipe()
		case txn.ForgetSensitive:
			f.Wipe()
		}
	}
}

func (e *Engine) send(r txn.Request) {
	err := e.parts.Link.Send(e.ctx, r)
	if err == nil {
		return
	}
	written := true
	var w WrittenError
	if errors.As(err, &w) {
		written = w.MayHaveWritten()
	}
	e.opt.Log.Warn("send", "op", r.Op, "stan", r.STAN, "written", written, "err", err)
	e.happened(txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: written})
}

func (e *Engine) paperWorker() {
	for {
		s, ok := e.slips.take()
		if !ok {
			return
		}
		err := e.parts.Printer.Print(e.ctx, s)
		if err != nil {
			e.opt.Log.Warn("print", "stan", s.Txn.STAN, "copy", s.Copy, "err", err)
		}
		e.happened(printed(s, err))
	}
}

// printed is what a printer's answer says of a slip.
func printed(s txn.Slip, err error) txn.Event {
	var p txn.PaperError
	switch {
	case err == nil:
		return txn.Printed{Slip: s}
	case !errors.As(err, &p):
		return txn.PrintFailed{Slip: s, Why: txn.PrinterFault}
	case p.MayBeOut():
		return txn.PrintUnsure{Slip: s, Why: p.Code()}
	}
	return txn.PrintFailed{Slip: s, Why: p.Code()}
}

func (e *Engine) listener() {
	for {
		select {
		case ev, ok := <-e.parts.Link.Inbox():
			if !ok {
				return
			}
			e.happened(ev)
		case <-e.ctx.Done():
			return
		}
	}
}

// shortestWait keeps a deadline that has passed but cannot be acted on yet (a row
// is on its way to disk) from spinning the clock.
const shortestWait = 20 * time.Millisecond

// clock ticks when the machine asked for it.
func (e *Engine) clock() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait := time.Hour
		if at := e.State().Deadline(); !at.IsZero() {
			wait = max(at.Sub(e.opt.Clock()), shortestWait)
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
			e.happened(txn.Tick{Now: e.opt.Clock()})
		case <-e.wake:
		case <-e.ctx.Done():
			return
		}
	}
}

// notifier tells the screens, at their own pace: changes while they look are
// told once.
func (e *Engine) notifier() {
	for {
		select {
		case <-e.changed:
			if e.opt.Changed != nil {
				e.opt.Changed()
			}
		case <-e.ctx.Done():
			return
		}
	}
}
