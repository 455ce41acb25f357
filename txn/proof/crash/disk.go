package crash

import (
	"bytes"
	"path"
)

const (
	sectorSize = 512  // what a drive writes whole, mostly
	pageSize   = 4096 // what an operating system writes back at once
)

// Disk is a file system in memory whose power can be cut. It is a
// [github.com/ncruces/go-sqlite3/vfs.VFS] for one database, used by one
// goroutine.
//
// What a program reads is not what a platter holds. Each file has a live
// content, a sure content that survives every cut, and between them the list of
// changes that no sync has covered. Each folder has the names a program sees,
// the names that are sure, and the moves between them. [Disk.Cut] turns all of
// that into a disk that could be found after a power cut, [Disk.Kill] into the
// one a new process finds after the old one died.
type Disk struct {
	names  map[string]*node // what a program sees
	sure   map[string]*node // the names that survive every cut
	moves  []move           // changes of the folder not covered by a sync of it
	litter []byte           // the last file deleted, as its blocks may come back in another

	life int // counts the processes; a handle of an earlier one is dead
	ops  int // the operations done so far that a cut can fall between

	// Before is called before each operation that changes something.
	Before func(Op)
	// Fault says whether an operation fails; nil for a sound disk.
	Fault func(Op) Fault
	// Lies makes Sync say yes and do nothing, as some drives do.
	Lies func(Op) bool
	// Trace gets a line for each operation.
	Trace func(n int, op Op, outcome string)
}

// node is one file, whatever its names.
type node struct {
	live  []byte
	sure  []byte
	log   []change
	tries int   // syncs that have failed
	owner *file // holds the database locked
}

// change is a write, or with nil data a new size.
type change struct {
	off  int64
	data []byte
	size int64
	// lost: a sync of it failed. The system thinks no more of it, so that a later
	// sync that succeeds does not cover it; yet it may have reached the platter.
	lost  bool
	tries int // the node's, when it was written
}

// move gives a name to a file, or takes it away when the node is nil.
type move struct {
	name string
	node *node
}

// NewDisk is an empty disk.
func NewDisk() *Disk {
	return &Disk{names: map[string]*node{}, sure: map[string]*node{}}
}

// Ops is how many operations that change something were done or tried.
func (d *Disk) Ops() int { return d.ops }

// Kill ends the process that used the disk: its handles are dead and its locks
// gone, but what it wrote is what the next process reads, synced or not.
func (d *Disk) Kill() {
	d.life++
	for _, n := range d.names {
		n.owner = nil
	}
}

// SyncDir makes the folder's names sure. The database library never does this
// for a file it creates, only for one it deletes; the journal does it itself.
func (d *Disk) SyncDir(string) error {
	op := Op{Kind: OpSyncDir, File: "."}
	return d.do(op, func(f Fault) error {
		if f.Err != nil {
			return f.Err
		}
		if d.Lies == nil || !d.Lies(op) {
			d.settleNames()
		}
		return nil
	})
}

func (d *Disk) settleNames() {
	for _, m := range d.moves {
		apply(d.sure, m)
	}
	d.moves = d.moves[:0]
}

func apply(names map[string]*node, m move) {
	if m.node == nil {
		delete(names, m.name)
		return
	}
	names[m.name] = m.node
}

func (d *Disk) move(m move) {
	apply(d.names, m)
	d.moves = append(d.moves, m)
}

// create makes an empty file under a name.
func (d *Disk) create(name string) *node {
	n := &node{}
	d.move(move{name, n})
	return n
}

// unlink takes a name away; the file stays on the platter until the folder is
// synced, and may come back.
func (d *Disk) unlink(name string) {
	d.litter = bytes.Clone(d.names[name].live)
	d.move(move{name, nil})
}

// do performs one operation that changes something: first whoever waits for the
// boundary before it, then the fault, then the operation itself.
func (d *Disk) do(op Op, run func(Fault) error) error {
	if d.Before != nil {
		d.Before(op)
	}
	d.ops++
	var f Fault
	if d.Fault != nil {
		f = d.Fault(op)
	}
	err := run(f)
	if d.Trace != nil {
		outcome := "ok"
		if err != nil {
			outcome = err.Error()
		}
		d.Trace(d.ops, op, outcome)
	}
	return err
}

// write changes bytes, in what a program sees at once.
func (n *node) write(off int64, b []byte) {
	n.live = place(n.live, off, b)
	n.log = append(n.log, change{off: off, data: bytes.Clone(b), tries: n.tries})
}

// resize cuts the file off or lengthens it with zeros.
func (n *node) resize(size int64) {
	if int64(len(n.live)) == size {
		return
	}
	n.live = fit(n.live, size)
	n.log = append(n.log, change{size: size, tries: n.tries})
}

// sync makes the changes sure. A change whose sync failed before is covered
// only if its page was written again since: then the page goes out whole.
func (n *node) sync() {
	var kept []change
	for i, c := range n.log {
		if c.lost && !n.rewritten(c, n.log[i+1:]) {
			kept = append(kept, c)
			continue
		}
		n.sure = c.onto(n.sure)
	}
	n.log = kept
}

// rewritten reports whether every page of a lost change was written since.
func (n *node) rewritten(c change, later []change) bool {
	if c.data == nil {
		return false
	}
	for p := c.off / pageSize; p*pageSize < c.off+int64(len(c.data)); p++ {
		again := false
		for _, l := range later {
			again = again || !l.lost && l.data != nil && l.off < (p+1)*pageSize && l.off+int64(len(l.data)) > p*pageSize
		}
		if !again {
			return false
		}
	}
	return true
}

// syncFailed leaves it open which changes are on the platter, now and for good.
// Each is broken into pages, which are written again one by one.
func (n *node) syncFailed() {
	n.tries++
	var log []change
	for _, c := range n.log {
		if c.lost || c.data == nil {
			c.lost = c.lost || c.data != nil // the size is the file system's own: it is written again
			log = append(log, c)
			continue
		}
		for b, off := c.data, c.off; len(b) > 0; {
			k := min(int64(len(b)), pageSize-off%pageSize)
			log = append(log, change{off: off, data: b[:k:k], lost: true, tries: c.tries})
			b, off = b[k:], off+k
		}
	}
	n.log = log
}

func (c change) onto(b []byte) []byte {
	if c.data == nil {
		return fit(b, c.size)
	}
	return place(b, c.off, c.data)
}

// place writes data at an offset; a gap before it is zeros.
func place(b []byte, off int64, data []byte) []byte {
	if end := off + int64(len(data)); end > int64(len(b)) {
		b = fit(b, end)
	}
	copy(b[off:], data)
	return b
}

// fit gives b another length, with zeros where it grows.
func fit(b []byte, size int64) []byte {
	if size <= int64(len(b)) {
		return b[:size]
	}
	if size <= int64(cap(b)) {
		old := len(b)
		b = b[:size]
		clear(b[old:])
		return b
	}
	grown := make([]byte, size, size+size/4+pageSize)
	copy(grown, b)
	return grown
}

// base is a name as a trace shows it.
func base(name string) string { return path.Base(name) }
