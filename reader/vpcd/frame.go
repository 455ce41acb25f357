package vpcd

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	lengthSize = 2
	maxPayload = 1<<16 - 1 // what the length can say
)

var (
	errEmpty = errors.New("vpcd: a message without a byte")
	errLong  = fmt.Errorf("vpcd: more than %d bytes in one message", maxPayload)
)

// link reads and writes messages over one buffer each way. They are as large as
// the largest message, so no length from outside is ever allocated.
type link struct {
	rw   io.ReadWriter
	wake func() // before each read; nil is nothing
	in   [maxPayload]byte
	out  [lengthSize + maxPayload]byte
}

// receive gives the next message, 1 to 65535 bytes, good until the next call.
// A reader that closes between messages is [io.EOF], inside one
// [io.ErrUnexpectedEOF].
func (l *link) receive() ([]byte, error) {
	var head [lengthSize]byte
	if err := l.fill(head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint16(head[:])
	if n == 0 {
		return nil, errEmpty
	}
	if err := l.fill(l.in[:n]); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return l.in[:n], nil
}

// fill reads until b is full.
func (l *link) fill(b []byte) error {
	for done := 0; done < len(b); {
		if l.wake != nil {
			l.wake()
		}
		n, err := l.rw.Read(b[done:])
		done += n
		switch {
		case done == len(b):
		case errors.Is(err, io.EOF) && done > 0:
			return io.ErrUnexpectedEOF
		case err != nil:
			return fmt.Errorf("vpcd: read: %w", err)
		}
	}
	return nil
}

// send writes one message in one piece; an empty one is allowed.
func (l *link) send(payload []byte) error {
	if len(payload) > maxPayload {
		return errLong
	}
	binary.BigEndian.PutUint16(l.out[:], uint16(len(payload))) //nolint:gosec // at most maxPayload
	n := copy(l.out[lengthSize:], payload)
	_, err := l.rw.Write(l.out[:lengthSize+n])
	clear(l.out[:lengthSize+n])
	if err != nil {
		return fmt.Errorf("vpcd: write: %w", err)
	}
	return nil
}
