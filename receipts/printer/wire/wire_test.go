package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/receipts/escpos"
	"vpos/receipts/printer/port"
	"vpos/txn"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// script is a way whose printer says what a test wants.
type script struct {
	status   [5][]byte // to DLE EOT n
	confirm  []byte    // once the job is there
	tail     string    // what it waits for
	breaks   error     // takes nothing
	breaksAt int       // takes so much; zero all
	got      []byte
	back     bytes.Buffer
	closeErr error
}

func (s *script) Read(p []byte) (int, error) {
	if s.back.Len() == 0 {
		return 0, os.ErrDeadlineExceeded
	}
	return s.back.Read(p[:1]) // byte by byte
}

func (s *script) Write(p []byte) (int, error) {
	if len(p) == 3 && p[0] == 0x10 && p[1] == 0x04 {
		s.back.Write(s.status[p[2]])
		return len(p), nil
	}
	if s.breaks != nil {
		return 0, s.breaks
	}
	if s.breaksAt > 0 {
		return s.breaksAt, io.ErrClosedPipe
	}
	s.got = append(s.got, p...)
	if bytes.HasSuffix(s.got, []byte(s.tail)) {
		s.back.Write(s.confirm)
	}
	return len(p), nil
}

func (s *script) Close() error                { return s.closeErr }
func (s *script) SetDeadline(time.Time) error { return nil }

func well() [5][]byte { return [5][]byte{1: {0x16}, 2: {0x12}, 3: {0x12}, 4: {0x12}} }

var job = []byte("a slip\n")

func printer(s *script, c escpos.Confirms) *Printer {
	return &Printer{Open: func(context.Context) (port.Port, error) { return s, nil }, Answers: true, Confirms: c}
}

const idOf = "\x37\x22"

// What a printer says of itself keeps the slip from it, or lets it through.
func TestPreflight(t *testing.T) {
	for name, c := range map[string]struct {
		n    int
		says string
		want txn.Code
	}{
		"offline": {1, "\x1e", txn.PrinterOffline}, "cover": {2, "\x16", txn.PrinterCover}, "paper stop": {2, "\x32", txn.PrinterPaperOut},
		"error": {2, "\x52", txn.PrinterHardware}, "cutter": {3, "\x1a", txn.PrinterCutter}, "broken": {3, "\x32", txn.PrinterHardware},
		"paper out": {4, "\x72", txn.PrinterPaperOut}, "near end": {4, "\x1e", txn.NoProblem}, "well": {1, "\x16", txn.NoProblem},
		"mute": {3, "", txn.PrinterNoStatus}, "garbled": {2, "\xff", txn.PrinterGarbled}, "status after flow control": {2, "\x11\x13\x12", txn.NoProblem},
		"status after news": {2, "\x10\x00\x00\x00\x12", txn.NoProblem},
	} {
		s := &script{status: well(), tail: "ABCD", confirm: []byte(idOf + "ABCD\x00")}
		s.status[c.n] = []byte(c.says)
		r := printer(s, escpos.ConfirmsID).Print(t.Context(), [4]byte([]byte("ABCD")), job)
		if r.Why != c.want || (r.Outcome == Printed) != (c.want == "") || (len(s.got) > 0) != (c.want == "") {
			t.Errorf("%s: %+v, %d bytes sent", name, r, len(s.got))
		}
		status, code, _ := printer(s, escpos.ConfirmsID).Check(t.Context())
		if code != c.want || status.NearEnd != (name == "near end") {
			t.Errorf("%s: checked %+v %q", name, status, code)
		}
	}
}

// Only the printer's own word for this slip counts.
func TestConfirmed(t *testing.T) {
	for name, c := range map[string]struct {
		by      escpos.Confirms
		confirm string
		want    Outcome
		why     txn.Code
	}{
		"ours":                 {escpos.ConfirmsID, idOf + "ABCD\x00", Printed, ""},
		"ours after another":   {escpos.ConfirmsID, idOf + "ABCC\x00" + idOf + "ABCD\x00", Printed, ""},
		"another":              {escpos.ConfirmsID, idOf + "ABCC\x00", Unsure, txn.PrinterWrongID},
		"half":                 {escpos.ConfirmsID, idOf + "ABC", Unsure, txn.PrinterSilent},
		"without its end":      {escpos.ConfirmsID, idOf + "ABCDx", Unsure, txn.PrinterSilent},
		"none":                 {escpos.ConfirmsID, "", Unsure, txn.PrinterSilent},
		"status instead":       {escpos.ConfirmsID, "\x12", Unsure, txn.PrinterSilent},
		"read":                 {escpos.ConfirmsStatus, "\x00", Printed, ""},
		"read, paper near end": {escpos.ConfirmsStatus, "\x03", Printed, ""},
		"read, paper out":      {escpos.ConfirmsStatus, "\x0c", Unsure, txn.PrinterPaperOut},
		"read, garbled":        {escpos.ConfirmsStatus, "\xf0", Unsure, txn.PrinterGarbled},
		"not read":             {escpos.ConfirmsStatus, "", Unsure, txn.PrinterSilent},
	} {
		tail := map[escpos.Confirms]string{escpos.ConfirmsID: "\x1d(H\x06\x0000ABCD", escpos.ConfirmsStatus: "\x1dr\x01"}[c.by]
		s := &script{status: well(), tail: tail, confirm: []byte(c.confirm)}
		r := printer(s, c.by).Print(t.Context(), [4]byte([]byte("ABCD")), slices.Clone(job))
		if r.Outcome != c.want || r.Why != c.why {
			t.Errorf("%s: %+v", name, r)
		}
		if string(s.got) != string(job)+tail {
			t.Errorf("%s: sent %q", name, s.got)
		}
	}
}

