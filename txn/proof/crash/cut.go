package crash

import (
	"bytes"
	"math/rand/v2"
	"slices"
)

// What a power cut leaves. A drive has a cache and writes it out in the order it
// likes, a sector at a time, and the system above it does much the same with
// files and folders. So of everything that was not synced, any part may be
// there. Half of the time that is drawn sector by sector; the rest are the
// shapes that real damage has and that coin tosses seldom hit.

// shape is a way in which unsynced changes survive.
type shape int

const (
	shapeNone   shape = iota // nothing unsynced was written out
	shapeAll                 // all of it was
	shapePrefix              // written out in order, to the middle of a sector
	shapeSuffix              // the newest was, the oldest was not
	shapeGap                 // all but one sector
	shapeFew                 // each sector with one chance in eight
	shapeHalf                // each sector with one chance in two
	shapeMost                // each sector with seven chances in eight
	shapeTried               // all that an earlier sync was to cover, which failed; nothing written since
	shapes
)

// filling is what is found where a file grew and nothing was written.
type filling int

const (
	fillZeros filling = iota
	fillOnes
	fillNoise
	fillLitter // what a deleted file had in that place
	fillings
)

// Cut is a disk as it might be found after a power cut now. Draws come from r
// alone. The disk itself is left as it is, and no content is shared.
func (d *Disk) Cut(r *rand.Rand) *Disk {
	after := NewDisk()
	after.litter = d.litter
	done := map[*node]*node{}
	for _, name := range d.reachable() {
		n := d.survivingName(name, r)
		if n == nil {
			continue
		}
		if done[n] == nil {
			content := n.survive(r, d.litter)
			done[n] = &node{live: content, sure: bytes.Clone(content)}
		}
		after.names[name], after.sure[name] = done[n], done[n]
	}
	return after
}

// reachable lists every name that could survive, in order.
func (d *Disk) reachable() []string {
	var names []string
	for name := range d.sure {
		names = append(names, name)
	}
	for _, m := range d.moves {
		names = append(names, m.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// survivingName is what a name stands for after the cut. The moves of one name
// happen in order; those of two names know nothing of each other.
func (d *Disk) survivingName(name string, r *rand.Rand) *node {
	var could []*node
	could = append(could, d.sure[name])
	for _, m := range d.moves {
		if m.name == name {
			could = append(could, m.node)
		}
	}
	return could[r.IntN(len(could))]
}

// survivor draws which sectors of one file are there.
type survivor struct {
	r       *rand.Rand
	shape   shape
	at      int // sectors seen so far
	turn    int // the sector at which prefix, suffix and gap change
	tear    int // one kept sector in so many is torn; 0 for none
	filling filling
	litter  []byte
}

// survive is the content of a file after the cut.
func (n *node) survive(r *rand.Rand, litter []byte) []byte {
	out := append(make([]byte, 0, max(len(n.live), len(n.sure))+pageSize), n.sure...)
	if len(n.log) == 0 {
		return out
	}
	s := survivor{r: r, shape: shape(r.IntN(int(shapes))), litter: litter}
	if r.IntN(2) == 0 {
		s.shape = shapeFew + shape(r.IntN(3))
	}
	if r.IntN(2) == 0 {
		s.filling = filling(r.IntN(int(fillings)))
	}
	s.tear = []int{0, 0, 4, 32}[r.IntN(4)]
	s.turn = r.IntN(n.sectors())
	if tries := n.tried(); len(tries) > 0 && (s.shape == shapeTried || r.IntN(4) == 0) {
		s.shape, s.turn, s.tear = shapeTried, tries[r.IntN(len(tries))], 0
	}
	for _, c := range n.log {
		out = s.change(out, c)
	}
	if len(out) < len(n.live) && r.IntN(4) == 0 {
		out = s.grow(out, int64(len(n.live))) // the new length was written out, the bytes were not
	}
	return out
}

// tried lists where, in sectors, the changes begin that a sync which failed did not see.
func (n *node) tried() (list []int) {
	at := 0
	for i, c := range n.log {
		if i > 0 && c.tries != n.log[i-1].tries {
			list = append(list, at)
		}
		at += c.sectors()
	}
	return list
}

// sectors counts the pieces of the unsynced changes.
func (n *node) sectors() (count int) {
	for _, c := range n.log {
		count += c.sectors()
	}
	return max(count, 1)
}

func (c change) sectors() int {
	if c.data == nil {
		return 1
	}
	return 1 + int((c.off+int64(len(c.data))-1)/sectorSize-c.off/sectorSize)
}

// change applies what survives of one change.
func (s *survivor) change(out []byte, c change) []byte {
	if c.data == nil {
		switch keep, _ := s.next(); {
		case !keep:
		case c.size > int64(len(out)):
			out = s.grow(out, c.size)
		default:
			out = out[:c.size]
		}
		return out
	}
	for b, off := c.data, c.off; len(b) > 0; {
		k := min(int64(len(b)), sectorSize-off%sectorSize)
		piece, at := b[:k], off
		b, off = b[k:], off+k
		keep, torn := s.next()
		if !keep {
			continue
		}
		if torn {
			half := s.r.Int64N(k + 1)
			if s.shape == shapePrefix || s.r.IntN(2) == 0 {
				piece = piece[:half]
			} else {
				piece, at = piece[half:], at+half
			}
		}
		if len(piece) > 0 {
			out = s.place(out, at, piece)
		}
	}
	return out
}

// next draws whether the next sector is there, and whether only a part of it is.
func (s *survivor) next() (keep, torn bool) {
	at := s.at
	s.at++
	switch s.shape {
	case shapeAll:
		keep = true
	case shapePrefix:
		keep, torn = at <= s.turn, at == s.turn
	case shapeTried:
		keep = at < s.turn
	case shapeSuffix:
		keep = at >= s.turn
	case shapeGap:
		keep = at != s.turn
	case shapeFew:
		keep = s.r.IntN(8) == 0
	case shapeHalf:
		keep = s.r.IntN(2) == 0
	case shapeMost:
		keep = s.r.IntN(8) != 0
	default:
	}
	if s.tear > 0 && s.r.IntN(s.tear) == 0 {
		torn = true
	}
	return keep, torn
}

func (s *survivor) place(out []byte, off int64, b []byte) []byte {
	if off > int64(len(out)) {
		out = s.grow(out, off)
	}
	return place(out, off, b)
}

// grow lengthens the file with whatever was on the platter there.
func (s *survivor) grow(out []byte, size int64) []byte {
	from := len(out)
	out = fit(out, size)
	gap := out[from:]
	switch s.filling {
	case fillOnes:
		for i := range gap {
			gap[i] = 0xFF
		}
	case fillNoise:
		for i := range gap {
			gap[i] = byte(s.r.Uint32()) //nolint:gosec // noise
		}
	case fillLitter:
		if from < len(s.litter) {
			copy(gap, s.litter[from:])
		}
	default:
	}
	return out
}
