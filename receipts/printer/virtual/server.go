package virtual

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// Fault is what the printer plays. The words are stable.
type Fault string

// The faults.
const (
	PaperOut  Fault = "paper-out"
	NearEnd   Fault = "near-end"
	CoverOpen Fault = "cover-open"
	Offline   Fault = "offline"
	Slow      Fault = "slow"     // a hundred bytes a second
	Mute      Fault = "mute"     // takes everything and answers nothing
	WrongID   Fault = "wrong-id" // confirms another slip
)

// Faults lists them.
func Faults() []Fault { return []Fault{PaperOut, NearEnd, CoverOpen, Offline, Slow, Mute, WrongID} }

// Options are what the printer is.
type Options struct {
	Columns int          // 32, 42 or 48
	Out     func(Paper)  // hears of each piece of paper; nil for nobody
	Trace   func(string) // hears of answers and faults, for people; nil for nobody
}

// Printer is a virtual printer. Safe for concurrent use.
type Printer struct {
	o Options

	mu         sync.Mutex
	faults     map[Fault]bool
	breakAfter int // bytes of the next job until its connection breaks; 0 never
	paperFor   int // lines until the paper ends; 0 for enough
	papers     []Paper
	changed    chan struct{} // closed when a fault changes
}

// New is a printer that is well.
func New(o Options) *Printer {
	if o.Out == nil {
		o.Out = func(Paper) {}
	}
	if o.Trace == nil {
		o.Trace = func(string) {}
	}
	return &Printer{o: o, faults: map[Fault]bool{}, changed: make(chan struct{})}
}

// Set begins or ends a fault.
func (p *Printer) Set(f Fault, on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults[f] = on
	p.news()
}

// Well ends all faults.
func (p *Printer) Well() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.breakAfter, p.paperFor = map[Fault]bool{}, 0, 0
	p.news()
}

// BreakAfter breaks the connection of the next job behind so many of its bytes, more than
// none.
func (p *Printer) BreakAfter(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.breakAfter = n
}

// PaperFor ends the paper behind so many lines, more than none.
func (p *Printer) PaperFor(lines int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paperFor = lines
}

// Papers are what has come out, in order.
func (p *Printer) Papers() []Paper {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.papers)
}

func (p *Printer) news() {
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *Printer) has(f Fault) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults[f]
}

// stopped reports whether the printer takes bytes and prints none, and how to hear of a
// change.
func (p *Printer) stopped() (bool, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults[PaperOut] || p.faults[CoverOpen] || p.faults[Offline], p.changed
}

// Serve takes jobs, a connection at a time, until the context ends. The error is the
// listener's.
func (p *Printer) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	for {
		c, err := l.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("virtual printer: %w", err)
		}
		p.connection(ctx, c)
	}
}

// job is a connection at work.
type job struct {
	*Printer
	conn  net.Conn
	in    interpreter
	done  int // lines that are on a paper already
	taken int // bytes
}

func (p *Printer) connection(ctx context.Context, c net.Conn) {
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	defer func() { _ = c.Close() }()
	j := &job{Printer: p, conn: c, in: interpreter{columns: p.o.Columns}}
	bytes := make(chan byte)
	ended := make(chan struct{})
	go j.read(bytes, ended)
	defer func() {
		_ = c.Close()
		for range bytes { // until its reader has noticed
		}
		<-ended
	}()
	if !j.run(ctx, bytes) {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		j.tearOff(false)
		return
	}
	j.in.finish()
	j.tearOff(true)
}

// read passes on what comes, and answers what is asked in real time where nothing is
// printed: a stopped printer still says why.
func (j *job) read(bytes chan<- byte, ended chan<- struct{}) {
	defer close(ended)
	defer close(bytes)
	var buffer [512]byte
	var asked []byte
	for {
		n, err := j.conn.Read(buffer[:])
		for _, b := range buffer[:n] {
			asked = append(asked, b)
			if len(asked) > 3 {
				asked = asked[len(asked)-3:]
			}
			if halted, _ := j.stopped(); halted && len(asked) == 3 && asked[0] == 0x10 && asked[1] == 0x04 {
				j.answer(j.status(b))
				continue
			}
			bytes <- b
		}
		if err != nil {
			return
		}
	}
}

