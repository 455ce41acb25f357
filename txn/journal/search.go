package journal

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Looking transactions up. Everything they are looked up by stands in table item, each
// with an index that ends with the order of the list: a page of hits is a page of the
// index. Only one index is used for a search; the planner has no statistics, so which
// one is said here.

// where collects conditions and their arguments.
type where struct {
	terms   []string
	args    []any
	order   string // what hits are ordered by, newest first
	taken   bool   // an index is chosen
	monthly bool   // and it is one by the month
	months  [2]txn.Day
}

func (w *where) add(when bool, term string, arg any) {
	if when {
		w.terms, w.args = append(w.terms, term), append(w.args, arg)
	}
}

// by adds a condition on a column of item: the first that is added may use its index, for
// the others a plus takes the index away.
func (w *where) by(when bool, column, is string, arg any) {
	if !when {
		return
	}
	if w.taken {
		column = "+" + column
	}
	w.taken = true
	w.add(true, column+is, arg)
}

// byMonth is by for a column whose index is by the month.
func (w *where) byMonth(when bool, column string, arg any) {
	w.monthly = w.monthly || when && !w.taken
	w.by(when, column, " = ?", arg)
}

// days adds a range of days. Where their index is used the hits come in its order, which
// is that of the rows as long as the clock is not put back.
func (w *where) days(first, last txn.Day) {
	if last == 0 {
		last = lastDay
	}
	w.months = [2]txn.Day{first, last}
	if first == 0 && last == lastDay {
		return
	}
	column := "+i.day"
	if !w.taken {
		column, w.order = "i.day", "i.day DESC, i.first DESC"
	}
	w.taken = true
	w.add(true, column+" >= ?", int64(first))
	w.add(true, column+" <= ?", int64(last))
}

// lastDay is the newest day there is.
const lastDay txn.Day = 99_991_231

// clause is the WHERE; empty without conditions.
func (w *where) clause() string {
	if len(w.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.terms, " AND ")
}

// rest is everything after FROM, ordered newest first.
func (w *where) rest(order string, f Filter) (string, []any) {
	limit := int64(-1) // SQLite: no limit
	if f.Limit > 0 {
		limit = int64(f.Limit)
	}
	return w.clause() + " ORDER BY " + order + " LIMIT ? OFFSET ?", append(w.args, limit, int64(max(f.Offset, 0)))
}

// ofCard are the first rows of a card's transactions: its tag is looked up in each thirty
// days that have any, see the index.
const ofCard = ` IN (
	WITH RECURSIVE part(n) AS (
		SELECT min(at / 2592000000) FROM journal WHERE tag <> x'' UNION ALL
		SELECT (SELECT min(j.at / 2592000000) FROM journal j WHERE j.tag <> x'' AND j.at / 2592000000 > part.n) FROM part WHERE part.n IS NOT NULL)
	SELECT j.seq FROM (SELECT ? AS tag) wanted CROSS JOIN part CROSS JOIN journal j
	WHERE j.tag <> x'' AND j.at / 2592000000 = part.n AND substr(j.tag, 1, 8) = substr(wanted.tag, 1, 8) AND j.tag = wanted.tag)`

// picked is the filter of transactions, what picks fewest first.
func (j *Journal) picked(f Filter) *where {
	w := &where{order: "i.first DESC"}
	if !f.PAN.Empty() {
		w.by(true, "i.first", ofCard, j.opt.Sealer.tag(f.PAN))
	}
	w.by(f.STAN != 0, "i.stan", " = ?", int64(f.STAN))
	w.byMonth(f.Last4 != "", "i.last4", f.Last4)
	w.byMonth(f.Amount != 0, "i.amount", f.Amount)
	w.by(f.Batch != 0, "i.batch", " = ?", int64(f.Batch))
	w.days(f.First, f.Last)
	w.by(f.Kind != "", "i.kind", " = ?", string(f.Kind))
	w.by(f.Operator != "", "i.operator", " = ?", f.Operator)
	w.add(f.Status != "", "+i.status = ?", string(f.Status))
	const begun = "(SELECT at FROM journal WHERE seq = i.first)"
	w.add(!f.From.IsZero(), begun+" >= ?", f.From.UnixMilli())
	w.add(!f.To.IsZero(), begun+" < ?", f.To.UnixMilli())
	return w
}

// everyMonth are the months that have transactions.
const everyMonth = `i.day / 100 IN (WITH RECURSIVE m (d) AS (
	SELECT max(day) FROM item UNION ALL SELECT (SELECT max(day) FROM item WHERE day < m.d / 100 * 100) FROM m WHERE m.d IS NOT NULL)
	SELECT d / 100 FROM m WHERE d IS NOT NULL)`

