package vpcd

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// echo is a card that remembers what was done to it.
type echo struct {
	atr    []byte
	reply  func([]byte) ([]byte, error)
	events []string
}

func (e *echo) PowerOn() []byte { e.events = append(e.events, "on"); return e.atr }
func (e *echo) PowerOff()       { e.events = append(e.events, "off") }
func (e *echo) Transmit(c []byte) ([]byte, error) {
	e.events = append(e.events, "apdu")
	if e.reply != nil {
		return e.reply(c)
	}
	return append(slices.Clone(c), 0x90, 0x00), nil
}

// slotOf listens like a virtual reader, inserts the card and gives the reader's
// end; ended says how Insert ended.
func slotOf(t *testing.T, ctx context.Context, card Card) (conn net.Conn, ended chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	ended = make(chan error, 1)
	go func() { ended <- Insert(ctx, listener.Addr().String(), card) }()
	if conn, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	t.Cleanup(func() { conn.Close() })
	return conn, ended
}

func put(t *testing.T, w io.Writer, payload ...byte) {
	t.Helper()
	head := binary.BigEndian.AppendUint16(nil, uint16(len(payload)))
	for _, part := range [][]byte{head, payload} { // in two pieces, as the reader does
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
}

func take(t *testing.T, r io.Reader) []byte {
	t.Helper()
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		t.Fatal(err)
	}
	payload := make([]byte, binary.BigEndian.Uint16(head[:]))
	if _, err := io.ReadFull(r, payload); err != nil {
		t.Fatal(err)
	}
	return payload
}

func TestInsert(t *testing.T) {
	card := &echo{atr: []byte{0x3B, 0x60, 0x00, 0x00}}
	conn, ended := slotOf(t, t.Context(), card)
	for range 2 { // a look, before there is power
		put(t, conn, controlATR)
		if got := take(t, conn); !bytes.Equal(got, card.atr) {
			t.Fatalf("ATR %X", got)
		}
	}
	put(t, conn, controlOn)
	put(t, conn, 9) // of no meaning
	long := bytes.Repeat([]byte{7}, 260)
	put(t, conn, long...)
	if got := take(t, conn); !bytes.Equal(got, append(long, 0x90, 0x00)) {
		t.Fatalf("answer of %d bytes", len(got))
	}
	put(t, conn, controlReset)
	put(t, conn, controlOff)
	put(t, conn, controlATR)
	take(t, conn)
	conn.Close()
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("ended with %v", err)
	}
	if got, want := strings.Join(card.events, " "), "on off on apdu off on off off"; got != want {
		t.Errorf("the card lived through %q, want %q", got, want)
	}
}

// A card without an answer to reset is there, and has no ATR that could be one.
func TestMute(t *testing.T) {
	conn, _ := slotOf(t, t.Context(), &echo{})
	for range 2 {
		put(t, conn, controlATR)
		if got := take(t, conn); len(got) <= maxATR {
			t.Errorf("an ATR of %d bytes", len(got))
		}
		put(t, conn, controlOn)
	}
}

func TestSilence(t *testing.T) {
	card := &echo{reply: func(c []byte) ([]byte, error) {
		if c[0] == 1 {
			return nil, nil
		}
		return []byte{0x6D, 0x00}, nil
	}}
	conn, _ := slotOf(t, t.Context(), card)
	put(t, conn, 1, 2, 3, 4)
	put(t, conn, 0, 2, 3, 4)
	if got := take(t, conn); !bytes.Equal(got, []byte{0x6D, 0x00}) {
		t.Errorf("after a silence came %X", got)
	}
}

func TestTear(t *testing.T) {
	for name, fault := range map[string]error{"torn": ErrTear, "broken": errors.New("broken")} {
		card := &echo{reply: func([]byte) ([]byte, error) { return nil, fault }}
		conn, ended := slotOf(t, t.Context(), card)
		put(t, conn, 0, 2, 3, 4)
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("%s: the reader saw %v", name, err)
		}
		if err := <-ended; !errors.Is(err, fault) {
			t.Errorf("%s: ended with %v", name, err)
		}
		if !slices.Equal(card.events, []string{"apdu", "off"}) {
			t.Errorf("%s: %v", name, card.events)
		}
	}
}

func TestContextTakesTheCardOut(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	conn, ended := slotOf(t, ctx, &echo{})
	cancel()
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the reader saw %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := Insert(ctx, "127.0.0.1:1", &echo{}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestBadMessages(t *testing.T) {
	for name, c := range map[string]struct {
		sent []byte
		want error
	}{
		"empty":           {[]byte{0, 0}, errEmpty},
		"half a length":   {[]byte{0}, io.ErrUnexpectedEOF},
		"half a message":  {[]byte{0, 9, 1, 2}, io.ErrUnexpectedEOF},
		"nothing of one":  {[]byte{255, 255}, io.ErrUnexpectedEOF},
		"nothing at all":  {nil, ErrClosed},
		"one, then close": {[]byte{0, 1, 0}, ErrClosed},
	} {
		conn, ended := slotOf(t, t.Context(), &echo{})
		conn.Write(c.sent)
		conn.Close()
		if err := <-ended; !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	l := link{rw: &bytes.Buffer{}}
	if err := l.send(make([]byte, maxPayload+1)); !errors.Is(err, errLong) {
		t.Errorf("too long a reply: %v", err)
	}
}

// FuzzReceive: whatever arrives, and in whatever pieces, is cut as its lengths
// say, and nothing is read beyond the last whole message.
func FuzzReceive(f *testing.F) {
	f.Fuzz(func(t *testing.T, input []byte, piece uint8) {
		l := link{rw: struct {
			io.Reader
			io.Writer
		}{&pieces{rest: input, size: int(piece)%7 + 1}, io.Discard}}
		rest := input
		for {
			got, err := l.receive()
			if err != nil {
				wellEnded(t, rest, err)
				return
			}
			n := int(binary.BigEndian.Uint16(rest))
			if !bytes.Equal(got, rest[2:2+n]) {
				t.Fatalf("a message of %d came out as one of %d", n, len(got))
			}
			rest = rest[2+n:]
		}
	})
}

// wellEnded: the error fits what was left.
func wellEnded(t *testing.T, rest []byte, err error) {
	t.Helper()
	want := io.ErrUnexpectedEOF
	switch {
	case len(rest) == 0:
		want = io.EOF
	case len(rest) >= 2 && rest[0] == 0 && rest[1] == 0:
		want = errEmpty
	case len(rest) >= 2 && int(binary.BigEndian.Uint16(rest)) <= len(rest)-2:
		t.Fatalf("a whole message was not given: %v", err)
	}
	if !errors.Is(err, want) {
		t.Fatalf("%d bytes left: %v, want %v", len(rest), err, want)
	}
}

// pieces gives a few bytes at a time.
type pieces struct {
	rest []byte
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.size)], p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
