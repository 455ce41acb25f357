package pcsc

import (
	"slices"
	"sync"
	"time"
)

// service is a PC/SC service of a test's own.
type service struct {
	mu      sync.Mutex
	down    error // why no context can be opened, and open ones fail
	noPnP   bool
	wakes   bool // every wait returns at once, for nothing
	readers []place
	turned  chan struct{} // closed at each change

	opens, waits, released int
	cards                  map[string]*fakeCard
	hang                   chan struct{} // calls that open a context hang until it is closed
}

// place is a reader as GetStatusChange tells of it.
type place struct {
	name  string
	state uint32
	atr   []byte
}

func newService(places ...place) *service {
	return &service{readers: places, turned: make(chan struct{}), cards: map[string]*fakeCard{}}
}

// turn changes something and wakes whoever waits.
func (s *service) turn(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.turned)
	s.turned = make(chan struct{})
}

func (s *service) open() (session, error) {
	s.mu.Lock()
	hang := s.hang
	s.mu.Unlock()
	if hang != nil {
		<-hang
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opens++
	if s.down != nil {
		return nil, s.down
	}
	return &fakeSession{service: s, cancelled: make(chan struct{}, 1)}, nil
}

type fakeSession struct {
	service   *service
	cancelled chan struct{}
}

func (f *fakeSession) readers() ([]string, error) {
	f.service.mu.Lock()
	defer f.service.mu.Unlock()
	var names []string
	for _, p := range f.service.readers {
		names = append(names, p.name)
	}
	return names, f.service.down
}

// look fills in the rows and reports whether one differs from its current.
func (s *service) look(rows []row) (differs bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down != nil {
		return false, s.down
	}
	for i, r := range rows {
		state, atr := uint32(stateUnknown), []byte(nil)
		if r.name == plugAndPlay {
			if s.noPnP {
				return false, codeNoReaderName
			}
			state = uint32(len(s.readers)) << stateWord
		}
		if at := slices.IndexFunc(s.readers, func(p place) bool { return p.name == r.name }); at >= 0 {
			state, atr = s.readers[at].state, s.readers[at].atr
		}
		rows[i].event, rows[i].atr = state, atr
		if state != r.current {
			rows[i].event |= stateChanged
			differs = true
		}
	}
	return differs || s.wakes, nil
}

func (f *fakeSession) wait(rows []row, limit time.Duration) error {
	f.service.mu.Lock()
	f.service.waits++
	f.service.mu.Unlock()
	over := time.After(limit)
	for {
		f.service.mu.Lock()
		turned := f.service.turned
		f.service.mu.Unlock()
		if differs, err := f.service.look(rows); differs || err != nil {
			return err
		}
		select {
		case <-turned:
		case <-over:
			return codeTimeout
		case <-f.cancelled:
			return codeCancelled
		}
	}
}

func (f *fakeSession) cancel() {
	select {
	case f.cancelled <- struct{}{}:
	default:
	}
}

func (f *fakeSession) interrupt() {}

func (f *fakeSession) release() {
	f.service.mu.Lock()
	defer f.service.mu.Unlock()
	f.service.released++
}

func (f *fakeSession) connect(name string, allowed protocol) (handle, error) {
	f.service.mu.Lock()
	defer f.service.mu.Unlock()
	c, ok := f.service.cards[name]
	if !ok {
		return nil, codeNoCard
	}
	if len(c.refuse) > 0 {
		err := c.refuse[0]
		c.refuse = c.refuse[1:]
		if err != nil {
			return nil, err
		}
	}
	c.connects = append(c.connects, allowed)
	return c, nil
}

// fakeCard is a card and its handle.
type fakeCard struct {
	t        protocol
	refuse   []error // what the first connects answer; nil connects
	answer   func([]byte) ([]byte, error)
	features []byte
	gone     bool
	events   uint16

	connects []protocol
	controls [][]byte
	off      chan struct{} // closed by disconnect
}

func newCard() *fakeCard { return &fakeCard{t: protocolT1, off: make(chan struct{})} }

func (c *fakeCard) protocol() protocol { return c.t }
func (c *fakeCard) begin() error       { return nil }

func (c *fakeCard) status() (cardStatus, error) {
	return cardStatus{atr: []byte{0x3B, 0x00}, present: !c.gone, events: c.events}, nil
}

func (c *fakeCard) transmit(command []byte) ([]byte, error) { return c.answer(command) }

func (c *fakeCard) control(ioctl uint32, in []byte) ([]byte, error) {
	if ioctl == requestFeatures {
		return c.features, nil
	}
	c.controls = append(c.controls, slices.Clone(in))
	return c.answer(in)
}

func (c *fakeCard) disconnect() error { close(c.off); return nil }
