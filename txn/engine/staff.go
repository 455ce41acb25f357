package engine

import (
	"context"

	"vpos/txn"
)

// staffWorker performs what is about operators, in order: a sign-out before the next
// sign-in. A commit of it is never cut short by the program's end.
func (e *Engine) staffWorker() {
	for {
		f, ok := e.people.take()
		if !ok {
			return
		}
		ctx := context.WithoutCancel(e.ctx)
		switch f := f.(type) {
		case txn.Vouch:
			e.happened(e.vouch(ctx, f))
		case txn.Drawer:
			e.happened(e.draw(ctx, f))
		case txn.SignedOut:
			if e.parts.Staff != nil {
				e.parts.Staff.Left(ctx, e.opt.Clock(), f)
			}
			e.leaving.Add(-1)
		case txn.Tuned:
			if e.parts.Staff != nil {
				e.parts.Staff.Tuned(ctx, e.opt.Clock(), f)
			}
		}
	}
}

// vouch wipes the PINs, also where there is nobody to ask.
func (e *Engine) vouch(ctx context.Context, v txn.Vouch) txn.Vouched {
	defer v.PIN.Wipe()
	defer v.New.Wipe()
	if e.parts.Staff == nil {
		return txn.Vouched{Operator: v.Operator, Code: txn.StaffNoStore}
	}
	return e.parts.Staff.Vouch(ctx, e.opt.Clock(), v)
}

func (e *Engine) draw(ctx context.Context, d txn.Drawer) txn.Drawn {
	if e.parts.Staff == nil {
		return txn.Drawn{Operator: d.Operator, Begin: d.Begin, Failed: true}
	}
	return e.parts.Staff.Draw(ctx, e.opt.Clock(), d)
}
