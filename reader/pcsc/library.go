package pcsc

import "time"

// library is the PC/SC library, as little of it as is needed, so that a test
// can stand beside the real one. Errors are of type [code], wrapped or not.
type library interface {
	// open gives a context. One context is for one goroutine.
	open() (session, error)
}

// session is a context of the service. Only cancel and interrupt may be called
// while another goroutine is in a call.
type session interface {
	// readers lists the names; none is no error.
	readers() ([]string, error)

	// wait returns when one of the rows, at least one, is no longer as its
	// current says, and fills in what is: event and atr. It is codeTimeout when
	// nothing happened within the limit; a limit of 0 only looks.
	wait(rows []row, limit time.Duration) error

	// cancel ends a wait; with none pending it does nothing.
	cancel()

	// interrupt ends whatever call hangs, on systems that can.
	interrupt()

	// connect powers the card of a reader for us alone.
	connect(name string, allowed protocol) (handle, error)

	release()
}

// handle is a connected card.
type handle interface {
	protocol() protocol

	// begin keeps others from the card until it is disconnected, on systems
	// where that does no harm.
	begin() error

	status() (cardStatus, error)

	// transmit sends at least one byte. The answer belongs to the caller.
	transmit(command []byte) ([]byte, error)

	// control talks to the reader. requestFeatures is the one code whose number
	// differs between systems; the others come out of its answer.
	control(ioctl uint32, in []byte) ([]byte, error)

	// disconnect powers the card off.
	disconnect() error
}

// protocol is a set of transmission protocols, as SCardConnect takes it.
type protocol uint32

// The two protocols of a contact card; a contactless one speaks T=1.
const (
	protocolT0 protocol = 1
	protocolT1 protocol = 2
)

// cardStatus is what SCardStatus says.
type cardStatus struct {
	atr     []byte
	present bool
	events  uint16 // counts insertions and removals where the system does
}

// requestFeatures stands for CM_IOCTL_GET_FEATURE_REQUEST, SCARD_CTL_CODE(3400)
// (PC/SC part 10, 2.2).
const requestFeatures uint32 = 0
