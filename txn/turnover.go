package txn

// Turnover is what a day came to: by the hour, by the kind, and the week that ends with
// it by the day. It counts what was charged or given back and stands: what was voided,
// reversed or declined is in none of it. What was given back is below zero.
type Turnover struct {
	Day      Day
	Currency Currency // of the newest transaction; those in another are left out
	Hours    [24]Tally
	Kinds    []KindTally // in the order of [Kinds]; those that came to something
	Week     [7]DayTally // oldest first; the last is Day
}

// KindTally is what transactions of one kind came to.
type KindTally struct {
	Kind Kind
	Tally
}

// DayTally is what a day came to.
type DayTally struct {
	Day Day
	Tally
}

// Sum is the whole day.
func (t *Turnover) Sum() Tally { return t.Week[len(t.Week)-1].Tally }

// Add counts more.
func (t *Tally) Add(more Tally) {
	t.Count += more.Count
	t.Minor += more.Minor
}
