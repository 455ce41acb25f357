package printer

import (
	"context"
	"errors"
	"fmt"

	"vpos/receipts"
	"vpos/txn"
)

// maxDuplicates is how many duplicates of one copy a folder takes.
const maxDuplicates = 999

// Slips prints slips as files. It is the engine's printer. Safe for
// concurrent use; Options may not change while it prints.
type Slips struct {
	File    *File
	Options receipts.Options
}

// Print puts one slip out and returns when it is on the disk. An original is
// put out once however often it is asked for (see the package comment); a
// duplicate is a new file each time.
//
// Errors: those of [receipts.Render] where the slip cannot be drawn, [*Error]
// where it cannot be written. After an error no unmarked slip can come from
// trying again that would not have come without it.
func (s *Slips) Print(ctx context.Context, slip txn.Slip) error {
	if slip.Duplicate {
		return s.again(ctx, slip, false)
	}
	page, err := receipts.Render(slip, s.Options)
	if err != nil {
		return err
	}
	err = s.File.Page(ctx, Name(slip, 0), page)
	if errors.Is(err, ErrDiffers) {
		return s.again(ctx, slip, true)
	}
	return err
}

// again prints a duplicate under the first number that is free. With once, one
// that is there already will do.
func (s *Slips) again(ctx context.Context, slip txn.Slip, once bool) error {
	slip.Duplicate = true
	page, err := receipts.Render(slip, s.Options)
	if err != nil {
		return err
	}
	s.File.mu.Lock()
	defer s.File.mu.Unlock()
	for n := 1; n <= maxDuplicates; n++ {
		name := Name(slip, n)
		if !once && s.File.exists(name) {
			continue
		}
		if err := s.File.page(ctx, name, page); !errors.Is(err, ErrDiffers) {
			return err
		}
	}
	return &Error{Path: s.File.Dir, Fault: ErrTooMany}
}

// Name is the file name of a slip: the day and time the cashier confirmed,
// batch, trace number and copy, so that a folder sorts as the day went.
//
//	20260304-150607-000017-000268-1-merchant.txt
//	20260304-150607-000017-000268-1-merchant-dup-1.txt
//
// nth is 0 for the original and counts duplicates from 1. The time is the
// transaction's At in its own zone; the same transaction must always come with
// the same one.
func Name(slip txn.Slip, nth int) string {
	t := slip.Txn
	whose := map[txn.Copy]string{
		txn.MerchantCopy: "1-merchant", txn.CardholderCopy: "2-cardholder", txn.FaultSlip: "3-reversal-fault",
	}[slip.Copy]
	name := fmt.Sprintf("%s-%s-%s-%s", t.At.Format("20060102-150405"), t.Batch, t.STAN, whose)
	if nth > 0 {
		name += fmt.Sprintf("-dup-%d", nth)
	}
	return name + ".txt"
}
