package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/reader/deck"
	"vpos/tui/words"
)

// runVpos runs a command line in this process and gives what it printed.
func runVpos(ctx context.Context, args ...string) (string, error) {
	root, _ := rootCommand()
	var out lockedBuffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(args)
	root.SilenceErrors, root.SilenceUsage = true, true
	err := root.ExecuteContext(ctx)
	return out.String(), err
}

// lockedBuffer is written by a command and read by its test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestCardList(t *testing.T) {
	for lang, want := range map[string]string{"en": "plaintext offline PIN", "zh": "脱机明文PIN"} {
		out, err := runVpos(t.Context(), "card", "--list", "--lang", lang)
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%s: %v\n%s", lang, err, out)
		}
		for _, c := range deck.Cards() {
			if !strings.Contains(out, "  "+c.Name+" ") {
				t.Errorf("%s: %s is not listed", lang, c.Name)
			}
		}
		for _, f := range deck.Faults() {
			if !strings.Contains(out, "  "+f.Name) {
				t.Errorf("%s: fault %s is not listed", lang, f.Name)
			}
		}
	}
}

func TestCardRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.toml")
	if err := os.WriteFile(file, []byte("name = \"own\"\nwrong = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	_ = closed.Close()
	for want, args := range map[string][]string{
		"Say which card":                      {"card"},
		"请指定卡片":                               {"card", "visa-credit", "--lang", "zh"},
		"near it: visa-credit":                {"card", "visa-credt", "--connect", nobody},
		`there is no fault "ter"; near it: t`: {"card", "visa-credit+ter", "--connect", nobody},
		"line 2, wrong: ":                     {"card", "--file", file, "--connect", nobody},
		"The card file cannot be used":        {"card", "--file", file + "x", "--connect", nobody},
		"The card cannot be put in":           {"card", "visa-credit", "--connect", nobody},
	} {
		if _, err := runVpos(t.Context(), append([]string{"--lang", "en"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", args, err, want)
		}
	}
}

// virtualReader is the other end of vpcd: it accepts one card.
type virtualReader struct {
	net.Listener
	conn net.Conn
}

func newVirtualReader(t *testing.T) *virtualReader {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return &virtualReader{Listener: l}
}

// insert waits for a card and powers it.
func (v *virtualReader) insert(t *testing.T) (atr []byte) {
	t.Helper()
	conn, err := v.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	v.conn = conn
	v.send(t, []byte{1})
	v.send(t, []byte{4})
	return v.receive(t)
}

func (v *virtualReader) send(t *testing.T, payload []byte) {
	t.Helper()
	if _, err := v.conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(payload))), payload...)); err != nil {
		t.Fatal(err)
	}
}

func (v *virtualReader) receive(t *testing.T) []byte {
	t.Helper()
	var size [2]byte
	if _, err := io.ReadFull(v.conn, size[:]); err != nil {
		t.Fatal(err)
	}
	reply := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(v.conn, reply); err != nil {
		t.Fatal(err)
	}
	return reply
}

var selectPSE = append([]byte{0, 0xA4, 4, 0, 14}, "1PAY.SYS.DDF01\x00"...)

// A card is in the reader until Ctrl-C; one of T=0 has the manners of T=0.
func TestCardInserted(t *testing.T) {
	for name, want := range map[string]string{"visa-credit": "9000", "visa-dda": "611E", "visa-credit+slow:20": "9000"} {
		v := newVirtualReader(t)
		ctx, cancel := context.WithCancel(t.Context())
		type ending struct {
			out string
			err error
		}
		done := make(chan ending, 1)
		go func() {
			out, err := runVpos(ctx, "card", name, "--connect", v.Addr().String(), "--lang", "en")
			done <- ending{out, err}
		}()
		if atr := v.insert(t); len(atr) < 2 || atr[0] != 0x3B {
			t.Errorf("%s: answer to reset %X", name, atr)
		}
		v.send(t, selectPSE)
		if r := v.receive(t); !strings.HasSuffix(fmt.Sprintf("%X", r), want) {
			t.Errorf("%s: %X, want …%s", name, r, want)
		}
		cancel()
		end := <-done
		lines := fmt.Sprintf("card: %s inserted at %s\ncard: removed\n", name, v.Addr())
		if end.err != nil || end.out != lines {
			t.Errorf("%s: %v\n%swant\n%s", name, end.err, end.out, lines)
		}
		_ = v.conn.Close()
	}
}

// A card that tears itself out says so.
func TestCardTorn(t *testing.T) {
	v := newVirtualReader(t)
	done := make(chan string, 1)
	go func() {
		out, err := runVpos(t.Context(), "card", "visa-credit+tear:1", "--connect", v.Addr().String(), "--lang", "zh")
		if err != nil {
			out += err.Error()
		}
		done <- out
	}()
	v.insert(t)
	v.send(t, selectPSE)
	if _, err := v.conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the card is still there: %v", err)
	}
	if out := <-done; !strings.HasSuffix(out, words.CardTorn.ZH+"\n") {
		t.Error(out)
	}
}
