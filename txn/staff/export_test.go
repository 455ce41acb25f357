package staff

import "vpos/reader"

// Cheap has a keeper make and take hashes that cost next to nothing.
func (k *Keeper) Cheap() *Keeper { return k.Costing(8) }

// Costing has a keeper make and take hashes of one pass over so many KiB.
func (k *Keeper) Costing(memory uint32) *Keeper {
	k.cost = Cost{Time: 1, Memory: memory, Lanes: 1}
	return k
}

// Compared calls f at once after each comparison: its result is known by then.
func (k *Keeper) Compared(f func(right bool)) {
	inner := k.matches
	k.matches = func(e *Entry, pin reader.Secret, least Cost) (bool, error) {
		right, err := inner(e, pin, least)
		f(right)
		return right, err
	}
}
