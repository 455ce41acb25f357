package kill

import (
	"fmt"
	"strconv"
	"strings"
)

// shimVariable tells a process that it is the shim, and what is to fail:
// write:OFFSET or sync:DESCRIPTOR.
const shimVariable = "VPOS_KILL_EIO"

// never is an offset and a descriptor that do not occur.
const never = 1<<32 - 1

// parseFilter reads what the variable says.
func parseFilter(text string) (offset, descriptor uint32, err error) {
	kind, number, _ := strings.Cut(text, ":")
	n, err := strconv.ParseUint(number, 10, 32)
	switch {
	case err != nil:
	case kind == "write":
		return uint32(n), never, nil
	case kind == "sync":
		return never, uint32(n), nil
	default:
		err = strconv.ErrSyntax
	}
	return 0, 0, fmt.Errorf("%s=%q: %w", shimVariable, text, err)
}
