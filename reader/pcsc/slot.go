package pcsc

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vpos/reader"
)

// slot is an open card. Its owner makes the calls.
type slot struct {
	name     string
	atr      []byte
	protocol protocol
	owner    *owner
}

var (
	_ reader.Slot   = (*slot)(nil)
	_ reader.Pinpad = (*pinpad)(nil)
)

func (s *slot) Name() string { return s.name }
func (s *slot) ATR() []byte  { return slices.Clone(s.atr) }

// reply is the answer to a command.
type reply struct {
	sw   uint16
	data []byte
	err  error
}

func (s *slot) Transmit(ctx context.Context, command []byte) (uint16, []byte, error) {
	if _, err := shapeOf(command); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", reader.ErrReader, err)
	}
	instruction := command[1]
	// The owner may still be at it when the caller has wiped the command.
	command = slices.Clone(command)
	got, err := ask(ctx, s.owner, func(c *connection) reply {
		defer clear(command)
		if c.dead != nil {
			return reply{err: c.dead}
		}
		sw, data, err := exchange(c.send, s.protocol, command)
		if err != nil {
			return reply{err: c.verdict(err)}
		}
		return reply{sw: sw, data: data}
	})
	if err == nil {
		err = got.err
	}
	if err != nil {
		return 0, nil, fmt.Errorf("pcsc: instruction %02X: %w", instruction, err)
	}
	return got.sw, got.data, nil
}

// closeLimit is how long Close waits for the card to be let go.
const closeLimit = Limit

func (s *slot) Close() error {
	select {
	case <-s.owner.quit: // closed before, or left behind in a call that hangs
		return nil
	default:
	}
	s.owner.release()
	limit := time.NewTimer(closeLimit)
	defer limit.Stop()
	select {
	case <-s.owner.gone:
		return s.owner.conn.err
	case <-limit.C:
		return fmt.Errorf("pcsc: close: %w: %w", reader.ErrReader, ErrTimeout)
	}
}
