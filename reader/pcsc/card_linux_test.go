package pcsc_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
	"vpos/reader/pcsc/pcscd"
	"vpos/reader/vpcd"
)

// patience bounds every wait for an event; nothing should come near it.
const patience = 20 * time.Second

// The answers to reset that decide the protocol.
var (
	atrT0          = []byte{0x3B, 0x60, 0x00, 0x00}
	atrT0other     = []byte{0x3B, 0x61, 0x00, 0x00, 0x55}
	atrT1          = []byte{0x3B, 0x80, 0x81, 0x31, 0x20, 0x10} // T=1 with the check byte
	atrContactless = []byte{0x3B, 0x80, 0x80, 0x01, 0x01}
)

// plastic is a card that does what a test says.
type plastic struct {
	atr    []byte
	answer func(command []byte) ([]byte, error) // nil: 9000 to everything

	mu       sync.Mutex
	commands [][]byte
	powered  int
}

func (p *plastic) PowerOn() []byte { return p.count(1) }
func (p *plastic) PowerOff()       { p.count(-1) }

func (p *plastic) count(n int) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.powered = max(p.powered+n, 0)
	p.powered = min(p.powered, 1)
	return p.atr
}

func (p *plastic) Transmit(command []byte) ([]byte, error) {
	p.mu.Lock()
	p.commands = append(p.commands, slices.Clone(command))
	p.mu.Unlock()
	if p.answer == nil {
		return []byte{0x90, 0x00}, nil
	}
	return p.answer(command)
}

func (p *plastic) seen() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.commands)
}

// insert puts a card into a slot; pull takes it out and waits until it is.
func insert(t *testing.T, d *pcscd.Daemon, slot int, card vpcd.Card) (pull func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err := vpcd.Insert(ctx, d.Address(slot), card)
		if !errors.Is(err, context.Canceled) && !errors.Is(err, vpcd.ErrTear) && !errors.Is(err, vpcd.ErrClosed) {
			t.Errorf("the card in slot %d: %v", slot, err)
		}
	}()
	pull = func() { cancel(); <-ended }
	t.Cleanup(pull)
	return pull
}

// eyes remember everything that Watch told.
type eyes struct {
	t    *testing.T
	mu   sync.Mutex
	told []reader.Readers
	more chan struct{} // one waits
	stop func()
}

// open watches a port until the test ends.
func watch(t *testing.T, p *pcsc.Port) *eyes {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	e := &eyes{t: t, more: make(chan struct{}, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Watch(ctx, func(now reader.Readers) {
			e.mu.Lock()
			e.told = append(e.told, now)
			e.mu.Unlock()
			select {
			case e.more <- struct{}{}:
			default:
			}
		})
	}()
	e.stop = func() { cancel(); <-done }
	t.Cleanup(e.stop)
	return e
}

// until waits for a picture that will do, and forgets it and those before it.
func (e *eyes) until(what string, will func(reader.Readers) bool) reader.Readers {
	e.t.Helper()
	limit := time.After(patience)
	for {
		e.mu.Lock()
		i := slices.IndexFunc(e.told, will)
		var got reader.Readers
		if i >= 0 {
			got, e.told = e.told[i], slices.Clone(e.told[i+1:])
		}
		told := slices.Clone(e.told)
		e.mu.Unlock()
		if i >= 0 {
			return got
		}
		select {
		case <-e.more:
		case <-limit:
			e.t.Fatalf("never saw: %s; saw %+v", what, told)
		}
	}
}

// card waits until a reader's card is as said, and gives the reader.
func (e *eyes) card(slot int, want reader.CardState) reader.ReaderState {
	e.t.Helper()
	all := e.until("the card", func(r reader.Readers) bool { return len(r.List) > slot && r.List[slot].Card == want })
	return all.List[slot]
}

func (e *eyes) state(want pcsc.State) reader.Readers {
	e.t.Helper()
	return e.until(string(want), func(r reader.Readers) bool { return r.State == string(want) })
}

// opened is a card in slot 0, seen and opened.
func opened(t *testing.T, d *pcscd.Daemon, card vpcd.Card) (reader.Slot, *pcsc.Port, *eyes) {
	t.Helper()
	p := pcsc.New()
	e := watch(t, p)
	insert(t, d, 0, card)
	e.card(0, reader.CardIn)
	s := open(t, p, d.Readers[0])
	return s, p, e
}

func open(t *testing.T, p *pcsc.Port, name string) reader.Slot {
	t.Helper()
	s, err := p.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// wants sends a command and checks the status and the data.
func wants(t *testing.T, s reader.Slot, command []byte, sw uint16, data []byte) {
	t.Helper()
	gotSW, got, err := s.Transmit(t.Context(), command)
	if err != nil || gotSW != sw || !slices.Equal(got, data) {
		t.Errorf("%X: %04X, %d bytes, %v; want %04X, %d bytes", command, gotSW, len(got), err, sw, len(data))
	}
}
