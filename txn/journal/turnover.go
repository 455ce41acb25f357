package journal

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Turnover is what a day came to, and the six before it.
func (j *Journal) Turnover(ctx context.Context, day txn.Day) (txn.Turnover, error) {
	if err := j.lock(); err != nil {
		return txn.Turnover{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	t, err := j.turnover(day)
	return t, wrap("turnover", err)
}

// selectTurnover sums what stands of some days. The hour is that of the wall clock under
// which a transaction began, as is its day; the newest currency comes first.
const selectTurnover = `SELECT i.day, (f.at / 1000 + f.zone) % 86400 / 3600, i.kind, i.counts, f.currency, count(*), sum(i.amount), max(i.first)
	FROM item i CROSS JOIN journal f ON f.seq = i.first
	WHERE i.day BETWEEN ? AND ? AND i.status = 'approved' AND i.counts <> 0
	GROUP BY 1, 2, 3, 4, 5 ORDER BY max(i.first) DESC`

func (j *Journal) turnover(day txn.Day) (txn.Turnover, error) {
	t := txn.Turnover{Day: day}
	for i := range t.Week {
		t.Week[i].Day = day.Add(i - len(t.Week) + 1)
	}
	kinds, currency := map[txn.Kind]txn.Tally{}, ""
	err := j.db.query(selectTurnover, func(s *sqlite3.Stmt) (bool, error) {
		if number := s.ColumnText(4); currency == "" {
			currency = number
		} else if number != currency {
			return true, nil
		}
		tally := txn.Tally{Count: s.ColumnInt(5), Minor: s.ColumnInt64(6)}
		if txn.Side(s.ColumnInt(3)) == txn.Credit { //nolint:gosec // as it was written
			tally.Minor = -tally.Minor
		}
		at := txn.MakeDay(s.ColumnInt64(0))
		for i := range t.Week {
			if t.Week[i].Day == at {
				t.Week[i].Add(tally)
			}
		}
		if hour := s.ColumnInt(1); at == day && hour >= 0 && hour < len(t.Hours) {
			t.Hours[hour].Add(tally)
			sum := kinds[txn.Kind(s.ColumnText(2))]
			sum.Add(tally)
			kinds[txn.Kind(s.ColumnText(2))] = sum
		}
		return true, nil
	}, int64(t.Week[0].Day), int64(day))
	if err != nil {
		return t, fmt.Errorf("read the days: %w", err)
	}
	t.Currency = txn.CurrencyNumbered(currency)
	for _, k := range txn.Kinds() {
		if sum, ok := kinds[k]; ok {
			t.Kinds = append(t.Kinds, txn.KindTally{Kind: k, Tally: sum})
		}
	}
	return t, nil
}
