package printer

import (
	"context"
	"fmt"
	"strings"

	"vpos/receipts"
	"vpos/receipts/printer/spool"
	"vpos/txn"
)

// Device prints slips and reports on a printer, through the spool. It is the engine's
// printer. Safe for concurrent use; Options may not change while it prints.
type Device struct {
	Spool   *spool.Spool
	Printer spool.Printer
	Encode  func(p receipts.Page, drawer bool) ([]byte, error) // in the printer's own language
	Options receipts.Options
}

// Print puts one slip out and returns when the printer has confirmed it. An original is sent
// once however often it is asked for, and with the DUPLICATE mark where some of it may be on
// paper, or the list that would say so is damaged; a duplicate is a new piece of paper every
// time. The merchant's original opens the drawer. The error is a [*spool.Error].
func (d *Device) Print(ctx context.Context, slip txn.Slip) error {
	name := JobName(slip, 0)
	for n := 1; slip.Duplicate && (n == 1 || d.Spool.Known(name)); n++ {
		name = JobName(slip, n)
	}
	drawer := slip.Copy == txn.MerchantCopy && !slip.Duplicate
	lost := d.Spool.Lost(name, slip.Txn.At)
	return d.put(ctx, name, drawer, func(duplicate bool) (receipts.Page, error) {
		again := slip
		again.Duplicate = slip.Duplicate || duplicate || lost
		return receipts.Render(again, d.Options)
	})
}

// Sheet puts a page out under a name that says what it is, as [Device.Print] does a slip.
// One that comes again says so below its first line.
func (d *Device) Sheet(ctx context.Context, name string, page receipts.Page) error {
	return d.put(ctx, strings.TrimSuffix(name, ".txt"), false, func(duplicate bool) (receipts.Page, error) {
		if !duplicate {
			return page, nil
		}
		return receipts.MarkDuplicate(page)
	})
}

func (d *Device) put(ctx context.Context, name string, drawer bool, draw func(duplicate bool) (receipts.Page, error)) error {
	err := d.Spool.Print(ctx, d.Printer, name, func(duplicate bool) ([]byte, error) {
		page, err := draw(duplicate)
		if err == nil {
			var job []byte
			if job, err = d.Encode(page, drawer && !duplicate); err == nil {
				return job, nil
			}
		}
		return nil, &spool.Error{Job: name, Why: txn.PrinterUnfit, Err: err}
	})
	if err != nil {
		return fmt.Errorf("printer: %w", err)
	}
	return nil
}

// JobName is the name of a slip's job: [Name] without its ending.
func JobName(slip txn.Slip, nth int) string { return strings.TrimSuffix(Name(slip, nth), ".txt") }
