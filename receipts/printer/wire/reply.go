package wire

// What comes back from a printer, byte by byte.

// Status is what DLE EOT 1 to 4 told.
type Status struct {
	Offline  bool
	Cover    bool // open
	PaperOut bool
	NearEnd  bool // a warning
	Cutter   bool // jammed
	Fault    bool // any other that it reports
}

// Real-time status replies have these bits fixed (EPSON ESC/POS, DLE EOT).
const (
	statusMask  = 0x93
	statusFixed = 0x12
)

// take adds the reply to DLE EOT n; false where it is none.
func (s *Status) take(n int, b byte) bool {
	if b&statusMask != statusFixed {
		return false
	}
	has := func(bits byte) bool { return b&bits != 0 }
	switch n {
	case 1:
		s.Offline = has(0x08)
	case 2:
		s.Cover = has(0x04)
		s.PaperOut = s.PaperOut || has(0x20)
		s.Fault = s.Fault || has(0x40)
	case 3:
		s.Cutter = has(0x08)
		s.Fault = s.Fault || has(0x60)
	case 4:
		s.NearEnd = has(0x0C)
		s.PaperOut = s.PaperOut || has(0x60)
	}
	return true
}

// replies takes a printer's bytes apart: process IDs, status bytes, and what it sends
// unasked, which is dropped.
type replies struct {
	id       []byte // of a process ID reply, as far as it has come; nil outside one
	asb      int    // bytes of an automatic status still to come
	ids      [][4]byte
	statuses []byte
}

const (
	idHeader = 0x37
	idSymbol = 0x22
	idLength = 7 // header, symbol, four of the ID, NUL
	xon      = 0x11
	xoff     = 0x13
	asbBytes = 3 // after the first
)

func (r *replies) feed(data []byte) {
	for _, b := range data {
		r.one(b)
	}
}

func (r *replies) one(b byte) {
	switch {
	case r.id != nil:
		r.inID(b)
	case r.asb > 0 && b&0x90 == 0:
		r.asb--
	case b == idHeader:
		r.id = append(make([]byte, 0, idLength), b)
	case b == xon, b == xoff:
	case b&statusMask == 0x10: // ASB: the first of four
		r.asb = asbBytes
	default:
		r.asb = 0
		r.statuses = append(r.statuses, b)
	}
}

func (r *replies) inID(b byte) {
	r.id = append(r.id, b)
	switch n := len(r.id); {
	case n == 2 && b != idSymbol:
		r.id = nil
	case n == idLength:
		if b == 0 {
			r.ids = append(r.ids, [4]byte(r.id[2:6]))
		}
		r.id = nil
	}
}
