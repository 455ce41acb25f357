package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/receipts/escpos"
	"vpos/receipts/printer/port"
	"vpos/receipts/printer/wire"
	"vpos/txn"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func noon() time.Time { return time.Date(2026, time.March, 4, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T, dir string) *Spool {
	t.Helper()
	s, err := Open(dir, noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// A slip as short as one can be, and its duplicate.
func slip(duplicate bool) ([]byte, error) {
	if duplicate {
		return []byte("DUPLICATE\nslip 12.34\n"), nil
	}
	return []byte("slip 12.34\n"), nil
}

// device is a printer at a TCP port: it prints what it has read up to a line with an amount,
// answers as it is told, and breaks at a byte.
type device struct {
	*testing.T
	listener net.Listener

	mu     sync.Mutex
	papers []string
	breaks int  // after so many bytes of a job the connection is cut; negative never
	wrong  bool // confirms another slip
	mute   bool // confirms none
	done   sync.WaitGroup
}

func newDevice(t *testing.T) *device {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &device{T: t, listener: l, breaks: -1}
	d.done.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			d.serve(c)
			_ = c.Close()
		}
	})
	t.Cleanup(func() { _ = l.Close(); d.done.Wait() })
	return d
}

func (d *device) serve(c net.Conn) {
	var job []byte
	one := make([]byte, 1)
	for read := 0; ; {
		if _, err := c.Read(one); err != nil {
			return
		}
		job = append(job, one[0])
		if n := len(job); n >= 3 && job[n-3] == 0x10 && job[n-2] == 0x04 {
			job = job[:n-3]
			_, _ = c.Write([]byte{map[byte]byte{1: 0x16}[one[0]] | 0x12})
			continue
		}
		if job[0] == 0x10 {
			continue // the beginning of a question
		}
		read++
		d.mu.Lock()
		if text, _, printed := bytes.Cut(job, []byte(".34\n")); printed && !bytes.HasSuffix(job, []byte("printed")) {
			d.papers = append(d.papers, string(text))
			job = []byte("printed")
		}
		broken := d.breaks >= 0 && read > d.breaks
		reply := append([]byte{0x37, 0x22}, job[max(0, len(job)-4):]...)
		asked := bytes.Contains(job, []byte("\x1d(H")) && len(job) == len("printed")+11
		if d.wrong && asked {
			reply[3]++
		}
		mute := d.mute
		d.mu.Unlock()
		if broken {
			_ = c.(*net.TCPConn).SetLinger(0)
			return
		}
		if asked && !mute {
			_, _ = c.Write(append(reply, 0))
		}
	}
}

func (d *device) printer() *wire.Printer {
	a, err := port.Parse("tcp:" + d.listener.Addr().String())
	if err != nil {
		d.Fatal(err)
	}
	return &wire.Printer{Open: a.Open, Answers: true, Confirms: escpos.ConfirmsID, Wait: time.Second, Paper: 150 * time.Millisecond}
}

// law holds the paper against what must be true: it came, and once at most without its mark.
func (d *device) law(what string) {
	d.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	unmarked := 0
	for _, p := range d.papers {
		if !strings.HasPrefix(p, "DUPLICATE") {
			unmarked++
		}
	}
	if len(d.papers) == 0 || unmarked > 1 {
		d.Errorf("%s: papers %q", what, d.papers)
	}
	d.papers = nil
}

// TestEveryByte: the printer is cut off at every byte of a job, the terminal goes on, or is
// started again, and tries until the slip is out.
func TestEveryByte(t *testing.T) {
	job, _ := slip(false)
	for _, restart := range []bool{false, true} {
		for at := range len(job) + len("\x1d(H\x06\x00001234") {
			d, dir := newDevice(t), t.TempDir()
			d.breaks = at
			s := open(t, dir)
			err := s.Print(t.Context(), d.printer(), "slip-1", slip)
			var e *Error
			if !errors.As(err, &e) || !e.MayBeOut() {
				t.Errorf("cut at %d: %v", at, err)
			}
			if restart {
				_ = s.Close()
				s = open(t, dir)
			}
			d.mu.Lock()
			d.breaks = -1
			d.mu.Unlock()
			if err := s.Print(t.Context(), d.printer(), "slip-1", slip); err != nil {
				t.Errorf("cut at %d, then: %v", at, err)
			}
			d.law(fmt.Sprintf("cut at %d, restart %t", at, restart))
			if err := s.Print(t.Context(), d.printer(), "slip-1", slip); err != nil || len(d.papers) > 0 {
				t.Errorf("a slip that is out came again: %v, %q", err, d.papers)
			}
		}
	}
}

// TestPowerCut: the terminal dies with the list cut at every byte that was written, before
// the printer had the slip and after; then it starts again.
func TestPowerCut(t *testing.T) {
	d, dir := newDevice(t), t.TempDir()
	s := open(t, dir)
	if err := s.Print(t.Context(), d.printer(), "slip-1", slip); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	log, err := os.ReadFile(filepath.Join(dir, logName))
	if err != nil {
		t.Fatal(err)
	}
	sent := bytes.IndexByte(log, '\n') + 1 // from here on its bytes may have left
	for cut := range len(log) + 1 {
		for _, out := range []bool{false, true} {
			if out && cut < sent || !out && cut == len(log) {
				continue
			}
			d, dir := newDevice(t), t.TempDir()
			if out {
				d.papers = []string{"slip 12"}
			}
			if err := os.WriteFile(filepath.Join(dir, logName), log[:cut], 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, dir)
			if err := s.Print(t.Context(), d.printer(), "slip-1", slip); err != nil {
				t.Errorf("cut at %d: %v", cut, err)
			}
			if s.Damaged() != 0 {
				t.Errorf("cut at %d: damaged", cut)
			}
			d.law(fmt.Sprintf("list cut at %d, out %t", cut, out))
		}
	}
}

