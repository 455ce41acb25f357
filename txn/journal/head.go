package journal

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrHash: what should be the beginning of a hash is none, or too short to mean one row.
var ErrHash = errors.New("not the beginning of a hash")

// FindHash finds the row whose hash begins with hexadecimal digits, sixteen at least, an
// even number of them: what the slip of a settlement says. It is nil where the chain has
// no such row, and so is not the chain that the slip was printed from.
func (j *Journal) FindHash(ctx context.Context, digits string) (*Row, error) {
	prefix, err := hex.DecodeString(digits)
	if err != nil || len(prefix) < 8 || len(prefix) > len(Hash{}) {
		return nil, fmt.Errorf("journal: find a hash: %w", ErrHash)
	}
	var found *Row
	err = j.locked(ctx, func() error {
		rows, err := j.rows(" WHERE substr(hash, 1, ?) = ? ORDER BY seq LIMIT 1", int64(len(prefix)), prefix)
		if len(rows) > 0 {
			found = &rows[0]
		}
		return err
	})
	return found, wrap("find a hash", err)
}