// A printer that is stopped in the middle says why, where it can.
func TestStopped(t *testing.T) {
	s := &script{status: well(), tail: "ABCD"}
	p := printer(s, escpos.ConfirmsID)
	open := p.Open
	p.Open = func(ctx context.Context) (port.Port, error) {
		return &later{script: s}, nil
	}
	if r := p.Print(t.Context(), [4]byte([]byte("ABCD")), job); r.Outcome != Unsure || r.Why != txn.PrinterPaperOut {
		t.Errorf("%+v", r)
	}
	s.breaks, s.status = io.ErrClosedPipe, well()
	p.Open = open
	if r := p.Print(t.Context(), [4]byte([]byte("ABCD")), job); r.Outcome != NotPrinted || r.Why != txn.PrinterBroken {
		t.Errorf("nothing was taken: %+v", r)
	}
	s.breaks, s.breaksAt = nil, 3
	if r := p.Print(t.Context(), [4]byte([]byte("ABCD")), job); r.Outcome != Unsure || r.Why != txn.PrinterBroken {
		t.Errorf("some was taken: %+v", r)
	}
	for err, want := range map[error]txn.Code{
		port.ErrMissing: txn.PrinterMissing, port.ErrDenied: txn.PrinterDenied, port.ErrUnreached: txn.PrinterUnreached, port.ErrBusy: txn.PrinterBusy,
	} {
		p.Open = func(context.Context) (port.Port, error) { return nil, err }
		if r := p.Print(t.Context(), [4]byte{}, job); r.Outcome != NotPrinted || r.Why != want {
			t.Errorf("%v: %+v", err, r)
		}
	}
}

// later is a printer whose paper ends under the slip.
type later struct{ *script }

func (l *later) Write(p []byte) (int, error) {
	n, err := l.script.Write(p)
	if len(l.got) > 0 {
		l.status[4] = []byte{0x72}
	}
	return n, err
}

// A queue takes a job whole or says that it will not.
func TestQueue(t *testing.T) {
	s := &script{}
	p := printer(s, escpos.ConfirmsID)
	p.Answers = false
	if r := p.Print(t.Context(), [4]byte{}, job); r.Outcome != Printed || string(s.got) != string(job) {
		t.Errorf("%+v, sent %q", r, s.got)
	}
	s.closeErr = port.ErrMissing
	if r := p.Print(t.Context(), [4]byte{}, job); r.Outcome != Unsure || r.Why != txn.PrinterMissing {
		t.Errorf("%+v", r)
	}
}

func TestEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a, _ := port.Parse("tcp:127.0.0.1:1")
	p := &Printer{Open: a.Open, Answers: true, Confirms: escpos.ConfirmsID}
	if r := p.Print(ctx, [4]byte{}, job); r.Outcome != NotPrinted || !errors.Is(r.Err, context.Canceled) {
		t.Errorf("%+v", r)
	}
}

func FuzzReplies(f *testing.F) {
	f.Add([]byte(idOf + "ABCD\x00\x12\x10\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var whole, bit replies
		whole.feed(data)
		for i := range data {
			bit.feed(data[i : i+1])
		}
		if len(whole.ids)*idLength+len(whole.statuses) > len(data) || len(whole.ids) != len(bit.ids) {
			t.Error(len(whole.ids), len(whole.statuses))
		}
	})
}

// overtaken is a way whose deadlines come after the one of the calling off.
type overtaken struct {
	net.Conn

	off chan struct{}
}

func (o *overtaken) SetDeadline(by time.Time) error {
	if by.Equal(past) {
		select {
		case <-o.off:
		default:
			close(o.off)
		}
	} else {
		<-o.off
	}
	return o.Conn.SetDeadline(by)
}

// A job that is called off ends, whatever the printer was given time for.
func TestCalledOff(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	here, there := net.Pipe()
	defer func() { _ = there.Close() }()
	p := &Printer{Open: func(context.Context) (port.Port, error) {
		cancel() // before anything is said
		return &overtaken{here, make(chan struct{})}, nil
	}, Answers: true, Confirms: escpos.ConfirmsID, Wait: 5 * time.Second}
	began := time.Now()
	if r := p.Print(ctx, [4]byte{}, job); r.Outcome != NotPrinted || time.Since(began) > 3*time.Second {
		t.Errorf("%+v after %s", r, time.Since(began))
	}
}
