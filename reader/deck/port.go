package deck

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"vpos/reader"
)

// PortName is the name of the deck's one reader.
const PortName = "vpos deck"

// Ready is the state of [reader.Readers] where the deck is the reader.
const Ready = "deck.ready"

// Port is a reader in the terminal's own process for cards of the deck: a
// [reader.Port] whose owner presents and takes out the cards. The zero value is
// not usable; see [New].
type Port struct {
	// Pause waits for a slow card; nil does not wait. It gives the context's error
	// when that ends first.
	Pause func(ctx context.Context, d time.Duration) error

	mu      sync.Mutex
	card    *Card
	atr     []byte // of the card that is in; nil where it is mute
	open    *slot
	moved   chan struct{} // closed and replaced by every change
	removal chan struct{} // closed when the card that is in is taken out
}

var _ reader.Port = (*Port)(nil)

// New makes an empty reader.
func New() *Port { return &Port{moved: make(chan struct{})} }

// Insert puts a card in, in place of one that is there. The port uses it alone
// until it is taken out; give every presentation of one card the same *Card, and
// it remembers.
func (p *Port) Insert(c *Card) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.takeOut()
	p.card, p.removal = c, make(chan struct{})
	p.atr = c.PowerOn()
	p.change()
}

// Remove takes the card out, in the middle of a command too. It gives the card,
// or nil where there was none.
func (p *Port) Remove() *Card {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.card
	p.takeOut()
	if c != nil {
		p.change()
	}
	return c
}

// takeOut ends the session with the card that is in.
func (p *Port) takeOut() {
	if p.card == nil {
		return
	}
	p.card.PowerOff()
	close(p.removal)
	p.card, p.open, p.atr = nil, nil, nil
}

// change tells whoever watches.
func (p *Port) change() {
	close(p.moved)
	p.moved = make(chan struct{})
}

// Watch is [reader.Port]. Where one card took the place of another between two
// looks, the reader is told empty first.
func (p *Port) Watch(ctx context.Context, changed func(reader.Readers)) {
	var held chan struct{} // of the card told of last
	for {
		p.mu.Lock()
		now, moved, card := p.readers(), p.moved, p.removal
		if p.card == nil {
			card = nil
		}
		p.mu.Unlock()
		if held != nil && card != nil && held != card {
			changed(reader.Readers{State: Ready, List: []reader.ReaderState{{Name: PortName}}})
		}
		held = card
		changed(now)
		select {
		case <-ctx.Done():
			return
		case <-moved:
		}
	}
}

// readers is what is plugged in.
func (p *Port) readers() reader.Readers {
	one := reader.ReaderState{Name: PortName}
	switch {
	case p.card == nil:
	case p.atr == nil:
		one.Card = reader.CardMute
	default:
		one.Card, one.ATR = reader.CardIn, slices.Clone(p.atr)
	}
	return reader.Readers{State: Ready, List: []reader.ReaderState{one}}
}

// Open is [reader.Port].
func (p *Port) Open(ctx context.Context, name string) (reader.Slot, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("deck: %w", ctx.Err())
	case name != "" && name != PortName:
		return nil, fmt.Errorf("deck: no reader of that name: %w", reader.ErrReader)
	case p.card == nil:
		return nil, fmt.Errorf("deck: %w", reader.ErrNoCard)
	case p.open != nil:
		return nil, fmt.Errorf("deck: %w", reader.ErrCardBusy)
	}
	if p.atr = p.card.PowerOn(); p.atr == nil {
		return nil, fmt.Errorf("deck: %w", reader.ErrCardMute)
	}
	p.open = &slot{port: p, atr: p.atr, removal: p.removal}
	return p.open, nil
}

// slot is one powered card.
type slot struct {
	port    *Port
	atr     []byte
	removal chan struct{}
}

func (s *slot) Name() string { return PortName }

func (s *slot) ATR() []byte { return slices.Clone(s.atr) }

// Transmit is [reader.Slot].
func (s *slot) Transmit(ctx context.Context, command []byte) (sw uint16, data []byte, err error) {
	name := "command"
	if len(command) > 1 {
		name = fmt.Sprintf("command %02X", command[1])
	}
	fail := func(err error) (uint16, []byte, error) { return 0, nil, fmt.Errorf("deck: %s: %w", name, err) }
	if ctx.Err() != nil {
		return fail(ctx.Err())
	}
	r, there := s.command(command)
	if !there || r.Torn {
		return fail(reader.ErrTorn)
	}
	if err := s.pause(ctx, r.Delay); err != nil {
		return fail(err)
	}
	if r.Mute {
		return fail(reader.ErrCardMute)
	}
	return r.SW, r.Data, nil
}

// command sends one to the card that is in. A card that is torn out by its own
// fault leaves the reader.
func (s *slot) command(command []byte) (r Reply, there bool) {
	p := s.port
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open != s {
		return Reply{}, false
	}
	r = p.card.Command(command)
	if r.Torn {
		p.takeOut()
		p.change()
	}
	return r, true
}

// pause takes the time a card takes; the card may be taken out meanwhile.
func (s *slot) pause(ctx context.Context, d time.Duration) error {
	if d > 0 && s.port.Pause != nil {
		slow, cancel := context.WithCancel(ctx)
		defer cancel()
		done := make(chan error, 1)
		go func() { done <- s.port.Pause(slow, d) }()
		select {
		case err := <-done:
			if err != nil {
				return fmt.Errorf("waiting for a slow card: %w", err)
			}
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // Transmit names the command
		case <-s.removal:
			return reader.ErrTorn
		}
	}
	select {
	case <-s.removal:
		return reader.ErrTorn
	default:
		return nil
	}
}

// Close is [reader.Slot].
func (s *slot) Close() error {
	p := s.port
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == s {
		p.open = nil
		p.card.PowerOff()
	}
	return nil
}
