package printer

import (
	"context"
	"fmt"

	"vpos/receipts"
)

// Papers prints what nobody owes and somebody wants: on the printer, or as a file where
// there is none. Each time is another piece of paper, and every one after the first says so.
// Safe for concurrent use.
type Papers struct {
	File  *File
	Paper *Device // nil for files
}

// Print puts a page out under a name that says what it is. Errors are [*Error],
// [*spool.Error], or a [*receipts.WidthError].
func (p *Papers) Print(ctx context.Context, name string, page receipts.Page) error {
	for n := range maxDuplicates {
		at, drawn := name, page
		if n > 0 {
			var err error
			if drawn, err = receipts.MarkDuplicate(page); err != nil {
				return fmt.Errorf("print %s: %w", name, err)
			}
			at = fmt.Sprintf("%s-dup-%d", name, n)
		}
		if out, err := p.out(ctx, at, drawn); out || err != nil {
			return err
		}
	}
	return &Error{Path: p.File.Dir, Fault: ErrTooMany}
}

// out puts a page out, unless there is a paper of that name.
func (p *Papers) out(ctx context.Context, name string, page receipts.Page) (bool, error) {
	if p.Paper != nil {
		if p.Paper.Spool.Known(name) {
			return false, nil
		}
		return true, p.Paper.Sheet(ctx, name, page)
	}
	p.File.mu.Lock()
	defer p.File.mu.Unlock()
	name += ".txt"
	if p.File.exists(name) {
		return false, nil
	}
	return true, p.File.page(ctx, name, page)
}
