package crash

// Config says which history to play and where to cut it.
type Config struct {
	Seed  uint64
	Cuts  int               // at each boundary at which something is not synced; 1 if 0
	Only  *Point            // check this cut alone
	Trace func(line string) // what happens, for a person
	Stop  func() bool       // asked at each boundary
	Lies  func(Op) bool     // see Disk.Lies
}

// Tally is what histories came to.
type Tally struct {
	Cuts     int64
	Acked    int64 // appends acknowledged
	Unborn   int64 // cuts during the very first start that left a file no start accepts; nothing was in it
	Findings []Finding
}

// Add sums two tallies.
func (t *Tally) Add(o Tally) {
	t.Cuts += o.Cuts
	t.Acked += o.Acked
	t.Unborn += o.Unborn
	t.Findings = append(t.Findings, o.Findings...)
}

// Count is how many findings are of a kind.
func (t *Tally) Count(k Kind) (n int) {
	for _, f := range t.Findings {
		if f.Kind == k {
			n++
		}
	}
	return n
}
