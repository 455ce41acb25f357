package printer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vpos/receipts"
	"vpos/txn"
)

// Reports prints X and Z reports as files, in a folder of their own, and on paper. Safe for
// concurrent use.
type Reports struct {
	File  *File
	Paper *Device // each goes there as well, once it is in the folder; nil for nowhere
}

// put puts a page into the folder, and on paper.
func (p *Reports) put(ctx context.Context, name string, page receipts.Page) error {
	if err := p.File.Page(ctx, name, page); err != nil || p.Paper == nil {
		return err
	}
	return p.Paper.Sheet(ctx, name, page)
}

// Print puts the report of a closed batch out and returns when it is on the disk.
// However often it is asked for, there is one original; where that says something else
// now, one duplicate. Errors are those of [receipts.RenderReport], or [*Error].
func (p *Reports) Print(ctx context.Context, r *txn.Report, o receipts.ReportOptions) error {
	for n := 0; n <= maxDuplicates; n++ {
		o.Duplicate = n > 0
		page, err := receipts.RenderReport(r, o)
		if err != nil {
			return fmt.Errorf("report of batch %s: %w", r.Batch, err)
		}
		err = p.put(ctx, ReportName(r, n), page)
		if !errors.Is(err, ErrDiffers) {
			return err
		}
	}
	return &Error{Path: p.File.Dir, Fault: ErrTooMany}
}

// PrintShift puts the report of a shift out. terminal and merchant are fields 41 and 42.
// Errors are those of [receipts.RenderShift], or [*Error].
func (p *Reports) PrintShift(ctx context.Context, s txn.Shift, terminal, merchant string, o receipts.ReportOptions) error {
	page, err := receipts.RenderShift(s, terminal, merchant, o)
	if err != nil {
		return fmt.Errorf("report of the shift of operator %s: %w", s.Operator, err)
	}
	return p.put(ctx, ShiftName(s), page)
}

// ShiftName is the file name of a shift's report: when it ended, and whose it was.
//
//	20260304-170000-shift-01.txt
func ShiftName(s txn.Shift) string {
	return fmt.Sprintf("%s-shift-%s.txt", s.To.Format("20060102-150405"), s.Operator)
}

// PrintOpen puts the report of an open batch out, an X report, and returns when it is on
// the disk. Each is an original of its moment: asked for again it is another paper, unless
// it says the same. Errors as of [Reports.Print].
func (p *Reports) PrintOpen(ctx context.Context, r *txn.Report, o receipts.ReportOptions) error {
	page, err := receipts.RenderReport(r, o)
	if err != nil {
		return fmt.Errorf("report of batch %s: %w", r.Batch, err)
	}
	for n := range maxDuplicates {
		err = p.put(ctx, OpenReportName(r, o.At, n), page)
		if !errors.Is(err, ErrDiffers) {
			return err
		}
	}
	return &Error{Path: p.File.Dir, Fault: ErrTooMany}
}

// OpenReportName is the file name of an open batch's report: the day and time it is of,
// and the batch. nth counts those of the same second from 0.
//
//	20260304-150607-000017-x.txt
//	20260304-150607-000017-x-2.txt
func OpenReportName(r *txn.Report, at time.Time, nth int) string {
	name := fmt.Sprintf("%s-%s-x", at.Format("20060102-150405"), r.Batch)
	if nth > 0 {
		name += fmt.Sprintf("-%d", nth+1)
	}
	return name + ".txt"
}

// ReportName is the file name of a closed batch's report: the day and time of its
// settlement, batch and trace number.
//
//	20260304-150607-000017-000269-z.txt
//	20260304-150607-000017-000269-z-dup-1.txt
//
// nth is 0 for the original and counts duplicates from 1.
func ReportName(r *txn.Report, nth int) string {
	name := r.Batch.String() + "-z"
	if t := r.Closed; t != nil {
		name = fmt.Sprintf("%s-%s-%s-z", t.At.Format("20060102-150405"), t.Batch, t.STAN)
	}
	if nth > 0 {
		name += fmt.Sprintf("-dup-%d", nth)
	}
	return name + ".txt"
}