// counted is the filter of transactions where their order does not matter.
func (j *Journal) counted(f Filter) *where {
	w := j.picked(f)
	if w.monthly {
		w.terms = append([]string{everyMonth}, w.terms...)
	}
	return w
}

// pickedRows is the filter of rows. What is asked of a transaction picks all of its rows.
func (j *Journal) pickedRows(f Filter) *where {
	var w where
	w.add(f.Batch != 0, "batch = ?", int64(f.Batch))
	w.add(f.STAN != 0, "stan = ?", int64(f.STAN))
	w.add(f.Type != "", "type = ?", string(f.Type))
	w.add(f.Status != "", "status = ?", string(f.Status))
	w.add(!f.From.IsZero(), "at >= ?", f.From.UnixMilli())
	w.add(!f.To.IsZero(), "at < ?", f.To.UnixMilli())
	of := j.counted(Filter{PAN: f.PAN, Last4: f.Last4, Amount: f.Amount, Kind: f.Kind, Operator: f.Operator, First: f.First, Last: f.Last})
	if len(of.terms) > 0 {
		w.terms = append(w.terms, "(batch, stan) IN (SELECT batch, stan FROM item i"+of.clause()+")")
		w.args = append(w.args, of.args...)
	}
	return &w
}

// Transactions returns one line for each transaction, the newest begun first; days come
// in their own order, which is another only where the clock was put back.
func (j *Journal) Transactions(ctx context.Context, f Filter) ([]Summary, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	w := j.picked(f)
	list, err := j.page(w, f)
	return list, wrap("transactions", err)
}

// Count returns how many lines [Journal.Transactions] would give, whatever the
// filter's Limit and Offset.
func (j *Journal) Count(ctx context.Context, f Filter) (int, error) {
	if err := j.lock(); err != nil {
		return 0, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	w := j.counted(f)
	n, err := j.db.number("SELECT count(*) FROM item i"+w.clause(), w.args...)
	return int(n), wrap("count transactions", err)
}

// eachPage is how many transactions [Journal.Each] reads under one lock.
const eachPage = 500

// Each calls do for every transaction of a filter, oldest first, and ends with its first
// error. The journal is not held while do runs, and what is begun meanwhile may come too.
// The filter's Limit and Offset are not looked at.
func (j *Journal) Each(ctx context.Context, f Filter, do func(Summary) error) error {
	for after := int64(0); ; {
		var list []Summary
		err := j.locked(ctx, func() error {
			w := where{order: "i.first"}
			w.by(true, "i.first", " > ?", after)
			more := j.picked(f)
			for _, term := range more.terms {
				w.terms = append(w.terms, strings.Replace(" "+term, " i.", " +i.", 1))
			}
			w.args = append(w.args, more.args...)
			rest, args := w.rest(w.order, Filter{Limit: eachPage})
			return j.summaries(rest, w.order, func(s Summary) error { list = append(list, s); return nil }, args...)
		})
		if err != nil {
			return wrap("each transaction", err)
		}
		for _, s := range list {
			if err := do(s); err != nil {
				return err
			}
			after = s.First
		}
		if len(list) < eachPage {
			return nil
		}
	}
}

// summaries reads lines. The hits are picked from an index of item alone where one holds
// all that is asked, and only they are joined to their rows.
func (j *Journal) summaries(rest, order string, each func(Summary) error, args ...any) error {
	sql := "SELECT " + columnList("l.") + ", " + itemList("i.") + `, f.at, f.zone
		FROM (SELECT i.batch, i.stan FROM item i` + rest + `) hit
		CROSS JOIN item i ON i.batch = hit.batch AND i.stan = hit.stan
		CROSS JOIN journal l ON l.seq = i.last CROSS JOIN journal f ON f.seq = i.first ORDER BY ` + order
	err := j.db.query(sql, func(s *sqlite3.Stmt) (bool, error) {
		var r rec
		row, err := r.row(r.scan(s, 0))
		if err != nil {
			return false, err
		}
		n := len(columns) + 1
		i := scanItem(s, n)
		n += len(itemColumns)
		row.Status = txn.Status(i.status)
		return true, each(Summary{
			Row: row, First: i.first, Begun: moment(s.ColumnInt64(n), s.ColumnInt(n+1)), End: i.last4, By: i.operator,
			Printed: txn.Copies(i.printed), Late: i.late != 0, //nolint:gosec // a set of two
		})
	}, args...)
	if err != nil {
		return fmt.Errorf("read transactions: %w", err)
	}
	return nil
}
