package main

import (
	"context"
	"time"

	"vpos/receipts"
	"vpos/txn"
	"vpos/txn/engine"
)

// shiftEnd is the operators' store, with a report on paper for each shift that ends.
type shiftEnd struct {
	engine.Staff
	shop *shop
}

// withShifts adds the reports of shifts, in a folder of their own, to the operators.
func (p *shop) withShifts(s engine.Staff) *shiftEnd {
	return &shiftEnd{Staff: s, shop: p}
}

// Draw writes down the cash in the drawer. What the paper does is no matter of the cash:
// the count stands, and the screen shows it.
func (s *shiftEnd) Draw(ctx context.Context, at time.Time, d txn.Drawer) txn.Drawn {
	drawn := s.Staff.Draw(ctx, at, d)
	if d.Begin || drawn.Failed {
		return drawn
	}
	t := s.shop.config.Terminal
	o := s.shop.reportOptions(receipts.ReportOptions{At: drawn.Shift.To})
	if err := s.shop.reports().PrintShift(ctx, drawn.Shift, t.ID, t.Merchant, o); err != nil {
		s.shop.log.Error("print the shift", "operator", d.Operator, "err", err)
	}
	return drawn
}