// A printer that confirms another slip, or none, is not believed.
func TestNotBelieved(t *testing.T) {
	for why, set := range map[txn.Code]func(*device){
		txn.PrinterWrongID: func(d *device) { d.wrong = true }, txn.PrinterSilent: func(d *device) { d.mute = true },
	} {
		d := newDevice(t)
		set(d)
		s := open(t, t.TempDir())
		var e *Error
		if err := s.Print(t.Context(), d.printer(), "slip-1", slip); !errors.As(err, &e) || e.Code() != why || !e.MayBeOut() {
			t.Errorf("%s: %v", why, err)
		}
		if !s.Known("slip-1") || s.Known("slip-2") {
			t.Error("what may be out is not known")
		}
		d.mu.Lock()
		d.wrong, d.mute = false, false
		d.mu.Unlock()
		if err := s.Print(t.Context(), d.printer(), "slip-1", slip); err != nil {
			t.Error(err)
		}
		d.law(string(why))
	}
}

// fixed is a printer with one answer.
type fixed struct {
	result wire.Result
	seen   func() // as the job comes
	jobs   []string
}

func (f *fixed) Print(_ context.Context, _ [4]byte, job []byte) wire.Result {
	f.jobs = append(f.jobs, string(job))
	if f.seen != nil {
		f.seen()
	}
	return f.result
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// What never left comes without a mark; what may be out stays so, whatever a later try says.
func TestMarks(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	f := &fixed{seen: func() {
		list, _, _ := parse(must(os.ReadFile(filepath.Join(dir, logName))))
		if n := len(list); n == 0 || list[n-1].State != sending || list[n-1].Name != "a" {
			t.Error("bytes leave before the list says so")
		}
	}}
	try := func(o wire.Outcome) string {
		t.Helper()
		f.result = wire.Result{Outcome: o, Why: txn.PrinterPaperOut}
		err := s.Print(t.Context(), f, "a", slip)
		if (err == nil) != (o == wire.Printed) {
			t.Error(err)
		}
		return f.jobs[len(f.jobs)-1]
	}
	plain, _ := slip(false)
	marked, _ := slip(true)
	for i, c := range []struct {
		outcome wire.Outcome
		want    []byte
	}{{wire.NotPrinted, plain}, {wire.NotPrinted, plain}, {wire.Unsure, plain}, {wire.NotPrinted, marked}, {wire.Printed, marked}} {
		if got := try(c.outcome); got != string(c.want) {
			t.Errorf("try %d: %q", i, got)
		}
		_ = s.Close()
		s = open(t, dir)
	}
	refused := errors.New("does not fit")
	if err := s.Print(t.Context(), f, "b", func(bool) ([]byte, error) { return nil, refused }); !errors.Is(err, refused) || s.Known("b") {
		t.Errorf("%v, known %t", err, s.Known("b"))
	}
}

// A damaged line is counted, and takes nothing else with it.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	f := &fixed{result: wire.Result{Outcome: wire.Printed}}
	for _, name := range []string{"a", "b", "c"} {
		if err := s.Print(t.Context(), f, name, slip); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.Close()
	path := filepath.Join(dir, logName)
	good, _ := os.ReadFile(path)
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if s.Damaged() == 0 && i < len(good)-1 {
			t.Fatalf("byte %d: not found", i)
		}
		if !s.Known("a") && !s.Known("b") && !s.Known("c") {
			t.Errorf("byte %d: all lost", i)
		}
		for _, name := range []string{"a", "b", "c"} {
			if !s.Known(name) && s.Damaged() > 0 && !s.Lost(name, noon().Add(-time.Second)) || s.Known(name) && s.Lost(name, time.Time{}) || s.Lost(name, noon()) {
				t.Errorf("byte %d: %s", i, name)
			}
		}
		_ = s.Close()
	}
}

// The list stays bounded, and what it forgets is old; numbers go on.
func TestBounded(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	f := &fixed{result: wire.Result{Outcome: wire.Printed}}
	s.size = 2*maxLog + 1 // as if it had grown
	if err := s.Print(t.Context(), f, "first", slip); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	var data []byte
	for i := range uint64(30000) {
		line, _ := record{Number: i + 1, Name: fmt.Sprintf("job-%06d", i), State: printed, At: noon()}.line()
		data = append(data, line...)
	}
	path := filepath.Join(dir, logName)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if info, err := os.Stat(path); err != nil || info.Size() > maxLog {
		t.Errorf("%v, %v", info.Size(), err)
	}
	if !s.Known("job-029999") || s.Known("job-000001") || s.last != 30000 {
		t.Errorf("the wrong ones were kept; last %d", s.last)
	}
}

func TestID(t *testing.T) {
	seen := map[[4]byte]bool{}
	for n := range uint64(20000) {
		id := ID(n * 3907)
		if seen[id] {
			t.Fatalf("%q comes twice", id)
		}
		seen[id] = true
		for _, c := range id {
			if c < 32 || c > 126 {
				t.Fatalf("%q", id)
			}
		}
	}
}

func FuzzList(f *testing.F) {
	line, _ := record{Number: 1, Name: "a", State: printed, At: noon()}.line()
	f.Add(line)
	f.Add([]byte("00000000 {}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, whole, _ := parse(data)
		if whole > len(data) || len(list) > bytes.Count(data, []byte("\n")) {
			t.Error(whole, len(list))
		}
	})
}
