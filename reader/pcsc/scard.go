//go:build !nopcsc && (windows || (cgo && (linux || darwin)))

package pcsc

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/ebfe/scard"
)

var (
	systemPort    port    = listReaders
	systemLibrary library = scardLibrary{}
)

// windows has a PC/SC of its own kind: states are numbers rather than bits, a
// cancel ends any call, and a transaction that rests for five seconds resets
// the card.
const windows = runtime.GOOS == "windows"

// listReaders opens a context of its own, because one context must not be used
// by two threads at a time.
func listReaders() ([]string, error) {
	service, err := scardLibrary{}.open()
	if err != nil {
		return nil, fmt.Errorf("pcsc: establish context: %w", err)
	}
	defer service.release()
	names, err := service.readers()
	switch {
	case err != nil:
		return nil, fmt.Errorf("pcsc: list readers: %w", err)
	case len(names) == 0:
		return nil, errNoReader
	}
	return names, nil
}

// ours turns an error of the library into a [code].
func ours(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[scard.Error](err); ok {
		return code(e)
	}
	return fmt.Errorf("pcsc: %w", err)
}

type scardLibrary struct{}

func (scardLibrary) open() (session, error) {
	service, err := scard.EstablishContext()
	if err != nil {
		return nil, ours(err)
	}
	return &scardSession{service: service}, nil
}

type scardSession struct {
	service *scard.Context

	mu   sync.Mutex // a context that was released must not be cancelled
	over bool
}

func (s *scardSession) readers() ([]string, error) {
	names, err := s.service.ListReaders()
	if errors.Is(err, scard.ErrNoReadersAvailable) {
		return nil, nil
	}
	return names, ours(err)
}

// marks tells waits that run at the same time apart. On Linux and macOS the
// library keeps the names of a wait in memory by name and only those of the
// last wait, so the names that another one still waits on could be collected.
// What stands behind the end of a C string makes the names different to the
// library and the same to the service. Marks are used again, so that the
// library's memory of names stays small.
var marks struct {
	sync.Mutex
	taken map[int]bool
}

func takeMark() (mark int, giveBack func()) {
	marks.Lock()
	defer marks.Unlock()
	if marks.taken == nil {
		marks.taken = map[int]bool{}
	}
	for marks.taken[mark] {
		mark++
	}
	marks.taken[mark] = true
	return mark, func() {
		marks.Lock()
		defer marks.Unlock()
		delete(marks.taken, mark)
	}
}

func (s *scardSession) wait(rows []row, limit time.Duration) error {
	suffix := ""
	if !windows {
		mark, giveBack := takeMark()
		defer giveBack()
		suffix = "\x00" + strconv.Itoa(mark)
	}
	states := make([]scard.ReaderState, len(rows))
	for i, r := range rows {
		states[i] = scard.ReaderState{Reader: r.name + suffix, CurrentState: scard.StateFlag(r.current)}
	}
	if err := s.service.GetStatusChange(states, limit); err != nil {
		return ours(err)
	}
	for i := range rows {
		rows[i].event, rows[i].atr = uint32(states[i].EventState), states[i].Atr
	}
	return nil
}

func (s *scardSession) cancel() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		_ = s.service.Cancel() // with nothing pending it fails
	}
}

// interrupt: elsewhere than on Windows a cancel ends waits only, and would
// confuse the answer to any other call.
func (s *scardSession) interrupt() {
	if windows {
		s.cancel()
	}
}

func (s *scardSession) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	_ = s.service.Release() // nothing can be done about a context that does not close
}

func (s *scardSession) connect(name string, allowed protocol) (handle, error) {
	card, err := s.service.Connect(name, scard.ShareExclusive, scard.Protocol(allowed))
	if err != nil {
		return nil, ours(err)
	}
	return scardHandle{card}, nil
}

type scardHandle struct{ card *scard.Card }

func (h scardHandle) protocol() protocol { return protocol(h.card.ActiveProtocol()) }

func (h scardHandle) begin() error {
	if windows {
		return nil // exclusive it is already
	}
	return ours(h.card.BeginTransaction())
}

func (h scardHandle) status() (cardStatus, error) {
	s, err := h.card.Status()
	if err != nil {
		return cardStatus{}, ours(err)
	}
	out := cardStatus{atr: s.Atr, events: uint16(s.State >> stateWord)}
	if windows {
		out.present = s.State >= 2 // SCARD_PRESENT and everything that follows from it
	} else {
		out.present = s.State&scard.Present != 0
	}
	return out, nil
}

func (h scardHandle) transmit(command []byte) ([]byte, error) {
	answer, err := h.card.Transmit(command)
	if err != nil {
		return nil, ours(err)
	}
	return owned(answer), nil
}

func (h scardHandle) control(ioctl uint32, in []byte) ([]byte, error) {
	if ioctl == requestFeatures {
		ioctl = scard.CtlCode(3400)
	}
	answer, err := h.card.Control(ioctl, in)
	if err != nil {
		return nil, ours(err)
	}
	return owned(answer), nil
}

// owned copies an answer out of the 64 KB that the library takes for each.
func owned(answer []byte) []byte {
	out := slices.Clone(answer)
	clear(answer)
	return out
}

func (h scardHandle) disconnect() error {
	err := ours(h.card.EndTransaction(scard.LeaveCard))
	if off := h.card.Disconnect(scard.UnpowerCard); off != nil {
		return ours(off)
	}
	if windows || errors.Is(err, codeUntransacted) {
		return nil // there was no transaction
	}
	return err
}
