package journal

import (
	"fmt"

	"vpos/txn"
)

// page reads the hits of a filter. Those of an index by the month come month by month,
// the newest first, until there are enough.
func (j *Journal) page(w *where, f Filter) (list []Summary, err error) {
	take := func(s Summary) error { list = append(list, s); return nil }
	if !w.monthly {
		rest, args := w.rest(w.order, f)
		return list, j.summaries(rest, w.order, take, args...)
	}
	month := w.months[1]
	for {
		if month, err = j.monthUpTo(month); err != nil || month == 0 || month/100 < w.months[0]/100 {
			return list, err
		}
		in := where{terms: append([]string{"i.day / 100 = ?"}, w.terms...), args: append([]any{int64(month / 100)}, w.args...)}
		before := len(list)
		rest, args := in.rest(w.order, f)
		if err := j.summaries(rest, w.order, take, args...); err != nil {
			return list, err
		}
		found := len(list) - before
		if f.Limit > 0 {
			if f.Limit -= found; f.Limit == 0 {
				return list, nil
			}
		}
		if f.Offset > 0 {
			if f.Offset, err = j.passedOver(&in, f.Offset, found); err != nil {
				return list, err
			}
		}
		month = month/100*100 - 1
	}
}

// passedOver is how many hits are still to be passed over behind a month.
func (j *Journal) passedOver(month *where, offset, found int) (int, error) {
	if found > 0 {
		return 0, nil
	}
	n, err := j.db.number("SELECT count(*) FROM item i"+month.clause(), month.args...)
	if err != nil {
		return 0, fmt.Errorf("count a month: %w", err)
	}
	return max(0, offset-int(n)), nil
}

// monthUpTo is a day of the newest month that has a transaction and does not begin after
// a day; zero for none.
func (j *Journal) monthUpTo(day txn.Day) (txn.Day, error) {
	n, err := j.db.number("SELECT ifnull(max(day), 0) FROM item WHERE day <= ?", int64(day))
	if err != nil {
		return 0, fmt.Errorf("look for a month: %w", err)
	}
	return txn.MakeDay(n), nil
}
