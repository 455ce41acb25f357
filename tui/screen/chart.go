package screen

import (
	"fmt"
	"strings"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Chart is what a day came to, as far as it was read.
type Chart struct {
	Day     txn.Day
	Page    int // 0 by the hour, 1 by kind, 2 the week
	Sums    txn.Turnover
	Loading bool
	Done    bool
	Failed  bool
}

// ChartPages is how many pages a chart has.
const ChartPages = 3

// bar is a row of a chart: its figures stand beside it, so nothing is told by its length
// or its colour alone.
type bar struct {
	label string
	tally txn.Tally
}

var chartTitles = [ChartPages]words.Text{words.HoursTitle, words.KindsTitle, words.WeekTitle}

// bars are the rows of a page of a chart, in at most so many lines.
func bars(t *txn.Turnover, pageNo int, l words.Lang, most int) []bar {
	var rows []bar
	switch pageNo {
	case 0:
		return hourBars(t, most)
	case 1:
		for _, k := range t.Kinds {
			rows = append(rows, bar{words.Kind(k.Kind).In(l), k.Tally})
		}
	default:
		for _, d := range t.Week {
			rows = append(rows, bar{words.Weekday(d.Day).In(l) + " " + d.Day.String()[5:], d.Tally})
		}
	}
	return rows
}

// hourBars are the hours from the first with a sale to the last, several in a row where
// there are more of them than lines.
func hourBars(t *txn.Turnover, most int) []bar {
	first, last := -1, -1
	for h, tally := range t.Hours {
		if tally.Count > 0 {
			if last = h; first < 0 {
				first = h
			}
		}
	}
	if first < 0 {
		return nil
	}
	step := 1
	for (last-first)/step+1 > max(1, most) {
		step++
	}
	var rows []bar
	for h := first; h <= last; h += step {
		row := bar{label: fmt.Sprintf("%02d", h)}
		if step > 1 {
			row.label += fmt.Sprintf("–%02d", min(h+step-1, 23))
		}
		for i := h; i < min(h+step, len(t.Hours)); i++ {
			row.tally.Add(t.Hours[i])
		}
		rows = append(rows, row)
	}
	return rows
}

// drawBars makes the lines: label, bar, count, amount. fill draws n cells of a bar that
// stands for money taken, or given back.
func drawBars(rows []bar, c txn.Currency, w int, fill func(n int, back bool) string) []string {
	label, count, sum, most := 0, 0, 0, int64(1)
	figures := func(b bar) (string, string) {
		return fmt.Sprint(b.tally.Count), txn.Money{Minor: b.tally.Minor, Currency: c}.Grouped()
	}
	for _, b := range rows {
		n, money := figures(b)
		label, count, sum = max(label, width(b.label)), max(count, width(n)), max(sum, width(money))
		most = max(most, b.tally.Minor, -b.tally.Minor)
	}
	room := w - label - count - sum - 4
	lines := make([]string, len(rows))
	for i, b := range rows {
		n, money := figures(b)
		drawn := ""
		if size := max(b.tally.Minor, -b.tally.Minor); size > 0 && room > 0 {
			cells := max(1, int(float64(size)/float64(most)*float64(room)))
			drawn = fill(cells, b.tally.Minor < 0)
		}
		lines[i] = left(b.label, label) + " " + left(drawn, max(0, room)) + " " +
			strings.Repeat(" ", count-width(n)) + n + "  " + strings.Repeat(" ", sum-width(money)) + money
	}
	return lines
}

// hashes draws a bar as text.
func hashes(n int, back bool) string {
	if back {
		return strings.Repeat("-", n)
	}
	return strings.Repeat("#", n)
}

// TurnoverLines is the whole of a chart as text, w cells wide, for the line dialogue and
// the command line.
func TurnoverLines(t txn.Turnover, l words.Lang, w int) []string {
	lines := []string{words.FillText(words.TotalsTitle, l, t.Day.String()), sumLine(&t, l)}
	for i, title := range chartTitles {
		rows := bars(&t, i, l, 24)
		if len(rows) == 0 {
			continue
		}
		lines = append(append(lines, "", title.In(l)), drawBars(rows, t.Currency, w, hashes)...)
	}
	return lines
}

func sumLine(t *txn.Turnover, l words.Lang) string {
	sum := t.Sum()
	if sum.Count == 0 {
		return words.TotalsNone.In(l)
	}
	return words.FillText(words.TotalsSum, l, sum.Count, txn.Money{Minor: sum.Minor, Currency: t.Currency}.Grouped())
}

// chart is one page of what a day came to.
func chart(p *page, h int) {
	c := &p.Book.Chart
	switch {
	case c.Failed:
		p.middle(theme.Warn, p.say(words.RecentFailed))
		return
	case !c.Done:
		p.middle(theme.Dim, p.say(words.Loading))
		return
	}
	p.add(spread(p.ink(theme.Strong, p.text(chartTitles[c.Page])), p.ink(theme.Dim, fmt.Sprintf("%d/%d", c.Page+1, ChartPages)), p.w))
	p.add(p.ink(theme.Accent, sumLine(&c.Sums, p.Lang)))
	p.gap()
	p.add(drawBars(bars(&c.Sums, c.Page, p.Lang, h-len(p.lines)), c.Sums.Currency, p.w, p.fillBar)...)
}

// fillBar draws a bar as coloured cells, whose width no terminal mistakes, or where there
// are no colours as text.
func (p *page) fillBar(n int, back bool) string {
	if p.Theme.Mono() {
		return hashes(n, back)
	}
	if back {
		return p.ink(theme.BadFill, spaces(n))
	}
	return p.ink(theme.GoodFill, spaces(n))
}
