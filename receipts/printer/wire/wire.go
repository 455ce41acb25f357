// Package wire is the dialogue with a printer about one slip: is it well, here it is, is it
// out. It never takes silence for a yes.
//
//	DLE EOT 1–4   before the slip: nothing is sent to a printer that is not well
//	GS ( H        behind it: answered with our number when the slip is printed
//	GS r 1        the second best: answered when the printer has read so far
package wire

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"vpos/receipts/escpos"
	"vpos/receipts/printer/port"
	"vpos/txn"
)

// Outcome is what is known of a slip.
type Outcome uint8

// The outcomes.
const (
	NotPrinted Outcome = iota // nothing of it has left for the printer
	Unsure                    // some of it has, and the printer did not confirm
	Printed                   // confirmed; or, of a printer that cannot say, taken whole
)

// Result is how a job ended.
type Result struct {
	Outcome Outcome
	Why     txn.Code // of [txn.PrinterCodes]; empty where it was printed
	Err     error    // what the system said, if anything
}

// Opener opens the way to the printer.
type Opener func(ctx context.Context) (port.Port, error)

// Printer is a printer at the end of a way.
type Printer struct {
	Open     Opener
	Answers  bool // the way has a back
	Confirms escpos.Confirms

	mu   sync.Mutex             // a printer has one dialogue at a time
	Seen func(Status, txn.Code) // hears how the printer is each time it told or failed; nil for nobody

	Wait  time.Duration // for each answer; zero is [DefaultWait]
	Paper time.Duration // for the whole slip; zero is [DefaultPaper]
}

// How long a printer has.
const (
	DefaultWait  = 2 * time.Second
	DefaultPaper = 20 * time.Second
)

// past is a deadline that is over.
var past = time.Unix(1, 0)

var errGarbled = errors.New("no status")

// Print puts a job out under a number of four printable characters.
func (p *Printer) Print(ctx context.Context, id [4]byte, job []byte) Result {
	p.mu.Lock()
	defer p.mu.Unlock()
	result := p.print(ctx, id, job)
	if result.Outcome != Printed {
		p.seen(Status{}, result.Why)
	}
	return result
}

func (p *Printer) seen(s Status, code txn.Code) {
	if p.Seen != nil {
		p.Seen(s, code)
	}
}

func (p *Printer) print(ctx context.Context, id [4]byte, job []byte) Result {
	way, err := p.Open(ctx)
	if err != nil {
		return Result{Why: why(err), Err: err}
	}
	d := &dialogue{Printer: p, ctx: ctx, way: way}
	stop := context.AfterFunc(ctx, func() { _ = way.SetDeadline(past) })
	defer stop()
	result := d.print(id, job)
	d.leave()
	if err := way.Close(); err != nil && result.Outcome == Printed && !p.talks() {
		return Result{Unsure, why(err), err} // a queue says at the end that it would not
	}
	return result
}

// Check asks a printer how it is, and prints nothing. The code is empty where all is well;
// a near end of paper is in the status alone.
func (p *Printer) Check(ctx context.Context) (Status, txn.Code, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	way, err := p.Open(ctx)
	if err != nil {
		p.seen(Status{}, why(err))
		return Status{}, why(err), err
	}
	defer func() { _ = way.Close() }()
	if !p.talks() {
		p.seen(Status{}, txn.NoProblem)
		return Status{}, txn.NoProblem, nil
	}
	stop := context.AfterFunc(ctx, func() { _ = way.SetDeadline(past) })
	defer stop()
	d := &dialogue{Printer: p, ctx: ctx, way: way}
	return d.status()
}

// talks reports whether anything comes back.
func (p *Printer) talks() bool { return p.Answers && p.Confirms != escpos.ConfirmsNothing }

// why is an error of the way as a code.
func why(err error) txn.Code {
	for _, c := range []struct {
		is   error
		code txn.Code
	}{
		{port.ErrMissing, txn.PrinterMissing}, {port.ErrDenied, txn.PrinterDenied}, {port.ErrBusy, txn.PrinterBusy},
		{port.ErrUnreached, txn.PrinterUnreached}, {port.ErrUnable, txn.PrinterMissing}, {port.ErrAddress, txn.PrinterMissing},
		{os.ErrDeadlineExceeded, txn.PrinterSlow},
	} {
		if errors.Is(err, c.is) {
			return c.code
		}
	}
	return txn.PrinterBroken
}

// dialogue is one job on its way.
type dialogue struct {
	*Printer
	ctx     context.Context
	way     port.Port
	heard   replies
	written int
}

func (d *dialogue) print(id [4]byte, job []byte) Result {
	if d.talks() {
		if _, code, err := d.status(); code != txn.NoProblem {
			return Result{Why: code, Err: err}
		}
	}
	tail := map[escpos.Confirms][]byte{
		escpos.ConfirmsID: append([]byte("\x1d(H\x06\x000\x30"), id[:]...), escpos.ConfirmsStatus: []byte("\x1dr\x01"),
	}
	whole := job
	if d.talks() {
		whole = append(job[:len(job):len(job)], tail[d.Confirms]...)
	}
	by := time.Now().Add(d.paper())
	if err := d.write(whole, by); err != nil {
		if d.written == 0 {
			return Result{Why: why(err), Err: err}
		}
		return Result{Unsure, why(err), err}
	}
	if !d.talks() {
		d.seen(Status{}, txn.NoProblem)
		return Result{Outcome: Printed}
	}
	return d.confirmed(id, by)
}

