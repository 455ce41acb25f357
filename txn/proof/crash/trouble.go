package crash

import (
	"io"
	"math/rand/v2"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// trouble is a spell of a bad disk: from one operation on, some kinds of
// operation fail for a while. The zero value is a sound disk.
type trouble struct {
	r      *rand.Rand
	wait   int // operations of those kinds until it begins
	left   int // failures still to come
	kinds  []OpKind
	full   bool // only what would make a file longer fails
	struck bool // something has failed
}

// newTrouble draws a spell for a process; half of them have none. A sync that
// fails is the worst there is, since nobody knows what is on the disk: most spells are of
// that, and begin while a process still appends.
func newTrouble(r *rand.Rand) trouble {
	if r.IntN(2) > 0 {
		return trouble{}
	}
	t := trouble{r: dice(r.Uint64(), 2), wait: r.IntN(200), left: []int{1, 2, 3, 5, 1 << 20}[r.IntN(5)]}
	switch r.IntN(8) {
	case 0:
		t.kinds = []OpKind{OpWrite}
	case 1, 2, 3, 4:
		t.kinds, t.wait = []OpKind{OpSync}, r.IntN(16)
	case 5:
		t.kinds, t.full = []OpKind{OpWrite, OpCreate, OpExtend}, true
	case 6:
		t.kinds = []OpKind{OpRead}
	default:
		t.kinds = []OpKind{OpWrite, OpSync, OpTruncate, OpExtend, OpCreate, OpDelete, OpSyncDir, OpRead}
	}
	return t
}

// fault is Disk.Fault. The errors are those the library's own file access gives.
func (h *history) fault(op Op) Fault {
	t := &h.trouble
	if t.left == 0 || !contains(t.kinds, op.Kind) || t.full && !h.disk.grows(op) {
		return Fault{}
	}
	if t.wait > 0 {
		t.wait--
		return Fault{}
	}
	t.left--
	t.struck = true
	switch {
	case t.full && op.Kind == OpWrite:
		return Fault{vfs.SystemError(syscall.ENOSPC, sqlite3.FULL), t.part(op)}
	case t.full:
		return Fault{Err: syscall.ENOSPC}
	case op.Kind == OpWrite:
		return Fault{syscall.EIO, t.part(op)}
	case op.Kind == OpRead && t.r.IntN(2) == 0:
		return Fault{io.ErrUnexpectedEOF, t.r.IntN(op.Len)}
	case op.Kind == OpRead:
		return Fault{Err: vfs.SystemError(syscall.EIO, sqlite3.IOERR_CORRUPTFS)}
	default:
		return Fault{Err: syscall.EIO}
	}
}

// part is how much of a failing write is done: often nothing, never all.
func (t *trouble) part(op Op) int {
	if t.r.IntN(2) == 0 || op.Len < 2 {
		return 0
	}
	return t.r.IntN(op.Len)
}

func contains(kinds []OpKind, k OpKind) bool {
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return false
}

// grows reports whether an operation needs room.
func (d *Disk) grows(op Op) bool {
	n := d.names[op.File]
	switch op.Kind {
	case OpWrite:
		return n != nil && op.Off+int64(op.Len) > int64(len(n.live))
	default:
		return op.Kind == OpCreate || op.Kind == OpExtend
	}
}

// Quiet reports whether a power cut now would change nothing.
func (d *Disk) Quiet() bool {
	if len(d.moves) > 0 {
		return false
	}
	for _, n := range d.names {
		if len(n.log) > 0 {
			return false
		}
	}
	return true
}
