package crash

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// The database's view of a Disk. What it says of itself is what the library's
// own file access says on the systems the product runs on: overwriting part of
// a page leaves the rest alone, and no more than that.

// OpKind is what an operation does. The words are those of a trace.
type OpKind string

// The operations a cut can fall between, and reading.
const (
	OpCreate   OpKind = "create"
	OpDelete   OpKind = "delete"
	OpWrite    OpKind = "write"
	OpTruncate OpKind = "truncate"
	OpExtend   OpKind = "extend"
	OpSync     OpKind = "sync"
	OpSyncDir  OpKind = "sync folder"
	OpRead     OpKind = "read" // changes nothing: only a fault falls on it
)

// Op is one operation on the disk.
type Op struct {
	Kind OpKind
	File string
	Off  int64 // of a write; the size of a truncate
	Len  int
}

// String is a line of a trace.
func (o Op) String() string {
	switch o.Kind {
	case OpWrite, OpRead:
		return fmt.Sprintf("%s %s %d+%d", o.Kind, base(o.File), o.Off, o.Len)
	case OpTruncate, OpExtend:
		return fmt.Sprintf("%s %s to %d", o.Kind, base(o.File), o.Off)
	default:
		return fmt.Sprintf("%s %s", o.Kind, base(o.File))
	}
}

// Fault is how an operation fails; no error is no fault.
type Fault struct {
	Err error
	// Landed is how much of a failing write is done all the same.
	Landed int
}

var registered atomic.Uint64

// Register gives the disk a name for [journal.Options.VFS]; call the second
// result when it is not needed any more.
func (d *Disk) Register() (name string, forget func()) {
	name = fmt.Sprintf("crash-%d", registered.Add(1))
	vfs.Register(name, d)
	return name, func() { vfs.Unregister(name) }
}

// Open opens or creates a file.
func (d *Disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	n := d.names[name]
	if n == nil {
		if flags&vfs.OPEN_CREATE == 0 || name == "" {
			return nil, flags, sqlite3.CANTOPEN
		}
		err := d.do(Op{Kind: OpCreate, File: name}, func(f Fault) error {
			if f.Err == nil {
				n = d.create(name)
			}
			return f.Err
		})
		if err != nil {
			return nil, flags, err
		}
	}
	return &file{disk: d, node: n, name: name, life: d.life}, flags, nil
}

// Delete takes a file's name away, and makes that sure if it is asked to.
func (d *Disk) Delete(name string, syncDir bool) error {
	if d.names[name] == nil {
		return sqlite3.IOERR_DELETE_NOENT
	}
	err := d.do(Op{Kind: OpDelete, File: name}, func(f Fault) error {
		if f.Err == nil {
			d.unlink(name)
		}
		return f.Err
	})
	if err != nil || !syncDir {
		return err
	}
	if err := d.SyncDir(""); err != nil {
		return vfs.SystemError(err, sqlite3.IOERR_DIR_FSYNC) //nolint:wrapcheck // the library reads the code in it
	}
	return nil
}

// Access reports whether a file is there.
func (d *Disk) Access(name string, _ vfs.AccessFlag) (bool, error) { return d.names[name] != nil, nil }

// FullPathname is the name: there is one folder.
func (d *Disk) FullPathname(name string) (string, error) { return name, nil }

// file is one open file.
type file struct {
	disk *Disk
	node *node
	name string
	life int
	lock vfs.LockLevel
}

var (
	_ vfs.FileSizeHint  = &file{}
	_ vfs.FileLockState = &file{}
	_ vfs.FileHasMoved  = &file{}
)

// errDead answers a process that was killed and does not know it.
var errDead = errors.New("the process is dead")

func (f *file) alive() error {
	if f.life != f.disk.life {
		return vfs.SystemError(errDead, sqlite3.IOERR) //nolint:wrapcheck // the library reads the code in it
	}
	return nil
}

func (f *file) Close() error { return f.Unlock(vfs.LOCK_NONE) }

func (f *file) ReadAt(b []byte, off int64) (int, error) {
	if err := f.alive(); err != nil {
		return 0, err
	}
	if f.disk.Fault != nil {
		if x := f.disk.Fault(Op{Kind: OpRead, File: f.name, Off: off, Len: len(b)}); x.Err != nil {
			return copy(b[:min(x.Landed, len(b))], f.node.live[min(off, int64(len(f.node.live))):]), x.Err
		}
	}
	if off >= int64(len(f.node.live)) {
		return 0, io.EOF
	}
	n := copy(b, f.node.live[off:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) WriteAt(b []byte, off int64) (int, error) {
	if err := f.alive(); err != nil {
		return 0, err
	}
	err := f.disk.do(Op{Kind: OpWrite, File: f.name, Off: off, Len: len(b)}, func(x Fault) error {
		if x.Err == nil {
			f.node.write(off, b)
		} else if x.Landed > 0 {
			f.node.write(off, b[:min(x.Landed, len(b))])
		}
		return x.Err
	})
	if err != nil {
		return 0, err
	}
	return len(b), nil
}

func (f *file) Truncate(size int64) error { return f.resize(OpTruncate, size) }

// SizeHint lengthens the file, as the library's own does.
func (f *file) SizeHint(size int64) error {
	if size <= int64(len(f.node.live)) {
		return nil
	}
	return f.resize(OpExtend, size)
}

func (f *file) resize(kind OpKind, size int64) error {
	if err := f.alive(); err != nil {
		return err
	}
	return f.disk.do(Op{Kind: kind, File: f.name, Off: size}, func(x Fault) error {
		if x.Err == nil {
			f.node.resize(size)
		}
		return x.Err
	})
}

// Sync makes the content sure, not the name.
func (f *file) Sync(vfs.SyncFlag) error {
	if err := f.alive(); err != nil {
		return err
	}
	op := Op{Kind: OpSync, File: f.name}
	return f.disk.do(op, func(x Fault) error {
		switch {
		case x.Err != nil:
			f.node.syncFailed()
		case f.disk.Lies == nil || !f.disk.Lies(op):
			f.node.sync()
		}
		return x.Err
	})
}

func (f *file) Size() (int64, error) { return int64(len(f.node.live)), f.alive() }

// Lock lets one handle have the database; the journal never wants it shared.
func (f *file) Lock(level vfs.LockLevel) error {
	if err := f.alive(); err != nil {
		return err
	}
	if f.node.owner != nil && f.node.owner != f {
		return sqlite3.BUSY
	}
	f.node.owner, f.lock = f, max(f.lock, level)
	return nil
}

func (f *file) Unlock(level vfs.LockLevel) error {
	f.lock = min(f.lock, level)
	if f.node.owner == f && f.lock == vfs.LOCK_NONE {
		f.node.owner = nil
	}
	return nil
}

func (f *file) CheckReservedLock() (bool, error) { return f.lock >= vfs.LOCK_RESERVED, nil }
func (f *file) LockState() vfs.LockLevel         { return f.lock }
func (f *file) HasMoved() (bool, error)          { return f.disk.names[f.name] != f.node, nil }
func (*file) SectorSize() int                    { return pageSize }
func (*file) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_POWERSAFE_OVERWRITE | vfs.IOCAP_SUBPAGE_READ
}
