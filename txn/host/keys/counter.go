package keys

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
)

// fileCounter keeps the counter of one initial key in a file of its own, named after
// the key's serial number and check value. The file outlives the key. A folder restored
// from a backup brings back the counter of that day, which no file can know: an initial
// key is loaded anew after that, never restored.
type fileCounter struct {
	mu     sync.Mutex
	store  *Store
	name   string // the file's
	device []byte // the serial number with its counter's bits zero
}

// counter is that of an initial key.
func (s *Store) counter(h Held) (*fileCounter, error) {
	check, err := h.CheckValue()
	if err != nil {
		return nil, err
	}
	sc, err := h.Purpose.Cipher().dukpt()
	if err != nil {
		return nil, err
	}
	device, _, err := sc.split(h.KSN)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(slices.Concat(device, check[:]))
	name := string(h.Purpose) + "-" + hex.EncodeToString(sum[:8]) + ".count"
	return &fileCounter{store: s, name: name, device: device}, nil
}

func (c *fileCounter) path() string { return filepath.Join(c.store.dir, c.name) }

// begin makes the file where there is none.
func (c *fileCounter) begin() error {
	_, err := c.last()
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return c.write(0)
}

// last is the counter that was last stored. A file that is not there is an error: a
// counter that began again would use every key twice.
func (c *fileCounter) last() (uint32, error) {
	sealed, err := readFile(c.path())
	if err != nil {
		return 0, fmt.Errorf("counter: %w", err)
	}
	content, err := c.store.sealer.Open(sealed, c.store.bound(c.name))
	if err != nil {
		return 0, fmt.Errorf("counter: %w", err)
	}
	if len(content) != 4 {
		return 0, fmt.Errorf("counter: %w", ErrSealed)
	}
	return binary.BigEndian.Uint32(content), nil
}

// Advance makes next durable. One that does not go up is [ErrCounter]: somebody else
// uses the same key.
func (c *fileCounter) Advance(next uint32) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	last, err := c.last()
	if err != nil {
		return err
	}
	if next <= last {
		return ErrCounter
	}
	return c.write(next)
}

func (c *fileCounter) write(n uint32) error {
	return c.store.write(c.path(), binary.BigEndian.AppendUint32(nil, n), c.name)
}
