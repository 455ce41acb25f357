package plain

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// The journal's screens as lines: a word, or the digit that its key has on the screen,
// and behind it what it is about.

// Book reads the journal for the dialogue, as lines.
type Book interface {
	// Search lists what a query picks, newest first: at most limit of it, after leaving out
	// the newest offset.
	Search(ctx context.Context, l words.Lang, q keypad.Query, limit, offset int) ([]string, error)
	// Story is one transaction in full; of batch 0, the newest that has the trace number.
	// The key is the transaction's own.
	Story(ctx context.Context, l words.Lang, key txn.Key) ([]string, txn.Key, error)
	// Totals is what a day came to.
	Totals(ctx context.Context, l words.Lang, day txn.Day) ([]string, error)
}

// ErrUnknown: there is no such transaction.
var ErrUnknown = errors.New("no such transaction")

// pageLines is how many transactions are listed at a time.
const pageLines = 20

// bookDigits are the words that the digits of the screen's keys stand for.
var bookDigits = map[string]string{"1": "find", "2": "totals", "3": "show", "4": "again", "0": "all"}

// browsed takes a line at the journal, and reports whether it was one of its words.
func (d *dialogue) browsed(ctx context.Context, line string) bool {
	fields := strings.Fields(line)
	if len(fields) == 0 || d.Book == nil {
		return false
	}
	word := strings.ToLower(fields[0])
	if full, ok := bookDigits[word]; ok {
		word = full
	}
	args := fields[1:]
	if d.Terminal.State().Problem != txn.NoProblem {
		d.Terminal.Dispatch(txn.Misread{}) // what was refused before is read
	}
	switch word {
	case "find":
		d.findBy(ctx, args)
	case "totals":
		d.totals(ctx, args)
	case "show", "again":
		d.story(ctx, args, word == "again")
	case "all":
		d.query = keypad.Query{}
		d.page(ctx, 0)
	case "more":
		d.page(ctx, d.offset)
	default:
		return false
	}
	return true
}

// refuseWord says why a word did nothing; the journal stays.
func (d *dialogue) refuseWord(code txn.Code) {
	d.Terminal.Dispatch(txn.Misread{Code: code})
}

func (d *dialogue) today() txn.Day {
	if now := d.Terminal.State().Now; !now.IsZero() {
		return txn.DayOf(now)
	}
	return txn.DayOf(time.Now())
}

// findBy narrows the list; without a field it names them, with their digits.
func (d *dialogue) findBy(ctx context.Context, args []string) {
	if len(args) == 0 {
		for _, c := range keypad.Criteria() {
			d.say("1 %c (find %s) – %s", c.Digit, c.Word, c.Ask.In(d.Lang))
			if c.Word == "kind" {
				d.say("%s", kindNumbers(d.Lang))
			}
		}
		return
	}
	c, ok := keypad.CriterionOf(args[0])
	if !ok {
		d.refuseWord(txn.NotHere)
		return
	}
	query := d.query
	terms := keypad.Terms{Today: d.today(), Currency: d.Terminal.State().Setup.Currency}
	if code := c.Set(&query, strings.Join(args[1:], ""), terms); code != txn.NoProblem {
		d.refuseWord(code)
		return
	}
	d.query = query
	d.page(ctx, 0)
}

func kindNumbers(l words.Lang) string {
	var parts []string
	for i, k := range keypad.FindKinds() {
		parts = append(parts, strconv.Itoa(i+1)+" "+words.Kind(k).In(l))
	}
	return strings.Join(parts, " · ")
}

// page lists what is searched for, from an offset on, and says whether there is more.
func (d *dialogue) page(ctx context.Context, offset int) {
	if !d.query.Empty() {
		d.say("%s: %s", words.FoundBy.In(d.Lang), d.query.Terms(d.Lang))
	}
	lines, err := d.Book.Search(ctx, d.Lang, d.query, pageLines+1, offset)
	switch {
	case err != nil:
		d.say("%s", words.RecentFailed.In(d.Lang))
		return
	case len(lines) == 0 && d.query.Empty():
		d.say("%s", words.NoRecent.In(d.Lang))
	case len(lines) == 0:
		d.say("%s", words.SearchEmpty.In(d.Lang))
	}
	for _, l := range lines[:min(pageLines, len(lines))] {
		d.say("%s", l)
	}
	d.offset = offset + min(pageLines, len(lines))
	if len(lines) > pageLines {
		d.say("%s", words.MoreWord.In(d.Lang))
	}
}

// totals prints what a day came to; today without one.
func (d *dialogue) totals(ctx context.Context, args []string) {
	day := d.today()
	if len(args) > 0 {
		var code txn.Code
		if day, code = txn.ParseDay(args[0], day); code != txn.NoProblem {
			d.refuseWord(code)
			return
		}
	}
	lines, err := d.Book.Totals(ctx, d.Lang, day)
	if err != nil {
		d.say("%s", words.RecentFailed.In(d.Lang))
		return
	}
	for _, l := range lines {
		if l != "" {
			d.say("%s", l)
		}
	}
}

// story prints one transaction in full, or asks for its slips again.
func (d *dialogue) story(ctx context.Context, args []string, again bool) {
	var numbers [2]uint64
	for i, a := range args[:min(2, len(args))] {
		n, err := strconv.ParseUint(a, 10, 32)
		if err != nil || n == 0 || n > uint64(txn.MaxSTAN) {
			d.refuseWord(txn.TraceFormat)
			return
		}
		numbers[i] = n
	}
	if len(args) < 1 || len(args) > 2 {
		d.refuseWord(txn.TraceFormat)
		return
	}
	key := txn.Key{STAN: txn.STAN(numbers[0]), Batch: txn.Batch(numbers[1])} //nolint:gosec // six digits
	lines, key, err := d.Book.Story(ctx, d.Lang, key)
	switch {
	case errors.Is(err, ErrUnknown):
		d.refuseWord(txn.TraceUnknown)
	case err != nil:
		d.say("%s", words.RecentFailed.In(d.Lang))
	case again:
		d.Terminal.Dispatch(txn.SlipWanted{Key: key})
	default:
		for _, l := range lines {
			d.say("%s", l)
		}
	}
}