func (d *dialogue) paper() time.Duration {
	if d.Paper > 0 {
		return d.Paper
	}
	return DefaultPaper
}

func (d *dialogue) wait() time.Duration {
	if d.Wait > 0 {
		return d.Wait
	}
	return DefaultWait
}

// write sends data by a time, in pieces, and counts what has left.
func (d *dialogue) write(data []byte, by time.Time) error {
	d.until(by)
	for len(data) > 0 {
		n, err := d.way.Write(data[:min(len(data), 512)])
		d.written += n
		data = data[n:]
		if err != nil {
			return fmt.Errorf("send: %w", err)
		}
	}
	return nil
}

// until gives what follows so much time, and none where the job was called off. A way without
// deadlines has no way to hang either.
func (d *dialogue) until(by time.Time) {
	_ = d.way.SetDeadline(by)
	if d.ctx.Err() != nil { // it may have been called off before that
		_ = d.way.SetDeadline(past)
	}
}

// confirmed waits for the printer to say that the slip is out.
func (d *dialogue) confirmed(id [4]byte, by time.Time) Result {
	d.heard = replies{}
	for others := 0; ; {
		for _, got := range d.heard.ids {
			if d.Confirms == escpos.ConfirmsID && got == id {
				return Result{Outcome: Printed}
			}
		}
		if n := len(d.heard.ids); n > others {
			others = n // it is done with something: ours would be next
			by = earlier(by, time.Now().Add(d.wait()))
		}
		if d.Confirms == escpos.ConfirmsStatus && len(d.heard.statuses) > 0 {
			return sensed(d.heard.statuses[0])
		}
		if err := d.read(by); err != nil {
			return d.unsure(err)
		}
	}
}

// leave ends what we say and lets the printer finish. A connection closed over answers that
// nobody has read is torn down, and the end of the slip with it.
func (d *dialogue) leave() {
	half, ok := d.way.(interface{ CloseWrite() error })
	if !ok || d.talks() || d.written == 0 || half.CloseWrite() != nil {
		return
	}
	for by := time.Now().Add(d.wait()); d.read(by) == nil; {
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// sensed is what the paper sensor said behind a slip: bits 2 and 3 are the end of the roll
// (GS r 1).
func sensed(b byte) Result {
	switch {
	case b&0x90 != 0:
		return Result{Outcome: Unsure, Why: txn.PrinterGarbled}
	case b&0x0C != 0:
		return Result{Outcome: Unsure, Why: txn.PrinterPaperOut}
	}
	return Result{Outcome: Printed}
}

// unsure asks a printer that did not confirm for the reason, if it will say one.
func (d *dialogue) unsure(err error) Result {
	code := txn.PrinterSilent
	switch {
	case len(d.heard.ids) > 0:
		code = txn.PrinterWrongID
	case !errors.Is(err, os.ErrDeadlineExceeded):
		code = txn.PrinterBroken
	default:
		if _, told, _ := d.status(); told != txn.NoProblem && told != txn.PrinterNoStatus && told != txn.PrinterBroken {
			code = told
		}
	}
	return Result{Unsure, code, err}
}

func (d *dialogue) read(by time.Time) error {
	var buffer [256]byte
	d.until(by)
	n, err := d.way.Read(buffer[:])
	d.heard.feed(buffer[:n])
	if err != nil && n == 0 {
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

// status asks all that a printer says of itself, and passes it on.
func (d *dialogue) status() (Status, txn.Code, error) {
	s, code, err := d.ask()
	d.seen(s, code)
	return s, code, err
}

func (d *dialogue) ask() (Status, txn.Code, error) {
	var s Status
	for n := 1; n <= 4; n++ {
		d.heard = replies{}
		by := time.Now().Add(d.wait())
		before := d.written
		err := d.write([]byte{0x10, 0x04, byte(n)}, by)
		d.written = before // no letter of a slip
		for err == nil && len(d.heard.statuses) == 0 {
			err = d.read(by)
		}
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return s, txn.PrinterNoStatus, err
		case err != nil:
			return s, txn.PrinterBroken, err
		case !s.take(n, d.heard.statuses[0]):
			return s, txn.PrinterGarbled, fmt.Errorf("%w: %#x", errGarbled, d.heard.statuses[0])
		}
	}
	return s, s.code(), nil
}

// code is the worst of a status.
func (s Status) code() txn.Code {
	switch {
	case s.Cover:
		return txn.PrinterCover
	case s.PaperOut:
		return txn.PrinterPaperOut
	case s.Cutter:
		return txn.PrinterCutter
	case s.Fault:
		return txn.PrinterHardware
	case s.Offline:
		return txn.PrinterOffline
	}
	return txn.NoProblem
}
