package port

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestParse(t *testing.T) {
	for setting, want := range map[string]string{
		"tcp:192.0.2.7": "tcp:192.0.2.7:9100", "tcp:printer.shop:9101": "tcp:printer.shop:9101", "tcp:[::1]": "tcp:[::1]:9100", "tcp:::1": "tcp:[::1]:9100",
		"serial:/dev/ttyUSB0": "serial:/dev/ttyUSB0@9600", "serial:COM3@115200": "serial:COM3@115200",
		"usb:/dev/usb/lp0": "usb:/dev/usb/lp0", "windows:POS 58": "windows:POS 58", "cups:receipts": "cups:receipts",
	} {
		a, err := Parse(setting)
		if err != nil || a.String() != want {
			t.Errorf("%s: %s, %v", setting, a, err)
		}
		if b, err := Parse(a.String()); err != nil || b != a {
			t.Errorf("%s: %v, %v", a, b, err)
		}
		if answers := a.Way != Windows && a.Way != CUPS; a.Answers() != answers {
			t.Errorf("%s answers: %t", a, a.Answers())
		}
	}
	for _, setting := range []string{"", "file", "tcp:", "tcp: ", "tcp:a:0", "tcp:a:x", "tcp:a:1:2", "serial:@9600", "serial:COM1@0", "cups:-d", "cups:a b", "lpt:1", "usb:a\nb"} {
		if a, err := Parse(setting); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v, %v", setting, a, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("tcp:[::1]:9100")
	f.Add("serial:COM3@9600")
	f.Add("tcp:0[0")
	f.Fuzz(func(t *testing.T, setting string) {
		a, err := Parse(setting)
		if err != nil {
			return
		}
		if b, err := Parse(a.String()); err != nil || b != a {
			t.Errorf("%q: %v, %v, %v", setting, a, b, err)
		}
	})
}

func TestTCP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a, _ := Parse("tcp:" + l.Addr().String())
	p, err := a.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.Write([]byte("slip"))
	_ = p.Close()
	if got, err := io.ReadAll(c); err != nil || string(got) != "slip" {
		t.Errorf("%q, %v", got, err)
	}
	_, _ = c.Close(), l.Close()
	if _, err := a.Open(t.Context()); !errors.Is(err, ErrUnreached) {
		t.Error(err)
	}
}

func TestMissing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no device files")
	}
	for _, setting := range []string{"usb:" + filepath.Join(t.TempDir(), "lp9"), "serial:/dev/ttyNONE@9600"} {
		a, _ := Parse(setting)
		if _, err := a.Open(t.Context()); !errors.Is(err, ErrMissing) {
			t.Errorf("%s: %v", setting, err)
		}
	}
	file := filepath.Join(t.TempDir(), "notes")
	_ = os.WriteFile(file, []byte("mine"), 0o600)
	usb, _ := Parse("usb:" + file)
	if _, err := usb.Open(t.Context()); !errors.Is(err, ErrMissing) {
		t.Errorf("a file is taken for a printer: %v", err)
	}
	a, _ := Parse("windows:any")
	if _, err := a.Open(t.Context()); !errors.Is(err, ErrUnable) {
		t.Error(err)
	}
}

// A queue gets a job whole, as it is, and what it says against it is told.
func TestCUPS(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no shell")
	}
	bin := t.TempDir()
	out := filepath.Join(bin, "out")
	put := func(script string) {
		if err := os.WriteFile(filepath.Join(bin, "lp"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	a, _ := Parse("cups:receipts")
	send := func() error {
		p, err := a.Open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = p.Write([]byte("sl\x1b"))
		_, _ = p.Write([]byte("ip"))
		if _, err := p.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Error(err)
		}
		return p.Close()
	}
	put("echo \"$@\" > " + out + "; cat >> " + out)
	if err := send(); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(out); string(got) != "-s -d receipts -o raw\nsl\x1bip" {
		t.Errorf("%q", got)
	}
	put("echo no such printer >&2; exit 1")
	if err := send(); !errors.Is(err, ErrMissing) || !bytes.Contains([]byte(err.Error()), []byte("no such printer")) {
		t.Error(err)
	}
}

// What is found can be set.
func TestDetect(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, f := range Detect(ctx) {
		if _, err := Parse(f.Setting); err != nil {
			t.Errorf("%s: %v", f.Setting, err)
		}
	}
}
