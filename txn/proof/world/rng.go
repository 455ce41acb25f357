package world

// rng is SplitMix64: a few nanoseconds a number, and the same numbers for the
// same seed on every system.
type rng uint64

func (r *rng) next() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// n is a number below limit, which is small and not zero.
func (r *rng) n(limit int) int {
	return int(r.next() >> 32 * uint64(limit) >> 32) //nolint:gosec // below limit
}

// odds is true p times in 65536. It takes no number for p = 0, so that a world
// without a fault is the same world as one that does not know it.
func (r *rng) odds(p uint32) bool { return p > 0 && uint32(r.next()>>48) < p }
