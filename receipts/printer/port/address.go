// Package port opens the ways to a printer: TCP, a serial line, the printer device of
// Linux, the spoolers of Windows and CUPS. It knows no ESC/POS.
package port

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// Way is how a printer is reached. The words are those of the configuration.
type Way string

// The ways.
const (
	TCP     Way = "tcp"     // raw, a connection a job
	Serial  Way = "serial"  // 8 data bits, no parity, 1 stop bit
	USB     Way = "usb"     // the printer device of Linux
	Windows Way = "windows" // a queue of the spooler, RAW
	CUPS    Way = "cups"    // a raw queue
)

// Ways lists them.
func Ways() []Way { return []Way{TCP, Serial, USB, Windows, CUPS} }

// Address is where a printer is. Make one with [Parse].
type Address struct {
	Way  Way
	Name string // host:port, a device or a queue
	Baud int    // of a serial line
}

// What can be wrong.
var (
	ErrAddress   = errors.New("not the address of a printer")
	ErrMissing   = errors.New("no such device or queue")
	ErrDenied    = errors.New("no right to use the printer")
	ErrBusy      = errors.New("the printer is in use")
	ErrUnreached = errors.New("the printer is not reached")
	ErrUnable    = errors.New("not to be had on this system")
)

const (
	rawPort     = "9100"
	defaultBaud = 9600
	maxName     = 200
)

// Parse reads a setting such as tcp:192.0.2.7:9100, serial:/dev/ttyUSB0@19200,
// usb:/dev/usb/lp0, windows:Receipts or cups:receipts. The error wraps [ErrAddress].
func Parse(setting string) (Address, error) {
	way, name, ok := strings.Cut(setting, ":")
	a := Address{Way: Way(way), Name: name}
	if !ok || strings.TrimSpace(name) == "" || len(name) > maxName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return Address{}, fmt.Errorf("%w: %q", ErrAddress, setting)
	}
	switch a.Way {
	case TCP:
		return a.tcp()
	case Serial:
		device, baud, given := strings.Cut(name, "@")
		a.Name, a.Baud = device, defaultBaud
		n, err := strconv.Atoi(baud)
		if given && (err != nil || n < 300 || n > 4_000_000) || device == "" {
			return Address{}, fmt.Errorf("%w: %q: the speed", ErrAddress, setting)
		}
		if given {
			a.Baud = n
		}
		return a, nil
	case USB, Windows:
		return a, nil
	case CUPS:
		if strings.HasPrefix(name, "-") || strings.ContainsAny(name, "/ \t") {
			return Address{}, fmt.Errorf("%w: %q: not the name of a queue", ErrAddress, setting)
		}
		return a, nil
	}
	return Address{}, fmt.Errorf("%w: %q: want one of %v", ErrAddress, setting, Ways())
}

func (a Address) tcp() (Address, error) {
	host, number, err := net.SplitHostPort(a.Name)
	if err != nil { // no port
		host, number = strings.Trim(a.Name, "[]"), rawPort
		if strings.Contains(host, ":") && net.ParseIP(host) == nil {
			return Address{}, fmt.Errorf("%w: %q", ErrAddress, a.Name)
		}
	}
	if strings.ContainsAny(host, "[] \t/") {
		return Address{}, fmt.Errorf("%w: %q: not the name of a host", ErrAddress, a.Name)
	}
	if n, err := strconv.ParseUint(number, 10, 16); err != nil || n == 0 || host == "" {
		return Address{}, fmt.Errorf("%w: %q: the port", ErrAddress, a.Name)
	}
	a.Name = net.JoinHostPort(host, number)
	return a, nil
}

// String is the setting that [Parse] takes.
func (a Address) String() string {
	if a.Way == Serial {
		return fmt.Sprintf("%s:%s@%d", a.Way, a.Name, a.Baud)
	}
	return string(a.Way) + ":" + a.Name
}

// Answers reports whether the printer can say anything on this way: a queue cannot.
func (a Address) Answers() bool { return a.Way == TCP || a.Way == Serial || a.Way == USB }

// Port is an open way. Closing it hands over what a queue has been given; its error is the
// queue's.
type Port interface {
	Read(p []byte) (int, error) // os.ErrDeadlineExceeded when nothing comes in time
	Write(p []byte) (int, error)
	Close() error
	SetDeadline(t time.Time) error
}

// Found is a printer that this computer knows of.
type Found struct {
	Setting string // for receipts.printer
	About   string // what the system calls it; may be empty
}
