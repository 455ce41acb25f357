// Package spool sees to it that paper comes out once: every job is on a list on disk before
// its first byte leaves, and what may be on paper already is printed again only with the
// DUPLICATE mark.
//
// A job has a name that says what it is, the same whenever it is asked for. The list knows
// names and numbers, nothing of a card.
package spool

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"vpos/receipts/printer/wire"
	"vpos/txn"
)

// Printer prints one job and says what is known of it: a [wire.Printer].
type Printer interface {
	Print(ctx context.Context, id [4]byte, job []byte) wire.Result
}

// Spool is the list of a terminal's jobs. Safe for concurrent use: one job is printed at a
// time. One process may have it open.
type Spool struct {
	dir   string
	clock func() time.Time

	mu      sync.Mutex
	file    *os.File
	size    int
	jobs    map[string]state
	last    uint64
	damaged int
	opened  time.Time
}

// Error is a job that is not on paper, or of which nobody knows.
type Error struct {
	Job string
	Why txn.Code // of [txn.PrinterCodes]
	Out bool     // some of it may be on paper
	Err error    // what the system said; may be nil
}

// Error names the job and the cause.
func (e *Error) Error() string {
	text := fmt.Sprintf("print %s: %s", e.Job, e.Why)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives what the system said.
func (e *Error) Unwrap() error { return e.Err }

// Code is the cause in the machine's words.
func (e *Error) Code() txn.Code { return e.Why }

// MayBeOut reports whether somebody has to look at the paper.
func (e *Error) MayBeOut() bool { return e.Out }

// Open reads the list of a folder, which it makes. What was being sent when the last run
// ended may be on paper. clock gives the time that stands in the list.
func Open(dir string, clock func() time.Time) (*Spool, error) {
	list, damaged, file, err := openLog(dir)
	if err != nil {
		return nil, err
	}
	s := &Spool{dir: dir, clock: clock, file: file, jobs: map[string]state{}, damaged: damaged, opened: clock()}
	for _, r := range list {
		s.jobs[r.Name] = r.State
		s.last = max(s.last, r.Number)
	}
	if info, err := file.Stat(); err == nil {
		s.size = int(info.Size())
	}
	return s, nil
}

// Close ends the use of the list.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.file.Close(); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// Damaged is how many lines of the list did not hold when it was opened.
func (s *Spool) Damaged() int { return s.damaged }

// Lost reports whether a job of that time may have been on a line that did not hold: nobody
// knows whether it is out.
func (s *Spool) Lost(name string, of time.Time) bool {
	return s.damaged > 0 && of.Before(s.opened) && !s.listed(name)
}

func (s *Spool) listed(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.jobs[name]
	return ok
}

// Known reports whether a job was ever sent, or may have been.
func (s *Spool) Known(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was, ok := s.jobs[name]
	return ok && was != failed
}

// Print puts a job out unless it is out already. render draws it, with the DUPLICATE mark
// where some of it may be on paper. The error is an [*Error], or render's.
func (s *Spool) Print(ctx context.Context, p Printer, name string, render func(duplicate bool) ([]byte, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	was, known := s.jobs[name]
	if was == printed {
		return nil
	}
	job, err := render(known && was != failed)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("print %s: %w", name, err)
	}
	number := s.last + 1
	if err := s.note(record{Number: number, Name: name, State: sending}); err != nil {
		return &Error{Job: name, Why: txn.PrinterDisk, Err: err}
	}
	s.last = number
	result := p.Print(ctx, ID(number), job)
	now := map[wire.Outcome]state{wire.Printed: printed, wire.NotPrinted: failed, wire.Unsure: unsure}[result.Outcome]
	if now == failed && known {
		now = was // what an earlier try may have left on paper is there still
	}
	// Where this cannot be written the job stays one that may be out, which is marked when it
	// comes again.
	_ = s.note(record{Number: number, Name: name, State: now, Why: string(result.Why)})
	if result.Outcome == wire.Printed {
		return nil
	}
	return &Error{Job: name, Why: result.Why, Out: result.Outcome == wire.Unsure, Err: result.Err}
}

// note writes a record and holds it for true when it is on the disk.
func (s *Spool) note(r record) error {
	r.At = s.clock().Truncate(time.Second)
	line, err := r.line()
	if err != nil {
		return err
	}
	if s.size > 2*maxLog {
		if err := s.shorten(); err != nil {
			return err
		}
	}
	n, err := s.file.Write(line)
	s.size += n
	if err == nil {
		err = s.file.Sync()
	}
	if err != nil {
		if n > 0 && n < len(line) {
			_, _ = s.file.WriteString("\n") // half a line is no other record's beginning
		}
		return fmt.Errorf("spool: %w", err)
	}
	s.jobs[r.Name] = r.State
	return nil
}

// shorten reads the list again, which drops what is old.
func (s *Spool) shorten() error {
	_ = s.file.Close()
	_, _, file, err := openLog(s.dir)
	if err != nil {
		return err
	}
	s.file = file
	if info, err := file.Stat(); err == nil {
		s.size = int(info.Size())
	}
	return nil
}

// idFirst and idSigns are the characters that GS ( H takes as a number: 32 to 126, of which
// these are seen.
const idFirst, idSigns = '!', '~' - '!' + 1

// ID is a job's number in four printable characters. It comes again after 78 million jobs.
func ID(number uint64) (id [4]byte) {
	for i := len(id) - 1; i >= 0; i-- {
		id[i] = byte(idFirst + number%idSigns)
		number /= idSigns
	}
	return id
}