// run takes the job byte by byte; false where the connection is to break.
func (j *job) run(ctx context.Context, bytes <-chan byte) bool {
	for b := range bytes {
		for {
			halted, changed := j.stopped()
			if !halted {
				break
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return true
			case _, more := <-bytes: // nobody has it in mind to print what a stopped printer is told
				if !more {
					return true
				}
			}
		}
		if j.has(Slow) {
			time.Sleep(10 * time.Millisecond)
		}
		asked := len(j.in.input) == 0 && b == 0x10 || len(j.in.input) > 0 && j.in.input[0] == 0x10 // no byte of a slip
		j.in.feed([]byte{b})
		for _, e := range j.in.events {
			j.happen(e)
		}
		j.in.events = j.in.events[:0]
		if !asked && j.breaks() {
			return false
		}
	}
	return true
}

// breaks counts bytes and lines.
func (j *job) breaks() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.paperFor > 0 && len(j.in.lines) >= j.paperFor {
		j.paperFor = 0
		j.faults[PaperOut] = true
	}
	if j.breakAfter == 0 {
		return false
	}
	if j.taken++; j.taken < j.breakAfter {
		return false
	}
	j.breakAfter = 0
	return true
}

func (j *job) happen(e event) {
	switch e.kind {
	case cutting:
		j.tearOff(true)
	case confirm:
		if j.has(WrongID) {
			e.id[0] ^= 1
		}
		j.o.Trace(fmt.Sprintf("GS ( H %q", e.id[:]))
		j.answer(append(append([]byte{0x37, 0x22}, e.id[:]...), 0))
	case sensor:
		var b byte
		if j.has(NearEnd) {
			b |= 0x03
		}
		j.answer([]byte{b})
	case status:
		j.answer(j.status(e.which))
	}
}

// status is the answer to DLE EOT n.
func (j *job) status(n byte) []byte {
	b := byte(0x12)
	set := func(f Fault, bits byte) {
		if j.has(f) {
			b |= bits
		}
	}
	switch n {
	case 1:
		b |= 0x04 // the drawer's pin is high
		for _, f := range []Fault{PaperOut, CoverOpen, Offline} {
			set(f, 0x08)
		}
	case 2:
		set(CoverOpen, 0x04)
		set(PaperOut, 0x20)
	case 4:
		set(NearEnd, 0x0C)
		set(PaperOut, 0x6C)
	}
	return []byte{b}
}

func (j *job) answer(b []byte) {
	if j.has(Mute) {
		return
	}
	_, _ = j.conn.Write(b)
}

// tearOff makes a paper of what was printed since the last one.
func (j *job) tearOff(whole bool) {
	lines := j.in.lines[j.done:]
	j.done = len(j.in.lines)
	if len(lines) == 0 || !slices.ContainsFunc(lines, func(l Line) bool { return len(l.Letters) > 0 || l.QR != "" || l.Dots.W > 0 }) {
		return
	}
	paper := Paper{Columns: j.o.Columns, Lines: slices.Clone(lines), Whole: whole, Drawer: j.in.kicks, Warnings: j.in.warnings}
	j.in.kicks, j.in.warnings = false, nil
	j.mu.Lock()
	j.papers = append(j.papers, paper)
	j.mu.Unlock()
	j.o.Out(paper)
}

// ErrColumns says that there is no paper of so many columns.
var ErrColumns = errors.New("no paper of so many columns")

// Check holds the options against what there is. The error is [ErrColumns].
func (o Options) Check() error {
	if !slices.Contains([]int{32, 42, 48}, o.Columns) {
		return fmt.Errorf("%w: %d, want 32, 42 or 48", ErrColumns, o.Columns)
	}
	return nil
}
