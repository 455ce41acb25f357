package port

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"go.bug.st/serial"
)

// Open opens the way to the printer. The error wraps one of this package's.
func (a Address) Open(ctx context.Context) (Port, error) {
	p, err := a.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("printer %s: %w", a, err)
	}
	return p, nil
}

func (a Address) open(ctx context.Context) (Port, error) {
	switch a.Way {
	case TCP:
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", a.Name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnreached, err)
		}
		return conn, nil
	case Serial:
		return openSerial(a)
	case USB:
		// Without O_NONBLOCK a printer that is off stops the program.
		f, err := os.OpenFile(a.Name, os.O_RDWR|nonblock, 0)
		if err != nil {
			return nil, cause(err)
		}
		if info, err := f.Stat(); err != nil || info.Mode()&os.ModeDevice == 0 {
			_ = f.Close()
			return nil, fmt.Errorf("%w: %s is no device", ErrMissing, a.Name) // nor is a file written over
		}
		return f, nil
	case CUPS:
		return &queue{hand: func(data []byte) error { return lp(ctx, a.Name, data) }}, nil
	case Windows:
		return openWindows(a.Name)
	}
	return nil, fmt.Errorf("%w: %q", ErrAddress, a)
}

// cause is an error of the system in this package's words.
func cause(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		return fmt.Errorf("%w: %w", ErrMissing, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrDenied, err)
	case errors.Is(err, syscall.EBUSY):
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreached, err)
}

// openSerial opens a line and gives it deadlines, which the library has for reads only.
func openSerial(a Address) (Port, error) {
	p, err := serial.Open(a.Name, &serial.Mode{BaudRate: a.Baud, DataBits: 8, Parity: serial.NoParity, StopBits: serial.OneStopBit})
	if err == nil {
		_ = p.ResetInputBuffer() // an answer that came too late is none to what is asked now
		return &line{Port: p}, nil
	}
	if e, ok := errors.AsType[*serial.PortError](err); ok {
		switch e.Code() {
		case serial.PortNotFound, serial.InvalidSerialPort:
			return nil, fmt.Errorf("%w: %w", ErrMissing, err)
		case serial.PermissionDenied:
			return nil, fmt.Errorf("%w: %w", ErrDenied, err)
		case serial.PortBusy:
			return nil, fmt.Errorf("%w: %w", ErrBusy, err)
		default:
		}
	}
	return nil, cause(err)
}

// line is a serial line with deadlines, which may be moved while something waits for it.
type line struct {
	serial.Port

	mu       sync.Mutex
	deadline time.Time // zero for none
}

// glance is how often a deadline is looked at: it may have been moved.
const glance = 50 * time.Millisecond

func (l *line) SetDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deadline = t
	return nil
}

// next is how long to wait before the deadline is looked at again.
func (l *line) next() (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.deadline.IsZero() {
		return glance, nil
	}
	if d := time.Until(l.deadline); d > 0 {
		return min(d, glance), nil
	}
	return 0, os.ErrDeadlineExceeded
}

func (l *line) Read(p []byte) (int, error) {
	for {
		d, err := l.next()
		if err != nil {
			return 0, err
		}
		if err := l.SetReadTimeout(d); err != nil {
			return 0, fmt.Errorf("serial: %w", err)
		}
		if n, err := l.Port.Read(p); n > 0 || err != nil {
			return n, err //nolint:wrapcheck // passed on
		}
	}
}

// Write gives up at the deadline: what a printer that holds its line busy has not taken is
// thrown away. A write that the system does not free then ends with the printer's patience.
func (l *line) Write(p []byte) (int, error) {
	if _, err := l.next(); err != nil {
		return 0, err
	}
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	go func() {
		n, err := l.Port.Write(p)
		done <- result{n, err}
	}()
	for {
		d, err := l.next()
		if err != nil {
			_ = l.ResetOutputBuffer()
			return len(p), err // nobody knows how much it took: as if all
		}
		select {
		case r := <-done:
			return r.n, r.err
		case <-time.After(d):
		}
	}
}

// queue is a way that takes a job whole, when it is closed.
type queue struct {
	job  bytes.Buffer
	hand func(data []byte) error
}

func (q *queue) Write(p []byte) (int, error)   { return q.job.Write(p) } //nolint:wrapcheck // never fails
func (q *queue) Read([]byte) (int, error)      { return 0, io.EOF }
func (q *queue) SetDeadline(t time.Time) error { return nil }

func (q *queue) Close() error {
	if q.job.Len() == 0 {
		return nil
	}
	defer q.job.Reset()
	return q.hand(q.job.Bytes())
}

// lp hands a job to CUPS as it is.
func lp(ctx context.Context, name string, data []byte) error {
	cmd := exec.CommandContext(ctx, "lp", "-s", "-d", name, "-o", "raw") //nolint:gosec // the merchant's own queue
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.CombinedOutput()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("lp: %w: %w", ErrUnable, err)
	}
	return fmt.Errorf("lp: %w: %s", ErrMissing, strings.TrimSpace(string(out)))
}

// Detect lists the printers and lines of this computer. It opens none, and asks no
// network.
func Detect(ctx context.Context) []Found {
	var found []Found
	devices, _ := filepath.Glob("/dev/usb/lp*")
	for _, d := range devices {
		found = append(found, Found{Setting: Address{Way: USB, Name: d}.String(), About: "USB"})
	}
	lines, _ := serial.GetPortsList()
	for _, l := range lines {
		found = append(found, Found{Setting: Address{Way: Serial, Name: l, Baud: defaultBaud}.String()})
	}
	if out, err := exec.CommandContext(ctx, "lpstat", "-e").Output(); err == nil {
		for _, q := range strings.Fields(string(out)) {
			found = append(found, Found{Setting: Address{Way: CUPS, Name: q}.String(), About: "CUPS"})
		}
	}
	return append(found, detectWindows()...)
}
