//go:build !nopcsc && (windows || (cgo && (linux || darwin)))

package pcsc

import (
	"errors"
	"fmt"

	"github.com/ebfe/scard"
)

var systemPort port = listReaders

// listReaders opens a context of its own, because one context must not be used
// by two threads at a time.
func listReaders() ([]string, error) {
	service, err := scard.EstablishContext()
	if err != nil {
		return nil, fmt.Errorf("pcsc: establish context: %w", err)
	}
	// Nothing can be done about a context that does not close.
	defer func() { _ = service.Release() }()
	names, err := service.ListReaders()
	switch {
	case errors.Is(err, scard.ErrNoReadersAvailable):
		return nil, errNoReader
	case err != nil:
		return nil, fmt.Errorf("pcsc: list readers: %w", err)
	}
	return names, nil
}
