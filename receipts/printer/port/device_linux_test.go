package port

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pty is a device that stands for a printer: its other end.
func pty(t *testing.T) (*os.File, string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|nonblock, 0)
	if err != nil {
		t.Skip("SKIPPED: no pseudo-terminals here")
	}
	t.Cleanup(func() { _ = master.Close() })
	raw, err := master.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	err = errors.Join(err, raw.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			n, err = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("/dev/pts/%d", n)
	slave, err := os.OpenFile(name, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = slave.Close() })
	state, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	state.Iflag, state.Oflag, state.Lflag = 0, 0, 0
	if err := unix.IoctlSetTermios(int(slave.Fd()), unix.TCSETS, state); err != nil {
		t.Fatal(err)
	}
	return master, name
}

// A serial line and a printer device carry bytes both ways, and a printer that says nothing
// is not waited for beyond the time.
func TestDevices(t *testing.T) {
	for _, form := range []string{"serial:%s@115200", "usb:%s"} {
		master, name := pty(t)
		a, err := Parse(fmt.Sprintf(form, name))
		if err != nil {
			t.Fatal(err)
		}
		p, err := a.Open(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", a, err)
		}
		_ = p.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := p.Write([]byte("\x10\x04\x01")); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, 3)
		_ = master.SetDeadline(time.Now().Add(10 * time.Second))
		if n, err := master.Read(got); err != nil || string(got[:n]) != "\x10\x04\x01" {
			t.Errorf("%s: %q, %v", a, got[:n], err)
		}
		_, _ = master.Write([]byte{0x16})
		if n, err := p.Read(got); err != nil || n != 1 || got[0] != 0x16 {
			t.Errorf("%s: %d %x, %v", a, n, got[0], err)
		}
		_ = p.SetDeadline(time.Now().Add(50 * time.Millisecond))
		begun := time.Now()
		if _, err := p.Read(got); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begun) > 5*time.Second {
			t.Errorf("%s: silence: %v after %v", a, err, time.Since(begun))
		}
		// A wait ends when its deadline is moved from elsewhere.
		_ = p.SetDeadline(time.Now().Add(10 * time.Second))
		time.AfterFunc(50*time.Millisecond, func() { _ = p.SetDeadline(time.Unix(1, 0)) })
		begun = time.Now()
		if _, err := p.Read(got); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begun) > 5*time.Second {
			t.Errorf("%s: called off: %v after %v", a, err, time.Since(begun))
		}
		if a.Way == Serial { // the test's own end would hold its write for ever
			_ = p.Close()
			continue
		}
		// A printer that takes nothing more does not hang the till.
		_ = p.SetDeadline(time.Now().Add(200 * time.Millisecond))
		var werr error
		for range 1000 {
			if _, werr = p.Write(make([]byte, 4096)); werr != nil {
				break
			}
		}
		if !errors.Is(werr, os.ErrDeadlineExceeded) {
			t.Errorf("%s: a full line: %v", a, werr)
		}
		_ = p.Close()
	}
}
